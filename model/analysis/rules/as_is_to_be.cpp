// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/rules/as_is_to_be.h"

#include "model/analysis/rules/map_index.h"
#include "model/map/edits.h"
#include "model/map/map_comparison.h"
#include "model/map/map_things.h"

#include <algorithm>
#include <set>

namespace portolan {
namespace {

using State = ComparedThing::State;

constexpr std::size_t mostMembers = 4;
constexpr std::size_t mostDecisions = 5;

std::string spelled(EntityKind kind, const std::string& id)
{
    return std::string(toString(kind)) + " " + id;
}

class Check {
public:
    Check(const MapDocument& toBe, const MapDocument& asIs)
        : m_toBe(toBe), m_toBeIndex(toBe.map()), m_asIsIndex(asIs.map()),
          m_comparison(compareMaps(asIs, toBe))
    {
        for (const MapDecision& decision : toBe.map().decisions)
            m_explained.insert(decision.explains.begin(), decision.explains.end());
        for (const ComparedThing& thing : m_comparison.things) {
            if (thing.kind == EntityKind::Term && isExplained(thing))
                m_explainedTerms.insert(thing.changes.begin(), thing.changes.end());
        }
    }

    std::vector<Finding> findings() const
    {
        std::vector<Finding> found;
        for (const ComparedThing& thing : m_comparison.things) {
            const bool isKept = thing.state == State::Same || thing.state == State::Moved;
            if (isKept || thing.kind == EntityKind::Term || isExplained(thing))
                continue;
            const std::vector<const MapChange*> changes = unexplained(thing);
            if (!changes.empty())
                found.push_back(finding(thing, changes));
        }
        return found;
    }

private:
    // Under the id of either map.
    bool isExplained(const ComparedThing& thing) const
    {
        return m_explained.contains(spelled(thing.kind, thing.idBefore)) ||
               m_explained.contains(spelled(thing.kind, thing.idAfter));
    }

    std::vector<const MapChange*> unexplained(const ComparedThing& thing) const
    {
        std::vector<const MapChange*> found;
        for (const std::size_t place : thing.changes) {
            const MapChange& change = m_comparison.changes[place];
            if (change.kind != MapChange::Kind::Moved && !m_explainedTerms.contains(place) &&
                !m_explained.contains(change.subject))
                found.push_back(&change);
        }
        return found;
    }

    Finding finding(const ComparedThing& thing, const std::vector<const MapChange*>& changes) const
    {
        Finding finding;
        finding.rule = asIsToBeRule().id;
        finding.severity = asIsToBeRule().severity;
        finding.subject = {thing.kind, thing.id()};
        finding.subjectName = nameOf(thing);
        std::string kind(toString(thing.kind));
        kind[0] = static_cast<char>(kind[0] - 'a' + 'A');
        finding.message = kind + " \"" + finding.subjectName + "\" " + what(thing, changes) +
                          ", and no decision says why.";
        finding.mend = std::string(asIsToBeRule().mend);
        const DataNode root = m_toBe.tree().root();
        const DataNode place =
            thing.state == State::Removed ? root["asIs"] : nodeAt(root, changes.front()->pointer);
        finding.where = (place ? place : root).span();
        return finding;
    }

    std::string nameOf(const ComparedThing& thing) const
    {
        if (thing.kind != EntityKind::Relationship)
            return thing.name();
        const MapIndex& index = thing.state == State::Removed ? m_asIsIndex : m_toBeIndex;
        const Relationship* relationship = index.map().relationship(RelationshipId(thing.id()));
        return relationship ? index.name(*relationship) : thing.name();
    }

    static std::string what(const ComparedThing& thing,
                            const std::vector<const MapChange*>& changes)
    {
        if (thing.state == State::Added)
            return "is not in the AS-IS map";
        if (thing.state == State::Removed)
            return "of the AS-IS map is gone";
        return "differs from the AS-IS map (" + membersOf(thing, changes) + ")";
    }

    // "id, purpose, term Claims/Loss"
    static std::string membersOf(const ComparedThing& thing,
                                 const std::vector<const MapChange*>& changes)
    {
        std::vector<std::string> members;
        for (const MapChange* change : changes) {
            const bool isOwn = change->subject == spelled(thing.kind, thing.idAfter);
            const std::string member =
                isOwn ? change->pointer.substr(change->pointer.rfind('/') + 1) : change->subject;
            if (std::find(members.begin(), members.end(), member) == members.end())
                members.push_back(member);
        }
        std::string text;
        for (std::size_t i = 0; i < std::min(members.size(), mostMembers); ++i)
            text += (i > 0 ? ", " : "") + members[i];
        const std::size_t more = members.size() - std::min(members.size(), mostMembers);
        return more > 0 ? text + " and " + std::to_string(more) + " more" : text;
    }

    const MapDocument& m_toBe;
    MapIndex m_toBeIndex;
    MapIndex m_asIsIndex;
    MapComparison m_comparison;
    std::set<std::string> m_explained;
    std::set<std::size_t> m_explainedTerms;  // places of changes
};

}  // namespace

const RuleDescription& asIsToBeRule()
{
    static constexpr RuleDescription rule = {
        "as-is-to-be", Severity::Warning, "A TO-BE map departs from its AS-IS map by decisions",
        "Each difference is work that somebody has to do and pay for. Without a recorded reason it "
        "may be a mistake, and later nobody knows.",
        "Record a decision that lists the thing in \"explains\", or make it again as it is in the "
        "AS-IS map."};
    return rule;
}

std::vector<Finding> checkAsIsToBe(const MapDocument& toBe, const MapDocument& asIs)
{
    return Check(toBe, asIs).findings();
}

std::string explanationOf(const Finding& finding)
{
    return spelled(finding.subject.kind, finding.subject.id);
}

std::vector<QuickFix> asIsToBeFixes(const MapDocument& toBe, const Finding& finding)
{
    std::vector<QuickFix> fixes;
    const std::vector<std::string> explained = {explanationOf(finding)};
    const std::vector<MapDecision>& decisions = toBe.map().decisions;
    for (auto it = decisions.rbegin(); it != decisions.rend() && fixes.size() < mostDecisions;
         ++it) {
        const Result<Edit> edit = explainByDecision(toBe, it->id, explained);
        if (edit && !edit->changesNothing())
            fixes.push_back({"Explain by \"" + it->title + "\"", *edit});
    }
    MapDecision decision;
    decision.title = finding.subjectName;
    decision.explains = explained;
    if (const Result<Creation> made = addDecision(toBe, decision))
        fixes.push_back({"Record a decision", made->edit});
    return fixes;
}

}  // namespace portolan
