// SPDX-License-Identifier: Apache-2.0
// What a relationship most likely is before anybody has said so: read from what was seen to flow between its two contexts.
#pragma once

#include "model/analysis/map_drift/map_drift.h"
#include "model/estate/estate.h"
#include "model/map/context_map.h"
#include "model/map/map_document.h"

namespace portolan {

// From the one to the other, or the other way round where only that was seen. The products are those whose datasets or contracts
// were read, or the only one that the upstream has.
Relationship likelyRelationship(const ContextMap& map, const Estate& estate, const MapDrift& drift,
                                const ContextId& from, const ContextId& to);

// Makes the map say what was seen: a new relationship for a flow that is not declared, and one that was declared the wrong way turned round.
// Refused for all other drift.
Result<Edit> declareObserved(const MapDocument& document, const Estate& estate,
                             const MapDrift& drift, const DriftItem& item);

// The newest version in use of the product's contracts, short: "3" for 3.1.0. Empty: none was seen.
std::string newestVersion(const Estate& estate, const DataProduct& product);

}  // namespace portolan
