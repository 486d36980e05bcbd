// SPDX-License-Identifier: Apache-2.0
// What a view shows, as plain data: cards, regions, edges and their words. It says kind, role, state and count; the canvas chooses
// shapes and colours. The graph and its table twin read the same Chart.
#pragma once

#include "model/base/entity_ref.h"
#include "model/base/problem.h"
#include "model/estate/estate.h"
#include "model/layout/geometry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portolan {

// A version on a card or plate: "v3". Its state is drawn too: draft dashed, deprecated hatched, retired struck through.
struct VersionChip {
    std::string text;  // empty: none
    ContractStatus status = ContractStatus::Unknown;

    friend bool operator==(const VersionChip&, const VersionChip&) = default;
};

// A product on a card, with the sign of its kind: filled when authoritative, outlined when derived, half filled when conformed.
struct ChartProduct {
    std::string id;
    std::string name;
    ProductKind kind = ProductKind::Unknown;
    Authority authority = Authority::Unknown;
    VersionChip version;  // the newest active one that was seen

    friend bool operator==(const ChartProduct&, const ChartProduct&) = default;
};

// How many findings of one severity a thing has.
struct ChartBadge {
    Severity severity = Severity::Warning;
    int count = 0;

    friend bool operator==(const ChartBadge&, const ChartBadge&) = default;
};

// What became of a thing between two maps (comparison_chart.h).
enum class ChartChange : std::uint8_t {
    None,  // nothing is compared
    Same,  // steps back
    Added,
    Removed,
    Changed,
    Renamed,
    Moved
};

// How an answer of a lens looks; the canvas chooses colour and shape.
enum class LensTone : std::uint8_t {
    Choice,  // one of several that are equally good: `step` from 0 to 7
    Others,  // what has no colour of its own, or is not concerned
    Grade,   // more or less of one thing: `step` from 0, the most, to 3
    Good,
    Note,
    Warning,
    Error,
    Unknown
};

// One row of a lens's legend.
struct LensEntry {
    std::string words;
    std::string
        sign;  // one or two letters, for a Choice, a Grade and Others; the rest have signs of their own
    LensTone tone = LensTone::Unknown;
    int step = 0;
    std::string brief =
        {};  // the words beside a count, on a card that stands for several; empty: the same

    friend bool operator==(const LensEntry&, const LensEntry&) = default;
};

// What the cards are coloured by (chart_lens.h).
struct ChartLens {
    std::string title;
    std::vector<LensEntry> entries;  // empty: no lens is on
};

// How a node looks.
enum class ChartShape : std::uint8_t {
    Card,   // a bounded context, a product, a domain
    Table,  // a dataset, with its columns as rows
    Job     // what moves data: a small sign with its name below
};

// A column, as a row of its dataset.
struct ChartRow {
    EntityRef entity;
    std::string title;
    std::string note;  // its type
    bool isKey = false;

    friend bool operator==(const ChartRow&, const ChartRow&) = default;
};

// A bounded context as a card; in lineage also a dataset or a job.
struct ChartNode {
    EntityRef entity;
    std::string title;
    std::string secondary;               // owner, and "legacy" as a word
    std::vector<ChartProduct> products;  // all of them; the card shows what has room
    std::string note;                    // the third line of a card without products: "2 routes in"
    std::vector<std::string> terms;      // names, for the near zoom
    int region = -1;                     // number in Chart::regions; -1: on the plain canvas
    int hue = -1;                        // domain hue from 0; -1: none
    int members = 0;  // of a collapsed region: how many contexts it stands for; 0: it is a context
    bool isBigBallOfMud = false;
    bool isLegacy = false;
    ChartChange change = ChartChange::None;
    std::optional<ChartBadge> badge;  // the worst severity
    std::optional<Point> place;       // where a person has put its top left corner
    std::string description;          // the same in words, for a screen reader and the tooltip
    int lens = -1;                    // number in Chart::lens.entries; -1: none, or several
    std::string lensWords;            // its answer
    ChartShape shape = ChartShape::Card;
    std::vector<ChartRow> rows;  // of a Table; empty: it is closed
    std::string moreRows;        // what has no row: "19 more columns"; empty: nothing
    int before = 0;  // neighbours upstream that are not shown: a chip "+6" to ask for them
    int after = 0;   // downstream
    bool isPinned = false;
};

// From a row to a row, drawn as a curve; what it goes by stands on its way.
struct ChartLink {
    int from = 0;  // number in Chart::nodes
    int fromRow = 0;
    int to = 0;
    int toRow = 0;
    int via = -1;             // a Job between the two; -1: none
    bool isIndirect = false;  // only a filter, a join and the like
    bool isWarned = false;    // crosses a border without a contract

    friend bool operator==(const ChartLink&, const ChartLink&) = default;
};

// A domain or subdomain, around its cards.
struct ChartRegion {
    EntityRef entity;
    std::string title;
    std::string code;  // two letters on the chip
    std::string note;  // "core", "supporting", "generic", or nothing
    int parent = -1;   // number in Chart::regions
    int hue = 0;
    bool isHatched = false;  // the hue is used a second time
    ChartChange change = ChartChange::None;
    std::string description;
};

enum class ChartLine : std::uint8_t {
    Plain,         // declared and observed, or nothing was imported: solid, filled arrow
    DeclaredOnly,  // dashed, open arrow
    Undeclared,    // observed only: dotted, in warning colour
    Partnership,   // arrows both ways
    SharedKernel,  // double line
    SeparateWays,  // thin and grey, no arrows
    Implied,       // leads through contexts that are hidden: fine dashes, filled arrow
    Behind         // not drawn: the links between its rows are
};

// A cell of the plate at an edge's end.
struct PlateCell {
    enum class Kind : std::uint8_t {
        End,     // U or D: solid
        Role,    // OHS, PL, ACL, CF, C/S: outlined
        Version  // adopted version: first on the D side
    };
    Kind kind = Kind::Role;
    std::string text;
    ContractStatus status = ContractStatus::Unknown;  // of a Version

    friend bool operator==(const PlateCell&, const PlateCell&) = default;
};

struct ChartEnd {
    std::vector<PlateCell> cells;  // in reading order; empty: no plate
    bool hasArrow = false;
    std::uint32_t share = 0;  // ends of one node with the same number share a plate; 0: never
};

struct ChartPill {
    enum class Kind : std::uint8_t {
        None,
        Name,
        NotObserved,
        Undeclared,
        Partnership,
        SharedKernel,
        SeparateWays,
        Implied,  // "via CRM"
        Bundle    // "5 relationships"
    };
    Kind kind = Kind::None;
    std::string text;
};

struct ChartEdge {
    // A relationship; of an observed flow that is not declared, see undeclaredId; of what a filter has made, see standInId.
    EntityRef entity;
    int from = 0;  // number in Chart::nodes: the upstream end, or the first of a symmetric one
    int to = 0;
    ChartLine line = ChartLine::Plain;
    ChartChange change = ChartChange::None;
    ChartEnd fromEnd;
    ChartEnd toEnd;
    ChartPill pill;
    std::optional<ChartBadge> badge;
    std::string description;
};

struct Chart {
    std::vector<ChartNode> nodes;
    std::vector<ChartRegion> regions;
    std::vector<ChartEdge> edges;
    std::vector<ChartLink> links;
    ChartLens lens;

    int node(const EntityRef& entity) const;  // -1: not on the chart
    int region(const EntityRef& entity) const;
    int edge(const EntityRef& entity) const;
};

// The id of a Relationship entity that stands for an observed flow which the map does not declare.
std::string undeclaredId(std::string_view upstream, std::string_view downstream);
bool isUndeclaredId(std::string_view id);
// Its two contexts; empty ones when it is no such id.
std::pair<std::string, std::string> undeclaredEnds(std::string_view id);

// The id of a Relationship entity that only a picture has: an edge that stands for others (chart_filter.h).
std::string standInId(const EntityRef& from, const EntityRef& to);
bool isStandInId(std::string_view id);
// A card in words, with what the lens says of it.
std::string describe(const Chart& chart, const ChartNode& node);

// A chart as lines of text, in its order: for tests, and for copying.
std::string toText(const Chart& chart);

}  // namespace portolan
