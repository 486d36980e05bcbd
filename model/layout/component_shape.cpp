// SPDX-License-Identifier: Apache-2.0
#include "model/layout/component_shape.h"

#include <limits>
#include <numeric>

namespace portolan {
namespace {

constexpr double gapX = 96;
constexpr double gapY = 48;
constexpr double rowGap = 96;
constexpr double muchTooHigh = 2.5;  // against a square of the same area
constexpr double muchTooLong = 3.2;
constexpr double leastHigh = 4000;  // that is broken
constexpr double leastLong = 6000;
constexpr double wishedHeight = 1.1;  // of a column that is broken, against the square
constexpr double wishedWidth = 1.6;   // of rows

// Boxes that share no upright line with those of other columns.
struct Column {
    std::vector<std::size_t> boxes;
    double left = 0;
    double right = 0;
};

double sideOf(const std::vector<Rect>& boxes)
{
    double area = 0;
    for (const Rect& box : boxes)
        area += (box.width + gapX) * (box.height + gapY);
    return std::sqrt(area);
}

std::vector<Column> columnsOf(const std::vector<Rect>& boxes)
{
    std::vector<std::size_t> order(boxes.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&boxes](std::size_t a, std::size_t b) { return boxes[a].x < boxes[b].x; });
    std::vector<Column> columns;
    for (const std::size_t box : order) {
        if (columns.empty() || boxes[box].x >= columns.back().right)
            columns.push_back({{}, boxes[box].x, boxes[box].right()});
        columns.back().boxes.push_back(box);
        columns.back().right = std::max(columns.back().right, boxes[box].right());
    }
    return columns;
}

std::pair<double, double> spanOf(const Column& column, const std::vector<Rect>& boxes)
{
    std::pair<double, double> span{std::numeric_limits<double>::max(),
                                   std::numeric_limits<double>::lowest()};
    for (const std::size_t box : column.boxes)
        span = {std::min(span.first, boxes[box].y), std::max(span.second, boxes[box].bottom())};
    return span;
}

// In columns of about `height` from the top, the order downward kept. Answers the new right border.
double breakColumn(const Column& column, std::vector<Rect>& boxes, double left, double height)
{
    std::vector<std::size_t> order = column.boxes;
    std::stable_sort(order.begin(), order.end(), [&boxes](std::size_t a, std::size_t b) {
        return boxes[a].center().y < boxes[b].center().y;
    });
    double y = 0;
    double right = left;
    for (const std::size_t box : order) {
        if (y > 0 && y + boxes[box].height > height) {
            left = right + gapX;
            y = 0;
        }
        boxes[box].x = left;
        boxes[box].y = y;
        y += boxes[box].height + gapY;
        right = std::max(right, boxes[box].right());
    }
    return right;
}

void breakHighColumns(std::vector<Rect>& boxes, double side)
{
    const std::vector<Column> columns = columnsOf(boxes);
    std::pair<double, double> all{std::numeric_limits<double>::max(),
                                  std::numeric_limits<double>::lowest()};
    for (const Column& column : columns) {
        const auto [top, bottom] = spanOf(column, boxes);
        all = {std::min(all.first, top), std::max(all.second, bottom)};
    }
    const double height = all.second - all.first;
    const double wished = wishedHeight * side;
    if (height <= std::max(leastHigh, muchTooHigh * side))
        return;
    double x = 0;
    for (std::size_t number = 0; number < columns.size(); ++number) {
        const Column& column = columns[number];
        const auto [top, bottom] = spanOf(column, boxes);
        double right = x + column.right - column.left;
        if (bottom - top > wished) {
            right = breakColumn(column, boxes, x, wished);
        } else {  // as high up in the picture as it was
            const double middle = ((top + bottom) / 2 - all.first) / height * wished;
            const double newTop = std::max(0.0, middle - (bottom - top) / 2);
            for (const std::size_t box : column.boxes) {
                boxes[box].x += x - column.left;
                boxes[box].y += newTop - top;
            }
        }
        if (number + 1 < columns.size())
            x = right + columns[number + 1].left - column.right;
    }
}

void breakLongRows(std::vector<Rect>& boxes, double side)
{
    const std::vector<Column> columns = columnsOf(boxes);
    const double width = columns.back().right - columns.front().left;
    if (width <= std::max(leastLong, muchTooLong * side))
        return;
    double most = wishedWidth * side;
    for (const Column& column : columns)
        most = std::max(most, column.right - column.left);
    double y = 0;
    for (std::size_t first = 0; first < columns.size();) {
        std::size_t end = first;
        std::pair<double, double> span = spanOf(columns[first], boxes);
        // At least one column, whatever the numbers are.
        for (; end == first ||
               (end < columns.size() && columns[end].right - columns[first].left <= most);
             ++end) {
            const auto [top, bottom] = spanOf(columns[end], boxes);
            span = {std::min(span.first, top), std::max(span.second, bottom)};
        }
        for (std::size_t number = first; number < end; ++number) {
            for (const std::size_t box : columns[number].boxes) {
                boxes[box].x -= columns[first].left;
                boxes[box].y += y - span.first;
            }
        }
        y += span.second - span.first + rowGap;
        first = end;
    }
}

}  // namespace

void reshape(std::vector<Rect>& boxes)
{
    if (boxes.size() < 2)
        return;
    const double side = sideOf(boxes);
    breakHighColumns(boxes, side);
    breakLongRows(boxes, side);
}

}  // namespace portolan
