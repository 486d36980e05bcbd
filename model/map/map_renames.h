// SPDX-License-Identifier: Apache-2.0
// Which things of two maps are the same although their ids differ: an id was mended, or a thing was taken out and drawn anew.
#pragma once

#include "model/json/data_tree.h"
#include "model/map/map_keys.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace portolan {

class MapRenames {
public:
    // Finds them among the things that only one of the two maps has. The same are two of one kind with the same name, when no other
    // of these has it; else two whose content is the same for the greater part, whatever they are called: terms, purpose, patterns,
    // contracts, and who refers to them; of relationships, routes and crosswalks the same ends.
    static MapRenames between(DataNode before, DataNode after);

    // The id in the other map; `id` itself where it did not change.
    std::string newId(MapObject kind, std::string_view id) const;
    std::string oldId(MapObject kind, std::string_view id) const;

    // A name of a term that became another one within the list `after`, told by the same definition.
    static std::map<std::string, std::string> ofTerms(DataNode before, DataNode after);

private:
    void add(MapObject kind, const std::string& before, const std::string& after);

    std::map<std::pair<MapObject, std::string>, std::string> m_newIds;
    std::map<std::pair<MapObject, std::string>, std::string> m_oldIds;
};

}  // namespace portolan
