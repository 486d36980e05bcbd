// SPDX-License-Identifier: Apache-2.0
#include "app/portolanctl/entity_description.h"

#include "model/analysis/map_drift/map_drift.h"
#include "model/estate/column_edge_kind.h"
#include "model/estate/entity_keys.h"

#include <nlohmann/json.hpp>

#include <set>

namespace portolan::ctl {
namespace {

// What is empty is not said: absent and empty mean the same in a description.
void put(Json& object, const char* key, const std::string& value)
{
    if (!value.empty())
        object[key] = value;
}

void put(Json& object, const char* key, Json list)
{
    if (!list.empty())
        object[key] = std::move(list);
}

template <class Things>
Json idsOf(const Things& things)
{
    Json ids = Json::array();
    for (const auto* thing : things)
        ids.push_back(thing->id.text);
    return ids;
}

Json toJson(const std::set<std::string>& keys)
{
    return Json(keys);
}

void describeDeclared(const MapDocument& document, const FoundEntity& found, Json& entity)
{
    entity["declared"] = ctl::toJson(DataNode(&document.tree(), found.where.node));
    if (found.entity.kind != EntityKind::BoundedContext)
        return;
    const ContextId id(found.entity.id);
    put(entity, "products", idsOf(document.map().productsOf(id)));
    put(entity, "relationships", idsOf(document.map().relationshipsOf(id)));
}

Json describeField(const Field& field)
{
    Json json{{"path", field.path}};
    put(json, "logicalType", field.logicalType);
    put(json, "physicalType", field.physicalType);
    put(json, "description", field.description);
    put(json, "classification", field.classification);
    put(json, "reference", field.reference);
    if (field.isRequired)
        json["required"] = *field.isRequired;
    if (field.keyPosition > 0)
        json["keyPosition"] = field.keyPosition;
    return json;
}

Json describeObject(const Estate& estate, const SchemaObject& object)
{
    Json json{{"name", object.name}};
    put(json, "physicalName", object.physicalName);
    put(json, "description", object.description);
    if (object.dataset.isValid())
        json["dataset"] = estate.datasets[object.dataset.value].key();
    Json fields = Json::array();
    for (const FieldIndex field : object.fields)
        fields.push_back(describeField(estate.fields[field.value]));
    put(json, "fields", std::move(fields));
    return json;
}

Json describeServers(const std::vector<Server>& servers)
{
    Json list = Json::array();
    for (const Server& server : servers) {
        Json json = Json::object();
        put(json, "name", server.name);
        put(json, "type", server.type);
        put(json, "location", server.location);
        put(json, "environment", server.environment);
        list.push_back(std::move(json));
    }
    return list;
}

Json describeServiceLevels(const std::vector<ServiceLevel>& levels)
{
    Json list = Json::array();
    for (const ServiceLevel& level : levels) {
        Json json = Json::object();
        put(json, "property", level.property);
        put(json, "value", level.value);
        put(json, "unit", level.unit);
        put(json, "element", level.element);
        list.push_back(std::move(json));
    }
    return list;
}

void describeContract(const Estate& estate, const Contract& contract, Json& entity)
{
    entity["contract"] = contract.id;
    entity["version"] = contract.version;
    entity["status"] = toString(contract.status);
    put(entity, "statusText", contract.statusText);
    put(entity, "sunset", contract.sunset);
    put(entity, "domain", contract.domain);
    put(entity, "owner", contract.owner);
    put(entity, "description", contract.description);
    put(entity, "apiVersion", contract.apiVersion);
    if (contract.product.isValid())
        put(entity, "product", estate.products[contract.product.value].name);
    if (contract.isConflict())
        entity["isConflict"] = true;
    put(entity, "servers", describeServers(contract.servers));
    put(entity, "serviceLevels", describeServiceLevels(contract.serviceLevels));
    Json objects = Json::array();
    for (const SchemaObjectIndex object : contract.objects)
        objects.push_back(describeObject(estate, estate.objects[object.value]));
    put(entity, "objects", std::move(objects));
}

void describeProduct(const ObservedProduct& product, Json& entity)
{
    put(entity, "domain", product.domain);
    put(entity, "owner", product.owner);
    entity["productKind"] = toString(product.kind);
    entity["authority"] = toString(product.authority);
    entity["isInferred"] = product.isInferred;
}

void describeDomain(const ObservedDomain& domain, Json& entity)
{
    put(entity, "parent", domain.parent);
    put(entity, "domainKind", domain.kind);
    put(entity, "owner", domain.owner);
    put(entity, "description", domain.description);
}

void describeContext(const ObservedContext& context, Json& entity)
{
    put(entity, "type", context.type);
    put(entity, "parent", context.parent);
    put(entity, "domain", context.domain);
    put(entity, "owner", context.owner);
    put(entity, "description", context.description);
    if (context.isExternal)
        entity["isExternal"] = true;
}

void describeTeam(const ObservedTeam& team, Json& entity)
{
    put(entity, "parent", team.parent);
    put(entity, "contact", team.contact);
    put(entity, "description", team.description);
    Json members = Json::array();
    for (const std::string& member : team.members)
        members.push_back(member);
    put(entity, "members", std::move(members));
}

void describeDataset(const Estate& estate, DatasetIndex index, Json& entity)
{
    const Dataset& dataset = estate.datasets[index.value];
    put(entity, "platform", dataset.platform);
    put(entity, "instance", dataset.instance);
    put(entity, "path", dataset.path);
    put(entity, "type", dataset.type);
    put(entity, "description", dataset.description);
    entity["isDerived"] = dataset.isDerived;
    std::set<std::string> upstream;
    std::set<std::string> downstream;
    for (const LineageEdge& edge : estate.lineageEdges) {
        if (edge.to == index)
            upstream.insert(estate.datasets[edge.from.value].key());
        if (edge.from == index)
            downstream.insert(estate.datasets[edge.to.value].key());
    }
    put(entity, "upstream", toJson(upstream));
    put(entity, "downstream", toJson(downstream));
    Json columns = Json::array();
    for (const ColumnIndex column : dataset.columns)
        columns.push_back({{"name", estate.columns[column.value].name},
                           {"type", estate.columns[column.value].type}});
    put(entity, "columns", std::move(columns));
}

// How values get into a column, and what decides about them: each with its kind, and the expression where it is known.
Json incomingOf(const Estate& estate, ColumnIndex index)
{
    Json incoming = Json::array();
    const auto add = [&](ColumnIndex from, ColumnEdgeKind kind, const std::string& expression) {
        incoming.push_back({{"from", columnKey(estate, from)}, {"kind", toString(kind)}});
        put(incoming.back(), "expression", expression);
    };
    for (const ColumnEdge& edge : estate.columnEdges) {
        if (edge.to == index)
            add(edge.from, kindOf(estate, edge), edge.expression);
    }
    for (const DatasetInfluence& influence : estate.influences) {
        if (influence.to == estate.columns[index.value].dataset)
            add(influence.from, kindOf(influence), influence.expression);
    }
    return incoming;
}

void describeColumn(const Estate& estate, ColumnIndex index, Json& entity)
{
    const Column& column = estate.columns[index.value];
    entity["dataset"] = estate.datasets[column.dataset.value].key();
    put(entity, "type", column.type);
    put(entity, "description", column.description);
    std::set<std::string> upstream;
    std::set<std::string> downstream;
    for (const ColumnEdge& edge : estate.columnEdges) {
        if (edge.to == index)
            upstream.insert(columnKey(estate, edge.from));
        if (edge.from == index)
            downstream.insert(columnKey(estate, edge.to));
    }
    put(entity, "upstream", toJson(upstream));
    put(entity, "downstream", toJson(downstream));
    put(entity, "incoming", incomingOf(estate, index));
}

void describeJob(const Estate& estate, JobIndex index, Json& entity)
{
    const Job& job = estate.jobs[index.value];
    put(entity, "space", job.space);
    put(entity, "integration", job.integration);
    put(entity, "owner", job.owner);
    put(entity, "lastRun", job.lastRun);
    entity["runs"] = job.runs;
    std::set<std::string> reads;
    std::set<std::string> writes;
    for (const LineageEdge& edge : estate.lineageEdges) {
        if (edge.job != index)
            continue;
        reads.insert(estate.datasets[edge.from.value].key());
        writes.insert(estate.datasets[edge.to.value].key());
    }
    put(entity, "reads", toJson(reads));
    put(entity, "writes", toJson(writes));
}

void describeSource(const Source& source, Json& entity)
{
    entity["format"] = source.format;
    put(entity, "formatVersion", source.formatVersion);
    entity["sha256"] = source.hash;
    entity["bytes"] = source.bytes;
    entity["importedAt"] = source.importedAt;
    put(entity, "counts", ctl::toJson(source.counts));
    put(entity, "problems", ctl::toJson(source.problems));
}

void describeObserved(const Estate& estate, const FoundEntity& found, Json& entity)
{
    switch (found.entity.kind) {
    case EntityKind::DataProduct:
        return describeProduct(estate.products[found.number], entity);
    case EntityKind::Domain:
        return describeDomain(estate.domains[found.number], entity);
    case EntityKind::BoundedContext:
        return describeContext(estate.contexts[found.number], entity);
    case EntityKind::Team:
        return describeTeam(estate.teams[found.number], entity);
    case EntityKind::Term:
        put(entity, "context", estate.terms[found.number].context);
        return put(entity, "definition", estate.terms[found.number].definition);
    case EntityKind::Contract:
        return describeContract(estate, estate.contracts[found.number], entity);
    case EntityKind::SchemaObject:
        return entity.update(describeObject(estate, estate.objects[found.number]));
    case EntityKind::Field:
        return entity.update(describeField(estate.fields[found.number]));
    case EntityKind::Dataset:
        return describeDataset(estate, DatasetIndex(found.number), entity);
    case EntityKind::Column:
        return describeColumn(estate, ColumnIndex(found.number), entity);
    case EntityKind::Job:
        return describeJob(estate, JobIndex(found.number), entity);
    default:
        return describeSource(estate.sources[found.number], entity);
    }
}

// The context whose patterns the thing falls under; empty when it is nobody's.
std::string ownerOf(const Scope& scope, const FoundEntity& found)
{
    if (!scope.map)
        return {};
    const EstateOwnership ownership = ownershipOf(scope.map->map(), *scope.estate);
    switch (found.entity.kind) {
    case EntityKind::Dataset:
        return ownership.datasetOwner[found.number].text;
    case EntityKind::Contract:
        return ownership.contractOwner[found.number].text;
    case EntityKind::Job:
        return ownership.jobOwner[found.number].text;
    default:
        return {};
    }
}

const Evidence* observedEvidence(const Estate& estate, const FoundEntity& found)
{
    switch (found.entity.kind) {
    case EntityKind::DataProduct:
        return &estate.products[found.number].evidence;
    case EntityKind::Domain:
        return &estate.domains[found.number].evidence;
    case EntityKind::BoundedContext:
        return &estate.contexts[found.number].evidence;
    case EntityKind::Team:
        return &estate.teams[found.number].evidence;
    case EntityKind::Term:
        return &estate.terms[found.number].evidence;
    case EntityKind::Contract:
        return &estate.contracts[found.number].evidence;
    case EntityKind::SchemaObject:
        return &estate.objects[found.number].evidence;
    case EntityKind::Field:
        return &estate.fields[found.number].evidence;
    case EntityKind::Dataset:
        return &estate.datasets[found.number].evidence;
    case EntityKind::Column:
        return &estate.columns[found.number].evidence;
    case EntityKind::Job:
        return &estate.jobs[found.number].evidence;
    default:
        return nullptr;
    }
}

Json toJson(const SourceSpan& span)
{
    return Json{{"path", span.file},
                {"line", span.line},
                {"column", span.column},
                {"pointer", span.pointer}};
}

}  // namespace

Json descriptionOf(const Scope& scope, const FoundEntity& found)
{
    Json entity{
        {"kind", toString(found.entity.kind)}, {"id", found.entity.id}, {"name", found.name}};
    if (found.isDeclared) {
        describeDeclared(*scope.map, found, entity);
        return entity;
    }
    put(entity, "context", ownerOf(scope, found));
    describeObserved(*scope.estate, found, entity);
    return entity;
}

Json evidenceOf(const Scope& scope, const FoundEntity& found)
{
    Json list = Json::array();
    if (found.isDeclared) {
        list.push_back(toJson(found.where.span));
        list.back()["importedAt"] = nullptr;  // a map is not imported: it is what people say
        return list;
    }
    if (found.entity.kind == EntityKind::Source) {
        const Source& source = scope.estate->sources[found.number];
        list.push_back(toJson(SourceSpan{source.path, 1, 1}));
        list.back()["importedAt"] = source.importedAt;
        return list;
    }
    const Evidence* evidence = observedEvidence(*scope.estate, found);
    for (const EvidencePlace& place : places(*scope.estate, *evidence)) {
        list.push_back(toJson(place.span));
        list.back()["importedAt"] = place.importedAt;
        list.back()["times"] = place.times;
    }
    return list;
}

}  // namespace portolan::ctl
