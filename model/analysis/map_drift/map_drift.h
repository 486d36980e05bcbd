// SPDX-License-Identifier: Apache-2.0
// Holds the declared map against what was observed: which context owns which dataset, contract and job, which flows cross a border,
// and which declared relationship was seen.
#pragma once

#include "model/analysis/map_drift/ownership.h"
#include "model/estate/estate.h"
#include "model/map/context_map.h"

#include <map>
#include <string>
#include <vector>

namespace portolan {

// All observed flows from one context into another.
struct ObservedFlow {
    ContextId upstream;
    ContextId downstream;
    std::vector<std::uint32_t> edges;  // numbers in Estate::lineageEdges
    std::vector<JobIndex> jobs;        // each once
    bool isDeclared =
        false;  // the map has a relationship between the two, in this direction or symmetric;
                // Separate Ways declares that nothing flows and does not count
};

struct MapDrift {
    std::vector<ObservedFlow> flows;  // ordered by upstream and downstream
    std::vector<RelationshipId>
        declaredNotObserved;  // upstream/downstream ones only; empty while nothing was imported
    std::map<RelationshipId, std::size_t>
        flowOf;  // number in `flows` that a relationship is seen in
    std::vector<const ObservedFlow*> undeclared() const;
};
MapDrift mapDrift(const ContextMap& map, const Estate& estate, const EstateOwnership& ownership);

}  // namespace portolan
