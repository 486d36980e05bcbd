// SPDX-License-Identifier: Apache-2.0
// Holds the declared map against what was observed: which flows cross a border, which declared relationship was seen, and where the two
// differ, with evidence.
#pragma once

#include "model/analysis/lineage/crossings.h"
#include "model/analysis/map_drift/ownership.h"
#include "model/base/entity_ref.h"
#include "model/base/problem.h"
#include "model/estate/estate.h"
#include "model/map/context_map.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

// All observed flows from one context into another.
struct ObservedFlow {
    ContextId upstream;
    ContextId downstream;
    std::vector<std::uint32_t> edges;      // numbers in Estate::lineageEdges
    std::vector<std::uint32_t> crossings;  // numbers in MapDrift::crossings
    std::vector<JobIndex> jobs;            // each once
    std::string lastSeen;  // the day of the newest run of a job that carried it; empty: some of it
                           // came by no job or by one of which no run is known
    bool isDeclared =
        false;  // the map has a relationship between the two, in this direction or symmetric;
                // Separate Ways declares that nothing flows and does not count
};

// In the order of driftKindKeys.
enum class DriftKind {
    ObservedNotDeclared,
    DeclaredNeverObserved,
    DeclaredNotObservedSince,
    WrongDirection,       // declared one way, seen the other way only
    SeparateWaysCrossed,  // seen where Separate Ways is declared
    BypassedTranslation,  // a route translates, and its consumer reads past it
    InternalsRead         // of an upstream that says what it exposes
};
std::string_view toString(DriftKind kind);  // "observed-not-declared" ...
// The map says one thing and what was seen says another.
bool isContradiction(DriftKind kind);

struct DriftItem {
    DriftKind kind = DriftKind::ObservedNotDeclared;
    std::string id;      // stable: "internals-read:crm:marketing", "never-observed:route:intake"
    EntityRef subject;   // a relationship or route of the map; none: a flow between the two
    ContextId upstream;  // as it was seen; where nothing was seen, as declared
    ContextId downstream;
    std::string sentence;  // for people
    Severity severity = Severity::Warning;
    std::vector<std::uint32_t>
        crossings;               // numbers in MapDrift::crossings; empty: nothing was seen
    std::vector<JobIndex> jobs;  // each once
    std::string lastSeen;        // as of ObservedFlow
    SourceSpan where;            // the subject in the map's file; empty: a flow
    std::optional<AcceptedDrift> acceptance;
    bool isPastAcceptance = false;  // it no longer holds

    bool isAccepted() const { return acceptance.has_value() && !isPastAcceptance; }
};

struct DriftOptions {
    int staleDays = 30;  // what was not seen for more days counts as not observed since; from the
                         // newest run of the whole estate, not from today
    std::string today;   // 2026-11-24; empty: no acceptance is past its day
};

struct MapDrift {
    Crossings crossings;
    std::vector<ObservedFlow> flows;  // ordered by upstream and downstream
    std::vector<RelationshipId>
        declaredNotObserved;  // upstream/downstream ones only; empty while nothing was imported
    std::map<RelationshipId, std::size_t>
        flowOf;  // number in `flows` that a relationship is seen in
    std::vector<DriftItem>
        items;              // worst first: not accepted before accepted, by severity and kind
    std::string newestRun;  // a day; empty: no run is known

    std::vector<const ObservedFlow*> undeclared() const;
    const DriftItem* item(std::string_view id) const;  // null: there is none
};
MapDrift mapDrift(const ContextMap& map, const Estate& estate, const EstateOwnership& ownership,
                  const DriftOptions& options = {});

// An acceptance of this, without a reason yet.
AcceptedDrift acceptanceOf(const DriftItem& item);

// One place in a source that says so.
struct DriftEvidence {
    SourceSpan where;
    DatasetIndex from;
    DatasetIndex to;
    JobIndex job;  // none: the source names no job
};
// Of what was seen; in the estate's order, each edge's first source first.
std::vector<DriftEvidence> evidenceOf(const Estate& estate, const MapDrift& drift,
                                      const DriftItem& item);

}  // namespace portolan
