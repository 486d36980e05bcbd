// SPDX-License-Identifier: Apache-2.0
#include "ui/base/menu_button.h"

#include "ui/base/icons.h"

#include <QMenu>
#include <QStyleOptionToolButton>
#include <QStylePainter>

namespace portolan::ui {

MenuButton::MenuButton(QMenu* menu, QWidget* parent, std::function<QAction*()> first)
    : QToolButton(parent)
{
    setIcon(iconOf(Sign::ChevronDown));
    setIconSize({12, 12});
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setLayoutDirection(Qt::RightToLeft);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setMenu(menu);
    // Not InstantPopup, which waits inside for the menu to close.
    setPopupMode(QToolButton::DelayedPopup);
    connect(this, &QToolButton::clicked, this, [this, menu, first = std::move(first)] {
        const bool isRight = window()->layoutDirection() == Qt::RightToLeft;
        const int x = isRight ? rect().right() - menu->sizeHint().width() : rect().left();
        menu->popup(mapToGlobal(QPoint(x, rect().bottom() + 1)));
        if (first)
            menu->setActiveAction(first());
    });
}

void MenuButton::setWords(const QString& whole, const QString& brief)
{
    m_whole = whole;
    m_brief = brief;
    setText(m_isBrief ? m_brief : m_whole);
}

void MenuButton::setBrief(bool isBrief)
{
    m_isBrief = isBrief;
    setText(m_isBrief ? m_brief : m_whole);
}

void MenuButton::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.features &= ~QStyleOptionToolButton::HasMenu;
    painter.drawComplexControl(QStyle::CC_ToolButton, option);
}

}  // namespace portolan::ui
