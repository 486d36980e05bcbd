// SPDX-License-Identifier: Apache-2.0
// The tables of a workspace, their version, and the steps from older versions. What the tables mean is in resources/manual.
#pragma once

#include "model/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace portolan {

class Database;

// In the file's header (SQLite's application_id): 'PTLN'.
inline constexpr std::int64_t workspaceApplicationId = 0x50544C4E;
// In the file's header (user_version). One more for each change of the tables.
inline constexpr int workspaceVersion = 4;

// The bytes of a new, empty workspace.
Result<std::string> emptyWorkspace();

// Refused ("workspace.not-ours") when anything in the schema is not, letter for letter, what we have written: a trigger or a view
// in a file from elsewhere would run as soon as we use the tables.
Result<> checkSchema(Database& database);

// SQL that leads from version `to - 1` to `to`.
struct Migration {
    int to = 0;
    std::string_view sql;
};
// Brings an older workspace to the newest version: a whole copy is put beside it first (`<path>.v<old version>`), then all steps
// are done in one transaction. Nothing happens to one that is new enough.
Result<> migrate(Database& database, std::span<const Migration> steps, int newestVersion);
std::span<const Migration> workspaceMigrations();

}  // namespace portolan
