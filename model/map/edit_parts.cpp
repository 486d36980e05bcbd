// SPDX-License-Identifier: Apache-2.0
#include "model/map/edit_parts.h"

#include "model/base/budget.h"
#include "model/json/json_reader.h"

#include <cmath>

namespace portolan::edits {
namespace {

template <class Thing>
Result<DataNode> nodeOf(const MapDocument& document, const Thing* thing, MapObject kind,
                        std::string_view id)
{
    if (!thing)
        return tl::unexpected(noSuch(kind, id));
    return DataNode(&document.tree(), thing->where.node);
}

std::vector<std::string> spellings(const std::vector<Role>& roles)
{
    return idTexts(roles, [](Role role) { return toString(role); });
}

std::vector<std::string> spellings(const std::vector<ProductId>& ids)
{
    return idTexts(ids, [](const ProductId& id) { return id.text; });
}

void addText(JsonValue& object, std::string_view key, const std::string& text)
{
    if (!text.empty())
        object.add(key, JsonValue::text(text));
}

void addList(JsonValue& object, std::string_view key, const std::vector<std::string>& texts)
{
    if (!texts.empty())
        object.add(key, JsonValue::texts(texts));
}

void setEnds(JsonEdit& edit, DataNode node, const Relationship& relationship)
{
    const bool isBetween = isSymmetric(relationship.type);
    setTextMember(edit, node, MapObject::Relationship, "upstream",
                  isBetween ? std::string() : relationship.upstream.text);
    setTextMember(edit, node, MapObject::Relationship, "downstream",
                  isBetween ? std::string() : relationship.downstream.text);
    setListMember(edit, node, MapObject::Relationship, "between",
                  isBetween ? std::vector<std::string>{relationship.upstream.text,
                                                       relationship.downstream.text}
                            : std::vector<std::string>());
    // An empty list of ends is no list of two.
    if (const DataNode list = node["between"]; !isBetween && list.isArray() && list.size() == 0)
        edit.remove(list);
}

}  // namespace

Problem refused(std::string_view code, std::string message)
{
    return {Severity::Error, std::string(code), std::move(message)};
}

Problem noSuch(MapObject kind, std::string_view id)
{
    return refused("edit.not-found", "The map has no " + std::string(toString(kind)) + " \"" +
                                         std::string(id) + "\".");
}

Result<DataNode> domainNode(const MapDocument& document, const DomainId& id)
{
    return nodeOf(document, document.map().domain(id), MapObject::Domain, id.text);
}

Result<DataNode> teamNode(const MapDocument& document, const TeamId& id)
{
    return nodeOf(document, document.map().team(id), MapObject::Team, id.text);
}

Result<DataNode> contextNode(const MapDocument& document, const ContextId& id)
{
    return nodeOf(document, document.map().context(id), MapObject::Context, id.text);
}

Result<DataNode> productNode(const MapDocument& document, const ProductId& id)
{
    return nodeOf(document, document.map().product(id), MapObject::Product, id.text);
}

Result<DataNode> relationshipNode(const MapDocument& document, const RelationshipId& id)
{
    return nodeOf(document, document.map().relationship(id), MapObject::Relationship, id.text);
}

Result<DataNode> termNode(const MapDocument& document, const ContextId& id, std::string_view name)
{
    const BoundedContext* context = document.map().context(id);
    if (!context)
        return tl::unexpected(noSuch(MapObject::Context, id.text));
    for (const Term& term : context->terms) {
        if (term.name == name)
            return DataNode(&document.tree(), term.where.node);
    }
    return tl::unexpected(noSuch(MapObject::Term, name));
}

std::string nameOf(const MapDocument& document, const ContextId& id)
{
    const BoundedContext* context = document.map().context(id);
    return context ? context->name : id.text;
}

Result<> checkText(std::string_view text)
{
    if (invalidUtf8(text) != std::string_view::npos)
        return tl::unexpected(
            refused("edit.not-utf8", "The text is not valid UTF-8; nothing was changed."));
    const std::int64_t limit = Budget().stringBytes;
    if (static_cast<std::int64_t>(jsonString(text).size()) > limit)
        return tl::unexpected(refused("edit.too-long", "The text is longer than " +
                                                           std::to_string(limit) +
                                                           " bytes; nothing was changed."));
    return {};
}

Result<std::string> checkedName(std::string_view name)
{
    if (const Result<> done = checkText(name); !done)
        return tl::unexpected(done.error());
    constexpr std::string_view space = " \t\r\n";
    const std::size_t start = name.find_first_not_of(space);
    if (start == std::string_view::npos)
        return tl::unexpected(
            refused("edit.empty-name", "A name is empty; expected at least one character."));
    return std::string(name.substr(start, name.find_last_not_of(space) - start + 1));
}

std::optional<MapObject> kindOf(DataNode node)
{
    const DataNode above = node.parent();
    if (above.isMissing())
        return MapObject::Map;
    const bool isElement = above.isArray();
    const DataNode owner = isElement ? above.parent() : above;
    const std::string_view key = isElement ? above.key() : node.key();
    MapObject child = MapObject::Map;
    if (owner.isMissing())
        return std::nullopt;
    const std::optional<MapObject> parent = kindOf(owner);
    if (!parent || !kindOfChild(*parent, key, child))
        return std::nullopt;
    return child;
}

Result<> appendTo(JsonEdit& edit, DataNode owner, MapObject ownerKind, std::string_view list,
                  JsonValue element)
{
    const DataNode array = owner[list];
    if (array.isMissing()) {
        edit.insert(owner, list, JsonValue::array({std::move(element)}), keysOf(ownerKind));
        return {};
    }
    if (!array.isArray())
        return tl::unexpected(refused("edit.not-a-list", "\"" + std::string(list) +
                                                             "\" is no list in this map; mend it "
                                                             "in the text before adding to it."));
    edit.append(array, std::move(element));
    return {};
}

Result<> appendAll(JsonEdit& edit, DataNode owner, MapObject kind, std::string_view list,
                   std::vector<JsonValue> elements)
{
    if (elements.empty())
        return {};
    if (owner[list].isMissing()) {
        edit.insert(owner, list, JsonValue::array(std::move(elements)), keysOf(kind));
        return {};
    }
    for (JsonValue& element : elements) {
        if (const Result<> done = appendTo(edit, owner, kind, list, std::move(element)); !done)
            return done;
    }
    return {};
}

void setTextMember(JsonEdit& edit, DataNode object, MapObject kind, std::string_view key,
                   std::string_view text)
{
    const DataNode member = object[key];
    if (text.empty()) {
        if (member)
            edit.remove(member);
    } else if (!member.isString() || member.text() != text) {
        edit.set(object, key, JsonValue::text(text), keysOf(kind));
    }
}

void setFlagMember(JsonEdit& edit, DataNode object, MapObject kind, std::string_view key, bool flag)
{
    const DataNode member = object[key];
    if (member.boolean().value_or(false) == flag)
        return;
    if (flag)
        edit.set(object, key, JsonValue::boolean(true), keysOf(kind));
    else
        edit.remove(member);
}

void setListMember(JsonEdit& edit, DataNode object, MapObject kind, std::string_view key,
                   const std::vector<std::string>& elements)
{
    const DataNode member = object[key];
    if (elements.empty()) {
        if (member && !(member.isArray() && member.size() == 0))
            edit.remove(member);
    } else if (member.isArray()) {
        edit.setTexts(member, elements);
    } else {
        edit.set(object, key, JsonValue::texts(elements), keysOf(kind));
    }
}

JsonValue written(const Relationship& relationship, const std::string& id)
{
    JsonValue object = JsonValue::object();
    object.add("id", JsonValue::text(id));
    object.add("type", JsonValue::text(toString(relationship.type)));
    if (isSymmetric(relationship.type)) {
        addList(object, "between", {relationship.upstream.text, relationship.downstream.text});
    } else {
        addText(object, "upstream", relationship.upstream.text);
        addText(object, "downstream", relationship.downstream.text);
    }
    addList(object, "upstreamRoles", spellings(relationship.upstreamRoles));
    addList(object, "downstreamRoles", spellings(relationship.downstreamRoles));
    addList(object, "exposes", spellings(relationship.exposes));
    addText(object, "adopts", relationship.adopts);
    if (relationship.hasVeto)
        object.add("veto", JsonValue::boolean(true));
    addText(object, "name", relationship.name);
    addText(object, "description", relationship.description);
    return object;
}

void writeRelationship(JsonEdit& edit, DataNode node, const Relationship& before,
                       const Relationship& after)
{
    constexpr MapObject kind = MapObject::Relationship;
    setTextMember(edit, node, kind, "type", toString(after.type));
    setEnds(edit, node, after);
    // A list that means the same is left as it is written, with what could not be read of it.
    if (before.upstreamRoles != after.upstreamRoles)
        setListMember(edit, node, kind, "upstreamRoles", spellings(after.upstreamRoles));
    if (before.downstreamRoles != after.downstreamRoles)
        setListMember(edit, node, kind, "downstreamRoles", spellings(after.downstreamRoles));
    if (before.exposes != after.exposes)
        setListMember(edit, node, kind, "exposes", spellings(after.exposes));
    setTextMember(edit, node, kind, "adopts", after.adopts);
    setFlagMember(edit, node, kind, "veto", after.hasVeto);
    setTextMember(edit, node, kind, "name", after.name);
    setTextMember(edit, node, kind, "description", after.description);
}

Result<> setOwnership(JsonEdit& edit, DataNode context, const Ownership& now,
                      const Ownership& wanted)
{
    const DataNode owns = context["owns"];
    JsonValue fresh = JsonValue::object();
    for (const OwnershipList& list : ownershipLists) {
        for (const std::string& pattern : wanted.*list.patterns) {
            if (const Result<std::string> checked = checkedName(pattern); !checked)
                return tl::unexpected(checked.error());
        }
        if (owns.isObject() && now.*list.patterns != wanted.*list.patterns)
            setListMember(edit, owns, MapObject::Ownership, list.key, wanted.*list.patterns);
        else if (!(wanted.*list.patterns).empty())
            fresh.add(list.key, JsonValue::texts(wanted.*list.patterns));
    }
    if (!owns.isObject() && !fresh.members.empty())
        edit.set(context, "owns", std::move(fresh), keysOf(MapObject::Context));
    return {};
}

Result<> setPlacement(JsonEdit& edit, const MapDocument& document,
                      const std::vector<std::pair<ContextId, Position>>& positions)
{
    const DataNode root = document.tree().root();
    const DataNode placement = root["placement"];
    if (placement && !placement.isObject())
        return tl::unexpected(refused("edit.not-an-object",
                                      "\"placement\" is no object in this map; mend it in the text "
                                      "before moving anything."));
    JsonValue fresh = JsonValue::object();
    for (const auto& [id, position] : positions) {
        if (!std::isfinite(position.x) || !std::isfinite(position.y))
            return tl::unexpected(
                refused("edit.not-finite", "A position is not a number; nothing was changed."));
        const JsonValue value =
            JsonValue::array({JsonValue::number(position.x), JsonValue::number(position.y)});
        const DataNode entry = placement[id.text];
        const auto known = document.map().placement.find(id);
        if (entry && known != document.map().placement.end()) {
            DataNode::Iterator at = entry.begin();
            if (known->second.x != position.x)
                edit.replace(*at, JsonValue::number(position.x));
            ++at;
            if (known->second.y != position.y)
                edit.replace(*at, JsonValue::number(position.y));
        } else if (placement) {
            edit.set(placement, id.text, value);
        } else {
            fresh.add(id.text, value);
        }
    }
    if (!fresh.members.empty())
        edit.insert(root, "placement", std::move(fresh), keysOf(MapObject::Map));
    return {};
}

Edit finish(std::string name, const JsonEdit& edit)
{
    return {std::move(name), edit.splices(), {}};
}

std::string counted(std::size_t count, std::string_view one)
{
    return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

std::string enumerated(const std::vector<std::string>& parts)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            text += i + 1 == parts.size() ? " and " : ", ";
        text += parts[i];
    }
    return text;
}

}  // namespace portolan::edits
