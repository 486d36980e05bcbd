// SPDX-License-Identifier: Apache-2.0
// How well a name answers what was typed, and which things of an estate and a map have names.
#pragma once

#include "model/base/entity_ref.h"
#include "model/estate/estate.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct ContextMap;
struct SearchHit;

// Text as it is compared: lower case, without accents.
std::string foldedForSearch(std::string_view text);

// A name ready to be compared. `original` tells where words begin inside "PartyProfile"; empty when it has no bytes in common.
struct SearchName {
    std::string_view folded;
    std::string_view original;
    std::uint64_t letters = ~std::uint64_t(0);  // lettersOf(folded), where it is at hand
};
// Which letters and digits a folded text has, as bits, and whether it has others: a name without the letters of a word cannot hold it.
std::uint64_t lettersOf(std::string_view folded);
// How close a word is to a name: exact, beginning, beginning of a word, inside; letters in their order only when they are `wanted`. 0: not
// at all.
double closeness(const SearchName& name, std::string_view word, bool areLettersWanted);

// What was typed, taken apart once for many names.
class SearchWords {
public:
    explicit SearchWords(std::string_view words);

    bool isEmpty() const { return m_words.empty(); }
    const std::vector<std::string>& words() const { return m_words; }
    // Higher is better; empty: it does not answer. A word may also be found in the place where the thing belongs, for less. Kinds
    // of things differ less than closeness: exact > beginning > beginning of a word > inside > letters in their order.
    std::optional<double> score(EntityKind kind, std::string_view name,
                                const std::function<std::string()>& place) const;

    // The same of a folded name, where `isInPlace(word)` knows by the word's number. Below 0: it does not answer. Not `isWeakWanted`: of one
    // word, letters in their order and places do not count.
    template <class IsInPlace>
    double score(EntityKind kind, const SearchName& name, bool isWeakWanted,
                 const IsInPlace& isInPlace) const
    {
        // Several words together hold a blank: few names do.
        const bool mayBeWhole =
            m_words.size() == 1 || name.folded.find(' ') != std::string_view::npos;
        const bool hasLetters = (name.letters & m_letters.back()) == m_letters.back();
        double close = mayBeWhole && hasLetters ? closeness(name, m_whole, isWeakWanted) : 0;
        if (close == 0 && !isWeakWanted)
            return notFound;
        if (close == 0 || m_words.size() > 1) {
            double sum = 0;
            for (std::size_t i = 0; i < m_words.size(); ++i) {
                const bool mayHold = (name.letters & m_letters[i]) == m_letters[i];
                double one = m_words.size() == 1 ? close
                             : mayHold           ? closeness(name, m_words[i], true)
                                                 : 0;
                if (one < insideScore && isInPlace(i))
                    one = one > placeScore ? one : placeScore;
                if (one == 0)
                    return notFound;
                sum += one;
            }
            close = together(close, sum);
        }
        return close + kindScore(kind) - lengthCost(name.folded.size());
    }

private:
    static constexpr double notFound = -1e12;
    static constexpr double insideScore = 400;
    static constexpr double placeScore = 100;
    static double kindScore(EntityKind kind);
    static double lengthCost(std::size_t bytes);
    // The words apart never beat the words together.
    double together(double whole, double sumOfWords) const;

    std::string m_whole;
    std::vector<std::string> m_words;
    std::vector<std::uint64_t> m_letters;  // of each word, then of all of them
};

// One thing that has a name. `place` and `id` are made only when they are asked for; they need the estate or map, `name` lasts for
// the visit.
struct NamedThing {
    EntityKind kind;
    std::string_view name;
    std::function<std::string()> place;  // where it belongs, for people
    std::function<std::string()> id;
    std::size_t index = 0;  // in the estate's or the map's list of its kind
};
// A dataset, column or field by its number in the estate.
NamedThing namedThing(const Estate& estate, EntityKind kind, std::size_t index);
// Columns and fields come only when they are wanted.
enum class Members { Included, LeftOut };
void forEachNamed(const Estate& estate, const std::function<void(const NamedThing&)>& visit,
                  Members members = Members::Included);
void forEachNamed(const ContextMap& map, const std::function<void(const NamedThing&)>& visit);

// The best ones, each thing once.
std::vector<SearchHit> bestHits(std::vector<SearchHit> hits, int limit);

}  // namespace portolan
