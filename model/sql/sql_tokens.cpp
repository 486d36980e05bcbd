// SPDX-License-Identifier: Apache-2.0
#include "model/sql/sql_tokens.h"

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

// "#" begins a comment where no name and no operator does.
bool SqlTokens::beginsLineComment(std::string_view rest) const
{
    if (rest.starts_with("--"))
        return true;
    if (m_dialect == SqlDialect::BigQuery && rest.front() == '#')
        return true;
    if (m_dialect == SqlDialect::Snowflake && rest.starts_with("//"))
        return true;
    if (m_dialect == SqlDialect::Generic && rest.starts_with("# "))
        return true;
    // The command lines of psql.
    return rest.front() == '\\' && (m_at == 0 || m_text[m_at - 1] == '\n');
}

// Of "/* */", which holds further ones in some dialects, or of Jinja's.
std::size_t SqlTokens::endOfComment() const
{
    const bool isNested = m_dialect == SqlDialect::PostgreSql || m_dialect == SqlDialect::TSql ||
                          m_dialect == SqlDialect::Redshift || m_dialect == SqlDialect::Databricks;
    std::size_t open = 1;
    for (std::size_t at = m_at + 2; at + 1 < m_text.size(); ++at) {
        if (m_text[at] == '*' && m_text[at + 1] == '/') {
            if (--open == 0)
                return at + 2;
            ++at;
        } else if (isNested && m_text[at] == '/' && m_text[at + 1] == '*') {
            ++open;
            ++at;
        }
    }
    return m_text.size();
}

void SqlTokens::skipBlanks()
{
    while (m_at < m_text.size()) {
        const std::string_view rest = m_text.substr(m_at);
        if (isBlank(rest.front())) {
            m_line += rest.front() == '\n';
            ++m_at;
        } else if (rest.starts_with("\xc2\xa0") || rest.starts_with("\xef\xbb\xbf")) {
            m_at +=
                rest.front() == '\xc2' ? 2 : 3;  // a blank that does not break; a byte order mark
        } else if (beginsLineComment(rest)) {
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else if (rest.starts_with("/*") || rest.starts_with("{#")) {
            std::size_t stop = m_text.size();
            if (rest.front() == '/')
                stop = endOfComment();
            else if (const std::size_t end = m_text.find("#}", m_at + 2);
                     end != std::string_view::npos)
                stop = end + 2;
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
    if (kind == SqlToken::Kind::Text || kind == SqlToken::Kind::QuotedName ||
        kind == SqlToken::Kind::Template)
        m_line += static_cast<int>(std::count(token.text.begin(), token.text.end(), '\n'));
    m_at = end;
    return token;
}

// Whether a backslash hides the quote after it: by dialect, or in E'...' of PostgreSQL.
bool SqlTokens::hasEscapes() const
{
    switch (m_dialect) {
    case SqlDialect::BigQuery:
    case SqlDialect::Databricks:
    case SqlDialect::Snowflake:
        return true;
    case SqlDialect::PostgreSql:
    case SqlDialect::Redshift:
    case SqlDialect::DuckDb:
        return m_at > 0 && (m_text[m_at - 1] == 'E' || m_text[m_at - 1] == 'e') &&
               (m_at == 1 || (!isLetter(m_text[m_at - 2]) && !isDigit(m_text[m_at - 2])));
    default:
        return false;
    }
}

// Doubled quotes are inside; an open end takes the rest.
std::size_t SqlTokens::endOfQuoted(char quote) const
{
    const bool escapes = quote != '`' && hasEscapes();
    const bool guesses = quote == '\'' && m_dialect == SqlDialect::Generic;
    for (std::size_t at = m_at + 1; at < m_text.size(); ++at) {
        if (escapes && m_text[at] == '\\') {
            ++at;
        } else if (guesses && m_text[at] == '\\' && at + 1 < m_text.size() &&
                   m_text[at + 1] == quote && at + 2 < m_text.size() && m_text[at + 2] != ',' &&
                   m_text[at + 2] != ')' && m_text[at + 2] != ';' && m_text[at + 2] != '\n') {
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
    if (end >= m_text.size() || m_text[end] != '$' || (end > m_at + 1 && isDigit(m_text[m_at + 1])))
        return std::string_view::npos;
    const std::string_view tag = m_text.substr(m_at, end + 1 - m_at);
    const std::size_t close = m_text.find(tag, end + 1);
    return close == std::string_view::npos ? m_text.size() : close + tag.size();
}

// "{{ ... }}" or "{% ... %}"; npos when no such thing begins here.
std::size_t SqlTokens::endOfTemplate() const
{
    const std::string_view rest = m_text.substr(m_at);
    const bool isValue = rest.starts_with("{{");
    if (!isValue && !rest.starts_with("{%"))
        return std::string_view::npos;
    const std::size_t close = m_text.find(isValue ? "}}" : "%}", m_at + 2);
    return close == std::string_view::npos ? m_text.size() : close + 2;
}

SqlToken SqlTokens::quoted(char quote)
{
    const bool isLoose = m_dialect == SqlDialect::BigQuery || m_dialect == SqlDialect::Databricks;
    const bool isText = quote == '\'' || (quote == '"' && isLoose);
    const std::string_view three = m_text.substr(m_at, 3);
    if (m_dialect == SqlDialect::BigQuery && isText && three == std::string(3, quote)) {
        const std::size_t end = m_text.find(three, m_at + 3);
        return made(SqlToken::Kind::Text, end == std::string_view::npos ? m_text.size() : end + 3);
    }
    return made(isText ? SqlToken::Kind::Text : SqlToken::Kind::QuotedName, endOfQuoted(quote));
}

// "@" and "#" begin a name only before a letter: elsewhere they are operators of PostgreSQL.
bool SqlTokens::beginsWord() const
{
    const char first = m_text[m_at];
    if (first != '@' && first != '#')
        return isLetter(first);
    if (m_dialect == SqlDialect::Generic)
        return true;
    std::size_t at = m_at;
    while (at < m_text.size() && at < m_at + 2 && (m_text[at] == '@' || m_text[at] == '#'))
        ++at;
    if (at >= m_text.size() || !isLetter(m_text[at]))
        return false;
    return m_dialect == SqlDialect::TSql || at == m_at + 1;
}

// A name in brackets; arrays ("text[]", "a[1]") are signs.
bool SqlTokens::beginsBracketedName() const
{
    if (m_dialect == SqlDialect::TSql)
        return true;
    if (m_dialect != SqlDialect::Generic && m_dialect != SqlDialect::Sqlite)
        return false;
    const bool isAdjacent =
        m_at > 0 && (isLetter(m_text[m_at - 1]) || isDigit(m_text[m_at - 1]) ||
                     m_text[m_at - 1] == ')' || m_text[m_at - 1] == ']' || m_text[m_at - 1] == '"');
    return !isAdjacent && m_at + 1 < m_text.size() && isLetter(m_text[m_at + 1]);
}

SqlToken SqlTokens::next()
{
    skipBlanks();
    if (m_at >= m_text.size())
        return {SqlToken::Kind::End, {}, m_line};
    const char c = m_text[m_at];
    if (c == '\'' || c == '"' || c == '`')
        return quoted(c);
    if (c == '[') {
        if (beginsBracketedName()) {
            if (m_bracketEnd <= m_at)
                m_bracketEnd = std::min(m_text.find_first_of("]\n", m_at), m_text.size());
            if (m_bracketEnd < m_text.size() && m_text[m_bracketEnd] == ']')
                return made(SqlToken::Kind::QuotedName, m_bracketEnd + 1);
        }
    } else if (c == '$') {
        const std::size_t end = endOfDollarQuoted();
        if (end != std::string_view::npos)
            return made(SqlToken::Kind::Text, end);
        std::size_t word = m_at + 1;
        while (word < m_text.size() && (isLetter(m_text[word]) || isDigit(m_text[word])))
            ++word;
        if (word > m_at + 1)
            return made(SqlToken::Kind::Word, word);
    } else if (c == '{') {
        const std::size_t end = endOfTemplate();
        if (end != std::string_view::npos)
            return made(SqlToken::Kind::Template, end);
    } else if (beginsWord()) {
        const bool hasSigns = m_dialect == SqlDialect::Generic || m_dialect == SqlDialect::TSql;
        std::size_t end = m_at + 1;
        while (end < m_text.size() &&
               (isDigit(m_text[end]) || m_text[end] == '$' ||
                (isLetter(m_text[end]) && (hasSigns || (c == '@' && end == m_at + 1) ||
                                           (m_text[end] != '@' && m_text[end] != '#')))))
            ++end;
        return made(SqlToken::Kind::Word, end);
    } else if (isDigit(c)) {
        std::size_t end = m_at + 1;
        while (end < m_text.size() &&
               (isDigit(m_text[end]) || m_text[end] == '.' ||
                (isLetter(m_text[end]) && m_text[end] != '@' && m_text[end] != '#')))
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
