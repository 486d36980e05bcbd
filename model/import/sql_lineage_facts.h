// SPDX-License-Identifier: Apache-2.0
// What the queries of an estate say of columns: edges, influences, and columns that no source names. Derived after all sources are
// merged, because a query's names mean the columns that other sources give.
#pragma once

#include "model/base/progress.h"
#include "model/estate/estate.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace portolan {

// By a hash of a query's text and place: what was understood of it (packed ReadQuery).
using KnownQueries = std::unordered_map<std::string, std::string>;

struct SqlLineageOutcome {
    std::int64_t queries = 0;  // that are SQL
    std::int64_t read =
        0;  // of these, anew: the others are known and nothing they name has changed
    std::int64_t columnEdges = 0;     // that no source states
    KnownQueries isNew;               // to be kept
    std::vector<std::string> isGone;  // keys of those known that no query has any more
    bool isComplete = true;           // false: stopped, and nothing was added to the estate
};

// Adds to the estate what its queries say. An edge that a source states stays as it is stated and gets the expression. Queries that are
// not or not wholly understood are told of in their source's problems ("sql.not-understood", "sql.jinja") and in what it leaves out.
// Works on all processors; the outcome is the same whatever their number.
SqlLineageOutcome deriveSqlLineage(Estate& estate, const KnownQueries& known, Progress& progress);

}  // namespace portolan
