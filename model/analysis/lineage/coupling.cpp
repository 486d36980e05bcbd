// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/coupling.h"

#include "model/analysis/lineage/crossings.h"
#include "model/analysis/lineage/published_datasets.h"
#include "model/estate/entity_keys.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace portolan {
namespace {

constexpr std::size_t mostEvidence = 200;
constexpr std::size_t mostWordsOfATerm = 6;
constexpr std::uint32_t nobody = UINT32_MAX;

char lower(char character)
{
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
}

bool isUpper(char character)
{
    return character >= 'A' && character <= 'Z';
}

bool isOfWord(char character)
{
    return static_cast<unsigned char>(character) >= 0x80 || isUpper(character) ||
           (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
}

std::string lowered(std::string_view text)
{
    std::string answer(text);
    std::transform(answer.begin(), answer.end(), answer.begin(), lower);
    return answer;
}

// "Claims" and "claim" are one word; "address" stays.
void dropPlural(std::string& word)
{
    if (word.size() > 3 && word.back() == 's' && word[word.size() - 2] != 's')
        word.pop_back();
}

// "party_profileIDs" -> party, profile, id.
std::vector<std::string> wordsIn(std::string_view name)
{
    std::vector<std::string> words;
    std::string word;
    const auto end = [&] {
        if (word.empty())
            return;
        dropPlural(word);
        words.push_back(std::exchange(word, {}));
    };
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (!isOfWord(name[i])) {
            end();
            continue;
        }
        if (i > 0 && isUpper(name[i]) && !isUpper(name[i - 1]))
            end();
        word += lower(name[i]);
    }
    end();
    return words;
}

std::string joined(const std::vector<std::string>& words, std::size_t from, std::size_t count)
{
    std::string text;
    for (std::size_t i = from; i < from + count; ++i)
        text += (text.empty() ? "" : " ") + words[i];
    return text;
}

std::string normalized(std::string_view name)
{
    const std::vector<std::string> words = wordsIn(name);
    return joined(words, 0, words.size());
}

// Each run of words in a name, as normalized() writes them.
template <class Visit>
void forEachRun(std::string_view name, const Visit& visit)
{
    const std::vector<std::string> words = wordsIn(name);
    for (std::size_t from = 0; from < words.size(); ++from) {
        for (std::size_t count = 1; count <= std::min(mostWordsOfATerm, words.size() - from);
             ++count)
            visit(joined(words, from, count));
    }
}

CouplingLevel levelOf(std::size_t count, std::size_t middle, std::size_t high)
{
    return count == 0       ? CouplingLevel::None
           : count < middle ? CouplingLevel::Low
           : count < high   ? CouplingLevel::Middle
                            : CouplingLevel::High;
}

void add(CouplingPart& part, CouplingEvidence evidence)
{
    if (part.evidence.size() < mostEvidence)
        part.evidence.push_back(std::move(evidence));
    else
        ++part.notListed;
}

template <class Value>
void sortOnce(std::vector<Value>& values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

// "2" adopts 2, 2.0 and 2.3.1.
bool isOfVersion(const Contract& contract, const std::string& version)
{
    return version.empty() || contract.version == version ||
           contract.version.starts_with(version + ".");
}

// What a service level is about; empty: none of the three.
enum class Promise : std::uint8_t { Freshness, Order, Replay };
std::optional<Promise> promiseOf(const ServiceLevel& level)
{
    static constexpr std::array<std::pair<std::string_view, Promise>, 11> words{
        {{"fresh", Promise::Freshness},
         {"latency", Promise::Freshness},
         {"frequency", Promise::Freshness},
         {"timel", Promise::Freshness},
         {"timeofavailability", Promise::Freshness},
         {"delay", Promise::Freshness},
         {"order", Promise::Order},
         {"sequence", Promise::Order},
         {"replay", Promise::Replay},
         {"retention", Promise::Replay},
         {"backfill", Promise::Replay}}};
    const std::string property = lowered(level.property);
    for (const auto& [word, promise] : words) {
        if (property.find(word) != std::string::npos)
            return promise;
    }
    return std::nullopt;
}

struct ReadColumn {
    std::uint32_t from;  // contexts of the map, by number
    std::uint32_t to;
    ColumnIndex column;

    friend auto operator<=>(const ReadColumn& a, const ReadColumn& b)
    {
        return std::tie(a.from, a.to, a.column.value) <=> std::tie(b.from, b.to, b.column.value);
    }
    friend bool operator==(const ReadColumn& a, const ReadColumn& b) { return (a <=> b) == 0; }
};

class Profiler {
public:
    Profiler(const ContextMap& map, const Estate& estate, const EstateOwnership& ownership)
        : m_map(map), m_estate(estate), m_published(publishedDatasets(map, estate)),
          m_crossings(crossings(map, estate, ownership))
    {
        numberOwners(ownership);
        for (const DataProduct& product : map.products)
            m_products.emplace(product.id.text, &product);
        readRoutes();
        readColumns();
        for (std::size_t i = 0; i < estate.objects.size(); ++i) {
            if (estate.objects[i].dataset.isValid())
                m_objects[estate.objects[i].dataset.value].push_back(&estate.objects[i]);
        }
        for (std::size_t i = 0; i < estate.contracts.size(); ++i)
            m_versions[estate.contracts[i].id].push_back(ContractIndex(i));
        for (const Channel& channel : estate.channels) {
            if (channel.dataset.isValid())
                m_topics.insert(channel.dataset.value);
        }
    }

    std::vector<CouplingProfile> profiles()
    {
        gather();
        std::vector<CouplingProfile> answer;
        answer.reserve(m_pairs.size());
        for (auto& [ends, pair] : m_pairs)
            answer.push_back(profileOf(ends, pair));
        return answer;
    }

private:
    using Ends = std::pair<ContextId, ContextId>;
    struct Pair {
        std::vector<const Crossing*> crossings;
        std::set<const DataProduct*> products;
        std::vector<ContractIndex> contracts;
        std::string adopts;
    };

    void numberOwners(const EstateOwnership& ownership)
    {
        for (std::size_t i = 0; i < m_map.contexts.size(); ++i)
            m_numbers.emplace(m_map.contexts[i].id.text, static_cast<std::uint32_t>(i));
        m_owners.reserve(ownership.datasetOwner.size());
        for (const ContextId& owner : ownership.datasetOwner)
            m_owners.push_back(numberOf(owner));
    }

    std::uint32_t numberOf(const ContextId& context) const
    {
        const auto found = m_numbers.find(context.text);
        return found == m_numbers.end() ? nobody : found->second;
    }

    void read(ColumnIndex column, DatasetIndex to)
    {
        const DatasetIndex from = m_estate.columns[column.value].dataset;
        const std::uint32_t upstream = m_owners[from.value];
        const std::uint32_t downstream = m_owners[to.value];
        if (upstream == downstream || upstream == nobody || downstream == nobody)
            return;
        m_reads.push_back({upstream, downstream, column});
        m_toldFlows.emplace_back(from.value, to.value);
    }

    void readColumns()
    {
        for (const ColumnEdge& edge : m_estate.columnEdges)
            read(edge.from, m_estate.columns[edge.to.value].dataset);
        for (const DatasetInfluence& influence : m_estate.influences)
            read(influence.from, influence.to);
        sortOnce(m_reads);
        sortOnce(m_toldFlows);
    }

    void gather()
    {
        for (const Relationship& relationship : m_map.relationships) {
            if (isSymmetric(relationship.type))
                continue;
            Pair& pair = m_pairs[{relationship.upstream, relationship.downstream}];
            pair.adopts = relationship.adopts;
            for (const ProductId& id : relationship.exposes) {
                if (const DataProduct* product = productOf(id))
                    pair.products.insert(product);
            }
        }
        for (const Crossing& crossing : m_crossings.all) {
            Pair& pair = m_pairs[{crossing.upstream, crossing.downstream}];
            pair.crossings.push_back(&crossing);
            if (!crossing.readsInternals())
                pair.products.insert(m_published[crossing.from.value].product);
            pair.contracts.insert(pair.contracts.end(), crossing.contracts.begin(),
                                  crossing.contracts.end());
        }
    }

    CouplingProfile profileOf(const Ends& ends, Pair& pair)
    {
        CouplingProfile profile;
        std::tie(profile.upstream, profile.downstream) = ends;
        pair.products.erase(nullptr);
        for (const DataProduct* product : pair.products) {
            for (const std::string& id : product->contracts) {
                if (const auto found = m_versions.find(id); found != m_versions.end())
                    pair.contracts.insert(pair.contracts.end(), found->second.begin(),
                                          found->second.end());
            }
        }
        std::erase_if(pair.contracts, [&](ContractIndex index) {
            return !isOfVersion(m_estate.contracts[index.value], pair.adopts);
        });
        std::sort(pair.contracts.begin(), pair.contracts.end());
        pair.contracts.erase(std::unique(pair.contracts.begin(), pair.contracts.end()),
                             pair.contracts.end());
        setStructural(profile, pair);
        setTemporal(profile, pair);
        setSemantic(profile, pair);
        return profile;
    }

    // What contracts say of a column: the first that names it.
    const Field* fieldOf(const Column& column) const
    {
        const auto found = m_objects.find(column.dataset.value);
        if (found == m_objects.end())
            return nullptr;
        const std::string name = lowered(column.name);
        for (const SchemaObject* object : found->second) {
            for (const FieldIndex field : object->fields) {
                if (lowered(m_estate.fields[field.value].path) == name)
                    return &m_estate.fields[field.value];
            }
        }
        return nullptr;
    }

    struct Weighed {
        int weight;
        CouplingEvidence evidence;
    };
    Weighed weigh(ColumnIndex index, CouplingProfile& profile, std::set<std::string>& types) const
    {
        const Column& column = m_estate.columns[index.value];
        const Dataset& dataset = m_estate.datasets[column.dataset.value];
        const Field* field = fieldOf(column);
        const bool isKey = field && field->keyPosition > 0;
        const bool isInternal = !m_published[column.dataset.value].product;
        profile.keysRead += isKey ? 1 : 0;
        profile.internalsRead += isInternal ? 1 : 0;
        std::string type = column.type;
        if (field && !field->physicalType.empty())
            type = field->physicalType;
        else if (field && !field->logicalType.empty())
            type = field->logicalType;
        if (!type.empty())
            types.insert(lowered(type));
        std::string why;
        const auto say = [&why](std::string_view words) {
            if (!words.empty())
                why.append(why.empty() ? "" : ", ").append(words);
        };
        say(isKey ? "key" : "");
        say(type);
        say(isInternal ? "internal" : "");
        return {(isInternal ? 0 : 2) + (isKey ? 0 : 1),
                {{EntityKind::Column, columnKey(m_estate, index)},
                 std::string(dataset.name()) + "." + column.name,
                 std::move(why)}};
    }

    void setStructural(CouplingProfile& profile, const Pair& pair) const
    {
        std::set<std::uint32_t> datasets;
        for (const Crossing* crossing : pair.crossings) {
            datasets.insert(crossing->from.value);
            const std::pair flow(crossing->from.value, crossing->to.value);
            if (!std::binary_search(m_toldFlows.begin(), m_toldFlows.end(), flow))
                ++profile.flowsWithoutColumns;
        }
        profile.flows = pair.crossings.size();
        for (const std::uint32_t dataset : datasets)
            profile.columnsOffered += m_estate.datasets[dataset].columns.size();
        const std::uint32_t from = numberOf(profile.upstream);
        const std::uint32_t to = numberOf(profile.downstream);
        auto at =
            std::lower_bound(m_reads.begin(), m_reads.end(), ReadColumn{from, to, ColumnIndex(0)});
        std::vector<Weighed> weighed;
        std::set<std::string> types;
        for (; at != m_reads.end() && at->from == from && at->to == to; ++at)
            weighed.push_back(weigh(at->column, profile, types));
        std::sort(weighed.begin(), weighed.end(), [](const Weighed& a, const Weighed& b) {
            return std::tie(a.weight, a.evidence.name) < std::tie(b.weight, b.evidence.name);
        });
        profile.types.assign(types.begin(), types.end());
        profile.structural.count = weighed.size();
        for (Weighed& one : weighed)
            add(profile.structural, std::move(one.evidence));
        if (weighed.empty() && (profile.flows == 0 || profile.flowsWithoutColumns > 0))
            return;
        CouplingLevel level = levelOf(profile.structural.count, middleColumns, highColumns);
        if (profile.keysRead > 0)
            level = std::max(level, CouplingLevel::Middle);
        if (profile.internalsRead > 0)
            level = CouplingLevel::High;
        profile.structural.level = level;
    }

    static void promise(CouplingProfile& profile, Promise what, CouplingEvidence evidence)
    {
        profile.hasFreshness |= what == Promise::Freshness;
        profile.hasOrder |= what == Promise::Order;
        profile.hasReplay |= what == Promise::Replay;
        add(profile.temporal, std::move(evidence));
    }

    void setTemporal(CouplingProfile& profile, const Pair& pair) const
    {
        for (const ContractIndex index : pair.contracts)
            addServiceLevels(profile, m_estate.contracts[index.value]);
        for (const DataProduct* product : pair.products)
            addProduct(profile, *product);
        std::set<std::uint32_t> topics;
        for (const Crossing* crossing : pair.crossings) {
            if (m_topics.contains(crossing->from.value) &&
                topics.insert(crossing->from.value).second)
                promise(profile, Promise::Order,
                        {{EntityKind::Dataset, m_estate.datasets[crossing->from.value].key()},
                         std::string(m_estate.datasets[crossing->from.value].name()),
                         "events in their order"});
        }
        profile.temporal.count = static_cast<std::size_t>(profile.hasFreshness) +
                                 static_cast<std::size_t>(profile.hasOrder) +
                                 static_cast<std::size_t>(profile.hasReplay);
        if (!pair.contracts.empty() || !pair.products.empty() || profile.temporal.count > 0)
            profile.temporal.level = levelOf(profile.temporal.count, 2, 3);
    }

    static void addServiceLevels(CouplingProfile& profile, const Contract& contract)
    {
        for (const ServiceLevel& level : contract.serviceLevels) {
            const std::optional<Promise> what = promiseOf(level);
            if (!what)
                continue;
            std::string why = level.property;
            for (const std::string* text : {&level.value, &level.unit}) {
                if (!text->empty())
                    why += " " + *text;
            }
            promise(profile, *what,
                    {{EntityKind::Contract, contract.key()}, contract.key(), std::move(why)});
        }
    }

    // What the owner answers of the eight questions is a promise, and so is the order of events.
    static void addProduct(CouplingProfile& profile, const DataProduct& product)
    {
        static constexpr std::array<std::pair<std::string_view, Promise>, 3> questions{
            {{"times", Promise::Freshness},
             {"outOfOrder", Promise::Order},
             {"consumerRecovery", Promise::Replay}}};
        const EntityRef entity{EntityKind::DataProduct, product.id.text};
        if (product.kind == MapProductKind::Event)
            promise(profile, Promise::Order, {entity, product.name, "events in their order"});
        for (const auto& [key, what] : questions) {
            const auto question = static_cast<std::size_t>(
                std::find(questionKeys.begin(), questionKeys.end(), key) - questionKeys.begin());
            if (question < product.answers.size() && !product.answers[question].empty())
                promise(profile, what, {entity, product.name, product.answers[question]});
        }
    }

    const DataProduct* productOf(const ProductId& id) const
    {
        const auto found = m_products.find(id.text);
        return found == m_products.end() ? nullptr : found->second;
    }

    // What routes translate, as it is spelt upstream, by the two contexts.
    void readRoutes()
    {
        for (const Route& route : m_map.routes) {
            for (const ProductId& source : route.sources) {
                if (const DataProduct* product = productOf(source))
                    addTranslations(route, m_translated[{product->owner, route.consumer}]);
            }
        }
    }

    static void addTranslations(const Route& route, std::set<std::string>& names)
    {
        for (const FieldTranslation& field : route.translation) {
            if (normalized(field.from) != normalized(field.to))
                forEachRun(field.from, [&](std::string run) { names.insert(std::move(run)); });
        }
    }

    // A context's terms and their synonyms, ready to be compared; made once.
    using Terms = std::map<std::string, const Term*>;
    const Terms& termsOf(std::uint32_t context)
    {
        if (m_terms.empty())
            m_terms.resize(m_map.contexts.size());
        std::optional<Terms>& terms = m_terms[context];
        if (terms)
            return *terms;
        terms.emplace();
        for (const Term& term : m_map.contexts[context].terms) {
            terms->emplace(normalized(term.name), &term);
            for (const std::string& synonym : term.synonyms)
                terms->emplace(normalized(synonym), &term);
        }
        terms->erase(std::string());
        return *terms;
    }

    // A context's terms as names in which those of others are looked for; made once.
    struct OwnTerm {
        const Term* term;
        std::string whole;
        std::vector<std::string> runs;
    };
    const std::vector<OwnTerm>& ownTermsOf(std::uint32_t context)
    {
        if (m_ownTerms.empty())
            m_ownTerms.resize(m_map.contexts.size());
        std::vector<OwnTerm>& own = m_ownTerms[context];
        if (!own.empty())
            return own;
        for (const Term& term : m_map.contexts[context].terms) {
            own.push_back({&term, normalized(term.name), {}});
            forEachRun(term.name,
                       [&](std::string run) { own.back().runs.push_back(std::move(run)); });
        }
        return own;
    }

    // What of the upstream's terms is used where, each term once.
    struct TermUse {
        const Terms& terms;
        const std::set<std::string>& translated;
        std::map<const Term*, std::string> usedIn;  // and how
        std::size_t homonyms = 0;

        const Term* find(const std::string& run) const
        {
            const auto found = terms.find(run);
            return found == terms.end() || translated.contains(run) ? nullptr : found->second;
        }
        // `how` makes the words, when they are wanted.
        template <class How>
        void lookFor(const std::string& run, const How& how)
        {
            if (const Term* term = find(run); term && !usedIn.contains(term))
                usedIn.emplace(term, how());
        }
        template <class How>
        void lookIn(std::string_view name, const How& how)
        {
            forEachRun(name, [&](const std::string& run) { lookFor(run, how); });
        }
        void lookAt(const OwnTerm& own)
        {
            const Term* same = find(own.whole);
            if (!same) {
                for (const std::string& run : own.runs)
                    lookFor(run, [&] { return "in the term " + own.term->name; });
                return;
            }
            const bool isSame = normalized(own.term->definition) == normalized(same->definition);
            const bool isNew = usedIn
                                   .emplace(same, isSame ? "also defined there"
                                                         : "also defined there, in other words")
                                   .second;
            homonyms += isNew && !isSame ? 1 : 0;
        }
    };

    void setSemantic(CouplingProfile& profile, const Pair& pair)
    {
        const std::uint32_t from = numberOf(profile.upstream);
        const std::uint32_t to = numberOf(profile.downstream);
        if (from == nobody || to == nobody || m_map.contexts[from].terms.empty())
            return;
        TermUse use{termsOf(from), m_translated[{profile.upstream, profile.downstream}], {}};
        for (const OwnTerm& own : ownTermsOf(to))
            use.lookAt(own);
        std::set<std::uint32_t> seen;
        for (const Crossing* crossing : pair.crossings) {
            if (seen.insert(crossing->to.value).second)
                lookInDataset(use, m_estate.datasets[crossing->to.value]);
        }
        for (const Term& term : m_map.contexts[from].terms) {
            if (const auto found = use.usedIn.find(&term); found != use.usedIn.end())
                add(profile.semantic, {{EntityKind::Term, profile.upstream.text + "/" + term.name},
                                       term.name,
                                       found->second});
        }
        profile.homonyms = use.homonyms;
        profile.semantic.count = use.usedIn.size();
        const CouplingLevel level = levelOf(profile.semantic.count, middleTerms, highTerms);
        profile.semantic.level = use.homonyms > 0 ? std::max(level, CouplingLevel::Middle) : level;
    }

    void lookInDataset(TermUse& use, const Dataset& dataset) const
    {
        const std::string name(dataset.name());
        use.lookIn(name, [&] { return "in " + name; });
        for (const ColumnIndex column : dataset.columns) {
            const std::string& own = m_estate.columns[column.value].name;
            use.lookIn(own, [&] { return "in " + name + "." + own; });
        }
    }

    const ContextMap& m_map;
    const Estate& m_estate;
    std::vector<PublishedDataset> m_published;
    Crossings m_crossings;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::vector<std::uint32_t> m_owners;                               // by dataset
    std::vector<ReadColumn> m_reads;                                   // ordered
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_toldFlows;  // datasets, ordered
    std::unordered_map<std::uint32_t, std::vector<const SchemaObject*>> m_objects;
    std::unordered_map<std::string, std::vector<ContractIndex>> m_versions;
    std::set<std::uint32_t> m_topics;
    std::unordered_map<std::string, const DataProduct*> m_products;
    std::map<Ends, std::set<std::string>> m_translated;
    std::vector<std::optional<Terms>> m_terms;  // by context
    std::vector<std::vector<OwnTerm>> m_ownTerms;
    std::map<Ends, Pair> m_pairs;
};

std::string wordsOf(const CouplingPart& part)
{
    return std::string(part.level ? toString(*part.level) : "unknown");
}

}  // namespace

std::string_view toString(CouplingLevel level)
{
    static constexpr std::array<std::string_view, 4> words{"none", "low", "middle", "high"};
    return words[static_cast<std::size_t>(level)];
}

std::vector<CouplingProfile> couplings(const ContextMap& map, const Estate& estate,
                                       const EstateOwnership& ownership)
{
    return Profiler(map, estate, ownership).profiles();
}

const CouplingProfile* couplingOf(const std::vector<CouplingProfile>& profiles,
                                  const ContextId& upstream, const ContextId& downstream)
{
    const auto found =
        std::lower_bound(profiles.begin(), profiles.end(), std::tie(upstream, downstream),
                         [](const CouplingProfile& profile, const auto& ends) {
                             return std::tie(profile.upstream, profile.downstream) < ends;
                         });
    const bool isThere =
        found != profiles.end() && found->upstream == upstream && found->downstream == downstream;
    return isThere ? &*found : nullptr;
}

std::string summaryOf(const CouplingProfile& profile)
{
    return "structure " + wordsOf(profile.structural) + ", time " + wordsOf(profile.temporal) +
           ", meaning " + wordsOf(profile.semantic);
}

}  // namespace portolan
