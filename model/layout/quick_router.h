// SPDX-License-Identifier: Apache-2.0
// Plain routes for charts of very many edges: each edge goes its way by itself, with two to four corners, in time that grows with
// the number of edges alone. Lines are level and upright; a long one may pass behind a card.
#pragma once

#include "model/layout/layout.h"

namespace portolan {

// Fills `result.plates` and `result.edges`.
void routeQuickly(const LayoutRequest& request, LayoutResult& result);

}  // namespace portolan
