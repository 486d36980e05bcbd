// SPDX-License-Identifier: Apache-2.0
#include "ui/problems/problems_panel.h"

#include "ui/base/empty_state.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/problems/history_model.h"
#include "ui/problems/problem_model.h"
#include "ui/problems/quick_fix_menu.h"
#include "ui/session/session.h"

#include <QHeaderView>
#include <QMenu>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

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
    m_findings = new ProblemModel(this, ProblemModel::Kind::Findings);
    m_imports = new ImportModel(this);
    addTable(
        m_problems, QStringLiteral("problemsTable"), tr("Problems"), tr("No problems"),
        tr("What could not be read in a source or in the map is listed here, with file and line."));
    m_findingsTable = addTable(
        m_findings, QStringLiteral("findingsTable"), tr("Findings"), tr("No findings"),
        tr("What the rules of context mapping doubt is listed here, with how to mend it."));
    addFixes(m_findingsTable);
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

QTableView* ProblemsPanel::newTable(QAbstractItemModel* model, const QString& name,
                                    const QString& title, QWidget* page)
{
    auto* table = new QTableView(page);
    table->setObjectName(name);
    table->setAccessibleName(title);
    table->setModel(model);
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
    return table;
}

QTableView* ProblemsPanel::addTable(QAbstractItemModel* model, const QString& name,
                                    const QString& title, const QString& what, const QString& how)
{
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(model);
    sorted->setSortRole(model == m_imports ? int(Qt::DisplayRole) : ProblemModel::SortRole);
    auto* page = new QWidget(m_pages);
    QTableView* table = newTable(sorted, name, title, page);
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
        if (isFindings && index.column() == ProblemModel::FixColumn)
            openFixes(table, index);
        else
            open(table, index, !isFindings);
    });
    connect(table, &QTableView::activated, this,
            [this, table](const QModelIndex& index) { open(table, index, true); });
    m_pages->addWidget(page);
    m_tabs->addTab(title);
    return table;
}

void ProblemsPanel::addFixes(QTableView* table)
{
    table->setColumnWidth(ProblemModel::FixColumn, qRound(64 * textScale()));
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Period), table);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this,
            [this, table] { openFixes(table, table->currentIndex()); });
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(table, &QTableView::customContextMenuRequested, this,
            [this, table](const QPoint& at) { openMenu(table, at); });
}

// Just the fixes, below the row's link.
void ProblemsPanel::openFixes(QTableView* table, const QModelIndex& index)
{
    const ProblemRow* row = m_findings->row(sourceIndex(table, index));
    if (!row || !row->finding)
        return;
    auto* menu = new QMenu(table);
    menu->setObjectName(QStringLiteral("quickFixMenu"));
    menu->setAccessibleName(tr("Fixes"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addQuickFixes(*menu, *m_session, {*row->finding});
    menu->setActiveAction(menu->actions().front());
    const QModelIndex link = index.siblingAtColumn(ProblemModel::FixColumn);
    table->scrollTo(link);
    menu->popup(table->viewport()->mapToGlobal(table->visualRect(link).bottomLeft()));
}

void ProblemsPanel::openMenu(QTableView* table, const QPoint& at)
{
    const QModelIndex under = table->indexAt(at);
    const QPersistentModelIndex index(under.isValid() ? under : table->currentIndex());
    const ProblemRow* row = m_findings->row(sourceIndex(table, index));
    if (!row)
        return;
    auto* menu = new QMenu(table);
    menu->setObjectName(QStringLiteral("findingMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show in the view"), this,
                    [this, table, index] { open(table, index, false); });
    menu->addAction(tr("Show its text"), this, [this, table, index] { open(table, index, true); });
    if (row->finding) {
        menu->addSeparator();
        addQuickFixes(*menu, *m_session, {*row->finding});
    }
    menu->popup(table->viewport()->mapToGlobal(at));
}

void ProblemsPanel::addHistory()
{
    m_history = new HistoryModel(m_session, this);
    auto* page = new QWidget(m_pages);
    QTableView* table = newTable(m_history, QStringLiteral("historyList"), tr("History"), page);
    table->setAccessibleDescription(
        tr("Steps done since the map was opened. Enter goes back or forward to a step."));
    table->horizontalHeader()->setSectionResizeMode(HistoryModel::StepColumn, QHeaderView::Stretch);
    table->setColumnWidth(HistoryModel::StateColumn, qRound(240 * textScale()));
    auto* stack = new QStackedLayout(page);
    stack->addWidget(new EmptyState(Sign::Info, tr("No map is open"),
                                    tr("The steps done on a map are listed here."), page));
    stack->addWidget(table);
    const auto show = [this, stack, table] {
        stack->setCurrentIndex(m_history->rowCount() > 0 ? 1 : 0);
        showPresentStep(table);
    };
    connect(m_history, &QAbstractItemModel::modelReset, page, show);
    show();
    const auto goTo = [this](const QModelIndex& step) { m_history->goTo(step); };
    connect(table, &QTableView::clicked, this, goTo);
    connect(table, &QTableView::activated, this, goTo);
    m_pages->addWidget(page);
    m_tabs->addTab(tr("History"));
}

void ProblemsPanel::showPresentStep(QTableView* history)
{
    const QModelIndex present = m_history->index(m_history->present(), HistoryModel::StepColumn);
    history->setCurrentIndex(present);
    if (present.isValid())
        history->scrollTo(present);
}

void ProblemsPanel::refresh()
{
    m_problems->setRows(problemRows(m_session->document(), *m_session->estate(),
                                    m_session->asIsProblem()));
    refreshFindings();
    m_imports->setRows(importRows(*m_session->estate()));
    const int problems = m_problems->rowCount();
    const int findings = m_findings->rowCount();
    m_tabs->setTabText(Problems, problems > 0 ? tr("Problems %L1").arg(problems) : tr("Problems"));
    m_tabs->setTabText(Findings, findings > 0 ? tr("Findings %L1").arg(findings) : tr("Findings"));
    emit countsChanged(problems, findings);
}

// The next finding is where the mended one was, so that one can be mended after another.
void ProblemsPanel::refreshFindings()
{
    const int row = m_findingsTable->currentIndex().row();
    const int column = m_findingsTable->currentIndex().column();
    m_findings->setRows(findingRows(m_session->findings()));
    const int last = m_findings->rowCount() - 1;
    if (row >= 0 && last >= 0)
        m_findingsTable->setCurrentIndex(
            m_findingsTable->model()->index(std::min(row, last), column));
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
