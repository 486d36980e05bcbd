// SPDX-License-Identifier: Apache-2.0
// What was understood of one query, and what was known when it was read: as text, so that a workspace keeps it and need not read the
// query again while the same is known.
#pragma once

#include "model/sql/sql_lineage.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct ReadQuery {
    // A relation whose columns were asked for, and a hash of the answer.
    struct Asked {
        SqlName relation;
        std::uint64_t columns = 0;  // 0: nothing was known
    };
    std::vector<SqlStatement> statements;
    std::vector<Asked> asked;
};

std::string packed(const ReadQuery& query);
// None when the text was not written by packed().
std::optional<ReadQuery> readQueryFrom(std::string_view text);

// Stays the same over runs and machines; never 0.
std::uint64_t hashOfColumns(const std::vector<std::string>& columns);

}  // namespace portolan
