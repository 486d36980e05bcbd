// SPDX-License-Identifier: Apache-2.0
// The mends of what is found on one relationship.
#include "model/analysis/rules/quick_fixes_rows.h"
#include "model/map/edit_parts.h"

#include <algorithm>
#include <initializer_list>
#include <set>

namespace portolan {
namespace {

std::string spelled(const std::vector<Role>& roles)
{
    std::vector<std::string> words;
    for (const Role role : roles)
        words.emplace_back(toString(role));
    return edits::enumerated(words);
}

void take(std::vector<Role>& roles, Role role)
{
    std::erase(roles, role);
}

void give(std::vector<Role>& roles, Role role)
{
    if (!hasRole(roles, role))
        roles.push_back(role);
}

// The roles of `wanted` that are there, each once.
std::vector<Role> only(const std::vector<Role>& roles, std::initializer_list<Role> wanted)
{
    std::vector<Role> kept;
    for (const Role role : wanted) {
        if (hasRole(roles, role))
            kept.push_back(role);
    }
    return kept;
}

// The ends change places; each context keeps its roles.
Relationship turned(Relationship relationship)
{
    std::swap(relationship.upstream, relationship.downstream);
    std::swap(relationship.upstreamRoles, relationship.downstreamRoles);
    return relationship;
}

void removeIt(FixList& fixes, const Relationship& relationship)
{
    fixes.add("Remove the relationship", removeRelationship(fixes.document(), relationship.id));
}

void makePlain(FixList& fixes, const Relationship& relationship)
{
    fixes.change(relationship.hasVeto ? "Make it a plain upstream/downstream, without the veto"
                                      : "Make it a plain upstream/downstream",
                 plain(relationship));
}

void removeRole(FixList& fixes, const Relationship& relationship, Role role)
{
    Relationship changed = relationship;
    take(changed.upstreamRoles, role);
    take(changed.downstreamRoles, role);
    fixes.change("Remove the " + std::string(toString(role)), changed);
}

// Roles that stand at the wrong end: away with them, to the other end, or the ends are meant the other way round.
void mendMisplacedRoles(FixList& fixes, std::vector<Role> Relationship::*here,
                        std::vector<Role> Relationship::*there, const std::vector<Role>& wrong)
{
    const Relationship& now = *fixes.relationship();
    const bool isUpstream = here == &Relationship::upstreamRoles;
    const std::string name = fixes.index().name(isUpstream ? now.upstream : now.downstream);
    const std::string other = fixes.index().name(isUpstream ? now.downstream : now.upstream);
    Relationship moved = now;
    for (const Role role : wrong) {
        take(moved.*here, role);
        give(moved.*there, role);
    }
    Relationship without = moved;
    without.*there = now.*there;
    fixes.change("Move the " + spelled(wrong) + " to " + other, moved);
    fixes.change("Remove the " + spelled(wrong) + " from " + name, without);
    fixes.change("Turn it round: " + fixes.index().name(now.downstream) + " upstream of " +
                     fixes.index().name(now.upstream),
                 turned(now));
}

void setOwner(FixList& fixes, const DataProduct& product, const ContextId& owner)
{
    fixes.add("Let " + fixes.index().name(owner) + " own " + product.name,
              setText(fixes.document(), product.where, "context", owner.text, "Change the owner"));
}

// Of the downstream's routes, those that carry something of the upstream say what is exposed.
std::vector<ProductId> carried(const ContextMap& map, const Relationship& relationship)
{
    std::set<ProductId> routed;
    for (const Route& route : map.routes) {
        if (route.consumer == relationship.downstream)
            routed.insert(route.sources.begin(), route.sources.end());
    }
    std::vector<ProductId> products;
    for (const DataProduct* product : map.productsOf(relationship.upstream)) {
        if (routed.contains(product->id))
            products.push_back(product->id);
    }
    return products;
}

std::string namesOf(const ContextMap& map, const std::vector<ProductId>& products)
{
    constexpr std::size_t most = 3;  // in a title
    std::vector<std::string> names;
    for (const ProductId& id : products) {
        if (names.size() == most && products.size() > most + 1) {
            names.push_back(std::to_string(products.size() - most) + " more");
            break;
        }
        names.push_back(map.product(id)->name);
    }
    return edits::enumerated(names);
}

void mendTeamAtAnEnd(FixList& fixes, const Relationship& relationship)
{
    for (ContextId Relationship::*end : {&Relationship::upstream, &Relationship::downstream}) {
        const TeamId team((relationship.*end).text);
        for (const BoundedContext& context : fixes.map().contexts) {
            if (context.team != team || !fixes.index().team(team))
                continue;
            Relationship changed = relationship;
            changed.*end = context.id;
            fixes.change("Join " + context.name + ", which the team owns", changed);
        }
    }
    removeIt(fixes, relationship);
}

}  // namespace

void mendSymmetricHasNoRoles(FixList& fixes)
{
    const Relationship* now = fixes.relationship();
    if (!now)
        return;
    Relationship bare = *now;
    bare.upstreamRoles.clear();
    bare.downstreamRoles.clear();
    fixes.change("Remove the roles", bare);
    for (const Relationship& directed : {plain(*now), plain(turned(*now))})
        fixes.change("Make it an upstream/downstream, with " +
                         fixes.index().name(directed.upstream) + " upstream",
                     directed);
}

void mendUpstreamRoles(FixList& fixes)
{
    if (const Relationship* now = fixes.relationship())
        mendMisplacedRoles(fixes, &Relationship::upstreamRoles, &Relationship::downstreamRoles,
                           only(now->upstreamRoles, {Role::AnticorruptionLayer, Role::Conformist}));
}

void mendDownstreamRoles(FixList& fixes)
{
    if (const Relationship* now = fixes.relationship())
        mendMisplacedRoles(
            fixes, &Relationship::downstreamRoles, &Relationship::upstreamRoles,
            only(now->downstreamRoles, {Role::OpenHostService, Role::PublishedLanguage}));
}

void mendCustomerSupplierEnds(FixList& fixes)
{
    const Relationship* now = fixes.relationship();
    if (!now)
        return;
    std::set<ContextId> owners;
    for (const ProductId& id : now->exposes) {
        if (const DataProduct* product = fixes.index().product(id))
            owners.insert(product->owner);
    }
    if (now->upstream.isEmpty() && owners.size() == 1) {
        Relationship supplied = *now;
        supplied.upstream = *owners.begin();
        fixes.change("Make " + fixes.index().name(supplied.upstream) + " the supplier", supplied);
    }
    removeIt(fixes, *now);
}

void mendTwoContexts(FixList& fixes)
{
    const Relationship* now = fixes.relationship();
    if (!now)
        return;
    for (const ContextId& end : {now->upstream, now->downstream}) {
        if (end.isEmpty() || fixes.index().context(end))
            continue;
        Result<Creation> made = addContext(fixes.document(), end.text, {});
        if (made && made->id == end.text)
            fixes.add("Add " + end.text + " to the map", std::move(made->edit));
    }
    removeIt(fixes, *now);
}

void mendExposedBelongs(FixList& fixes)
{
    const Relationship* now = fixes.relationship();
    const DataProduct* product =
        now && !fixes.finding().related.empty()
            ? fixes.index().product(ProductId(fixes.finding().related.back().id))
            : nullptr;
    if (!product)
        return;
    Relationship without = *now;
    std::erase(without.exposes, product->id);
    fixes.change("Take " + product->name + " out of what it exposes", without);
    Relationship fromOwner = *now;
    fromOwner.upstream = product->owner;
    if (product->owner == now->downstream)
        fromOwner = turned(*now);
    fixes.change("Make " + fixes.index().name(product->owner) + " the upstream end", fromOwner);
    setOwner(fixes, *product, now->upstream);
}

void mendCustomerSupplierNoOhs(FixList& fixes)
{
    if (const Relationship* now = fixes.relationship()) {
        removeRole(fixes, *now, Role::OpenHostService);
        makePlain(fixes, *now);
    }
}

void mendCustomerSupplierNoConformist(FixList& fixes)
{
    if (const Relationship* now = fixes.relationship()) {
        removeRole(fixes, *now, Role::Conformist);
        makePlain(fixes, *now);
    }
}

void mendAclXorConformist(FixList& fixes)
{
    if (const Relationship* now = fixes.relationship()) {
        removeRole(fixes, *now, Role::Conformist);
        removeRole(fixes, *now, Role::AnticorruptionLayer);
    }
}

void mendTeamRealizes(FixList& fixes)
{
    if (const Relationship* now = fixes.relationship())
        mendTeamAtAnEnd(fixes, *now);
    const BoundedContext* context = fixes.context();
    if (!context)
        return;
    const BoundedContext* named = fixes.index().context(ContextId(context->team.text));
    if (named && fixes.index().team(named->team))
        fixes.add("Name " + fixes.index().team(named->team)->name + ", the team of " + named->name,
                  setContextTeam(fixes.document(), context->id, named->team));
    fixes.add("Leave the team open", setContextTeam(fixes.document(), context->id, {}));
}

void mendCustomerSupplierWithAcl(FixList& fixes)
{
    if (const Relationship* now = fixes.relationship()) {
        removeRole(fixes, *now, Role::AnticorruptionLayer);
        makePlain(fixes, *now);
    }
}

void mendExposesEverything(FixList& fixes)
{
    const Relationship* now = fixes.relationship();
    if (!now)
        return;
    Relationship listed = *now;
    listed.exposes = carried(fixes.map(), *now);
    const std::size_t routed = listed.exposes.size();
    if (routed > 0)
        fixes.change("List what its routes carry: " + namesOf(fixes.map(), listed.exposes), listed);
    listed.exposes.clear();
    for (const DataProduct* product : fixes.map().productsOf(now->upstream))
        listed.exposes.push_back(product->id);
    if (listed.exposes.size() > routed)
        fixes.change("List all products of " + fixes.index().name(now->upstream) + ": " +
                         namesOf(fixes.map(), listed.exposes),
                     listed);
}

void mendOhsWithoutPl(FixList& fixes)
{
    const Relationship* now = fixes.relationship();
    if (!now)
        return;
    Relationship published = *now;
    give(published.upstreamRoles, Role::PublishedLanguage);
    fixes.change("Add the PL", published);
    removeRole(fixes, *now, Role::OpenHostService);
}

void mendNoRoles(FixList& fixes)
{
    const Relationship* now = fixes.relationship();
    if (!now)
        return;
    const std::string downstream = fixes.index().name(now->downstream);
    Relationship changed = *now;
    changed.downstreamRoles = {Role::AnticorruptionLayer};
    fixes.change("Let " + downstream + " translate (ACL)", changed);
    changed.downstreamRoles = {Role::Conformist};
    fixes.change("Let " + downstream + " conform (CF)", changed);
    changed = *now;
    changed.upstreamRoles = {Role::OpenHostService, Role::PublishedLanguage};
    fixes.change("Let " + fixes.index().name(now->upstream) +
                     " host openly and publish its language (OHS, PL)",
                 changed);
}

void mendVetoIsCustomerSupplier(FixList& fixes)
{
    const Relationship* now = fixes.relationship();
    if (!now)
        return;
    Relationship supplied = *now;
    supplied.type = RelationshipType::CustomerSupplier;
    supplied.hasVeto = false;  // the customer's say is the pattern's own
    std::vector<Role> lost = only(supplied.upstreamRoles, {Role::OpenHostService});
    for (const Role role : only(supplied.downstreamRoles, {Role::Conformist}))
        lost.push_back(role);
    for (const Role role : lost) {
        take(supplied.upstreamRoles, role);
        take(supplied.downstreamRoles, role);
    }
    fixes.change("Make it Customer-Supplier" +
                     (lost.empty() ? std::string() : ", without the " + spelled(lost)),
                 supplied);
    Relationship powerless = *now;
    powerless.hasVeto = false;
    fixes.change("Take the veto away", powerless);
}

void mendMudWithoutAcl(FixList& fixes)
{
    const Relationship* now = fixes.relationship();
    if (!now)
        return;
    Relationship isProtected = *now;
    const bool conforms = hasRole(now->downstreamRoles, Role::Conformist);
    take(isProtected.downstreamRoles, Role::Conformist);
    give(isProtected.downstreamRoles, Role::AnticorruptionLayer);
    fixes.change(conforms ? "Put an ACL in place of the CF"
                          : "Give " + fixes.index().name(now->downstream) + " an ACL",
                 isProtected);
}

}  // namespace portolan
