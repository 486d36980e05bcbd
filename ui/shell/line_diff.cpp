// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/line_diff.h"

#include <algorithm>
#include <cstdint>

namespace portolan::ui {
namespace {

constexpr std::size_t mostCells =
    4'000'000;  // of the table below; beyond, a block counts as replaced

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

using Lines = std::vector<std::string_view>;

// Which lines of `before` and `after` belong to a longest common subsequence.
void keepCommon(const Lines& before, const Lines& after, std::size_t start, std::size_t endBefore,
                std::size_t endAfter, std::vector<bool>& keptBefore, std::vector<bool>& keptAfter)
{
    const std::size_t rows = endBefore - start;
    const std::size_t columns = endAfter - start;
    if (rows == 0 || columns == 0 || rows > mostCells / columns)
        return;
    std::vector<std::uint32_t> table((rows + 1) * (columns + 1));
    const auto cell = [&](std::size_t row, std::size_t column) -> std::uint32_t& {
        return table[row * (columns + 1) + column];
    };
    for (std::size_t row = rows; row-- > 0;)
        for (std::size_t column = columns; column-- > 0;)
            cell(row, column) = before[start + row] == after[start + column]
                                    ? cell(row + 1, column + 1) + 1
                                    : std::max(cell(row + 1, column), cell(row, column + 1));
    for (std::size_t row = 0, column = 0; row < rows && column < columns;) {
        if (before[start + row] == after[start + column]) {
            keptBefore[start + row++] = true;
            keptAfter[start + column++] = true;
        } else if (cell(row + 1, column) >= cell(row, column + 1)) {
            ++row;
        } else {
            ++column;
        }
    }
}

std::vector<DiffLine> wholeDiff(const Lines& before, const Lines& after)
{
    std::size_t start = 0;
    while (start < std::min(before.size(), after.size()) && before[start] == after[start])
        ++start;
    std::size_t endBefore = before.size();
    std::size_t endAfter = after.size();
    while (endBefore > start && endAfter > start && before[endBefore - 1] == after[endAfter - 1]) {
        --endBefore;
        --endAfter;
    }
    std::vector<bool> keptBefore(before.size(), false);
    std::vector<bool> keptAfter(after.size(), false);
    std::fill(keptBefore.begin(), keptBefore.begin() + std::ptrdiff_t(start), true);
    std::fill(keptAfter.begin(), keptAfter.begin() + std::ptrdiff_t(start), true);
    std::fill(keptBefore.begin() + std::ptrdiff_t(endBefore), keptBefore.end(), true);
    std::fill(keptAfter.begin() + std::ptrdiff_t(endAfter), keptAfter.end(), true);
    keepCommon(before, after, start, endBefore, endAfter, keptBefore, keptAfter);

    std::vector<DiffLine> result;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < before.size() || j < after.size()) {
        if (i < before.size() && !keptBefore[i]) {
            result.push_back({DiffLine::Kind::Removed, std::string(before[i]), int(i) + 1, 0});
            ++i;
        } else if (j < after.size() && !keptAfter[j]) {
            result.push_back({DiffLine::Kind::Added, std::string(after[j]), 0, int(j) + 1});
            ++j;
        } else {
            result.push_back(
                {DiffLine::Kind::Same, std::string(before[i]), int(i) + 1, int(j) + 1});
            ++i;
            ++j;
        }
    }
    return result;
}

}  // namespace

std::vector<DiffLine> lineDiff(std::string_view before, std::string_view after, int context)
{
    std::vector<DiffLine> whole = wholeDiff(linesOf(before), linesOf(after));
    std::vector<bool> isNear(whole.size(), false);
    for (std::size_t at = 0; at < whole.size(); ++at)
        if (whole[at].kind != DiffLine::Kind::Same)
            for (std::size_t near = at - std::min(at, std::size_t(context));
                 near < std::min(whole.size(), at + std::size_t(context) + 1); ++near)
                isNear[near] = true;

    std::vector<DiffLine> result;
    int left = 0;
    for (std::size_t at = 0; at <= whole.size(); ++at) {
        if (at < whole.size() && !isNear[at]) {
            ++left;
            continue;
        }
        if (left > 0)
            result.push_back({DiffLine::Kind::Left, std::to_string(left), 0, 0});
        left = 0;
        if (at < whole.size())
            result.push_back(std::move(whole[at]));
    }
    return result;
}

}  // namespace portolan::ui
