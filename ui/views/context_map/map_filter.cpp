// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/map_filter.h"

#include "model/chart/filter_words.h"

#include "ui/base/icons.h"
#include "ui/base/text.h"
#include "ui/canvas/canvas.h"
#include "ui/session/session.h"
#include "ui/views/context_map/filter_bar.h"
#include "ui/views/context_map/selection.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr int mostHiddenNamed = 24;
constexpr int mostNameLetters = 60;

QString menuName(const std::string& name)
{
    return withoutMnemonics(shown(name, mostNameLetters));
}

}  // namespace

MapFilter::MapFilter(Session* session, Canvas* canvas, QWidget* view)
    : QObject(view), m_session(session), m_canvas(canvas), m_bar(new FilterBar(view))
{
    m_bar->hide();
    m_find = make(tr("Filter…"), "mapFilter", Qt::Key_Slash, nullptr);
    m_find->setIconText(tr("Filter"));
    m_find->setIcon(iconOf(Sign::Filter));
    setPlainToolTip(m_find, tr("Show only contexts with some words ( / )"));
    connect(m_find, &QAction::triggered, m_bar, [this] { m_bar->open(false); });
    m_search = make(tr("Find on the map…"), "mapSearch", Qt::CTRL | Qt::Key_F, nullptr);
    setPlainToolTip(m_search, tr("Mark contexts with some words, and hide nothing"));
    connect(m_search, &QAction::triggered, m_bar, [this] { m_bar->open(true); });
    m_nextHit = make(tr("Next found"), "mapNextHit", Qt::Key_F3, nullptr);
    connect(m_nextHit, &QAction::triggered, this, [this] { goToHit(true); });
    m_previousHit = make(tr("Previous found"), "mapPreviousHit", Qt::SHIFT | Qt::Key_F3, nullptr);
    connect(m_previousHit, &QAction::triggered, this, [this] { goToHit(false); });
    m_focus = make(tr("Focus on the selection"), "mapFocus", Qt::Key_F, nullptr);
    m_focus->setCheckable(true);
    setPlainToolTip(m_focus, tr("Show only the neighbourhood of what is selected"));
    connect(m_focus, &QAction::toggled, this, &MapFilter::toggleFocus);
    m_hide = make(tr("Hide"), "mapHide", Qt::Key_H, &MapFilter::hideSelected);
    m_only = make(tr("Show only these"), "mapShowOnly", Qt::SHIFT | Qt::Key_H,
                  &MapFilter::showOnlySelected);
    m_showAll = make(tr("Show all contexts"), "mapShowAll", Qt::CTRL | Qt::SHIFT | Qt::Key_H,
                     &MapFilter::showAll);
    m_collapse = make(tr("Collapse or expand the domain"), "mapCollapse", Qt::Key_E,
                      &MapFilter::toggleCollapsed);
    m_collapseAll = make(tr("Collapse all domains"), "mapCollapseAll", Qt::SHIFT | Qt::Key_E,
                         &MapFilter::collapseAll);
    m_expandAll = make(tr("Expand all domains"), "mapExpandAll", Qt::CTRL | Qt::SHIFT | Qt::Key_E,
                       &MapFilter::expandAll);
    connectBar();
    showCount();
}

QAction* MapFilter::make(const QString& text, const char* name, const QKeySequence& key,
                         void (MapFilter::*slot)())
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

void MapFilter::connectBar()
{
    connect(m_bar, &FilterBar::wordsChanged, this, &MapFilter::takeWords);
    connect(m_bar, &FilterBar::markingChanged, this, &MapFilter::changeMarking);
    connect(m_bar, &FilterBar::nextRequested, this, &MapFilter::goToHit);
    connect(m_bar, &FilterBar::reachChanged, this, [this](int depth, FlowDirection direction) {
        ChartFilter filter = m_filter;
        filter.focus.depth = depth;
        filter.focus.direction = direction;
        setFilter(std::move(filter));
    });
    connect(m_bar, &FilterBar::focusLeft, this, &MapFilter::leaveFocus);
    connect(m_bar, &FilterBar::showAllRequested, this, &MapFilter::showAll);
    connect(m_bar, &FilterBar::showSelectedRequested, this, [this] {
        ChartFilter filter = m_filter;
        for (const EntityRef& entity : selectedHidden())
            filter = showing(std::move(filter), m_whole, entity);
        setFilter(std::move(filter));
    });
    connect(m_bar, &FilterBar::closed, this, [this] {
        showAll();
        m_bar->hide();
        m_marked.clear();
        markHits();
        m_canvas->setFocus(Qt::OtherFocusReason);
    });
    connect(m_bar->reasons(), &QMenu::aboutToShow, this, &MapFilter::fillReasons);
}

QList<QAction*> MapFilter::hidingActions() const
{
    return {m_search, m_nextHit, m_previousHit, m_find, m_hide, m_only, m_showAll, m_focus};
}

QList<QAction*> MapFilter::collapsingActions() const
{
    return {m_collapse, m_collapseAll, m_expandAll};
}

void MapFilter::addCardMenu(QMenu& menu) const
{
    menu.addActions({m_focus, m_hide, m_only});
}

void MapFilter::addDomainMenu(QMenu& menu, const EntityRef& domain)
{
    const bool isCollapsed = m_filter.collapsed.contains(domain);
    menu.addAction(isCollapsed ? tr("Expand") : tr("Collapse"), this, [this, domain, isCollapsed] {
        ChartFilter filter = m_filter;
        if (isCollapsed)
            filter.collapsed.erase(domain);
        else
            filter.collapsed.insert(domain);
        setFilter(std::move(filter));
    });
    menu.addActions({m_focus, m_hide, m_only});
}

// ---- what is found

void MapFilter::takeWords(const std::string& words)
{
    if (m_bar->isMarking()) {
        m_marked = words;
        markHits();
        return;
    }
    ChartFilter filter = m_filter;
    filter.words = words;
    setFilter(std::move(filter));
}

// The words go from the one use to the other.
void MapFilter::changeMarking()
{
    ChartFilter filter = m_filter;
    if (m_bar->isMarking())
        m_marked = std::exchange(filter.words, {});
    else
        filter.words = std::exchange(m_marked, {});
    setFilter(std::move(filter));
    markHits();
}

void MapFilter::markHits()
{
    m_hits = cardsWith(m_canvas->chart(), m_marked);
    QStringList words;
    for (const std::string& word : FilterWords(m_marked).wanted())
        words << toQString(word);
    m_canvas->setHits(m_hits, words);
    m_nextHit->setEnabled(!m_hits.empty());
    m_previousHit->setEnabled(!m_hits.empty());
    showCount();
}

// From the selected one, or from the first.
void MapFilter::goToHit(bool forward)
{
    if (m_hits.empty())
        return;
    const auto current = m_canvas->selection().empty() ? m_hits.end()
                                                       : std::find(m_hits.begin(), m_hits.end(),
                                                                   m_canvas->selection().front());
    const auto count = static_cast<std::ptrdiff_t>(m_hits.size());
    std::ptrdiff_t next = forward ? 0 : count - 1;
    if (current != m_hits.end())
        next = (current - m_hits.begin() + (forward ? 1 : count - 1)) % count;
    m_session->select(m_hits[static_cast<std::size_t>(next)]);
    m_canvas->reveal(m_hits[static_cast<std::size_t>(next)]);
    showCount();
}

// ---- what is shown

Chart MapFilter::apply(Chart whole)
{
    if (m_filter.isEmpty())
        m_whole = {};
    else
        m_whole = whole;
    m_result = filtered(std::move(whole), m_filter);
    Chart chart = std::move(m_result.chart);
    m_result.chart = {};
    showCount();
    return chart;
}

void MapFilter::setFilter(ChartFilter filter)
{
    if (filter == m_filter)
        return;
    const bool wasFocused = isFocused();
    m_filter = std::move(filter);
    const bool isNow = isFocused();
    // Whoever toggles the action comes here; it follows whoever else does.
    m_focus->setChecked(isNow);
    m_bar->setFilter(m_filter);
    if (isNow && !wasFocused)
        emit focusEntered();
    else if (wasFocused && !isNow)
        emit focusLeft();
    emit changed();
}

void MapFilter::reset()
{
    m_bar->hide();
    m_marked.clear();
    m_hits.clear();
    setFilter({});
}

void MapFilter::toggleFocus(bool isOn)
{
    if (isOn == isFocused())
        return;
    ChartFilter filter = m_filter;
    filter.focus = {};
    if (isOn)
        filter.focus.on = meant(m_canvas->selection());
    if (isOn && filter.focus.on.empty()) {
        m_focus->setChecked(false);
        return;
    }
    setFilter(std::move(filter));
}

void MapFilter::leaveFocus()
{
    m_focus->setChecked(false);
}

void MapFilter::showAll()
{
    ChartFilter filter;
    filter.collapsed = m_filter.collapsed;  // hides nothing
    emit allShown();
    setFilter(std::move(filter));
}

QString MapFilter::words() const
{
    const QString count = tr("%L1 of %L2 contexts").arg(m_result.shownNodes).arg(m_result.allNodes);
    const std::string filter = describe(m_filter, m_whole);
    return filter.empty() ? tr("All %L1 contexts").arg(m_result.allNodes)
                          : count + QStringLiteral(": ") + shown(filter);
}

void MapFilter::makeSure(const EntityRef& entity)
{
    if (m_filter.isEmpty() || m_result.shownAs(entity) == entity)
        return;
    ChartFilter filter = showing(m_filter, m_whole, entity);
    const int node = m_whole.node(entity);
    for (int region = node < 0 ? -1 : m_whole.nodes[static_cast<std::size_t>(node)].region;
         region >= 0; region = m_whole.regions[static_cast<std::size_t>(region)].parent)
        filter.collapsed.erase(m_whole.regions[static_cast<std::size_t>(region)].entity);
    setFilter(std::move(filter));
}

void MapFilter::hideSelected()
{
    ChartFilter filter = m_filter;
    for (const EntityRef& entity : m_canvas->selection()) {
        if (entity.kind == EntityKind::BoundedContext || entity.kind == EntityKind::Domain)
            filter.hidden.insert(entity);
    }
    setFilter(std::move(filter));
}

void MapFilter::showOnlySelected()
{
    ChartFilter filter = m_filter;
    std::set<EntityRef> only;
    for (const EntityRef& entity : m_canvas->selection()) {
        if (entity.kind == EntityKind::BoundedContext || entity.kind == EntityKind::Domain)
            only.insert(entity);
    }
    if (only.empty())
        return;
    filter.only = std::move(only);
    setFilter(std::move(filter));
}

// The domains that are selected, or around what is.
std::vector<EntityRef> MapFilter::selectedDomains() const
{
    std::vector<EntityRef> domains;
    const Chart& chart = m_canvas->chart();
    for (const EntityRef& entity : m_canvas->selection()) {
        if (entity.kind == EntityKind::Domain)
            domains.push_back(entity);
        const int node = entity.kind == EntityKind::BoundedContext ? chart.node(entity) : -1;
        const int region = node < 0 ? -1 : chart.nodes[static_cast<std::size_t>(node)].region;
        if (region >= 0)
            domains.push_back(chart.regions[static_cast<std::size_t>(region)].entity);
    }
    return domains;
}

void MapFilter::toggleCollapsed()
{
    ChartFilter filter = m_filter;
    const std::vector<EntityRef> domains = selectedDomains();
    const bool isExpanding =
        std::any_of(domains.begin(), domains.end(), [this](const EntityRef& domain) {
            return m_filter.collapsed.contains(domain);
        });
    for (const EntityRef& domain : domains) {
        if (isExpanding)
            filter.collapsed.erase(domain);
        else
            filter.collapsed.insert(domain);
    }
    setFilter(std::move(filter));
}

void MapFilter::collapseAll()
{
    ChartFilter filter = m_filter;
    for (const Domain& domain : m_session->map().domains) {
        if (domain.parent.isEmpty() || !m_session->map().domain(domain.parent))
            filter.collapsed.insert({EntityKind::Domain, domain.id.text});
    }
    setFilter(std::move(filter));
}

void MapFilter::expandAll()
{
    ChartFilter filter = m_filter;
    filter.collapsed.clear();
    setFilter(std::move(filter));
}

// ---- what is drawn, and what it stands for

std::vector<EntityRef> MapFilter::meant(const std::vector<EntityRef>& drawn) const
{
    std::vector<EntityRef> meant;
    for (const EntityRef& entity : drawn) {
        const auto members = m_result.standsFor.find(entity);
        if (members == m_result.standsFor.end())
            meant.push_back(entity);
        else
            meant.insert(meant.end(), members->second.begin(), members->second.end());
    }
    return meant;
}

std::vector<EntityRef> MapFilter::drawn(const std::vector<EntityRef>& meant) const
{
    std::vector<EntityRef> drawn;
    const auto add = [&drawn](const EntityRef& entity) {
        if (std::find(drawn.begin(), drawn.end(), entity) == drawn.end())
            drawn.push_back(entity);
    };
    for (const EntityRef& entity : meant) {
        if (const auto shownAs = m_result.shownAs(entity))
            add(*shownAs);
    }
    // An implied edge is marked when all that it leads through is selected.
    if (drawn.size() == meant.size())
        return drawn;
    const std::set<EntityRef> selected(meant.begin(), meant.end());
    for (const auto& [edge, members] : m_result.standsFor) {
        if (members.size() == meant.size() &&
            std::all_of(members.begin(), members.end(), [&](const EntityRef& member) {
                return selected.contains(member) && m_result.hidden.contains(member);
            }))
            add(edge);
    }
    return drawn;
}

std::vector<EntityRef> MapFilter::members(const EntityRef& card) const
{
    std::vector<EntityRef> members;
    for (const auto& [entity, standIn] : m_result.standIn) {
        if (standIn == card && entity.kind == EntityKind::BoundedContext)
            members.push_back(entity);
    }
    return members;
}

bool MapFilter::isGroup(const EntityRef& card) const
{
    return card.kind == EntityKind::Domain && m_canvas->chart().node(card) >= 0;
}

bool MapFilter::open(const EntityRef& entity)
{
    ChartFilter filter = m_filter;
    if (isGroup(entity)) {
        filter.collapsed.erase(entity);
        setFilter(std::move(filter));
        return true;
    }
    const auto members = m_result.standsFor.find(entity);
    if (members == m_result.standsFor.end())
        return false;
    for (const EntityRef& member : members->second) {
        filter = showing(std::move(filter), m_whole, member);
        const int edge = m_whole.edge(member);  // of a bundle: its ends are expanded
        if (edge < 0)
            continue;
        const ChartEdge& inside = m_whole.edges[static_cast<std::size_t>(edge)];
        for (const int end : {inside.from, inside.to}) {
            if (const auto card =
                    m_result.standIn.find(m_whole.nodes[static_cast<std::size_t>(end)].entity);
                card != m_result.standIn.end())
                filter.collapsed.erase(card->second);
        }
    }
    setFilter(std::move(filter));
    return true;
}

// ---- what is told

std::vector<EntityRef> MapFilter::selectedHidden() const
{
    std::vector<EntityRef> hidden;
    for (const EntityRef& entity : onCanvas(*m_session, m_session->selection())) {
        if (m_result.hidden.contains(entity))
            hidden.push_back(entity);
    }
    return hidden;
}

void MapFilter::update()
{
    const std::vector<EntityRef>& selection = m_canvas->selection();
    const bool hasMap = m_session->document() != nullptr;
    const bool hasCards =
        std::any_of(selection.begin(), selection.end(), [](const EntityRef& entity) {
            return entity.kind == EntityKind::BoundedContext || entity.kind == EntityKind::Domain;
        });
    m_find->setEnabled(hasMap);
    m_focus->setEnabled(isFocused() || !selection.empty());
    m_hide->setEnabled(hasCards);
    m_only->setEnabled(hasCards);
    m_showAll->setEnabled(!m_result.hidden.empty());
    m_collapse->setEnabled(!selectedDomains().empty());
    m_collapseAll->setEnabled(hasMap && !m_session->map().domains.empty());
    m_expandAll->setEnabled(!m_filter.collapsed.empty());
    if (!m_marked.empty())
        showCount();
    const std::vector<EntityRef> hidden = selectedHidden();
    if (hidden.empty() || !m_canvas->selection().empty())
        m_bar->setHint(QString());
    else if (hidden.size() == 1)
        m_bar->setHint(tr("%1 is hidden").arg(shown(m_session->nameOf(hidden.front()), 60)));
    else
        m_bar->setHint(tr("%n selected contexts are hidden", nullptr, int(hidden.size())));
}

void MapFilter::showCount()
{
    const bool isAll = m_result.hidden.empty();
    QString words = isAll ? tr("All %L1 shown").arg(m_result.allNodes)
                          : tr("%L1 of %L2 shown").arg(m_result.shownNodes).arg(m_result.allNodes);
    if (!m_marked.empty()) {
        const auto current =
            m_canvas->selection().empty()
                ? m_hits.end()
                : std::find(m_hits.begin(), m_hits.end(), m_canvas->selection().front());
        words =
            (current == m_hits.end()
                 ? tr("%L1 found").arg(m_hits.size())
                 : tr("%L1 of %L2 found").arg(current - m_hits.begin() + 1).arg(m_hits.size())) +
            (isAll ? QString() : QStringLiteral(", ") + words);
    }
    if (m_result.isImpliedCut)
        words += tr(", not all implied edges");
    m_bar->setCount(words, isAll);
    m_showAll->setEnabled(!isAll);
}

// Each reason can be given up by itself, and each hidden context is a click away.
void MapFilter::fillReasons()
{
    QMenu& menu = *m_bar->reasons();
    menu.clear();
    const auto give = [&](HiddenReason reason, const QString& words, auto giveUp) {
        const auto count = m_result.hiddenCounts.find(reason);
        if (count == m_result.hiddenCounts.end())
            return;
        menu.addAction(words.arg(count->second), this, [this, giveUp] {
            ChartFilter filter = m_filter;
            giveUp(filter);
            setFilter(std::move(filter));
        });
    };
    give(HiddenReason::Words, tr("%L1 without the words: clear them"),
         [](ChartFilter& filter) { filter.words.clear(); });
    give(HiddenReason::Hidden, tr("%L1 hidden by hand: show them"),
         [](ChartFilter& filter) { filter.hidden.clear(); });
    give(HiddenReason::Only, tr("%L1 not chosen: show them"),
         [](ChartFilter& filter) { filter.only.clear(); });
    give(HiddenReason::Focus, tr("%L1 outside the focus: leave it"),
         [](ChartFilter& filter) { filter.focus = {}; });
    const std::size_t shownEdges = m_result.shownEdges;
    QAction* edges = menu.addAction(tr("%L1 of %L2 relationships shown, %L3 implied")
                                        .arg(shownEdges)
                                        .arg(m_result.allEdges)
                                        .arg(m_result.impliedEdges));
    edges->setEnabled(false);
    menu.addSeparator();
    int named = 0;
    for (const auto& [entity, reason] : m_result.hidden) {
        if (++named > mostHiddenNamed)
            break;
        menu.addAction(tr("Show %1").arg(menuName(toStdString(m_session->nameOf(entity)))), this,
                       [this, entity = entity] {
                           setFilter(showing(m_filter, m_whole, entity));
                           m_session->select(entity);
                       });
    }
    if (named > mostHiddenNamed)
        menu.addAction(tr("and %L1 more: show all").arg(m_result.hidden.size() - mostHiddenNamed),
                       this, &MapFilter::showAll);
}

}  // namespace portolan::ui
