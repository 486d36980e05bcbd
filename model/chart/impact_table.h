// SPDX-License-Identifier: Apache-2.0
// Who is hit by a change, as a table for people.
#pragma once

#include "model/analysis/lineage/impact.h"
#include "model/chart/chart_table.h"

namespace portolan {

// Kind, who, owner, reads, by contract, route, through, hops; in the impact's order. A consumer's entity is the dataset that it reads.
ChartTable impactTable(const Impact& impact, const ContextMap& map, const Estate& estate);
std::string wordsFor(ImpactReads reads);  // "reads a changed field"

}  // namespace portolan
