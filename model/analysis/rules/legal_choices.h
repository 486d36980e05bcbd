// SPDX-License-Identifier: Apache-2.0
// What a relationship between two contexts can be: every pattern and every role, each in words of these two contexts, and for those
// that the rules forbid or doubt, why.
#pragma once

#include "model/map/context_map.h"

#include <optional>
#include <string>
#include <vector>

namespace portolan {

struct RelationshipChoice {
    enum class What { Type, UpstreamRole, DownstreamRole };
    What what = What::Type;
    RelationshipType type =
        RelationshipType::UpstreamDownstream;  // that is chosen, or that the role is for
    ContextId upstream;        // with that end upstream; of a symmetric type its first end
    std::optional<Role> role;  // of a role; empty: none, which only the downstream end offers
    bool isAllowed = true;     // false: a rule of severity error or of construction would be broken
    std::string explanation;   // one sentence: what it means for these two
    std::string
        reason;  // why it is not allowed or, where it is, doubtful; empty: nothing speaks against it
};

// All choices for the candidate, whose ends are the two contexts and whose id, where it has one, says which relationship of the map
// it is to replace: each type in each direction, then each role at each end for the candidate's own type and direction. The answers
// are those of the rules: a choice is not allowed when they find an error on the relationship that has it. The rules
// that look at several relationships are asked of the whole map once for each type, all others of the pair alone.
std::vector<RelationshipChoice> legalChoices(const ContextMap& map, const Relationship& candidate);

// The candidate with the choice made. A type takes away what it cannot have; a role does not, and the downstream end has one.
Relationship chosen(Relationship candidate, const RelationshipChoice& choice);

// The relationship without what one of its type cannot have.
Relationship legal(Relationship relationship);

}  // namespace portolan
