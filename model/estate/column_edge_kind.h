// SPDX-License-Identifier: Apache-2.0
// What kind of thing happens to a value between two columns, told from what the sources say of it in their own words.
#pragma once

#include "model/estate/estate.h"

#include <cstdint>
#include <string_view>

namespace portolan {

enum class ColumnEdgeKind : std::uint8_t {
    Unknown,  // the value comes from there; nobody says how
    Identity,
    Rename,
    Transformation,
    Aggregation,
    Masking,
    // From here on it only influences.
    Conditional,
    Filter,
    Join,
    GroupBy,
    Sort,
    Window,
    Indirect  // nobody says how
};

std::string_view
toString(ColumnEdgeKind
             kind);  // "identity", "group by"; "indirect influence", "unknown" when nobody says
bool isDirect(ColumnEdgeKind kind);

// Sources' words: OpenLineage's subtypes, those of Atlas, DataHub and dbt tools, the name of an SQL function that begins an expression,
// in any case. Words that are not known tell that something was done to the value.
ColumnEdgeKind kindOf(const Estate& estate, const ColumnEdge& edge);
ColumnEdgeKind kindOf(const DatasetInfluence& influence);

}  // namespace portolan
