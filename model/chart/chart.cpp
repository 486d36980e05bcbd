// SPDX-License-Identifier: Apache-2.0
#include "model/chart/chart.h"

#include <algorithm>
#include <utility>

namespace portolan {
namespace {

// A vertical tab, a form feed: no id that Portolan makes or a person types has one.
constexpr char undeclaredMark = '\v';
constexpr char standInMark = '\f';

template <class Thing>
int numberOf(const std::vector<Thing>& things, const EntityRef& entity)
{
    const auto found = std::find_if(things.begin(), things.end(),
                                    [&](const Thing& thing) { return thing.entity == entity; });
    return found == things.end() ? -1 : static_cast<int>(found - things.begin());
}

std::string_view word(ChartLine line)
{
    switch (line) {
    case ChartLine::Plain:
        return "plain";
    case ChartLine::DeclaredOnly:
        return "declared only";
    case ChartLine::Undeclared:
        return "undeclared";
    case ChartLine::Partnership:
        return "partnership";
    case ChartLine::SharedKernel:
        return "shared kernel";
    case ChartLine::Implied:
        return "implied";
    case ChartLine::Behind:
        return "behind";
    case ChartLine::SeparateWays:
        break;
    }
    return "separate ways";
}

std::string_view word(ChartShape shape)
{
    switch (shape) {
    case ChartShape::Card:
        return "card";
    case ChartShape::Table:
        return "table";
    case ChartShape::Job:
        break;
    }
    return "job";
}

std::string text(const ChartEnd& end)
{
    std::string cells;
    for (const PlateCell& cell : end.cells) {
        cells += (cells.empty() ? "" : "|") + cell.text;
        if (cell.status == ContractStatus::Deprecated || cell.status == ContractStatus::Retired)
            cells += "(" + std::string(toString(cell.status)) + ")";
    }
    return "[" + cells + "]";
}

std::string text(const std::optional<ChartBadge>& badge)
{
    if (!badge)
        return {};
    return " {" + std::to_string(badge->count) + " " + std::string(toString(badge->severity)) + "}";
}

std::string text(const ChartProduct& product)
{
    std::string line = std::string(toString(product.kind)) + " " + product.name;
    if (!product.version.text.empty())
        line += " " + product.version.text + " " + std::string(toString(product.version.status));
    return line;
}

}  // namespace

int Chart::node(const EntityRef& entity) const
{
    return numberOf(nodes, entity);
}

int Chart::region(const EntityRef& entity) const
{
    return numberOf(regions, entity);
}

int Chart::edge(const EntityRef& entity) const
{
    return numberOf(edges, entity);
}

std::string undeclaredId(std::string_view upstream, std::string_view downstream)
{
    return undeclaredMark + std::string(upstream) + undeclaredMark + std::string(downstream);
}

bool isUndeclaredId(std::string_view id)
{
    return !id.empty() && id.front() == undeclaredMark;
}

std::pair<std::string, std::string> undeclaredEnds(std::string_view id)
{
    const std::size_t middle =
        isUndeclaredId(id) ? id.find(undeclaredMark, 1) : std::string_view::npos;
    if (middle == std::string_view::npos)
        return {};
    return {std::string(id.substr(1, middle - 1)), std::string(id.substr(middle + 1))};
}

std::string standInId(const EntityRef& from, const EntityRef& to)
{
    // The kind tells a collapsed domain from a context of the same id.
    const auto end = [](const EntityRef& entity) {
        return standInMark + std::string(toString(entity.kind)) + " " + entity.id;
    };
    return end(from) + end(to);
}

bool isStandInId(std::string_view id)
{
    return !id.empty() && id.front() == standInMark;
}

std::string describe(const Chart& chart, const ChartNode& node)
{
    if (node.lensWords.empty())
        return node.description;
    return node.description + ". " + chart.lens.title + ": " + node.lensWords;
}

std::string toText(const Chart& chart)
{
    std::string lines;
    for (const ChartRegion& region : chart.regions) {
        lines += "region " + region.code + " " + region.title;
        if (!region.note.empty())
            lines += ", " + region.note;
        if (region.parent >= 0)
            lines += ", in " + chart.regions[static_cast<std::size_t>(region.parent)].title;
        lines +=
            ", hue " + std::to_string(region.hue) + (region.isHatched ? " hatched" : "") + "\n";
    }
    for (const ChartNode& node : chart.nodes) {
        lines += std::string(word(node.shape)) + " " + node.title;
        if (!node.secondary.empty() || node.shape == ChartShape::Card)
            lines += " (" + node.secondary + ")";
        if (node.before > 0 || node.after > 0)
            lines += " +" + std::to_string(node.before) + "/+" + std::to_string(node.after);
        if (node.isPinned)
            lines += ", pinned";
        if (node.region >= 0)
            lines += " in " + chart.regions[static_cast<std::size_t>(node.region)].title;
        if (node.members > 0)
            lines += ", stands for " + std::to_string(node.members);
        if (node.isBigBallOfMud)
            lines += ", mud";
        lines += text(node.badge) + "\n";
        if (!node.lensWords.empty())
            lines += "  " + chart.lens.title + ": " + node.lensWords + "\n";
        if (!node.note.empty())
            lines += "  " + node.note + "\n";
        for (const ChartProduct& product : node.products)
            lines += "  " + text(product) + "\n";
        for (const ChartRow& row : node.rows)
            lines += "  " + row.title + (row.note.empty() ? "" : " " + row.note) +
                     (row.isKey ? " key" : "") + "\n";
        if (!node.moreRows.empty())
            lines += "  " + node.moreRows + "\n";
    }
    for (const ChartEdge& edge : chart.edges) {
        lines += "edge " + chart.nodes[static_cast<std::size_t>(edge.from)].title + " " +
                 text(edge.fromEnd) + (edge.fromEnd.hasArrow ? " <" : " ") +
                 std::string(word(edge.line)) + (edge.toEnd.hasArrow ? "> " : " ") +
                 text(edge.toEnd) + " " + chart.nodes[static_cast<std::size_t>(edge.to)].title;
        if (!edge.pill.text.empty())
            lines += " \"" + edge.pill.text + "\"";
        lines += text(edge.badge) + "\n";
    }
    for (const ChartLink& link : chart.links) {
        const auto place = [&chart](int node, int row) {
            const ChartNode& table = chart.nodes[static_cast<std::size_t>(node)];
            return table.title + "." + table.rows[static_cast<std::size_t>(row)].title;
        };
        lines += "link " + place(link.from, link.fromRow) + (link.isIndirect ? " ~> " : " -> ") +
                 place(link.to, link.toRow);
        if (link.via >= 0)
            lines += " by " + chart.nodes[static_cast<std::size_t>(link.via)].title;
        lines += link.isWarned ? ", warned\n" : "\n";
    }
    return lines;
}

}  // namespace portolan
