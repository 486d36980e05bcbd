// SPDX-License-Identifier: Apache-2.0
#include "ui/views/identity/identity_view.h"

#include "model/map/edits.h"
#include "ui/base/empty_state.h"
#include "ui/base/plain_label.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/session/session.h"
#include "ui/views/identity/proposal_model.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr int restMs = 150;  // after the last change of map or estate

constexpr std::size_t membersTold = 4;

// The reason, and some of what it is about.
QString detailsOf(const ProposalRow& row)
{
    QString text = shown(row.reason);
    for (std::size_t i = 0; i < std::min(row.members.size(), membersTold); ++i) {
        if (!row.members[i].empty() && row.members.size() > 1)
            text += QLatin1Char('\n') + shown(row.members[i]);
    }
    if (row.members.size() > membersTold && !row.members.front().empty())
        text += QLatin1Char('\n') +
                IdentityView::tr("and %L1 more").arg(row.members.size() - membersTold);
    return text;
}

ProposalRow rowOf(const IdentityProposal& proposal)
{
    ProposalRow row{proposal.confidence, {}, proposal.one, proposal.other, proposal.reason, {}};
    for (const auto& [one, other] : proposal.members)
        row.members.push_back(one + " = " + other);
    return row;
}

}  // namespace

IdentityView::IdentityView(Session* session, QWidget* parent) : QWidget(parent), m_session(session)
{
    setObjectName(QStringLiteral("identity"));
    setAccessibleName(tr("Names and owners"));
    createActions();
    auto* bar = new QWidget(this);
    bar->setMinimumHeight(qRound(metrics::viewBarHeight * textScale()));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 4, 8, 4);
    m_tabs = new QTabBar(bar);
    m_tabs->setObjectName(QStringLiteral("identityTabs"));
    m_tabs->setAccessibleName(tr("Lists"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    row->addWidget(m_tabs);
    row->addStretch(1);
    for (QAction* action : {m_same, m_different, m_give, m_takeBack}) {
        auto* button = new QToolButton(bar);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(action->text().remove(u'&'));
        connect(action, &QAction::visibleChanged, button,
                [action, button] { button->setVisible(action->isVisible()); });
        row->addWidget(button);
    }
    m_pages = new QStackedWidget(this);
    m_models = {new ProposalModel(tr("Name"), tr("May be the same as"), this),
                new ProposalModel(tr("Nobody's"), tr("Could belong to"), this),
                new ProposalModel(tr("Name"), tr("And"), this)};
    m_tables[Names] =
        createPage(Names, tr("One thing?"), m_models[Names], tr("No name is in doubt"),
                   tr("When two sources may mean one thing by different names, it is asked here. "
                      "Nothing is ever joined without you."));
    m_tables[Owners] = createPage(
        Owners, tr("Whose?"), m_models[Owners],
        tr("Nothing is without an owner that could be told"),
        tr("Datasets and contracts that no context owns are listed here when their sources or "
           "neighbours say whose they could be."));
    m_tables[Decided] = createPage(
        Decided, tr("Decided"), m_models[Decided], tr("Nothing decided yet"),
        tr("What you decide of names stands in the context map and holds at every later import."));
    m_details = new PlainLabel(this);
    m_details->setObjectName(QStringLiteral("identityDetails"));
    m_details->setWordWrap(true);
    m_details->setMargin(8);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_details);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int page) {
        m_pages->setCurrentIndex(page);
        showChosen();
    });
    m_refreshTimer.setSingleShot(true);
    connect(&m_refreshTimer, &QTimer::timeout, this, &IdentityView::startRefresh);
    const auto later = [this] { m_refreshTimer.start(restMs); };
    connect(m_session, &Session::mapChanged, this, later);
    connect(m_session, &Session::estateChanged, this, later);
    connect(m_session, &Session::findingsChanged, this, later);
    startRefresh();
    showChosen();
}

void IdentityView::createActions()
{
    const auto add = [this](const QString& text, const QString& name, const QString& tip,
                            auto run) {
        auto* action = new QAction(text, this);
        action->setObjectName(name);
        setPlainToolTip(action, tip);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
        return action;
    };
    m_same = add(tr("&Same thing"), QStringLiteral("identitySame"),
                 tr("The chosen names mean one thing, now and at every import"),
                 [this] { decide(true); });
    m_different =
        add(tr("Di&fferent things"), QStringLiteral("identityDifferent"),
            tr("Keep the chosen names apart, and do not ask again"), [this] { decide(false); });
    m_give = add(tr("&Give to the context"), QStringLiteral("identityGive"),
                 tr("Add the chosen things to what the context owns"), [this] { give(); });
    m_takeBack = add(tr("Take the decision &back"), QStringLiteral("identityTakeBack"),
                     tr("Ask about the chosen names again"), [this] { takeBack(); });
}

QTableView* IdentityView::createPage(Page page, const QString& title, ProposalModel* model,
                                     const QString& what, const QString& how)
{
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(model);
    sorted->setSortRole(ProposalModel::SortRole);
    auto* whole = new QWidget(m_pages);
    auto* table = new QTableView(whole);
    const QString names[] = {QStringLiteral("identityNames"), QStringLiteral("identityOwners"),
                             QStringLiteral("identityDecided")};
    table->setObjectName(names[page]);
    table->setAccessibleName(title);
    table->setModel(sorted);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setTabKeyNavigation(false);
    table->setTextElideMode(Qt::ElideMiddle);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(qRound(metrics::tableRowHeight * textScale()));
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->setSortingEnabled(true);
    table->sortByColumn(-1, Qt::AscendingOrder);
    table->setColumnWidth(ProposalModel::SureColumn, qRound(96 * textScale()));
    table->setColumnWidth(ProposalModel::OneColumn, qRound(320 * textScale()));
    table->setColumnWidth(ProposalModel::OtherColumn, qRound(320 * textScale()));
    table->setColumnWidth(ProposalModel::CountColumn, qRound(64 * textScale()));
    table->horizontalHeader()->setSectionResizeMode(ProposalModel::ReasonColumn,
                                                    QHeaderView::Stretch);
    auto* stack = new QStackedLayout(whole);
    stack->addWidget(new EmptyState(Sign::Success, what, how, whole));
    stack->addWidget(table);
    connect(model, &QAbstractItemModel::modelReset, whole,
            [stack, model] { stack->setCurrentIndex(model->rowCount() > 0 ? 1 : 0); });
    connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &IdentityView::showChosen);
    m_pages->addWidget(whole);
    m_tabs->addTab(title);
    return table;
}

// Off the window's thread: an estate may hold hundred thousands of names.
void IdentityView::startRefresh()
{
    m_refreshTimer.stop();
    m_refreshing = Task::start(
        this,
        [map = m_session->map(), observed = m_session->observedEstate(),
         estate = m_session->estate()](Progress&) {
            Answers answers;
            answers.names = identityProposals(*observed, map);
            answers.owners = ownershipProposals(*estate, map, ownershipOf(map, *estate));
            for (const IdentityDecision& decision : map.identities)
                answers.decided.push_back(decided(*observed, decision));
            return answers;
        },
        [this](Answers answers) { showAnswers(std::move(answers)); });
}

void IdentityView::showAnswers(Answers answers)
{
    m_answers = std::move(answers);
    std::vector<ProposalRow> names;
    for (const IdentityProposal& proposal : m_answers.names)
        names.push_back(rowOf(proposal));
    std::vector<ProposalRow> owners;
    for (const OwnershipProposal& proposal : m_answers.owners) {
        const BoundedContext* context = m_session->map().context(proposal.context);
        owners.push_back({proposal.confidence,
                          {},
                          proposal.pattern,
                          context ? context->name : proposal.context.text,
                          proposal.reason,
                          proposal.members});
    }
    std::vector<ProposalRow> decisions;
    const std::vector<IdentityDecision>& all = m_session->map().identities;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::size_t count = i < m_answers.decided.size() ? m_answers.decided[i] : 0;
        decisions.push_back({-1, toStdString(all[i].isSame ? tr("Same") : tr("Different")),
                             all[i].one, all[i].other, all[i].reason,
                             std::vector<std::string>(count)});
    }
    const QString titles[] = {tr("One thing?"), tr("Whose?"), tr("Decided")};
    std::vector<ProposalRow>* rows[] = {&names, &owners, &decisions};
    for (int i = 0; i < PageCount; ++i) {
        m_tabs->setTabText(i, rows[i]->empty()
                                  ? titles[i]
                                  : QStringLiteral("%1 %L2").arg(titles[i]).arg(rows[i]->size()));
        m_models[std::size_t(i)]->setRows(std::move(*rows[i]));
    }
    emit countChanged(int(m_answers.names.size() + m_answers.owners.size()));
    showChosen();
}

IdentityView::Page IdentityView::page() const
{
    return Page(std::max(0, m_tabs->currentIndex()));
}

std::vector<std::size_t> IdentityView::chosen(Page page) const
{
    const QTableView* table = m_tables[page];
    const auto* sorted = static_cast<const QSortFilterProxyModel*>(table->model());
    std::vector<std::size_t> rows;
    for (const QModelIndex& index : table->selectionModel()->selectedRows())
        rows.push_back(std::size_t(sorted->mapToSource(index).row()));
    std::sort(rows.begin(), rows.end());
    return rows;
}

void IdentityView::showChosen()
{
    if (!m_tables[Decided])
        return;  // the pages are being made
    const std::vector<std::size_t> rows = chosen(page());
    const bool mayEdit = m_session->document() && !rows.empty();
    m_same->setEnabled(mayEdit && page() == Names);
    m_different->setEnabled(mayEdit && page() == Names);
    m_give->setEnabled(mayEdit && page() == Owners);
    m_takeBack->setEnabled(mayEdit && page() == Decided);
    for (QAction* action : {m_same, m_different})
        action->setVisible(page() == Names);
    m_give->setVisible(page() == Owners);
    m_takeBack->setVisible(page() == Decided);
    const std::vector<ProposalRow>& all = m_models[page()]->rows();
    QString text;
    if (!m_session->document())
        text = tr("Decisions are kept in a context map: open or make one to decide.");
    else if (rows.size() == 1 && rows.front() < all.size())
        text = detailsOf(all[rows.front()]);
    else if (rows.size() > 1)
        text = tr("%L1 chosen").arg(rows.size());
    else if (!all.empty())
        text = tr("Choose rows to decide on them; several at once are one step to undo.");
    m_details->setFullText(text);
}

void IdentityView::decide(bool isSame)
{
    std::vector<IdentityDecision> decisions;
    for (const std::size_t row : chosen(Names)) {
        if (row < m_answers.names.size())
            decisions.push_back(m_answers.names[row].decision(isSame));
    }
    if (m_session->document() && !decisions.empty())
        m_session->apply(decideIdentities(*m_session->document(), decisions));
}

void IdentityView::takeBack()
{
    std::vector<IdentityDecision> decisions;
    const std::vector<IdentityDecision>& all = m_session->map().identities;
    for (const std::size_t row : chosen(Decided)) {
        if (row < all.size())
            decisions.push_back(all[row]);
    }
    if (m_session->document() && !decisions.empty())
        m_session->apply(removeIdentities(*m_session->document(), decisions));
}

void IdentityView::give()
{
    std::vector<OwnershipAddition> additions;
    for (const std::size_t row : chosen(Owners)) {
        if (row >= m_answers.owners.size())
            continue;
        const OwnershipProposal& proposal = m_answers.owners[row];
        additions.push_back({proposal.context, proposal.list, proposal.pattern});
    }
    if (m_session->document() && !additions.empty())
        m_session->apply(addOwnership(*m_session->document(), additions));
}

}  // namespace portolan::ui
