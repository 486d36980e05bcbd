// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/identity/identity.h"

#include "model/base/ascii_text.h"
#include "model/estate/estate_merge.h"
#include "model/estate/query_edges.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace portolan {

namespace {

constexpr std::size_t candidatesShown = 5;  // of one name: more are no help

std::string pairKey(std::string_view kind, std::string_view one, std::string_view other)
{
    const auto [first, second] = std::minmax(one, other);
    return std::string(kind) + "\n" + std::string(first) + "\n" + std::string(second);
}

std::string_view withoutStar(std::string_view name)
{
    return name.ends_with('*') ? name.substr(0, name.size() - 1) : name;
}

// What stands for the star; none when the name does not match.
std::optional<std::string_view> starred(std::string_view pattern, std::string_view name)
{
    if (!pattern.ends_with('*'))
        return pattern == name ? std::optional<std::string_view>("") : std::nullopt;
    const std::string_view prefix = withoutStar(pattern);
    if (!name.starts_with(prefix))
        return std::nullopt;
    return name.substr(prefix.size());
}

bool matches(const IdentityDecision& decision, std::string_view one, std::string_view other)
{
    const auto first = starred(decision.one, one);
    const auto second = starred(decision.other, other);
    if (!first || !second)
        return false;
    const bool isPair = decision.one.ends_with('*') && decision.other.ends_with('*');
    return !isPair || *first == *second;
}

// The map's decisions, ready to be asked about many pairs.
class Decisions {
public:
    explicit Decisions(const ContextMap& map)
    {
        for (const IdentityDecision& decision : map.identities) {
            if (decision.one.ends_with('*') || decision.other.ends_with('*'))
                m_patterns.push_back(&decision);
            else
                m_pairs.insert(pairKey(kindOf(decision), decision.one, decision.other));
        }
    }

    bool knows(std::string_view kind, std::string_view one, std::string_view other) const
    {
        if (m_pairs.contains(pairKey(kind, one, other)))
            return true;
        return std::any_of(
            m_patterns.begin(), m_patterns.end(), [&](const IdentityDecision* decision) {
                return kindOf(*decision) == kind &&
                       (matches(*decision, one, other) || matches(*decision, other, one));
            });
    }

    static std::string kindOf(const IdentityDecision& decision)
    {
        return decision.kind.empty() ? "dataset" : decision.kind;
    }

private:
    std::unordered_set<std::string> m_pairs;
    std::vector<const IdentityDecision*> m_patterns;
};

bool hasFlatNames(const Dataset& dataset)
{
    static const std::set<std::string, std::less<>> flat = {
        "kafka", "kinesis", "pubsub", "file", "s3", "gs",   "gcs", "abfss",
        "wasbs", "hdfs",    "dbfs",   "http", "",   "mqtt", "amqp"};
    return flat.contains(dataset.platform);
}

// "s3://lake/orders/dt=2024-01-01/hour=3" is a partition of "s3://lake/orders".
std::string_view withoutPartitions(std::string_view path)
{
    while (path.ends_with('/'))
        path.remove_suffix(1);
    while (true) {
        const std::size_t slash = path.rfind('/');
        if (slash == std::string_view::npos || path.find('=', slash) == std::string_view::npos)
            return path;
        path = path.substr(0, slash);
    }
}

class Proposing {
public:
    Proposing(const Estate& estate, const ContextMap& map) : m_estate(estate), m_decisions(map) {}

    std::vector<IdentityProposal> run()
    {
        proposeInstances();
        proposePlatforms();
        proposeSpellings();
        proposeSuffixes();
        proposePartitions();
        proposeHints();
        proposeContracts();
        std::vector<IdentityProposal> all = grouped();
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return std::make_pair(-a.confidence, -std::int64_t(a.members.size())) <
                   std::make_pair(-b.confidence, -std::int64_t(b.members.size()));
        });
        return all;
    }

private:
    void propose(std::string_view kind, const std::string& one, const std::string& other,
                 std::string reason, int confidence, std::string groupOne = {},
                 std::string groupOther = {})
    {
        if (one == other || m_decisions.knows(kind, one, other) ||
            !m_seen.insert(pairKey(kind, one, other)).second)
            return;
        IdentityProposal proposal{std::string(kind), one,        other,
                                  std::move(reason), confidence, {{one, other}}};
        if (groupOne.empty()) {
            m_single.push_back(std::move(proposal));
            return;
        }
        auto [group, isNew] =
            m_groups.try_emplace({groupOne, groupOther, confidence}, IdentityProposal());
        if (isNew)
            group->second = proposal;
        else
            group->second.members.emplace_back(one, other);
    }

    // dbt and contracts often know platform and path only; lineage events say the instance too.
    void proposeInstances()
    {
        std::unordered_map<std::string, std::vector<const Dataset*>> known;
        for (const Dataset& dataset : m_estate.datasets) {
            if (!dataset.platform.empty() && !dataset.instance.empty())
                known[dataset.platform + "\n" + dataset.path].push_back(&dataset);
        }
        for (const Dataset& dataset : m_estate.datasets) {
            if (dataset.platform.empty() || !dataset.instance.empty())
                continue;
            const auto found = known.find(dataset.platform + "\n" + dataset.path);
            if (found == known.end() || found->second.size() > candidatesShown)
                continue;
            const bool isOnly = found->second.size() == 1;
            for (const Dataset* other : found->second)
                propose("dataset", dataset.key(), other->key(),
                        isOnly ? "Same platform and name; only one source says on which instance."
                               : "Same platform and name on one of several instances.",
                        isOnly ? 90 : 40, prefixOf(dataset) + "*", prefixOf(*other) + "*");
        }
    }

    static std::string prefixOf(const Dataset& dataset)
    {
        const std::string key = dataset.key();
        return key.ends_with(dataset.path) ? key.substr(0, key.size() - dataset.path.size()) : key;
    }

    void proposePlatforms()
    {
        std::unordered_map<std::string, std::vector<const Dataset*>> known;
        for (const Dataset& dataset : m_estate.datasets) {
            if (!dataset.platform.empty())
                known[lowerCase(dataset.path)].push_back(&dataset);
        }
        for (const Dataset& dataset : m_estate.datasets) {
            if (!dataset.platform.empty() || !dataset.instance.empty())
                continue;
            const auto found = known.find(lowerCase(dataset.path));
            if (found == known.end() || found->second.size() > candidatesShown)
                continue;
            const bool isQualified = dataset.path.find('.') != std::string::npos;
            for (const Dataset* other : onePlatform(found->second)) {
                const bool isOnly = onePlatform(found->second).size() == 1;
                propose("dataset", dataset.key(), other->key(),
                        "The same name; its source does not say on which platform.",
                        isOnly ? (isQualified ? 70 : 50) : 30, prefixOf(dataset) + "*",
                        prefixOf(*other) + "*");
            }
        }
    }

    // Of one platform, the name without an instance is enough: that it is the same as the one with an instance is another question.
    static std::vector<const Dataset*> onePlatform(const std::vector<const Dataset*>& candidates)
    {
        const auto isOther = [&](const Dataset* one) {
            return one->platform != candidates.front()->platform;
        };
        if (std::any_of(candidates.begin(), candidates.end(), isOther))
            return candidates;
        for (const Dataset* one : candidates) {
            if (one->instance.empty())
                return {one};
        }
        return candidates;
    }

    void proposeSpellings()
    {
        std::unordered_map<std::string, const Dataset*> first;
        for (const Dataset& dataset : m_estate.datasets) {
            const std::string key =
                dataset.platform + "\n" + dataset.instance + "\n" + lowerCase(dataset.path);
            const auto [known, isNew] = first.try_emplace(key, &dataset);
            if (!isNew)
                propose("dataset", dataset.key(), known->second->key(),
                        "The names differ only in upper and lower case.", 75);
        }
    }

    // "public.orders" of one source may be "shop.public.orders" of another.
    void proposeSuffixes()
    {
        std::unordered_map<std::string, std::vector<const Dataset*>> bySuffix;
        for (const Dataset& dataset : m_estate.datasets) {
            if (hasFlatNames(dataset))
                continue;
            std::size_t dot = dataset.path.find('.');
            while (dot != std::string::npos &&
                   dataset.path.find('.', dot + 1) != std::string::npos) {
                bySuffix[dataset.platform + "\n" + lowerCase(dataset.path.substr(dot + 1))]
                    .push_back(&dataset);
                dot = dataset.path.find('.', dot + 1);
            }
        }
        for (const Dataset& dataset : m_estate.datasets) {
            if (hasFlatNames(dataset))
                continue;
            const auto found = bySuffix.find(dataset.platform + "\n" + lowerCase(dataset.path));
            if (found == bySuffix.end() || found->second.size() > candidatesShown)
                continue;
            for (const Dataset* other : found->second) {
                if (dataset.instance.empty() || other->instance.empty() ||
                    dataset.instance == other->instance)
                    propose("dataset", dataset.key(), other->key(),
                            "The same schema and table; one of them does not say the database.",
                            found->second.size() == 1 ? 60 : 30);
            }
        }
    }

    void proposePartitions()
    {
        for (const Dataset& dataset : m_estate.datasets) {
            const std::string_view base = withoutPartitions(dataset.path);
            if (base.size() == dataset.path.size() || !hasFlatNames(dataset))
                continue;
            Dataset whole;
            whole.platform = dataset.platform;
            whole.instance = dataset.instance;
            whole.path = base;
            if (m_estate.dataset(whole.key()).isValid())
                propose("dataset", dataset.key(), whole.key(), "A partition of it, by its path.",
                        80, whole.key() + "/*", whole.key());
        }
    }

    void proposeHints()
    {
        for (const IdentityHint& hint : m_estate.identityHints) {
            const bool isContract = hint.about == ClaimAbout::Contract;
            if (!isContract && hint.about != ClaimAbout::Dataset)
                continue;
            const bool isUseful = isContract || (m_estate.dataset(hint.one).isValid() &&
                                                 m_estate.dataset(hint.other).isValid());
            if (isUseful)
                propose(isContract ? "contract" : "dataset", hint.one, hint.other, hint.reason,
                        std::clamp(hint.confidence, 0, 99));
        }
    }

    // A registry's subject and a contract in a repository speak of one promise when both describe one dataset.
    void proposeContracts()
    {
        std::map<std::uint32_t, std::vector<ContractIndex>> byDataset;
        for (const SchemaObject& object : m_estate.objects) {
            if (!object.dataset.isValid() || !object.contract.isValid())
                continue;
            std::vector<ContractIndex>& contracts = byDataset[object.dataset.value];
            if (contracts.empty() || contracts.back() != object.contract)
                contracts.push_back(object.contract);
        }
        for (const auto& [dataset, contracts] : byDataset) {
            std::set<std::string> names;
            for (std::size_t i = 1; i < contracts.size() && i < 50; ++i) {
                const Contract& one = m_estate.contracts[contracts[i].value];
                const Contract& first = m_estate.contracts[contracts.front().value];
                if (one.id == first.id || formatOf(one) == formatOf(first) ||
                    !names.insert(one.id).second)
                    continue;
                propose("contract", one.id, first.id,
                        "Both describe " + m_estate.datasets[dataset].key() + ".", 65);
            }
        }
    }

    std::string_view formatOf(const Contract& contract) const
    {
        const SourceIndex source = contract.evidence.source;
        return source.value < m_estate.sources.size()
                   ? std::string_view(m_estate.sources[source.value].format)
                   : std::string_view();
    }

    std::vector<IdentityProposal> grouped()
    {
        std::vector<IdentityProposal> all = std::move(m_single);
        for (auto& [key, proposal] : m_groups) {
            if (proposal.members.size() > 1) {
                proposal.one = std::get<0>(key);
                proposal.other = std::get<1>(key);
            }
            all.push_back(std::move(proposal));
        }
        return all;
    }

    const Estate& m_estate;
    Decisions m_decisions;
    std::unordered_set<std::string> m_seen;
    std::vector<IdentityProposal> m_single;
    std::map<std::tuple<std::string, std::string, int>, IdentityProposal> m_groups;
};

// Calls `join` with each pair of datasets that the decision names.
template <class Join>
void forEachPair(const Estate& estate, const IdentityDecision& decision, Join join)
{
    if (!decision.one.ends_with('*')) {
        const DatasetIndex one = estate.dataset(decision.one);
        const DatasetIndex other = estate.dataset(decision.other);
        if (one.isValid() && other.isValid() && one != other)
            join(one, other);
        return;
    }
    const bool isPair = decision.other.ends_with('*');
    for (std::size_t i = 0; i < estate.datasets.size(); ++i) {
        const std::string key = estate.datasets[i].key();
        const auto rest = starred(decision.one, key);
        if (!rest)
            continue;
        const DatasetIndex other =
            estate.dataset(isPair ? std::string(withoutStar(decision.other)) + std::string(*rest)
                                  : decision.other);
        if (other.isValid() && other.value != i)
            join(DatasetIndex(i), other);
    }
}

std::vector<std::size_t> contractsNamed(const Estate& estate, std::string_view id)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < estate.contracts.size(); ++i) {
        if (estate.contracts[i].id == id)
            found.push_back(i);
    }
    return found;
}

}  // namespace

IdentityDecision IdentityProposal::decision(bool isSame) const
{
    IdentityDecision decision;
    decision.kind = kind;
    decision.one = one;
    decision.other = other;
    decision.isSame = isSame;
    decision.reason = reason;
    return decision;
}

std::vector<IdentityProposal> identityProposals(const Estate& estate, const ContextMap& map)
{
    return Proposing(estate, map).run();
}

EstatePtr identified(const EstatePtr& estate, const ContextMap& map)
{
    std::vector<std::pair<DatasetIndex, DatasetIndex>> same;
    std::vector<const IdentityDecision*> contracts;
    for (const IdentityDecision& decision : map.identities) {
        if (!decision.isSame)
            continue;
        if (Decisions::kindOf(decision) == "contract")
            contracts.push_back(&decision);
        else
            forEachPair(*estate, decision, [&](DatasetIndex one, DatasetIndex other) {
                same.emplace_back(other, one);
            });
    }
    if (same.empty() && contracts.empty())
        return estate;
    EstateBuilder builder;
    mergeInto(builder, *estate, sameDatasets(*estate, same));
    Estate merged = builder.take();
    joinQueryEdges(merged);
    // A contract keeps its versions and is found by its other name too.
    for (const IdentityDecision* decision : contracts) {
        for (const auto& [name, further] : {std::pair(decision->one, decision->other),
                                            std::pair(decision->other, decision->one)}) {
            for (const std::size_t i : contractsNamed(merged, name))
                merged.contractByKey.try_emplace(further + "@" + merged.contracts[i].version,
                                                 ContractIndex(i));
        }
    }
    return std::make_shared<const Estate>(std::move(merged));
}

std::size_t decided(const Estate& estate, const IdentityDecision& decision)
{
    if (Decisions::kindOf(decision) == "contract")
        return contractsNamed(estate, decision.one).empty() ||
                       contractsNamed(estate, decision.other).empty()
                   ? 0
                   : 1;
    std::size_t count = 0;
    forEachPair(estate, decision, [&](DatasetIndex, DatasetIndex) { ++count; });
    return count;
}

}  // namespace portolan
