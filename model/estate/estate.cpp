// SPDX-License-Identifier: Apache-2.0
#include "model/estate/estate.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portolan {

namespace {

template <class Value>
using Spellings = std::pair<std::string_view, Value>;

constexpr std::array<Spellings<ProductKind>, 5> productKinds = {{
    {"operational-api", ProductKind::OperationalApi},
    {"event", ProductKind::Event},
    {"state", ProductKind::State},
    {"analytical", ProductKind::Analytical},
    {"unknown", ProductKind::Unknown},
}};

constexpr std::array<Spellings<Authority>, 4> authorities = {{
    {"authoritative", Authority::Authoritative},
    {"derived", Authority::Derived},
    {"conformed", Authority::Conformed},
    {"unknown", Authority::Unknown},
}};

// The first spelling of a status is the one we write.
constexpr std::array<Spellings<ContractStatus>, 9> statuses = {{
    {"draft", ContractStatus::Draft},
    {"active", ContractStatus::Active},
    {"deprecated", ContractStatus::Deprecated},
    {"retired", ContractStatus::Retired},
    {"unknown", ContractStatus::Unknown},
    {"proposed", ContractStatus::Draft},
    {"current", ContractStatus::Active},
    {"production", ContractStatus::Active},
    {"in development", ContractStatus::Draft},
}};

template <class List, class Value>
std::string_view spellingOf(const List& list, Value value)
{
    for (const auto& [spelling, meaning] : list) {
        if (meaning == value)
            return spelling;
    }
    return "unknown";
}

template <class Value, class List>
std::optional<Value> valueOf(const List& list, std::string_view spelling)
{
    for (const auto& [known, meaning] : list) {
        if (known == spelling)
            return meaning;
    }
    return std::nullopt;
}

template <class Thing>
Index<Thing> found(const std::unordered_map<std::string, Index<Thing>>& byKey, std::string_view key)
{
    const auto place = byKey.find(std::string(key));
    return place == byKey.end() ? Index<Thing>() : place->second;
}

// How many different (from, to) pairs there are in a list of edges.
template <class Edges>
std::int64_t distinctPairs(const Edges& edges)
{
    std::vector<std::uint64_t> pairs;
    pairs.reserve(edges.size());
    for (const auto& edge : edges)
        pairs.push_back(std::uint64_t(edge.from.value) << 32 | edge.to.value);
    std::sort(pairs.begin(), pairs.end());
    return std::unique(pairs.begin(), pairs.end()) - pairs.begin();
}

EvidencePlace placeOf(const Estate& estate, const Evidence& evidence)
{
    EvidencePlace place;
    place.source = evidence.source;
    place.times = evidence.times;
    place.span.line = static_cast<int>(evidence.line);
    place.span.column = static_cast<int>(evidence.column);
    if (evidence.pointer < estate.pointers.size())
        place.span.pointer = estate.pointers[evidence.pointer];
    if (evidence.source.value < estate.sources.size()) {
        const Source& source = estate.sources[evidence.source.value];
        place.span.file = source.path;
        place.importedAt = source.importedAt;
    }
    return place;
}

}  // namespace

std::string_view toString(ProductKind kind)
{
    return spellingOf(productKinds, kind);
}

std::string_view toString(Authority authority)
{
    return spellingOf(authorities, authority);
}

std::string_view toString(ContractStatus status)
{
    return spellingOf(statuses, status);
}

std::optional<ProductKind> productKindFrom(std::string_view spelling)
{
    return valueOf<ProductKind>(productKinds, spelling);
}

std::optional<Authority> authorityFrom(std::string_view spelling)
{
    return valueOf<Authority>(authorities, spelling);
}

ContractStatus contractStatusFrom(std::string_view spelling)
{
    std::string lower(spelling);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return valueOf<ContractStatus>(statuses, lower).value_or(ContractStatus::Unknown);
}

std::string Dataset::key() const
{
    std::string key = platform;
    if (!platform.empty())
        key += "://";
    key += instance;
    if (path.empty() || path.front() != '/')
        key += '/';
    return key += path;
}

// The last part, after a '/' or a dot; but a file keeps the dot of its ending ("orders.csv"), and dots inside quotes part nothing.
// A topic's dots are part of its name: the last part of "party.profile.v3" would name nothing.
std::string_view Dataset::name() const
{
    if (platform == "kafka" || type == "topic")
        return path;
    std::string_view whole = path;
    while (whole.size() > 1 && whole.back() == '/')
        whole.remove_suffix(1);
    const std::size_t slash = whole.rfind('/');
    if (slash != std::string_view::npos)
        return whole.substr(slash + 1);
    std::size_t start = 0;
    bool isQuoted = false;
    for (std::size_t i = 0; i + 1 < whole.size(); ++i) {
        isQuoted ^= whole[i] == '"' || whole[i] == '`';
        if (whole[i] == '.' && !isQuoted)
            start = i + 1;
    }
    return whole.substr(start);
}

std::string Job::key() const
{
    return space + "/" + name;
}

std::string Contract::key() const
{
    std::string key = id + "@" + version;
    if (copy > 0)
        key += "#" + std::to_string(copy + 1);
    return key;
}

std::string_view toString(CheckOutcome outcome)
{
    static constexpr std::string_view names[] = {"unknown", "passed", "warned",
                                                 "failed",  "error",  "skipped"};
    return names[std::size_t(outcome)];
}

std::string_view toString(ClaimAbout about)
{
    static constexpr std::string_view names[] = {"dataset", "column", "contract", "product",
                                                 "context", "domain", "team",     "term"};
    return names[std::size_t(about)];
}

DatasetIndex Estate::dataset(std::string_view key) const
{
    return found(datasetByKey, key);
}

JobIndex Estate::job(std::string_view key) const
{
    return found(jobByKey, key);
}

ContractIndex Estate::contract(std::string_view key) const
{
    return found(contractByKey, key);
}

// The chain of further sources stands with the newest source first, because that is cheap to add to.
std::vector<EvidencePlace> places(const Estate& estate, const Evidence& evidence)
{
    std::vector<EvidencePlace> all;
    if (!evidence.source.isValid())
        return all;
    all.push_back(placeOf(estate, evidence));
    std::uint32_t next = evidence.more;
    while (next > 0 && next <= estate.moreEvidence.size()) {
        const Evidence& further = estate.moreEvidence[next - 1];
        all.push_back(placeOf(estate, further));
        next = further.more;
    }
    std::reverse(all.begin() + 1, all.end());
    return all;
}

Counts countsOf(const Estate& estate)
{
    const std::pair<const char*, std::int64_t> all[] = {
        {"products", std::int64_t(estate.products.size())},
        {"contracts", std::int64_t(estate.contracts.size())},
        {"objects", std::int64_t(estate.objects.size())},
        {"fields", std::int64_t(estate.fields.size())},
        {"terms", std::int64_t(estate.terms.size())},
        {"consumers", std::int64_t(estate.consumers.size())},
        {"datasets", std::int64_t(estate.datasets.size())},
        {"columns", std::int64_t(estate.columns.size())},
        {"jobs", std::int64_t(estate.jobs.size())},
        {"datasetEdges", distinctPairs(estate.lineageEdges)},
        {"columnEdges", distinctPairs(estate.columnEdges)},
        {"checks", std::int64_t(estate.checks.size())},
        {"domains", std::int64_t(estate.domains.size())},
        {"contexts", std::int64_t(estate.contexts.size())},
        {"teams", std::int64_t(estate.teams.size())},
        {"relationships", std::int64_t(estate.relationships.size())},
        {"routes", std::int64_t(estate.routes.size())},
        {"operations", std::int64_t(estate.operations.size())},
        {"channels", std::int64_t(estate.channels.size())},
        {"runs", std::int64_t(estate.checkRuns.size())},
        {"observations", std::int64_t(estate.observations.size())},
    };
    Counts counts;
    for (const auto& [key, count] : all) {
        if (count > 0)
            counts[key] = count;
    }
    return counts;
}

namespace {

template <class Thing>
const Thing* byId(const std::vector<Thing>& things, std::string_view id)
{
    const auto found = std::find_if(things.begin(), things.end(),
                                    [id](const Thing& thing) { return thing.id == id; });
    return found == things.end() ? nullptr : &*found;
}

}  // namespace

const ObservedDomain* observedDomain(const Estate& estate, std::string_view id)
{
    return byId(estate.domains, id);
}

const ObservedContext* observedContext(const Estate& estate, std::string_view id)
{
    return byId(estate.contexts, id);
}

const ObservedProduct* observedProduct(const Estate& estate, std::string_view id)
{
    return byId(estate.products, id);
}

const ObservedTeam* observedTeam(const Estate& estate, std::string_view id)
{
    return byId(estate.teams, id);
}

const ObservedTerm* observedTerm(const Estate& estate, std::string_view id)
{
    const auto found =
        std::find_if(estate.terms.begin(), estate.terms.end(), [id](const ObservedTerm& term) {
            return id.size() == term.context.size() + 1 + term.name.size() &&
                   id.starts_with(term.context) && id.ends_with(term.name) &&
                   id[term.context.size()] == '/';
        });
    return found == estate.terms.end() ? nullptr : &*found;
}

}  // namespace portolan
