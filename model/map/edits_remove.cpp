// SPDX-License-Identifier: Apache-2.0
// Edits that take things out of a map, with what cannot stand without them.
#include "model/map/edit_parts.h"

#include <algorithm>
#include <set>

namespace portolan {

using namespace edits;

namespace {

// Gathers what goes. Everything asks `m_document`, so the order of the calls does not matter.
class Removal {
public:
    explicit Removal(const MapDocument& document)
        : m_document(document), m_map(document.map()), m_edit(document.tree())
    {
    }

    void contexts(const std::set<ContextId>& ids)
    {
        const auto isGone = [&ids](const ContextId& id) { return ids.count(id) > 0; };
        std::set<ProductId> gone;
        for (const BoundedContext& context : m_map.contexts) {
            if (isGone(context.id))
                m_edit.remove(node(context.where));
        }
        for (const DataProduct& product : m_map.products) {
            if (isGone(product.owner))
                gone.insert(product.id);
        }
        for (const Relationship& relationship : m_map.relationships) {
            if (isGone(relationship.upstream) || isGone(relationship.downstream))
                removeRelationship(relationship);
        }
        for (const Route& route : m_map.routes) {
            if (isGone(route.consumer))
                removeRoute(route);
        }
        for (const Identifier& identifier : m_map.identifiers)
            empty(identifier.where, "context", isGone(identifier.issuer));
        for (const Crosswalk& crosswalk : m_map.crosswalks)
            empty(crosswalk.where, "context", isGone(crosswalk.owner));
        for (const MigrationStage& migration : m_map.migrations) {
            empty(migration.where, "from", isGone(migration.from));
            empty(migration.where, "to", isGone(migration.to));
        }
        for (const DataNode entry : m_document.tree().root()["placement"]) {
            if (isGone(ContextId(std::string(entry.key()))))
                m_edit.remove(entry);
        }
        products(gone);
    }

    void products(const std::set<ProductId>& ids)
    {
        const auto isGone = [&ids](const ProductId& id) { return ids.count(id) > 0; };
        for (const DataProduct& product : m_map.products) {
            if (isGone(product.id)) {
                m_edit.remove(node(product.where));
                ++m_products;
            }
        }
        for (const Relationship& relationship : m_map.relationships)
            emptyList(relationship.where, "exposes", ids);
        for (const Route& route : m_map.routes) {
            if (!route.sources.empty() &&
                std::all_of(route.sources.begin(), route.sources.end(), isGone))
                removeRoute(route);
            emptyList(route.where, "from", ids);
            empty(route.where, "delivers", isGone(route.delivers));
        }
    }

    void removeRelationship(const Relationship& relationship)
    {
        m_edit.remove(node(relationship.where));
        ++m_relationships;
    }

    void empty(const Declared& thing, std::string_view key, bool isGone)
    {
        if (isGone)
            m_edit.remove(node(thing)[key]);
    }

    template <class AnyId>
    void emptyList(const Declared& thing, std::string_view key, const std::set<AnyId>& gone)
    {
        const DataNode list = node(thing)[key];
        if (!list.isArray())
            return;
        for (const DataNode element : list) {
            if (gone.count(AnyId(element.string())) > 0)
                m_edit.remove(element);
        }
    }

    JsonEdit& edit() { return m_edit; }
    DataNode node(const Declared& thing) const { return {&m_document.tree(), thing.node}; }

    // "Remove Claims, 1 product and 4 relationships"
    Edit finished(std::string what, bool countsProducts) const
    {
        std::vector<std::string> parts = {std::move(what)};
        if (countsProducts && m_products > 0)
            parts.push_back(counted(m_products, "product"));
        if (m_relationships > 0)
            parts.push_back(counted(m_relationships, "relationship"));
        if (!m_routes.empty())
            parts.push_back(counted(m_routes.size(), "route"));
        return finish("Remove " + enumerated(parts), m_edit);
    }

private:
    void removeRoute(const Route& route)
    {
        m_edit.remove(node(route.where));
        m_routes.insert(route.where.node);
    }

    const MapDocument& m_document;
    const ContextMap& m_map;
    JsonEdit m_edit;
    std::size_t m_products = 0;
    std::size_t m_relationships = 0;
    std::set<std::uint32_t> m_routes;
};

}  // namespace

Result<Edit> removeDomain(const MapDocument& document, const DomainId& id)
{
    const Domain* domain = document.map().domain(id);
    if (!domain)
        return tl::unexpected(noSuch(MapObject::Domain, id.text));
    Removal removal(document);
    removal.edit().remove(removal.node(domain->where));
    for (const Domain& other : document.map().domains)
        removal.empty(other.where, "parent", removal.node(other.where)["parent"].text() == id.text);
    for (const BoundedContext& context : document.map().contexts) {
        removal.empty(context.where, "domain",
                      removal.node(context.where)["domain"].text() == id.text);
        removal.emptyList(context.where, "domains", std::set<DomainId>{id});
    }
    return removal.finished(domain->name, false);
}

Result<Edit> removeTeam(const MapDocument& document, const TeamId& id)
{
    const MapTeam* team = document.map().team(id);
    if (!team)
        return tl::unexpected(noSuch(MapObject::Team, id.text));
    Removal removal(document);
    removal.edit().remove(removal.node(team->where));
    for (const BoundedContext& context : document.map().contexts)
        removal.empty(context.where, "team", context.team == id);
    return removal.finished(team->name, false);
}

Result<Edit> removeContext(const MapDocument& document, const ContextId& id)
{
    return removeContexts(document, {id});
}

Result<Edit> removeContexts(const MapDocument& document, const std::vector<ContextId>& ids)
{
    for (const ContextId& id : ids) {
        if (!document.map().context(id))
            return tl::unexpected(noSuch(MapObject::Context, id.text));
    }
    const std::set<ContextId> gone(ids.begin(), ids.end());
    Removal removal(document);
    removal.contexts(gone);
    return removal.finished(
        gone.size() == 1 ? nameOf(document, *gone.begin()) : counted(gone.size(), "context"), true);
}

Result<Edit> removeProduct(const MapDocument& document, const ProductId& id)
{
    const DataProduct* product = document.map().product(id);
    if (!product)
        return tl::unexpected(noSuch(MapObject::Product, id.text));
    Removal removal(document);
    removal.products({id});
    return removal.finished(product->name, false);
}

Result<Edit> removeTerm(const MapDocument& document, const ContextId& context,
                        std::string_view name)
{
    const Result<DataNode> node = termNode(document, context, name);
    if (!node)
        return tl::unexpected(node.error());
    JsonEdit edit(document.tree());
    edit.remove(*node);
    return finish("Remove term " + std::string(name) + " from " + nameOf(document, context), edit);
}

}  // namespace portolan
