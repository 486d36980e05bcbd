// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/rules/context_map_rules.h"

#include "model/analysis/rules/accepted_drift.h"
#include "model/analysis/rules/as_is_to_be.h"
#include "model/analysis/rules/context_map_rules_rows.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace portolan {
namespace {

struct Row {
    RuleDescription rule;
    Check check;
};

// Not here: aggregates (their names, and exposing them), because the map format cannot say them yet; and "as-is-to-be", which needs
// two maps (as_is_to_be.h).
constexpr auto rows = std::to_array<Row>({
    {{"symmetric-has-no-roles", Severity::Error, "Symmetric relationships have no roles",
      "Partnership, Shared Kernel and Separate Ways join equals: there is no upstream or "
      "downstream "
      "end that could have a role.",
      "Remove the roles, or make it an upstream/downstream relationship."},
     checkSymmetricHasNoRoles},
    {{"upstream-roles", Severity::Error, "The upstream end takes only OHS and PL",
      "An upstream publishes. To protect itself or to conform is what a downstream does.",
      "Move the role to the downstream end, or swap the ends."},
     checkUpstreamRoles},
    {{"downstream-roles", Severity::Error, "The downstream end takes only ACL or CF",
      "A downstream reads. To host openly or to publish a language is what an upstream does.",
      "Move the role to the upstream end, or swap the ends."},
     checkDownstreamRoles},
    {{"customer-supplier-ends", Severity::Error, "Customer-Supplier says who supplies",
      "The supplier is upstream and the customer downstream; without both nobody knows who plans "
      "with whom.",
      "Name the supplier as upstream and the customer as downstream."},
     checkCustomerSupplierEnds},
    {{"two-contexts", Severity::Error, "A relationship joins two different contexts of the map",
      "A context has no border with itself, and none with something that the map does not have.",
      "Choose two different contexts of this map, or remove the relationship."},
     checkTwoContexts},
    {{"exposed-belongs", Severity::Error, "What is exposed belongs to the upstream context",
      "Only the owner of a product can promise it to others.",
      "Take the product out of the list, or draw the relationship from the context that owns it."},
     checkExposedBelongs},

    {{"customer-supplier-no-ohs", Severity::Error, "No open host for a customer",
      "An open host serves all alike; a supplier plans with its customer. It cannot be both for "
      "one "
      "consumer.",
      "Remove OHS, or make it a plain upstream/downstream relationship."},
     checkCustomerSupplierNoOhs},
    {{"customer-supplier-no-conformist", Severity::Error, "A customer does not conform",
      "A conformist takes the model as it comes; a customer has a say in it.",
      "Remove CF, or make it a plain upstream/downstream relationship."},
     checkCustomerSupplierNoConformist},
    {{"acl-xor-conformist", Severity::Error, "ACL and CF exclude each other",
      "A downstream either protects its model by translating or takes over the upstream's.",
      "Keep the one that is done in truth: ACL where something translates, else CF."},
     checkAclXorConformist},
    {{"unique-names", Severity::Error, "Names are unique",
      "Who reads or says a name must know which one is meant: contexts and domains on the map, "
      "terms "
      "within their context. Case makes no difference in a conversation.",
      "Rename one of them by what tells it apart, or merge them if they are the same."},
     checkUniqueNames},
    {{"domain-and-its-subdomain", Severity::Error, "Not a domain and its own subdomain",
      "A context that implements the whole domain implements its subdomains too; naming both says "
      "the same twice or something unclear.",
      "Keep the subdomain if the context does only that, else the domain."},
     checkDomainAndItsSubdomain},
    {{"team-realizes", Severity::Error, "Teams realize contexts and are no ends",
      "A map of systems joins contexts. A team stands behind a context and is no context itself.",
      "Join the context that the team owns, and name teams under \"teams\" only."},
     checkTeamRealizes},
    {{"one-owner", Severity::Error, "One owning context",
      "A product, a term's definition and an identifier are decided in one place. With two owners "
      "nobody decides, with none nobody answers.",
      "Agree on the owner, and let the other refer to it or give its own a name of its own."},
     checkOneOwner},

    {{"customer-supplier-with-acl", Severity::Warning, "A customer with an anti-corruption layer",
      "A customer that has a say in the model needs no protection from it; is the say worth so "
      "little?",
      "Ask the supplier for the model that is needed, or draw a plain upstream/downstream."},
     checkCustomerSupplierWithAcl},
    {{"many-domains", Severity::Warning, "One context, many domains",
      "One model that serves several whole domains tends to mean something else in each.",
      "Split the context, or name the subdomains that it really implements."},
     checkManyDomains},
    {{"unknown-reference", Severity::Warning, "A reference across a border that is not drawn",
      "A context sees its own things, those of its symmetric partners and what its upstreams "
      "expose. "
      "Anything else is a hidden dependency.",
      "Draw the relationship and list the product in it, or take the reference out."},
     checkUnknownReference},
    {{"exposes-everything", Severity::Warning, "Nothing listed is everything exposed",
      "While an upstream does not say what it exposes, a consumer may build on anything of it, "
      "internals included.",
      "List the products that this relationship is about."},
     checkExposesEverything},
    {{"two-relationships", Severity::Warning, "Two relationships between the same pair",
      "Two patterns for one pair say two different things about who depends on whom.",
      "Keep the one that holds, or merge what they expose into one."},
     checkTwoRelationships},
    {{"contradicting-direction", Severity::Warning, "Upstream of each other for the same",
      "If each is upstream of the other for the same product, nobody decides what it means.",
      "Keep the direction from the context that owns the product."},
     checkContradictingDirection},
    {{"upstream-cycle", Severity::Warning, "A circle of upstreams",
      "In a circle every change can come back to the one who made it, and none can release alone.",
      "Cut the circle where the least flows, or turn one relationship into a partnership."},
     checkUpstreamCycle},
    {{"ohs-without-pl", Severity::Warning, "An open host without a published language",
      "An open host serves consumers that it does not know; what do they read, if its language is "
      "not published?",
      "Add PL once a contract documents the language, or remove OHS."},
     checkOhsWithoutPl},
    {{"no-roles", Severity::Warning, "No role on either end",
      "Two models meet here and the map does not say who translates.",
      "Give the downstream ACL or CF, or the upstream OHS and PL."},
     checkNoRoles},
    {{"veto-is-customer-supplier", Severity::Warning, "A downstream with a veto is a customer",
      "Who may block the upstream's change has a say in it, which is what Customer-Supplier means.",
      "Make it Customer-Supplier, or take the veto away."},
     checkVetoIsCustomerSupplier},
    {{"wide-shared-kernel", Severity::Warning, "A wide shared kernel",
      "Each change of a kernel has to be agreed by all who share it; among more than two that "
      "seldom works.",
      "Give the kernel to one context that publishes it, or split it by pairs."},
     checkWideSharedKernel},
    {{"isolated-context", Severity::Warning, "A context with no relationship",
      "Either it stands alone on purpose, or the map lacks what it depends on.",
      "Draw what it exchanges with others, or mark it as standing alone."},
     checkIsolatedContext},
    {{"mud-without-acl", Severity::Warning, "Downstream of mud without protection",
      "A big ball of mud has no model that one could rely on; without a translation its confusion "
      "spreads downstream.",
      "Put an anti-corruption layer (ACL) on the downstream end."},
     checkMudWithoutAcl},
});

}  // namespace

Finding& FindingList::add(EntityRef subject, std::string subjectName, const Declared& where,
                          std::string message)
{
    return m_findings.emplace_back(Finding{std::string(m_rule.id),
                                           m_rule.severity,
                                           std::move(subject),
                                           std::move(subjectName),
                                           std::move(message),
                                           std::string(m_rule.mend),
                                           {},
                                           where.span});
}

Finding& FindingList::add(const MapIndex& index, const Relationship& relationship,
                          std::string message)
{
    Finding& finding = add({EntityKind::Relationship, relationship.id.text},
                           index.name(relationship), relationship.where, std::move(message));
    for (const ContextId& end : {relationship.upstream, relationship.downstream})
        finding.related.push_back({EntityKind::BoundedContext, end.text});
    return finding;
}

Finding& FindingList::add(const BoundedContext& context, std::string message)
{
    return add({EntityKind::BoundedContext, context.id.text},
               context.name.empty() ? context.id.text : context.name, context.where,
               std::move(message));
}

std::span<const RuleDescription> contextMapRules()
{
    static const std::vector<RuleDescription> rules = [] {
        std::vector<RuleDescription> all;
        for (const Row& row : rows)
            all.push_back(row.rule);
        all.push_back(asIsToBeRule());
        for (const RuleDescription& rule : acceptedDriftRules())
            all.push_back(rule);
        return all;
    }();
    return rules;
}

std::vector<Finding> checkContextMap(const ContextMap& map)
{
    static const std::vector<std::string_view> all = [] {
        std::vector<std::string_view> ids;
        for (const Row& row : rows)
            ids.push_back(row.rule.id);
        return ids;
    }();
    return checkContextMap(map, all);
}

std::vector<Finding> checkContextMap(const ContextMap& map, std::span<const std::string_view> rules)
{
    const MapIndex index(map);
    std::vector<Finding> findings;
    for (const Row& row : rows) {
        if (std::find(rules.begin(), rules.end(), row.rule.id) == rules.end())
            continue;
        FindingList found(row.rule, findings);
        row.check(index, found);
    }
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        return std::tuple(b.severity, std::string_view(a.rule), a.subject.kind,
                          std::string_view(a.subject.id)) <
               std::tuple(a.severity, std::string_view(b.rule), b.subject.kind,
                          std::string_view(b.subject.id));
    });
    return findings;
}

}  // namespace portolan
