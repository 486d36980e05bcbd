// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/chart_signs.h"

#include "ui/base/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <numbers>

namespace portolan::ui {
namespace {

QPolygonF polygon(const QRectF& box, int corners, double turn)
{
    QPolygonF shape;
    const double radius = box.width() / 2;
    for (int i = 0; i < corners; ++i) {
        const double angle = turn + 2 * std::numbers::pi * i / corners;
        shape << box.center() + QPointF(radius * std::cos(angle), radius * std::sin(angle));
    }
    return shape;
}

QPainterPath hexagon(const QRectF& box)
{
    QPainterPath path;
    path.addPolygon(polygon(box, 6, std::numbers::pi / 6));
    path.closeSubpath();
    return path;
}

QPainterPath pennant(const QRectF& box)
{
    const double w = box.width();
    QPainterPath path(box.topLeft() + QPointF(0, w * 0.14));
    path.lineTo(box.left() + w * 0.58, box.top() + w * 0.14);
    path.lineTo(box.right(), box.center().y());
    path.lineTo(box.left() + w * 0.58, box.bottom() - w * 0.14);
    path.lineTo(box.left(), box.bottom() - w * 0.14);
    path.lineTo(box.left() + w * 0.3, box.center().y());
    path.closeSubpath();
    return path;
}

QPainterPath bars(const QRectF& box)
{
    const double w = box.width();
    QPainterPath path;
    path.addRect(QRectF(box.left() + w * 0.04, box.top() + w * 0.55, w * 0.24, w * 0.4));
    path.addRect(QRectF(box.left() + w * 0.38, box.top() + w * 0.3, w * 0.24, w * 0.65));
    path.addRect(QRectF(box.left() + w * 0.72, box.top() + w * 0.05, w * 0.24, w * 0.9));
    return path;
}

QPen outline(const QColor& ink, double width)
{
    return QPen(ink, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
}

// Filled, outlined, or with the left half filled.
void paintShape(QPainter& painter, const QPainterPath& shape, Authority authority,
                const QColor& ink)
{
    const QRectF box = shape.boundingRect();
    const bool isFilled = authority == Authority::Authoritative || authority == Authority::Unknown;
    if (isFilled) {
        painter.fillPath(shape, ink);
        return;
    }
    painter.strokePath(shape, outline(ink, box.width() * 0.12));
    if (authority == Authority::Conformed) {
        QPainterPath left;
        left.addRect(QRectF(box.topLeft(), QSizeF(box.width() / 2, box.height())));
        painter.fillPath(shape.intersected(left), ink);
    }
}

}  // namespace

void paintProductSign(QPainter& painter, const QRectF& box, ProductKind kind, Authority authority,
                      const QColor& ink, const QColor& ground)
{
    const double w = box.width();
    switch (kind) {
    case ProductKind::OperationalApi:
        paintShape(painter, hexagon(box), authority, ink);
        return;
    case ProductKind::Event:
        paintShape(painter, pennant(box), authority, ink);
        return;
    case ProductKind::Analytical:
        paintShape(painter, bars(box), authority, ink);
        return;
    case ProductKind::State: {
        const double edge = w * 0.13;
        QPainterPath frame;
        frame.addRoundedRect(box.adjusted(edge, edge, -edge, -edge), w * 0.12, w * 0.12);
        painter.fillPath(frame, ground);
        painter.strokePath(frame, outline(ink, w * 0.12));
        QPainterPath inner;
        inner.addRect(box.adjusted(w * 0.34, w * 0.34, -w * 0.34, -w * 0.34));
        paintShape(painter, inner, authority, ink);
        return;
    }
    case ProductKind::Unknown:
        paintUnknownSign(painter, box, ink);
        return;
    }
}

void paintSeveritySign(QPainter& painter, const QRectF& box, Severity severity, const QColor& ink,
                       const QColor& ground)
{
    const double w = box.width();
    const QPointF c = box.center();
    QPainterPath shape;
    const QPen mark = outline(ground, w * 0.13);
    if (severity == Severity::Error) {
        shape.addPolygon(polygon(box, 8, std::numbers::pi / 8));
        shape.closeSubpath();
        painter.fillPath(shape, ink);
        const double d = w * 0.18;
        painter.setPen(mark);
        painter.drawLine(c + QPointF(-d, -d), c + QPointF(d, d));
        painter.drawLine(c + QPointF(-d, d), c + QPointF(d, -d));
        return;
    }
    if (severity == Severity::Warning) {
        shape.moveTo(c.x(), box.top() + w * 0.08);
        shape.lineTo(box.right() - w * 0.02, box.bottom() - w * 0.08);
        shape.lineTo(box.left() + w * 0.02, box.bottom() - w * 0.08);
        shape.closeSubpath();
        painter.fillPath(shape, ink);
        painter.strokePath(shape, outline(ink, w * 0.1));
        painter.setPen(mark);
        painter.drawLine(c + QPointF(0, -w * 0.13), c + QPointF(0, w * 0.1));
        painter.drawPoint(c + QPointF(0, w * 0.27));
        return;
    }
    shape.addEllipse(box);
    painter.fillPath(shape, ink);
    painter.setPen(mark);
    painter.drawLine(c + QPointF(0, -w * 0.02), c + QPointF(0, w * 0.24));
    painter.drawPoint(c + QPointF(0, -w * 0.24));
}

void paintUnknownSign(QPainter& painter, const QRectF& box, const QColor& ink)
{
    const double w = box.width();
    QPen dashed = outline(ink, w * 0.1);
    dashed.setDashPattern({1.6, 1.9});
    dashed.setCapStyle(Qt::FlatCap);
    painter.setPen(dashed);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(box.adjusted(w * 0.05, w * 0.05, -w * 0.05, -w * 0.05));
    QPainterPath hook(box.topLeft() + QPointF(w * 0.36, w * 0.38));
    hook.cubicTo(box.topLeft() + QPointF(w * 0.38, w * 0.18),
                 box.topLeft() + QPointF(w * 0.72, w * 0.24),
                 box.topLeft() + QPointF(w * 0.62, w * 0.45));
    hook.lineTo(box.topLeft() + QPointF(w * 0.5, w * 0.58));
    painter.strokePath(hook, outline(ink, w * 0.1));
    painter.setPen(outline(ink, w * 0.12));
    painter.drawPoint(box.topLeft() + QPointF(w * 0.5, w * 0.74));
}

void paintBothWaysSign(QPainter& painter, const QRectF& box, const QColor& ink)
{
    const double w = box.width();
    const double y = box.center().y();
    painter.setPen(outline(ink, w * 0.12));
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
    for (const double side : {-1.0, 1.0}) {
        const double tip = side < 0 ? box.left() : box.right();
        painter.drawLine(QPointF(tip, y), QPointF(tip - side * w * 0.24, y - w * 0.22));
        painter.drawLine(QPointF(tip, y), QPointF(tip - side * w * 0.24, y + w * 0.22));
    }
}

const StatusColors& statusOf(const Theme& theme, Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return theme.error;
    case Severity::Warning:
        return theme.warning;
    case Severity::Note:
        break;
    }
    return theme.info;
}

}  // namespace portolan::ui
