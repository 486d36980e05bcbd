// SPDX-License-Identifier: Apache-2.0
#include "model/layout/simple_layout.h"

#include <map>
#include <numeric>

namespace portolan {
namespace {

constexpr double gapX = 200;      // between columns: two plates and a few tracks
constexpr double nodeGapY = 64;   // between nodes of one block: two plates and an arrow
constexpr double blockGapY = 40;  // between regions
constexpr std::size_t columnNodes = 6;

// A group with all it holds, or a node outside any group: it is laid out as one box.
struct Block {
    std::vector<std::size_t> nodes;
    std::vector<Point> offsets;  // of `nodes`, from the block's top left corner
    double width = 0;
    double height = 0;
    int layer = 0;
    double wish = 0;  // mean height of the neighbours, for the order within the layer
    Point at;
};

struct Graph {
    std::vector<Block> blocks;
    std::vector<std::size_t> blockOf;                 // by node
    std::vector<std::vector<std::size_t>> following;  // by block, each once
    std::vector<std::vector<std::size_t>> preceding;
};

int topGroup(const LayoutRequest& request, int group)
{
    for (int depth = 0; depth < 8 && group >= 0; ++depth) {
        const int parent = request.groups[static_cast<std::size_t>(group)].parent;
        if (parent < 0)
            break;
        group = parent;
    }
    return group;
}

// Nodes in columns; child groups follow each other and get room for their headers.
void arrangeInside(const LayoutRequest& request, Block& block)
{
    std::stable_sort(block.nodes.begin(), block.nodes.end(), [&](std::size_t a, std::size_t b) {
        return request.nodes[a].group < request.nodes[b].group;
    });
    const LayoutMetrics& m = request.metrics;
    const std::size_t columns = (block.nodes.size() + columnNodes - 1) / columnNodes;
    const std::size_t perColumn = columns == 0 ? 1 : (block.nodes.size() + columns - 1) / columns;
    double x = 0;
    double columnWidth = 0;
    double y = 0;
    for (std::size_t i = 0; i < block.nodes.size(); ++i) {
        const LayoutNode& node = request.nodes[block.nodes[i]];
        const int nesting = nestingOf(request, node.group);
        const double side = nesting * m.regionPadding;
        if (i > 0 && i % perColumn == 0) {
            x += columnWidth + gapX;
            y = columnWidth = 0;
        }
        const double top = nesting * (m.regionHeader + m.regionPadding);
        block.offsets.push_back(
            {x + side, y + (i % perColumn == 0 ? top : std::max(0.0, top - nodeGapY))});
        y = block.offsets.back().y + node.height + nodeGapY +
            std::max(0, nesting - 1) * m.regionPadding;
        columnWidth = std::max(columnWidth, node.width + 2 * side);
        block.width = std::max(block.width, x + columnWidth);
        block.height = std::max(block.height, y - nodeGapY + side);
    }
}

Graph graphOf(const LayoutRequest& request)
{
    Graph graph;
    graph.blockOf.resize(request.nodes.size());
    std::map<int, std::size_t> blockOfGroup;
    for (std::size_t node = 0; node < request.nodes.size(); ++node) {
        const int group = topGroup(request, request.nodes[node].group);
        std::size_t block = graph.blocks.size();
        if (group >= 0)
            block = blockOfGroup.try_emplace(group, block).first->second;
        if (block == graph.blocks.size())
            graph.blocks.emplace_back();
        graph.blocks[block].nodes.push_back(node);
        graph.blockOf[node] = block;
    }
    for (Block& block : graph.blocks)
        arrangeInside(request, block);
    graph.following.resize(graph.blocks.size());
    graph.preceding.resize(graph.blocks.size());
    for (const LayoutEdge& edge : request.edges) {
        const std::size_t from = graph.blockOf[static_cast<std::size_t>(edge.from)];
        const std::size_t to = graph.blockOf[static_cast<std::size_t>(edge.to)];
        if (from != to)
            graph.following[from].push_back(to);
    }
    for (auto& next : graph.following) {
        std::sort(next.begin(), next.end());
        next.erase(std::unique(next.begin(), next.end()), next.end());
    }
    return graph;
}

// Depth first; an edge back to a block that is still open would close a circle and is turned round.
std::vector<std::size_t> acyclicOrder(Graph& graph)
{
    enum class Mark : std::uint8_t { New, Open, Done };
    std::vector<Mark> marks(graph.blocks.size(), Mark::New);
    std::vector<std::size_t> finished;
    struct Frame {
        std::size_t block;
        std::size_t next = 0;
    };
    std::vector<std::vector<std::size_t>> kept(graph.blocks.size());
    for (std::size_t start = 0; start < graph.blocks.size(); ++start) {
        if (marks[start] != Mark::New)
            continue;
        std::vector<Frame> stack{{start}};
        marks[start] = Mark::Open;
        while (!stack.empty()) {
            Frame& frame = stack.back();
            const std::size_t block = frame.block;
            if (frame.next == graph.following[block].size()) {
                marks[block] = Mark::Done;
                finished.push_back(block);
                stack.pop_back();
                continue;
            }
            const std::size_t next = graph.following[block][frame.next++];
            if (marks[next] == Mark::Open) {
                kept[next].push_back(block);
                continue;
            }
            kept[block].push_back(next);
            if (marks[next] == Mark::New) {
                marks[next] = Mark::Open;
                stack.push_back({next});
            }
        }
    }
    graph.following = std::move(kept);
    for (std::size_t block = 0; block < graph.blocks.size(); ++block) {
        for (const std::size_t next : graph.following[block])
            graph.preceding[next].push_back(block);
    }
    std::reverse(finished.begin(), finished.end());
    return finished;
}

std::vector<std::vector<std::size_t>> layersOf(Graph& graph)
{
    std::vector<std::vector<std::size_t>> layers;
    for (const std::size_t block : acyclicOrder(graph)) {
        int layer = 0;
        for (const std::size_t before : graph.preceding[block])
            layer = std::max(layer, graph.blocks[before].layer + 1);
        graph.blocks[block].layer = layer;
        if (layers.size() <= static_cast<std::size_t>(layer))
            layers.resize(static_cast<std::size_t>(layer) + 1);
        layers[static_cast<std::size_t>(layer)].push_back(block);
    }
    return layers;
}

void stack(Graph& graph, const std::vector<std::size_t>& layer)
{
    double height = -blockGapY;
    for (const std::size_t block : layer)
        height += graph.blocks[block].height + blockGapY;
    double y = -height / 2;
    for (const std::size_t block : layer) {
        graph.blocks[block].at.y = y;
        y += graph.blocks[block].height + blockGapY;
    }
}

// Each block wishes to stand at the mean height of its neighbours on one side.
void orderBy(Graph& graph, std::vector<std::size_t>& layer,
             const std::vector<std::vector<std::size_t>>& neighbours)
{
    for (const std::size_t number : layer) {
        Block& block = graph.blocks[number];
        block.wish = block.at.y + block.height / 2;
        if (neighbours[number].empty())
            continue;
        double sum = 0;
        for (const std::size_t other : neighbours[number])
            sum += graph.blocks[other].at.y + graph.blocks[other].height / 2;
        block.wish = sum / static_cast<double>(neighbours[number].size());
    }
    std::stable_sort(layer.begin(), layer.end(), [&](std::size_t a, std::size_t b) {
        return graph.blocks[a].wish < graph.blocks[b].wish;
    });
    stack(graph, layer);
}

}  // namespace

std::vector<Point> simpleLayout(const LayoutRequest& request)
{
    Graph graph = graphOf(request);
    std::vector<std::vector<std::size_t>> layers = layersOf(graph);
    for (const auto& layer : layers)
        stack(graph, layer);
    for (int sweep = 0; sweep < 4; ++sweep) {
        for (std::size_t layer = 1; layer < layers.size(); ++layer)
            orderBy(graph, layers[layer], graph.preceding);
        for (std::size_t layer = layers.size(); layer-- > 0;)
            orderBy(graph, layers[layer], graph.following);
    }
    double x = 0;
    double top = 0;
    for (const auto& layer : layers) {
        double width = 0;
        for (const std::size_t block : layer) {
            graph.blocks[block].at.x = x;
            width = std::max(width, graph.blocks[block].width);
            top = std::min(top, graph.blocks[block].at.y);
        }
        x += width + gapX;
    }
    std::vector<Point> positions(request.nodes.size());
    for (const Block& block : graph.blocks) {
        for (std::size_t i = 0; i < block.nodes.size(); ++i)
            positions[block.nodes[i]] = {block.at.x + block.offsets[i].x,
                                         block.at.y - top + block.offsets[i].y};
    }
    return positions;
}

}  // namespace portolan
