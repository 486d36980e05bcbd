// SPDX-License-Identifier: Apache-2.0
// Positions of a large graph, put together from layouts of its parts: what stands directly in one group, per connected component,
// with each child group as one box; from the innermost groups outward. So the time grows with the number of parts.
#pragma once

#include "model/layout/layout.h"

#include <functional>

namespace portolan {

// Lays out one connected part: nodes and edges, no groups. Answers no positions when it could not.
using PartLayout = std::function<std::vector<Point>(const LayoutRequest& part)>;

// Beyond this a graph is composed; up to it, it is laid out as a whole.
bool isComposed(const LayoutRequest& request);

// Parts that `layOutPart` does not lay out, or that are too large for it, get our own layers.
std::vector<Point> composedLayout(const LayoutRequest& request, const PartLayout& layOutPart);

// By our own layers alone, of a graph of any size. Where few nodes are new among fixed ones, only those are laid out.
std::vector<Point> ownLayout(const LayoutRequest& request);

}  // namespace portolan
