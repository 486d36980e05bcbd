// SPDX-License-Identifier: Apache-2.0
// `history FILE`: the imports that a workspace remembers.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "model/workspace/workspace.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <optional>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "history";

struct Options {
    std::string workspace;
    std::optional<int> imports;
    std::optional<int> days;
    bool forget = false;
    bool json = false;

    bool changes() const { return forget || imports || days; }
};

Result<> change(const Options& options, Workspace& workspace)
{
    if (options.imports || options.days) {
        HistorySettings settings = workspace.historySettings();
        settings.imports = options.imports.value_or(settings.imports);
        settings.days = options.days.value_or(settings.days);
        if (Result<> done = workspace.setHistorySettings(settings); !done)
            return done;
    }
    return options.forget ? workspace.forgetHistory() : Result<>();
}

void print(const std::vector<ImportRun>& runs, bool json)
{
    Json document = documentOf(commandName);
    document["imports"] = Json::array();
    for (const ImportRun& run : runs) {
        document["imports"].push_back({{"number", run.number},
                                       {"at", run.at},
                                       {"added", run.added},
                                       {"replaced", run.replaced},
                                       {"removed", run.removed}});
        if (!json)
            printLine(std::to_string(run.number) + "  " + run.at + "  " + whatChanged(run));
    }
    if (json)
        printJson(document);
    else if (runs.empty())
        printLine("no imports are kept");
}

Outcome run(const Options& options)
{
    // Only what is there: a new one has no history.
    Result<Workspace> workspace = Workspace::open(options.workspace, Workspace::Access::ReadOnly);
    if (workspace && options.changes())
        workspace = Workspace::open(options.workspace);
    if (!workspace)
        return notDone(commandName, workspace.error(), options.json);
    if (const Result<> done = options.changes() ? change(options, *workspace) : Result<>(); !done)
        return notDone(commandName, done.error(), options.json);
    const Result<std::vector<ImportRun>> runs = workspace->imports();
    if (!runs)
        return notDone(commandName, runs.error(), options.json);
    print(*runs, options.json);
    return Outcome::Done;
}

}  // namespace

void addHistory(CLI::App& program, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "history", "List the imports that a workspace remembers, the newest first");
    takeAsTyped(command->add_option("FILE", options->workspace, "A workspace (*.portolan)"))
        ->required();
    command->add_option("--keep-imports", options->imports, "Keep the last N (50) ...")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--keep-days", options->days, "... and those of the last N days (400)")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber);
    command->add_flag("--forget", options->forget, "Keep only what is there now");
    addJsonOption(*command, options->json);
    command->callback(
        [options, &chosen] { chosen = [options](Progress&) { return run(*options); }; });
}

}  // namespace portolan::ctl
