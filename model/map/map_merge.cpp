// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_merge.h"

#include "model/json/json_edit.h"
#include "model/map/map_keys.h"
#include "model/map/map_things.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace portolan {
namespace {

using Kind = MergeConflict::Kind;
using ObjectKind = std::optional<MapObject>;  // none: an object that the format does not know

constexpr std::size_t longestValue = 60;
constexpr std::size_t mostComparisons = 1'000'000;
constexpr int mostRounds = 50;

// One value in the three texts; each may be missing.
struct Three {
    DataNode base;
    DataNode ours;
    DataNode theirs;

    Three member(std::string_view key) const { return {base[key], ours[key], theirs[key]}; }
    bool isUntouchedByOurs() const { return isSameJson(base, ours); }
    // Nothing of theirs is to be applied.
    bool isSettled() const { return isSameJson(base, theirs) || isSameJson(ours, theirs); }
    template <class Predicate>
    bool eachIsMissingOr(Predicate isFitting) const
    {
        return (!base || isFitting(base)) && (!ours || isFitting(ours)) &&
               (!theirs || isFitting(theirs));
    }
};

bool isArray(DataNode node)
{
    return node.isArray();
}

bool isListOfTexts(DataNode node)
{
    return node.isArray() &&
           std::all_of(node.begin(), node.end(), [](DataNode it) { return it.isString(); });
}

bool isListOfObjects(DataNode node)
{
    return node.isArray() &&
           std::all_of(node.begin(), node.end(), [](DataNode it) { return it.isObject(); });
}

std::vector<std::string> textsOf(DataNode list)
{
    std::vector<std::string> texts;
    for (const DataNode element : list)
        texts.push_back(element.string());
    return texts;
}

// As deep as the readers let a file be.
JsonValue valueOf(DataNode node)
{
    if (!node.isArray() && !node.isObject())
        return JsonValue::scalar(std::string(node.raw()));
    JsonValue value = node.isObject() ? JsonValue::object() : JsonValue::array();
    for (const DataNode member : node)
        value.members.emplace_back(member.key(), valueOf(member));
    return value;
}

std::string quoted(std::string_view text)
{
    return "\"" + std::string(text) + "\"";
}

// For a sentence: long ones end in dots, between characters.
std::string shown(DataNode value)
{
    std::string text = compactJson(value);
    if (text.size() <= longestValue)
        return text;
    std::size_t end = longestValue;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end) + "…";
}

// Whether things of this kind are known by an id that stays; the others are known by what they say.
bool hasId(ObjectKind kind)
{
    if (!kind || kind == MapObject::Migration || kind == MapObject::Identity ||
        kind == MapObject::AcceptedDrift)
        return false;
    return std::any_of(listsOfThings().begin(), listsOfThings().end(),
                       [&](const auto& row) { return row.second == *kind; });
}

std::string elementIdentity(ObjectKind kind, DataNode element)
{
    const auto joined = [element](std::initializer_list<std::string_view> keys) {
        std::string text;
        for (const std::string_view key : keys)
            text += (text.empty() ? "" : " ") + compactJson(element[key]);
        return text;
    };
    if (kind == MapObject::Port)
        return joined({"type", "address"});
    if (kind == MapObject::Translation)
        return joined({"from", "to"});
    if (kind == MapObject::Identity)
        return joined({"kind", "one", "other"});
    if (kind == MapObject::AcceptedDrift)
        return joined({"kind", "subject", "from", "to"});
    if (kind)
        return identityOf(*kind, element);
    for (const std::string_view key : {"id", "name"}) {
        if (const DataNode id = element[key]; id.isString() && !id.text().empty())
            return id.string();
    }
    return "\n" + compactJson(element);
}

// A list's elements by what identifies them, in its order; one that is there twice is told apart by its number.
class Elements {
public:
    Elements(ObjectKind kind, DataNode list)
    {
        std::map<std::string, int> counts;
        for (const DataNode element : list) {
            std::string id = elementIdentity(kind, element);
            if (const int count = ++counts[id]; count > 1)
                id += "\n#" + std::to_string(count);
            m_byId.emplace(id, element);
            m_all.emplace_back(std::move(id), element);
        }
    }

    DataNode find(const std::string& id) const
    {
        const auto found = m_byId.find(id);
        return found == m_byId.end() ? DataNode() : found->second;
    }
    const std::vector<std::pair<std::string, DataNode>>& all() const { return m_all; }

    // The elements that `other` does not have.
    std::vector<std::string> without(const Elements& other) const
    {
        std::vector<std::string> ids;
        for (const auto& [id, element] : m_all) {
            if (!other.find(id))
                ids.push_back(id);
        }
        return ids;
    }

private:
    std::vector<std::pair<std::string, DataNode>> m_all;
    std::map<std::string, DataNode> m_byId;
};

// Which element took another's place: as many came as went, so one by one.
std::map<std::string, std::string> replacements(const Elements& before, const Elements& after)
{
    const std::vector<std::string> gone = before.without(after);
    const std::vector<std::string> come = after.without(before);
    std::map<std::string, std::string> pairs;
    for (std::size_t i = 0; gone.size() == come.size() && i < gone.size(); ++i)
        pairs.emplace(gone[i], come[i]);
    return pairs;
}

// A step from the root of a text to a value.
struct Step {
    std::string key;  // of a member, or an element's identity
    bool isElement = false;
    ObjectKind kind = {};  // of the element
};

// What a value belongs to: the thing that conflicts name, and the way there.
struct Owner {
    std::string subject = "map";
    std::string name = {};
    std::string member = {};  // inside the thing: "owns"
    std::vector<Step> path = {};

    Owner inner(std::string_view key) const
    {
        Owner owner = *this;
        owner.member += (member.empty() ? "" : "/") + std::string(key);
        owner.path.push_back({std::string(key)});
        return owner;
    }
};

// What of theirs is not applied, so that nothing refers to what is not there.
struct Exceptions {
    std::set<std::string> kept;     // subjects that stay although theirs removed them
    std::set<std::string> leftOut;  // subjects, or a subject, a line break and a member

    bool leavesOut(const std::string& subject, std::string_view member) const
    {
        return leftOut.contains(subject + "\n" + std::string(member));
    }
};

struct PlacedConflict {
    MergeConflict conflict;
    std::vector<Step> path;
};

// Members that say one thing in two ways: taking one from each side would say it twice or not at all.
struct Alternatives {
    MapObject kind;
    std::vector<std::string_view> shape;    // which of them are there
    std::vector<std::string_view> members;  // that stand or fall with it
};

const Alternatives* alternativesOf(ObjectKind kind)
{
    static const std::vector<Alternatives> all = {
        {MapObject::Context, {"domain", "domains"}, {"domain", "domains"}},
        {MapObject::Relationship,
         {"upstream", "downstream", "between"},
         {"type", "upstream", "downstream", "between"}},
    };
    for (const Alternatives& row : all) {
        if (kind == row.kind)
            return &row;
    }
    return nullptr;
}

bool isOneOf(std::string_view key, const std::vector<std::string_view>& keys)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Of those keys that are there.
std::string partOf(DataNode object, const std::vector<std::string_view>& keys)
{
    std::string text;
    for (const std::string_view key : keys) {
        if (const DataNode value = object[key])
            text += (text.empty() ? "" : ", ") + quoted(key) + ": " + compactJson(value);
    }
    return text.empty() ? text : "{" + text + "}";
}

// "("team", "purpose")": what differs between two objects.
std::string differingMembers(DataNode one, DataNode other)
{
    std::vector<std::string> keys;
    for (const DataNode member : one) {
        if (!isSameJson(member, other[member.key()]))
            keys.push_back(quoted(member.key()));
    }
    for (const DataNode member : other) {
        if (!one[member.key()])
            keys.push_back(quoted(member.key()));
    }
    std::string text;
    for (const std::string& key : keys)
        text += (text.empty() ? "" : ", ") + key;
    return text.empty() ? text : " (" + text + ")";
}

class Merger {
public:
    Merger(const MapDocument& base, const MapDocument& ours, const MapDocument& theirs,
           const Exceptions& exceptions)
        : m_root{base.tree().root(), ours.tree().root(), theirs.tree().root()}, m_edit(ours.tree()),
          m_exceptions(exceptions)
    {
    }

    std::vector<Splice> merge()
    {
        Owner owner;
        owner.name = nameOfThing(m_root.ours);
        mergeObject(owner, MapObject::Map, m_root);
        const Three contexts = m_root.member("contexts");
        m_contextsGone.merge(idsOf(contexts.base, contexts.ours));
        mergePlacement(m_root.member("placement"));
        return m_edit.splices();
    }

    std::vector<PlacedConflict> takeConflicts() { return std::move(m_conflicts); }

private:
    // Conflicts

    void add(Kind kind, const Owner& owner, const std::string& member, const Three& values,
             const std::string& what)
    {
        m_conflicts.push_back({{kind,
                                owner.subject,
                                owner.name,
                                member,
                                compactJson(values.base),
                                compactJson(values.ours),
                                compactJson(values.theirs),
                                owner.subject + ": " + what,
                                {}},
                               owner.path});
    }

    void addMemberConflict(const Owner& owner, std::string_view key, const Three& values)
    {
        const Owner inner = owner.inner(key);
        const std::string name = quoted(inner.member);
        if (!values.ours) {
            add(Kind::RemovedAndChanged, inner, inner.member, values,
                "ours removes " + name + ", theirs changes it from " + shown(values.base) + " to " +
                    shown(values.theirs) + "; it stays removed.");
        } else if (!values.theirs) {
            add(Kind::RemovedAndChanged, inner, inner.member, values,
                "theirs removes " + name + ", ours changes it from " + shown(values.base) + " to " +
                    shown(values.ours) + "; ours stays.");
        } else {
            add(values.base ? Kind::ChangedByBoth : Kind::AddedByBoth, inner, inner.member, values,
                name + " is " + shown(values.ours) + " in ours and " + shown(values.theirs) +
                    " in theirs, and was " +
                    (values.base ? shown(values.base) : std::string("not there")) +
                    "; ours stays.");
        }
    }

    void addThingConflict(const Owner& owner, const Three& values)
    {
        if (!values.ours) {
            add(Kind::RemovedAndChanged, owner, owner.member, values,
                "ours removes it, theirs changes it" +
                    differingMembers(values.base, values.theirs) + "; it stays removed.");
        } else if (!values.theirs) {
            add(Kind::RemovedAndChanged, owner, owner.member, values,
                "theirs removes it, ours changes it" + differingMembers(values.base, values.ours) +
                    "; it stays.");
        } else {
            add(Kind::AddedByBoth, owner, owner.member, values,
                "both add it, with different content" +
                    differingMembers(values.ours, values.theirs) + "; ours stays.");
        }
    }

    // Objects

    // `at.ours` and `at.theirs` are objects, `at.base` is one or missing.
    void mergeObject(const Owner& owner, ObjectKind kind, const Three& at)
    {
        const bool isAlternativeOurs = keepsAlternative(owner, kind, at);
        const auto mergeKey = [&](std::string_view key) {
            const bool isPlacement = kind == MapObject::Map && key == "placement";
            const bool stays = isAlternativeOurs && isOneOf(key, alternativesOf(kind)->members);
            if (!isPlacement && !stays)
                mergeMember(owner, kind, key, at.member(key), at.ours);
        };
        for (const DataNode member : at.ours)
            mergeKey(member.key());
        for (const DataNode member : at.theirs) {
            if (!at.ours[member.key()])
                mergeKey(member.key());
        }
    }

    bool keepsAlternative(const Owner& owner, ObjectKind kind, const Three& at)
    {
        const Alternatives* alternatives = owner.member.empty() ? alternativesOf(kind) : nullptr;
        if (!alternatives)
            return false;
        for (const std::string_view key : alternatives->members) {
            if (m_exceptions.leavesOut(owner.subject, key))
                return true;
        }
        const auto isSamePart = [&](DataNode one, DataNode other) {
            return std::all_of(
                alternatives->members.begin(), alternatives->members.end(),
                [&](std::string_view key) { return isSameJson(one[key], other[key]); });
        };
        const auto isSameShape = std::all_of(
            alternatives->shape.begin(), alternatives->shape.end(), [&](std::string_view key) {
                return at.ours[key].isMissing() == at.theirs[key].isMissing();
            });
        if (isSameShape || isSamePart(at.base, at.ours) || isSamePart(at.base, at.theirs))
            return false;
        const std::vector<std::string_view>& members = alternatives->members;
        const std::string ours = partOf(at.ours, members);
        const std::string theirs = partOf(at.theirs, members);
        m_conflicts.push_back(
            {{Kind::ChangedByBoth,
              owner.subject,
              owner.name,
              std::string(alternatives->shape.front()),
              partOf(at.base, members),
              ours,
              theirs,
              owner.subject + ": ours makes it " + ours + ", theirs " + theirs + "; ours stays.",
              {}},
             owner.path});
        return true;
    }

    void mergeMember(const Owner& owner, ObjectKind kind, std::string_view key, const Three& at,
                     DataNode container)
    {
        if (at.isSettled() || m_exceptions.leavesOut(owner.subject, key))
            return;
        MapObject known = MapObject::Map;
        const ObjectKind inner =
            kind && kindOfChild(*kind, key, known) ? ObjectKind(known) : std::nullopt;
        const bool isPair = kind == MapObject::Relationship && key == "between";
        if (at.eachIsMissingOr(inner ? isArray : isListOfObjects) &&
            !at.eachIsMissingOr(isListOfTexts))
            mergeElements(owner, kind, inner, key, at, container);
        else if (at.eachIsMissingOr(isListOfTexts) && !isPair)
            mergeTexts(kind, key, at, container);
        else if (at.ours.isObject() && at.theirs.isObject() &&
                 (at.base.isMissing() || at.base.isObject()))
            mergeObject(owner.inner(key), inner, at);
        else
            mergeValue(owner, kind, key, at, container);
    }

    void mergeValue(const Owner& owner, ObjectKind kind, std::string_view key, const Three& at,
                    DataNode container)
    {
        if (!at.isUntouchedByOurs())
            addMemberConflict(owner, key, at);
        else if (!at.theirs)
            m_edit.remove(at.ours);
        else
            set(kind, key, at, container, valueOf(at.theirs));
    }

    void set(ObjectKind kind, std::string_view key, const Three& at, DataNode container,
             JsonValue value)
    {
        static const std::vector<std::string_view> noOrder;
        if (at.ours)
            m_edit.replace(at.ours, std::move(value));
        else
            m_edit.insert(container, key, std::move(value), kind ? keysOf(*kind) : noOrder);
    }

    // Lists of texts

    void mergeTexts(ObjectKind kind, std::string_view key, const Three& at, DataNode container)
    {
        if (!at.isUntouchedByOurs())
            mergeSets(kind, key, at, container);
        else if (!at.theirs)
            m_edit.remove(at.ours);
        else if (at.ours && std::size_t{at.ours.size()} * at.theirs.size() <= mostComparisons)
            m_edit.setTexts(at.ours, textsOf(at.theirs));
        else
            set(kind, key, at, container, valueOf(at.theirs));
    }

    void mergeSets(ObjectKind kind, std::string_view key, const Three& at, DataNode container)
    {
        const auto setOf = [](DataNode list) {
            const std::vector<std::string> texts = textsOf(list);
            return std::set<std::string>(texts.begin(), texts.end());
        };
        const std::set<std::string> before = setOf(at.base);
        const std::set<std::string> ours = setOf(at.ours);
        const std::set<std::string> theirs = setOf(at.theirs);
        std::vector<DataNode> removed;
        for (const DataNode element : at.ours) {
            if (before.contains(element.string()) && !theirs.contains(element.string()))
                removed.push_back(element);
        }
        std::set<std::string> added;
        std::vector<JsonValue> additions;
        for (const DataNode element : at.theirs) {
            const std::string text = element.string();
            if (!before.contains(text) && !ours.contains(text) && added.insert(text).second)
                additions.push_back(valueOf(element));
        }
        changeList(kind, key, at, container, removed, std::move(additions));
    }

    // Takes elements out of ours' list and adds others at its end; makes the list, or takes it away when theirs did.
    void changeList(ObjectKind kind, std::string_view key, const Three& at, DataNode container,
                    const std::vector<DataNode>& removed, std::vector<JsonValue> additions)
    {
        if (!at.ours) {
            if (!additions.empty() || !at.base)
                set(kind, key, at, container, JsonValue::array(std::move(additions)));
            return;
        }
        if (!at.theirs && additions.empty() && removed.size() == at.ours.size()) {
            m_edit.remove(at.ours);
            return;
        }
        for (const DataNode element : removed)
            m_edit.remove(element);
        for (JsonValue& element : additions)
            m_edit.append(at.ours, std::move(element));
    }

    // Lists of objects

    void mergeElements(const Owner& owner, ObjectKind kind, ObjectKind inner, std::string_view key,
                       const Three& at, DataNode container)
    {
        const Elements before(inner, at.base);
        const Elements ours(inner, at.ours);
        const Elements theirs(inner, at.theirs);
        MapObject known = MapObject::Map;
        const bool areThings = kind && isListOfThings(*kind, key, known);
        if (!areThings && at.isUntouchedByOurs() && at.ours && at.theirs &&
            !keepsOrder(ours, theirs)) {
            mergeValue(owner, kind, key, at, container);
            return;
        }
        const std::set<std::string> outdone =
            hasId(inner) ? std::set<std::string>()
                         : outdoneReplacements(owner, inner, key, before, ours, theirs);
        std::vector<JsonValue> additions;
        for (const auto& [id, element] : theirs.all()) {
            const Three each{before.find(id), ours.find(id), element};
            const Owner thing = elementOwner(owner, inner, key, id, each);
            if (!each.base && !each.ours) {
                if (!outdone.contains(id) && !m_exceptions.leftOut.contains(thing.subject))
                    additions.push_back(valueOf(element));
            } else if (!each.isSettled()) {
                if (each.base && each.ours && each.ours.isObject() && element.isObject())
                    mergeObject(thing, inner, each);
                else
                    addThingConflict(thing, each);
            }
        }
        std::vector<DataNode> removed;
        for (const auto& [id, element] : ours.all()) {
            const Three each{before.find(id), element, theirs.find(id)};
            if (!each.base || each.theirs)
                continue;
            const Owner thing = elementOwner(owner, inner, key, id, each);
            if (!each.isUntouchedByOurs())
                addThingConflict(thing, each);
            else if (!m_exceptions.kept.contains(thing.subject))
                removed.push_back(element);
        }
        for (const DataNode element : removed) {
            if (inner == MapObject::Context)
                m_contextsGone.insert(element["id"].string());
        }
        changeList(kind, key, at, container, removed, std::move(additions));
    }

    // Whether theirs' list is what taking elements out of ours and adding others at its end makes.
    static bool keepsOrder(const Elements& ours, const Elements& theirs)
    {
        std::vector<std::string> made;
        for (const auto& [id, element] : ours.all()) {
            if (theirs.find(id))
                made.push_back(id);
        }
        for (const std::string& id : theirs.without(ours))
            made.push_back(id);
        return std::equal(made.begin(), made.end(), theirs.all().begin(), theirs.all().end(),
                          [](const std::string& id, const auto& it) { return id == it.first; });
    }

    // Both sides put another element into one's place. Theirs, that then are not added.
    std::set<std::string> outdoneReplacements(const Owner& owner, ObjectKind inner,
                                              std::string_view key, const Elements& before,
                                              const Elements& ours, const Elements& theirs)
    {
        std::set<std::string> outdone;
        const std::map<std::string, std::string> inTheirs = replacements(before, theirs);
        for (const auto& [id, inOurs] : replacements(before, ours)) {
            const auto other = inTheirs.find(id);
            if (other == inTheirs.end() || other->second == inOurs)
                continue;
            const Three each{before.find(id), ours.find(inOurs), theirs.find(other->second)};
            Owner thing = elementOwner(owner, inner, key, id, each);
            thing.path.back().key = inOurs;
            add(Kind::ChangedByBoth, thing, thing.member, each,
                "it is " + shown(each.ours) + " in ours and " + shown(each.theirs) +
                    " in theirs, and was " + shown(each.base) + "; ours stays.");
            outdone.insert(other->second);
        }
        return outdone;
    }

    static Owner elementOwner(const Owner& list, ObjectKind inner, std::string_view key,
                              const std::string& id, const Three& each)
    {
        const DataNode any = each.ours ? each.ours : each.theirs ? each.theirs : each.base;
        Owner owner = list.inner(key);
        MapObject known = MapObject::Map;
        const bool isThing = inner && (isListOfThings(MapObject::Map, key, known) ||
                                       isListOfThings(MapObject::Context, key, known));
        if (isThing) {
            owner.subject = subjectOf(*inner, each.base ? each.base : any, list.name);
            owner.name = nameOfThing(any);
            owner.member.clear();
        } else {
            owner.member += "/" + (isIdentityByContent(id) ? shown(any) : id);
        }
        owner.path.push_back({id, true, inner});
        return owner;
    }

    // Placement

    // Of the contexts that only the first list has.
    static std::set<std::string> idsOf(DataNode list, DataNode without)
    {
        const std::vector<std::string> ids =
            Elements(MapObject::Context, list).without(Elements(MapObject::Context, without));
        return {ids.begin(), ids.end()};
    }

    void mergePlacement(const Three& at)
    {
        const auto isObject = [](DataNode node) { return node.isObject(); };
        if (at.isSettled())
            return;
        if (!at.eachIsMissingOr(isObject)) {
            mergeValue({}, MapObject::Map, "placement", at, m_root.ours);
            return;
        }
        JsonValue additions = JsonValue::object();
        for (const DataNode card : at.theirs)
            mergeCard(at.member(card.key()), at.ours, card.key(), additions);
        std::vector<DataNode> gone;
        for (const DataNode card : at.ours) {
            if (isCardRemoved(at.member(card.key()), card.key()))
                gone.push_back(card);
        }
        if (!at.theirs && at.ours && gone.size() == at.ours.size())
            gone = {at.ours};
        for (const DataNode card : gone)
            m_edit.remove(card);
        if (!at.ours && (!additions.members.empty() || !at.base))
            m_edit.insert(m_root.ours, "placement", std::move(additions), keysOf(MapObject::Map));
    }

    void mergeCard(const Three& at, DataNode placement, std::string_view context,
                   JsonValue& additions)
    {
        const bool isGone = m_contextsGone.contains(std::string(context)) && !at.ours;
        if (at.isSettled() || isGone)
            return;
        if (!at.isUntouchedByOurs())
            addCardConflict(at, context);
        else if (at.ours)
            m_edit.replace(at.ours, valueOf(at.theirs));
        else if (placement)
            m_edit.insert(placement, context, valueOf(at.theirs));
        else
            additions.add(context, valueOf(at.theirs));
    }

    // Whether theirs took a card away; its position goes with its context.
    bool isCardRemoved(const Three& at, std::string_view context)
    {
        if (!at.base || at.theirs || m_exceptions.kept.contains("context " + std::string(context)))
            return false;
        if (at.isUntouchedByOurs() || m_contextsGone.contains(std::string(context)))
            return true;
        addCardConflict(at, context);
        return false;
    }

    void addCardConflict(const Three& at, std::string_view context)
    {
        Owner owner;
        owner.subject = "context " + std::string(context);
        owner.name = std::string(context);
        for (const DataNode each : m_root.ours["contexts"]) {
            if (each["id"].text() == context)
                owner.name = nameOfThing(each);
        }
        Owner placement = owner.inner("placement");
        placement.path.push_back({std::string(context)});
        const auto position = [](DataNode card) {
            return card ? "at " + shown(card) : std::string("not placed");
        };
        add(!at.base                 ? Kind::AddedByBoth
            : !at.ours || !at.theirs ? Kind::RemovedAndChanged
                                     : Kind::ChangedByBoth,
            placement, "placement", at,
            "its card is " + position(at.ours) + " in ours and " + position(at.theirs) +
                " in theirs, and was " + position(at.base) + "; ours stays.");
    }

    Three m_root;
    JsonEdit m_edit;
    const Exceptions& m_exceptions;
    std::set<std::string> m_contextsGone;
    std::vector<PlacedConflict> m_conflicts;
};

// A member of a thing that names another thing which is not there.
struct DanglingReference {
    MapObject kind;
    std::string id;  // of the thing that refers
    std::string subject;
    std::string name;
    std::string list;
    std::string member;
    std::string target;  // "context claims"
};

std::set<std::string> thingsOf(const MapDocument& document)
{
    std::set<std::string> subjects;
    for (const auto& [key, kind] : listsOfThings()) {
        for (const DataNode thing : document.tree().root()[key])
            subjects.insert(subjectOf(kind, thing, {}));
    }
    return subjects;
}

// By a text that is the same in every version of the map.
std::map<std::string, DanglingReference> danglingReferences(const MapDocument& document,
                                                            const std::set<std::string>& things)
{
    std::map<std::string, DanglingReference> dangling;
    const auto check = [&](MapObject kind, std::string_view list, DataNode thing, DataNode member,
                           std::string_view id) {
        const std::optional<MapObject> referred = referredKind(kind, member.key());
        const std::string target =
            referred ? std::string(toString(*referred)) + " " + std::string(id) : std::string();
        if (target.empty() || id.empty() || things.contains(target))
            return;
        DanglingReference reference{kind,
                                    identityOf(kind, thing),
                                    subjectOf(kind, thing, {}),
                                    nameOfThing(thing),
                                    std::string(list),
                                    std::string(member.key()),
                                    target};
        dangling.emplace(reference.subject + "\n" + reference.member + "\n" + target,
                         std::move(reference));
    };
    for (const auto& [list, kind] : listsOfThings()) {
        for (const DataNode thing : document.tree().root()[list]) {
            for (const DataNode member : thing) {
                if (member.isString())
                    check(kind, list, thing, member, member.text());
                for (const DataNode element : member) {
                    if (member.isArray() && element.isString())
                        check(kind, list, thing, member, element.text());
                }
            }
        }
    }
    return dangling;
}

class ThreeWayMerge {
public:
    ThreeWayMerge(const MapDocument& base, const MapDocument& ours, const MapDocument& theirs)
        : m_base(base), m_ours(ours), m_theirs(theirs), m_thingsOfBase(thingsOf(base)),
          m_thingsOfOurs(thingsOf(ours)), m_thingsOfTheirs(thingsOf(theirs)),
          m_danglingInOurs(danglingReferences(ours, m_thingsOfOurs)),
          m_danglingInTheirs(danglingReferences(theirs, m_thingsOfTheirs))
    {
    }

    // What is merged may refer to what one side removed. Then that change of theirs is left out and the merge made anew, until
    // nothing is left to mend; each round leaves out more.
    MapMerge merge()
    {
        for (int round = 0;; ++round) {
            Merger merger(m_base, m_ours, m_theirs, m_exceptions);
            std::string text = applied(m_ours.text(), Edit{"Merge", merger.merge(), {}});
            const Result<MapDocument> merged = MapDocument::read(text, m_ours.file());
            if (!merged)
                return notMerged(merged.error());
            if (round < mostRounds && leaveOutDangling(*merged))
                continue;
            std::vector<PlacedConflict> conflicts = merger.takeConflicts();
            conflicts.insert(conflicts.end(), m_conflicts.begin(), m_conflicts.end());
            MapMerge result{std::move(text), located(std::move(conflicts), *merged)};
            addNewProblems(*merged, result.conflicts);
            return result;
        }
    }

private:
    MapMerge notMerged(const Problem& problem) const
    {
        MergeConflict conflict;
        conflict.subject = "map";
        conflict.name = m_ours.map().name;
        conflict.message =
            "map: the merge would be no readable map: " + problem.message + " Ours stays as it is.";
        conflict.where.file = m_ours.file();
        return {m_ours.text(), {conflict}};
    }

    bool leaveOutDangling(const MapDocument& merged)
    {
        bool isAnyNew = false;
        for (const auto& [key, reference] : danglingReferences(merged, thingsOf(merged))) {
            if (m_danglingInOurs.contains(key) || m_danglingInTheirs.contains(key))
                continue;
            isAnyNew = leaveOut(reference) || isAnyNew;
        }
        return isAnyNew;
    }

    bool leaveOut(const DanglingReference& reference)
    {
        const std::string member = quoted(reference.member);
        if (m_thingsOfOurs.contains(reference.target)) {
            m_exceptions.kept.insert(reference.target);
            return add(reference,
                       member + " names " + reference.target + ", which theirs removes; it stays.");
        }
        const std::string why = m_thingsOfBase.contains(reference.target) ? ", which ours removes; "
                                                                          : ", which is left out; ";
        if (m_thingsOfOurs.contains(reference.subject)) {
            m_exceptions.leftOut.insert(reference.subject + "\n" + reference.member);
            return add(reference, "theirs makes " + member + " name " + reference.target + why +
                                      "ours stays.");
        }
        m_exceptions.leftOut.insert(reference.subject);
        return add(reference, "theirs adds it, and its " + member + " names " + reference.target +
                                  why + "it is left out.");
    }

    // False when it was named before: leaving it out once more would not help.
    bool add(const DanglingReference& reference, const std::string& what)
    {
        const auto valueIn = [&](const MapDocument& document) {
            const DataNode thing =
                Elements(reference.kind, document.tree().root()[reference.list]).find(reference.id);
            return compactJson(thing[reference.member]);
        };
        const std::string key =
            reference.subject + "\n" + reference.member + "\n" + reference.target;
        if (!m_named.insert(key).second)
            return false;
        MergeConflict conflict{Kind::ReferenceToRemoved,
                               reference.subject,
                               reference.name,
                               reference.member,
                               valueIn(m_base),
                               valueIn(m_ours),
                               valueIn(m_theirs),
                               reference.subject + ": " + what,
                               {}};
        m_conflicts.push_back(
            {std::move(conflict),
             {{reference.list}, {reference.id, true, reference.kind}, {reference.member}}});
        return true;
    }

    static std::vector<MergeConflict> located(std::vector<PlacedConflict> placed,
                                              const MapDocument& merged)
    {
        std::vector<MergeConflict> conflicts;
        for (PlacedConflict& each : placed) {
            DataNode at = merged.tree().root();
            for (const Step& step : each.path) {
                const DataNode next =
                    step.isElement ? Elements(step.kind, at).find(step.key) : at[step.key];
                if (!next)
                    break;
                at = next;
            }
            each.conflict.where = at.span();
            conflicts.push_back(std::move(each.conflict));
        }
        std::stable_sort(conflicts.begin(), conflicts.end(), [](const auto& a, const auto& b) {
            return std::pair(a.where.line, a.where.column) <
                   std::pair(b.where.line, b.where.column);
        });
        return conflicts;
    }

    // Each side alone may be right, and the two together be wrong: a domain below its own subdomain.
    void addNewProblems(const MapDocument& merged, std::vector<MergeConflict>& conflicts) const
    {
        std::set<std::string> known;
        for (const MapDocument* side : {&m_ours, &m_theirs}) {
            for (const Problem& problem : side->problems()) {
                known.insert(problem.code + "\n" + problem.where.pointer);
                known.insert(problem.code + "\n" + problem.message);
            }
        }
        for (const Problem& problem : merged.problems()) {
            if (problem.severity != Severity::Error ||
                known.contains(problem.code + "\n" + problem.message) ||
                known.contains(problem.code + "\n" + problem.where.pointer))
                continue;
            MergeConflict conflict;
            conflict.kind = Kind::ChangedByBoth;
            conflict.subject = "map";
            conflict.name = merged.map().name;
            conflict.message =
                "map: what both sides changed does not go together: " + problem.message;
            conflict.where = problem.where;
            conflicts.push_back(std::move(conflict));
        }
    }

    const MapDocument& m_base;
    const MapDocument& m_ours;
    const MapDocument& m_theirs;
    std::set<std::string> m_thingsOfBase;
    std::set<std::string> m_thingsOfOurs;
    std::set<std::string> m_thingsOfTheirs;
    std::map<std::string, DanglingReference> m_danglingInOurs;
    std::map<std::string, DanglingReference> m_danglingInTheirs;
    Exceptions m_exceptions;
    std::set<std::string> m_named;
    std::vector<PlacedConflict> m_conflicts;
};

}  // namespace

MapMerge mergeMaps(const MapDocument& base, const MapDocument& ours, const MapDocument& theirs)
{
    return ThreeWayMerge(base, ours, theirs).merge();
}

std::string_view toString(MergeConflict::Kind kind)
{
    switch (kind) {
    case Kind::ChangedByBoth:
        return "changed-by-both";
    case Kind::RemovedAndChanged:
        return "removed-and-changed";
    case Kind::AddedByBoth:
        return "added-by-both";
    case Kind::ReferenceToRemoved:
        break;
    }
    return "reference-to-removed";
}

}  // namespace portolan
