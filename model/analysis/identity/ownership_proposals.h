// SPDX-License-Identifier: Apache-2.0
// Who could own what nobody's patterns claim: by the contract's own owner or domain, by dbt groups, by what lies beside it.
#pragma once

#include "model/analysis/map_drift/map_drift.h"

#include <string>
#include <vector>

namespace portolan {

struct OwnershipProposal {
    ContextId context;
    std::string list;                  // of the context's `owns`: "datasets", "contracts" or "jobs"
    std::string pattern;               // a key, or one that ends with "*" for many
    std::string reason;                // a sentence for people
    int confidence = 0;                // per cent
    std::vector<std::string> members;  // keys that it would own
};

// For the things that `ownership` gives to nobody, the surest first.
std::vector<OwnershipProposal> ownershipProposals(const Estate& estate, const ContextMap& map,
                                                  const EstateOwnership& ownership);

}  // namespace portolan
