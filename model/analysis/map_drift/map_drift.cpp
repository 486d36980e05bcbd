// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/map_drift/map_drift.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace portolan {
namespace {

// The patterns of all contexts over one kind of key. Those that could match a text are found by what stands before their first
// wildcard, so that each text meets few of them.
class OwnerPatterns {
public:
    OwnerPatterns(const ContextMap& map, std::vector<std::string> Ownership::*patterns)
    {
        for (const BoundedContext& context : map.contexts) {
            for (const std::string& pattern : context.owns.*patterns)
                add(pattern, context.id);
        }
    }

    // Empty: nobody's.
    ContextId ownerOf(std::string_view text) const
    {
        const Pattern* best = nullptr;
        for (const std::size_t length : m_prefixLengths) {
            if (length > text.size())
                break;
            const auto group = m_byPrefix.find(std::string(text.substr(0, length)));
            if (group == m_byPrefix.end())
                continue;
            for (const Pattern& pattern : group->second) {
                if ((!best || pattern.isBefore(*best)) && matchesPattern(pattern.text, text))
                    best = &pattern;
            }
        }
        return best ? best->owner : ContextId();
    }

private:
    struct Pattern {
        std::string text;
        ContextId owner;
        std::size_t order = 0;

        bool isBefore(const Pattern& other) const
        {
            return std::tuple(other.text.size(), order) < std::tuple(text.size(), other.order);
        }
    };

    void add(const std::string& pattern, const ContextId& owner)
    {
        const std::string prefix = pattern.substr(0, pattern.find_first_of("*?"));
        m_byPrefix[prefix].push_back({pattern, owner, m_count++});
        m_prefixLengths.insert(prefix.size());
    }

    std::unordered_map<std::string, std::vector<Pattern>> m_byPrefix;
    std::set<std::size_t> m_prefixLengths;
    std::size_t m_count = 0;
};

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

EstateOwnership ownershipOf(const ContextMap& map, const Estate& estate)
{
    const OwnerPatterns datasets(map, &Ownership::datasets);
    const OwnerPatterns contracts(map, &Ownership::contracts);
    const OwnerPatterns jobs(map, &Ownership::jobs);
    EstateOwnership owners;
    for (const Dataset& dataset : estate.datasets)
        owners.datasetOwner.push_back(datasets.ownerOf(dataset.key()));
    for (const Contract& contract : estate.contracts)
        owners.contractOwner.push_back(contracts.ownerOf(contract.id));
    for (const Job& job : estate.jobs)
        owners.jobOwner.push_back(jobs.ownerOf(job.key()));
    return owners;
}

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
