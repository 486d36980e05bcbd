// SPDX-License-Identifier: Apache-2.0
// Requests that the wire lets through and no chart makes: they are laid out in the end, with numbers that are numbers.
#include "model/layout/composed_layout.h"
#include "model/layout/layout_wire.h"
#include "tests/support/text_output.h"

#include <QObject>

#include <random>

namespace portolan {
namespace {

class Hostile {
public:
    explicit Hostile(unsigned seed) : m_random(seed) {}

    LayoutRequest request(int nodes, int groups, int edges)
    {
        LayoutRequest request;
        LayoutMetrics& m = request.metrics;
        for (double* value :
             {&m.regionHeader, &m.regionPadding, &m.plateHeight, &m.labelHeight, &m.stub})
            *value = below(2) == 0 ? *value : odd();
        for (int group = 0; group < groups; ++group)
            request.groups.push_back({below(groups + 1) - 1, odd(), odd()});
        for (int node = 0; node < nodes; ++node) {
            request.nodes.push_back({safeSize(odd()), safeSize(odd()), below(groups + 1) - 1, {}});
            if (below(3) == 0)
                request.nodes.back().fixed = Point{odd(), odd()};
        }
        for (int number = 0; number < edges; ++number) {
            LayoutEdge edge;
            edge.from = below(nodes);
            edge.to = below(nodes);
            edge.weight = odd();
            edge.isDirected = below(2) == 0;
            edge.fromEnd = {odd(), static_cast<std::uint32_t>(below(3)), true};
            edge.toEnd = {odd(), static_cast<std::uint32_t>(below(3)), false};
            edge.labelWidth = odd();
            request.edges.push_back(edge);
        }
        return request;
    }

    int below(int end) { return static_cast<int>(m_random() % static_cast<unsigned>(end)); }

private:
    double odd()
    {
        const double values[] = {0, -1, 1e-9, 60, 400, 1e8, -1e8, 3e5, -0.0};
        return values[below(9)];
    }

    std::mt19937 m_random;
};

bool isFinite(const LayoutResult& result)
{
    const auto isNumber = [](Point at) { return std::isfinite(at.x) && std::isfinite(at.y); };
    bool isGood = std::all_of(result.positions.begin(), result.positions.end(), isNumber);
    for (const RoutedEdge& edge : result.edges)
        isGood = isGood && std::all_of(edge.points.begin(), edge.points.end(), isNumber);
    return isGood;
}

}  // namespace

class LayoutHostileTest : public QObject {
    Q_OBJECT

private slots:
    void anyLargeRequestEndsInNumbers()
    {
        for (unsigned seed = 1; seed <= 6; ++seed) {
            Hostile hostile(seed);
            const LayoutRequest request =
                hostile.request(260 + hostile.below(60), static_cast<int>(seed) * 6, 900);
            const auto read = layoutRequestFrom(toBytes(request));
            QVERIFY(read.has_value());
            const LayoutResult result = completeLayout(*read, ownLayout(*read));
            QCOMPARE(result.positions.size(), request.nodes.size());
            QCOMPARE(result.edges.size(), request.edges.size());
            QVERIFY(isFinite(result));
            for (std::size_t node = 0; node < request.nodes.size(); ++node)
                QVERIFY(!request.nodes[node].fixed ||
                        result.positions[node] == *request.nodes[node].fixed);
        }
    }

    // The nodes at which very many edges meet, and a part in which each is joined to each.
    void hubsAndKnotsEnd()
    {
        LayoutRequest request;
        for (int node = 0; node < 3000; ++node)
            request.nodes.push_back({100, 40, -1, std::nullopt});
        for (int node = 1; node < 3000; ++node) {
            LayoutEdge edge;
            edge.to = node;
            request.edges.push_back(edge);
            edge.from = node;
            edge.to = node * 7 % 3000;
            request.edges.push_back(edge);
        }
        const LayoutResult result = completeLayout(request, ownLayout(request));
        QVERIFY(isFinite(result));
        Rect all;
        for (std::size_t node = 0; node < request.nodes.size(); ++node)
            all = all.united(nodeRect(request, result.positions, node));
        QVERIFY2(all.width < 5 * all.height && all.height < 5 * all.width,
                 (std::to_string(all.width) + " x " + std::to_string(all.height)).c_str());
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::LayoutHostileTest)
#include "layout_hostile_test.moc"
