// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/map_drift/ownership.h"

#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

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

}  // namespace portolan
