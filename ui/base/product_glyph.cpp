// SPDX-License-Identifier: Apache-2.0
#include "ui/base/product_glyph.h"

#include <QPainter>
#include <QTransform>

#include <cmath>
#include <numbers>

namespace portolan::ui {
namespace {

QPainterPath hexagon()
{
    QPainterPath path;
    for (int corner = 0; corner < 6; ++corner) {
        const double angle = std::numbers::pi / 3 * corner + std::numbers::pi / 6;
        const QPointF at(0.5 + 0.5 * std::cos(angle), 0.5 + 0.5 * std::sin(angle));
        if (corner == 0)
            path.moveTo(at);
        else
            path.lineTo(at);
    }
    path.closeSubpath();
    return path;
}

QPainterPath pennant()
{
    QPainterPath path;
    path.addPolygon(QPolygonF(
        {{0.04, 0.12}, {0.6, 0.12}, {0.98, 0.5}, {0.6, 0.88}, {0.04, 0.88}, {0.34, 0.5}}));
    path.closeSubpath();
    return path;
}

QPainterPath squareInSquare()
{
    QPainterPath path;
    path.addRoundedRect(QRectF(0.06, 0.06, 0.88, 0.88), 0.12, 0.12);
    return path;
}

QPainterPath bars()
{
    QPainterPath path;
    path.addRect(QRectF(0.06, 0.55, 0.22, 0.4));
    path.addRect(QRectF(0.39, 0.3, 0.22, 0.65));
    path.addRect(QRectF(0.72, 0.06, 0.22, 0.89));
    return path;
}

QPainterPath ring()
{
    QPainterPath path;
    path.addEllipse(QRectF(0.14, 0.14, 0.72, 0.72));
    return path;
}

}  // namespace

QPainterPath productSilhouette(ProductKind kind)
{
    switch (kind) {
    case ProductKind::OperationalApi:
        return hexagon();
    case ProductKind::Event:
        return pennant();
    case ProductKind::State:
        return squareInSquare();
    case ProductKind::Analytical:
        return bars();
    case ProductKind::Unknown:
        break;
    }
    return ring();
}

void paintProductGlyph(QPainter& painter, const QRectF& rect, ProductKind kind, Authority authority,
                       const QColor& color)
{
    const QTransform place =
        QTransform().translate(rect.x(), rect.y()).scale(rect.width(), rect.height());
    const QPainterPath path = place.map(productSilhouette(kind));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const bool isFilled = kind != ProductKind::Unknown && (authority == Authority::Authoritative ||
                                                           authority == Authority::Unknown);
    // The state's inner square is what is filled, so that the outer one stays to be seen.
    if (kind == ProductKind::State) {
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
        const QRectF inner = rect.adjusted(rect.width() * 0.3, rect.height() * 0.3,
                                           -rect.width() * 0.3, -rect.height() * 0.3);
        painter.setPen(QPen(color, 1));
        painter.setBrush(isFilled ? QBrush(color) : QBrush(Qt::NoBrush));
        painter.drawRect(inner);
        if (authority == Authority::Conformed)
            painter.fillRect(QRectF(inner.topLeft(), QSizeF(inner.width() / 2, inner.height())),
                             color);
    } else {
        painter.setBrush(isFilled ? QBrush(color) : QBrush(Qt::NoBrush));
        painter.drawPath(path);
        if (authority == Authority::Conformed) {
            painter.setClipRect(QRectF(rect.topLeft(), QSizeF(rect.width() / 2, rect.height())),
                                Qt::IntersectClip);
            painter.fillPath(path, color);
        }
    }
    painter.restore();
}

}  // namespace portolan::ui
