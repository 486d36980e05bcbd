// SPDX-License-Identifier: Apache-2.0
// Positions from Graphviz's `dot`. Node names are our integers and only sizes, weights and groups are set, so that nothing from a
// file reaches Graphviz as text.
#pragma once

#include "model/layout/layout.h"

namespace portolan {

// Empty when Graphviz could not do it.
std::vector<Point> graphvizLayout(const LayoutRequest& request);

}  // namespace portolan
