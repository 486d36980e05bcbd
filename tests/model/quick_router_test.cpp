// SPDX-License-Identifier: Apache-2.0
// The routes of charts with very many edges: plain, but each joins its two cards by level and upright runs.
#include "model/layout/quick_router.h"
#include "tests/support/text_output.h"

#include <QObject>

#include <map>
#include <random>
#include <set>

namespace portolan {
namespace {

// Cards on a jittered grid, some over each other; ends with plates, shared plates and none.
LayoutRequest randomChart(unsigned seed, std::vector<Point>& positions)
{
    std::mt19937 random(seed);
    const auto below = [&random](int end) {
        return static_cast<int>(random() % static_cast<unsigned>(end));
    };
    LayoutRequest request;
    for (int node = 0; node < 80; ++node) {
        request.nodes.push_back({60.0 + below(120), 30.0 + below(60), -1, std::nullopt});
        positions.push_back({node % 9 * 260.0 + below(90), node / 9 * 120.0 + below(110)});
    }
    for (int number = 0; number < 1000; ++number) {
        LayoutEdge edge;
        edge.from = below(80);
        edge.to = below(80);
        edge.isDirected = below(5) > 0;
        edge.fromEnd = {below(2) * 60.0, static_cast<std::uint32_t>(below(3)), false};
        edge.toEnd = {below(2) * 50.0, 0, true};
        if (below(10) == 0) {
            edge.labelWidth = 70;
            edge.smallLabelWidth = 20;
        }
        request.edges.push_back(edge);
    }
    return request;
}

bool isOnBorder(const Rect& rect, Point at)
{
    const bool isOnSide = std::abs(at.x - rect.x) < 0.01 || std::abs(at.x - rect.right()) < 0.01 ||
                          std::abs(at.y - rect.y) < 0.01 || std::abs(at.y - rect.bottom()) < 0.01;
    return isOnSide && rect.grown(0.01).contains(at);
}

std::string faultsOfEnd(const LayoutRequest& request, const LayoutResult& result, int node,
                        int plate, const LayoutEnd& end, Point at)
{
    const Rect card = nodeRect(request, result.positions, static_cast<std::size_t>(node));
    if ((plate >= 0) != (end.plateWidth > 0))
        return end.plate != 0 ? "" : "a plate where none was asked for, or none where one was\n";
    if (plate < 0)
        return isOnBorder(card, at) ? "" : "an end away from its card\n";
    const LayoutPlate& made = result.plates[static_cast<std::size_t>(plate)];
    if (made.node != node || !isOnBorder(made.rect, at))
        return "an end away from its plate\n";
    return made.rect.grown(0.01).intersects(card) && !made.rect.grown(-0.01).intersects(card)
               ? ""
               : "a plate away from its card\n";
}

std::string faults(const LayoutRequest& request, const LayoutResult& result)
{
    std::string text;
    for (std::size_t number = 0; number < request.edges.size(); ++number) {
        const LayoutEdge& edge = request.edges[number];
        const RoutedEdge& routed = result.edges[number];
        if (routed.points.size() < 2 || routed.points.size() > 6)
            return "an edge of " + std::to_string(routed.points.size()) + " points\n";
        for (std::size_t i = 0; i + 1 < routed.points.size(); ++i) {
            const Point a = routed.points[i];
            const Point b = routed.points[i + 1];
            if (std::abs(a.x - b.x) > 0.02 && std::abs(a.y - b.y) > 0.02)
                text += "a slanting run\n";
        }
        text += faultsOfEnd(request, result, edge.from, routed.fromPlate, edge.fromEnd,
                            routed.points.front());
        text +=
            faultsOfEnd(request, result, edge.to, routed.toPlate, edge.toEnd, routed.points.back());
    }
    return text;
}

}  // namespace

class QuickRouterTest : public QObject {
    Q_OBJECT

private slots:
    void joinsCardsByLevelAndUprightRuns()
    {
        for (unsigned seed = 1; seed <= 12; ++seed) {
            std::vector<Point> positions;
            const LayoutRequest request = randomChart(seed, positions);
            const LayoutResult result = completeLayout(request, positions);
            QCOMPARE(faults(request, result), std::string());
        }
    }

    void endsOfOneKeyOnOneSideShareAPlate()
    {
        LayoutRequest request;
        LayoutResult result;
        for (int node = 0; node < 4; ++node) {
            request.nodes.push_back({100, 40, -1, std::nullopt});
            result.positions.push_back({node == 0 ? 0.0 : 500.0, node * 90.0});
        }
        for (int to = 1; to < 4; ++to) {
            LayoutEdge edge;
            edge.to = to;
            edge.fromEnd = {66, 7, false};
            request.edges.push_back(edge);
        }
        routeQuickly(request, result);
        QCOMPARE(result.plates.size(), std::size_t(1));
        QVERIFY((result.plates[0].rect == Rect{100, 11.5, 66, 17}));
        for (const RoutedEdge& edge : result.edges)
            QCOMPARE(edge.fromPlate, 0);
    }

    void goesRoundACardThatStandsBetween()
    {
        LayoutRequest request;
        LayoutResult result;
        for (int node = 0; node < 3; ++node) {
            request.nodes.push_back({100, 40, -1, std::nullopt});
            result.positions.push_back({node * 300.0, 0});
        }
        LayoutEdge edge;
        edge.from = 0;
        edge.to = 2;
        request.edges.push_back(edge);
        routeQuickly(request, result);
        const Rect between = nodeRect(request, result.positions, 1);
        const auto& points = result.edges[0].points;
        for (std::size_t i = 0; i + 1 < points.size(); ++i)
            QVERIFY(!around(points[i], points[i + 1]).grown(1).intersects(between));
    }

    void runsInOneGutterStandBesideEachOther()
    {
        LayoutRequest request;
        LayoutResult result;
        for (int node = 0; node < 12; ++node) {
            request.nodes.push_back({100, 40, -1, std::nullopt});
            result.positions.push_back({node < 6 ? 0.0 : 500.0, node % 6 * 60.0});
        }
        for (int node = 0; node < 6; ++node) {
            LayoutEdge edge;
            edge.from = node;
            edge.to = 11 - node;
            request.edges.push_back(edge);
        }
        routeQuickly(request, result);
        std::set<double> columns;
        for (const RoutedEdge& edge : result.edges)
            columns.insert(edge.points[1].x);
        QCOMPARE(columns.size(), std::size_t(6));
    }

    void pillsOfAVeryLargeChartKeepOffCards()
    {
        std::vector<Point> positions;
        const LayoutRequest request = randomChart(3, positions);
        const LayoutResult result = completeLayout(request, positions);
        std::size_t shown = 0;
        for (const RoutedEdge& edge : result.edges) {
            if (edge.labelForm == LabelForm::Hidden)
                continue;
            ++shown;
            for (std::size_t node = 0; node < request.nodes.size(); ++node)
                QVERIFY(!edge.label.intersects(nodeRect(request, result.positions, node)));
        }
        QVERIFY(shown > 0);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::QuickRouterTest)
#include "quick_router_test.moc"
