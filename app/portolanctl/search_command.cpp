// SPDX-License-Identifier: Apache-2.0
// `search WORDS`: what the window's palette finds, best first.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "app/portolanctl/scope.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "search";

struct Options {
    std::vector<std::string> arguments;
    ScopeOptions scope;
    int limit = 50;
    bool json = false;

    std::string words;  // of the arguments
};

// With a map or workspace every argument is a word; else the first one is what to look for, and the others where.
void sortArguments(Options& options)
{
    const bool hasScope = !options.scope.isEmpty();
    for (const std::string& argument : options.arguments) {
        if (hasScope || options.words.empty())
            options.words += (options.words.empty() ? "" : " ") + argument;
        else
            options.scope.paths.push_back(argument);
    }
}

// A workspace has an index of what was imported; the map is not in it.
Result<std::vector<SearchHit>> search(const Scope& scope, const Options& options)
{
    if (!scope.workspace)
        return searchEstate(*scope.estate, scope.contextMap(), options.words, options.limit);
    Result<std::vector<SearchHit>> hits = scope.workspace->search(options.words, options.limit);
    if (!hits || !scope.map)
        return hits;
    const std::vector<SearchHit> declared =
        searchEstate(Estate(), scope.contextMap(), options.words, options.limit);
    hits->insert(hits->end(), declared.begin(), declared.end());
    std::stable_sort(hits->begin(), hits->end(), [](const SearchHit& one, const SearchHit& other) {
        return one.score > other.score;
    });
    hits->resize(std::min(hits->size(), static_cast<std::size_t>(options.limit)));
    return hits;
}

void printDocument(const Options& options, const std::vector<SearchHit>& hits)
{
    Json document = documentOf(commandName);
    document["words"] = options.words;
    document["hits"] = Json::array();
    for (const SearchHit& hit : hits)
        document["hits"].push_back({{"kind", toString(hit.entity.kind)},
                                    {"id", hit.entity.id},
                                    {"name", hit.name},
                                    {"path", hit.path},
                                    {"score", hit.score}});
    printJson(document);
}

void printText(const std::vector<SearchHit>& hits)
{
    for (const SearchHit& hit : hits)
        printLine(std::string(toString(hit.entity.kind)) + ":" + hit.entity.id + "  " + hit.name +
                  (hit.path.empty() ? "" : "  (" + hit.path + ")"));
}

Outcome run(const Options& options, Progress& progress)
{
    if (options.scope.isEmpty()) {
        complain("search needs a --map, a --workspace or a path to look in");
        return Outcome::NotDone;
    }
    const Result<Scope> scope = openScope(options.scope, progress);
    if (!scope)
        return notDone(commandName, scope.error(), options.json);
    const Result<std::vector<SearchHit>> hits = search(*scope, options);
    if (!hits)
        return notDone(commandName, hits.error(), options.json);
    if (options.json)
        printDocument(options, *hits);
    else
        printText(*hits);
    return Outcome::Done;
}

}  // namespace

void addSearch(CLI::App& program, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command =
        program.add_subcommand("search", "Search the map and what was imported, best hits first");
    takeAsTyped(command
                    ->add_option("WORDS", options->arguments,
                                 "What to look for. Without a map or workspace, the first "
                                 "argument is that, and the others are files or folders to read")
                    ->required());
    addScopeOptions(*command, options->scope);
    command->add_option("--limit", options->limit, "At most so many hits (50)")
        ->check(CLI::Range(1, 100000))
        ->type_name("N");
    addJsonOption(*command, options->json);
    addBudgetOptions(*command, options->scope.budget);
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) {
            sortArguments(*options);
            return run(*options, progress);
        };
    });
}

}  // namespace portolan::ctl
