// SPDX-License-Identifier: Apache-2.0
#include "model/layout/orthogonal_router.h"

#include "model/layout/edge_ports.h"

#include <array>
#include <cstdint>
#include <limits>
#include <numeric>
#include <queue>

namespace portolan {
namespace {

constexpr double trackGap = 12;    // wished distance between tracks
constexpr double maxTracks = 420;  // in each direction, before the distance grows
constexpr double cardClearance = 7;
constexpr double plateClearance = 4;
constexpr float bendCost = 30;
constexpr float crossingCost = 22;
constexpr float blockedCost = 3000;  // a way through a node: only when there is no other
constexpr float companyCost = 40;    // per unit on a foreign edge's track
constexpr float nearCost = 8;        // per unit close beside one
constexpr float headerCost = 2.5F;   // per unit along a region's header
constexpr float borderCost = 1.8F;   // per unit along a region's border
constexpr float insideCost = 1.25F;  // per unit inside a region
constexpr float sharedCost = 0.93F;  // per unit on the own tree
constexpr double companyDistance = 8;
constexpr std::size_t mostExpansions =
    2'000'000;  // of the search, for all edges: then plain lines must do
constexpr std::size_t mostCrossingsSought = 4000;  // edges: beyond, crossings are not cut
constexpr float infinite = 1e30F;
constexpr std::size_t mostExpansionsHasty = 3000;  // for one edge of a large map
constexpr std::ptrdiff_t tracksTried = 24;         // at each end of an edge, for its run across
constexpr std::ptrdiff_t columnsTried = 6;
constexpr std::size_t patternsRefined = 3;
constexpr std::size_t mostThorough = 120;       // edges: beyond, a good way must do
constexpr std::size_t mostSecondThoughts = 40;  // edges: beyond, one round must do

// The tracks: all heights and all widths at which a line may run, and for each piece between two of them what stands in the way.
struct Tracks {
    std::vector<double> xs;
    std::vector<double> ys;
    std::array<std::vector<std::uint8_t>, 2>
        isBlocked;  // level pieces (i,j)-(i+1,j); upright pieces (i,j)-(i,j+1)
    std::array<std::vector<float>, 2> factor;
    // Who runs there: 1 + number of the source's slot; 0: nobody; negative: nobody, but that tree runs close by.
    std::array<std::vector<int>, 2> tree;

    std::size_t at(std::size_t i, std::size_t j) const { return j * xs.size() + i; }
    std::size_t size() const { return xs.size() * ys.size(); }
};

std::size_t indexOf(const std::vector<double>& lines, double value)
{
    const auto it = std::lower_bound(lines.begin(), lines.end(), value - 0.01);
    return std::min(static_cast<std::size_t>(it - lines.begin()), lines.size() - 1);
}

// Sorts, removes repeats, and fills the gaps with tracks.
void fill(std::vector<double>& lines)
{
    std::sort(lines.begin(), lines.end());
    lines.erase(
        std::unique(lines.begin(), lines.end(), [](double a, double b) { return b - a < 0.02; }),
        lines.end());
    const double extent = lines.back() - lines.front();
    const double wished = std::max(trackGap, extent / maxTracks);
    std::vector<double> filled;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        filled.push_back(lines[i]);
        const int pieces = static_cast<int>((lines[i + 1] - lines[i]) / wished + 0.35);
        for (int piece = 1; piece < pieces; ++piece)
            filled.push_back(lines[i] + (lines[i + 1] - lines[i]) * piece / pieces);
    }
    filled.push_back(lines.back());
    lines = std::move(filled);
}

class Router {
public:
    Router(const LayoutRequest& request, LayoutResult& result)
        : m_request(request), m_result(result), m_ports(choosePorts(request, result)),
          m_starts(request.edges.size()), m_goals(request.edges.size())
    {
    }

    void run()
    {
        m_result.edges.assign(m_request.edges.size(), {});
        if (m_request.edges.empty())
            return;
        for (std::size_t edge = 0; edge < m_ports.size(); ++edge)
            setStubs(edge);
        makeTracks();
        block();
        m_pieces.resize(m_request.edges.size());
        m_isHasty = m_request.isQuick || m_request.edges.size() > mostThorough;
        m_haste = m_isHasty ? 2 : 1;
        if (m_isHasty)
            countBlocked();
        for (const std::size_t edge : order())
            route(edge);
        if (!m_isHasty && m_request.edges.size() <= mostSecondThoughts) {
            for (const std::size_t edge : order())
                routeAgain(edge);
        }
        if (m_request.edges.size() <= mostCrossingsSought)
            findGaps();
    }

private:
    // The straight run before the first bend is shorter where two ends stand close together.
    void setStubs(std::size_t edge)
    {
        const EdgePort& from = m_ports[edge].from;
        const EdgePort& to = m_ports[edge].to;
        double stub = m_request.metrics.stub;
        const Point out = outward(from.side);
        const Point in = outward(to.side);
        const double ahead = (to.at.x - from.at.x) * out.x + (to.at.y - from.at.y) * out.y;
        if (out.x == -in.x && out.y == -in.y && ahead > 0)
            stub = std::min(stub, std::round(ahead) / 2);
        m_starts[edge] = {from.at.x + out.x * stub, from.at.y + out.y * stub};
        m_goals[edge] = {to.at.x + in.x * stub, to.at.y + in.y * stub};
    }

    void makeTracks()
    {
        Rect all;
        for (std::size_t node = 0; node < m_request.nodes.size(); ++node) {
            const Rect rect = nodeRect(m_request, m_result.positions, node);
            all = all.united(rect);
            for (const double clearance : {cardClearance, cardClearance + 12}) {
                m_tracks.xs.insert(m_tracks.xs.end(),
                                   {rect.x - clearance, rect.right() + clearance});
                m_tracks.ys.insert(m_tracks.ys.end(),
                                   {rect.y - clearance, rect.bottom() + clearance});
            }
        }
        for (const Rect& rect : m_result.groupRects)
            all = all.united(rect);
        for (const LayoutPlate& plate : m_result.plates)
            all = all.united(plate.rect);
        all = all.grown(28);
        if (m_request.nodes.size() > 80) {  // the tracks along each node would be too many
            m_tracks.xs.clear();
            m_tracks.ys.clear();
        }
        m_tracks.xs.insert(m_tracks.xs.end(), {all.x, all.x + 12, all.right() - 12, all.right()});
        m_tracks.ys.insert(m_tracks.ys.end(), {all.y, all.y + 12, all.bottom() - 12, all.bottom()});
        // Tracks along nodes give way to those through plates, which cannot move.
        std::vector<double> xs;
        std::vector<double> ys;
        for (std::size_t edge = 0; edge < m_ports.size(); ++edge) {
            for (const Point p : {m_starts[edge], m_goals[edge]}) {
                xs.push_back(p.x);
                ys.push_back(p.y);
            }
        }
        merge(m_tracks.xs, xs);
        merge(m_tracks.ys, ys);
        fill(m_tracks.xs);
        fill(m_tracks.ys);
    }

    static void merge(std::vector<double>& wished, std::vector<double>& needed)
    {
        std::sort(needed.begin(), needed.end());
        std::sort(wished.begin(), wished.end());
        std::vector<double> all = needed;
        double last = -std::numeric_limits<double>::max();
        for (const double value : wished) {
            const auto it = std::lower_bound(needed.begin(), needed.end(), value - 6);
            const bool isNear = (it != needed.end() && *it < value + 6) || value - last < 6;
            if (isNear)
                continue;
            all.push_back(value);
            last = value;
        }
        wished = std::move(all);
    }

    void block()
    {
        for (int direction : {0, 1}) {
            m_tracks.isBlocked[static_cast<std::size_t>(direction)].assign(m_tracks.size(), 0);
            m_tracks.factor[static_cast<std::size_t>(direction)].assign(m_tracks.size(), 1);
            m_tracks.tree[static_cast<std::size_t>(direction)].assign(m_tracks.size(), 0);
        }
        for (std::size_t node = 0; node < m_request.nodes.size(); ++node)
            forbid(nodeRect(m_request, m_result.positions, node).grown(cardClearance - 0.1));
        for (const LayoutPlate& plate : m_result.plates) {
            const double c = plateClearance;
            forbid(plate.rect.grown(
                plate.side == Side::Left ? -0.1 : c, plate.side == Side::Top ? -0.1 : c,
                plate.side == Side::Right ? -0.1 : c, plate.side == Side::Bottom ? -0.1 : c));
        }
        for (const Rect& group : m_result.groupRects) {
            if (!group.isEmpty())
                discourage(group);
        }
        reserveStubs();
    }

    void reserveStubs()
    {
        for (std::size_t edge = 0; edge < m_ports.size(); ++edge) {
            const int tree = 1 + m_ports[edge].from.slot;
            reserve(m_ports[edge].from.at, m_starts[edge], tree);
            reserve(m_ports[edge].to.at, m_goals[edge], tree);
        }
    }

    // Now that it is known where all the others run.
    void routeAgain(std::size_t edge)
    {
        for (std::vector<int>& trees : m_tracks.tree)
            std::fill(trees.begin(), trees.end(), 0);
        reserveStubs();
        for (std::size_t other = 0; other < m_pieces.size(); ++other) {
            for (const auto& [piece, direction] : m_pieces[other]) {
                if (other != edge)
                    mark(piece, direction, 1 + m_ports[other].from.slot);
            }
        }
        route(edge);
    }

    template <class Visit>
    void visit(const Rect& rect, Visit visit)
    {
        const auto& xs = m_tracks.xs;
        const auto& ys = m_tracks.ys;
        const auto first = [](const std::vector<double>& lines, double value) {
            return static_cast<std::size_t>(std::upper_bound(lines.begin(), lines.end(), value) -
                                            lines.begin());
        };
        const std::size_t i0 = first(xs, rect.x);
        const std::size_t j0 = first(ys, rect.y);
        for (std::size_t j = j0; j < ys.size() && ys[j] < rect.bottom(); ++j) {
            for (std::size_t i = i0 == 0 ? 0 : i0 - 1; i < xs.size() && xs[i] < rect.right(); ++i)
                visit(0, m_tracks.at(i, j));
        }
        for (std::size_t i = i0; i < xs.size() && xs[i] < rect.right(); ++i) {
            for (std::size_t j = j0 == 0 ? 0 : j0 - 1; j < ys.size() && ys[j] < rect.bottom(); ++j)
                visit(1, m_tracks.at(i, j));
        }
    }

    void forbid(const Rect& rect)
    {
        visit(rect, [this](std::size_t direction, std::size_t piece) {
            m_tracks.isBlocked[direction][piece] = 1;
        });
    }

    // Lines run in the gutters between regions rather than inside them, along their borders or over what their headers say.
    void discourage(const Rect& group)
    {
        raise(group, 0, insideCost);
        raise(group, 1, insideCost);
        constexpr double near = 5;
        raise({group.x, group.y - near, group.width, m_request.metrics.regionHeader + near}, 0,
              headerCost);
        raise({group.x, group.bottom() - near, group.width, 2 * near}, 0, borderCost);
        raise({group.x - near, group.y, 2 * near, group.height}, 1, borderCost);
        raise({group.right() - near, group.y, 2 * near, group.height}, 1, borderCost);
    }

    void raise(const Rect& rect, std::size_t along, float factor)
    {
        visit(rect, [&](std::size_t direction, std::size_t piece) {
            float& known = m_tracks.factor[direction][piece];
            if (direction == along)
                known = std::max(known, factor);
        });
    }

    // The straight run at an edge's end is its own.
    void reserve(Point port, Point stub, int tree)
    {
        const bool level = std::abs(port.y - stub.y) < 0.01;
        std::size_t i = indexOf(m_tracks.xs, stub.x);
        std::size_t j = indexOf(m_tracks.ys, stub.y);
        const std::vector<double>& lines = level ? m_tracks.xs : m_tracks.ys;
        std::size_t& line = level ? i : j;
        const double from = level ? port.x : port.y;
        const double to = level ? stub.x : stub.y;
        if (from < to) {
            for (; line > 0 && lines[line] > from; --line)
                m_tracks.tree[level ? 0 : 1][m_tracks.at(i, j) - (level ? 1 : m_tracks.xs.size())] =
                    tree;
        } else {
            for (; line + 1 < lines.size() && lines[line] < from; ++line)
                m_tracks.tree[level ? 0 : 1][m_tracks.at(i, j)] = tree;
        }
    }

    // Straight ones first, then short ones: who can go straight shall.
    std::vector<std::size_t> order() const
    {
        std::vector<double> length;
        for (std::size_t edge = 0; edge < m_ports.size(); ++edge) {
            const Point a = m_starts[edge];
            const Point b = m_goals[edge];
            const bool isStraight = std::abs(a.x - b.x) < 0.5 || std::abs(a.y - b.y) < 0.5;
            length.push_back(std::abs(a.x - b.x) + std::abs(a.y - b.y) - (isStraight ? 1e6 : 0));
        }
        std::vector<std::size_t> order(m_ports.size());
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return length[a] < length[b]; });
        return order;
    }

    // Directions: 0 right, 1 left, 2 down, 3 up.
    static std::uint32_t directionOf(Side side)
    {
        switch (side) {
        case Side::Right:
            return 0;
        case Side::Left:
            return 1;
        case Side::Bottom:
            return 2;
        case Side::Top:
            break;
        }
        return 3;
    }

    struct Entry {
        float estimate;
        std::uint32_t state;
        bool operator<(const Entry& other) const { return estimate > other.estimate; }
    };

    float pieceCost(std::size_t direction, std::size_t piece, double length, int tree) const
    {
        const float units = static_cast<float>(length);
        if (m_tracks.isBlocked[direction][piece] != 0)
            return blockedCost + units;
        const int runner = m_tracks.tree[direction][piece];
        if (runner == tree)
            return units * sharedCost;
        float cost = units * m_tracks.factor[direction][piece];
        if (runner > 0)
            cost += companyCost * units;
        else if (runner != 0 && runner != -tree)
            cost += nearCost * units;
        return cost;
    }

    // Whether a foreign edge runs across this corner of the tracks.
    bool crosses(std::size_t i, std::size_t j, std::size_t direction, int tree) const
    {
        const std::size_t across = 1 - direction;
        const std::size_t here = m_tracks.at(i, j);
        const std::size_t before =
            across == 0 ? (i > 0 ? here - 1 : here) : (j > 0 ? here - m_tracks.xs.size() : here);
        const int a = m_tracks.tree[across][here];
        const int b = m_tracks.tree[across][before];
        return (a > 0 && a != tree) || (b > 0 && b != tree);
    }

    // Blocked pieces before each point of each track, so that a run is known to be free in one step.
    void countBlocked()
    {
        const std::size_t width = m_tracks.xs.size();
        const std::size_t height = m_tracks.ys.size();
        for (std::size_t direction : {0U, 1U}) {
            m_blockedBefore[direction].assign(m_tracks.size(), 0);
            for (std::size_t j = 0; j < height; ++j) {
                for (std::size_t i = 0; i < width; ++i) {
                    const bool isStart = direction == 0 ? i == 0 : j == 0;
                    const std::size_t here = m_tracks.at(i, j);
                    const std::size_t before = direction == 0 ? here - 1 : here - width;
                    if (!isStart)
                        m_blockedBefore[direction][here] = m_blockedBefore[direction][before] +
                                                           m_tracks.isBlocked[direction][before];
                }
            }
        }
    }

    // What a straight run along a track costs; `infinite` when something stands there or it meets too much company.
    float runCost(std::size_t direction, std::size_t line, std::size_t from, std::size_t to,
                  int tree) const
    {
        if (from > to)
            std::swap(from, to);
        const auto at = [&](std::size_t place) {
            return direction == 0 ? m_tracks.at(place, line) : m_tracks.at(line, place);
        };
        if (m_blockedBefore[direction][at(to)] != m_blockedBefore[direction][at(from)])
            return infinite;
        const std::vector<double>& places = direction == 0 ? m_tracks.xs : m_tracks.ys;
        float cost = 0;
        const std::size_t step = direction == 0 ? 1 : m_tracks.xs.size();
        std::size_t piece = at(from);
        for (std::size_t place = from; place < to; ++place, piece += step) {
            const auto units = static_cast<float>(places[place + 1] - places[place]);
            const int runner = m_tracks.tree[direction][piece];
            cost += units;
            if (runner > 0 && runner != tree)
                cost += units * companyCost;
            else if (runner < 0 && runner != -tree)
                cost += units * 2;
            const int across = m_tracks.tree[1 - direction][piece];
            if (across > 0 && across != tree)
                cost += crossingCost;
        }
        return cost;
    }

    struct Pattern {
        std::size_t x1 = 0;  // the track down or up from the start
        std::size_t y = 0;   // the track across
        std::size_t x2 = 0;  // the track to the goal
        float cost = infinite;
    };

    // Whether tracks may be left or met there by an edge that points outward: not behind its own end.
    static bool isAhead(double at, double end, double outwardSign)
    {
        return outwardSign == 0 || (at - end) * outwardSign >= -0.01;
    }

    // Level, upright, level, upright, level: nearly all edges of a layered map find their way like this.
    bool routeByPattern(std::size_t edge)
    {
        const EdgePorts& ports = m_ports[edge];
        const Point s = m_starts[edge];
        const Point g = m_goals[edge];
        const int tree = 1 + ports.from.slot;
        const std::vector<std::size_t> across = tracksAcross(ports, s, g);
        const std::size_t si = indexOf(m_tracks.xs, s.x);
        const std::size_t sj = indexOf(m_tracks.ys, s.y);
        const std::size_t gi = indexOf(m_tracks.xs, g.x);
        const std::size_t gj = indexOf(m_tracks.ys, g.y);
        std::vector<Pattern> found;
        for (const std::size_t j : across) {
            const float length =
                static_cast<float>(std::abs(m_tracks.ys[j] - s.y) + std::abs(m_tracks.ys[j] - g.y));
            const float run = runCost(0, j, si, gi, tree);
            const float corners = (j == sj ? 0 : 2 * bendCost) + (j == gj ? 0 : 2 * bendCost);
            if (run < infinite)
                found.push_back({si, j, gi, run + length + corners});
        }
        std::sort(found.begin(), found.end(),
                  [](const Pattern& a, const Pattern& b) { return a.cost < b.cost; });
        Pattern best;
        for (std::size_t i = 0;
             i < found.size() && i < patternsRefined && found[i].cost < best.cost; ++i)
            refine(found[i], best, edge, tree);
        if (best.cost >= infinite)
            return false;
        keepPattern(edge, best, {si, sj}, {gi, gj}, tree);
        return true;
    }

    // Heights at which the run across may be, the nearest to either end first.
    std::vector<std::size_t> tracksAcross(const EdgePorts& ports, Point s, Point g) const
    {
        const std::size_t sj = indexOf(m_tracks.ys, s.y);
        const std::size_t gj = indexOf(m_tracks.ys, g.y);
        std::vector<std::size_t> tracks;
        const auto add = [&](std::size_t from, std::ptrdiff_t by) {
            const auto j = static_cast<std::ptrdiff_t>(from) + by;
            if (j < 0 || j >= static_cast<std::ptrdiff_t>(m_tracks.ys.size()))
                return;
            const double y = m_tracks.ys[static_cast<std::size_t>(j)];
            if (isAhead(y, s.y, outward(ports.from.side).y) &&
                isAhead(y, g.y, outward(ports.to.side).y))
                tracks.push_back(static_cast<std::size_t>(j));
        };
        for (std::ptrdiff_t away = 0; away <= tracksTried; ++away) {
            for (const std::size_t from : {sj, gj}) {
                add(from, away);
                if (away > 0)
                    add(from, -away);
            }
        }
        return tracks;
    }

    // Chooses the tracks on which the upright runs at both ends cost least.
    void refine(const Pattern& rough, Pattern& best, std::size_t edge, int tree) const
    {
        const EdgePorts& ports = m_ports[edge];
        const std::size_t sj = indexOf(m_tracks.ys, m_starts[edge].y);
        const std::size_t gj = indexOf(m_tracks.ys, m_goals[edge].y);
        const auto upright = [&](std::size_t at, std::size_t end, const EdgePort& port) {
            Pattern chosen;
            const double sign = outward(port.side).x;
            const auto tries = sign == 0 || end == rough.y ? 1 : columnsTried;
            for (std::ptrdiff_t away = 0; away < tries; ++away) {
                const auto i = static_cast<std::ptrdiff_t>(at) + (sign < 0 ? -away : away);
                if (i < 0 || i >= static_cast<std::ptrdiff_t>(m_tracks.xs.size()))
                    break;
                const auto column = static_cast<std::size_t>(i);
                const float stub = runCost(0, end, at, column, tree);
                const float run =
                    stub < infinite ? runCost(1, column, end, rough.y, tree) : infinite;
                const float cost = stub + run + static_cast<float>(away);
                if (run < infinite && cost < chosen.cost)
                    chosen = {column, 0, 0, cost};
            }
            return chosen;
        };
        const Pattern start = upright(rough.x1, sj, ports.from);
        const Pattern goal = start.cost < infinite ? upright(rough.x2, gj, ports.to) : start;
        if (start.cost >= infinite || goal.cost >= infinite)
            return;
        // A run that would go back over itself is no pattern.
        const double ahead = outward(ports.from.side).x;
        const bool turnsBack = rough.y == sj && ahead != 0 &&
                               (m_tracks.xs[goal.x1] - m_starts[edge].x) * ahead < -0.01;
        const double back = outward(ports.to.side).x;
        const bool comesFromBehind =
            rough.y == gj && back != 0 && (m_tracks.xs[start.x1] - m_goals[edge].x) * back < -0.01;
        const float run = runCost(0, rough.y, start.x1, goal.x1, tree);
        if (run >= infinite || turnsBack || comesFromBehind)
            return;
        const float corners =
            (rough.y == sj ? 0 : 2 * bendCost) + (rough.y == gj ? 0 : 2 * bendCost);
        const float cost = start.cost + goal.cost + run + corners;
        if (cost < best.cost)
            best = {start.x1, rough.y, goal.x1, cost};
    }

    struct Corner {
        std::size_t i;
        std::size_t j;
    };

    void keepPattern(std::size_t edge, const Pattern& pattern, Corner start, Corner goal, int tree)
    {
        const std::array<Corner, 6> corners = {start,
                                               {pattern.x1, start.j},
                                               {pattern.x1, pattern.y},
                                               {pattern.x2, pattern.y},
                                               {pattern.x2, goal.j},
                                               goal};
        std::vector<Point> points{m_ports[edge].from.at};
        m_pieces[edge].clear();
        for (std::size_t corner = 0; corner < corners.size(); ++corner) {
            points.push_back({m_tracks.xs[corners[corner].i], m_tracks.ys[corners[corner].j]});
            if (corner > 0)
                markRun(edge, corners[corner - 1], corners[corner], tree);
        }
        points.push_back(m_ports[edge].to.at);
        finish(edge, points);
    }

    void markRun(std::size_t edge, Corner a, Corner b, int tree)
    {
        const std::size_t direction = a.j == b.j ? 0 : 1;
        for (std::size_t i = std::min(a.i, b.i); direction == 0 && i < std::max(a.i, b.i); ++i)
            take(edge, m_tracks.at(i, a.j), direction, tree);
        for (std::size_t j = std::min(a.j, b.j); direction == 1 && j < std::max(a.j, b.j); ++j)
            take(edge, m_tracks.at(a.i, j), direction, tree);
    }

    void take(std::size_t edge, std::size_t piece, std::size_t direction, int tree)
    {
        mark(piece, direction, tree);
        m_pieces[edge].emplace_back(piece, direction);
    }

    // From end to end with one run across in the middle, whatever stands there.
    void routePlainly(std::size_t edge)
    {
        const EdgePorts& ports = m_ports[edge];
        const Point a = m_starts[edge];
        const Point b = m_goals[edge];
        const double x = (a.x + b.x) / 2;
        const double y = (a.y + b.y) / 2;
        std::vector<Point> points{ports.from.at, a};
        if (isLevel(ports.from.side))
            points.insert(points.end(), {{x, a.y}, {x, b.y}});
        else
            points.insert(points.end(), {{a.x, y}, {b.x, y}});
        points.insert(points.end(), {b, ports.to.at});
        finish(edge, points);
    }

    void route(std::size_t edge)
    {
        if (m_isHasty && routeByPattern(edge))
            return;
        if (m_expansions >= mostExpansions) {
            routePlainly(edge);
            return;
        }
        if (m_stamp.empty()) {
            const std::size_t states = m_tracks.size() * 4;
            m_cost.resize(states);
            m_before.resize(states);
            m_stamp.resize(states);
        }
        const auto& xs = m_tracks.xs;
        const auto& ys = m_tracks.ys;
        const std::size_t width = xs.size();
        const std::size_t startI = indexOf(xs, m_starts[edge].x);
        const std::size_t startJ = indexOf(ys, m_starts[edge].y);
        const std::size_t goalI = indexOf(xs, m_goals[edge].x);
        const std::size_t goalJ = indexOf(ys, m_goals[edge].y);
        const int tree = 1 + m_ports[edge].from.slot;
        const std::uint32_t goalDirection = directionOf(m_ports[edge].to.side) ^ 1U;
        const std::size_t goal = m_tracks.at(goalI, goalJ);
        const auto rest = [&](std::size_t i, std::size_t j, std::uint32_t direction) {
            const double dx = std::abs(xs[i] - xs[goalI]);
            const double dy = std::abs(ys[j] - ys[goalJ]);
            const bool level = direction < 2;
            const bool turns =
                (level && dy > 0.5) || (!level && dx > 0.5) || direction != goalDirection;
            return (static_cast<float>(dx + dy) + (turns ? bendCost : 0)) * m_haste;
        };
        ++m_run;
        std::priority_queue<Entry> open;
        const auto start = static_cast<std::uint32_t>(m_tracks.at(startI, startJ) * 4) +
                           directionOf(m_ports[edge].from.side);
        m_cost[start] = 0;
        m_stamp[start] = m_run;
        m_before[start] = start;
        open.push({rest(startI, startJ, start % 4), start});
        std::uint32_t end = start;
        std::size_t expansions = 0;
        while (!open.empty()) {
            const Entry entry = open.top();
            open.pop();
            ++m_expansions;
            if (m_isHasty && ++expansions > mostExpansionsHasty)
                break;
            const std::size_t point = entry.state / 4;
            const std::uint32_t direction = entry.state % 4;
            const std::size_t i = point % width;
            const std::size_t j = point / width;
            if (entry.estimate > m_cost[entry.state] + rest(i, j, direction) + 0.01F)
                continue;  // reached more cheaply in the meantime
            if (point == goal && direction == goalDirection) {
                end = entry.state;
                break;
            }
            for (std::uint32_t next = 0; next < 4; ++next) {
                if (next == (direction ^ 1U))
                    continue;
                if ((next == 0 && i + 1 == width) || (next == 1 && i == 0) ||
                    (next == 2 && j + 1 == ys.size()) || (next == 3 && j == 0))
                    continue;
                const std::size_t ni = next == 0 ? i + 1 : next == 1 ? i - 1 : i;
                const std::size_t nj = next == 2 ? j + 1 : next == 3 ? j - 1 : j;
                const std::size_t kind = next < 2 ? 0 : 1;
                const std::size_t piece = m_tracks.at(std::min(i, ni), std::min(j, nj));
                const double length =
                    kind == 0 ? std::abs(xs[ni] - xs[i]) : std::abs(ys[nj] - ys[j]);
                float cost = m_cost[entry.state] + pieceCost(kind, piece, length, tree);
                if (next != direction) {
                    // Bends near an end gather the branches of a tree and leave the middle clear.
                    const double fromStart =
                        std::abs(xs[i] - xs[startI]) + std::abs(ys[j] - ys[startJ]);
                    const double fromGoal =
                        std::abs(xs[i] - xs[goalI]) + std::abs(ys[j] - ys[goalJ]);
                    const double away = std::min({fromStart, fromGoal * 1.5, 600.0});
                    cost += bendCost + static_cast<float>(away * 0.03);
                } else if (crosses(i, j, kind, tree)) {
                    cost += crossingCost;
                }
                const auto state = static_cast<std::uint32_t>(m_tracks.at(ni, nj) * 4) + next;
                if (m_stamp[state] == m_run && m_cost[state] <= cost)
                    continue;
                m_stamp[state] = m_run;
                m_cost[state] = cost;
                m_before[state] = entry.state;
                open.push({cost + rest(ni, nj, next), state});
            }
        }
        if (end == start && !(goal == start / 4))
            routePlainly(edge);
        else
            keep(edge, end, tree);
    }

    void keep(std::size_t edge, std::uint32_t end, int tree)
    {
        const std::size_t width = m_tracks.xs.size();
        std::vector<Point> points{m_ports[edge].to.at, m_goals[edge]};
        m_pieces[edge].clear();
        for (std::uint32_t state = end; m_before[state] != state; state = m_before[state]) {
            const std::size_t a = state / 4;
            const std::size_t b = m_before[state] / 4;
            take(edge, std::min(a, b), state % 4 < 2 ? 0 : 1, tree);
            points.push_back({m_tracks.xs[b % width], m_tracks.ys[b / width]});
        }
        points.push_back(m_starts[edge]);
        points.push_back(m_ports[edge].from.at);
        std::reverse(points.begin(), points.end());
        finish(edge, points);
    }

    void finish(std::size_t edge, const std::vector<Point>& points)
    {
        RoutedEdge& routed = m_result.edges[edge];
        routed.points = simplified(points);
        routed.fromPlate = m_ports[edge].from.plate;
        routed.toPlate = m_ports[edge].to.plate;
    }

    // The piece is taken, and so are pieces on tracks too near to it.
    void mark(std::size_t piece, std::size_t direction, int tree)
    {
        const std::size_t width = m_tracks.xs.size();
        const std::size_t i = piece % width;
        const std::size_t j = piece / width;
        m_tracks.tree[direction][piece] = tree;
        const std::vector<double>& lines = direction == 0 ? m_tracks.ys : m_tracks.xs;
        const std::size_t line = direction == 0 ? j : i;
        const auto claim = [&](std::size_t other) {
            int& runner = m_tracks.tree[direction][direction == 0 ? m_tracks.at(i, other)
                                                                  : m_tracks.at(other, j)];
            if (runner == 0)
                runner = -tree;  // nobody runs there, but a foreign edge would be too near
        };
        for (std::size_t other = line + 1;
             other < lines.size() && lines[other] - lines[line] < companyDistance; ++other)
            claim(other);
        for (std::size_t other = line; other-- > 0 && lines[line] - lines[other] < companyDistance;)
            claim(other);
    }

    static std::vector<Point> simplified(const std::vector<Point>& points)
    {
        std::vector<Point> kept;
        for (const Point p : points) {
            if (!kept.empty() && std::abs(kept.back().x - p.x) < 0.02 &&
                std::abs(kept.back().y - p.y) < 0.02)
                continue;
            if (kept.size() > 1) {
                const Point a = kept[kept.size() - 2];
                const Point b = kept.back();
                const bool sameX = std::abs(a.x - b.x) < 0.02 && std::abs(b.x - p.x) < 0.02;
                const bool sameY = std::abs(a.y - b.y) < 0.02 && std::abs(b.y - p.y) < 0.02;
                if (sameX || sameY)
                    kept.pop_back();
            }
            kept.push_back(p);
        }
        return kept;
    }

    struct Run {
        Point a, b;
        std::size_t edge;
    };

    // Where a later edge crosses an earlier one of another tree.
    void findGaps()
    {
        std::vector<Run> level;
        std::vector<Run> upright;
        for (std::size_t edge = 0; edge < m_result.edges.size(); ++edge) {
            const auto& points = m_result.edges[edge].points;
            for (std::size_t i = 0; i + 1 < points.size(); ++i)
                (std::abs(points[i].y - points[i + 1].y) < 0.02 ? level : upright)
                    .push_back({points[i], points[i + 1], edge});
        }
        std::sort(upright.begin(), upright.end(),
                  [](const Run& a, const Run& b) { return a.a.x < b.a.x; });
        for (const Run& run : level) {
            const double left = std::min(run.a.x, run.b.x) + 1;
            const double right = std::max(run.a.x, run.b.x) - 1;
            auto it = std::lower_bound(upright.begin(), upright.end(), left,
                                       [](const Run& r, double x) { return r.a.x < x; });
            for (; it != upright.end() && it->a.x < right; ++it) {
                const double top = std::min(it->a.y, it->b.y) + 1;
                const double bottom = std::max(it->a.y, it->b.y) - 1;
                if (run.a.y <= top || run.a.y >= bottom || areOneTree(run.edge, it->edge))
                    continue;
                m_result.edges[std::min(run.edge, it->edge)].gaps.push_back({it->a.x, run.a.y});
            }
        }
    }

    bool areOneTree(std::size_t a, std::size_t b) const
    {
        return a == b || m_ports[a].from.slot == m_ports[b].from.slot ||
               m_ports[a].to.slot == m_ports[b].to.slot;
    }

    const LayoutRequest& m_request;
    LayoutResult& m_result;
    std::vector<EdgePorts> m_ports;
    std::vector<Point> m_starts;
    std::vector<Point> m_goals;
    Tracks m_tracks;
    std::vector<std::vector<std::pair<std::size_t, std::size_t>>>
        m_pieces;  // by edge: piece and direction
    std::vector<float> m_cost;
    std::vector<std::uint32_t> m_before;
    std::vector<std::uint32_t> m_stamp;
    std::uint32_t m_run = 0;
    std::size_t m_expansions = 0;
    bool m_isHasty = false;
    // By piece: how many pieces are blocked before it on its track.
    std::array<std::vector<std::uint32_t>, 2> m_blockedBefore;
    float m_haste =
        1;  // how much more the way that is left counts: larger finds faster, and less good ways
};

}  // namespace

void routeEdges(const LayoutRequest& request, LayoutResult& result)
{
    Router(request, result).run();
}

}  // namespace portolan
