// SPDX-License-Identifier: Apache-2.0
// What the mouse is doing on a canvas from press to release.
#pragma once

#include "model/layout/layout.h"

#include <QPointF>

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace portolan::ui {

struct CanvasGesture {
    enum class Kind { None, Pan, PressedNode, Cards, PressedGround, Band, PressedEdge, Connect };
    Kind kind = Kind::None;
    QPointF start;  // widget coordinates
    QPointF now;
    QPointF startOrigin;  // of the view, while panning
    int node = -1;        // that was pressed, or that the edge starts at
    std::set<int> nodes;  // that are dragged
    bool isLive =
        false;  // while cards are dragged all edges are routed anew; else theirs are plain lines
    LayoutRequest request;  // of the chart while cards are dragged, all of them fixed
    LayoutResult before;    // what Esc brings back; of its edges, when not live, those in `edges`
    std::map<int, RoutedEdge> edges;
    std::optional<double> guideX;
    std::optional<double> guideY;

    bool isBusy() const { return kind != Kind::None; }
};

}  // namespace portolan::ui
