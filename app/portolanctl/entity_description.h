// SPDX-License-Identifier: Apache-2.0
// What `show` says of one thing: its members as JSON, which the text for people is printed from, and where each comes from.
#pragma once

#include "app/portolanctl/entity_finder.h"
#include "app/portolanctl/output.h"

namespace portolan::ctl {

Json descriptionOf(const Scope& scope, const FoundEntity& found);
Json evidenceOf(const Scope& scope, const FoundEntity& found);

}  // namespace portolan::ctl
