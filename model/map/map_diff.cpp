// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_diff.h"

#include "model/json/json_reader.h"
#include "model/map/map_keys.h"
#include "model/map/map_things.h"

#include <algorithm>
#include <map>
#include <unordered_map>

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

class Comparison {
public:
    std::vector<MapChange> compare(DataNode before, DataNode after)
    {
        compareMembers(MapObject::Map, before, after, "map", nameOfThing(after));
        return std::move(m_changes);
    }

private:
    void add(MapChange::Kind kind, const std::string& subject, const std::string& name,
             DataNode before, DataNode after)
    {
        m_changes.push_back({kind, subject, name, (after ? after : before).pointer(),
                             compactJson(before), compactJson(after)});
    }

    void compareMembers(MapObject kind, DataNode before, DataNode after, const std::string& subject,
                        const std::string& name)
    {
        for (const DataNode was : before) {
            const DataNode is = after[was.key()];
            MapObject inner = MapObject::Map;
            if (kind == MapObject::Map && was.key() == "placement" && was.isObject() &&
                (!is || is.isObject()))
                comparePlacement(was, is);
            else if (was.isArray() && isListOfThings(kind, was.key(), inner) &&
                     (!is || is.isArray()))
                compareLists(inner, was, is, name);
            else if (!is)
                add(MapChange::Kind::Removed, subject, name, was, is);
            else if (!isSameJson(was, is))
                add(MapChange::Kind::Changed, subject, name, was, is);
        }
        for (const DataNode is : after) {
            if (before[is.key()])
                continue;
            MapObject inner = MapObject::Map;
            if (kind == MapObject::Map && is.key() == "placement" && is.isObject())
                comparePlacement({}, is);
            else if (is.isArray() && isListOfThings(kind, is.key(), inner))
                compareLists(inner, {}, is, name);
            else
                add(MapChange::Kind::Added, subject, name, {}, is);
        }
    }

    void compareLists(MapObject kind, DataNode before, DataNode after, const std::string& owner)
    {
        std::unordered_map<std::string, DataNode> now;
        for (const DataNode thing : after)
            now.emplace(identityOf(kind, thing), thing);
        std::unordered_map<std::string, DataNode> then;
        for (const DataNode thing : before) {
            const std::string id = identityOf(kind, thing);
            if (!then.emplace(id, thing).second)
                continue;
            const auto found = now.find(id);
            if (found == now.end())
                add(MapChange::Kind::Removed, subjectOf(kind, thing, owner), nameOfThing(thing),
                    thing, {});
            else if (thing.isObject() && found->second.isObject())
                compareMembers(kind, thing, found->second, subjectOf(kind, thing, owner),
                               nameOfThing(found->second));
        }
        for (const DataNode thing : after) {
            if (!then.contains(identityOf(kind, thing)))
                add(MapChange::Kind::Added, subjectOf(kind, thing, owner), nameOfThing(thing), {},
                    thing);
        }
    }

    void comparePlacement(DataNode before, DataNode after)
    {
        for (const DataNode was : before) {
            const DataNode is = after[was.key()];
            if (!is || !isSameJson(was, is))
                add(MapChange::Kind::Moved, "context " + std::string(was.key()),
                    std::string(was.key()), was, is);
        }
        for (const DataNode is : after) {
            if (!before[is.key()])
                add(MapChange::Kind::Moved, "context " + std::string(is.key()),
                    std::string(is.key()), {}, is);
        }
    }

    std::vector<MapChange> m_changes;
};

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
    return Comparison().compare(before.tree().root(), after.tree().root());
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
    case MapChange::Kind::Changed:
        break;
    }
    return "~ " + subject + change.before + " -> " + change.after;
}

std::string canonicalText(const MapDocument& document)
{
    return CanonicalWriter().write(document.tree().root());
}

}  // namespace portolan
