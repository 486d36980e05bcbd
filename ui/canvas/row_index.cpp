// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/row_index.h"

namespace portolan::ui {

RowIndex::RowIndex(const Chart& chart) : m_chart(&chart)
{
    for (std::size_t node = 0; node < chart.nodes.size(); ++node) {
        const std::vector<ChartRow>& rows = chart.nodes[node].rows;
        for (std::size_t row = 0; row < rows.size(); ++row)
            m_places.emplace(rows[row].entity,
                             ChartRowPlace{static_cast<int>(node), static_cast<int>(row)});
    }
    for (std::size_t i = 0; i < chart.links.size(); ++i) {
        const ChartLink& link = chart.links[i];
        m_linksFrom.emplace(ChartRowPlace{link.from, link.fromRow}, i);
        m_linksTo.emplace(ChartRowPlace{link.to, link.toRow}, i);
    }
}

std::optional<ChartRowPlace> RowIndex::find(const EntityRef& entity) const
{
    const auto place = m_places.find(entity);
    return place == m_places.end() ? std::nullopt : std::optional(place->second);
}

const ChartRow& RowIndex::row(const ChartRowPlace& place) const
{
    return m_chart->nodes[static_cast<std::size_t>(place.node)]
        .rows[static_cast<std::size_t>(place.row)];
}

void RowIndex::walk(const ChartRowPlace& from, bool isDownstream, Way& way) const
{
    std::set<ChartRowPlace> seen = {from};
    std::vector<ChartRowPlace> next = {from};
    while (!next.empty()) {
        const ChartRowPlace place = next.back();
        next.pop_back();
        way.rows.insert(place);
        way.nodes.insert(place.node);
        const auto [first, last] = (isDownstream ? m_linksFrom : m_linksTo).equal_range(place);
        for (auto at = first; at != last; ++at) {
            const ChartLink& link = m_chart->links[at->second];
            way.links.insert(at->second);
            if (link.via >= 0)
                way.nodes.insert(link.via);
            const ChartRowPlace other = isDownstream ? ChartRowPlace{link.to, link.toRow}
                                                     : ChartRowPlace{link.from, link.fromRow};
            if (seen.insert(other).second)
                next.push_back(other);
        }
    }
}

RowIndex::Way RowIndex::wayThrough(const ChartRowPlace& place) const
{
    Way way;
    walk(place, true, way);
    walk(place, false, way);
    return way;
}

std::optional<ChartRowPlace> RowIndex::linked(const ChartRowPlace& place, bool isDownstream) const
{
    std::optional<ChartRowPlace> best;
    const auto [first, last] = (isDownstream ? m_linksFrom : m_linksTo).equal_range(place);
    for (auto at = first; at != last; ++at) {
        const ChartLink& link = m_chart->links[at->second];
        const ChartRowPlace other = isDownstream ? ChartRowPlace{link.to, link.toRow}
                                                 : ChartRowPlace{link.from, link.fromRow};
        if (!best || other < *best)
            best = other;
    }
    return best;
}

}  // namespace portolan::ui
