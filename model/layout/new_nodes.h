// SPDX-License-Identifier: Apache-2.0
// A few new nodes among many that stay where they are: a layout of the new ones alone, moved to their neighbours.
#pragma once

#include "model/layout/composed_layout.h"

namespace portolan {

// Whether the graph is a large one of which at least half the nodes are fixed.
bool hasFewNewNodes(const LayoutRequest& request);

// Where the free nodes wish to stand, for completeLayout; the fixed ones where they are.
std::vector<Point> wishesOfNewNodes(const LayoutRequest& request, const PartLayout& layOutPart);

}  // namespace portolan
