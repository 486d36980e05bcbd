// SPDX-License-Identifier: Apache-2.0
// Fills the session's estate: imports files and folders, opens workspaces, off the window's thread and one at a time. The latest
// request wins; the estate changes only when one has ended well.
#pragma once

#include "model/import/import.h"
#include "model/workspace/workspace.h"

#include "ui/base/task.h"
#include "ui/shell/source_watch.h"

#include <QDateTime>
#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace portolan::ui {

class Session;

class EstateKeeper : public QObject {
    Q_OBJECT

public:
    explicit EstateKeeper(Session* session, QObject* parent = nullptr);
    ~EstateKeeper() override;

    // Reads these too; what was imported before stays. With a workspace open they are kept in it.
    void import(const QStringList& paths);
    void importAgain();
    bool canImportAgain() const;
    // What was imported is imported again by itself when its files change; on until it is turned off.
    void setWatching(bool isOn) { m_watch.setActive(isOn); }
    bool isWatching() const { return m_watch.isActive(); }
    SourceWatch* watch() { return &m_watch; }

    // Opens or makes a workspace; its estate replaces the one there is.
    void openWorkspace(const QString& path);
    QString workspacePath() const;
    bool isReadOnly() const;
    // The map that the workspace is used with.
    void rememberMap(const QString& mapPath);

    // The workspace's history, read off the window's thread: `done` is called on the receiver's thread unless the returned task ends
    // before. The session's estate stays. Without a workspace there are no imports.
    Task readImports(QObject* receiver,
                     std::function<void(const Result<std::vector<ImportRun>>&)> done) const;
    Task readEstate(QObject* receiver, const AsOf& time,
                    std::function<void(const Result<EstatePtr>&)> done) const;

    // Nothing imported and no workspace.
    void clear();

    bool isRunning() const { return m_task.isRunning(); }
    Progress::State state() const { return m_task.state(); }
    void cancel() { m_task.requestStop(); }

    // Folders and files that the user has named: where sources may be read.
    QStringList sourceRoots() const;
    QDateTime importedAt() const { return m_importedAt; }

signals:
    void started(const QString& what);
    void ended();
    void failed(const QString& message);
    void reported(const portolan::ImportReport& report);  // an import has ended well
    void workspaceOpened(const QString& path, const QString& mapPath);
    void logged(const QString& line);

private:
    struct SharedWorkspace;  // a workspace and the lock under which the tasks use it
    struct OpenedWorkspace;

    void start(const QString& what);
    void showReport(const Result<ImportReport>& report);
    void importChanged();
    void showWorkspace(Result<OpenedWorkspace> opened);
    void fail(const Problem& problem);
    void log(const QString& line);

    Session* m_session;
    Task m_task;
    SourceWatch m_watch;
    bool m_mustImportAgain = false;
    QStringList m_paths;
    QDateTime m_importedAt;
    std::shared_ptr<SharedWorkspace> m_workspace;
};

}  // namespace portolan::ui
