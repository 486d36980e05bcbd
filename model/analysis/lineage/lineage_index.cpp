// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/lineage_index.h"

#include "model/base/progress.h"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

namespace portolan {
namespace {

constexpr LineageNode noNode = UINT32_MAX;
// What a search for all paths may cost before it stops and says so: a graph with cycles has more ways than anyone can walk.
constexpr std::size_t mostPathSteps = 4'000'000;

struct RawEdge {
    LineageNode from = 0;
    LineageNode to = 0;
    std::uint32_t edge = 0;
    bool isDirect = true;
};

// Stable, by one end of each edge: two of them sort by both ends in linear time.
std::vector<RawEdge> sortedBy(LineageNode RawEdge::*end, const std::vector<RawEdge>& edges,
                              std::size_t nodes)
{
    std::vector<std::uint32_t> next(nodes + 1, 0);
    for (const RawEdge& edge : edges)
        ++next[edge.*end + 1];
    for (std::size_t i = 1; i < next.size(); ++i)
        next[i] += next[i - 1];
    std::vector<RawEdge> sorted(edges.size());
    for (const RawEdge& edge : edges)
        sorted[next[edge.*end]++] = edge;
    return sorted;
}

// A link as a walk over very many needs it: a third of the bytes, so more of them are near.
constexpr std::uint32_t indirectBit = 0x80000000;

std::uint32_t packed(LineageNode node, bool isDirect)
{
    return isDirect ? node : node | indirectBit;
}

struct Adjacency {
    std::vector<std::uint32_t> offsets;  // by node, and one more
    std::vector<LineageLink> links;
    std::vector<std::uint32_t> packedLinks;  // the same: see packed()

    std::span<const LineageLink> of(LineageNode node) const
    {
        return std::span(links).subspan(offsets[node], offsets[node + 1] - offsets[node]);
    }
    std::span<const std::uint32_t> packedOf(LineageNode node) const
    {
        return std::span(packedLinks).subspan(offsets[node], offsets[node + 1] - offsets[node]);
    }
    // Asks for what packedOf() will read: the nodes of a wide walk lie anywhere in memory.
    void fetchOffset(LineageNode node) const { __builtin_prefetch(&offsets[node]); }
    void fetchLinks(LineageNode node) const
    {
        __builtin_prefetch(packedLinks.data() + offsets[node]);
    }
    void pack()
    {
        packedLinks.reserve(links.size());
        for (const LineageLink& link : links)
            packedLinks.push_back(packed(link.node, link.isDirect));
    }
};

// `edges` sorted by from and to.
Adjacency downstreamOf(const std::vector<RawEdge>& edges, std::size_t nodes)
{
    Adjacency adjacency;
    adjacency.offsets.assign(nodes + 1, 0);
    adjacency.links.reserve(edges.size());
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const RawEdge& edge = edges[i];
        if (i > 0 && edges[i - 1].from == edge.from && edges[i - 1].to == edge.to) {
            adjacency.links.back().isDirect |= edge.isDirect;
            continue;
        }
        adjacency.links.push_back({edge.to, edge.edge, edge.isDirect});
        ++adjacency.offsets[edge.from + 1];
    }
    for (std::size_t i = 1; i < adjacency.offsets.size(); ++i)
        adjacency.offsets[i] += adjacency.offsets[i - 1];
    return adjacency;
}

Adjacency reversed(const Adjacency& adjacency)
{
    const std::size_t nodes = adjacency.offsets.size() - 1;
    Adjacency other;
    other.offsets.assign(nodes + 1, 0);
    for (const LineageLink& link : adjacency.links)
        ++other.offsets[link.node + 1];
    for (std::size_t i = 1; i < other.offsets.size(); ++i)
        other.offsets[i] += other.offsets[i - 1];
    std::vector<std::uint32_t> next(other.offsets.begin(), other.offsets.end() - 1);
    other.links.resize(adjacency.links.size());
    for (LineageNode node = 0; node < nodes; ++node) {
        for (const LineageLink& link : adjacency.of(node))
            other.links[next[link.node]++] = {node, link.edge, link.isDirect};
    }
    return other;
}

// One level in both directions.
struct Level {
    std::array<Adjacency, 2> adjacency;  // by LineageDirection
    // The estate's edges by their two ends: all those between two nodes are neighbours here.
    std::vector<std::uint32_t> edges;
    std::vector<std::uint32_t> edgeOffsets;  // by upstream node

    const Adjacency& towards(LineageDirection direction) const
    {
        return adjacency[static_cast<std::size_t>(direction)];
    }
    std::size_t nodes() const { return edgeOffsets.size() - 1; }
};

Level levelOf(const std::vector<RawEdge>& raw, std::size_t nodes)
{
    const std::vector<RawEdge> sorted =
        sortedBy(&RawEdge::from, sortedBy(&RawEdge::to, raw, nodes), nodes);
    Level level;
    auto& downstream = level.adjacency[static_cast<std::size_t>(LineageDirection::Downstream)];
    downstream = downstreamOf(sorted, nodes);
    level.adjacency[static_cast<std::size_t>(LineageDirection::Upstream)] = reversed(downstream);
    for (Adjacency& adjacency : level.adjacency)
        adjacency.pack();
    level.edges.reserve(sorted.size());
    level.edgeOffsets.assign(nodes + 1, 0);
    for (const RawEdge& edge : sorted) {
        level.edges.push_back(edge.edge);
        ++level.edgeOffsets[edge.from + 1];
    }
    for (std::size_t i = 1; i < level.edgeOffsets.size(); ++i)
        level.edgeOffsets[i] += level.edgeOffsets[i - 1];
    return level;
}

template <class Edge>
std::vector<RawEdge> rawEdges(const std::vector<Edge>& edges)
{
    std::vector<RawEdge> raw;
    raw.reserve(edges.size());
    for (std::size_t i = 0; i < edges.size(); ++i) {
        RawEdge edge{edges[i].from.value, edges[i].to.value, static_cast<std::uint32_t>(i)};
        if constexpr (std::is_same_v<Edge, ColumnEdge>)
            edge.isDirect = edges[i].flow == ColumnFlow::Direct;
        if (edge.from != edge.to)
            raw.push_back(edge);
    }
    return raw;
}

// Numbers of influences by one of their ends.
struct Influences {
    std::vector<std::uint32_t> offsets;
    std::vector<std::uint32_t> numbers;

    std::span<const std::uint32_t> of(std::uint32_t end) const
    {
        return std::span(numbers).subspan(offsets[end], offsets[end + 1] - offsets[end]);
    }
};

template <class EndOf>
Influences influencesBy(const std::vector<DatasetInfluence>& influences, std::size_t ends,
                        EndOf endOf)
{
    Influences found;
    found.offsets.assign(ends + 1, 0);
    for (const DatasetInfluence& influence : influences)
        ++found.offsets[endOf(influence) + 1];
    for (std::size_t i = 1; i < found.offsets.size(); ++i)
        found.offsets[i] += found.offsets[i - 1];
    std::vector<std::uint32_t> next(found.offsets.begin(), found.offsets.end() - 1);
    found.numbers.resize(influences.size());
    for (std::uint32_t i = 0; i < influences.size(); ++i)
        found.numbers[next[endOf(influences[i])]++] = i;
    return found;
}

}  // namespace

struct LineageIndex::Tables {
    EstatePtr estate;
    std::array<Level, 2> levels;  // by LineageLevel
    Influences influencesOf;      // by column
    Influences influencesOn;      // by dataset

    const Level& at(LineageLevel level) const { return levels[static_cast<std::size_t>(level)]; }

    // Each neighbour in one direction: the links, then what influences on whole datasets lead to. `takesDataset` says whether a
    // dataset's influences are still to be followed: in a closure once is enough.
    template <class Visit, class TakesDataset>
    void forEachNeighbour(LineageLevel level, LineageDirection direction, LineageNode node,
                          bool followsIndirect, const TakesDataset& takesDataset,
                          const Visit& visit) const
    {
        for (const std::uint32_t link : at(level).towards(direction).packedOf(node)) {
            const bool isDirect = (link & indirectBit) == 0;
            if (isDirect || followsIndirect)
                visit(link & ~indirectBit, isDirect);
        }
        if (level == LineageLevel::Datasets || !followsIndirect || estate->influences.empty())
            return;
        if (direction == LineageDirection::Downstream) {
            for (const std::uint32_t number : influencesOf.of(node)) {
                const DatasetIndex dataset = estate->influences[number].to;
                if (!takesDataset(dataset.value))
                    continue;
                for (const ColumnIndex column : estate->datasets[dataset.value].columns)
                    visit(column.value, false);
            }
            return;
        }
        const DatasetIndex dataset = estate->columns[node].dataset;
        if (!takesDataset(dataset.value))
            return;
        for (const std::uint32_t number : influencesOn.of(dataset.value))
            visit(estate->influences[number].from.value, false);
    }
};

namespace {

constexpr auto always = [](std::uint32_t) { return true; };

// Each once. Bits, so that those of a million nodes stay near.
class Marks {
public:
    explicit Marks(std::size_t size) : m_bits(size / 64 + 1, 0) {}
    bool mark(std::size_t number)
    {
        std::uint64_t& word = m_bits[number / 64];
        const std::uint64_t bit = std::uint64_t(1) << number % 64;
        const bool isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }
    bool isMarked(std::size_t number) const
    {
        return (m_bits[number / 64] >> number % 64 & 1) != 0;
    }

private:
    std::vector<std::uint64_t> m_bits;
};

template <class Tables>
LineageClosure nearestFirst(const Tables& tables, LineageLevel level,
                            std::span<const LineageNode> from, const ClosureRequest& request,
                            bool followsIndirect, Marks& seen, bool& metIndirect)
{
    LineageClosure closure;
    metIndirect = false;
    for (const LineageNode node : from) {
        if (node < tables.at(level).nodes() && seen.mark(node))
            closure.steps.push_back({node, 0, true});
    }
    Marks expanded(level == LineageLevel::Columns ? tables.estate->datasets.size() : 0);
    const auto takesDataset = [&](std::uint32_t dataset) { return expanded.mark(dataset); };
    const Adjacency& ahead = tables.at(level).towards(request.direction);
    for (std::size_t next = 0; next < closure.steps.size(); ++next) {
        const LineageClosure::Step step = closure.steps[next];
        if (next + 16 < closure.steps.size()) {
            ahead.fetchOffset(closure.steps[next + 16].node);
            ahead.fetchLinks(closure.steps[next + 8].node);
        }
        if (step.hops >= request.depth) {
            const auto isNew = [&](LineageNode node, bool) {
                closure.isCutAtDepth |= !seen.isMarked(node);
            };
            if (!closure.isCutAtDepth)
                tables.forEachNeighbour(level, request.direction, step.node, followsIndirect,
                                        takesDataset, isNew);
            continue;
        }
        tables.forEachNeighbour(level, request.direction, step.node, followsIndirect, takesDataset,
                                [&](LineageNode node, bool isDirect) {
                                    metIndirect |= !isDirect;
                                    if (seen.mark(node))
                                        closure.steps.push_back({node, step.hops + 1, true});
                                });
    }
    return closure;
}

// Hops to `to`, by node; UINT32_MAX: no way leads there.
template <class Tables>
std::vector<std::uint32_t> hopsTo(const Tables& tables, LineageLevel level, LineageNode to,
                                  bool followsIndirect)
{
    Marks seen(tables.at(level).nodes());
    const ClosureRequest request{LineageDirection::Upstream};
    std::vector<std::uint32_t> hops(tables.at(level).nodes(), UINT32_MAX);
    const std::array start = {to};
    bool metIndirect = false;
    const LineageClosure closure =
        nearestFirst(tables, level, start, request, followsIndirect, seen, metIndirect);
    for (const LineageClosure::Step& step : closure.steps)
        hops[step.node] = step.hops;
    return hops;
}

// All paths of exactly one length, by depth first; the ways that cannot arrive in time are not begun.
template <class Tables>
class PathWalk {
public:
    PathWalk(const Tables& tables, LineageLevel level, LineageNode from, LineageNode to,
             const PathRequest& request, Progress& progress)
        : m_tables(tables), m_level(level), m_from(from), m_to(to), m_request(request),
          m_progress(progress), m_hopsLeft(hopsTo(tables, level, to, request.followsIndirect)),
          m_isOnPath(tables.at(level).nodes(), 0)
    {
    }

    LineagePaths walk()
    {
        const std::uint32_t shortest = m_hopsLeft[m_from];
        if (shortest == UINT32_MAX || m_from == m_to)
            return {};
        for (std::uint32_t length = shortest; !m_isStopped; ++length) {
            if (length > m_request.mostHops) {
                m_found.hasMore = true;
                break;
            }
            m_wasCut = false;
            ofLength(length);
            if (!m_wasCut)
                break;  // no way is longer than those found
        }
        return std::move(m_found);
    }

private:
    struct Frame {
        LineageNode node = 0;
        std::vector<LineageNode> next;
        std::size_t at = 0;
    };

    std::vector<LineageNode> neighbours(LineageNode node) const
    {
        std::vector<LineageNode> found;
        m_tables.forEachNeighbour(m_level, LineageDirection::Downstream, node,
                                  m_request.followsIndirect, always, [&](LineageNode next, bool) {
                                      if (m_hopsLeft[next] != UINT32_MAX)
                                          found.push_back(next);
                                  });
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

    void enter(std::vector<Frame>& stack, LineageNode node)
    {
        m_isOnPath[node] = 1;
        stack.push_back({node, neighbours(node)});
    }

    void keep(const std::vector<Frame>& stack)
    {
        if (m_found.paths.size() >= m_request.mostPaths) {
            m_found.hasMore = true;
            m_isStopped = true;
            return;
        }
        std::vector<LineageNode> path;
        for (const Frame& frame : stack)
            path.push_back(frame.node);
        path.push_back(m_to);
        m_found.paths.push_back(std::move(path));
    }

    bool mayGoOn()
    {
        if (++m_steps % 4096 == 0 && m_progress.stopRequested())
            m_isStopped = true;
        if (m_steps > mostPathSteps)
            m_isStopped = true;
        m_found.hasMore |= m_isStopped;
        return !m_isStopped;
    }

    void ofLength(std::uint32_t length)
    {
        std::vector<Frame> stack;
        enter(stack, m_from);
        while (!stack.empty() && mayGoOn()) {
            Frame& frame = stack.back();
            if (frame.at == frame.next.size()) {
                m_isOnPath[frame.node] = 0;
                stack.pop_back();
                continue;
            }
            const LineageNode next = frame.next[frame.at++];
            const auto hops = static_cast<std::uint32_t>(stack.size());
            if (next == m_to) {
                if (hops == length)
                    keep(stack);
            } else if (m_isOnPath[next] == 0) {
                if (hops + m_hopsLeft[next] <= length)
                    enter(stack, next);
                else
                    m_wasCut = true;
            }
        }
        for (const Frame& frame : stack)
            m_isOnPath[frame.node] = 0;
    }

    const Tables& m_tables;
    LineageLevel m_level;
    LineageNode m_from;
    LineageNode m_to;
    const PathRequest& m_request;
    Progress& m_progress;
    std::vector<std::uint32_t> m_hopsLeft;
    std::vector<std::uint8_t> m_isOnPath;
    LineagePaths m_found;
    std::size_t m_steps = 0;
    bool m_wasCut = false;
    bool m_isStopped = false;
};

}  // namespace

LineageIndex::LineageIndex(EstatePtr estate) : m_tables(std::make_unique<Tables>())
{
    const Estate& facts = *estate;
    m_tables->levels[static_cast<std::size_t>(LineageLevel::Datasets)] =
        levelOf(rawEdges(facts.lineageEdges), facts.datasets.size());
    m_tables->levels[static_cast<std::size_t>(LineageLevel::Columns)] =
        levelOf(rawEdges(facts.columnEdges), facts.columns.size());
    m_tables->influencesOf =
        influencesBy(facts.influences, facts.columns.size(),
                     [](const DatasetInfluence& influence) { return influence.from.value; });
    m_tables->influencesOn =
        influencesBy(facts.influences, facts.datasets.size(),
                     [](const DatasetInfluence& influence) { return influence.to.value; });
    m_tables->estate = std::move(estate);
}

LineageIndex::LineageIndex(LineageIndex&&) noexcept = default;
LineageIndex& LineageIndex::operator=(LineageIndex&&) noexcept = default;
LineageIndex::~LineageIndex() = default;

const Estate& LineageIndex::estate() const
{
    return *m_tables->estate;
}

std::span<const LineageLink> LineageIndex::links(LineageLevel level, LineageDirection direction,
                                                 LineageNode node) const
{
    return m_tables->at(level).towards(direction).of(node);
}

std::vector<std::uint32_t> LineageIndex::edgesBetween(LineageLevel level, LineageNode from,
                                                      LineageNode to) const
{
    const Level& table = m_tables->at(level);
    const Estate& facts = estate();
    const auto end = [&](std::uint32_t edge) {
        return level == LineageLevel::Datasets ? facts.lineageEdges[edge].to.value
                                               : facts.columnEdges[edge].to.value;
    };
    const auto first = table.edges.begin() + table.edgeOffsets[from];
    const auto last = table.edges.begin() + table.edgeOffsets[from + 1];
    const auto begin =
        std::partition_point(first, last, [&](std::uint32_t edge) { return end(edge) < to; });
    const auto past =
        std::partition_point(begin, last, [&](std::uint32_t edge) { return end(edge) <= to; });
    return {begin, past};
}

std::span<const std::uint32_t> LineageIndex::influencesOf(ColumnIndex column) const
{
    return m_tables->influencesOf.of(column.value);
}

std::span<const std::uint32_t> LineageIndex::influencesOn(DatasetIndex dataset) const
{
    return m_tables->influencesOn.of(dataset.value);
}

LineageClosure LineageIndex::closure(LineageLevel level, std::span<const LineageNode> from,
                                     const ClosureRequest& request) const
{
    bool metIndirect = false;
    Marks seen(m_tables->at(level).nodes());
    LineageClosure closure =
        nearestFirst(*m_tables, level, from, request, request.followsIndirect, seen, metIndirect);
    if (!metIndirect)
        return closure;
    // What is reached by values alone is told by a second walk: the first one may have come nearer by a filter.
    Marks direct(m_tables->at(level).nodes());
    nearestFirst(*m_tables, level, from, request, false, direct, metIndirect);
    for (LineageClosure::Step& step : closure.steps)
        step.isDirect = direct.isMarked(step.node);
    return closure;
}

std::vector<LineageNode> LineageIndex::shortestPath(LineageLevel level, LineageNode from,
                                                    LineageNode to, bool followsIndirect) const
{
    std::vector<LineageNode> before(m_tables->at(level).nodes(), noNode);
    Marks expanded(level == LineageLevel::Columns ? estate().datasets.size() : 0);
    std::deque<LineageNode> queue = {from};
    before[from] = from;
    while (!queue.empty() && before[to] == noNode) {
        const LineageNode node = queue.front();
        queue.pop_front();
        m_tables->forEachNeighbour(
            level, LineageDirection::Downstream, node, followsIndirect,
            [&](std::uint32_t dataset) { return expanded.mark(dataset); },
            [&](LineageNode next, bool) {
                if (before[next] != noNode)
                    return;
                before[next] = node;
                queue.push_back(next);
            });
    }
    std::vector<LineageNode> path;
    if (before[to] == noNode || from == to)
        return path;
    for (LineageNode node = to; node != from; node = before[node])
        path.push_back(node);
    path.push_back(from);
    std::reverse(path.begin(), path.end());
    return path;
}

LineagePaths LineageIndex::paths(LineageLevel level, LineageNode from, LineageNode to,
                                 const PathRequest& request, Progress& progress) const
{
    return PathWalk(*m_tables, level, from, to, request, progress).walk();
}

}  // namespace portolan
