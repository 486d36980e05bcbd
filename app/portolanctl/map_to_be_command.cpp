// SPDX-License-Identifier: Apache-2.0
// `map to-be AS-IS NEW`: starts a TO-BE map as a copy that names the map it departs from.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "model/map/as_is.h"
#include "model/map/map_file.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "map to-be";

struct Options {
    std::string asIs;
    std::string toBe;
    bool json = false;
};

Outcome run(const Options& options)
{
    const Result<std::string> name = startToBe(options.asIs, options.toBe);
    if (!name)
        return notDone(commandName, name.error(), options.json);
    if (options.json) {
        Json document = documentOf(commandName);
        document["path"] = options.toBe;
        document["asIs"] = *name;
        printJson(document);
    } else {
        printLine(options.toBe + " departs from " + *name);
    }
    return Outcome::Done;
}

}  // namespace

void addMapToBe(CLI::App& map, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = map.add_subcommand("to-be", "Start a TO-BE map from an AS-IS map");
    takeAsTyped(command->add_option("AS-IS", options->asIs, "The map to depart from"))->required();
    takeAsTyped(command->add_option("NEW", options->toBe, "The new file; it must not be there yet"))
        ->required();
    addJsonOption(*command, options->json);
    command->callback(
        [options, &chosen] { chosen = [options](Progress&) { return run(*options); }; });
}

}  // namespace portolan::ctl
