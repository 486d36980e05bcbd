// SPDX-License-Identifier: Apache-2.0
// The semantic rules of context maps: what may be drawn, what is doubtful, and why. The first three groups agree with what Context
// Mapper documents and checks; the rest closes the gaps that it leaves.
#pragma once

#include "model/analysis/rules/rule.h"
#include "model/map/context_map.h"

#include <span>
#include <string_view>
#include <vector>

namespace portolan {

// All of them, with the one that needs a second map (as_is_to_be.h) and those that need the day (accepted_drift.h).
std::span<const RuleDescription> contextMapRules();

// Runs every rule that needs this map alone; findings ordered by severity (errors first), rule and subject. Pure and linear in the map's size.
std::vector<Finding> checkContextMap(const ContextMap& map);
// The same of some rules alone.
std::vector<Finding> checkContextMap(const ContextMap& map,
                                     std::span<const std::string_view> rules);

}  // namespace portolan
