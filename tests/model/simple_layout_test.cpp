// SPDX-License-Identifier: Apache-2.0
#include "model/layout/fixed_nodes.h"
#include "model/layout/simple_layout.h"
#include "tests/support/text_output.h"

#include <QObject>

#include <random>

namespace portolan {
namespace {

LayoutRequest cards(std::size_t count)
{
    LayoutRequest request;
    for (std::size_t i = 0; i < count; ++i)
        request.nodes.push_back({196, 74, -1, std::nullopt});
    return request;
}

void join(LayoutRequest& request, int from, int to)
{
    LayoutEdge edge;
    edge.from = from;
    edge.to = to;
    request.edges.push_back(edge);
}

LayoutRequest randomMap(unsigned seed, int nodes, int groups, int edges)
{
    std::mt19937 random(seed);
    const auto below = [&random](int end) {
        return static_cast<int>(random() % static_cast<unsigned>(end));
    };
    LayoutRequest request = cards(static_cast<std::size_t>(nodes));
    for (int group = 0; group < groups; ++group)
        request.groups.push_back({group > 2 && below(3) == 0 ? below(group) : -1, 0, 0});
    for (LayoutNode& node : request.nodes)
        node.group = groups > 0 ? below(groups + 1) - 1 : -1;
    for (int edge = 0; edge < edges; ++edge)
        join(request, below(nodes), below(nodes));
    return request;
}

// Names what is wrong with a layout; empty when nothing is.
std::string faults(const LayoutRequest& request, const std::vector<Point>& positions)
{
    const std::vector<Rect> regions = groupRects(request, positions);
    std::string text;
    for (std::size_t a = 0; a < request.nodes.size(); ++a) {
        const Rect card = nodeRect(request, positions, a);
        for (std::size_t b = a + 1; b < request.nodes.size(); ++b) {
            if (card.intersects(nodeRect(request, positions, b)))
                text += "cards " + std::to_string(a) + " and " + std::to_string(b) + " overlap\n";
        }
        if (const int group = request.nodes[a].group; group >= 0) {
            if (regions[static_cast<std::size_t>(group)].united(card) !=
                regions[static_cast<std::size_t>(group)])
                text += "card " + std::to_string(a) + " is outside its region\n";
        }
    }
    return text;
}

}  // namespace

class SimpleLayoutTest : public QObject {
    Q_OBJECT

private slots:
    void putsUpstreamLeftOfDownstream()
    {
        LayoutRequest request = cards(4);
        join(request, 0, 1);
        join(request, 1, 2);
        join(request, 0, 3);
        const std::vector<Point> at = simpleLayout(request);
        QVERIFY(at[0].x + 196 < at[1].x);
        QVERIFY(at[1].x + 196 < at[2].x);
        QCOMPARE(at[3].x, at[1].x);
    }

    void endsOnCirclesAndOnNothing()
    {
        QVERIFY(simpleLayout(LayoutRequest()).empty());
        LayoutRequest request = cards(3);
        join(request, 0, 1);
        join(request, 1, 2);
        join(request, 2, 0);
        join(request, 1, 1);
        QCOMPARE(simpleLayout(request).size(), std::size_t(3));
    }

    void keepsCardsApartAndInsideTheirRegions()
    {
        for (unsigned seed = 1; seed <= 60; ++seed) {
            const LayoutRequest request =
                randomMap(seed, 1 + static_cast<int>(seed), static_cast<int>(seed % 9),
                          static_cast<int>(seed * 2));
            const std::vector<Point> positions = placeAroundFixed(request, simpleLayout(request));
            QVERIFY2(faults(request, positions).empty(),
                     (std::to_string(seed) + ": " + faults(request, positions)).c_str());
        }
    }

    void leavesFixedCardsWhereTheyAreAndGoesAround()
    {
        for (unsigned seed = 1; seed <= 40; ++seed) {
            LayoutRequest request = randomMap(seed, 24, static_cast<int>(seed % 6), 40);
            for (std::size_t node = 0; node < 12; ++node)
                request.nodes[node].fixed = Point{static_cast<double>(node % 4) * 400 + 8,
                                                  static_cast<double>(node / 4) * 160};
            const std::vector<Point> positions = placeAroundFixed(request, simpleLayout(request));
            for (std::size_t node = 0; node < 12; ++node)
                QVERIFY(positions[node] == *request.nodes[node].fixed);
            QVERIFY2(faults(request, positions).empty(),
                     (std::to_string(seed) + ": " + faults(request, positions)).c_str());
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SimpleLayoutTest)
#include "simple_layout_test.moc"
