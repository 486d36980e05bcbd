// SPDX-License-Identifier: Apache-2.0
#include "ui/base/style.h"

#include "ui/base/icons.h"
#include "ui/base/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr int motionMs = 180;

const char primaryProperty[] = "portolanPrimary";
const char invalidProperty[] = "portolanInvalid";

int scaled(int px)
{
    return qRound(px * textScale());
}

bool isInvalid(const QWidget* widget)
{
    return widget && widget->property(invalidProperty).toBool();
}

void drawBox(QPainter* painter, const QRectF& rect, double radius, const QColor& fill,
             const QColor& outline, double width = 1)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->setPen(outline.isValid() ? QPen(outline, width) : QPen(Qt::NoPen));
    const double inset = outline.isValid() ? width / 2 : 0;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

void drawSignIn(QPainter* painter, Sign sign, const QRect& rect, const QColor& ink,
                const Theme& theme, int size = 12)
{
    const int side = scaled(size);
    QRect square(0, 0, side, side);
    square.moveCenter(rect.center());
    paintSign(*painter, sign, square, ink, theme.base);
}

void drawField(const QStyleOption* option, QPainter* painter, const QWidget* widget,
               const Theme& theme)
{
    const bool isEnabled = option->state & QStyle::State_Enabled;
    const bool hasFocus = option->state & QStyle::State_HasFocus;
    QColor outline = isEnabled ? theme.fieldBorder : theme.line;
    if (isInvalid(widget))
        outline = theme.error.ink;
    else if (hasFocus)
        outline = theme.accent;
    drawBox(painter, option->rect, metrics::fieldRadius, isEnabled ? theme.base : theme.panel,
            outline, hasFocus || isInvalid(widget) ? metrics::focusWidth : 1);
}

void drawButton(const QStyleOption* option, QPainter* painter, const QWidget* widget,
                const Theme& theme)
{
    const bool isEnabled = option->state & QStyle::State_Enabled;
    const bool isHovered = isEnabled && (option->state & QStyle::State_MouseOver);
    const bool isDown = option->state & (QStyle::State_Sunken | QStyle::State_On);
    QColor fill = theme.base;
    QColor outline = isEnabled ? theme.fieldBorder : theme.line;
    if (isPrimary(widget) && isEnabled) {
        fill = isDown ? mixed(theme.text, theme.accent, 0.25)
                      : (isHovered ? mixed(theme.text, theme.accent, 0.12) : theme.accent);
        outline = QColor();
    } else if (isDown) {
        fill = theme.selection;
        outline = theme.accent;
    } else if (isHovered) {
        fill = theme.hover;
    }
    drawBox(painter, option->rect, metrics::fieldRadius, fill, outline);
}

void drawToolPanel(const QStyleOption* option, QPainter* painter, const Theme& theme)
{
    const bool isEnabled = option->state & QStyle::State_Enabled;
    if (option->state & QStyle::State_On)
        drawBox(painter, option->rect, metrics::fieldRadius, theme.selection, QColor());
    else if (isEnabled && (option->state & (QStyle::State_MouseOver | QStyle::State_Sunken)))
        drawBox(painter, option->rect, metrics::fieldRadius,
                mixed(theme.text, theme.window, option->state & QStyle::State_Sunken ? 0.12 : 0.06),
                QColor());
    if (option->state & QStyle::State_HasFocus && option->state & QStyle::State_KeyboardFocusChange)
        drawBox(painter, option->rect, metrics::fieldRadius, QColor(), theme.accent,
                metrics::focusWidth);
}

void drawRow(const QStyleOption* option, QPainter* painter, const Theme& theme)
{
    const auto* row = qstyleoption_cast<const QStyleOptionViewItem*>(option);
    if (row && row->backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option->rect, row->backgroundBrush);
    if (option->state & QStyle::State_Selected)
        painter->fillRect(option->rect, option->state & QStyle::State_Active
                                            ? theme.selection
                                            : theme.selectionInactive);
    else if (option->state & QStyle::State_MouseOver && option->state & QStyle::State_Enabled)
        painter->fillRect(option->rect, theme.hover);
}

void drawTab(const QStyleOptionTab& tab, QPainter* painter, const Theme& theme)
{
    const bool isCurrent = tab.state & QStyle::State_Selected;
    const QRect rect = tab.rect;
    if (isCurrent) {
        painter->fillRect(rect, theme.panel);
        painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), theme.accent);
        painter->fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), theme.line);
        painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.line);
    } else {
        if (tab.state & QStyle::State_MouseOver)
            painter->fillRect(rect, mixed(theme.text, theme.window, 0.05));
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line);
    }
}

void drawHeaderCell(const QStyleOptionHeader& header, QPainter* painter, const Theme& theme)
{
    const QRect rect = header.rect;
    painter->fillRect(rect, header.state & QStyle::State_MouseOver ? theme.hover : theme.panel);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line);
    if (header.position != QStyleOptionHeader::End &&
        header.position != QStyleOptionHeader::OnlyOneSection)
        painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.line);
}

void drawCheckBox(const QStyleOption* option, QPainter* painter, const Theme& theme, bool isRound)
{
    const bool isEnabled = option->state & QStyle::State_Enabled;
    const bool isOn = option->state & (QStyle::State_On | QStyle::State_NoChange);
    const double radius = isRound ? option->rect.height() / 2.0 : metrics::chipRadius;
    const QColor outline = isEnabled ? theme.fieldBorder : theme.line;
    drawBox(painter, option->rect, radius, isOn && isEnabled ? theme.accent : theme.base,
            isOn && isEnabled ? theme.accent : outline);
    if (!isOn)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(isEnabled ? theme.onAccent : theme.muted, 1.8, Qt::SolidLine, Qt::RoundCap,
                         Qt::RoundJoin));
    const QRectF box = option->rect;
    if (option->state & QStyle::State_NoChange) {
        const QPointF half(box.width() * 0.24, 0);
        painter->drawLine(box.center() - half, box.center() + half);
    } else if (isRound) {
        painter->setBrush(painter->pen().color());
        painter->drawEllipse(box.center(), box.width() / 8, box.height() / 8);
    } else {
        painter->drawPolyline(
            QPolygonF({box.topLeft() + QPointF(box.width() * 0.24, box.height() * 0.52),
                       box.topLeft() + QPointF(box.width() * 0.43, box.height() * 0.70),
                       box.topLeft() + QPointF(box.width() * 0.77, box.height() * 0.32)}));
    }
    painter->restore();
}

void drawScrollBar(const QStyleOptionSlider& bar, const QRect& handle, QPainter* painter,
                   const Theme& theme)
{
    painter->fillRect(bar.rect, theme.panel);
    const bool isHeld = bar.activeSubControls & QStyle::SC_ScrollBarSlider;
    const int inset = 3;
    drawBox(painter, QRectF(handle).adjusted(inset, inset, -inset, -inset), 3,
            isHeld ? theme.fieldBorder : theme.lineStrong, QColor());
}

void drawComboBox(const QStyleOptionComboBox& box, const QRect& arrow, QPainter* painter,
                  const QWidget* widget, const Theme& theme)
{
    QStyleOption frame = box;
    if (box.editable)
        drawField(&frame, painter, widget, theme);
    else {
        frame.state &= ~(QStyle::State_On | QStyle::State_Sunken);
        drawButton(&frame, painter, nullptr, theme);
        if (box.state & QStyle::State_HasFocus)
            drawBox(painter, box.rect, metrics::fieldRadius, QColor(), theme.accent,
                    metrics::focusWidth);
    }
    drawSignIn(painter, Sign::ChevronDown, arrow,
               box.state & QStyle::State_Enabled ? theme.text : theme.muted, theme);
}

}  // namespace

Style::Style() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const
{
    const Theme& theme = themeOf(option->palette);
    switch (element) {
    case PE_PanelLineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            frame && frame->lineWidth > 0)
            drawField(option, painter, widget, theme);
        return;
    case PE_FrameLineEdit:
        return;  // painted with the panel
    case PE_PanelButtonCommand:
        drawButton(option, painter, widget, theme);
        return;
    case PE_FrameDefaultButton:
        return;
    case PE_PanelButtonTool:
        drawToolPanel(option, painter, theme);
        return;
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractItemView*>(widget)) {
            if (option->state & State_KeyboardFocusChange)
                drawBox(painter, option->rect, 2, QColor(), theme.accent, metrics::focusWidth);
        } else {
            drawBox(painter, option->rect, metrics::fieldRadius, QColor(),
                    isPrimary(widget) ? theme.onAccent : theme.accent, metrics::focusWidth);
        }
        return;
    case PE_PanelItemViewRow:
    case PE_PanelItemViewItem:
        drawRow(option, painter, theme);
        return;
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            drawSignIn(painter, option->state & State_Open ? Sign::ChevronDown : Sign::ChevronRight,
                       option->rect, theme.muted, theme);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckBox(option, painter, theme, false);
        return;
    case PE_IndicatorRadioButton:
        drawCheckBox(option, painter, theme, true);
        return;
    case PE_PanelMenu:
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, theme.base);
        drawBox(painter, option->rect, 0, QColor(), theme.lineStrong);
        return;
    case PE_FrameMenu:
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
    case PE_FrameDockWidget:
    case PE_FrameTabWidget:
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), theme.line);
        return;
    case PE_Frame:
        drawBox(painter, option->rect, 0, QColor(),
                option->state & State_HasFocus ? theme.accent : theme.line);
        return;
    case PE_IndicatorToolBarSeparator:
        painter->fillRect(QRect(option->rect.center().x(), option->rect.center().y() - 10, 1, 20),
                          theme.line);
        return;
    case PE_IndicatorDockWidgetResizeHandle:
        painter->fillRect(option->rect, theme.line);
        return;
    case PE_IndicatorArrowDown:
        drawSignIn(painter, Sign::ChevronDown, option->rect, theme.text, theme);
        return;
    case PE_IndicatorArrowRight:
        drawSignIn(painter, Sign::ChevronRight, option->rect, theme.text, theme);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const
{
    const Theme& theme = themeOf(option->palette);
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
            button && isPrimary(widget) && option->state & State_Enabled) {
            QStyleOptionButton primary = *button;
            primary.palette.setColor(QPalette::ButtonText, theme.onAccent);
            QProxyStyle::drawControl(element, &primary, painter, widget);
            return;
        }
        break;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            drawTab(*tab, painter, theme);
        return;
    case CE_HeaderSection:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            drawHeaderCell(*header, painter, theme);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, theme.panel);
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), theme.line);
        return;
    case CE_ToolBar:
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, theme.window);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, theme.line);
        return;
    case CE_ScrollBarAddLine:
    case CE_ScrollBarSubLine:
        return;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            painter->fillRect(option->rect, theme.window);
            if (option->state & (State_Selected | State_Sunken))
                drawBox(painter, option->rect.adjusted(0, 1, 0, -1), metrics::fieldRadius,
                        option->state & State_Sunken ? theme.selection
                                                     : mixed(theme.text, theme.window, 0.07),
                        QColor());
            const bool underline = styleHint(SH_UnderlineShortcut, option, widget, nullptr);
            drawItemText(
                painter, option->rect,
                Qt::AlignCenter | (underline ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
                option->palette, option->state & State_Enabled, item->text, QPalette::WindowText);
        }
        return;
    case CE_ShapedFrame:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            frame && frame->frameShape == QFrame::StyledPanel) {
            drawBox(painter, option->rect, 0, QColor(), theme.line);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                               QPainter* painter, const QWidget* widget) const
{
    const Theme& theme = themeOf(option->palette);
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        bar && control == CC_ScrollBar) {
        drawScrollBar(*bar, subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget),
                      painter, theme);
        return;
    }
    if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        box && control == CC_ComboBox) {
        drawComboBox(*box, subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget), painter,
                     widget, theme);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                            SubControl subControl, const QWidget* widget) const
{
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control != CC_ScrollBar || !bar)
        return QProxyStyle::subControlRect(control, option, subControl, widget);

    // No arrow buttons: the groove is the whole bar.
    const bool isHorizontal = bar->orientation == Qt::Horizontal;
    const int length = isHorizontal ? bar->rect.width() : bar->rect.height();
    const int range = bar->maximum - bar->minimum;
    int handle = length;
    if (range > 0)
        handle = std::clamp(int(qint64(bar->pageStep) * length / (qint64(range) + bar->pageStep)),
                            std::min(length, 28), length);
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                              length - handle, bar->upsideDown);
    const auto span = [&](int from, int size) {
        return isHorizontal ? QRect(from, 0, size, bar->rect.height())
                            : QRect(0, from, bar->rect.width(), size);
    };
    switch (subControl) {
    case SC_ScrollBarSlider:
        return visualRect(bar->direction, bar->rect, span(start, handle));
    case SC_ScrollBarGroove:
        return span(0, length);
    case SC_ScrollBarSubPage:
        return visualRect(bar->direction, bar->rect, span(0, start));
    case SC_ScrollBarAddPage:
        return visualRect(bar->direction, bar->rect, span(start + handle, length - start - handle));
    default:
        return {};
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option,
                            const QWidget* widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (element == SE_LineEditContents && frame && frame->lineWidth > 0)
        return rect.adjusted(scaled(5), 0, -scaled(5), 0);
    return rect;
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    const auto atLeast = [&](int height) {
        result.setHeight(std::max(scaled(height), result.height()));
    };
    switch (type) {
    case CT_PushButton:
        atLeast(metrics::controlHeight);
        result.setWidth(std::max(result.width(), size.width() + scaled(24)));
        break;
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        atLeast(metrics::controlHeight);
        break;
    case CT_ToolButton:
        atLeast(metrics::smallestTarget);
        result.setWidth(std::max(result.width(), scaled(metrics::smallestTarget)));
        break;
    case CT_MenuBarItem:
        result = size + QSize(scaled(16), 0);
        result.setHeight(scaled(metrics::menuHeight));
        break;
    case CT_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
            item && item->menuItemType != QStyleOptionMenuItem::Separator)
            atLeast(metrics::tableRowHeight);
        break;
    case CT_TabBarTab:
        result.setHeight(scaled(metrics::tabRowHeight));
        break;
    case CT_HeaderSection:
        atLeast(metrics::treeRowHeight);
        break;
    case CT_ItemViewItem:
        atLeast(metrics::treeRowHeight);
        break;
    default:
        break;
    }
    return result;
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
        return scaled(metrics::iconSize);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return scaled(16);
    case PM_ScrollBarExtent:
        return scaled(12);
    case PM_ScrollBarSliderMin:
        return scaled(28);
    case PM_ToolBarItemSpacing:
        return 4;
    case PM_ToolBarItemMargin:
    case PM_MenuBarPanelWidth:
    case PM_MenuBarVMargin:
    case PM_DockWidgetFrameWidth:
        return 0;
    case PM_ToolBarFrameWidth:
        return 6;
    case PM_MenuBarHMargin:
        return 6;
    case PM_DockWidgetSeparatorExtent:
    case PM_SplitterWidth:
        return 1;
    case PM_TabBarTabHSpace:
        return scaled(26);
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_TreeViewIndentation:
        return scaled(18);
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return 2;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_UnderlineShortcut:
        return 1;
    case SH_ToolButtonStyle:
        return Qt::ToolButtonIconOnly;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 0;
    case SH_Widget_Animation_Duration:
        return m_hasMotion ? motionMs : 0;
    case SH_ComboBox_Popup:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

void makePrimary(QAbstractButton* button)
{
    button->setProperty(primaryProperty, true);
    button->update();
}

bool isPrimary(const QWidget* widget)
{
    return widget && widget->property(primaryProperty).toBool();
}

void markInvalid(QWidget* field, bool invalid)
{
    if (isInvalid(field) == invalid)
        return;
    field->setProperty(invalidProperty, invalid);
    field->update();
}

}  // namespace portolan::ui
