// SPDX-License-Identifier: Apache-2.0
// Puts fixed nodes where they must be and moves the free ones around them, so that nothing overlaps and no region swallows a
// stranger.
#pragma once

#include "model/layout/layout.h"

namespace portolan {

// `wished` are positions of all nodes as if none were fixed. Free nodes land on the 8 px grid.
std::vector<Point> placeAroundFixed(const LayoutRequest& request, std::vector<Point> wished);

}  // namespace portolan
