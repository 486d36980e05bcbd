// SPDX-License-Identifier: Apache-2.0
// What a command looks at: a context map, a workspace, files that are read for this one run, or any of them together.
#pragma once

#include "app/portolanctl/standard_input.h"
#include "model/base/budget.h"
#include "model/map/map_document.h"
#include "model/workspace/workspace.h"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace portolan::ctl {

struct ScopeOptions {
    std::string map;
    std::string workspace;
    std::string asOf;  // a date, a time or an import's number; empty: now
    std::vector<std::string> paths;
    Budget budget;

    bool isEmpty() const { return map.empty() && workspace.empty() && paths.empty(); }
};

struct Scope {
    std::optional<MapDocument> map;
    std::optional<Workspace> workspace;
    EstatePtr estate;  // never null; empty when nothing was imported

    const ContextMap* contextMap() const { return map ? &map->map() : nullptr; }
};

void addScopeOptions(CLI::App& command, ScopeOptions& options);
// `--as-of`: the workspace's facts of then.
void addTimeOption(CLI::App& command, ScopeOptions& options);

// Opens and reads all of it. Without a path or workspace, a map's own `sources` are read with it; without a map, a workspace
// brings the one that it was last used with.
Result<Scope> openScope(const ScopeOptions& options, Progress& progress);

// Reads a map's text from a file.
Result<MapDocument> readMap(const std::string& path, const Progress& progress);
// A map's `sources` as paths, seen from where this program runs.
std::vector<std::string> sourcePaths(const MapDocument& map);

// Whether the map has that product too, by id or name: the two are one thing then.
bool declares(const ContextMap& map, const ObservedProduct& product);

// Now, in UTC, as imports write it: "2026-11-23T07:00:00Z".
std::string timeOfImport();

}  // namespace portolan::ctl
