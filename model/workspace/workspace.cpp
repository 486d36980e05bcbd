// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/workspace.h"

#include "model/base/file_store.h"
#include "model/base/hash.h"
#include "model/estate/contradictions.h"
#include "model/estate/estate_builder.h"
#include "model/import/importers.h"
#include "model/import/source_folder.h"
#include "model/import/sql_lineage_facts.h"
#include "model/workspace/database.h"
#include "model/workspace/fact_store.h"
#include "model/workspace/history.h"
#include "model/workspace/query_store.h"
#include "model/workspace/search_index.h"
#include "model/workspace/workspace_opening.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portolan {

namespace {

namespace fs = std::filesystem;

// A file written so shortly before we looked may be written again without another mark of time.
constexpr std::int64_t coarsestTickNs = 2'000'000'000;

// What the importers give changes with the program; a source that another version read is read again.
// Sources that were read by another version, or by other importers of it, are read anew.
const std::string readerVersion =
    std::string(PORTOLAN_VERSION) + "/" + std::to_string(importersRevision);

std::string absolute(const std::string& path)
{
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(fs::absolute(path, error), error);
    std::string text = error ? path : whole.string();
    while (text.size() > 1 && text.back() == '/')
        text.pop_back();
    return text;
}

bool isBelow(std::string_view path, std::string_view folder)
{
    return path.size() > folder.size() && path.starts_with(folder) &&
           (folder.ends_with('/') || path[folder.size()] == '/');
}

// Paths are kept relative to the workspace's folder when they are below it, so that both can move together.
class Places {
public:
    explicit Places(const std::string& workspace)
        : m_folder(fs::path(absolute(workspace)).parent_path().string())
    {
    }
    std::string kept(const std::string& path) const
    {
        const std::string whole = absolute(path);
        if (!isBelow(whole, m_folder))
            return whole;
        return whole.substr(m_folder.size() + (m_folder.ends_with('/') ? 0 : 1));
    }
    std::string whole(const std::string& kept) const
    {
        return kept.starts_with('/') ? kept : m_folder + "/" + kept;
    }

private:
    std::string m_folder;
};

struct Marks {
    std::int64_t bytes = -1;
    std::int64_t inode = 0;
    std::int64_t modifiedNs = 0;  // 0: not to be trusted

    friend bool operator==(const Marks&, const Marks&) = default;
};

std::int64_t nanoseconds(const timespec& time)
{
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

Marks marksOf(const std::string& path)
{
    struct stat status = {};
    if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return {};
    timespec now = {};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const std::int64_t modified = nanoseconds(status.st_mtim);
    return {status.st_size, static_cast<std::int64_t>(status.st_ino),
            modified + coarsestTickNs < nanoseconds(now) ? modified : 0};
}

bool isGone(const std::string& path)
{
    struct stat status = {};
    return ::lstat(path.c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

// SHA-256 of a file of any size; empty when it cannot be read or the work was stopped.
std::string hashOfFile(const std::string& path, Progress& progress)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (file < 0)
        return {};
    Sha256 hash;
    std::string piece(1 << 20, '\0');
    ssize_t count = 0;
    while ((count = ::read(file, piece.data(), piece.size())) > 0 && !progress.stopRequested())
        hash.add(std::string_view(piece.data(), static_cast<std::size_t>(count)));
    ::close(file);
    return count == 0 ? hash.hex() : std::string();
}

// From the first change on the file is prepared for many; it is put in order also where the work ends early.
class Writing {
public:
    explicit Writing(Database& database) : m_database(database) {}
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    ~Writing()
    {
        if (m_hasBegun)
            endWriting(m_database);
    }

    Database& database()
    {
        if (!std::exchange(m_hasBegun, true))
            beginWriting(m_database);
        return m_database;
    }

private:
    Database& m_database;
    bool m_hasBegun = false;
};

// What was merged last from which sources, so that a folder that did not change is not merged anew.
class Remembered {
public:
    EstatePtr of(const std::vector<StoredSource>& stored) const
    {
        return m_estate && marksOf(stored) == m_marks ? m_estate : nullptr;
    }

    void keep(const std::vector<StoredSource>& stored, EstatePtr estate)
    {
        m_marks = marksOf(stored);
        m_estate = std::move(estate);
    }

private:
    // factsHash is of all the facts themselves: whatever another process wrote shows in it.
    using Mark = std::tuple<std::int64_t, std::int64_t, std::string>;
    static std::vector<Mark> marksOf(const std::vector<StoredSource>& stored)
    {
        std::vector<Mark> marks;
        marks.reserve(stored.size());
        for (const StoredSource& one : stored)
            marks.emplace_back(one.id, one.factsHash, one.source.hash);
        return marks;
    }

    std::vector<Mark> m_marks;
    EstatePtr m_estate;
};

// One import into a workspace: the sources that stay, the files that were found, merged in the order of their names.
class WorkspaceImport {
public:
    WorkspaceImport(Database& database, Remembered& remembered,
                    const std::vector<std::string>& paths, const ImportOptions& options,
                    Progress& progress)
        : m_database(database), m_remembered(remembered), m_writing(database),
          m_record(database, options.importedAt), m_places(database.path()), m_options(options),
          m_progress(progress)
    {
        for (const std::string& path : paths)
            m_named.push_back(absolute(path));
        m_found = findFiles(paths, options.budget, progress);
    }

    Result<Workspace::ImportOutcome> run()
    {
        const auto start = std::chrono::steady_clock::now();
        if (m_progress.stopRequested())
            return tl::unexpected(cancelled());  // not all files were found
        if (Result<> planned = plan(); !planned)
            return tl::unexpected(std::move(planned.error()));
        if (Result<> done = m_known ? performAll() : mergeAll(); !done)
            return tl::unexpected(std::move(done.error()));
        if (m_known && m_hasChanged) {
            m_known = nullptr;
            if (Result<> done = mergeAll(); !done)
                return tl::unexpected(std::move(done.error()));
        }
        if (Result<> done = m_known ? Result<>() : derive(); !done)
            return tl::unexpected(std::move(done.error()));
        if (m_known)
            m_outcome.report.estate = m_known;
        if (Result<> done = remember(); !done)
            return tl::unexpected(std::move(done.error()));
        if (Result<> done = m_hasChanged ? trimHistory(m_writing.database()) : Result<>(); !done)
            return tl::unexpected(std::move(done.error()));
        const Problems contradicting = contradictions(*m_outcome.report.estate);
        m_outcome.report.problems.insert(m_outcome.report.problems.end(), contradicting.begin(),
                                         contradicting.end());
        m_outcome.report.problems.insert(m_outcome.report.problems.begin(), m_found.skipped.begin(),
                                         m_found.skipped.end());
        m_outcome.report.elapsedMs =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
                .count();
        return std::move(m_outcome);
    }

private:
    struct Step {
        std::optional<StoredSource> stored;
        std::optional<FoundFile> found;  // empty: it stays as it is
        std::string file;
        bool isDone = false;
        bool isKept = false;  // what is stored of it counts
        EstatePtr estate;     // what was read of it now

        const std::string& name() const { return found ? found->name : stored->source.path; }
    };

    Result<> plan()
    {
        Result<std::vector<StoredSource>> stored = storedSources(m_database);
        if (!stored)
            return tl::unexpected(std::move(stored.error()));
        m_readAlso = storedReadAlso(m_database);
        m_known = m_remembered.of(*stored);
        std::map<std::string, Step> steps;
        for (StoredSource& source : *stored) {
            Step& step = steps[source.file];
            step.file = source.file;
            step.stored = std::move(source);
        }
        for (const FoundFile& file : m_found.files) {
            Step& step = steps[m_places.kept(file.path)];
            step.file = m_places.kept(file.path);
            step.found = file;
            m_totalBytes += file.bytes;
        }
        for (auto& [file, step] : steps)
            m_steps.push_back(std::move(step));
        std::sort(m_steps.begin(), m_steps.end(), [](const Step& a, const Step& b) {
            return std::tie(a.name(), a.file) < std::tie(b.name(), b.file);
        });
        return {};
    }

    // Against what is known already: most often nothing has changed, and then nothing is merged.
    Result<> performAll()
    {
        for (Step& step : m_steps) {
            if (Result<> done = perform(step); !done)
                return done;
        }
        return {};
    }

    // What stays is loaded at once, which costs a tenth of loading it source by source; what was read is merged as soon as it is.
    Result<> mergeAll()
    {
        for (Step& step : m_steps) {
            if (m_progress.stopRequested())
                return tl::unexpected(cancelled());
            decide(step);
        }
        if (Result<> loaded = loadKept(); !loaded)
            return loaded;
        for (Step& step : m_steps) {
            if (Result<> done = perform(step); !done)
                return done;
            if (m_steps.size() == 1)
                m_only = step.estate;  // nothing to merge with
            else if (step.estate)
                m_builder.add(*step.estate);
            step.estate = nullptr;
        }
        return {};
    }

    void decide(Step& step)
    {
        if (step.isDone || step.isKept)
            return;
        step.isKept =
            step.found ? isUnchanged(step) : !(wasNamed(step) && isGone(m_places.whole(step.file)));
    }

    Result<> loadKept()
    {
        std::vector<StoredSource> kept;
        std::vector<Step*> steps;
        for (Step& step : m_steps) {
            if (step.isKept && !step.estate) {
                kept.push_back(*step.stored);
                steps.push_back(&step);
            }
        }
        if (kept.empty())
            return {};
        Result<std::vector<Estate>> loaded = loadSources(m_database, kept);
        if (!loaded) {
            m_database.clearProblem();
            return {};  // one has decayed: each by itself says which
        }
        for (std::size_t i = 0; i < steps.size(); ++i)
            steps[i]->estate = std::make_shared<const Estate>(std::move((*loaded)[i]));
        return {};
    }

    // What the queries of all sources say of columns; those that are known are not read again.
    Result<> derive()
    {
        if (m_only && m_only->queries.empty()) {
            m_outcome.report.estate = m_only;
            return {};
        }
        Estate whole = m_only ? *m_only : m_builder.take();
        const SqlLineageOutcome derived =
            deriveSqlLineage(whole, storedQueries(m_database), m_progress);
        if (!derived.isComplete)
            return tl::unexpected(cancelled());
        m_outcome.report.estate = std::make_shared<const Estate>(std::move(whole));
        const bool isToStore = !derived.isNew.empty() || !derived.isGone.empty();
        return isToStore ? storeQueries(m_writing.database(), derived) : Result<>();
    }

    Result<> remember()
    {
        if (m_known)
            return {};  // nothing was stored
        const Result<std::vector<StoredSource>> stored = storedSources(m_database);
        if (!stored)
            return tl::unexpected(stored.error());
        m_remembered.keep(*stored, m_outcome.report.estate);
        return {};
    }

    Result<> perform(Step& step)
    {
        if (m_progress.stopRequested())
            return tl::unexpected(cancelled());
        if (step.isDone)
            return {};
        decide(step);
        step.isDone = true;
        if (!step.found)
            return step.isKept ? keep(step) : drop(step);
        m_progress.setWhat(step.found->name);
        Result<> done = step.isKept ? keep(step) : read(step);
        m_doneBytes += step.found->bytes;
        m_progress.report(m_doneBytes, m_totalBytes);
        return done;
    }

    bool wasNamed(const Step& step) const
    {
        const std::string whole = m_places.whole(step.file);
        return std::any_of(m_named.begin(), m_named.end(), [&whole](const std::string& named) {
            // Of a folder that is gone itself we know nothing: a disk that is not there today, perhaps.
            return whole == named || (isBelow(whole, named) && !isGone(named));
        });
    }

    bool isUnchanged(Step& step)
    {
        if (!step.stored || step.stored->reader != readerVersion ||
            step.stored->source.path != step.found->name ||
            (!m_options.format.empty() && m_options.format != step.stored->source.format))
            return false;
        StoredSource& stored = *step.stored;
        if (hasChangedBeside(stored, *step.found))
            return false;
        const Marks before = marksOf(step.found->path);
        const Marks known{stored.source.bytes, stored.inode, stored.modifiedNs};
        if (before == known && before.modifiedNs != 0)
            return true;
        if (before.bytes != stored.source.bytes ||
            hashOfFile(step.found->path, m_progress) != stored.source.hash)
            return false;
        if (before.modifiedNs == 0)
            return true;  // too fresh to be known again by its marks
        stored.inode = before.inode;
        stored.modifiedNs = before.modifiedNs;
        (void)updateMarks(m_writing.database(), stored);  // else it is hashed again the next time
        m_database.clearProblem();
        return true;
    }

    // Whether another file that its references lead to says something else now.
    bool hasChangedBeside(const StoredSource& stored, const FoundFile& found)
    {
        const auto beside = m_readAlso.find(stored.id);
        if (beside == m_readAlso.end())
            return false;
        const SourceFolder folder{found.folder(), found.name};
        return std::any_of(beside->second.begin(), beside->second.end(), [&](const ReadAlso& one) {
            const auto [known, isNew] = m_hashesNow.try_emplace(folder.path + "/" + one.path);
            if (isNew)
                known->second = hashNow(folder, one.path);
            return known->second != one.hash;
        });
    }

    Result<> keep(Step& step)
    {
        m_outcome.unchanged += step.found ? 1 : 0;
        if (m_known || step.estate)
            return {};
        Result<Estate> estate = loadSource(m_database, *step.stored);
        if (estate) {
            step.estate = std::make_shared<const Estate>(std::move(*estate));
            return {};
        }
        if (!step.found)
            return tl::unexpected(estate.error());
        m_database.clearProblem();
        --m_outcome.unchanged;
        step.isKept = false;
        return read(step);  // what was kept of it has decayed
    }

    Result<> read(Step& step)
    {
        const Marks before = marksOf(step.found->path);
        const Result<ImportedSource> imported = importFile(*step.found, m_options, m_progress);
        if (!imported &&
            (isCancelled(imported.error()) || imported.error().code == "import.unknown-format"))
            return tl::unexpected(imported.error());
        if (m_progress.stopRequested())
            return tl::unexpected(cancelled());
        if (!imported) {
            m_outcome.report.problems.push_back(imported.error());
            return step.stored ? keepInstead(step) : Result<>();
        }
        if (!imported->isRecognised()) {
            const Problems& problems = imported->estate->sources.front().problems;
            m_outcome.report.skipped.push_back(step.found->name);
            m_outcome.report.problems.insert(m_outcome.report.problems.end(), problems.begin(),
                                             problems.end());
            return step.stored ? drop(step) : Result<>();
        }
        return store(step, imported->estate, before);
    }

    // A file that cannot be read now says nothing against what it said before.
    Result<> keepInstead(Step& step)
    {
        if (!m_known) {
            Result<Estate> estate = loadSource(m_database, *step.stored);
            if (!estate)
                return tl::unexpected(estate.error());
            step.estate = std::make_shared<const Estate>(std::move(*estate));
        }
        step.isKept = true;
        m_outcome.report.problems.push_back(
            {Severity::Warning,
             "workspace.kept-earlier",
             "It cannot be read now; the facts from its import of " +
                 step.stored->source.importedAt + " are kept.",
             {step.found->name}});
        return {};
    }

    Result<> store(Step& step, const EstatePtr& estate, const Marks& before)
    {
        StoredSource stored;
        stored.file = step.file;
        stored.source = estate->sources.front();
        stored.reader = readerVersion;
        const Marks after = marksOf(step.found->path);
        if (before == after && before.bytes == stored.source.bytes) {
            stored.inode = after.inode;
            stored.modifiedNs = after.modifiedNs;
        }
        if (Result<> done = storeSource(m_writing.database(), std::move(stored), *estate, m_record);
            !done)
            return done;
        step.estate = estate;
        m_hasChanged = true;
        ++(step.stored ? m_outcome.replaced : m_outcome.added);
        return {};
    }

    Result<> drop(const Step& step)
    {
        ++m_outcome.removed;
        m_hasChanged = true;
        return dropSource(m_writing.database(), step.stored->id, m_record);
    }

    Database& m_database;
    Remembered& m_remembered;
    Writing m_writing;
    ImportRecord m_record;
    Places m_places;
    const ImportOptions& m_options;
    Progress& m_progress;
    std::vector<std::string> m_named;
    FoundFiles m_found;
    std::vector<Step> m_steps;
    std::unordered_map<std::int64_t, std::vector<ReadAlso>> m_readAlso;  // by source
    std::unordered_map<std::string, std::string> m_hashesNow;            // by path
    std::int64_t m_doneBytes = 0;
    std::int64_t m_totalBytes = 0;
    EstateBuilder m_builder;
    EstatePtr m_known;  // of what is stored, from the last time; nothing is loaded while it stands
    EstatePtr m_only;
    bool m_hasChanged = false;
    Workspace::ImportOutcome m_outcome;
};

}  // namespace

struct Workspace::State {
    OpenedWorkspace opened;
    std::string path;
    Remembered remembered;

    Database& database() const { return *opened.database; }
    Result<EstatePtr> load(SqlLineageOutcome& derived, Progress& progress);

    ~State()
    {
        if (opened.database && !opened.isReadOnly)
            endWriting(*opened.database);
    }

    // Before anything is written.
    Result<> mayWrite() const
    {
        database().clearProblem();
        if (opened.isReadOnly) {
            const std::string& holder = opened.lock.holder();
            return tl::unexpected(Problem{
                Severity::Error,
                "workspace.read-only",
                holder.empty() ? "The workspace can only be read here."
                               : "The workspace can only be read: " + holder + " is writing to it.",
                {path}});
        }
        if (database().hasMoved())
            return tl::unexpected(
                Problem{Severity::Error,
                        "workspace.gone",
                        "The workspace is gone from the disk since it was opened: save a copy of "
                        "it under this or another name.",
                        {path}});
        return {};
    }
};

Workspace::Workspace(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

Result<Workspace> Workspace::open(const std::string& path, Access access)
{
    Result<OpenedWorkspace> opened = openWorkspace(path, access == Access::ReadWrite);
    if (!opened)
        return tl::unexpected(std::move(opened.error()));
    auto state = std::make_unique<State>();
    state->opened = std::move(*opened);
    state->path = path;
    return Workspace(std::move(state));
}

const std::string& Workspace::path() const
{
    return m_state->path;
}

bool Workspace::isReadOnly() const
{
    return m_state->opened.isReadOnly;
}

std::string Workspace::holder() const
{
    return m_state->opened.lock.holder();
}

Result<Workspace::ImportOutcome> Workspace::import(const std::vector<std::string>& paths,
                                                   const ImportOptions& options, Progress& progress)
{
    if (Result<> may = m_state->mayWrite(); !may)
        return tl::unexpected(std::move(may.error()));
    return WorkspaceImport(m_state->database(), m_state->remembered, paths, options, progress)
        .run();
}

Result<EstatePtr> Workspace::estate() const
{
    Progress progress;
    return estate(progress);
}

Result<EstatePtr> Workspace::estate(Progress& progress) const
{
    SqlLineageOutcome derived;
    Result<EstatePtr> estate = m_state->load(derived, progress);
    const bool isToStore = !derived.isNew.empty() || !derived.isGone.empty();
    if (estate && isToStore && m_state->mayWrite()) {
        (void)storeQueries(m_state->database(), derived);  // else they are read again the next time
        m_state->database().clearProblem();
    }
    return estate;
}

Result<EstatePtr> Workspace::State::load(SqlLineageOutcome& derived, Progress& progress)
{
    database().clearProblem();
    const Transaction whole(database(), Transaction::Kind::Read);
    const Result<std::vector<StoredSource>> stored = storedSources(database());
    if (!stored)
        return tl::unexpected(stored.error());
    if (EstatePtr known = remembered.of(*stored))
        return known;
    const Result<std::vector<Estate>> parts = loadSources(database(), *stored);
    if (!parts)
        return tl::unexpected(parts.error());
    EstateBuilder builder;
    for (const Estate& part : *parts)
        builder.add(part);
    Estate merged = builder.take();
    derived = deriveSqlLineage(merged, storedQueries(database()), progress);
    if (!derived.isComplete)
        return tl::unexpected(cancelled());
    const EstatePtr estate = std::make_shared<const Estate>(std::move(merged));
    remembered.keep(*stored, estate);
    return estate;
}

Result<std::vector<ImportRun>> Workspace::imports() const
{
    m_state->database().clearProblem();
    return storedImports(m_state->database());
}

Result<ImportRun> Workspace::importAsOf(const AsOf& time) const
{
    m_state->database().clearProblem();
    return portolan::importAsOf(m_state->database(), time);
}

Result<EstatePtr> Workspace::estate(const AsOf& time, Progress& progress) const
{
    Database& database = m_state->database();
    database.clearProblem();
    const Transaction whole(database, Transaction::Kind::Read);
    const Result<ImportRun> run = portolan::importAsOf(database, time);
    if (!run)
        return tl::unexpected(run.error());
    const Result<std::vector<StoredSource>> stored = storedSourcesAsOf(database, run->number);
    if (!stored)
        return tl::unexpected(stored.error());
    const Result<std::vector<Estate>> parts = loadSources(database, *stored);
    if (!parts)
        return tl::unexpected(parts.error());
    EstateBuilder builder;
    for (const Estate& part : *parts) {
        if (progress.stopRequested())
            return tl::unexpected(cancelled());
        builder.add(part);
    }
    Estate merged = builder.take();
    if (!deriveSqlLineage(merged, storedQueries(database), progress).isComplete)
        return tl::unexpected(cancelled());
    return std::make_shared<const Estate>(std::move(merged));
}

HistorySettings Workspace::historySettings() const
{
    m_state->database().clearProblem();
    return storedHistorySettings(m_state->database());
}

Result<> Workspace::setHistorySettings(const HistorySettings& settings)
{
    if (Result<> may = m_state->mayWrite(); !may)
        return may;
    return storeHistorySettings(m_state->database(), settings);
}

Result<> Workspace::forgetHistory()
{
    if (Result<> may = m_state->mayWrite(); !may)
        return may;
    return forgetAllHistory(m_state->database());
}

AsOf asOfFrom(std::string_view words)
{
    constexpr std::size_t mostDigits = 9;
    std::int64_t import = 0;
    const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), import);
    const bool isNumber =
        error == std::errc() && end == words.data() + words.size() && words.size() <= mostDigits;
    return isNumber && import > 0 ? AsOf{import, {}} : AsOf{0, std::string(words)};
}

std::string whatChanged(const ImportRun& run)
{
    std::string words;
    const auto add = [&](const char* what, int count) {
        if (count > 0)
            words += (words.empty() ? "" : ", ") + std::string(what) + " " + std::to_string(count);
    };
    add("added", run.added);
    add("replaced", run.replaced);
    add("removed", run.removed);
    return words;
}

Result<std::string> Workspace::mapPath() const
{
    Database& database = m_state->database();
    database.clearProblem();
    const std::optional<std::string> kept =
        database.firstText("SELECT value FROM about WHERE key = 'map'");
    if (database.problem())
        return tl::unexpected(*database.problem());
    return kept.value_or("");
}

Result<> Workspace::setMapPath(const std::string& path)
{
    if (Result<> may = m_state->mayWrite(); !may)
        return may;
    Database& database = m_state->database();
    const std::string kept = path.empty() ? path : Places(database.path()).kept(path);
    if (database.firstText("SELECT value FROM about WHERE key = 'map'").value_or("") == kept)
        return database.outcome();
    Transaction transaction(database);
    {
        Statement statement(database, "INSERT OR REPLACE INTO about(key, value) VALUES('map', ?)");
        statement.bind(kept).step();
    }
    transaction.commit();
    return database.outcome();
}

Result<std::vector<SearchHit>> Workspace::search(std::string_view words, int limit) const
{
    m_state->database().clearProblem();
    return searchIndex(m_state->database(), words, limit);
}

Result<> Workspace::checkpoint()
{
    if (Result<> may = m_state->mayWrite(); !may)
        return may;
    endWriting(m_state->database());
    return {};
}

Result<> Workspace::saveCopy(const std::string& path) const
{
    Database& database = m_state->database();
    database.clearProblem();
    // Made whole beside its place first: SQLite refuses to write into a file that is there.
    const std::string made = path + ".portolan-copy";
    ::unlink(made.c_str());
    database.allowAttaching(true);
    {
        Statement statement(database, "VACUUM INTO ?");
        statement.bind(made).step();
    }
    database.allowAttaching(false);
    if (Result<> outcome = database.outcome(); !outcome) {
        ::unlink(made.c_str());
        return outcome;
    }
    return putInPlace(made, path);
}

}  // namespace portolan
