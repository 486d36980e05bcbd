// SPDX-License-Identifier: Apache-2.0
// Reads a ContextMap from the tree of its text. What breaks the schema or refers to nothing is listed with what was expected, and
// the rest is read. Left out of the map (never of the text) are only things without an id and those whose id is taken.
#pragma once

#include "model/json/data_tree.h"
#include "model/map/context_map.h"

namespace portolan {

// The tree's root is an object of a version that we know. Codes that the published schema knows as well:
//   map.wrong-type map.missing-key map.unknown-value map.empty-text map.out-of-range map.wrong-count map.misplaced-key
// and those that it cannot express:
//   map.duplicate-id map.unknown-reference map.parent-cycle, and the note map.unknown-key.
ContextMap readContextMap(const DataTree& tree, Problems& problems);

}  // namespace portolan
