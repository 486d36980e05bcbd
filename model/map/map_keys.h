// SPDX-License-Identifier: Apache-2.0
// The kinds of objects in a context map's file and their keys, in the order in which they are written. The published schema
// (resources/schema/context-map.schema.json) says the same; a test holds the two together.
#pragma once

#include <string_view>
#include <vector>

namespace portolan {

enum class MapObject {
    Map,
    Domain,
    Team,
    Context,
    Term,
    Ownership,
    Product,
    Port,
    Reconciliation,
    Relationship,
    Route,
    Translation,
    Identifier,
    Crosswalk,
    Migration,
    Identity,
    AcceptedDrift,
    Decision,
    View
};

const std::vector<std::string_view>& keysOf(MapObject kind);

// "context", "data product" ...: for messages.
std::string_view toString(MapObject kind);

// The kind of the objects in a list or member named `key` of an object of kind `parent`; false when those are none of ours.
bool kindOfChild(MapObject parent, std::string_view key, MapObject& child);

}  // namespace portolan
