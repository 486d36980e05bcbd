// SPDX-License-Identifier: Apache-2.0
// `lineage NODE`: where its data comes from, and what depends on it.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/lineage_scope.h"
#include "model/analysis/lineage/lineage_subject.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <memory>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "lineage";

struct Options {
    std::string words;
    ScopeOptions scope;
    bool up = false;
    bool down = false;
    bool both = false;
    bool columns = false;
    bool json = false;
    std::uint32_t depth = UINT32_MAX;
};

// What was reached at one level, with the hops: upstream ones below 0.
struct Reached {
    std::map<LineageNode, std::int64_t> hops;
    std::map<LineageNode, bool> isDirect;
    bool isCut = false;

    bool holds(LineageNode node) const { return hops.contains(node); }
};

Reached reach(const LineageIndex& index, LineageLevel level, const std::vector<LineageNode>& start,
              const Options& options)
{
    Reached reached;
    const bool both = options.both || options.up == options.down;
    for (const LineageDirection direction :
         {LineageDirection::Upstream, LineageDirection::Downstream}) {
        const bool isUp = direction == LineageDirection::Upstream;
        if (!both && isUp != options.up)
            continue;
        const LineageClosure closure = index.closure(level, start, {direction, options.depth});
        reached.isCut |= closure.isCutAtDepth;
        for (const LineageClosure::Step& step : closure.steps) {
            const std::int64_t hops = isUp ? -std::int64_t(step.hops) : std::int64_t(step.hops);
            reached.hops.try_emplace(step.node, hops);
            reached.isDirect[step.node] |= step.isDirect;
        }
    }
    return reached;
}

Json crossingJson(const LineageScopeParts& parts, const LineageEdge& edge)
{
    Json crossing = edgeJson(parts, edge);
    crossing["fromContext"] = parts.ownership.datasetOwner[edge.from.value].text;
    crossing["toContext"] = parts.ownership.datasetOwner[edge.to.value].text;
    const PublishedDataset& read = parts.published[edge.from.value];
    crossing["product"] = read.product ? Json(read.product->id.text) : Json();
    crossing["contracts"] = Json::array();
    for (const ContractIndex contract : read.contracts)
        crossing["contracts"].push_back(parts.estate().contracts[contract.value].key());
    crossing["hasContract"] = !read.contracts.empty();
    return crossing;
}

bool isCrossing(const LineageScopeParts& parts, const LineageEdge& edge)
{
    const ContextId& from = parts.ownership.datasetOwner[edge.from.value];
    const ContextId& to = parts.ownership.datasetOwner[edge.to.value];
    return !from.isEmpty() && !to.isEmpty() && from != to;
}

class Answer {
public:
    Answer(const LineageScopeParts& parts, const EntityRef& subject, const Options& options)
        : m_parts(parts)
    {
        std::vector<LineageNode> columns;
        std::vector<LineageNode> datasets;
        for (const ColumnIndex column : columnsOf(subject, parts.estate()))
            columns.push_back(column.value);
        const bool isColumn = !columns.empty();
        for (const DatasetIndex dataset :
             datasetsOf(subject, parts.map(), parts.estate(), parts.ownership, parts.published)) {
            datasets.push_back(dataset.value);
            for (const ColumnIndex column : parts.estate().datasets[dataset.value].columns) {
                if (!isColumn)
                    columns.push_back(column.value);
            }
        }
        m_hasColumns = options.columns || isColumn;
        if (m_hasColumns)
            m_columns = reach(parts.index, LineageLevel::Columns, columns, options);
        m_datasets = isColumn ? datasetsOfColumns()
                              : reach(parts.index, LineageLevel::Datasets, datasets, options);
    }

    Json json(const EntityRef& subject) const
    {
        Json document = documentOf(commandName);
        document["node"] = {{"kind", toString(subject.kind)}, {"id", subject.id}};
        document["nodes"] = Json::array();
        for (const auto& [dataset, hops] : inOrder(m_datasets)) {
            document["nodes"].push_back(nodeJson(m_parts, DatasetIndex(dataset)));
            document["nodes"].back()["hops"] = hops;
        }
        for (const auto& [column, hops] : inOrder(m_columns)) {
            document["nodes"].push_back(nodeJson(m_parts, ColumnIndex(column)));
            document["nodes"].back()["hops"] = hops;
            document["nodes"].back()["direct"] = m_columns.isDirect.at(column);
        }
        document["edges"] = Json::array();
        document["columnEdges"] = Json::array();
        document["crossings"] = Json::array();
        for (const LineageEdge& edge : edges()) {
            document["edges"].push_back(edgeJson(m_parts, edge));
            if (isCrossing(m_parts, edge))
                document["crossings"].push_back(crossingJson(m_parts, edge));
        }
        for (const ColumnEdge& edge : m_parts.estate().columnEdges) {
            if (m_columns.holds(edge.from.value) && m_columns.holds(edge.to.value))
                document["columnEdges"].push_back(edgeJson(m_parts, edge));
        }
        document["isCut"] = m_datasets.isCut || m_columns.isCut;
        return document;
    }

    void print() const
    {
        for (const auto& [dataset, hops] : inOrder(m_datasets))
            printNode(hops, nodeJson(m_parts, DatasetIndex(dataset)), true);
        for (const auto& [column, hops] : inOrder(m_columns))
            printNode(hops, nodeJson(m_parts, ColumnIndex(column)), m_columns.isDirect.at(column));
        std::size_t without = 0;
        for (const LineageEdge& edge : edges()) {
            if (!isCrossing(m_parts, edge) || !m_parts.published[edge.from.value].contracts.empty())
                continue;
            if (without++ == 0)
                printLine("crossings without a contract:");
            printLine("  " + m_parts.name(edge.from) + " -> " + m_parts.name(edge.to));
        }
        if (m_datasets.isCut || m_columns.isCut)
            printLine("there is more beyond that depth");
    }

private:
    using Row = std::pair<LineageNode, std::int64_t>;

    static std::vector<Row> inOrder(const Reached& reached)
    {
        std::vector<Row> rows(reached.hops.begin(), reached.hops.end());
        std::stable_sort(rows.begin(), rows.end(),
                         [](const Row& a, const Row& b) { return a.second < b.second; });
        return rows;
    }

    // Of a column only the datasets that it reaches.
    Reached datasetsOfColumns() const
    {
        Reached reached;
        reached.isCut = m_columns.isCut;
        for (const auto& [column, hops] : m_columns.hops) {
            const LineageNode dataset = m_parts.estate().columns[column].dataset.value;
            const auto [known, isNew] = reached.hops.try_emplace(dataset, hops);
            if (!isNew && std::abs(hops) < std::abs(known->second))
                known->second = hops;
        }
        return reached;
    }

    std::vector<LineageEdge> edges() const
    {
        std::vector<LineageEdge> found;
        for (const LineageEdge& edge : m_parts.estate().lineageEdges) {
            if (m_datasets.holds(edge.from.value) && m_datasets.holds(edge.to.value))
                found.push_back(edge);
        }
        return found;
    }

    static void printNode(std::int64_t hops, const Json& node, bool isDirect)
    {
        std::string line =
            (hops > 0 ? "+" : "") + std::to_string(hops) + "  " + node["name"].get<std::string>();
        if (node["kind"] == "column")
            line += " (column)";
        if (node["context"].is_string())
            line += "  of " + node["context"].get<std::string>();
        if (!isDirect)
            line += ", only influenced";
        printLine(line);
    }

    const LineageScopeParts& m_parts;
    bool m_hasColumns = false;
    Reached m_columns;
    Reached m_datasets;
};

Outcome run(const Options& options, Progress& progress)
{
    if (options.scope.isEmpty()) {
        complain("lineage needs a --map, a --workspace or a path to look at");
        return Outcome::NotDone;
    }
    const Result<Scope> scope = openScope(options.scope, progress);
    if (!scope)
        return notDone(commandName, scope.error(), options.json);
    const LineageScopeParts parts(*scope);
    const EntityRef subject = oneSubject(parts, options.words);
    if (subject.id.empty())
        return Outcome::NotDone;
    const Answer answer(parts, subject, options);
    if (options.json)
        printJson(answer.json(subject));
    else
        answer.print();
    return Outcome::Done;
}

}  // namespace

void addLineage(CLI::App& program, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "lineage", "Where the data of a thing comes from, and what depends on it");
    takeAsTyped(command->add_option("NODE", options->words,
                                    "A dataset, column, product, contract or context; kind:id "
                                    "when a name is not enough"))
        ->required();
    takeAsTyped(command->add_option("PATH", options->scope.paths,
                                    "Files or folders to read first; - is standard input"));
    command->add_flag("--up", options->up, "Only what it comes from");
    command->add_flag("--down", options->down, "Only what depends on it");
    command->add_flag("--both", options->both, "Both (the default)");
    command->add_option("--depth", options->depth, "Hops from it (all)")->type_name("N");
    command->add_flag("--columns", options->columns, "Its columns, too");
    addScopeOptions(*command, options->scope);
    addTimeOption(*command, options->scope);
    addJsonOption(*command, options->json);
    addBudgetOptions(*command, options->scope.budget);
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) { return run(*options, progress); };
    });
}

}  // namespace portolan::ctl
