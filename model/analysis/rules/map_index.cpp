// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/rules/map_index.h"

#include <algorithm>

namespace portolan {
namespace {

template <class Thing>
void fill(std::unordered_map<std::string_view, const Thing*>& byId,
          const std::vector<Thing>& things)
{
    byId.reserve(things.size());
    for (const Thing& thing : things)
        byId.emplace(thing.id.text, &thing);
}

template <class Thing>
const Thing* find(const std::unordered_map<std::string_view, const Thing*>& byId,
                  const std::string& id)
{
    const auto found = byId.find(id);
    return found == byId.end() ? nullptr : found->second;
}

}  // namespace

MapIndex::MapIndex(const ContextMap& map) : m_map(map)
{
    fill(m_domains, map.domains);
    fill(m_teams, map.teams);
    fill(m_contexts, map.contexts);
    fill(m_products, map.products);
    fill(m_identifiers, map.identifiers);
    for (const Relationship& relationship : map.relationships) {
        m_relationships[relationship.upstream.text].push_back(&relationship);
        if (relationship.downstream != relationship.upstream)
            m_relationships[relationship.downstream.text].push_back(&relationship);
    }
}

const Domain* MapIndex::domain(const DomainId& id) const
{
    return find(m_domains, id.text);
}

const MapTeam* MapIndex::team(const TeamId& id) const
{
    return find(m_teams, id.text);
}

const BoundedContext* MapIndex::context(const ContextId& id) const
{
    return find(m_contexts, id.text);
}

const DataProduct* MapIndex::product(const ProductId& id) const
{
    return find(m_products, id.text);
}

const Identifier* MapIndex::identifier(const IdentifierId& id) const
{
    return find(m_identifiers, id.text);
}

const std::vector<const Relationship*>& MapIndex::relationshipsOf(const ContextId& id) const
{
    static const std::vector<const Relationship*> none;
    const auto found = m_relationships.find(id.text);
    return found == m_relationships.end() ? none : found->second;
}

std::string MapIndex::name(const ContextId& id) const
{
    const BoundedContext* known = context(id);
    if (known && !known->name.empty())
        return known->name;
    return id.isEmpty() ? "(not said)" : id.text;
}

std::string MapIndex::name(const Relationship& relationship) const
{
    return name(relationship.upstream) + (isDirected(relationship) ? " → " : " ↔ ") +
           name(relationship.downstream);
}

bool isDirected(const Relationship& relationship)
{
    return relationship.type == RelationshipType::UpstreamDownstream ||
           relationship.type == RelationshipType::CustomerSupplier;
}

bool hasRole(const std::vector<Role>& roles, Role role)
{
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

}  // namespace portolan
