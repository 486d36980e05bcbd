// SPDX-License-Identifier: Apache-2.0
#include "model/layout/composed_layout.h"

#include "model/layout/component_shape.h"
#include "model/layout/new_nodes.h"
#include "model/layout/simple_layout.h"

#include <numeric>
#include <tuple>

namespace portolan {
namespace {

constexpr std::size_t mostNodesAtOnce = 250;
constexpr std::size_t mostNodesInPart = 400;
constexpr std::size_t mostSpan = 1500;
constexpr int deepest = 8;           // groups in groups; deeper ones stand on top level
constexpr double shelfAspect = 1.6;  // width to height of what is packed
constexpr double gapX = 96;          // between components
constexpr double gapY = 48;
constexpr double leastBox = 8;  // where a request has odd metrics
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

// A node, or a group as one box: item n is node n, item nodes + g is group g.
struct Item {
    std::size_t container = 0;  // 0: the whole picture; g + 1: group g
    double width = 0;
    double height = 0;
    Point at;  // within its container's content
};

// An edge between two items of one container; several of the request make one.
struct Link {
    std::size_t container;
    std::size_t from;
    std::size_t to;
    double weight;
    bool isDirected;
};

// Items that are joined by links, laid out and moved together.
struct Component {
    std::vector<std::size_t> items;
    std::vector<Point> offsets;
    double width = 0;
    double height = 0;
};

std::size_t number(int value)
{
    return static_cast<std::size_t>(value);
}

class Composer {
public:
    Composer(const LayoutRequest& request, const PartLayout& layOutPart)
        : m_request(request), m_layOutPart(layOutPart), m_nodes(request.nodes.size()),
          m_items(m_nodes + request.groups.size()), m_depth(request.groups.size() + 1),
          m_place(m_items.size(), nowhere)
    {
    }

    std::vector<Point> run()
    {
        placeInContainers();
        gatherLinks();
        for (const std::size_t container : m_innermostFirst)
            layOut(container);
        return positions();
    }

private:
    std::size_t itemOf(std::size_t container) const { return m_nodes + container - 1; }
    std::size_t containerOf(std::size_t item) const { return m_items[item].container; }

    // The group's ancestors end, and soon; a hostile request's may not.
    int nestingOrNone(std::size_t group) const
    {
        int nesting = 1;
        for (int parent = m_request.groups[group].parent; parent >= 0;
             parent = m_request.groups[number(parent)].parent) {
            if (++nesting > deepest)
                return -1;
        }
        return nesting;
    }

    void placeInContainers()
    {
        std::vector<std::size_t> order(m_depth.size());
        std::iota(order.begin(), order.end(), 0);
        for (std::size_t group = 0; group < m_request.groups.size(); ++group) {
            const int nesting = nestingOrNone(group);
            m_depth[group + 1] = std::max(nesting, 1);
            m_items[m_nodes + group].container =
                nesting < 0 ? 0 : number(m_request.groups[group].parent + 1);
        }
        for (std::size_t node = 0; node < m_nodes; ++node) {
            const LayoutNode& card = m_request.nodes[node];
            m_items[node] = {number(card.group + 1), card.width, card.height, {}};
        }
        std::stable_sort(order.begin(), order.end(),
                         [this](std::size_t a, std::size_t b) { return m_depth[a] > m_depth[b]; });
        m_innermostFirst = std::move(order);
        m_children.resize(m_depth.size());
        for (std::size_t node = 0; node < m_nodes; ++node)
            m_children[containerOf(node)].push_back(node);
    }

    // Each edge joins two items of the innermost container that holds both its ends.
    void gatherLinks()
    {
        for (const LayoutEdge& edge : m_request.edges) {
            std::size_t from = number(edge.from);
            std::size_t to = number(edge.to);
            while (containerOf(from) != containerOf(to)) {
                std::size_t& deeper =
                    m_depth[containerOf(from)] >= m_depth[containerOf(to)] ? from : to;
                deeper = itemOf(containerOf(deeper));
            }
            if (from != to)
                m_links.push_back({containerOf(from), from, to,
                                   std::isfinite(edge.weight) ? edge.weight : 1, edge.isDirected});
        }
        const auto key = [](const Link& link) {
            return std::tuple(link.container, link.from, link.to);
        };
        std::stable_sort(m_links.begin(), m_links.end(),
                         [&](const Link& a, const Link& b) { return key(a) < key(b); });
        std::vector<Link> merged;
        for (const Link& link : m_links) {
            if (merged.empty() || key(merged.back()) != key(link)) {
                merged.push_back(link);
                continue;
            }
            merged.back().weight += link.weight;
            merged.back().isDirected = merged.back().isDirected || link.isDirected;
        }
        m_links = std::move(merged);
    }

    std::pair<std::size_t, std::size_t> linksOf(std::size_t container) const
    {
        const auto [first, last] = std::equal_range(
            m_links.begin(), m_links.end(), Link{container, 0, 0, 0, false},
            [](const Link& a, const Link& b) { return a.container < b.container; });
        return {static_cast<std::size_t>(first - m_links.begin()),
                static_cast<std::size_t>(last - m_links.begin())};
    }

    void layOut(std::size_t container)
    {
        const std::vector<std::size_t>& items = m_children[container];
        if (items.empty())
            return;
        std::vector<Component> components = componentsOf(container);
        const auto [width, height] = pack(components);
        for (const Component& component : components) {
            for (std::size_t i = 0; i < component.items.size(); ++i)
                m_items[component.items[i]].at = component.offsets[i];
        }
        if (container == 0)
            return;
        const LayoutMetrics& m = m_request.metrics;
        Item& box = m_items[itemOf(container)];
        box.width = std::max(width + 2 * m.regionPadding, leastBox);
        box.height = std::max(height + m.regionHeader + m.regionPadding + 1, leastBox);
        m_children[box.container].push_back(itemOf(container));
    }

    std::vector<Component> componentsOf(std::size_t container)
    {
        const std::vector<std::size_t>& items = m_children[container];
        for (std::size_t i = 0; i < items.size(); ++i)
            m_place[items[i]] = i;
        std::vector<std::size_t> root(items.size());
        std::iota(root.begin(), root.end(), 0);
        const auto rootOf = [&root](std::size_t i) {
            while (root[i] != i)
                i = root[i] = root[root[i]];
            return i;
        };
        const auto [first, last] = linksOf(container);
        for (std::size_t link = first; link < last; ++link) {
            const std::size_t a = rootOf(m_place[m_links[link].from]);
            const std::size_t b = rootOf(m_place[m_links[link].to]);
            root[std::max(a, b)] = std::min(a, b);
        }
        std::vector<std::size_t> componentOf(items.size(), nowhere);
        std::vector<Component> components;
        for (std::size_t i = 0; i < items.size(); ++i) {
            std::size_t& component = componentOf[rootOf(i)];
            if (component == nowhere) {
                component = components.size();
                components.emplace_back();
            }
            components[component].items.push_back(items[i]);
        }
        std::vector<std::vector<std::size_t>> linksIn(components.size());
        for (std::size_t link = first; link < last; ++link)
            linksIn[componentOf[rootOf(m_place[m_links[link].from])]].push_back(link);
        for (std::size_t component = 0; component < components.size(); ++component)
            arrange(components[component], linksIn[component]);
        return components;
    }

    void arrange(Component& component, const std::vector<std::size_t>& links)
    {
        std::vector<Rect> boxes;
        const std::vector<Point> offsets = component.items.size() > 1
                                               ? layOutAlone(component, links)
                                               : std::vector<Point>{Point{}};
        for (std::size_t i = 0; i < component.items.size(); ++i) {
            const Item& item = m_items[component.items[i]];
            boxes.push_back({offsets[i].x, offsets[i].y, item.width, item.height});
        }
        reshape(boxes);
        Rect all;
        for (const Rect& box : boxes)
            all = all.united(box);
        for (const Rect& box : boxes)
            component.offsets.push_back({box.x - all.x, box.y - all.y});
        component.width = all.width;
        component.height = all.height;
    }

    std::vector<Point> layOutAlone(const Component& component,
                                   const std::vector<std::size_t>& links)
    {
        LayoutRequest part;
        part.metrics = m_request.metrics;
        part.nodes.reserve(component.items.size());
        for (std::size_t i = 0; i < component.items.size(); ++i) {
            const Item& item = m_items[component.items[i]];
            part.nodes.push_back({item.width, item.height, -1, std::nullopt});
            m_place[component.items[i]] = i;
        }
        part.edges.reserve(links.size());
        for (const std::size_t link : links) {
            LayoutEdge edge;
            edge.from = static_cast<int>(m_place[m_links[link].from]);
            edge.to = static_cast<int>(m_place[m_links[link].to]);
            edge.weight = m_links[link].weight;
            edge.isDirected = m_links[link].isDirected;
            part.edges.push_back(edge);
        }
        std::vector<Point> own = simpleLayout(part);
        if (part.nodes.size() > mostNodesInPart || spanOf(part, own) > mostSpan)
            return own;
        const std::vector<Point> offsets = m_layOutPart(part);
        return offsets.size() == part.nodes.size() ? offsets : own;
    }

    // How many columns all edges go across together: what a layout by ranks takes time for.
    static std::size_t spanOf(const LayoutRequest& part, const std::vector<Point>& positions)
    {
        std::vector<double> columns;
        for (const Point at : positions)
            columns.push_back(at.x);
        std::sort(columns.begin(), columns.end());
        columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
        const auto columnOf = [&](int node) {
            return std::lower_bound(columns.begin(), columns.end(), positions[number(node)].x) -
                   columns.begin();
        };
        std::size_t span = 0;
        for (const LayoutEdge& edge : part.edges)
            span += static_cast<std::size_t>(std::abs(columnOf(edge.to) - columnOf(edge.from)));
        return span;
    }

    // On shelves, the tallest first; where a shelf is higher than the next one, they stand below each other. Answers the size of all.
    static std::pair<double, double> pack(std::vector<Component>& components)
    {
        std::stable_sort(
            components.begin(), components.end(),
            [](const Component& a, const Component& b) { return a.height > b.height; });
        const double width = shelfWidth(components);
        Rect shelf;
        Rect column;  // the last one on the shelf: its height is what is taken
        std::pair<double, double> size;
        for (Component& component : components) {
            const double below = column.bottom() + gapY;
            if (column.width >= component.width && below + component.height <= shelf.bottom()) {
                column.height += gapY + component.height;
            } else {
                column = {column.right() + (column.width > 0 ? gapX : 0), shelf.y, component.width,
                          component.height};
                if (column.x > 0 && column.right() > width) {
                    shelf = {0, shelf.bottom() + gapY, 0, component.height};
                    column = {0, shelf.y, component.width, component.height};
                }
                shelf.height = std::max(shelf.height, column.height);
            }
            const Point at = {column.x, column.bottom() - component.height};
            for (Point& offset : component.offsets)
                offset = {offset.x + at.x, offset.y + at.y};
            size = {std::max(size.first, column.right()), std::max(size.second, shelf.bottom())};
        }
        return size;
    }

    static double shelfWidth(const std::vector<Component>& components)
    {
        double area = 0;
        double widest = 0;
        for (const Component& component : components) {
            area += (component.width + gapX) * (component.height + gapY);
            widest = std::max(widest, component.width);
        }
        return std::max(widest, std::sqrt(area * shelfAspect));
    }

    std::vector<Point> positions()
    {
        const LayoutMetrics& m = m_request.metrics;
        std::vector<Point> origin(m_depth.size());  // of each container's content
        for (auto it = m_innermostFirst.rbegin(); it != m_innermostFirst.rend(); ++it) {
            if (*it == 0)
                continue;
            const Item& box = m_items[itemOf(*it)];
            const Point outer = origin[box.container];
            origin[*it] = {outer.x + box.at.x + m.regionPadding,
                           outer.y + box.at.y + m.regionHeader};
        }
        std::vector<Point> answer;
        answer.reserve(m_nodes);
        for (std::size_t node = 0; node < m_nodes; ++node) {
            const Point from = origin[containerOf(node)];
            answer.push_back({from.x + m_items[node].at.x, from.y + m_items[node].at.y});
        }
        return answer;
    }

    const LayoutRequest& m_request;
    const PartLayout& m_layOutPart;
    std::size_t m_nodes;
    std::vector<Item> m_items;
    std::vector<int> m_depth;  // by container
    std::vector<std::size_t> m_innermostFirst;
    std::vector<std::vector<std::size_t>>
        m_children;                    // by container: items, with groups as they become known
    std::vector<Link> m_links;         // by container
    std::vector<std::size_t> m_place;  // of an item, in the list at hand
};

}  // namespace

bool isComposed(const LayoutRequest& request)
{
    return request.nodes.size() > mostNodesAtOnce;
}

std::vector<Point> composedLayout(const LayoutRequest& request, const PartLayout& layOutPart)
{
    return Composer(request, layOutPart).run();
}

std::vector<Point> ownLayout(const LayoutRequest& request)
{
    if (!isComposed(request))
        return simpleLayout(request);
    return hasFewNewNodes(request) ? wishesOfNewNodes(request, simpleLayout)
                                   : composedLayout(request, simpleLayout);
}

}  // namespace portolan
