// SPDX-License-Identifier: Apache-2.0
#include "ui/explorer/explorer_delegate.h"

#include "ui/base/icons.h"
#include "ui/base/product_glyph.h"
#include "ui/base/theme.h"
#include "ui/explorer/explorer_model.h"

#include <QPainter>

namespace portolan::ui {
namespace {

constexpr int signSize = 16;
constexpr int chipWidth = 24;
constexpr int gap = 6;

struct Look {
    const Theme& theme;
    bool isSelected;
    bool isActive;

    QColor ground() const
    {
        if (!isSelected)
            return theme.panel;
        return isActive ? theme.selection : theme.selectionInactive;
    }
    QColor muted() const { return isSelected ? theme.mutedOnSelection() : theme.muted; }
};

QColor signColor(const Look& look, int hue)
{
    return hue >= 0 ? look.theme.hue(hue) : look.muted();
}

Sign signFor(ExplorerSign sign)
{
    switch (sign) {
    case ExplorerSign::Context:
        return Sign::Context;
    case ExplorerSign::BigBallOfMud:
        return Sign::BallOfMud;
    case ExplorerSign::Relationship:
        return Sign::Relationship;
    case ExplorerSign::Contract:
        return Sign::Contract;
    case ExplorerSign::Dataset:
        return Sign::Dataset;
    case ExplorerSign::Column:
        return Sign::Column;
    case ExplorerSign::Job:
        return Sign::Job;
    case ExplorerSign::Term:
        return Sign::Term;
    case ExplorerSign::Identifier:
        return Sign::Identifier;
    case ExplorerSign::Route:
        return Sign::Route;
    case ExplorerSign::Team:
        return Sign::Team;
    default:
        return Sign::Source;
    }
}

void paintChip(QPainter& painter, const QRectF& rect, const QString& code, const Look& look,
               int hue, const QFont& font)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.theme.chipFill(hue, look.ground()));
    painter.drawRoundedRect(rect, metrics::chipRadius, metrics::chipRadius);
    painter.setPen(look.theme.text);
    painter.setFont(font);
    painter.drawText(rect, Qt::AlignCenter, code);
}

// Answers the width that the findings take.
double paintFindings(QPainter& painter, const QRectF& room, const QModelIndex& index,
                     const Look& look, const QFont& font)
{
    const int count = index.data(ExplorerModel::FindingsRole).toInt();
    if (count == 0)
        return 0;
    const auto severity = static_cast<Severity>(index.data(ExplorerModel::SeverityRole).toInt());
    const StatusColors& colors = severity == Severity::Error     ? look.theme.error
                                 : severity == Severity::Warning ? look.theme.warning
                                                                 : look.theme.info;
    const QString text = QString::number(count);
    painter.setFont(font);
    const double width = QFontMetricsF(font).horizontalAdvance(text) + 15;
    const double x = room.right() - width;
    paintSign(painter, signOf(severity), QRectF(x, room.center().y() - 6, 12, 12), colors.ink,
              look.ground());
    painter.setPen(look.isSelected ? look.theme.text : colors.ink);
    painter.drawText(QRectF(x + 14, room.top(), width, room.height()),
                     Qt::AlignVCenter | Qt::AlignLeft, text);
    return width + gap;
}

}  // namespace

void ExplorerDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    const Theme& theme = themeOf(option.palette);
    const Look look{theme, option.state.testFlag(QStyle::State_Selected),
                    option.state.testFlag(QStyle::State_Active)};
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (look.isSelected)
        painter->fillRect(option.rect, look.ground());
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, theme.hover);
    if (look.isSelected && look.isActive)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height()),
                          theme.accent);

    const auto sign = static_cast<ExplorerSign>(index.data(ExplorerModel::SignRole).toInt());
    const int hue = index.data(ExplorerModel::HueRole).toInt();
    QRectF room = QRectF(option.rect).adjusted(4, 0, -8, 0);
    const QRectF signRect(room.left(), room.center().y() - signSize / 2.0, signSize, signSize);
    const QColor color = signColor(look, hue);
    double left = room.left();
    if (sign == ExplorerSign::Domain) {
        const QRectF chip(room.left(), room.center().y() - 8, chipWidth, 16);
        paintChip(*painter, chip, index.data(ExplorerModel::CodeRole).toString(), look, hue,
                  fontOf(FontRole::Chip, option.font));
        left += chipWidth + gap;
    } else if (sign != ExplorerSign::Group && sign != ExplorerSign::More) {
        if (sign == ExplorerSign::Product)
            paintProductGlyph(
                *painter, signRect.adjusted(2, 2, -2, -2),
                static_cast<ProductKind>(index.data(ExplorerModel::ProductKindRole).toInt()),
                static_cast<Authority>(index.data(ExplorerModel::AuthorityRole).toInt()), color);
        else
            paintSign(*painter, signFor(sign), signRect, color, look.ground());
        left += signSize + gap;
    }

    const QFont small = fontOf(FontRole::Count, option.font);
    const QString detail = index.data(ExplorerModel::DetailRole).toString();
    if (!detail.isEmpty()) {
        const QFontMetricsF measure(small);
        const QString elided = measure.elidedText(detail, Qt::ElideRight, room.width() * 0.45);
        const double width = measure.horizontalAdvance(elided);
        painter->setFont(small);
        painter->setPen(look.muted());
        painter->drawText(QRectF(room.right() - width, room.top(), width + 1, room.height()),
                          Qt::AlignVCenter, elided);
        room.setRight(room.right() - width - gap);
    }
    room.setRight(room.right() - paintFindings(*painter, room, index, look, small));

    const QFont font =
        fontOf(sign == ExplorerSign::Group ? FontRole::BodyStrong : FontRole::Body, option.font);
    painter->setFont(font);
    painter->setPen(sign == ExplorerSign::More ? look.muted() : theme.text);
    const QRectF nameRoom(left, room.top(), room.right() - left, room.height());
    painter->drawText(
        nameRoom, Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetricsF(font).elidedText(index.data().toString(), Qt::ElideRight, nameRoom.width()));
    if (option.state.testFlag(QStyle::State_HasFocus) &&
        option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(theme.accent, metrics::focusWidth));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QSize ExplorerDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int height = qRound(metrics::treeRowHeight * textScale(option.font));
    return {QStyledItemDelegate::sizeHint(option, index).width(), height};
}

void ExplorerDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                            const QModelIndex& index) const
{
    const auto sign = static_cast<ExplorerSign>(index.data(ExplorerModel::SignRole).toInt());
    const int left = sign == ExplorerSign::Domain ? chipWidth : signSize;
    editor->setGeometry(option.rect.adjusted(left + gap, 0, 0, 0));
}

}  // namespace portolan::ui
