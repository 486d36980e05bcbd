// SPDX-License-Identifier: Apache-2.0
#include "ui/views/comparison/comparison_view.h"

#include "ui/base/empty_state.h"
#include "ui/base/icons.h"
#include "ui/base/message_band.h"
#include "ui/base/plain_label.h"
#include "ui/base/segment.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/layout_task.h"
#include "ui/views/comparison/comparison_model.h"

#include <QAction>
#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QTreeView>

#include <algorithm>
#include <array>
#include <utility>

namespace portolan::ui {
namespace {

constexpr std::array changes = {ChartChange::Added, ChartChange::Removed, ChartChange::Changed,
                                ChartChange::Renamed, ChartChange::Moved};
constexpr int listWidth = 340;
constexpr int canvasWidth = 640;
constexpr std::size_t mostDetails = 8;  // of the chosen row, below the list
constexpr int mostChars = 300;          // of one of them

// A removed card gives way where another one stands on its old place now.
void freeCovered(const Chart& chart, LayoutRequest& request)
{
    const auto rectOf = [&](std::size_t node) {
        const LayoutNode& card = request.nodes[node];
        return QRectF(card.fixed->x, card.fixed->y, card.width, card.height);
    };
    for (std::size_t removed = 0; removed < chart.nodes.size(); ++removed) {
        if (chart.nodes[removed].change != ChartChange::Removed || !request.nodes[removed].fixed)
            continue;
        const QRectF place = rectOf(removed).adjusted(-8, -8, 8, 8);
        for (std::size_t node = 0; node < chart.nodes.size(); ++node) {
            if (node != removed && request.nodes[node].fixed && place.intersects(rectOf(node))) {
                request.nodes[removed].fixed.reset();
                break;
            }
        }
    }
}

}  // namespace

ComparisonView::ComparisonView(QWidget* parent) : QWidget(parent), m_canvas(new Canvas(this))
{
    setObjectName(QStringLiteral("comparisonView"));
    setAccessibleName(tr("Comparison"));
    m_canvas->setObjectName(QStringLiteral("comparisonCanvas"));
    m_canvas->setAccessibleName(tr("Both maps"));
    m_canvas->setReadOnly(true);
    setFocusProxy(m_canvas);
    m_model = new ComparisonModel(this);
    m_layoutTask = new LayoutTask(this);
    m_band = new MessageBand(this);
    m_band->setObjectName(QStringLiteral("comparisonBand"));
    auto* parts = new QSplitter(this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_canvas);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(createBar());
    column->addWidget(m_band);
    column->addWidget(parts, 1);
    parts->addWidget(createList());
    parts->setStretchFactor(0, 1);
    parts->setSizes({canvasWidth, qRound(listWidth * textScale())});
    m_empty = new EmptyState(Sign::Success, QString(), QString(), m_canvas);
    m_empty->setObjectName(QStringLiteral("emptyComparison"));
    connect(m_canvas, &Canvas::selectionRequested, this,
            [this](const std::vector<EntityRef>& selection) {
                m_canvas->setSelection(selection);
                selectInList(selection);
            });
    connect(m_canvas, &Canvas::escaped, this, [this] {
        m_canvas->setSelection({});
        selectInList({});
    });
    const auto showPicture = [this](const LayoutResult& layout) {
        m_picture = layout;
        filter();
        if (m_fitsNext)
            m_canvas->fit();
        showEmptyState();
    };
    connect(m_layoutTask, &LayoutTask::draft, this, showPicture);
    connect(m_layoutTask, &LayoutTask::finished, this,
            [this, showPicture](const LayoutResult& layout, const QString& note) {
                showPicture(layout);
                m_fitsNext = false;
                if (!note.isEmpty())
                    m_band->show(Sign::Info, note);
            });
    m_band->hide();
    showEmptyState();
}

ComparisonView::~ComparisonView() = default;

QWidget* ComparisonView::createBar()
{
    auto* bar = new QWidget(this);
    bar->setObjectName(QStringLiteral("comparisonBar"));
    bar->setAutoFillBackground(true);
    bar->setBackgroundRole(QPalette::AlternateBase);
    bar->setFixedHeight(qRound(2 * metrics::viewBarHeight * textScale()));
    auto* rows = new QVBoxLayout(bar);
    rows->setContentsMargins(10, 0, 10, 0);
    rows->setSpacing(0);
    auto* row = new QHBoxLayout;
    auto* second = new QHBoxLayout;
    rows->addLayout(row);
    rows->addLayout(second);
    m_title = new PlainLabel(bar);
    m_title->setObjectName(QStringLiteral("comparisonTitle"));
    m_title->setElided(true);
    row->addWidget(m_title, 1);
    m_filterBar = new Segment(tr("Show"), bar);
    for (const ChartChange change : changes) {
        auto* action = new QAction(this);
        action->setObjectName(QStringLiteral("compare") + wordsOfChange(change));
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, this, &ComparisonView::filter);
        m_filters[change] = action;
    }
    showCounts();
    for (const ChartChange change : changes)
        m_filterBar->addButton(m_filters[change], true);
    second->addWidget(m_filterBar);
    second->addStretch(1);
    m_copy = new QAction(tr("Copy the list"), this);
    m_copy->setObjectName(QStringLiteral("copyComparison"));
    connect(m_copy, &QAction::triggered, this, &ComparisonView::copy);
    auto* copyButton = new QPushButton(m_copy->text(), bar);
    copyButton->setObjectName(QStringLiteral("copyComparisonButton"));
    connect(copyButton, &QPushButton::clicked, m_copy, &QAction::trigger);
    second->addWidget(copyButton);
    auto* close = new QPushButton(tr("Close"), bar);
    close->setObjectName(QStringLiteral("closeComparison"));
    connect(close, &QPushButton::clicked, this, &ComparisonView::closeRequested);
    row->addWidget(close);
    return bar;
}

QWidget* ComparisonView::createList()
{
    m_list = new QTreeView(this);
    m_list->setObjectName(QStringLiteral("comparisonList"));
    m_list->setAccessibleName(tr("What changed"));
    m_list->setModel(m_model);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAllColumnsShowFocus(true);
    m_list->setMinimumWidth(qRound(200 * textScale()));
    m_list->header()->resizeSection(ComparisonModel::ThingColumn, qRound(230 * textScale()));
    m_list->header()->setStretchLastSection(true);
    m_details = new PlainLabel(this);
    m_details->setObjectName(QStringLiteral("comparisonDetails"));
    m_details->setWordWrap(true);
    m_details->setMinimumWidth(1);  // a long word does not widen the list
    m_details->setContentsMargins(10, 6, 10, 8);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->hide();
    auto* side = new QWidget(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_list, 1);
    column->addWidget(m_details);
    connect(m_model, &ComparisonModel::modelReset, m_details, &QWidget::hide);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ComparisonView::selectOnCanvas);
    connect(m_list, &QTreeView::clicked, this, &ComparisonView::selectOnCanvas);
    return side;
}

void ComparisonView::compare(MapVersion before, MapVersion after)
{
    m_fitsNext |= before.title != std::exchange(m_before, before.title);
    const QString titles = QStringLiteral("%1 → %2").arg(before.title, after.title);
    m_comparing = Task::start(
        this,
        [before = std::move(before), after = std::move(after)](Progress&) {
            const Result<MapDocument> one = MapDocument::read(before.text, before.file);
            if (!one)
                return Result<ComparisonChart>(tl::unexpected(one.error()));
            const Result<MapDocument> other = MapDocument::read(after.text, after.file);
            if (!other)
                return Result<ComparisonChart>(tl::unexpected(other.error()));
            return Result<ComparisonChart>(comparisonChart(*one, *other));
        },
        [this, titles](const Result<ComparisonChart>& compared) { show(compared, titles); });
}

void ComparisonView::clear()
{
    m_comparing.stop();
    m_layoutTask->cancel();
    m_chart = {};
    m_picture = {};
    m_before.clear();
    m_fitsNext = true;
    m_model->setRows({});
    m_canvas->setChart({}, {});
    m_title->setFullText(QString());
    showCounts();
    showEmptyState();
}

void ComparisonView::show(const Result<ComparisonChart>& compared, const QString& titles)
{
    if (!compared) {
        m_band->show(Sign::Error, tr("Not compared: %1").arg(shown(toText(compared.error()))));
        return;
    }
    m_band->hide();
    m_title->setFullText(shown(titles));
    m_chart = compared->chart;
    m_model->setRows(compared->rows);
    m_list->expandAll();
    showCounts();
    m_canvas->setSelection({});
    layOut();
}

void ComparisonView::layOut()
{
    LayoutRequest request = m_canvas->layoutRequest(m_chart);
    freeCovered(m_chart, request);
    if (request.nodes.empty()) {
        m_canvas->setChart({}, {});
        showEmptyState();
        return;
    }
    m_layoutTask->start(std::move(request));
}

void ComparisonView::filter()
{
    std::set<ChartChange> hidden;
    for (const auto& [change, action] : m_filters)
        if (!action->isChecked())
            hidden.insert(change);
    m_model->setHidden(std::move(hidden));
    m_list->expandAll();
    // On the canvas a change that is not asked for steps back with what is the same.
    Chart chart = m_chart;
    const auto stepBack = [this](auto& things) {
        for (auto& thing : things) {
            const auto filter = m_filters.find(thing.change);
            if (filter != m_filters.end() && !filter->second->isChecked())
                thing.change = ChartChange::Same;
        }
    };
    stepBack(chart.nodes);
    stepBack(chart.edges);
    if (m_picture.positions.size() == chart.nodes.size())
        m_canvas->setChart(std::move(chart), LayoutResult(m_picture));
}

void ComparisonView::showCounts()
{
    std::map<ChartChange, qsizetype> counts;
    for (const ComparisonRow& row : m_model->rows())
        ++counts[row.change];
    for (const auto& [change, action] : m_filters) {
        action->setText(QStringLiteral("%1 %2 %L3")
                            .arg(toQString(signOfChange(change)), wordsOfChange(change))
                            .arg(counts[change]));
        setPlainToolTip(action, tr("Show what was %1").arg(wordsOfChange(change).toLower()));
    }
}

void ComparisonView::showEmptyState()
{
    const bool isEmpty = m_canvas->chart().nodes.empty();
    m_empty->setWords(tr("There is nothing to draw"),
                      tr("Compare the open map with another one from the File menu."));
    m_empty->setGeometry(m_canvas->rect());
    m_empty->setVisible(isEmpty);
    if (!isEmpty && m_model->rows().empty())
        m_band->show(Sign::Success, tr("The two maps say the same."));
}

void ComparisonView::selectInList(const std::vector<EntityRef>& selection)
{
    if (std::exchange(m_isSelecting, true))
        return;
    const QModelIndex index = selection.empty() ? QModelIndex() : m_model->indexOf(selection[0]);
    m_list->setCurrentIndex(index);
    if (index.isValid())
        m_list->scrollTo(index);
    else
        m_list->clearSelection();
    m_isSelecting = false;
}

void ComparisonView::selectOnCanvas()
{
    const ComparisonRow* row = m_model->row(m_list->currentIndex());
    showDetails(row);
    if (std::exchange(m_isSelecting, true))
        return;
    if (row && !row->onChart.id.empty()) {
        m_canvas->setSelection({row->onChart});
        m_canvas->reveal(row->onChart);
    } else {
        m_canvas->setSelection({});  // it is nowhere in the picture
    }
    m_isSelecting = false;
}

// What the columns cut off is read here whole.
void ComparisonView::showDetails(const ComparisonRow* row)
{
    m_details->setVisible(row != nullptr);
    if (!row)
        return;
    QStringList lines{QStringLiteral("%1 %2").arg(toQString(signOfChange(row->change)),
                                                  shown(row->name, mostChars))};
    for (std::size_t i = 0; i < std::min(row->details.size(), mostDetails); ++i)
        lines << shown(row->details[i], mostChars);
    if (row->details.size() > mostDetails)
        lines << tr("and %L1 more, which Copy the list takes along")
                     .arg(row->details.size() - mostDetails);
    m_details->setFullText(lines.join(u'\n'));
}

QString ComparisonView::copiedText() const
{
    return toQString(toText(m_model->rowsInSight()));
}

void ComparisonView::copy()
{
    QGuiApplication::clipboard()->setText(copiedText());
}

void ComparisonView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_empty->setGeometry(m_canvas->rect());
}

}  // namespace portolan::ui
