// SPDX-License-Identifier: Apache-2.0
// The three-way merge of a context map: what two sides made of one map becomes one map again, thing by thing and member by member.
// Things are matched by id, as in map_diff.h, so that two insertions at one place are no conflict, as they would be line by line.
#pragma once

#include "model/map/map_document.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct MergeConflict {
    enum class Kind {
        ChangedByBoth,      // one member, differently
        RemovedAndChanged,  // one side removed what the other changed
        AddedByBoth,        // the same id or name with different content
        ReferenceToRemoved  // one side names what the other removed
    };
    Kind kind = Kind::ChangedByBoth;
    std::string subject;  // "context claims", as in MapChange
    std::string name;     // the thing's name, for people
    std::string member;   // "team", "owns/datasets"; empty: the whole thing
    std::string base;     // the value as JSON; empty: is not there
    std::string ours;
    std::string theirs;
    std::string message;  // one sentence that says who did what, and what stands in the text now
    SourceSpan where;     // in the merged text: the element, or what is left of its surroundings
};

struct MapMerge {
    std::string text;  // always a readable map
    std::vector<MergeConflict> conflicts;

    bool isClean() const { return conflicts.empty(); }
};

// Theirs' changes since `base` put into ours' text. What nobody changed there keeps its bytes, so that without a change of theirs the
// text is ours', byte for byte. Members are merged one by one; lists of texts as sets (order of ours, then what theirs adds); lists of
// objects by what identifies the elements, and where these have no id and ours left the list alone, in theirs' order; positions card
// by card, and a position goes with its context.
//
// In a conflict ours stays in the text: a thing that ours still refers to stays although theirs removed it, and what theirs would
// refer to a thing that ours removed is left out. So no merge makes a reference to nothing.
MapMerge mergeMaps(const MapDocument& base, const MapDocument& ours, const MapDocument& theirs);

// "changed-by-both", "removed-and-changed", "added-by-both", "reference-to-removed"
std::string_view toString(MergeConflict::Kind kind);

}  // namespace portolan
