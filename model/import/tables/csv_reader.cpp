// SPDX-License-Identifier: Apache-2.0
#include "model/import/tables/csv_reader.h"

#include <algorithm>

namespace portolan {

char delimiterOf(std::string_view header)
{
    char best = '\0';
    std::ptrdiff_t most = 0;
    for (const char candidate : {',', ';', '\t', '|'}) {
        const std::ptrdiff_t count = std::count(header.begin(), header.end(), candidate);
        if (count > most) {
            most = count;
            best = candidate;
        }
    }
    return best;
}

bool CsvRows::next(std::vector<std::string>& cells)
{
    cells.clear();
    while (m_at < m_text.size() && (m_text[m_at] == '\n' || m_text[m_at] == '\r')) {
        m_line += m_text[m_at] == '\n' ? 1 : 0;
        ++m_at;
    }
    if (m_at >= m_text.size())
        return false;
    m_rowLine = m_line;
    std::string cell;
    bool isQuoted = false;
    for (; m_at < m_text.size(); ++m_at) {
        const char c = m_text[m_at];
        if (isQuoted) {
            if (c == '"' && m_at + 1 < m_text.size() && m_text[m_at + 1] == '"') {
                cell += '"';
                ++m_at;
            } else if (c == '"') {
                isQuoted = false;
            } else {
                m_line += c == '\n' ? 1 : 0;
                cell += c;
            }
        } else if (c == '"' && cell.empty()) {
            isQuoted = true;
        } else if (c == m_delimiter) {
            cells.push_back(std::move(cell));
            cell.clear();
        } else if (c == '\n') {
            ++m_line;
            ++m_at;
            break;
        } else if (c != '\r') {
            cell += c;
        }
    }
    cells.push_back(std::move(cell));
    return true;
}

}  // namespace portolan
