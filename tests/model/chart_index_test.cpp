// SPDX-License-Identifier: Apache-2.0
// What stands where: answers of the index held against looking at everything, before and after cards have moved.
#include "model/chart/chart_index.h"

#include <QTest>

#include <algorithm>
#include <random>

namespace portolan {

class ChartIndexTest : public QObject {
    Q_OBJECT

    static constexpr double width = 196;
    static constexpr double height = 74;
    static Rect cardSize(const ChartNode&) { return {0, 0, width, height}; }

    struct Scene {
        Chart chart;
        LayoutResult layout;
    };

    static Scene scene(int cards, unsigned seed)
    {
        std::mt19937 random(seed);
        const auto below = [&random](int end) {
            return static_cast<int>(random() % unsigned(end));
        };
        Scene made;
        for (int i = 0; i < 6; ++i) {
            ChartRegion region;
            region.entity = {EntityKind::Domain, "d" + std::to_string(i)};
            region.parent = i < 2 ? -1 : i % 2;
            made.chart.regions.push_back(region);
            made.layout.groupRects.push_back({i * 900.0, i % 2 * 700.0, 800, 600});
        }
        for (int i = 0; i < cards; ++i) {
            ChartNode node;
            node.entity = {EntityKind::BoundedContext, "c" + std::to_string(i)};
            node.region = below(7) - 1;
            node.hue = below(9) - 1;
            if (below(5) == 0)
                node.badge = ChartBadge{Severity::Error, 1};
            made.chart.nodes.push_back(node);
            made.layout.positions.push_back({below(6000) * 1.0, below(4000) * 1.0});
        }
        for (int i = 0; cards > 0 && i < cards * 2; ++i) {
            ChartEdge edge;
            edge.entity = {EntityKind::Relationship, "r" + std::to_string(i)};
            edge.from = below(cards);
            edge.to = below(cards);
            made.chart.edges.push_back(edge);
        }
        made.layout.edges.resize(made.chart.edges.size());
        for (std::size_t i = 0; i < made.chart.edges.size(); ++i)
            route(made, i);
        return made;
    }

    static void route(Scene& scene, std::size_t edge)
    {
        const ChartEdge& ends = scene.chart.edges[edge];
        const Point a = scene.layout.positions[static_cast<std::size_t>(ends.from)];
        const Point b = scene.layout.positions[static_cast<std::size_t>(ends.to)];
        scene.layout.edges[edge].points = {a, {b.x, a.y}, b};
    }

    static bool overlap(const Rect& a, const Rect& b)
    {
        return a.x <= b.right() && b.x <= a.right() && a.y <= b.bottom() && b.y <= a.bottom();
    }

    static void compare(const Scene& scene, const ChartIndex& index, unsigned seed)
    {
        std::mt19937 random(seed);
        for (int i = 0; i < 60; ++i) {
            const Rect area{double(random() % 6500) - 250, double(random() % 4500) - 250,
                            double(random() % 1500), double(random() % 1500)};
            std::vector<std::uint32_t> expected;
            for (std::size_t node = 0; node < scene.layout.positions.size(); ++node) {
                const Point at = scene.layout.positions[node];
                if (overlap({at.x, at.y, width, height}, area))
                    expected.push_back(static_cast<std::uint32_t>(node));
            }
            std::vector<std::uint32_t> found;
            index.nodesIn(area, found);
            QVERIFY(found == expected);
            found.clear();
            index.visitNodes(area, [&found](std::uint32_t node) { found.push_back(node); });
            std::sort(found.begin(), found.end());
            QVERIFY(found == expected);
            // Of edges those whose lines touch the area, at least; each once, in order.
            found.clear();
            index.edgesIn(area, found);
            QVERIFY(std::is_sorted(found.begin(), found.end()));
            QVERIFY(std::adjacent_find(found.begin(), found.end()) == found.end());
            for (std::size_t edge = 0; edge < scene.layout.edges.size(); ++edge) {
                const std::vector<Point>& points = scene.layout.edges[edge].points;
                for (std::size_t run = 0; run + 1 < points.size(); ++run) {
                    const Rect line{std::min(points[run].x, points[run + 1].x),
                                    std::min(points[run].y, points[run + 1].y),
                                    std::abs(points[run].x - points[run + 1].x),
                                    std::abs(points[run].y - points[run + 1].y)};
                    if (overlap(line, area))
                        QVERIFY(std::binary_search(found.begin(), found.end(),
                                                   static_cast<std::uint32_t>(edge)));
                }
            }
        }
    }

private slots:
    void findsWhatStandsInAnArea()
    {
        for (const int cards : {0, 1, 3, 17, 300}) {
            const Scene made = scene(cards, 11);
            compare(made, ChartIndex(made.chart, made.layout, cardSize), 12);
        }
    }

    void findsWhatHasMoved()
    {
        Scene made = scene(200, 21);
        ChartIndex index(made.chart, made.layout, cardSize);
        compare(made, index, 1);
        std::mt19937 random(5);
        for (int round = 0; round < 5; ++round) {
            std::vector<int> moved;
            for (int i = 0; i < 12; ++i)
                moved.push_back(static_cast<int>(random() % 200));
            for (const int node : moved)
                made.layout.positions[static_cast<std::size_t>(node)] = {double(random() % 6000),
                                                                         double(random() % 4000)};
            for (std::size_t edge = 0; edge < made.chart.edges.size(); ++edge)
                route(made, edge);
            index.moved(moved);
            compare(made, index, 100 + unsigned(round));
        }
    }

    void findsTheSameWhenPreparedBeforehand()
    {
        Scene made = scene(300, 13);
        ChartIndex index(made.chart, made.layout, cardSize);
        index.prepareEdges();
        compare(made, index, 14);
        ChartIndex another(made.chart, made.layout, cardSize);
        another.prepareEdges();
        const std::vector<int> moved = {7};
        another.moved(moved);  // waits: from here on the layout may change
        made.layout.positions[7] = {10, 20};
        for (std::size_t edge = 0; edge < made.chart.edges.size(); ++edge)
            route(made, edge);
        compare(made, another, 15);
        ChartIndex unused(made.chart, made.layout, cardSize);
        unused.prepareEdges();  // ends with it
    }

    void knowsThingsByTheirEntity()
    {
        const Scene made = scene(50, 31);
        const ChartIndex index(made.chart, made.layout, cardSize);
        for (int i = 0; i < 50; ++i)
            QCOMPARE(index.node({EntityKind::BoundedContext, "c" + std::to_string(i)}), i);
        QCOMPARE(index.edge({EntityKind::Relationship, "r7"}), 7);
        QCOMPARE(index.region({EntityKind::Domain, "d3"}), 3);
        QCOMPARE(index.node({EntityKind::BoundedContext, "nobody"}), -1);
        QCOMPARE(index.node({EntityKind::Team, "c1"}), -1);
    }

    void bundlesEveryEdgeBetweenPlaces()
    {
        const Scene made = scene(300, 41);
        const ChartIndex index(made.chart, made.layout, cardSize);
        for (const bool isByRoot : {false, true}) {
            const auto placeOf = [&](int node) {
                const int region = made.chart.nodes[static_cast<std::size_t>(node)].region;
                return region < 0 ? -1 - node : isByRoot ? index.rootOf(region) : region;
            };
            int between = 0;
            for (const ChartEdge& edge : made.chart.edges)
                between += placeOf(edge.from) != placeOf(edge.to) ? 1 : 0;
            int bundled = 0;
            int last = between;
            for (const EdgeBundle& bundle : index.bundles(isByRoot)) {
                QVERIFY(bundle.count <= last);
                last = bundle.count;
                bundled += bundle.count;
            }
            QCOMPARE(bundled, between);
        }
    }

    void keepsTheLookOfACard()
    {
        const Scene made = scene(80, 51);
        const ChartIndex index(made.chart, made.layout, cardSize);
        for (std::uint32_t node = 0; node < 80; ++node) {
            QCOMPARE(int(index.look(node).hue), made.chart.nodes[node].hue);
            QCOMPARE(index.look(node).badge >= 0, made.chart.nodes[node].badge.has_value());
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ChartIndexTest)
#include "chart_index_test.moc"
