// SPDX-License-Identifier: Apache-2.0
#include "ui/views/lineage/lineage_view.h"

#include "model/analysis/lineage/lineage_subject.h"
#include "model/chart/lineage_table.h"
#include "model/estate/entity_keys.h"

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
#include "ui/session/session.h"
#include "ui/views/lineage/impact_page.h"
#include "ui/views/lineage/lineage_reader.h"
#include "ui/views/lineage/lineage_row_model.h"
#include "ui/views/lineage/time_choice.h"

#include <QAction>
#include <QActionGroup>
#include <QBoxLayout>
#include <QHeaderView>
#include <QListWidget>
#include <QMenu>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr int mostHops = 99;
constexpr std::size_t mostRows = 500;
constexpr std::size_t mostWays = 100;

std::vector<EntityRef> named(const Estate& estate, const std::vector<LineageNode>& path,
                             bool areColumns)
{
    std::vector<EntityRef> entities;
    for (const LineageNode node : path) {
        const DatasetIndex dataset = areColumns ? estate.columns[node].dataset : DatasetIndex(node);
        EntityRef entity{EntityKind::Dataset, estate.datasets[dataset.value].key()};
        if (entities.empty() || entities.back() != entity)
            entities.push_back(std::move(entity));
    }
    return entities;
}

QString wayWords(const Estate& estate, const std::vector<LineageNode>& path, bool areColumns)
{
    QStringList words;
    for (const LineageNode node : path) {
        const DatasetIndex dataset = areColumns ? estate.columns[node].dataset : DatasetIndex(node);
        QString name = toQString(estate.datasets[dataset.value].path);
        if (areColumns)
            name += QLatin1Char('.') + toQString(estate.columns[node].name);
        words.append(shown(name, 120));
    }
    return words.join(QStringLiteral("  →  "));
}

}  // namespace

LineageView::LineageView(Session* session, QWidget* parent)
    : QWidget(parent), m_session(session), m_reader(new LineageReader(session, this)),
      m_canvas(new Canvas(this))
{
    setObjectName(QStringLiteral("lineageView"));
    setAccessibleName(tr("Lineage"));
    m_canvas->setObjectName(QStringLiteral("lineageCanvas"));
    m_canvas->setAccessibleName(tr("Lineage"));
    m_canvas->setReadOnly(true);
    setFocusProxy(m_canvas);
    createActions();
    createWidgets();
    connectCanvas();
    connect(m_reader, &LineageReader::ready, this, [this] {
        takeSelection();
        refresh();
    });
    connect(m_reader, &LineageReader::mapChanged, this, &LineageView::refresh);
    connect(m_session, &Session::mapOpened, this, [this] {
        m_scope = {};
        m_fitsNext = true;
        setHops();
        refresh();
    });
    connect(m_session, &Session::selectionChanged, this, &LineageView::takeSelection);
    refresh();
}

LineageView::~LineageView() = default;

void LineageView::showEstate(EstatePtr past)
{
    m_reader->lookAt(std::move(past));
    refresh();
}

bool LineageView::isLaidOut() const
{
    return m_reader->isReady() && !m_layoutTask->isRunning() && !m_search.isRunning();
}

QList<QAction*> LineageView::viewActions() const
{
    return m_actions;
}

// ---- making

// Keys work while the canvas has the focus, and are left to a field that is typed in.
QAction* LineageView::makeAction(const QString& text, const char* name, const QKeySequence& key,
                                 void (LineageView::*slot)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    if (slot)
        connect(action, &QAction::triggered, this, slot);
    m_canvas->addAction(action);
    m_actions.append(action);
    return action;
}

QAction* LineageView::makeToggle(const QString& text, const char* name, const QKeySequence& key,
                                 bool LineageScope::*what)
{
    QAction* action = makeAction(text, name, key, nullptr);
    action->setCheckable(true);
    action->setChecked(m_scope.*what);
    connect(action, &QAction::toggled, this, [this, what](bool isOn) {
        m_scope.*what = isOn;
        refresh();
    });
    return action;
}

void LineageView::createActions()
{
    m_startHere =
        makeAction(tr("Start from here"), "lineageStart", Qt::Key_S, &LineageView::startHere);
    m_showColumns =
        makeToggle(tr("Columns"), "lineageColumns", Qt::Key_K, &LineageScope::showsColumns);
    connect(m_showColumns, &QAction::toggled, this, [this] { m_scope.otherColumns.clear(); });
    setPlainToolTip(m_showColumns, tr("The columns of each dataset, and what each comes from (K)"));
    m_showJobs =
        makeToggle(tr("Jobs as nodes"), "lineageJobs", Qt::Key_J, &LineageScope::showsJobs);
    setPlainToolTip(m_showJobs, tr("On: a sign for each job. Off: its name on the line (J)"));
    m_hideInternal = makeToggle(tr("Hide what only tools made"), "lineageInternal", Qt::Key_I,
                                &LineageScope::hidesInternal);
    setPlainToolTip(m_hideInternal, tr("Temporary tables, ephemeral models, changelog topics; the "
                                       "flow across them stays as an implied one (I)"));
    m_pathTo = makeAction(tr("Path to…"), "lineagePath", Qt::Key_T, &LineageView::askPath);
    setPlainToolTip(m_pathTo, tr("All ways from the selected one to another one (T)"));
    m_pin = makeAction(tr("Pin"), "lineagePin", Qt::Key_P, &LineageView::pin);
    m_pin->setIcon(iconOf(Sign::Pin));
    setPlainToolTip(m_pin, tr("Keep the selected one in the picture whatever else changes (P)"));
    m_crossings =
        makeAction(tr("Crossings"), "lineageCrossings", Qt::Key_N, &LineageView::nextCrossing);
    m_crossings->setIcon(iconOf(Sign::Warning));
    setPlainToolTip(m_crossings,
                    tr("Walk the flows over a border without a contract (N, Shift+N)"));
    m_showImpact = makeAction(tr("Impact"), "lineageImpact", Qt::CTRL | Qt::Key_T, nullptr);
    m_showImpact->setCheckable(true);
    m_showImpact->setIcon(iconOf(Sign::Table));
    m_showImpact->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_showImpact);  // works from the table too
    setPlainToolTip(m_showImpact,
                    tr("Who is hit when the selected thing changes, as a table (Ctrl+T)"));
    connect(m_showImpact, &QAction::toggled, this, &LineageView::showImpact);
    makeAction(tr("Previous crossing"), "lineageCrossingBack", Qt::SHIFT | Qt::Key_N,
               &LineageView::previousCrossing);
    QAction* up =
        makeAction(tr("To the producing column"), "lineageProducer", Qt::ALT | Qt::Key_Up, nullptr);
    connect(up, &QAction::triggered, this, [this] { step(true); });
    QAction* down = makeAction(tr("To the consuming column"), "lineageConsumer",
                               Qt::ALT | Qt::Key_Down, nullptr);
    connect(down, &QAction::triggered, this, [this] { step(false); });
    QAction* fit = makeAction(tr("Fit lineage to the window"), "lineageFit", Qt::Key_0, nullptr);
    connect(fit, &QAction::triggered, m_canvas, &Canvas::glideToFit);

    auto* group = new QActionGroup(this);
    for (const auto& [grain, words] : {std::pair{LineageGrain::Datasets, tr("Datasets")},
                                       std::pair{LineageGrain::Products, tr("Products")},
                                       std::pair{LineageGrain::Contexts, tr("Contexts")},
                                       std::pair{LineageGrain::Domains, tr("Domains")}}) {
        auto* action = new QAction(words, group);
        action->setCheckable(true);
        action->setChecked(grain == LineageGrain::Datasets);
        connect(action, &QAction::triggered, this, [this, grain = grain] { setGrain(grain); });
        m_grains.push_back(action);
    }
}

void LineageView::createWidgets()
{
    m_layoutTask = new LayoutTask(this);
    connect(m_layoutTask, &LayoutTask::finished, this, &LineageView::showLaidOut);
    m_legend = new LegendRow(this);
    connect(m_legend, &LegendRow::closed, m_legend, &QWidget::hide);
    m_band = new MessageBand(this);
    m_band->setObjectName(QStringLiteral("lineageBand"));
    m_empty = new EmptyState(Sign::Dataset, QString(), QString(), m_canvas);
    m_empty->setObjectName(QStringLiteral("emptyLineage"));
    auto* inside = new QVBoxLayout(m_canvas);
    inside->addWidget(m_empty);
    auto* upper = new QWidget(this);
    auto* column = new QVBoxLayout(upper);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_canvas, 1);
    column->addWidget(m_legend);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(upper);
    splitter->addWidget(createList());
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({600, qRound(130 * textScale())});
    m_chartPage = splitter;
    m_impact = new ImpactPage(m_session, m_reader, this);
    connect(m_impact, &ImpactPage::chosen, this, [this](const EntityRef& entity) {
        m_showImpact->setChecked(false);
        m_session->select(entity);
        m_canvas->setFocus();
    });
    connect(m_impact, &ImpactPage::saved, this, [this](const QString& path) {
        m_session->raiseMessage(tr("Saved as %1.").arg(shown(path, 300)));
    });
    connect(m_impact, &ImpactPage::failed, this,
            [this](const QString& sentence) { m_band->show(Sign::Error, sentence); });
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_chartPage);
    m_pages->addWidget(m_impact);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(createViewBar());
    all->addWidget(m_band);
    all->addWidget(m_pages, 1);
}

QWidget* LineageView::createViewBar()
{
    auto* bar = new ViewBar(this);
    QHBoxLayout* row = bar->row();
    auto* menu = new QMenu(this);
    for (QAction* grain : m_grains)
        menu->addAction(grain);
    m_grain = new MenuButton(menu, bar);
    m_grain->setObjectName(QStringLiteral("lineageGrain"));
    setPlainToolTip(m_grain, tr("How much one card stands for"));
    row->addWidget(m_grain);
    m_time = new TimeChoice(bar);
    row->addWidget(m_time);
    auto* show = new Segment(tr("Show"), bar);
    show->addButton(m_showColumns, true);
    show->addButton(m_showJobs, true);
    row->addWidget(show);
    const auto label = [bar, row](const QString& text) {
        auto* made = new PlainLabel(text, bar);
        made->setRole(FontRole::Secondary);
        made->setMuted(true);
        row->addWidget(made);
        return made;
    };
    const auto hops = [this, bar, row](const char* name, const QString& words,
                                       std::uint32_t value) {
        auto* box = new QSpinBox(bar);
        box->setObjectName(QLatin1String(name));
        box->setAccessibleName(words);
        box->setRange(0, mostHops);
        box->setValue(static_cast<int>(value));
        row->addWidget(box);
        connect(box, &QSpinBox::valueChanged, this, [this] {
            m_scope.up = static_cast<std::uint32_t>(m_up->value());
            m_scope.down = static_cast<std::uint32_t>(m_down->value());
            refresh();
        });
        return box;
    };
    QWidget* upWords = label(tr("Hops up"));
    m_up = hops("lineageUp", tr("Hops upstream"), m_scope.up);
    QWidget* downWords = label(tr("down"));
    m_down = hops("lineageDown", tr("Hops downstream"), m_scope.down);
    QToolButton* impact = bar->addButton(m_showImpact);
    QToolButton* path = bar->addButton(m_pathTo);
    QToolButton* pin = bar->addButton(m_pin);
    m_crossingButton = bar->addButton(m_crossings);
    row->addStretch(1);
    m_count = label({});
    m_count->setObjectName(QStringLiteral("lineageCount"));
    bar->addHidingStep(upWords);
    bar->addHidingStep(downWords);
    bar->addWordStep({pin, impact});
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_count, pin, path, m_crossingButton, show})
        bar->addHidingStep(widget);
    return bar;
}

QWidget* LineageView::createList()
{
    m_lists = new QStackedWidget(this);
    m_rows = new LineageRowModel(this);
    m_table = new QTableView(m_lists);
    m_table->setObjectName(QStringLiteral("lineageRows"));
    m_table->setAccessibleName(tr("Flows of what is selected, with their evidence"));
    m_table->setModel(m_rows);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(qRound(metrics::tableRowHeight * textScale()));
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    for (const auto& [column, width] :
         {std::pair{LineageRowModel::FromColumn, 230}, std::pair{LineageRowModel::ToColumn, 230},
          std::pair{LineageRowModel::JobColumn, 160}, std::pair{LineageRowModel::KindColumn, 200}})
        m_table->setColumnWidth(column, qRound(width * textScale()));
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const LineageRow& row = m_rows->rows()[static_cast<std::size_t>(index.row())];
        if (!row.where.file.empty())
            m_session->requestSource(row.where);
    });
    m_ways = new QListWidget(m_lists);
    m_ways->setObjectName(QStringLiteral("lineageWays"));
    m_ways->setAccessibleName(tr("Ways"));
    m_ways->setFrameShape(QFrame::NoFrame);
    connect(m_ways, &QListWidget::currentRowChanged, this, &LineageView::showWay);
    m_noRows =
        new EmptyState(Sign::Source, tr("No flow is selected"),
                       tr("Select a dataset, a column or a line to see what says so."), m_lists);
    m_lists->addWidget(m_table);
    m_lists->addWidget(m_ways);
    m_lists->addWidget(m_noRows);
    m_lists->setMinimumHeight(qRound(60 * textScale()));
    return m_lists;
}

void LineageView::connectCanvas()
{
    connect(m_canvas, &Canvas::selectionRequested, this,
            [this](const std::vector<EntityRef>& drawn) {
                std::vector<EntityRef> things = drawn;
                m_edge.reset();
                if (!things.empty() && isEdge(things.front()))
                    m_edge = things.front();
                std::erase_if(things, [this](const EntityRef& thing) { return isEdge(thing); });
                m_session->setSelection(things);
                showSelection();
            });
    connect(m_canvas, &Canvas::moreRequested, this, &LineageView::more);
    connect(m_canvas, &Canvas::moreRowsRequested, this, &LineageView::toggleRows);
    connect(m_canvas, &Canvas::activated, this, [this](const EntityRef& entity) {
        if (entity.kind == EntityKind::Dataset || entity.kind == EntityKind::Column)
            startFrom(entity);
        else if (!isEdge(entity))
            emit openRequested(entity);
    });
    connect(m_canvas, &Canvas::menuRequested, this, &LineageView::showMenu);
    connect(m_canvas, &Canvas::escaped, this, &LineageView::escape);
}

// ---- showing

void LineageView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_reader->wake();
    takeSelection();
    if (m_isStale)
        refresh();
}

bool LineageView::isEdge(const EntityRef& entity) const
{
    return entity.kind == EntityKind::Relationship && isStandInId(entity.id);
}

std::optional<EntityRef> LineageView::current() const
{
    for (const EntityRef& entity : m_session->selection()) {
        if (!isEdge(entity))
            return entity;
    }
    return std::nullopt;
}

// What is selected elsewhere and is not in the picture becomes its middle.
void LineageView::takeSelection()
{
    if (!isVisible() || !m_reader->isReady()) {
        m_isStale = true;
        return;
    }
    const std::optional<EntityRef> entity = current();
    if (entity && m_pathFrom && *entity != *m_pathFrom) {
        findPaths(*std::exchange(m_pathFrom, std::nullopt), *entity);
        return;
    }
    if (entity) {
        m_edge.reset();
        const bool isShown =
            m_canvas->rectOf(*entity).has_value() ||
            (m_scope.grain == LineageGrain::Datasets && entity->kind == EntityKind::Column &&
             std::find(m_scope.columns.begin(), m_scope.columns.end(), *entity) !=
                 m_scope.columns.end());
        if (!isShown && !datasetsOf(*entity, m_session->map(), m_reader->index().estate(),
                                    m_reader->ownership(), m_reader->published())
                             .empty()) {
            startFrom(*entity);
            return;
        }
    }
    showSelection();
}

void LineageView::startFrom(const EntityRef& entity)
{
    m_scope.roots = {entity};
    m_scope.moreUp.clear();
    m_scope.moreDown.clear();
    m_scope.allUp.clear();
    m_scope.allDown.clear();
    m_scope.allRows.clear();
    m_scope.otherColumns.clear();
    m_scope.paths.clear();
    m_scope.columns.clear();
    if (entity.kind == EntityKind::Column || entity.kind == EntityKind::Field)
        m_scope.columns = {entity};
    m_found.reset();
    m_edge.reset();
    m_fitsNext = true;
    m_anchor.reset();
    m_lists->setCurrentWidget(m_table);
    m_session->select(entity);
    refresh();
}

void LineageView::startHere()
{
    if (const std::optional<EntityRef> entity = current())
        startFrom(*entity);
}

void LineageView::refresh()
{
    if (!isVisible()) {
        m_isStale = true;
        return;
    }
    m_isStale = false;
    if (m_reader->isReady() && !m_scope.roots.empty())
        m_picture = lineageChart(m_reader->facts(m_scope.grain), m_scope);
    else
        m_picture = {};
    markDifference();
    showWords();
    if (m_picture.chart.nodes.empty()) {
        m_layoutTask->cancel();
        showLaidOut({}, {});
        return;
    }
    m_layoutTask->start(m_canvas->layoutRequest(m_picture.chart));
}

void LineageView::showLaidOut(const LayoutResult& layout, const QString& note)
{
    keepInPlace(layout);
    // Said once: it would take the place of what a person has asked for.
    if (!note.isEmpty() && !std::exchange(m_isNoteShown, true))
        m_band->show(Sign::Info, note);
    showSelection();
}

// Where a card is expanded or a toggle pressed, what was looked at stays where it is on the screen.
void LineageView::keepInPlace(const LayoutResult& layout)
{
    std::optional<EntityRef> anchor = m_anchor ? m_anchor : current();
    std::optional<QRectF> before = anchor ? m_canvas->rectOf(*anchor) : std::nullopt;
    if (!before && !m_scope.roots.empty()) {
        anchor = m_scope.roots.front();
        before = m_canvas->rectOf(*anchor);
    }
    m_canvas->setChart(m_picture.chart, layout);
    m_legend->setChart(m_picture.chart);
    if (m_fitsNext || !before) {
        m_canvas->fit();
    } else if (const std::optional<QRectF> after = m_canvas->rectOf(*anchor)) {
        m_canvas->scrollBy(after->topLeft() - before->topLeft());
    }
    m_fitsNext = m_picture.chart.nodes.empty();
    m_anchor.reset();
}

void LineageView::compareWith(const EstatePtr& before, const QString& time)
{
    m_before = before;
    m_beforeTime = time;
    m_difference.reset();
    if (!before || !m_reader->isReady()) {
        m_band->hide();
        refresh();
        return;
    }
    m_comparing = Task::start(
        this,
        [before, index = m_reader->sharedIndex()](Progress& progress) {
            return lineageDifference(*before, index->estate(), progress);
        },
        [this](const Result<LineageDifference>& difference) {
            if (difference)
                showDifference(*difference);
        });
}

// What is new or otherwise is marked in the picture; what is gone is not in it, and is counted.
void LineageView::showDifference(const LineageDifference& difference)
{
    m_difference = difference;
    const auto count = [&](LineageThing thing, LineageChangeType type) {
        return static_cast<qsizetype>(difference.count(thing, type));
    };
    const auto sentence = [&](LineageChangeType type, const QString& what) {
        return what.arg(
            counted(count(LineageThing::Dataset, type), tr("%1 dataset"), tr("%1 datasets")),
            counted(count(LineageThing::DatasetEdge, type), tr("%1 flow"), tr("%1 flows")),
            counted(count(LineageThing::ColumnEdge, type), tr("%1 link of columns"),
                    tr("%1 links of columns")));
    };
    QString words =
        difference.isEmpty()
            ? tr("Nothing is different from %1.").arg(m_beforeTime)
            : tr("Since %1: %2; %3.")
                  .arg(m_beforeTime, sentence(LineageChangeType::Added, tr("new %1, %2, %3")),
                       sentence(LineageChangeType::Removed, tr("gone %1, %2, %3")));
    if (difference.breaking > 0)
        words += tr(" %L1 of what is gone was read by something that is still there.")
                     .arg(difference.breaking);
    m_band->show(difference.breaking > 0 ? Sign::Warning : Sign::Info, words,
                 {{tr("End the comparison"), [this] { m_time->setCompareWith(std::nullopt); }}});
    refresh();
}

void LineageView::markDifference()
{
    if (!m_difference)
        return;
    Chart& chart = m_picture.chart;
    for (ChartNode& node : chart.nodes)
        node.change = ChartChange::Same;
    for (ChartEdge& edge : chart.edges)
        edge.change = ChartChange::Same;
    const Estate& estate = m_reader->index().estate();
    for (const LineageDifference::Group& group : m_difference->groups) {
        const int node = chart.node({EntityKind::Dataset, group.dataset});
        for (const LineageChange& change : group.changes) {
            const bool isNew = change.type == LineageChangeType::Added;
            if (change.type == LineageChangeType::Removed && node >= 0) {
                markNode(node, ChartChange::Changed);
                continue;
            }
            if (change.thing == LineageThing::Dataset && node >= 0)
                markNode(node, isNew ? ChartChange::Added : ChartChange::Changed);
            else if (change.thing != LineageThing::DatasetEdge && node >= 0)
                markNode(node, ChartChange::Changed);
            if (change.thing != LineageThing::DatasetEdge)
                continue;
            for (std::size_t i = 0; i < m_picture.flows.size(); ++i) {
                for (const std::uint32_t number : m_picture.flows[i].edges) {
                    const LineageEdge& edge = estate.lineageEdges[number];
                    if (estate.datasets[edge.to.value].key() == change.dataset &&
                        estate.datasets[edge.from.value].key() == change.fromDataset)
                        chart.edges[i].change = ChartChange::Added;
                }
            }
        }
    }
}

void LineageView::markNode(int node, ChartChange change)
{
    ChartChange& now = m_picture.chart.nodes[static_cast<std::size_t>(node)].change;
    if (now != ChartChange::Added)
        now = change;
}

void LineageView::showWords()
{
    const bool isEmpty = m_picture.chart.nodes.empty();
    m_empty->setVisible(isEmpty);
    if (isEmpty) {
        if (!m_reader->isReady())
            m_empty->setWords(tr("Reading lineage…"), QString());
        else if (m_reader->index().estate().lineageEdges.empty())
            m_empty->setWords(tr("No lineage was imported"),
                              tr("Import OpenLineage events, dbt artifacts or SQL files."));
        else if (m_scope.roots.empty())
            m_empty->setWords(tr("Nothing is chosen"),
                              tr("Select a dataset, column, product or context: in the explorer, "
                                 "on the map, or with Ctrl+K."));
        else
            m_empty->setWords(tr("Nothing was observed of it"),
                              tr("No dataset of the lineage belongs to what is selected."));
    }
    const auto unit = static_cast<std::size_t>(m_scope.grain);
    m_grain->setWords(m_grains[unit]->text(), m_grains[unit]->text());
    for (QAction* action : {m_showColumns, m_showJobs, m_hideInternal})
        action->setEnabled(m_scope.grain == LineageGrain::Datasets);
    const auto bypasses =
        std::count_if(m_picture.crossings.begin(), m_picture.crossings.end(),
                      [](const ShownCrossing& crossing) { return !crossing.hasContract; });
    m_crossings->setText(tr("Crossings %L1").arg(bypasses));
    m_crossings->setEnabled(bypasses > 0);
    QString count;
    if (!isEmpty)
        count = tr("%L1 of %L2 shown").arg(m_picture.shown).arg(m_picture.reachable);
    if (m_picture.internal > 0)
        count += tr(", %L1 internal hidden").arg(m_picture.internal);
    m_count->setFullText(count);
    if (m_picture.isCut)
        m_band->show(Sign::Info,
                     tr("More than %L1 would be shown. Roll up to contexts, or ask for fewer hops.")
                         .arg(mostLineageShown),
                     {{tr("Roll up to contexts"), [this] { setGrain(LineageGrain::Contexts); }}});
}

void LineageView::showSelection()
{
    std::vector<EntityRef> selection = m_session->selection();
    if (m_edge)
        selection.insert(selection.begin(), *m_edge);
    m_canvas->setSelection(selection);
    const std::optional<EntityRef> entity = current();
    const bool isPinned = entity && m_scope.pinned.contains(*entity);
    m_pin->setText(isPinned ? tr("Unpin") : tr("Pin"));
    m_pin->setEnabled(entity.has_value());
    m_pathTo->setEnabled(entity.has_value());
    if (m_pages->currentWidget() != m_impact || entity)
        m_impact->setSubject(entity);
    showRows();
}

void LineageView::showRows()
{
    std::vector<LineageRow> rows;
    if (m_reader->isReady()) {
        const LineageIndex& index = m_reader->index();
        const std::optional<EntityRef> entity = current();
        const int edge = m_edge ? m_canvas->chart().edge(*m_edge) : -1;
        if (edge >= 0 && static_cast<std::size_t>(edge) < m_picture.flows.size()) {
            rows =
                rowsOfEdges(index.estate(), m_picture.flows[static_cast<std::size_t>(edge)].edges);
        } else if (entity && entity->kind == EntityKind::Dataset) {
            if (const DatasetIndex dataset = index.estate().dataset(entity->id); dataset.isValid())
                rows = rowsOfDataset(index, dataset);
        } else if (entity) {
            for (const ColumnIndex column : columnsOf(*entity, index.estate())) {
                const std::vector<LineageRow> more = rowsOfColumn(index, column, mostRows);
                rows.insert(rows.end(), more.begin(), more.end());
            }
        }
    }
    if (m_lists->currentWidget() != m_ways)
        m_lists->setCurrentWidget(rows.empty() ? static_cast<QWidget*>(m_noRows) : m_table);
    m_rows->setRows(std::move(rows));
}

void LineageView::setHops()
{
    m_up->setValue(static_cast<int>(m_scope.up));
    m_down->setValue(static_cast<int>(m_scope.down));
}

void LineageView::setGrain(LineageGrain grain)
{
    m_scope.grain = grain;
    m_grains[static_cast<std::size_t>(grain)]->setChecked(true);
    m_scope.paths.clear();
    m_lists->setCurrentWidget(m_table);
    m_fitsNext = true;
    m_band->hide();
    refresh();
}

// ---- asking

void LineageView::more(const EntityRef& entity, bool isUpstream, bool all)
{
    m_anchor = entity;
    if (all)
        (isUpstream ? m_scope.allUp : m_scope.allDown).insert(entity);
    else
        (isUpstream ? m_scope.moreUp : m_scope.moreDown).insert(entity);
    refresh();
}

void LineageView::toggleRows(const EntityRef& table)
{
    m_anchor = table;
    const bool isOpen = m_scope.showsColumns != m_scope.otherColumns.contains(table);
    if (isOpen)
        m_scope.allRows.insert(table);
    else if (m_scope.otherColumns.erase(table) == 0)
        m_scope.otherColumns.insert(table);
    refresh();
}

// Of the selected dataset alone.
void LineageView::toggleColumns()
{
    const std::optional<EntityRef> entity = current();
    if (!entity || entity->kind != EntityKind::Dataset)
        return;
    m_anchor = entity;
    if (m_scope.otherColumns.erase(*entity) == 0)
        m_scope.otherColumns.insert(*entity);
    m_scope.allRows.erase(*entity);
    refresh();
}

void LineageView::pin()
{
    const std::optional<EntityRef> entity = current();
    if (!entity)
        return;
    const LineageUnit unit =
        m_reader->isReady() ? m_reader->facts(m_scope.grain).rollUp.unitOf(*entity) : UINT32_MAX;
    if (unit == UINT32_MAX)
        return;
    const EntityRef card = m_reader->facts(m_scope.grain).rollUp.entity(unit);
    if (m_scope.pinned.erase(card) == 0)
        m_scope.pinned.insert(card);
    m_anchor = card;
    refresh();
}

// Along the lineage of the selected column or dataset, the first by name.
void LineageView::step(bool isUpstream)
{
    const std::optional<EntityRef> entity = current();
    if (!entity || !m_reader->isReady())
        return;
    const LineageIndex& index = m_reader->index();
    const Estate& estate = index.estate();
    const auto direction = isUpstream ? LineageDirection::Upstream : LineageDirection::Downstream;
    std::optional<EntityRef> next;
    if (const std::vector<ColumnIndex> columns = columnsOf(*entity, estate); !columns.empty()) {
        const auto links = index.links(LineageLevel::Columns, direction, columns.front().value);
        if (!links.empty())
            next = {EntityKind::Column, columnKey(estate, ColumnIndex(links.front().node))};
    } else if (const DatasetIndex dataset = estate.dataset(entity->id); dataset.isValid()) {
        const auto links = index.links(LineageLevel::Datasets, direction, dataset.value);
        if (!links.empty())
            next = {EntityKind::Dataset, estate.datasets[links.front().node].key()};
    }
    if (!next)
        return;
    m_session->select(*next);
    m_canvas->reveal(*next);
}

void LineageView::nextCrossing()
{
    walkCrossings(1);
}

void LineageView::previousCrossing()
{
    walkCrossings(-1);
}

void LineageView::showImpact(bool isOn)
{
    m_impact->setSubject(current());
    m_pages->setCurrentWidget(isOn ? static_cast<QWidget*>(m_impact) : m_chartPage);
    setFocusProxy(isOn ? static_cast<QWidget*>(m_impact) : m_canvas);
    setFocus();
    if (!isOn)
        refresh();
}

void LineageView::walkCrossings(int by)
{
    std::vector<std::size_t> edges;
    for (const ShownCrossing& crossing : m_picture.crossings) {
        if (!crossing.hasContract && crossing.edge < m_picture.chart.edges.size())
            edges.push_back(crossing.edge);
    }
    if (edges.empty())
        return;
    m_crossing = (m_crossing + edges.size() + static_cast<std::size_t>(by)) % edges.size();
    m_edge = m_picture.chart.edges[edges[m_crossing]].entity;
    m_session->clearSelection();
    showSelection();
    m_canvas->reveal(*m_edge);
    m_session->raiseMessage(
        tr("Crossing %L1 of %L2: %3")
            .arg(m_crossing + 1)
            .arg(edges.size())
            .arg(shown(m_picture.chart.edges[edges[m_crossing]].description, 300)));
}

void LineageView::askPath()
{
    const std::optional<EntityRef> entity = current();
    if (!entity)
        return;
    m_pathFrom = entity;
    m_band->show(Sign::Info,
                 tr("Ways from %1: select the other end, here or anywhere else.")
                     .arg(shown(m_session->nameOf(*entity), 200)),
                 {{tr("Find it"), [this] { emit findRequested(); }, false},
                  {tr("Cancel"), [this] { m_pathFrom.reset(); }}});
}

// Columns when both are; else between the datasets that the two stand for, the first of each that have a way.
void LineageView::findPaths(const EntityRef& from, const EntityRef& to)
{
    m_band->hide();
    const Estate& estate = m_reader->index().estate();
    Ways ways;
    ways.from = from;
    ways.to = to;
    std::vector<LineageNode> starts;
    std::vector<LineageNode> ends;
    for (const ColumnIndex column : columnsOf(from, estate))
        starts.push_back(column.value);
    for (const ColumnIndex column : columnsOf(to, estate))
        ends.push_back(column.value);
    ways.areColumns = !starts.empty() && !ends.empty();
    if (!ways.areColumns) {
        const auto datasets = [&](const EntityRef& entity) {
            std::vector<LineageNode> nodes;
            for (const DatasetIndex dataset :
                 datasetsOf(entity, m_session->map(), estate, m_reader->ownership(),
                            m_reader->published()))
                nodes.push_back(dataset.value);
            return nodes;
        };
        starts = datasets(from);
        ends = datasets(to);
    }
    m_search = Task::start(
        this,
        [index = m_reader->sharedIndex(), ways, starts, ends](Progress& progress) mutable {
            const LineageLevel level =
                ways.areColumns ? LineageLevel::Columns : LineageLevel::Datasets;
            PathRequest request;
            request.mostPaths = mostWays;
            for (const bool isReversed : {false, true}) {
                for (const LineageNode start : starts) {
                    for (const LineageNode end : ends) {
                        if (progress.stopRequested() || !ways.found.paths.empty())
                            return ways;
                        ways.isReversed = isReversed;
                        ways.found = isReversed
                                         ? index->paths(level, end, start, request, progress)
                                         : index->paths(level, start, end, request, progress);
                    }
                }
            }
            return ways;
        },
        [this](const Ways& answer) { showPaths(answer); });
}

void LineageView::showPaths(const Ways& ways)
{
    const QString from = shown(m_session->nameOf(ways.from), 200);
    const QString to = shown(m_session->nameOf(ways.to), 200);
    if (ways.found.paths.empty()) {
        m_band->show(Sign::Info, tr("No way leads from %1 to %2, nor back.").arg(from, to));
        return;
    }
    m_found.reset();  // nothing is shown while the list is filled
    m_scope.grain = LineageGrain::Datasets;
    m_grains.front()->setChecked(true);
    const Estate& estate = m_reader->index().estate();
    m_ways->clear();
    const qsizetype count = static_cast<qsizetype>(ways.found.paths.size());
    m_ways->addItem(ways.found.hasMore ? tr("The %L1 shortest ways").arg(count)
                    : count == 1       ? tr("The only way")
                                       : tr("All %L1 ways").arg(count));
    for (const std::vector<LineageNode>& path : ways.found.paths)
        m_ways->addItem(
            tr("%L1 hops: %2").arg(path.size() - 1).arg(wayWords(estate, path, ways.areColumns)));
    m_lists->setCurrentWidget(m_ways);
    m_found = ways;
    const QString sentence =
        ways.isReversed
            ? tr("Data goes the other way round: from %1 to %2.").arg(to, from)
            : tr("Ways from %1 to %2; the shortest has %3.")
                  .arg(from, to,
                       counted(static_cast<qsizetype>(ways.found.paths.front().size() - 1),
                               tr("%1 hop"), tr("%1 hops")));
    m_band->show(Sign::Info, sentence, {{tr("Show all again"), [this] { leavePaths(); }}});
    m_ways->setCurrentRow(0);
}

// The first row is all of them.
void LineageView::showWay(int row)
{
    if (!m_found || row < 0)
        return;
    const Estate& estate = m_reader->index().estate();
    m_scope.paths.clear();
    m_scope.columns.clear();
    for (std::size_t i = 0; i < m_found->found.paths.size(); ++i) {
        if (row > 0 && i + 1 != static_cast<std::size_t>(row))
            continue;
        const std::vector<LineageNode>& path = m_found->found.paths[i];
        m_scope.paths.push_back(named(estate, path, m_found->areColumns));
        if (m_found->areColumns) {
            for (const LineageNode node : path)
                m_scope.columns.push_back(
                    {EntityKind::Column, columnKey(estate, ColumnIndex(node))});
        }
    }
    m_fitsNext = true;
    refresh();
}

void LineageView::leavePaths()
{
    m_found.reset();
    m_pathFrom.reset();
    m_scope.paths.clear();
    m_scope.columns.clear();
    for (const EntityRef& root : m_scope.roots) {
        if (root.kind == EntityKind::Column)
            m_scope.columns.push_back(root);
    }
    m_lists->setCurrentWidget(m_table);
    m_band->hide();
    m_fitsNext = true;
    refresh();
}

void LineageView::escape()
{
    if (m_pathFrom) {
        m_pathFrom.reset();
        m_band->hide();
    } else if (!m_scope.paths.empty()) {
        leavePaths();
    } else {
        m_edge.reset();
        m_session->clearSelection();
    }
}

void LineageView::showMenu(const CanvasHit& hit, const QPoint& globalPos)
{
    QMenu menu(this);
    const EntityRef& entity = hit.entity;
    const bool isThing = hit.kind != CanvasHit::Kind::Nothing && hit.kind != CanvasHit::Kind::Edge;
    if (isThing) {
        menu.addAction(m_startHere);
        menu.addAction(m_pathTo);
        menu.addAction(m_pin);
        if (entity.kind == EntityKind::Dataset) {
            menu.addAction(tr("Columns of this dataset"), this, &LineageView::toggleColumns);
            menu.addSeparator();
            menu.addAction(tr("One hop more upstream"), this,
                           [this, entity] { more(entity, true, false); });
            menu.addAction(tr("One hop more downstream"), this,
                           [this, entity] { more(entity, false, false); });
            menu.addAction(tr("All upstream"), this, [this, entity] { more(entity, true, true); });
            menu.addAction(tr("All downstream"), this,
                           [this, entity] { more(entity, false, true); });
        } else if (m_scope.grain != LineageGrain::Datasets) {
            menu.addAction(tr("Open into datasets"), this, [this, entity] {
                m_scope.grain = LineageGrain::Datasets;
                m_grains.front()->setChecked(true);
                startFrom(entity);
            });
        }
        menu.addSeparator();
    }
    menu.addAction(m_showColumns);
    menu.addAction(m_showJobs);
    menu.addAction(m_hideInternal);
    menu.exec(globalPos);
}

}  // namespace portolan::ui
