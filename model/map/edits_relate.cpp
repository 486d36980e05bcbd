// SPDX-License-Identifier: Apache-2.0
// Edits of relationships and of where the cards stand.
#include "model/map/edit_parts.h"

#include <algorithm>
#include <set>

namespace portolan {

using namespace edits;

namespace {

std::string endsOf(const MapDocument& document, const Relationship& relationship)
{
    return nameOf(document, relationship.upstream) + " and " +
           nameOf(document, relationship.downstream);
}

Result<> check(const MapDocument& document, const Relationship& relationship)
{
    for (const ContextId& end : {relationship.upstream, relationship.downstream}) {
        if (!document.map().context(end))
            return tl::unexpected(noSuch(MapObject::Context, end.text));
    }
    for (const ProductId& product : relationship.exposes) {
        if (!document.map().product(product))
            return tl::unexpected(noSuch(MapObject::Product, product.text));
    }
    for (const std::string* text :
         {&relationship.adopts, &relationship.name, &relationship.description}) {
        if (const Result<> done = checkText(*text); !done)
            return done;
    }
    return {};
}

// Consecutive moves of the same cards have the same key.
std::string moveKey(const std::vector<std::pair<ContextId, Position>>& positions)
{
    std::set<ContextId> ids;
    for (const auto& [id, position] : positions)
        ids.insert(id);
    std::string key = "place";
    for (const ContextId& id : ids)
        key += '\n' + id.text;
    return key;
}

}  // namespace

Result<Creation> addRelationship(const MapDocument& document, const Relationship& relationship)
{
    if (const Result<> done = check(document, relationship); !done)
        return tl::unexpected(done.error());
    const std::string id =
        freeId(document, "relationships",
               relationship.upstream.text + (isSymmetric(relationship.type) ? " and " : " to ") +
                   relationship.downstream.text);
    JsonEdit edit(document.tree());
    if (const Result<> done = appendTo(edit, document.tree().root(), MapObject::Map,
                                       "relationships", written(relationship, id));
        !done)
        return tl::unexpected(done.error());
    return Creation{finish("Relate " + endsOf(document, relationship), edit), id};
}

Result<Edit> changeRelationship(const MapDocument& document, const RelationshipId& id,
                                const Relationship& relationship)
{
    const Result<DataNode> node = relationshipNode(document, id);
    if (!node)
        return tl::unexpected(node.error());
    if (const Result<> done = check(document, relationship); !done)
        return tl::unexpected(done.error());
    JsonEdit edit(document.tree());
    writeRelationship(edit, *node, *document.map().relationship(id), relationship);
    return finish("Change relationship of " + endsOf(document, relationship), edit);
}

Result<Edit> removeRelationship(const MapDocument& document, const RelationshipId& id)
{
    const Result<DataNode> node = relationshipNode(document, id);
    if (!node)
        return tl::unexpected(node.error());
    JsonEdit edit(document.tree());
    edit.remove(*node);
    return finish("Remove relationship of " + endsOf(document, *document.map().relationship(id)),
                  edit);
}

Result<Edit> placeContexts(const MapDocument& document,
                           const std::vector<std::pair<ContextId, Position>>& positions,
                           std::string_view editName)
{
    for (const auto& [id, position] : positions) {
        if (!document.map().context(id))
            return tl::unexpected(noSuch(MapObject::Context, id.text));
    }
    // A card that is named twice stands where it was named last.
    std::vector<std::pair<ContextId, Position>> last;
    for (const auto& move : positions) {
        const auto earlier = std::find_if(last.begin(), last.end(), [&move](const auto& other) {
            return other.first == move.first;
        });
        if (earlier == last.end())
            last.push_back(move);
        else
            earlier->second = move.second;
    }
    JsonEdit edit(document.tree());
    if (const Result<> done = setPlacement(edit, document, last); !done)
        return tl::unexpected(done.error());
    const std::string what =
        last.size() == 1 ? nameOf(document, last.front().first) : counted(last.size(), "context");
    Edit move = finish(editName.empty() ? "Move " + what : std::string(editName), edit);
    move.mergeKey = moveKey(last);
    return move;
}

Result<Edit> unplaceContexts(const MapDocument& document, const std::vector<ContextId>& ids)
{
    const std::set<ContextId> freed(ids.begin(), ids.end());
    JsonEdit edit(document.tree());
    for (const DataNode entry : document.tree().root()["placement"]) {
        if (freed.count(ContextId(std::string(entry.key()))) > 0)
            edit.remove(entry);
    }
    const std::string what =
        freed.size() == 1 ? nameOf(document, *freed.begin()) : counted(freed.size(), "context");
    return finish("Let the layout place " + what, edit);
}

Result<Edit> lockPlacement(const MapDocument& document, bool isLocked)
{
    JsonEdit edit(document.tree());
    const DataNode root = document.tree().root();
    const DataNode member = root["placementLocked"];
    if (isLocked && !document.map().isPlacementLocked)
        edit.set(root, "placementLocked", JsonValue::boolean(true), keysOf(MapObject::Map));
    else if (!isLocked && member)
        edit.remove(member);
    return finish(isLocked ? "Lock the placement" : "Unlock the placement", edit);
}

}  // namespace portolan
