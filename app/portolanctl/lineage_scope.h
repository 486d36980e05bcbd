// SPDX-License-Identifier: Apache-2.0
// What the commands about lineage look at: the index over what was read, who owns what, and the thing that was named.
#pragma once

#include "app/portolanctl/output.h"
#include "app/portolanctl/scope.h"
#include "model/analysis/lineage/lineage_index.h"
#include "model/analysis/lineage/published_datasets.h"
#include "model/analysis/map_drift/map_drift.h"
#include "model/base/entity_ref.h"

#include <string>
#include <vector>

namespace portolan::ctl {

struct LineageScopeParts {
    explicit LineageScopeParts(const Scope& scope);

    const Scope& scope;
    ContextMap emptyMap;
    LineageIndex index;
    EstateOwnership ownership;
    std::vector<PublishedDataset> published;

    const Estate& estate() const { return index.estate(); }
    const ContextMap& map() const { return scope.map ? scope.map->map() : emptyMap; }
    EntityRef dataset(DatasetIndex dataset) const;
    EntityRef column(ColumnIndex column) const;
    std::string name(DatasetIndex dataset) const;  // its path
    std::string name(ColumnIndex column) const;    // "<path>.<column>"
};

// The things that `words` may mean and that lineage can be asked of: by kind and id, id, name; else a dataset by the end of its path, a column
// by that and its name ("public.orders.id").
std::vector<EntityRef> lineageSubjects(const LineageScopeParts& parts, const std::string& words);
// The one that is meant; when none is, or several are, says so and answers an empty id.
EntityRef oneSubject(const LineageScopeParts& parts, const std::string& words);

Json toJson(const LineageScopeParts& parts, const Evidence& evidence);
// Edges of the estate: from, to, job, evidence; of columns also kind and expression.
Json edgeJson(const LineageScopeParts& parts, const LineageEdge& edge);
Json edgeJson(const LineageScopeParts& parts, const ColumnEdge& edge);
Json nodeJson(const LineageScopeParts& parts, DatasetIndex dataset);
Json nodeJson(const LineageScopeParts& parts, ColumnIndex column);

}  // namespace portolan::ctl
