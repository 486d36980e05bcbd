// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/chart_table_view.h"

#include "model/base/file_store.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/chart_table_model.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <set>

namespace portolan::ui {
namespace {

constexpr int nameWidth = 200;
constexpr int columnWidth = 140;

}  // namespace

ChartTableView::ChartTableView(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("chartTable"));
    setAccessibleName(tr("The map as a table"));
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 4, 8, 4);
    m_tabs = new QTabBar(bar);
    m_tabs->setObjectName(QStringLiteral("chartTableLists"));
    m_tabs->setAccessibleName(tr("Lists"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    row->addWidget(m_tabs);
    row->addStretch(1);
    auto* exporting = new QAction(tr("Export as &CSV…"), this);
    exporting->setObjectName(QStringLiteral("exportCsv"));
    setPlainToolTip(exporting, tr("Write the rows that are shown, in their order"));
    connect(exporting, &QAction::triggered, this, &ChartTableView::exportCsv);
    auto* button = new QToolButton(bar);
    button->setDefaultAction(exporting);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(exporting->text().remove(u'&'));
    row->addWidget(button);
    m_pages = new QStackedWidget(this);
    createList(Contexts, tr("Contexts"));
    createList(Relationships, tr("Relationships"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int list) {
        m_pages->setCurrentIndex(list);
        setFocusProxy(m_tables[std::size_t(list)]);
    });
    setFocusProxy(m_tables[Contexts]);
}

void ChartTableView::createList(List list, const QString& title)
{
    auto* model = new ChartTableModel(this);
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(model);
    sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    sorted->setSortLocaleAware(true);
    auto* table = new QTableView(m_pages);
    table->setObjectName(list == Contexts ? QStringLiteral("contextRows")
                                          : QStringLiteral("relationshipRows"));
    table->setAccessibleName(title);
    table->setModel(sorted);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(qRound(metrics::tableRowHeight * textScale()));
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setSortingEnabled(true);
    table->sortByColumn(-1, Qt::AscendingOrder);
    connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ChartTableView::tellSelection);
    connect(table, &QTableView::activated, this, [this, list](const QModelIndex& index) {
        const int row = m_sorted[list]->mapToSource(index).row();
        emit activated(m_models[list]->table().rows[static_cast<std::size_t>(row)].entity);
    });
    m_models[list] = model;
    m_sorted[list] = sorted;
    m_tables[list] = table;
    m_pages->addWidget(table);
    m_tabs->addTab(title);
}

void ChartTableView::setChart(const Chart& chart)
{
    m_chart = &chart;
    if (isVisible())
        readChart();
}

void ChartTableView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    readChart();
}

void ChartTableView::readChart()
{
    if (!m_chart)
        return;
    m_isMarking = true;
    ChartTable tables[] = {contextTable(*m_chart), relationshipTable(*m_chart)};
    const QString titles[] = {tr("Contexts"), tr("Relationships")};
    m_chart = nullptr;
    for (std::size_t list = 0; list < ListCount; ++list) {
        const bool isNew = m_models[list]->columnCount() == 0;
        m_tabs->setTabText(
            int(list), QStringLiteral("%1 %L2").arg(titles[list]).arg(tables[list].rows.size()));
        m_models[list]->setTable(std::move(tables[list]));
        for (int column = 0; isNew && column < m_models[list]->columnCount(); ++column)
            m_tables[list]->setColumnWidth(
                column, qRound((column == 0 ? nameWidth : columnWidth) * textScale()));
    }
    m_isMarking = false;
    markSelection();
}

void ChartTableView::setSelection(const std::vector<EntityRef>& selection)
{
    if (selection == m_selection)
        return;
    m_selection = selection;
    if (isVisible())
        markSelection();
}

void ChartTableView::markSelection()
{
    m_isMarking = true;
    const std::set<EntityRef> selected(m_selection.begin(), m_selection.end());
    for (std::size_t list = 0; list < ListCount; ++list) {
        QItemSelection rows;
        const std::vector<ChartTable::Row>& all = m_models[list]->table().rows;
        for (std::size_t row = 0; row < all.size(); ++row) {
            if (!selected.contains(all[row].entity))
                continue;
            const QModelIndex index =
                m_sorted[list]->mapFromSource(m_models[list]->index(static_cast<int>(row), 0));
            rows.select(index, index);
        }
        m_tables[list]->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect |
                                                           QItemSelectionModel::Rows);
        if (!rows.isEmpty())
            m_tables[list]->scrollTo(rows.first().topLeft());
    }
    m_isMarking = false;
}

void ChartTableView::tellSelection()
{
    if (m_isMarking)
        return;
    std::vector<EntityRef> selection;
    const auto list = static_cast<std::size_t>(m_tabs->currentIndex());
    for (const QModelIndex& index : m_tables[list]->selectionModel()->selectedRows()) {
        const int row = m_sorted[list]->mapToSource(index).row();
        selection.push_back(m_models[list]->table().rows[static_cast<std::size_t>(row)].entity);
    }
    m_selection = selection;
    emit selectionRequested(selection);
}

ChartTable ChartTableView::shownTable() const
{
    const auto list = static_cast<std::size_t>(m_tabs->currentIndex());
    const ChartTable& all = m_models[list]->table();
    ChartTable table{all.columns, {}};
    for (int row = 0; row < m_sorted[list]->rowCount(); ++row) {
        const int source = m_sorted[list]->mapToSource(m_sorted[list]->index(row, 0)).row();
        table.rows.push_back(all.rows[static_cast<std::size_t>(source)]);
    }
    return table;
}

std::string ChartTableView::csv() const
{
    return toCsv(shownTable());
}

void ChartTableView::exportCsv()
{
    auto* dialog = new QFileDialog(this, tr("Export as CSV"));
    dialog->setObjectName(QStringLiteral("csvDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->setNameFilter(tr("Comma-separated values (*.csv)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const Result<> done = saveAtomically(toStdString(path), csv());
        if (done)
            emit saved(path);
        else
            emit failed(shown(done.error().message, 300));
    });
    dialog->open();
}

}  // namespace portolan::ui
