// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/lineage_subject.h"

#include "model/base/ascii_text.h"
#include "model/estate/entity_keys.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

namespace portolan {
namespace {

// The whole domain and its subdomains.
bool isWithin(const ContextMap& map, const ContextId& context, const DomainId& domain)
{
    const BoundedContext* found = map.context(context);
    if (!found)
        return false;
    for (DomainId id : found->domains) {
        for (int step = 0; step < 16 && !id.isEmpty(); ++step) {
            if (id == domain)
                return true;
            const Domain* up = map.domain(id);
            id = up ? up->parent : DomainId();
        }
    }
    return false;
}

template <class IsOne>
std::vector<DatasetIndex> datasetsWhere(const Estate& estate, IsOne isOne)
{
    std::vector<DatasetIndex> found;
    for (std::size_t i = 0; i < estate.datasets.size(); ++i) {
        if (isOne(i))
            found.push_back(DatasetIndex(i));
    }
    return found;
}

std::vector<DatasetIndex> datasetsOfContract(const Estate& estate, ContractIndex contract)
{
    std::set<DatasetIndex> found;
    if (contract.isValid()) {
        for (const SchemaObjectIndex object : estate.contracts[contract.value].objects) {
            if (const DatasetIndex dataset = estate.objects[object.value].dataset;
                dataset.isValid())
                found.insert(dataset);
        }
    }
    return {found.begin(), found.end()};
}

std::vector<DatasetIndex> one(DatasetIndex dataset)
{
    return dataset.isValid() ? std::vector{dataset} : std::vector<DatasetIndex>();
}

std::vector<DatasetIndex> datasetsOfJob(const Estate& estate, JobIndex job)
{
    std::set<DatasetIndex> found;
    for (const LineageEdge& edge : estate.lineageEdges) {
        if (job.isValid() && edge.job == job) {
            found.insert(edge.from);
            found.insert(edge.to);
        }
    }
    return {found.begin(), found.end()};
}

}  // namespace

std::vector<DatasetIndex> datasetsOf(const EntityRef& entity, const ContextMap& map,
                                     const Estate& estate, const EstateOwnership& ownership,
                                     const std::vector<PublishedDataset>& published)
{
    switch (entity.kind) {
    case EntityKind::Dataset:
        return one(estate.dataset(entity.id));
    case EntityKind::Column: {
        const ColumnIndex column = columnByKey(estate, entity.id);
        return column.isValid() ? one(estate.columns[column.value].dataset)
                                : std::vector<DatasetIndex>();
    }
    case EntityKind::Job:
        return datasetsOfJob(estate, estate.job(entity.id));
    case EntityKind::Contract:
        return datasetsOfContract(estate, estate.contract(entity.id));
    case EntityKind::SchemaObject: {
        const SchemaObjectIndex object = objectByKey(estate, entity.id);
        return object.isValid() ? one(estate.objects[object.value].dataset)
                                : std::vector<DatasetIndex>();
    }
    case EntityKind::Field: {
        const FieldIndex field = fieldByKey(estate, entity.id);
        return field.isValid()
                   ? one(estate.objects[estate.fields[field.value].object.value].dataset)
                   : std::vector<DatasetIndex>();
    }
    case EntityKind::DataProduct:
        return datasetsWhere(estate, [&](std::size_t i) {
            return published[i].product && published[i].product->id.text == entity.id;
        });
    case EntityKind::BoundedContext:
        return datasetsWhere(
            estate, [&](std::size_t i) { return ownership.datasetOwner[i].text == entity.id; });
    case EntityKind::Domain: {
        std::set<ContextId> contexts;
        for (const BoundedContext& context : map.contexts) {
            if (isWithin(map, context.id, DomainId(entity.id)))
                contexts.insert(context.id);
        }
        return datasetsWhere(
            estate, [&](std::size_t i) { return contexts.contains(ownership.datasetOwner[i]); });
    }
    default:
        return {};
    }
}

std::vector<ColumnIndex> columnsOf(const EntityRef& entity, const Estate& estate)
{
    if (entity.kind == EntityKind::Column) {
        const ColumnIndex column = columnByKey(estate, entity.id);
        return column.isValid() ? std::vector{column} : std::vector<ColumnIndex>();
    }
    std::vector<ColumnIndex> found;
    const FieldIndex field =
        entity.kind == EntityKind::Field ? fieldByKey(estate, entity.id) : FieldIndex();
    if (!field.isValid())
        return found;
    const Field& wanted = estate.fields[field.value];
    const DatasetIndex dataset = estate.objects[wanted.object.value].dataset;
    if (!dataset.isValid())
        return found;
    const std::string name = lowerCase(wanted.path);
    for (const ColumnIndex column : estate.datasets[dataset.value].columns) {
        if (lowerCase(estate.columns[column.value].name) == name)
            found.push_back(column);
    }
    return found;
}

namespace {

// The whole, or what follows a dot or a slash; `end` in small letters.
bool endsAtName(std::string_view path, std::string_view end)
{
    if (path.size() < end.size() || lowerCase(path.substr(path.size() - end.size())) != end)
        return false;
    if (path.size() == end.size())
        return true;
    const char before = path[path.size() - end.size() - 1];
    return before == '.' || before == '/';
}

bool isThere(const EntityRef& entity, const ContextMap& map, const Estate& estate)
{
    switch (entity.kind) {
    case EntityKind::Dataset:
        return estate.dataset(entity.id).isValid();
    case EntityKind::Column:
        return columnByKey(estate, entity.id).isValid();
    case EntityKind::Job:
        return estate.job(entity.id).isValid();
    case EntityKind::Contract:
        return estate.contract(entity.id).isValid();
    case EntityKind::Field:
        return fieldByKey(estate, entity.id).isValid();
    case EntityKind::SchemaObject:
        return objectByKey(estate, entity.id).isValid();
    case EntityKind::DataProduct:
        return map.product(ProductId(entity.id)) != nullptr;
    case EntityKind::BoundedContext:
        return map.context(ContextId(entity.id)) != nullptr;
    case EntityKind::Domain:
        return map.domain(DomainId(entity.id)) != nullptr;
    default:
        return false;
    }
}

}  // namespace

std::vector<EntityRef> subjectsByPath(const std::string& words, const Estate& estate)
{
    const std::string wanted = lowerCase(words);
    const std::size_t dot = wanted.rfind('.');
    const std::string table = wanted.substr(0, dot);
    const std::string column = dot == std::string::npos ? std::string() : wanted.substr(dot + 1);
    std::vector<EntityRef> found;
    for (const Dataset& dataset : estate.datasets) {
        if (endsAtName(dataset.path, wanted))
            found.push_back({EntityKind::Dataset, dataset.key()});
        if (column.empty() || !endsAtName(dataset.path, table))
            continue;
        for (const ColumnIndex each : dataset.columns) {
            if (lowerCase(estate.columns[each.value].name) == column)
                found.push_back({EntityKind::Column, columnKey(estate, each)});
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<EntityRef> subjectsNamed(const std::string& words, const ContextMap& map,
                                     const Estate& estate)
{
    if (const std::size_t colon = words.find(':'); colon != std::string::npos) {
        const std::optional<EntityKind> kind = entityKindFrom(words.substr(0, colon));
        if (kind && isThere({*kind, words.substr(colon + 1)}, map, estate))
            return {{*kind, words.substr(colon + 1)}};
    }
    std::vector<EntityRef> found;
    for (const EntityKind kind :
         {EntityKind::Domain, EntityKind::BoundedContext, EntityKind::DataProduct,
          EntityKind::Contract, EntityKind::SchemaObject, EntityKind::Field, EntityKind::Dataset,
          EntityKind::Column, EntityKind::Job}) {
        if (isThere({kind, words}, map, estate))
            found.push_back({kind, words});
    }
    return found.empty() ? subjectsByPath(words, estate) : found;
}

bool isToolInternal(const Dataset& dataset)
{
    static constexpr std::array<std::string_view, 3> types = {"ephemeral", "temporary", "cte"};
    // Materialisations in progress of dbt, raw tables of Airbyte, Spark's output before it is committed.
    static constexpr std::array<std::string_view, 4> parts = {"__dbt_tmp", "__dbt_backup",
                                                              "_airbyte_", "/_temporary/"};
    static constexpr std::array<std::string_view, 2> topicEnds = {"-changelog", "-repartition"};
    const std::string type = lowerCase(dataset.type);
    const auto contains = [&](std::string_view part) {
        return dataset.path.find(part) != std::string::npos;
    };
    const auto ends = [&](std::string_view end) {
        return dataset.platform == "kafka" && dataset.path.ends_with(end);
    };
    return std::find(types.begin(), types.end(), type) != types.end() ||
           std::any_of(parts.begin(), parts.end(), contains) ||
           std::any_of(topicEnds.begin(), topicEnds.end(), ends);
}

}  // namespace portolan
