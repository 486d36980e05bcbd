// SPDX-License-Identifier: Apache-2.0
#include "model/chart/chart_filter.h"

#include "model/chart/filter_words.h"

#include <algorithm>
#include <deque>
#include <numeric>

namespace portolan {
namespace {

// Steps along edges in the search for implied ones, and the most of them in a picture: beyond, it would be a hairball.
constexpr std::size_t mostSteps = 2'000'000;
constexpr std::size_t mostImplied = 2'000;
constexpr std::size_t mostNamesInPill = 1;

std::size_t at(int number)
{
    return static_cast<std::size_t>(number);
}

bool isSymmetric(const ChartEdge& edge)
{
    return edge.line == ChartLine::Partnership || edge.line == ChartLine::SharedKernel;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

bool isWorse(Severity a, Severity b)
{
    const auto rank = [](Severity severity) {
        return severity == Severity::Error ? 2 : severity == Severity::Warning ? 1 : 0;
    };
    return rank(a) > rank(b);
}

void add(std::optional<ChartBadge>& sum, const std::optional<ChartBadge>& more)
{
    if (!more)
        return;
    if (!sum || isWorse(more->severity, sum->severity))
        sum = more;
    else if (sum->severity == more->severity)
        sum->count += more->count;
}

// Whom one gets to along the edges, forward and back.
class Ways {
public:
    explicit Ways(const Chart& chart) : m_next(chart.nodes.size()), m_before(chart.nodes.size())
    {
        for (const ChartEdge& edge : chart.edges) {
            if (edge.line == ChartLine::SeparateWays)
                continue;
            add(edge.from, edge.to);
            if (isSymmetric(edge))
                add(edge.to, edge.from);
        }
    }
    const std::vector<int>& next(int node) const { return m_next[at(node)]; }
    const std::vector<int>& before(int node) const { return m_before[at(node)]; }

private:
    void add(int from, int to)
    {
        m_next[at(from)].push_back(to);
        m_before[at(to)].push_back(from);
    }
    std::vector<std::vector<int>> m_next;
    std::vector<std::vector<int>> m_before;
};

void walk(const Ways& ways, const std::vector<int>& starts, int depth, bool isForward,
          std::vector<char>& isReached)
{
    std::vector<char> isSeen(isReached.size(), 0);
    std::vector<int> edge = starts;
    for (const int node : starts)
        isSeen[at(node)] = isReached[at(node)] = 1;
    for (int hop = 0; hop < depth && !edge.empty(); ++hop) {
        std::vector<int> farther;
        for (const int node : edge) {
            for (const int other : isForward ? ways.next(node) : ways.before(node)) {
                if (isSeen[at(other)])
                    continue;
                isSeen[at(other)] = isReached[at(other)] = 1;
                farther.push_back(other);
            }
        }
        edge = std::move(farther);
    }
}

class Filtering {
public:
    Filtering(const Chart& whole, const ChartFilter& filter)
        : m_whole(whole), m_filter(filter), m_isShown(whole.nodes.size(), 1)
    {
    }

    FilteredChart run()
    {
        m_result.allNodes = m_whole.nodes.size();
        m_result.allEdges = m_whole.edges.size();
        hide();
        makeRegions();
        makeNodes();
        makeEdges();
        makeImplied();
        return std::move(m_result);
    }

private:
    // ---- what is hidden

    void hide()
    {
        const FilterWords words(m_filter.words);
        if (!m_filter.focus.on.empty())
            findNeighbourhood();
        for (std::size_t node = 0; node < m_whole.nodes.size(); ++node) {
            const auto reason = reasonOf(node, words);
            if (!reason)
                continue;
            m_isShown[node] = 0;
            m_result.hidden.emplace(m_whole.nodes[node].entity, *reason);
            ++m_result.hiddenCounts[*reason];
        }
        m_result.shownNodes = m_result.allNodes - m_result.hidden.size();
    }

    std::optional<HiddenReason> reasonOf(std::size_t node, const FilterWords& words) const
    {
        if (!words.accepts(m_whole, node))
            return HiddenReason::Words;
        if (isIn(m_filter.hidden, node))
            return HiddenReason::Hidden;
        if (!m_filter.only.empty() && !isIn(m_filter.only, node))
            return HiddenReason::Only;
        if (!m_isNear.empty() && !m_isNear[node])
            return HiddenReason::Focus;
        return std::nullopt;
    }

    bool isIn(const std::set<EntityRef>& set, std::size_t node) const
    {
        if (set.empty())
            return false;
        if (set.contains(m_whole.nodes[node].entity))
            return true;
        for (int region = m_whole.nodes[node].region; region >= 0;
             region = m_whole.regions[at(region)].parent) {
            if (set.contains(m_whole.regions[at(region)].entity))
                return true;
        }
        return false;
    }

    // A focus on things that are no longer there is none.
    void findNeighbourhood()
    {
        std::vector<int> starts;
        const std::set<EntityRef> on(m_filter.focus.on.begin(), m_filter.focus.on.end());
        for (std::size_t node = 0; node < m_whole.nodes.size(); ++node) {
            if (isIn(on, node))
                starts.push_back(static_cast<int>(node));
        }
        for (const ChartEdge& edge : m_whole.edges) {
            if (on.contains(edge.entity)) {
                starts.push_back(edge.from);
                starts.push_back(edge.to);
            }
        }
        if (starts.empty())
            return;
        const Ways ways(m_whole);
        m_isNear.assign(m_whole.nodes.size(), 0);
        if (m_filter.focus.direction != FlowDirection::Upstream)
            walk(ways, starts, m_filter.focus.depth, true, m_isNear);
        if (m_filter.focus.direction != FlowDirection::Downstream)
            walk(ways, starts, m_filter.focus.depth, false, m_isNear);
    }

    // ---- regions and cards

    // The outermost collapsed region around one; -1: none.
    int collapsedAround(int region) const
    {
        int outermost = -1;
        for (; region >= 0; region = m_whole.regions[at(region)].parent) {
            if (m_filter.collapsed.contains(m_whole.regions[at(region)].entity))
                outermost = region;
        }
        return outermost;
    }

    void makeRegions()
    {
        std::vector<char> isNeeded(m_whole.regions.size(), 0);
        // Without a filter an empty domain is shown too; with one, those that lost their cards step out of the way.
        std::vector<char> hadCards(m_whole.regions.size(), 0);
        for (std::size_t node = 0; node < m_whole.nodes.size(); ++node) {
            for (int region = m_whole.nodes[node].region; region >= 0;
                 region = m_whole.regions[at(region)].parent) {
                hadCards[at(region)] = 1;
                isNeeded[at(region)] |= m_isShown[node];
            }
        }
        const bool isThinned = !m_result.hidden.empty();
        m_regionNumber.assign(m_whole.regions.size(), -1);
        for (std::size_t region = 0; region < m_whole.regions.size(); ++region) {
            const bool isEmptyAnyway = !isThinned && !hadCards[region];
            if ((!isNeeded[region] && !isEmptyAnyway) ||
                collapsedAround(static_cast<int>(region)) >= 0)
                continue;
            m_regionNumber[region] = static_cast<int>(m_result.chart.regions.size());
            m_result.chart.regions.push_back(m_whole.regions[region]);
        }
        for (ChartRegion& region : m_result.chart.regions) {
            if (region.parent >= 0)
                region.parent = m_regionNumber[at(region.parent)];
        }
    }

    void makeNodes()
    {
        m_nodeNumber.assign(m_whole.nodes.size(), -1);
        std::map<int, int> groups;  // node of a collapsed region
        for (std::size_t node = 0; node < m_whole.nodes.size(); ++node) {
            if (!m_isShown[node])
                continue;
            const int region = collapsedAround(m_whole.nodes[node].region);
            const int next = static_cast<int>(m_result.chart.nodes.size());
            if (region < 0) {
                m_nodeNumber[node] = next;
                m_result.chart.nodes.push_back(m_whole.nodes[node]);
                int& number = m_result.chart.nodes.back().region;
                number = number < 0 ? -1 : m_regionNumber[at(number)];
                continue;
            }
            const auto [group, isNew] = groups.try_emplace(region, next);
            if (isNew)
                m_result.chart.nodes.push_back(groupOf(m_whole.regions[at(region)]));
            m_nodeNumber[node] = group->second;
            ChartNode& card = m_result.chart.nodes[at(group->second)];
            ++card.members;
            add(card.badge, m_whole.nodes[node].badge);
            m_result.standIn.emplace(m_whole.nodes[node].entity, card.entity);
        }
        for (ChartNode& card : m_result.chart.nodes) {
            if (card.members == 0)
                continue;
            card.secondary = counted(static_cast<std::size_t>(card.members), "context", "contexts");
            card.description = card.title + ", collapsed domain of " + card.secondary;
        }
    }

    ChartNode groupOf(const ChartRegion& region) const
    {
        ChartNode card;
        card.entity = region.entity;
        card.title = region.title;
        card.region = region.parent < 0 ? -1 : m_regionNumber[at(region.parent)];
        card.hue = region.hue;
        card.change = region.change;
        return card;
    }

    // ---- edges

    void makeEdges()
    {
        std::map<std::pair<int, int>, std::vector<std::size_t>> bundles;
        std::map<int, std::size_t> inside;
        for (std::size_t number = 0; number < m_whole.edges.size(); ++number) {
            const ChartEdge& edge = m_whole.edges[number];
            const int from = m_nodeNumber[at(edge.from)];
            const int to = m_nodeNumber[at(edge.to)];
            if (from < 0 || to < 0)
                continue;
            ++m_result.shownEdges;
            if (from == to) {
                ++inside[from];
                m_result.standIn.emplace(edge.entity, m_result.chart.nodes[at(from)].entity);
            } else if (isGroup(from) || isGroup(to)) {
                bundles[{from, to}].push_back(number);
            } else {
                addEdge(edge, from, to);
            }
        }
        for (const auto& [ends, members] : bundles)
            addBundle(ends.first, ends.second, members);
        for (const auto& [node, count] : inside) {
            m_result.chart.nodes[at(node)].note =
                counted(count, "relationship inside", "relationships inside");
        }
    }

    bool isGroup(int node) const { return m_result.chart.nodes[at(node)].members > 0; }

    void addEdge(ChartEdge edge, int from, int to)
    {
        edge.from = from;
        edge.to = to;
        m_joined.insert({from, to});
        m_result.chart.edges.push_back(std::move(edge));
    }

    void addBundle(int from, int to, const std::vector<std::size_t>& members)
    {
        if (members.size() == 1) {
            addEdge(m_whole.edges[members.front()], from, to);
            return;
        }
        const ChartNode& first = m_result.chart.nodes[at(from)];
        const ChartNode& second = m_result.chart.nodes[at(to)];
        ChartEdge bundle;
        bundle.entity = {EntityKind::Relationship, standInId(first.entity, second.entity)};
        bundle.line = m_whole.edges[members.front()].line;
        const bool isPair = std::any_of(members.begin(), members.end(), [this](std::size_t member) {
            return isSymmetric(m_whole.edges[member]);
        });
        for (const std::size_t member : members) {
            const ChartEdge& edge = m_whole.edges[member];
            if (edge.line != bundle.line || isPair)
                bundle.line = ChartLine::Plain;  // the pill says that there are several
            bundle.fromEnd.hasArrow |= edge.fromEnd.hasArrow;
            bundle.toEnd.hasArrow |= edge.toEnd.hasArrow;
            add(bundle.badge, edge.badge);
            m_result.standsFor[bundle.entity].push_back(edge.entity);
            m_result.standIn.emplace(edge.entity, bundle.entity);
        }
        bundle.pill = {ChartPill::Kind::Bundle,
                       counted(members.size(), "relationship", "relationships")};
        bundle.description = bundle.pill.text + " from " + first.title + " to " + second.title;
        addEdge(std::move(bundle), from, to);
    }

    // ---- implied edges

    // From each shown card through hidden ones to the shown cards behind them.
    void makeImplied()
    {
        if (m_result.hidden.empty() || m_result.shownNodes == 0)
            return;
        const Ways ways(m_whole);
        std::vector<int> cameFrom(m_whole.nodes.size(), -1);
        std::vector<int> seenBy(m_whole.nodes.size(), -1);
        std::size_t steps = 0;
        for (std::size_t start = 0; start < m_whole.nodes.size(); ++start) {
            if (!m_isShown[start])
                continue;
            std::deque<int> queue{static_cast<int>(start)};
            seenBy[start] = static_cast<int>(start);
            while (!queue.empty()) {
                const int node = queue.front();
                queue.pop_front();
                for (const int next : ways.next(node)) {
                    if (++steps > mostSteps || m_result.impliedEdges >= mostImplied) {
                        m_result.isImpliedCut = true;
                        return;
                    }
                    // A shown neighbour of the start has its own edge.
                    if (seenBy[at(next)] == static_cast<int>(start) ||
                        (m_isShown[at(next)] && node == static_cast<int>(start)))
                        continue;
                    seenBy[at(next)] = static_cast<int>(start);
                    cameFrom[at(next)] = node;
                    if (m_isShown[at(next)])
                        addImplied(static_cast<int>(start), next, cameFrom);
                    else
                        queue.push_back(next);
                }
            }
        }
    }

    void addImplied(int start, int end, const std::vector<int>& cameFrom)
    {
        const int from = m_nodeNumber[at(start)];
        const int to = m_nodeNumber[at(end)];
        if (from == to || m_joined.contains({from, to}))
            return;
        std::vector<int> through;
        for (int node = cameFrom[at(end)]; node != start; node = cameFrom[at(node)])
            through.push_back(node);
        std::reverse(through.begin(), through.end());
        const auto back = m_implied.find({to, from});
        if (back != m_implied.end()) {  // both ways: one line
            m_result.chart.edges[back->second].fromEnd.hasArrow = true;
            return;
        }
        const ChartNode& first = m_result.chart.nodes[at(from)];
        const ChartNode& second = m_result.chart.nodes[at(to)];
        ChartEdge edge;
        edge.entity = {EntityKind::Relationship, standInId(first.entity, second.entity)};
        edge.line = ChartLine::Implied;
        edge.toEnd.hasArrow = true;
        std::string names;
        for (const int node : through) {
            names += (names.empty() ? "" : ", ") + m_whole.nodes[at(node)].title;
            m_result.standsFor[edge.entity].push_back(m_whole.nodes[at(node)].entity);
        }
        edge.pill = {ChartPill::Kind::Implied,
                     through.size() <= mostNamesInPill
                         ? "via " + names
                         : "via " + std::to_string(through.size()) + " contexts"};
        edge.description =
            "Implied: " + first.title + " to " + second.title + ", through hidden " + names;
        m_implied.emplace(std::pair{from, to}, m_result.chart.edges.size());
        ++m_result.impliedEdges;
        addEdge(std::move(edge), from, to);
    }

    const Chart& m_whole;
    const ChartFilter& m_filter;
    std::vector<char> m_isShown;
    std::vector<char> m_isNear;  // empty: no focus
    std::vector<int> m_regionNumber;
    std::vector<int> m_nodeNumber;
    std::set<std::pair<int, int>> m_joined;
    std::map<std::pair<int, int>, std::size_t> m_implied;
    FilteredChart m_result;
};

std::string titleOf(const Chart& whole, const EntityRef& entity)
{
    if (const int node = whole.node(entity); node >= 0)
        return whole.nodes[at(node)].title;
    if (const int region = whole.region(entity); region >= 0)
        return whole.regions[at(region)].title;
    if (const int edge = whole.edge(entity); edge >= 0) {
        return whole.nodes[at(whole.edges[at(edge)].from)].title + " to " +
               whole.nodes[at(whole.edges[at(edge)].to)].title;
    }
    return entity.id;
}

template <class Entities>
std::string titles(const Chart& whole, const Entities& entities)
{
    constexpr std::size_t mostNamed = 12;
    std::string names;
    std::size_t count = 0;
    for (const EntityRef& entity : entities) {
        if (++count <= mostNamed)
            names += (names.empty() ? "" : ", ") + titleOf(whole, entity);
    }
    return count <= mostNamed ? names
                              : names + " and " + std::to_string(count - mostNamed) + " more";
}

}  // namespace

std::string_view toString(FlowDirection direction)
{
    switch (direction) {
    case FlowDirection::Upstream:
        return "upstream";
    case FlowDirection::Downstream:
        return "downstream";
    case FlowDirection::Both:
        break;
    }
    return "both";
}

std::optional<FlowDirection> flowDirectionFrom(std::string_view spelling)
{
    for (const FlowDirection direction :
         {FlowDirection::Both, FlowDirection::Upstream, FlowDirection::Downstream}) {
        if (spelling == toString(direction))
            return direction;
    }
    return std::nullopt;
}

bool ChartFilter::isEmpty() const
{
    return FilterWords(words).isEmpty() && hidden.empty() && only.empty() && collapsed.empty() &&
           focus.on.empty();
}

std::optional<EntityRef> FilteredChart::shownAs(const EntityRef& entity) const
{
    if (const auto found = standIn.find(entity); found != standIn.end())
        return found->second;
    if (hidden.contains(entity))
        return std::nullopt;
    return entity;
}

FilteredChart filtered(Chart whole, const ChartFilter& filter)
{
    if (filter.isEmpty()) {
        FilteredChart all;
        all.allNodes = all.shownNodes = whole.nodes.size();
        all.allEdges = all.shownEdges = whole.edges.size();
        all.chart = std::move(whole);
        return all;
    }
    return Filtering(whole, filter).run();
}

std::vector<EntityRef> cardsWith(const Chart& chart, std::string_view text)
{
    std::vector<EntityRef> cards;
    const FilterWords words(text);
    for (std::size_t node = 0; !words.isEmpty() && node < chart.nodes.size(); ++node) {
        if (words.accepts(chart, node))
            cards.push_back(chart.nodes[node].entity);
    }
    return cards;
}

ChartFilter showing(ChartFilter filter, const Chart& whole, const EntityRef& entity)
{
    const int node = whole.node(entity);
    if (node < 0)
        return filter;
    if (!FilterWords(filter.words).accepts(whole, at(node)))
        filter.words.clear();
    filter.hidden.erase(entity);
    for (int region = whole.nodes[at(node)].region; region >= 0;
         region = whole.regions[at(region)].parent)
        filter.hidden.erase(whole.regions[at(region)].entity);
    const auto hidden = filtered(whole, filter).hidden;
    const auto still = hidden.find(entity);
    if (still != hidden.end() && still->second == HiddenReason::Only)
        filter.only.insert(entity);
    if (still != hidden.end() && !filter.focus.on.empty())
        filter.focus.on.push_back(entity);
    return filter;
}

std::string describe(const ChartFilter& filter, const Chart& whole)
{
    std::vector<std::string> parts;
    if (!FilterWords(filter.words).isEmpty())
        parts.push_back("cards with \"" + filter.words + "\"");
    if (!filter.only.empty())
        parts.push_back("only " + titles(whole, filter.only));
    if (!filter.hidden.empty())
        parts.push_back("without " + titles(whole, filter.hidden));
    if (!filter.focus.on.empty()) {
        parts.push_back(
            "focus on " + titles(whole, filter.focus.on) + ", " +
            counted(static_cast<std::size_t>(std::max(0, filter.focus.depth)), "hop", "hops") +
            (filter.focus.direction == FlowDirection::Both
                 ? " both ways"
                 : " " + std::string(toString(filter.focus.direction))));
    }
    if (!filter.collapsed.empty())
        parts.push_back("collapsed " + titles(whole, filter.collapsed));
    std::string words;
    for (const std::string& part : parts)
        words += (words.empty() ? "" : "; ") + part;
    return words;
}

}  // namespace portolan
