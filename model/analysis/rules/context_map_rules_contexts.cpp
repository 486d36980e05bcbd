// SPDX-License-Identifier: Apache-2.0
// The checks that look at contexts, their words and what they own or refer to.
#include "model/analysis/rules/context_map_rules_rows.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace portolan {
namespace {

// Names that differ only in ASCII case sound alike.
std::string spoken(std::string_view name)
{
    std::string lower(name);
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    }
    return lower;
}

// Calls `repeated(earlier, later)` for each thing whose name an earlier one has.
template <class Thing, class Repeated>
void forRepeatedNames(const std::vector<Thing>& things, Repeated repeated)
{
    std::unordered_map<std::string, const Thing*> byName;
    for (const Thing& thing : things) {
        if (thing.name.empty())
            continue;
        const auto [first, isNew] = byName.emplace(spoken(thing.name), &thing);
        if (!isNew)
            repeated(*first->second, thing);
    }
}

EntityRef refTo(const BoundedContext& context, const Term& term)
{
    return {EntityKind::Term, context.id.text + "/" + term.name};
}

void checkTermNames(const BoundedContext& context, FindingList& found)
{
    forRepeatedNames(context.terms, [&](const Term&, const Term& later) {
        found.add(refTo(context, later), later.name, later.where,
                  context.name + " defines the term " + later.name +
                      " twice: within one context a word has one meaning.");
    });
}

// One owner of the things of a kind that share a key: tells of each thing whose key somebody else has too.
class Owners {
public:
    // The context that has had the key before; null when none or the same.
    const ContextId* otherOwner(const std::string& key, const ContextId& owner)
    {
        const auto [first, isNew] = m_ownerByKey.emplace(key, owner);
        return isNew || first->second == owner ? nullptr : &first->second;
    }

private:
    std::unordered_map<std::string, ContextId> m_ownerByKey;
};

template <class Thing>
void checkHasOwner(const MapIndex& index, EntityKind kind, const Thing& thing,
                   const ContextId& owner, FindingList& found)
{
    if (!index.context(owner))
        found.add({kind, thing.id.text}, thing.name, thing.where,
                  thing.name + " has no owning context on this map: nobody answers for it.");
}

void checkProductOwners(const MapIndex& index, FindingList& found)
{
    Owners names;
    Owners contracts;
    Owners datasets;
    for (const DataProduct& product : index.map().products) {
        const EntityRef subject{EntityKind::DataProduct, product.id.text};
        const auto shared = [&](const ContextId* other, const std::string& what,
                                const std::string& about) {
            if (!other)
                return;
            Finding& finding = found.add(subject, product.name, product.where,
                                         index.name(product.owner) + " and " + index.name(*other) +
                                             " both own " + what + ": nobody decides.");
            finding.related = {{EntityKind::BoundedContext, product.owner.text},
                               {EntityKind::BoundedContext, other->text}};
            finding.about = about;
        };
        checkHasOwner(index, EntityKind::DataProduct, product, product.owner, found);
        if (!index.context(product.owner))
            continue;
        shared(names.otherOwner(spoken(product.name), product.owner),
               "a product named " + product.name, {});
        for (const std::string& contract : product.contracts)
            shared(contracts.otherOwner(contract, product.owner),
                   "the contract \"" + contract + "\" of " + product.name, contract);
        for (const Port& port : product.ports) {
            if (!port.dataset.empty())
                shared(datasets.otherOwner(port.dataset, product.owner),
                       "the dataset \"" + port.dataset + "\" of " + product.name, port.dataset);
        }
    }
}

void checkDefinitionOwners(const MapIndex& index, FindingList& found)
{
    Owners definitions;
    for (const BoundedContext& context : index.map().contexts) {
        for (const Term& term : context.terms) {
            if (term.definition.empty())
                continue;
            const ContextId* other =
                definitions.otherOwner(spoken(term.name) + '\n' + term.definition, context.id);
            if (!other)
                continue;
            Finding& finding = found.add(refTo(context, term), term.name, term.where,
                                         context.name + " and " + index.name(*other) +
                                             " both hold the same definition of " + term.name +
                                             ": when one changes it, the other does not know.");
            finding.related = {{EntityKind::BoundedContext, context.id.text},
                               {EntityKind::BoundedContext, other->text}};
        }
    }
}

void checkIdentifierOwners(const MapIndex& index, FindingList& found)
{
    Owners names;
    for (const Identifier& identifier : index.map().identifiers) {
        checkHasOwner(index, EntityKind::Identifier, identifier, identifier.issuer, found);
        if (!index.context(identifier.issuer))
            continue;
        const ContextId* other = names.otherOwner(spoken(identifier.name), identifier.issuer);
        if (!other)
            continue;
        Finding& finding = found.add(
            {EntityKind::Identifier, identifier.id.text}, identifier.name, identifier.where,
            index.name(identifier.issuer) + " and " + index.name(*other) + " both issue " +
                identifier.name + ": one number can name two things.");
        finding.related = {{EntityKind::BoundedContext, identifier.issuer.text},
                           {EntityKind::BoundedContext, other->text}};
    }
}

// Which products each context sees, made once so that a hub's many routes stay cheap.
class Sight {
public:
    explicit Sight(const MapIndex& index)
    {
        for (const Relationship& relationship : index.map().relationships)
            add(relationship);
    }

    bool sees(const ContextId& viewer, const DataProduct& product) const
    {
        return seesAllOf(viewer, product.owner) ||
               m_products.contains(viewer.text + '\n' + product.id.text);
    }
    // Whether anything of the other can be seen.
    bool borders(const ContextId& viewer, const ContextId& other) const
    {
        return viewer == other || m_borders.contains(viewer.text + '\n' + other.text);
    }

private:
    void add(const Relationship& relationship)
    {
        if (relationship.type == RelationshipType::SeparateWays)
            return;
        const std::string& up = relationship.upstream.text;
        const std::string& down = relationship.downstream.text;
        m_borders.insert(down + '\n' + up);
        if (!isDirected(relationship)) {
            m_borders.insert(up + '\n' + down);
            m_all.insert(up + '\n' + down);
            m_all.insert(down + '\n' + up);
        } else if (relationship.exposes.empty()) {
            m_all.insert(down + '\n' + up);
        }
        for (const ProductId& product : relationship.exposes)
            m_products.insert(down + '\n' + product.text);
    }
    bool seesAllOf(const ContextId& viewer, const ContextId& owner) const
    {
        return viewer == owner || m_all.contains(viewer.text + '\n' + owner.text);
    }

    std::unordered_set<std::string> m_products;
    std::unordered_set<std::string> m_all;
    std::unordered_set<std::string> m_borders;
};

void checkRouteReferences(const MapIndex& index, const Sight& sight, const Route& route,
                          FindingList& found)
{
    const EntityRef subject{EntityKind::Route, route.id.text};
    const auto add = [&](const DataProduct& product, std::string message) {
        Finding& finding = found.add(subject, route.name, route.where, std::move(message));
        finding.related = {{EntityKind::DataProduct, product.id.text},
                           {EntityKind::BoundedContext, route.consumer.text}};
    };
    for (const ProductId& id : route.sources) {
        const DataProduct* product = index.product(id);
        if (product && !sight.sees(route.consumer, *product))
            add(*product, "The route " + route.name + " takes " + product->name + " of " +
                              index.name(product->owner) + ", which " + index.name(route.consumer) +
                              " cannot see: no relationship exposes it there.");
    }
    const DataProduct* delivered = index.product(route.delivers);
    if (delivered && delivered->owner != route.consumer)
        add(*delivered, "The route " + route.name + " delivers " + delivered->name +
                            ", which belongs to " + index.name(delivered->owner) + " and not to " +
                            index.name(route.consumer) + ", where it ends.");
}

void checkCrosswalkReferences(const MapIndex& index, const Sight& sight, const Crosswalk& crosswalk,
                              FindingList& found)
{
    for (const IdentifierId& id : {crosswalk.from, crosswalk.to}) {
        const Identifier* identifier = index.identifier(id);
        if (!identifier || crosswalk.owner.isEmpty() ||
            sight.borders(crosswalk.owner, identifier->issuer))
            continue;
        Finding& finding = found.add(
            {EntityKind::Crosswalk, crosswalk.id.text}, crosswalk.id.text, crosswalk.where,
            "The crosswalk " + crosswalk.id.text + " of " + index.name(crosswalk.owner) + " maps " +
                identifier->name + ", which " + index.name(identifier->issuer) +
                " issues: no relationship leads from there.");
        finding.related = {{EntityKind::Identifier, id.text},
                           {EntityKind::BoundedContext, identifier->issuer.text}};
    }
}

}  // namespace

void checkUniqueNames(const MapIndex& index, FindingList& found)
{
    forRepeatedNames(
        index.map().contexts, [&](const BoundedContext& earlier, const BoundedContext& later) {
            Finding& finding = found.add(later, "Two contexts are named " + later.name +
                                                    ": who says the name must be understood.");
            finding.related.push_back({EntityKind::BoundedContext, earlier.id.text});
        });
    forRepeatedNames(index.map().domains, [&](const Domain& earlier, const Domain& later) {
        Finding& finding = found.add({EntityKind::Domain, later.id.text}, later.name, later.where,
                                     "Two domains or subdomains are named " + later.name +
                                         ": who says the name must be understood.");
        finding.related.push_back({EntityKind::Domain, earlier.id.text});
    });
    for (const BoundedContext& context : index.map().contexts)
        checkTermNames(context, found);
}

void checkDomainAndItsSubdomain(const MapIndex& index, FindingList& found)
{
    for (const BoundedContext& context : index.map().contexts) {
        for (const DomainId& id : context.domains) {
            const Domain* subdomain = index.domain(id);
            const Domain* whole = subdomain ? index.domain(subdomain->parent) : nullptr;
            if (!whole || std::find(context.domains.begin(), context.domains.end(), whole->id) ==
                              context.domains.end())
                continue;
            Finding& finding =
                found.add(context, context.name + " implements the domain " + whole->name +
                                       " and also its subdomain " + subdomain->name +
                                       ": the whole includes its part.");
            finding.related = {{EntityKind::Domain, whole->id.text},
                               {EntityKind::Domain, subdomain->id.text}};
        }
    }
}

void checkOneOwner(const MapIndex& index, FindingList& found)
{
    checkProductOwners(index, found);
    checkDefinitionOwners(index, found);
    checkIdentifierOwners(index, found);
}

void checkManyDomains(const MapIndex& index, FindingList& found)
{
    for (const BoundedContext& context : index.map().contexts) {
        std::string names;
        std::vector<EntityRef> wholes;
        for (const DomainId& id : context.domains) {
            const Domain* domain = index.domain(id);
            if (!domain || !domain->parent.isEmpty())
                continue;
            names += (names.empty() ? "" : ", ") + domain->name;
            wholes.push_back({EntityKind::Domain, id.text});
        }
        if (wholes.size() < 2)
            continue;
        Finding& finding =
            found.add(context, context.name + " implements " + std::to_string(wholes.size()) +
                                   " whole domains (" + names +
                                   "): one model tends to mean something else in each.");
        finding.related = std::move(wholes);
    }
}

void checkUnknownReference(const MapIndex& index, FindingList& found)
{
    const Sight sight(index);
    for (const Route& route : index.map().routes)
        checkRouteReferences(index, sight, route, found);
    for (const Crosswalk& crosswalk : index.map().crosswalks)
        checkCrosswalkReferences(index, sight, crosswalk, found);
}

void checkIsolatedContext(const MapIndex& index, FindingList& found)
{
    for (const BoundedContext& context : index.map().contexts) {
        if (context.standsAlone || !index.relationshipsOf(context.id).empty())
            continue;
        found.add(context, context.name +
                               " has no relationship: it stands alone on purpose, or the map lacks "
                               "what it depends on.");
    }
}

}  // namespace portolan
