// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/file_menu.h"

#include "model/base/budget.h"
#include "model/base/file_store.h"
#include "model/base/hash.h"
#include "model/map/as_is.h"

#include "ui/base/message_band.h"
#include "ui/base/question.h"
#include "ui/base/text.h"
#include "ui/session/edit_command.h"
#include "ui/session/map_keeper.h"
#include "ui/session/session.h"
#include "ui/shell/auto_saver.h"
#include "ui/shell/difference_dialog.h"
#include "ui/shell/estate_keeper.h"
#include "ui/shell/example.h"
#include "ui/shell/main_window.h"
#include "ui/shell/opened_paths.h"
#include "ui/shell/recent_files.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QUndoStack>

#include <algorithm>

namespace portolan::ui {
namespace {

const QString diskBand = QStringLiteral("disk");
const QString recoveryBand = QStringLiteral("recovery");
const QString fileBand = QStringLiteral("file");

QString nameOf(const QString& path)
{
    return path.isEmpty() ? FileMenu::tr("the untitled map") : shown(QFileInfo(path).fileName());
}

// Asks for a path without waiting; `take` gets it when one was chosen.
void askForPath(QWidget* parent, const QString& title, QFileDialog::FileMode mode,
                QFileDialog::AcceptMode accept, const QString& filter, const QString& suggestion,
                std::function<void(const QStringList&)> take)
{
    auto* dialog = new QFileDialog(parent, title);
    dialog->setObjectName(QStringLiteral("fileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(accept);
    dialog->setFileMode(mode);
    if (!filter.isEmpty())
        dialog->setNameFilters(filter.split(QStringLiteral(";;")));
    if (!suggestion.isEmpty()) {
        dialog->setDirectory(QFileInfo(suggestion).absolutePath());
        dialog->selectFile(QFileInfo(suggestion).fileName());
    }
    QObject::connect(dialog, &QFileDialog::filesSelected, parent,
                     [take = std::move(take)](const QStringList& paths) { take(paths); });
    dialog->open();
}

QString withSuffix(const QString& path, const QString& suffix)
{
    return QFileInfo(path).suffix().isEmpty() ? path + u'.' + suffix : path;
}

QString editCount(const AbandonedJournal& journal)
{
    return counted(qsizetype(journal.edits.size()), FileMenu::tr("%1 unsaved edit"),
                   FileMenu::tr("%1 unsaved edits"));
}

// The map of a journal as it was when its edits began, with the marks of the file it was then.
Result<OpenedMap> baseOf(const AbandonedJournal& journal)
{
    if (!journal.mapPath.empty()) {
        Result<OpenedMap> onDisk = openMapFile(journal.mapPath);
        if (onDisk && onDisk->document.text() == journal.baseText)
            return onDisk;
    }
    Result<MapDocument> document = MapDocument::read(journal.baseText, journal.mapPath);
    if (!document)
        return tl::unexpected(document.error());
    FileStamp stamp;
    stamp.path = journal.mapPath;
    if (!journal.mapPath.empty()) {
        stamp.bytes = static_cast<std::int64_t>(journal.baseText.size());
        stamp.hash = sha256(journal.baseText);
    }
    return OpenedMap{std::move(*document), std::move(stamp)};
}

}  // namespace

FileMenu::FileMenu(MainWindow* window, RecentFiles* recent)
    : QObject(window), m_window(window), m_recent(recent), m_session(window->session()),
      m_maps(window->maps()), m_estates(window->estates()),
      m_autoSaver(new AutoSaver(m_session, m_maps, this))
{
    createActions();
    connect(m_recent, &RecentFiles::chosen, this,
            [this](const QString& path) { openPaths({path}); });
    connect(m_maps, &MapKeeper::changedOnDisk, this, &FileMenu::showDiskChange);
    connect(m_maps, &MapKeeper::agreesWithDisk, this, [this] { m_window->band(diskBand)->hide(); });
    connect(m_estates, &EstateKeeper::failed, this, [this](const QString& message) {
        m_window->band(fileBand)->show(Sign::Error, tr("Not imported: %1").arg(message));
    });
    connect(m_estates, &EstateKeeper::workspaceOpened, this,
            [this](const QString& path, const QString& mapPath) {
                m_recent->add(path);
                if (m_estates->isReadOnly())
                    m_window->band(fileBand)->show(
                        Sign::Info,
                        tr("%1 is open read only; imports are not kept in it.").arg(nameOf(path)));
                if (!mapPath.isEmpty() && !m_session->document())
                    openMap(QDir(QFileInfo(path).absolutePath()).absoluteFilePath(mapPath));
                refresh();
            });
    connect(m_estates, &EstateKeeper::ended, this, &FileMenu::refresh);
    connect(m_session, &Session::mapChanged, this, &FileMenu::refresh);
    connect(m_session, &Session::modifiedChanged, this, &FileMenu::refresh);
    connect(m_session, &Session::savedAs, this, &FileMenu::refresh);
    connect(m_autoSaver, &AutoSaver::saved, this, [this] {
        m_session->raiseMessage(tr("Saved %1 by itself").arg(nameOf(m_session->mapPath())));
    });
    refresh();
}

QAction* FileMenu::add(const QString& text, const QString& name, const QKeySequence& keys,
                       void (FileMenu::*run)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, [this, run] { (this->*run)(); });
    m_actions.push_back(action);
    return action;
}

void FileMenu::createActions()
{
    add(tr("&New map"), QStringLiteral("newMap"), QKeySequence::New, &FileMenu::newMap);
    m_newToBe =
        add(tr("New &TO-BE map from this one…"), QStringLiteral("newToBe"), {}, &FileMenu::newToBe);
    add(tr("&Open…"), QStringLiteral("open"), QKeySequence::Open, &FileMenu::askForMap);
    add(tr("Open &folder…"), QStringLiteral("openFolder"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), &FileMenu::askForFolder);
    add(tr("Open e&xample"), QStringLiteral("openExample"), {}, &FileMenu::openExample);
    m_save = add(tr("&Save"), QStringLiteral("save"), QKeySequence::Save, &FileMenu::saveNow);
    m_saveAs = add(tr("Save &as…"), QStringLiteral("saveAs"),
                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), &FileMenu::saveAs);
    m_saveCopy = add(tr("Save a co&py…"), QStringLiteral("saveCopy"), {}, &FileMenu::saveCopy);
    m_saveByItself = add(tr("Save a&utomatically"), QStringLiteral("saveAutomatically"), {},
                         &FileMenu::toggleSavingByItself);
    m_saveByItself->setCheckable(true);
    m_showUnsaved = add(tr("Show what wi&ll be saved…"), QStringLiteral("showUnsaved"), {},
                        &FileMenu::showUnsaved);
    m_export = add(tr("&Export map…"), QStringLiteral("exportMap"),
                   QKeySequence(Qt::CTRL | Qt::Key_E), &FileMenu::exportWanted);
    m_import = add(tr("&Import folder…"), QStringLiteral("importFolder"),
                   QKeySequence(Qt::CTRL | Qt::Key_I), &FileMenu::askForFolder);
    m_import->setIconText(tr("Import"));
    m_import->setIcon(iconOf(Sign::Import));
    add(tr("I&mport files…"), QStringLiteral("importFiles"), {}, &FileMenu::askForFiles);
    m_importAgain = add(tr("Import a&gain"), QStringLiteral("importAgain"),
                        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I), &FileMenu::importAgain);
    m_watch = add(tr("Import when files c&hange"), QStringLiteral("importWhenChanged"), {},
                  &FileMenu::setWatching);
    m_watch->setCheckable(true);
    m_watch->setChecked(m_estates->isWatching());
    add(tr("New &workspace…"), QStringLiteral("newWorkspace"), {}, &FileMenu::askForNewWorkspace);
    m_recover =
        add(tr("Reco&ver unsaved edits"), QStringLiteral("recover"), {}, &FileMenu::recoverFirst);
    m_close =
        add(tr("&Close map"), QStringLiteral("closeMap"), QKeySequence::Close, &FileMenu::closeMap);
}

void FileMenu::fill(QMenu* menu)
{
    const auto action = [this](const char* name) {
        return *std::find_if(m_actions.begin(), m_actions.end(), [name](const QAction* made) {
            return made->objectName() == QLatin1String(name);
        });
    };
    for (const char* name : {"newMap", "newToBe", "open", "openFolder"})
        menu->addAction(action(name));
    QMenu* recent = menu->addMenu(tr("Open &recent"));
    recent->setObjectName(QStringLiteral("recentMenu"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { m_recent->fill(recent); });
    menu->addAction(action("openExample"));
    menu->addSeparator();
    for (const char* name :
         {"save", "saveAs", "saveCopy", "saveAutomatically", "showUnsaved", "exportMap"})
        menu->addAction(action(name));
    menu->addSeparator();
    for (const char* name :
         {"importFolder", "importFiles", "importAgain", "importWhenChanged", "newWorkspace"})
        menu->addAction(action(name));
    menu->addSeparator();
    menu->addAction(action("recover"));
    menu->addAction(action("closeMap"));
}

void FileMenu::refresh()
{
    const bool hasMap = m_session->document();
    for (QAction* action : {m_save, m_saveAs, m_saveCopy, m_export, m_close})
        action->setEnabled(hasMap);
    const bool hasFile = hasMap && !m_session->mapPath().isEmpty();
    m_newToBe->setEnabled(hasFile);
    m_showUnsaved->setEnabled(hasFile && m_session->isModified());
    m_importAgain->setEnabled(m_estates->canImportAgain());
    m_recover->setEnabled(!m_abandoned.empty());
}

// Opening

void FileMenu::newMap()
{
    whenSafe([this] {
        m_maps->discardEdits();
        m_session->setMap(MapDocument::create("New map"), FileStamp());
    });
}

void FileMenu::openPaths(const QStringList& paths)
{
    const OpenedPaths sorted = sortedPaths(paths);
    if (!sorted.missing.isEmpty())
        m_window->band(fileBand)->show(
            Sign::Error,
            tr("%1 is not there.")
                .arg(shown(QDir::toNativeSeparators(sorted.missing.join(QStringLiteral(", "))))));
    if (!sorted.furtherMaps.isEmpty())
        m_window->band(fileBand)->show(Sign::Info, tr("One map is open at a time: %1 was left out.")
                                                       .arg(nameOf(sorted.furtherMaps.front())));
    if (!sorted.workspace.isEmpty())
        m_estates->openWorkspace(sorted.workspace);
    if (!sorted.map.isEmpty())
        openMap(sorted.map);
    if (!sorted.sources.isEmpty()) {
        for (const QString& path : sorted.sources)
            m_recent->add(path);
        m_estates->import(sorted.sources);
    }
}

void FileMenu::openMap(const QString& path)
{
    whenSafe([this, path] {
        m_opening = Task::start(
            this, [file = toStdString(path)](Progress&) { return openMapFile(file); },
            [this, path](Result<OpenedMap> opened) { showMap(std::move(opened), path); });
    });
}

void FileMenu::showMap(Result<OpenedMap> opened, const QString& path)
{
    if (!opened) {
        m_window->band(fileBand)->show(
            Sign::Error,
            tr("%1 was not opened: %2").arg(nameOf(path), shown(toText(opened.error()))));
        return;
    }
    m_maps->discardEdits();  // of the map before: saved, or not wanted
    m_window->band(diskBand)->hide();
    m_session->setMap(std::move(opened->document), std::move(opened->stamp));
    m_recent->add(path);
    m_estates->rememberMap(path);
    importSourcesOf(m_session->map(), path);
    emit FileMenu::opened(path);
}

// A map may come from anywhere, so what it names outside its own folder is read only when the user says so.
void FileMenu::importSourcesOf(const ContextMap& map, const QString& mapPath)
{
    if (!m_estates->workspacePath().isEmpty())
        return;  // the workspace holds what was imported
    const QDir folder(QFileInfo(mapPath).absolutePath());
    const QString root = folder.canonicalPath() + u'/';
    QStringList inside;
    QStringList outside;
    for (const std::string& source : map.sources) {
        const QString path = QDir::cleanPath(folder.absoluteFilePath(toQString(source)));
        const QString real = QFileInfo(path).canonicalFilePath();
        const bool isInside = real.isEmpty() || (real + u'/').startsWith(root);
        (isInside ? inside : outside) << path;
    }
    if (!inside.isEmpty())
        m_estates->import(inside);
    if (!outside.isEmpty())
        m_window->band(fileBand)->show(
            Sign::Info,
            tr("The map names sources outside its folder: %1")
                .arg(shown(outside.join(QStringLiteral(", ")), 200)),
            {{tr("Import them"), [this, outside] { m_estates->import(outside); }}});
}

void FileMenu::askForMap()
{
    askForPath(m_window, tr("Open a map, a workspace or sources"), QFileDialog::ExistingFiles,
               QFileDialog::AcceptOpen,
               tr("Maps and workspaces (*.json *.portolan);;All files (*)"), {},
               [this](const QStringList& paths) { openPaths(paths); });
}

void FileMenu::askForFolder()
{
    askForPath(m_window, tr("Choose a folder to import"), QFileDialog::Directory,
               QFileDialog::AcceptOpen, {}, {},
               [this](const QStringList& paths) { openPaths(paths); });
}

void FileMenu::askForFiles()
{
    askForPath(m_window, tr("Choose files to import"), QFileDialog::ExistingFiles,
               QFileDialog::AcceptOpen, {}, {},
               [this](const QStringList& paths) { openPaths(paths); });
}

void FileMenu::askForNewWorkspace()
{
    askForPath(m_window, tr("Keep what is imported in a workspace"), QFileDialog::AnyFile,
               QFileDialog::AcceptSave, tr("Workspaces (*.portolan)"), {},
               [this](const QStringList& paths) {
                   m_estates->openWorkspace(withSuffix(paths.front(), QStringLiteral("portolan")));
               });
}

void FileMenu::importAgain()
{
    m_estates->importAgain();
}

void FileMenu::setWatching()
{
    m_estates->setWatching(m_watch->isChecked());
}

void FileMenu::openExample()
{
    const QString original = m_window->places().resources + QStringLiteral("/estates/insurer");
    if (!QFileInfo(original).isDir()) {
        m_window->band(fileBand)->show(Sign::Error, tr("The example did not come with this copy."));
        return;
    }
    m_opening = Task::start(
        this,
        [from = toStdString(original), state = m_window->places().stateFolder](Progress&) {
            return copyExample(from, state);
        },
        [this](const Result<std::string>& folder) {
            if (!folder) {
                m_window->band(fileBand)->show(Sign::Error, shown(folder.error().message));
                return;
            }
            m_window->band(fileBand)->show(
                Sign::Info,
                tr("This is a copy of the example that is yours to change. It lies in %1.")
                    .arg(toQString(*folder)));
            openPaths({toQString(*folder)});
        });
}

// Saving

void FileMenu::saveNow()
{
    save();
}

bool FileMenu::save()
{
    if (!m_session->document())
        return false;
    if (m_session->mapPath().isEmpty()) {
        saveAs();
        return false;
    }
    return saveTo(m_session->mapPath(), false);
}

bool FileMenu::saveTo(const QString& path, bool overwrite)
{
    const Result<> saved = m_maps->saveAs(toStdString(path), overwrite);
    if (!saved) {
        showSaveFailure(saved.error(), path);
        return false;
    }
    m_window->band(fileBand)->hide();
    m_recent->add(path);
    m_session->raiseMessage(tr("Saved %1").arg(nameOf(path)));
    if (const std::function<void()> then = std::exchange(m_afterSave, nullptr))
        then();
    return true;
}

void FileMenu::showSaveFailure(const Problem& problem, const QString& path)
{
    if (problem.code == "file.changed-on-disk" && path == m_session->mapPath() &&
        QFileInfo::exists(path)) {
        showDiskDifference(true);
        return;
    }
    if (problem.code == "file.changed-on-disk") {
        saveTo(path, true);  // it is gone: nothing is lost by making it again
        return;
    }
    m_afterSave = nullptr;
    m_window->band(fileBand)->show(
        Sign::Error, tr("%1 was not saved: %2").arg(nameOf(path), shown(problem.message)),
        {{tr("Save as…"), [this] { saveAs(); }}});
}

void FileMenu::saveAs()
{
    const QString suggestion =
        m_session->mapPath().isEmpty() ? QStringLiteral("map.json") : m_session->mapPath();
    askForPath(m_window, tr("Save the map as"), QFileDialog::AnyFile, QFileDialog::AcceptSave,
               tr("Context maps (*.json)"), suggestion, [this](const QStringList& paths) {
                   saveTo(withSuffix(paths.front(), QStringLiteral("json")), true);
               });
}

void FileMenu::saveCopy()
{
    askForPath(m_window, tr("Save a copy of the map"), QFileDialog::AnyFile,
               QFileDialog::AcceptSave, tr("Context maps (*.json)"),
               QStringLiteral("copy of map.json"), [this](const QStringList& paths) {
                   const QString path = withSuffix(paths.front(), QStringLiteral("json"));
                   const Result<> saved = m_maps->saveCopy(toStdString(path));
                   if (!saved)
                       showSaveFailure(saved.error(), path);
                   else
                       m_session->raiseMessage(tr("Saved a copy as %1").arg(nameOf(path)));
               });
}

void FileMenu::setSavingByItself(bool isOn)
{
    m_autoSaver->setOn(isOn);
    m_saveByItself->setChecked(isOn);
}

void FileMenu::toggleSavingByItself()
{
    setSavingByItself(m_saveByItself->isChecked());
}

void FileMenu::showUnsaved()
{
    const QString path = m_session->mapPath();
    const Result<std::string> onDisk = readFile(toStdString(path), Budget().jsonBytes);
    if (!onDisk) {
        m_window->band(diskBand)->show(Sign::Error, shown(toText(onDisk.error())));
        return;
    }
    auto* dialog = new DifferenceDialog(tr("What will be saved"),
                                        tr("Saving changes this in %1:").arg(nameOf(path)), *onDisk,
                                        m_session->document()->text(), m_window);
    dialog->addChoice(tr("&Save"), true, [this] { save(); });
    dialog->open();
}

// From the file, so that what it departs from is there for others, too.
void FileMenu::newToBe()
{
    whenSafe([this] {
        askForPath(m_window, tr("Save the new TO-BE map as"), QFileDialog::AnyFile,
                   QFileDialog::AcceptSave, tr("Context maps (*.json)"),
                   toQString(proposedToBePath(toStdString(m_session->mapPath()))),
                   [this](const QStringList& paths) {
                       startToBeAt(withSuffix(paths.front(), QStringLiteral("json")));
                   });
    });
}

void FileMenu::startToBeAt(const QString& path)
{
    m_opening = Task::start(
        this,
        [asIs = toStdString(m_session->mapPath()), toBe = toStdString(path)](Progress&) {
            return startToBe(asIs, toBe, true).and_then([&toBe](const std::string&) {
                return openMapFile(toBe);
            });
        },
        [this, path](Result<OpenedMap> opened) { showMap(std::move(opened), path); });
}

void FileMenu::closeMap()
{
    whenSafe([this] {
        m_maps->discardEdits();
        m_window->band(diskBand)->hide();
        m_session->closeMap();
    });
}

void FileMenu::whenSafe(std::function<void()> then)
{
    m_autoSaver->saveNow();
    if (!m_session->isModified()) {
        then();
        return;
    }
    const QString name = nameOf(m_session->mapPath());
    auto* question = new Question(tr("Unsaved edits"), tr("Save the edits of %1?").arg(name),
                                  tr("Without saving, they are lost for good."), m_window);
    question->addAnswer(tr("&Save"), QStringLiteral("answerSave"), [this, then] {
        m_afterSave = then;
        save();
    });
    question->addAnswer(tr("&Don't save"), QStringLiteral("answerDiscard"), then);
    question->ask();
}

// Changes from outside

void FileMenu::showDiskChange(FileChange change)
{
    const QString name = nameOf(m_session->mapPath());
    MessageBand* band = m_window->band(diskBand);
    if (change == FileChange::Vanished) {
        band->show(Sign::Warning,
                   tr("%1 is gone from disk. The map is still here; save it to keep it.").arg(name),
                   {{tr("Save again"), [this] { saveTo(m_session->mapPath(), true); }},
                    {tr("Save as…"), [this] { saveAs(); }}});
        return;
    }
    band->show(Sign::Warning,
               m_session->isModified()
                   ? tr("%1 was changed on disk, and you have unsaved edits.").arg(name)
                   : tr("%1 was changed on disk.").arg(name),
               {{tr("Reload"), [this] { reload(); }},
                {tr("Show difference"), [this] { showDiskDifference(false); }, false},
                {tr("Keep mine"), [this] {
                     m_maps->acceptChange();
                     m_session->undoStack()->resetClean();
                 }}});
}

// One undo step leads back to what was here before.
void FileMenu::reload()
{
    Result<OpenedMap> onDisk = openMapFile(toStdString(m_session->mapPath()));
    if (!onDisk) {
        m_window->band(diskBand)->show(
            Sign::Error,
            tr("The file on disk is no readable map: %1").arg(shown(toText(onDisk.error()))));
        return;
    }
    m_session->apply(
        Result<Edit>(editBetween(m_session->document()->text(), onDisk->document.text(),
                                 toStdString(tr("Take over the file on disk")))));
    m_maps->adopt(std::move(onDisk->stamp));
}

void FileMenu::showDiskDifference(bool isSaving)
{
    const QString path = m_session->mapPath();
    const Result<std::string> onDisk = readFile(toStdString(path), Budget().jsonBytes);
    if (!onDisk) {
        m_afterSave = nullptr;
        m_window->band(diskBand)->show(Sign::Error, shown(toText(onDisk.error())));
        return;
    }
    const QString question =
        isSaving
            ? tr("%1 was changed on disk since it was opened here. Saving puts your map in its "
                 "place. This is what would change in the file:")
            : tr("What your map has otherwise than %1 on disk:");
    auto* dialog = new DifferenceDialog(tr("Difference"), question.arg(nameOf(path)), *onDisk,
                                        m_session->document()->text(), m_window);
    if (isSaving)
        dialog->addChoice(tr("&Overwrite the file"), true, [this, path] { saveTo(path, true); });
    dialog->addChoice(tr("&Reload from disk"), false, [this] {
        m_afterSave = nullptr;
        reload();
    });
    connect(dialog, &QDialog::rejected, this, [this] { m_afterSave = nullptr; });
    dialog->open();
}

// Recovery

void FileMenu::offerRecovery()
{
    m_searching = Task::start(
        this,
        [folder = MapKeeper::journalFolder(m_window->places().stateFolder)](Progress&) {
            return abandonedJournals(folder);
        },
        [this](std::vector<AbandonedJournal> journals) { showRecovery(std::move(journals)); });
}

void FileMenu::showRecovery(std::vector<AbandonedJournal> journals)
{
    m_abandoned = std::move(journals);
    refresh();
    if (m_abandoned.empty())
        return;
    const AbandonedJournal journal = m_abandoned.front();
    const QDateTime when = QDateTime::fromString(toQString(journal.lastEditAt), Qt::ISODate);
    const QString text = tr("%1 of %2 found, the last of %3.")
                             .arg(editCount(journal), nameOf(toQString(journal.mapPath)),
                                  when.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")));
    m_window->band(recoveryBand)
        ->show(
            Sign::Warning, text,
            {{tr("Recover"), [this, journal] { recover(journal); }, false},
             {tr("Show difference"), [this, journal] { showRecoveryDifference(journal); }, false},
             {tr("Discard…"), [this, journal] { askToDiscard(journal); }, false}});
}

void FileMenu::recoverFirst()
{
    if (!m_abandoned.empty())
        recover(AbandonedJournal(m_abandoned.front()));
}

void FileMenu::nextRecovery()
{
    m_window->band(recoveryBand)->hide();
    if (!m_abandoned.empty())
        m_abandoned.erase(m_abandoned.begin());
    showRecovery(std::vector<AbandonedJournal>(m_abandoned));
}

void FileMenu::showRecoveryDifference(const AbandonedJournal& journal)
{
    const Result<std::string> text = recoveredText(journal);
    if (!text) {
        m_session->raiseMessage(shown(text.error().message), true);
        return;
    }
    auto* dialog = new DifferenceDialog(tr("Unsaved edits"), tr("What the unsaved edits change:"),
                                        journal.baseText, *text, m_window);
    dialog->addChoice(tr("&Recover"), true, [this, journal] { recover(journal); });
    dialog->open();
}

// The journal goes only when the edits stand in the open map, whose own journal then holds them.
void FileMenu::recover(const AbandonedJournal& journal)
{
    whenSafe([this, journal] {
        const Result<std::string> text = recoveredText(journal);
        Result<OpenedMap> base = baseOf(journal);
        if (!text || !base) {
            m_session->raiseMessage(shown((text ? base.error() : text.error()).message), true);
            return;
        }
        m_opening.stop();
        m_maps->discardEdits();
        const std::string before = base->document.text();
        m_session->setMap(std::move(base->document), std::move(base->stamp));
        if (!m_session->apply(
                Result<Edit>(editBetween(before, *text, toStdString(tr("Recover unsaved edits"))))))
            return;
        (void)removeJournal(journal.journalPath);  // else it is offered again
        m_session->raiseMessage(tr("Recovered; save the map to keep the edits."));
        nextRecovery();
        m_maps->check();
        if (const QString path = m_session->mapPath(); !path.isEmpty()) {
            m_recent->add(path);
            importSourcesOf(m_session->map(), path);
        }
    });
}

void FileMenu::askToDiscard(const AbandonedJournal& journal)
{
    auto* question = new Question(tr("Discard unsaved edits"),
                                  tr("Discard %1 of %2 for good?")
                                      .arg(editCount(journal), nameOf(toQString(journal.mapPath))),
                                  tr("The saved file stays as it is."), m_window);
    question->addAnswer(tr("&Discard for good"), QStringLiteral("answerDiscard"), [this, journal] {
        (void)removeJournal(journal.journalPath);
        nextRecovery();
    });
    question->ask();
}

}  // namespace portolan::ui
