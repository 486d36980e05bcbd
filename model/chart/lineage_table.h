// SPDX-License-Identifier: Apache-2.0
// What the edges of a lineage chart stand for, as rows with their evidence: the list below the chart.
#pragma once

#include "model/analysis/lineage/lineage_index.h"
#include "model/base/entity_ref.h"
#include "model/base/problem.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace portolan {

struct LineageRow {
    EntityRef from;  // datasets or columns
    EntityRef to;
    std::string fromName;
    std::string toName;
    std::string job;
    std::string kind;        // of a column edge: "identity", "group by"; empty: the source does not say
    std::string expression;  // that it came from; empty: the source does not say
    SourceSpan where;        // the first place that says so
    std::string place;       // "lineage/11-22.ndjson:412"
    std::uint32_t times = 1;

    friend bool operator==(const LineageRow&, const LineageRow&) = default;
};

// Of some of the estate's lineage edges.
std::vector<LineageRow> rowsOfEdges(const Estate& estate, std::span<const std::uint32_t> edges);
// Of all that comes from and goes to a dataset.
std::vector<LineageRow> rowsOfDataset(const LineageIndex& index, DatasetIndex dataset);
// Of a column: the edges along its whole way, those upstream first and the nearest first on each side; then the influences on its dataset.
// At most `most` rows.
std::vector<LineageRow> rowsOfColumn(const LineageIndex& index, ColumnIndex column,
                                     std::size_t most);

}  // namespace portolan
