// SPDX-License-Identifier: Apache-2.0
#include "model/chart/last_layout.h"

#include "model/layout/fixed_nodes.h"
#include "model/layout/label_placer.h"
#include "model/layout/quick_router.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace portolan {
namespace {

template <class Things>
std::vector<EntityRef> entitiesOf(const Things& things)
{
    std::vector<EntityRef> entities;
    entities.reserve(things.size());
    for (const auto& thing : things)
        entities.push_back(thing.entity);
    return entities;
}

// By thing: its number in `old`; -1: it is new. What edits leave alone keeps its order, so that most are found without a search.
template <class Things>
std::vector<int> numbersIn(const std::vector<EntityRef>& old, const Things& things)
{
    std::vector<int> numbers(things.size(), -1);
    std::vector<std::size_t> order;
    std::size_t next = 0;
    for (std::size_t i = 0; i < things.size(); ++i, ++next) {
        if (next < old.size() && old[next] == things[i].entity) {
            numbers[i] = static_cast<int>(next);
            continue;
        }
        if (order.empty()) {
            order.resize(old.size());
            std::iota(order.begin(), order.end(), std::size_t(0));
            std::sort(order.begin(), order.end(),
                      [&old](std::size_t a, std::size_t b) { return old[a] < old[b]; });
        }
        const auto found = std::lower_bound(
            order.begin(), order.end(), things[i].entity,
            [&old](std::size_t at, const EntityRef& wanted) { return old[at] < wanted; });
        if (found != order.end() && old[*found] == things[i].entity) {
            numbers[i] = static_cast<int>(*found);
            next = *found;
        } else if (next > 0) {
            --next;  // a new one: the old one may follow
        } else {
            next = static_cast<std::size_t>(-1);
        }
    }
    return numbers;
}

// What a routed edge depends on, but for the numbers of its ends and plates.
bool isSameSize(LayoutEdge a, const LayoutEdge& b)
{
    a.from = b.from;
    a.to = b.to;
    a.fromEnd.plate = b.fromEnd.plate;
    a.toEnd.plate = b.toEnd.plate;
    return a == b;
}

// Puts edges of `part` into `result` as `numbers` says, with their plates.
void add(const LayoutResult& part, const std::vector<std::size_t>& numbers, LayoutResult& result)
{
    const auto offset = static_cast<int>(result.plates.size());
    result.plates.insert(result.plates.end(), part.plates.begin(), part.plates.end());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        RoutedEdge edge = part.edges[i];
        edge.fromPlate += edge.fromPlate < 0 ? 0 : offset;
        edge.toPlate += edge.toPlate < 0 ? 0 : offset;
        result.edges[numbers[i]] = std::move(edge);
    }
}

}  // namespace

void LastLayout::keep(const Chart& chart, LayoutRequest request, LayoutResult result)
{
    m_nodes = entitiesOf(chart.nodes);
    m_edges = entitiesOf(chart.edges);
    m_request = std::move(request);
    m_result = std::move(result);
}

bool LastLayout::isKept(const LayoutRequest& request, const LayoutResult& result, std::size_t edge,
                        int oldEdge, const std::vector<int>& oldNodes) const
{
    if (oldEdge < 0)
        return false;
    const LayoutEdge& now = request.edges[edge];
    const LayoutEdge& before = m_request.edges[static_cast<std::size_t>(oldEdge)];
    const auto stands = [&](int node, int old) {
        const auto at = static_cast<std::size_t>(node);
        return oldNodes[at] == old &&
               result.positions[at] == m_result.positions[static_cast<std::size_t>(old)];
    };
    return isSameSize(now, before) && stands(now.from, before.from) && stands(now.to, before.to);
}

LayoutResult LastLayout::patched(const Chart& chart, const LayoutRequest& request,
                                 std::vector<Point> wished) const
{
    LayoutResult result;
    result.positions = placeAroundFixed(request, std::move(wished));
    result.groupRects = groupRects(request, result.positions);
    result.edges.resize(request.edges.size());
    const std::vector<int> oldNodes = numbersIn(m_nodes, chart.nodes);
    const std::vector<int> oldEdges = numbersIn(m_edges, chart.edges);
    std::vector<int> plates(m_result.plates.size(), -1);
    const auto keptPlate = [&](int plate, int node) {
        if (plate < 0)
            return -1;
        int& number = plates[static_cast<std::size_t>(plate)];
        if (number < 0) {
            number = static_cast<int>(result.plates.size());
            result.plates.push_back(m_result.plates[static_cast<std::size_t>(plate)]);
            result.plates.back().node = node;
        }
        return number;
    };
    LayoutRequest rest;
    rest.nodes = request.nodes;
    rest.groups = request.groups;
    rest.metrics = request.metrics;
    std::vector<std::size_t> numbers;
    for (std::size_t edge = 0; edge < request.edges.size(); ++edge) {
        const LayoutEdge& wanted = request.edges[edge];
        if (!isKept(request, result, edge, oldEdges[edge], oldNodes)) {
            numbers.push_back(edge);
            rest.edges.push_back(wanted);
            continue;
        }
        RoutedEdge& kept = result.edges[edge];
        kept = m_result.edges[static_cast<std::size_t>(oldEdges[edge])];
        kept.fromPlate = keptPlate(kept.fromPlate, wanted.from);
        kept.toPlate = keptPlate(kept.toPlate, wanted.to);
    }
    if (numbers.empty())
        return result;
    LayoutResult part;
    part.positions = result.positions;
    part.groupRects = result.groupRects;
    routeQuickly(rest, part);
    placeLabels(rest, part);
    add(part, numbers, result);
    return result;
}

}  // namespace portolan
