// SPDX-License-Identifier: Apache-2.0
// `import PATH...`: what the files hold, what is wrong with them, and, on request, all of it into a workspace.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "app/portolanctl/scope.h"
#include "model/analysis/identity/identity.h"
#include "model/analysis/identity/ownership_proposals.h"
#include "model/import/importer.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "import";

struct Options {
    ScopeOptions scope;
    std::string format;
    bool json = false;
};

struct Import {
    Workspace::ImportOutcome outcome;  // its figures are of use with a workspace only
    std::optional<MapDocument> map;
    std::vector<IdentityProposal> identities;
    std::vector<OwnershipProposal> owners;
    Counts totals;
    double elapsedMs = 0;
};

Counts countsOf(const ContextMap& map)
{
    Counts counts;
    const auto add = [&counts](const char* key, std::size_t count) {
        counts[key] = static_cast<std::int64_t>(count);
    };
    add("domains", map.domains.size());
    add("contexts", map.contexts.size());
    add("teams", map.teams.size());
    add("relationships", map.relationships.size());
    add("routes", map.routes.size());
    add("products", map.products.size());
    add("identifiers", map.identifiers.size());
    add("crosswalks", map.crosswalks.size());
    std::size_t terms = 0;
    for (const BoundedContext& context : map.contexts)
        terms += context.terms.size();
    add("terms", terms);
    return counts;
}

// The most memory that this process has had. Not getrusage: its figure may be that of the process that started this one.
std::int64_t peakRssKb()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return std::strtoll(line.c_str() + 6, nullptr, 10);
    }
    return 0;
}

Result<Workspace::ImportOutcome> importInto(const std::string& path, const Options& options,
                                            const std::vector<std::string>& paths,
                                            const ImportOptions& importOptions, Progress& progress)
{
    Result<Workspace> workspace = Workspace::open(path);
    if (!workspace)
        return tl::unexpected(workspace.error());
    if (workspace->isReadOnly())
        return tl::unexpected(Problem{Severity::Error,
                                      "workspace.in-use",
                                      "The workspace is being written by " + workspace->holder() +
                                          ". Nothing was imported; try again when that has ended.",
                                      {path}});
    Result<Workspace::ImportOutcome> outcome = workspace->import(paths, importOptions, progress);
    if (outcome && !options.scope.map.empty()) {
        if (const Result<> set = workspace->setMapPath(options.scope.map); !set)
            return tl::unexpected(set.error());
    }
    return outcome;
}

Result<Workspace::ImportOutcome>
importFiles(const Options& options, const std::vector<std::string>& paths, Progress& progress)
{
    const ImportOptions importOptions{options.format, timeOfImport(), options.scope.budget};
    if (!options.scope.workspace.empty())
        return importInto(options.scope.workspace, options, paths, importOptions, progress);
    Result<ImportReport> report = importPaths(paths, importOptions, progress);
    if (!report)
        return tl::unexpected(report.error());
    Workspace::ImportOutcome outcome;
    outcome.report = std::move(*report);
    return outcome;
}

// The map lies among its sources more often than not, and is no source itself.
void removeMapFromSkipped(const Options& options, const std::vector<std::string>& paths,
                          std::vector<std::string>& skipped)
{
    if (options.scope.map.empty())
        return;
    std::erase_if(skipped, [&](const std::string& name) {
        return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
            std::error_code ignored;
            return std::filesystem::equivalent(path, options.scope.map, ignored) ||
                   std::filesystem::equivalent(std::filesystem::path(path) / name,
                                               options.scope.map, ignored);
        });
    });
}

// What the estate and the map hold together, each thing once.
Counts totalsOf(const Import& import)
{
    const Estate& estate = *import.outcome.report.estate;
    Counts totals = portolan::countsOf(estate);
    if (!import.map)
        return totals;
    const ContextMap& map = import.map->map();
    for (const auto& [key, count] : countsOf(map))
        totals[key] += count;
    totals["products"] -=
        std::count_if(estate.products.begin(), estate.products.end(),
                      [&](const ObservedProduct& product) { return declares(map, product); });
    return totals;
}

Result<Import> import(const Options& options, Progress& progress)
{
    Import result;
    std::vector<std::string> paths = options.scope.paths;
    if (!options.scope.map.empty()) {
        Result<MapDocument> map = readMap(options.scope.map, progress);
        if (!map)
            return tl::unexpected(map.error());
        if (paths.empty())
            paths = sourcePaths(*map);
        result.map = std::move(*map);
    }
    const Result<ImportPaths> inputs =
        ImportPaths::from(paths, options.scope.budget.jsonBytes, progress);
    if (!inputs)
        return tl::unexpected(inputs.error());
    Result<Workspace::ImportOutcome> outcome = importFiles(options, inputs->paths(), progress);
    if (!outcome)
        return tl::unexpected(outcome.error());
    result.outcome = std::move(*outcome);
    const EstatePtr& imported = result.outcome.report.estate;
    const ContextMap empty;
    const ContextMap& map = result.map ? result.map->map() : empty;
    result.identities = identityProposals(*imported, map);
    result.outcome.report.estate = identified(imported, map);
    if (result.map)
        result.owners = ownershipProposals(*result.outcome.report.estate, map,
                                           ownershipOf(map, *result.outcome.report.estate));
    removeMapFromSkipped(options, paths, result.outcome.report.skipped);
    result.totals = totalsOf(result);
    return result;
}

bool hasErrors(const Import& import)
{
    const std::vector<Source>& sources = import.outcome.report.estate->sources;
    return portolan::hasErrors(import.outcome.report.problems) ||
           (import.map && portolan::hasErrors(import.map->problems())) ||
           std::any_of(sources.begin(), sources.end(),
                       [](const Source& source) { return portolan::hasErrors(source.problems); });
}

Json leftOutToJson(const Source& source, bool isUnresolved)
{
    Json list = Json::array();
    for (const LeftOut& one : source.leftOut) {
        if (one.isUnresolved == isUnresolved)
            list.push_back({{"name", one.name},
                            {"reason", one.reason},
                            {"times", one.times},
                            {"line", one.where.line},
                            {"pointer", one.where.pointer}});
    }
    return list;
}

Json toJson(const Source& source)
{
    return Json{{"path", source.path},
                {"format", source.format},
                {"formatVersion", source.formatVersion},
                {"counts", ctl::toJson(source.counts)},
                {"problems", ctl::toJson(source.problems)},
                {"problemsNotListed", source.problemsNotListed},
                {"ignored", leftOutToJson(source, false)},
                {"unresolved", leftOutToJson(source, true)}};
}

Json toJson(const IdentityProposal& proposal)
{
    Json document{{"kind", proposal.kind},
                  {"one", proposal.one},
                  {"other", proposal.other},
                  {"reason", proposal.reason},
                  {"confidence", proposal.confidence},
                  {"members", Json::array()}};
    for (const auto& [one, other] : proposal.members)
        document["members"].push_back(Json::array({one, other}));
    return document;
}

Json toJson(const OwnershipProposal& proposal)
{
    return Json{{"context", proposal.context.text},  {"list", proposal.list},
                {"pattern", proposal.pattern},       {"reason", proposal.reason},
                {"confidence", proposal.confidence}, {"members", proposal.members}};
}

Json mapToJson(const MapDocument& map)
{
    return Json{{"path", map.file()},
                {"counts", ctl::toJson(countsOf(map.map()))},
                {"problems", ctl::toJson(map.problems())}};
}

Json workspaceToJson(const std::string& path, const Workspace::ImportOutcome& outcome)
{
    return Json{{"path", path},
                {"added", outcome.added},
                {"replaced", outcome.replaced},
                {"unchanged", outcome.unchanged},
                {"removed", outcome.removed}};
}

void printDocument(const Options& options, const Import& import)
{
    const ImportReport& report = import.outcome.report;
    Json document = documentOf(commandName);
    document["sources"] = Json::array();
    for (const Source& source : report.estate->sources)
        document["sources"].push_back(toJson(source));
    document["totals"] = ctl::toJson(import.totals);
    document["skipped"] = report.skipped;
    document["problems"] = ctl::toJson(report.problems);
    document["identities"] = Json::array();
    for (const IdentityProposal& proposal : import.identities)
        document["identities"].push_back(toJson(proposal));
    document["owners"] = Json::array();
    for (const OwnershipProposal& proposal : import.owners)
        document["owners"].push_back(toJson(proposal));
    if (import.map)
        document["map"] = mapToJson(*import.map);
    if (!options.scope.workspace.empty())
        document["workspace"] = workspaceToJson(options.scope.workspace, import.outcome);
    document["elapsedMs"] = import.elapsedMs;
    document["peakRssKb"] = peakRssKb();
    printJson(document);
}

void printProblems(const Problems& problems)
{
    for (const Problem& problem : problems)
        printLine("  " + portolan::toText(problem));
}

void printSource(const Source& source)
{
    const std::string version = source.formatVersion.empty() ? "" : " " + source.formatVersion;
    const std::string format = source.format.empty() ? "not read" : source.format + version;
    printLine(source.path + ": " + format + ": " + toText(source.counts));
    printProblems(source.problems);
    for (const bool isUnresolved : {false, true}) {
        std::string names;
        for (const LeftOut& one : source.leftOut) {
            if (one.isUnresolved == isUnresolved)
                names += (names.empty() ? "" : ", ") + one.name +
                         (one.times > 1 ? " (" + std::to_string(one.times) + ")" : "");
        }
        if (!names.empty())
            printLine((isUnresolved ? "  unresolved: " : "  ignored: ") + names);
    }
    if (source.problemsNotListed > 0)
        printLine("  and " + std::to_string(source.problemsNotListed) + " more problems");
}

void printText(const Options& options, const Import& import)
{
    const ImportReport& report = import.outcome.report;
    for (const Source& source : report.estate->sources)
        printSource(source);
    for (const std::string& name : report.skipped)
        printLine(name + ": skipped, of no known format");
    printProblems(report.problems);
    if (import.map) {
        printLine(import.map->file() + ": context map: " + toText(countsOf(import.map->map())));
        printProblems(import.map->problems());
    }
    if (!options.scope.workspace.empty())
        printLine(options.scope.workspace + ": " + std::to_string(import.outcome.added) +
                  " sources added, " + std::to_string(import.outcome.replaced) + " replaced, " +
                  std::to_string(import.outcome.unchanged) + " unchanged, " +
                  std::to_string(import.outcome.removed) + " removed");
    for (const IdentityProposal& proposal : import.identities)
        printLine("One thing? " + proposal.one + " and " + proposal.other + " (" +
                  std::to_string(proposal.confidence) + " %, " +
                  std::to_string(proposal.members.size()) + "): " + proposal.reason);
    for (const OwnershipProposal& proposal : import.owners)
        printLine("Owner? " + proposal.context.text + " of " + proposal.pattern + " (" +
                  std::to_string(proposal.confidence) + " %): " + proposal.reason);
    printLine("In all: " + toText(import.totals));
}

// What the user names must be there; what merely lies in a folder may be unreadable.
bool isMissing(const std::string& path)
{
    std::error_code error;
    return path != "-" && !std::filesystem::exists(path, error);
}

// A folder may hold anything; a file that the user named was meant to be read.
bool isSkipped(const std::string& path, const std::vector<std::string>& skipped)
{
    std::error_code error;
    const std::string name = std::filesystem::path(path).filename().string();
    return !std::filesystem::is_directory(path, error) &&
           std::find(skipped.begin(), skipped.end(), name) != skipped.end();
}

Outcome outcomeOf(const Options& options, const Import& import)
{
    const std::vector<std::string>& paths = options.scope.paths;
    const std::vector<std::string>& skipped = import.outcome.report.skipped;
    if (std::any_of(paths.begin(), paths.end(), isMissing))
        return Outcome::NotDone;
    const bool isAnySkipped = std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
        return isSkipped(path, skipped);
    });
    return isAnySkipped || hasErrors(import) ? Outcome::Found : Outcome::Done;
}

Outcome run(const Options& options, Progress& progress)
{
    const auto start = std::chrono::steady_clock::now();
    Result<Import> result = import(options, progress);
    if (!result)
        return notDone(commandName, result.error(), options.json);
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - start;
    result->elapsedMs = elapsed.count();
    if (options.json)
        printDocument(options, *result);
    else
        printText(options, *result);
    return outcomeOf(options, *result);
}

std::string formatNames()
{
    std::string names;
    for (const std::unique_ptr<Importer>& importer : importers())
        names += (names.empty() ? "" : ", ") + std::string(importer->format());
    return names;
}

Outcome checkAndRun(const Options& options, Progress& progress)
{
    if (options.scope.paths.empty() && options.scope.map.empty()) {
        complain("import needs a file, a folder, - for standard input, or a map with sources");
        return Outcome::NotDone;
    }
    const auto known = importers();
    const bool isKnown = options.format.empty() ||
                         std::any_of(known.begin(), known.end(), [&](const auto& importer) {
                             return importer->format() == options.format;
                         });
    if (!isKnown) {
        complain("--format " + options.format + " is not known; there are: " + formatNames());
        return Outcome::NotDone;
    }
    return run(options, progress);
}

}  // namespace

void addImport(CLI::App& program, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "import", "Read files and folders: contracts, lineage, and what is wrong with them");
    takeAsTyped(command->add_option("PATH", options->scope.paths,
                                    "Files or folders; - is standard input; without any, "
                                    "those that the map names"));
    addScopeOptions(*command, options->scope);
    takeAsTyped(
        command->add_option("--format", options->format,
                            "Read every file as this format instead of looking at its content"))
        ->type_name("NAME");
    addJsonOption(*command, options->json);
    addBudgetOptions(*command, options->scope.budget);
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) { return checkAndRun(*options, progress); };
    });
}

}  // namespace portolan::ctl
