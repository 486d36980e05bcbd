// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/rules/quick_fixes.h"

#include "model/analysis/rules/accepted_drift.h"
#include "model/analysis/rules/as_is_to_be.h"
#include "model/analysis/rules/context_map_rules.h"
#include "model/analysis/rules/quick_fixes_rows.h"
#include "model/map/edit_parts.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace portolan {
namespace {

struct Row {
    std::string_view rule;
    Mend mend;
};

constexpr Row rows[] = {
    {"symmetric-has-no-roles", mendSymmetricHasNoRoles},
    {"upstream-roles", mendUpstreamRoles},
    {"downstream-roles", mendDownstreamRoles},
    {"customer-supplier-ends", mendCustomerSupplierEnds},
    {"two-contexts", mendTwoContexts},
    {"exposed-belongs", mendExposedBelongs},
    {"customer-supplier-no-ohs", mendCustomerSupplierNoOhs},
    {"customer-supplier-no-conformist", mendCustomerSupplierNoConformist},
    {"acl-xor-conformist", mendAclXorConformist},
    {"unique-names", mendUniqueNames},
    {"domain-and-its-subdomain", mendDomainAndItsSubdomain},
    {"team-realizes", mendTeamRealizes},
    {"one-owner", mendOneOwner},
    {"customer-supplier-with-acl", mendCustomerSupplierWithAcl},
    {"many-domains", mendManyDomains},
    {"unknown-reference", mendUnknownReference},
    {"exposes-everything", mendExposesEverything},
    {"two-relationships", mendTwoRelationships},
    {"contradicting-direction", mendContradictingDirection},
    {"upstream-cycle", mendUpstreamCycle},
    {"ohs-without-pl", mendOhsWithoutPl},
    {"no-roles", mendNoRoles},
    {"veto-is-customer-supplier", mendVetoIsCustomerSupplier},
    {"wide-shared-kernel", mendWideSharedKernel},
    {"isolated-context", mendIsolatedContext},
    {"mud-without-acl", mendMudWithoutAcl},
};

// What the rules and the reader say of a map, countable: a message may change with a name and still say the same.
struct Verdict {
    using Same = std::tuple<std::string, EntityRef, std::vector<EntityRef>, std::string>;

    explicit Verdict(const MapDocument& document)
    {
        for (const Finding& finding : checkContextMap(document.map())) {
            ++findings[{finding.rule, finding.subject, finding.related, finding.about}];
            ++byRule[finding.rule];
            if (finding.severity == Severity::Error)
                ++errors[{finding.rule, finding.subject}];
        }
        for (const Problem& problem : document.problems())
            ++problems[{problem.code, problem.message}];
    }

    int count(const Finding& finding) const
    {
        const auto found =
            findings.find({finding.rule, finding.subject, finding.related, finding.about});
        return found == findings.end() ? 0 : found->second;
    }

    std::map<Same, int> findings;
    std::map<std::string, int> byRule;
    std::map<std::pair<std::string, EntityRef>, int> errors;
    std::map<std::pair<std::string, std::string>, int> problems;
};

// Gone, and not only turned into another of its kind. A circle that is cut may have hidden another one, which is then to be seen.
bool isGone(const Finding& finding, const Verdict& before, const Verdict& after)
{
    const auto left = after.byRule.find(finding.rule);
    const bool areFewer =
        left == after.byRule.end() || left->second < before.byRule.at(finding.rule);
    return after.count(finding) < before.count(finding) &&
           (areFewer || finding.rule == "upstream-cycle");
}

template <class Key>
bool hasMore(const std::map<Key, int>& after, const std::map<Key, int>& before)
{
    return std::any_of(after.begin(), after.end(), [&before](const auto& entry) {
        const auto known = before.find(entry.first);
        return known == before.end() || entry.second > known->second;
    });
}

bool helps(const MapDocument& document, const Verdict& before, const Finding& finding,
           const Edit& edit)
{
    if (edit.changesNothing())
        return false;
    const Result<MapDocument> mended =
        MapDocument::read(applied(document.text(), edit), document.file());
    if (!mended)
        return false;
    const Verdict after(*mended);
    return isGone(finding, before, after) && !hasMore(after.errors, before.errors) &&
           !hasMore(after.problems, before.problems);
}

}  // namespace

FixList::FixList(const MapDocument& document, const Finding& finding)
    : m_document(document), m_index(document.map()), m_finding(finding)
{
}

const Relationship* FixList::relationship() const
{
    return m_finding.subject.kind == EntityKind::Relationship
               ? map().relationship(RelationshipId(m_finding.subject.id))
               : nullptr;
}

const BoundedContext* FixList::context() const
{
    return m_finding.subject.kind == EntityKind::BoundedContext
               ? map().context(ContextId(m_finding.subject.id))
               : nullptr;
}

std::vector<ContextId> FixList::relatedContexts() const
{
    std::vector<ContextId> contexts;
    for (const EntityRef& related : m_finding.related) {
        if (related.kind == EntityKind::BoundedContext)
            contexts.emplace_back(related.id);
    }
    return contexts;
}

void FixList::add(std::string title, Result<Edit> edit)
{
    if (!edit)
        return;
    edit->name = title + ": " + m_finding.subjectName;  // the undo menu shows no finding beside it
    m_fixes.push_back({std::move(title), std::move(*edit)});
}

void FixList::add(std::string title, const JsonEdit& edit)
{
    add(std::move(title), edits::finish({}, edit));
}

void FixList::change(std::string title, const Relationship& changed)
{
    add(std::move(title), changeRelationship(m_document, changed.id, changed));
}

Relationship plain(Relationship relationship)
{
    relationship.type = RelationshipType::UpstreamDownstream;
    relationship.hasVeto = false;
    return relationship;
}

Edit joined(Edit first, const Edit& second)
{
    first.splices.insert(first.splices.end(), second.splices.begin(), second.splices.end());
    std::sort(first.splices.begin(), first.splices.end(),
              [](const Splice& a, const Splice& b) { return a.offset < b.offset; });
    return first;
}

bool hasFixes(std::string_view rule)
{
    return rule == asIsToBeRule().id || rule.starts_with("accepted-drift-") ||
           std::any_of(std::begin(rows), std::end(rows),
                       [rule](const Row& row) { return row.rule == rule; });
}

std::vector<QuickFix> quickFixes(const MapDocument& document, const Finding& finding)
{
    if (finding.rule == asIsToBeRule().id)
        return asIsToBeFixes(document, finding);
    if (finding.rule.starts_with("accepted-drift-"))
        return acceptedDriftFixes(document, finding);
    FixList list(document, finding);
    for (const Row& row : rows) {
        if (row.rule == finding.rule)
            row.mend(list);
    }
    if (list.fixes().empty())
        return {};
    const Verdict before(document);
    std::erase_if(list.fixes(),
                  [&](const QuickFix& fix) { return !helps(document, before, finding, fix.edit); });
    return std::move(list.fixes());
}

}  // namespace portolan
