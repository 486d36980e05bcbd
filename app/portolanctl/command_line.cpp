// SPDX-License-Identifier: Apache-2.0
#include "app/portolanctl/command_line.h"

#include "app/portolanctl/output.h"

#include <CLI/CLI.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::ctl {
namespace {

// Stands before an argument in brackets until it is an option's value.
constexpr char bracketMark = '\x01';

constexpr const char* exitCodes = "Exit status: 0 done, nothing to report; 1 done, and something "
                                  "was found; 2 not done; 130 cancelled.";

// Named by the interface, and not built yet: they say so instead of being taken
// for a typing mistake.
constexpr std::array commandsToCome = {"compat", "adoption", "retire", "reconcile", "check",
                                         "review"};

void addCommandToCome(CLI::App& parent, const std::string& name, const std::string& fullName,
                      Action& chosen)
{
    CLI::App* command = parent.add_subcommand(name)->group("");
    command->set_help_flag();
    command->prefix_command();
    command->callback([fullName, &chosen] {
        chosen = [fullName](Progress&) {
            complain("'" + fullName + "' is not available in this version");
            return Outcome::NotDone;
        };
    });
}

void addMapCommands(CLI::App& program, Action& chosen)
{
    CLI::App* map = program.add_subcommand("map", "Check, format, compare and merge context maps");
    map->require_subcommand(1);
    addMapValidate(*map, chosen);
    addMapFormat(*map, chosen);
    addMapDiff(*map, chosen);
    addMapMerge(*map, chosen);
    addMapToBe(*map, chosen);
}

void addCommands(CLI::App& program, Action& chosen)
{
    program.set_version_flag("--version", std::string("portolanctl " PORTOLAN_VERSION));
    program.require_subcommand(1);
    program.get_formatter()->label("SUBCOMMAND", "COMMAND");
    program.get_formatter()->label("Subcommands", "Commands");
    program.footer(exitCodes);
    addImport(program, chosen);
    addShow(program, chosen);
    addSearch(program, chosen);
    addDrift(program, chosen);
    addLineage(program, chosen);
    addPath(program, chosen);
    addImpact(program, chosen);
    addDiff(program, chosen);
    addHistory(program, chosen);
    addMapCommands(program, chosen);
    for (const char* name : commandsToCome)
        addCommandToCome(program, name, name, chosen);
}

// The library says that a command is required when the first word is none.
std::string whatIsWrong(const CLI::App& program, const CLI::ParseError& error,
                        const std::string& firstArgument)
{
    if (!program.get_subcommands().empty() || firstArgument.empty() || firstArgument[0] == '-')
        return error.what();
    return "there is no command '" + firstArgument + "'";
}

Outcome answer(const CLI::App& program, const CLI::ParseError& error,
               const std::string& firstArgument)
{
    if (error.get_exit_code() == 0) {
        program.exit(error);
        return Outcome::Done;
    }
    complain(whatIsWrong(program, error, firstArgument));
    complain("try 'portolanctl --help'");
    return Outcome::NotDone;
}

void addLimit(CLI::App& command, const std::string& name, std::int64_t& value,
              const std::string& description)
{
    command.add_option(name, value, description)
        ->group("Limits")
        ->check(CLI::PositiveNumber)
        ->type_name("N");
}

// As the library wants them: the last one first, without the program's name.
std::vector<std::string> markedArguments(int argc, char** argv)
{
    std::vector<std::string> arguments;
    for (int i = argc - 1; i > 0; --i) {
        const std::string_view argument = argv[i];
        const bool isInBrackets = argument.starts_with('[') && argument.ends_with(']');
        arguments.push_back((isInBrackets ? std::string(1, bracketMark) : "") +
                            std::string(argument));
    }
    return arguments;
}

}  // namespace

std::variant<Action, Outcome> readCommandLine(int argc, char** argv)
{
    Action chosen;
    CLI::App program{"Portolan without a window: reads data contracts, lineage "
                     "and context maps",
                     "portolanctl"};
    addCommands(program, chosen);
    try {
        program.parse(markedArguments(argc, argv));
    } catch (const CLI::ParseError& error) {
        return answer(program, error, argc > 1 ? argv[1] : "");
    }
    return chosen;
}

void addJsonOption(CLI::App& command, bool& json)
{
    command.add_flag("--json", json, "Print one JSON document instead of text");
}

void addBudgetOptions(CLI::App& command, Budget& budget)
{
    command
        .add_option_function<std::uint64_t>(
            "--max-bytes",
            [&budget](const std::uint64_t& bytes) {
                budget.jsonBytes = static_cast<std::int64_t>(bytes);
                budget.yamlBytes = static_cast<std::int64_t>(bytes);
            },
            "Size of one file (256M; YAML 64M)")
        ->transform(CLI::AsSizeValue(false))
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{4} << 30))
        ->group("Limits")
        ->type_name("SIZE");
    // Readers of data recurse over what they have read, so that no figure of a
    // user may lead to the end of the stack.
    command.add_option("--max-depth", budget.depth, "Nesting of objects and lists (100)")
        ->group("Limits")
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
    addLimit(command, "--max-line-bytes", budget.lineBytes, "Length of one line of NDJSON (16 MB)");
    addLimit(command, "--max-string-bytes", budget.stringBytes, "Length of one string (1 MB)");
    addLimit(command, "--max-nodes", budget.nodes, "Values in one document (20 million)");
    addLimit(command, "--max-alias-nodes", budget.aliasNodes,
             "Values that YAML aliases may add (100000)");
    addLimit(command, "--max-files", budget.folderFiles, "Files of one folder (200000)");
    addLimit(command, "--max-problems", budget.problemsPerSource,
             "Problems listed for one source (1000)");
    command.add_option("--max-folder-depth", budget.folderDepth, "Nesting of folders (64)")
        ->group("Limits")
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
    command.add_option("--max-seconds", budget.fileSeconds, "Time for one source (600)")
        ->group("Limits")
        ->check(CLI::PositiveNumber)
        ->type_name("N");
}

CLI::Option* takeAsTyped(CLI::Option* option)
{
    return option->transform(CLI::Validator(
        [](std::string& text) {
            text.erase(0, text.starts_with(bracketMark) ? 1 : 0);
            return std::string();
        },
        std::string()));
}

}  // namespace portolan::ctl
