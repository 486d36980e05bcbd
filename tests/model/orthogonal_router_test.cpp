// SPDX-License-Identifier: Apache-2.0
#include "model/layout/layout.h"
#include "model/layout/simple_layout.h"
#include "tests/support/text_output.h"

#include <QObject>

#include <cmath>
#include <random>

namespace portolan {
namespace {

LayoutEdge edgeBetween(int from, int to, std::uint32_t plate = 0, double label = 0)
{
    LayoutEdge edge;
    edge.from = from;
    edge.to = to;
    edge.fromEnd = {66, plate, false};
    edge.toEnd = {60, 0, true};
    edge.labelWidth = label;
    edge.smallLabelWidth = label > 0 ? 20 : 0;
    return edge;
}

// Cards 196 x 74 at these corners, which stay there.
LayoutRequest cardsAt(const std::vector<Point>& corners)
{
    LayoutRequest request;
    for (const Point corner : corners)
        request.nodes.push_back({196, 74, -1, corner});
    return request;
}

LayoutResult routed(const LayoutRequest& request)
{
    return completeLayout(request, std::vector<Point>(request.nodes.size()));
}

std::string faults(const LayoutRequest& request, const LayoutResult& result)
{
    std::string text;
    for (std::size_t number = 0; number < result.edges.size(); ++number) {
        const RoutedEdge& edge = result.edges[number];
        const std::string name = "edge " + std::to_string(number);
        for (std::size_t i = 0; i + 1 < edge.points.size(); ++i) {
            const Point a = edge.points[i];
            const Point b = edge.points[i + 1];
            if (a.x != b.x && a.y != b.y &&
                std::min(std::abs(a.x - b.x), std::abs(a.y - b.y)) > 0.05)
                text += name + " runs askew\n";
            for (std::size_t node = 0; node < request.nodes.size(); ++node) {
                if (around(a, b).grown(1).intersects(
                        nodeRect(request, result.positions, node).grown(-1.5)))
                    text += name + " runs through card " + std::to_string(node) + "\n";
            }
        }
        if (edge.labelForm != LabelForm::Hidden) {
            for (std::size_t node = 0; node < request.nodes.size(); ++node) {
                if (edge.label.intersects(nodeRect(request, result.positions, node)))
                    text += name + "'s label covers card " + std::to_string(node) + "\n";
            }
            for (std::size_t other = number + 1; other < result.edges.size(); ++other) {
                if (result.edges[other].labelForm != LabelForm::Hidden &&
                    result.edges[other].label.intersects(edge.label))
                    text += name + "'s label covers another\n";
            }
        }
    }
    return text;
}

}  // namespace

class OrthogonalRouterTest : public QObject {
    Q_OBJECT

private slots:
    void goesStraightBetweenNeighbours()
    {
        LayoutRequest request = cardsAt({{0, 0}, {400, 0}, {0, 140}});
        request.edges = {edgeBetween(0, 1), edgeBetween(0, 2)};
        const LayoutResult result = routed(request);
        QCOMPARE(result.edges[0].points.size(), std::size_t(2));
        QCOMPARE(result.edges[0].points[0].y, 37.0);
        QCOMPARE(result.edges[1].points.size(), std::size_t(2));
        QCOMPARE(result.edges[1].points[0].x, 98.0);
        QVERIFY(result.plates[static_cast<std::size_t>(result.edges[0].fromPlate)].side ==
                Side::Right);
        QVERIFY(result.plates[static_cast<std::size_t>(result.edges[1].toPlate)].side == Side::Top);
    }

    void edgesOfOnePlateLeaveTogether()
    {
        LayoutRequest request = cardsAt({{0, 200}, {500, 0}, {500, 200}, {500, 400}});
        request.edges = {edgeBetween(0, 1, 7), edgeBetween(0, 2, 7), edgeBetween(0, 3, 7)};
        const LayoutResult result = routed(request);
        QCOMPARE(result.edges[1].fromPlate, result.edges[0].fromPlate);
        QCOMPARE(result.edges[2].fromPlate, result.edges[0].fromPlate);
        QVERIFY(result.edges[0].points[0] == result.edges[2].points[0]);
    }

    void notesWhereEdgesCross()
    {
        LayoutRequest request = cardsAt({{0, 200}, {800, 200}, {400, 0}, {400, 400}});
        request.edges = {edgeBetween(0, 1), edgeBetween(2, 3)};
        const LayoutResult result = routed(request);
        QCOMPARE(result.edges[0].gaps.size(), std::size_t(1));
        QVERIFY(result.edges[1].gaps.empty());
    }

    void putsALabelOnTheLongestRun()
    {
        LayoutRequest request = cardsAt({{0, 0}, {700, 0}});
        request.edges = {edgeBetween(0, 1, 0, 90)};
        const LayoutResult result = routed(request);
        QVERIFY(result.edges[0].labelForm == LabelForm::Full);
        QCOMPARE(result.edges[0].label.center().y, 37.0);
    }

    void findsAWayInALargeMapToo()
    {
        std::mt19937 random(5);
        std::vector<Point> corners;
        for (int i = 0; i < 200; ++i)
            corners.push_back({(i / 20) * 440.0, (i % 20) * 150.0});
        LayoutRequest request = cardsAt(corners);
        while (request.edges.size() < 600) {
            const int from = static_cast<int>(random() % 200);
            const int to = static_cast<int>(random() % 200);
            if (from != to)
                request.edges.push_back(edgeBetween(from, to, 1));
        }
        const LayoutResult result = routed(request);
        QVERIFY2(faults(request, result).empty(), faults(request, result).c_str());
    }

    void findsAWayAroundForeignCards()
    {
        for (unsigned seed = 1; seed <= 40; ++seed) {
            std::mt19937 random(seed);
            std::vector<Point> corners;
            for (int i = 0; i < 24; ++i)
                corners.push_back({(i % 4) * 400.0 + static_cast<double>(random() % 8) * 8,
                                   (i / 4) * 160.0 + static_cast<double>(random() % 4) * 8});
            LayoutRequest request = cardsAt(corners);
            for (int i = 0; i < 36; ++i) {
                const int from = static_cast<int>(random() % 24);
                const int to = static_cast<int>(random() % 24);
                if (from != to)
                    request.edges.push_back(edgeBetween(from, to, 1, i % 3 == 0 ? 90 : 0));
            }
            const LayoutResult result = routed(request);
            QVERIFY2(faults(request, result).empty(),
                     (std::to_string(seed) + ":\n" + faults(request, result)).c_str());
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::OrthogonalRouterTest)
#include "orthogonal_router_test.moc"
