// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/estate_keeper.h"

#include "ui/base/text.h"
#include "ui/session/session.h"

#include <QFileInfo>
#include <QTimer>

#include <utility>

namespace portolan::ui {
namespace {

std::vector<std::string> toStdPaths(const QStringList& paths)
{
    std::vector<std::string> result;
    for (const QString& path : paths)
        result.push_back(toStdString(path));
    return result;
}

ImportOptions optionsNow()
{
    ImportOptions options;
    options.importedAt = toStdString(QDateTime::currentDateTimeUtc().toString(Qt::ISODate));
    return options;
}

QString countWords(const Estate& estate)
{
    return EstateKeeper::tr("%1 sources, %2 contracts, %3 datasets, %4 jobs")
        .arg(estate.sources.size())
        .arg(estate.contracts.size())
        .arg(estate.datasets.size())
        .arg(estate.jobs.size());
}

}  // namespace

struct EstateKeeper::SharedWorkspace {
    explicit SharedWorkspace(Workspace opened) : workspace(std::move(opened)) {}
    std::mutex mutex;  // a dropped task may still be at work when the next one starts
    Workspace workspace;
};

struct EstateKeeper::OpenedWorkspace {
    std::shared_ptr<SharedWorkspace> workspace;
    EstatePtr estate;
    std::string mapPath;
};

EstateKeeper::EstateKeeper(Session* session, QObject* parent)
    : QObject(parent), m_session(session), m_watch(this)
{
    connect(&m_watch, &SourceWatch::changed, this, &EstateKeeper::importChanged);
}

EstateKeeper::~EstateKeeper() = default;

void EstateKeeper::import(const QStringList& paths)
{
    for (const QString& path : paths)
        if (!m_paths.contains(path))
            m_paths << path;
    const QStringList all = m_workspace ? paths : m_paths;
    m_watch.watch(m_paths);
    m_mustImportAgain = false;
    start(all.size() == 1 ? QFileInfo(all.front()).fileName() : tr("%1 paths").arg(all.size()));
    m_task = Task::start(
        this,
        [all = toStdPaths(all), options = optionsNow(),
         workspace = m_workspace](Progress& progress) -> Result<ImportReport> {
            if (!workspace)
                return importPaths(all, options, progress);
            const std::lock_guard lock(workspace->mutex);
            Result<Workspace::ImportOutcome> outcome =
                workspace->workspace.import(all, options, progress);
            if (!outcome)
                return tl::unexpected(outcome.error());
            return std::move(outcome->report);
        },
        [this](const Result<ImportReport>& report) { showReport(report); });
}

void EstateKeeper::importAgain()
{
    if (canImportAgain())
        import(m_paths);
}

void EstateKeeper::importChanged()
{
    if (!canImportAgain())
        return;
    if (isRunning()) {
        m_mustImportAgain = true;  // what runs now may have read some of them before
        return;
    }
    log(tr("The files have changed"));
    importAgain();
}

bool EstateKeeper::canImportAgain() const
{
    return !m_paths.isEmpty() && !isReadOnly();
}

void EstateKeeper::openWorkspace(const QString& path)
{
    start(QFileInfo(path).fileName());
    m_task = Task::start(
        this,
        [path = toStdString(path)](Progress& progress) -> Result<OpenedWorkspace> {
            Result<Workspace> workspace = Workspace::open(path);
            if (!workspace)
                return tl::unexpected(workspace.error());
            Result<EstatePtr> estate = workspace->estate(progress);
            if (!estate)
                return tl::unexpected(estate.error());
            const Result<std::string> mapPath = workspace->mapPath();
            return OpenedWorkspace{std::make_shared<SharedWorkspace>(std::move(*workspace)),
                                   std::move(*estate), mapPath.value_or(std::string())};
        },
        [this](Result<OpenedWorkspace> opened) { showWorkspace(std::move(opened)); });
}

QString EstateKeeper::workspacePath() const
{
    return m_workspace ? toQString(m_workspace->workspace.path()) : QString();
}

bool EstateKeeper::isReadOnly() const
{
    return m_workspace && m_workspace->workspace.isReadOnly();
}

void EstateKeeper::rememberMap(const QString& mapPath)
{
    if (!m_workspace || m_workspace->workspace.isReadOnly() || isRunning())
        return;
    const std::unique_lock lock(m_workspace->mutex, std::try_to_lock);
    if (lock)  // else an earlier state is being read, and the window does not wait for it
        (void)m_workspace->workspace.setMapPath(toStdString(mapPath));  // a convenience only
}

Task EstateKeeper::readImports(
    QObject* receiver, std::function<void(const Result<std::vector<ImportRun>>&)> done) const
{
    return Task::start(
        receiver,
        [workspace = m_workspace](Progress&) -> Result<std::vector<ImportRun>> {
            if (!workspace)
                return std::vector<ImportRun>();
            const std::lock_guard lock(workspace->mutex);
            return workspace->workspace.imports();
        },
        std::move(done));
}

Task EstateKeeper::readEstate(QObject* receiver, const AsOf& time,
                              std::function<void(const Result<EstatePtr>&)> done) const
{
    return Task::start(
        receiver,
        [workspace = m_workspace, time](Progress& progress) -> Result<EstatePtr> {
            if (!workspace)
                return tl::unexpected(Problem{Severity::Error, "workspace.before-history",
                                              "Only a workspace remembers earlier imports."});
            const std::lock_guard lock(workspace->mutex);
            return workspace->workspace.estate(time, progress);
        },
        std::move(done));
}

void EstateKeeper::clear()
{
    m_task.stop();
    m_watch.forget();
    m_workspace.reset();
    m_paths.clear();
    m_importedAt = {};
    m_session->setEstate(nullptr);
    emit ended();
}

QStringList EstateKeeper::sourceRoots() const
{
    QStringList roots = m_paths;
    if (m_workspace)
        roots << QFileInfo(workspacePath()).absolutePath();
    return roots;
}

void EstateKeeper::start(const QString& what)
{
    log(tr("Reading %1").arg(what));
    emit started(what);
}

void EstateKeeper::showReport(const Result<ImportReport>& report)
{
    if (!report) {
        fail(report.error());
        return;
    }
    m_importedAt = QDateTime::currentDateTime();
    log(tr("Read in %1 s: %2")
            .arg(report->elapsedMs / 1000, 0, 'f', 1)
            .arg(countWords(*report->estate)));
    for (const Problem& problem : report->problems)
        log(toQString(toText(problem)));
    for (const std::string& skipped : report->skipped)
        log(tr("Skipped, no known format: %1").arg(toQString(skipped)));
    m_session->setEstate(report->estate);
    emit reported(*report);
    emit ended();
    if (std::exchange(m_mustImportAgain, false))
        QTimer::singleShot(0, this, &EstateKeeper::importChanged);
}

void EstateKeeper::showWorkspace(Result<OpenedWorkspace> opened)
{
    if (!opened) {
        fail(opened.error());
        return;
    }
    m_workspace = opened->workspace;
    m_watch.forget();
    m_paths.clear();
    m_importedAt = {};
    if (!opened->estate->sources.empty())
        m_importedAt = QDateTime::fromString(toQString(opened->estate->sources.front().importedAt),
                                             Qt::ISODate)
                           .toLocalTime();
    log(tr("Opened %1: %2").arg(workspacePath(), countWords(*opened->estate)));
    m_session->setEstate(opened->estate);
    emit workspaceOpened(workspacePath(), toQString(opened->mapPath));
    emit ended();
}

void EstateKeeper::fail(const Problem& problem)
{
    if (isCancelled(problem)) {
        log(tr("Cancelled; what was there before stays."));
    } else {
        log(toQString(toText(problem)));
        emit failed(shown(problem.message));
    }
    emit ended();
}

void EstateKeeper::log(const QString& line)
{
    emit logged(QTime::currentTime().toString(QStringLiteral("HH:mm:ss  ")) + shown(line));
}

}  // namespace portolan::ui
