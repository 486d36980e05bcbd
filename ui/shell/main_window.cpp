// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/main_window.h"

#include "model/base/file_store.h"
#include "model/map/edits.h"

#include "ui/base/appearance.h"
#include "ui/base/empty_state.h"
#include "ui/base/message_band.h"
#include "ui/base/plain_label.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/explorer/explorer_panel.h"
#include "ui/inspector/inspector.h"
#include "ui/problems/problems_panel.h"
#include "ui/problems/source_view.h"
#include "ui/session/map_keeper.h"
#include "ui/session/removal.h"
#include "ui/session/session.h"
#include "ui/shell/about_box.h"
#include "ui/shell/as_is_keeper.h"
#include "ui/shell/auto_saver.h"
#include "ui/shell/breadcrumb.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/compare_menu.h"
#include "ui/shell/dock_title.h"
#include "ui/shell/estate_keeper.h"
#include "ui/shell/file_menu.h"
#include "ui/shell/find_button.h"
#include "ui/shell/lineage_times.h"
#include "ui/shell/manual_window.h"
#include "ui/shell/picture_maker.h"
#include "ui/shell/recent_files.h"
#include "ui/shell/status_line.h"
#include "ui/shell/welcome_page.h"
#include "ui/views/context_map/context_map_view.h"
#include "ui/views/context_map/saved_views.h"
#include "ui/views/identity/identity_view.h"
#include "ui/views/import_report/import_report_view.h"
#include "ui/views/lineage/lineage_view.h"

#include <QAbstractItemView>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDate>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <chrono>

namespace portolan::ui {
namespace {

constexpr const char* watchingKey = "importWhenChanged";  // of the settings
constexpr const char* savingKey = "saveAutomatically";
// Toggles of views, by object name: they are as they were left.
constexpr std::array rememberedToggles = {"mapLegend", "mapOverview"};
constexpr int titleBarRoom = 30;  // what the desktop puts around the window
constexpr int stateVersion =
    1;  // of docks and bars; raise it when they change, so that old states are passed over

QStringList localPaths(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    return paths;
}

void collectCommands(const QList<QAction*>& actions, std::vector<QAction*>& commands)
{
    for (QAction* action : actions) {
        if (action->menu())
            collectCommands(action->menu()->actions(), commands);
        else if (!action->isSeparator() && action->isVisible())
            commands.push_back(action);
    }
}

constexpr int leastPageWidth = 400;
constexpr int leastPageHeight = 240;

// The pages never take room from the docks: of all views, also those behind, the widest would.
class PageStack : public QStackedWidget {
public:
    using QStackedWidget::QStackedWidget;
    QSize minimumSizeHint() const override
    {
        const QSize most = QSize(leastPageWidth, leastPageHeight) * textScale();
        return QStackedWidget::minimumSizeHint().boundedTo(most);
    }
};

}  // namespace

MainWindow::MainWindow(Places places, Appearance* appearance, QWidget* parent)
    : QMainWindow(parent), m_places(std::move(places)), m_appearance(appearance),
      m_session(new Session(this)), m_maps(new MapKeeper(m_session, m_places.stateFolder, this)),
      m_asIs(new AsIsKeeper(m_session, this)), m_estates(new EstateKeeper(m_session, this)),
      m_recent(new RecentFiles(m_places.stateFolder, this)),
      m_settings(std::make_unique<QSettings>(m_places.settingsFile, QSettings::IniFormat))
{
    setObjectName(QStringLiteral("mainWindow"));
    const auto tellToday = [this] {
        m_session->setToday(toStdString(QDate::currentDate().toString(Qt::ISODate)));
    };
    tellToday();
    auto* hourly = new QTimer(this);
    connect(hourly, &QTimer::timeout, this, tellToday);
    hourly->start(std::chrono::hours(1));
    setAcceptDrops(true);
    setMinimumSize(QSize(720, 480));
    m_estates->setWatching(m_settings->value(QLatin1String(watchingKey), true).toBool());
    m_files = new FileMenu(this, m_recent);
    m_files->setSavingByItself(m_settings->value(QLatin1String(savingKey), false).toBool());
    createCenter();
    createDocks();
    createToolBar();
    createMenus();
    createViews();
    connectSession();
    restoreState();
    showMapViews();
    showTitle();
    showActions();
}

MainWindow::~MainWindow() = default;

void MainWindow::createCenter()
{
    auto* center = new QWidget(this);
    auto* layout = new QVBoxLayout(center);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* tabRow = new QWidget(center);
    auto* row = new QHBoxLayout(tabRow);
    row->setContentsMargins(4, 0, 4, 0);
    m_tabs = new QTabBar(tabRow);
    m_tabs->setObjectName(QStringLiteral("viewTabs"));
    m_tabs->setAccessibleName(tr("Views"));
    m_tabs->setDocumentMode(true);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_tabs);
    row->addStretch(1);
    layout->addWidget(tabRow);
    m_progress = new ProgressLine(center);
    layout->addWidget(m_progress);
    m_bands = new QVBoxLayout;
    m_bands->setSpacing(0);
    layout->addLayout(m_bands);
    m_pages = new PageStack(center);
    layout->addWidget(m_pages, 1);
    setCentralWidget(center);

    auto* welcome = new WelcomePage(m_pages);
    m_welcome = welcome;
    connect(welcome, &WelcomePage::folderWanted, m_files, &FileMenu::askForFolder);
    connect(welcome, &WelcomePage::mapWanted, m_files, &FileMenu::askForMap);
    connect(welcome, &WelcomePage::exampleWanted, m_files, &FileMenu::openExample);
    connect(welcome, &WelcomePage::newMapWanted, m_files, &FileMenu::newMap);
    connect(welcome, &WelcomePage::paletteWanted, this, &MainWindow::showPalette);
    m_pages->addWidget(welcome);
    m_tabs->addTab(tr("Welcome"));
    m_tabs->setTabData(0, QVariant::fromValue<QWidget*>(welcome));
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        // A tab that is being inserted has no page yet.
        if (auto* page = m_tabs->tabData(tab).value<QWidget*>())
            m_pages->setCurrentWidget(page);
    });
}

void MainWindow::createDocks()
{
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setDockOptions(AllowTabbedDocks);
    m_explorer = addDock(QStringLiteral("explorer"), tr("Explorer"),
                         new ExplorerPanel(m_session, this), Qt::LeftDockWidgetArea);
    for (auto* tree : m_explorer->widget()->findChildren<QAbstractItemView*>())
        tree->viewport()->setAutoFillBackground(false);  // it stands on the panel's ground
    m_inspector = addDock(QStringLiteral("inspector"), tr("Inspector"),
                          new Inspector(m_session, this), Qt::RightDockWidgetArea);
    m_problems = addDock(QStringLiteral("problems"), tr("Problems"),
                         new ProblemsPanel(m_session, this), Qt::BottomDockWidgetArea);
    m_problems->setTitleBarWidget(new QWidget(m_problems));  // the panel's tabs are its title
    resetLayout();
}

QDockWidget* MainWindow::addDock(const QString& name, const QString& title, QWidget* content,
                                 Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name + QStringLiteral("Dock"));
    dock->setAccessibleName(title);
    dock->setTitleBarWidget(new DockTitle(dock));
    content->setObjectName(name);
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::AlternateBase);
    dock->setWidget(content);
    addDockWidget(area, dock);
    auto* leave = new QShortcut(Qt::Key_Escape, dock);
    leave->setContext(Qt::WidgetWithChildrenShortcut);
    connect(leave, &QShortcut::activated, this, [this] {
        if (currentView())
            currentView()->setFocus();
    });
    return dock;
}

void MainWindow::createToolBar()
{
    auto* bar = addToolBar(tr("Main tool bar"));
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setMinimumHeight(qRound(metrics::toolBarHeight * textScale()));

    const auto action = [this](Sign sign, const QString& text, const QKeySequence& keys) {
        auto* made = new QAction(iconOf(sign), text, this);
        made->setShortcut(keys);
        return made;
    };
    m_back = action(Sign::Back, tr("&Back"), QKeySequence(Qt::ALT | Qt::Key_Left));
    m_forward = action(Sign::Forward, tr("&Forward"), QKeySequence(Qt::ALT | Qt::Key_Right));
    m_undo = action(Sign::Undo, tr("&Undo"), QKeySequence::Undo);
    m_redo = action(Sign::Redo, tr("&Redo"), QKeySequence::Redo);
    m_back->setObjectName(QStringLiteral("back"));
    m_forward->setObjectName(QStringLiteral("forward"));
    m_undo->setObjectName(QStringLiteral("undo"));
    m_redo->setObjectName(QStringLiteral("redo"));
    connect(m_back, &QAction::triggered, m_session, &Session::goBack);
    connect(m_forward, &QAction::triggered, m_session, &Session::goForward);
    connect(m_undo, &QAction::triggered, m_session->undoStack(), &QUndoStack::undo);
    connect(m_redo, &QAction::triggered, m_session->undoStack(), &QUndoStack::redo);

    bar->addActions({m_back, m_forward});
    bar->addSeparator();
    bar->addActions({m_undo, m_redo});
    bar->addSeparator();
    bar->addWidget(new Breadcrumb(m_session, bar));
    auto* gap = new QWidget(bar);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    auto* find = new FindButton(bar);
    connect(find, &FindButton::clicked, this, &MainWindow::showPalette);
    bar->addWidget(find);
    bar->addSeparator();
    bar->addAction(m_files->importAction());
    for (QAction* each : bar->actions())
        if (auto* button = qobject_cast<QToolButton*>(bar->widgetForAction(each))) {
            button->setFocusPolicy(Qt::TabFocus);
            button->setAccessibleName(each->text().remove(u'&'));
            if (each == m_files->importAction())
                button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        }
}

void MainWindow::createMenus()
{
    m_status = new StatusLine(m_session, m_estates, m_progress, this);
    setStatusBar(m_status);

    QMenu* file = menuBar()->addMenu(tr("&File"));
    m_files->fill(file);
    m_compare = new CompareMenu(this);
    file->insertMenu(m_files->exportAction(), m_compare->menu());
    file->addSeparator();
    addCommand(file, tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); });
    m_editMenu = menuBar()->addMenu(tr("&Edit"));
    fillEditMenu(m_editMenu);
    m_viewMenu = menuBar()->addMenu(tr("&View"));
    fillViewMenu(m_viewMenu);
    fillGoMenu(menuBar()->addMenu(tr("&Go")));
    m_mapMenu = menuBar()->addMenu(tr("&Map"));
    fillMapMenu(m_mapMenu);
    fillHelpMenu(menuBar()->addMenu(tr("&Help")));
    for (QAction* command : commands())
        addAction(command);  // so that keys work wherever the focus is
}

void MainWindow::createViews()
{
    auto* map = new ContextMapView(m_session, m_pages);
    connect(map, &ContextMapView::openRequested, this, [this] {
        m_inspector->show();
        m_inspector->widget()->setFocus(Qt::OtherFocusReason);
    });
    connect(map, &ContextMapView::exportRequested, m_files->exportAction(), &QAction::trigger);
    auto* pictures = new PictureMaker(this, map, m_settings.get());
    connect(m_files, &FileMenu::exportWanted, pictures, &PictureMaker::ask);
    connect(map, &ContextMapView::pictureCopyRequested, pictures, &PictureMaker::copy);
    m_editMenu->addSeparator();
    m_editMenu->addActions(map->editActions());
    m_viewMenu->addSeparator();
    m_viewMenu->addActions(map->viewActions());
    addView(map, tr("Context map"));

    m_lineage = new LineageView(m_session, m_pages);
    connect(m_lineage, &LineageView::findRequested, this, &MainWindow::showPalette);
    connect(m_lineage, &LineageView::openRequested, this, [this] {
        m_inspector->show();
        m_inspector->widget()->setFocus(Qt::OtherFocusReason);
    });
    new LineageTimes(m_session, m_estates, m_lineage);
    addView(m_lineage, tr("Lineage"));

    m_identity = new IdentityView(m_session, m_pages);
    addView(m_identity, tr("Identity"));
    connect(m_identity, &IdentityView::countChanged, this, [this](int count) {
        m_identity->setWindowTitle(count > 0 ? tr("Identity %L1").arg(count) : tr("Identity"));
        showTabTitles();
    });
    m_report = new ImportReportView(m_session, m_pages);
    m_report->setWindowTitle(tr("Import report"));
    m_pages->addWidget(m_report);
    connect(m_report, &ImportReportView::importWanted, m_files, &FileMenu::askForFolder);
    connect(m_estates, &EstateKeeper::reported, this, [this](const ImportReport& report) {
        updateSourceRoots();
        m_report->setNotes({report.problems, report.skipped});
        showMapViews();
    });
    connect(m_session, &Session::estateChanged, this, [this] {
        updateSourceRoots();
        showMapViews();
    });
}

QAction* MainWindow::addCommand(QMenu* menu, const QString& text, const QKeySequence& keys,
                                const std::function<void()>& run)
{
    QAction* action = menu->addAction(text);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, run);
    return action;
}

void MainWindow::fillEditMenu(QMenu* menu)
{
    menu->addActions({m_undo, m_redo});
    menu->addSeparator();
    addCommand(menu, tr("&History"), {}, [this] {
        m_problems->show();
        m_problems->raise();
        auto* panel = static_cast<ProblemsPanel*>(m_problems->widget());
        panel->showTab(ProblemsPanel::History);
    })->setObjectName(QStringLiteral("showHistory"));
    QAction* remove =
        addCommand(menu, tr("Re&move from the map"), {}, [this] { removeSelected(); });
    remove->setObjectName(QStringLiteral("removeSelected"));
    m_mapActions.push_back(remove);
    addCommand(menu, tr("Cl&ear the selection"), {}, [this] { m_session->clearSelection(); });
    menu->addSeparator();
    addCommand(menu, tr("&Find anything…"), QKeySequence(Qt::CTRL | Qt::Key_K), [this] {
        showPalette();
    })->setObjectName(QStringLiteral("findAnything"));
}

void MainWindow::fillViewMenu(QMenu* menu)
{
    QMenu* themes = menu->addMenu(tr("&Theme"));
    auto* group = new QActionGroup(themes);
    const auto addTheme = [&](const QString& text, ThemeChoice choice) {
        QAction* action = themes->addAction(text);
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(m_appearance && m_appearance->choice() == choice);
        connect(action, &QAction::triggered, this, [this, choice] {
            if (m_appearance)
                m_appearance->setChoice(choice);
            m_settings->setValue(QStringLiteral("theme"), int(choice));
        });
    };
    addTheme(tr("&As the desktop"), ThemeChoice::FollowDesktop);
    addTheme(tr("&Light"), ThemeChoice::Light);
    addTheme(tr("&Dark"), ThemeChoice::Dark);
    menu->addSeparator();
    const auto addPanel = [menu](QDockWidget* dock, const QString& text) {
        QAction* action = dock->toggleViewAction();
        action->setText(text);
        menu->addAction(action);
    };
    addPanel(m_explorer, tr("&Explorer"));
    addPanel(m_inspector, tr("&Inspector"));
    addPanel(m_problems, tr("&Problems"));
    menu->addSeparator();
    addCommand(menu, tr("&Reset the panels"), {}, [this] { resetLayout(); });
}

void MainWindow::fillGoMenu(QMenu* menu)
{
    menu->addActions({m_back, m_forward});
    menu->addSeparator();
    addCommand(menu, tr("&Next pane"), QKeySequence(Qt::Key_F6), [this] { goToNextPane(1); });
    addCommand(menu, tr("&Previous pane"), QKeySequence(Qt::SHIFT | Qt::Key_F6),
               [this] { goToNextPane(-1); });
    for (int tab = 0; tab < 9; ++tab) {
        auto* keys = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + tab)), this);
        connect(keys, &QShortcut::activated, this, [this, tab] {
            if (tab < m_tabs->count())
                m_tabs->setCurrentIndex(tab);
        });
    }
}

void MainWindow::fillMapMenu(QMenu* menu)
{
    const auto freeName = [this](const QString& name, const auto& things) {
        QString free = name;
        for (int number = 2;
             std::any_of(things.begin(), things.end(),
                         [&](const auto& thing) { return toQString(thing.name) == free; });
             ++number)
            free = QStringLiteral("%1 %2").arg(name).arg(number);
        return toStdString(free);
    };
    const auto add = [&](const QString& text, const char* name, EntityKind kind, auto make) {
        QAction* action = addCommand(menu, text, {}, [this, kind, make] {
            if (const std::string id = m_session->apply(make()); !id.empty())
                m_session->select({kind, id});
        });
        action->setObjectName(QLatin1String(name));
        m_mapActions.push_back(action);
    };
    add(tr("Add &context"), "addContext", EntityKind::BoundedContext, [this, freeName] {
        const auto& selection = m_session->selection();
        const DomainId domain = !selection.empty() && selection.front().kind == EntityKind::Domain
                                    ? DomainId(selection.front().id)
                                    : DomainId();
        return portolan::addContext(*m_session->document(),
                                    freeName(tr("New context"), m_session->map().contexts), domain);
    });
    add(tr("Add &domain"), "addDomain", EntityKind::Domain, [this, freeName] {
        return portolan::addDomain(*m_session->document(),
                                   freeName(tr("New domain"), m_session->map().domains));
    });
    add(tr("Add &team"), "addTeam", EntityKind::Team, [this, freeName] {
        return portolan::addTeam(*m_session->document(),
                                 freeName(tr("New team"), m_session->map().teams));
    });
}

void MainWindow::fillHelpMenu(QMenu* menu)
{
    addCommand(menu, tr("&Manual"), QKeySequence(Qt::Key_F1), [this] {
        showManual();
    })->setObjectName(QStringLiteral("manual"));
    addCommand(menu, tr("&About Portolan"), {}, [this] {
        showAbout();
    })->setObjectName(QStringLiteral("about"));
}

void MainWindow::connectSession()
{
    connect(m_session, &Session::mapOpened, this, [this] {
        showMapViews();
        showTitle();
        updateSourceRoots();
    });
    connect(m_session, &Session::modifiedChanged, this, &MainWindow::showTitle);
    connect(m_session, &Session::savedAs, this, [this] {
        showTitle();
        updateSourceRoots();
    });
    connect(m_session, &Session::mapChanged, this, &MainWindow::showActions);
    connect(m_session, &Session::selectionChanged, this, &MainWindow::showActions);
    connect(m_session, &Session::placesChanged, this, &MainWindow::showActions);
    connect(m_session, &Session::messageRaised, this, &MainWindow::showMessage);
    connect(m_session, &Session::sourceRequested, this, &MainWindow::showSource);
    connect(m_estates, &EstateKeeper::ended, this, &MainWindow::updateSourceRoots);
    QUndoStack* undo = m_session->undoStack();
    connect(undo, &QUndoStack::indexChanged, this, &MainWindow::showActions);
    connect(undo, &QUndoStack::cleanChanged, this, &MainWindow::showActions);
}

void MainWindow::openPaths(const QStringList& paths)
{
    m_files->openPaths(paths);
}

void MainWindow::showSavedView(const QString& id)
{
    const auto* map = findChild<ContextMapView*>();
    if (id.isEmpty() || !map)
        return;
    connect(
        m_session, &Session::mapOpened, map,
        [this, map, id] {
            if (!map->savedViews()->show(ViewId(toStdString(id))))
                m_session->raiseMessage(tr("This map has no view %1.").arg(shown(id, 60)), true);
        },
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
}

void MainWindow::addView(QWidget* view, const QString& title)
{
    view->setWindowTitle(title);
    m_views.push_back(view);
    m_pages->addWidget(view);
    if (!view->actions().isEmpty()) {
        m_mapMenu->addSeparator();
        m_mapMenu->addActions(view->actions());  // which the view itself greys out
    }
    showMapViews();
}

void MainWindow::showView(QWidget* view)
{
    for (int tab = 0; tab < m_tabs->count(); ++tab)
        if (m_tabs->tabData(tab).value<QWidget*>() == view)
            m_tabs->setCurrentIndex(tab);
}

void MainWindow::addExtraView(QWidget* view)
{
    m_pages->addWidget(view);
}

void MainWindow::showExtraView(QWidget* view, bool isWanted)
{
    std::erase(m_extraViews, view);
    if (isWanted)
        m_extraViews.push_back(view);
    showMapViews();
    if (isWanted)
        showView(view);
}

QWidget* MainWindow::currentView() const
{
    return m_pages->currentWidget();
}

MessageBand* MainWindow::band(const QString& subject)
{
    const QString name = subject + QStringLiteral("Band");
    if (auto* band = findChild<MessageBand*>(name))
        return band;
    auto* band = new MessageBand(centralWidget());
    band->setObjectName(name);
    m_bands->addWidget(band);
    return band;
}

std::vector<QAction*> MainWindow::commands() const
{
    std::vector<QAction*> commands;
    collectCommands(menuBar()->actions(), commands);
    return commands;
}

// While no map is open there is the first page; then the views, and the source when one was asked for.
void MainWindow::showMapViews()
{
    const bool hasMap = m_session->document() && !m_views.empty();
    std::vector<QWidget*> wanted;
    if (hasMap)
        wanted = m_views;
    else
        wanted.push_back(m_welcome);
    if (hasMap)
        wanted.insert(wanted.end(), m_extraViews.begin(), m_extraViews.end());
    if (m_report && !m_session->estate()->sources.empty())
        wanted.push_back(m_report);
    if (m_source)
        wanted.push_back(m_source);
    for (int tab = m_tabs->count() - 1; tab >= 0; --tab)
        if (std::find(wanted.begin(), wanted.end(), m_tabs->tabData(tab).value<QWidget*>()) ==
            wanted.end())
            m_tabs->removeTab(tab);
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        QWidget* view = wanted[at];
        const int tab = int(at);
        if (tab < m_tabs->count() && m_tabs->tabData(tab).value<QWidget*>() == view)
            continue;
        m_tabs->insertTab(
            tab, withoutMnemonics(view == m_welcome ? tr("Welcome") : view->windowTitle()));
        m_tabs->setTabData(tab, QVariant::fromValue(view));
        if (view == wanted.front() || view == m_source)
            m_tabs->setCurrentIndex(tab);
    }
    if (m_tabs->currentIndex() >= 0)
        m_pages->setCurrentWidget(m_tabs->tabData(m_tabs->currentIndex()).value<QWidget*>());
}

void MainWindow::showTabTitles()
{
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        const auto* view = m_tabs->tabData(tab).value<QWidget*>();
        if (view && view != m_welcome)
            m_tabs->setTabText(tab, withoutMnemonics(view->windowTitle()));
    }
}

void MainWindow::showSource(const SourceSpan& span)
{
    if (!m_source) {
        m_source = new SourceView(m_pages);
        m_source->setObjectName(QStringLiteral("sourceView"));
        m_source->setWindowTitle(tr("Source"));
        m_pages->addWidget(m_source);
        updateSourceRoots();
    }
    showMapViews();
    m_source->showSource(span);
    showView(m_source);
}

void MainWindow::updateSourceRoots()
{
    const QStringList roots = m_estates->sourceRoots() << m_session->mapPath();
    if (m_source)
        m_source->setRoots(roots);
    if (m_report)
        m_report->setSourceRoots(roots);
}

void MainWindow::showTitle()
{
    const QString path = m_session->mapPath();
    const QString name = !m_session->document() ? QString()
                         : path.isEmpty()       ? tr("Untitled map")
                                                : shown(QFileInfo(path).fileName());
    setWindowTitle(name.isEmpty() ? QStringLiteral("Portolan")
                                  : name + QStringLiteral("[*] - Portolan"));
    setWindowModified(m_session->isModified());
}

void MainWindow::showActions()
{
    const QUndoStack* undo = m_session->undoStack();
    m_back->setEnabled(m_session->canGoBack());
    m_forward->setEnabled(m_session->canGoForward());
    m_undo->setEnabled(undo->canUndo());
    m_redo->setEnabled(undo->canRedo());
    const auto name = [](QAction* action, const QString& plain, const QString& verb,
                         const QString& what) {
        action->setText(what.isEmpty() ? plain : verb.arg(withoutMnemonics(what)));
        setPlainToolTip(action, what.isEmpty() ? QString(plain).remove(u'&')
                                               : QString(verb).remove(u'&').arg(what));
    };
    name(m_undo, tr("&Undo"), tr("&Undo %1"), undo->undoText());
    name(m_redo, tr("&Redo"), tr("&Redo %1"), undo->redoText());
    for (QAction* action : m_mapActions)
        action->setEnabled(m_session->document());
}

void MainWindow::showMessage(const QString& message, bool isError)
{
    m_status->showNote(message, isError);
    if (isError)
        band(QStringLiteral("error"))->show(Sign::Error, message);
}

void MainWindow::showPalette()
{
    if (!m_palette)
        m_palette = new CommandPalette(m_session, this);
    m_palette->open(commands());
}

void MainWindow::showManual()
{
    auto* manual = new ManualWindow(m_places.resources, this);
    manual->show();
}

void MainWindow::showAbout()
{
    auto* about = new AboutBox(this);
    about->open();
}

void MainWindow::goToNextPane(int step)
{
    std::vector<QWidget*> panes;
    for (QWidget* pane :
         {m_explorer->widget(), currentView(), m_inspector->widget(), m_problems->widget()})
        if (pane && pane->isVisible())
            panes.push_back(pane);
    if (panes.empty())
        return;
    const auto current = std::find_if(panes.begin(), panes.end(), [](const QWidget* pane) {
        return pane->isAncestorOf(QApplication::focusWidget()) ||
               pane == QApplication::focusWidget();
    });
    const int count = int(panes.size());
    const int from = current == panes.end() ? -1 : int(current - panes.begin());
    QWidget* next = panes[std::size_t((from + step + count) % count)];
    if (next->focusPolicy() == Qt::NoFocus)
        for (QWidget* child : next->findChildren<QWidget*>())
            if (child->focusPolicy() & Qt::TabFocus && child->isVisible() && child->isEnabled()) {
                next = child;
                break;
            }
    next->setFocus(Qt::TabFocusReason);
}

void MainWindow::removeSelected()
{
    askAndRemove(*m_session, m_session->selection(), this);
}

void MainWindow::resetLayout()
{
    for (QDockWidget* dock : {m_explorer, m_inspector, m_problems}) {
        dock->setFloating(false);
        dock->show();
    }
    addDockWidget(Qt::LeftDockWidgetArea, m_explorer);
    addDockWidget(Qt::RightDockWidgetArea, m_inspector);
    addDockWidget(Qt::BottomDockWidgetArea, m_problems);
    const auto scaled = [](int px) { return qRound(px * textScale()); };
    resizeDocks({m_explorer, m_inspector},
                {scaled(metrics::explorerWidth), scaled(metrics::inspectorWidth)}, Qt::Horizontal);
    resizeDocks({m_problems}, {scaled(metrics::problemsHeight)}, Qt::Vertical);
}

void MainWindow::restoreState()
{
    const QSize size = m_settings->value(QStringLiteral("size")).toSize();
    const QSize room = screen()->availableSize() - QSize(0, titleBarRoom);
    resize((size.isValid() ? size : QSize(metrics::windowWidth, metrics::windowHeight))
               .boundedTo(room));
    for (const char* name : rememberedToggles) {
        if (auto* toggle = findChild<QAction*>(QLatin1String(name)))
            toggle->setChecked(m_settings->value(QLatin1String(name), true).toBool());
    }
    QMainWindow::restoreState(m_settings->value(QStringLiteral("docks")).toByteArray(),
                              stateVersion);
}

void MainWindow::saveState()
{
    m_settings->setValue(QLatin1String(watchingKey), m_estates->isWatching());
    m_settings->setValue(QLatin1String(savingKey), m_files->autoSaver()->isOn());
    for (const char* name : rememberedToggles) {
        if (const auto* toggle = findChild<QAction*>(QLatin1String(name)))
            m_settings->setValue(QLatin1String(name), toggle->isChecked());
    }
    m_settings->setValue(QStringLiteral("size"), size());
    m_settings->setValue(QStringLiteral("docks"), QMainWindow::saveState(stateVersion));
}

bool MainWindow::event(QEvent* event)
{
    const bool result = QMainWindow::event(event);
    if (event->type() == QEvent::WindowActivate)
        m_maps->check();
    if (event->type() == QEvent::Paint && !std::exchange(m_isPainted, true))
        QTimer::singleShot(0, this, [this] { emit painted(); });
    return result;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_files->autoSaver()->saveNow();
    if (m_mayClose || !m_session->isModified()) {
        m_maps->discardEdits();
        saveState();
        QMainWindow::closeEvent(event);
        return;
    }
    event->ignore();
    m_files->whenSafe([this] {
        m_mayClose = true;
        close();
    });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData() && !localPaths(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    openPaths(localPaths(*event->mimeData()));
}

}  // namespace portolan::ui
