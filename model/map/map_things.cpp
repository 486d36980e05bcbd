// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_things.h"

#include "model/json/json_reader.h"

#include <algorithm>

namespace portolan {
namespace {

bool isContainer(DataNode node)
{
    return node.isObject() || node.isArray();
}

// `isSorted` puts keys in order, so that two objects which differ in it alone are equal. As deep as the readers let a file be.
void appendCompact(std::string& out, DataNode node, bool isSorted)
{
    if (node.isMissing())
        return;
    if (!isContainer(node)) {
        out += node.isString() ? jsonString(node.text()) : std::string(node.raw());
        return;
    }
    std::vector<DataNode> members;
    for (const DataNode member : node)
        members.push_back(member);
    if (isSorted && node.isObject())
        std::sort(members.begin(), members.end(),
                  [](DataNode a, DataNode b) { return a.key() < b.key(); });
    out += node.isObject() ? '{' : '[';
    bool isFirst = true;
    for (const DataNode member : members) {
        out += isFirst ? "" : ", ";
        isFirst = false;
        if (node.isObject())
            out += jsonString(member.key()) + ": ";
        appendCompact(out, member, isSorted);
    }
    out += node.isObject() ? '}' : ']';
}

}  // namespace

std::string compactJson(DataNode node)
{
    std::string text;
    appendCompact(text, node, false);
    return text;
}

bool isSameJson(DataNode one, DataNode other)
{
    if (one.isMissing() || other.isMissing())
        return one.isMissing() == other.isMissing();
    if (one.raw() == other.raw())
        return true;
    if (one.kind() != other.kind() || one.size() != other.size())
        return false;
    std::string textOfOne;
    std::string textOfOther;
    appendCompact(textOfOne, one, true);
    appendCompact(textOfOther, other, true);
    return textOfOne == textOfOther;
}

bool isListOfThings(MapObject parent, std::string_view key, MapObject& kind)
{
    // A port and a field of a translation have no name of their own; their whole list is one value.
    return kindOfChild(parent, key, kind) && kind != MapObject::Port &&
           kind != MapObject::Translation && kind != MapObject::Ownership &&
           kind != MapObject::Reconciliation;
}

std::string identityOf(MapObject kind, DataNode thing)
{
    const std::string_view key = kind == MapObject::Term        ? "name"
                                 : kind == MapObject::Migration ? "seam"
                                                                : "id";
    if (const DataNode id = thing[key]; id.isString() && !id.text().empty())
        return id.string();
    return "\n" + compactJson(thing);
}

bool isIdentityByContent(std::string_view identity)
{
    return identity.starts_with('\n');
}

std::string nameOfThing(DataNode thing)
{
    for (const std::string_view key : {"name", "title", "seam", "id"}) {
        if (const DataNode name = thing[key]; name.isString() && !name.text().empty())
            return name.string();
    }
    return {};
}

std::string subjectOf(MapObject kind, DataNode thing, std::string_view owner)
{
    std::string id = identityOf(kind, thing);
    if (isIdentityByContent(id))
        id = "without an id";
    if (kind == MapObject::Term)
        id = std::string(owner) + "/" + id;
    return std::string(toString(kind)) + " " + id;
}

DataNode nodeAt(DataNode root, std::string_view pointer)
{
    DataNode at = root;
    while (pointer.starts_with('/') && at) {
        const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
        std::string step;
        for (std::size_t i = 1; i < end; ++i) {
            const bool isEscaped = pointer[i] == '~' && i + 1 < end;
            step += !isEscaped ? pointer[i] : pointer[i + 1] == '1' ? '/' : '~';
            i += isEscaped ? 1 : 0;
        }
        pointer.remove_prefix(end);
        if (!at.isArray()) {
            at = at[step];
            continue;
        }
        std::size_t position = 0;
        DataNode found;
        for (const DataNode element : at) {
            if (std::to_string(position++) == step)
                found = element;
        }
        at = found;
    }
    return at;
}

std::optional<MapObject> referredKind(MapObject kind, std::string_view key)
{
    struct Row {
        MapObject kind;
        std::string_view key;
        MapObject target;
    };
    static constexpr Row rows[] = {
        {MapObject::Domain, "parent", MapObject::Domain},
        {MapObject::Context, "domain", MapObject::Domain},
        {MapObject::Context, "domains", MapObject::Domain},
        {MapObject::Context, "team", MapObject::Team},
        {MapObject::Product, "context", MapObject::Context},
        {MapObject::Relationship, "upstream", MapObject::Context},
        {MapObject::Relationship, "downstream", MapObject::Context},
        {MapObject::Relationship, "between", MapObject::Context},
        {MapObject::Relationship, "exposes", MapObject::Product},
        {MapObject::Route, "from", MapObject::Product},
        {MapObject::Route, "to", MapObject::Context},
        {MapObject::Route, "delivers", MapObject::Product},
        {MapObject::Identifier, "context", MapObject::Context},
        {MapObject::Crosswalk, "from", MapObject::Identifier},
        {MapObject::Crosswalk, "to", MapObject::Identifier},
        {MapObject::Crosswalk, "context", MapObject::Context},
        {MapObject::Migration, "from", MapObject::Context},
        {MapObject::Migration, "to", MapObject::Context},
    };
    for (const Row& row : rows) {
        if (row.kind == kind && row.key == key)
            return row.target;
    }
    return std::nullopt;
}

const std::vector<std::pair<std::string_view, MapObject>>& listsOfThings()
{
    static const std::vector<std::pair<std::string_view, MapObject>> lists = [] {
        std::vector<std::pair<std::string_view, MapObject>> found;
        for (const std::string_view key : keysOf(MapObject::Map)) {
            MapObject kind = MapObject::Map;
            if (isListOfThings(MapObject::Map, key, kind))
                found.emplace_back(key, kind);
        }
        return found;
    }();
    return lists;
}

}  // namespace portolan
