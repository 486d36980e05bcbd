// SPDX-License-Identifier: Apache-2.0
// Which datasets are a published product: those that a product's ports name, and those that its contracts describe. All others are
// internals of their context.
#pragma once

#include "model/estate/estate.h"
#include "model/map/context_map.h"

#include <vector>

namespace portolan {

struct PublishedDataset {
    const DataProduct* product = nullptr;  // null: an internal dataset
    std::vector<ContractIndex>
        contracts;  // that describe it, in the order of the estate; empty: a port without a contract
};

// By DatasetIndex. `map` must outlive the answer. A dataset that two products name belongs to the first of the map.
std::vector<PublishedDataset> publishedDatasets(const ContextMap& map, const Estate& estate);

}  // namespace portolan
