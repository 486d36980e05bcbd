// SPDX-License-Identifier: Apache-2.0
// Where dragged cards would go to when they were let go: asked while they are dragged, for the highlight, and when they are dropped.
#pragma once

#include "model/chart/chart.h"
#include "model/layout/layout.h"

#include <utility>
#include <vector>

namespace portolan::ui {

// The region that all of these cards (numbers of the chart, with their new top left corners) would move into: the innermost domain
// around the middle of each. -1: they have none in common, or one of them is in it already. `layout` is as before the drag, since
// regions grow with the cards that are dragged out of them.
int dropRegion(const Chart& chart, const LayoutResult& layout,
               const std::vector<std::pair<int, Point>>& cards);

}  // namespace portolan::ui
