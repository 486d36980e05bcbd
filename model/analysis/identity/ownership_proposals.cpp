// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/identity/ownership_proposals.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace portolan {

namespace {

constexpr std::size_t neighboursNeeded =
    3;  // that one context owns, before the rest of a schema is proposed to it

// "Policy Management", "policy-management" and "policy_management" are one name to a person.
std::string simplified(std::string_view name)
{
    std::string simple;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z')
            simple += static_cast<char>(c - 'A' + 'a');
        else if (c != ' ' && c != '-' && c != '_' && c != '.')
            simple += c;
    }
    return simple;
}

// Contexts by what sources may call them.
class ContextNames {
public:
    explicit ContextNames(const ContextMap& map)
    {
        for (const BoundedContext& context : map.contexts) {
            add(m_contexts, context.id.text, context.id);
            add(m_contexts, context.name, context.id);
            for (const DomainId& domain : context.domains) {
                add(m_domains, domain.text, context.id);
                if (const Domain* named = map.domain(domain))
                    add(m_domains, named->name, context.id);
            }
            add(m_teams, context.team.text, context.id);
            if (const MapTeam* team = map.team(context.team))
                add(m_teams, team->name, context.id);
        }
    }

    ContextId context(std::string_view name) const { return only(m_contexts, name); }
    // The only context of a domain or team; empty when there are several.
    ContextId ofDomain(std::string_view name) const { return only(m_domains, name); }
    ContextId ofTeam(std::string_view name) const { return only(m_teams, name); }

private:
    using Names = std::unordered_map<std::string, std::set<std::string>>;

    static void add(Names& names, const std::string& name, const ContextId& id)
    {
        if (!name.empty())
            names[simplified(name)].insert(id.text);
    }
    static ContextId only(const Names& names, std::string_view name)
    {
        const auto found = name.empty() ? names.end() : names.find(simplified(name));
        return found != names.end() && found->second.size() == 1 ? ContextId(*found->second.begin())
                                                                 : ContextId();
    }

    Names m_contexts;
    Names m_domains;
    Names m_teams;
};

class Proposing {
public:
    Proposing(const Estate& estate, const ContextMap& map, const EstateOwnership& ownership)
        : m_estate(estate), m_map(map), m_ownership(ownership), m_names(map)
    {
        for (const DataProduct& product : map.products) {
            for (const std::string& contract : product.contracts)
                m_ownerOfContract.emplace(contract, product.owner);
        }
    }

    std::vector<OwnershipProposal> run()
    {
        proposeContracts();
        proposeByClaims();
        proposeDescribedDatasets();
        proposeNeighbours();
        std::stable_sort(m_all.begin(), m_all.end(), [](const auto& a, const auto& b) {
            return std::make_tuple(-a.confidence, -std::int64_t(a.members.size()), a.pattern) <
                   std::make_tuple(-b.confidence, -std::int64_t(b.members.size()), b.pattern);
        });
        return std::move(m_all);
    }

private:
    void propose(const ContextId& context, std::string_view list, const std::string& key,
                 std::string reason, int confidence)
    {
        if (context.isEmpty() || key.empty() ||
            !m_seen.insert(std::string(list) + "\n" + key).second)
            return;
        m_all.push_back({context, std::string(list), key, std::move(reason), confidence, {key}});
    }

    std::string nameOf(const ContextId& id) const
    {
        const BoundedContext* context = m_map.context(id);
        return context ? context->name : id.text;
    }

    // By the map's product that the contract belongs to, by its own domain, by its own owner.
    void proposeContracts()
    {
        for (std::size_t i = 0; i < m_estate.contracts.size(); ++i) {
            const Contract& contract = m_estate.contracts[i];
            if (!m_ownership.contractOwner[i].isEmpty())
                continue;
            if (const auto known = m_ownerOfContract.find(contract.id);
                known != m_ownerOfContract.end())
                propose(known->second, "contracts", contract.id,
                        "A product of " + nameOf(known->second) + " has this contract.", 95);
            proposeBy("contracts", contract.id, "The contract", "domain", contract.domain);
            proposeBy("contracts", contract.id, "The contract", "owner", contract.owner);
        }
    }

    void proposeBy(std::string_view list, const std::string& key, const std::string& who,
                   std::string_view property, const std::string& value)
    {
        if (value.empty())
            return;
        const std::string says = who + " says " + std::string(property) + " \"" + value + "\"";
        propose(m_names.context(value), list, key, says + ", which is this context.", 90);
        if (property == "domain")
            propose(m_names.ofDomain(value), list, key,
                    says + "; this is the domain's only context.", 70);
        propose(m_names.ofTeam(value), list, key, says + "; this is the team's only context.", 75);
    }

    // What sources claim of datasets: dbt groups and packages, owners and domains of catalogs.
    void proposeByClaims()
    {
        for (const Claim& claim : m_estate.claims) {
            const bool isOwnership = claim.property == "owner" || claim.property == "domain" ||
                                     claim.property == "context" || claim.property == "group";
            if (!isOwnership)
                continue;
            if (claim.about == ClaimAbout::Dataset) {
                const DatasetIndex dataset = m_estate.dataset(claim.subject);
                if (dataset.isValid() && m_ownership.datasetOwner[dataset.value].isEmpty())
                    proposeBy("datasets", m_estate.datasets[dataset.value].key(), "Its source",
                              claim.property, claim.value);
            } else if (claim.about == ClaimAbout::Contract) {
                const ContractIndex contract = m_estate.contract(claim.subject);
                if (contract.isValid() && m_ownership.contractOwner[contract.value].isEmpty())
                    proposeBy("contracts", m_estate.contracts[contract.value].id, "Its source",
                              claim.property, claim.value);
            }
        }
    }

    // A dataset belongs to the context whose contract describes it.
    void proposeDescribedDatasets()
    {
        for (const SchemaObject& object : m_estate.objects) {
            if (!object.dataset.isValid() || !object.contract.isValid() ||
                !m_ownership.datasetOwner[object.dataset.value].isEmpty())
                continue;
            const Contract& contract = m_estate.contracts[object.contract.value];
            ContextId owner = m_ownership.contractOwner[object.contract.value];
            if (const auto known = m_ownerOfContract.find(contract.id);
                owner.isEmpty() && known != m_ownerOfContract.end())
                owner = known->second;
            if (!owner.isEmpty())
                propose(owner, "datasets", m_estate.datasets[object.dataset.value].key(),
                        "The contract " + contract.id + " of " + nameOf(owner) + " describes it.",
                        85);
        }
    }

    static std::string schemaOf(const Dataset& dataset)
    {
        const std::string key = dataset.key();
        const std::size_t end = key.find_last_of("./");
        return end == std::string::npos ? std::string() : key.substr(0, end + 1);
    }

    // The rest of a schema or folder whose known members all belong to one context.
    void proposeNeighbours()
    {
        struct Schema {
            std::set<std::string> owners;
            std::size_t owned = 0;
            std::vector<std::string> others;
        };
        std::map<std::string, Schema> schemas;
        for (std::size_t i = 0; i < m_estate.datasets.size(); ++i) {
            const std::string name = schemaOf(m_estate.datasets[i]);
            if (name.empty() || name.ends_with("//"))
                continue;
            Schema& schema = schemas[name];
            const ContextId& owner = m_ownership.datasetOwner[i];
            if (owner.isEmpty()) {
                schema.others.push_back(m_estate.datasets[i].key());
            } else {
                schema.owners.insert(owner.text);
                ++schema.owned;
            }
        }
        for (auto& [name, schema] : schemas) {
            std::erase_if(schema.others, [&](const std::string& key) {
                return m_seen.contains("datasets\n" + key);
            });
            if (schema.owners.size() != 1 || schema.owned < neighboursNeeded ||
                schema.others.empty())
                continue;
            const ContextId owner(*schema.owners.begin());
            m_all.push_back({owner, "datasets", name + "*",
                             "All " + std::to_string(schema.owned) + " others of " + name +
                                 " that somebody owns belong to " + nameOf(owner) + ".",
                             60, std::move(schema.others)});
        }
    }

    const Estate& m_estate;
    const ContextMap& m_map;
    const EstateOwnership& m_ownership;
    ContextNames m_names;
    std::unordered_map<std::string, ContextId> m_ownerOfContract;
    std::set<std::string> m_seen;
    std::vector<OwnershipProposal> m_all;
};

}  // namespace

std::vector<OwnershipProposal> ownershipProposals(const Estate& estate, const ContextMap& map,
                                                  const EstateOwnership& ownership)
{
    return Proposing(estate, map, ownership).run();
}

}  // namespace portolan
