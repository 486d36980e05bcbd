// SPDX-License-Identifier: Apache-2.0
// Routes edges as level and upright runs around nodes and through the gutters between them, with plates at their ends. Edges that
// share a plate run as one tree. A shortest-way search on tracks in the gutters, which weighs length, bends, crossings and company.
#pragma once

#include "model/layout/layout.h"

namespace portolan {

// Fills `plates` and `edges` of a result that has positions and group rectangles.
void routeEdges(const LayoutRequest& request, LayoutResult& result);

}  // namespace portolan
