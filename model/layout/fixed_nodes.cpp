// SPDX-License-Identifier: Apache-2.0
#include "model/layout/fixed_nodes.h"

#include "model/layout/composed_layout.h"
#include "model/layout/rect_grid.h"

#include <numeric>

namespace portolan {
namespace {

constexpr double grid = 8;
constexpr double gapX = 64;
constexpr double gapY = 40;
constexpr double tightGap = 12;  // where no more is to be had
constexpr int rings = 60;        // around a wish that are looked at
constexpr double step = 3 * grid;

Point snapped(Point p)
{
    return {std::round(p.x / grid) * grid, std::round(p.y / grid) * grid};
}

class Placer {
public:
    Placer(const LayoutRequest& request, std::vector<Point> wished)
        : m_request(request), m_positions(std::move(wished)), m_isPlaced(request.nodes.size()),
          m_groupRects(request.groups.size())
    {
    }

    std::vector<Point> run()
    {
        std::vector<Point> shifts = placeFixed();
        std::vector<std::size_t> free;
        for (std::size_t node = 0; node < m_isPlaced.size(); ++node) {
            if (!m_isPlaced[node])
                free.push_back(node);
        }
        std::vector<Point> wished = wishes(free, shifts);
        std::vector<std::size_t> order(free.size());
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return wished[a].x + wished[a].y < wished[b].x + wished[b].y;
        });
        for (const std::size_t index : order)
            place(free[index], nearestFree(free[index], snapped(wished[index])));
        return std::move(m_positions);
    }

private:
    // Answers how far each fixed node was moved from where the layout would have it.
    std::vector<Point> placeFixed()
    {
        std::vector<Point> shifts(m_positions.size());
        for (std::size_t node = 0; node < m_positions.size(); ++node) {
            if (const auto& fixed = m_request.nodes[node].fixed) {
                shifts[node] = {fixed->x - m_positions[node].x, fixed->y - m_positions[node].y};
                place(node, *fixed);
            }
        }
        return shifts;
    }

    // A free node wishes to stand to its fixed neighbours (or group, or all) as the layout had it.
    std::vector<Point> wishes(const std::vector<std::size_t>& free,
                              const std::vector<Point>& shifts) const
    {
        std::vector<Point> sum(m_positions.size());
        std::vector<double> weight(m_positions.size());
        std::vector<Point> groupSum(m_request.groups.size());
        std::vector<double> groupWeight(m_request.groups.size());
        Point allSum;
        double allWeight = 0;
        const auto add = [&](std::size_t node, std::size_t fixed) {
            if (m_isPlaced[fixed] && !m_isPlaced[node]) {
                sum[node].x += shifts[fixed].x;
                sum[node].y += shifts[fixed].y;
                weight[node] += 1;
            }
        };
        for (const LayoutEdge& edge : m_request.edges) {
            add(static_cast<std::size_t>(edge.from), static_cast<std::size_t>(edge.to));
            add(static_cast<std::size_t>(edge.to), static_cast<std::size_t>(edge.from));
        }
        for (std::size_t node = 0; node < m_positions.size(); ++node) {
            if (!m_isPlaced[node])
                continue;
            allSum = {allSum.x + shifts[node].x, allSum.y + shifts[node].y};
            allWeight += 1;
            if (const int group = m_request.nodes[node].group; group >= 0) {
                const auto g = static_cast<std::size_t>(group);
                groupSum[g] = {groupSum[g].x + shifts[node].x, groupSum[g].y + shifts[node].y};
                groupWeight[g] += 1;
            }
        }
        std::vector<Point> wished;
        for (const std::size_t node : free) {
            const int group = m_request.nodes[node].group;
            Point shift;
            if (group >= 0 && groupWeight[static_cast<std::size_t>(group)] > 0)
                shift = scaled(groupSum[static_cast<std::size_t>(group)],
                               groupWeight[static_cast<std::size_t>(group)]);
            else if (weight[node] > 0)
                shift = scaled(sum[node], weight[node]);
            else if (allWeight > 0)
                shift = scaled(allSum, allWeight);
            wished.push_back({m_positions[node].x + shift.x, m_positions[node].y + shift.y});
        }
        return wished;
    }

    static Point scaled(Point sum, double weight) { return {sum.x / weight, sum.y / weight}; }

    Rect rectAt(std::size_t node, Point at) const
    {
        return {at.x, at.y, m_request.nodes[node].width, m_request.nodes[node].height};
    }

    Rect regionOf(const Rect& content) const
    {
        const LayoutMetrics& m = m_request.metrics;
        return content.grown(m.regionPadding, m.regionHeader, m.regionPadding, m.regionPadding);
    }

    void place(std::size_t node, Point at)
    {
        m_positions[node] = at;
        m_isPlaced[node] = true;
        m_cards.add(rectAt(node, at), node);
        m_all = m_all.united(rectAt(node, at));
        if (const int group = m_request.nodes[node].group; group >= 0) {
            Rect& rect = m_groupRects[static_cast<std::size_t>(group)];
            rect = rect.united(rectAt(node, at));
        }
    }

    // What may stand in the way of a node anywhere near a place: others' regions, and cards that are not of its group.
    struct Surroundings {
        std::vector<Rect> strangers;
        std::vector<Rect> regions;
    };

    Surroundings around(std::size_t node, Point at) const
    {
        const int group = m_request.nodes[node].group;
        const Rect sought = rectAt(node, at).grown(rings * step);
        const Rect reach = group < 0 ? sought : regionOf(rectOf(group).united(sought));
        Surroundings found;
        std::vector<std::size_t> strangers;
        m_cards.any(reach.grown(8), [&](const Rect&, std::size_t other) {
            if (m_request.nodes[other].group != group)
                strangers.push_back(other);
            return false;
        });
        std::sort(strangers.begin(), strangers.end());
        strangers.erase(std::unique(strangers.begin(), strangers.end()), strangers.end());
        for (const std::size_t other : strangers)
            found.strangers.push_back(rectAt(other, m_positions[other]).grown(8));
        for (std::size_t other = 0; other < m_groupRects.size(); ++other) {
            const Rect region = regionOf(m_groupRects[other]).grown(8);
            if (static_cast<int>(other) != group && !m_groupRects[other].isEmpty() &&
                region.intersects(reach) && !areRelated(group, static_cast<int>(other)))
                found.regions.push_back(region);
        }
        return found;
    }

    Rect rectOf(int group) const { return m_groupRects[static_cast<std::size_t>(group)]; }

    bool isFree(std::size_t node, Point at, Point gap, const Surroundings& surroundings) const
    {
        const Rect card = rectAt(node, at);
        if (m_cards.meets(card.grown(gap.x, gap.y, gap.x, gap.y)))
            return false;
        const int group = m_request.nodes[node].group;
        const Rect region = group < 0 ? card : regionOf(rectOf(group).united(card));
        const auto meets = [&region](const Rect& other) { return other.intersects(region); };
        return std::none_of(surroundings.strangers.begin(), surroundings.strangers.end(), meets) &&
               std::none_of(surroundings.regions.begin(), surroundings.regions.end(), meets);
    }

    bool areRelated(int a, int b) const { return isInside(a, b) || isInside(b, a); }

    bool isInside(int group, int ancestor) const
    {
        for (int depth = 0; group >= 0 && depth < 8; ++depth) {
            if (group == ancestor)
                return true;
            group = m_request.groups[static_cast<std::size_t>(group)].parent;
        }
        return false;
    }

    // Where there is room to breathe, else where there is room at all; beyond the last ring there is room below everything.
    Point nearestFree(std::size_t node, Point wish) const
    {
        const Surroundings surroundings = around(node, wish);
        const int ringsAtEase = isComposed(m_request) ? rings / 4 : rings;
        if (const auto at = nearestFree(node, wish, {gapX, gapY}, ringsAtEase, surroundings))
            return *at;
        if (const auto at = nearestFree(node, wish, {tightGap, tightGap}, rings, surroundings))
            return *at;
        return snapped({wish.x, m_all.bottom() + 2 * gapY + m_request.metrics.regionHeader});
    }

    // Rings of growing size around the wish.
    std::optional<Point> nearestFree(std::size_t node, Point wish, Point gap, int most,
                                     const Surroundings& surroundings) const
    {
        if (isFree(node, wish, gap, surroundings))
            return wish;
        for (int ring = 1; ring <= most; ++ring) {
            std::optional<Point> best;
            double bestDistance = 0;
            for (int side = -ring; side <= ring; ++side) {
                for (const Point offset :
                     {Point{side * step, -ring * step}, Point{side * step, ring * step},
                      Point{-ring * step, side * step}, Point{ring * step, side * step}}) {
                    const double distance = std::abs(offset.x) + std::abs(offset.y) * 1.01;
                    const Point at = {wish.x + offset.x, wish.y + offset.y};
                    if ((!best || distance < bestDistance) && isFree(node, at, gap, surroundings)) {
                        best = at;
                        bestDistance = distance;
                    }
                }
            }
            if (best)
                return best;
        }
        return std::nullopt;
    }

    const LayoutRequest& m_request;
    std::vector<Point> m_positions;
    std::vector<bool> m_isPlaced;
    RectGrid m_cards;  // placed so far
    Rect m_all;
    std::vector<Rect> m_groupRects;  // of the cards placed so far, without padding
};

}  // namespace

std::vector<Point> placeAroundFixed(const LayoutRequest& request, std::vector<Point> wished)
{
    const bool hasFixed =
        std::any_of(request.nodes.begin(), request.nodes.end(),
                    [](const LayoutNode& node) { return node.fixed.has_value(); });
    if (hasFixed)
        return Placer(request, std::move(wished)).run();
    for (Point& position : wished)
        position = snapped(position);
    return wished;
}

}  // namespace portolan
