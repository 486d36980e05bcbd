// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_diff.h"

#include "model/json/json_reader.h"
#include "model/map/map_comparison.h"
#include "model/map/map_keys.h"

#include <algorithm>

namespace portolan {
namespace {

constexpr std::size_t widestLine = 100;

bool isContainer(DataNode node)
{
    return node.isObject() || node.isArray();
}

std::vector<DataNode> membersOf(DataNode container)
{
    std::vector<DataNode> members;
    for (const DataNode member : container)
        members.push_back(member);
    return members;
}

bool isText(const std::string& json)
{
    return json.starts_with('"');
}

// Members in the order of the schema, unknown ones after them in their own.
std::vector<DataNode> inOrder(DataNode object, const std::vector<std::string_view>& order)
{
    std::vector<DataNode> members = membersOf(object);
    std::stable_sort(members.begin(), members.end(), [&](DataNode a, DataNode b) {
        return std::find(order.begin(), order.end(), a.key()) <
               std::find(order.begin(), order.end(), b.key());
    });
    return members;
}

bool holdsContainers(DataNode node)
{
    const std::vector<DataNode> members = membersOf(node);
    return std::any_of(members.begin(), members.end(), isContainer);
}

class CanonicalWriter {
public:
    std::string write(DataNode root)
    {
        value(root, MapObject::Map, true, 0, 0);
        return m_out + "\n";
    }

private:
    void newLine(std::size_t depth) { m_out.append("\n").append(depth * 2, ' '); }

    // `isKnown` tells whether `kind` is what an object here is. `before` is what stands before the value in its line.
    void value(DataNode node, MapObject kind, bool isKnown, std::size_t depth, std::size_t before)
    {
        if (!isContainer(node)) {
            m_out += node.raw();
        } else if (node.size() == 0) {
            m_out += node.isObject() ? "{}" : "[]";
        } else if (node.isObject()) {
            object(node, kind, isKnown, depth);
        } else {
            array(node, kind, isKnown, depth, before);
        }
    }

    void object(DataNode node, MapObject kind, bool isKnown, std::size_t depth)
    {
        static const std::vector<std::string_view> none;
        m_out += '{';
        bool isFirst = true;
        for (const DataNode member : inOrder(node, isKnown ? keysOf(kind) : none)) {
            m_out += isFirst ? "" : ",";
            isFirst = false;
            newLine(depth + 1);
            const std::string key = jsonString(member.key());
            m_out += key + ": ";
            MapObject inner = MapObject::Map;
            const bool isInnerKnown = isKnown && kindOfChild(kind, member.key(), inner);
            value(member, inner, isInnerKnown, depth + 1, 2 * (depth + 1) + key.size() + 2);
        }
        newLine(depth);
        m_out += '}';
    }

    void array(DataNode node, MapObject kind, bool isKnown, std::size_t depth, std::size_t before)
    {
        if (!holdsContainers(node)) {
            std::string line;
            for (const DataNode element : node)
                line += (line.empty() ? "" : ", ") + std::string(element.raw());
            if (before + line.size() + 3 <= widestLine) {
                m_out += "[" + line + "]";
                return;
            }
        }
        m_out += '[';
        bool isFirst = true;
        for (const DataNode element : node) {
            m_out += isFirst ? "" : ",";
            isFirst = false;
            newLine(depth + 1);
            value(element, kind, isKnown, depth + 1, 2 * (depth + 1));
        }
        newLine(depth);
        m_out += ']';
    }

    std::string m_out;
};

}  // namespace

std::vector<MapChange> mapChanges(const MapDocument& before, const MapDocument& after)
{
    return compareMaps(before, after).changes;
}

std::string_view toString(MapChange::Kind kind)
{
    switch (kind) {
    case MapChange::Kind::Added:
        return "added";
    case MapChange::Kind::Removed:
        return "removed";
    case MapChange::Kind::Changed:
        return "changed";
    case MapChange::Kind::Renamed:
        return "renamed";
    case MapChange::Kind::Moved:
        break;
    }
    return "moved";
}

std::string toText(const MapChange& change)
{
    const std::string last = change.pointer.substr(change.pointer.rfind('/') + 1);
    // A whole thing stands in a list, a member of it has a key.
    const bool isWhole = last.find_first_not_of("0123456789") == std::string::npos;
    const std::string subject = change.subject + ": " + (isWhole ? "" : last + ": ");
    switch (change.kind) {
    case MapChange::Kind::Added:
        return "+ " + subject + change.after;
    case MapChange::Kind::Removed:
        return "- " + subject + change.before;
    case MapChange::Kind::Moved:
        return "> " + change.subject + ": " +
               (change.before.empty() ? "not placed" : change.before) + " -> " +
               (change.after.empty() ? "not placed" : change.after);
    case MapChange::Kind::Renamed:
        return "~ " + change.subject +
               (last == "name" ? ": renamed from " + change.before + " to " + change.after
                               : ": has another id: " + change.before + " -> " + change.after);
    case MapChange::Kind::Changed:
        break;
    }
    if (last == "name" && isText(change.before) && isText(change.after))
        return "~ " + change.subject + ": renamed from " + change.before + " to " + change.after;
    return "~ " + subject + change.before + " -> " + change.after;
}

std::string canonicalText(const MapDocument& document)
{
    return CanonicalWriter().write(document.tree().root());
}

}  // namespace portolan
