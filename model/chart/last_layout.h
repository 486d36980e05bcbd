// SPDX-License-Identifier: Apache-2.0
// The layout that is shown, kept to draw the next picture from: after an edit only what it touches is routed anew, plainly and at once;
// everything else keeps its line until a better layout comes.
#pragma once

#include "model/chart/chart.h"
#include "model/layout/layout.h"

#include <vector>

namespace portolan {

class LastLayout {
public:
    void keep(const Chart& chart, LayoutRequest request, LayoutResult result);
    bool isEmpty() const { return m_nodes.empty(); }

    // `request` is the chart's; `wished` says where its free nodes would stand, as for completeLayout. An edge keeps its line when its
    // ends are where they were and of the same size. New lines may cross what a layout of the whole would avoid.
    LayoutResult patched(const Chart& chart, const LayoutRequest& request,
                         std::vector<Point> wished) const;

private:
    bool isKept(const LayoutRequest& request, const LayoutResult& result, std::size_t edge,
                int oldEdge, const std::vector<int>& oldNodes) const;

    std::vector<EntityRef> m_nodes;  // by number in the request
    std::vector<EntityRef> m_edges;
    LayoutRequest m_request;
    LayoutResult m_result;
};

}  // namespace portolan
