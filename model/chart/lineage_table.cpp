// SPDX-License-Identifier: Apache-2.0
#include "model/chart/lineage_table.h"

#include "model/estate/column_edge_kind.h"
#include "model/estate/entity_keys.h"

#include <array>

namespace portolan {
namespace {

std::string nameOfDataset(const Estate& estate, DatasetIndex dataset)
{
    return estate.datasets[dataset.value].path;
}

std::string nameOfColumn(const Estate& estate, ColumnIndex column)
{
    const Column& facts = estate.columns[column.value];
    return nameOfDataset(estate, facts.dataset) + "." + facts.name;
}

EntityRef datasetRef(const Estate& estate, DatasetIndex dataset)
{
    return {EntityKind::Dataset, estate.datasets[dataset.value].key()};
}

EntityRef columnRef(const Estate& estate, ColumnIndex column)
{
    return {EntityKind::Column, columnKey(estate, column)};
}

std::string kindWords(ColumnEdgeKind kind)
{
    return kind == ColumnEdgeKind::Unknown ? std::string() : std::string(toString(kind));
}

void addEvidence(LineageRow& row, const Estate& estate, JobIndex job, const Evidence& evidence)
{
    if (job.isValid())
        row.job = estate.jobs[job.value].name;
    const std::vector<EvidencePlace> found = places(estate, evidence);
    if (found.empty())
        return;
    row.where = found.front().span;
    row.place = row.where.file;
    if (row.where.line > 0)
        row.place += ":" + std::to_string(row.where.line);
    row.times = 0;
    for (const EvidencePlace& place : found)
        row.times += place.times;
}

LineageRow rowOf(const Estate& estate, const LineageEdge& edge)
{
    LineageRow row;
    row.from = datasetRef(estate, edge.from);
    row.to = datasetRef(estate, edge.to);
    row.fromName = nameOfDataset(estate, edge.from);
    row.toName = nameOfDataset(estate, edge.to);
    addEvidence(row, estate, edge.job, edge.evidence);
    return row;
}

LineageRow rowOf(const Estate& estate, const ColumnEdge& edge)
{
    LineageRow row;
    row.from = columnRef(estate, edge.from);
    row.to = columnRef(estate, edge.to);
    row.fromName = nameOfColumn(estate, edge.from);
    row.toName = nameOfColumn(estate, edge.to);
    row.kind = kindWords(kindOf(estate, edge));
    row.expression = edge.expression;
    addEvidence(row, estate, edge.job, edge.evidence);
    return row;
}

LineageRow rowOf(const Estate& estate, const DatasetInfluence& influence)
{
    LineageRow row;
    row.from = columnRef(estate, influence.from);
    row.to = datasetRef(estate, influence.to);
    row.fromName = nameOfColumn(estate, influence.from);
    row.toName = nameOfDataset(estate, influence.to);
    row.kind = kindWords(kindOf(influence));
    row.expression = influence.expression;
    addEvidence(row, estate, influence.job, influence.evidence);
    return row;
}

void addColumnEdges(std::vector<LineageRow>& rows, const LineageIndex& index, LineageNode from,
                    LineageNode to, std::size_t most)
{
    for (const std::uint32_t edge : index.edgesBetween(LineageLevel::Columns, from, to)) {
        if (rows.size() < most)
            rows.push_back(rowOf(index.estate(), index.estate().columnEdges[edge]));
    }
}

}  // namespace

std::vector<LineageRow> rowsOfEdges(const Estate& estate, std::span<const std::uint32_t> edges)
{
    std::vector<LineageRow> rows;
    for (const std::uint32_t edge : edges)
        rows.push_back(rowOf(estate, estate.lineageEdges[edge]));
    return rows;
}

std::vector<LineageRow> rowsOfDataset(const LineageIndex& index, DatasetIndex dataset)
{
    std::vector<LineageRow> rows;
    const auto add = [&](LineageNode from, LineageNode to) {
        for (const std::uint32_t edge : index.edgesBetween(LineageLevel::Datasets, from, to))
            rows.push_back(rowOf(index.estate(), index.estate().lineageEdges[edge]));
    };
    for (const LineageLink& link :
         index.links(LineageLevel::Datasets, LineageDirection::Upstream, dataset.value))
        add(link.node, dataset.value);
    for (const LineageLink& link :
         index.links(LineageLevel::Datasets, LineageDirection::Downstream, dataset.value))
        add(dataset.value, link.node);
    return rows;
}

std::vector<LineageRow> rowsOfColumn(const LineageIndex& index, ColumnIndex column,
                                     std::size_t most)
{
    std::vector<LineageRow> rows;
    const std::array start = {LineageNode(column.value)};
    for (const LineageDirection direction :
         {LineageDirection::Upstream, LineageDirection::Downstream}) {
        ClosureRequest request{direction};
        request.followsIndirect = false;
        const LineageClosure closure = index.closure(LineageLevel::Columns, start, request);
        for (const LineageClosure::Step& step : closure.steps) {
            if (rows.size() >= most)
                return rows;
            for (const LineageLink& link :
                 index.links(LineageLevel::Columns, direction, step.node)) {
                const bool isUp = direction == LineageDirection::Upstream;
                // What only influences is said of the column itself; further away it would be most of the list.
                if (link.isDirect || step.hops == 0)
                    addColumnEdges(rows, index, isUp ? link.node : step.node,
                                   isUp ? step.node : link.node, most);
            }
        }
    }
    const Estate& estate = index.estate();
    for (const std::uint32_t number : index.influencesOn(estate.columns[column.value].dataset)) {
        if (rows.size() < most)
            rows.push_back(rowOf(estate, estate.influences[number]));
    }
    return rows;
}

}  // namespace portolan
