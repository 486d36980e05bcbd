// SPDX-License-Identifier: Apache-2.0
// Layouts put together from parts, with our own layers in the place of Graphviz.
#include "model/layout/composed_layout.h"
#include "model/layout/fixed_nodes.h"
#include "model/layout/simple_layout.h"
#include "tests/support/estate_graph.h"
#include "tests/support/text_output.h"

#include <QObject>

#include <limits>
#include <random>

namespace portolan {
namespace {

void join(LayoutRequest& request, int from, int to)
{
    LayoutEdge edge;
    edge.from = from;
    edge.to = to;
    request.edges.push_back(edge);
}

LayoutRequest nestedGraph(unsigned seed, int nodes, int groups, int edges)
{
    std::mt19937 random(seed);
    const auto below = [&random](int end) {
        return static_cast<int>(random() % static_cast<unsigned>(end));
    };
    LayoutRequest request;
    for (int group = 0; group < groups; ++group)
        request.groups.push_back(
            {group > 1 && below(2) == 0 ? below(std::min(group, 6)) : -1, 0, 0});
    for (int node = 0; node < nodes; ++node)
        request.nodes.push_back({40.0 + below(300), 30.0 + below(90),
                                 groups > 0 ? below(groups + 1) - 1 : -1, std::nullopt});
    for (int edge = 0; edge < edges; ++edge)
        join(request, below(nodes), below(nodes));
    return request;
}

bool standsIn(const LayoutRequest& request, int group, int ancestor)
{
    for (; group >= 0; group = request.groups[static_cast<std::size_t>(group)].parent) {
        if (group == ancestor)
            return true;
    }
    return false;
}

// Names what is wrong with a layout; empty when nothing is.
std::string faults(const LayoutRequest& request, const LayoutResult& result)
{
    std::string text;
    for (std::size_t a = 0; a < request.nodes.size(); ++a) {
        const Rect card = nodeRect(request, result.positions, a);
        for (std::size_t b = a + 1; b < request.nodes.size(); ++b) {
            if (card.intersects(nodeRect(request, result.positions, b)))
                text += "cards " + std::to_string(a) + " and " + std::to_string(b) + " overlap\n";
        }
        for (std::size_t group = 0; group < request.groups.size(); ++group) {
            const Rect& region = result.groupRects[group];
            if (region.isEmpty())
                continue;
            const bool isMember =
                standsIn(request, request.nodes[a].group, static_cast<int>(group));
            if (isMember && region.united(card) != region)
                text += "card " + std::to_string(a) + " is outside its region\n";
            if (!isMember && region.intersects(card))
                text += "card " + std::to_string(a) + " is a stranger in region " +
                        std::to_string(group) + "\n";
        }
    }
    return text;
}

}  // namespace

class ComposedLayoutTest : public QObject {
    Q_OBJECT

private slots:
    void keepsCardsApartAndRegionsToThemselves()
    {
        for (unsigned seed = 1; seed <= 60; ++seed) {
            const int nodes = 1 + static_cast<int>(seed) * 3;
            const LayoutRequest request = nestedGraph(seed, nodes, static_cast<int>(seed % 14),
                                                      nodes / 2 * static_cast<int>(seed % 4));
            LayoutResult result;
            result.positions = placeAroundFixed(request, composedLayout(request, simpleLayout));
            result.groupRects = groupRects(request, result.positions);
            QCOMPARE(faults(request, result), std::string());
        }
    }

    void partsAreFlatAndConnectedAndHoldEachCardOnce()
    {
        const LayoutRequest request = nestedGraph(5, 300, 30, 260);
        std::size_t cards = 0;
        composedLayout(request, [&](const LayoutRequest& part) {
            if (!part.groups.empty() || part.edges.size() + 1 < part.nodes.size())
                return std::vector<Point>();
            cards += part.nodes.size();
            return simpleLayout(part);
        });
        QVERIFY(cards > 30);
        QVERIFY(cards <= request.nodes.size() + request.groups.size());
    }

    void aPartThatFailsGetsOurOwnLayers()
    {
        const LayoutRequest request = nestedGraph(7, 300, 9, 400);
        const auto fails = [](const LayoutRequest&) { return std::vector<Point>(); };
        QVERIFY(composedLayout(request, fails) == composedLayout(request, simpleLayout));
        QVERIFY(ownLayout(request) == composedLayout(request, simpleLayout));
    }

    void aSmallGraphIsLaidOutAsAWhole()
    {
        const LayoutRequest request = nestedGraph(3, 250, 9, 200);
        QVERIFY(!isComposed(request));
        QVERIFY(ownLayout(request) == simpleLayout(request));
        QVERIFY(isComposed(nestedGraph(3, 251, 9, 200)));
    }

    void putsUpstreamRegionsLeftOfDownstreamOnes()
    {
        LayoutRequest request;
        for (int group = 0; group < 3; ++group) {
            request.groups.push_back({-1, 0, 0});
            for (int node = 0; node < 4; ++node)
                request.nodes.push_back({100, 40, group, std::nullopt});
        }
        join(request, 1, 6);
        join(request, 7, 10);
        const LayoutResult result = completeLayout(request, composedLayout(request, simpleLayout));
        QVERIFY(result.groupRects[0].right() < result.groupRects[1].x);
        QVERIFY(result.groupRects[1].right() < result.groupRects[2].x);
    }

    // Packed on shelves rather than in one row or one column.
    void manySeparateRegionsMakeABroadPicture()
    {
        LayoutRequest request;
        for (int group = 0; group < 100; ++group) {
            request.groups.push_back({-1, 0, 0});
            request.nodes.push_back({200, 100, group, std::nullopt});
        }
        const LayoutResult result = completeLayout(request, composedLayout(request, simpleLayout));
        Rect all;
        for (const Rect& region : result.groupRects)
            all = all.united(region);
        QVERIFY(all.width < 3 * all.height);
        QVERIFY(all.height < 2 * all.width);
    }

    void groupsInCirclesAndVeryDeepGroupsEnd()
    {
        LayoutRequest request;
        for (int group = 0; group < 40; ++group)
            request.groups.push_back({group - 1, 0, 0});
        request.groups.push_back({41, 0, 0});
        request.groups.push_back({40, 0, 0});
        request.groups.push_back({42, 0, 0});
        for (int node = 0; node < 300; ++node)
            request.nodes.push_back({100, 40, node % 44 - 1, std::nullopt});
        for (int node = 0; node < 300; ++node)
            join(request, node, node * 7 % 300);
        request.edges.front().weight = std::numeric_limits<double>::quiet_NaN();
        const std::vector<Point> positions = ownLayout(request);
        QCOMPARE(positions.size(), std::size_t(300));
        for (const Point at : positions)
            QVERIFY(std::isfinite(at.x) && std::isfinite(at.y));
        QVERIFY(ownLayout(LayoutRequest()).empty());
    }

    void anEstateOfTwentyThousandStandsInOrder()
    {
        const LayoutRequest request = estateGraph({});
        QCOMPARE(request.nodes.size(), std::size_t(20000));
        QCOMPARE(request.edges.size(), std::size_t(34715));
        const LayoutResult result = completeLayout(request, ownLayout(request));
        for (std::size_t a = 0; a < result.groupRects.size(); ++a) {
            for (std::size_t b = a + 1; b < result.groupRects.size(); ++b)
                QVERIFY(!result.groupRects[a].intersects(result.groupRects[b]));
        }
        QVERIFY(completeLayout(request, ownLayout(request)).positions == result.positions);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ComposedLayoutTest)
#include "composed_layout_test.moc"
