// SPDX-License-Identifier: Apache-2.0
// Points and rectangles of a chart, in chart units: logical pixels at 100 % zoom, y downwards.
#pragma once

#include <algorithm>
#include <cmath>

namespace portolan {

struct Point {
    double x = 0;
    double y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

struct Rect {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    double right() const { return x + width; }
    double bottom() const { return y + height; }
    Point center() const { return {x + width / 2, y + height / 2}; }
    bool isEmpty() const { return width <= 0 || height <= 0; }
    Rect grown(double by) const { return {x - by, y - by, width + 2 * by, height + 2 * by}; }
    Rect grown(double left, double top, double rightBy, double bottomBy) const
    {
        return {x - left, y - top, width + left + rightBy, height + top + bottomBy};
    }
    bool contains(Point p) const
    {
        return p.x >= x && p.x <= right() && p.y >= y && p.y <= bottom();
    }
    // Whether they share more than a border.
    bool intersects(const Rect& other) const
    {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }
    Rect united(const Rect& other) const
    {
        if (isEmpty())
            return other;
        if (other.isEmpty())
            return *this;
        const double left = std::min(x, other.x);
        const double top = std::min(y, other.y);
        return {left, top, std::max(right(), other.right()) - left,
                std::max(bottom(), other.bottom()) - top};
    }
    friend bool operator==(const Rect&, const Rect&) = default;
};

// The rectangle around a straight, upright or level line.
inline Rect around(Point a, Point b)
{
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

}  // namespace portolan
