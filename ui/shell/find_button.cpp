// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/find_button.h"

#include "ui/base/icons.h"
#include "ui/base/theme.h"

#include <QPainter>

namespace portolan::ui {

FindButton::FindButton(QWidget* parent) : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("findButton"));
    setText(tr("Find anything or run a command"));
    setAccessibleName(text());
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::IBeamCursor);
}

QSize FindButton::sizeHint() const
{
    return QSize(metrics::findFieldWidth, metrics::controlHeight) * textScale();
}

QSize FindButton::minimumSizeHint() const
{
    return {sizeHint().width() / 2, sizeHint().height()};
}

void FindButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isRinged = hasFocus();
    painter.setPen(QPen(isRinged ? theme.accent : theme.fieldBorder, isRinged ? 2 : 1));
    painter.setBrush(theme.base);
    const double inset = isRinged ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset),
                            metrics::fieldRadius, metrics::fieldRadius);
    paintSign(painter, Sign::Find, QRectF(10, height() / 2.0 - 7, 14, 14), theme.muted, theme.base);
    const QString key = QStringLiteral("Ctrl+K");
    const int chip = keyChipWidth(key);
    painter.setPen(theme.muted);
    painter.drawText(QRect(32, 0, width() - 32 - chip - 16, height()),
                     Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, width() - 48 - chip));
    paintKeyChip(painter, QRect(width() - chip - 8, 0, chip, height()), key, theme);
}

int keyChipWidth(const QString& key)
{
    return QFontMetrics(fontOf(FontRole::Count)).horizontalAdvance(key) + 12;
}

void paintKeyChip(QPainter& painter, const QRect& rect, const QString& key, const Theme& theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(fontOf(FontRole::Count));
    const double high = painter.fontMetrics().height() + 2;
    const QRectF box(rect.left() + 0.5, rect.center().y() - high / 2 + 0.5, rect.width() - 1, high);
    painter.setPen(theme.lineStrong);
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(box, metrics::chipRadius, metrics::chipRadius);
    painter.setPen(theme.muted);
    painter.drawText(box, Qt::AlignCenter, key);
    painter.restore();
}

}  // namespace portolan::ui
