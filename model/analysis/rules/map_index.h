// SPDX-License-Identifier: Apache-2.0
// What the rules ask a context map for, found at once: things by id and relationships by context. Borrows the map.
#pragma once

#include "model/map/context_map.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portolan {

class MapIndex {
public:
    explicit MapIndex(const ContextMap& map);

    const ContextMap& map() const { return m_map; }

    // Null when there is no such thing on the map. Of things with one id the first counts.
    const Domain* domain(const DomainId& id) const;
    const MapTeam* team(const TeamId& id) const;
    const BoundedContext* context(const ContextId& id) const;
    const DataProduct* product(const ProductId& id) const;
    const Identifier* identifier(const IdentifierId& id) const;
    const std::vector<const Relationship*>& relationshipsOf(const ContextId& id) const;

    // The name for people; the id where there is no name, and words where there is neither.
    std::string name(const ContextId& id) const;
    // "Party Management → Claims", or with ↔ between equals.
    std::string name(const Relationship& relationship) const;

private:
    template <class Thing>
    using ById = std::unordered_map<std::string_view, const Thing*>;

    const ContextMap& m_map;
    ById<Domain> m_domains;
    ById<MapTeam> m_teams;
    ById<BoundedContext> m_contexts;
    ById<DataProduct> m_products;
    ById<Identifier> m_identifiers;
    std::unordered_map<std::string_view, std::vector<const Relationship*>> m_relationships;
};

// Has an upstream and a downstream end.
bool isDirected(const Relationship& relationship);
bool hasRole(const std::vector<Role>& roles, Role role);

}  // namespace portolan
