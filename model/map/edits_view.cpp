// SPDX-License-Identifier: Apache-2.0
// Edits of the saved views of a map.
#include "model/map/edit_parts.h"

#include <array>
#include <cmath>

namespace portolan {

using namespace edits;

namespace {

constexpr std::array<std::pair<std::string_view, std::string SavedView::*>, 4> texts = {
    {{"description", &SavedView::description},
     {"filter", &SavedView::filter},
     {"direction", &SavedView::direction},
     {"lens", &SavedView::lens}}};
constexpr std::array<std::pair<std::string_view, std::vector<std::string> SavedView::*>, 5> lists =
    {{{"only", &SavedView::only},
      {"hidden", &SavedView::hidden},
      {"collapsed", &SavedView::collapsed},
      {"focus", &SavedView::focus},
      {"show", &SavedView::show}}};

Result<> check(const SavedView& view)
{
    for (const auto& [key, member] : texts) {
        if (const Result<> done = checkText(view.*member); !done)
            return tl::unexpected(done.error());
    }
    for (const auto& [key, member] : lists) {
        for (const std::string& element : view.*member) {
            if (const Result<std::string> done = checkedName(element); !done)
                return tl::unexpected(done.error());
        }
    }
    for (const auto& [id, position] : view.placement) {
        if (!std::isfinite(position.x) || !std::isfinite(position.y))
            return tl::unexpected(
                refused("edit.not-finite", "A position is not a number; nothing was changed."));
    }
    return {};
}

JsonValue written(const std::map<ContextId, Position>& placement)
{
    JsonValue value = JsonValue::object();
    for (const auto& [id, position] : placement)
        value.add(id.text,
                  JsonValue::array({JsonValue::number(position.x), JsonValue::number(position.y)}));
    return value;
}

Result<DataNode> viewNode(const MapDocument& document, const ViewId& id)
{
    const SavedView* view = document.map().view(id);
    if (!view)
        return tl::unexpected(noSuch(MapObject::View, id.text));
    return DataNode(&document.tree(), view->where.node);
}

}  // namespace

Result<Creation> addView(const MapDocument& document, const SavedView& view)
{
    const Result<std::string> name = checkedName(view.name);
    if (!name)
        return tl::unexpected(name.error());
    if (const Result<> done = check(view); !done)
        return tl::unexpected(done.error());
    const std::string id = freeId(document, "views", *name);
    JsonValue value =
        JsonValue::object().add("id", JsonValue::text(id)).add("name", JsonValue::text(*name));
    const auto addText = [&](std::string_view key, const std::string& text) {
        if (!text.empty())
            value.add(key, JsonValue::text(text));
    };
    const auto addList = [&](std::string_view key, const std::vector<std::string>& list) {
        if (!list.empty())
            value.add(key, JsonValue::texts(list));
    };
    addText("description", view.description);
    addText("filter", view.filter);
    addList("only", view.only);
    addList("hidden", view.hidden);
    addList("collapsed", view.collapsed);
    addList("focus", view.focus);
    if (!view.focus.empty())
        value.add("depth", JsonValue::number(view.depth));
    addText("direction", view.direction);
    addList("show", view.show);
    addText("lens", view.lens);
    if (!view.placement.empty())
        value.add("placement", written(view.placement));
    JsonEdit edit(document.tree());
    const Result<> done =
        appendTo(edit, document.tree().root(), MapObject::Map, "views", std::move(value));
    if (!done)
        return tl::unexpected(done.error());
    return Creation{finish("Save view " + *name, edit), id};
}

Result<Edit> changeView(const MapDocument& document, const ViewId& id, const SavedView& view)
{
    const Result<DataNode> node = viewNode(document, id);
    if (!node)
        return tl::unexpected(node.error());
    const Result<std::string> name = checkedName(view.name);
    if (!name)
        return tl::unexpected(name.error());
    if (const Result<> done = check(view); !done)
        return tl::unexpected(done.error());
    const SavedView& before = *document.map().view(id);
    JsonEdit edit(document.tree());
    setTextMember(edit, *node, MapObject::View, "name", *name);
    for (const auto& [key, member] : texts) {
        if (before.*member != view.*member)
            setTextMember(edit, *node, MapObject::View, key, view.*member);
    }
    for (const auto& [key, member] : lists) {
        if (before.*member != view.*member)
            setListMember(edit, *node, MapObject::View, key, view.*member);
    }
    if (before.depth != view.depth)
        edit.set(*node, "depth", JsonValue::number(view.depth), keysOf(MapObject::View));
    if (before.placement != view.placement && view.placement.empty())
        edit.remove((*node)["placement"]);
    else if (before.placement != view.placement)
        edit.set(*node, "placement", written(view.placement), keysOf(MapObject::View));
    return finish(before.name == *name ? "Change view " + *name
                                       : "Rename view " + before.name + " to " + *name,
                  edit);
}

Result<Edit> removeView(const MapDocument& document, const ViewId& id)
{
    const Result<DataNode> node = viewNode(document, id);
    if (!node)
        return tl::unexpected(node.error());
    JsonEdit edit(document.tree());
    // The last one takes the list along.
    const DataNode list = document.tree().root()["views"];
    edit.remove(list.size() == 1 ? list : *node);
    return finish("Remove view " + document.map().view(id)->name, edit);
}

}  // namespace portolan
