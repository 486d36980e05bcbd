// SPDX-License-Identifier: Apache-2.0
// Lines of edges for a screen, gathered by colour and drawn together: straight runs on whole device pixels, corners and arrow heads as
// one shape a colour. Many times faster than a stroke for each, and crisp.
#pragma once

#include "model/layout/layout.h"

#include <QColor>
#include <QPainterPath>
#include <QRectF>
#include <QTransform>

#include <map>
#include <vector>

class QPainter;

namespace portolan::ui {

class EdgeLines {
public:
    // In chart units; `transform` is the painter's. Without corners runs meet at right angles.
    EdgeLines(const QTransform& transform, const QRectF& visible, bool hasCorners);

    void addLine(const std::vector<Point>& points, const std::vector<Point>& gaps, double width,
                 const QColor& ink);
    void addShape(const QPolygonF& shape, const QColor& ink);  // filled

    void paint(QPainter& painter) const;

private:
    struct Batch {
        QColor ink;
        std::vector<QRect> runs;
        QPainterPath corners;
        QPainterPath shapes;
        double width = 1;
    };

    Batch& batchOf(const QColor& ink);
    void addRun(Batch& batch, Point from, Point to);
    void addDeviceRun(Batch& batch, const QPointF& from, const QPointF& to);

    QTransform m_transform;
    QRectF m_device;  // what is visible, on the device
    bool m_hasCorners;
    std::map<QRgb, Batch> m_batches;
};

}  // namespace portolan::ui
