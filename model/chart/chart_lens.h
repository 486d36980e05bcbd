// SPDX-License-Identifier: Apache-2.0
// Lenses: one question asked of every context of a map at once (whose is it, how fresh is it ...), answered as a legend and one value
// for each context, and put onto a chart. What is not known is said, and never looks like a good answer.
#pragma once

#include "model/analysis/map_drift/map_drift.h"
#include "model/analysis/rules/rule.h"
#include "model/chart/chart.h"
#include "model/map/context_map.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portolan {

enum class Lens : std::uint8_t {
    None,
    Owner,      // the team
    Subdomain,  // core, supporting, generic
    Findings,   // by the worst severity
    Drift,      // declared against observed
    Adoption,   // which versions the consumers of its products use
    Freshness   // when its data was last seen to move, and checks of that
};
inline constexpr std::array<Lens, 6> allLenses = {Lens::Owner, Lens::Subdomain, Lens::Findings,
                                                  Lens::Drift, Lens::Adoption,  Lens::Freshness};

std::string_view toString(Lens lens);  // "none", "owner" ...: the spelling in files and commands
std::optional<Lens> lensFrom(std::string_view spelling);
std::string_view titleOf(Lens lens);  // "Owner", "Subdomain kind" ...

// All of one map and one estate.
struct LensSources {
    const ContextMap& map;
    const std::vector<Finding>& findings;
    const Estate& estate;
    const EstateOwnership& ownership;
    const MapDrift& drift;
};

struct LensValue {
    int entry = -1;     // number in the legend's entries
    std::string words;  // short, for the card and its tooltip
};

struct LensReading {
    ChartLens legend;
    std::unordered_map<std::string, LensValue> values;  // by context id; each context has one
};

// The most owners that have a colour of their own: the most frequent ones, then by name; the rest are "others".
inline constexpr std::size_t mostOwners = 8;

// The reading of Lens::None is empty. In time about that of reading the map and the estate once.
LensReading lensReading(Lens lens, const LensSources& sources);
// Why a lens would say nothing of any context, as a sentence; empty when it says something.
std::string whyEmpty(Lens lens, const LensSources& sources);

// Puts a reading onto the cards of a chart of the map, in place of any other. A card that stands for a whole domain has the answer
// of its contexts where they agree; else the worst one that asks for a look, and how many have it; else how many say what, and no
// entry.
void putOn(Chart& chart, const LensReading& reading, const ContextMap& map);
// How many cards of the chart have each entry of its lens.
std::vector<int> lensCounts(const Chart& chart);

}  // namespace portolan
