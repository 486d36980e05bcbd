// SPDX-License-Identifier: Apache-2.0
// What of a chart is shown: by words, by hand, by focus, with regions collapsed. A filter thins a chart and never lies about it:
// whatever is hidden is counted with its reason, and where a hidden context stood between two shown ones an implied edge stays.
#pragma once

#include "model/chart/chart.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace portolan {

enum class FlowDirection : std::uint8_t { Both, Upstream, Downstream };
std::string_view toString(FlowDirection direction);  // "both", "upstream", "downstream"
std::optional<FlowDirection> flowDirectionFrom(std::string_view spelling);

// The neighbourhood of some contexts. Symmetric relationships are followed both ways, "separate ways" is no way at all.
struct ChartFocus {
    std::vector<EntityRef> on;  // empty: no focus
    int depth = 1;              // hops from there
    FlowDirection direction = FlowDirection::Both;

    friend bool operator==(const ChartFocus&, const ChartFocus&) = default;
};

struct ChartFilter {
    // Words that all must be found in a card, whatever their case: in its name, owner, domain, products or terms. "-word" must not be
    // found; "owner:", "domain:", "product:" and "term:" look there alone; "is:legacy", "is:mud", "is:core", "is:supporting",
    // "is:generic"; "has:finding", "has:error", "has:warning", "has:product". A "quoted phrase" is one word.
    std::string words;
    std::set<EntityRef> hidden;     // contexts and domains that were hidden by hand
    std::set<EntityRef> only;       // not empty: these contexts and domains, and no others
    std::set<EntityRef> collapsed;  // domains that are drawn as one card
    ChartFocus focus;

    bool isEmpty() const;  // shows all, each by itself
    friend bool operator==(const ChartFilter&, const ChartFilter&) = default;
};

enum class HiddenReason : std::uint8_t { Words, Hidden, Only, Focus };

struct FilteredChart {
    Chart chart;
    std::size_t allNodes = 0;    // contexts of the whole chart
    std::size_t shownNodes = 0;  // those that are drawn; a collapsed domain counts for its contexts
    std::size_t allEdges = 0;
    std::size_t shownEdges = 0;  // a bundle counts for its members; implied edges do not count
    std::size_t impliedEdges = 0;
    bool isImpliedCut = false;  // so much is hidden that not every implied edge was looked for
    // By the first reason that holds, in the order of HiddenReason.
    std::map<EntityRef, HiddenReason> hidden;
    std::map<HiddenReason, std::size_t> hiddenCounts;
    // What an edge of `chart` with a stand-in id stands for: the relationships of a bundle, the hidden contexts of an implied edge.
    std::map<EntityRef, std::vector<EntityRef>> standsFor;
    // The card that stands for a context of a collapsed domain; the edge that stands for a relationship.
    std::map<EntityRef, EntityRef> standIn;

    // What shows `entity`, which may be itself; nothing when it is hidden.
    std::optional<EntityRef> shownAs(const EntityRef& entity) const;
};

// Cost grows with the chart; implied edges are searched within a budget, and `isImpliedCut` says when it was not enough.
FilteredChart filtered(Chart whole, const ChartFilter& filter);

// The cards that these words are found in, in the chart's order; none for no words.
std::vector<EntityRef> cardsWith(const Chart& chart, std::string_view words);

// The filter, changed as little as possible so that it shows `entity`: what hides it is given up.
ChartFilter showing(ChartFilter filter, const Chart& whole, const EntityRef& entity);

// The filter in words, to tell another person what a picture shows: "words "billing", focus on Claims, 2 hops upstream". Empty: all.
std::string describe(const ChartFilter& filter, const Chart& whole);

}  // namespace portolan
