// SPDX-License-Identifier: Apache-2.0
// `path FROM TO`: the ways by which data gets from one thing to another, the shortest first.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/lineage_scope.h"
#include "model/analysis/lineage/lineage_subject.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "path";

struct Options {
    std::string from;
    std::string to;
    ScopeOptions scope;
    bool columns = false;
    bool json = false;
    std::uint32_t most = 100;
    std::uint32_t depth = 64;
};

std::vector<LineageNode> nodesOf(const LineageScopeParts& parts, const EntityRef& subject,
                                 bool areColumns)
{
    std::vector<LineageNode> nodes;
    if (areColumns) {
        for (const ColumnIndex column : columnsOf(subject, parts.estate()))
            nodes.push_back(column.value);
        if (!nodes.empty())
            return nodes;
    }
    for (const DatasetIndex dataset :
         datasetsOf(subject, parts.map(), parts.estate(), parts.ownership, parts.published)) {
        if (!areColumns)
            nodes.push_back(dataset.value);
        else
            for (const ColumnIndex column : parts.estate().datasets[dataset.value].columns)
                nodes.push_back(column.value);
    }
    return nodes;
}

// Over all pairs of what the two stand for.
LineagePaths pathsBetween(const LineageScopeParts& parts, const EntityRef& from,
                          const EntityRef& to, LineageLevel level, const Options& options,
                          Progress& progress)
{
    LineagePaths all;
    PathRequest request;
    request.mostPaths = options.most;
    request.mostHops = options.depth;
    const bool areColumns = level == LineageLevel::Columns;
    for (const LineageNode start : nodesOf(parts, from, areColumns)) {
        for (const LineageNode end : nodesOf(parts, to, areColumns)) {
            LineagePaths found = parts.index.paths(level, start, end, request, progress);
            all.hasMore |= found.hasMore;
            all.paths.insert(all.paths.end(), found.paths.begin(), found.paths.end());
        }
    }
    std::stable_sort(all.paths.begin(), all.paths.end(),
                     [](const auto& one, const auto& other) { return one.size() < other.size(); });
    if (all.paths.size() > options.most) {
        all.paths.resize(options.most);
        all.hasMore = true;
    }
    return all;
}

Json pathJson(const LineageScopeParts& parts, const std::vector<LineageNode>& path,
              LineageLevel level)
{
    Json nodes = Json::array();
    Json edges = Json::array();
    for (std::size_t i = 0; i < path.size(); ++i) {
        nodes.push_back(level == LineageLevel::Columns ? nodeJson(parts, ColumnIndex(path[i]))
                                                       : nodeJson(parts, DatasetIndex(path[i])));
        if (i == 0)
            continue;
        for (const std::uint32_t edge : parts.index.edgesBetween(level, path[i - 1], path[i]))
            edges.push_back(level == LineageLevel::Columns
                                ? edgeJson(parts, parts.estate().columnEdges[edge])
                                : edgeJson(parts, parts.estate().lineageEdges[edge]));
    }
    return {{"hops", path.size() - 1}, {"nodes", nodes}, {"edges", edges}};
}

void printPath(const LineageScopeParts& parts, const std::vector<LineageNode>& path,
               LineageLevel level)
{
    std::string line;
    for (const LineageNode node : path)
        line += (line.empty() ? "" : " -> ") + (level == LineageLevel::Columns
                                                    ? parts.name(ColumnIndex(node))
                                                    : parts.name(DatasetIndex(node)));
    printLine(line);
}

Outcome run(const Options& options, Progress& progress)
{
    if (options.scope.isEmpty()) {
        complain("path needs a --map, a --workspace or a file to look at");
        return Outcome::NotDone;
    }
    const Result<Scope> scope = openScope(options.scope, progress);
    if (!scope)
        return notDone(commandName, scope.error(), options.json);
    const LineageScopeParts parts(*scope);
    const EntityRef from = oneSubject(parts, options.from);
    const EntityRef to = oneSubject(parts, options.to);
    if (from.id.empty() || to.id.empty())
        return Outcome::NotDone;
    const bool areBothColumns =
        !columnsOf(from, parts.estate()).empty() && !columnsOf(to, parts.estate()).empty();
    const LineageLevel level =
        options.columns || areBothColumns ? LineageLevel::Columns : LineageLevel::Datasets;
    const LineagePaths found = pathsBetween(parts, from, to, level, options, progress);
    if (progress.stopRequested())
        return Outcome::Cancelled;
    if (options.json) {
        Json document = documentOf(commandName);
        document["from"] = {{"kind", toString(from.kind)}, {"id", from.id}};
        document["to"] = {{"kind", toString(to.kind)}, {"id", to.id}};
        document["paths"] = Json::array();
        for (const std::vector<LineageNode>& path : found.paths)
            document["paths"].push_back(pathJson(parts, path, level));
        document["hasMore"] = found.hasMore;
        printJson(document);
        return Outcome::Done;
    }
    for (const std::vector<LineageNode>& path : found.paths)
        printPath(parts, path, level);
    if (found.paths.empty())
        printLine("no way leads there");
    if (found.hasMore)
        printLine("there are more ways");
    return Outcome::Done;
}

}  // namespace

void addPath(CLI::App& program, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "path", "The ways by which data gets from one thing to another, the shortest first");
    takeAsTyped(command->add_option("FROM", options->from, "Where it begins"))->required();
    takeAsTyped(command->add_option("TO", options->to, "Where it ends"))->required();
    takeAsTyped(command->add_option("PATH", options->scope.paths,
                                    "Files or folders to read first; - is standard input"));
    command->add_flag("--columns", options->columns, "Ways from column to column");
    command->add_option("--most", options->most, "Ways to answer (100)")
        ->check(CLI::Range(1, 100000))
        ->type_name("N");
    command->add_option("--depth", options->depth, "Hops of the longest one (64)")
        ->check(CLI::Range(1, 100000))
        ->type_name("N");
    addScopeOptions(*command, options->scope);
    addTimeOption(*command, options->scope);
    addJsonOption(*command, options->json);
    addBudgetOptions(*command, options->scope.budget);
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) { return run(*options, progress); };
    });
}

}  // namespace portolan::ctl
