// SPDX-License-Identifier: Apache-2.0
// `diff OLD NEW`: what changed in the lineage between two workspaces, or between two times of one.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "app/portolanctl/scope.h"
#include "model/analysis/lineage/lineage_difference.h"
#include "model/analysis/map_drift/ownership.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "diff";

struct Options {
    std::vector<std::string> sides;  // none, or two workspaces, files or folders
    ScopeOptions scope;              // the map and the one workspace
    std::string from;
    std::string to = "now";
    bool json = false;
};

// What was asked for; empty when that makes no sense, which it says.
std::vector<ScopeOptions> sidesOf(const Options& options)
{
    std::vector<ScopeOptions> sides(2);
    for (ScopeOptions& side : sides) {
        side.map = options.scope.map;
        side.budget = options.scope.budget;
    }
    if (options.sides.size() == 2 && options.scope.workspace.empty() && options.from.empty()) {
        for (std::size_t i = 0; i < 2; ++i) {
            const bool isWorkspace = options.sides[i].ends_with(".portolan");
            if (isWorkspace)
                sides[i].workspace = options.sides[i];
            else
                sides[i].paths = {options.sides[i]};
        }
        return sides;
    }
    if (!options.sides.empty() || options.scope.workspace.empty() || options.from.empty()) {
        complain("diff needs OLD and NEW, or a --workspace and --from a time");
        return {};
    }
    for (ScopeOptions& side : sides)
        side.workspace = options.scope.workspace;
    sides[0].asOf = options.from;
    sides[1].asOf = options.to == "now" ? "" : options.to;
    return sides;
}

// The contexts whose datasets are hit, beside the datasets.
class HitContexts {
public:
    explicit HitContexts(const Scope& scope)
    {
        if (!scope.map)
            return;
        const EstateOwnership owners = ownershipOf(scope.map->map(), *scope.estate);
        for (std::size_t i = 0; i < scope.estate->datasets.size(); ++i) {
            if (!owners.datasetOwner[i].isEmpty())
                m_contexts[scope.estate->datasets[i].key()] =
                    "context:" + owners.datasetOwner[i].text;
        }
    }

    std::vector<std::string> with(std::vector<std::string> breaks) const
    {
        for (std::size_t i = 0, count = breaks.size(); i < count; ++i) {
            const auto found = m_contexts.find(breaks[i]);
            if (found != m_contexts.end() &&
                std::find(breaks.begin(), breaks.end(), found->second) == breaks.end())
                breaks.push_back(found->second);
        }
        return breaks;
    }

private:
    std::unordered_map<std::string, std::string> m_contexts;  // by dataset
};

Json toJson(const LineageChange& change, const HitContexts& contexts)
{
    const auto state = [&](const std::string& text, LineageChangeType absent) {
        return change.type == absent ? Json() : Json(text);
    };
    return {{"kind", toString(change.type)},
            {"thing", toString(change.thing)},
            {"pointer", keyOf(change)},
            {"dataset", change.dataset},
            {"before", state(change.before, LineageChangeType::Added)},
            {"after", state(change.after, LineageChangeType::Removed)},
            {"breaking", change.isBreaking()},
            {"breaks", contexts.with(change.breaks)}};
}

void printDocument(const LineageDifference& difference, const HitContexts& contexts)
{
    Json document = documentOf(commandName);
    document["changes"] = Json::array();
    for (const LineageDifference::Group& group : difference.groups) {
        for (const LineageChange& change : group.changes)
            document["changes"].push_back(toJson(change, contexts));
    }
    document["breakingCount"] = difference.breaking;
    printJson(document);
}

std::string lineOf(const LineageChange& change, const HitContexts& contexts)
{
    std::string line = "  " + std::string(toString(change.type)) + " " +
                       std::string(toString(change.thing)) + " " + keyOf(change);
    if (change.type == LineageChangeType::Changed)
        line += ": " + (change.before.empty() ? "unknown" : change.before) + " -> " +
                (change.after.empty() ? "unknown" : change.after);
    std::string hit;
    for (const std::string& one : contexts.with(change.breaks))
        hit += (hit.empty() ? "; breaks " : ", ") + one;
    return line + hit;
}

void print(const LineageDifference& difference, const HitContexts& contexts)
{
    for (const LineageDifference::Group& group : difference.groups) {
        printLine(group.dataset);
        for (const LineageChange& change : group.changes)
            printLine(lineOf(change, contexts));
    }
    std::size_t changes = 0;
    for (const auto& types : difference.counts)
        for (const std::size_t count : types)
            changes += count;
    printLine(changes == 0 ? "the lineage is the same"
                           : "changes " + std::to_string(changes) + ", breaking " +
                                 std::to_string(difference.breaking));
}

Outcome run(const Options& options, Progress& progress)
{
    const std::vector<ScopeOptions> sides = sidesOf(options);
    if (sides.empty())
        return Outcome::NotDone;
    const Result<Scope> before = openScope(sides[0], progress);
    if (!before)
        return notDone(commandName, before.error(), options.json);
    const Result<Scope> after = openScope(sides[1], progress);
    if (!after)
        return notDone(commandName, after.error(), options.json);
    const Result<LineageDifference> difference =
        lineageDifference(*before->estate, *after->estate, progress);
    if (!difference)
        return notDone(commandName, difference.error(), options.json);
    const HitContexts contexts(*after);
    if (options.json)
        printDocument(*difference, contexts);
    else
        print(*difference, contexts);
    return difference->isEmpty() ? Outcome::Done : Outcome::Found;
}

}  // namespace

void addDiff(CLI::App& program, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "diff", "Tell what changed in the lineage between two workspaces or two times of one");
    takeAsTyped(command->add_option("SIDE", options->sides,
                                    "OLD and NEW: workspaces (*.portolan), files or folders"))
        ->expected(0, 2);
    addScopeOptions(*command, options->scope);
    takeAsTyped(command->add_option("--from", options->from,
                                    "The earlier time: a date, a time or an import's number"))
        ->type_name("TIME");
    takeAsTyped(command->add_option("--to", options->to, "The later time (now)"))
        ->type_name("TIME");
    addJsonOption(*command, options->json);
    addBudgetOptions(*command, options->scope.budget);
    command->footer("Exit status: 0 the same; 1 different; 2 something that cannot be read.");
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) { return run(*options, progress); };
    });
}

}  // namespace portolan::ctl
