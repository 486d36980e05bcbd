// SPDX-License-Identifier: Apache-2.0
// What changed between two maps, said by thing and member, with things matched by id: an insertion is one change, not a shift. A thing
// that has another id and is the same (map_renames.h) is one change too, and references that follow its new id are none.
#pragma once

#include "model/map/context_map.h"
#include "model/map/map_document.h"

#include <string>
#include <vector>

namespace portolan {

struct MapChange {
    enum class Kind {
        Added,
        Removed,
        Changed,  // a member; also a name under the same id
        Moved,    // only its placement
        Renamed   // the same thing with another id, or a term with another name
    };
    Kind kind = Kind::Changed;
    std::string subject;  // "context claims", "relationship party-to-claims", "map"
    std::string name;     // the thing's name, for people
    std::string pointer;  // JSON pointer: in the new text, or in the old one for what was removed
    std::string before;   // the value as JSON; empty: was not there
    std::string after;
    std::string earlierSubject = {};  // where the thing had another id; else empty
};

std::vector<MapChange> mapChanges(const MapDocument& before, const MapDocument& after);
std::string_view toString(MapChange::Kind kind);
std::string toText(const MapChange& change);  // one readable line

// The canonical form: two spaces, one member a line, keys in the schema's order (unknown ones after, in theirs), numbers as spelt.
std::string canonicalText(const MapDocument& document);

}  // namespace portolan
