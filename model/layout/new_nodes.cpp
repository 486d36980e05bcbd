// SPDX-License-Identifier: Apache-2.0
#include "model/layout/new_nodes.h"

#include <numeric>

namespace portolan {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

class NewNodes {
public:
    explicit NewNodes(const LayoutRequest& request)
        : m_request(request), m_number(request.nodes.size(), none), m_content(request.groups.size())
    {
        for (std::size_t node = 0; node < request.nodes.size(); ++node) {
            const LayoutNode& card = request.nodes[node];
            if (!card.fixed) {
                m_number[node] = m_free.size();
                m_free.push_back(node);
                continue;
            }
            const Rect rect{card.fixed->x, card.fixed->y, card.width, card.height};
            m_all = m_all.united(rect);
            if (card.group >= 0)
                m_content[static_cast<std::size_t>(card.group)] =
                    m_content[static_cast<std::size_t>(card.group)].united(rect);
        }
    }

    std::vector<Point> wishes(const PartLayout& layOutPart)
    {
        std::vector<Point> wished(m_request.nodes.size());
        for (std::size_t node = 0; node < wished.size(); ++node)
            wished[node] = m_request.nodes[node].fixed.value_or(Point{});
        const LayoutRequest alone = newOnesAlone();
        const std::vector<Point> offsets = composedLayout(alone, layOutPart);
        join(alone);
        gatherNeighbours();
        std::vector<Rect> extents(m_free.size());  // of each cluster, by its root
        for (std::size_t i = 0; i < m_free.size(); ++i)
            extents[rootOf(i)] = extents[rootOf(i)].united(nodeRect(alone, offsets, i));
        for (std::size_t i = 0; i < m_free.size(); ++i) {
            const std::size_t root = rootOf(i);
            const Point middle = extents[root].center();
            const Point goal = goalOf(root);
            wished[m_free[i]] = {offsets[i].x + goal.x - middle.x,
                                 offsets[i].y + goal.y - middle.y};
        }
        return wished;
    }

private:
    // Of several free nodes of one group, joined by edges.
    struct Neighbours {
        Point sum;
        double count = 0;
        Point sumInside;  // of those in the same group
        double countInside = 0;
    };

    LayoutRequest newOnesAlone() const
    {
        LayoutRequest alone;
        alone.metrics = m_request.metrics;
        alone.groups = m_request.groups;
        for (const std::size_t node : m_free)
            alone.nodes.push_back(m_request.nodes[node]);
        for (LayoutEdge edge : m_request.edges) {
            const std::size_t from = m_number[static_cast<std::size_t>(edge.from)];
            const std::size_t to = m_number[static_cast<std::size_t>(edge.to)];
            if (from == none || to == none)
                continue;
            edge.from = static_cast<int>(from);
            edge.to = static_cast<int>(to);
            alone.edges.push_back(edge);
        }
        return alone;
    }

    std::size_t rootOf(std::size_t i)
    {
        while (m_root[i] != i)
            i = m_root[i] = m_root[m_root[i]];
        return i;
    }

    void join(const LayoutRequest& alone)
    {
        m_root.resize(m_free.size());
        std::iota(m_root.begin(), m_root.end(), 0);
        for (const LayoutEdge& edge : alone.edges) {
            if (alone.nodes[static_cast<std::size_t>(edge.from)].group !=
                alone.nodes[static_cast<std::size_t>(edge.to)].group)
                continue;
            const std::size_t a = rootOf(static_cast<std::size_t>(edge.from));
            const std::size_t b = rootOf(static_cast<std::size_t>(edge.to));
            m_root[std::max(a, b)] = std::min(a, b);
        }
    }

    void gatherNeighbours()
    {
        m_neighbours.resize(m_free.size());
        const auto add = [this](std::size_t node, std::size_t other) {
            const LayoutNode& card = m_request.nodes[other];
            if (m_number[node] == none || !card.fixed)
                return;
            Neighbours& neighbours = m_neighbours[rootOf(m_number[node])];
            const Point at = {card.fixed->x + card.width / 2, card.fixed->y + card.height / 2};
            neighbours.sum = {neighbours.sum.x + at.x, neighbours.sum.y + at.y};
            neighbours.count += 1;
            if (card.group != m_request.nodes[node].group)
                return;
            neighbours.sumInside = {neighbours.sumInside.x + at.x, neighbours.sumInside.y + at.y};
            neighbours.countInside += 1;
        };
        for (const LayoutEdge& edge : m_request.edges) {
            add(static_cast<std::size_t>(edge.from), static_cast<std::size_t>(edge.to));
            add(static_cast<std::size_t>(edge.to), static_cast<std::size_t>(edge.from));
        }
    }

    // The middle of the neighbours in the own region; else the place in the region that is nearest to the others.
    Point goalOf(std::size_t root) const
    {
        const Neighbours& neighbours = m_neighbours[root];
        if (neighbours.countInside > 0)
            return {neighbours.sumInside.x / neighbours.countInside,
                    neighbours.sumInside.y / neighbours.countInside};
        const int group = m_request.nodes[m_free[root]].group;
        const Rect region = group < 0 ? Rect() : m_content[static_cast<std::size_t>(group)];
        if (neighbours.count == 0)
            return region.isEmpty() ? Point{m_all.center().x, m_all.bottom()} : region.center();
        const Point middle = {neighbours.sum.x / neighbours.count,
                              neighbours.sum.y / neighbours.count};
        if (region.isEmpty())
            return middle;
        return {std::clamp(middle.x, region.x, region.right()),
                std::clamp(middle.y, region.y, region.bottom())};
    }

    const LayoutRequest& m_request;
    std::vector<std::size_t> m_free;
    std::vector<std::size_t> m_number;  // by node: its number among the free ones
    std::vector<Rect> m_content;        // by group: around its fixed nodes
    Rect m_all;
    std::vector<std::size_t> m_root;  // by free node
    std::vector<Neighbours> m_neighbours;
};

}  // namespace

bool hasFewNewNodes(const LayoutRequest& request)
{
    const auto fixed = static_cast<std::size_t>(
        std::count_if(request.nodes.begin(), request.nodes.end(),
                      [](const LayoutNode& node) { return node.fixed.has_value(); }));
    return isComposed(request) && fixed * 2 >= request.nodes.size();
}

std::vector<Point> wishesOfNewNodes(const LayoutRequest& request, const PartLayout& layOutPart)
{
    return NewNodes(request).wishes(layOutPart);
}

}  // namespace portolan
