// SPDX-License-Identifier: Apache-2.0
#include "model/layout/layout.h"

#include "model/layout/fixed_nodes.h"
#include "model/layout/label_placer.h"
#include "model/layout/orthogonal_router.h"
#include "model/layout/quick_router.h"

namespace portolan {
namespace {

constexpr std::size_t mostEdgesSought =
    800;  // beyond, no way is searched for: the time and the memory of it grow too fast

}  // namespace

int nestingOf(const LayoutRequest& request, int group)
{
    int nesting = 0;
    // The bound ends a circle of parents, which a hostile request may hold.
    for (; group >= 0 && nesting < 8;
         group = request.groups[static_cast<std::size_t>(group)].parent)
        ++nesting;
    return nesting;
}

std::vector<Rect> groupRects(const LayoutRequest& request, const std::vector<Point>& positions)
{
    std::vector<Rect> rects(request.groups.size());
    std::vector<std::vector<std::size_t>> byNesting(10);
    for (std::size_t node = 0; node < request.nodes.size(); ++node) {
        if (const int group = request.nodes[node].group; group >= 0) {
            Rect& rect = rects[static_cast<std::size_t>(group)];
            rect = rect.united(nodeRect(request, positions, node));
        }
    }
    for (std::size_t group = 0; group < rects.size(); ++group)
        byNesting[static_cast<std::size_t>(nestingOf(request, static_cast<int>(group)))].push_back(
            group);
    const LayoutMetrics& m = request.metrics;
    for (std::size_t nesting = byNesting.size(); nesting-- > 1;) {
        for (const std::size_t group : byNesting[nesting]) {
            if (rects[group].isEmpty())
                continue;
            rects[group] = rects[group].grown(m.regionPadding, m.regionHeader, m.regionPadding,
                                              m.regionPadding + 1);
            const int parent = request.groups[group].parent;
            if (parent >= 0 && nesting > 1)
                rects[static_cast<std::size_t>(parent)] =
                    rects[static_cast<std::size_t>(parent)].united(rects[group]);
        }
    }
    return rects;
}

LayoutResult completeLayout(const LayoutRequest& request, std::vector<Point> positions)
{
    LayoutResult result;
    result.positions = placeAroundFixed(request, std::move(positions));
    result.groupRects = groupRects(request, result.positions);
    if (request.edges.size() > mostEdgesSought)
        routeQuickly(request, result);
    else
        routeEdges(request, result);
    placeLabels(request, result);
    return result;
}

}  // namespace portolan
