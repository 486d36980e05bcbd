// SPDX-License-Identifier: Apache-2.0
// How well a name answers what was typed, and which things of an estate and a map have names.
#pragma once

#include "model/base/entity_ref.h"
#include "model/estate/estate.h"

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

// What was typed, taken apart once for many names.
class SearchWords {
public:
    explicit SearchWords(std::string_view words);

    bool isEmpty() const { return m_words.empty(); }
    // Higher is better; empty: it does not answer. A word may also be found in the place where the thing belongs, for less. Kinds
    // of things differ less than closeness: exact > beginning > beginning of a word > inside > letters in their order.
    std::optional<double> score(EntityKind kind, std::string_view name,
                                const std::function<std::string()>& place) const;

private:
    std::string m_whole;
    std::vector<std::string> m_words;
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
// Columns and fields come only when they are wanted.
enum class Members { Included, LeftOut };
void forEachNamed(const Estate& estate, const std::function<void(const NamedThing&)>& visit,
                  Members members = Members::Included);
void forEachNamed(const ContextMap& map, const std::function<void(const NamedThing&)>& visit);

// The best ones, each thing once.
std::vector<SearchHit> bestHits(std::vector<SearchHit> hits, int limit);

}  // namespace portolan
