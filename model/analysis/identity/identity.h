// SPDX-License-Identifier: Apache-2.0
// Which names mean one thing. What a source vouches for (a symlink, a rename) is joined at the import; everything else is proposed here
// with its reason, a person decides, and the map keeps the decision. Nothing is ever joined on a guess.
#pragma once

#include "model/estate/estate.h"
#include "model/map/context_map.h"

#include <string>
#include <utility>
#include <vector>

namespace portolan {

// Two names that may be one thing. A group stands for many pairs of the same reason: both names end with "*".
struct IdentityProposal {
    std::string kind;  // "dataset" or "contract"
    std::string one;   // the name that lacks something, or comes later
    std::string other;
    std::string reason;                                        // a sentence for people
    int confidence = 0;                                        // per cent
    std::vector<std::pair<std::string, std::string>> members;  // the pairs; one when it is no group

    bool isGroup() const { return one.ends_with('*'); }
    IdentityDecision decision(bool isSame) const;
};

// What could be one in the estate as it was imported (before decisions are applied), the surest first; pairs that `map` decides on
// are left out. Cost grows with the estate's names, not with their pairs.
std::vector<IdentityProposal> identityProposals(const Estate& estate, const ContextMap& map);

// The estate with the map's decisions applied: datasets that are the same become one, with the evidence of both. The same pointer when
// no decision joins anything in it.
EstatePtr identified(const EstatePtr& estate, const ContextMap& map);

// How many things of the estate a decision joins or keeps apart.
std::size_t decided(const Estate& estate, const IdentityDecision& decision);

}  // namespace portolan
