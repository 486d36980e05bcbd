// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/map_drift/likely_relationship.h"

#include "model/map/edits.h"

#include <algorithm>
#include <set>

namespace portolan {
namespace {

const ObservedFlow* flowBetween(const MapDrift& drift, const ContextId& upstream,
                                const ContextId& downstream)
{
    for (const ObservedFlow& flow : drift.flows) {
        if (flow.upstream == upstream && flow.downstream == downstream)
            return &flow;
    }
    return nullptr;
}

// The keys of the datasets that flow, at their upstream side.
std::set<std::string> keysRead(const Estate& estate, const ObservedFlow& flow)
{
    std::set<std::string> keys;
    for (const std::uint32_t edge : flow.edges) {
        if (edge < estate.lineageEdges.size())
            keys.insert(estate.datasets[estate.lineageEdges[edge].from.value].key());
    }
    return keys;
}

// The contracts whose schema describes one of the datasets.
std::set<std::string> contractsOf(const Estate& estate, const std::set<std::string>& datasetKeys)
{
    std::set<std::string> ids;
    for (const SchemaObject& object : estate.objects) {
        if (object.dataset.isValid() && object.contract.isValid() &&
            datasetKeys.contains(estate.datasets[object.dataset.value].key()))
            ids.insert(estate.contracts[object.contract.value].id);
    }
    return ids;
}

bool isRead(const DataProduct& product, const std::set<std::string>& datasets,
            const std::set<std::string>& contracts)
{
    return std::any_of(product.ports.begin(), product.ports.end(),
                       [&](const Port& port) { return datasets.contains(port.dataset); }) ||
           std::any_of(product.contracts.begin(), product.contracts.end(),
                       [&](const std::string& id) { return contracts.contains(id); });
}

std::vector<ProductId> productsRead(const ContextMap& map, const Estate& estate,
                                    const ContextId& upstream, const ObservedFlow* flow)
{
    const std::vector<const DataProduct*> products = map.productsOf(upstream);
    std::vector<ProductId> read;
    if (flow) {
        const std::set<std::string> datasets = keysRead(estate, *flow);
        const std::set<std::string> contracts = contractsOf(estate, datasets);
        for (const DataProduct* product : products) {
            if (isRead(*product, datasets, contracts))
                read.push_back(product->id);
        }
    }
    if (read.empty() && products.size() == 1)
        read.push_back(products.front()->id);
    return read;
}

int useRank(ContractStatus status)
{
    return status == ContractStatus::Active ? 2 : status == ContractStatus::Unknown ? 1 : 0;
}

int majorOf(const std::string& version)
{
    const std::size_t digit = version.find_first_of("0123456789");
    int major = 0;
    for (std::size_t i = digit; i < version.size() && version[i] >= '0' && version[i] <= '9'; ++i)
        major = std::min(major * 10 + (version[i] - '0'), 100'000);
    return digit == std::string::npos ? -1 : major;
}

}  // namespace

Relationship likelyRelationship(const ContextMap& map, const Estate& estate, const MapDrift& drift,
                                const ContextId& from, const ContextId& to)
{
    Relationship likely;
    likely.upstream = from;
    likely.downstream = to;
    if (!flowBetween(drift, from, to) && flowBetween(drift, to, from))
        std::swap(likely.upstream, likely.downstream);
    const ObservedFlow* flow = flowBetween(drift, likely.upstream, likely.downstream);
    likely.exposes = productsRead(map, estate, likely.upstream, flow);
    const BoundedContext* upstream = map.context(likely.upstream);
    if (upstream && upstream->isBigBallOfMud)
        likely.downstreamRoles = {Role::AnticorruptionLayer};
    if (likely.exposes.size() == 1)
        likely.adopts = newestVersion(estate, *map.product(likely.exposes.front()));
    return likely;
}

Result<Edit> declareObserved(const MapDocument& document, const Estate& estate,
                             const MapDrift& drift, const DriftItem& item)
{
    const bool isTurned = item.kind == DriftKind::WrongDirection;
    if (!isTurned && item.kind != DriftKind::ObservedNotDeclared)
        return tl::unexpected(
            Problem{Severity::Error,
                    "drift.nothing-to-declare",
                    "Only what was observed and is not declared, or is declared the wrong way, can "
                    "be declared.",
                    {}});
    Relationship likely =
        likelyRelationship(document.map(), estate, drift, item.upstream, item.downstream);
    if (!isTurned)
        return addRelationship(document, likely).map([](const Creation& made) {
            return made.edit;
        });
    const RelationshipId id(item.subject.id);
    const Relationship* declared = document.map().relationship(id);
    if (!declared)
        return tl::unexpected(Problem{Severity::Error,
                                      "drift.no-such-difference",
                                      "The relationship \"" + id.text + "\" is gone.",
                                      {}});
    likely.type = declared->type;
    likely.hasVeto = declared->hasVeto;
    likely.name = declared->name;
    likely.description = declared->description;
    return changeRelationship(document, id, likely);
}

std::string newestVersion(const Estate& estate, const DataProduct& product)
{
    const Contract* newest = nullptr;
    for (const Contract& contract : estate.contracts) {
        if (std::find(product.contracts.begin(), product.contracts.end(), contract.id) ==
                product.contracts.end() ||
            useRank(contract.status) == 0 || majorOf(contract.version) < 0)
            continue;
        if (!newest || useRank(contract.status) > useRank(newest->status) ||
            (contract.status == newest->status &&
             majorOf(contract.version) > majorOf(newest->version)))
            newest = &contract;
    }
    return newest ? std::to_string(majorOf(newest->version)) : std::string();
}

}  // namespace portolan
