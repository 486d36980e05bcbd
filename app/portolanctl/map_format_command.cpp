// SPDX-License-Identifier: Apache-2.0
// `map format FILE`: the map in its canonical form, which makes hand-written files easy to compare.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "app/portolanctl/standard_input.h"
#include "model/base/budget.h"
#include "model/map/map_diff.h"
#include "model/map/map_file.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "map format";

struct Options {
    std::string file;
    bool isCheck = false;
    bool isInPlace = false;
    bool json = false;
};

struct Formatting {
    std::string text = {};  // canonical
    bool isChanged = false;
    bool isWritten = false;
    Problems problems = {};
};

Formatting formattingOf(const MapDocument& document)
{
    Formatting formatting{canonicalText(document)};
    formatting.isChanged = formatting.text != document.text();
    formatting.problems = document.problems();
    return formatting;
}

Result<Formatting> format(const std::string& path, const Progress& progress)
{
    Result<std::string> text = readInput(path, Budget().jsonBytes, progress);
    if (!text)
        return tl::unexpected(text.error());
    return MapDocument::read(std::move(*text), path).map(formattingOf);
}

Result<Formatting> formatInPlace(const std::string& path)
{
    const Result<OpenedMap> opened = openMapFile(path);
    if (!opened)
        return tl::unexpected(opened.error());
    Formatting formatting = formattingOf(opened->document);
    if (!formatting.isChanged)
        return formatting;
    const Result<FileStamp> saved = saveMapFile(path, formatting.text, opened->stamp);
    if (!saved)
        return tl::unexpected(saved.error());
    formatting.isWritten = true;
    return formatting;
}

void printDocument(const Options& options, const Formatting& formatting)
{
    Json document = documentOf(commandName);
    document["path"] = options.file;
    document["changed"] = formatting.isChanged;
    document["written"] = formatting.isWritten;
    document["problems"] = toJson(formatting.problems);
    if (!options.isCheck && !options.isInPlace)
        document["text"] = formatting.text;
    printJson(document);
}

void printText(const Options& options, const Formatting& formatting)
{
    for (const Problem& problem : formatting.problems)
        complain(portolan::toText(problem));
    if (options.isCheck) {
        if (formatting.isChanged)
            printLine(options.file + " is not in canonical form");
    } else if (!options.isInPlace) {
        printBytes(formatting.text);
    }
}

Outcome run(const Options& options, const Progress& progress)
{
    if (options.isInPlace && options.file == "-") {
        complain("standard input cannot be formatted in place");
        return Outcome::NotDone;
    }
    const Result<Formatting> formatting =
        options.isInPlace ? formatInPlace(options.file) : format(options.file, progress);
    if (!formatting)
        return notDone(commandName, formatting.error(), options.json);
    if (options.json)
        printDocument(options, *formatting);
    else
        printText(options, *formatting);
    return options.isCheck && formatting->isChanged ? Outcome::Found : Outcome::Done;
}

}  // namespace

void addMapFormat(CLI::App& map, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = map.add_subcommand("format", "Print a context map in its canonical form");
    takeAsTyped(command->add_option("FILE", options->file, "The context map; - is standard input"))
        ->required();
    CLI::Option* check = command->add_flag("--check", options->isCheck,
                                           "Only tell whether it would change (exit 1)");
    command->add_flag("--in-place,-i", options->isInPlace, "Write the file instead of printing")
        ->excludes(check);
    addJsonOption(*command, options->json);
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) { return run(*options, progress); };
    });
}

}  // namespace portolan::ctl
