// SPDX-License-Identifier: Apache-2.0
// Edits that record why a map departs from its AS-IS map.
#include "model/map/edit_parts.h"

#include <algorithm>

namespace portolan {

using namespace edits;

namespace {

Result<> checkExplained(const std::vector<std::string>& explained)
{
    for (const std::string& subject : explained) {
        if (const Result<std::string> checked = checkedName(subject); !checked)
            return tl::unexpected(checked.error());
    }
    return {};
}

void addFilled(JsonValue& object, std::string_view key, const std::string& text)
{
    if (!text.empty())
        object.add(key, JsonValue::text(text));
}

}  // namespace

Result<Creation> addDecision(const MapDocument& document, const MapDecision& decision)
{
    const Result<std::string> title = checkedName(decision.title);
    if (!title)
        return tl::unexpected(title.error());
    for (const std::string* text : {&decision.date, &decision.reason}) {
        if (const Result<> done = checkText(*text); !done)
            return tl::unexpected(done.error());
    }
    if (const Result<> done = checkExplained(decision.explains); !done)
        return tl::unexpected(done.error());
    const std::string id = freeId(document, "decisions", *title);
    JsonValue value =
        JsonValue::object().add("id", JsonValue::text(id)).add("title", JsonValue::text(*title));
    addFilled(value, "date", decision.date);
    addFilled(value, "reason", decision.reason);
    if (!decision.explains.empty())
        value.add("explains", JsonValue::texts(decision.explains));
    JsonEdit edit(document.tree());
    const Result<> done =
        appendTo(edit, document.tree().root(), MapObject::Map, "decisions", std::move(value));
    if (!done)
        return tl::unexpected(done.error());
    return Creation{finish("Record decision " + *title, edit), id};
}

Result<Edit> explainByDecision(const MapDocument& document, const DecisionId& id,
                               const std::vector<std::string>& explained)
{
    const std::vector<MapDecision>& decisions = document.map().decisions;
    const auto decision = std::find_if(decisions.begin(), decisions.end(),
                                       [&](const MapDecision& it) { return it.id == id; });
    if (decision == decisions.end())
        return tl::unexpected(noSuch(MapObject::Decision, id.text));
    if (const Result<> done = checkExplained(explained); !done)
        return tl::unexpected(done.error());
    std::vector<std::string> all = decision->explains;
    for (const std::string& subject : explained) {
        if (std::find(all.begin(), all.end(), subject) == all.end())
            all.push_back(subject);
    }
    JsonEdit edit(document.tree());
    if (all.size() != decision->explains.size())
        setListMember(edit, DataNode(&document.tree(), decision->where.node), MapObject::Decision,
                      "explains", all);
    return finish("Explain by " + decision->title, edit);
}

}  // namespace portolan
