// SPDX-License-Identifier: Apache-2.0
#include "model/estate/query_edges.h"

#include "model/estate/column_edge_kind.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace portolan {

namespace {

std::uint64_t pairOf(std::uint32_t from, std::uint32_t to)
{
    return std::uint64_t(from) << 32 | to;
}

std::uint64_t keyOf(std::uint64_t pair, ColumnEdgeKind kind)
{
    return pair * 31 + static_cast<unsigned>(kind);
}

template <class Edge>
void giveWords(Edge& to, Edge& from)
{
    if (to.expression.empty())
        to.expression = std::move(from.expression);
    if (to.transformation.empty())
        to.transformation = std::move(from.transformation);
}

void joinColumnEdges(Estate& estate)
{
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> kept;  // by the two columns
    std::vector<ColumnEdge> all;
    all.reserve(estate.columnEdges.size());
    for (const bool isFromQuery : {false, true}) {
        for (ColumnEdge& edge : estate.columnEdges) {
            if (edge.isFromQuery != isFromQuery)
                continue;
            std::vector<std::size_t>& same = kept[pairOf(edge.from.value, edge.to.value)];
            const ColumnEdgeKind kind = kindOf(estate, edge);
            const auto known = std::find_if(same.begin(), same.end(), [&](std::size_t i) {
                const ColumnEdgeKind said = kindOf(estate, all[i]);
                const bool isOpen =
                    said == ColumnEdgeKind::Indirect || edge.flow == ColumnFlow::Direct;
                return all[i].flow == edge.flow &&
                       (said == kind || (!all[i].isFromQuery && isOpen));
            });
            if (isFromQuery && known != same.end()) {
                giveWords(all[*known], edge);
            } else {
                same.push_back(all.size());
                all.push_back(std::move(edge));
            }
        }
    }
    estate.columnEdges = std::move(all);
}

// An influence that is stated of each column need not be said of the whole.
void joinInfluences(Estate& estate)
{
    std::unordered_set<std::uint64_t> ofColumns;
    for (const ColumnEdge& edge : estate.columnEdges) {
        if (edge.flow == ColumnFlow::Indirect && !edge.isFromQuery)
            ofColumns.insert(
                keyOf(pairOf(edge.from.value, estate.columns[edge.to.value].dataset.value),
                      kindOf(estate, edge)));
    }
    std::unordered_map<std::uint64_t, std::size_t> kept;
    std::vector<DatasetInfluence> all;
    for (const bool isFromQuery : {false, true}) {
        for (DatasetInfluence& influence : estate.influences) {
            if (influence.isFromQuery != isFromQuery)
                continue;
            const std::uint64_t key =
                keyOf(pairOf(influence.from.value, influence.to.value), kindOf(influence));
            const auto [known, isNew] = kept.try_emplace(key, all.size());
            if (isFromQuery && ofColumns.contains(key))
                continue;
            if (isFromQuery && !isNew)
                giveWords(all[known->second], influence);
            else
                all.push_back(std::move(influence));
        }
    }
    estate.influences = std::move(all);
}

}  // namespace

void joinQueryEdges(Estate& estate)
{
    joinColumnEdges(estate);
    joinInfluences(estate);
}

}  // namespace portolan
