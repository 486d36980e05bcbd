// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/map_drift/map_drift.h"

#include "model/analysis/map_drift/drift_items.h"

#include <algorithm>
#include <utility>

namespace portolan {
namespace {

using Ends = std::pair<ContextId, ContextId>;

// Separate Ways declares that nothing flows: what is seen there is undeclared.
bool declaresFlow(const Relationship& relationship)
{
    return relationship.type != RelationshipType::SeparateWays;
}

std::string dayOf(std::string_view time)
{
    return std::string(time.substr(0, 10));
}

void sortOnce(std::vector<JobIndex>& jobs)
{
    std::sort(jobs.begin(), jobs.end());
    jobs.erase(std::unique(jobs.begin(), jobs.end()), jobs.end());
}

// Empty when of some edge nobody knows when it was last there.
std::string lastSeen(const Estate& estate, const ObservedFlow& flow)
{
    std::string newest;
    for (const std::uint32_t edge : flow.edges) {
        if (!estate.lineageEdges[edge].job.isValid())
            return {};
    }
    for (const JobIndex job : flow.jobs) {
        const std::string& run = estate.jobs[job.value].lastRun;
        if (run.empty())
            return {};
        newest = std::max(newest, dayOf(run));
    }
    return newest;
}

std::vector<ObservedFlow> flowsBetweenContexts(const Estate& estate, const Crossings& crossings)
{
    std::vector<ObservedFlow> flows;
    for (std::size_t i = 0; i < crossings.all.size(); ++i) {
        const Crossing& crossing = crossings.all[i];
        if (flows.empty() || flows.back().upstream != crossing.upstream ||
            flows.back().downstream != crossing.downstream) {
            flows.emplace_back();
            flows.back().upstream = crossing.upstream;
            flows.back().downstream = crossing.downstream;
        }
        ObservedFlow& flow = flows.back();
        flow.crossings.push_back(static_cast<std::uint32_t>(i));
        flow.edges.insert(flow.edges.end(), crossing.edges.begin(), crossing.edges.end());
        flow.jobs.insert(flow.jobs.end(), crossing.jobs.begin(), crossing.jobs.end());
    }
    for (ObservedFlow& flow : flows) {
        std::sort(flow.edges.begin(), flow.edges.end());
        flow.edges.erase(std::unique(flow.edges.begin(), flow.edges.end()), flow.edges.end());
        sortOnce(flow.jobs);
        flow.lastSeen = lastSeen(estate, flow);
    }
    return flows;
}

std::string newestRunOf(const Estate& estate)
{
    std::string newest;
    for (const Job& job : estate.jobs)
        newest = std::max(newest, dayOf(job.lastRun));
    return newest;
}

}  // namespace

MapDrift mapDrift(const ContextMap& map, const Estate& estate, const EstateOwnership& ownership,
                  const DriftOptions& options)
{
    MapDrift drift;
    drift.crossings = crossings(map, estate, ownership);
    drift.flows = flowsBetweenContexts(estate, drift.crossings);
    drift.newestRun = newestRunOf(estate);
    std::map<Ends, std::size_t> numberOf;
    for (std::size_t i = 0; i < drift.flows.size(); ++i)
        numberOf[{drift.flows[i].upstream, drift.flows[i].downstream}] = i;

    for (const Relationship& relationship : map.relationships) {
        if (!declaresFlow(relationship))
            continue;
        const auto seenIn = [&](const ContextId& upstream, const ContextId& downstream) {
            const auto flow = numberOf.find({upstream, downstream});
            if (flow == numberOf.end())
                return false;
            drift.flows[flow->second].isDeclared = true;
            drift.flowOf.emplace(relationship.id, flow->second);
            return true;
        };
        const bool isSeen = seenIn(relationship.upstream, relationship.downstream);
        if (isSymmetric(relationship.type))
            seenIn(relationship.downstream, relationship.upstream);
        else if (!isSeen && !estate.lineageEdges.empty())
            drift.declaredNotObserved.push_back(relationship.id);
    }
    drift.items = driftItems(map, estate, ownership, drift, options);
    return drift;
}

std::vector<const ObservedFlow*> MapDrift::undeclared() const
{
    std::vector<const ObservedFlow*> found;
    for (const ObservedFlow& flow : flows) {
        if (!flow.isDeclared)
            found.push_back(&flow);
    }
    return found;
}

const DriftItem* MapDrift::item(std::string_view id) const
{
    const auto found =
        std::find_if(items.begin(), items.end(), [id](const DriftItem& it) { return it.id == id; });
    return found == items.end() ? nullptr : &*found;
}

std::string_view toString(DriftKind kind)
{
    return driftKindKeys[static_cast<std::size_t>(kind)];
}

bool isContradiction(DriftKind kind)
{
    return kind >= DriftKind::WrongDirection;
}

AcceptedDrift acceptanceOf(const DriftItem& item)
{
    AcceptedDrift accepted;
    accepted.kind = toString(item.kind);
    if (!item.subject.id.empty())
        accepted.subject = std::string(toString(item.subject.kind)) + " " + item.subject.id;
    if (item.subject.id.empty() || item.kind == DriftKind::BypassedTranslation) {
        accepted.from = item.upstream;
        accepted.to = item.downstream;
    }
    return accepted;
}

std::vector<DriftEvidence> evidenceOf(const Estate& estate, const MapDrift& drift,
                                      const DriftItem& item)
{
    std::vector<std::uint32_t> edges;
    for (const std::uint32_t number : item.crossings) {
        const std::vector<std::uint32_t>& more = drift.crossings.all[number].edges;
        edges.insert(edges.end(), more.begin(), more.end());
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    std::vector<DriftEvidence> evidence;
    for (const std::uint32_t number : edges) {
        const LineageEdge& edge = estate.lineageEdges[number];
        for (EvidencePlace& place : places(estate, edge.evidence))
            evidence.push_back({std::move(place.span), edge.from, edge.to, edge.job});
    }
    return evidence;
}

}  // namespace portolan
