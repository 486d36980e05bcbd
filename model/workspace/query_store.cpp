// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/query_store.h"

#include "model/workspace/database.h"

namespace portolan {

namespace {

constexpr std::int64_t firstVersion = 3;

}  // namespace

KnownQueries storedQueries(Database& database)
{
    KnownQueries known;
    if (database.firstNumber("PRAGMA user_version").value_or(0) < firstVersion)
        return known;
    Statement statement(database, "SELECT key, facts FROM query_lineage");
    while (statement.step())
        known.emplace(statement.text(0), statement.text(1));
    return known;
}

Result<> storeQueries(Database& database, const SqlLineageOutcome& outcome)
{
    if (outcome.isNew.empty() && outcome.isGone.empty())
        return {};
    Transaction transaction(database);
    if (!transaction.hasBegun())
        return database.outcome();
    {
        Statement remove(database, "DELETE FROM query_lineage WHERE key = ?");
        for (const std::string& key : outcome.isGone) {
            remove.bind(key).step();
            remove.reset();
        }
        Statement insert(database, "INSERT OR REPLACE INTO query_lineage(key, facts) VALUES(?, ?)");
        for (const auto& [key, facts] : outcome.isNew) {
            insert.bind(key).bind(facts).step();
            insert.reset();
        }
    }
    transaction.commit();
    return database.outcome();
}

}  // namespace portolan
