// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_document.h"

#include "model/json/json_reader.h"
#include "model/map/map_reader.h"

#include <algorithm>

namespace portolan {
namespace {

bool isUtf16(std::string_view text)
{
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return true;
    return text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0');
}

// The first key that stands twice in its object, as an error that names both places; which of the two is meant only a person knows.
Problem duplicateKeys(const DataTree& tree, const Problems& duplicates)
{
    for (std::uint32_t i = 0; i < tree.nodes().size(); ++i) {
        const DataNode object(&tree, i);
        if (!object.isObject())
            continue;
        std::vector<std::pair<std::string_view, std::uint32_t>> keys;
        for (const DataNode member : object) {
            const auto earlier = std::find_if(keys.begin(), keys.end(), [&member](const auto& key) {
                return key.first == member.key();
            });
            if (earlier == keys.end()) {
                keys.emplace_back(member.key(), member.index());
                continue;
            }
            const SourceSpan first = DataNode(&tree, earlier->second).keySpan();
            const SourceSpan second = member.keySpan();
            std::string message = "The key \"" + std::string(member.key()) +
                                  "\" stands twice in one object, in line " +
                                  std::to_string(first.line) + " and in line " +
                                  std::to_string(second.line) + "; expected it once.";
            if (duplicates.size() > 1)
                message += " There are " + std::to_string(duplicates.size() - 1) + " more.";
            return {Severity::Error, "json.duplicate-key", message, second};
        }
    }
    return duplicates.front();
}

Result<> readTree(DataTree& tree, std::string text, std::string file)
{
    if (isUtf16(text)) {
        return tl::unexpected(Problem{Severity::Error,
                                      "text.utf-16",
                                      "The file is UTF-16 text; expected UTF-8. Save it as UTF-8 "
                                      "and open it again.",
                                      {std::move(file)}});
    }
    Problems duplicates;
    if (Result<> done = readJson(tree, std::move(text), std::move(file), Budget(), duplicates);
        !done)
        return done;
    if (!duplicates.empty())
        return tl::unexpected(duplicateKeys(tree, duplicates));
    return {};
}

Result<> checkIsMap(const DataTree& tree)
{
    const DataNode root = tree.root();
    if (!root.isObject()) {
        return tl::unexpected(Problem{Severity::Error, "map.not-an-object",
                                      "A context map is one JSON object; found " +
                                          std::string(toString(root.kind())) + ".",
                                      root.span()});
    }
    const DataNode version = root["portolan"];
    if (version.number().value_or(0) <= ContextMap::newestVersion)
        return {};
    return tl::unexpected(
        Problem{Severity::Error, "map.newer-version",
                "The map is of version " + version.string() +
                    " of the format, made by a newer Portolan; this one reads up to version " +
                    std::to_string(ContextMap::newestVersion) + ". The file was not touched.",
                version.span()});
}

}  // namespace

MapDocument::MapDocument() : m_tree(std::make_unique<DataTree>()) {}
MapDocument::MapDocument(MapDocument&&) noexcept = default;
MapDocument& MapDocument::operator=(MapDocument&&) noexcept = default;
MapDocument::~MapDocument() = default;

Result<MapDocument> MapDocument::read(std::string text, std::string file)
{
    MapDocument document;
    if (const Result<> done = readTree(*document.m_tree, std::move(text), std::move(file)); !done)
        return tl::unexpected(done.error());
    if (const Result<> done = checkIsMap(*document.m_tree); !done)
        return tl::unexpected(done.error());
    document.m_map = readContextMap(*document.m_tree, document.m_problems);
    return document;
}

MapDocument MapDocument::create(std::string_view name)
{
    const bool isReadable =
        invalidUtf8(name) == std::string_view::npos &&
        static_cast<std::int64_t>(jsonString(name).size()) <= Budget().stringBytes;
    const std::string text =
        "{\n  \"portolan\": 1,\n  \"name\": " + jsonString(isReadable ? name : "") +
        ",\n  \"domains\": [],\n  \"teams\": [],\n  \"contexts\": [],\n"
        "  \"products\": [],\n  \"relationships\": [],\n  \"routes\": [],\n"
        "  \"placement\": {}\n}\n";
    return std::move(*read(text, {}));
}

void MapDocument::setFile(std::string file)
{
    *this = std::move(*read(std::string(text()), std::move(file)));
}

Result<Edit> MapDocument::apply(const Edit& edit)
{
    std::size_t free = 0;
    for (const Splice& splice : edit.splices) {
        if (splice.offset < free || splice.offset > text().size() ||
            splice.length > text().size() - splice.offset) {
            return tl::unexpected(Problem{Severity::Error,
                                          "map.edit-does-not-fit",
                                          "\"" + edit.name +
                                              "\" does not fit the text of the map; nothing was "
                                              "changed.",
                                          {file()}});
        }
        free = splice.offset + splice.length;
    }
    Result<MapDocument> changed = read(applied(text(), edit), file());
    if (!changed)
        return tl::unexpected(changed.error());

    Edit inverse = {edit.name, {}, edit.mergeKey};
    std::size_t shifted = 0;  // how much longer the new text is so far, in wrapping arithmetic
    for (const Splice& splice : edit.splices) {
        inverse.splices.push_back({splice.offset + shifted, splice.text.size(),
                                   text().substr(splice.offset, splice.length)});
        shifted += splice.text.size() - splice.length;
    }
    *this = std::move(*changed);
    return inverse;
}

std::string applied(const std::string& text, const Edit& edit)
{
    std::string result;
    std::size_t copied = 0;
    for (const Splice& splice : edit.splices) {
        result.append(text, copied, splice.offset - copied);
        result += splice.text;
        copied = splice.offset + splice.length;
    }
    result.append(text, copied);
    return result;
}

}  // namespace portolan
