// SPDX-License-Identifier: Apache-2.0
// Column lineage from SQL: a dbt project of 10,000 models of 100 lines from import to derived edges; then its workspace, opened again.
// The anchor is the time that the whole may take.
//
//     derivation_bench [--models N]
#include "model/import/import.h"
#include "model/workspace/workspace.h"
#include "tests/bench/figures.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace portolan::bench {

namespace {

constexpr int sources = 200;
constexpr int columnsPerSource = 30;
constexpr int columnsPerModel = 25;
constexpr double secondsAllowed = 10;

std::string nameOf(int model)
{
    return model < 0 ? "db.raw.source_" + std::to_string(-model - 1)
                     : "db.core.model_" + std::to_string(model);
}

// What a model reads: sources at first, then models some way before it.
int parentOf(int model, int number)
{
    const int far = (model * 7919 + number * 104729) % 997 + 1;
    return model - far >= 0 ? model - far : -1 - (far % sources);
}

std::string columnOf(int relation, int number)
{
    return (relation < 0 ? "field_" : "column_") +
           std::to_string(number % (relation < 0 ? columnsPerSource : columnsPerModel));
}

// 100 lines: CTEs over two relations, a join, cases, casts, windows, aggregates.
std::string queryOf(int model)
{
    const int left = parentOf(model, 1);
    const int right = parentOf(model, 2);
    std::string sql = "with base as (\\n    select *\\n    from " + nameOf(left) + "\\n    where " +
                      columnOf(left, 1) + " is not null\\n),\\n";
    sql += "joined as (\\n    select\\n";
    for (int i = 0; i < columnsPerModel; ++i) {
        const std::string name = std::to_string(i);
        sql += i % 2 == 0 ? "        b." + columnOf(left, i) + " as value_" + name
                          : "        r." + columnOf(right, i) + " as value_" + name;
        sql += i + 1 < columnsPerModel ? ",\\n" : "\\n";
    }
    sql += "    from base b\\n    left join " + nameOf(right) + " r\\n        on r." +
           columnOf(right, 2) + " = b." + columnOf(left, 3) + "\\n),\\n";
    sql += "ranked as (\\n    select\\n        *,\\n        row_number() over (\\n"
           "            partition by value_0\\n            order by value_1 desc\\n"
           "        ) as newest\\n    from joined\\n)\\n\\nselect\\n";
    for (int i = 0; i < columnsPerModel; ++i) {
        const std::string value = "value_" + std::to_string(i);
        const std::string next = "value_" + std::to_string((i + 1) % columnsPerModel);
        if (i % 5 == 0)
            sql += "    " + value;
        else if (i % 5 == 1)
            sql += "    coalesce(" + value + ", " + next + ")";
        else if (i % 5 == 2)
            sql += "    cast(" + value + " as varchar)";
        else
            sql += "    case\\n        when " + next + " = 'x' then " + value +
                   "\\n        else '-'\\n    end";
        sql += " as column_" + std::to_string(i) + (i + 1 < columnsPerModel ? ",\\n" : "\\n");
    }
    return sql + "from ranked\\nwhere newest = 1\\n  and value_3 <> 'deleted'";
}

std::string idOf(int model)
{
    return model < 0 ? "source.shop.raw.source_" + std::to_string(-model - 1)
                     : "model.shop.model_" + std::to_string(model);
}

void writeManifest(const std::string& path, int models)
{
    std::ofstream out(path);
    out << R"({"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "adapter_type": "postgres"}, "nodes": {)";
    for (int i = 0; i < models; ++i) {
        const std::string name = "model_" + std::to_string(i);
        out << (i == 0 ? "" : ",\n") << '"' << idOf(i) << R"(": {"unique_id": ")" << idOf(i)
            << R"(", "name": ")" << name << R"(", "database": "db", "schema": "core", )"
            << R"("depends_on": {"nodes": [")" << idOf(parentOf(i, 1)) << R"(", ")"
            << idOf(parentOf(i, 2)) << R"("]}, "compiled_code": ")" << queryOf(i) << "\"}";
    }
    out << "}, \"sources\": {";
    for (int i = 0; i < sources; ++i) {
        out << (i == 0 ? "" : ",\n") << '"' << idOf(-i - 1) << R"(": {"unique_id": ")"
            << idOf(-i - 1) << R"(", "name": "source_)" << i
            << R"(", "database": "db", "schema": "raw", "columns": {)";
        for (int c = 0; c < columnsPerSource; ++c)
            out << (c == 0 ? "" : ", ") << "\"field_" << c << R"(": {"name": "field_)" << c
                << R"(", "data_type": "text"})";
        out << "}}";
    }
    out << "}}";
}

struct Figures {
    double firstMs = 0;
    double againMs = 0;
    std::size_t edges = 0;
};

Figures ofWorkspace(const std::string& manifest, const std::string& file)
{
    Figures figures;
    Progress progress;
    {
        Result<Workspace> workspace = Workspace::open(file);
        figures.firstMs = timeOf([&] {
            if (!workspace || !workspace->import({manifest}, {}, progress))
                std::abort();
        });
    }
    figures.againMs = timeOf([&] {
        const Result<Workspace> workspace = Workspace::open(file, Workspace::Access::ReadOnly);
        const Result<EstatePtr> estate = workspace->estate(progress);
        if (!estate)
            std::abort();
        figures.edges = (*estate)->columnEdges.size();
    });
    return figures;
}

}  // namespace

int run(int argc, char** argv)
{
    int models = 10'000;
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::strcmp(argv[i], "--models") == 0)
            models = std::atoi(argv[i + 1]);
    }
    const std::string folder =
        std::filesystem::temp_directory_path() / ("derivation_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const std::string manifest = folder + "/manifest.json";
    writeManifest(manifest, models);
    std::size_t edges = 0;
    const double importMs = timeOf([&] {
        Progress progress;
        const Result<ImportReport> report = importPaths({manifest}, {}, progress);
        if (!report)
            std::abort();
        edges = report->estate->columnEdges.size();
    });
    const Figures workspace = ofWorkspace(manifest, folder + "/w.portolan");
    std::filesystem::remove_all(folder);
    if (edges == 0 || edges != workspace.edges)
        std::abort();
    const std::string what =
        std::to_string(models) + " models of 100 lines, " + std::to_string(edges) + " edges";
    report("import and derive", what, importMs / 1000, secondsAllowed, 1, "s");
    report("the same, into a workspace", what, workspace.firstMs / 1000, secondsAllowed, 1, "s");
    report("the workspace opened again", what, workspace.againMs, workspace.firstMs, 0.5);
    return 0;
}

}  // namespace portolan::bench

int main(int argc, char** argv)
{
    return portolan::bench::run(argc, argv);
}
