// SPDX-License-Identifier: Apache-2.0
// How tightly one context depends on another: by structure (columns, keys and types that it reads), by time (freshness, order and replay
// that it is promised), by meaning (terms of the other that it uses as if they were its own). What nobody tells is unknown, not none.
#pragma once

#include "model/analysis/map_drift/ownership.h"
#include "model/base/entity_ref.h"
#include "model/estate/estate.h"
#include "model/map/context_map.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

enum class CouplingLevel : std::uint8_t { None, Low, Middle, High };
std::string_view toString(CouplingLevel level);  // "none", "low", "middle", "high"

// From these counts on a level is middle, and high; below them it is low.
inline constexpr std::size_t middleColumns = 6;
inline constexpr std::size_t highColumns = 21;
inline constexpr std::size_t middleTerms = 3;
inline constexpr std::size_t highTerms = 6;

struct CouplingEvidence {
    EntityRef entity;  // what it is about
    std::string name;  // its name, as its source spells it
    std::string why;   // "key, integer"; "freshness 1 h"; "also defined here, in other words"
};

// One of the three. Evidence is the weightiest first, at most 200; `notListed` counts the rest.
struct CouplingPart {
    std::optional<CouplingLevel> level;  // empty: unknown
    std::size_t count = 0;
    std::vector<CouplingEvidence> evidence;
    std::size_t notListed = 0;
};

struct CouplingProfile {
    ContextId upstream;
    ContextId downstream;

    // Counts columns of the upstream context that are read, directly or by an influence. Middle also when a key is among them, high when
    // one is of internals. Where a flow tells no columns the level is at least what it says; unknown when no flow does.
    CouplingPart structural;
    std::size_t columnsOffered = 0;       // of all datasets that are read
    std::size_t keysRead = 0;             // columns that a contract calls a part of a key
    std::size_t internalsRead = 0;        // columns of datasets that are no product's
    std::vector<std::string> types;       // of the columns read, each once
    std::size_t flows = 0;                // from a dataset of the one into one of the other
    std::size_t flowsWithoutColumns = 0;  // of which nobody tells the columns

    // Counts what is promised of these three and so relied on: low, middle, high are one, two, three. Unknown when what is read has
    // neither a contract nor a product.
    CouplingPart temporal;
    bool hasFreshness = false;
    bool hasOrder = false;
    bool hasReplay = false;

    // Counts upstream terms in the names of the datasets and columns that the flows lead into, and of the downstream's own terms, unless
    // a route into it translates them. At least middle when one has another definition there. Unknown while the upstream has no terms.
    CouplingPart semantic;
    std::size_t homonyms = 0;  // terms that both contexts define, in other words
};

// Of each pair of contexts that data was seen to flow between, or that a relationship with an upstream end joins; ordered by upstream
// and downstream. Linear in the estate, but for the names into which the flows lead: times the words of a name.
std::vector<CouplingProfile> couplings(const ContextMap& map, const Estate& estate,
                                       const EstateOwnership& ownership);

// Null: none.
const CouplingProfile* couplingOf(const std::vector<CouplingProfile>& profiles,
                                  const ContextId& upstream, const ContextId& downstream);

// "structure middle, time unknown, meaning low"
std::string summaryOf(const CouplingProfile& profile);

}  // namespace portolan
