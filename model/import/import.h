// SPDX-License-Identifier: Apache-2.0
// Imports files and folders: finds what is there, tells formats by content, reads each source under one budget. One bad source
// never stops the others; everything that was skipped is listed.
#pragma once

#include "model/base/budget.h"
#include "model/base/hash.h"
#include "model/base/progress.h"
#include "model/base/result.h"
#include "model/estate/estate.h"

#include <functional>
#include <string>
#include <vector>

namespace portolan {

struct ImportOptions {
    std::string format;      // read every file as this format; empty: by content
    std::string importedAt;  // ISO 8601 UTC, written into every source
    Budget budget;
};

// What was found under the paths that the user named.
struct FoundFile {
    std::string path;  // absolute or as given: to open it
    std::string name;  // relative to the named folder, or the file's name: to show it
    std::int64_t bytes = 0;

    std::string folder() const;  // that the user named; the file's own when it was named itself
};
struct FoundFiles {
    std::vector<FoundFile> files;  // in byte order of their names
    Problems
        skipped;  // links, devices, unreadable and strangely named entries, each with its reason
};
// Walks without following links and without ever blocking on a pipe or device. A path that does not exist is a problem.
FoundFiles findFiles(const std::vector<std::string>& paths, const Budget& budget,
                     Progress& progress);

// What tells without reading whether anything under the paths is another than before: names, sizes, times and places on the disk of
// the files that an import would read. Files of Portolan itself (maps, workspaces) do not count. 0 when the work was stopped.
std::uint64_t looksOf(const std::vector<std::string>& paths, const Budget& budget,
                      Progress& progress);

// One source, read: an estate that holds this source alone. Files that no importer knows have an empty Source::format.
struct ImportedSource {
    EstatePtr estate;  // sources[0] is the source
    bool isRecognised() const
    {
        return !estate->sources.empty() && !estate->sources[0].format.empty();
    }
};
Result<ImportedSource> importFile(const FoundFile& file, const ImportOptions& options,
                                  Progress& progress);

struct ImportReport {
    EstatePtr estate;                  // all sources together
    std::vector<std::string> skipped;  // names of files that no importer knows
    Problems
        problems;  // about entries that are not sources; each source has its own in estate->sources
    double elapsedMs = 0;
};
// Reads everything under the paths. Cancelled: Problem with code "cancelled".
Result<ImportReport> importPaths(const std::vector<std::string>& paths,
                                 const ImportOptions& options, Progress& progress);

}  // namespace portolan
