// SPDX-License-Identifier: Apache-2.0
// A table as Markdown and as a spreadsheet (Office Open XML); as CSV see chart_table.h.
#pragma once

#include "model/base/result.h"
#include "model/chart/chart_table.h"

#include <string>

namespace portolan {

// A pipe table; whatever Markdown or HTML would read in a cell is escaped.
std::string toMarkdown(const ChartTable& table);
// The bytes of a workbook with one sheet, its first row frozen. Every cell is text: nothing is taken for a formula, a number or a link.
// "table.too-large" beyond the format's 1,048,576 rows.
Result<std::string> toXlsx(const ChartTable& table, const std::string& sheetName);

}  // namespace portolan
