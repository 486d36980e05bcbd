// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/context_map_view.h"

#include "model/chart/saved_filter.h"
#include "model/layout/composed_layout.h"
#include "model/layout/simple_layout.h"

#include "ui/base/empty_state.h"
#include "ui/base/icons.h"
#include "ui/base/menu_button.h"
#include "ui/base/message_band.h"
#include "ui/base/plain_label.h"
#include "ui/base/segment.h"
#include "ui/base/style.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/base/view_bar.h"
#include "ui/canvas/layout_task.h"
#include "ui/canvas/legend_row.h"
#include "ui/session/removal.h"
#include "ui/session/session.h"
#include "ui/views/context_map/chart_table_view.h"
#include "ui/views/context_map/edit_tools.h"
#include "ui/views/context_map/filter_bar.h"
#include "ui/views/context_map/lens_menu.h"
#include "ui/views/context_map/map_filter.h"
#include "ui/views/context_map/placement_guard.h"
#include "ui/views/context_map/relationship_form.h"
#include "ui/views/context_map/saved_views.h"
#include "ui/views/context_map/selection.h"
#include "ui/views/context_map/title_field.h"

#include <QAction>
#include <QActionGroup>
#include <QBoxLayout>
#include <QFileInfo>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace portolan::ui {
namespace {

// Up to here a chart is routed anew at once: edges times the square of the cards, as the router's time grows. The worst of that
// size, lines from anywhere to anywhere, takes 90 ms; a larger one is drawn plainly, and its lines come from the helper.
constexpr std::size_t mostRoutingAtOnce = 10'000;
constexpr std::size_t fewNew = 20;  // new cards that are placed at once, near their neighbours
constexpr int refineDelayMs = 150;
constexpr int busyDelayMs = 60;
// Below it nobody reads a card: a focus that would be shown so is arranged by itself, up to so many cards.
constexpr double readableZoom = 0.6;
constexpr std::size_t mostArrangedAnew = 400;

EntityRef contextRef(const ContextId& id)
{
    return {EntityKind::BoundedContext, id.text};
}

}  // namespace

ContextMapView::ContextMapView(Session* session, QWidget* parent)
    : QWidget(parent), m_session(session), m_canvas(new Canvas(this))
{
    setObjectName(QStringLiteral("contextMapView"));
    setAccessibleName(tr("Context map"));
    m_canvas->setAccessibleName(tr("Context map"));
    m_canvas->setDropRule([this] {
        return m_session->document() && !m_ownPlaces && !m_session->map().isPlacementLocked;
    });
    setFocusProxy(m_canvas);
    createModes();
    createActions();
    createWidgets();
    connectCanvas();
    connectFields();
    connectSession();
    startOver();
}

ContextMapView::~ContextMapView() = default;

bool ContextMapView::isLaidOut() const
{
    return !m_layoutTask->isRunning() && !m_refine.isActive();
}

QList<QAction*> ContextMapView::editActions() const
{
    return m_tools->actions() + QList<QAction*>{m_copy, m_copyPicture, m_selectAll};
}

QList<QAction*> ContextMapView::viewActions()
{
    const auto line = [this] {
        auto* separator = new QAction(this);
        separator->setSeparator(true);
        return separator;
    };
    return QList<QAction*>{m_showDeclared, m_showObserved, line()} + m_filter->hidingActions() +
           QList<QAction*>{m_dim, line()} + m_filter->collapsingActions() +
           QList<QAction*>{line(),
                           m_lens->menuAction(),
                           m_views->menuAction(),
                           m_showTable,
                           m_showLegend,
                           m_showOverview,
                           line(),
                           m_fit,
                           m_placement->lockAction()};
}

// ---- making

// Keys work while the canvas has the focus, and are left to a field that is typed in.
QAction* ContextMapView::makeAction(const QString& text, const char* name, const QKeySequence& key,
                                    void (ContextMapView::*slot)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    if (slot)
        connect(action, &QAction::triggered, this, slot);
    m_canvas->addAction(action);
    return action;
}

QAction* ContextMapView::makeToggle(const QString& text, const char* name, const QKeySequence& key)
{
    QAction* action = makeAction(text, name, key, nullptr);
    action->setCheckable(true);
    return action;
}

void ContextMapView::createModes()
{
    auto* modes = new QActionGroup(this);
    const auto mode = [&](const QString& text, const char* name, CanvasMode which) {
        QAction* action = makeToggle(text, name, {});
        modes->addAction(action);
        connect(action, &QAction::triggered, this, [this, which] { setMode(which); });
        return action;
    };
    m_selectMode = mode(tr("Select"), "mapSelectMode", CanvasMode::Select);
    m_connectMode = mode(tr("Connect"), "mapConnectMode", CanvasMode::Connect);
    m_addMode = mode(tr("Add context"), "mapAddMode", CanvasMode::Add);
    makeAction(tr("Add context in sight"), "mapAddInSight", Qt::Key_Insert,
               &ContextMapView::addContextInSight);
    m_selectMode->setChecked(true);
    setPlainToolTip(m_selectMode, tr("Click selects, drag moves"));
    setPlainToolTip(m_connectMode, tr("Drag from card to card to declare a relationship"));
    setPlainToolTip(m_addMode, tr("Click where the new context is to stand"));
}

void ContextMapView::createActions()
{
    m_showDeclared = makeToggle(tr("&Declared"), "mapShowDeclared", {});
    m_showObserved = makeToggle(tr("&Observed"), "mapShowObserved", {});
    setPlainToolTip(m_showDeclared, tr("Relationships that the map declares"));
    setPlainToolTip(m_showObserved, tr("What was and was not observed, and flows nobody declares"));
    for (QAction* show : {m_showDeclared, m_showObserved}) {
        show->setChecked(true);
        connect(show, &QAction::toggled, this, &ContextMapView::refresh);
    }
    m_arrange = makeAction(tr("Arrange all"), "mapArrange", {}, &ContextMapView::arrange);
    m_arrange->setIconText(tr("Arrange"));
    m_arrange->setIcon(iconOf(Sign::Arrange));
    setPlainToolTip(m_arrange, tr("Lay out the selected cards anew, or all of them"));
    m_rename = makeAction(tr("Rename"), "mapRename", Qt::Key_F2, &ContextMapView::renameSelected);
    m_remove = makeAction(tr("Remove"), "mapRemove", QKeySequence::Delete,
                          &ContextMapView::removeSelected);
    m_connect = makeAction(tr("Connect to another context"), "mapConnect", Qt::Key_C,
                           &ContextMapView::connectSelected);
    m_declare =
        makeAction(tr("Declare relationship…"), "mapDeclare", {}, &ContextMapView::declareSelected);
    m_copy = makeAction(tr("Copy as text"), "mapCopyText", Qt::CTRL | Qt::SHIFT | Qt::Key_C,
                        &ContextMapView::copySelected);
    m_tools = new EditTools(m_session, m_canvas, [this] { copySelected(); });
    connect(m_tools, &EditTools::removeWanted, this, &ContextMapView::removeSelected);
    m_selectAll = makeAction(tr("Select all contexts"), "mapSelectAll", QKeySequence::SelectAll,
                             &ContextMapView::selectAll);
    m_dim = makeToggle(tr("Dim what is not selected"), "mapDim", Qt::SHIFT | Qt::Key_F);
    connect(m_dim, &QAction::toggled, m_canvas, &Canvas::setDimmed);
    m_filter = new MapFilter(m_session, m_canvas, this);
    m_showTable = makeToggle(tr("Show as a table"), "mapTable", Qt::CTRL | Qt::Key_T);
    m_showTable->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_showTable->setIconText(tr("Table"));
    m_showTable->setIcon(iconOf(Sign::Table));
    setPlainToolTip(m_showTable, tr("The same contexts and relationships as lists (Ctrl+T)"));
    addAction(m_showTable);  // works from the table too
    connect(m_showTable, &QAction::toggled, this, &ContextMapView::showTable);
    m_lens = new LensMenu(m_session, this);
    connect(m_lens, &LensMenu::lensChanged, this, &ContextMapView::showLens);
    m_views = new SavedViews(m_session,
                             {[this] { return takenView(); },
                              [this](const SavedView& view) { putView(view); },
                              [this] { return viewWords(); }},
                             this);
    m_showLegend = makeToggle(tr("Legend"), "mapLegend", Qt::Key_L);
    m_showLegend->setChecked(true);
    m_showOverview = makeToggle(tr("Overview map"), "mapOverview", Qt::Key_M);
    m_showOverview->setChecked(true);
    setPlainToolTip(m_showOverview,
                    tr("The whole map in the corner, while most of it is out of sight"));
    connect(m_showOverview, &QAction::toggled, m_canvas, &Canvas::setHasOverview);
    m_fit = makeAction(tr("Fit the map to the window"), "mapFit", Qt::Key_0, nullptr);
    connect(m_fit, &QAction::triggered, m_canvas, &Canvas::glideToFit);
    m_export = makeAction(tr("Export…"), "mapExport", {}, nullptr);
    setPlainToolTip(m_export, tr("Write the map as a picture"));
    m_export->setIcon(iconOf(Sign::Export));
    connect(m_export, &QAction::triggered, this, &ContextMapView::exportRequested);
    m_copyPicture =
        makeAction(tr("Copy picture"), "mapCopyPicture", Qt::CTRL | Qt::ALT | Qt::Key_C, nullptr);
    connect(m_copyPicture, &QAction::triggered, this, &ContextMapView::pictureCopyRequested);
    addActions({m_connect, m_declare, m_rename, m_arrange});
}

void ContextMapView::createWidgets()
{
    m_legend = new LegendRow(this);
    m_band = new MessageBand(this);
    m_band->setObjectName(QStringLiteral("layoutBand"));
    m_placement = new PlacementGuard(m_session, this);
    connect(m_placement, &PlacementGuard::keepRequested, this, &ContextMapView::placeAsLaidOut);
    m_titleField = new TitleField(
        [this](const EntityRef& entity, const QString& name) { return takeName(entity, name); },
        m_canvas);
    m_form = new RelationshipForm(m_canvas);
    m_layoutTask = new LayoutTask(this);
    m_empty = new EmptyState(Sign::Context, QString(), QString(), m_canvas);
    m_empty->setObjectName(QStringLiteral("emptyContextMap"));
    QPushButton* add = m_empty->addButton(tr("Add context"));
    add->setObjectName(QStringLiteral("emptyAdd"));
    connect(add, &QPushButton::clicked, this, &ContextMapView::addContextInSight);
    QPushButton* all = m_empty->addButton(tr("Show all"));
    all->setObjectName(QStringLiteral("emptyShowAll"));
    connect(all, &QPushButton::clicked, m_filter, &MapFilter::showAll);
    m_empty->hide();
    m_table = new ChartTableView(this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_canvas);
    m_pages->addWidget(m_table);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(createViewBar());
    column->addWidget(m_filter->bar());
    column->addWidget(m_band);
    column->addWidget(m_placement->band());
    column->addWidget(m_pages, 1);
    column->addWidget(m_legend);
    connect(m_showLegend, &QAction::toggled, m_legend, &QWidget::setVisible);
    connect(m_legend, &LegendRow::closed, this, [this] { m_showLegend->setChecked(false); });
}

QWidget* ContextMapView::createViewBar()
{
    auto* bar = new ViewBar(this);
    QHBoxLayout* row = bar->row();
    auto* modes = new Segment(tr("Mode"), bar);
    for (QAction* action : {m_selectMode, m_connectMode, m_addMode})
        modes->addButton(action);
    row->addWidget(modes);
    auto* label = new PlainLabel(tr("Show"), bar);
    label->setRole(FontRole::Secondary);
    label->setMuted(true);
    row->addWidget(label);
    auto* show = new Segment(tr("Show"), bar);
    show->addButton(m_showDeclared, true);
    show->addButton(m_showObserved, true);
    row->addWidget(show);
    MenuButton* lens = m_lens->makeButton(bar);
    MenuButton* views = m_views->makeButton(bar);
    row->addWidget(lens);
    row->addWidget(views);
    row->addStretch(1);
    m_declareButton = new QPushButton(m_declare->text(), bar);
    m_declareButton->setObjectName(QStringLiteral("mapDeclareButton"));
    makePrimary(m_declareButton);
    m_declareButton->hide();
    connect(m_declareButton, &QPushButton::clicked, m_declare, &QAction::trigger);
    row->addWidget(m_declareButton);
    QToolButton* find = bar->addButton(m_filter->findAction());
    QToolButton* table = bar->addButton(m_showTable);
    QToolButton* arranging = bar->addButton(m_arrange);
    QToolButton* exporting = bar->addButton(m_export);
    bar->addHidingStep(label);
    bar->addWordStep({find, table, arranging, exporting});
    bar->addStep([this, modes](bool isTaken) {
        m_addMode->setIconText(isTaken ? tr("Add") : tr("Add context"));
        modes->layout()->activate();
    });
    bar->addStep([lens, views](bool isTaken) {
        lens->setBrief(isTaken);
        views->setBrief(isTaken);
    });
    // What is hidden stays in the menus.
    for (QWidget* widget :
         std::initializer_list<QWidget*>{exporting, arranging, show, table, views, lens, modes})
        bar->addHidingStep(widget);
    return bar;
}

void ContextMapView::connectCanvas()
{
    connect(m_canvas, &Canvas::selectionRequested, this,
            [this](const std::vector<EntityRef>& drawn) {
                m_session->setSelection(m_filter->meant(drawn));
            });
    connect(m_canvas, &Canvas::nodesMoved, this, &ContextMapView::place);
    connect(m_canvas, &Canvas::addRequested, this,
            [this](const Point& at, const EntityRef& region) { rename(addContext(at, region)); });
    connect(m_canvas, &Canvas::connectRequested, this, &ContextMapView::askRelationship);
    connect(m_canvas, &Canvas::connectedToNothing, this, &ContextMapView::connectToNew);
    connect(m_canvas, &Canvas::renameRequested, this, &ContextMapView::rename);
    connect(m_canvas, &Canvas::menuRequested, this, &ContextMapView::showMenu);
    connect(m_canvas, &Canvas::escaped, this, &ContextMapView::escape);
    connect(m_canvas, &Canvas::zoomChanged, this, &ContextMapView::placeTitleField);
    const auto open = [this](const EntityRef& entity) {
        if (m_filter->open(entity))
            return;
        if (entity.kind == EntityKind::Relationship)
            editRelationship(entity);
        else
            emit openRequested(entity);
    };
    connect(m_canvas, &Canvas::activated, this, open);
    connect(m_table, &ChartTableView::activated, this, [this, open](const EntityRef& entity) {
        m_showTable->setChecked(entity.kind != EntityKind::Relationship &&
                                m_showTable->isChecked());
        open(entity);
    });
    connect(m_table, &ChartTableView::selectionRequested, this,
            [this](const std::vector<EntityRef>& drawn) {
                m_session->setSelection(m_filter->meant(drawn));
            });
    connect(m_table, &ChartTableView::saved, this, [this](const QString& path) {
        m_session->raiseMessage(tr("Saved as %1.").arg(shown(path, 300)));
    });
    connect(m_table, &ChartTableView::failed, this,
            [this](const QString& sentence) { m_band->show(Sign::Error, sentence); });
    connect(m_filter, &MapFilter::focusEntered, this, &ContextMapView::enterFocus);
    connect(m_filter, &MapFilter::focusLeft, this, &ContextMapView::leaveFocus);
    connect(m_filter, &MapFilter::changed, this, &ContextMapView::refresh);
    connect(m_filter, &MapFilter::allShown, this, [this] {
        m_ownPlaces.reset();
        m_views->leave();
    });
}

void ContextMapView::connectFields()
{
    connect(m_titleField, &TitleField::closed, this, [this](bool byKey) {
        if (byKey)
            m_canvas->setFocus();
    });
    connect(m_form, &RelationshipForm::accepted, this, &ContextMapView::declare);
    connect(m_form, &RelationshipForm::closed, this, [this] {
        m_canvas->setFocus();
        if (m_renameAfterForm)
            rename(*std::exchange(m_renameAfterForm, std::nullopt));
    });
    connect(m_layoutTask, &LayoutTask::finished, this,
            [this](const LayoutResult& layout, const QString& note) {
                // Better lines wait for the end of a gesture; the task remembers its answer.
                if (m_isRefining && m_canvas->isBusy())
                    m_refine.start(refineDelayMs);
                else
                    showLaidOut(layout, note);
            });
    connect(m_layoutTask, &LayoutTask::draft, this, &ContextMapView::showDraft);
}

void ContextMapView::connectSession()
{
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &ContextMapView::refreshWhenIdle);
    m_refine.setSingleShot(true);
    connect(&m_refine, &QTimer::timeout, this, [this] { m_layoutTask->start(m_awaited); });
    connect(m_session, &Session::mapOpened, this, &ContextMapView::startOver);
    connect(m_session, &Session::mapChanged, this, &ContextMapView::refresh);
    // These come after the map's own change, and at any time: they wait until no gesture is under way.
    connect(m_session, &Session::findingsChanged, this, [this] { m_idle.start(0); });
    connect(m_session, &Session::estateChanged, this, [this] { m_idle.start(0); });
    connect(m_session, &Session::selectionChanged, this, &ContextMapView::showSelection);
}

// ---- showing

void ContextMapView::startOver()
{
    m_automatic.clear();
    m_fitsNext = true;
    m_renameNext.reset();
    m_renameAfterForm.reset();
    m_titleField->dismiss();
    m_form->dismiss();
    m_band->hide();
    m_dim->setChecked(false);
    m_ownPlaces.reset();
    m_before.reset();
    setMode(CanvasMode::Select);
    m_canvas->setChart({}, {});
    m_answered = {};
    m_last = {};
    m_refine.stop();
    m_isRefining = false;
    m_filter->reset();
    m_views->leave();
    refresh();
    showSelection();
}

void ContextMapView::refreshWhenIdle()
{
    if (m_canvas->isBusy())
        m_idle.start(busyDelayMs);
    else
        refresh();
}

void ContextMapView::refresh()
{
    m_idle.stop();
    if (m_isPutting)
        return;
    // Without an import nothing is known of them.
    const bool isImported = !m_session->estate()->sources.empty();
    const ContextMapChartOptions options{m_showDeclared->isChecked(), m_showObserved->isChecked(),
                                         isImported ? &m_session->couplings() : nullptr};
    m_chart = m_filter->apply(contextMapChart(m_session->map(), *m_session->estate(),
                                              m_session->drift(), m_session->findings(), options));
    m_lens->putOn(m_chart);
    placeGroups();
    LayoutRequest request = m_canvas->layoutRequest(m_chart);
    const auto placeAll = [this, &request] {
        std::size_t unplaced = 0;
        // Cards that stand somewhere stay there; only new ones look for a place.
        for (std::size_t node = 0; node < m_chart.nodes.size(); ++node) {
            request.nodes[node].fixed = placeOf(m_chart.nodes[node].entity);
            unplaced += request.nodes[node].fixed ? 0 : 1;
        }
        return unplaced;
    };
    std::size_t unplaced = placeAll();
    if (m_filter->isFocused() && !m_ownPlaces && isScattered(request)) {
        m_ownPlaces.emplace();
        unplaced = placeAll();
    }
    const bool isSmall =
        request.edges.size() * request.nodes.size() * request.nodes.size() <= mostRoutingAtOnce;
    const bool isOneMore = unplaced == 1 && request.nodes.size() > 1;
    if (unplaced == 0)
        request.engine = LayoutEngine::Simple;  // only routes are wanted
    if (request == m_answered) {
        m_layoutTask->cancel();
        m_refine.stop();
        m_last.keep(m_chart, m_answered, m_layout);
        showShape();  // other words, the same shape
    } else if (m_isRefining && request == m_awaited) {
        showShape();  // the same, while better lines are on the way
    } else if (isSmall && (unplaced == 0 || isOneMore)) {
        m_layoutTask->cancel();
        m_refine.stop();
        std::vector<Point> wished =
            unplaced == 0 ? std::vector<Point>(request.nodes.size()) : simpleLayout(request);
        m_awaited = request;
        showLaidOut(completeLayout(request, std::move(wished)), QString());
    } else if (!m_last.isEmpty() && unplaced <= fewNew) {
        showAtOnce(std::move(request), unplaced > 0);
    } else if (isLaidOut() || request != m_awaited) {
        m_refine.stop();
        m_isRefining = false;
        m_awaited = request;
        m_layoutTask->start(std::move(request));
    }
}

// A large chart after an edit: what it touches is drawn anew, plainly, and the helper sees to the lines a moment later.
void ContextMapView::showAtOnce(LayoutRequest request, bool hasNew)
{
    m_layoutTask->cancel();
    std::vector<Point> wished =
        hasNew ? ownLayout(request) : std::vector<Point>(request.nodes.size());
    m_layout = m_last.patched(m_chart, request, std::move(wished));
    for (std::size_t node = 0; node < request.nodes.size(); ++node)
        request.nodes[node].fixed = m_layout.positions[node];
    request.engine = LayoutEngine::Simple;
    m_answered = {};
    m_awaited = std::move(request);
    m_last.keep(m_chart, m_awaited, m_layout);
    keepPlaces(m_layout);
    showShape();
    m_isRefining = true;
    m_refine.start(refineDelayMs);
}

void ContextMapView::keepPlaces(const LayoutResult& layout)
{
    for (std::size_t node = 0; node < m_chart.nodes.size(); ++node) {
        if (m_ownPlaces)
            (*m_ownPlaces)[m_chart.nodes[node].entity] = layout.positions[node];
        else if (!m_chart.nodes[node].place)
            m_automatic[m_chart.nodes[node].entity] = layout.positions[node];
    }
}

// Where a person or the layout has put a card; nothing: nobody yet.
std::optional<Point> ContextMapView::placeOf(const EntityRef& entity) const
{
    const auto in = [&entity](const std::map<EntityRef, Point>& places) -> std::optional<Point> {
        const auto found = places.find(entity);
        return found == places.end() ? std::nullopt : std::optional(found->second);
    };
    if (m_ownPlaces)
        return in(*m_ownPlaces);
    if (entity.kind == EntityKind::BoundedContext) {
        const auto& placement = m_session->map().placement;
        if (const auto at = placement.find(ContextId(entity.id)); at != placement.end())
            return Point{at->second.x, at->second.y};
    }
    return in(m_automatic);
}

// A collapsed domain stands in the middle of where its contexts stand.
void ContextMapView::placeGroups()
{
    for (const ChartNode& node : m_chart.nodes) {
        if (node.members == 0 || placeOf(node.entity))
            continue;
        Point sum;
        int count = 0;
        for (const EntityRef& member : m_filter->members(node.entity)) {
            if (const std::optional<Point> at = placeOf(member)) {
                sum = {sum.x + at->x, sum.y + at->y};
                ++count;
            }
        }
        if (count > 0)
            (m_ownPlaces ? *m_ownPlaces : m_automatic)[node.entity] = {sum.x / count,
                                                                       sum.y / count};
    }
}

// Whether what is left of the picture is so far apart that fitted into the window no card could be read.
bool ContextMapView::isScattered(const LayoutRequest& request) const
{
    if (request.nodes.empty() || request.nodes.size() > mostArrangedAnew)
        return false;
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    bool isFirst = true;
    for (const LayoutNode& node : request.nodes) {
        if (!node.fixed)
            return true;
        left = isFirst ? node.fixed->x : std::min(left, node.fixed->x);
        top = isFirst ? node.fixed->y : std::min(top, node.fixed->y);
        right = std::max(isFirst ? node.fixed->x : right, node.fixed->x + node.width);
        bottom = std::max(isFirst ? node.fixed->y : bottom, node.fixed->y + node.height);
        isFirst = false;
    }
    return m_canvas->width() < (right - left) * readableZoom ||
           m_canvas->height() < (bottom - top) * readableZoom;
}

void ContextMapView::enterFocus()
{
    m_before = Before{m_canvas->sight(), m_answered, m_layout, m_ownPlaces};
    m_fitsNext = true;
}

// Everything as it was: the places, the lines, the zoom. What was edited meanwhile is laid out as after any edit.
void ContextMapView::leaveFocus()
{
    if (!m_before)
        return;
    m_ownPlaces = std::move(m_before->ownPlaces);
    m_layoutTask->cancel();
    m_isRefining = false;
    m_answered = std::move(m_before->answered);
    m_layout = std::move(m_before->layout);
    m_sightNext = m_before->sight;
    m_fitsNext = false;
    m_before.reset();
}

// ---- saved views

SavedView ContextMapView::takenView() const
{
    SavedView view;
    setFilter(view, m_filter->filter());
    if (!m_showDeclared->isChecked() || !m_showObserved->isChecked())
        view.show = {m_showDeclared->isChecked() ? "declared" : "observed"};
    if (m_lens->lens() != Lens::None)
        view.lens = toString(m_lens->lens());
    for (std::size_t node = 0; node < m_chart.nodes.size(); ++node) {
        const EntityRef& card = m_chart.nodes[node].entity;
        if (card.kind == EntityKind::BoundedContext && node < m_layout.positions.size())
            view.placement[ContextId(card.id)] = {m_layout.positions[node].x,
                                                  m_layout.positions[node].y};
    }
    return view;
}

void ContextMapView::putView(const SavedView& view)
{
    const auto shows = [&view](const char* what) {
        return view.show.empty() ||
               std::find(view.show.begin(), view.show.end(), what) != view.show.end();
    };
    // Without a picture for each of the steps in between.
    m_isPutting = true;
    m_showDeclared->setChecked(shows("declared"));
    m_showObserved->setChecked(shows("observed"));
    m_lens->setLens(lensFrom(view.lens).value_or(Lens::None));
    m_filter->setFilter(filterOf(view));
    m_ownPlaces.reset();
    if (!view.placement.empty())
        m_ownPlaces.emplace();
    for (const auto& [id, position] : view.placement)
        (*m_ownPlaces)[contextRef(id)] = {position.x, position.y};
    m_isPutting = false;
    m_sightNext.reset();
    m_fitsNext = true;
    refresh();
}

// What is shown, so that another person can make the same picture.
QString ContextMapView::viewWords() const
{
    QStringList lines;
    const SavedView* open = m_session->map().view(m_views->open());
    lines << (open ? tr("%1: view %2").arg(shown(m_session->map().name), shown(open->name))
                   : shown(m_session->map().name));
    lines << m_filter->words();
    if (!m_showDeclared->isChecked() || !m_showObserved->isChecked())
        lines << (m_showDeclared->isChecked()   ? tr("Only what is declared")
                  : m_showObserved->isChecked() ? tr("Only what was observed")
                                                : tr("No relationships"));
    if (m_lens->lens() != Lens::None)
        lines << tr("Lens: %1").arg(toQString(titleOf(m_lens->lens())));
    if (open && !m_session->mapPath().isEmpty())
        lines << tr("Open it with: portolan --view %1 %2")
                     .arg(toQString(open->id.text), QFileInfo(m_session->mapPath()).fileName());
    return lines.join(QLatin1Char('\n'));
}

void ContextMapView::showTable(bool isOn)
{
    m_pages->setCurrentWidget(isOn ? static_cast<QWidget*>(m_table) : m_canvas);
    m_legend->setVisible(!isOn && m_showLegend->isChecked());
    setFocusProxy(m_pages->currentWidget());
    m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void ContextMapView::showLaidOut(const LayoutResult& layout, const QString& note)
{
    m_isRefining = false;
    m_layout = layout;
    m_layout.positions.resize(m_chart.nodes.size());
    m_answered = m_awaited;
    m_answered.engine = LayoutEngine::Simple;
    for (std::size_t node = 0; node < m_chart.nodes.size(); ++node)
        m_answered.nodes[node].fixed = m_layout.positions[node];
    keepPlaces(m_layout);
    m_last.keep(m_chart, m_answered, m_layout);
    if (!note.isEmpty())
        m_band->show(Sign::Info, note);
    showShape();
}

// For a moment: nothing is known to stand there.
void ContextMapView::showDraft(const LayoutResult& layout)
{
    if (m_canvas->isBusy())
        return;
    m_canvas->setChart(m_chart, layout);
    if (m_fitsNext)
        m_canvas->fit();
    showEmptyState();
}

void ContextMapView::showShape()
{
    m_legend->setChart(m_chart);
    m_table->setChart(m_chart);
    m_canvas->setChart(m_chart, m_layout);
    m_canvas->setDimmed(m_dim->isChecked());
    m_filter->markHits();
    if (m_fitsNext && !m_chart.nodes.empty()) {
        m_fitsNext = false;
        m_canvas->fit();
    }
    if (m_sightNext)
        m_canvas->setSight(*std::exchange(m_sightNext, std::nullopt));
    m_views->update();
    showEmptyState();
    showSelection();
    placeTitleField();
    if (m_renameNext && m_canvas->titleRectOf(*m_renameNext))
        rename(*std::exchange(m_renameNext, std::nullopt));
}

// Other colours and words on the cards; all stays where it stands.
void ContextMapView::showLens()
{
    m_lens->putOn(m_chart);
    m_legend->setChart(m_chart);
    m_table->setChart(m_chart);
    m_views->update();
    m_canvas->takeLens(m_chart);  // a chart that is still being laid out comes with it
}

void ContextMapView::showEmptyState()
{
    const bool hasMap = m_session->document() != nullptr;
    const bool isFiltered = hasMap && !m_session->map().contexts.empty();
    m_empty->setWords(
        isFiltered ? tr("No context matches the filter")
        : hasMap   ? tr("This map has no contexts yet")
                   : tr("No context map is open"),
        isFiltered ? tr("All contexts of the map are hidden.")
        : hasMap   ? tr("Add the first one, or import what the organisation has.")
                   : tr("Open a map or a folder from the File menu, or drop one onto the window."));
    for (QPushButton* button : m_empty->findChildren<QPushButton*>())
        button->setVisible(hasMap &&
                           isFiltered == (button->objectName() == QLatin1String("emptyShowAll")));
    m_empty->setGeometry(m_canvas->rect());
    m_empty->setVisible(m_chart.nodes.empty());
}

// What is selected elsewhere is marked here by the card that it belongs to.
void ContextMapView::showSelection()
{
    std::vector<EntityRef> marked = m_filter->drawn(onCanvas(*m_session, m_session->selection()));
    m_table->setSelection(marked);
    if (marked != m_canvas->selection()) {
        m_canvas->setSelection(std::move(marked));
        if (!m_canvas->selection().empty())
            m_canvas->reveal(m_canvas->selection().front());
    }
    updateActions();
}

void ContextMapView::placeTitleField()
{
    if (m_titleField->isHidden())
        return;
    if (const auto over = m_canvas->titleRectOf(m_titleField->entity()))
        m_titleField->placeOver(*over, m_canvas->titleFont());
    else
        m_titleField->dismiss();
}

void ContextMapView::updateActions()
{
    const SelectionParts parts = partsOf(m_canvas->selection());
    const bool hasMap = m_session->document() != nullptr;
    const bool isFlow = parts.relationships.size() == 1 && isUndeclaredId(parts.relationships[0]);
    const bool isStandIn = std::any_of(parts.relationships.begin(), parts.relationships.end(),
                                       [](const std::string& id) { return isStandInId(id); });
    m_connect->setEnabled(hasMap && parts.contexts.size() == 1);
    m_rename->setEnabled(hasMap && parts.contexts.size() + parts.domains.size() == 1);
    // What only stands for others is opened first.
    m_remove->setEnabled(hasMap && !m_canvas->selection().empty() && !isFlow && !isStandIn);
    m_remove->setText(removeText(*m_session, m_canvas->selection()));
    m_declare->setEnabled(hasMap && parts.relationships.size() == 1 && !isStandIn);
    m_declare->setText(isFlow || parts.relationships.empty() ? tr("Declare relationship…")
                                                             : tr("Change relationship…"));
    m_declareButton->setVisible(isFlow);
    m_copy->setEnabled(!m_session->selection().empty());
    m_tools->update();
    m_arrange->setText(parts.contexts.empty() ? tr("Arrange all")
                                              : tr("Arrange %1").arg(named(*m_session, parts)));
    m_arrange->setIconText(tr("Arrange"));
    m_dim->setEnabled(m_dim->isChecked() || !m_canvas->selection().empty());
    m_filter->update();
    for (QAction* action : {m_connectMode, m_addMode, m_arrange, m_selectAll, m_export,
                            m_copyPicture, m_fit, m_showTable})
        action->setEnabled(hasMap);
}

void ContextMapView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_empty->setGeometry(m_canvas->rect());
}

void ContextMapView::setMode(CanvasMode mode)
{
    m_canvas->setMode(mode);
    QAction* action = mode == CanvasMode::Select    ? m_selectMode
                      : mode == CanvasMode::Connect ? m_connectMode
                                                    : m_addMode;
    action->setChecked(true);
    if (isVisible())
        m_canvas->setFocus();
}

// From a mode to selecting, out of focus, from a product to its context, and at last to nothing.
void ContextMapView::escape()
{
    if (m_canvas->mode() != CanvasMode::Select)
        setMode(CanvasMode::Select);
    else if (m_dim->isChecked())
        m_dim->setChecked(false);
    else if (m_filter->isFocused())
        m_filter->leaveFocus();
    else if (m_session->selection() != m_canvas->selection())
        m_session->setSelection(m_canvas->selection());
    else
        m_session->clearSelection();
}

}  // namespace portolan::ui
