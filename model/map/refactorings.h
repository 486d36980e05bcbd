// SPDX-License-Identifier: Apache-2.0
// Changes of a map's structure that keep together what belongs together, each as one Edit. They follow the architectural refactorings
// of Context Mapper (contextmapper.org, "Architectural Refactorings": Split Bounded Context by Features/Owner, Merge Bounded
// Contexts, Extract Shared Kernel, Change Shared Kernel/Partnership to Upstream-Downstream).
//
// For each there is a `whyNot...`: one sentence saying what stands in its way, or nothing when it can be done. Those that take only what
// is selected tell whether it is to be offered at all. What is copied or moved keeps its unknown keys.
#pragma once

#include "model/base/result.h"
#include "model/map/map_document.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace portolan {

// "Party Management to Claims", "Claims and Billing": a relationship by its ends.
std::string relationshipInWords(const ContextMap& map, const Relationship& relationship);

// A context becomes two: the parts that are named here go to a new one, which gets the domain and the team of the old.
// - A relationship that exposes only products that move goes along; one that exposes some of them becomes two, alike but for that.
// - A route that delivers a product that moves ends in the new context.
// - Identifiers, crosswalks, migrations and the placement stay with the old one.
struct ContextSplit {
    enum class Joined { No, NewIsUpstream, NewIsDownstream };

    ContextId context;
    std::string name;  // of the new one
    std::vector<std::string> terms;
    std::vector<ProductId> products;
    Ownership owns;  // patterns that go
    std::vector<RelationshipId> relationships;
    Joined joined = Joined::No;  // whether the two get a relationship (upstream/downstream)
};
std::optional<std::string> whyNotSplitContext(const MapDocument& document, const ContextId& id);
std::optional<std::string> whyNotSplitContext(const MapDocument& document,
                                              const ContextSplit& split);
Result<Edit> splitContext(const MapDocument& document, const ContextSplit& split);

// Whose definition holds of a term that two contexts define differently.
using TermChoices = std::vector<std::pair<std::string, ContextId>>;
// Names of the terms that both define, but not alike.
std::vector<std::string> contestedTerms(const MapDocument& document, const ContextId& one,
                                        const ContextId& other);

// Two contexts become one, with the id of the one that stays. What only the other says (team, purpose, unknown keys ...) is taken
// over; flags and domain are those of the one that stays, unless it has no domain.
// - Relationships and routes between the two, and migrations from the one to the other, vanish with the border.
// - Relationships to the same third context, of the same type and direction, become one: products and upstream roles united, all
//   else from the one that had stood there, where it says something.
struct ContextMerge {
    ContextId stays;
    ContextId goes;
    std::string name;  // empty: that of the one that stays
    TermChoices definitions;
};
std::optional<std::string> whyNotMergeContexts(const MapDocument& document, const ContextId& stays,
                                               const ContextId& goes);
std::optional<std::string> whyNotMergeContexts(const MapDocument& document,
                                               const ContextMerge& merge);
Result<Edit> mergeContexts(const MapDocument& document, const ContextMerge& merge);

// What two contexts share becomes a context of its own, upstream of both; the shared kernel turns into these two relationships.
struct KernelExtraction {
    RelationshipId relationship;
    std::string name;                // of the new context
    std::vector<std::string> terms;  // of either or both
    std::vector<ProductId> products;
    TermChoices definitions;
};
std::optional<std::string> whyNotExtractSharedKernel(const MapDocument& document,
                                                     const RelationshipId& id);
std::optional<std::string> whyNotExtractSharedKernel(const MapDocument& document,
                                                     const KernelExtraction& extraction);
Result<Edit> extractSharedKernel(const MapDocument& document, const KernelExtraction& extraction);

// A partnership or a shared kernel becomes upstream/downstream.
struct Direction {
    RelationshipId relationship;
    ContextId upstream;
    std::vector<Role> upstreamRoles;    // OHS, PL
    std::vector<Role> downstreamRoles;  // ACL or CF
};
std::optional<std::string> whyNotReplacePartnership(const MapDocument& document,
                                                    const RelationshipId& id);
std::optional<std::string> whyNotReplacePartnership(const MapDocument& document,
                                                    const Direction& direction);
Result<Edit> replacePartnership(const MapDocument& document, const Direction& direction);
std::optional<std::string> whyNotReplaceSharedKernel(const MapDocument& document,
                                                     const RelationshipId& id);
std::optional<std::string> whyNotReplaceSharedKernel(const MapDocument& document,
                                                     const Direction& direction);
Result<Edit> replaceSharedKernel(const MapDocument& document, const Direction& direction);

// Exchanges upstream and downstream. What was said of an end does not hold for the other: roles, exposed products, the adopted version
// and the veto go, and the edit's name says which.
std::optional<std::string> whyNotInvertRelationship(const MapDocument& document,
                                                    const RelationshipId& id);
Result<Edit> invertRelationship(const MapDocument& document, const RelationshipId& id);

// Gives products to another context. Routes that deliver one of them end there. A relationship of the former owner no longer exposes
// them; where the new owner has one of its kind with the same downstream, that one does.
struct ProductMove {
    std::vector<ProductId> products;
    ContextId to;
};
std::optional<std::string> whyNotMoveProducts(const MapDocument& document, const ContextId& from);
std::optional<std::string> whyNotMoveProducts(const MapDocument& document, const ProductMove& move);
Result<Edit> moveProducts(const MapDocument& document, const ProductMove& move);

// Gives terms to another context.
struct TermMove {
    ContextId from;
    std::vector<std::string> terms;
    ContextId to;
};
std::optional<std::string> whyNotMoveTerms(const MapDocument& document, const ContextId& from);
std::optional<std::string> whyNotMoveTerms(const MapDocument& document, const TermMove& move);
Result<Edit> moveTerms(const MapDocument& document, const TermMove& move);

}  // namespace portolan
