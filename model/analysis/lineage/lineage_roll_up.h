// SPDX-License-Identifier: Apache-2.0
// Lineage at a coarser grain: datasets as products, contexts or domains. Nothing is made up: each link of the roll-up is the edges of its
// members, and can be opened into them at any time. What belongs to no product (context, domain) stays a dataset of its own.
#pragma once

#include "model/analysis/lineage/lineage_index.h"
#include "model/analysis/map_drift/map_drift.h"
#include "model/base/entity_ref.h"
#include "model/map/context_map.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace portolan {

enum class LineageGrain : std::uint8_t { Datasets, Products, Contexts, Domains };

using LineageUnit =
    std::uint32_t;  // number in one roll-up; at the grain of datasets the dataset's own

class LineageRollUp {
public:
    struct Link {
        LineageUnit unit = 0;
        std::uint32_t edges = 0;  // how many of the estate's lineage edges it stands for
    };

    // All must outlive it. Linear in datasets and edges; at the grain of datasets nothing is built.
    LineageRollUp(const LineageIndex& index, const ContextMap& map,
                  const EstateOwnership& ownership, LineageGrain grain);

    LineageGrain grain() const { return m_grain; }
    const LineageIndex& index() const { return m_index; }
    std::size_t size() const;
    EntityRef entity(LineageUnit unit) const;
    std::string name(LineageUnit unit) const;
    // The context whose it is; empty: nobody's, or a domain.
    ContextId owner(LineageUnit unit) const;
    std::span<const DatasetIndex> members(LineageUnit unit) const;
    LineageUnit unitOf(DatasetIndex dataset) const;
    // The unit that a thing of the map or estate is, or is in: a product, context, domain, dataset, column. None: UINT32_MAX.
    LineageUnit unitOf(const EntityRef& entity) const;

    // Neighbours in the order of their numbers; a unit is no neighbour of itself.
    std::vector<Link> links(LineageDirection direction, LineageUnit unit) const;
    // The estate's lineage edges from one to the other.
    std::vector<std::uint32_t> edgesBetween(LineageUnit from, LineageUnit to) const;

private:
    void group();
    EntityRef groupOf(DatasetIndex dataset) const;

    const LineageIndex& m_index;
    const ContextMap& m_map;
    const EstateOwnership& m_ownership;
    LineageGrain m_grain;
    // Empty at the grain of datasets.
    std::vector<LineageUnit> m_unitOf;           // by dataset
    std::vector<EntityRef> m_entities;           // by unit
    std::vector<std::uint32_t> m_memberOffsets;  // by unit
    std::vector<DatasetIndex> m_members;
    std::vector<DatasetIndex> m_single;  // at the grain of datasets: each by itself
};

}  // namespace portolan
