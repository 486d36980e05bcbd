// SPDX-License-Identifier: Apache-2.0
// The full-text index of a workspace: a row for each thing of each source that has a name.
#pragma once

#include "model/base/result.h"
#include "model/estate/estate.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace portolan {

class Database;
struct SearchHit;

void addToIndex(Database& database, std::int64_t source, const Estate& estate);
void removeFromIndex(Database& database, std::int64_t source);

// Each thing once, the best first. `words` is text in any spelling.
Result<std::vector<SearchHit>> searchIndex(Database& database, std::string_view words, int limit);

}  // namespace portolan
