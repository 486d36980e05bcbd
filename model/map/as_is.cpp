// SPDX-License-Identifier: Apache-2.0
#include "model/map/as_is.h"

#include "model/base/budget.h"
#include "model/base/file_store.h"
#include "model/map/edit_parts.h"

#include <filesystem>

namespace portolan {

std::string asIsPath(const MapDocument& toBe)
{
    if (toBe.map().asIs.empty())
        return {};
    const std::filesystem::path folder = std::filesystem::path(toBe.file()).parent_path();
    return (folder / toBe.map().asIs).string();
}

Result<MapDocument> readAsIs(const MapDocument& toBe)
{
    const std::string path = asIsPath(toBe);
    Result<MapDocument> asIs =
        readFile(path, Budget().jsonBytes).and_then([&path](std::string text) {
            return MapDocument::read(std::move(text), path);
        });
    if (asIs)
        return asIs;
    return tl::unexpected(
        Problem{Severity::Error, "map.as-is-unreadable",
                "The AS-IS map \"" + toBe.map().asIs + "\" cannot be read: " + asIs.error().message,
                toBe.tree().root()["asIs"].span()});
}

Result<std::string> toBeFrom(const MapDocument& asIs, std::string_view fileName)
{
    const Result<std::string> name = edits::checkedName(fileName);
    if (!name)
        return tl::unexpected(name.error());
    JsonEdit edit(asIs.tree());
    const DataNode root = asIs.tree().root();
    edit.set(root, "state", JsonValue::text("to-be"), keysOf(MapObject::Map));
    edit.set(root, "asIs", JsonValue::text(*name), keysOf(MapObject::Map));
    return applied(asIs.text(), edits::finish("Start a TO-BE map", edit));
}

}  // namespace portolan
