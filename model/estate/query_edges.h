// SPDX-License-Identifier: Apache-2.0
// Ways of columns that were read from queries, beside those that sources state.
#pragma once

#include "model/estate/estate.h"

namespace portolan {

// To be called when datasets became one: what a query says and a source states as well is said once. The stated kind stays, and gets the
// expression; what only queries say stays once for each kind.
void joinQueryEdges(Estate& estate);

}  // namespace portolan
