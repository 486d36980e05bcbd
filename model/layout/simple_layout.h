// SPDX-License-Identifier: Apache-2.0
// Our own layered layout: nodes left to right by the longest way that leads to them, groups kept together. Plainer than Graphviz's
// and near-linear; used when that one fails or is too slow.
#pragma once

#include "model/layout/layout.h"

namespace portolan {

// Top left corners, fixed nodes included as if they were free.
std::vector<Point> simpleLayout(const LayoutRequest& request);

}  // namespace portolan
