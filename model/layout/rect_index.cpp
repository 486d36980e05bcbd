// SPDX-License-Identifier: Apache-2.0
#include "model/layout/rect_index.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace portolan {
namespace {

// The place of a cell on the Hilbert curve over 65,536 x 65,536 cells.
std::uint32_t hilbertPlace(std::uint32_t x, std::uint32_t y)
{
    std::uint32_t place = 0;
    for (std::uint32_t side = 1U << 15U; side > 0; side /= 2) {
        const std::uint32_t right = (x & side) != 0 ? 1 : 0;
        const std::uint32_t low = (y & side) != 0 ? 1 : 0;
        place += side * side * ((3 * right) ^ low);
        if (low == 0) {
            if (right == 1) {
                x = 65535 - x;
                y = 65535 - y;
            }
            std::swap(x, y);
        }
    }
    return place;
}

// Numbers from a file may be anything; what is far out or no number is found at the border.
double bounded(double value)
{
    constexpr double most = 1e9;
    return value > -most ? std::min(value, most) : -most;
}

std::uint32_t cellOf(double value, double low, double extent)
{
    return extent > 0 ? static_cast<std::uint32_t>(
                            std::clamp((value - low) / extent * 65535.0, 0.0, 65535.0))
                      : 0;
}

}  // namespace

// Never smaller than what it stands for, though its numbers are coarser.
RectIndex::Box RectIndex::Box::around(const Rect& rect)
{
    constexpr float infinity = std::numeric_limits<float>::infinity();
    const auto low = [](double value) {
        return std::nextafter(static_cast<float>(bounded(value)), -infinity);
    };
    const auto high = [](double value) {
        return std::nextafter(static_cast<float>(bounded(value)), infinity);
    };
    return {low(rect.x), low(rect.y), high(rect.right()), high(rect.bottom())};
}

RectIndex::RectIndex(const std::vector<Rect>& rects) : m_size(rects.size())
{
    if (rects.empty())
        return;
    Rect all{bounded(rects[0].center().x), bounded(rects[0].center().y), 0, 0};
    double right = all.x;
    double bottom = all.y;
    for (const Rect& rect : rects) {
        all.x = std::min(all.x, bounded(rect.center().x));
        all.y = std::min(all.y, bounded(rect.center().y));
        right = std::max(right, bounded(rect.center().x));
        bottom = std::max(bottom, bounded(rect.center().y));
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order(rects.size());
    for (std::size_t i = 0; i < rects.size(); ++i) {
        const Point center = rects[i].center();
        order[i] = {hilbertPlace(cellOf(bounded(center.x), all.x, right - all.x),
                                 cellOf(bounded(center.y), all.y, bottom - all.y)),
                    static_cast<std::uint32_t>(i)};
    }
    std::sort(order.begin(), order.end());

    m_numbers.reserve(rects.size());
    m_boxes.reserve(rects.size() + rects.size() / (fanOut - 1) + 8);
    m_levels.push_back(0);
    for (const auto& [place, number] : order) {
        m_numbers.push_back(number);
        m_boxes.push_back(Box::around(rects[number]));
    }
    std::size_t begin = 0;
    while (m_boxes.size() - begin > 1) {
        const std::size_t end = m_boxes.size();
        m_levels.push_back(end);
        for (std::size_t i = begin; i < end; i += fanOut) {
            Box box = m_boxes[i];
            for (std::size_t j = i + 1; j < std::min(i + fanOut, end); ++j) {
                box.left = std::min(box.left, m_boxes[j].left);
                box.top = std::min(box.top, m_boxes[j].top);
                box.right = std::max(box.right, m_boxes[j].right);
                box.bottom = std::max(box.bottom, m_boxes[j].bottom);
            }
            m_boxes.push_back(box);
        }
        begin = end;
    }
}

}  // namespace portolan
