// SPDX-License-Identifier: Apache-2.0
// Finds which of many rectangles touch an area, without looking at the others: a packed R-tree in Hilbert order, built once.
// Source: Kamel, Faloutsos, "On packing R-trees" (1993).
#pragma once

#include "model/layout/geometry.h"

#include <cstdint>
#include <vector>

namespace portolan {

class RectIndex {
public:
    RectIndex() = default;
    explicit RectIndex(const std::vector<Rect>& rects);

    std::size_t size() const { return m_size; }

    // Calls visit(number) for each rectangle that touches the area, borders included, in no order. Numbers are those of the list.
    template <class Visit>
    void visit(const Rect& area, Visit visit) const
    {
        if (m_size > 0)
            visitBelow(m_levels.size() - 1, 0, Box::around(area), visit);
    }

private:
    static constexpr std::size_t fanOut = 16;

    struct Box {
        float left = 0;
        float top = 0;
        float right = 0;
        float bottom = 0;

        static Box around(const Rect& rect);
        bool touches(const Box& other) const
        {
            return left <= other.right && other.left <= right && top <= other.bottom &&
                   other.top <= bottom;
        }
    };

    template <class Visit>
    void visitBelow(std::size_t level, std::size_t box, const Box& area, Visit& visit) const
    {
        if (!m_boxes[m_levels[level] + box].touches(area))
            return;
        if (level == 0) {
            visit(m_numbers[box]);
            return;
        }
        const std::size_t end =
            std::min((box + 1) * fanOut, m_levels[level] - m_levels[level - 1]);
        for (std::size_t below = box * fanOut; below < end; ++below)
            visitBelow(level - 1, below, area, visit);
    }

    std::size_t m_size = 0;
    std::vector<Box> m_boxes;            // level by level, the rectangles themselves first
    std::vector<std::size_t> m_levels;   // where each begins
    std::vector<std::uint32_t> m_numbers;  // of the rectangles, in their packed order
};

}  // namespace portolan
