// SPDX-License-Identifier: Apache-2.0
// The rule "as-is-to-be": a TO-BE map departs from its AS-IS map only by recorded decisions. It needs both maps.
#pragma once

#include "model/analysis/rules/quick_fixes.h"
#include "model/analysis/rules/rule.h"
#include "model/map/map_document.h"

#include <string>
#include <vector>

namespace portolan {

const RuleDescription& asIsToBeRule();

// One finding for each thing that is added, removed or changed and that no decision of the TO-BE map explains. Where a card stands is
// no change; a term belongs to its context, and either of them may be explained. A finding on what is removed has the id and name of
// the AS-IS map, and stands at "asIs".
std::vector<Finding> checkAsIsToBe(const MapDocument& toBe, const MapDocument& asIs);

// What a decision has to list in "explains" for this finding: "context claims".
std::string explanationOf(const Finding& finding);

// A new decision that explains it, and each of the latest ones explaining this too. They need no AS-IS map, so quickFixes asks for them.
std::vector<QuickFix> asIsToBeFixes(const MapDocument& toBe, const Finding& finding);

}  // namespace portolan
