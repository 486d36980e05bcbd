// SPDX-License-Identifier: Apache-2.0
// Which datasets and columns a thing stands for when lineage is asked of it, and which datasets only tools made.
#pragma once

#include "model/analysis/lineage/published_datasets.h"
#include "model/analysis/map_drift/map_drift.h"
#include "model/base/entity_ref.h"

#include <string>
#include <vector>

namespace portolan {

// Of a dataset itself; of a column or job those it belongs to; of a product (contract, schema object, field) those it is published as; of a
// context or domain those it owns. Empty: nothing was observed of it. In the estate's order.
std::vector<DatasetIndex> datasetsOf(const EntityRef& entity, const ContextMap& map,
                                     const Estate& estate, const EstateOwnership& ownership,
                                     const std::vector<PublishedDataset>& published);
// Of a column itself; of a field of a contract the columns of the same name in the datasets that it describes; else empty.
std::vector<ColumnIndex> columnsOf(const EntityRef& entity, const Estate& estate);

// What words may mean: "kind:id"; else a thing with that id or key; else a dataset by the end of its path, or a column by that and its name
// ("public.orders.id"), in any case. Each once, in order.
std::vector<EntityRef> subjectsNamed(const std::string& words, const ContextMap& map,
                                     const Estate& estate);
std::vector<EntityRef> subjectsByPath(const std::string& words, const Estate& estate);

// Whether a tool made it on its way and nobody would call it a dataset: ephemeral models, temporary tables, Kafka Streams' changelogs.
bool isToolInternal(const Dataset& dataset);

}  // namespace portolan
