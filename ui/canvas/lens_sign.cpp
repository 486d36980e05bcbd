// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/lens_sign.h"

#include "ui/base/icons.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <optional>

namespace portolan::ui {
namespace {

std::optional<Sign> statusSign(LensTone tone)
{
    switch (tone) {
    case LensTone::Good:
        return Sign::Success;
    case LensTone::Note:
        return Sign::Info;
    case LensTone::Warning:
        return Sign::Warning;
    case LensTone::Error:
        return Sign::Error;
    case LensTone::Unknown:
        return Sign::Unknown;
    case LensTone::Choice:
    case LensTone::Others:
    case LensTone::Grade:
        break;
    }
    return std::nullopt;
}

}  // namespace

QColor lensInk(const Theme& theme, const LensEntry& entry)
{
    switch (entry.tone) {
    case LensTone::Choice:
        return theme.hue(entry.step);
    case LensTone::Others:
        return theme.lensOthers;
    case LensTone::Grade:
        return theme.lensGrades[static_cast<std::size_t>(
            std::clamp(entry.step, 0, Theme::lensGradeCount - 1))];
    case LensTone::Good:
        return theme.success.ink;
    case LensTone::Note:
        return theme.info.ink;
    case LensTone::Warning:
        return theme.warning.ink;
    case LensTone::Error:
        return theme.error.ink;
    case LensTone::Unknown:
        break;
    }
    return theme.unknown.ink;
}

QColor lensCardFill(const Theme& theme, const LensEntry& entry)
{
    return isHollow(entry) ? theme.base
                           : mixed(lensInk(theme, entry), theme.base, theme.lensCardShare);
}

double lensSignWidth(const LensEntry& entry, double height, const QFont& font)
{
    if (statusSign(entry.tone))
        return height;
    return std::max(height,
                    QFontMetricsF(font).horizontalAdvance(shown(entry.sign, 4)) + height * 0.4);
}

void paintLensSign(QPainter& painter, const LensEntry& entry, const QRectF& box, const QFont& font,
                   const Theme& theme)
{
    const QColor ink = lensInk(theme, entry);
    if (const std::optional<Sign> sign = statusSign(entry.tone)) {
        paintSign(painter, *sign, box, ink, theme.base);
        return;
    }
    QPainterPath shape;
    const double radius = std::min(metrics::chipRadius, box.height() / 4);
    shape.addRoundedRect(box, radius, radius);
    painter.fillPath(shape, ink);
    const QString letters = shown(entry.sign, 4);
    const QFontMetricsF letterMetrics(font);
    painter.setFont(font);
    painter.setPen(readableOn(ink));
    painter.drawText(QPointF(box.center().x() - letterMetrics.horizontalAdvance(letters) / 2,
                             box.center().y() + letterMetrics.capHeight() / 2),
                     letters);
}

}  // namespace portolan::ui
