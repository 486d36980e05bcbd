// SPDX-License-Identifier: Apache-2.0
#include "model/import/models/cml_tokens.h"

#include <algorithm>

namespace portolan {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

class Tokens {
public:
    explicit Tokens(std::string_view text) : m_text(text) {}

    std::vector<CmlToken> all()
    {
        while (m_at < m_text.size())
            next();
        m_tokens.push_back({CmlToken::Kind::End, {}, m_line, column(m_at)});
        return std::move(m_tokens);
    }

private:
    int column(std::size_t at) const { return static_cast<int>(at - m_lineStart) + 1; }
    char at(std::size_t place) const { return place < m_text.size() ? m_text[place] : '\0'; }

    void next()
    {
        const char c = m_text[m_at];
        if (c == '\n') {
            ++m_line;
            m_lineStart = ++m_at;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            ++m_at;
        } else if (c == '/' && at(m_at + 1) == '/') {
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else if (c == '/' && at(m_at + 1) == '*') {
            skipTo(m_text.find("*/", m_at + 2), 2);
        } else if (c == '"' || c == '\'') {
            readText(c);
        } else if (isLetter(c)) {
            readWord();
        } else {
            readSign();
        }
    }

    // Over several lines; to the end of the text when it is not closed.
    void skipTo(std::size_t end, std::size_t more)
    {
        const std::size_t stop = end == std::string_view::npos ? m_text.size() : end + more;
        for (; m_at < stop; ++m_at) {
            if (m_text[m_at] == '\n') {
                ++m_line;
                m_lineStart = m_at + 1;
            }
        }
    }

    void readText(char quote)
    {
        CmlToken token{CmlToken::Kind::Text, {}, m_line, column(m_at)};
        std::size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != quote)
            end += m_text[end] == '\\' ? 2 : 1;
        end = std::min(end, m_text.size());
        token.text = m_text.substr(m_at + 1, end - m_at - 1);
        skipTo(end, end < m_text.size() ? 1 : 0);
        m_tokens.push_back(token);
    }

    // "Shared-Kernel" is one word, "A->B" three tokens.
    void readWord()
    {
        std::size_t end = m_at;
        while (isLetter(at(end)) || (at(end) == '-' && isLetter(at(end + 1))) ||
               (at(end) == '.' && isLetter(at(end + 1))))
            ++end;
        m_tokens.push_back(
            {CmlToken::Kind::Word, m_text.substr(m_at, end - m_at), m_line, column(m_at)});
        m_at = end;
    }

    void readSign()
    {
        std::size_t size = 1;
        for (const std::string_view arrow : {"<->", "->", "<-"}) {
            if (m_text.substr(m_at).starts_with(arrow)) {
                size = arrow.size();
                break;
            }
        }
        m_tokens.push_back({CmlToken::Kind::Sign, m_text.substr(m_at, size), m_line, column(m_at)});
        m_at += size;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
    std::size_t m_lineStart = 0;
    std::vector<CmlToken> m_tokens;
};

}  // namespace

std::vector<CmlToken> cmlTokens(std::string_view text)
{
    return Tokens(text).all();
}

}  // namespace portolan
