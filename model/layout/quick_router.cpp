// SPDX-License-Identifier: Apache-2.0
#include "model/layout/quick_router.h"

#include "model/layout/edge_ports.h"
#include "model/layout/rect_grid.h"

#include <array>
#include <numeric>
#include <optional>
#include <tuple>

namespace portolan {
namespace {

constexpr double bareGap = 10;  // between ends without plates
constexpr double plateGap = 9;
constexpr double sideMargin = 4;
constexpr double leastRoom = 12;        // between two ends that face each other
constexpr double trackGap = 7;          // between upright runs in one gutter
constexpr double trackBreak = 8;        // between runs that follow each other on one track
constexpr std::size_t mostTracks = 18;  // of one gutter; then they share
constexpr double clearance = 2;         // of a run from the cards that it passes
constexpr std::array<double, 8> detours = {0, 30, -30, 60, -60, 100, -100, 150};
constexpr double longestLookedAt = 6000;  // of a run: whether cards stand in its way

// One end of one edge, at a side of its node.
struct End {
    std::size_t side = 0;  // node * 4 + side
    std::uint32_t key = 0;
    std::uint32_t edge = 0;
    bool isFrom = true;
    double wish = 0;  // where along the side its edge goes
};

// Ends that share a plate, or one without.
struct Place {
    std::size_t first = 0;  // in the list of ends
    std::size_t end = 0;
    double wish = 0;
    double width = 0;  // of its plate
};

class QuickRouter {
public:
    QuickRouter(const LayoutRequest& request, LayoutResult& result)
        : m_request(request), m_result(result), m_ports(request.edges.size()),
          m_track(request.edges.size())
    {
    }

    void run()
    {
        m_result.plates.clear();
        m_result.edges.assign(m_request.edges.size(), {});
        chooseSides();
        placeEnds();
        chooseTracks();
        for (std::size_t node = 0; node < m_request.nodes.size(); ++node)
            m_cards.add(rect(node), node);
        for (std::size_t edge = 0; edge < m_ports.size(); ++edge)
            route(edge);
    }

private:
    Rect rect(std::size_t node) const { return nodeRect(m_request, m_result.positions, node); }
    Rect rect(int node) const { return rect(static_cast<std::size_t>(node)); }

    // The sides that face each other where there is room between them; else both edges' ends leave to the right.
    std::pair<Side, Side> sidesOf(const LayoutEdge& edge) const
    {
        if (edge.from == edge.to)
            return {Side::Right, Side::Top};
        const Rect a = rect(edge.from);
        const Rect b = rect(edge.to);
        const double across = edge.fromEnd.plateWidth + edge.toEnd.plateWidth + leastRoom;
        const double down = 2 * m_request.metrics.plateHeight + leastRoom;
        if (b.x - a.right() >= across)
            return {Side::Right, Side::Left};
        if (a.x - b.right() >= across)
            return {Side::Left, Side::Right};
        if (b.y - a.bottom() >= down)
            return {Side::Bottom, Side::Top};
        if (a.y - b.bottom() >= down)
            return {Side::Top, Side::Bottom};
        return {Side::Right, Side::Right};
    }

    void chooseSides()
    {
        m_ends.reserve(m_request.edges.size() * 2);
        for (std::size_t number = 0; number < m_request.edges.size(); ++number) {
            const LayoutEdge& edge = m_request.edges[number];
            EdgePorts& ports = m_ports[number];
            std::tie(ports.from.side, ports.to.side) = sidesOf(edge);
            const auto add = [&](int node, int other, Side side, const LayoutEnd& end,
                                 bool isFrom) {
                const Point toward = rect(other).center();
                m_ends.push_back(
                    {static_cast<std::size_t>(node) * 4 + static_cast<std::size_t>(side), end.plate,
                     static_cast<std::uint32_t>(number), isFrom,
                     isLevel(side) ? toward.y : toward.x});
            };
            add(edge.from, edge.to, ports.from.side, edge.fromEnd, true);
            add(edge.to, edge.from, ports.to.side, edge.toEnd, false);
        }
        std::sort(m_ends.begin(), m_ends.end(), [](const End& a, const End& b) {
            return std::tie(a.side, a.key, a.edge, b.isFrom) <
                   std::tie(b.side, b.key, b.edge, a.isFrom);
        });
    }

    void placeEnds()
    {
        for (std::size_t first = 0; first < m_ends.size();) {
            std::size_t end = first;
            while (end < m_ends.size() && m_ends[end].side == m_ends[first].side)
                ++end;
            placeOnSide(first, end);
            first = end;
        }
    }

    const LayoutEnd& endOf(const End& end) const
    {
        const LayoutEdge& edge = m_request.edges[end.edge];
        return end.isFrom ? edge.fromEnd : edge.toEnd;
    }

    void placeOnSide(std::size_t first, std::size_t end)
    {
        m_places.clear();
        for (std::size_t i = first; i < end; ++i) {
            const bool isShared =
                i > first && m_ends[i].key != 0 && m_ends[i].key == m_ends[i - 1].key;
            if (!isShared)
                m_places.push_back({i, i, 0, std::max(0.0, endOf(m_ends[i]).plateWidth)});
            m_places.back().end = i + 1;
            m_places.back().wish += m_ends[i].wish;
        }
        for (Place& place : m_places)
            place.wish /= static_cast<double>(place.end - place.first);
        std::stable_sort(m_places.begin(), m_places.end(),
                         [](const Place& a, const Place& b) { return a.wish < b.wish; });
        const auto side = static_cast<Side>(m_ends[first].side % 4);
        const std::size_t node = m_ends[first].side / 4;
        const Rect card = rect(node);
        double extents = 0;
        for (const Place& place : m_places)
            extents += extentOf(place, side);
        const double room = (isLevel(side) ? card.height : card.width) - 2 * sideMargin;
        const double gaps = static_cast<double>(m_places.size() - 1);
        const double gap = gaps > 0 ? std::clamp((room - extents) / gaps, 0.0, plateGap) : 0;
        // More than the side has room for: each has its share of it.
        const double scale = extents > room ? room / extents : 1;
        double at = (isLevel(side) ? card.center().y : card.center().x) -
                    (extents * scale + gap * gaps) / 2;
        for (const Place& place : m_places) {
            const double extent = extentOf(place, side) * scale;
            settle(place, node, side, at + extent / 2);
            at += extent + gap;
        }
    }

    double extentOf(const Place& place, Side side) const
    {
        if (place.width <= 0)
            return bareGap;
        return isLevel(side) ? m_request.metrics.plateHeight : place.width;
    }

    void settle(const Place& place, std::size_t node, Side side, double at)
    {
        const Rect card = rect(node);
        const Point out = outward(side);
        const double height = m_request.metrics.plateHeight;
        Point border = isLevel(side) ? Point{out.x < 0 ? card.x : card.right(), at}
                                     : Point{at, out.y < 0 ? card.y : card.bottom()};
        EdgePort port{border, side, -1, -1};
        if (place.width > 0) {
            const double depth = isLevel(side) ? place.width : height;
            port.at = {border.x + out.x * depth, border.y + out.y * depth};
            port.plate = static_cast<int>(m_result.plates.size());
            m_result.plates.push_back(
                {static_cast<int>(node), side,
                 isLevel(side)
                     ? Rect{std::min(border.x, port.at.x), at - height / 2, place.width, height}
                     : Rect{at - place.width / 2, std::min(border.y, port.at.y), place.width,
                            height}});
        }
        for (std::size_t i = place.first; i < place.end; ++i) {
            EdgePorts& ports = m_ports[m_ends[i].edge];
            (m_ends[i].isFrom ? ports.from : ports.to) = port;
        }
    }

    // Upright runs that begin in one gutter and beside each other stand on tracks of their own.
    void chooseTracks()
    {
        struct Run {
            std::int64_t gutter;
            double top;
            double bottom;
            std::uint32_t edge;
        };
        std::vector<Run> runs;
        for (std::size_t edge = 0; edge < m_ports.size(); ++edge) {
            const auto& [from, to] = m_ports[edge];
            if (isLevel(from.side) && std::abs(from.at.y - to.at.y) >= 0.5)
                runs.push_back({std::llround(from.at.x / 8), std::min(from.at.y, to.at.y),
                                std::max(from.at.y, to.at.y), static_cast<std::uint32_t>(edge)});
        }
        std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
            return std::tie(a.gutter, a.top, a.edge) < std::tie(b.gutter, b.top, b.edge);
        });
        std::vector<double> bottoms;
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (i == 0 || runs[i].gutter != runs[i - 1].gutter)
                bottoms.clear();
            auto track = std::find_if(bottoms.begin(), bottoms.end(), [&](double bottom) {
                return bottom + trackBreak < runs[i].top;
            });
            if (track == bottoms.end() && bottoms.size() < mostTracks)
                track = bottoms.insert(bottoms.end(), 0);
            else if (track == bottoms.end())
                track = std::min_element(bottoms.begin(), bottoms.end());
            *track = std::max(runs[i].bottom, *track);
            m_track[runs[i].edge] = static_cast<std::uint8_t>(track - bottoms.begin());
        }
    }

    void route(std::size_t edge)
    {
        const auto& [from, to] = m_ports[edge];
        if (isLevel(from.side) && isLevel(to.side) && from.side != to.side)
            routeAcross(edge);
        else if (from.side == Side::Right && to.side == Side::Right)
            routeRound(edge);
        else if (isLevel(from.side))
            routeLoop(edge);
        else
            routeDown(edge);
    }

    void keep(std::size_t edge, const std::vector<Point>& way)
    {
        m_way.clear();
        for (const Point point : way) {
            const std::size_t count = m_way.size();
            if (count > 0 && m_way.back() == point)
                continue;
            if (count > 1 && ((m_way[count - 2].x == m_way.back().x && m_way.back().x == point.x) ||
                              (m_way[count - 2].y == m_way.back().y && m_way.back().y == point.y)))
                m_way.pop_back();
            m_way.push_back(point);
        }
        RoutedEdge& routed = m_result.edges[edge];
        routed.points.assign(m_way.begin(), m_way.end());
        routed.fromPlate = m_ports[edge].from.plate;
        routed.toPlate = m_ports[edge].to.plate;
    }

    // By a card other than those at the edge's ends.
    bool isBlocked(std::size_t number, Point a, Point b) const
    {
        const LayoutEdge& edge = m_request.edges[number];
        const Rect run = around(a, b);
        return run.width + run.height <= longestLookedAt &&
               m_cards.any(run.grown(clearance), [&edge](const Rect&, std::size_t node) {
                   return static_cast<int>(node) != edge.from && static_cast<int>(node) != edge.to;
               });
    }

    // Level, upright, level; the upright run in the gutter beside one of the ends, or in both with a level run between.
    void routeAcross(std::size_t edge)
    {
        const Point a = m_ports[edge].from.at;
        const Point b = m_ports[edge].to.at;
        if (std::abs(a.y - b.y) < 0.02 && !isBlocked(edge, a, b)) {
            keep(edge, {a, {b.x, a.y}});
            return;
        }
        const double ahead = m_ports[edge].from.side == Side::Right ? 1 : -1;
        const double room = std::abs(b.x - a.x);
        const double stub = std::min(m_request.metrics.stub, room / 2);
        const double offset = std::min(stub + trackGap * m_track[edge], room - stub);
        const double first = a.x + ahead * offset;
        const double last = b.x - ahead * offset;
        for (const double x : {first, last}) {
            if (!isBlocked(edge, a, {x, a.y}) && !isBlocked(edge, {x, a.y}, {x, b.y}) &&
                !isBlocked(edge, {x, b.y}, b)) {
                keep(edge, {a, {x, a.y}, {x, b.y}, b});
                return;
            }
        }
        // Past what stands between, where the gutters at both ends leave room.
        if ((last - first) * ahead > 0) {
            const double middle = (a.y + b.y) / 2;
            for (const double detour : detours) {
                const double y = middle + detour;
                if (!isBlocked(edge, {first, a.y}, {first, y}) &&
                    !isBlocked(edge, {first, y}, {last, y}) &&
                    !isBlocked(edge, {last, y}, {last, b.y})) {
                    keep(edge, {a, {first, a.y}, {first, y}, {last, y}, {last, b.y}, b});
                    return;
                }
            }
        }
        keep(edge, {a, {first, a.y}, {first, b.y}, b});
    }

    void routeRound(std::size_t edge)
    {
        const Point a = m_ports[edge].from.at;
        const Point b = m_ports[edge].to.at;
        const double x = std::max(a.x, b.x) + m_request.metrics.stub + trackGap * m_track[edge];
        keep(edge, {a, {x, a.y}, {x, b.y}, b});
    }

    void routeLoop(std::size_t edge)
    {
        const Point a = m_ports[edge].from.at;
        const Point b = m_ports[edge].to.at;
        const double x = a.x + m_request.metrics.stub;
        const double y = b.y - m_request.metrics.stub;
        keep(edge, {a, {x, a.y}, {x, y}, {b.x, y}, b});
    }

    void routeDown(std::size_t edge)
    {
        const Point a = m_ports[edge].from.at;
        const Point b = m_ports[edge].to.at;
        const double y = (a.y + b.y) / 2;
        keep(edge, {a, {a.x, y}, {b.x, y}, b});
    }

    const LayoutRequest& m_request;
    LayoutResult& m_result;
    std::vector<EdgePorts> m_ports;
    std::vector<std::uint8_t> m_track;  // by edge, in its gutter
    std::vector<End> m_ends;
    std::vector<Place> m_places;  // on the side at hand
    std::vector<Point> m_way;
    RectGrid m_cards;
};

}  // namespace

void routeQuickly(const LayoutRequest& request, LayoutResult& result)
{
    QuickRouter(request, result).run();
}

}  // namespace portolan
