// SPDX-License-Identifier: Apache-2.0
#include "model/layout/edge_ports.h"

#include <array>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

namespace portolan {
namespace {

constexpr std::array<Side, 4> sides = {Side::Right, Side::Left, Side::Top, Side::Bottom};
constexpr double bendCost = 40;
constexpr double blockedCost = 400;
constexpr double crowdedCost = 90;
constexpr double coveredCost = 240;  // a plate over what a region's header says
constexpr double shareBonus = 30;
constexpr double bareGap = 10;  // between ends without plates
constexpr double plateGap = 9;  // between plates on one side
constexpr double sideMargin = 4;
constexpr std::size_t mostEdgesFreely = 120;
constexpr std::size_t mostNodesLookedAt = 400;

// One place on one side of a node: a plate, or the end of an edge without one.
struct Slot {
    int node = 0;
    Side side = Side::Right;
    double width = 0;  // of the plate
    std::uint32_t key = 0;
    std::vector<std::pair<std::size_t, bool>> ends;  // edge, and whether it is its `from`
    double wish = 0;
    double at = 0;  // along the side
};

class PortChooser {
public:
    PortChooser(const LayoutRequest& request, LayoutResult& result)
        : m_request(request), m_result(result), m_ports(request.edges.size()),
          m_slotsOf(request.nodes.size() * 4)
    {
    }

    std::vector<EdgePorts> run()
    {
        for (const std::size_t edge : byDistance())
            chooseSides(edge);
        for (const auto& slots : m_slotsOf)
            spread(slots);
        for (const std::size_t edge : byDistance())
            straighten(edge);
        for (std::size_t slot = 0; slot < m_slots.size(); ++slot)
            settle(static_cast<int>(slot));
        return std::move(m_ports);
    }

private:
    Rect rect(int node) const
    {
        return nodeRect(m_request, m_result.positions, static_cast<std::size_t>(node));
    }

    std::vector<std::size_t> byDistance() const
    {
        std::vector<std::size_t> order(m_request.edges.size());
        std::iota(order.begin(), order.end(), 0);
        std::vector<double> distance;
        for (const LayoutEdge& edge : m_request.edges) {
            const Point a = rect(edge.from).center();
            const Point b = rect(edge.to).center();
            distance.push_back(std::abs(a.x - b.x) + std::abs(a.y - b.y));
        }
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return distance[a] < distance[b]; });
        return order;
    }

    double depth(const LayoutEnd& end, Side side) const
    {
        if (end.plateWidth <= 0)
            return 0;
        return isLevel(side) ? end.plateWidth : m_request.metrics.plateHeight;
    }

    static Point middle(const Rect& rect, Side side)
    {
        switch (side) {
        case Side::Left:
            return {rect.x, rect.center().y};
        case Side::Right:
            return {rect.right(), rect.center().y};
        case Side::Top:
            return {rect.center().x, rect.y};
        case Side::Bottom:
            break;
        }
        return {rect.center().x, rect.bottom()};
    }

    static bool faces(Side from, Side to)
    {
        return (from == Side::Right && to == Side::Left) ||
               (from == Side::Left && to == Side::Right) ||
               (from == Side::Bottom && to == Side::Top) ||
               (from == Side::Top && to == Side::Bottom);
    }

    // How many corners a line needs that leaves `a` outward and comes to `b` against its outward direction.
    static int bends(Point a, Side from, Point b, Side to)
    {
        const Point da = outward(from);
        const Point db = outward(to);
        const double ahead = (b.x - a.x) * da.x + (b.y - a.y) * da.y;
        const double ahead2 = (a.x - b.x) * db.x + (a.y - b.y) * db.y;
        if (faces(from, to)) {
            const double across = isLevel(from) ? std::abs(a.y - b.y) : std::abs(a.x - b.x);
            if (ahead < 0)
                return 4;
            return across < 1 ? 0 : 2;
        }
        // Out of one side and into the same one of a card that stands behind: around it.
        if (from == to)
            return (isLevel(from) ? std::abs(a.y - b.y) < 90 : std::abs(a.x - b.x) < 200) ? 6 : 2;
        return ahead >= 0 && ahead2 >= 0 ? 1 : 3;
    }

    bool isBlocked(const Rect& corridor, const LayoutEdge& edge) const
    {
        if (m_request.nodes.size() > mostNodesLookedAt)
            return false;  // the search finds out
        for (std::size_t node = 0; node < m_request.nodes.size(); ++node) {
            if (static_cast<int>(node) != edge.from && static_cast<int>(node) != edge.to &&
                nodeRect(m_request, m_result.positions, node).grown(6).intersects(corridor))
                return true;
        }
        return false;
    }

    double crowd(int node, const LayoutEnd& end, Side side) const
    {
        const Rect card = rect(node);
        double used = 0;
        for (const int slot :
             m_slotsOf[static_cast<std::size_t>(node) * 4 + static_cast<std::size_t>(side)]) {
            if (end.plate != 0 && m_slots[static_cast<std::size_t>(slot)].key == end.plate)
                return -shareBonus;
            used += extent(m_slots[static_cast<std::size_t>(slot)]) + plateGap;
        }
        const double own = end.plateWidth <= 0
                               ? bareGap
                               : (isLevel(side) ? m_request.metrics.plateHeight : end.plateWidth);
        const double room = isLevel(side) ? card.height : card.width;
        const double header =
            side == Side::Top && !hasRoomBesideHeader(node, used + own) ? coveredCost : 0;
        return header + crowdOf(used, own + 2 * sideMargin, room);
    }

    static double crowdOf(double used, double own, double room)
    {
        if (used + own > room)
            return crowdedCost * std::ceil((used + own) / room);
        return used > 0 ? 24 : 0;
    }

    // The span in which both nodes lie side by side, so that a straight line can join them.
    static std::pair<double, double> overlap(const Rect& a, const Rect& b, bool level)
    {
        return level ? std::pair{std::max(a.y, b.y) + 12, std::min(a.bottom(), b.bottom()) - 12}
                     : std::pair{std::max(a.x, b.x) + 36, std::min(a.right(), b.right()) - 36};
    }

    struct Choice {
        Side from = Side::Right;
        Side to = Side::Left;
        double cost = 0;
        Point a;  // where the line would leave and arrive
        Point b;
        bool isStraight = false;
    };

    Choice choice(const LayoutEdge& edge, Side from, Side to) const
    {
        const Rect a = rect(edge.from);
        const Rect b = rect(edge.to);
        const double stub = m_request.metrics.stub / 2;
        Point pa = middle(a, from);
        Point pb = middle(b, to);
        const double depthA = depth(edge.fromEnd, from) + stub;
        const double depthB = depth(edge.toEnd, to) + stub;
        pa = {pa.x + outward(from).x * depthA, pa.y + outward(from).y * depthA};
        pb = {pb.x + outward(to).x * depthB, pb.y + outward(to).y * depthB};
        const bool canBeStraight = [&] {
            const auto [low, high] = overlap(a, b, isLevel(from));
            return faces(from, to) && low <= high;
        }();
        if (canBeStraight)
            (isLevel(from) ? pb.y : pb.x) = isLevel(from) ? pa.y : pa.x;
        double sum = std::abs(pa.x - pb.x) + std::abs(pa.y - pb.y) + depthA + depthB +
                     bendCost * bends(pa, from, pb, to);
        if (edge.isDirected) {
            sum -= from == Side::Right ? 24 : 0;
            sum -= to == Side::Left ? 24 : 0;
        }
        sum += crowd(edge.from, edge.fromEnd, from) + crowd(edge.to, edge.toEnd, to);
        return {from, to, sum, pa, pb, canBeStraight};
    }

    bool isBlocked(const Choice& choice, const LayoutEdge& edge) const
    {
        if (choice.isStraight && isBlocked(around(choice.a, choice.b).grown(1), edge))
            return true;
        return isHidden(choice.a, edge) || isHidden(choice.b, edge);
    }

    bool isHidden(Point at, const LayoutEdge& edge) const
    {
        return isBlocked(Rect{at.x, at.y, 0, 0}.grown(1), edge);
    }

    void chooseSides(std::size_t number)
    {
        const LayoutEdge& edge = m_request.edges[number];
        std::array<Choice, 16> choices;
        std::size_t count = 0;
        for (const Side from : sides) {
            for (const Side to : sides)
                choices[count++] = choice(edge, from, to);
        }
        std::sort(choices.begin(), choices.end(),
                  [](const Choice& a, const Choice& b) { return a.cost < b.cost; });
        const bool isLarge = m_request.edges.size() > mostEdgesFreely;
        // What stands in the way is looked up for the promising ones only.
        double best = std::numeric_limits<double>::max();
        EdgePorts& ports = m_ports[number];
        for (const Choice& candidate : choices) {
            if (candidate.cost >= best)
                break;
            // In a large chart only neighbours are joined from top to bottom: ways between columns are found fast.
            const bool isLevelOnly = isLevel(candidate.from) && isLevel(candidate.to);
            if (isLarge && !isLevelOnly && (!candidate.isStraight || isBlocked(candidate, edge)))
                continue;
            const double cost = candidate.cost + (isBlocked(candidate, edge) ? blockedCost : 0);
            if (cost < best) {
                best = cost;
                ports.from.side = candidate.from;
                ports.to.side = candidate.to;
            }
        }
        ports.from.slot = slotFor(edge.from, edge.fromEnd, ports.from.side, number, true);
        ports.to.slot = slotFor(edge.to, edge.toEnd, ports.to.side, number, false);
    }

    int slotFor(int node, const LayoutEnd& end, Side side, std::size_t edge, bool isFrom)
    {
        auto& slots =
            m_slotsOf[static_cast<std::size_t>(node) * 4 + static_cast<std::size_t>(side)];
        for (const int slot : slots) {
            Slot& known = m_slots[static_cast<std::size_t>(slot)];
            if (end.plate != 0 && known.key == end.plate) {
                known.ends.emplace_back(edge, isFrom);
                return slot;
            }
        }
        const int slot = static_cast<int>(m_slots.size());
        m_slots.push_back({node, side, end.plateWidth, end.plate, {{edge, isFrom}}});
        slots.push_back(slot);
        return slot;
    }

    double extent(const Slot& slot) const
    {
        if (slot.width <= 0)
            return bareGap;
        return isLevel(slot.side) ? m_request.metrics.plateHeight : slot.width;
    }

    // In the order of where their edges go, around the middle of the side, closer together when they are many.
    void spread(const std::vector<int>& slots)
    {
        if (slots.empty())
            return;
        std::vector<int> order = slots;
        const Slot& first = m_slots[static_cast<std::size_t>(slots.front())];
        const bool level = isLevel(first.side);
        for (const int number : order)
            m_slots[static_cast<std::size_t>(number)].wish =
                wish(m_slots[static_cast<std::size_t>(number)]);
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
            return m_slots[static_cast<std::size_t>(a)].wish <
                   m_slots[static_cast<std::size_t>(b)].wish;
        });
        double extents = 0;
        for (const int number : order)
            extents += extent(m_slots[static_cast<std::size_t>(number)]);
        const Rect card = rect(first.node);
        const double room = (level ? card.height : card.width) - 2 * sideMargin;
        const double gaps = static_cast<double>(order.size() - 1);
        const double gap = gaps > 0 ? std::min(plateGap, (room - extents) / gaps) : 0;
        double at = (level ? card.center().y : card.center().x) - (extents + gap * gaps) / 2;
        if (first.side == Side::Top)
            at = besideHeader(first.node, at, extents + gap * gaps);
        for (const int number : order) {
            Slot& slot = m_slots[static_cast<std::size_t>(number)];
            slot.at = at + extent(slot) / 2;
            at += extent(slot) + gap;
        }
    }

    // Where a region's header says nothing above a card; the whole card where it stands under no header.
    std::pair<double, double> besideHeader(int node) const
    {
        const Rect card = rect(node);
        const int number = m_request.nodes[static_cast<std::size_t>(node)].group;
        std::pair<double, double> free{card.x + sideMargin, card.right() - sideMargin};
        if (number < 0)
            return free;
        const LayoutGroup& group = m_request.groups[static_cast<std::size_t>(number)];
        const Rect& region = m_result.groupRects[static_cast<std::size_t>(number)];
        if (card.y - region.y > m_request.metrics.regionHeader + 4)
            return free;
        return {std::max(region.x + group.titleWidth, free.first),
                std::min(region.right() - group.noteWidth, free.second)};
    }

    bool hasRoomBesideHeader(int node, double extent) const
    {
        const auto [low, high] = besideHeader(node);
        return high - low >= extent;
    }

    // Slots on top of a card that stands under its region's header move to where the header says nothing.
    double besideHeader(int node, double at, double extent) const
    {
        const auto [low, high] = besideHeader(node);
        return high - low < extent ? at : std::clamp(at, low, high - extent);
    }

    double wish(const Slot& slot) const
    {
        double sum = 0;
        const Rect card = rect(slot.node);
        for (const auto& [edge, isFrom] : slot.ends) {
            const Rect other = rect(isFrom ? m_request.edges[edge].to : m_request.edges[edge].from);
            const Point toward = {other.center().x - card.center().x,
                                  other.center().y - card.center().y};
            // The direction, so that a far end above and a near end above keep their order.
            const double across = isLevel(slot.side) ? toward.y : toward.x;
            const double along = isLevel(slot.side) ? toward.x : toward.y;
            const double ahead =
                along * (slot.side == Side::Left || slot.side == Side::Top ? -1 : 1);
            sum += std::atan2(across, std::max(ahead, 1.0)) + 0.0001 * across;
        }
        return sum / static_cast<double>(slot.ends.size());
    }

    bool standsAlone(const Slot& slot) const
    {
        return m_slotsOf[static_cast<std::size_t>(slot.node) * 4 +
                         static_cast<std::size_t>(slot.side)]
                   .size() == 1;
    }

    // Moves an end that has its side to itself, where that makes the line straight.
    void straighten(std::size_t number)
    {
        const LayoutEdge& edge = m_request.edges[number];
        const EdgePorts& ports = m_ports[number];
        if (!faces(ports.from.side, ports.to.side))
            return;
        Slot& from = m_slots[static_cast<std::size_t>(ports.from.slot)];
        Slot& to = m_slots[static_cast<std::size_t>(ports.to.slot)];
        const bool level = isLevel(from.side);
        if (std::abs(from.at - to.at) < 0.5)
            return;
        if (standsAlone(to) && to.ends.size() == 1 && canStand(to, from.at, level))
            to.at = from.at;
        else if (standsAlone(from) && from.ends.size() == 1 && canStand(from, to.at, level))
            from.at = to.at;
        else if (standsAlone(to) && standsAlone(from) && from.ends.size() == 1 &&
                 to.ends.size() == 1) {
            const auto [low, high] = overlap(rect(edge.from), rect(edge.to), level);
            const double both = (low + high) / 2;
            if (low <= high && canStand(from, both, level) && canStand(to, both, level))
                from.at = to.at = both;
        }
    }

    bool canStand(const Slot& slot, double at, bool level) const
    {
        const Rect card = rect(slot.node);
        const double half = extent(slot) / 2 + sideMargin;
        if (slot.side == Side::Top &&
            std::abs(besideHeader(slot.node, at - extent(slot) / 2, extent(slot)) - at +
                     extent(slot) / 2) > 0.01)
            return false;
        return level ? at - half >= card.y && at + half <= card.bottom()
                     : at - half >= card.x && at + half <= card.right();
    }

    void settle(int number)
    {
        const Slot& slot = m_slots[static_cast<std::size_t>(number)];
        const Rect card = rect(slot.node);
        const Point out = outward(slot.side);
        const Point border = isLevel(slot.side) ? Point{middle(card, slot.side).x, slot.at}
                                                : Point{slot.at, middle(card, slot.side).y};
        EdgePort port{border, slot.side, -1, number};
        if (slot.width > 0) {
            const double height = m_request.metrics.plateHeight;
            Rect plate{slot.at - slot.width / 2, border.y + (out.y < 0 ? -height : 0), slot.width,
                       height};
            if (isLevel(slot.side))
                plate = {border.x + (out.x < 0 ? -slot.width : 0), slot.at - height / 2, slot.width,
                         height};
            port.plate = static_cast<int>(m_result.plates.size());
            m_result.plates.push_back({slot.node, slot.side, plate});
            const double depth = isLevel(slot.side) ? slot.width : height;
            port.at = {border.x + out.x * depth, border.y + out.y * depth};
        }
        for (const auto& [edge, isFrom] : slot.ends)
            (isFrom ? m_ports[edge].from : m_ports[edge].to) = port;
    }

    const LayoutRequest& m_request;
    LayoutResult& m_result;
    std::vector<EdgePorts> m_ports;
    std::vector<Slot> m_slots;
    std::vector<std::vector<int>> m_slotsOf;  // by node * 4 + side
};

}  // namespace

Point outward(Side side)
{
    switch (side) {
    case Side::Left:
        return {-1, 0};
    case Side::Right:
        return {1, 0};
    case Side::Top:
        return {0, -1};
    case Side::Bottom:
        break;
    }
    return {0, 1};
}

bool isLevel(Side side)
{
    return side == Side::Left || side == Side::Right;
}

std::vector<EdgePorts> choosePorts(const LayoutRequest& request, LayoutResult& result)
{
    return PortChooser(request, result).run();
}

}  // namespace portolan
