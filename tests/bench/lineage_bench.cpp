// SPDX-License-Identifier: Apache-2.0
// Lineage over 1,000,000 column edges: the closure of the deepest node against the same by a recursive query in SQLite, and building
// the index against reading the rows from a workspace.
#include "model/analysis/lineage/lineage_index.h"

#include "model/base/progress.h"
#include "tests/bench/figures.h"

#include <sqlite3.h>

#include <array>
#include <cstdio>
#include <random>
#include <string>

namespace portolan {
namespace {

constexpr std::uint32_t layers = 20;
constexpr std::uint32_t datasetsALayer = 2500;
constexpr std::uint32_t columnsADataset = 10;
constexpr std::size_t wantedEdges = 1'000'000;

// 50,000 datasets in layers, each column fed by two or three of the layer before: one column of the first layer reaches most of the
// last ones.
EstatePtr layeredEstate()
{
    std::minstd_rand engine(1);
    const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
    auto estate = std::make_shared<Estate>();
    for (std::uint32_t i = 0; i < layers * datasetsALayer; ++i) {
        Dataset dataset;
        dataset.path = "layer" + std::to_string(i / datasetsALayer) + ".d" + std::to_string(i);
        for (std::uint32_t c = 0; c < columnsADataset; ++c) {
            dataset.columns.push_back(ColumnIndex(estate->columns.size()));
            Column column;
            column.dataset = DatasetIndex(i);
            column.name = "c" + std::to_string(c);
            estate->columns.push_back(column);
        }
        estate->datasets.push_back(std::move(dataset));
    }
    const std::uint32_t columnsALayer = datasetsALayer * columnsADataset;
    while (estate->columnEdges.size() < wantedEdges) {
        const std::uint32_t to = columnsALayer + random() % (columnsALayer * (layers - 1));
        const std::uint32_t layer = to / columnsALayer;
        ColumnEdge edge;
        edge.from = ColumnIndex((layer - 1) * columnsALayer + random() % columnsALayer);
        edge.to = ColumnIndex(to);
        estate->columnEdges.push_back(edge);
    }
    return estate;
}

void mustBe(bool isSo, const char* what)
{
    if (!isSo) {
        std::fprintf(stderr, "lineage_bench: %s\n", what);
        std::exit(1);
    }
}

// The edges as a workspace has them, with an index: what a tool without an index of its own would ask.
class SqliteEdges {
public:
    explicit SqliteEdges(const Estate& estate)
    {
        mustBe(sqlite3_open(":memory:", &m_db) == SQLITE_OK, "SQLite does not open");
        run("CREATE TABLE edge(from_column INTEGER, to_column INTEGER)");
        run("BEGIN");
        sqlite3_stmt* insert = prepared("INSERT INTO edge VALUES(?, ?)");
        for (const ColumnEdge& edge : estate.columnEdges) {
            sqlite3_bind_int64(insert, 1, edge.from.value);
            sqlite3_bind_int64(insert, 2, edge.to.value);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
        run("COMMIT");
        run("CREATE INDEX by_from ON edge(from_column, to_column)");
    }
    ~SqliteEdges() { sqlite3_close(m_db); }
    SqliteEdges(const SqliteEdges&) = delete;
    SqliteEdges& operator=(const SqliteEdges&) = delete;

    std::int64_t downstream(LineageNode from)
    {
        sqlite3_stmt* ask =
            prepared("WITH RECURSIVE reached(n) AS (VALUES(?) UNION SELECT to_column FROM edge "
                     "JOIN reached ON from_column = n) SELECT count(*) FROM reached");
        sqlite3_bind_int64(ask, 1, from);
        mustBe(sqlite3_step(ask) == SQLITE_ROW, "SQLite does not answer");
        const std::int64_t count = sqlite3_column_int64(ask, 0);
        sqlite3_finalize(ask);
        return count;
    }

    // Each row as numbers: the least that reading costs.
    std::int64_t readAll()
    {
        sqlite3_stmt* ask = prepared("SELECT from_column, to_column FROM edge");
        std::int64_t sum = 0;
        while (sqlite3_step(ask) == SQLITE_ROW)
            sum += sqlite3_column_int64(ask, 0) ^ sqlite3_column_int64(ask, 1);
        sqlite3_finalize(ask);
        return sum;
    }

private:
    void run(const char* sql)
    {
        mustBe(sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql);
    }
    sqlite3_stmt* prepared(const char* sql)
    {
        sqlite3_stmt* statement = nullptr;
        mustBe(sqlite3_prepare_v2(m_db, sql, -1, &statement, nullptr) == SQLITE_OK, sql);
        return statement;
    }

    sqlite3* m_db = nullptr;
};

}  // namespace
}  // namespace portolan

int main()
{
    using namespace portolan;
    const EstatePtr estate = layeredEstate();
    const double building = bench::timeOf([&] { LineageIndex index(estate); });
    const LineageIndex index(estate);
    SqliteEdges edges(*estate);
    const std::array deepest = {LineageNode(0)};
    std::size_t reached = 0;
    std::vector<double> ours;
    std::vector<double> anchor;
    std::int64_t expected = 0;
    for (int run = 0; run < 9; ++run)
        ours.push_back(bench::timeOf(
            [&] { reached = index.closure(LineageLevel::Columns, deepest, {}).steps.size(); }));
    for (int run = 0; run < 3; ++run)
        anchor.push_back(bench::timeOf([&] { expected = edges.downstream(deepest.front()); }));
    mustBe(static_cast<std::int64_t>(reached) == expected, "the two closures differ");
    std::printf("1,000,000 column edges over %u columns; %zu columns reached\n",
                layers * datasetsALayer * columnsADataset, reached);
    bench::report("downstream closure", "1,000,000 column edges, deepest node", bench::median(ours),
                  bench::median(anchor), 1.0 / 50);
    std::printf("%-69s ours %9.1f ms   goal %5.1f ms   %s\n", "the same, in time",
                bench::median(ours), 50.0, bench::median(ours) < 50 ? "met" : "MISSED");
    const double reading = bench::timeOf([&] { mustBe(edges.readAll() != 0, "no rows"); });
    bench::report("building the index", "1,000,000 edges; reading two numbers a row", building,
                  reading, 2);
    Progress progress;
    std::vector<double> path;
    const auto closure = index.closure(LineageLevel::Columns, deepest, {});
    for (int run = 0; run < 5; ++run)
        path.push_back(bench::timeOf([&] {
            index.shortestPath(LineageLevel::Columns, deepest.front(), closure.steps.back().node);
        }));
    std::printf("shortest path, deepest to farthest: %.1f ms\n", bench::median(path));
    const double all = bench::timeOf([&] {
        index.paths(LineageLevel::Columns, deepest.front(), closure.steps.back().node, {},
                    progress);
    });
    std::printf("100 shortest of all simple paths: %.1f ms\n", all);
    return 0;
}
