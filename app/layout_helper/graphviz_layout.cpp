// SPDX-License-Identifier: Apache-2.0
#include "app/layout_helper/graphviz_layout.h"

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <string>

namespace portolan {
namespace {

constexpr double pointsPerInch = 72;
constexpr double rowGap = 44;
constexpr std::size_t columnNodes = 4;  // groups up to this size stand in one column

// cgraph takes char* where it only reads.
char* text(const char* constant)
{
    return const_cast<char*>(constant);
}

std::string decimal(double value)
{
    char digits[32];
    const auto end =
        std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 4).ptr;
    return {digits, end};
}

double safeGap(double gap)
{
    return std::isfinite(gap) ? std::clamp(gap, 8.0, 1000.0) : 8.0;
}

class DotGraph {
public:
    explicit DotGraph(const LayoutRequest& request)
        : m_request(request), m_context(gvContext()),
          m_graph(agopen(text("g"), Agdirected, nullptr))
    {
        set(AGRAPH, "rankdir", "LR");
        set(AGRAPH, "splines", "false");  // our router draws the edges
        set(AGRAPH, "ranksep", decimal(safeGap(request.metrics.columnGap) / pointsPerInch).c_str());
        set(AGRAPH, "nodesep", decimal(8 / pointsPerInch).c_str());
        set(AGRAPH, "rank", "");
        set(AGRAPH, "margin", "8");
        set(AGNODE, "shape", "box");
        set(AGNODE, "fixedsize", "true");
        set(AGNODE, "label", "");
        set(AGNODE, "width", "1");
        set(AGNODE, "height", "1");
        set(AGEDGE, "weight", "1");
        set(AGEDGE, "constraint", "true");
    }

    DotGraph(const DotGraph&) = delete;
    DotGraph& operator=(const DotGraph&) = delete;

    ~DotGraph()
    {
        agclose(m_graph);
        gvFreeContext(m_context);
    }

    std::vector<Point> positions()
    {
        addGroups();
        addNodes();
        addEdges();
        if (gvLayout(m_context, m_graph, "dot") != 0)
            return {};
        std::vector<Point> corners = readCorners();
        gvFreeLayout(m_context, m_graph);
        return corners;
    }

private:
    void set(int kind, const char* attribute, const char* value)
    {
        agattr(m_graph, kind, text(attribute), text(value));
    }

    Agraph_t* groupGraph(int group, int depth = 0)
    {
        if (group < 0 || depth > 8)
            return m_graph;
        Agraph_t*& graph = m_groups[static_cast<std::size_t>(group)];
        if (!graph) {
            Agraph_t* parent =
                groupGraph(m_request.groups[static_cast<std::size_t>(group)].parent, depth + 1);
            const std::string name = "cluster" + std::to_string(group);
            graph = agsubg(parent, text(name.c_str()), 1);
        }
        return graph;
    }

    void addGroups()
    {
        m_groups.resize(m_request.groups.size());
        m_sizes.resize(m_request.groups.size());
        for (const LayoutNode& node : m_request.nodes) {
            if (node.group >= 0)
                ++m_sizes[static_cast<std::size_t>(node.group)];
        }
    }

    bool isColumn(int group) const
    {
        return m_request.metrics.gathersGroups && group >= 0 &&
               m_sizes[static_cast<std::size_t>(group)] > 1 &&
               m_sizes[static_cast<std::size_t>(group)] <= columnNodes;
    }

    // A small group's nodes share a rank, so that its region is one column.
    Agraph_t* columnOf(int group)
    {
        Agraph_t* cluster = groupGraph(group);
        if (!isColumn(group))
            return cluster;
        const std::string name = "column" + std::to_string(group);
        Agraph_t* column = agsubg(cluster, text(name.c_str()), 1);
        agxset(column, agattr(column, AGRAPH, text("rank"), nullptr), text("same"));
        return column;
    }

    // A node is as large as its card with its share of the regions around it.
    Rect roomOf(const LayoutNode& node) const
    {
        const LayoutMetrics& m = m_request.metrics;
        const int nesting = nestingOf(m_request, node.group);
        const Rect card{0, 0, node.width, node.height};
        return card.grown(nesting * m.regionPadding,
                          nesting * m.regionHeader + rowGap / 2 - (nesting > 0 ? 12 : 0),
                          nesting * m.regionPadding, nesting * m.regionPadding + rowGap / 2 - 8);
    }

    void addNodes()
    {
        for (std::size_t number = 0; number < m_request.nodes.size(); ++number) {
            const LayoutNode& node = m_request.nodes[number];
            const std::string name = std::to_string(number);
            Agnode_t* made = agnode(columnOf(node.group), text(name.c_str()), 1);
            const Rect room = roomOf(node);
            agsafeset(made, text("width"), text(decimal(room.width / pointsPerInch).c_str()),
                      text(""));
            agsafeset(made, text("height"), text(decimal(room.height / pointsPerInch).c_str()),
                      text(""));
            m_nodes.push_back(made);
        }
    }

    void addEdges()
    {
        for (const LayoutEdge& edge : m_request.edges) {
            if (edge.from == edge.to)
                continue;
            Agnode_t* from = m_nodes[static_cast<std::size_t>(edge.from)];
            Agnode_t* to = m_nodes[static_cast<std::size_t>(edge.to)];
            Agedge_t* made = agedge(m_graph, from, to, nullptr, 1);
            const int weight = static_cast<int>(
                std::clamp(std::isfinite(edge.weight) ? edge.weight : 1, 1.0, 100.0));
            agsafeset(made, text("weight"), text(std::to_string(weight).c_str()), text(""));
            if (!edge.isDirected)
                agsafeset(made, text("constraint"), text("false"), text(""));
        }
    }

    std::vector<Point> readCorners() const
    {
        std::vector<Point> corners;
        const double top = GD_bb(m_graph).UR.y;
        for (std::size_t number = 0; number < m_nodes.size(); ++number) {
            const Rect room = roomOf(m_request.nodes[number]);
            const pointf middle = ND_coord(m_nodes[number]);
            const Point corner{middle.x - room.width / 2 - room.x,
                               top - middle.y - room.height / 2 - room.y};
            if (!std::isfinite(corner.x) || !std::isfinite(corner.y))
                return {};
            corners.push_back(corner);
        }
        return corners;
    }

    const LayoutRequest& m_request;
    GVC_t* m_context;
    Agraph_t* m_graph;
    std::vector<Agraph_t*> m_groups;
    std::vector<std::size_t> m_sizes;
    std::vector<Agnode_t*> m_nodes;
};

}  // namespace

std::vector<Point> graphvizLayout(const LayoutRequest& request)
{
    return DotGraph(request).positions();
}

}  // namespace portolan
