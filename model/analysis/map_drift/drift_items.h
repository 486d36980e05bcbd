// SPDX-License-Identifier: Apache-2.0
// Where the map and what was observed differ: what mapDrift finds once flows and relationships have met.
#pragma once

#include "model/analysis/map_drift/map_drift.h"

namespace portolan {

// `drift` has all but its items.
std::vector<DriftItem> driftItems(const ContextMap& map, const Estate& estate,
                                  const EstateOwnership& ownership, const MapDrift& drift,
                                  const DriftOptions& options);

}  // namespace portolan
