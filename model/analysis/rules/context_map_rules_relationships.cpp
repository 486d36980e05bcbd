// SPDX-License-Identifier: Apache-2.0
// The checks that look at one relationship.
#include "model/analysis/rules/context_map_rules_rows.h"

#include <initializer_list>

namespace portolan {
namespace {

std::string title(RelationshipType type)
{
    switch (type) {
    case RelationshipType::UpstreamDownstream:
        return "upstream/downstream";
    case RelationshipType::CustomerSupplier:
        return "Customer-Supplier";
    case RelationshipType::Partnership:
        return "a Partnership";
    case RelationshipType::SharedKernel:
        return "a Shared Kernel";
    case RelationshipType::SeparateWays:
        return "Separate Ways";
    }
    return {};
}

std::string spelled(const std::vector<Role>& roles)
{
    std::string text;
    for (const Role role : roles)
        text.append(text.empty() ? "" : ", ").append(toString(role));
    return text;
}

std::vector<Role> only(const std::vector<Role>& roles, std::initializer_list<Role> wanted)
{
    std::vector<Role> kept;
    for (const Role role : roles) {
        if (hasRole(wanted, role))
            kept.push_back(role);
    }
    return kept;
}

bool isCustomerSupplier(const Relationship& relationship)
{
    return relationship.type == RelationshipType::CustomerSupplier;
}

// Such an end is reported by team-realizes.
bool isTeam(const MapIndex& index, const ContextId& end)
{
    return !end.isEmpty() && !index.context(end) && index.team(TeamId(end.text));
}

}  // namespace

void checkSymmetricHasNoRoles(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        std::vector<Role> roles = relationship.upstreamRoles;
        roles.insert(roles.end(), relationship.downstreamRoles.begin(),
                     relationship.downstreamRoles.end());
        if (isDirected(relationship) || roles.empty())
            continue;
        found.add(index, relationship,
                  index.name(relationship) + " is " + title(relationship.type) + " with the role " +
                      spelled(roles) + ": equals have no upstream or downstream end.");
    }
}

void checkUpstreamRoles(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        const std::vector<Role> wrong =
            only(relationship.upstreamRoles, {Role::AnticorruptionLayer, Role::Conformist});
        if (!isDirected(relationship) || wrong.empty())
            continue;
        found.add(
            index, relationship,
            index.name(relationship) + " has " + spelled(wrong) + " at " +
                index.name(relationship.upstream) +
                ", its upstream end: an upstream publishes (OHS, PL), it protects itself from "
                "nobody here.");
    }
}

void checkDownstreamRoles(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        const std::vector<Role> wrong =
            only(relationship.downstreamRoles, {Role::OpenHostService, Role::PublishedLanguage});
        if (!isDirected(relationship) || wrong.empty())
            continue;
        found.add(
            index, relationship,
            index.name(relationship) + " has " + spelled(wrong) + " at " +
                index.name(relationship.downstream) +
                ", its downstream end: a downstream reads (ACL or CF), it hosts nothing here.");
    }
}

void checkCustomerSupplierEnds(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        if (!isCustomerSupplier(relationship))
            continue;
        const bool lacksSupplier = relationship.upstream.isEmpty();
        if (!lacksSupplier && !relationship.downstream.isEmpty())
            continue;
        found.add(index, relationship,
                  index.name(relationship) + " is Customer-Supplier without a " +
                      (lacksSupplier ? "supplier (upstream)" : "customer (downstream)") +
                      ": nobody knows who plans with whom.");
    }
}

void checkTwoContexts(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        if (!relationship.upstream.isEmpty() && relationship.upstream == relationship.downstream) {
            found.add(index, relationship,
                      index.name(relationship.upstream) +
                          " has a relationship with itself: a context has no border with itself.");
            continue;
        }
        for (const ContextId& end : {relationship.upstream, relationship.downstream}) {
            if (index.context(end) || isTeam(index, end) ||
                (end.isEmpty() && isCustomerSupplier(relationship)))
                continue;
            found.add(index, relationship,
                      index.name(relationship) +
                          (end.isEmpty() ? " lacks an end: it takes two contexts to have a border."
                                         : " names \"" + end.text +
                                               "\", which is no context of this map: nothing can "
                                               "be drawn or checked there."));
        }
    }
}

void checkExposedBelongs(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        for (const ProductId& id : relationship.exposes) {
            const DataProduct* product = index.product(id);
            if (!product || product->owner == relationship.upstream)
                continue;
            if (!isDirected(relationship) && product->owner == relationship.downstream)
                continue;
            Finding& finding = found.add(index, relationship,
                                         index.name(relationship) + " exposes " + product->name +
                                             ", which belongs to " + index.name(product->owner) +
                                             ": only the owner can promise it to others.");
            finding.related.push_back({EntityKind::DataProduct, id.text});
        }
    }
}

void checkCustomerSupplierNoOhs(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        if (!isCustomerSupplier(relationship) ||
            !hasRole(relationship.upstreamRoles, Role::OpenHostService))
            continue;
        found.add(
            index, relationship,
            index.name(relationship) +
                " is Customer-Supplier with OHS: an open host serves all alike, but a supplier "
                "plans with its customer.");
    }
}

void checkCustomerSupplierNoConformist(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        if (!isCustomerSupplier(relationship) ||
            !hasRole(relationship.downstreamRoles, Role::Conformist))
            continue;
        found.add(
            index, relationship,
            index.name(relationship) +
                " is Customer-Supplier with CF: a conformist takes what comes, but a customer "
                "has a say.");
    }
}

void checkAclXorConformist(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        if (!isDirected(relationship) ||
            !hasRole(relationship.downstreamRoles, Role::AnticorruptionLayer) ||
            !hasRole(relationship.downstreamRoles, Role::Conformist))
            continue;
        found.add(index, relationship,
                  index.name(relationship) +
                      " has both ACL and CF: " + index.name(relationship.downstream) +
                      " either protects its model or conforms to the other.");
    }
}

void checkTeamRealizes(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        for (const ContextId& end : {relationship.upstream, relationship.downstream}) {
            if (!isTeam(index, end))
                continue;
            Finding& finding =
                found.add(index, relationship,
                          index.name(relationship) + " ends at the team " +
                              index.team(TeamId(end.text))->name +
                              ": a team realizes contexts, and relationships join the contexts.");
            finding.related = {{EntityKind::Team, end.text}};
        }
    }
    for (const BoundedContext& context : index.map().contexts) {
        const BoundedContext* other = index.context(ContextId(context.team.text));
        if (context.team.isEmpty() || index.team(context.team) || !other)
            continue;
        Finding& finding =
            found.add(context, context.name + " names the context " + other->name +
                                   " as its team: people own a context, another context cannot.");
        finding.related.push_back({EntityKind::BoundedContext, other->id.text});
    }
}

void checkCustomerSupplierWithAcl(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        if (!isCustomerSupplier(relationship) ||
            !hasRole(relationship.downstreamRoles, Role::AnticorruptionLayer))
            continue;
        found.add(index, relationship,
                  index.name(relationship) +
                      " is Customer-Supplier with an ACL: " + index.name(relationship.downstream) +
                      " has a say in the model and still protects itself from it.");
    }
}

void checkExposesEverything(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        if (!isDirected(relationship) || !relationship.exposes.empty())
            continue;
        found.add(index, relationship,
                  index.name(relationship) + " lists nothing that is exposed: " +
                      index.name(relationship.downstream) + " may build on anything of " +
                      index.name(relationship.upstream) + ", internals included.");
    }
}

void checkOhsWithoutPl(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        if (!isDirected(relationship) ||
            !hasRole(relationship.upstreamRoles, Role::OpenHostService) ||
            hasRole(relationship.upstreamRoles, Role::PublishedLanguage))
            continue;
        found.add(index, relationship,
                  index.name(relationship) +
                      " has OHS without PL: what do the consumers of an open host read, if its "
                      "language is not published?");
    }
}

void checkNoRoles(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        if (relationship.type != RelationshipType::UpstreamDownstream ||
            !relationship.upstreamRoles.empty() || !relationship.downstreamRoles.empty())
            continue;
        found.add(index, relationship,
                  index.name(relationship) +
                      " has no role on either end: two models meet, and the map does not say who "
                      "translates.");
    }
}

void checkVetoIsCustomerSupplier(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        if (relationship.type != RelationshipType::UpstreamDownstream || !relationship.hasVeto)
            continue;
        found.add(index, relationship,
                  index.name(relationship) + " gives " + index.name(relationship.downstream) +
                      " a veto: a downstream that may block is a customer.");
    }
}

void checkMudWithoutAcl(const MapIndex& index, FindingList& found)
{
    for (const Relationship& relationship : index.map().relationships) {
        const BoundedContext* upstream = index.context(relationship.upstream);
        if (!isDirected(relationship) || !upstream || !upstream->isBigBallOfMud ||
            hasRole(relationship.downstreamRoles, Role::AnticorruptionLayer))
            continue;
        found.add(index, relationship,
                  upstream->name + " is a big ball of mud, and " +
                      index.name(relationship.downstream) +
                      " reads it without an ACL: the confusion spreads downstream.");
    }
}

}  // namespace portolan
