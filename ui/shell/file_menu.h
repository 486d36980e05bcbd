// SPDX-License-Identifier: Apache-2.0
// Opening, saving, importing and closing, with the questions that they need. None of them waits: a question's answer comes as a call.
#pragma once

#include "model/map/edit_journal.h"
#include "model/map/map_file.h"

#include "ui/base/task.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <vector>

class QAction;
class QMenu;

namespace portolan::ui {

class AutoSaver;
class EstateKeeper;
class MainWindow;
class MapKeeper;
class RecentFiles;
class Session;

class FileMenu : public QObject {
    Q_OBJECT

public:
    FileMenu(MainWindow* window, RecentFiles* recent);

    void fill(QMenu* menu);
    QAction* importAction() const { return m_import; }
    QAction* exportAction() const { return m_export; }
    AutoSaver* autoSaver() const { return m_autoSaver; }
    void setSavingByItself(bool isOn);

    void newMap();
    void openPaths(const QStringList& paths);
    void openMap(const QString& path);
    void openExample();
    void askForMap();
    void askForFolder();
    bool save();  // false: not saved yet, because a question was asked or it failed
    void saveAs();
    // Asks about unsaved edits first when there are any; calls `then` when they are saved or not wanted.
    void whenSafe(std::function<void()> then);

    // Looks for edits that an ended run has left unsaved, and offers them in a band.
    void offerRecovery();

signals:
    void opened(const QString& path);
    void exportWanted();

private:
    void createActions();
    QAction* add(const QString& text, const QString& name, const QKeySequence& keys,
                 void (FileMenu::*run)());
    void refresh();

    void askForFiles();
    void askForNewWorkspace();
    void importAgain();
    void setWatching();
    void saveNow();
    void saveCopy();
    void toggleSavingByItself();
    void showUnsaved();
    void newToBe();
    void startToBeAt(const QString& path);
    void closeMap();
    bool saveTo(const QString& path, bool overwrite);
    void showSaveFailure(const Problem& problem, const QString& path);

    void showMap(Result<OpenedMap> opened, const QString& path);
    void importSourcesOf(const ContextMap& map, const QString& mapPath);
    void showDiskChange(FileChange change);
    void reload();
    void showDiskDifference(bool isSaving);
    void showRecovery(std::vector<AbandonedJournal> journals);
    void showRecoveryDifference(const AbandonedJournal& journal);
    void recover(const AbandonedJournal& journal);
    void askToDiscard(const AbandonedJournal& journal);
    void nextRecovery();
    void recoverFirst();

    MainWindow* m_window;
    RecentFiles* m_recent;
    Session* m_session;
    MapKeeper* m_maps;
    EstateKeeper* m_estates;
    AutoSaver* m_autoSaver;
    Task m_opening;
    Task m_searching;
    std::vector<AbandonedJournal> m_abandoned;
    std::function<void()> m_afterSave;

    std::vector<QAction*> m_actions;
    QAction* m_import = nullptr;
    QAction* m_importAgain = nullptr;
    QAction* m_watch = nullptr;
    QAction* m_save = nullptr;
    QAction* m_saveAs = nullptr;
    QAction* m_saveCopy = nullptr;
    QAction* m_saveByItself = nullptr;
    QAction* m_showUnsaved = nullptr;
    QAction* m_newToBe = nullptr;
    QAction* m_export = nullptr;
    QAction* m_recover = nullptr;
    QAction* m_close = nullptr;
};

}  // namespace portolan::ui
