// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_comparison.h"

#include "model/map/map_keys.h"
#include "model/map/map_renames.h"
#include "model/map/map_things.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace portolan {
namespace {

using State = ComparedThing::State;

std::optional<EntityKind> entityKindOf(MapObject kind)
{
    switch (kind) {
    case MapObject::Domain:
        return EntityKind::Domain;
    case MapObject::Team:
        return EntityKind::Team;
    case MapObject::Context:
        return EntityKind::BoundedContext;
    case MapObject::Term:
        return EntityKind::Term;
    case MapObject::Product:
        return EntityKind::DataProduct;
    case MapObject::Relationship:
        return EntityKind::Relationship;
    case MapObject::Route:
        return EntityKind::Route;
    case MapObject::Identifier:
        return EntityKind::Identifier;
    case MapObject::Crosswalk:
        return EntityKind::Crosswalk;
    default:
        return std::nullopt;
    }
}

// The thing that is looked at, and those that it stands in.
struct Owner {
    std::string subject = "map";
    std::string earlierSubject = {};  // where the thing had another id
    std::string name = {};
    std::string idBefore = {};
    std::string idAfter = {};
    std::vector<std::size_t> things = {};  // places in MapComparison::things
};

class Comparison {
public:
    Comparison(DataNode before, DataNode after)
        : m_before(before), m_after(after), m_renames(MapRenames::between(before, after))
    {
    }

    MapComparison compare()
    {
        Owner map;
        map.name = nameOfThing(m_after);
        compareMembers(MapObject::Map, m_before, m_after, map);
        // After the contexts, wherever it stands in the file: a move belongs to one of them.
        if (isPlacement(MapObject::Map, "placement"))
            comparePlacement(m_before["placement"], m_after["placement"]);
        for (std::size_t i = 0; i < m_result.things.size(); ++i)
            m_result.things[i].state = stateOf(m_result.things[i], m_marks[i]);
        return std::move(m_result);
    }

private:
    struct Marks {
        bool isChanged = false;
        bool isRenamed = false;
        bool isMoved = false;
    };

    static State stateOf(const ComparedThing& thing, const Marks& marks)
    {
        if (thing.idBefore.empty())
            return State::Added;
        if (thing.idAfter.empty())
            return State::Removed;
        return marks.isChanged   ? State::Changed
               : marks.isRenamed ? State::Renamed
               : marks.isMoved   ? State::Moved
                                 : State::Same;
    }

    void add(MapChange::Kind kind, const Owner& owner, DataNode before, DataNode after)
    {
        MapChange change{kind,
                         owner.subject,
                         owner.name,
                         (after ? after : before).pointer(),
                         compactJson(before),
                         compactJson(after)};
        change.earlierSubject = owner.earlierSubject;
        const bool isName = kind == MapChange::Kind::Changed && after.key() == "name";
        for (const std::size_t place : owner.things) {
            m_result.things[place].changes.push_back(m_result.changes.size());
            Marks& marks = m_marks[place];
            const bool isOwn = place == owner.things.back();
            if (isOwn && (isName || kind == MapChange::Kind::Renamed))
                marks.isRenamed = true;
            else if (kind == MapChange::Kind::Moved)
                marks.isMoved = true;
            else
                marks.isChanged = true;
        }
        m_result.changes.push_back(std::move(change));
    }

    void compareMembers(MapObject kind, DataNode before, DataNode after, const Owner& owner)
    {
        for (const DataNode was : before) {
            const DataNode is = after[was.key()];
            MapObject inner = MapObject::Map;
            if (isPlacement(kind, was.key()))
                continue;
            if (was.isArray() && isListOfThings(kind, was.key(), inner) && (!is || is.isArray()))
                compareLists(inner, was, is, owner);
            else if (!is)
                add(MapChange::Kind::Removed, owner, was, is);
            else if (isIdOfThing(kind, owner, was))
                add(MapChange::Kind::Renamed, owner, was, is);
            else if (!isSameJson(was, is) && !isSameReference(kind, was, is))
                add(MapChange::Kind::Changed, owner, was, is);
        }
        for (const DataNode is : after) {
            if (before[is.key()] || isPlacement(kind, is.key()))
                continue;
            MapObject inner = MapObject::Map;
            if (is.isArray() && isListOfThings(kind, is.key(), inner))
                compareLists(inner, {}, is, owner);
            else
                add(MapChange::Kind::Added, owner, {}, is);
        }
    }

    // A value that is no object is compared as any other.
    bool isPlacement(MapObject kind, std::string_view key) const
    {
        const DataNode was = m_before[key];
        const DataNode is = m_after[key];
        return kind == MapObject::Map && key == "placement" && (!was || was.isObject()) &&
               (!is || is.isObject());
    }

    static bool isIdOfThing(MapObject kind, const Owner& owner, DataNode member)
    {
        return !owner.earlierSubject.empty() &&
               member.key() == (kind == MapObject::Term ? "name" : "id");
    }

    // Whether it names the same things, some of which have other ids now.
    bool isSameReference(MapObject kind, DataNode was, DataNode is) const
    {
        const std::optional<MapObject> referred = referredKind(kind, was.key());
        if (!referred || was.kind() != is.kind() || was.size() != is.size())
            return false;
        const auto isSame = [&](DataNode one, DataNode other) {
            return one.isString() && other.isString() &&
                   m_renames.newId(*referred, one.text()) == other.text();
        };
        if (!was.isArray())
            return isSame(was, is);
        DataNode::Iterator other = is.begin();
        for (const DataNode one : was) {
            if (!isSame(one, *other))
                return false;
            ++other;
        }
        return true;
    }

    void compareLists(MapObject kind, DataNode before, DataNode after, const Owner& owner)
    {
        const std::map<std::string, std::string> terms = kind == MapObject::Term
                                                             ? MapRenames::ofTerms(before, after)
                                                             : std::map<std::string, std::string>();
        const auto newIdentity = [&](const std::string& id) {
            const auto term = terms.find(id);
            return term != terms.end() ? term->second : m_renames.newId(kind, id);
        };
        std::unordered_map<std::string, DataNode> now;
        for (const DataNode thing : after)
            now.emplace(identityOf(kind, thing), thing);
        std::unordered_map<std::string, DataNode> then;
        for (const DataNode thing : before) {
            const std::string id = newIdentity(identityOf(kind, thing));
            if (!then.emplace(id, thing).second)
                continue;
            const auto found = now.find(id);
            const DataNode is = found == now.end() ? DataNode() : found->second;
            compareThing(kind, thing, is, owner);
        }
        for (const DataNode thing : after) {
            if (!then.contains(identityOf(kind, thing)))
                compareThing(kind, {}, thing, owner);
        }
    }

    void compareThing(MapObject kind, DataNode was, DataNode is, const Owner& owner)
    {
        const Owner thing = ownerOf(kind, was, is, owner);
        if (!is || !was) {
            add(is ? MapChange::Kind::Added : MapChange::Kind::Removed, thing, was, is);
            MapObject inner = MapObject::Map;
            for (const DataNode list : is ? is : was) {
                if (list.isArray() && isListOfThings(kind, list.key(), inner))
                    listTerms(inner, was[list.key()], is[list.key()], thing);
            }
        } else if (was.isObject() && is.isObject()) {
            compareMembers(kind, was, is, thing);
        }
    }

    // The terms of a context that one map alone has: in the list of things, with the one change that says it of the context.
    void listTerms(MapObject kind, DataNode before, DataNode after, const Owner& owner)
    {
        for (const DataNode term : before)
            ownerOf(kind, term, {}, owner);
        for (const DataNode term : after)
            ownerOf(kind, {}, term, owner);
    }

    Owner ownerOf(MapObject kind, DataNode was, DataNode is, const Owner& outer)
    {
        const DataNode any = is ? is : was;
        Owner owner;
        owner.subject = subjectOf(kind, any, outer.name);
        owner.name = nameOfThing(any);
        owner.things = outer.things;
        const std::string identityBefore = was ? identityOf(kind, was) : std::string();
        const std::string identityAfter = is ? identityOf(kind, is) : std::string();
        if (was && is && identityBefore != identityAfter)
            owner.earlierSubject = subjectOf(kind, was, outer.name);
        const bool isTerm = kind == MapObject::Term;
        const auto idIn = [&](const std::string& identity, const std::string& outerId) {
            return identity.empty() || isIdentityByContent(identity) ? std::string()
                   : isTerm                                          ? outerId + "/" + identity
                                                                     : identity;
        };
        owner.idBefore = idIn(identityBefore, outer.idBefore);
        owner.idAfter = idIn(identityAfter, outer.idAfter);
        const std::optional<EntityKind> entity = entityKindOf(kind);
        if (entity && any.isObject() && !(owner.idBefore.empty() && owner.idAfter.empty()))
            owner.things.push_back(addThing(*entity, owner, was, is));
        return owner;
    }

    std::size_t addThing(EntityKind kind, const Owner& owner, DataNode was, DataNode is)
    {
        const std::size_t place = m_result.things.size();
        ComparedThing thing;
        thing.kind = kind;
        thing.idBefore = owner.idBefore;
        thing.idAfter = owner.idAfter;
        thing.nameBefore = nameOfThing(was);
        thing.nameAfter = nameOfThing(is);
        if (!thing.idBefore.empty())
            m_result.placesInBefore.emplace(EntityRef{kind, thing.idBefore}, place);
        if (!thing.idAfter.empty())
            m_result.placesInAfter.emplace(EntityRef{kind, thing.idAfter}, place);
        m_result.things.push_back(std::move(thing));
        m_marks.emplace_back();
        return place;
    }

    void comparePlacement(DataNode before, DataNode after)
    {
        for (const DataNode was : before) {
            const DataNode is = after[m_renames.newId(MapObject::Context, was.key())];
            if (!is || !isSameJson(was, is))
                addMove(was, is);
        }
        for (const DataNode is : after) {
            if (!before[m_renames.oldId(MapObject::Context, is.key())])
                addMove({}, is);
        }
    }

    void addMove(DataNode was, DataNode is)
    {
        Owner owner;
        owner.name = std::string((is ? is : was).key());
        owner.subject = "context " + owner.name;
        const auto& places = is ? m_result.placesInAfter : m_result.placesInBefore;
        if (const auto place = places.find({EntityKind::BoundedContext, owner.name});
            place != places.end())
            owner.things = {place->second};
        add(MapChange::Kind::Moved, owner, was, is);
    }

    DataNode m_before;
    DataNode m_after;
    MapRenames m_renames;
    MapComparison m_result;
    std::vector<Marks> m_marks;  // as m_result.things
};

const ComparedThing* find(const MapComparison& comparison,
                          const std::map<EntityRef, std::size_t>& places, const EntityRef& thing)
{
    const auto place = places.find(thing);
    return place == places.end() ? nullptr : &comparison.things[place->second];
}

}  // namespace

const ComparedThing* MapComparison::inBefore(const EntityRef& thing) const
{
    return find(*this, placesInBefore, thing);
}

const ComparedThing* MapComparison::inAfter(const EntityRef& thing) const
{
    return find(*this, placesInAfter, thing);
}

std::vector<MapChange> MapComparison::changesOf(const ComparedThing& thing) const
{
    std::vector<MapChange> found;
    for (const std::size_t place : thing.changes)
        found.push_back(changes[place]);
    return found;
}

MapComparison compareMaps(const MapDocument& before, const MapDocument& after)
{
    return Comparison(before.tree().root(), after.tree().root()).compare();
}

std::string_view toString(ComparedThing::State state)
{
    switch (state) {
    case State::Same:
        return "same";
    case State::Added:
        return "added";
    case State::Removed:
        return "removed";
    case State::Changed:
        return "changed";
    case State::Renamed:
        return "renamed";
    case State::Moved:
        break;
    }
    return "moved";
}

}  // namespace portolan
