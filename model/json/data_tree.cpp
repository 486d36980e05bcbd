// SPDX-License-Identifier: Apache-2.0
#include "model/json/data_tree.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace portolan {

std::string_view toString(DataTree::Kind kind)
{
    switch (kind) {
    case DataTree::Kind::Null:
        return "null";
    case DataTree::Kind::Bool:
        return "true or false";
    case DataTree::Kind::Number:
        return "number";
    case DataTree::Kind::String:
        return "string";
    case DataTree::Kind::Array:
        return "array";
    case DataTree::Kind::Object:
        break;
    }
    return "object";
}

DataNode DataTree::root() const
{
    return {this, m_nodes.empty() ? none : 0};
}

SourceSpan DataTree::spanAt(std::uint32_t offset) const
{
    const std::string_view before = std::string_view(m_text).substr(0, offset);
    const std::size_t lineBreak = before.rfind('\n');
    const std::size_t lineStart = lineBreak == std::string_view::npos ? 0 : lineBreak + 1;
    SourceSpan span;
    span.file = m_file;
    span.line = m_firstLine + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    span.column = static_cast<int>(before.size() - lineStart) + 1;
    return span;
}

DataNode DataNode::operator[](std::string_view key) const
{
    DataNode found;
    if (!isObject())
        return found;
    for (const DataNode member : *this) {
        if (member.key() == key)
            found = member;
    }
    return found;
}

std::string_view DataNode::key() const
{
    if (isMissing())
        return {};
    const DataTree::Node& here = node();
    if (here.decodedKey != DataTree::none)
        return m_tree->m_decoded[here.decodedKey];
    if (here.keyEnd <= here.keyStart + 1)
        return {};
    return std::string_view(m_tree->m_text)
        .substr(here.keyStart + 1, here.keyEnd - here.keyStart - 2);
}

std::string_view DataNode::text() const
{
    if (isMissing())
        return {};
    const DataTree::Node& here = node();
    if (here.kind == Kind::Array || here.kind == Kind::Object || here.kind == Kind::Null)
        return {};
    if (here.decodedValue != DataTree::none)
        return m_tree->m_decoded[here.decodedValue];
    const std::string_view written = raw();
    return here.kind == Kind::String && here.isQuoted ? written.substr(1, written.size() - 2)
                                                      : written;
}

std::optional<bool> DataNode::boolean() const
{
    if (kind() != Kind::Bool)
        return std::nullopt;
    const std::string_view spelling = text();
    return !spelling.empty() && (spelling[0] == 't' || spelling[0] == 'T');
}

std::optional<std::int64_t> DataNode::integer() const
{
    if (kind() != Kind::Number)
        return std::nullopt;
    const std::string_view spelling = text();
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(spelling.data(), spelling.data() + spelling.size(), value);
    if (error != std::errc() || end != spelling.data() + spelling.size())
        return std::nullopt;
    return value;
}

std::optional<double> DataNode::number() const
{
    if (kind() != Kind::Number)
        return std::nullopt;
    const std::string_view spelling = text();
    double value = 0;
    const auto [end, error] =
        std::from_chars(spelling.data(), spelling.data() + spelling.size(), value);
    if (error != std::errc() || end != spelling.data() + spelling.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string_view DataNode::raw() const
{
    if (isMissing())
        return {};
    return std::string_view(m_tree->m_text).substr(node().start, node().end - node().start);
}

DataNode DataNode::parent() const
{
    return isMissing() ? DataNode() : DataNode(m_tree, node().parent);
}

std::string DataNode::pointer() const
{
    const DataNode above = parent();
    if (isMissing() || above.isMissing())
        return {};
    std::string path = above.pointer() + "/";
    if (above.isObject()) {
        for (const char c : key()) {
            if (c == '~')
                path += "~0";
            else if (c == '/')
                path += "~1";
            else
                path += c;
        }
        return path;
    }
    std::uint32_t position = 0;
    for (const DataNode element : above) {
        if (element.index() == m_index)
            break;
        ++position;
    }
    return path + std::to_string(position);
}

SourceSpan DataNode::span() const
{
    if (isMissing())
        return {};
    SourceSpan span = m_tree->spanAt(node().start);
    span.pointer = pointer();
    return span;
}

SourceSpan DataNode::keySpan() const
{
    if (isMissing() || node().keyEnd == node().keyStart)
        return span();
    SourceSpan span = m_tree->spanAt(node().keyStart);
    span.pointer = pointer();
    return span;
}

int DataNode::line() const
{
    return isMissing() ? 0 : m_tree->spanAt(node().start).line;
}

DataNode::Iterator& DataNode::Iterator::operator++()
{
    m_index = m_tree->m_nodes[m_index].next;
    --m_left;
    return *this;
}

DataTreeBuilder::DataTreeBuilder(DataTree& tree, std::string text, std::string file, int firstLine)
    : m_tree(tree)
{
    m_tree.m_text = std::move(text);
    m_tree.m_file = std::move(file);
    m_tree.m_firstLine = firstLine;
    m_tree.m_nodes.clear();
    m_tree.m_decoded.clear();
}

void DataTreeBuilder::key(std::uint32_t start, std::uint32_t end)
{
    m_key.keyStart = start;
    m_key.keyEnd = end;
    m_key.decodedKey = DataTree::none;
}

void DataTreeBuilder::key(std::uint32_t start, std::uint32_t end, std::string decoded)
{
    key(start, end);
    m_key.decodedKey = static_cast<std::uint32_t>(m_tree.m_decoded.size());
    m_tree.m_decoded.push_back(std::move(decoded));
}

std::uint32_t DataTreeBuilder::add(DataTree::Node node)
{
    const std::uint32_t index = size();
    node.keyStart = m_key.keyStart;
    node.keyEnd = m_key.keyEnd;
    node.decodedKey = m_key.decodedKey;
    m_key = {};
    node.next = index + 1;
    if (!m_open.empty()) {
        node.parent = m_open.back();
        ++m_tree.m_nodes[m_open.back()].count;
    }
    m_tree.m_nodes.push_back(node);
    return index;
}

std::uint32_t DataTreeBuilder::scalar(DataTree::Kind kind, std::uint32_t start, std::uint32_t end,
                                      bool isQuoted)
{
    DataTree::Node node;
    node.kind = kind;
    node.start = start;
    node.end = end;
    node.isQuoted = isQuoted;
    return add(node);
}

std::uint32_t DataTreeBuilder::scalar(DataTree::Kind kind, std::uint32_t start, std::uint32_t end,
                                      bool isQuoted, std::string decoded)
{
    const std::uint32_t index = scalar(kind, start, end, isQuoted);
    m_tree.m_nodes[index].decodedValue = static_cast<std::uint32_t>(m_tree.m_decoded.size());
    m_tree.m_decoded.push_back(std::move(decoded));
    return index;
}

std::uint32_t DataTreeBuilder::begin(DataTree::Kind kind, std::uint32_t start)
{
    const std::uint32_t index = scalar(kind, start, start, false);
    m_open.push_back(index);
    return index;
}

void DataTreeBuilder::end(std::uint32_t end)
{
    DataTree::Node& node = m_tree.m_nodes[m_open.back()];
    node.end = end;
    node.next = size();
    m_open.pop_back();
}

std::uint32_t DataTreeBuilder::copyOf(std::uint32_t index)
{
    const std::uint32_t first = size();
    const std::uint32_t end = m_tree.m_nodes[index].next;
    m_tree.m_nodes.reserve(first + (end - index));
    DataTree::Node top = m_tree.m_nodes[index];
    add(top);
    m_tree.m_nodes[first].next = first + (end - index);
    for (std::uint32_t i = index + 1; i < end; ++i) {
        DataTree::Node node = m_tree.m_nodes[i];
        node.parent = node.parent - index + first;
        node.next = node.next - index + first;
        m_tree.m_nodes.push_back(node);
    }
    return first;
}

namespace {
constexpr std::size_t mostDuplicatesListed = 1000;
}

void DataTreeBuilder::reportDuplicateKeys(std::uint32_t object, std::string_view code,
                                          Problems& problems) const
{
    const DataNode node(&m_tree, object);
    if (node.size() < 2)
        return;
    thread_local std::vector<std::pair<std::string_view, std::uint32_t>> keys;
    keys.clear();
    for (const DataNode member : node)
        keys.emplace_back(member.key(), member.index());
    if (keys.size() <= 12) {
        bool isUnique = true;
        for (std::size_t i = 1; i < keys.size() && isUnique; ++i) {
            for (std::size_t j = 0; j < i && isUnique; ++j)
                isUnique = keys[i].first != keys[j].first;
        }
        if (isUnique)
            return;
    }
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 1; i < keys.size(); ++i) {
        if (keys[i].first != keys[i - 1].first)
            continue;
        // Finding a place costs time that grows with the text; a file of nothing but repeated keys must not take hours.
        if (problems.size() >= mostDuplicatesListed)
            return;
        const DataNode earlier(&m_tree, keys[i - 1].second);
        const DataNode later(&m_tree, keys[i].second);
        const int firstLine = m_tree.spanAt(earlier.node().keyStart).line;
        problems.push_back({Severity::Warning, std::string(code),
                            "The key \"" + std::string(later.key()) +
                                "\" is here a second time (first in line " +
                                std::to_string(firstLine) + "); the last one counts.",
                            later.keySpan()});
    }
}

}  // namespace portolan
