// SPDX-License-Identifier: Apache-2.0
// Keeps the file of the session's map: saves it, journals its unsaved edits, and notices when somebody else changes it. It asks
// nobody anything; what it finds it says by signals.
#pragma once

#include "model/map/edit_journal.h"
#include "model/map/map_file.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <optional>
#include <string>

namespace portolan::ui {

class Session;

class MapKeeper : public QObject {
    Q_OBJECT

public:
    MapKeeper(Session* session, const std::string& stateFolder, QObject* parent = nullptr);

    static std::string journalFolder(const std::string& stateFolder);

    // Saves where the map came from. Refused with "file.changed-on-disk" when somebody else changed it, unless `overwrite`.
    Result<> save(bool overwrite = false);
    // Saves elsewhere and stays there. `overwrite`: the user has chosen a file that is there already.
    Result<> saveAs(const std::string& path, bool overwrite);
    // Writes a copy; the open map stays the same.
    Result<> saveCopy(const std::string& path) const;

    // The map's text is what stands on disk now, however it came there.
    void adopt(FileStamp stamp);

    // The unsaved edits are not wanted: no journal is left.
    void discardEdits();

    // Looks at the disk; called at focus, and by itself when the folder changes.
    void check();
    // The change that was seen is known to the user; only a further one is told.
    void acceptChange();

signals:
    void changedOnDisk(portolan::FileChange change);
    void agreesWithDisk();

private:
    void begin();
    void keep(const Edit& edit);
    void watch();
    void report(const Result<>& result);

    Session* m_session;
    std::string m_folder;
    std::optional<EditJournal> m_journal;
    QTimer m_flushTimer;
    QTimer m_checkTimer;
    QFileSystemWatcher m_watcher;
    QString m_acceptedMark;  // of the file's cheap marks
    bool m_wasChanged = false;
};

}  // namespace portolan::ui
