// SPDX-License-Identifier: Apache-2.0
// The chart from afar, when cards are too small for words: regions, cards as stripes and the weight of what goes between regions.
// Written straight into the pixels of a picture: a hundred thousand cards take a few milliseconds, whatever QPainter does.
#pragma once

#include "model/chart/chart_index.h"
#include "ui/canvas/chart_painter.h"

#include <QImage>
#include <QTransform>

#include <vector>

namespace portolan::ui {

// Whether cards are that small at a zoom (1 is 100 %).
bool isFarPicture(double zoom);

// How many bundles in sight a picture from afar shows at most: more lines tell nothing, and how many are left out is said.
inline constexpr std::size_t mostBundles = 240;

// The bundles to draw at a zoom within a visible area, the heaviest first, at most mostBundles; and how many more there are.
struct BundlesInSight {
    struct Line {
        QPointF from;
        QPointF to;
        double px = 1;  // width on the screen
        bool isUndeclared = false;
    };
    std::vector<Line> lines;
    int hidden = 0;
};
BundlesInSight bundlesInSight(const Chart& chart, const LayoutResult& layout,
                              const ChartIndex& index, double zoom, const QRectF& visible);

class FarPicture {
public:
    FarPicture(const Chart& chart, const LayoutResult& layout, const ChartIndex& index,
               const Theme& theme, const ChartMarks* marks);

    // Fills the picture. `toPixels` leads from chart units to its pixels: scale and translation only.
    void paint(QImage& picture, const QTransform& toPixels, const QRectF& visible,
               const std::vector<int>& regions, const BundlesInSight& bundles) const;

private:
    const Chart& m_chart;
    const LayoutResult& m_layout;
    const ChartIndex& m_index;
    const Theme& m_theme;
    const ChartMarks* m_marks;
};

}  // namespace portolan::ui
