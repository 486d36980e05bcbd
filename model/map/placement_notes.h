// SPDX-License-Identifier: Apache-2.0
// Whether the placement that a map brings still fits its contexts: which came after it was arranged, and which have another id now.
#pragma once

#include "model/map/context_map.h"

#include <string>
#include <utility>
#include <vector>

namespace portolan {

struct PlacementNotes {
    std::vector<ContextId> added;  // without a place
    std::vector<std::pair<ContextId, ContextId>>
        renamed;                  // placed as the first, which is now the second
    std::vector<ContextId> gone;  // placed, and no longer in the map

    bool isFitting() const { return added.empty() && renamed.empty() && gone.empty(); }
};

// Empty while fewer than half of the contexts have a place: then nobody has arranged the map as a whole, and cards without a place are
// no news. A context is a renamed one when its name makes the old id, or its id is that with a typing slip or two.
PlacementNotes placementNotes(const ContextMap& map);

}  // namespace portolan
