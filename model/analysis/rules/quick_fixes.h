// SPDX-License-Identifier: Apache-2.0
// The mends of what the rules find, each as one edit that a person may choose. Where only a person can know what is meant (who the
// missing supplier is), nothing is offered.
#pragma once

#include "model/analysis/rules/rule.h"
#include "model/map/map_document.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct QuickFix {
    std::string title;  // in plain words: "Remove the ACL"
    Edit edit;
};

// The fixes of a finding of the context map rules on this very document. Each of them was tried: after it the finding is gone, and
// there is no new error and no new problem of reading. Costs a reading of the map for each fix: for a menu, not for a whole list.
std::vector<QuickFix> quickFixes(const MapDocument& document, const Finding& finding);

// Whether findings of this rule can have fixes; costs nothing.
bool hasFixes(std::string_view rule);

}  // namespace portolan
