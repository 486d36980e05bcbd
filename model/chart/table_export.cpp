// SPDX-License-Identifier: Apache-2.0
#include "model/chart/table_export.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <vector>

#include <unistd.h>

namespace portolan {
namespace {

constexpr std::size_t mostRows = 1'048'575;    // and the header
constexpr std::size_t mostCellBytes = 32'000;  // the format ends at 32,767 letters
constexpr double widestColumn = 60;

std::string markdownCell(std::string_view text)
{
    static constexpr std::string_view special = "\\`*_{}[]<>()#+-.!|~&:";
    std::string cell;
    for (const char c : text) {
        if (c == '\n' || c == '\r' || c == '\t') {
            cell += ' ';
            continue;
        }
        // Between letters most of them mean nothing: names stay readable.
        const bool isAlways = std::string_view("\\`*[]<>|&").find(c) != std::string_view::npos;
        const bool isAtStart = cell.empty() && special.find(c) != std::string_view::npos;
        if (isAlways || isAtStart)
            cell += '\\';
        cell += c;
    }
    return cell;
}

std::string markdownRow(const std::vector<std::string>& cells)
{
    std::string line = "|";
    for (const std::string& cell : cells)
        line += " " + markdownCell(cell) + " |";
    return line + "\n";
}

// Cut at a letter's end; control characters that XML forbids become blanks.
std::string cellText(const std::string& text)
{
    std::string cell = text.substr(0, mostCellBytes);
    while (cell.size() < text.size() && !cell.empty() &&
           (static_cast<unsigned char>(text[cell.size()]) & 0xC0) == 0x80)
        cell.pop_back();
    std::replace_if(
        cell.begin(), cell.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; }, ' ');
    return cell;
}

// At most 31 letters, without those that a sheet's name may not have.
std::string safeSheetName(const std::string& name)
{
    std::string safe;
    for (const char c : name.substr(0, 31))
        safe += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos &&
                        static_cast<unsigned char>(c) >= 0x20 &&
                        static_cast<unsigned char>(c) < 0x80
                    ? c
                    : ' ';
    return safe.find_first_not_of(' ') == std::string::npos ? "Table" : safe;
}

// A file that is gone with this.
class TemporaryPath {
public:
    TemporaryPath()
    {
        std::error_code error;
        m_path = (std::filesystem::temp_directory_path(error) / "portolan-XXXXXX").string();
        const int file = error ? -1 : ::mkstemp(m_path.data());
        if (file < 0)
            m_path.clear();
        else
            ::close(file);
    }
    ~TemporaryPath()
    {
        if (!m_path.empty())
            ::unlink(m_path.c_str());
    }
    TemporaryPath(const TemporaryPath&) = delete;
    TemporaryPath& operator=(const TemporaryPath&) = delete;

    const std::string& path() const { return m_path; }
    std::string bytes() const
    {
        std::ifstream file(m_path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

private:
    std::string m_path;
};

Problem notWritten(const std::string& why)
{
    return {Severity::Error, "table.not-written", "The workbook cannot be made: " + why, {}};
}

void fill(lxw_worksheet* sheet, lxw_format* bold, const ChartTable& table)
{
    std::vector<double> widths(table.columns.size(), 8);
    const auto put = [&](std::size_t row, std::size_t column, const std::string& text,
                         lxw_format* format) {
        const std::string cell = cellText(text);
        widths[column] = std::clamp(static_cast<double>(cell.size()) + 2, widths[column],
                                    std::max(widths[column], widestColumn));
        worksheet_write_string(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                               cell.c_str(), format);
    };
    for (std::size_t column = 0; column < table.columns.size(); ++column)
        put(0, column, table.columns[column], bold);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        for (std::size_t column = 0; column < table.columns.size(); ++column)
            put(row + 1, column, table.rows[row].cells[column], nullptr);
    }
    for (std::size_t column = 0; column < widths.size(); ++column)
        worksheet_set_column(sheet, static_cast<lxw_col_t>(column), static_cast<lxw_col_t>(column),
                             widths[column], nullptr);
    worksheet_freeze_panes(sheet, 1, 0);
}

}  // namespace

std::string toMarkdown(const ChartTable& table)
{
    std::string text = markdownRow(table.columns) + "|";
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        text += " --- |";
    text += "\n";
    for (const ChartTable::Row& row : table.rows)
        text += markdownRow(row.cells);
    return text;
}

Result<std::string> toXlsx(const ChartTable& table, const std::string& sheetName)
{
    if (table.rows.size() > mostRows)
        return tl::unexpected(Problem{Severity::Error,
                                      "table.too-large",
                                      "A workbook holds 1,048,575 rows; write CSV instead.",
                                      {}});
    // The library writes files only.
    const TemporaryPath file;
    if (file.path().empty())
        return tl::unexpected(notWritten("there is no room for temporary files."));
    lxw_workbook* book = workbook_new(file.path().c_str());
    if (!book)
        return tl::unexpected(notWritten("there is no memory for it."));
    lxw_worksheet* sheet = workbook_add_worksheet(book, safeSheetName(sheetName).c_str());
    lxw_format* bold = workbook_add_format(book);
    if (!sheet || !bold) {
        lxw_workbook_free(book);
        return tl::unexpected(notWritten("there is no memory for it."));
    }
    format_set_bold(bold);
    fill(sheet, bold, table);
    if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR)
        return tl::unexpected(notWritten(lxw_strerror(error)));
    return file.bytes();
}

}  // namespace portolan
