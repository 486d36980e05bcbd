// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/crossings.h"

#include "model/analysis/lineage/published_datasets.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace portolan {
namespace {

constexpr std::size_t mostUnownedInARow = 8;
constexpr std::size_t mostUnownedAround = 256;

template <class Value>
void sortOnce(std::vector<Value>& values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

class Finder {
public:
    Finder(const ContextMap& map, const Estate& estate, const EstateOwnership& ownership)
        : m_estate(estate), m_ownership(ownership), m_published(publishedDatasets(map, estate))
    {
        for (std::size_t i = 0; i < estate.contracts.size(); ++i)
            m_versions[estate.contracts[i].id].push_back(ContractIndex(i));
        for (const Relationship& relationship : map.relationships)
            addRelationship(relationship);
        for (const Route& route : map.routes) {
            for (const ProductId& source : route.sources)
                m_routes.emplace(std::pair(source, route.consumer), route.id);
        }
    }

    Crossings find()
    {
        for (const ContextId& owner : m_ownership.datasetOwner)
            m_found.unownedDatasets += owner.isEmpty() ? 1 : 0;
        sortEdges();
        addStraightOnes();
        addThoseThroughUnowned();
        std::sort(m_found.all.begin(), m_found.all.end(), [](const Crossing& a, const Crossing& b) {
            return std::tie(a.upstream, a.downstream, a.from, a.to) <
                   std::tie(b.upstream, b.downstream, b.from, b.to);
        });
        return std::move(m_found);
    }

private:
    using Pair = std::pair<DatasetIndex, DatasetIndex>;

    void addRelationship(const Relationship& relationship)
    {
        if (relationship.type == RelationshipType::SeparateWays)
            return;
        m_declared.emplace(std::pair(relationship.upstream, relationship.downstream),
                           relationship.id);
        if (isSymmetric(relationship.type))
            m_declared.emplace(std::pair(relationship.downstream, relationship.upstream),
                               relationship.id);
    }

    const ContextId& ownerOf(DatasetIndex dataset) const
    {
        return m_ownership.datasetOwner[dataset.value];
    }

    // Straight ones by their ends, and what comes from an unowned dataset or goes into one.
    void sortEdges()
    {
        for (std::size_t i = 0; i < m_estate.lineageEdges.size(); ++i) {
            const LineageEdge& edge = m_estate.lineageEdges[i];
            const ContextId& from = ownerOf(edge.from);
            const ContextId& to = ownerOf(edge.to);
            const auto number = static_cast<std::uint32_t>(i);
            if (from.isEmpty() || to.isEmpty())
                ++m_found.edgesOfUnowned;
            if (from.isEmpty())
                m_fromUnowned[edge.from].push_back(number);
            else if (to.isEmpty())
                m_intoUnowned[edge.from].push_back(number);
            else if (from != to)
                m_straight.emplace_back(Pair(edge.from, edge.to), number);
        }
        std::sort(m_straight.begin(), m_straight.end());
    }

    void addStraightOnes()
    {
        for (std::size_t i = 0; i < m_straight.size();) {
            const Pair ends = m_straight[i].first;
            std::vector<std::uint32_t> edges;
            for (; i < m_straight.size() && m_straight[i].first == ends; ++i)
                edges.push_back(m_straight[i].second);
            add(ends, {}, std::move(edges));
        }
    }

    void addThoseThroughUnowned()
    {
        for (const auto& [from, edges] : m_intoUnowned)
            followUnowned(from, edges);
    }

    // Breadth first, so that the first way to a dataset is a shortest one.
    void followUnowned(DatasetIndex start, const std::vector<std::uint32_t>& first)
    {
        struct Step {
            DatasetIndex dataset;
            std::size_t before = 0;  // number of the step that led here
            std::size_t hops = 0;
        };
        std::vector<Step> steps{{start, 0, 0}};
        std::set<DatasetIndex> seen{start};
        for (std::size_t at = 0; at < steps.size(); ++at) {
            const auto edges = m_fromUnowned.find(steps[at].dataset);
            if (at > 0 && edges == m_fromUnowned.end())
                continue;
            for (const std::uint32_t edge : at == 0 ? first : edges->second) {
                const DatasetIndex next = m_estate.lineageEdges[edge].to;
                if (!seen.insert(next).second)
                    continue;
                if (ownerOf(next).isEmpty()) {
                    if (steps[at].hops == mostUnownedInARow || steps.size() > mostUnownedAround)
                        m_found.isCut = true;
                    else
                        steps.push_back({next, at, steps[at].hops + 1});
                } else if (ownerOf(next) != ownerOf(start)) {
                    std::vector<DatasetIndex> through;
                    for (std::size_t step = at; step > 0; step = steps[step].before)
                        through.push_back(steps[step].dataset);
                    std::reverse(through.begin(), through.end());
                    addWay({start, next}, std::move(through));
                }
            }
        }
    }

    void addWay(const Pair& ends, std::vector<DatasetIndex> through)
    {
        const auto straight =
            std::lower_bound(m_straight.begin(), m_straight.end(), std::pair(ends, 0U));
        if (straight != m_straight.end() && straight->first == ends)
            return;
        std::vector<std::uint32_t> edges;
        DatasetIndex from = ends.first;
        for (std::size_t i = 0; i <= through.size(); ++i) {
            const DatasetIndex to = i < through.size() ? through[i] : ends.second;
            const auto& out = i == 0 ? m_intoUnowned[from] : m_fromUnowned[from];
            for (const std::uint32_t edge : out) {
                if (m_estate.lineageEdges[edge].to == to)
                    edges.push_back(edge);
            }
            from = to;
        }
        add(ends, std::move(through), std::move(edges));
    }

    void add(const Pair& ends, std::vector<DatasetIndex> through, std::vector<std::uint32_t> edges)
    {
        Crossing crossing;
        crossing.upstream = ownerOf(ends.first);
        crossing.downstream = ownerOf(ends.second);
        std::tie(crossing.from, crossing.to) = ends;
        crossing.through = std::move(through);
        crossing.edges = std::move(edges);
        for (const std::uint32_t edge : crossing.edges) {
            if (const JobIndex job = m_estate.lineageEdges[edge].job; job.isValid())
                crossing.jobs.push_back(job);
        }
        sortOnce(crossing.jobs);
        tellWhatIsRead(crossing);
        const auto declared = m_declared.find({crossing.upstream, crossing.downstream});
        if (declared != m_declared.end())
            crossing.declared = declared->second;
        m_found.all.push_back(std::move(crossing));
    }

    void tellWhatIsRead(Crossing& crossing) const
    {
        const PublishedDataset& published = m_published[crossing.from.value];
        if (!published.product || published.product->owner != crossing.upstream)
            return;
        crossing.product = published.product->id;
        crossing.contracts = published.contracts;
        if (crossing.contracts.empty()) {
            for (const std::string& id : published.product->contracts) {
                const auto versions = m_versions.find(id);
                if (versions != m_versions.end())
                    crossing.contracts.insert(crossing.contracts.end(), versions->second.begin(),
                                              versions->second.end());
            }
        }
        sortOnce(crossing.contracts);
        const auto route = m_routes.find({crossing.product, crossing.downstream});
        if (route != m_routes.end())
            crossing.route = route->second;
    }

    const Estate& m_estate;
    const EstateOwnership& m_ownership;
    const std::vector<PublishedDataset> m_published;
    std::unordered_map<std::string_view, std::vector<ContractIndex>> m_versions;  // by contract id
    std::map<std::pair<ContextId, ContextId>, RelationshipId> m_declared;
    std::map<std::pair<ProductId, ContextId>, RouteId> m_routes;
    std::vector<std::pair<Pair, std::uint32_t>> m_straight;
    // Edges by where they come from: those that leave unowned datasets, and those that enter one from an owned dataset.
    std::map<DatasetIndex, std::vector<std::uint32_t>> m_fromUnowned;
    std::map<DatasetIndex, std::vector<std::uint32_t>> m_intoUnowned;
    Crossings m_found;
};

}  // namespace

Crossings crossings(const ContextMap& map, const Estate& estate, const EstateOwnership& ownership)
{
    return Finder(map, estate, ownership).find();
}

}  // namespace portolan
