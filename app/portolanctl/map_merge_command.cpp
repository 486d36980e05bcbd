// SPDX-License-Identifier: Apache-2.0
// `map merge BASE OURS THEIRS`: the three-way merge of context maps, called as git calls a merge driver.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "app/portolanctl/standard_input.h"
#include "model/base/budget.h"
#include "model/base/file_store.h"
#include "model/map/map_diff.h"
#include "model/map/map_merge.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "map merge";

struct Options {
    std::string base;
    std::string ours;
    std::string theirs;
    std::string output;  // empty: into ours
    std::string name;    // of the file, for messages; empty: as ours
    bool json = false;

    const std::string& target() const { return output.empty() ? ours : output; }
};

// `name` is what messages call it: what git hands over is a temporary file.
Result<MapDocument> readVersion(const std::string& path, const std::string& name,
                                const Progress& progress)
{
    Result<std::string> text = readInput(path, Budget().jsonBytes, progress);
    if (!text)
        return tl::unexpected(text.error());
    return MapDocument::read(std::move(*text), name);
}

// Where two branches have added the same file, git gives an empty one as what they began with.
Result<MapDocument> readBase(const std::string& path, const Progress& progress)
{
    Result<std::string> text = readInput(path, Budget().jsonBytes, progress);
    if (!text)
        return tl::unexpected(text.error());
    const bool isEmpty = text->find_first_not_of(" \t\r\n") == std::string::npos;
    return MapDocument::read(isEmpty ? "{}" : std::move(*text), path);
}

Json toJson(const MergeConflict& conflict)
{
    const auto value = [](const std::string& text) {
        return text.empty() ? Json() : valueOf(text);
    };
    return Json{{"kind", toString(conflict.kind)},
                {"subject", conflict.subject},
                {"name", conflict.name},
                {"member", conflict.member},
                {"base", value(conflict.base)},
                {"ours", value(conflict.ours)},
                {"theirs", value(conflict.theirs)},
                {"message", conflict.message},
                {"path", conflict.where.file},
                {"line", conflict.where.line},
                {"column", conflict.where.column},
                {"pointer", conflict.where.pointer}};
}

void printDocument(const Options& options, const MapMerge& merge,
                   const std::vector<MapChange>& changes, bool isWritten)
{
    Json document = documentOf(commandName);
    document["base"] = options.base;
    document["ours"] = options.ours;
    document["theirs"] = options.theirs;
    document["written"] = isWritten ? Json(options.target()) : Json();
    document["conflicts"] = Json::array();
    for (const MergeConflict& conflict : merge.conflicts)
        document["conflicts"].push_back(toJson(conflict));
    document["changes"] = Json::array();
    for (const MapChange& change : changes)
        document["changes"].push_back(ctl::toJson(change));
    if (options.target() == "-")
        document["text"] = merge.text;
    printJson(document);
}

void complainOf(const std::vector<MergeConflict>& conflicts)
{
    for (const MergeConflict& conflict : conflicts)
        complain(portolan::toText(Problem{Severity::Error,
                                          "merge." + std::string(toString(conflict.kind)),
                                          conflict.message, conflict.where}));
    if (!conflicts.empty())
        complain(std::to_string(conflicts.size()) +
                 (conflicts.size() == 1 ? " conflict" : " conflicts") +
                 "; there ours stands in the text");
}

// Whether the file had to be written; one that says so already is left alone.
Result<bool> write(const Options& options, const MapDocument& ours, const MapMerge& merge)
{
    if (options.target() == "-" || (options.output.empty() && merge.text == ours.text()))
        return false;
    return saveAtomically(options.target(), merge.text).map([] { return true; });
}

Outcome merge(const Options& options, const Progress& progress)
{
    const Result<MapDocument> base = readBase(options.base, progress);
    if (!base)
        return notDone(commandName, base.error(), options.json);
    const Result<MapDocument> ours =
        readVersion(options.ours, options.name.empty() ? options.target() : options.name, progress);
    if (!ours)
        return notDone(commandName, ours.error(), options.json);
    const Result<MapDocument> theirs = readVersion(options.theirs, options.theirs, progress);
    if (!theirs)
        return notDone(commandName, theirs.error(), options.json);

    const MapMerge merged = mergeMaps(*base, *ours, *theirs);
    if (progress.stopRequested())
        return notDone(commandName, cancelled(), options.json);
    const Result<bool> written = write(options, *ours, merged);
    if (!written)
        return notDone(commandName, written.error(), options.json);
    complainOf(merged.conflicts);
    if (options.json) {
        const Result<MapDocument> after = MapDocument::read(merged.text, ours->file());
        printDocument(options, merged, after ? mapChanges(*ours, *after) : std::vector<MapChange>(),
                      *written);
    } else if (options.target() == "-") {
        printBytes(merged.text);
    }
    return merged.isClean() ? Outcome::Done : Outcome::Found;
}

Outcome run(const Options& options, const Progress& progress)
{
    const std::vector<std::string> inputs = {options.base, options.ours, options.theirs};
    if (std::count(inputs.begin(), inputs.end(), "-") > 1) {
        complain("standard input can be read once only");
        return Outcome::NotDone;
    }
    return merge(options, progress);
}

}  // namespace

void addMapMerge(CLI::App& map, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = map.add_subcommand("merge", "Merge what two sides made of one context map");
    takeAsTyped(command->add_option("BASE", options->base, "What both began with"))->required();
    takeAsTyped(
        command->add_option("OURS", options->ours, "Our version, into which the merge is written"))
        ->required();
    takeAsTyped(command->add_option("THEIRS", options->theirs, "The other version"))->required();
    takeAsTyped(command->add_option("--output,-o", options->output,
                                    "Write the merge there instead; - is standard output"))
        ->type_name("FILE");
    takeAsTyped(
        command->add_option("--name", options->name, "What messages call the file (git's %P)"))
        ->type_name("NAME");
    addJsonOption(*command, options->json);
    command->footer("As git's merge driver: driver = portolanctl map merge %O %A %B --name %P\n"
                    "Exit status: 0 merged; 1 merged, with conflicts, in which ours stays; 2 not "
                    "done, nothing written.");
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) { return run(*options, progress); };
    });
}

}  // namespace portolan::ctl
