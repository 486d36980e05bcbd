// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/search.h"

#include "model/estate/entity_keys.h"
#include "model/map/context_map.h"
#include "model/workspace/workspace.h"

#include <QString>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace portolan {

namespace {

constexpr double exactScore = 1000;
constexpr double beginningScore = 800;
constexpr double wordScore = 600;
constexpr double lettersScore = 200;
constexpr double severalWordsCost = 50;

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower(char character)
{
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
}

bool isLetterOrDigit(char character)
{
    return static_cast<unsigned char>(character) >= 0x80 ||
           (lower(character) >= 'a' && lower(character) <= 'z') ||
           (character >= '0' && character <= '9');
}

std::string foldedBeyondAscii(std::string_view text)
{
    const QString decomposed = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
                                   .normalized(QString::NormalizationForm_KD)
                                   .toCaseFolded();
    QString bare;
    for (const QChar character : decomposed) {
        if (character == QChar(0x00DF))
            bare += QStringLiteral("ss");  // Qt folds one character to one
        else if (!character.isMark())
            bare += character;
    }
    return bare.toUtf8().toStdString();
}

bool beginsWordAt(const SearchName& name, std::size_t at)
{
    if (at == 0 || !isLetterOrDigit(name.folded[at - 1]))
        return true;
    return at < name.original.size() && lower(name.original[at]) != name.original[at] &&
           lower(name.original[at - 1]) == name.original[at - 1];
}

bool hasLettersInOrder(const SearchName& name, std::string_view word)
{
    std::size_t at = name.folded.find(word.front());
    while (at != std::string_view::npos && !beginsWordAt(name, at))
        at = name.folded.find(word.front(), at + 1);
    for (std::size_t i = 1; i < word.size() && at != std::string_view::npos; ++i)
        at = name.folded.find(word[i], at + 1);
    return at != std::string_view::npos;
}

bool isBetter(const SearchHit& a, const SearchHit& b)
{
    if (a.score != b.score)
        return a.score > b.score;
    return std::tie(a.name, a.path, a.entity) < std::tie(b.name, b.path, b.entity);
}

std::string joined(std::string_view a, std::string_view b)
{
    std::string text(a);
    if (!a.empty() && !b.empty())
        text += " / ";
    return text += b;
}

}  // namespace

std::string foldedForSearch(std::string_view text)
{
    if (!isAscii(text))
        return foldedBeyondAscii(text);
    std::string folded(text);
    std::transform(folded.begin(), folded.end(), folded.begin(), lower);
    return folded;
}

double closeness(const SearchName& name, std::string_view word, bool areLettersWanted)
{
    std::size_t at = name.folded.find(word);
    if (at == 0)
        return name.folded.size() == word.size() ? exactScore : beginningScore;
    if (at == std::string_view::npos)
        return areLettersWanted && word.size() > 1 && hasLettersInOrder(name, word) ? lettersScore
                                                                                    : 0;
    for (; at != std::string_view::npos; at = name.folded.find(word, at + 1)) {
        if (beginsWordAt(name, at))
            return wordScore;
    }
    return 400;
}

// How much sooner a kind is shown than another one at the same closeness; below the distance of two closenesses.
double SearchWords::kindScore(EntityKind kind)
{
    switch (kind) {
    case EntityKind::BoundedContext:
        return 60;
    case EntityKind::Domain:
        return 55;
    case EntityKind::DataProduct:
        return 50;
    case EntityKind::Contract:
        return 45;
    case EntityKind::Dataset:
        return 40;
    case EntityKind::Route:
    case EntityKind::Relationship:
    case EntityKind::Term:
        return 35;
    case EntityKind::Team:
    case EntityKind::Identifier:
    case EntityKind::Crosswalk:
        return 30;
    case EntityKind::Job:
    case EntityKind::SchemaObject:
        return 20;
    case EntityKind::Field:
    case EntityKind::Column:
        return 10;
    case EntityKind::Source:
        break;
    }
    return 0;
}

double SearchWords::lengthCost(std::size_t bytes)
{
    return static_cast<double>(std::min<std::size_t>(bytes, 100)) / 10;
}

double SearchWords::together(double whole, double sumOfWords) const
{
    return std::max(whole, sumOfWords / static_cast<double>(m_words.size()) -
                               (m_words.size() > 1 ? severalWordsCost : 0));
}

std::uint64_t lettersOf(std::string_view folded)
{
    std::uint64_t letters = 0;
    for (const char c : folded) {
        const int bit = c >= 'a' && c <= 'z'   ? c - 'a'
                        : c >= '0' && c <= '9' ? 26 + c - '0'
                        : c == '_'             ? 36
                        : c == '.'             ? 37
                                               : 38;
        letters |= std::uint64_t(1) << bit;
    }
    return letters;
}

SearchWords::SearchWords(std::string_view words)
{
    const std::string folded = foldedForSearch(words);
    std::string word;
    for (const char character : folded + " ") {
        if (static_cast<unsigned char>(character) > ' ') {
            word += character;
            continue;
        }
        if (word.empty())
            continue;
        m_whole += m_whole.empty() ? word : " " + word;
        m_words.push_back(std::exchange(word, {}));
        m_letters.push_back(lettersOf(m_words.back()));
    }
    m_letters.push_back(lettersOf(m_whole));
}

std::optional<double> SearchWords::score(EntityKind kind, std::string_view name,
                                         const std::function<std::string()>& place) const
{
    if (isEmpty())
        return std::nullopt;
    const std::string folded = foldedForSearch(name);
    const SearchName compared{folded, folded.size() == name.size() ? name : std::string_view()};
    std::string foldedPlace;
    const double found = score(kind, compared, true, [&](std::size_t word) {
        if (foldedPlace.empty())
            foldedPlace = foldedForSearch(place());
        return foldedPlace.find(m_words[word]) != std::string::npos;
    });
    return found < 0 ? std::nullopt : std::optional(found);
}

NamedThing namedThing(const Estate& estate, EntityKind kind, std::size_t index)
{
    if (kind == EntityKind::Column) {
        const Column& column = estate.columns[index];
        return {kind, column.name,
                [&estate, &column] { return estate.datasets[column.dataset.value].key(); },
                [&estate, index] { return columnKey(estate, ColumnIndex(index)); }, index};
    }
    if (kind == EntityKind::Field) {
        const SchemaObject& object = estate.objects[estate.fields[index].object.value];
        return {kind, estate.fields[index].path,
                [&estate, &object] {
                    const Contract& contract = estate.contracts[object.contract.value];
                    return joined(joined(contract.id, contract.version), object.name);
                },
                [&estate, index] { return fieldKey(estate, FieldIndex(index)); }, index};
    }
    const Dataset& dataset = estate.datasets[index];
    const auto key = [&dataset] { return dataset.key(); };
    return {EntityKind::Dataset, dataset.name(), key, key, index};
}

void forEachNamed(const Estate& estate, const std::function<void(const NamedThing&)>& visit,
                  Members members)
{
    const auto nothing = [] { return std::string(); };
    for (const Source& source : estate.sources)
        visit({EntityKind::Source, source.path, nothing, [&source] { return source.path; }});
    for (std::size_t i = 0; i < estate.datasets.size(); ++i)
        visit(namedThing(estate, EntityKind::Dataset, i));
    for (const Job& job : estate.jobs)
        visit({EntityKind::Job, job.name, [&job] { return job.space; },
               [&job] { return job.key(); }});
    for (const ObservedDomain& domain : estate.domains)
        visit({EntityKind::Domain, domain.name.empty() ? domain.id : domain.name,
               [&domain] { return domain.parent; }, [&domain] { return domain.id; }});
    for (const ObservedContext& context : estate.contexts)
        visit({EntityKind::BoundedContext, context.name.empty() ? context.id : context.name,
               [&context] { return context.parent.empty() ? context.domain : context.parent; },
               [&context] { return context.id; }});
    for (const ObservedTeam& team : estate.teams)
        visit({EntityKind::Team, team.name.empty() ? team.id : team.name,
               [&team] { return team.parent; }, [&team] { return team.id; }});
    for (const ObservedProduct& product : estate.products)
        visit({EntityKind::DataProduct, product.name.empty() ? product.id : product.name,
               [&product] { return product.domain; }, [&product] { return product.id; }});
    for (const Contract& contract : estate.contracts)
        visit({EntityKind::Contract, contract.name.empty() ? contract.id : contract.name,
               [&contract] { return joined(contract.id, contract.version); },
               [&contract] { return contract.key(); }});
    for (std::size_t i = 0; i < estate.objects.size(); ++i) {
        const Contract& contract = estate.contracts[estate.objects[i].contract.value];
        visit({EntityKind::SchemaObject, estate.objects[i].name,
               [&contract] { return joined(contract.id, contract.version); },
               [&estate, i] { return objectKey(estate, SchemaObjectIndex(i)); }, i});
    }
    for (const ObservedTerm& term : estate.terms)
        visit({EntityKind::Term, term.name, [&term] { return term.context; },
               [&term] { return term.context + "/" + term.name; }});
    if (members == Members::LeftOut)
        return;
    for (std::size_t i = 0; i < estate.columns.size(); ++i)
        visit(namedThing(estate, EntityKind::Column, i));
    for (std::size_t i = 0; i < estate.fields.size(); ++i)
        visit(namedThing(estate, EntityKind::Field, i));
}

void forEachNamed(const ContextMap& map, const std::function<void(const NamedThing&)>& visit)
{
    const auto nothing = [] { return std::string(); };
    const auto nameOf = [&map](const ContextId& id) {
        const BoundedContext* context = map.context(id);
        return context && !context->name.empty() ? context->name : id.text;
    };
    const auto give = [&visit](EntityKind kind, const auto& thing,
                               std::function<std::string()> place) {
        visit({kind, thing.name.empty() ? thing.id.text : thing.name, std::move(place),
               [&thing] { return thing.id.text; }});
    };
    for (const Domain& domain : map.domains)
        give(EntityKind::Domain, domain, nothing);
    for (const MapTeam& team : map.teams)
        give(EntityKind::Team, team, nothing);
    for (const BoundedContext& context : map.contexts) {
        give(EntityKind::BoundedContext, context, [&map, &context] {
            const Domain* domain =
                context.domains.empty() ? nullptr : map.domain(context.domains.front());
            return domain ? domain->name : std::string();
        });
        for (const Term& term : context.terms)
            visit({EntityKind::Term, term.name, [&context] { return context.name; },
                   [&context, &term] { return context.id.text + "/" + term.name; }});
    }
    for (const DataProduct& product : map.products)
        give(EntityKind::DataProduct, product, [&] { return nameOf(product.owner); });
    for (const Relationship& relationship : map.relationships) {
        const auto ends = [&] {
            return nameOf(relationship.upstream) + " / " + nameOf(relationship.downstream);
        };
        const std::string name = relationship.name.empty() ? ends() : relationship.name;
        visit({EntityKind::Relationship, name, ends, [&] { return relationship.id.text; }});
    }
    for (const Route& route : map.routes)
        give(EntityKind::Route, route, [&] { return nameOf(route.consumer); });
    for (const Identifier& identifier : map.identifiers)
        give(EntityKind::Identifier, identifier, [&] { return nameOf(identifier.issuer); });
    for (const Crosswalk& crosswalk : map.crosswalks)
        visit({EntityKind::Crosswalk, crosswalk.id.text,
               [&] { return crosswalk.from.text + " / " + crosswalk.to.text; },
               [&] { return crosswalk.id.text; }});
}

std::vector<SearchHit> bestHits(std::vector<SearchHit> hits, int limit)
{
    std::sort(hits.begin(), hits.end(), isBetter);
    std::set<EntityRef> seen;
    std::erase_if(hits, [&seen](const SearchHit& hit) { return !seen.insert(hit.entity).second; });
    if (hits.size() > static_cast<std::size_t>(std::max(limit, 0)))
        hits.resize(static_cast<std::size_t>(std::max(limit, 0)));
    return hits;
}

std::vector<SearchHit> searchEstate(const Estate& estate, const ContextMap* map,
                                    std::string_view words, int limit)
{
    const SearchWords wanted(words);
    std::vector<SearchHit> hits;
    if (wanted.isEmpty() || limit <= 0)
        return hits;
    // A few more than asked for are kept, as the same thing may come twice; the rest is thrown away now and then.
    const std::size_t kept = static_cast<std::size_t>(limit) * 4;
    double worst = -1e9;
    const auto consider = [&](const NamedThing& thing) {
        const std::optional<double> score = wanted.score(thing.kind, thing.name, thing.place);
        if (!score || *score < worst)
            return;
        hits.push_back({{thing.kind, thing.id()}, std::string(thing.name), thing.place(), *score});
        if (hits.size() < kept * 4)
            return;
        std::nth_element(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(kept), hits.end(),
                         isBetter);
        hits.resize(kept);
        worst = std::min_element(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
                    return a.score < b.score;
                })->score;
    };
    if (map)
        forEachNamed(*map, consider);
    forEachNamed(estate, consider);
    return bestHits(std::move(hits), limit);
}

}  // namespace portolan
