// SPDX-License-Identifier: Apache-2.0
// Every change that can be made to a context map, each as one named Edit on its text. None of them changes the document; they can
// fail only because what they name is not there or the new value cannot be. Rules never block an edit (see analysis/rules).
//
// New objects take the file's own way of writing (indentation, line ends); a member that is there already keeps its place.
#pragma once

#include "model/base/result.h"
#include "model/map/map_document.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan {

// A readable id made from a name, not used yet among `kind`'s ids: "Party Management" -> "party-management".
std::string freeId(const MapDocument& document, std::string_view collection, std::string_view name);

// An edit and the id of what it makes.
struct Creation {
    Edit edit;
    std::string id;
};

Result<Creation> addDomain(const MapDocument& document, std::string_view name);
Result<Creation> addTeam(const MapDocument& document, std::string_view name);
Result<Creation> addContext(const MapDocument& document, std::string_view name,
                            const DomainId& domain,
                            std::optional<Position> position = std::nullopt);
Result<Edit> addTerm(const MapDocument& document, const ContextId& context, std::string_view name,
                     std::string_view definition);
Result<Creation> addProduct(const MapDocument& document, const ContextId& owner,
                            std::string_view name, MapProductKind kind);

Result<Edit> renameDomain(const MapDocument& document, const DomainId& id, std::string_view name);
Result<Edit> renameTeam(const MapDocument& document, const TeamId& id, std::string_view name);
Result<Edit> renameContext(const MapDocument& document, const ContextId& id, std::string_view name);
Result<Edit> renameProduct(const MapDocument& document, const ProductId& id, std::string_view name);
Result<Edit> renameTerm(const MapDocument& document, const ContextId& context,
                        std::string_view oldName, std::string_view newName);

// Removing takes along what cannot stand without it: a context's products, relationships, routes and placement; references to it
// from elsewhere are emptied. The edit's name says how much goes: "Remove Claims and 4 relationships".
Result<Edit> removeDomain(const MapDocument& document, const DomainId& id);
Result<Edit> removeTeam(const MapDocument& document, const TeamId& id);
Result<Edit> removeContext(const MapDocument& document, const ContextId& id);
Result<Edit> removeContexts(const MapDocument& document, const std::vector<ContextId>& ids);
Result<Edit> removeProduct(const MapDocument& document, const ProductId& id);
Result<Edit> removeTerm(const MapDocument& document, const ContextId& context,
                        std::string_view name);
Result<Edit> removeRelationship(const MapDocument& document, const RelationshipId& id);

// What a relationship is; its `id` and `where` are not used.
Result<Creation> addRelationship(const MapDocument& document, const Relationship& relationship);
Result<Edit> changeRelationship(const MapDocument& document, const RelationshipId& id,
                                const Relationship& relationship);

Result<Edit> setContextDomain(const MapDocument& document, const ContextId& id,
                              const DomainId& domain);  // empty: none
Result<Edit> setContextTeam(const MapDocument& document, const ContextId& id,
                            const TeamId& team);  // empty: none
Result<Edit> setContextFlags(const MapDocument& document, const ContextId& id, bool isBigBallOfMud,
                             bool isLegacy);
Result<Edit> setContextOwnership(const MapDocument& document, const ContextId& id,
                                 const Ownership& owns);
Result<Edit> setDomainKind(const MapDocument& document, const DomainId& id,
                           std::optional<Subdomain> kind);
Result<Edit> setTermDefinition(const MapDocument& document, const ContextId& context,
                               std::string_view name, std::string_view definition);
Result<Edit> setProductAnswer(const MapDocument& document, const ProductId& id,
                              std::size_t question, std::string_view answer);
// A plain text member of a declared thing ("purpose", "steward", "description" ...), removed when the text is empty.
Result<Edit> setText(const MapDocument& document, const Declared& thing, std::string_view member,
                     std::string_view text, std::string_view editName);

// What people decide of names (IdentityDecision; `where` is not used): added, or replaced where the two names stand already, in either
// order.
Result<Edit> decideIdentities(const MapDocument& document,
                              const std::vector<IdentityDecision>& decisions);
// Takes decisions back; the names may be told in either order.
Result<Edit> removeIdentities(const MapDocument& document,
                              const std::vector<IdentityDecision>& decisions);
// Accepts a difference between the map and what was observed, with a reason (`where` is not used), or says anew why, by whom and until when
// where that is accepted already. `until` is a day (2027-03-31) or empty.
Result<Edit> acceptDrift(const MapDocument& document, const AcceptedDrift& accepted);
// Takes back what was accepted of this kind, subject and ends; the rest of `accepted` is not used.
Result<Edit> withdrawAcceptance(const MapDocument& document, const AcceptedDrift& accepted);
// Adds patterns to what a context owns: one edit for all.
struct OwnershipAddition {
    ContextId context;
    std::string list;  // "datasets", "contracts" or "jobs"
    std::string pattern;
};
Result<Edit> addOwnership(const MapDocument& document,
                          const std::vector<OwnershipAddition>& additions);

// Records a decision, or several explained things more in one that is there. Of the new one `id` and `where` are not used; its title
// must say something. This is the answer to a finding of "as-is-to-be": it explains `explanationOf` that (analysis/rules/as_is_to_be.h).
Result<Creation> addDecision(const MapDocument& document, const MapDecision& decision);
Result<Edit> explainByDecision(const MapDocument& document, const DecisionId& id,
                               const std::vector<std::string>& explained);

// Saved views. Of a new one `id` and `where` are not used; its name must say something. Changing one makes its file's object say what
// `view` says, and leaves keys alone that the format does not know.
Result<Creation> addView(const MapDocument& document, const SavedView& view);
Result<Edit> changeView(const MapDocument& document, const ViewId& id, const SavedView& view);
Result<Edit> removeView(const MapDocument& document, const ViewId& id);

// Puts cards where a person wants them. Consecutive moves of the same cards merge into one step.
Result<Edit> placeContexts(const MapDocument& document,
                           const std::vector<std::pair<ContextId, Position>>& positions,
                           std::string_view editName = {});
// One edit for several contexts. What is not set stays as each of them has it.
struct ContextChange {
    std::optional<DomainId> domain;      // empty id: none
    std::optional<TeamId> team;          // empty id: none
    std::optional<std::string> steward;  // empty text: none
    std::optional<bool> isBigBallOfMud;
    std::optional<bool> isLegacy;
    std::optional<bool> standsAlone;
};
Result<Edit> changeContexts(const MapDocument& document, const std::vector<ContextId>& ids,
                            const ContextChange& change);

// Where a card stands now, placed by hand or by the layout.
struct PlacedCard {
    ContextId context;
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};
// To an edge or the middle of the box around all of them; in whole units, since middles need not be on the grid.
enum class Alignment { Left, Centre, Right, Top, Middle, Bottom };
Result<Edit> alignContexts(const MapDocument& document, const std::vector<PlacedCard>& cards,
                           Alignment alignment);
// Equal gaps between the outermost two, which stay.
enum class Distribution { Horizontally, Vertically };
Result<Edit> distributeContexts(const MapDocument& document, const std::vector<PlacedCard>& cards,
                                Distribution distribution);

// What removing these takes along or leaves without something, each in words and in the file's order: "relationship Party to Claims",
// "route Intake", "identifier Party number, left without a context". For the question before a removal.
std::vector<std::string> dependentsOf(const MapDocument& document,
                                      const std::vector<ContextId>& contexts,
                                      const std::vector<DomainId>& domains = {},
                                      const std::vector<ProductId>& products = {},
                                      const std::vector<TeamId>& teams = {});

// Whether dragging and arranging may move cards. Unlocked says nothing in the file.
Result<Edit> lockPlacement(const MapDocument& document, bool isLocked);

// Gives cards back to the automatic layout.
Result<Edit> unplaceContexts(const MapDocument& document, const std::vector<ContextId>& ids);

}  // namespace portolan
