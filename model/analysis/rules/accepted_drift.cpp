// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/rules/accepted_drift.h"

#include "model/analysis/rules/map_index.h"
#include "model/map/edits.h"

#include <algorithm>
#include <string>
#include <unordered_set>

namespace portolan {
namespace {

class Check {
public:
    Check(const ContextMap& map, std::string_view today) : m_map(map), m_index(map), m_today(today)
    {
        for (const Relationship& relationship : map.relationships)
            m_subjects.insert("relationship " + relationship.id.text);
        for (const Route& route : map.routes)
            m_subjects.insert("route " + route.id.text);
    }

    std::vector<Finding> findings()
    {
        for (const AcceptedDrift& accepted : m_map.acceptedDrift) {
            if (const std::string gone = missing(accepted); !gone.empty())
                add(acceptedDriftRules()[1], accepted, gone + " is not on the map.");
            else if (isPast(accepted, m_today))
                add(acceptedDriftRules()[0], accepted,
                    "It was accepted until " + accepted.until + ": " + accepted.reason);
        }
        return std::move(m_findings);
    }

private:
    // What it is about and is not there; empty: all is there.
    std::string missing(const AcceptedDrift& accepted) const
    {
        if (!accepted.subject.empty() && !m_subjects.contains(accepted.subject))
            return "\"" + accepted.subject + "\"";
        for (const ContextId& id : {accepted.from, accepted.to}) {
            if (!id.isEmpty() && !m_index.context(id))
                return "Context \"" + id.text + "\"";
        }
        return {};
    }

    void add(const RuleDescription& rule, const AcceptedDrift& accepted, std::string message)
    {
        Finding finding;
        finding.rule = rule.id;
        finding.severity = rule.severity;
        finding.subject = subjectOf(accepted);
        finding.subjectName = nameOf(accepted);
        finding.message = std::move(message);
        finding.mend = rule.mend;
        for (const ContextId& id : {accepted.from, accepted.to}) {
            if (m_index.context(id))
                finding.related.push_back({EntityKind::BoundedContext, id.text});
        }
        finding.where = accepted.where.span;
        m_findings.push_back(std::move(finding));
    }

    static EntityRef subjectOf(const AcceptedDrift& accepted)
    {
        const std::size_t space = accepted.subject.find(' ');
        if (space == std::string::npos)
            return {EntityKind::BoundedContext, accepted.to.text};
        const bool isRoute = accepted.subject.starts_with("route ");
        return {isRoute ? EntityKind::Route : EntityKind::Relationship,
                accepted.subject.substr(space + 1)};
    }

    std::string nameOf(const AcceptedDrift& accepted) const
    {
        if (accepted.subject.empty())
            return m_index.name(accepted.from) + " → " + m_index.name(accepted.to);
        const EntityRef subject = subjectOf(accepted);
        const Relationship* relationship = subject.kind == EntityKind::Relationship
                                               ? m_map.relationship(RelationshipId(subject.id))
                                               : nullptr;
        return relationship ? m_index.name(*relationship) : accepted.subject;
    }

    const ContextMap& m_map;
    const MapIndex m_index;
    const std::string_view m_today;
    std::unordered_set<std::string> m_subjects;
    std::vector<Finding> m_findings;
};

}  // namespace

const std::array<RuleDescription, 2>& acceptedDriftRules()
{
    static const std::array<RuleDescription, 2> rules = {
        {{"accepted-drift-past", Severity::Warning, "An acceptance is past its day",
          "What was accepted until a day was meant to be settled by then; since that day it counts "
          "as drift again.",
          "Settle it, or accept it anew with another day."},
         {"accepted-drift-gone", Severity::Warning, "An acceptance is about something gone",
          "It accepts nothing any more, and would accept the next thing that gets this id.",
          "Withdraw the acceptance."}}};
    return rules;
}

std::vector<Finding> checkAcceptedDrift(const ContextMap& map, std::string_view today)
{
    if (map.acceptedDrift.empty())
        return {};
    return Check(map, today).findings();
}

std::vector<QuickFix> acceptedDriftFixes(const MapDocument& document, const Finding& finding)
{
    for (const AcceptedDrift& accepted : document.map().acceptedDrift) {
        if (accepted.where.span.pointer != finding.where.pointer)
            continue;
        if (const Result<Edit> edit = withdrawAcceptance(document, accepted))
            return {{"Withdraw the acceptance", *edit}};
    }
    return {};
}

bool isPast(const AcceptedDrift& accepted, std::string_view today)
{
    return !accepted.until.empty() && !today.empty() && today.substr(0, 10) > accepted.until;
}

}  // namespace portolan
