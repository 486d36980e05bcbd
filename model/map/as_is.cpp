// SPDX-License-Identifier: Apache-2.0
#include "model/map/as_is.h"

#include "model/base/budget.h"
#include "model/base/file_store.h"
#include "model/map/edit_parts.h"
#include "model/map/map_file.h"

#include <filesystem>
#include <system_error>

namespace portolan {
namespace {

std::string nameSeenFrom(const std::string& folder, const std::string& path)
{
    return std::filesystem::absolute(path).lexically_normal().lexically_relative(
        std::filesystem::absolute(folder).lexically_normal());
}

}  // namespace

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

std::string proposedToBePath(const std::string& asIsPath)
{
    const std::filesystem::path path(asIsPath);
    std::string base = path.filename();
    std::string ending = ".json";
    for (const char* known : {".portolan.json", ".json"}) {
        if (base.ends_with(known)) {
            ending = known;
            base.resize(base.size() - ending.size());
            break;
        }
    }
    return path.parent_path() / (base + "-to-be" + ending);
}

Result<std::string> toBeIn(const std::string& asIsPath, const std::string& folder)
{
    const Result<OpenedMap> asIs = openMapFile(asIsPath);
    if (!asIs)
        return tl::unexpected(asIs.error());
    return toBeFrom(asIs->document, nameSeenFrom(folder, asIsPath));
}

Result<std::string> startToBe(const std::string& asIsPath, const std::string& toBePath,
                              bool overwrite)
{
    std::error_code error;
    if (std::filesystem::equivalent(asIsPath, toBePath, error))
        return tl::unexpected(Problem{
            Severity::Error, "map.same-file", "A TO-BE map needs a file of its own.", {toBePath}});
    if (!overwrite && std::filesystem::exists(std::filesystem::symlink_status(toBePath, error)))
        return tl::unexpected(
            Problem{Severity::Error, "file.exists", "There is a file already.", {toBePath}});
    const std::string folder = std::filesystem::absolute(toBePath).parent_path();
    const Result<std::string> text = toBeIn(asIsPath, folder);
    if (!text)
        return tl::unexpected(text.error());
    const Result<FileStamp> saved = saveMapFile(toBePath, *text, FileStamp(), overwrite);
    if (!saved)
        return tl::unexpected(saved.error());
    return nameSeenFrom(folder, asIsPath);
}

}  // namespace portolan
