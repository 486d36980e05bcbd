// SPDX-License-Identifier: Apache-2.0
// Two maps in one picture: every thing of the later one with what became of it, and what was removed at its old place; and the same
// as a list.
#pragma once

#include "model/chart/chart.h"
#include "model/map/map_comparison.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

// One thing that is not as it was.
struct ComparisonRow {
    ChartChange change = ChartChange::Changed;
    std::string kind;  // "context", "relationship" ...; "map" for what belongs to no thing
    std::string name;
    EntityRef onChart;                 // where it is seen; an empty id: nowhere
    std::vector<std::string> details;  // "owner: Claims → Policies"
};

struct ComparisonChart {
    Chart chart;
    std::vector<ComparisonRow>
        rows;  // added, removed, changed, renamed, moved; each in the order of the maps
};

// A context whose products differ counts as changed. Terms are told with their context.
ComparisonChart comparisonChart(const MapDocument& before, const MapDocument& after);

std::string_view signOfChange(ChartChange change);  // "+", "−", "±", "~", "→"; empty: none
std::string_view wordOfChange(ChartChange change);  // "added" ...

// One line a thing and one, further in, for each detail: for copying.
std::string toText(const std::vector<ComparisonRow>& rows);

}  // namespace portolan
