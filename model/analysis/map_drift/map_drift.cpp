// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/map_drift/map_drift.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace portolan {
namespace {

using Ends = std::pair<ContextId, ContextId>;

// Separate Ways declares that nothing flows: what is seen there is undeclared.
bool declaresFlow(const Relationship& relationship)
{
    return relationship.type != RelationshipType::SeparateWays;
}

std::vector<ObservedFlow> flowsBetweenContexts(const Estate& estate,
                                               const EstateOwnership& ownership)
{
    std::map<Ends, ObservedFlow> flows;
    for (std::size_t i = 0; i < estate.lineageEdges.size(); ++i) {
        const LineageEdge& edge = estate.lineageEdges[i];
        const ContextId& upstream = ownership.datasetOwner[edge.from.value];
        const ContextId& downstream = ownership.datasetOwner[edge.to.value];
        if (upstream.isEmpty() || downstream.isEmpty() || upstream == downstream)
            continue;
        ObservedFlow& flow = flows[{upstream, downstream}];
        flow.edges.push_back(static_cast<std::uint32_t>(i));
        if (edge.job.isValid())
            flow.jobs.push_back(edge.job);
    }
    std::vector<ObservedFlow> ordered;
    for (auto& [ends, flow] : flows) {
        std::sort(flow.jobs.begin(), flow.jobs.end());
        flow.jobs.erase(std::unique(flow.jobs.begin(), flow.jobs.end()), flow.jobs.end());
        std::tie(flow.upstream, flow.downstream) = ends;
        ordered.push_back(std::move(flow));
    }
    return ordered;
}

}  // namespace

MapDrift mapDrift(const ContextMap& map, const Estate& estate, const EstateOwnership& ownership)
{
    MapDrift drift;
    drift.flows = flowsBetweenContexts(estate, ownership);
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

}  // namespace portolan
