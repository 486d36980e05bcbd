// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/sql_text.h"

#include <algorithm>

namespace portolan {

namespace {

constexpr std::size_t longestIdentifier = 128;

bool isControl(char character)
{
    const auto byte = static_cast<unsigned char>(character);
    return byte < 0x20 || byte == 0x7f;
}

bool isContinuation(char character)
{
    return (static_cast<unsigned char>(character) & 0xC0) == 0x80;
}

// How many characters, and whether they are well-formed UTF-8 (no overlong forms, no surrogates).
struct Measured {
    std::size_t characters = 0;
    bool isUtf8 = true;
};

Measured measured(std::string_view text)
{
    Measured result;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const bool isLead = lead < 0x80 || (lead >= 0xC2 && lead <= 0xF4);
        if (!isLead || i + length > text.size() ||
            !std::all_of(text.begin() + i + 1, text.begin() + i + length, isContinuation)) {
            result.isUtf8 = false;
            return result;
        }
        const auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0;
        if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
            (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
            result.isUtf8 = false;
        i += length;
        ++result.characters;
    }
    return result;
}

char openingQuote(Dialect dialect)
{
    switch (dialect) {
    case Dialect::Spark:
    case Dialect::MySql:
        return '`';
    case Dialect::SqlServer:
        return '[';
    default:
        return '"';
    }
}

tl::unexpected<Problem> badIdentifier(std::string message)
{
    return tl::unexpected(Problem{Severity::Error, "sql.bad-identifier", std::move(message)});
}

}  // namespace

Result<std::string> quote(Dialect dialect, std::string_view part)
{
    if (part.empty())
        return badIdentifier("A name in a query must not be empty.");
    if (std::any_of(part.begin(), part.end(), isControl))
        return badIdentifier("A name in a query must not hold control characters.");
    const Measured size = measured(part);
    if (!size.isUtf8)
        return badIdentifier("A name in a query must be valid UTF-8.");
    if (size.characters > longestIdentifier)
        return badIdentifier("A name in a query must not be longer than 128 characters.");
    const char opening = openingQuote(dialect);
    const char closing = opening == '[' ? ']' : opening;
    std::string text(1, opening);
    for (const char character : part) {
        text += character;
        if (character == closing)
            text += closing;
    }
    return text + closing;
}

std::string fullTextQuery(std::string_view words)
{
    std::string query;
    for (std::size_t i = 0; i < words.size();) {
        const auto isSpace = [](char c) { return isControl(c) || c == ' '; };
        if (isSpace(words[i])) {
            ++i;
            continue;
        }
        query += query.empty() ? "\"" : " AND \"";
        for (; i < words.size() && !isSpace(words[i]); ++i)
            query += words[i] == '"' ? std::string("\"\"") : std::string(1, words[i]);
        query += "\" *";
    }
    return query;
}

}  // namespace portolan
