// SPDX-License-Identifier: Apache-2.0
// The picture right after an edit: what the edit leaves alone keeps its line, what it touches gets a new one.
#include "model/chart/last_layout.h"
#include "model/layout/simple_layout.h"

#include <QTest>

#include <random>

namespace portolan {

class LastLayoutTest : public QObject {
    Q_OBJECT

    static Chart chartOf(int cards, int edges)
    {
        std::mt19937 random(3);
        Chart chart;
        chart.regions.resize(2);
        for (int i = 0; i < cards; ++i) {
            ChartNode node;
            node.entity = {EntityKind::BoundedContext, "c" + std::to_string(i)};
            node.region = i % 2;
            chart.nodes.push_back(node);
        }
        for (int i = 0; i < edges; ++i) {
            ChartEdge edge;
            edge.entity = {EntityKind::Relationship, "r" + std::to_string(i)};
            edge.from = static_cast<int>(random() % unsigned(cards));
            edge.to = (edge.from + 1 + static_cast<int>(random() % unsigned(cards - 1))) % cards;
            chart.edges.push_back(edge);
        }
        return chart;
    }
    static LayoutRequest requestOf(const Chart& chart)
    {
        LayoutRequest request;
        request.groups.resize(chart.regions.size());
        for (const ChartNode& node : chart.nodes)
            request.nodes.push_back({196, 74, node.region, node.place});
        for (const ChartEdge& edge : chart.edges) {
            LayoutEdge wanted;
            wanted.from = edge.from;
            wanted.to = edge.to;
            wanted.fromEnd.plateWidth = 30;
            wanted.toEnd.hasArrow = true;
            request.edges.push_back(wanted);
        }
        return request;
    }

    Chart m_chart = chartOf(12, 20);
    LayoutRequest m_request;
    LayoutResult m_result;
    LastLayout m_last;

    // The same with every card where it is.
    LayoutRequest fixedRequest(const Chart& chart) const
    {
        LayoutRequest request = requestOf(chart);
        for (std::size_t node = 0; node < chart.nodes.size(); ++node) {
            for (std::size_t old = 0; old < m_chart.nodes.size(); ++old) {
                if (m_chart.nodes[old].entity == chart.nodes[node].entity)
                    request.nodes[node].fixed = m_result.positions[old];
            }
        }
        return request;
    }
    int oldEdge(const EntityRef& entity) const
    {
        for (std::size_t edge = 0; edge < m_chart.edges.size(); ++edge) {
            if (m_chart.edges[edge].entity == entity)
                return static_cast<int>(edge);
        }
        return -1;
    }
    static void checkWhole(const LayoutRequest& request, const LayoutResult& result)
    {
        QCOMPARE(result.positions.size(), request.nodes.size());
        QCOMPARE(result.edges.size(), request.edges.size());
        for (std::size_t edge = 0; edge < result.edges.size(); ++edge) {
            QVERIFY(result.edges[edge].points.size() >= 2);
            const int plate = result.edges[edge].fromPlate;
            QVERIFY(plate >= 0 && plate < static_cast<int>(result.plates.size()));
            QCOMPARE(result.plates[static_cast<std::size_t>(plate)].node, request.edges[edge].from);
        }
    }

private slots:
    void init()
    {
        m_request = requestOf(m_chart);
        m_result = completeLayout(m_request, simpleLayout(m_request));
        m_last.keep(m_chart, m_request, m_result);
    }

    void keepsEveryLineWhereNothingHasChanged()
    {
        const LayoutRequest request = fixedRequest(m_chart);
        const LayoutResult result = m_last.patched(m_chart, request, m_result.positions);
        checkWhole(request, result);
        for (std::size_t edge = 0; edge < result.edges.size(); ++edge)
            QVERIFY(result.edges[edge].points == m_result.edges[edge].points);
    }

    void routesOnlyWhatTouchesAMovedCard()
    {
        LayoutRequest request = fixedRequest(m_chart);
        request.nodes[4].fixed = Point{-1000, -1000};
        const LayoutResult result = m_last.patched(m_chart, request, m_result.positions);
        checkWhole(request, result);
        QVERIFY((result.positions[4] == Point{-1000, -1000}));
        for (std::size_t edge = 0; edge < result.edges.size(); ++edge) {
            const bool touches = request.edges[edge].from == 4 || request.edges[edge].to == 4;
            QCOMPARE(result.edges[edge].points == m_result.edges[edge].points, !touches);
        }
    }

    void followsThingsWhoseNumbersChange()
    {
        Chart chart = m_chart;
        const EntityRef gone = chart.nodes[0].entity;
        chart.nodes.erase(chart.nodes.begin());
        ChartNode added;
        added.entity = {EntityKind::BoundedContext, "new"};
        chart.nodes.insert(chart.nodes.begin() + 5, added);
        std::vector<ChartEdge> edges;
        for (ChartEdge edge : m_chart.edges) {
            if (edge.from == 0 || edge.to == 0)
                continue;
            const auto renumbered = [](int node) { return node - 1 + (node - 1 >= 5 ? 1 : 0); };
            edge.from = renumbered(edge.from);
            edge.to = renumbered(edge.to);
            edges.push_back(edge);
        }
        ChartEdge drawn;
        drawn.entity = {EntityKind::Relationship, "drawn"};
        drawn.from = 5;
        drawn.to = 2;
        edges.insert(edges.begin(), drawn);
        chart.edges = edges;
        const LayoutRequest request = fixedRequest(chart);
        QVERIFY(!request.nodes[5].fixed);
        const LayoutResult result = m_last.patched(chart, request, simpleLayout(request));
        checkWhole(request, result);
        for (std::size_t edge = 1; edge < chart.edges.size(); ++edge)
            QVERIFY(
                result.edges[edge].points ==
                m_result.edges[static_cast<std::size_t>(oldEdge(chart.edges[edge].entity))].points);
        QVERIFY(gone.id == "c0");
    }

    void routesAnewWhatHasAnotherSizeOrWasTurnedRound()
    {
        Chart chart = m_chart;
        std::swap(chart.edges[3].from, chart.edges[3].to);
        LayoutRequest request = fixedRequest(chart);
        request.edges[6].toEnd.plateWidth = 40;
        const LayoutResult result = m_last.patched(chart, request, m_result.positions);
        checkWhole(request, result);
        for (std::size_t edge = 0; edge < result.edges.size(); ++edge)
            QCOMPARE(result.edges[edge].points == m_result.edges[edge].points,
                     edge != 3 && edge != 6);
    }

    void drawsEverythingWhenNothingIsKnown()
    {
        const LastLayout none;
        QVERIFY(none.isEmpty());
        const LayoutRequest request = fixedRequest(m_chart);
        checkWhole(request, none.patched(m_chart, request, m_result.positions));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::LastLayoutTest)
#include "last_layout_test.moc"
