// SPDX-License-Identifier: Apache-2.0
// Edits by which an imported estate meets the map: which names mean one thing, and who owns what was found.
#include "model/map/edit_parts.h"

#include <algorithm>
#include <map>

namespace portolan {

using namespace edits;

namespace {

const IdentityDecision* known(const ContextMap& map, const IdentityDecision& decision)
{
    const auto isOf = [&](const IdentityDecision& one) {
        return one.kind == decision.kind &&
               ((one.one == decision.one && one.other == decision.other) ||
                (one.one == decision.other && one.other == decision.one));
    };
    const auto found = std::find_if(map.identities.begin(), map.identities.end(), isOf);
    return found == map.identities.end() ? nullptr : &*found;
}

JsonValue valueOf(const IdentityDecision& decision)
{
    JsonValue value = JsonValue::object()
                          .add("kind", JsonValue::text(decision.kind))
                          .add("one", JsonValue::text(decision.one))
                          .add("other", JsonValue::text(decision.other))
                          .add("decision", JsonValue::text(decision.isSame ? "same" : "different"));
    if (!decision.reason.empty())
        value.add("reason", JsonValue::text(decision.reason));
    return value;
}

std::string nameOfEdit(const std::vector<IdentityDecision>& decisions, std::string_view verb)
{
    if (decisions.size() != 1)
        return std::string(verb) + " " + counted(decisions.size(), "pair");
    return std::string(verb) + " " + decisions.front().one + " and " + decisions.front().other;
}

}  // namespace

Result<Edit> decideIdentities(const MapDocument& document,
                              const std::vector<IdentityDecision>& decisions)
{
    JsonEdit edit(document.tree());
    std::vector<JsonValue> added;
    for (const IdentityDecision& decision : decisions) {
        for (const std::string* text : {&decision.one, &decision.other, &decision.reason}) {
            if (const Result<> done = checkText(*text); !done)
                return tl::unexpected(done.error());
        }
        if (decision.one.empty() || decision.other.empty() || decision.one == decision.other)
            return tl::unexpected(
                refused("edit.no-two-names", "An identity is of two names that differ."));
        if (const IdentityDecision* there = known(document.map(), decision))
            edit.replace(DataNode(&document.tree(), there->where.node), valueOf(decision));
        else
            added.push_back(valueOf(decision));
    }
    const Result<> done =
        appendAll(edit, document.tree().root(), MapObject::Map, "identities", std::move(added));
    if (!done)
        return tl::unexpected(done.error());
    const bool isSame = decisions.empty() || decisions.front().isSame;
    return finish(nameOfEdit(decisions, isSame ? "Join" : "Keep apart"), edit);
}

Result<Edit> removeIdentities(const MapDocument& document,
                              const std::vector<IdentityDecision>& decisions)
{
    JsonEdit edit(document.tree());
    for (const IdentityDecision& decision : decisions) {
        const IdentityDecision* there = known(document.map(), decision);
        if (!there)
            return tl::unexpected(
                refused("edit.no-such-thing",
                        "Nothing is decided of " + decision.one + " and " + decision.other + "."));
        edit.remove(DataNode(&document.tree(), there->where.node));
    }
    return finish(nameOfEdit(decisions, "Take back the decision on"), edit);
}

Result<Edit> addOwnership(const MapDocument& document,
                          const std::vector<OwnershipAddition>& additions)
{
    std::map<std::pair<std::string, std::string>, std::vector<JsonValue>> byList;
    std::map<std::string, bool> contexts;
    for (const OwnershipAddition& addition : additions) {
        if (const Result<> done = checkText(addition.pattern); !done)
            return tl::unexpected(done.error());
        if (!document.map().context(addition.context))
            return tl::unexpected(noSuch(MapObject::Context, addition.context.text));
        byList[{addition.context.text, addition.list}].push_back(JsonValue::text(addition.pattern));
        contexts[addition.context.text] = true;
    }
    JsonEdit edit(document.tree());
    for (const auto& [contextText, unused] : contexts) {
        const Result<DataNode> node = contextNode(document, ContextId(contextText));
        if (!node)
            return tl::unexpected(node.error());
        const DataNode owns = (*node)["owns"];
        JsonValue fresh = JsonValue::object();
        for (const std::string_view list : {"datasets", "contracts", "jobs"}) {
            const auto patterns = byList.find({contextText, std::string(list)});
            if (patterns == byList.end())
                continue;
            if (owns.isMissing()) {
                fresh.add(list, JsonValue::array(std::move(patterns->second)));
                continue;
            }
            if (!owns.isObject())
                return tl::unexpected(refused("edit.not-an-object",
                                              "\"owns\" is no object in this map; mend it in "
                                              "the text before adding to it."));
            if (const Result<> done =
                    appendAll(edit, owns, MapObject::Ownership, list, std::move(patterns->second));
                !done)
                return tl::unexpected(done.error());
        }
        if (owns.isMissing())
            edit.insert(*node, "owns", std::move(fresh), keysOf(MapObject::Context));
    }
    const std::string name =
        additions.size() == 1
            ? "Give " + additions.front().pattern + " to " +
                  nameOf(document, additions.front().context)
            : "Give " + counted(additions.size(), "thing") + " to " +
                  (contexts.size() == 1 ? nameOf(document, additions.front().context)
                                        : counted(contexts.size(), "context"));
    return finish(name, edit);
}

}  // namespace portolan
