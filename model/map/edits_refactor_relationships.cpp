// SPDX-License-Identifier: Apache-2.0
// Refactorings of one relationship: a symmetric one gets a direction, a directed one is turned round.
#include "model/map/edits_refactor_plan.h"

#include <algorithm>

namespace portolan {

using namespace edits;

namespace {

WhyNot whyNotOfType(const MapDocument& document, const RelationshipId& id, RelationshipType type)
{
    if (WhyNot no = whyNoRelationship(document, id))
        return no;
    if (document.map().relationship(id)->type == type)
        return std::nullopt;
    return type == RelationshipType::Partnership ? "This relationship is no partnership."
                                                 : "This relationship is no shared kernel.";
}

bool has(const std::vector<Role>& roles, Role role)
{
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

WhyNot whyNotDirected(const MapDocument& document, const Direction& direction,
                      RelationshipType type)
{
    if (WhyNot no = whyNotOfType(document, direction.relationship, type))
        return no;
    const Relationship& now = *document.map().relationship(direction.relationship);
    if (WhyNot no = whyNoContext(document, direction.upstream))
        return no;
    if (!now.joins(direction.upstream))
        return nameOf(document, direction.upstream) + " is no end of the relationship " +
               relationshipInWords(document.map(), now) + ".";
    if (has(direction.upstreamRoles, Role::AnticorruptionLayer) ||
        has(direction.upstreamRoles, Role::Conformist))
        return "The upstream end can be OHS and PL, not ACL or CF.";
    if (has(direction.downstreamRoles, Role::OpenHostService) ||
        has(direction.downstreamRoles, Role::PublishedLanguage))
        return "The downstream end can be ACL or CF, not OHS or PL.";
    if (has(direction.downstreamRoles, Role::AnticorruptionLayer) &&
        has(direction.downstreamRoles, Role::Conformist))
        return "ACL and CF exclude each other: a context protects itself or conforms.";
    return std::nullopt;
}

std::vector<Role> once(const std::vector<Role>& roles)
{
    std::vector<Role> all;
    for (const Role role : roles) {
        if (!has(all, role))
            all.push_back(role);
    }
    return all;
}

Result<Edit> directed(const MapDocument& document, const Direction& direction, std::string what)
{
    RefactorPlan plan(document);
    RefactorPlan::Planned& planned = *plan.planned(direction.relationship);
    Relationship& now = planned.now;
    what += relationshipInWords(document.map(), now);
    if (now.upstream != direction.upstream)
        std::swap(now.upstream, now.downstream);
    now.type = RelationshipType::UpstreamDownstream;
    now.upstreamRoles = once(direction.upstreamRoles);
    now.downstreamRoles = once(direction.downstreamRoles);
    // What it is about belongs to the upstream end.
    std::erase_if(now.exposes, [&](const ProductId& id) {
        const DataProduct* product = document.map().product(id);
        return product && product->owner == now.downstream;
    });
    return plan.finished(what + " by upstream/downstream, " + nameOf(document, now.upstream) +
                         " upstream");
}

}  // namespace

WhyNot whyNotReplacePartnership(const MapDocument& document, const RelationshipId& id)
{
    return whyNotOfType(document, id, RelationshipType::Partnership);
}

WhyNot whyNotReplacePartnership(const MapDocument& document, const Direction& direction)
{
    return whyNotDirected(document, direction, RelationshipType::Partnership);
}

Result<Edit> replacePartnership(const MapDocument& document, const Direction& direction)
{
    if (WhyNot no = whyNotReplacePartnership(document, direction))
        return tl::unexpected(cannot(*no));
    return directed(document, direction, "Replace the partnership of ");
}

WhyNot whyNotReplaceSharedKernel(const MapDocument& document, const RelationshipId& id)
{
    return whyNotOfType(document, id, RelationshipType::SharedKernel);
}

WhyNot whyNotReplaceSharedKernel(const MapDocument& document, const Direction& direction)
{
    return whyNotDirected(document, direction, RelationshipType::SharedKernel);
}

Result<Edit> replaceSharedKernel(const MapDocument& document, const Direction& direction)
{
    if (WhyNot no = whyNotReplaceSharedKernel(document, direction))
        return tl::unexpected(cannot(*no));
    return directed(document, direction, "Replace the shared kernel of ");
}

WhyNot whyNotInvertRelationship(const MapDocument& document, const RelationshipId& id)
{
    if (WhyNot no = whyNoRelationship(document, id))
        return no;
    if (isSymmetric(document.map().relationship(id)->type))
        return "A symmetric relationship has no direction that could be inverted.";
    return std::nullopt;
}

Result<Edit> invertRelationship(const MapDocument& document, const RelationshipId& id)
{
    if (WhyNot no = whyNotInvertRelationship(document, id))
        return tl::unexpected(cannot(*no));
    RefactorPlan plan(document);
    Relationship& now = plan.planned(id)->now;
    std::vector<std::string> lost;
    if (!now.upstreamRoles.empty() || !now.downstreamRoles.empty())
        lost.emplace_back("roles");
    if (!now.exposes.empty())
        lost.emplace_back("exposed products");
    if (!now.adopts.empty())
        lost.emplace_back("adopted version");
    if (now.hasVeto)
        lost.emplace_back("veto");
    std::string name = "Invert " + relationshipInWords(document.map(), now);
    if (!lost.empty())
        name += ", without its " + enumerated(lost);
    std::swap(now.upstream, now.downstream);
    now.upstreamRoles.clear();
    now.downstreamRoles.clear();
    now.exposes.clear();
    now.adopts.clear();
    now.hasVeto = false;
    return plan.finished(std::move(name));
}

}  // namespace portolan
