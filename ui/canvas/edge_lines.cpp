// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/edge_lines.h"

#include "ui/canvas/chart_painter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace portolan::ui {
namespace {

constexpr double gapHalf = 4.2;    // half of what a crossing edge cuts out
constexpr double leastRadius = 2;  // device pixels: a smaller corner is not seen

}  // namespace

EdgeLines::EdgeLines(const QTransform& transform, const QRectF& visible, bool hasCorners)
    : m_transform(transform), m_device(transform.mapRect(visible).adjusted(-8, -8, 8, 8)),
      m_hasCorners(hasCorners)
{
}

EdgeLines::Batch& EdgeLines::batchOf(const QColor& ink)
{
    Batch& batch = m_batches[ink.rgba()];
    batch.ink = ink;
    return batch;
}

void EdgeLines::addLine(const std::vector<Point>& points, const std::vector<Point>& gaps,
                        double width, const QColor& ink)
{
    if (points.size() < 2)
        return;
    Batch& batch = batchOf(ink);
    batch.width = std::max(1.0, std::round(width * m_transform.m11()));
    const double half = batch.width / 2 / m_transform.m11();
    std::vector<double> cuts;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        Point from = points[i];
        Point to = points[i + 1];
        const double length = std::hypot(to.x - from.x, to.y - from.y);
        if (length < 0.01)
            continue;
        const Point along{(to.x - from.x) / length, (to.y - from.y) / length};
        double start = i == 0 ? 0 : m_hasCorners ? cornerRadiusAt(points, i) : -half;
        double end = length;
        if (i + 2 < points.size()) {
            const double radius = cornerRadiusAt(points, i + 1);
            if (m_hasCorners && radius * m_transform.m11() >= leastRadius) {
                end -= radius;
                const QPointF corner = toQPoint(to);
                const Point next = points[i + 2];
                const double nextLength = std::max(0.01, std::hypot(next.x - to.x, next.y - to.y));
                const QPointF onward((next.x - to.x) / nextLength, (next.y - to.y) / nextLength);
                if (m_device.contains(m_transform.map(corner))) {
                    batch.corners.moveTo(corner - QPointF(along.x, along.y) * radius);
                    batch.corners.quadTo(corner, corner + onward * radius);
                }
            } else {
                end += half;
            }
        }
        if (m_hasCorners && i > 0 && start * m_transform.m11() < leastRadius)
            start = -half;
        cuts.clear();
        for (const Point& gap : gaps) {
            const double at = (gap.x - from.x) * along.x + (gap.y - from.y) * along.y;
            const double off = std::abs((gap.x - from.x) * along.y - (gap.y - from.y) * along.x);
            if (off < 0.1 && at > start + gapHalf && at < end - gapHalf)
                cuts.push_back(at);
        }
        std::sort(cuts.begin(), cuts.end());
        const auto at = [&](double distance) {
            return Point{from.x + along.x * distance, from.y + along.y * distance};
        };
        for (const double cut : cuts) {
            addRun(batch, at(start), at(cut - gapHalf));
            start = cut + gapHalf;
        }
        addRun(batch, at(start), at(end));
    }
}

void EdgeLines::addRun(Batch& batch, Point from, Point to)
{
    if (std::abs(from.x - to.x) > 0.01 && std::abs(from.y - to.y) > 0.01) {
        // Neither level nor upright: a line like any other.
        batch.corners.moveTo(toQPoint(from));
        batch.corners.lineTo(toQPoint(to));
        return;
    }
    addDeviceRun(batch, m_transform.map(toQPoint(from)), m_transform.map(toQPoint(to)));
}

void EdgeLines::addDeviceRun(Batch& batch, const QPointF& from, const QPointF& to)
{
    const double left = std::max(std::min(from.x(), to.x()), m_device.left());
    const double right = std::min(std::max(from.x(), to.x()), m_device.right());
    const double top = std::max(std::min(from.y(), to.y()), m_device.top());
    const double bottom = std::min(std::max(from.y(), to.y()), m_device.bottom());
    if (left > right || top > bottom)
        return;
    const int width = static_cast<int>(batch.width);
    if (right - left >= bottom - top)
        batch.runs.emplace_back(static_cast<int>(std::lround(left)),
                                static_cast<int>(std::lround(top - batch.width / 2)),
                                static_cast<int>(std::lround(right) - std::lround(left)), width);
    else
        batch.runs.emplace_back(static_cast<int>(std::lround(left - batch.width / 2)),
                                static_cast<int>(std::lround(top)), width,
                                static_cast<int>(std::lround(bottom) - std::lround(top)));
}

void EdgeLines::addShape(const QPolygonF& shape, const QColor& ink)
{
    if (!m_device.intersects(m_transform.mapRect(shape.boundingRect())))
        return;
    Batch& batch = batchOf(ink);
    batch.shapes.addPolygon(shape);
    batch.shapes.closeSubpath();
}

void EdgeLines::paint(QPainter& painter) const
{
    for (const auto& [rgba, batch] : m_batches) {
        painter.save();
        painter.resetTransform();
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(Qt::NoPen);
        painter.setBrush(batch.ink);
        painter.drawRects(batch.runs.data(), static_cast<int>(batch.runs.size()));
        painter.restore();
        if (!batch.corners.isEmpty())
            painter.strokePath(batch.corners, QPen(batch.ink, batch.width / m_transform.m11(),
                                                   Qt::SolidLine, Qt::FlatCap));
        if (!batch.shapes.isEmpty())
            painter.fillPath(batch.shapes, batch.ink);
    }
}

}  // namespace portolan::ui
