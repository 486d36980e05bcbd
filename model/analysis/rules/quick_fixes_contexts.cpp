// SPDX-License-Identifier: Apache-2.0
// The mends of what is found on contexts, their words, what they own and what they refer to.
#include "model/analysis/rules/quick_fixes_rows.h"
#include "model/map/edit_parts.h"

#include <algorithm>
#include <functional>
#include <set>

namespace portolan {
namespace {

using edits::setFlagMember;
using edits::setTextMember;

// "Claims (Sales)": the name with the first hint that makes it unlike all others.
std::string toldApart(const std::string& name, const std::vector<std::string>& hints,
                      const std::function<bool(const std::string&)>& isTaken)
{
    for (const std::string& hint : hints) {
        const std::string told = name + " (" + hint + ")";
        if (!hint.empty() && !isTaken(told))
            return told;
    }
    int number = 2;
    while (isTaken(name + " " + std::to_string(number)))
        ++number;
    return name + " " + std::to_string(number);
}

template <class Thing>
std::function<bool(const std::string&)> takenIn(const std::vector<Thing>& things)
{
    return [&things](const std::string& name) {
        return std::any_of(things.begin(), things.end(),
                           [&name](const Thing& thing) { return thing.name == name; });
    };
}

void renameOneContext(FixList& fixes, const ContextId& id)
{
    const BoundedContext* context = fixes.index().context(id);
    if (!context)
        return;
    std::vector<std::string> hints;
    for (const DomainId& domainId : context->domains) {
        if (const Domain* domain = fixes.index().domain(domainId))
            hints.push_back(domain->name);
    }
    if (const MapTeam* team = fixes.index().team(context->team))
        hints.push_back(team->name);
    hints.push_back(id.text);
    const std::string name = toldApart(context->name, hints, takenIn(fixes.map().contexts));
    fixes.add("Rename " + id.text + " to " + name, renameContext(fixes.document(), id, name));
}

void renameOneDomain(FixList& fixes, const DomainId& id)
{
    const Domain* domain = fixes.index().domain(id);
    if (!domain)
        return;
    const Domain* parent = fixes.index().domain(domain->parent);
    const std::string name =
        toldApart(domain->name, {parent ? parent->name : std::string(), id.text},
                  takenIn(fixes.map().domains));
    fixes.add("Rename " + id.text + " to " + name, renameDomain(fixes.document(), id, name));
}

struct PlacedTerm {
    const BoundedContext* context = nullptr;
    const Term* term = nullptr;
};

// The term that the finding stands at: of two with one name only the place tells which.
PlacedTerm termOf(const FixList& fixes)
{
    for (const BoundedContext& context : fixes.map().contexts) {
        for (const Term& term : context.terms) {
            if (term.where.span == fixes.finding().where)
                return {&context, &term};
        }
    }
    return {};
}

void mendTermTwice(FixList& fixes)
{
    const auto [context, later] = termOf(fixes);
    if (!later)
        return;
    JsonEdit removed(fixes.document().tree());
    removed.remove(fixes.node(later->where));
    fixes.add("Remove the second " + later->name, removed);
    const std::string name = toldApart(later->name, {}, takenIn(context->terms));
    JsonEdit renamed(fixes.document().tree());
    setTextMember(renamed, fixes.node(later->where), MapObject::Term, "name", name);
    fixes.add("Rename the second " + later->name + " to " + name, renamed);
}

// The context implements them no more.
void leaveDomains(FixList& fixes, std::string title, const BoundedContext& context,
                  const std::set<DomainId>& left)
{
    JsonEdit edit(fixes.document().tree());
    const DataNode node = fixes.node(context.where);
    if (const DataNode one = node["domain"]; one && left.contains(DomainId(one.string())))
        edit.remove(one);
    for (const DataNode element : node["domains"]) {
        if (left.contains(DomainId(element.string())))
            edit.remove(element);
    }
    fixes.add(std::move(title), edit);
}

void takeContract(FixList& fixes, const ContextId& owner, const std::string& contract)
{
    for (const DataProduct* product : fixes.map().productsOf(owner)) {
        JsonEdit edit(fixes.document().tree());
        bool isThere = false;
        for (const DataNode element : fixes.node(product->where)["contracts"]) {
            if (element.text() != contract)
                continue;
            edit.remove(element);
            isThere = true;
        }
        if (isThere)
            fixes.add("Take " + contract + " out of " + product->name + " of " +
                          fixes.index().name(owner),
                      edit);
    }
}

void takeDataset(FixList& fixes, const ContextId& owner, const std::string& dataset)
{
    for (const DataProduct* product : fixes.map().productsOf(owner)) {
        JsonEdit edit(fixes.document().tree());
        bool isThere = false;
        for (const Port& port : product->ports) {
            if (port.dataset != dataset)
                continue;
            setTextMember(edit, fixes.node(port.where), MapObject::Port, "dataset", {});
            isThere = true;
        }
        if (isThere)
            fixes.add("Take " + dataset + " from the ports of " + product->name + " of " +
                          fixes.index().name(owner),
                      edit);
    }
}

void renameByOwner(FixList& fixes, const Declared& where, MapObject kind, const std::string& name,
                   const std::string& told)
{
    JsonEdit edit(fixes.document().tree());
    setTextMember(edit, fixes.node(where), kind, "name", told);
    fixes.add("Rename " + name + " to " + told, edit);
}

void mendProductOwner(FixList& fixes, const DataProduct& product)
{
    const std::vector<ContextId> owners = fixes.relatedContexts();
    const std::string& shared = fixes.finding().about;
    for (const ContextId& owner : owners) {
        if (!shared.empty()) {
            takeContract(fixes, owner, shared);
            takeDataset(fixes, owner, shared);
        }
    }
    if (!owners.empty() && shared.empty())
        renameByOwner(fixes, product.where, MapObject::Product, product.name,
                      toldApart(product.name, {fixes.index().name(product.owner), product.id.text},
                                takenIn(fixes.map().products)));
    if (!owners.empty())
        return;
    // Who exposes it says that it is theirs.
    std::set<ContextId> hosts;
    for (const Relationship& relationship : fixes.map().relationships) {
        const bool isExposed = std::find(relationship.exposes.begin(), relationship.exposes.end(),
                                         product.id) != relationship.exposes.end();
        if (isExposed && isDirected(relationship))
            hosts.insert(relationship.upstream);
    }
    for (const ContextId& host : hosts)
        fixes.add("Let " + fixes.index().name(host) + ", which exposes it, own " + product.name,
                  setText(fixes.document(), product.where, "context", host.text, {}));
    fixes.add("Remove " + product.name, removeProduct(fixes.document(), product.id));
}

void mendDefinitionOwner(FixList& fixes)
{
    const auto [context, term] = termOf(fixes);
    const std::vector<ContextId> owners = fixes.relatedContexts();
    if (!term || owners.size() != 2)
        return;
    const BoundedContext* other = fixes.index().context(owners.back());
    const auto leaveTo = [&](const BoundedContext& keeper, const Term& dropped) {
        JsonEdit edit(fixes.document().tree());
        setTextMember(edit, fixes.node(dropped.where), MapObject::Term, "definition", {});
        fixes.add("Leave the definition of " + dropped.name + " to " + keeper.name, edit);
    };
    if (!other)
        return;
    leaveTo(*other, *term);
    for (const Term& theirs : other->terms) {
        if (theirs.definition == term->definition)
            leaveTo(*context, theirs);
    }
}

void mendIdentifierOwner(FixList& fixes, const Identifier& identifier)
{
    if (fixes.relatedContexts().empty()) {
        JsonEdit removed(fixes.document().tree());
        removed.remove(fixes.node(identifier.where));
        fixes.add("Remove " + identifier.name, removed);
        return;
    }
    renameByOwner(fixes, identifier.where, MapObject::Identifier, identifier.name,
                  toldApart(identifier.name,
                            {fixes.index().name(identifier.issuer), identifier.id.text},
                            takenIn(fixes.map().identifiers)));
}

// A relationship that shows the product across the border: a new one, one that lists it too, or what was to be Separate Ways.
void drawBorder(FixList& fixes, const ContextId& upstream, const ContextId& downstream,
                const DataProduct* product)
{
    const std::string names = fixes.index().name(upstream) + " → " + fixes.index().name(downstream);
    const std::string what = product ? ", exposing " + product->name : std::string();
    bool isJoined = false;
    for (const Relationship* relationship : fixes.index().relationshipsOf(upstream)) {
        if (!relationship->joins(downstream))
            continue;
        isJoined = true;
        Relationship changed = *relationship;
        if (product)
            changed.exposes.push_back(product->id);
        if (relationship->type == RelationshipType::SeparateWays) {
            changed = plain(std::move(changed));
            changed.upstream = upstream;
            changed.downstream = downstream;
            fixes.change("Draw " + names + what + " in place of separate ways", changed);
        } else if (isDirected(*relationship) && relationship->upstream == upstream && product) {
            fixes.change("Expose " + product->name + " in " + names, changed);
        }
    }
    if (isJoined)
        return;
    Relationship drawn;
    drawn.upstream = upstream;
    drawn.downstream = downstream;
    if (product)
        drawn.exposes = {product->id};
    Result<Creation> made = addRelationship(fixes.document(), drawn);
    if (made)
        fixes.add("Draw " + names + what, std::move(made->edit));
}

void mendRoute(FixList& fixes, const Route& route)
{
    const DataProduct* product =
        fixes.finding().related.empty()
            ? nullptr
            : fixes.index().product(ProductId(fixes.finding().related.front().id));
    if (!product)
        return;
    const DataNode node = fixes.node(route.where);
    const bool isSource =
        std::find(route.sources.begin(), route.sources.end(), product->id) != route.sources.end();
    if (isSource) {
        drawBorder(fixes, product->owner, route.consumer, product);
        JsonEdit taken(fixes.document().tree());
        if (route.sources.size() == 1)
            taken.remove(node);
        for (const DataNode element : node["from"]) {
            if (route.sources.size() > 1 && element.text() == product->id.text)
                taken.remove(element);
        }
        fixes.add(route.sources.size() == 1 ? "Remove the route"
                                            : "Take " + product->name + " out of the route",
                  taken);
    }
    if (route.delivers != product->id)
        return;
    JsonEdit undelivered(fixes.document().tree());
    setTextMember(undelivered, node, MapObject::Route, "delivers", {});
    fixes.add("Say nothing of what the route delivers", undelivered);
    JsonEdit moved(fixes.document().tree());
    setTextMember(moved, node, MapObject::Route, "to", product->owner.text);
    fixes.add("Let the route end at " + fixes.index().name(product->owner), moved);
}

void mendCrosswalk(FixList& fixes, const Crosswalk& crosswalk)
{
    const std::vector<ContextId> issuers = fixes.relatedContexts();
    if (issuers.empty() || !fixes.index().context(issuers.front()))
        return;
    drawBorder(fixes, issuers.front(), crosswalk.owner, nullptr);
    JsonEdit given(fixes.document().tree());
    setTextMember(given, fixes.node(crosswalk.where), MapObject::Crosswalk, "context",
                  issuers.front().text);
    fixes.add("Give the crosswalk to " + fixes.index().name(issuers.front()), given);
}

template <class Thing>
const Thing* withId(const std::vector<Thing>& things, const std::string& id)
{
    const auto found = std::find_if(things.begin(), things.end(),
                                    [&id](const Thing& thing) { return thing.id.text == id; });
    return found == things.end() ? nullptr : &*found;
}

}  // namespace

void mendUniqueNames(FixList& fixes)
{
    const EntityRef& subject = fixes.finding().subject;
    if (subject.kind == EntityKind::Term)
        mendTermTwice(fixes);
    for (const EntityRef& one :
         {subject, fixes.finding().related.empty() ? subject : fixes.finding().related.front()}) {
        if (one.kind == EntityKind::BoundedContext)
            renameOneContext(fixes, ContextId(one.id));
        else if (one.kind == EntityKind::Domain)
            renameOneDomain(fixes, DomainId(one.id));
    }
}

void mendDomainAndItsSubdomain(FixList& fixes)
{
    const BoundedContext* context = fixes.context();
    const std::vector<EntityRef>& related = fixes.finding().related;
    if (!context || related.size() != 2)
        return;
    const Domain* whole = fixes.index().domain(DomainId(related.front().id));
    const Domain* part = fixes.index().domain(DomainId(related.back().id));
    if (!whole || !part)
        return;
    leaveDomains(fixes, "Keep only the subdomain " + part->name, *context, {whole->id});
    leaveDomains(fixes, "Keep only the domain " + whole->name, *context, {part->id});
}

void mendOneOwner(FixList& fixes)
{
    const EntityRef& subject = fixes.finding().subject;
    if (subject.kind == EntityKind::Term)
        mendDefinitionOwner(fixes);
    if (subject.kind == EntityKind::DataProduct) {
        if (const DataProduct* product = fixes.index().product(ProductId(subject.id)))
            mendProductOwner(fixes, *product);
    }
    if (subject.kind == EntityKind::Identifier) {
        if (const Identifier* identifier = fixes.index().identifier(IdentifierId(subject.id)))
            mendIdentifierOwner(fixes, *identifier);
    }
}

void mendManyDomains(FixList& fixes)
{
    const BoundedContext* context = fixes.context();
    if (!context)
        return;
    for (const EntityRef& kept : fixes.finding().related) {
        const Domain* domain = fixes.index().domain(DomainId(kept.id));
        std::set<DomainId> left;
        for (const EntityRef& other : fixes.finding().related) {
            if (other.id != kept.id)
                left.insert(DomainId(other.id));
        }
        if (domain)
            leaveDomains(fixes, "Keep only the domain " + domain->name, *context, left);
    }
}

void mendUnknownReference(FixList& fixes)
{
    const EntityRef& subject = fixes.finding().subject;
    if (subject.kind == EntityKind::Route) {
        if (const Route* route = withId(fixes.map().routes, subject.id))
            mendRoute(fixes, *route);
    }
    if (subject.kind == EntityKind::Crosswalk) {
        if (const Crosswalk* crosswalk = withId(fixes.map().crosswalks, subject.id))
            mendCrosswalk(fixes, *crosswalk);
    }
}

void mendIsolatedContext(FixList& fixes)
{
    const BoundedContext* context = fixes.context();
    if (!context)
        return;
    JsonEdit edit(fixes.document().tree());
    setFlagMember(edit, fixes.node(context->where), MapObject::Context, "standsAlone", true);
    fixes.add("Mark " + context->name + " as standing alone", edit);
}

}  // namespace portolan
