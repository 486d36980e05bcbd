// SPDX-License-Identifier: Apache-2.0
// Delimited text (RFC 4180 and what programs make of it): quotes, line breaks in quotes, and the delimiter told by the header.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

// ',', ';', tab or '|': the one that the header line has most of; none when it has none of them.
char delimiterOf(std::string_view header);

// Row after row; linear in the text.
class CsvRows {
public:
    CsvRows(std::string_view text, char delimiter) : m_text(text), m_delimiter(delimiter) {}

    // The next row that is not empty; false at the end. An unclosed quote takes the rest.
    bool next(std::vector<std::string>& cells);
    int line() const { return m_rowLine; }  // of the row's beginning, from 1

private:
    std::string_view m_text;
    char m_delimiter;
    std::size_t m_at = 0;
    int m_line = 1;
    int m_rowLine = 1;
};

}  // namespace portolan
