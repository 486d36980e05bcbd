// SPDX-License-Identifier: Apache-2.0
// Sizes and edges in, positions and polylines out. Layout knows numbers only: no text, no context, no colour. The request goes to the
// helper program as it stands, so nothing that a file says can reach Graphviz except as a size.
#pragma once

#include "model/layout/geometry.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace portolan {

struct LayoutNode {
    double width = 0;
    double height = 0;
    int group = -1;              // number in `groups`; -1: none
    std::optional<Point> fixed;  // top left corner, for a node that must stay there

    friend bool operator==(const LayoutNode&, const LayoutNode&) = default;
};

struct LayoutGroup {
    int parent = -1;  // number in `groups`; -1: none
    // What its header says at the left and at the right: plates keep off it where they can.
    double titleWidth = 0;
    double noteWidth = 0;

    friend bool operator==(const LayoutGroup&, const LayoutGroup&) = default;
};

// Where an edge meets a node. Ends of one node with the same `plate` number that leave by the same side share one plate.
struct LayoutEnd {
    double plateWidth = 0;    // 0: no plate
    std::uint32_t plate = 0;  // 0: never shared
    bool hasArrow = false;

    friend bool operator==(const LayoutEnd&, const LayoutEnd&) = default;
};

struct LayoutEdge {
    int from = 0;
    int to = 0;
    double weight = 1;
    bool isDirected = true;  // false: it does not say which node stands first
    LayoutEnd fromEnd;
    LayoutEnd toEnd;
    double labelWidth = 0;       // of its pill; 0: none
    double smallLabelWidth = 0;  // of its pill when only the icon is left

    friend bool operator==(const LayoutEdge&, const LayoutEdge&) = default;
};

// Sizes that regions and plates are drawn with.
struct LayoutMetrics {
    double regionHeader = 26;
    double regionPadding = 11;
    double plateHeight = 17;
    double labelHeight = 20;
    double stub = 16;        // straight run between a plate and the first bend
    double columnGap = 176;  // room for two plates and a few tracks between two columns
    bool gathersGroups =
        true;  // a small group's nodes share a column; off: each stands where the flow puts it

    friend bool operator==(const LayoutMetrics&, const LayoutMetrics&) = default;
};

enum class LayoutEngine {
    Graphviz,
    Simple  // our own layers: the fallback, and for graphs beyond what Graphviz does in time
};

struct LayoutRequest {
    LayoutEngine engine = LayoutEngine::Graphviz;
    bool isQuick = false;  // plainer routes, for a picture that lasts a moment
    std::vector<LayoutNode> nodes;
    std::vector<LayoutGroup> groups;
    std::vector<LayoutEdge> edges;
    LayoutMetrics metrics;

    friend bool operator==(const LayoutRequest&, const LayoutRequest&) = default;
};

enum class Side : std::uint8_t { Left, Right, Top, Bottom };

struct LayoutPlate {
    int node = 0;
    Side side = Side::Right;
    Rect rect;
};

enum class LabelForm : std::uint8_t { Hidden, Icon, Full };

struct RoutedEdge {
    std::vector<Point> points;  // level and upright runs, from plate to plate (or node to node)
    int fromPlate = -1;         // number in `plates`; -1: none
    int toPlate = -1;
    std::vector<Point> gaps;  // where an edge drawn later crosses and cuts in
    LabelForm labelForm = LabelForm::Hidden;
    Rect label;
};

struct LayoutResult {
    std::vector<Point> positions;  // top left corners, by node
    std::vector<Rect> groupRects;  // by group; empty for a group without nodes
    std::vector<LayoutPlate> plates;
    std::vector<RoutedEdge> edges;  // by edge
};

// Everything that follows once the free nodes have positions: fixed ones put back, overlaps resolved, regions, routes, labels.
LayoutResult completeLayout(const LayoutRequest& request, std::vector<Point> positions);

// The rectangles of all groups, each around its nodes and child groups.
std::vector<Rect> groupRects(const LayoutRequest& request, const std::vector<Point>& positions);

// How many groups a node stands in.
int nestingOf(const LayoutRequest& request, int group);

inline Rect nodeRect(const LayoutRequest& request, const std::vector<Point>& positions,
                     std::size_t node)
{
    return {positions[node].x, positions[node].y, request.nodes[node].width,
            request.nodes[node].height};
}

}  // namespace portolan
