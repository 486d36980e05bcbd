// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/rules/legal_choices.h"

#include "model/analysis/rules/context_map_rules.h"
#include "model/analysis/rules/map_index.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>

namespace portolan {
namespace {

using What = RelationshipChoice::What;

constexpr Role everyRole[] = {Role::OpenHostService, Role::PublishedLanguage,
                              Role::AnticorruptionLayer, Role::Conformist};
const char* const idOfNew = "\x01new";  // no file can hold it: the id of a relationship on trial

// What depends on roles and products, which can still be chosen after the type.
bool isSettledLater(std::string_view rule)
{
    constexpr std::string_view rules[] = {"exposes-everything", "no-roles", "ohs-without-pl",
                                          "mud-without-acl", "customer-supplier-with-acl"};
    return std::find(std::begin(rules), std::end(rules), rule) != std::end(rules);
}

// What a relationship does to the rest of the map; all else that is found on it shows on the pair alone.
constexpr std::string_view rulesOfTheWhole[] = {"two-relationships", "contradicting-direction",
                                                "upstream-cycle", "wide-shared-kernel",
                                                "unknown-reference"};

// What the rules of relationships look at: no words, ports or placement.
ContextMap outlineOf(const ContextMap& map)
{
    ContextMap outline;
    outline.teams = map.teams;
    outline.relationships = map.relationships;
    outline.routes = map.routes;
    for (const BoundedContext& context : map.contexts) {
        BoundedContext& kept = outline.contexts.emplace_back();
        kept.id = context.id;
        kept.name = context.name;
        kept.isBigBallOfMud = context.isBigBallOfMud;
    }
    for (const DataProduct& product : map.products) {
        DataProduct& kept = outline.products.emplace_back();
        kept.id = product.id;
        kept.name = product.name;
        kept.owner = product.owner;
    }
    return outline;
}

// Only the two contexts and what they have.
ContextMap pairOf(const ContextMap& outline, const Relationship& candidate)
{
    ContextMap pair;
    pair.teams = outline.teams;
    for (const BoundedContext& context : outline.contexts) {
        if (candidate.joins(context.id))
            pair.contexts.push_back(context);
    }
    for (const DataProduct& product : outline.products) {
        if (candidate.joins(product.owner) ||
            std::find(candidate.exposes.begin(), candidate.exposes.end(), product.id) !=
                candidate.exposes.end())
            pair.products.push_back(product);
    }
    return pair;
}

// The rules' answers on a map with one relationship more, or another in its place.
class Trial {
public:
    // No rules: all of them.
    Trial(ContextMap map, const RelationshipId& replaced,
          std::span<const std::string_view> rules = {})
        : m_map(std::move(map)), m_rules(rules)
    {
        std::erase_if(m_map.relationships, [&replaced](const Relationship& relationship) {
            return !replaced.isEmpty() && relationship.id == replaced;
        });
    }

    std::vector<Finding> without() const { return check(); }
    std::vector<Finding> with(Relationship relationship)
    {
        relationship.id = RelationshipId(idOfNew);
        m_map.relationships.push_back(std::move(relationship));
        std::vector<Finding> findings = check();
        m_map.relationships.pop_back();
        return findings;
    }

private:
    std::vector<Finding> check() const
    {
        return m_rules.empty() ? checkContextMap(m_map) : checkContextMap(m_map, m_rules);
    }

    ContextMap m_map;
    std::span<const std::string_view> m_rules;
};

bool isOnTrial(const Finding& finding)
{
    return finding.subject == EntityRef{EntityKind::Relationship, idOfNew};
}

using Messages = std::set<std::string>;

Messages messagesOf(const std::vector<Finding>& findings)
{
    Messages messages;
    for (const Finding& finding : findings)
        messages.insert(finding.message);
    return messages;
}

std::string joined(const std::vector<std::string>& sentences)
{
    std::string text;
    for (const std::string& sentence : sentences)
        text += (text.empty() ? "" : " ") + sentence;
    return text;
}

std::vector<std::string> errorsOf(const std::vector<Finding>& findings)
{
    std::vector<std::string> errors;
    for (const Finding& finding : findings) {
        if (isOnTrial(finding) && finding.severity == Severity::Error)
            errors.push_back(finding.message);
    }
    return errors;
}

std::string explain(RelationshipType type, const std::string& upstream,
                    const std::string& downstream)
{
    switch (type) {
    case RelationshipType::UpstreamDownstream:
        return upstream + " decides alone what it offers, and " + downstream + " depends on it.";
    case RelationshipType::CustomerSupplier:
        return upstream + " supplies " + downstream + " and plans with it: " + downstream +
               " has a say in what comes.";
    case RelationshipType::Partnership:
        return upstream + " and " + downstream +
               " succeed or fail together and plan their changes together.";
    case RelationshipType::SharedKernel:
        return upstream + " and " + downstream +
               " share a part of their models, which neither changes alone.";
    case RelationshipType::SeparateWays:
        return upstream + " and " + downstream + " have nothing to do with each other, on purpose.";
    }
    return {};
}

std::string explain(const std::optional<Role>& role, const std::string& holder,
                    const std::string& other)
{
    if (!role)
        return "Nothing is said of how " + holder + " takes in what comes from " + other + ".";
    switch (*role) {
    case Role::OpenHostService:
        return holder + " offers one open interface that serves " + other +
               " and everybody else alike.";
    case Role::PublishedLanguage:
        return holder + " publishes a documented language, such as a contract, that " + other +
               " reads.";
    case Role::AnticorruptionLayer:
        return holder + " translates what comes from " + other +
               ", so that its own model stays its own.";
    case Role::Conformist:
        return holder + " takes over the model of " + other + " as it is.";
    }
    return {};
}

std::vector<RelationshipChoice> typeChoices(const Relationship& candidate)
{
    std::vector<RelationshipChoice> choices;
    const auto add = [&](RelationshipType type, const ContextId& upstream) {
        RelationshipChoice& choice = choices.emplace_back();
        choice.type = type;
        choice.upstream = upstream;
    };
    for (const RelationshipType type :
         {RelationshipType::UpstreamDownstream, RelationshipType::CustomerSupplier}) {
        add(type, candidate.upstream);
        add(type, candidate.downstream);
    }
    for (const RelationshipType type :
         {RelationshipType::Partnership, RelationshipType::SharedKernel,
          RelationshipType::SeparateWays})
        add(type, candidate.upstream);
    return choices;
}

std::vector<RelationshipChoice> roleChoices(const Relationship& candidate)
{
    std::vector<RelationshipChoice> choices;
    const auto add = [&](What what, std::optional<Role> role) {
        RelationshipChoice& choice = choices.emplace_back();
        choice.what = what;
        choice.type = candidate.type;
        choice.upstream = candidate.upstream;
        choice.role = role;
    };
    for (const Role role : everyRole)
        add(What::UpstreamRole, role);
    add(What::DownstreamRole, std::nullopt);
    for (const Role role : everyRole)
        add(What::DownstreamRole, role);
    return choices;
}

// The warnings that stay on a relationship of this type whatever roles it gets: those of the roles that are doubted least.
std::vector<std::string> leastDoubts(Trial& pair, Relationship relationship)
{
    const std::vector<std::vector<Role>> upstreamRoles = {
        {}, {Role::PublishedLanguage}, {Role::OpenHostService, Role::PublishedLanguage}};
    const std::vector<std::vector<Role>> downstreamRoles = {
        {}, {Role::AnticorruptionLayer}, {Role::Conformist}};
    std::optional<std::vector<std::string>> least;
    for (const std::vector<Role>& upstream : upstreamRoles) {
        for (const std::vector<Role>& downstream : downstreamRoles) {
            relationship.upstreamRoles = upstream;
            relationship.downstreamRoles = downstream;
            const std::vector<Finding> findings = pair.with(relationship);
            if (!errorsOf(findings).empty())
                continue;
            std::vector<std::string> doubts;
            for (const Finding& finding : findings) {
                if (isOnTrial(finding) && isSettledLater(finding.rule) &&
                    finding.rule != "exposes-everything")
                    doubts.push_back(finding.message);
            }
            if (!least || doubts.size() < least->size())
                least = std::move(doubts);
        }
    }
    return least.value_or(std::vector<std::string>());
}

// Products are listed after the type is chosen: one that belongs elsewhere speaks against itself and against no type.
Relationship withOwnProducts(const ContextMap& outline, Relationship candidate)
{
    const MapIndex index(outline);
    std::erase_if(candidate.exposes, [&](const ProductId& id) {
        const DataProduct* product = index.product(id);
        return product && product->owner != candidate.upstream;
    });
    return candidate;
}

// A warning is a type's own when the map without the relationship has none such, or another type would not bring it.
void judgeTypes(std::vector<RelationshipChoice>& choices, const ContextMap& outline,
                const Relationship& candidate)
{
    Trial whole(outline, candidate.id, rulesOfTheWhole);
    Trial pair(pairOf(outline, candidate), candidate.id);
    const Messages without = messagesOf(whole.without());
    std::vector<std::vector<Finding>> found;
    Messages common;
    for (const RelationshipChoice& choice : choices) {
        found.push_back(whole.with(chosen(candidate, choice)));
        for (Finding& finding : pair.with(chosen(candidate, choice))) {
            if (isOnTrial(finding))
                found.back().push_back(std::move(finding));
        }
        const Messages here = messagesOf(found.back());
        if (found.size() == 1)
            common = here;
        else
            std::erase_if(common,
                          [&here](const std::string& text) { return !here.contains(text); });
    }
    for (std::size_t i = 0; i < choices.size(); ++i) {
        std::vector<std::string> reasons = errorsOf(found[i]);
        choices[i].isAllowed = reasons.empty();
        if (choices[i].isAllowed) {
            for (const Finding& finding : found[i]) {
                if (!isSettledLater(finding.rule) &&
                    (!without.contains(finding.message) || !common.contains(finding.message)))
                    reasons.push_back(finding.message);
            }
            for (std::string& doubt : leastDoubts(pair, chosen(candidate, choices[i])))
                reasons.push_back(std::move(doubt));
        }
        choices[i].reason = joined(reasons);
    }
}

// What could be chosen in place of a role: the end without it and, downstream, with each other role that is legal there.
std::vector<Relationship> insteadOf(const RelationshipChoice& choice, const Relationship& candidate)
{
    if (choice.what == What::UpstreamRole) {
        Relationship without = candidate;
        std::erase(without.upstreamRoles, *choice.role);
        return {without};
    }
    std::vector<Relationship> others;
    for (const std::optional<Role> role :
         {std::optional<Role>(), std::optional(Role::AnticorruptionLayer),
          std::optional(Role::Conformist)}) {
        if (role == choice.role)
            continue;
        RelationshipChoice other = choice;
        other.role = role;
        others.push_back(chosen(candidate, other));
    }
    return others;
}

// What is said of a role is what another choice at its end would not bring.
void judgeRole(RelationshipChoice& choice, Trial& pair, const Relationship& candidate)
{
    std::vector<std::string> errors;
    std::vector<std::string> doubts;
    std::vector<Messages> others;
    for (const Relationship& other : insteadOf(choice, candidate))
        others.push_back(messagesOf(pair.with(other)));
    for (const Finding& finding : pair.with(chosen(candidate, choice))) {
        const bool isOwn = std::any_of(others.begin(), others.end(), [&](const Messages& other) {
            return !other.contains(finding.message);
        });
        if (isOnTrial(finding) && isOwn)
            (finding.severity == Severity::Error ? errors : doubts).push_back(finding.message);
    }
    choice.isAllowed = errors.empty();
    choice.reason = joined(errors.empty() ? doubts : errors);
}

}  // namespace

std::vector<RelationshipChoice> legalChoices(const ContextMap& map, const Relationship& candidate)
{
    const MapIndex names(map);
    const ContextMap outline = outlineOf(map);
    std::vector<RelationshipChoice> choices = typeChoices(candidate);
    judgeTypes(choices, outline, withOwnProducts(outline, candidate));
    // Where no type may be drawn, no role may: the two ends are wrong.
    const std::string noBorder = choices.front().isAllowed ? std::string() : choices.front().reason;
    Trial pair(pairOf(outline, candidate), candidate.id);
    for (RelationshipChoice& role : roleChoices(candidate)) {
        judgeRole(role, pair, candidate);
        if (!noBorder.empty()) {
            role.isAllowed = false;
            role.reason = noBorder;
        }
        choices.push_back(std::move(role));
    }
    for (RelationshipChoice& choice : choices) {
        const bool isTurned = choice.upstream != candidate.upstream;
        const std::string upstream =
            names.name(isTurned ? candidate.downstream : candidate.upstream);
        const std::string downstream =
            names.name(isTurned ? candidate.upstream : candidate.downstream);
        choice.explanation = choice.what == What::Type ? explain(choice.type, upstream, downstream)
                             : choice.what == What::UpstreamRole
                                 ? explain(choice.role, upstream, downstream)
                                 : explain(choice.role, downstream, upstream);
    }
    return choices;
}

Relationship chosen(Relationship candidate, const RelationshipChoice& choice)
{
    if (choice.what == What::DownstreamRole) {
        candidate.downstreamRoles.clear();
        if (choice.role)
            candidate.downstreamRoles.push_back(*choice.role);
        return candidate;
    }
    if (choice.what == What::UpstreamRole) {
        if (choice.role && !hasRole(candidate.upstreamRoles, *choice.role))
            candidate.upstreamRoles.push_back(*choice.role);
        return candidate;
    }
    candidate.type = choice.type;
    if (choice.upstream != candidate.upstream) {
        std::swap(candidate.upstream, candidate.downstream);
        candidate.exposes.clear();  // they were the other's
        candidate.adopts.clear();
    }
    return legal(std::move(candidate));
}

Relationship legal(Relationship relationship)
{
    std::vector<Role>& upstream = relationship.upstreamRoles;
    std::vector<Role>& downstream = relationship.downstreamRoles;
    for (const Role role : {Role::AnticorruptionLayer, Role::Conformist})
        std::erase(upstream, role);
    for (const Role role : {Role::OpenHostService, Role::PublishedLanguage})
        std::erase(downstream, role);
    if (hasRole(downstream, Role::AnticorruptionLayer))
        std::erase(downstream, Role::Conformist);
    if (isSymmetric(relationship.type)) {
        upstream.clear();
        downstream.clear();
        relationship.exposes.clear();
        relationship.adopts.clear();
        relationship.hasVeto = false;
    }
    if (relationship.type == RelationshipType::CustomerSupplier) {
        std::erase(upstream, Role::OpenHostService);
        std::erase(downstream, Role::Conformist);
    }
    return relationship;
}

}  // namespace portolan
