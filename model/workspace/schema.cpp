// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/schema.h"

#include "model/workspace/database.h"

#include <algorithm>
#include <array>
#include <utility>

#include <unistd.h>

namespace portolan {

namespace {

struct SchemaObjectText {
    std::string_view name;
    std::string_view sql;  // as SQLite keeps it
    int since = 1;         // the version of the workspace that has it first
};

// Facts belong to a source and are numbered within it, in the order in which they were found; they refer to each other by these
// numbers. `line`, `col`, `pointer`, `times` are a fact's evidence: the first place, and how often the source says so.
// A table of facts is never read by another key than its source, so that is how its rows lie.
constexpr std::array tables = {
    SchemaObjectText{"about", "CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID"},
    SchemaObjectText{
        "source",
        "CREATE TABLE source(id INTEGER PRIMARY KEY, file TEXT UNIQUE, path TEXT, format TEXT, "
        "format_version TEXT, hash TEXT, bytes INTEGER, imported_at TEXT, "
        "problems_not_listed INTEGER, reader TEXT, inode INTEGER, modified_ns INTEGER, "
        "facts_hash INTEGER)"},
    SchemaObjectText{"source_count", "CREATE TABLE source_count(source INTEGER, n INTEGER, key "
                                     "TEXT, value INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{"problem", "CREATE TABLE problem(source INTEGER, n INTEGER, severity INTEGER, "
                                "code TEXT, message TEXT, file TEXT, line INTEGER, col INTEGER, "
                                "pointer TEXT, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{"pointer", "CREATE TABLE pointer(source INTEGER, n INTEGER, text TEXT, "
                                "PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{
        "dataset",
        "CREATE TABLE dataset(source INTEGER, n INTEGER, platform TEXT, instance TEXT, path TEXT, "
        "type TEXT, description TEXT, derived INTEGER, line INTEGER, col INTEGER, pointer INTEGER, "
        "times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{"dataset_alias",
                     "CREATE TABLE dataset_alias(source INTEGER, n INTEGER, dataset INTEGER, "
                     "key TEXT, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{
        "dataset_column",
        "CREATE TABLE dataset_column(source INTEGER, n INTEGER, dataset INTEGER, name TEXT, "
        "type TEXT, description TEXT, line INTEGER, col INTEGER, pointer INTEGER, times INTEGER, "
        "PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{"job",
                     "CREATE TABLE job(source INTEGER, n INTEGER, space TEXT, name TEXT, "
                     "integration TEXT, owner TEXT, last_run TEXT, runs INTEGER, line INTEGER, col "
                     "INTEGER, pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT "
                     "ROWID"},
    SchemaObjectText{
        "lineage_edge",
        "CREATE TABLE lineage_edge(source INTEGER, n INTEGER, from_dataset INTEGER, to_dataset "
        "INTEGER, job INTEGER, line INTEGER, col INTEGER, pointer INTEGER, times INTEGER, "
        "PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{
        "column_edge",
        "CREATE TABLE column_edge(source INTEGER, n INTEGER, from_column INTEGER, to_column "
        "INTEGER, job INTEGER, indirect INTEGER, masked INTEGER, transformation TEXT, line "
        "INTEGER, col INTEGER, pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT "
        "ROWID"},
    SchemaObjectText{
        "influence",
        "CREATE TABLE influence(source INTEGER, n INTEGER, from_column INTEGER, to_dataset "
        "INTEGER, job INTEGER, transformation TEXT, line INTEGER, col INTEGER, pointer INTEGER, "
        "times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{
        "product",
        "CREATE TABLE product(source INTEGER, n INTEGER, id TEXT, name TEXT, domain TEXT, owner "
        "TEXT, kind TEXT, authority TEXT, inferred INTEGER, line INTEGER, col INTEGER, pointer "
        "INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{
        "contract",
        "CREATE TABLE contract(source INTEGER, n INTEGER, id TEXT, version TEXT, name TEXT, "
        "status_text TEXT, status TEXT, sunset TEXT, domain TEXT, owner TEXT, description TEXT, "
        "api_version TEXT, product INTEGER, content_hash TEXT, copy INTEGER, line INTEGER, col "
        "INTEGER, pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{
        "contract_server",
        "CREATE TABLE contract_server(source INTEGER, n INTEGER, contract INTEGER, name TEXT, type "
        "TEXT, location TEXT, environment TEXT, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{
        "contract_service_level",
        "CREATE TABLE contract_service_level(source INTEGER, n INTEGER, contract INTEGER, property "
        "TEXT, value TEXT, unit TEXT, element TEXT, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{
        "contract_member",
        "CREATE TABLE contract_member(source INTEGER, n INTEGER, contract INTEGER, person TEXT, "
        "role TEXT, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{
        "schema_object",
        "CREATE TABLE schema_object(source INTEGER, n INTEGER, contract INTEGER, name TEXT, "
        "physical_name TEXT, description TEXT, dataset INTEGER, line INTEGER, col INTEGER, pointer "
        "INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{
        "field",
        "CREATE TABLE field(source INTEGER, n INTEGER, object INTEGER, path TEXT, logical_type "
        "TEXT, physical_type TEXT, description TEXT, classification TEXT, required INTEGER, "
        "key_position INTEGER, reference TEXT, line INTEGER, col INTEGER, pointer INTEGER, times "
        "INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    SchemaObjectText{
        "contract_check",
        "CREATE TABLE contract_check(source INTEGER, n INTEGER, contract INTEGER, object INTEGER, "
        "field INTEGER, name TEXT, type TEXT, expression TEXT, reconciliation INTEGER, line "
        "INTEGER, col INTEGER, pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT "
        "ROWID"},
    SchemaObjectText{
        "term",
        "CREATE TABLE term(source INTEGER, n INTEGER, context TEXT, name TEXT, definition TEXT, "
        "line INTEGER, col INTEGER, pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) "
        "WITHOUT ROWID"},
    SchemaObjectText{
        "consumer",
        "CREATE TABLE consumer(source INTEGER, n INTEGER, id TEXT, name TEXT, owner TEXT, type "
        "TEXT, line INTEGER, col INTEGER, pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) "
        "WITHOUT ROWID"},
    SchemaObjectText{"consumer_read",
                     "CREATE TABLE consumer_read(source INTEGER, n INTEGER, consumer INTEGER, "
                     "dataset INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID"},
    // Since version 2.
    SchemaObjectText{"left_out",
                     "CREATE TABLE left_out(source INTEGER, n INTEGER, name TEXT, reason TEXT, "
                     "unresolved INTEGER, times INTEGER, file TEXT, line INTEGER, col INTEGER, "
                     "pointer TEXT, PRIMARY KEY(source, n)) WITHOUT ROWID",
                     2},
    SchemaObjectText{"read_also",
                     "CREATE TABLE read_also(source INTEGER, n INTEGER, path TEXT, hash TEXT, "
                     "PRIMARY KEY(source, n)) WITHOUT ROWID",
                     2},
    SchemaObjectText{
        "observed_domain",
        "CREATE TABLE observed_domain(source INTEGER, n INTEGER, id TEXT, name TEXT, "
        "parent TEXT, kind TEXT, owner TEXT, description TEXT, line INTEGER, col "
        "INTEGER, pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID",
        2},
    SchemaObjectText{"observed_context",
                     "CREATE TABLE observed_context(source INTEGER, n INTEGER, id TEXT, name TEXT, "
                     "domain TEXT, owner TEXT, type TEXT, parent TEXT, description TEXT, external "
                     "INTEGER, line INTEGER, col INTEGER, pointer INTEGER, times INTEGER, PRIMARY "
                     "KEY(source, n)) WITHOUT ROWID",
                     2},
    SchemaObjectText{
        "observed_team",
        "CREATE TABLE observed_team(source INTEGER, n INTEGER, id TEXT, name TEXT, "
        "parent TEXT, contact TEXT, description TEXT, members TEXT, line INTEGER, col "
        "INTEGER, pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID",
        2},
    SchemaObjectText{"observed_relationship",
                     "CREATE TABLE observed_relationship(source INTEGER, n INTEGER, upstream TEXT, "
                     "downstream TEXT, type TEXT, upstream_roles TEXT, downstream_roles TEXT, name "
                     "TEXT, description TEXT, line INTEGER, col INTEGER, pointer INTEGER, times "
                     "INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID",
                     2},
    SchemaObjectText{
        "observed_route",
        "CREATE TABLE observed_route(source INTEGER, n INTEGER, provider TEXT, product "
        "TEXT, receiver TEXT, name TEXT, line INTEGER, col INTEGER, pointer INTEGER, "
        "times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID",
        2},
    SchemaObjectText{
        "operation",
        "CREATE TABLE operation(source INTEGER, n INTEGER, contract INTEGER, name TEXT,"
        " method TEXT, address TEXT, request TEXT, response TEXT, description TEXT, "
        "deprecated INTEGER, line INTEGER, col INTEGER, pointer INTEGER, times INTEGER,"
        " PRIMARY KEY(source, n)) WITHOUT ROWID",
        2},
    SchemaObjectText{
        "channel",
        "CREATE TABLE channel(source INTEGER, n INTEGER, contract INTEGER, name TEXT, "
        "address TEXT, protocol TEXT, dataset INTEGER, messages TEXT, line INTEGER, col"
        " INTEGER, pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT "
        "ROWID",
        2},
    SchemaObjectText{
        "adoption",
        "CREATE TABLE adoption(source INTEGER, n INTEGER, consumer TEXT, thing TEXT, "
        "version TEXT, resolved TEXT, way TEXT, fields TEXT, line INTEGER, col INTEGER,"
        " pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID",
        2},
    SchemaObjectText{
        "check_run",
        "CREATE TABLE check_run(source INTEGER, n INTEGER, name TEXT, type TEXT, "
        "dataset INTEGER, col_name TEXT, outcome INTEGER, at TEXT, observed TEXT, "
        "expected TEXT, failures INTEGER, tool TEXT, line INTEGER, col INTEGER, pointer"
        " INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID",
        2},
    SchemaObjectText{
        "observation",
        "CREATE TABLE observation(source INTEGER, n INTEGER, subject TEXT, dataset "
        "INTEGER, consumer TEXT, metric TEXT, value TEXT, unit TEXT, at TEXT, line "
        "INTEGER, col INTEGER, pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) "
        "WITHOUT ROWID",
        2},
    SchemaObjectText{"claim",
                     "CREATE TABLE claim(source INTEGER, n INTEGER, about INTEGER, subject TEXT, "
                     "property TEXT, value TEXT, line INTEGER, col INTEGER, pointer INTEGER, times "
                     "INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID",
                     2},
    SchemaObjectText{
        "identity_hint",
        "CREATE TABLE identity_hint(source INTEGER, n INTEGER, about INTEGER, one TEXT,"
        " other TEXT, reason TEXT, confidence INTEGER, line INTEGER, col INTEGER, "
        "pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID",
        2},
    // Since version 3.
    SchemaObjectText{"column_edge_expression",
                     "CREATE TABLE column_edge_expression(source INTEGER, n INTEGER, edge INTEGER, "
                     "expression TEXT, PRIMARY KEY(source, n)) WITHOUT ROWID",
                     3},
    SchemaObjectText{"influence_expression",
                     "CREATE TABLE influence_expression(source INTEGER, n INTEGER, edge INTEGER, "
                     "expression TEXT, PRIMARY KEY(source, n)) WITHOUT ROWID",
                     3},
    SchemaObjectText{
        "observed_query",
        "CREATE TABLE observed_query(source INTEGER, n INTEGER, writes INTEGER, col_name TEXT, job INTEGER, "
        "text TEXT, dialect TEXT, space TEXT, first_line INTEGER, template INTEGER, line INTEGER, col "
        "INTEGER, pointer INTEGER, times INTEGER, PRIMARY KEY(source, n)) WITHOUT ROWID",
        3},
    // What was understood of a query the last time, so that it is not read again: by a hash of its text and dialect.
    SchemaObjectText{"query_lineage",
                     "CREATE TABLE query_lineage(key TEXT PRIMARY KEY, facts "
                     "TEXT) WITHOUT ROWID",
                     3},
    // Since version 4: the imports, and the sources as they were before the last ones. The facts of a former source bear its number
    // below 0, in the same tables.
    SchemaObjectText{"import_run",
                     "CREATE TABLE import_run(id INTEGER PRIMARY KEY, at TEXT, added INTEGER, "
                     "replaced INTEGER, removed INTEGER)",
                     4},
    SchemaObjectText{"source_import",
                     "CREATE TABLE source_import(source INTEGER PRIMARY KEY, import INTEGER, "
                     "fact_bytes INTEGER)",
                     4},
    SchemaObjectText{
        "past_source",
        "CREATE TABLE past_source(id INTEGER PRIMARY KEY, file TEXT, path TEXT, format TEXT, "
        "format_version TEXT, hash TEXT, bytes INTEGER, imported_at TEXT, "
        "problems_not_listed INTEGER, reader TEXT, inode INTEGER, modified_ns INTEGER, "
        "facts_hash INTEGER, brought INTEGER, superseded INTEGER, fact_bytes INTEGER)",
        4},
    SchemaObjectText{"search",
                     "CREATE VIRTUAL TABLE search USING fts5(name, place, members, words, kind "
                     "UNINDEXED, id UNINDEXED, tokenize = 'unicode61 remove_diacritics 2')"},
};

// What SQLite makes by itself for the above.
constexpr std::array companions = {
    SchemaObjectText{"search_config",
                     "CREATE TABLE 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID"},
    SchemaObjectText{"search_content", "CREATE TABLE 'search_content'(id INTEGER PRIMARY KEY, c0, "
                                       "c1, c2, c3, c4, c5)"},
    SchemaObjectText{"search_data",
                     "CREATE TABLE 'search_data'(id INTEGER PRIMARY KEY, block BLOB)"},
    SchemaObjectText{"search_docsize",
                     "CREATE TABLE 'search_docsize'(id INTEGER PRIMARY KEY, sz BLOB)"},
    SchemaObjectText{"search_idx",
                     "CREATE TABLE 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, "
                     "term)) WITHOUT ROWID"},
    SchemaObjectText{"sqlite_autoindex_source_1", ""},
};

const std::string_view* expectedSql(std::string_view name)
{
    for (const SchemaObjectText& table : tables) {
        if (table.name == name)
            return &table.sql;
    }
    for (const SchemaObjectText& table : companions) {
        if (table.name == name)
            return &table.sql;
    }
    return nullptr;
}

Problem notOurs(const Database& database, std::string message)
{
    return {Severity::Error, "workspace.not-ours", std::move(message), {database.path()}};
}

}  // namespace

Result<std::string> emptyWorkspace()
{
    const std::unique_ptr<Database> database = Database::inMemory();
    std::string sql = "PRAGMA page_size=4096; PRAGMA encoding='UTF-8'; PRAGMA application_id=" +
                      std::to_string(workspaceApplicationId) +
                      "; PRAGMA user_version=" + std::to_string(workspaceVersion) + "; BEGIN;";
    for (const SchemaObjectText& table : tables)
        sql += std::string(table.sql) + ";";
    database->execute(sql + "COMMIT;");
    std::string bytes = database->serialized();
    if (Result<> outcome = database->outcome(); !outcome)
        return tl::unexpected(std::move(outcome.error()));
    return bytes;
}

Result<> checkSchema(Database& database)
{
    std::size_t found = 0;
    {
        Statement statement(database, "SELECT name, coalesce(sql, '') FROM sqlite_schema");
        while (statement.step()) {
            const std::string_view* sql = expectedSql(statement.text(0));
            // Planner statistics are harmless and may come from a tool that was used on the file.
            const bool isStatistics =
                statement.text(0) == "sqlite_stat1" || statement.text(0) == "sqlite_stat4";
            if (isStatistics)
                continue;
            if (!sql || *sql != statement.text(1))
                return tl::unexpected(notOurs(
                    database, "It is no workspace of Portolan, or was changed by another program: "
                              "its table, trigger or view \"" +
                                  std::string(statement.text(0).substr(0, 100)) +
                                  "\" is not one of ours."));
            ++found;
        }
    }
    if (Result<> outcome = database.outcome(); !outcome)
        return outcome;
    const std::int64_t version = database.firstNumber("PRAGMA user_version").value_or(0);
    const auto expected = std::count_if(tables.begin(), tables.end(),
                                        [&](const auto& table) { return table.since <= version; });
    if (found != static_cast<std::size_t>(expected) + companions.size())
        return tl::unexpected(
            notOurs(database, "It is no workspace of Portolan: tables are missing in it."));
    return {};
}

std::span<const Migration> workspaceMigrations()
{
    // Later versions have further tables; what stands in the others is what it was.
    static const auto tablesSince = [](int version) {
        std::string sql;
        for (const SchemaObjectText& table : tables)
            sql += table.since == version ? std::string(table.sql) + ";" : std::string();
        return sql;
    };
    static const std::string toVersion2 = tablesSince(2);
    static const std::string toVersion3 = tablesSince(3);
    // What is there was the state after its last import.
    static const std::string toVersion4 =
        tablesSince(4) +
        "INSERT INTO import_run SELECT 1, max(imported_at), count(*), 0, 0 FROM source HAVING "
        "count(*) > 0;"
        "INSERT INTO source_import SELECT id, 1, bytes FROM source;";
    static const std::array<Migration, 3> steps = {
        Migration{2, toVersion2}, Migration{3, toVersion3}, Migration{4, toVersion4}};
    return steps;
}

Result<> migrate(Database& database, std::span<const Migration> steps, int newestVersion)
{
    const std::int64_t version = database.firstNumber("PRAGMA user_version").value_or(0);
    if (database.problem() || version >= newestVersion)
        return database.outcome();
    const std::string copy = database.path() + ".v" + std::to_string(version);
    ::unlink(copy.c_str());  // of an earlier try
    database.allowAttaching(true);
    {
        Statement vacuum(database, "VACUUM INTO ?");
        vacuum.bind(copy).step();
    }
    database.allowAttaching(false);
    if (database.problem())
        return database.outcome();
    Transaction transaction(database);
    for (const Migration& step : steps) {
        if (step.to > version && step.to <= newestVersion)
            database.execute(step.sql);
    }
    database.execute("PRAGMA user_version=" + std::to_string(newestVersion));
    transaction.commit();
    return database.outcome();
}

}  // namespace portolan
