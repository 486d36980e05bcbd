// SPDX-License-Identifier: Apache-2.0
// The imports that changed a workspace, and what its sources were after each. What an import replaces is kept under another number
// until it is too old or too much.
#pragma once

#include "model/base/result.h"
#include "model/workspace/workspace.h"

#include <cstdint>
#include <string>
#include <vector>

namespace portolan {

class Database;

// The row of the import under way. Each change of a source counts itself within its own transaction: the row is there as soon as
// the first change is, and tells just what was done when the import ends early.
class ImportRecord {
public:
    // `at`: its time; when that is none, now.
    ImportRecord(Database& database, std::string at);

    std::int64_t number();
    void countAdded() { count("added"); }
    void countReplaced() { count("replaced"); }
    void countRemoved() { count("removed"); }

private:
    void count(const std::string& column);

    Database& m_database;
    std::string m_at;
    std::int64_t m_number = 0;
};

// The newest first; none in a workspace of an older version that may only be read.
Result<std::vector<ImportRun>> storedImports(Database& database);

// The import that made what was there then; "workspace.before-history" when that is not known (any more), "workspace.no-time" when
// the words are no time.
Result<ImportRun> importAsOf(Database& database, const AsOf& time);

HistorySettings storedHistorySettings(Database& database);
Result<> storeHistorySettings(Database& database, const HistorySettings& settings);
// Forgets what is too old or too much, each state as a whole, the oldest first.
Result<> trimHistory(Database& database);
Result<> forgetAllHistory(Database& database);

}  // namespace portolan
