// SPDX-License-Identifier: Apache-2.0
#include "app/portolanctl/scope.h"

#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "model/analysis/identity/identity.h"
#include "model/base/iso_time.h"
#include "model/estate/estate_builder.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>

namespace portolan::ctl {
namespace {

// Beside the other file, unless the path is whole.
std::string besideOf(const std::string& file, const std::string& path)
{
    return (std::filesystem::path(file).parent_path() / path).string();
}

Result<> openWorkspace(const ScopeOptions& options, Scope& scope, Progress& progress)
{
    if (options.workspace.empty() && !options.asOf.empty())
        return tl::unexpected(Problem{Severity::Error, "usage.no-workspace",
                                      "--as-of needs a --workspace: only that has a history."});
    if (options.workspace.empty())
        return {};
    Result<Workspace> workspace = Workspace::open(options.workspace, Workspace::Access::ReadOnly);
    if (!workspace)
        return tl::unexpected(workspace.error());
    Result<EstatePtr> estate = options.asOf.empty()
                                   ? workspace->estate(progress)
                                   : workspace->estate(asOfFrom(options.asOf), progress);
    if (!estate)
        return tl::unexpected(estate.error());
    scope.estate = *estate;
    scope.workspace = std::move(*workspace);
    return {};
}

Result<std::string> mapOf(const ScopeOptions& options, const Scope& scope)
{
    if (!options.map.empty() || !scope.workspace)
        return options.map;
    return scope.workspace->mapPath().map([&](const std::string& path) {
        return path.empty() ? path : besideOf(options.workspace, path);
    });
}

Result<> openMap(const ScopeOptions& options, Scope& scope, const Progress& progress)
{
    const Result<std::string> path = mapOf(options, scope);
    if (!path)
        return tl::unexpected(path.error());
    if (path->empty())
        return {};
    Result<MapDocument> document = readMap(*path, progress);
    if (!document)
        return tl::unexpected(document.error());
    scope.map = std::move(*document);
    return {};
}

// These commands do not list what is wrong with a file; they must not hide it either.
void mentionProblems(const ImportReport& report)
{
    std::size_t count = report.problems.size();
    for (const Source& source : report.estate->sources)
        count += source.problems.size() + static_cast<std::size_t>(source.problemsNotListed);
    if (count > 0)
        complain("problems while reading: " + std::to_string(count) +
                 "; 'portolanctl import' lists them");
}

Result<> importFiles(const ScopeOptions& options, Scope& scope, Progress& progress)
{
    std::vector<std::string> paths = options.paths;
    if (paths.empty() && !scope.workspace && scope.map)
        paths = sourcePaths(*scope.map);
    if (paths.empty())
        return {};
    const Result<ImportPaths> inputs = ImportPaths::from(paths, options.budget.jsonBytes, progress);
    if (!inputs)
        return tl::unexpected(inputs.error());
    const ImportOptions importOptions{{}, timeOfImport(), options.budget};
    Result<ImportReport> report = importPaths(inputs->paths(), importOptions, progress);
    if (!report)
        return tl::unexpected(report.error());
    mentionProblems(*report);
    EstateBuilder estate;
    estate.add(*scope.estate);
    estate.add(*report->estate);
    scope.estate = std::make_shared<const Estate>(estate.take());
    return {};
}

}  // namespace

void addScopeOptions(CLI::App& command, ScopeOptions& options)
{
    takeAsTyped(command.add_option("--map", options.map, "A context map"))->type_name("MAP");
    takeAsTyped(command.add_option("--workspace", options.workspace, "A workspace (*.portolan)"))
        ->type_name("FILE");
}

void addTimeOption(CLI::App& command, ScopeOptions& options)
{
    takeAsTyped(command.add_option("--as-of", options.asOf,
                                   "The workspace as it was then: a date, a time or an import's "
                                   "number"))
        ->type_name("TIME");
}

Result<Scope> openScope(const ScopeOptions& options, Progress& progress)
{
    Scope scope{.map = {}, .workspace = {}, .estate = std::make_shared<const Estate>()};
    if (const Result<> done = openWorkspace(options, scope, progress); !done)
        return tl::unexpected(done.error());
    if (const Result<> done = openMap(options, scope, progress); !done)
        return tl::unexpected(done.error());
    if (const Result<> done = importFiles(options, scope, progress); !done)
        return tl::unexpected(done.error());
    if (scope.map)
        scope.estate = identified(scope.estate, scope.map->map());
    return scope;
}

Result<MapDocument> readMap(const std::string& path, const Progress& progress)
{
    Result<std::string> text = readInput(path, Budget().jsonBytes, progress);
    if (!text)
        return tl::unexpected(text.error());
    return MapDocument::read(std::move(*text), path);
}

std::vector<std::string> sourcePaths(const MapDocument& map)
{
    std::vector<std::string> paths;
    for (const std::string& source : map.map().sources)
        paths.push_back(besideOf(map.file(), source));
    return paths;
}

bool declares(const ContextMap& map, const ObservedProduct& product)
{
    return std::any_of(map.products.begin(), map.products.end(), [&](const DataProduct& declared) {
        return declared.id.text == product.id || declared.name == product.name;
    });
}

std::string timeOfImport()
{
    return timeNow();
}

}  // namespace portolan::ctl
