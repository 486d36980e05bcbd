// SPDX-License-Identifier: Apache-2.0
#include "ui/session/map_keeper.h"

#include "model/base/file_store.h"

#include "ui/base/text.h"
#include "ui/session/session.h"

#include <QDateTime>
#include <QFileInfo>

namespace portolan::ui {
namespace {

constexpr int flushMs = 800;   // an edit of a second ago survives a power cut
constexpr int settleMs = 150;  // a replaced file comes as several changes of its folder

QString marksOf(const QString& path)
{
    const QFileInfo info(path);
    return info.exists() ? QStringLiteral("%1 %2")
                               .arg(info.size())
                               .arg(info.lastModified().toMSecsSinceEpoch())
                         : QStringLiteral("gone");
}

}  // namespace

MapKeeper::MapKeeper(Session* session, const std::string& stateFolder, QObject* parent)
    : QObject(parent), m_session(session), m_folder(journalFolder(stateFolder))
{
    m_flushTimer.setSingleShot(true);
    m_flushTimer.setInterval(flushMs);
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(settleMs);
    connect(&m_flushTimer, &QTimer::timeout, this, [this] {
        if (m_journal)
            report(m_journal->flush());
    });
    connect(&m_checkTimer, &QTimer::timeout, this, &MapKeeper::check);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this,
            [this] { m_checkTimer.start(); });
    connect(session, &Session::mapOpened, this, &MapKeeper::begin);
    connect(session, &Session::editApplied, this, &MapKeeper::keep);
}

std::string MapKeeper::journalFolder(const std::string& stateFolder)
{
    return stateFolder + "/journal";
}

void MapKeeper::begin()
{
    m_flushTimer.stop();
    m_journal.reset();
    m_acceptedMark.clear();
    m_wasChanged = false;
    watch();
    const MapDocument* document = m_session->document();
    if (!document)
        return;
    Result<EditJournal> journal =
        EditJournal::begin(m_folder, m_session->stamp().path, document->text());
    if (journal)
        m_journal.emplace(std::move(*journal));
    else
        report(tl::unexpected(journal.error()));
}

void MapKeeper::keep(const Edit& edit)
{
    if (!m_journal)
        return;
    report(m_journal->append(edit));
    if (!m_flushTimer.isActive())
        m_flushTimer.start();
}

Result<> MapKeeper::save(bool overwrite)
{
    return saveAs(m_session->stamp().path, overwrite);
}

Result<> MapKeeper::saveAs(const std::string& path, bool overwrite)
{
    const MapDocument* document = m_session->document();
    if (!document)
        return tl::unexpected(Problem{Severity::Error, "session.no-map", "No map is open.", {}});
    Result<FileStamp> stamp = saveMapFile(path, document->text(), m_session->stamp(), overwrite);
    if (!stamp)
        return tl::unexpected(stamp.error());
    adopt(std::move(*stamp));
    return {};
}

void MapKeeper::adopt(FileStamp stamp)
{
    const std::string path = stamp.path;
    m_session->markSaved(std::move(stamp));
    m_flushTimer.stop();
    m_acceptedMark.clear();
    m_wasChanged = false;
    if (m_journal)
        report(m_journal->rebase(path, m_session->document()->text()));
    watch();
    emit agreesWithDisk();
}

Result<> MapKeeper::saveCopy(const std::string& path) const
{
    const MapDocument* document = m_session->document();
    if (!document)
        return tl::unexpected(Problem{Severity::Error, "session.no-map", "No map is open.", {}});
    return saveAtomically(path, document->text());
}

void MapKeeper::discardEdits()
{
    m_flushTimer.stop();
    if (m_journal)
        report(m_journal->discard());
    m_journal.reset();
}

void MapKeeper::check()
{
    const FileStamp& stamp = m_session->stamp();
    if (!m_session->document() || stamp.path.empty() || stamp.bytes < 0)
        return;
    watch();  // the folder itself may have been replaced
    const FileChange change = changeOnDisk(stamp);
    if (change == FileChange::None) {
        m_acceptedMark.clear();
        if (std::exchange(m_wasChanged, false))
            emit agreesWithDisk();
        return;
    }
    m_wasChanged = true;
    if (marksOf(m_session->mapPath()) != m_acceptedMark)
        emit changedOnDisk(change);
}

void MapKeeper::acceptChange()
{
    m_acceptedMark = marksOf(m_session->mapPath());
}

// The folder, not the file: an atomic replace takes the watched file away.
void MapKeeper::watch()
{
    const QString path = m_session->mapPath();
    const QString folder = path.isEmpty() ? QString() : QFileInfo(path).absolutePath();
    const QStringList watched = m_watcher.directories();
    if (watched == QStringList(folder))
        return;
    if (!watched.isEmpty())
        m_watcher.removePaths(watched);
    if (!folder.isEmpty())
        m_watcher.addPath(folder);
}

void MapKeeper::report(const Result<>& result)
{
    if (!result)
        m_session->raiseMessage(shown(result.error().message), true);
}

}  // namespace portolan::ui
