// SPDX-License-Identifier: Apache-2.0
#include "model/chart/chart_index.h"

#include <algorithm>
#include <numeric>

namespace portolan {
namespace {

template <class Things>
std::vector<std::uint32_t> orderByEntity(const Things& things)
{
    std::vector<std::uint32_t> order(things.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return things[a].entity < things[b].entity;
    });
    return order;
}

template <class Things>
int numberOf(const Things& things, const std::vector<std::uint32_t>& order, const EntityRef& entity)
{
    const auto found = std::lower_bound(
        order.begin(), order.end(), entity,
        [&](std::uint32_t at, const EntityRef& wanted) { return things[at].entity < wanted; });
    return found != order.end() && things[*found].entity == entity ? static_cast<int>(*found) : -1;
}

// Rising, each once.
void tidy(std::vector<std::uint32_t>& numbers)
{
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

}  // namespace

ChartIndex::ChartIndex(const Chart& chart, const LayoutResult& layout, SizeOf sizeOf)
    : m_chart(&chart), m_layout(&layout), m_sizeOf(sizeOf),
      m_nodesByEntity(orderByEntity(chart.nodes)), m_edgesByEntity(orderByEntity(chart.edges)),
      m_edgeStarts(chart.nodes.size() + 1, 0)
{
    for (const ChartEdge& edge : chart.edges) {
        ++m_edgeStarts[static_cast<std::size_t>(edge.from) + 1];
        if (edge.to != edge.from)
            ++m_edgeStarts[static_cast<std::size_t>(edge.to) + 1];
    }
    std::partial_sum(m_edgeStarts.begin(), m_edgeStarts.end(), m_edgeStarts.begin());
    m_nodeEdges.resize(m_edgeStarts.back());
    std::vector<std::uint32_t> next(m_edgeStarts.begin(), m_edgeStarts.end() - 1);
    for (std::size_t edge = 0; edge < chart.edges.size(); ++edge) {
        const ChartEdge& ends = chart.edges[edge];
        m_nodeEdges[next[static_cast<std::size_t>(ends.from)]++] = static_cast<std::uint32_t>(edge);
        if (ends.to != ends.from)
            m_nodeEdges[next[static_cast<std::size_t>(ends.to)]++] =
                static_cast<std::uint32_t>(edge);
    }
    std::vector<Rect> rects;
    rects.reserve(chart.nodes.size());
    m_looks.reserve(chart.nodes.size());
    for (std::size_t node = 0; node < chart.nodes.size(); ++node) {
        rects.push_back(cardRect(node));
        m_bounds = m_bounds.united(rects.back());
        const ChartNode& card = chart.nodes[node];
        m_looks.push_back(
            {static_cast<std::int8_t>(std::clamp(card.hue, -1, 127)),
             card.badge ? static_cast<std::int8_t>(card.badge->severity) : std::int8_t(-1),
             static_cast<std::int8_t>(std::clamp(card.lens, -1, 127)),
             card.shape != ChartShape::Card});
    }
    m_nodes = RectIndex(rects);
    m_regions = RectIndex(layout.groupRects);
    for (const Rect& rect : layout.groupRects)
        m_bounds = m_bounds.united(rect);
    countRegions();
}

void ChartIndex::countRegions()
{
    const std::vector<ChartRegion>& regions = m_chart->regions;
    std::vector<bool> isLeaf(regions.size(), true);
    m_roots.resize(regions.size());
    m_cardCounts.assign(regions.size(), 0);
    for (std::size_t region = 0; region < regions.size(); ++region) {
        int root = static_cast<int>(region);
        while (regions[static_cast<std::size_t>(root)].parent >= 0)
            root = regions[static_cast<std::size_t>(root)].parent;
        m_roots[region] = root;
        if (regions[region].parent >= 0) {
            isLeaf[static_cast<std::size_t>(regions[region].parent)] = false;
            m_hasNestedRegions = true;
        }
    }
    for (const ChartNode& node : m_chart->nodes) {
        for (int region = node.region; region >= 0;
             region = regions[static_cast<std::size_t>(region)].parent)
            ++m_cardCounts[static_cast<std::size_t>(region)];
    }
    std::vector<double> widths;
    for (std::size_t region = 0; region < regions.size(); ++region) {
        if (isLeaf[region] && !m_layout->groupRects[region].isEmpty())
            widths.push_back(m_layout->groupRects[region].width);
    }
    if (widths.empty())
        return;
    const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
    std::nth_element(widths.begin(), middle, widths.end());
    m_medianLeafWidth = *middle;
}

void ChartIndex::lensChanged()
{
    for (std::size_t node = 0; node < m_looks.size(); ++node)
        m_looks[node].lens =
            static_cast<std::int8_t>(std::clamp(m_chart->nodes[node].lens, -1, 127));
}

Rect ChartIndex::cardRect(std::size_t node) const
{
    const Point at = m_layout->positions[node];
    const Rect size = m_sizeOf(m_chart->nodes[node]);
    return {at.x, at.y, size.width, size.height};
}

int ChartIndex::node(const EntityRef& entity) const
{
    return m_chart ? numberOf(m_chart->nodes, m_nodesByEntity, entity) : -1;
}

int ChartIndex::edge(const EntityRef& entity) const
{
    return m_chart ? numberOf(m_chart->edges, m_edgesByEntity, entity) : -1;
}

int ChartIndex::region(const EntityRef& entity) const
{
    return m_chart ? m_chart->region(entity) : -1;
}

std::span<const std::uint32_t> ChartIndex::edgesOf(int node) const
{
    if (node < 0 || static_cast<std::size_t>(node) + 1 >= m_edgeStarts.size())
        return {};
    const auto number = static_cast<std::size_t>(node);
    return std::span(m_nodeEdges)
        .subspan(m_edgeStarts[number], m_edgeStarts[number + 1] - m_edgeStarts[number]);
}

void ChartIndex::nodesIn(const Rect& area, std::vector<std::uint32_t>& nodes) const
{
    nodes.clear();
    m_nodes.visit(area, [&](std::uint32_t node) { nodes.push_back(node); });
    nodes.insert(nodes.end(), m_movedNodes.begin(), m_movedNodes.end());
    tidy(nodes);
    // A moved card is still found where it stood.
    if (!m_movedNodes.empty())
        std::erase_if(nodes, [&](std::uint32_t node) {
            const Rect card = cardRect(node);
            return card.x > area.right() || area.x > card.right() || card.y > area.bottom() ||
                   area.y > card.bottom();
        });
}

void ChartIndex::edgesIn(const Rect& area, std::vector<std::uint32_t>& edges) const
{
    edges.clear();
    if (!m_chart)
        return;
    if (!m_runs)
        m_runs = m_preparing.valid() ? m_preparing.get() : runsOf(*m_layout);
    m_runs->rects.visit(area, [&](std::uint32_t run) { edges.push_back(m_runs->edgeOf[run]); });
    edges.insert(edges.end(), m_movedEdges.begin(), m_movedEdges.end());
    tidy(edges);
}

void ChartIndex::prepareEdges()
{
    if (m_layout && !m_runs && !m_preparing.valid())
        m_preparing =
            std::async(std::launch::async, [layout = m_layout] { return runsOf(*layout); });
}

std::shared_ptr<const ChartIndex::EdgeRuns> ChartIndex::runsOf(const LayoutResult& layout)
{
    auto made = std::make_shared<EdgeRuns>();
    std::vector<Rect> runs;
    runs.reserve(layout.edges.size() * 4);
    made->edgeOf.reserve(layout.edges.size() * 4);
    const auto add = [&](const Rect& rect, std::size_t edge) {
        runs.push_back(rect);
        made->edgeOf.push_back(static_cast<std::uint32_t>(edge));
    };
    for (std::size_t edge = 0; edge < layout.edges.size(); ++edge) {
        const RoutedEdge& routed = layout.edges[edge];
        for (std::size_t i = 0; i + 1 < routed.points.size(); ++i)
            add(around(routed.points[i], routed.points[i + 1]), edge);
        for (const int plate : {routed.fromPlate, routed.toPlate}) {
            if (plate >= 0)
                add(layout.plates[static_cast<std::size_t>(plate)].rect, edge);
        }
        if (routed.labelForm != LabelForm::Hidden)
            add(routed.label, edge);
    }
    made->rects = RectIndex(runs);
    made->edgeOf.shrink_to_fit();
    return made;
}

std::vector<int> ChartIndex::regionsIn(const Rect& area) const
{
    std::vector<int> found;
    const auto look = [&](std::size_t region) {
        const Rect& rect = m_layout->groupRects[region];
        if (!rect.isEmpty() && (area.intersects(rect) || rect.contains({area.x, area.y})))
            found.push_back(static_cast<int>(region));
    };
    if (m_regionsMoved) {  // a region grows with its cards
        for (std::size_t region = 0; region < m_layout->groupRects.size(); ++region)
            look(region);
    } else {
        m_regions.visit(area, look);
    }
    std::sort(found.begin(), found.end());
    return found;
}

void ChartIndex::moved(std::span<const int> nodes)
{
    if (m_preparing.valid())
        m_preparing.wait();
    m_regionsMoved = true;
    for (const int node : nodes) {
        m_movedNodes.push_back(static_cast<std::uint32_t>(node));
        const std::span<const std::uint32_t> edges = edgesOf(node);
        m_movedEdges.insert(m_movedEdges.end(), edges.begin(), edges.end());
    }
    tidy(m_movedNodes);
    tidy(m_movedEdges);
}

const std::vector<EdgeBundle>& ChartIndex::bundles(bool isByRoot) const
{
    const std::size_t kind = isByRoot ? 1 : 0;
    if (!m_hasBundles[kind] && m_chart) {
        m_bundles[kind] = bundlesBetween(isByRoot);
        m_hasBundles[kind] = true;
    }
    return m_bundles[kind];
}

std::vector<EdgeBundle> ChartIndex::bundlesBetween(bool isByRoot) const
{
    const auto place = [&](int node) {
        const int region = m_chart->nodes[static_cast<std::size_t>(node)].region;
        return region < 0 ? -1 - node
               : isByRoot ? m_roots[static_cast<std::size_t>(region)]
                          : region;
    };
    std::vector<EdgeBundle> all;
    all.reserve(m_chart->edges.size());
    for (const ChartEdge& edge : m_chart->edges) {
        const int from = place(edge.from);
        const int to = place(edge.to);
        if (from != to)
            all.push_back(
                {std::min(from, to), std::max(from, to), 1, edge.line == ChartLine::Undeclared});
    }
    std::sort(all.begin(), all.end(), [](const EdgeBundle& a, const EdgeBundle& b) {
        return std::pair(a.from, a.to) < std::pair(b.from, b.to);
    });
    std::vector<EdgeBundle> bundles;
    for (const EdgeBundle& edge : all) {
        if (bundles.empty() || bundles.back().from != edge.from || bundles.back().to != edge.to) {
            bundles.push_back(edge);
            continue;
        }
        ++bundles.back().count;
        bundles.back().hasUndeclared = bundles.back().hasUndeclared || edge.hasUndeclared;
    }
    std::stable_sort(bundles.begin(), bundles.end(),
                     [](const EdgeBundle& a, const EdgeBundle& b) { return a.count > b.count; });
    bundles.shrink_to_fit();
    return bundles;
}

}  // namespace portolan
