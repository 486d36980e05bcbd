// SPDX-License-Identifier: Apache-2.0
// The window: bars, docks and the views as tabs. It makes the parts and joins them; opening and saving are FileMenu's.
#pragma once

#include "model/base/problem.h"
#include "ui/base/task.h"

#include <QMainWindow>

#include <functional>
#include <memory>
#include <string>
#include <vector>

class QDockWidget;
class QMenu;
class QSettings;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace portolan::ui {

class Appearance;
class AsIsKeeper;
class CompareMenu;
class Breadcrumb;
class Canvas;
class CommandPalette;
class EstateKeeper;
class FileMenu;
class IdentityView;
class LineageView;
class ImportReportView;
class MapKeeper;
class MessageBand;
class ProgressLine;
class RecentFiles;
class Session;
class SourceView;
class StatusLine;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    struct Places {
        std::string stateFolder;  // journal and recent files
        QString settingsFile;
        QString resources;  // example and manual; may be empty
    };

    // `appearance` may be null: then the theme is not chosen here.
    MainWindow(Places places, Appearance* appearance, QWidget* parent = nullptr);
    ~MainWindow() override;

    Session* session() const { return m_session; }
    FileMenu* files() const { return m_files; }
    EstateKeeper* estates() const { return m_estates; }
    MapKeeper* maps() const { return m_maps; }
    AsIsKeeper* asIs() const { return m_asIs; }
    CompareMenu* compare() const { return m_compare; }
    const Places& places() const { return m_places; }

    // Files, folders, workspaces: each as what it is.
    void openPaths(const QStringList& paths);
    // A saved view of the map that is opened next, by its id.
    void showSavedView(const QString& id);

    // A view as a tab of its own; its actions go into the Map menu. The window owns it.
    void addView(QWidget* view, const QString& title);
    void showView(QWidget* view);
    // A view that has a tab only while it is wanted. The window owns it.
    void addExtraView(QWidget* view);
    void showExtraView(QWidget* view, bool isWanted);
    QWidget* currentView() const;

    // One band for each subject: what a later message of the same subject says replaces the earlier.
    MessageBand* band(const QString& subject);

    // All commands, for the palette.
    std::vector<QAction*> commands() const;

signals:
    void painted();  // the first frame is on the screen

protected:
    bool event(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void createCenter();
    void createDocks();
    void createMenus();
    void createViews();
    void createToolBar();
    void connectSession();
    void restoreState();
    void saveState();

    QDockWidget* addDock(const QString& name, const QString& title, QWidget* content,
                         Qt::DockWidgetArea area);
    void fillEditMenu(QMenu* menu);
    void fillViewMenu(QMenu* menu);
    void fillGoMenu(QMenu* menu);
    void fillMapMenu(QMenu* menu);
    void fillHelpMenu(QMenu* menu);
    QAction* addCommand(QMenu* menu, const QString& text, const QKeySequence& keys,
                        const std::function<void()>& run);

    void showTitle();
    void showActions();
    void showMapViews();
    void showTabTitles();
    void showSource(const SourceSpan& span);
    void showMessage(const QString& message, bool isError);
    void showPalette();
    void showManual();
    void showAbout();
    void goToNextPane(int step);
    void removeSelected();
    void resetLayout();
    void updateSourceRoots();

    Places m_places;
    Appearance* m_appearance;
    Session* m_session = nullptr;
    MapKeeper* m_maps = nullptr;
    AsIsKeeper* m_asIs = nullptr;
    EstateKeeper* m_estates = nullptr;
    RecentFiles* m_recent = nullptr;
    FileMenu* m_files = nullptr;
    CompareMenu* m_compare = nullptr;
    std::unique_ptr<QSettings> m_settings;

    QVBoxLayout* m_bands = nullptr;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
    QWidget* m_welcome = nullptr;
    SourceView* m_source = nullptr;
    LineageView* m_lineage = nullptr;
    IdentityView* m_identity = nullptr;
    ImportReportView* m_report = nullptr;
    ProgressLine* m_progress = nullptr;
    StatusLine* m_status = nullptr;
    CommandPalette* m_palette = nullptr;
    QDockWidget* m_explorer = nullptr;
    QDockWidget* m_inspector = nullptr;
    QDockWidget* m_problems = nullptr;
    QMenu* m_editMenu = nullptr;
    QMenu* m_viewMenu = nullptr;
    QMenu* m_mapMenu = nullptr;

    QAction* m_back = nullptr;
    QAction* m_forward = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    std::vector<QAction*> m_mapActions;  // make sense only while a map is open
    std::vector<QWidget*> m_views;       // shown while a map is open
    std::vector<QWidget*> m_extraViews;  // wanted now
    bool m_isPainted = false;
    bool m_mayClose = false;
};

}  // namespace portolan::ui
