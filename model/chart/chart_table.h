// SPDX-License-Identifier: Apache-2.0
// The table twin of a graph: a row for each card and each edge that the chart holds, no more and no fewer; and the table as CSV.
#pragma once

#include "model/chart/chart.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct ChartTable {
    struct Row {
        EntityRef entity;
        std::vector<std::string> cells;  // as many as `columns`

        friend bool operator==(const Row&, const Row&) = default;
    };
    std::vector<std::string> columns;
    std::vector<Row> rows;
};

// Context, domain, owner, products, findings ...; in the chart's order.
ChartTable contextTable(const Chart& chart);
// Upstream, its roles, downstream, its roles, kind ...
ChartTable relationshipTable(const Chart& chart);

// One cell as it stands in a CSV file (RFC 4180). What a spreadsheet would take for a formula gets a leading apostrophe (CWE-1236);
// numbers stay numbers.
std::string csvCell(std::string_view text);
// With a header row and CRLF at the end of each line, in UTF-8 with the mark that spreadsheets ask for.
std::string toCsv(const ChartTable& table);

}  // namespace portolan
