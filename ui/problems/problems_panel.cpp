// SPDX-License-Identifier: Apache-2.0
#include "ui/problems/problems_panel.h"

#include "ui/base/empty_state.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/problems/problem_model.h"
#include "ui/session/session.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QUndoView>
#include <QVBoxLayout>

namespace portolan::ui {
namespace {

QModelIndex sourceIndex(const QTableView* table, const QModelIndex& index)
{
    return static_cast<const QSortFilterProxyModel*>(table->model())->mapToSource(index);
}

}  // namespace

ProblemsPanel::ProblemsPanel(Session* session, QWidget* parent)
    : QWidget(parent), m_session(session)
{
    setObjectName(QStringLiteral("problems"));
    setAccessibleName(tr("Problems and findings"));
    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(QStringLiteral("problemsTabs"));
    m_tabs->setAccessibleName(tr("Lists"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_pages = new QStackedWidget(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    layout->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);

    m_problems = new ProblemModel(this);
    m_findings = new ProblemModel(this);
    m_imports = new ImportModel(this);
    addTable(
        m_problems, QStringLiteral("problemsTable"), tr("Problems"), tr("No problems"),
        tr("What could not be read in a source or in the map is listed here, with file and line."));
    addTable(m_findings, QStringLiteral("findingsTable"), tr("Findings"), tr("No findings"),
             tr("What the rules of context mapping doubt is listed here, with how to mend it."));
    addTable(m_imports, QStringLiteral("importTable"), tr("Import log"), tr("Nothing imported yet"),
             tr("Import a folder, or drop one here: each file that was read is listed."));
    addHistory();

    m_refreshTimer.setSingleShot(true);
    connect(&m_refreshTimer, &QTimer::timeout, this, &ProblemsPanel::refresh);
    const auto later = [this] { m_refreshTimer.start(0); };
    connect(m_session, &Session::mapChanged, this, later);
    connect(m_session, &Session::estateChanged, this, later);
    connect(m_session, &Session::findingsChanged, this, later);
    refresh();
}

void ProblemsPanel::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

QTableView* ProblemsPanel::addTable(QAbstractItemModel* model, const QString& name,
                                    const QString& title, const QString& what, const QString& how)
{
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(model);
    sorted->setSortRole(model == m_imports ? int(Qt::DisplayRole) : ProblemModel::SortRole);
    auto* page = new QWidget(m_pages);
    auto* table = new QTableView(page);
    table->setObjectName(name);
    table->setAccessibleName(title);
    table->setModel(sorted);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(qRound(metrics::tableRowHeight * textScale()));
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->setSortingEnabled(true);
    table->sortByColumn(-1, Qt::AscendingOrder);
    if (model != m_imports) {
        table->setColumnWidth(ProblemModel::SeverityColumn, qRound(96 * textScale()));
        table->setColumnWidth(ProblemModel::RuleColumn, qRound(210 * textScale()));
        table->setColumnWidth(ProblemModel::SubjectColumn, qRound(190 * textScale()));
        table->setColumnWidth(ProblemModel::PlaceColumn, qRound(240 * textScale()));
        table->horizontalHeader()->setSectionResizeMode(ProblemModel::MessageColumn,
                                                        QHeaderView::Stretch);
    } else {
        table->setColumnWidth(0, qRound(280 * textScale()));
        table->setColumnWidth(1, qRound(150 * textScale()));
        table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
        table->setColumnWidth(4, qRound(170 * textScale()));
    }

    auto* empty = new EmptyState(Sign::Success, what, how, page);
    auto* stack = new QStackedLayout(page);
    stack->addWidget(empty);
    stack->addWidget(table);
    const auto choose = [stack, model] { stack->setCurrentIndex(model->rowCount() > 0 ? 1 : 0); };
    connect(model, &QAbstractItemModel::modelReset, page, choose);
    choose();
    // A finding is about a thing of the map, which stays in sight; Enter or a double-click shows its text too.
    const bool isFindings = model == m_findings;
    connect(table, &QTableView::clicked, this, [this, table, isFindings](const QModelIndex& index) {
        open(table, index, !isFindings);
    });
    connect(table, &QTableView::activated, this,
            [this, table](const QModelIndex& index) { open(table, index, true); });
    m_pages->addWidget(page);
    m_tabs->addTab(title);
    return table;
}

void ProblemsPanel::addHistory()
{
    auto* history = new QUndoView(m_session->undoStack(), m_pages);
    history->setObjectName(QStringLiteral("historyList"));
    history->setAccessibleName(tr("Steps done, to go back to any of them"));
    history->setEmptyLabel(tr("As opened"));
    history->setFrameShape(QFrame::NoFrame);
    m_pages->addWidget(history);
    m_tabs->addTab(tr("History"));
}

void ProblemsPanel::refresh()
{
    m_problems->setRows(problemRows(m_session->document(), *m_session->estate()));
    m_findings->setRows(findingRows(m_session->findings()));
    m_imports->setRows(importRows(*m_session->estate()));
    const int problems = m_problems->rowCount();
    const int findings = m_findings->rowCount();
    m_tabs->setTabText(Problems, problems > 0 ? tr("Problems %L1").arg(problems) : tr("Problems"));
    m_tabs->setTabText(Findings, findings > 0 ? tr("Findings %L1").arg(findings) : tr("Findings"));
    emit countsChanged(problems, findings);
}

void ProblemsPanel::open(const QTableView* table, const QModelIndex& index, bool withSource)
{
    const QModelIndex at = sourceIndex(table, index);
    if (at.model() == m_imports) {
        if (const ImportRow* row = m_imports->row(at)) {
            m_session->select({EntityKind::Source, row->path});
            m_session->requestSource(SourceSpan{row->path});
        }
        return;
    }
    const ProblemRow* row = static_cast<const ProblemModel*>(at.model())->row(at);
    if (!row)
        return;
    const ProblemRow chosen = *row;  // what follows may make new rows
    if (chosen.entity)
        m_session->select(*chosen.entity);
    if (withSource && (!chosen.where.file.empty() || chosen.where.line > 0))
        m_session->requestSource(chosen.where);
}

}  // namespace portolan::ui
