// SPDX-License-Identifier: Apache-2.0
// Rectangles found by place, in time that does not grow with their number. What it answers does not depend on the cells' size.
#pragma once

#include "model/layout/geometry.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace portolan {

class RectGrid {
public:
    void add(const Rect& rect, std::size_t id)
    {
        const Cells cells = cellsOf(rect);
        const auto item = static_cast<std::uint32_t>(m_items.size());
        m_items.push_back({rect, id});
        if (cells.count() > mostCells) {
            m_large.push_back(item);
            return;
        }
        cells.each([&](std::uint64_t key) {
            m_cells[key].push_back(item);
            return false;
        });
    }

    // Whether `test(rect, id)` holds for any rectangle that shares more than a border with `area`. A rectangle may be tested twice.
    template <class Test>
    bool any(const Rect& area, Test test) const
    {
        const auto holds = [&](std::uint32_t number) {
            const Item& item = m_items[number];
            return item.rect.intersects(area) && test(item.rect, item.id);
        };
        const Cells cells = cellsOf(area);
        if (cells.count() > static_cast<double>(m_items.size())) {
            for (std::uint32_t number = 0; number < m_items.size(); ++number) {
                if (holds(number))
                    return true;
            }
            return false;
        }
        return std::any_of(m_large.begin(), m_large.end(), holds) ||
               cells.each([&](std::uint64_t key) {
                   const auto it = m_cells.find(key);
                   return it != m_cells.end() &&
                          std::any_of(it->second.begin(), it->second.end(), holds);
               });
    }

    bool meets(const Rect& area) const
    {
        return any(area, [](const Rect&, std::size_t) { return true; });
    }

private:
    static constexpr double cellSize = 320;
    static constexpr double mostCells =
        256;  // of one rectangle; larger ones are looked at each time

    struct Item {
        Rect rect;
        std::size_t id;
    };

    struct Cells {
        double left, top, right, bottom;  // numbers of cells, inclusive

        double count() const { return (right - left + 1) * (bottom - top + 1); }
        template <class Visit>
        bool each(Visit visit) const
        {
            for (double y = top; y <= bottom; ++y) {
                for (double x = left; x <= right; ++x) {
                    const auto column = static_cast<std::uint32_t>(static_cast<std::int32_t>(x));
                    const auto row = static_cast<std::uint32_t>(static_cast<std::int32_t>(y));
                    if (visit(static_cast<std::uint64_t>(row) << 32 | column))
                        return true;
                }
            }
            return false;
        }
    };

    static Cells cellsOf(const Rect& rect)
    {
        const auto cell = [](double at) {
            return std::floor(std::clamp(at, -1e11, 1e11) / cellSize);
        };
        return {cell(rect.x), cell(rect.y), cell(rect.right()), cell(rect.bottom())};
    }

    std::vector<Item> m_items;
    std::vector<std::uint32_t> m_large;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_cells;
};

}  // namespace portolan
