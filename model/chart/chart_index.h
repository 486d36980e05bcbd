// SPDX-License-Identifier: Apache-2.0
// What of a chart stands where: found by entity, by area and by point in a time that grows with the answer, not with the chart. Built
// once for a chart at its layout; what moves afterwards is told by moved().
#pragma once

#include "model/chart/chart.h"
#include "model/layout/layout.h"
#include "model/layout/rect_index.h"

#include <cstdint>
#include <future>
#include <memory>
#include <span>
#include <vector>

namespace portolan {

// Edges between the same two places, seen from afar. A place is a region's number, or -1 - node for one outside any region.
struct EdgeBundle {
    int from = 0;
    int to = 0;
    int count = 0;
    bool hasUndeclared = false;
};

// What is seen of a card from afar, in four bytes: a hundred thousand of them are read for one picture.
struct NodeLook {
    std::int8_t hue = -1;
    std::int8_t badge = -1;  // a Severity; -1: none
    std::int8_t lens = -1;   // number in Chart::lens.entries; -1: none
    bool isOdd = false;      // not a Card: it has a size of its own
};

class ChartIndex {
public:
    ChartIndex() = default;
    // How large a node is drawn: its width and height, at no place.
    using SizeOf = Rect (*)(const ChartNode& node);
    // Both must outlive the index.
    ChartIndex(const Chart& chart, const LayoutResult& layout, SizeOf sizeOf);

    int node(const EntityRef& entity) const;  // -1: not on the chart
    int edge(const EntityRef& entity) const;
    int region(const EntityRef& entity) const;
    std::span<const std::uint32_t> edgesOf(int node) const;  // that begin or end there

    // Numbers by rising order, which is the order of painting.
    void nodesIn(const Rect& area, std::vector<std::uint32_t>& nodes) const;
    // The same in no order, and without a list.
    template <class Visit>
    void visitNodes(const Rect& area, Visit visit) const
    {
        if (m_movedNodes.empty()) {
            m_nodes.visit(area, visit);
            return;
        }
        std::vector<std::uint32_t> nodes;
        nodesIn(area, nodes);
        for (const std::uint32_t node : nodes)
            visit(node);
    }
    void edgesIn(const Rect& area,
                 std::vector<std::uint32_t>& edges) const;  // lines, plates, pills
    std::vector<int> regionsIn(const Rect& area) const;

    // Begins to index the edges on a thread of its own, so that the first look from near need not. Chart and layout stay as they are
    // until moved() or the end of this index, which wait for it.
    void prepareEdges();
    // The chart wears another lens now.
    void lensChanged();
    // These nodes and their edges stand elsewhere now.
    void moved(std::span<const int> nodes);

    // The heaviest first. `isByRoot`: between outermost regions; else between those that hold the cards.
    const std::vector<EdgeBundle>& bundles(bool isByRoot) const;
    NodeLook look(std::uint32_t node) const { return m_looks[node]; }
    int rootOf(int region) const { return m_roots[static_cast<std::size_t>(region)]; }
    bool hasNestedRegions() const { return m_hasNestedRegions; }
    // How many cards stand in a region, those of regions inside it included.
    int cardCount(int region) const { return m_cardCounts[static_cast<std::size_t>(region)]; }
    double medianLeafWidth() const { return m_medianLeafWidth; }
    const Rect& bounds() const { return m_bounds; }  // of cards and regions

private:
    Rect cardRect(std::size_t node) const;
    struct EdgeRuns {
        RectIndex rects;
        std::vector<std::uint32_t> edgeOf;  // by number in `rects`
    };
    static std::shared_ptr<const EdgeRuns> runsOf(const LayoutResult& layout);
    void countRegions();
    std::vector<EdgeBundle> bundlesBetween(bool isByRoot) const;

    const Chart* m_chart = nullptr;
    const LayoutResult* m_layout = nullptr;
    SizeOf m_sizeOf = nullptr;
    std::vector<std::uint32_t> m_nodesByEntity;
    std::vector<std::uint32_t> m_edgesByEntity;
    std::vector<std::uint32_t> m_edgeStarts;  // by node, into m_nodeEdges
    std::vector<std::uint32_t> m_nodeEdges;
    std::vector<NodeLook> m_looks;
    RectIndex m_nodes;
    RectIndex m_regions;
    bool m_regionsMoved = false;
    std::vector<std::uint32_t> m_movedNodes;
    std::vector<std::uint32_t> m_movedEdges;
    std::vector<int> m_roots;
    std::vector<int> m_cardCounts;
    bool m_hasNestedRegions = false;
    double m_medianLeafWidth = 0;
    Rect m_bounds;
    // Made when they are first needed: from afar no edge is drawn by itself, and from near there are no bundles.
    mutable std::shared_ptr<const EdgeRuns> m_runs;
    std::shared_future<std::shared_ptr<const EdgeRuns>> m_preparing;
    mutable std::vector<EdgeBundle> m_bundles[2];
    mutable bool m_hasBundles[2] = {false, false};
};

}  // namespace portolan
