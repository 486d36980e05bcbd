// SPDX-License-Identifier: Apache-2.0
#include "app/portolanctl/entity_finder.h"

#include "model/estate/entity_keys.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace portolan::ctl {
namespace {

// The ways of meaning a thing, the surest first.
enum Way { ById, ByName, ByLetters, PartByName, PartByLetters, wayCount };

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool hasSameLetters(std::string_view one, std::string_view other)
{
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

bool isPart(EntityKind kind)
{
    return kind == EntityKind::SchemaObject || kind == EntityKind::Field ||
           kind == EntityKind::Column;
}

class Finder {
public:
    Finder(std::string_view words, std::optional<EntityKind> kind) : m_words(words), m_kind(kind) {}

    // `names` are all that people call it; the first one is shown.
    void offer(EntityKind kind, const std::string& id,
               std::initializer_list<std::string_view> names, std::size_t number,
               const Declared* where = nullptr)
    {
        if (m_kind && *m_kind != kind)
            return;
        if (const std::optional<Way> way = wayOf(kind, id, names))
            m_found[*way].push_back({{kind, id},
                                     std::string(*names.begin()),
                                     number,
                                     where ? *where : Declared(),
                                     where != nullptr});
    }

    std::vector<FoundEntity> surest() const
    {
        for (const std::vector<FoundEntity>& found : m_found) {
            if (!found.empty())
                return found;
        }
        return {};
    }

private:
    std::optional<Way> wayOf(EntityKind kind, const std::string& id,
                             std::initializer_list<std::string_view> names) const
    {
        if (id == m_words)
            return ById;
        if (std::find(names.begin(), names.end(), m_words) != names.end())
            return isPart(kind) ? PartByName : ByName;
        if (std::any_of(names.begin(), names.end(),
                        [this](std::string_view name) { return hasSameLetters(name, m_words); }))
            return isPart(kind) ? PartByLetters : ByLetters;
        return std::nullopt;
    }

    std::string_view m_words;
    std::optional<EntityKind> m_kind;
    std::array<std::vector<FoundEntity>, wayCount> m_found;
};

template <class Things>
void offerAll(EntityKind kind, const Things& things, Finder& finder)
{
    for (std::size_t i = 0; i < things.size(); ++i)
        finder.offer(kind, things[i].id.text, {things[i].name}, i, &things[i].where);
}

void offerMap(const ContextMap& map, Finder& finder)
{
    offerAll(EntityKind::Domain, map.domains, finder);
    offerAll(EntityKind::BoundedContext, map.contexts, finder);
    offerAll(EntityKind::Team, map.teams, finder);
    offerAll(EntityKind::Relationship, map.relationships, finder);
    offerAll(EntityKind::DataProduct, map.products, finder);
    offerAll(EntityKind::Route, map.routes, finder);
    offerAll(EntityKind::Identifier, map.identifiers, finder);
    for (std::size_t i = 0; i < map.crosswalks.size(); ++i)
        finder.offer(EntityKind::Crosswalk, map.crosswalks[i].id.text, {map.crosswalks[i].id.text},
                     i, &map.crosswalks[i].where);
    for (std::size_t i = 0; i < map.contexts.size(); ++i) {
        for (const Term& term : map.contexts[i].terms)
            finder.offer(EntityKind::Term, map.contexts[i].id.text + "/" + term.name, {term.name},
                         i, &term.where);
    }
}

void offerContracts(const Estate& estate, Finder& finder)
{
    for (std::size_t i = 0; i < estate.contracts.size(); ++i) {
        const Contract& contract = estate.contracts[i];
        const std::string_view name = contract.name.empty() ? contract.id : contract.name;
        finder.offer(EntityKind::Contract, contract.key(), {name, contract.id}, i);
    }
    for (std::size_t i = 0; i < estate.objects.size(); ++i) {
        const SchemaObject& object = estate.objects[i];
        finder.offer(EntityKind::SchemaObject, objectKey(estate, SchemaObjectIndex(i)),
                     {object.name, object.physicalName}, i);
    }
    for (std::size_t i = 0; i < estate.fields.size(); ++i)
        finder.offer(EntityKind::Field, fieldKey(estate, FieldIndex(i)), {estate.fields[i].path},
                     i);
}

// A product that the map declares too is that one; what was observed of it is in its contracts.
void offerProducts(const Estate& estate, const ContextMap* map, Finder& finder)
{
    for (std::size_t i = 0; i < estate.products.size(); ++i) {
        const ObservedProduct& product = estate.products[i];
        if (!map || !declares(*map, product))
            finder.offer(EntityKind::DataProduct, product.id, {product.name}, i);
    }
}

// Things that the map declares too are those of the map.
void offerCatalog(const Estate& estate, const ContextMap* map, Finder& finder)
{
    for (std::size_t i = 0; i < estate.domains.size(); ++i) {
        const ObservedDomain& one = estate.domains[i];
        if (!map || !map->domain(DomainId(one.id)))
            finder.offer(EntityKind::Domain, one.id, {one.name}, i);
    }
    for (std::size_t i = 0; i < estate.contexts.size(); ++i) {
        const ObservedContext& one = estate.contexts[i];
        if (!map || !map->context(ContextId(one.id)))
            finder.offer(EntityKind::BoundedContext, one.id, {one.name}, i);
    }
    for (std::size_t i = 0; i < estate.teams.size(); ++i) {
        const ObservedTeam& one = estate.teams[i];
        if (!map || !map->team(TeamId(one.id)))
            finder.offer(EntityKind::Team, one.id, {one.name}, i);
    }
    for (std::size_t i = 0; i < estate.terms.size(); ++i) {
        const ObservedTerm& one = estate.terms[i];
        const BoundedContext* context = map ? map->context(ContextId(one.context)) : nullptr;
        const bool isDeclared =
            context && std::any_of(context->terms.begin(), context->terms.end(),
                                   [&one](const Term& term) { return term.name == one.name; });
        if (!isDeclared)
            finder.offer(EntityKind::Term, one.context + "/" + one.name, {one.name}, i);
    }
}

void offerLineage(const Estate& estate, Finder& finder)
{
    for (std::size_t i = 0; i < estate.datasets.size(); ++i) {
        const Dataset& dataset = estate.datasets[i];
        finder.offer(EntityKind::Dataset, dataset.key(), {dataset.name(), dataset.path}, i);
    }
    for (std::size_t i = 0; i < estate.columns.size(); ++i)
        finder.offer(EntityKind::Column, columnKey(estate, ColumnIndex(i)),
                     {estate.columns[i].name}, i);
    for (std::size_t i = 0; i < estate.jobs.size(); ++i)
        finder.offer(EntityKind::Job, estate.jobs[i].key(), {estate.jobs[i].name}, i);
    for (std::size_t i = 0; i < estate.sources.size(); ++i)
        finder.offer(EntityKind::Source, estate.sources[i].path, {estate.sources[i].path}, i);
}

std::vector<FoundEntity> find(const Scope& scope, std::string_view words,
                              std::optional<EntityKind> kind)
{
    if (words.empty())
        return {};
    Finder finder(words, kind);
    if (const ContextMap* map = scope.contextMap())
        offerMap(*map, finder);
    offerProducts(*scope.estate, scope.contextMap(), finder);
    offerCatalog(*scope.estate, scope.contextMap(), finder);
    offerContracts(*scope.estate, finder);
    offerLineage(*scope.estate, finder);
    return finder.surest();
}

}  // namespace

std::vector<FoundEntity> findEntities(const Scope& scope, const std::string& words)
{
    if (std::vector<FoundEntity> found = find(scope, words, std::nullopt); !found.empty())
        return found;
    const std::size_t colon = words.find(':');
    const std::optional<EntityKind> kind = entityKindFrom(words.substr(0, colon));
    if (colon == std::string::npos || !kind)
        return {};
    return find(scope, std::string_view(words).substr(colon + 1), kind);
}

}  // namespace portolan::ctl
