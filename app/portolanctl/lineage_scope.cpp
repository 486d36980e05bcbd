// SPDX-License-Identifier: Apache-2.0
#include "app/portolanctl/lineage_scope.h"

#include "app/portolanctl/entity_finder.h"
#include "model/analysis/lineage/lineage_subject.h"
#include "model/estate/column_edge_kind.h"
#include "model/estate/entity_keys.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace portolan::ctl {
namespace {

constexpr std::size_t matchesShown = 20;

}  // namespace

LineageScopeParts::LineageScopeParts(const Scope& opened)
    : scope(opened), index(opened.estate), ownership(ownershipOf(map(), estate())),
      published(publishedDatasets(map(), estate()))
{
}

EntityRef LineageScopeParts::dataset(DatasetIndex dataset) const
{
    return {EntityKind::Dataset, estate().datasets[dataset.value].key()};
}

EntityRef LineageScopeParts::column(ColumnIndex column) const
{
    return {EntityKind::Column, columnKey(estate(), column)};
}

std::string LineageScopeParts::name(DatasetIndex dataset) const
{
    return estate().datasets[dataset.value].path;
}

std::string LineageScopeParts::name(ColumnIndex column) const
{
    const Column& facts = estate().columns[column.value];
    return name(facts.dataset) + "." + facts.name;
}

std::vector<EntityRef> lineageSubjects(const LineageScopeParts& parts, const std::string& words)
{
    std::vector<EntityRef> subjects;
    for (const FoundEntity& found : findEntities(parts.scope, words)) {
        if (!datasetsOf(found.entity, parts.map(), parts.estate(), parts.ownership, parts.published)
                 .empty())
            subjects.push_back(found.entity);
    }
    if (subjects.empty())
        subjects = subjectsByPath(words, parts.estate());
    std::sort(subjects.begin(), subjects.end());
    subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
    return subjects;
}

EntityRef oneSubject(const LineageScopeParts& parts, const std::string& words)
{
    const std::vector<EntityRef> subjects = lineageSubjects(parts, words);
    if (subjects.size() == 1)
        return subjects.front();
    if (subjects.empty()) {
        complain("no dataset is known of '" + words +
                 "' (expected a dataset, column, product, contract or context)");
        return {};
    }
    complain("'" + words + "' may be one of " + std::to_string(subjects.size()) +
             " things; name it by kind and id");
    for (std::size_t i = 0; i < std::min(subjects.size(), matchesShown); ++i)
        complain("  " + std::string(toString(subjects[i].kind)) + ":" + subjects[i].id);
    return {};
}

Json toJson(const LineageScopeParts& parts, const Evidence& evidence)
{
    Json list = Json::array();
    for (const EvidencePlace& place : places(parts.estate(), evidence))
        list.push_back({{"path", place.span.file},
                        {"line", place.span.line},
                        {"pointer", place.span.pointer},
                        {"importedAt", place.importedAt},
                        {"times", place.times}});
    return list;
}

Json edgeJson(const LineageScopeParts& parts, const LineageEdge& edge)
{
    return {{"from", parts.dataset(edge.from).id},
            {"to", parts.dataset(edge.to).id},
            {"job", edge.job.isValid() ? Json(parts.estate().jobs[edge.job.value].key()) : Json()},
            {"evidence", toJson(parts, edge.evidence)}};
}

Json edgeJson(const LineageScopeParts& parts, const ColumnEdge& edge)
{
    return {{"from", parts.column(edge.from).id},
            {"to", parts.column(edge.to).id},
            {"kind", toString(kindOf(parts.estate(), edge))},
            {"direct", edge.flow == ColumnFlow::Direct},
            {"expression", edge.expression},
            {"job", edge.job.isValid() ? Json(parts.estate().jobs[edge.job.value].key()) : Json()},
            {"evidence", toJson(parts, edge.evidence)}};
}

Json nodeJson(const LineageScopeParts& parts, DatasetIndex dataset)
{
    const PublishedDataset& published = parts.published[dataset.value];
    const ContextId& owner = parts.ownership.datasetOwner[dataset.value];
    return {{"kind", "dataset"},
            {"id", parts.dataset(dataset).id},
            {"name", parts.name(dataset)},
            {"context", owner.isEmpty() ? Json() : Json(owner.text)},
            {"product", published.product ? Json(published.product->id.text) : Json()}};
}

Json nodeJson(const LineageScopeParts& parts, ColumnIndex column)
{
    const Column& facts = parts.estate().columns[column.value];
    const ContextId& owner = parts.ownership.datasetOwner[facts.dataset.value];
    return {{"kind", "column"},
            {"id", parts.column(column).id},
            {"name", parts.name(column)},
            {"dataset", parts.dataset(facts.dataset).id},
            {"context", owner.isEmpty() ? Json() : Json(owner.text)}};
}

}  // namespace portolan::ctl
