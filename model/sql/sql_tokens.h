// SPDX-License-Identifier: Apache-2.0
// The words of SQL in any dialect: comments skipped, quoted names unquoted, strings of all kinds whole. Nothing is refused.
#pragma once

#include "model/sql/sql_dialect.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace portolan {

struct SqlToken {
    // Template: "{{ ... }}" or "{% ... %}" of Jinja, whole.
    enum class Kind { End, Word, QuotedName, Text, Number, Sign, Template };

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
    explicit SqlTokens(std::string_view text, SqlDialect dialect = SqlDialect::Generic)
        : m_text(text), m_dialect(dialect)
    {
    }

    SqlToken next();
    // Skips what follows a COPY ... FROM stdin: lines up to one with "\.".
    void skipCopiedRows();

private:
    void skipBlanks();
    bool beginsLineComment(std::string_view rest) const;
    std::size_t endOfComment() const;
    SqlToken made(SqlToken::Kind kind, std::size_t end);
    SqlToken quoted(char quote);
    bool hasEscapes() const;
    bool beginsWord() const;
    bool beginsBracketedName() const;
    std::size_t endOfQuoted(char quote) const;
    std::size_t endOfDollarQuoted() const;
    std::size_t endOfTemplate() const;

    std::string_view m_text;
    SqlDialect m_dialect;
    std::size_t m_at = 0;
    std::size_t m_bracketEnd =
        0;  // the next end of a line or of a name in brackets, once it was looked for
    int m_line = 1;
};

}  // namespace portolan
