// SPDX-License-Identifier: Apache-2.0
// What is declared: the architects' context map, as it was read from its JSON text. Things refer to each other by id. A plain value;
// it is changed only by editing the text (model/map/edits.h) and reading it again.
//
// The file format is resources/schema/context-map.schema.json, explained in resources/manual. Each struct is one object of the file,
// and its members are the file's keys unless a comment says otherwise.
#pragma once

#include "model/base/problem.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

// Text, stable, in files and edits. Different types, so that one is not passed for another.
template <class Tag>
struct Id {
    std::string text;

    Id() = default;
    explicit Id(std::string id) : text(std::move(id)) {}
    bool isEmpty() const { return text.empty(); }
    friend auto operator<=>(const Id&, const Id&) = default;
    friend bool operator==(const Id&, const Id&) = default;
};
using DomainId = Id<struct DomainTag>;
using ContextId = Id<struct ContextTag>;
using TeamId = Id<struct TeamTag>;
using ProductId = Id<struct ProductTag>;
using RelationshipId = Id<struct RelationshipTag>;
using RouteId = Id<struct RouteTag>;
using IdentifierId = Id<struct IdentifierTag>;
using CrosswalkId = Id<struct CrosswalkTag>;
using DecisionId = Id<struct DecisionTag>;
using ViewId = Id<struct ViewTag>;

enum class Subdomain { Core, Supporting, Generic };  // "core", "supporting", "generic"
enum class Role {
    OpenHostService,
    PublishedLanguage,
    AnticorruptionLayer,
    Conformist
};  // "OHS", "PL", "ACL", "CF"
enum class RelationshipType {
    UpstreamDownstream,  // "upstream-downstream"
    CustomerSupplier,    // "customer-supplier": the supplier is upstream
    Partnership,         // "partnership"
    SharedKernel,        // "shared-kernel"
    SeparateWays         // "separate-ways"
};
bool isSymmetric(RelationshipType type);

// Where a declared thing stands in the map's file. Every declared thing has one, named `where`.
struct Declared {
    SourceSpan span;
    std::uint32_t node = 0;  // its object in MapDocument::tree()
};

struct Domain {
    DomainId id;
    std::string name;
    std::string code;  // two letters on the chip; empty: derived from the name
    DomainId parent;   // empty: a whole domain; else it is a subdomain of that one
    std::optional<Subdomain> kind;
    std::optional<int> hue;  // 0..7, overrides the order of assignment
    std::string description;
    Declared where;
};

struct MapTeam {
    TeamId id;
    std::string name;
    std::string contact;
    std::string description;
    Declared where;
};

struct Term {
    std::string name;
    std::string definition;
    std::vector<std::string> synonyms;
    Declared where;
};

// Which datasets, contracts and jobs a context owns: patterns over their keys, where * is any run of characters and ? is one.
// In the file: "owns": {"datasets": [...], "contracts": [...], "jobs": [...]}.
struct Ownership {
    std::vector<std::string> datasets;
    std::vector<std::string> contracts;  // over contract ids, without the version
    std::vector<std::string> jobs;
};

struct BoundedContext {
    ContextId id;
    std::string name;
    std::vector<DomainId> domains;  // "domain": one id, or "domains": a list of them
    TeamId team;
    std::string steward;
    std::string purpose;
    bool isBigBallOfMud = false;  // "bigBallOfMud"
    bool isLegacy = false;        // "legacy"
    bool standsAlone = false;     // "standsAlone": separate ways from all, on purpose
    std::vector<Term> terms;
    Ownership owns;
    Declared where;
};

enum class MapProductKind {
    OperationalApi,
    Event,
    State,
    Analytical
};  // "operational-api", "event", "state", "analytical"
enum class MapAuthority {
    Authoritative,
    Derived,
    Conformed
};  // "authoritative", "derived", "conformed"

// The eight questions of reconciliation, in their order. Keys in the file, under "reconciliation".
inline constexpr std::array<std::string_view, 8> questionKeys = {
    "key",        "sourceOfRecord", "times",   "revision",
    "duplicates", "outOfOrder",     "closure", "consumerRecovery"};
// The questions in words: "What is the key?" ...
std::string_view questionText(std::size_t question);

struct Port {
    std::string type;  // "kafka", "rest", "table", "file", "view" ...
    std::string address;
    std::string dataset;  // key of the dataset in the lineage graph; empty: not bound
    Declared where;
};

struct DataProduct {
    ProductId id;
    std::string name;
    ContextId owner;  // "context"
    std::optional<MapProductKind> kind;
    std::optional<MapAuthority> authority;
    std::string description;
    std::vector<std::string> contracts;  // contract ids (all versions)
    std::vector<Port> ports;
    std::array<std::string, 8> answers;  // to the eight questions; empty: not answered
    Declared where;
};

struct Relationship {
    RelationshipId id;
    RelationshipType type = RelationshipType::UpstreamDownstream;
    ContextId upstream;  // the two ends; of a symmetric one they are "between": [first, second]
    ContextId downstream;
    std::vector<Role> upstreamRoles;
    std::vector<Role> downstreamRoles;
    std::vector<ProductId> exposes;  // products of the upstream end that it is about
    std::string
        adopts;  // version that the downstream end has adopted, such as "2"; empty: not said
    bool hasVeto = false;  // "veto": the downstream may block
    std::string name;
    std::string description;
    Declared where;

    bool joins(const ContextId& context) const
    {
        return upstream == context || downstream == context;
    }
};

// One field's way across a border.
struct FieldTranslation {
    std::string from;             // empty: made at the border
    std::string to;               // empty: dropped on purpose
    std::string rule;             // in words or as an expression; empty: the same
    bool changesMeaning = false;  // "changesMeaning"
    std::string note;
    Declared where;
};

struct Route {
    RouteId id;
    std::string name;
    std::vector<ProductId> sources;  // "from"
    ContextId consumer;              // "to": the receiving context
    ProductId delivers;              // product in the receiver's own terms; empty: used as it is
    std::vector<std::string> rules;  // routing rules, in words
    std::vector<FieldTranslation> translation;
    std::string description;
    Declared where;
};

struct Identifier {
    IdentifierId id;
    std::string name;
    ContextId issuer;  // "context"
    std::string description;
    Declared where;
};

struct Crosswalk {
    CrosswalkId id;
    IdentifierId from;
    IdentifierId to;
    ContextId owner;  // "context"
    std::string survivorship;
    std::string dataset;
    Declared where;
};

struct MigrationStage {
    std::string seam;  // what is taken out of the legacy: "policy monolith / party data"
    ContextId from;
    ContextId to;
    std::string stage;  // "identified", "wrapped", "routed", "moved", "retired"
    std::string note;
    Declared where;
};

// What a person has decided of two names: whether they mean one thing. Applied at every import (analysis/identity).
struct IdentityDecision {
    std::string kind;  // "dataset" or "contract"
    // Keys of the estate. Both may end in the same way with "*": whatever stands for it, the two are one when it is equal.
    std::string one;
    std::string other;
    bool isSame = true;  // "decision": "same" or "different"
    std::string reason;
    Declared where;
};

// How a map may differ from what was observed. Spelt as DriftKind (analysis/map_drift), in its order.
inline constexpr std::array<std::string_view, 7> driftKindKeys = {
    "observed-not-declared", "never-observed",       "not-observed-since", "wrong-direction",
    "separate-ways",         "bypassed-translation", "internals-read"};

// What differs between this map and what was observed, and is meant to stay so for now (analysis/map_drift).
struct AcceptedDrift {
    std::string kind;     // one of driftKindKeys
    std::string subject;  // kind and id: "relationship billing-to-insights"; empty: a flow
    ContextId from;       // between these two; of a bypassed route both
    ContextId to;
    std::string reason;
    std::string by;
    std::string until;  // the last day on which it holds, 2027-03-31; empty: for good
    Declared where;
};

// Why a TO-BE map departs from its AS-IS map.
struct MapDecision {
    DecisionId id;
    std::string title;
    std::string date;  // as written; 2026-03-31
    std::string reason;
    std::vector<std::string> explains;  // "context claims": kind and id, of things of either map
    Declared where;
};

// Where a person has put a card: its top left corner in chart units, on the 8 px grid.
struct Position {
    double x = 0;
    double y = 0;
    friend bool operator==(const Position&, const Position&) = default;
};

// A named picture of the map: what it shows, where its cards stand, how they are coloured. Things are named by kind and id, as in
// "context claims" and "domain party"; those that are gone are passed over.
struct SavedView {
    ViewId id;
    std::string name;
    std::string description;
    std::string filter;  // words (chart_filter.h); empty: all
    std::vector<std::string> only;
    std::vector<std::string> hidden;
    std::vector<std::string> collapsed;
    std::vector<std::string> focus;
    int depth = 1;                  // of the focus
    std::string direction;          // "both", "upstream", "downstream"; empty: both
    std::vector<std::string> show;  // "declared", "observed"; empty: both
    std::string lens;
    std::map<ContextId, Position> placement;  // instead of the map's; empty: as the map says
    Declared where;
};

struct ContextMap {
    static constexpr int newestVersion = 1;

    int version = newestVersion;  // "portolan"
    std::string name;
    std::string description;
    std::string state;  // "as-is" or "to-be"; empty: as-is
    std::string asIs;   // of a TO-BE map: the file of its AS-IS map, relative to this one (as_is.h)
    std::vector<Domain> domains;
    std::vector<MapTeam> teams;
    std::vector<BoundedContext> contexts;
    std::vector<DataProduct> products;
    std::vector<Relationship> relationships;
    std::vector<Route> routes;
    std::vector<Identifier> identifiers;
    std::vector<Crosswalk> crosswalks;
    std::vector<MigrationStage> migrations;
    std::vector<IdentityDecision> identities;
    std::vector<AcceptedDrift> acceptedDrift;
    std::vector<MapDecision> decisions;
    std::vector<SavedView> views;
    std::vector<std::string> sources;  // folders and files to import with this map, relative to it
    std::map<ContextId, Position> placement;  // "placement": {"<context id>": [x, y]}
    bool isPlacementLocked = false;           // "placementLocked": cards stay where they are

    const Domain* domain(const DomainId& id) const;
    const MapTeam* team(const TeamId& id) const;
    const BoundedContext* context(const ContextId& id) const;
    const DataProduct* product(const ProductId& id) const;
    const Relationship* relationship(const RelationshipId& id) const;
    const Route* route(const RouteId& id) const;
    const SavedView* view(const ViewId& id) const;
    std::vector<const DataProduct*> productsOf(const ContextId& id) const;
    std::vector<const Relationship*> relationshipsOf(const ContextId& id) const;
};

std::string_view toString(Subdomain kind);
std::string_view toString(Role role);
std::string_view toString(RelationshipType type);
std::string_view toString(MapProductKind kind);
std::string_view toString(MapAuthority authority);
std::optional<Subdomain> subdomainFrom(std::string_view spelling);
std::optional<Role> roleFrom(std::string_view spelling);
std::optional<RelationshipType> relationshipTypeFrom(std::string_view spelling);
std::optional<MapProductKind> mapProductKindFrom(std::string_view spelling);
std::optional<MapAuthority> mapAuthorityFrom(std::string_view spelling);

// Whether `text` is matched by a pattern of Ownership. Linear; never a regular expression.
bool matchesPattern(std::string_view pattern, std::string_view text);

}  // namespace portolan
