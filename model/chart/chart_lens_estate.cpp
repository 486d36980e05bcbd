// SPDX-License-Identifier: Apache-2.0
#include "model/chart/chart_lens_readings.h"
#include "model/chart/context_map_chart.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace portolan {
namespace {

// Contexts that something was seen of: without that nothing can be held against them.
std::set<std::string> seenContexts(const EstateOwnership& ownership)
{
    std::set<std::string> seen;
    for (const auto* owners :
         {&ownership.datasetOwner, &ownership.contractOwner, &ownership.jobOwner}) {
        for (const ContextId& owner : *owners) {
            if (!owner.isEmpty())
                seen.insert(owner.text);
        }
    }
    return seen;
}

template <class Thing>
const ContextId* ownerAt(const std::vector<ContextId>& owners, Index<Thing> index)
{
    return !index.isValid() || index.value >= owners.size() || owners[index.value].isEmpty()
               ? nullptr
               : &owners[index.value];
}

}  // namespace

// ---- drift

LensReading driftReading(const LensSources& sources)
{
    struct Tally {
        std::size_t undeclared = 0;
        std::size_t notObserved = 0;
    };
    std::unordered_map<std::string, Tally> counts;
    for (const ObservedFlow& flow : sources.drift.flows) {
        if (flow.isDeclared)
            continue;
        ++counts[flow.upstream.text].undeclared;
        ++counts[flow.downstream.text].undeclared;
    }
    const std::set<RelationshipId> missing(sources.drift.declaredNotObserved.begin(),
                                           sources.drift.declaredNotObserved.end());
    for (const Relationship& relationship : sources.map.relationships) {
        if (!missing.contains(relationship.id))
            continue;
        ++counts[relationship.upstream.text].notObserved;
        ++counts[relationship.downstream.text].notObserved;
    }
    const std::set<std::string> seen = seenContexts(sources.ownership);
    LensReading reading;
    reading.legend.entries = {
        {"has flows that nobody declares", "", LensTone::Warning, 0, "undeclared"},
        {"declared, not observed", "", LensTone::Note, 0, "not observed"},
        {"as declared", "", LensTone::Good, 0},
        {"not known", "", LensTone::Unknown, 0}};
    for (const BoundedContext& context : sources.map.contexts) {
        LensValue value{3, "not known"};
        if (seen.contains(context.id.text)) {
            const Tally of = counts[context.id.text];
            value = {2, "as declared"};
            if (of.undeclared > 0)
                value = {0, std::to_string(of.undeclared) + " undeclared"};
            else if (of.notObserved > 0)
                value = {1, {}};
            if (of.notObserved > 0)
                value.words += (value.words.empty() ? "" : ", ") + std::to_string(of.notObserved) +
                               " not observed";
        }
        reading.values.emplace(context.id.text, std::move(value));
    }
    return reading;
}

// ---- adoption

namespace {

// What is known of the version that one consumer uses; the worse ones are the larger ones.
enum class Use { Active, Unknown, Deprecated, Retired };

Use useOfStatus(ContractStatus status)
{
    switch (status) {
    case ContractStatus::Retired:
        return Use::Retired;
    case ContractStatus::Deprecated:
        return Use::Deprecated;
    case ContractStatus::Active:
    case ContractStatus::Draft:
        return Use::Active;
    case ContractStatus::Unknown:
        break;
    }
    return Use::Unknown;
}

class Uses {
public:
    explicit Uses(const LensSources& sources) : m_map(sources.map)
    {
        for (const Contract& contract : sources.estate.contracts)
            m_versions[contract.id].push_back(&contract);
        for (const DataProduct& product : m_map.products) {
            m_ownerOf.emplace(product.id.text, &product);
            for (const std::string& contract : product.contracts)
                m_ownerOf.emplace(contract, &product);
        }
        readDeclared();
        readObserved(sources.estate);
    }

    // By consumer; null where nobody is known.
    const std::map<std::string, Use>* of(const ContextId& provider) const
    {
        const auto found = m_uses.find(provider.text);
        return found == m_uses.end() ? nullptr : &found->second;
    }

private:
    void readDeclared()
    {
        for (const Relationship& relationship : m_map.relationships) {
            if (isSymmetric(relationship.type) || relationship.adopts.empty())
                continue;
            std::optional<Use> use;
            for (const ProductId& id : relationship.exposes) {
                const auto product = m_ownerOf.find(id.text);
                if (product != m_ownerOf.end())
                    use = std::max(use, useOf(*product->second, relationship.adopts));
            }
            add(relationship.upstream, relationship.downstream.text, use.value_or(Use::Unknown));
        }
    }

    void readObserved(const Estate& estate)
    {
        for (const Adoption& adoption : estate.adoptions) {
            const auto product = m_ownerOf.find(adoption.thing);
            if (product == m_ownerOf.end())
                continue;
            const std::string& version =
                adoption.resolved.empty() ? adoption.version : adoption.resolved;
            add(product->second->owner, adoption.consumer,
                useOf(*product->second, version).value_or(Use::Unknown));
        }
    }

    // The worst of the product's contracts that have such a version and say how it stands; none when nobody says it.
    std::optional<Use> useOf(const DataProduct& product, const std::string& version) const
    {
        std::optional<Use> use;
        if (version.empty())
            return use;
        const std::string spoken = shortVersion(version);
        for (const std::string& id : product.contracts) {
            const auto versions = m_versions.find(id);
            if (versions == m_versions.end())
                continue;
            for (const Contract* contract : versions->second) {
                const bool isMeant =
                    contract->version == version || shortVersion(contract->version) == spoken;
                if (isMeant && contract->status != ContractStatus::Unknown)
                    use = std::max(use, std::optional(useOfStatus(contract->status)));
            }
        }
        return use;
    }

    void add(const ContextId& provider, const std::string& consumer, Use use)
    {
        const auto [at, isNew] = m_uses[provider.text].try_emplace(consumer, use);
        if (!isNew)
            at->second = std::max(at->second, use);
    }

    const ContextMap& m_map;
    std::unordered_map<std::string, std::vector<const Contract*>> m_versions;  // by contract id
    std::unordered_map<std::string, const DataProduct*> m_ownerOf;  // by product and contract id
    std::unordered_map<std::string, std::map<std::string, Use>> m_uses;  // by provider
};

LensValue adoptionOf(const std::map<std::string, Use>& uses)
{
    std::array<std::size_t, 4> counts = {};
    for (const auto& [consumer, use] : uses)
        ++counts[static_cast<std::size_t>(use)];
    const auto count = [&](Use use) { return counts[static_cast<std::size_t>(use)]; };
    const auto words = [&](Use use, std::string_view state) {
        const std::string all = std::to_string(uses.size());
        return (uses.size() == 1            ? all
                : count(use) == uses.size() ? "all " + all
                                            : std::to_string(count(use)) + " of " + all) +
               " " + std::string(state);
    };
    if (count(Use::Retired) > 0)
        return {0, words(Use::Retired, "retired")};
    if (count(Use::Deprecated) > 0)
        return {1, words(Use::Deprecated, "deprecated")};
    if (count(Use::Unknown) > 0)
        return {4, words(Use::Unknown, "not known")};
    return {2, words(Use::Active, "active")};
}

}  // namespace

LensReading adoptionReading(const LensSources& sources)
{
    LensReading reading;
    reading.legend.entries = {
        {"a consumer on a retired version", "", LensTone::Error, 0, "retired in use"},
        {"a consumer on a deprecated version", "", LensTone::Warning, 0, "deprecated in use"},
        {"consumers on active versions", "", LensTone::Good, 0, "active"},
        {"offers no product", "\xE2\x80\x93", LensTone::Others, 0, "no product"},
        {"not known", "", LensTone::Unknown, 0}};
    std::set<std::string> providers;
    for (const DataProduct& product : sources.map.products)
        providers.insert(product.owner.text);
    const Uses uses(sources);
    for (const BoundedContext& context : sources.map.contexts) {
        LensValue value{4, "not known"};
        if (const auto* consumers = uses.of(context.id))
            value = adoptionOf(*consumers);
        else if (!providers.contains(context.id.text))
            value = {3, "offers no product"};
        reading.values.emplace(context.id.text, std::move(value));
    }
    return reading;
}

bool saysAdoption(const LensSources& sources)
{
    return !sources.estate.adoptions.empty() ||
           std::any_of(sources.map.relationships.begin(), sources.map.relationships.end(),
                       [](const Relationship& relationship) {
                           return !isSymmetric(relationship.type) && !relationship.adopts.empty();
                       });
}

// ---- freshness

namespace {

// The day of an ISO 8601 instant; empty when it says none.
std::optional<std::chrono::sys_days> dayOf(std::string_view time)
{
    if (time.size() < 10 || time[4] != '-' || time[7] != '-')
        return std::nullopt;
    const auto number = [&](std::size_t from, std::size_t length) {
        int value = 0;
        for (const char c : time.substr(from, length)) {
            if (std::isdigit(static_cast<unsigned char>(c)) == 0)
                return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const int year = number(0, 4);
    const int month = number(5, 2);
    const int day = number(8, 2);
    if (year < 0 || month < 0 || day < 0)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

struct Sight {
    std::string newest;  // ISO 8601
    bool hasFailed = false;
    bool hasWarned = false;
};

class Sights {
public:
    explicit Sights(const LensSources& sources)
        : m_estate(sources.estate), m_ownership(sources.ownership)
    {
        readJobs();
        readChecks();
        for (const Observation& observation : m_estate.observations)
            see(ownerAt(m_ownership.datasetOwner, observation.dataset), observation.at);
    }

    const Sight* of(const ContextId& context) const
    {
        const auto found = m_sights.find(context.text);
        return found == m_sights.end() ? nullptr : &found->second;
    }

private:
    // A job tells of its own context and of those that it writes into.
    void readJobs()
    {
        const auto& jobs = m_estate.jobs;
        for (std::size_t job = 0; job < jobs.size() && job < m_ownership.jobOwner.size(); ++job) {
            if (!m_ownership.jobOwner[job].isEmpty())
                see(&m_ownership.jobOwner[job], jobs[job].lastRun);
        }
        for (const LineageEdge& edge : m_estate.lineageEdges) {
            if (edge.job.isValid())
                see(ownerAt(m_ownership.datasetOwner, edge.to), jobs[edge.job.value].lastRun);
        }
    }

    // Of each check of freshness its newest run.
    void readChecks()
    {
        std::map<std::pair<std::uint32_t, std::string_view>, const CheckRun*> newest;
        for (const CheckRun& run : m_estate.checkRuns) {
            if (!run.dataset.isValid())
                continue;
            see(ownerAt(m_ownership.datasetOwner, run.dataset), run.at);
            if (run.type != "freshness")
                continue;
            const CheckRun*& at = newest[{run.dataset.value, run.check}];
            if (!at || at->at <= run.at)
                at = &run;
        }
        for (const auto& [key, run] : newest) {
            const ContextId* owner = ownerAt(m_ownership.datasetOwner, run->dataset);
            if (!owner)
                continue;
            if (run->outcome == CheckOutcome::Failed)
                m_sights[owner->text].hasFailed = true;
            else if (run->outcome == CheckOutcome::Warned)
                m_sights[owner->text].hasWarned = true;
        }
    }

    void see(const ContextId* owner, const std::string& at)
    {
        if (!owner || !dayOf(at))
            return;
        std::string& newest = m_sights[owner->text].newest;
        newest = std::max(newest, at);
    }

    const Estate& m_estate;
    const EstateOwnership& m_ownership;
    std::unordered_map<std::string, Sight> m_sights;
};

// What ages are counted to: the newest import.
std::optional<std::chrono::sys_days> importDay(const Estate& estate)
{
    std::optional<std::chrono::sys_days> newest;
    for (const Source& source : estate.sources) {
        if (const auto day = dayOf(source.importedAt))
            newest = newest ? std::max(*newest, *day) : *day;
    }
    return newest;
}

constexpr int failedEntry = 0;
constexpr int warnedEntry = 1;
constexpr int dayEntry = 2;
constexpr int weekEntry = 3;
constexpr int monthEntry = 4;
constexpr int olderEntry = 5;
constexpr int unknownEntry = 6;

LensValue freshnessOf(const Sight& sight, const std::optional<std::chrono::sys_days>& today)
{
    LensValue value{unknownEntry, "not known"};
    const auto day = dayOf(sight.newest);
    if (day && today) {
        const auto age = std::max<long>(0, (*today - *day).count());
        value.entry = age <= 1    ? dayEntry
                      : age <= 7  ? weekEntry
                      : age <= 31 ? monthEntry
                                  : olderEntry;
        value.words = sight.newest.substr(0, 10) + ", " +
                      countedWords(static_cast<std::size_t>(age), "day", "days") + " old";
    }
    if (sight.hasFailed)
        value = {failedEntry, "late by a check"};
    else if (sight.hasWarned)
        value = {warnedEntry, "nearly late by a check"};
    return value;
}

}  // namespace

LensReading freshnessReading(const LensSources& sources)
{
    LensReading reading;
    reading.legend.entries = {
        {"late by a check", "", LensTone::Error, 0, "late"},
        {"nearly late by a check", "", LensTone::Warning, 0, "nearly late"},
        {"moved within a day of the import", "1d", LensTone::Grade, 0, "within a day"},
        {"within a week", "7d", LensTone::Grade, 1},
        {"within a month", "1m", LensTone::Grade, 2},
        {"longer ago", ">", LensTone::Grade, 3},
        {"not known", "", LensTone::Unknown, 0}};
    const Sights sights(sources);
    const auto today = importDay(sources.estate);
    for (const BoundedContext& context : sources.map.contexts) {
        const Sight* sight = sights.of(context.id);
        reading.values.emplace(context.id.text, sight ? freshnessOf(*sight, today)
                                                      : LensValue{unknownEntry, "not known"});
    }
    return reading;
}

// Asked after each edit, so it ends with the first thing found and looks up nothing by name.
bool saysFreshness(const LensSources& sources)
{
    const Estate& estate = sources.estate;
    const EstateOwnership& ownership = sources.ownership;
    const auto isOwned = [&](DatasetIndex dataset) {
        return ownerAt(ownership.datasetOwner, dataset) != nullptr;
    };
    for (std::size_t job = 0; job < estate.jobs.size(); ++job) {
        if (ownerAt(ownership.jobOwner, JobIndex(job)) && dayOf(estate.jobs[job].lastRun))
            return true;
    }
    return std::any_of(estate.lineageEdges.begin(), estate.lineageEdges.end(),
                       [&](const LineageEdge& edge) {
                           return edge.job.isValid() && isOwned(edge.to) &&
                                  dayOf(estate.jobs[edge.job.value].lastRun);
                       }) ||
           std::any_of(
               estate.checkRuns.begin(), estate.checkRuns.end(),
               [&](const CheckRun& run) { return isOwned(run.dataset) && dayOf(run.at); }) ||
           std::any_of(
               estate.observations.begin(), estate.observations.end(),
               [&](const Observation& seen) { return isOwned(seen.dataset) && dayOf(seen.at); });
}

}  // namespace portolan
