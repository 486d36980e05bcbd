// SPDX-License-Identifier: Apache-2.0
#include "model/chart/chart_table.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace portolan {
namespace {

std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : "; ") + part;
    return text;
}

std::string badgeText(const std::optional<ChartBadge>& badge)
{
    if (!badge)
        return {};
    return std::to_string(badge->count) + " " + std::string(toString(badge->severity)) +
           (badge->count == 1 ? "" : "s");
}

std::string regionPath(const Chart& chart, int region)
{
    std::string path;
    for (; region >= 0; region = chart.regions[static_cast<std::size_t>(region)].parent) {
        const std::string& title = chart.regions[static_cast<std::size_t>(region)].title;
        path = path.empty() ? title : title + " / " + path;
    }
    return path;
}

std::string kindOf(const ChartNode& node)
{
    if (node.members > 0)
        return "collapsed domain of " + node.secondary;
    return node.isBigBallOfMud ? "big ball of mud" : "bounded context";
}

std::string_view kindOf(const ChartEdge& edge)
{
    if (edge.pill.kind == ChartPill::Kind::Bundle)
        return "several";
    switch (edge.line) {
    case ChartLine::Plain:
        return "upstream/downstream";
    case ChartLine::DeclaredOnly:
        return "declared, not observed";
    case ChartLine::Undeclared:
        return "observed, not declared";
    case ChartLine::Partnership:
        return "partnership";
    case ChartLine::SharedKernel:
        return "shared kernel";
    case ChartLine::Implied:
        return "through hidden contexts";
    case ChartLine::Behind:
        return "by its columns";
    case ChartLine::SeparateWays:
        break;
    }
    return "separate ways";
}

std::string rolesOf(const ChartEnd& end)
{
    std::vector<std::string> roles;
    for (const PlateCell& cell : end.cells) {
        if (cell.kind == PlateCell::Kind::Role)
            roles.push_back(cell.text);
    }
    return joined(roles);
}

std::string versionOf(const ChartEnd& end)
{
    for (const PlateCell& cell : end.cells) {
        if (cell.kind == PlateCell::Kind::Version)
            return cell.text;
    }
    return {};
}

bool isNumber(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

// Also the full-width forms, which some programs take for the plain ones.
bool looksLikeFormula(std::string_view text)
{
    static constexpr std::array<std::string_view, 10> starts = {
        "=",           "+", "-", "@", "\t", "\r", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
        "\xEF\xBC\xA0"};
    return std::any_of(starts.begin(), starts.end(),
                       [text](std::string_view start) { return text.starts_with(start); });
}

template <class Cells>
std::string csvLine(const Cells& cells)
{
    std::string line;
    bool isFirst = true;
    for (const std::string& cell : cells) {
        line += (isFirst ? "" : ",") + csvCell(cell);
        isFirst = false;
    }
    return line + "\r\n";
}

}  // namespace

ChartTable contextTable(const Chart& chart)
{
    ChartTable table;
    table.columns = {"Context", "Kind", "Domain", "Owner", "Products", "Terms", "Findings"};
    const bool hasLens = !chart.lens.entries.empty();
    if (hasLens)
        table.columns.push_back("Lens: " + chart.lens.title);
    table.columns.push_back("Id");
    for (const ChartNode& node : chart.nodes) {
        std::vector<std::string> products;
        for (const ChartProduct& product : node.products)
            products.push_back(product.version.text.empty()
                                   ? product.name
                                   : product.name + " " + product.version.text);
        table.rows.push_back(
            {node.entity,
             {node.title, kindOf(node), regionPath(chart, node.region), node.secondary,
              joined(products), joined(node.terms), badgeText(node.badge)}});
        std::vector<std::string>& cells = table.rows.back().cells;
        if (hasLens)
            cells.push_back(node.lensWords);
        cells.push_back(node.entity.id);
    }
    return table;
}

ChartTable relationshipTable(const Chart& chart)
{
    ChartTable table;
    table.columns = {"Upstream", "Upstream roles", "Downstream", "Downstream roles",
                     "Kind",     "Adopted",        "Note",       "Findings"};
    for (const ChartEdge& edge : chart.edges) {
        table.rows.push_back(
            {edge.entity,
             {chart.nodes[static_cast<std::size_t>(edge.from)].title, rolesOf(edge.fromEnd),
              chart.nodes[static_cast<std::size_t>(edge.to)].title, rolesOf(edge.toEnd),
              std::string(kindOf(edge)), versionOf(edge.toEnd), edge.pill.text,
              badgeText(edge.badge)}});
    }
    return table;
}

std::string csvCell(std::string_view text)
{
    std::string cell = looksLikeFormula(text) && !isNumber(text) ? "'" : "";
    cell += text;
    if (cell.find_first_of(",\"\r\n") == std::string::npos)
        return cell;
    std::string quoted = "\"";
    for (const char c : cell)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string toCsv(const ChartTable& table)
{
    std::string text = "\xEF\xBB\xBF" + csvLine(table.columns);
    for (const ChartTable::Row& row : table.rows)
        text += csvLine(row.cells);
    return text;
}

}  // namespace portolan
