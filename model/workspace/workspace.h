// SPDX-License-Identifier: Apache-2.0
// A workspace (*.portolan): one SQLite file with what was imported, from where, and a full-text index. It can be rebuilt from the
// sources. Safe against a second process and against a kill at any moment: an import is all or nothing per source.
#pragma once

#include "model/base/progress.h"
#include "model/base/result.h"
#include "model/estate/estate.h"
#include "model/import/import.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace portolan {

struct SearchHit {
    EntityRef entity;
    std::string name;
    std::string path;  // where it belongs, for people: "orders / 1.2.0 / order_id"
    double score = 0;  // higher is better
};

// An import that changed something.
struct ImportRun {
    std::int64_t number = 0;  // from 1 on, never used again
    std::string at;           // "2026-11-24T10:30:00Z"
    int added = 0;            // sources
    int replaced = 0;
    int removed = 0;
};
std::string whatChanged(const ImportRun& run);  // "added 3, replaced 2"

// A moment of the past: after the import of that number, or (0) at a time: "2026-11-24", which is its end, "2026-11-24T10:30Z".
struct AsOf {
    std::int64_t import = 0;
    std::string time;

    friend bool operator==(const AsOf&, const AsOf&) = default;
};
AsOf asOfFrom(std::string_view words);  // "12" is an import, all else a time

// An earlier state stays known for as long as it is among the last so many imports, or no older than so many days; but the facts
// of all earlier states take at most so many times the bytes of the current ones, and the oldest go first.
struct HistorySettings {
    int imports = 50;
    int days = 400;
    int timesCurrent = 4;
};

class Workspace {
public:
    enum class Access { ReadWrite, ReadOnly };

    // Opens or (ReadWrite) makes it. Codes when not done: "workspace.not-ours", "workspace.newer-version", "workspace.damaged",
    // "workspace.unreadable". A file from elsewhere is data: its schema is compared with ours text for text before any other use.
    // When another process writes, ReadWrite falls back to read only and isReadOnly() says so, with who in `holder()`.
    static Result<Workspace> open(const std::string& path, Access access = Access::ReadWrite);

    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;
    ~Workspace();

    const std::string& path() const;
    bool isReadOnly() const;
    std::string holder() const;

    // Imports paths into it: unchanged files (same name and hash) are left as they are, a changed file's facts are replaced, files
    // under the same paths that are gone are dropped. What was replaced or dropped stays known as history. Each source in one transaction.
    struct ImportOutcome {
        ImportReport report;  // report.estate is the whole workspace's estate afterwards
        int added = 0;
        int replaced = 0;
        int unchanged = 0;
        int removed = 0;
    };
    Result<ImportOutcome> import(const std::vector<std::string>& paths,
                                 const ImportOptions& options, Progress& progress);

    // Everything in it, and what its queries say of columns: read when it was imported, and again only where that is lost.
    Result<EstatePtr> estate() const;
    Result<EstatePtr> estate(Progress& progress) const;

    // The imports that changed something and whose outcome is still known, the newest first.
    Result<std::vector<ImportRun>> imports() const;
    // Everything that was in it then: after the last import at or before that time, whose row this is. Codes when not done:
    // "workspace.before-history", "workspace.no-time".
    Result<ImportRun> importAsOf(const AsOf& time) const;
    Result<EstatePtr> estate(const AsOf& time, Progress& progress) const;

    HistorySettings historySettings() const;
    Result<> setHistorySettings(const HistorySettings& settings);  // trims what there is
    Result<> forgetHistory();                                      // only the current state is kept

    // The map that this workspace was last used with; empty when none. Relative to the workspace's folder where it can be.
    Result<std::string> mapPath() const;
    Result<> setMapPath(const std::string& path);

    // Words that the user typed, in any spelling; they are never taken as a query language.
    Result<std::vector<SearchHit>> search(std::string_view words, int limit = 50) const;

    // Makes the single file whole (no side files), to be copied or mailed.
    Result<> checkpoint();
    Result<> saveCopy(const std::string& path) const;

private:
    struct State;
    explicit Workspace(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// Search over an estate and a map in memory: for the palette and for runs without a workspace. Ranked by kind and closeness.
std::vector<SearchHit> searchEstate(const Estate& estate, const struct ContextMap* map,
                                    std::string_view words, int limit = 50);

}  // namespace portolan
