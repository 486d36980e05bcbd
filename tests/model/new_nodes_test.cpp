// SPDX-License-Identifier: Apache-2.0
// A few new nodes in a large graph that stays where it is.
#include "model/layout/composed_layout.h"
#include "model/layout/new_nodes.h"
#include "model/layout/simple_layout.h"
#include "tests/support/estate_graph.h"
#include "tests/support/text_output.h"

#include <QObject>

namespace portolan {
namespace {

// An estate that is laid out, and some of its nodes new again.
struct Estate {
    LayoutRequest request;
    LayoutResult before;
    std::vector<std::size_t> fresh;
};

Estate estateWithNewNodes(std::size_t every, std::size_t most)
{
    Estate estate;
    estate.request = estateGraph({.datasets = 3000, .contexts = 60});
    estate.before = completeLayout(estate.request, ownLayout(estate.request));
    for (std::size_t node = 0; node < estate.request.nodes.size(); ++node) {
        if (node % every == every / 2 && estate.fresh.size() < most)
            estate.fresh.push_back(node);
        else
            estate.request.nodes[node].fixed = estate.before.positions[node];
    }
    return estate;
}

std::string faults(const Estate& estate, const LayoutResult& after)
{
    std::string text;
    const LayoutRequest& request = estate.request;
    for (std::size_t node = 0; node < request.nodes.size(); ++node) {
        if (request.nodes[node].fixed && after.positions[node] != *request.nodes[node].fixed)
            text += "node " + std::to_string(node) + " was moved\n";
    }
    for (const std::size_t node : estate.fresh) {
        const Rect card = nodeRect(request, after.positions, node);
        for (std::size_t other = 0; other < request.nodes.size(); ++other) {
            if (other != node && card.intersects(nodeRect(request, after.positions, other)))
                text +=
                    "node " + std::to_string(node) + " overlaps " + std::to_string(other) + "\n";
        }
    }
    for (std::size_t a = 0; a < after.groupRects.size(); ++a) {
        for (std::size_t b = a + 1; b < after.groupRects.size(); ++b) {
            if (after.groupRects[a].intersects(after.groupRects[b]))
                text += "regions " + std::to_string(a) + " and " + std::to_string(b) + " overlap\n";
        }
    }
    return text;
}

double distance(Point a, Point b)
{
    return std::abs(a.x - b.x) + std::abs(a.y - b.y);
}

}  // namespace

class NewNodesTest : public QObject {
    Q_OBJECT

private slots:
    void nothingElseMovesAndNothingOverlaps()
    {
        const Estate estate = estateWithNewNodes(60, 50);
        QVERIFY(hasFewNewNodes(estate.request));
        const LayoutResult after = completeLayout(estate.request, ownLayout(estate.request));
        QCOMPARE(faults(estate, after), std::string());
        QVERIFY(completeLayout(estate.request, ownLayout(estate.request)).positions ==
                after.positions);
    }

    void aNewNodeStandsNearItsNeighboursInItsRegion()
    {
        const Estate estate = estateWithNewNodes(100, 30);
        const LayoutResult after = completeLayout(estate.request, ownLayout(estate.request));
        for (const std::size_t node : estate.fresh) {
            const auto group = static_cast<std::size_t>(estate.request.nodes[node].group);
            QVERIFY(estate.before.groupRects[group].grown(200).contains(after.positions[node]));
            double nearest = 1e9;
            for (const LayoutEdge& edge : estate.request.edges) {
                const auto from = static_cast<std::size_t>(edge.from);
                const auto to = static_cast<std::size_t>(edge.to);
                if (from == node || to == node)
                    nearest =
                        std::min(nearest, distance(after.positions[from], after.positions[to]));
            }
            QVERIFY2(nearest < 1500, std::to_string(nearest).c_str());
        }
    }

    void newNodesThatFollowEachOtherStandInThatOrder()
    {
        Estate estate = estateWithNewNodes(3000, 0);
        LayoutRequest& request = estate.request;
        const auto first = static_cast<int>(request.nodes.size());
        for (int i = 0; i < 3; ++i)
            request.nodes.push_back({130, 36, -1, std::nullopt});
        for (int i = 0; i < 2; ++i) {
            LayoutEdge edge;
            edge.from = first + i;
            edge.to = first + i + 1;
            request.edges.push_back(edge);
        }
        const LayoutResult after = completeLayout(request, ownLayout(request));
        QCOMPARE(faults(estate, after), std::string());
        const auto at = [&](int i) { return after.positions[static_cast<std::size_t>(first + i)]; };
        QVERIFY(at(0).x + 130 < at(1).x);
        QVERIFY(at(1).x + 130 < at(2).x);
    }

    void onlyTheNewNodesAreLaidOut()
    {
        const Estate estate = estateWithNewNodes(60, 50);
        std::size_t laidOut = 0;
        wishesOfNewNodes(estate.request, [&laidOut](const LayoutRequest& part) {
            laidOut += part.nodes.size();
            return simpleLayout(part);
        });
        QVERIFY(laidOut <= 50);
    }

    void allFixedNodesStayAndNoneIsLaidOut()
    {
        const Estate estate = estateWithNewNodes(60, 0);
        const LayoutResult after = completeLayout(estate.request, ownLayout(estate.request));
        QVERIFY(after.positions == estate.before.positions);
    }

    void aSmallChartOrOneWithMostlyNewNodesIsLaidOutAnew()
    {
        QVERIFY(!hasFewNewNodes(estateWithNewNodes(1, 2000).request));
        LayoutRequest small;
        small.nodes.assign(20, {100, 40, -1, Point{}});
        QVERIFY(!hasFewNewNodes(small));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::NewNodesTest)
#include "new_nodes_test.moc"
