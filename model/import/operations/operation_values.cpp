// SPDX-License-Identifier: Apache-2.0
#include "model/import/operations/operation_values.h"

#include "model/import/lineage/event_time.h"

#include <algorithm>

namespace portolan {

namespace {

constexpr std::size_t longestText = 500;
constexpr std::string_view blanks = " \t\r\n\f\v";

bool isDigits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Cut where no character is torn apart.
std::string cut(std::string text)
{
    if (text.size() <= longestText)
        return text;
    std::size_t end = longestText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    text.resize(end);
    return text += "...";
}

}  // namespace

std::string shortText(const DataNode& node)
{
    if (!node.isArray() && !node.isObject())
        return shortText(node.text());
    std::string text;
    bool isInString = false;
    bool isEscaped = false;
    for (const char c : node.raw()) {
        if (text.size() > longestText)
            break;
        if (!isInString && blanks.find(c) != std::string_view::npos)
            continue;
        if (c == '"' && !isEscaped)
            isInString = !isInString;
        isEscaped = c == '\\' && !isEscaped;
        text += c;
    }
    return cut(std::move(text));
}

std::string shortText(std::string_view text)
{
    std::string line;
    for (const char c : trimmed(text.substr(0, longestText * 4))) {
        const bool isBlank = blanks.find(c) != std::string_view::npos;
        if (!isBlank || (!line.empty() && line.back() != ' '))
            line += isBlank ? ' ' : c;
    }
    return cut(std::move(line));
}

std::string isoTime(std::string_view text)
{
    if (text.size() < 15 || text[8] != 'T' || !isDigits(text.substr(0, 8)) ||
        !isDigits(text.substr(9, 6)))
        return std::string(text);
    const auto part = [&](std::size_t at, std::size_t size) {
        return std::string(text.substr(at, size));
    };
    return part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(9, 2) + ":" + part(11, 2) +
           ":" + part(13, 2) + part(15, std::string_view::npos);
}

std::string timeFromSeconds(double seconds)
{
    if (!(seconds >= 0) || seconds > 9'999'999'999.0)
        return {};
    return eventTimeText(static_cast<std::int64_t>(seconds * 1'000'000.0));
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string stemOf(std::string_view file)
{
    file = file.substr(file.rfind('/') + 1);
    return std::string(file.substr(0, file.rfind('.')));
}

std::vector<std::string> listFrom(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(separator, start), text.size());
        if (const std::string_view part = trimmed(text.substr(start, end - start)); !part.empty())
            parts.emplace_back(part);
        start = end + 1;
    }
    return parts;
}

void reportUnread(ImportContext& context, const DataNode& object, std::string_view read,
                  std::string_view reason, std::string_view prefix)
{
    if (!object.isObject())
        return;
    for (const DataNode member : object) {
        const bool isEmpty = member.size() == 0 && member.text().empty();
        if (!isEmpty && !isOneOf(member.key(), read))
            context.ignored(std::string(prefix) + std::string(member.key()), reason, member);
    }
}

DatasetIndex topicDataset(EstateBuilder& estate, std::string_view cluster, std::string_view topic,
                          const Evidence& evidence)
{
    const DatasetIndex dataset = estate.dataset("kafka", cluster, topic, evidence);
    std::string& type = estate.estate().datasets[dataset.value].type;
    if (type.empty())
        type = "topic";
    return dataset;
}

bool TextLines::next()
{
    if (m_at >= m_text.size())
        return false;
    const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
    m_line = m_text.substr(m_at, end - m_at);
    if (m_line.ends_with('\r'))
        m_line.remove_suffix(1);
    m_at = end + 1;
    ++m_number;
    return true;
}

std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    for (std::size_t at = line.find_first_not_of(" \t"); at < line.size();) {
        const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
        words.push_back(line.substr(at, end - at));
        at = line.find_first_not_of(" \t", end);
    }
    return words;
}

}  // namespace portolan
