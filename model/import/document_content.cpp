// SPDX-License-Identifier: Apache-2.0
#include "model/import/document_content.h"

#include "model/base/ascii_text.h"
#include "model/base/hash.h"

#include <algorithm>

namespace portolan {

namespace {

void appendContent(const DataNode& node, std::string& text)
{
    if (node.isArray()) {
        text += '[';
        for (const DataNode element : node)
            appendContent(element, text);
        text += ']';
        return;
    }
    if (node.isObject()) {
        std::vector<DataNode> members(node.begin(), node.end());
        std::stable_sort(members.begin(), members.end(),
                         [](const DataNode& a, const DataNode& b) { return a.key() < b.key(); });
        text += '{';
        for (const DataNode& member : members) {
            text += std::to_string(member.key().size()) + ":" + std::string(member.key());
            appendContent(member, text);
        }
        text += '}';
        return;
    }
    static constexpr std::string_view marks = "0bns";
    text += marks[std::min<std::size_t>(std::size_t(node.kind()), 3)];
    text += std::to_string(node.text().size()) + ":" + node.string();
}

void reportType(const DataNode& node, std::string_view key, std::string_view expected,
                ImportContext& context, std::string_view format)
{
    context.problem(Severity::Warning, std::string(format) + ".wrong-type",
                    "\"" + std::string(key) + "\" is " +
                        (node.isArray() || node.isObject() ? "an " : "a ") +
                        std::string(toString(node.kind())) + " (expected " + std::string(expected) +
                        "). Value skipped.",
                    node);
}

}  // namespace

std::string contentHash(const DataNode& node)
{
    std::string text;
    appendContent(node, text);
    return sha256(text);
}

std::string textAt(const DataNode& object, std::string_view key, ImportContext& context,
                   std::string_view format)
{
    const DataNode node = object[key];
    if (node.isArray() || node.isObject()) {
        reportType(node, key, "text", context, format);
        return {};
    }
    return node.string();
}

std::vector<DataNode> listAt(const DataNode& object, std::string_view key, ImportContext& context,
                             std::string_view format)
{
    const DataNode node = object[key];
    if (node.isArray())
        return {node.begin(), node.end()};
    if (!node.isNull())
        reportType(node, key, "a list", context, format);
    return {};
}

void ignoreOthers(const DataNode& object, std::string_view known, std::string_view owner,
                  ImportContext& context)
{
    for (const DataNode member : object) {
        if (!isOneOf(member.key(), known))
            context.ignored(std::string(owner) + "." + std::string(member.key()), "not kept",
                            member);
    }
}

std::string quotedList(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += i == 0 ? "" : i + 1 == names.size() ? " and " : ", ";
        text += "\"" + names[i] + "\"";
    }
    return text;
}

}  // namespace portolan
