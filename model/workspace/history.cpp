// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/history.h"

#include "model/base/iso_time.h"
#include "model/workspace/database.h"
#include "model/workspace/fact_store.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <map>
#include <utility>

namespace portolan {

namespace {

constexpr std::int64_t firstVersion = 4;
constexpr std::int64_t secondsOfDay = 86'400;
// So little is never too much: what was there is still known after all of it was removed.
constexpr std::int64_t bytesAlwaysKept = 1 << 20;

bool hasHistory(Database& database)
{
    return database.firstNumber("PRAGMA user_version").value_or(0) >= firstVersion;
}

// In the table `about`.
constexpr std::array<std::pair<const char*, int HistorySettings::*>, 3> settingKeys = {
    {{"history.imports", &HistorySettings::imports},
     {"history.days", &HistorySettings::days},
     {"history.times-current", &HistorySettings::timesCurrent}}};

Problem beforeHistory(const Database& database, const std::string& words,
                      const std::vector<ImportRun>& runs)
{
    return {Severity::Error,
            "workspace.before-history",
            "What the workspace held " + words + " is not known: " +
                (runs.empty()
                     ? std::string("it keeps no imports.")
                     : "the first import that it keeps is number " +
                           std::to_string(runs.back().number) + ", of " + runs.back().at + "."),
            {database.path()}};
}

// Facts of former sources in bytes, by the import that superseded them.
std::map<std::int64_t, std::int64_t> bytesBySuperseding(Database& database)
{
    std::map<std::int64_t, std::int64_t> bytes;
    Statement statement(database,
                        "SELECT superseded, sum(fact_bytes) FROM past_source GROUP BY superseded");
    while (statement.step())
        bytes[statement.number(0)] = statement.number(1);
    return bytes;
}

std::int64_t currentBytes(Database& database)
{
    return database.firstNumber("SELECT sum(fact_bytes) FROM source_import").value_or(0);
}

// The first import whose state stays known.
std::int64_t firstKept(Database& database, const std::vector<ImportRun>& newestFirst)
{
    const HistorySettings settings = storedHistorySettings(database);
    const std::int64_t newestAt = secondsOf(newestFirst.front().at).value_or(0);
    std::int64_t first = newestFirst.front().number;
    const std::map<std::int64_t, std::int64_t> bytes = bytesBySuperseding(database);
    const std::int64_t most =
        std::max(bytesAlwaysKept, settings.timesCurrent * currentBytes(database));
    std::int64_t kept = 0;
    for (std::size_t i = 1; i < newestFirst.size(); ++i) {
        // The state before an import needs what that import superseded.
        const auto superseded = bytes.find(newestFirst[i - 1].number);
        kept += superseded == bytes.end() ? 0 : superseded->second;
        const std::int64_t age = newestAt - secondsOf(newestFirst[i].at).value_or(0);
        const bool isOld = i >= std::size_t(settings.imports) && age > settings.days * secondsOfDay;
        if (isOld || kept > most)
            break;
        first = newestFirst[i].number;
    }
    return first;
}

Result<> forgetBefore(Database& database, std::int64_t first)
{
    Transaction transaction(database);
    if (!transaction.hasBegun())
        return database.outcome();
    forgetPastSources(database, first);
    Statement(database, "DELETE FROM import_run WHERE id < ?").bind(first).step();
    transaction.commit();
    return database.outcome();
}

}  // namespace

ImportRecord::ImportRecord(Database& database, std::string at)
    : m_database(database), m_at(secondsOf(at) ? std::move(at) : timeNow())
{
}

std::int64_t ImportRecord::number()
{
    if (m_number == 0)
        m_number =
            m_database.firstNumber("SELECT coalesce(max(id), 0) + 1 FROM import_run").value_or(1);
    return m_number;
}

void ImportRecord::count(const std::string& column)
{
    Statement(m_database, "INSERT OR IGNORE INTO import_run(id, at, added, replaced, removed) "
                          "VALUES(?, ?, 0, 0, 0)")
        .bind(number())
        .bind(m_at)
        .step();
    Statement(m_database, "UPDATE import_run SET " + column + " = " + column + " + 1 WHERE id = ?")
        .bind(number())
        .step();
}

Result<std::vector<ImportRun>> storedImports(Database& database)
{
    std::vector<ImportRun> runs;
    if (hasHistory(database)) {
        Statement statement(
            database, "SELECT id, at, added, replaced, removed FROM import_run ORDER BY id DESC");
        while (statement.step())
            runs.push_back({statement.number(0), std::string(statement.text(1)),
                            static_cast<int>(statement.number(2)),
                            static_cast<int>(statement.number(3)),
                            static_cast<int>(statement.number(4))});
    }
    if (database.problem())
        return tl::unexpected(*database.problem());
    return runs;
}

Result<ImportRun> importAsOf(Database& database, const AsOf& time)
{
    const Result<std::vector<ImportRun>> runs = storedImports(database);
    if (!runs)
        return tl::unexpected(runs.error());
    const std::optional<std::int64_t> second =
        time.import > 0 ? std::optional<std::int64_t>(0) : lastSecondOf(time.time);
    if (!second)
        return tl::unexpected(Problem{Severity::Error, "workspace.no-time",
                                      "\"" + time.time.substr(0, 100) +
                                          "\" is no time (expected a date or time as 2026-11-24 or "
                                          "2026-11-24T10:30Z, or the number of an import)."});
    const auto run = std::find_if(runs->begin(), runs->end(), [&](const ImportRun& one) {
        return time.import > 0
                   ? one.number == time.import
                   : secondsOf(one.at).value_or(std::numeric_limits<std::int64_t>::min()) <=
                         *second;
    });
    if (run != runs->end())
        return *run;
    const std::string words =
        time.import > 0 ? "after import " + std::to_string(time.import) : "on " + time.time;
    return tl::unexpected(beforeHistory(database, words, *runs));
}

HistorySettings storedHistorySettings(Database& database)
{
    HistorySettings settings;
    for (const auto& [key, member] : settingKeys) {
        Statement statement(database, "SELECT value FROM about WHERE key = ?");
        if (!statement.bind(key).step())
            continue;
        const std::string_view text = statement.text(0);
        int value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc() && end == text.data() + text.size() && value >= 0)
            settings.*member = value;
    }
    return settings;
}

Result<> storeHistorySettings(Database& database, const HistorySettings& settings)
{
    {
        Transaction transaction(database);
        if (!transaction.hasBegun())
            return database.outcome();
        for (const auto& [key, member] : settingKeys) {
            const std::string value = std::to_string(std::max(0, settings.*member));
            Statement(database, "INSERT OR REPLACE INTO about(key, value) VALUES(?, ?)")
                .bind(key)
                .bind(value)
                .step();
        }
        transaction.commit();
    }
    if (Result<> outcome = database.outcome(); !outcome)
        return outcome;
    return trimHistory(database);
}

Result<> trimHistory(Database& database)
{
    const Result<std::vector<ImportRun>> runs = storedImports(database);
    if (!runs)
        return tl::unexpected(runs.error());
    if (runs->empty())
        return {};
    const std::int64_t first = firstKept(database, *runs);
    return first > runs->back().number ? forgetBefore(database, first) : Result<>();
}

Result<> forgetAllHistory(Database& database)
{
    const Result<std::vector<ImportRun>> runs = storedImports(database);
    if (!runs)
        return tl::unexpected(runs.error());
    if (runs->empty())
        return {};
    if (Result<> done = forgetBefore(database, runs->front().number); !done)
        return done;
    // What is forgotten shall not be found in the file either.
    database.allowAttaching(true);
    database.execute("VACUUM");
    database.allowAttaching(false);
    return database.outcome();
}

}  // namespace portolan
