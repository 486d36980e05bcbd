// SPDX-License-Identifier: Apache-2.0
// A saved view of the map's file as a filter of its chart, and back.
#pragma once

#include "model/chart/chart_filter.h"
#include "model/map/context_map.h"

namespace portolan {

// What the view names and the map no longer has is passed over.
ChartFilter filterOf(const SavedView& view);
// Writes the filter's part of the view; the rest stays.
void setFilter(SavedView& view, const ChartFilter& filter);

}  // namespace portolan
