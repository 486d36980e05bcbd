// SPDX-License-Identifier: Apache-2.0
// Where a $ref leads: by JSON pointer, $anchor or $id in the document, or into a file of the imported folder. Never to the network.
#include "model/import/schema_reader.h"

#include <algorithm>

namespace portolan {

namespace {

// In an object of more members than this, a name is looked up by an index over them.
constexpr std::uint32_t manyMembers = 16;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 &&
            hexDigit(text[i + 2]) >= 0) {
            decoded += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

// "~1" and "~0" of a part of a JSON pointer.
std::string unescaped(std::string_view part)
{
    std::string text;
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1')) {
            text += part[i + 1] == '0' ? '~' : '/';
            ++i;
        } else {
            text += part[i];
        }
    }
    return text;
}

bool isAddress(std::string_view reference)
{
    const std::size_t colon = reference.find(':');
    return colon != std::string_view::npos && colon > 1 &&
           reference.find('/') > colon;  // "https://...", "urn:..."
}

DataNode member(const DataNode& object, const std::string& key, DocumentNames& names)
{
    if (object.size() <= manyMembers)
        return object[key];
    const std::string prefix = std::to_string(object.index()) + "/";
    if (names.emplace(prefix, object).second) {
        for (const DataNode one : object)
            names[prefix + "/" + std::string(one.key())] = one;
    }
    const auto found = names.find(prefix + "/" + key);
    return found == names.end() ? DataNode() : found->second;
}

DataNode element(const DataNode& array, std::string_view position)
{
    std::uint32_t number = 0;
    if (position.empty() || position.size() > 7)
        return {};
    for (const char c : position) {
        if (c < '0' || c > '9')
            return {};
        number = number * 10 + static_cast<std::uint32_t>(c - '0');
    }
    for (const DataNode one : array) {
        if (number-- == 0)
            return one;
    }
    return {};
}

DataNode byPointer(DataNode node, std::string_view pointer, DocumentNames& names)
{
    while (!pointer.empty() && node) {
        pointer.remove_prefix(1);
        const std::size_t slash = std::min(pointer.find('/'), pointer.size());
        const std::string part = unescaped(pointer.substr(0, slash));
        node = node.isArray() ? element(node, part) : member(node, part, names);
        pointer.remove_prefix(slash);
    }
    return node;
}

// "a#b" without an empty fragment: "a#" is "a".
std::string_view withoutHash(std::string_view id)
{
    return id.ends_with('#') ? id.substr(0, id.size() - 1) : id;
}

// Every $id, id of a schema and anchor in the document.
void indexNames(const DataTree& tree, DocumentNames& names)
{
    if (!names.emplace("indexed", DataNode()).second)
        return;
    const std::uint32_t count = static_cast<std::uint32_t>(tree.nodes().size());
    for (std::uint32_t i = 0; i < count; ++i) {
        const DataNode node(&tree, i);
        const std::string_view key = node.key();
        if (!node.isString() || key.empty())
            continue;
        if (key == "$anchor" || key == "$dynamicAnchor")
            names.emplace("anchor " + node.string(), node.parent());
        else if (key == "$id" || (key == "id" && node.text().starts_with('#')) ||
                 (key == "id" && isAddress(node.text()) && node.parent()["$schema"]))
            names.emplace("id " + std::string(withoutHash(node.text())), node.parent());
        if (key == "$id" && !node.text().starts_with('#')) {
            names.emplace("resources", DataNode());
            names.emplace("resource " + std::to_string(node.parent().index()), node.parent());
        }
    }
}

DataNode named(const DataTree& tree, const std::string& name, DocumentNames& names)
{
    indexNames(tree, names);
    const auto found = names.find(name);
    return found == names.end() ? DataNode() : found->second;
}

// The innermost schema with an $id around a value; the document's root when there is none.
DataNode resourceOf(const DataNode& node, DocumentNames& names)
{
    indexNames(*node.tree(), names);
    if (names.contains("resources")) {
        for (DataNode at = node; at; at = at.parent()) {
            if (names.contains("resource " + std::to_string(at.index())))
                return at;
        }
    }
    return node.tree()->root();
}

// "https://host/schemas/" of "https://host/schemas/order.json".
std::string_view folderOf(std::string_view id)
{
    id = id.substr(0, id.find('#'));
    const std::size_t slash = id.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : id.substr(0, slash + 1);
}

class Following {
public:
    Following(const DataNode& from, std::string_view reference, ImportContext& context)
        : m_from(from), m_reference(reference), m_context(context)
    {
        const std::size_t hash = reference.find('#');
        m_file = reference.substr(0, hash);
        if (hash != std::string_view::npos)
            m_fragment = percentDecoded(reference.substr(hash + 1));
    }

    DataNode target()
    {
        if (m_from.isMissing())
            return {};
        const DataNode resource =
            m_file.empty() ? resourceOf(m_from, names(m_from)) : otherResource();
        if (resource.isMissing()) {
            m_context.unresolved(m_reference, m_reason, m_from);
            return {};
        }
        DataNode found = inside(resource);
        if (found.isMissing() && m_file.empty())
            found = inside(m_from.tree()->root());
        if (found.isMissing())
            m_context.unresolved(m_reference, "there is nothing of that name", m_from);
        return found;
    }

private:
    DocumentNames& names(const DataNode& node) { return m_context.namesIn(*node.tree()); }

    DataNode inside(const DataNode& resource)
    {
        if (m_fragment.empty())
            return resource;
        if (m_fragment.starts_with('/'))
            return byPointer(resource, m_fragment, names(resource));
        const DataNode anchor = named(*resource.tree(), "anchor " + m_fragment, names(resource));
        return anchor ? anchor : named(*resource.tree(), "id #" + m_fragment, names(resource));
    }

    DataNode otherResource()
    {
        const std::string id = "id " + std::string(m_file);
        if (const DataNode known = named(*m_from.tree(), id, names(m_from)))
            return known;
        if (isAddress(m_file))
            return byAddress();
        const std::string_view base = resourceOf(m_from, names(m_from))["$id"].text();
        if (const DataNode known =
                named(*m_from.tree(), "id " + std::string(folderOf(base)) + std::string(m_file),
                      names(m_from)))
            return known;
        return file(percentDecoded(m_file));
    }

    // An address is that of a file beside this one when both files' $id say so.
    DataNode byAddress()
    {
        m_reason = "on the network: not followed";
        const std::string_view folder = folderOf(resourceOf(m_from, names(m_from))["$id"].text());
        if (folder.empty() || !m_file.starts_with(folder))
            return {};
        const DataNode root = file(m_file.substr(folder.size()));
        m_reason = "on the network: not followed";
        return withoutHash(root["$id"].text()) == m_file ? root : DataNode();
    }

    DataNode file(std::string_view path)
    {
        const Result<DataNode> root = m_context.sibling(path, m_context.fileOf(m_from));
        if (root)
            return *root;
        m_reason = root.error().code == "import.outside"
                       ? "leads out of the imported folder: not followed"
                   : root.error().code == "import.missing" ? "no such file"
                                                           : "cannot be read";
        return {};
    }

    const DataNode m_from;
    const std::string_view m_reference;
    ImportContext& m_context;
    std::string_view m_file;
    std::string m_fragment;
    std::string_view m_reason;
};

}  // namespace

std::string_view lastPart(std::string_view reference)
{
    return reference.substr(reference.find_last_of("/#") + 1);
}

DataNode followReference(const DataNode& from, std::string_view reference, ImportContext& context)
{
    return Following(from, reference, context).target();
}

}  // namespace portolan
