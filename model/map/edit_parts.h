// SPDX-License-Identifier: Apache-2.0
// What the functions of edits.h are made of: finding a thing's object in the text, checking a new value, and naming the edit.
#pragma once

#include "model/json/json_edit.h"
#include "model/map/edits.h"
#include "model/map/map_keys.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::edits {

Problem refused(std::string_view code, std::string message);
Problem noSuch(MapObject kind, std::string_view id);

// The thing's object; an error when the document does not have it.
Result<DataNode> domainNode(const MapDocument& document, const DomainId& id);
Result<DataNode> teamNode(const MapDocument& document, const TeamId& id);
Result<DataNode> contextNode(const MapDocument& document, const ContextId& id);
Result<DataNode> productNode(const MapDocument& document, const ProductId& id);
Result<DataNode> relationshipNode(const MapDocument& document, const RelationshipId& id);
Result<DataNode> termNode(const MapDocument& document, const ContextId& id, std::string_view name);

std::string nameOf(const MapDocument& document,
                   const ContextId& id);  // the id when it is not there

// Well-formed and not too long to be read again.
Result<> checkText(std::string_view text);
// The same for a name, which says something; answered without the space around it.
Result<std::string> checkedName(std::string_view name);

// Which kind of object of the map a node is; none for those that the format does not know.
std::optional<MapObject> kindOf(DataNode node);

// Adds an object to one of the map's lists, which is made when it is missing.
Result<> appendTo(JsonEdit& edit, DataNode owner, MapObject ownerKind, std::string_view list,
                  JsonValue element);
// The same for several, which may be none.
Result<> appendAll(JsonEdit& edit, DataNode owner, MapObject ownerKind, std::string_view list,
                   std::vector<JsonValue> elements);
// Sets or (when the text is empty) removes a text member; nothing when it says so already.
void setTextMember(JsonEdit& edit, DataNode object, MapObject kind, std::string_view key,
                   std::string_view text);
void setFlagMember(JsonEdit& edit, DataNode object, MapObject kind, std::string_view key,
                   bool flag);
// Makes the list equal to `elements`; an empty one is removed.
void setListMember(JsonEdit& edit, DataNode object, MapObject kind, std::string_view key,
                   const std::vector<std::string>& elements);
// A new relationship as an object of the file.
JsonValue written(const Relationship& relationship, const std::string& id);
// Writes what differs between the two into the relationship's object.
void writeRelationship(JsonEdit& edit, DataNode node, const Relationship& before,
                       const Relationship& after);

// The three lists of "owns".
struct OwnershipList {
    std::string_view key;
    std::vector<std::string> Ownership::*patterns;
};
inline constexpr std::array<OwnershipList, 3> ownershipLists = {
    {{"datasets", &Ownership::datasets},
     {"contracts", &Ownership::contracts},
     {"jobs", &Ownership::jobs}}};
Result<> setOwnership(JsonEdit& edit, DataNode context, const Ownership& now,
                      const Ownership& wanted);
Result<> setPlacement(JsonEdit& edit, const MapDocument& document,
                      const std::vector<std::pair<ContextId, Position>>& positions);

Edit finish(std::string name, const JsonEdit& edit);

// "4 relationships", "1 route".
std::string counted(std::size_t count, std::string_view one);
// "a, b and c"
std::string enumerated(const std::vector<std::string>& parts);

template <class T, class IdText>
std::vector<std::string> idTexts(const std::vector<T>& ids, IdText text)
{
    std::vector<std::string> texts;
    for (const T& id : ids)
        texts.emplace_back(text(id));
    return texts;
}

}  // namespace portolan::edits
