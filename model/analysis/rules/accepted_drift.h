// SPDX-License-Identifier: Apache-2.0
// The rules on accepted drift: an acceptance ends on its day, and is about something that is there. The first needs the day, so they stand
// beside the rules that need the map alone.
#pragma once

#include "model/analysis/rules/quick_fixes.h"
#include "model/analysis/rules/rule.h"
#include "model/map/context_map.h"

#include <array>
#include <string_view>
#include <vector>

namespace portolan {

const std::array<RuleDescription, 2>& acceptedDriftRules();

// `today` is a day as 2026-11-24; when it is empty, no acceptance is past its day.
std::vector<Finding> checkAcceptedDrift(const ContextMap& map, std::string_view today);

// The one mend: to withdraw the acceptance, as quickFixes asks for it.
std::vector<QuickFix> acceptedDriftFixes(const MapDocument& document, const Finding& finding);

// Whether the acceptance no longer holds.
bool isPast(const AcceptedDrift& accepted, std::string_view today);

}  // namespace portolan
