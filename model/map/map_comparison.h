// SPDX-License-Identifier: Apache-2.0
// Two maps, or two versions of one, held side by side: each thing of either with what became of it, for a list or a drawing. A plain
// value, made in one pass and linear in the maps' size but for logarithms.
//
//     const MapComparison comparison = compareMaps(before, after);
//     const ComparedThing* claims = comparison.inAfter({EntityKind::BoundedContext, "claims"});
//     if (claims && claims->state == ComparedThing::State::Renamed) ... claims->before.id is its id in the earlier map
//     for (const MapChange& change : comparison.changesOf(*claims)) ... toText(change)
//
// To draw both in one picture: every thing of `after` stands in it with its state, and so does each whose state is Removed, at its
// place in the earlier map.
#pragma once

#include "model/base/entity_ref.h"
#include "model/map/map_diff.h"
#include "model/map/map_document.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace portolan {

struct ComparedThing {
    enum class State {
        Same,
        Added,    // only in the later map
        Removed,  // only in the earlier map
        Changed,  // a member differs; of a context also one of its terms. It may be renamed and moved besides
        Renamed,  // only its name or id differs; references that follow a new id are no change
        Moved     // only its card's position differs
    };
    State state = State::Same;
    // A domain, team, context, term ("<context id>/<term name>"), product, relationship, route, identifier or crosswalk.
    EntityKind kind = EntityKind::BoundedContext;
    std::string idBefore;  // empty: Added
    std::string idAfter;   // empty: Removed
    std::string nameBefore;
    std::string nameAfter;
    std::vector<std::size_t> changes;  // places in MapComparison::changes, in their order

    const std::string& id() const { return idAfter.empty() ? idBefore : idAfter; }
    const std::string& name() const { return idAfter.empty() ? nameBefore : nameAfter; }
};

struct MapComparison {
    // In the order of the file's lists: those of the earlier map, then what was added; a context's terms after it.
    std::vector<ComparedThing> things;
    // All that changed, as mapChanges answers it. What belongs to no thing, such as the map's name, is only here.
    std::vector<MapChange> changes;

    // Null when that map has no such thing.
    const ComparedThing* inBefore(const EntityRef& thing) const;
    const ComparedThing* inAfter(const EntityRef& thing) const;
    std::vector<MapChange> changesOf(const ComparedThing& thing) const;

    std::map<EntityRef, std::size_t> placesInBefore;  // into things
    std::map<EntityRef, std::size_t> placesInAfter;
};

MapComparison compareMaps(const MapDocument& before, const MapDocument& after);

std::string_view toString(ComparedThing::State state);  // "same", "added", "removed" ...

}  // namespace portolan
