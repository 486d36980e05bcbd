// SPDX-License-Identifier: Apache-2.0
// `map diff OLD NEW`: what changed between two context maps, by thing and member.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "app/portolanctl/standard_input.h"
#include "model/base/budget.h"
#include "model/map/map_diff.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "map diff";

struct Options {
    std::string before;
    std::string after;
    bool json = false;
};

Result<MapDocument> read(const std::string& path, const Progress& progress)
{
    Result<std::string> text = readInput(path, Budget().jsonBytes, progress);
    if (!text)
        return tl::unexpected(text.error());
    return MapDocument::read(std::move(*text), path);
}

void printDocument(const Options& options, const std::vector<MapChange>& changes)
{
    Json document = documentOf(commandName);
    document["before"] = options.before;
    document["after"] = options.after;
    document["changes"] = Json::array();
    for (const MapChange& change : changes)
        document["changes"].push_back(ctl::toJson(change));
    printJson(document);
}

Outcome run(const Options& options, const Progress& progress)
{
    if (options.before == "-" && options.after == "-") {
        complain("standard input can be read once only");
        return Outcome::NotDone;
    }
    const Result<MapDocument> before = read(options.before, progress);
    if (!before)
        return notDone(commandName, before.error(), options.json);
    const Result<MapDocument> after = read(options.after, progress);
    if (!after)
        return notDone(commandName, after.error(), options.json);
    const std::vector<MapChange> changes = mapChanges(*before, *after);
    if (options.json) {
        printDocument(options, changes);
    } else {
        for (const MapChange& change : changes)
            printLine(portolan::toText(change));
    }
    return changes.empty() ? Outcome::Done : Outcome::Found;
}

}  // namespace

void addMapDiff(CLI::App& map, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = map.add_subcommand("diff", "Tell what changed between two context maps");
    takeAsTyped(command->add_option("OLD", options->before, "The earlier map; - is standard input"))
        ->required();
    takeAsTyped(command->add_option("NEW", options->after, "The later map; - is standard input"))
        ->required();
    addJsonOption(*command, options->json);
    command->footer("Exit status: 0 the same; 1 different; 2 a file that is no readable map.");
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) { return run(*options, progress); };
    });
}

}  // namespace portolan::ctl
