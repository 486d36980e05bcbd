// SPDX-License-Identifier: Apache-2.0
// The rows of a chart's tables and the links between them: which row an entity is, and what lies on its way up and down.
#pragma once

#include "model/chart/chart.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace portolan::ui {

struct ChartRowPlace {
    int node = -1;
    int row = -1;

    friend auto operator<=>(const ChartRowPlace&, const ChartRowPlace&) = default;
    friend bool operator==(const ChartRowPlace&, const ChartRowPlace&) = default;
};

class RowIndex {
public:
    RowIndex() = default;
    explicit RowIndex(const Chart& chart);  // which must outlive it

    bool isEmpty() const { return m_places.empty(); }
    std::optional<ChartRowPlace> find(const EntityRef& entity) const;
    const ChartRow& row(const ChartRowPlace& place) const;

    // What a row's value comes from and goes to, by links in one direction each.
    struct Way {
        std::set<std::size_t> links;   // numbers in Chart::links
        std::set<ChartRowPlace> rows;  // that one too
        std::set<int> nodes;           // their tables, and the jobs between
    };
    Way wayThrough(const ChartRowPlace& place) const;
    // The row that one link leads to, the first by position; none: no link.
    std::optional<ChartRowPlace> linked(const ChartRowPlace& place, bool isDownstream) const;

private:
    void walk(const ChartRowPlace& from, bool isDownstream, Way& way) const;

    const Chart* m_chart = nullptr;
    std::map<EntityRef, ChartRowPlace> m_places;
    std::multimap<ChartRowPlace, std::size_t> m_linksFrom;
    std::multimap<ChartRowPlace, std::size_t> m_linksTo;
};

}  // namespace portolan::ui
