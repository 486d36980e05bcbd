// SPDX-License-Identifier: Apache-2.0
// Who is hit when something changes: contexts, products, datasets and consumers downstream, by which way and contract, and whether they
// read the changed field or merely sit downstream. What no column lineage tells is unknown, and is said to be.
#pragma once

#include "model/analysis/lineage/lineage_index.h"
#include "model/analysis/lineage/published_datasets.h"
#include "model/analysis/map_drift/ownership.h"
#include "model/base/entity_ref.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

enum class ImpactReads : std::uint8_t {
    Field,      // a changed field's value arrives there
    Influence,  // it decides rows or values there: a filter, a join
    Unknown,    // data arrives, and no column lineage says of which fields
    Downstream  // data arrives, and column lineage says that it is of other fields
};
std::string_view toString(ImpactReads reads);  // "field", "influence", "unknown", "downstream"

// What is to change.
struct ImpactSubject {
    std::vector<ColumnIndex> columns;
    std::vector<DatasetIndex> datasets;  // as a whole: whoever reads one reads what changes
    // Whose declared consumers are hit, whatever lineage shows: "id" and version.
    std::vector<ContractIndex> contracts;
};
// A column or field by itself; all else as the datasets it stands for; of a contract also the contract.
ImpactSubject impactSubject(const EntityRef& entity, const ContextMap& map, const Estate& estate,
                            const EstateOwnership& ownership,
                            const std::vector<PublishedDataset>& published);

// Columns by words, all of which must be found: "contact" in name, dataset, type, description or classification; "name:email",
// "dataset:crm", "type:char", "classification:pii", "owner:crm" (the context), or any property that a source states of the column,
// its dataset or the dataset's contract: "jurisdiction:de". A word after "-" must not be found.
ImpactSubject columnsWhere(std::string_view words, const Estate& estate,
                           const EstateOwnership& ownership);

struct ImpactRow {
    enum class Kind : std::uint8_t { Context, Product, Dataset, Consumer };
    Kind kind = Kind::Dataset;
    std::string id;  // of the context, product, dataset; of a consumer as its source has it
    std::string name;
    ContextId owner;   // the owning context; empty: nobody's
    std::string team;  // its team's name; of a consumer its owner as the source spells it
    ImpactReads reads = ImpactReads::Unknown;
    std::uint32_t hops = 0;          // datasets between; 0: what changes is its own
    std::vector<DatasetIndex> path;  // a shortest way, from what changes
    ProductId product;  // that is read over the last border before it; empty: none, or internals
    std::vector<ContractIndex> contracts;  // of that product, in the estate's order
    RouteId route;                         // by which it arrives in the context
    bool isDeclared = false;               // it says itself that it depends on the contract
};

struct Impact {
    std::vector<ImpactRow> rows;  // by kind, then the surest and nearest first, then by name
    std::size_t productsUntouched = 0;
    std::size_t contextsUntouched = 0;  // both of the map
};

// `index` is of the estate that the other answers are of. Linear in datasets and edges.
Impact impactOf(const LineageIndex& index, const ContextMap& map, const EstateOwnership& ownership,
                const std::vector<PublishedDataset>& published, const ImpactSubject& subject);

}  // namespace portolan
