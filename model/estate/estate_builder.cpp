// SPDX-License-Identifier: Apache-2.0
#include "model/estate/estate_builder.h"

#include "model/base/ascii_text.h"
#include "model/estate/estate_merge.h"
#include "model/estate/type_class.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace portolan {

namespace {

// Which number a thing has: open addressing over hashes, equality asked of the caller. Keeps no copy of any key.
class IndexTable {
public:
    template <class IsEqual>
    std::uint32_t find(std::size_t hash, IsEqual isEqual) const
    {
        if (m_slots.empty())
            return none;
        const std::uint32_t tag = tagOf(hash);
        for (std::size_t i = tag & mask();; i = (i + 1) & mask()) {
            const Slot& slot = m_slots[i];
            if (slot.index == none)
                return none;
            if (slot.tag == tag && isEqual(slot.index))
                return slot.index;
        }
    }

    void insert(std::size_t hash, std::uint32_t index)
    {
        if ((m_size + 1) * 2 > m_slots.size())
            grow();
        place({tagOf(hash), index});
        ++m_size;
    }

    static constexpr std::uint32_t none = 0xFFFFFFFF;

private:
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t index = none;
    };

    static std::uint32_t tagOf(std::size_t hash)
    {
        return static_cast<std::uint32_t>((hash * 0x9E3779B97F4A7C15ULL) >> 32);
    }
    std::size_t mask() const { return m_slots.size() - 1; }

    void place(Slot slot)
    {
        std::size_t i = slot.tag & mask();
        while (m_slots[i].index != none)
            i = (i + 1) & mask();
        m_slots[i] = slot;
    }

    void grow()
    {
        std::vector<Slot> old(std::max<std::size_t>(16, m_slots.size() * 2));
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.index != none)
                place(slot);
        }
    }

    std::vector<Slot> m_slots;
    std::size_t m_size = 0;
};

std::size_t mixed(std::size_t seed, std::size_t with)
{
    return (seed ^ (with + 0x9E3779B97F4A7C15ULL + (seed << 6) + (seed >> 2))) *
           0xFF51AFD7ED558CCDULL;
}

std::size_t hashOf(std::string_view text)
{
    return std::hash<std::string_view>()(text);
}

template <class... Parts>
std::size_t hashOf(std::string_view first, Parts... rest)
{
    return mixed(hashOf(first), hashOf(rest...));
}

std::size_t hashOf(std::uint32_t a, std::uint32_t b, std::uint32_t c)
{
    return mixed(std::uint64_t(a) << 32 | b, c);
}

void fill(std::string& value, std::string_view with)
{
    if (value.empty())
        value = with;
}

template <class Value>
void fillUnknown(Value& value, Value with)
{
    if (value == Value::Unknown)
        value = with;
}

// "s3://b/x" is one file whether its path was given as "x" or "/x".
std::string_view withoutLeadingSlash(std::string_view path)
{
    return !path.empty() && path.front() == '/' ? path.substr(1) : path;
}

}  // namespace

struct EstateBuilder::Tables {
    Estate estate;
    IndexTable datasets;
    IndexTable columns;
    IndexTable jobs;
    IndexTable lineageEdges;
    IndexTable columnEdges;
    IndexTable influences;
    IndexTable products;
    IndexTable terms;
    IndexTable consumers;
    IndexTable domains;
    IndexTable contexts;
    IndexTable teams;
    IndexTable relationships;
    IndexTable routes;
    IndexTable operations;
    IndexTable channels;
    IndexTable adoptions;
    IndexTable checkRuns;
    IndexTable observations;
    IndexTable claims;
    IndexTable identityHints;
    IndexTable queries;
    IndexTable pointers;
    std::vector<std::pair<DatasetIndex, DatasetIndex>> same;        // said to be one
    IndexTable contractContents;                                    // by id, version and content
    std::unordered_map<std::string, std::uint32_t> contractCopies;  // "<id>@<version>": how many

    template <class Things, class IsEqual>
    std::pair<std::uint32_t, bool> findOrAdd(IndexTable& table, Things& things, std::size_t hash,
                                             IsEqual isEqual);
    DatasetIndex datasetNamed(std::string_view platform, std::string_view instance,
                              std::string_view path);
    std::uint32_t pointer(std::string_view text);
    void addEvidence(Evidence& to, Evidence further);
    void reportConflict(const Contract& contract);

    template <class Fact>
    struct Property {
        std::string_view name;
        std::string Fact::*member;
    };
    template <class Fact>
    void addFact(IndexTable& table, std::vector<Fact>& facts, Fact fact);
    template <class Fact>
    void addNamed(IndexTable& table, std::vector<Fact>& facts, Fact fact, ClaimAbout about,
                  std::initializer_list<Property<Fact>> properties);
    void addContradiction(ClaimAbout about, const std::string& subject, std::string_view property,
                          const std::string& first, Evidence firstPlace, const std::string& second,
                          const Evidence& secondPlace);
};

// The number of the thing, and whether it was made just now (empty).
template <class Things, class IsEqual>
std::pair<std::uint32_t, bool> EstateBuilder::Tables::findOrAdd(IndexTable& table, Things& things,
                                                                std::size_t hash, IsEqual isEqual)
{
    const std::uint32_t found =
        table.find(hash, [&](std::uint32_t index) { return isEqual(things[index]); });
    if (found != IndexTable::none)
        return {found, false};
    const auto index = static_cast<std::uint32_t>(things.size());
    things.emplace_back();
    table.insert(hash, index);
    return {index, true};
}

std::uint32_t EstateBuilder::Tables::pointer(std::string_view text)
{
    if (text.empty())
        return 0;
    const auto [index, isNew] = findOrAdd(pointers, estate.pointers, hashOf(text),
                                          [&](const std::string& known) { return known == text; });
    if (isNew)
        estate.pointers[index] = text;
    return index;
}

// The chain behind `to` is kept with the newest source first: sources are read one after the other, so that the place to add at is
// nearly always the beginning, however many sources name a thing.
void EstateBuilder::Tables::addEvidence(Evidence& to, Evidence further)
{
    further.more = 0;
    if (!further.source.isValid())
        return;
    if (!to.source.isValid()) {
        to = further;
        return;
    }
    if (to.source == further.source) {
        to.times += further.times;
        return;
    }
    std::uint32_t before = 0;
    std::uint32_t at = to.more;
    while (at > 0 && estate.moreEvidence[at - 1].source > further.source) {
        before = at;
        at = estate.moreEvidence[at - 1].more;
    }
    if (at > 0 && estate.moreEvidence[at - 1].source == further.source) {
        estate.moreEvidence[at - 1].times += further.times;
        return;
    }
    further.more = at;
    estate.moreEvidence.push_back(further);
    const auto added = static_cast<std::uint32_t>(estate.moreEvidence.size());
    if (before > 0)
        estate.moreEvidence[before - 1].more = added;
    else
        to.more = added;
}

EstateBuilder::EstateBuilder() : m_tables(std::make_unique<Tables>()) {}
EstateBuilder::~EstateBuilder() = default;
EstateBuilder::EstateBuilder(EstateBuilder&&) noexcept = default;
EstateBuilder& EstateBuilder::operator=(EstateBuilder&&) noexcept = default;

Estate& EstateBuilder::estate()
{
    return m_tables->estate;
}

SourceIndex EstateBuilder::source(Source source)
{
    std::vector<Source>& sources = m_tables->estate.sources;
    sources.push_back(std::move(source));
    return SourceIndex(sources.size() - 1);
}

Evidence EstateBuilder::evidence(SourceIndex source, std::uint32_t line, std::uint32_t column,
                                 std::string_view pointer)
{
    Evidence evidence;
    evidence.source = source;
    evidence.line = line;
    evidence.column = column;
    evidence.pointer = m_tables->pointer(pointer);
    return evidence;
}

DatasetIndex EstateBuilder::dataset(std::string_view platform, std::string_view instance,
                                    std::string_view path, const Evidence& evidence)
{
    Tables& t = *m_tables;
    const DatasetIndex index = t.datasetNamed(platform, instance, path);
    t.addEvidence(t.estate.datasets[index.value].evidence, evidence);
    return index;
}

DatasetIndex EstateBuilder::Tables::datasetNamed(std::string_view platform,
                                                 std::string_view instance, std::string_view path)
{
    const std::string_view bare = withoutLeadingSlash(path);
    const std::size_t hash = hashOf(platform, instance, bare);
    const std::uint32_t known = datasets.find(hash, [&](std::uint32_t i) {
        const Dataset& dataset = estate.datasets[i];
        return withoutLeadingSlash(dataset.path) == bare && dataset.instance == instance &&
               dataset.platform == platform;
    });
    if (known != IndexTable::none)
        return DatasetIndex(known);
    Dataset dataset;
    dataset.platform = platform;
    dataset.instance = instance;
    dataset.path = path;
    const auto [place, isNew] =
        estate.datasetByKey.emplace(dataset.key(), DatasetIndex(estate.datasets.size()));
    if (!isNew)  // a further name of a dataset that is there
        return place->second;
    datasets.insert(hash, place->second.value);
    estate.datasets.push_back(std::move(dataset));
    return place->second;
}

void EstateBuilder::alsoKnownAs(DatasetIndex dataset, std::string_view platform,
                                std::string_view instance, std::string_view path)
{
    Dataset name;
    name.platform = platform;
    name.instance = instance;
    name.path = path;
    const auto [place, isNew] = m_tables->estate.datasetByKey.emplace(name.key(), dataset);
    if (!isNew)
        sameDataset(dataset, place->second);
}

void EstateBuilder::sameDataset(DatasetIndex one, DatasetIndex other)
{
    if (one != other && one.isValid() && other.isValid())
        m_tables->same.emplace_back(one, other);
}

Estate EstateBuilder::take()
{
    Estate taken = std::move(m_tables->estate);
    const std::vector<std::pair<DatasetIndex, DatasetIndex>> said = std::move(m_tables->same);
    *this = EstateBuilder();
    const SameDatasets same = sameDatasets(taken, said);
    if (same.empty())
        return taken;
    EstateBuilder again;
    mergeInto(again, taken, same);
    return std::move(again.estate());
}

ColumnIndex EstateBuilder::column(DatasetIndex dataset, std::string_view name,
                                  std::string_view type, const Evidence& evidence)
{
    Tables& t = *m_tables;
    const auto [index, isNew] = t.findOrAdd(
        t.columns, t.estate.columns, mixed(hashOf(name), dataset.value),
        [&](const Column& known) { return known.dataset == dataset && known.name == name; });
    Column& column = t.estate.columns[index];
    if (isNew) {
        column.dataset = dataset;
        column.name = name;
        t.estate.datasets[dataset.value].columns.push_back(ColumnIndex(index));
    }
    if (isContradiction(column.type, type))
        keepBothTypes(ColumnIndex(index), type, evidence);
    fill(t.estate.columns[index].type, type);
    t.addEvidence(t.estate.columns[index].evidence, evidence);
    return ColumnIndex(index);
}

// The column has the first one; that another source says another kind of type is kept as claims, which contradict each other.
void EstateBuilder::keepBothTypes(ColumnIndex column, std::string_view type,
                                  const Evidence& evidence)
{
    const Estate& estate = m_tables->estate;
    const Column known = estate.columns[column.value];
    const std::string key = estate.datasets[known.dataset.value].key() + "#" + known.name;
    Evidence first = known.evidence;
    first.more = 0;
    fact(Claim{ClaimAbout::Column, key, "type", known.type, first});
    fact(Claim{ClaimAbout::Column, key, "type", std::string(type), evidence});
}

JobIndex EstateBuilder::job(std::string_view space, std::string_view name, const Evidence& evidence)
{
    Tables& t = *m_tables;
    const auto [index, isNew] =
        t.findOrAdd(t.jobs, t.estate.jobs, hashOf(space, name),
                    [&](const Job& known) { return known.name == name && known.space == space; });
    Job& job = t.estate.jobs[index];
    if (isNew) {
        job.space = space;
        job.name = name;
        t.estate.jobByKey.emplace(job.key(), JobIndex(index));
    }
    t.addEvidence(job.evidence, evidence);
    return JobIndex(index);
}

std::uint32_t EstateBuilder::lineage(DatasetIndex from, DatasetIndex to, JobIndex job,
                                     const Evidence& evidence)
{
    Tables& t = *m_tables;
    const auto [index, isNew] =
        t.findOrAdd(t.lineageEdges, t.estate.lineageEdges, hashOf(from.value, to.value, job.value),
                    [&](const LineageEdge& known) {
                        return known.from == from && known.to == to && known.job == job;
                    });
    LineageEdge& edge = t.estate.lineageEdges[index];
    edge.from = from;
    edge.to = to;
    edge.job = job;
    if (isNew)
        t.estate.datasets[to.value].isDerived = true;
    t.addEvidence(edge.evidence, evidence);
    return index;
}

// Flow, mask and transformation belong to the key: a value that is copied here and masked there goes two ways, and both are kept.
std::uint32_t EstateBuilder::columnLineage(ColumnIndex from, ColumnIndex to, JobIndex job,
                                           ColumnFlow flow, std::string_view transformation,
                                           bool isMasked, const Evidence& evidence,
                                           std::string_view expression)
{
    Tables& t = *m_tables;
    const std::size_t kind = std::size_t(flow) * 2 + (isMasked ? 1 : 0);
    const std::size_t hash =
        mixed(mixed(hashOf(from.value, to.value, job.value), hashOf(transformation)), kind);
    const auto [index, isNew] =
        t.findOrAdd(t.columnEdges, t.estate.columnEdges, hash, [&](const ColumnEdge& known) {
            return known.from == from && known.to == to && known.job == job && known.flow == flow &&
                   known.isMasked == isMasked && known.transformation == transformation;
        });
    ColumnEdge& edge = t.estate.columnEdges[index];
    if (isNew) {
        edge.from = from;
        edge.to = to;
        edge.job = job;
        edge.flow = flow;
        edge.isMasked = isMasked;
        edge.transformation = transformation;
    }
    fill(edge.expression, expression);
    t.addEvidence(edge.evidence, evidence);
    return index;
}

std::uint32_t EstateBuilder::influence(ColumnIndex from, DatasetIndex to, JobIndex job,
                                       std::string_view transformation, const Evidence& evidence,
                                       std::string_view expression)
{
    Tables& t = *m_tables;
    const std::size_t hash = mixed(hashOf(from.value, to.value, job.value), hashOf(transformation));
    const auto [index, isNew] =
        t.findOrAdd(t.influences, t.estate.influences, hash, [&](const DatasetInfluence& known) {
            return known.from == from && known.to == to && known.job == job &&
                   known.transformation == transformation;
        });
    DatasetInfluence& influence = t.estate.influences[index];
    if (isNew) {
        influence.from = from;
        influence.to = to;
        influence.job = job;
        influence.transformation = transformation;
    }
    fill(influence.expression, expression);
    t.addEvidence(influence.evidence, evidence);
    return index;
}

// One product is what has one id; a product without id is known by its name and domain.
ProductIndex EstateBuilder::product(ObservedProduct product)
{
    Tables& t = *m_tables;
    const bool hasId = !product.id.empty();
    const std::size_t hash =
        hasId ? hashOf(product.id) : hashOf(product.id, product.name, product.domain);
    const auto [index, isNew] =
        t.findOrAdd(t.products, t.estate.products, hash, [&](const ObservedProduct& known) {
            return known.id == product.id &&
                   (hasId || (known.name == product.name && known.domain == product.domain));
        });
    ObservedProduct& known = t.estate.products[index];
    const Evidence evidence = std::exchange(product.evidence, {});
    if (isNew) {
        known = std::move(product);
    } else {
        fill(known.name, product.name);
        // Owners change from version to version of a contract; that a product changes its domain is worth a word.
        if (!known.domain.empty() && !product.domain.empty() && known.domain != product.domain)
            t.addContradiction(ClaimAbout::Product, known.id, "domain", known.domain,
                               known.evidence, product.domain, evidence);
        fill(known.domain, product.domain);
        fill(known.owner, product.owner);
        // What is said goes before what was inferred.
        if (known.isInferred && !product.isInferred && product.kind != ProductKind::Unknown) {
            known.kind = product.kind;
            known.isInferred = false;
        }
        fillUnknown(known.kind, product.kind);
        fillUnknown(known.authority, product.authority);
    }
    t.addEvidence(known.evidence, evidence);
    return ProductIndex(index);
}

void EstateBuilder::term(ObservedTerm term)
{
    Tables& t = *m_tables;
    const auto [index, isNew] =
        t.findOrAdd(t.terms, t.estate.terms, hashOf(term.context, term.name, term.definition),
                    [&](const ObservedTerm& known) {
                        return known.name == term.name && known.context == term.context &&
                               known.definition == term.definition;
                    });
    ObservedTerm& known = t.estate.terms[index];
    const Evidence evidence = std::exchange(term.evidence, {});
    if (isNew)
        known = std::move(term);
    t.addEvidence(known.evidence, evidence);
}

void EstateBuilder::consumer(Consumer consumer)
{
    Tables& t = *m_tables;
    const auto [index, isNew] =
        t.findOrAdd(t.consumers, t.estate.consumers, hashOf(consumer.id),
                    [&](const Consumer& known) { return known.id == consumer.id; });
    Consumer& known = t.estate.consumers[index];
    const Evidence evidence = std::exchange(consumer.evidence, {});
    if (isNew) {
        known = std::move(consumer);
    } else {
        fill(known.name, consumer.name);
        fill(known.owner, consumer.owner);
        fill(known.type, consumer.type);
        for (const DatasetIndex read : consumer.reads) {
            if (std::find(known.reads.begin(), known.reads.end(), read) == known.reads.end())
                known.reads.push_back(read);
        }
    }
    t.addEvidence(known.evidence, evidence);
}

namespace {

// A hash of all members of a fact, and whether two facts say the same.
class MemberHash {
public:
    void text(const std::string& value) { m_hash = mixed(m_hash, hashOf(value)); }
    void texts(const std::vector<std::string>& values)
    {
        number(std::int64_t(values.size()));
        for (const std::string& value : values)
            text(value);
    }
    void flag(bool value) { number(value ? 1 : 0); }
    void number(std::int64_t value) { m_hash = mixed(m_hash, std::size_t(value)); }
    template <class Choice>
    void choice(Choice value, Choice)
    {
        number(std::int64_t(value));
    }
    template <class Thing>
    void link(Index<Thing> value)
    {
        number(value.value);
    }
    std::size_t value() const { return m_hash; }

private:
    std::size_t m_hash = 0x706F72;
};

// Compared member by member through a flat list of their texts: a repeat is rare, so its cost does not matter.
class MemberText {
public:
    void text(const std::string& value) { m_text += std::to_string(value.size()) + ":" + value; }
    void texts(const std::vector<std::string>& values)
    {
        number(std::int64_t(values.size()));
        for (const std::string& value : values)
            text(value);
    }
    void flag(bool value) { number(value ? 1 : 0); }
    void number(std::int64_t value) { m_text += std::to_string(value) + ";"; }
    template <class Choice>
    void choice(Choice value, Choice)
    {
        number(std::int64_t(value));
    }
    template <class Thing>
    void link(Index<Thing> value)
    {
        number(value.value);
    }
    const std::string& value() const { return m_text; }

private:
    std::string m_text;
};

template <class Visitor, class Fact>
auto described(const Fact& fact)
{
    Visitor visitor;
    Fact::describe(visitor, fact);
    return visitor.value();
}

}  // namespace

template <class Fact>
void EstateBuilder::Tables::addFact(IndexTable& table, std::vector<Fact>& facts, Fact fact)
{
    const Evidence evidence = std::exchange(fact.evidence, {});
    const auto [index, isNew] =
        findOrAdd(table, facts, described<MemberHash>(fact), [&](const Fact& known) {
            return described<MemberText>(known) == described<MemberText>(fact);
        });
    if (isNew)
        facts[index] = std::move(fact);
    addEvidence(facts[index].evidence, evidence);
}

// The known one with that id, or the new one. What both say and say differently becomes a claim.
template <class Fact>
void EstateBuilder::Tables::addNamed(IndexTable& table, std::vector<Fact>& facts, Fact fact,
                                     ClaimAbout about,
                                     std::initializer_list<Property<Fact>> properties)
{
    const Evidence evidence = std::exchange(fact.evidence, {});
    const std::string id = lowerCase(fact.id);
    const auto [index, isNew] = findOrAdd(
        table, facts, hashOf(id), [&](const Fact& known) { return lowerCase(known.id) == id; });
    if (isNew) {
        facts[index] = std::move(fact);
    } else {
        fill(facts[index].description, fact.description);
        fill(facts[index].name, fact.name);
        for (const Property<Fact>& property : properties) {
            std::string& known = facts[index].*property.member;
            const std::string& said = fact.*property.member;
            if (known.empty())
                known = said;
            else if (!said.empty() && known != said)
                addContradiction(about, facts[index].id, property.name, known,
                                 facts[index].evidence, said, evidence);
        }
    }
    addEvidence(facts[index].evidence, evidence);
}

void EstateBuilder::Tables::addContradiction(ClaimAbout about, const std::string& subject,
                                             std::string_view property, const std::string& first,
                                             Evidence firstPlace, const std::string& second,
                                             const Evidence& secondPlace)
{
    firstPlace.more = 0;
    addFact(claims, estate.claims, Claim{about, subject, std::string(property), first, firstPlace});
    addFact(claims, estate.claims,
            Claim{about, subject, std::string(property), second, secondPlace});
}

void EstateBuilder::fact(ObservedDomain domain)
{
    Tables& t = *m_tables;
    t.addNamed<ObservedDomain>(t.domains, t.estate.domains, std::move(domain), ClaimAbout::Domain,
                               {{"parent", &ObservedDomain::parent},
                                {"kind", &ObservedDomain::kind},
                                {"owner", &ObservedDomain::owner}});
}

void EstateBuilder::fact(ObservedContext context)
{
    Tables& t = *m_tables;
    t.addNamed<ObservedContext>(t.contexts, t.estate.contexts, std::move(context),
                                ClaimAbout::Context,
                                {{"domain", &ObservedContext::domain},
                                 {"owner", &ObservedContext::owner},
                                 {"type", &ObservedContext::type},
                                 {"parent", &ObservedContext::parent}});
}

void EstateBuilder::fact(ObservedTeam team)
{
    Tables& t = *m_tables;
    const std::string id = team.id;
    const std::vector<std::string> members = team.members;
    t.addNamed<ObservedTeam>(
        t.teams, t.estate.teams, std::move(team), ClaimAbout::Team,
        {{"parent", &ObservedTeam::parent}, {"contact", &ObservedTeam::contact}});
    const std::string lower = lowerCase(id);
    const std::uint32_t index = t.teams.find(
        hashOf(lower), [&](std::uint32_t i) { return lowerCase(t.estate.teams[i].id) == lower; });
    std::vector<std::string>& known = t.estate.teams[index].members;
    for (const std::string& member : members) {
        if (std::find(known.begin(), known.end(), member) == known.end())
            known.push_back(member);
    }
}

void EstateBuilder::fact(ObservedRelationship relationship)
{
    m_tables->addFact(m_tables->relationships, m_tables->estate.relationships,
                      std::move(relationship));
}

void EstateBuilder::fact(ObservedRoute route)
{
    m_tables->addFact(m_tables->routes, m_tables->estate.routes, std::move(route));
}

void EstateBuilder::fact(Operation operation)
{
    m_tables->addFact(m_tables->operations, m_tables->estate.operations, std::move(operation));
}

void EstateBuilder::fact(Channel channel)
{
    m_tables->addFact(m_tables->channels, m_tables->estate.channels, std::move(channel));
}

void EstateBuilder::fact(Adoption adoption)
{
    m_tables->addFact(m_tables->adoptions, m_tables->estate.adoptions, std::move(adoption));
}

void EstateBuilder::fact(CheckRun run)
{
    m_tables->addFact(m_tables->checkRuns, m_tables->estate.checkRuns, std::move(run));
}

void EstateBuilder::fact(Observation observation)
{
    m_tables->addFact(m_tables->observations, m_tables->estate.observations,
                      std::move(observation));
}

void EstateBuilder::fact(Claim claim)
{
    m_tables->addFact(m_tables->claims, m_tables->estate.claims, std::move(claim));
}

void EstateBuilder::fact(IdentityHint hint)
{
    m_tables->addFact(m_tables->identityHints, m_tables->estate.identityHints, std::move(hint));
}

void EstateBuilder::fact(ObservedQuery query)
{
    m_tables->addFact(m_tables->queries, m_tables->estate.queries, std::move(query));
}

void EstateBuilder::Tables::reportConflict(const Contract& contract)
{
    const ContractIndex first = estate.contract(contract.id + "@" + contract.version);
    const Evidence& here = contract.evidence;
    if (!first.isValid() || here.source.value >= estate.sources.size())
        return;
    Problem problem{Severity::Warning, "contract.conflict", {}, places(estate, here).front().span};
    const Evidence& firstPlace = estate.contracts[first.value].evidence;
    if (!firstPlace.source.isValid())
        return;
    const SourceSpan other = places(estate, firstPlace).front().span;
    problem.message = "Contract \"" + contract.id + "\" version \"" + contract.version +
                      "\" is also in " + other.file + ":" + std::to_string(other.line) +
                      " with other content. Both are kept.";
    Source& source = estate.sources[here.source.value];
    if (std::find(source.problems.begin(), source.problems.end(), problem) == source.problems.end())
        source.problems.push_back(std::move(problem));
}

EstateBuilder::Added EstateBuilder::contract(Contract contract)
{
    Tables& t = *m_tables;
    const Evidence evidence = std::exchange(contract.evidence, {});
    const std::size_t hash = hashOf(contract.id, contract.version, contract.contentHash);
    const auto [index, isNew] =
        t.findOrAdd(t.contractContents, t.estate.contracts, hash, [&](const Contract& known) {
            return known.contentHash == contract.contentHash && known.version == contract.version &&
                   known.id == contract.id;
        });
    Contract& known = t.estate.contracts[index];
    if (isNew) {
        contract.copy = 0;
        contract.copy = t.contractCopies[contract.key()]++;
        contract.objects.clear();
        known = std::move(contract);
        t.estate.contractByKey.emplace(known.key(), ContractIndex(index));
    }
    t.addEvidence(known.evidence, evidence);
    if (isNew && known.isConflict())
        t.reportConflict(known);
    return {ContractIndex(index), isNew, known.isConflict()};
}

SchemaObjectIndex EstateBuilder::object(SchemaObject object)
{
    Estate& estate = m_tables->estate;
    const SchemaObjectIndex index(estate.objects.size());
    object.fields.clear();
    if (object.contract.isValid())
        estate.contracts[object.contract.value].objects.push_back(index);
    estate.objects.push_back(std::move(object));
    return index;
}

FieldIndex EstateBuilder::field(Field field)
{
    Estate& estate = m_tables->estate;
    const FieldIndex index(estate.fields.size());
    if (field.object.isValid())
        estate.objects[field.object.value].fields.push_back(index);
    estate.fields.push_back(std::move(field));
    return index;
}

CheckIndex EstateBuilder::check(Check check)
{
    Estate& estate = m_tables->estate;
    estate.checks.push_back(std::move(check));
    return CheckIndex(estate.checks.size() - 1);
}

}  // namespace portolan
