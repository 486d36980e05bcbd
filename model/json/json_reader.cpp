// SPDX-License-Identifier: Apache-2.0
#include "model/json/json_reader.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace portolan {
namespace {

using Kind = DataTree::Kind;

// Our recursion goes as deep as the document, whatever budget a caller sets.
constexpr int deepest = 2000;

class Reader {
public:
    Reader(DataTreeBuilder& builder, const DataTree& tree, const Budget& budget, Problems& problems)
        : m_builder(builder), m_tree(tree), m_budget(budget), m_problems(problems),
          m_text(tree.text())
    {
    }

    Result<> read()
    {
        if (m_text.starts_with("\xEF\xBB\xBF"))
            m_at = 3;
        skipSpace();
        if (!value(1))
            return tl::unexpected(m_error);
        skipSpace();
        if (m_at < m_text.size()) {
            fail("json.trailing-text",
                 "There is text after the end of the document; expected nothing more.");
            return tl::unexpected(m_error);
        }
        return {};
    }

private:
    std::uint32_t at() const { return static_cast<std::uint32_t>(m_at); }
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skipSpace()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
                return;
            ++m_at;
        }
    }

    bool fail(std::string code, std::string message)
    {
        m_error = {Severity::Error, std::move(code), std::move(message), m_tree.spanAt(at())};
        return false;
    }

    // What stands here, for "found ...".
    std::string found() const
    {
        if (m_at >= m_text.size())
            return "the text ends here";
        const unsigned char c = static_cast<unsigned char>(m_text[m_at]);
        if (c < 0x20 || c == 0x7F) {
            char spelling[16];
            std::snprintf(spelling, sizeof spelling, "byte 0x%02X", c);
            return std::string("found ") + spelling;
        }
        std::size_t length = 1;
        while (c >= 0x80 && m_at + length < m_text.size() && (m_text[m_at + length] & 0xC0) == 0x80)
            ++length;
        return "found '" + std::string(m_text.substr(m_at, length)) + "'";
    }

    bool value(int depth)
    {
        if (m_builder.size() >= m_budget.nodes)
            return fail("budget.nodes", "The document has more than " +
                                            std::to_string(m_budget.nodes) + " values.");
        switch (peek()) {
        case '{':
            return object(depth);
        case '[':
            return array(depth);
        case '"':
            return string();
        case 't':
            return word("true", Kind::Bool);
        case 'f':
            return word("false", Kind::Bool);
        case 'n':
            return word("null", Kind::Null);
        default:
            break;
        }
        if (peek() == '-' || (peek() >= '0' && peek() <= '9'))
            return number();
        return fail("json.syntax",
                    "Expected a value (object, array, string, number, true, false or null); " +
                        found() + ".");
    }

    bool enter(int depth)
    {
        const int limit = std::min(m_budget.depth, deepest);
        if (depth > limit)
            return fail("budget.depth",
                        "The document is nested deeper than " + std::to_string(limit) + " levels.");
        return true;
    }

    bool object(int depth)
    {
        if (!enter(depth))
            return false;
        const std::uint32_t index = m_builder.begin(Kind::Object, at());
        ++m_at;
        skipSpace();
        if (peek() == '}') {
            m_builder.end(at() + 1);
            ++m_at;
            return true;
        }
        while (true) {
            if (peek() != '"')
                return fail("json.syntax", "Expected a key in double quotes; " + found() + ".");
            const std::uint32_t start = at();
            if (!scanString())
                return false;
            if (m_isEscaped)
                m_builder.key(start, at(), std::move(m_decoded));
            else
                m_builder.key(start, at());
            skipSpace();
            if (peek() != ':')
                return fail("json.syntax", "Expected ':' after the key; " + found() + ".");
            ++m_at;
            skipSpace();
            if (!value(depth + 1))
                return false;
            skipSpace();
            if (peek() == ',') {
                ++m_at;
                skipSpace();
                continue;
            }
            if (peek() == '}')
                break;
            return fail("json.syntax", "Expected ',' or '}' after the member; " + found() + ".");
        }
        m_builder.end(at() + 1);
        ++m_at;
        m_builder.reportDuplicateKeys(index, "json.duplicate-key", m_problems);
        return true;
    }

    bool array(int depth)
    {
        if (!enter(depth))
            return false;
        m_builder.begin(Kind::Array, at());
        ++m_at;
        skipSpace();
        if (peek() == ']') {
            m_builder.end(at() + 1);
            ++m_at;
            return true;
        }
        while (true) {
            if (!value(depth + 1))
                return false;
            skipSpace();
            if (peek() == ',') {
                ++m_at;
                skipSpace();
                continue;
            }
            if (peek() == ']')
                break;
            return fail("json.syntax", "Expected ',' or ']' after the element; " + found() + ".");
        }
        m_builder.end(at() + 1);
        ++m_at;
        return true;
    }

    bool word(std::string_view spelling, Kind kind)
    {
        if (m_text.substr(m_at, spelling.size()) != spelling)
            return fail("json.syntax", "Expected " + std::string(spelling) + "; " + found() + ".");
        m_builder.scalar(kind, at(), at() + static_cast<std::uint32_t>(spelling.size()), false);
        m_at += spelling.size();
        return true;
    }

    static bool isDigit(char c) { return c >= '0' && c <= '9'; }

    void skipDigits()
    {
        while (isDigit(peek()))
            ++m_at;
    }

    bool number()
    {
        const std::uint32_t start = at();
        if (peek() == '-')
            ++m_at;
        if (!isDigit(peek()))
            return fail("json.syntax", "Expected a digit; " + found() + ".");
        if (peek() == '0')
            ++m_at;
        else
            skipDigits();
        if (isDigit(peek()))
            return fail("json.syntax",
                        "A number does not begin with 0; expected '.' or the end of the number.");
        if (peek() == '.') {
            ++m_at;
            if (!isDigit(peek()))
                return fail("json.syntax",
                            "Expected a digit after the decimal point; " + found() + ".");
            skipDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (!isDigit(peek()))
                return fail("json.syntax", "Expected a digit in the exponent; " + found() + ".");
            skipDigits();
        }
        m_builder.scalar(Kind::Number, start, at(), false);
        return true;
    }

    bool string()
    {
        const std::uint32_t start = at();
        if (!scanString())
            return false;
        if (m_isEscaped)
            m_builder.scalar(Kind::String, start, at(), true, std::move(m_decoded));
        else
            m_builder.scalar(Kind::String, start, at(), true);
        return true;
    }

    // From the opening quote to behind the closing one. Leaves the decoded text in m_decoded when there was an escape.
    bool scanString()
    {
        const std::size_t open = m_at++;
        m_isEscaped = false;
        while (true) {
            const std::size_t plain = m_at;
            while (m_at < m_text.size() && m_text[m_at] != '"' && m_text[m_at] != '\\' &&
                   static_cast<unsigned char>(m_text[m_at]) >= 0x20)
                ++m_at;
            if (m_isEscaped)
                m_decoded.append(m_text.substr(plain, m_at - plain));
            if (static_cast<std::int64_t>(m_at - open) > m_budget.stringBytes)
                return fail("budget.string", "A string is longer than " +
                                                 std::to_string(m_budget.stringBytes) + " bytes.");
            if (m_at >= m_text.size())
                return fail("json.syntax", "The text ends inside a string; expected '\"'.");
            if (m_text[m_at] == '"') {
                ++m_at;
                return true;
            }
            if (m_text[m_at] != '\\')
                return fail("json.syntax", "A string holds a raw control character (" + found() +
                                               "); expected an escape.");
            if (!m_isEscaped) {
                m_isEscaped = true;
                m_decoded.assign(m_text.substr(open + 1, m_at - open - 1));
            }
            if (!escape())
                return false;
        }
    }

    bool escape()
    {
        ++m_at;
        const char c = peek();
        static constexpr std::string_view from = "\"\\/bfnrt";
        static constexpr std::string_view to = "\"\\/\b\f\n\r\t";
        if (const std::size_t known = from.find(c); c != '\0' && known != std::string_view::npos) {
            m_decoded += to[known];
            ++m_at;
            return true;
        }
        if (c != 'u')
            return fail("json.syntax", "Unknown escape in a string; expected one of \\\" \\\\ \\/ "
                                       "\\b \\f \\n \\r \\t \\u.");
        ++m_at;
        std::uint32_t code = 0;
        if (!hex4(code))
            return false;
        if (code >= 0xD800 && code < 0xDC00) {
            std::uint32_t low = 0;
            if (m_text.substr(m_at, 2) != "\\u")
                return fail(
                    "json.lone-surrogate",
                    "A surrogate \\u escape has no second half; expected \\uDC00 to \\uDFFF.");
            m_at += 2;
            if (!hex4(low))
                return false;
            if (low < 0xDC00 || low > 0xDFFF)
                return fail(
                    "json.lone-surrogate",
                    "A surrogate \\u escape has no second half; expected \\uDC00 to \\uDFFF.");
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        } else if (code >= 0xDC00 && code < 0xE000) {
            return fail(
                "json.lone-surrogate",
                "A surrogate \\u escape has no first half; expected \\uD800 to \\uDBFF before it.");
        }
        appendUtf8(code);
        return true;
    }

    bool hex4(std::uint32_t& code)
    {
        for (int i = 0; i < 4; ++i, ++m_at) {
            const char c = peek();
            std::uint32_t digit = 0;
            if (isDigit(c))
                digit = static_cast<std::uint32_t>(c - '0');
            else if (c >= 'a' && c <= 'f')
                digit = static_cast<std::uint32_t>(c - 'a') + 10;
            else if (c >= 'A' && c <= 'F')
                digit = static_cast<std::uint32_t>(c - 'A') + 10;
            else
                return fail("json.syntax",
                            "Expected four hexadecimal digits after \\u; " + found() + ".");
            code = code * 16 + digit;
        }
        return true;
    }

    void appendUtf8(std::uint32_t code)
    {
        if (code < 0x80) {
            m_decoded += static_cast<char>(code);
        } else if (code < 0x800) {
            m_decoded += static_cast<char>(0xC0 | (code >> 6));
            m_decoded += static_cast<char>(0x80 | (code & 0x3F));
        } else if (code < 0x10000) {
            m_decoded += static_cast<char>(0xE0 | (code >> 12));
            m_decoded += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
            m_decoded += static_cast<char>(0x80 | (code & 0x3F));
        } else {
            m_decoded += static_cast<char>(0xF0 | (code >> 18));
            m_decoded += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
            m_decoded += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
            m_decoded += static_cast<char>(0x80 | (code & 0x3F));
        }
    }

    DataTreeBuilder& m_builder;
    const DataTree& m_tree;
    const Budget& m_budget;
    Problems& m_problems;
    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_isEscaped = false;
    std::string m_decoded;
    Problem m_error;
};

}  // namespace

std::size_t invalidUtf8(std::string_view text)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    const std::size_t size = text.size();
    const auto isTail = [&](std::size_t at) { return at < size && (bytes[at] & 0xC0) == 0x80; };
    std::size_t i = 0;
    while (i < size) {
        std::uint64_t eight = 0;
        if (i + 8 <= size) {
            std::memcpy(&eight, bytes + i, 8);
            if ((eight & 0x8080808080808080ULL) == 0) {
                i += 8;
                continue;
            }
        }
        const unsigned char c = bytes[i];
        if (c < 0x80) {
            ++i;
        } else if (c >= 0xC2 && c <= 0xDF && isTail(i + 1)) {
            i += 2;
        } else if (c >= 0xE0 && c <= 0xEF && isTail(i + 1) && isTail(i + 2) &&
                   (c != 0xE0 || bytes[i + 1] >= 0xA0) && (c != 0xED || bytes[i + 1] < 0xA0)) {
            i += 3;
        } else if (c >= 0xF0 && c <= 0xF4 && isTail(i + 1) && isTail(i + 2) && isTail(i + 3) &&
                   (c != 0xF0 || bytes[i + 1] >= 0x90) && (c != 0xF4 || bytes[i + 1] < 0x90)) {
            i += 4;
        } else {
            return i;
        }
    }
    return std::string_view::npos;
}

Result<> readJson(DataTree& tree, std::string text, std::string file, const Budget& budget,
                  Problems& problems, int firstLine)
{
    DataTreeBuilder builder(tree, std::move(text), std::move(file), firstLine);
    if (static_cast<std::int64_t>(tree.text().size()) > budget.jsonBytes) {
        return tl::unexpected(
            Problem{Severity::Error,
                    "budget.bytes",
                    "The document is longer than " + std::to_string(budget.jsonBytes) + " bytes.",
                    {tree.file()}});
    }
    if (const std::size_t bad = invalidUtf8(tree.text()); bad != std::string_view::npos) {
        return tl::unexpected(
            Problem{Severity::Error, "text.not-utf8",
                    "The byte at offset " + std::to_string(bad) + " is not valid UTF-8.",
                    tree.spanAt(static_cast<std::uint32_t>(bad))});
    }
    return Reader(builder, tree, budget, problems).read();
}

std::string jsonString(std::string_view text)
{
    std::string literal = "\"";
    for (const char c : text) {
        const unsigned char byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            literal += '\\';
            literal += c;
        } else if (c == '\n') {
            literal += "\\n";
        } else if (c == '\t') {
            literal += "\\t";
        } else if (c == '\r') {
            literal += "\\r";
        } else if (byte < 0x20 || byte == 0x7F) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", byte);
            literal += escape;
        } else {
            literal += c;
        }
    }
    return literal + "\"";
}

}  // namespace portolan
