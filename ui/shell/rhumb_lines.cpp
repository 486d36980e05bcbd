// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/rhumb_lines.h"

#include "ui/base/theme.h"

#include <QPainter>
#include <QPolygonF>

#include <cmath>
#include <numbers>

namespace portolan::ui {
namespace {

constexpr double pi = std::numbers::pi;

QPointF onCircle(double angle, double radius)
{
    return {std::sin(angle) * radius, -std::cos(angle) * radius};
}

// One point of the rose, half light and half dark.
void paintPoint(QPainter& painter, double angle, double length, double width, const QColor& ink,
                const QColor& ground)
{
    const QPointF tip = onCircle(angle, length);
    const QPointF left = onCircle(angle - pi / 4, width);
    const QPointF right = onCircle(angle + pi / 4, width);
    painter.setPen(QPen(ink, 0.8));
    painter.setBrush(ink);
    painter.drawPolygon(QPolygonF({QPointF(0, 0), left, tip}));
    painter.setBrush(ground);
    painter.drawPolygon(QPolygonF({QPointF(0, 0), right, tip}));
}

}  // namespace

void paintRhumbLines(QPainter& painter, const QRectF& rect, const Theme& theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(mixed(theme.accent, theme.canvas, 0.10), 1));
    const double reach = rect.width() + rect.height();
    for (const QPointF& share : {QPointF(0.15, 0.15), QPointF(0.89, 0.11), QPointF(0.86, 0.85)}) {
        const QPointF center(rect.left() + rect.width() * share.x(),
                             rect.top() + rect.height() * share.y());
        for (int line = 0; line < 16; ++line)
            painter.drawLine(center, center + onCircle(line * pi / 8 + 0.05, reach));
        painter.setBrush(mixed(theme.accent, theme.canvas, 0.25));
        painter.drawEllipse(center, 2.5, 2.5);
    }
    painter.restore();
}

void paintRose(QPainter& painter, const QRectF& square, const Theme& theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.center());
    painter.scale(square.width() / 64, square.height() / 64);
    painter.setBrush(mixed(theme.accent, theme.base, 0.06));
    painter.setPen(QPen(mixed(theme.accent, theme.base, 0.6), 1));
    painter.drawEllipse(QPointF(0, 0), 30, 30);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(QPointF(0, 0), 19, 19);
    for (int point = 0; point < 8; ++point)
        paintPoint(painter, pi / 8 + point * pi / 4, 19, 4, mixed(theme.accent, theme.base, 0.4),
                   theme.base);
    for (int point = 0; point < 4; ++point)
        paintPoint(painter, pi / 4 + point * pi / 2, 22, 6, mixed(theme.accent, theme.base, 0.6),
                   theme.base);
    for (int point = 0; point < 4; ++point)
        paintPoint(painter, point * pi / 2, 30, 7, theme.accent, theme.base);
    painter.restore();
}

}  // namespace portolan::ui
