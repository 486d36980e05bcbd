// SPDX-License-Identifier: Apache-2.0
// The things of a map's text as comparing and merging see them: what tells one from the others of its list, whether two say the same
// whatever their formatting, and which members refer to other things.
#pragma once

#include "model/json/data_tree.h"
#include "model/map/map_keys.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan {

// On one line, scalars as spelt; empty when missing.
std::string compactJson(DataNode node);

// Whether both say the same; the order of members does not count. Two missing nodes are the same.
bool isSameJson(DataNode one, DataNode other);

// Whether the list in member `key` of an object of kind `parent` holds things that are told apart by an id or a name.
bool isListOfThings(MapObject parent, std::string_view key, MapObject& kind);

// What tells a thing from the others of its list: its id, else what its kind has instead, else all that it says (then it begins with
// a line break).
std::string identityOf(MapObject kind, DataNode thing);
bool isIdentityByContent(std::string_view identity);

// The name for people; the id where there is none.
std::string nameOfThing(DataNode thing);

// "context claims", "term Claims/Party"; `owner` is the name of the thing that it belongs to.
std::string subjectOf(MapObject kind, DataNode thing, std::string_view owner);

// The value at a JSON pointer; missing when there is none.
DataNode nodeAt(DataNode root, std::string_view pointer);

// Which kind of thing a member names by id, in a text or a list of texts; none for members that name nothing.
std::optional<MapObject> referredKind(MapObject kind, std::string_view key);

// The lists of the map's own things that have ids, in the file's order: {"domains", Domain} ...
const std::vector<std::pair<std::string_view, MapObject>>& listsOfThings();

}  // namespace portolan
