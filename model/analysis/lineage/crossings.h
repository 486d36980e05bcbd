// SPDX-License-Identifier: Apache-2.0
// The flows that cross a context border: between whom, what is read there (a published product, or internals), and by which contract and
// route, or by none.
#pragma once

#include "model/analysis/map_drift/ownership.h"
#include "model/estate/estate.h"
#include "model/map/context_map.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace portolan {

// From one dataset of a context into one of another.
struct Crossing {
    ContextId upstream;
    ContextId downstream;
    DatasetIndex from;
    DatasetIndex to;
    // Datasets that nobody owns, on the way; empty: straight from one to the other.
    std::vector<DatasetIndex> through;
    std::vector<std::uint32_t> edges;  // numbers in Estate::lineageEdges; of all of the way
    std::vector<JobIndex> jobs;        // each once
    // What is read: a product of the upstream context, when the dataset is bound to a port of it or described by a contract of it.
    ProductId product;                     // empty: internals
    std::vector<ContractIndex> contracts;  // versions that describe the dataset; else those of its
                                           // product; empty: there are none
    RelationshipId declared;  // upstream to downstream, or symmetric; Separate Ways is none
    RouteId route;            // from that product into the downstream context; empty: none

    bool readsInternals() const { return product.isEmpty(); }
    // It goes by neither contract nor route.
    bool isBypass() const { return contracts.empty() && route.isEmpty(); }
};

struct Crossings {
    std::vector<Crossing> all;  // ordered by upstream, downstream, from and to
    // Counted, not dropped: nobody owns these, so nobody can tell whether a border is there.
    std::size_t unownedDatasets = 0;
    std::size_t edgesOfUnowned = 0;  // lineage edges with at least one such end
    bool isCut = false;  // ways through unowned datasets that are longer or wider than the bounds
                         // were not followed
};

// A flow through datasets that nobody owns counts as a flow from the owner before them to each owner behind them: the shortest way, when no
// straight one is there. At most 8 of them in a row and 256 around one dataset are followed. Linear in datasets and edges.
Crossings crossings(const ContextMap& map, const Estate& estate, const EstateOwnership& ownership);

}  // namespace portolan
