// SPDX-License-Identifier: Apache-2.0
// `show ID-OR-NAME`: one thing of the map or the estate, with the places that say so.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/entity_description.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "show";
constexpr std::size_t matchesShown = 50;

struct Options {
    std::string words;
    ScopeOptions scope;
    bool json = false;
};

Json toJson(const std::vector<FoundEntity>& matches)
{
    Json list = Json::array();
    for (std::size_t i = 0; i < std::min(matches.size(), matchesShown); ++i)
        list.push_back({{"kind", toString(matches[i].entity.kind)},
                        {"id", matches[i].entity.id},
                        {"name", matches[i].name}});
    return list;
}

std::string scalarText(const Json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Members a line each, nested ones indented below: for reading, not for programs.
void printMembers(const Json& object, const std::string& indent)
{
    for (const auto& [key, value] : object.items()) {
        const std::string label = object.is_array() ? "-" : key + ":";
        if (value.is_structured() && !value.empty()) {
            printLine(indent + label);
            printMembers(value, indent + "  ");
        } else {
            printLine(indent + label + " " + scalarText(value));
        }
    }
}

void printEvidence(const Json& evidence)
{
    printLine("evidence:");
    for (const Json& place : evidence) {
        std::string line = "  " + place["path"].get<std::string>();
        if (place["line"] > 0)
            line += ":" + std::to_string(place["line"].get<int>());
        if (const std::string pointer = place["pointer"]; !pointer.empty())
            line += " " + pointer;
        if (place["importedAt"].is_string())
            line += ", imported " + place["importedAt"].get<std::string>();
        printLine(line);
    }
}

Outcome show(const Options& options, const Scope& scope, const FoundEntity& found)
{
    Json entity = descriptionOf(scope, found);
    Json evidence = evidenceOf(scope, found);
    if (options.json) {
        Json document = documentOf(commandName);
        document["entity"] = std::move(entity);
        document["evidence"] = std::move(evidence);
        printJson(document);
    } else {
        printMembers(entity, "");
        printEvidence(evidence);
    }
    return Outcome::Done;
}

// Nothing, or more than one thing: neither can be shown.
Outcome showMatches(const Options& options, const std::vector<FoundEntity>& matches)
{
    if (options.json) {
        Json document = documentOf(commandName);
        document["entity"] = nullptr;
        document["evidence"] = Json::array();
        document["matches"] = toJson(matches);
        document["matchCount"] = matches.size();
        printJson(document);
    }
    if (matches.empty()) {
        complain("nothing is called '" + options.words + "' (expected an id, a key or a name)");
        return Outcome::NotDone;
    }
    complain("'" + options.words + "' may be one of " + std::to_string(matches.size()) +
             " things; name it by kind and id");
    for (std::size_t i = 0; !options.json && i < std::min(matches.size(), matchesShown); ++i)
        printLine(std::string(toString(matches[i].entity.kind)) + ":" + matches[i].entity.id +
                  "  " + matches[i].name);
    return Outcome::NotDone;
}

Outcome run(const Options& options, Progress& progress)
{
    if (options.scope.isEmpty()) {
        complain("show needs a --map, a --workspace or a path to look at");
        return Outcome::NotDone;
    }
    const Result<Scope> scope = openScope(options.scope, progress);
    if (!scope)
        return notDone(commandName, scope.error(), options.json);
    const std::vector<FoundEntity> matches = findEntities(*scope, options.words);
    if (matches.size() == 1)
        return show(options, *scope, matches.front());
    return showMatches(options, matches);
}

}  // namespace

void addShow(CLI::App& program, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command =
        program.add_subcommand("show", "Show one thing, and which files say so at which place");
    takeAsTyped(command->add_option(
                    "ID-OR-NAME", options->words,
                    "What to show; kind:id, such as context:claims, when a name is not enough"))
        ->required();
    takeAsTyped(command->add_option("PATH", options->scope.paths,
                                    "Files or folders to read first; - is standard input"));
    addScopeOptions(*command, options->scope);
    addTimeOption(*command, options->scope);
    addJsonOption(*command, options->json);
    addBudgetOptions(*command, options->scope.budget);
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) { return run(*options, progress); };
    });
}

}  // namespace portolan::ctl
