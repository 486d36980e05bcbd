// SPDX-License-Identifier: Apache-2.0
// `map to-be AS-IS [NEW]`: starts a TO-BE map as a copy that names the map it departs from.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "model/map/as_is.h"
#include "model/map/map_file.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "map to-be";

struct Options {
    std::string asIs;
    std::string toBe;  // empty: the file that the window proposes, too
    bool json = false;
};

// Seen from the folder the command is run in, for there is no file yet.
Outcome print(const Options& options)
{
    std::error_code error;
    const Result<std::string> text =
        toBeIn(options.asIs, std::filesystem::current_path(error).string());
    if (!text)
        return notDone(commandName, text.error(), options.json);
    if (options.json) {
        Json document = documentOf(commandName);
        document["path"] = nullptr;
        document["text"] = *text;
        printJson(document);
    } else {
        printBytes(*text);
    }
    return Outcome::Done;
}

Outcome run(const Options& options)
{
    if (options.toBe == "-")
        return print(options);
    const std::string path = options.toBe.empty() ? proposedToBePath(options.asIs) : options.toBe;
    const Result<std::string> name = startToBe(options.asIs, path);
    if (!name)
        return notDone(commandName, name.error(), options.json);
    if (options.json) {
        Json document = documentOf(commandName);
        document["path"] = path;
        document["asIs"] = *name;
        printJson(document);
    } else {
        printLine(path + " departs from " + *name);
    }
    return Outcome::Done;
}

}  // namespace

void addMapToBe(CLI::App& map, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = map.add_subcommand("to-be", "Start a TO-BE map from an AS-IS map");
    takeAsTyped(command->add_option("AS-IS", options->asIs, "The map to depart from"))->required();
    CLI::Option* toBe =
        takeAsTyped(command->add_option("NEW", options->toBe,
                                        "The new file; it must not be there yet. Without it, one "
                                        "beside AS-IS that ends in -to-be"));
    takeAsTyped(
        command->add_option("--output,-o", options->toBe, "The same as NEW; - is standard output"))
        ->type_name("FILE")
        ->excludes(toBe);
    addJsonOption(*command, options->json);
    command->callback(
        [options, &chosen] { chosen = [options](Progress&) { return run(*options); }; });
}

}  // namespace portolan::ctl
