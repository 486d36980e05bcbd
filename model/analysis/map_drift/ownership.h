// SPDX-License-Identifier: Apache-2.0
// Which context owns which dataset, contract and job, by the patterns of the map.
#pragma once

#include "model/estate/estate.h"
#include "model/map/context_map.h"

#include <vector>

namespace portolan {

// Owners by the contexts' patterns. The longest pattern that matches wins; equal ones by the map's order.
struct EstateOwnership {
    std::vector<ContextId> datasetOwner;   // by DatasetIndex; empty id: nobody's
    std::vector<ContextId> contractOwner;  // by ContractIndex
    std::vector<ContextId> jobOwner;       // by JobIndex
};
EstateOwnership ownershipOf(const ContextMap& map, const Estate& estate);

}  // namespace portolan
