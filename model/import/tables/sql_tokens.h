// SPDX-License-Identifier: Apache-2.0
// The words of SQL in any dialect: comments skipped, quoted names unquoted, strings of all kinds whole. Nothing is refused.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace portolan {

struct SqlToken {
    enum class Kind { End, Word, QuotedName, Text, Number, Sign };

    Kind kind = Kind::End;
    std::string_view text;  // as spelt, with its quotes
    int line = 0;           // from 1

    bool isEnd() const { return kind == Kind::End; }
    bool isName() const { return kind == Kind::Word || kind == Kind::QuotedName; }
    bool isSign(char sign) const { return kind == Kind::Sign && text.front() == sign; }
    // An unquoted word, in any case; `word` in capitals.
    bool isWord(std::string_view word) const;
    std::string value() const;  // without quotes, doubled quotes single
};

class SqlTokens {
public:
    explicit SqlTokens(std::string_view text) : m_text(text) {}

    SqlToken next();
    // Skips what follows a COPY ... FROM stdin: lines up to one with "\.".
    void skipCopiedRows();

private:
    void skipBlanks();
    SqlToken made(SqlToken::Kind kind, std::size_t end);
    std::size_t endOfQuoted(char quote, bool hasEscapes) const;
    std::size_t endOfDollarQuoted() const;

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
};

}  // namespace portolan
