// SPDX-License-Identifier: Apache-2.0
#include "model/chart/impact_table.h"

namespace portolan {
namespace {

std::string wordsFor(ImpactRow::Kind kind)
{
    switch (kind) {
    case ImpactRow::Kind::Context:
        return "context";
    case ImpactRow::Kind::Product:
        return "product";
    case ImpactRow::Kind::Dataset:
        return "dataset";
    case ImpactRow::Kind::Consumer:
        break;
    }
    return "consumer";
}

EntityRef entityOf(const ImpactRow& row, const Estate& estate)
{
    switch (row.kind) {
    case ImpactRow::Kind::Context:
        return {EntityKind::BoundedContext, row.id};
    case ImpactRow::Kind::Product:
        return {EntityKind::DataProduct, row.id};
    case ImpactRow::Kind::Dataset:
        return {EntityKind::Dataset, row.id};
    case ImpactRow::Kind::Consumer:
        break;
    }
    return row.path.empty()
               ? EntityRef{EntityKind::BoundedContext, {}}
               : EntityRef{EntityKind::Dataset, estate.datasets[row.path.back().value].key()};
}

std::string ownerWords(const ImpactRow& row, const ContextMap& map)
{
    const BoundedContext* context = map.context(row.owner);
    std::string words = context && !context->name.empty() ? context->name : row.owner.text;
    if (row.kind == ImpactRow::Kind::Context)
        return row.team;
    if (!row.team.empty())
        words += (words.empty() ? "" : ", ") + row.team;
    return words;
}

std::string contractWords(const ImpactRow& row, const ContextMap& map, const Estate& estate)
{
    std::string words;
    for (const ContractIndex contract : row.contracts)
        words += (words.empty() ? "" : ", ") + estate.contracts[contract.value].key();
    if (words.empty() && !row.product.isEmpty()) {
        const DataProduct* product = map.product(row.product);
        words = (product && !product->name.empty() ? product->name : row.product.text) +
                ", no contract";
    }
    return words;
}

std::string pathWords(const ImpactRow& row, const Estate& estate)
{
    std::string words;
    for (const DatasetIndex dataset : row.path)
        words += (words.empty() ? "" : " → ") + estate.datasets[dataset.value].path;
    return words;
}

}  // namespace

std::string wordsFor(ImpactReads reads)
{
    switch (reads) {
    case ImpactReads::Field:
        return "reads a changed field";
    case ImpactReads::Influence:
        return "is influenced by one";
    case ImpactReads::Unknown:
        return "not known";
    case ImpactReads::Downstream:
        break;
    }
    return "sits downstream";
}

ChartTable impactTable(const Impact& impact, const ContextMap& map, const Estate& estate)
{
    ChartTable table;
    table.columns = {"Kind", "Who", "Owner", "Reads", "By contract", "Route", "Through", "Hops"};
    for (const ImpactRow& row : impact.rows) {
        const Route* route = map.route(row.route);
        table.rows.push_back(
            {entityOf(row, estate),
             {wordsFor(row.kind), row.name, ownerWords(row, map),
              wordsFor(row.reads) + (row.isDeclared ? ", declared" : ""),
              contractWords(row, map, estate),
              route ? (route->name.empty() ? route->id.text : route->name) : std::string(),
              pathWords(row, estate), std::to_string(row.hops)}});
    }
    return table;
}

}  // namespace portolan
