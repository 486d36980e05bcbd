// SPDX-License-Identifier: Apache-2.0
#include "model/import/tables/sql_tokens.h"

#include <algorithm>

namespace portolan {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '@' || c == '#' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

bool SqlToken::isWord(std::string_view word) const
{
    return kind == Kind::Word && text.size() == word.size() &&
           std::equal(text.begin(), text.end(), word.begin(),
                      [](char a, char b) { return upper(a) == b; });
}

std::string SqlToken::value() const
{
    if (kind != Kind::QuotedName && kind != Kind::Text)
        return std::string(text);
    std::string_view inner = text;
    if (inner.front() == '$') {
        const std::size_t tag = inner.find('$', 1) + 1;
        inner.remove_prefix(std::min(tag, inner.size()));
        inner.remove_suffix(std::min(tag, inner.size()));
        return std::string(inner);
    }
    const char quote = inner.front() == '[' ? ']' : inner.front();
    inner.remove_prefix(1);
    if (!inner.empty() && inner.back() == quote)
        inner.remove_suffix(1);
    std::string value;
    for (std::size_t i = 0; i < inner.size(); ++i) {
        value += inner[i];
        if (inner[i] == quote && i + 1 < inner.size() && inner[i + 1] == quote)
            ++i;
    }
    return value;
}

void SqlTokens::skipBlanks()
{
    while (m_at < m_text.size()) {
        const std::string_view rest = m_text.substr(m_at);
        if (isBlank(rest.front())) {
            m_line += rest.front() == '\n';
            ++m_at;
        } else if (rest.starts_with("--") || rest.starts_with("# ") ||
                   (rest.starts_with('\\') && (m_at == 0 || m_text[m_at - 1] == '\n'))) {
            // Also the command lines of psql.
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else if (rest.starts_with("/*")) {
            const std::size_t end = m_text.find("*/", m_at + 2);
            const std::size_t stop = end == std::string_view::npos ? m_text.size() : end + 2;
            m_line += static_cast<int>(
                std::count(m_text.begin() + static_cast<std::ptrdiff_t>(m_at),
                           m_text.begin() + static_cast<std::ptrdiff_t>(stop), '\n'));
            m_at = stop;
        } else {
            return;
        }
    }
}

SqlToken SqlTokens::made(SqlToken::Kind kind, std::size_t end)
{
    SqlToken token{kind, m_text.substr(m_at, end - m_at), m_line};
    if (kind == SqlToken::Kind::Text || kind == SqlToken::Kind::QuotedName)
        m_line += static_cast<int>(std::count(token.text.begin(), token.text.end(), '\n'));
    m_at = end;
    return token;
}

// Doubled quotes are inside; an open end takes the rest.
std::size_t SqlTokens::endOfQuoted(char quote, bool hasEscapes) const
{
    for (std::size_t at = m_at + 1; at < m_text.size(); ++at) {
        if (hasEscapes && m_text[at] == '\\' && at + 1 < m_text.size() && m_text[at + 1] == quote &&
            at + 2 < m_text.size() && m_text[at + 2] != ',' && m_text[at + 2] != ')' &&
            m_text[at + 2] != ';' && m_text[at + 2] != '\n') {
            ++at;  // MySQL's \' - but 'C:\' of other dialects ends there
        } else if (m_text[at] == quote) {
            if (at + 1 < m_text.size() && m_text[at + 1] == quote)
                ++at;
            else
                return at + 1;
        }
    }
    return m_text.size();
}

// $$ ... $$ or $tag$ ... $tag$; npos when no such thing begins here.
std::size_t SqlTokens::endOfDollarQuoted() const
{
    std::size_t end = m_at + 1;
    while (end < m_text.size() && (isLetter(m_text[end]) || isDigit(m_text[end])))
        ++end;
    if (end >= m_text.size() || m_text[end] != '$')
        return std::string_view::npos;
    const std::string_view tag = m_text.substr(m_at, end + 1 - m_at);
    const std::size_t close = m_text.find(tag, end + 1);
    return close == std::string_view::npos ? m_text.size() : close + tag.size();
}

SqlToken SqlTokens::next()
{
    skipBlanks();
    if (m_at >= m_text.size())
        return {SqlToken::Kind::End, {}, m_line};
    const char c = m_text[m_at];
    if (c == '\'')
        return made(SqlToken::Kind::Text, endOfQuoted(c, true));
    if (c == '"' || c == '`')
        return made(SqlToken::Kind::QuotedName, endOfQuoted(c, false));
    if (c == '[') {
        // A name in brackets; arrays ("text[]", "a[1]") are signs.
        if (m_at + 1 < m_text.size() && isLetter(m_text[m_at + 1])) {
            const std::size_t end = m_text.find_first_of("]\n", m_at);
            if (end != std::string_view::npos && m_text[end] == ']')
                return made(SqlToken::Kind::QuotedName, end + 1);
        }
    } else if (c == '$') {
        const std::size_t end = endOfDollarQuoted();
        if (end != std::string_view::npos)
            return made(SqlToken::Kind::Text, end);
    } else if (isLetter(c)) {
        std::size_t end = m_at + 1;
        while (end < m_text.size() &&
               (isLetter(m_text[end]) || isDigit(m_text[end]) || m_text[end] == '$'))
            ++end;
        return made(SqlToken::Kind::Word, end);
    } else if (isDigit(c)) {
        std::size_t end = m_at + 1;
        while (end < m_text.size() &&
               (isDigit(m_text[end]) || m_text[end] == '.' || isLetter(m_text[end])))
            ++end;
        return made(SqlToken::Kind::Number, end);
    }
    return made(SqlToken::Kind::Sign, m_at + 1);
}

void SqlTokens::skipCopiedRows()
{
    while (m_at < m_text.size()) {
        std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
        const bool isLast = m_text.substr(m_at, end - m_at).starts_with("\\.");
        m_at = end;
        if (isLast)
            return;
        if (m_at < m_text.size()) {
            ++m_at;
            ++m_line;
        }
    }
}

}  // namespace portolan
