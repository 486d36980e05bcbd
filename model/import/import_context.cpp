// SPDX-License-Identifier: Apache-2.0
#include "model/import/importer.h"

#include <algorithm>

namespace portolan {

void ImportContext::beginDocument()
{
    m_offset = 0;
    m_linesBefore = 0;
    m_lineStart = 0;
    m_positions.clear();
}

// Line breaks are counted from the last place that was asked for, forward or backward.
std::pair<int, int> ImportContext::placeOf(const DataNode& node)
{
    const std::string_view text = node.tree()->text();
    const std::uint32_t offset = node.node().start;
    if (offset < m_offset && offset < m_offset - offset)
        beginDocument();
    if (offset >= m_offset) {
        const std::string_view upTo = text.substr(0, offset);
        for (std::size_t at = upTo.find('\n', m_offset); at != std::string_view::npos;
             at = upTo.find('\n', at + 1)) {
            ++m_linesBefore;
            m_lineStart = static_cast<std::uint32_t>(at) + 1;
        }
    } else {
        m_linesBefore -=
            static_cast<int>(std::count(text.begin() + offset, text.begin() + m_offset, '\n'));
        const std::size_t lineBreak =
            offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
        m_lineStart =
            lineBreak == std::string_view::npos ? 0 : static_cast<std::uint32_t>(lineBreak) + 1;
    }
    m_offset = offset;
    return {node.tree()->firstLine() + m_linesBefore, static_cast<int>(offset - m_lineStart) + 1};
}

void ImportContext::appendPointer(const DataNode& node, std::string& pointer)
{
    const DataNode above = node.parent();
    if (above.isMissing())
        return;
    appendPointer(above, pointer);
    pointer += '/';
    if (above.isObject()) {
        for (const char c : node.key()) {
            if (c == '~')
                pointer += "~0";
            else if (c == '/')
                pointer += "~1";
            else
                pointer += c;
        }
        return;
    }
    auto& [element, position] = m_positions[above.index()];
    if (element == 0 || element > node.index()) {
        element = above.index() + 1;
        position = 0;
    }
    while (element < node.index()) {
        element = node.tree()->nodes()[element].next;
        ++position;
    }
    pointer += std::to_string(position);
}

SourceSpan ImportContext::spanOf(const DataNode& node)
{
    SourceSpan span;
    if (node.isMissing())
        return span;
    const auto [line, column] = placeOf(node);
    span.file = node.tree()->file();
    span.line = line;
    span.column = column;
    appendPointer(node, span.pointer);
    return span;
}

Evidence ImportContext::evidence(const DataNode& node)
{
    if (node.isMissing())
        return m_estate.evidence(m_source, 0);
    const auto [line, column] = placeOf(node);
    m_pointer.clear();
    appendPointer(node, m_pointer);
    return m_estate.evidence(m_source, static_cast<std::uint32_t>(line),
                             static_cast<std::uint32_t>(column), m_pointer);
}

void ImportContext::setFormatVersion(std::string version)
{
    Source& source = m_estate.estate().sources[m_source.value];
    if (source.formatVersion.empty())
        source.formatVersion = std::move(version);
}

void ImportContext::problem(Problem problem)
{
    Source& source = m_estate.estate().sources[m_source.value];
    if (static_cast<std::int64_t>(source.problems.size()) >= m_budget.problemsPerSource)
        ++source.problemsNotListed;
    else
        source.problems.push_back(std::move(problem));
}

void ImportContext::problem(Severity severity, std::string code, std::string message,
                            const DataNode& where)
{
    Problem problem{severity, std::move(code), std::move(message), spanOf(where)};
    if (problem.where.file.empty())
        problem.where.file = m_estate.estate().sources[m_source.value].path;
    this->problem(std::move(problem));
}

}  // namespace portolan
