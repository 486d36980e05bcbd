// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/lineage_index.h"

#include "model/base/progress.h"
#include "tests/support/estate_text.h"
#include "tests/support/text_output.h"

#include <random>
#include <set>

namespace portolan {
namespace {

constexpr LineageLevel datasets = LineageLevel::Datasets;
constexpr LineageLevel columns = LineageLevel::Columns;

const std::string shop = R"(
    crm.raw.id       -> orders.core.customer by load
    orders.raw.id    -> orders.core.order_id by load
    orders.raw.kind  ~> orders.core.order_id by load [CONDITIONAL]
    orders.raw.state ~> orders.core by load [FILTER]
    orders.core.order_id -> billing.facts.order_id by bill
    orders.core.customer -> billing.facts.payer by bill
    billing.facts.payer  -> mail.list.person by mail
)";

LineageNode nodeOf(const Estate& estate, LineageLevel level, std::string_view name)
{
    return level == datasets ? datasetOf(estate, name).value : columnOf(estate, name).value;
}

std::string nameOf(const Estate& estate, LineageLevel level, LineageNode node)
{
    return level == datasets ? nameOf(estate, DatasetIndex(node))
                             : nameOf(estate, ColumnIndex(node));
}

// "orders.core.order_id 1, billing.facts.order_id 2 indirect"
std::string closureOf(const std::string& lines, LineageLevel level, std::string_view from,
                      const ClosureRequest& request)
{
    const LineageIndex index(estateFrom(lines));
    const std::array start = {nodeOf(index.estate(), level, from)};
    const LineageClosure closure = index.closure(level, start, request);
    std::string text;
    for (const LineageClosure::Step& step : closure.steps) {
        if (step.hops > 0)
            text += (text.empty() ? "" : ", ") + nameOf(index.estate(), level, step.node) + " " +
                    std::to_string(step.hops) + (step.isDirect ? "" : " indirect");
    }
    return text + (closure.isCutAtDepth ? " ..." : "");
}

std::string pathsOf(const std::string& lines, LineageLevel level, std::string_view from,
                    std::string_view to, const PathRequest& request = {})
{
    const LineageIndex index(estateFrom(lines));
    Progress progress;
    const LineagePaths found = index.paths(level, nodeOf(index.estate(), level, from),
                                           nodeOf(index.estate(), level, to), request, progress);
    std::string text;
    for (const std::vector<LineageNode>& path : found.paths) {
        text += text.empty() ? "" : "; ";
        for (const LineageNode node : path)
            text += (node == path.front() ? "" : " ") + nameOf(index.estate(), level, node);
    }
    return text + (found.hasMore ? " ..." : "");
}

// A random graph, as lines and as pairs.
struct RandomGraph {
    std::string lines;
    std::set<std::pair<int, int>> edges;
};

RandomGraph randomGraph(unsigned seed, int nodes, int edges)
{
    std::mt19937 random(seed);
    RandomGraph graph;
    for (int node = 0; node < nodes; ++node)
        graph.lines += "a.n" + std::to_string(node) + "\n";
    for (int i = 0; i < edges; ++i) {
        const int from = static_cast<int>(random() % static_cast<unsigned>(nodes));
        const int to = static_cast<int>(random() % static_cast<unsigned>(nodes));
        graph.lines += "a.n" + std::to_string(from) + " -> a.n" + std::to_string(to) + "\n";
        if (from != to)
            graph.edges.insert({from, to});
    }
    return graph;
}

// All simple paths by the plainest means, shortest first.
void allPaths(const RandomGraph& graph, std::vector<int>& path, int to,
              std::set<std::pair<std::size_t, std::vector<int>>>& found)
{
    if (path.back() == to) {
        found.insert({path.size(), path});
        return;
    }
    for (const auto& [from, next] : graph.edges) {
        if (from != path.back() || std::find(path.begin(), path.end(), next) != path.end())
            continue;
        path.push_back(next);
        allPaths(graph, path, to, found);
        path.pop_back();
    }
}

}  // namespace

class LineageIndexTest : public QObject {
    Q_OBJECT

private slots:
    void followsAColumnDownstreamAndSaysWhatIsOnlyAnInfluence()
    {
        QCOMPARE(closureOf(shop, columns, "orders.raw.id", {}),
                 "orders.core.order_id 1, billing.facts.order_id 2");
        QCOMPARE(closureOf(shop, columns, "orders.raw.kind", {}),
                 "orders.core.order_id 1 indirect, billing.facts.order_id 2 indirect");
    }

    void anInfluenceOnADatasetReachesEachOfItsColumns()
    {
        QCOMPARE(closureOf(shop, columns, "orders.raw.state", {}),
                 "orders.core.customer 1 indirect, orders.core.order_id 1 indirect, "
                 "billing.facts.payer 2 indirect, billing.facts.order_id 2 indirect, "
                 "mail.list.person 3 indirect");
        QCOMPARE(closureOf(shop, columns, "orders.core.customer", {LineageDirection::Upstream}),
                 "crm.raw.id 1, orders.raw.state 1 indirect");
    }

    void leavesInfluencesOutWhenNotAskedFor()
    {
        ClosureRequest request;
        request.followsIndirect = false;
        QCOMPARE(closureOf(shop, columns, "orders.raw.state", request), "");
    }

    void stopsAtTheDepthAndSaysThatThereIsMore()
    {
        ClosureRequest request;
        request.depth = 1;
        QCOMPARE(closureOf(shop, datasets, "orders.raw", request), "orders.core 1 ...");
        request.depth = 3;
        QCOMPARE(closureOf(shop, datasets, "orders.raw", request),
                 "orders.core 1, billing.facts 2, mail.list 3");
        request.direction = LineageDirection::Upstream;
        QCOMPARE(closureOf(shop, datasets, "billing.facts", request),
                 "orders.core 1, crm.raw 2, orders.raw 2");
    }

    void aValueThatAlsoComesDirectlyIsDirect()
    {
        QCOMPARE(closureOf("a.x.k ~> a.y.v\n a.x.k -> a.y.v", columns, "a.x.k", {}), "a.y.v 1");
        // The near way is an influence, the far one carries the value.
        QCOMPARE(
            closureOf("a.x.k ~> a.z.v\n a.x.k -> a.y.v\n a.y.v -> a.z.v", columns, "a.x.k", {}),
            "a.z.v 1, a.y.v 1");
    }

    void goesRoundACycleOnce()
    {
        QCOMPARE(
            closureOf("a.x -> a.y\n a.y -> a.z\n a.z -> a.x\n a.x -> a.x", datasets, "a.x", {}),
            "a.y 1, a.z 2");
    }

    void findsAllPathsShortestFirst()
    {
        const std::string diamond = "a.s -> a.l\n a.s -> a.r\n a.l -> a.t\n a.r -> a.t\n"
                                    "a.s -> a.t\n a.r -> a.l\n a.t -> a.s\n a.s -> a.dead";
        QCOMPARE(pathsOf(diamond, datasets, "a.s", "a.t"),
                 "a.s a.t; a.s a.l a.t; a.s a.r a.t; a.s a.r a.l a.t");
        PathRequest two;
        two.mostPaths = 2;
        QCOMPARE(pathsOf(diamond, datasets, "a.s", "a.t", two), "a.s a.t; a.s a.l a.t ...");
        PathRequest shortOnes;
        shortOnes.mostHops = 2;
        QCOMPARE(pathsOf(diamond, datasets, "a.s", "a.t", shortOnes),
                 "a.s a.t; a.s a.l a.t; a.s a.r a.t ...");
        QCOMPARE(pathsOf(diamond, datasets, "a.dead", "a.t"), "");
    }

    void pathsGoThroughInfluences()
    {
        QCOMPARE(pathsOf(shop, columns, "orders.raw.state", "mail.list.person"),
                 "orders.raw.state orders.core.customer billing.facts.payer mail.list.person");
        PathRequest direct;
        direct.followsIndirect = false;
        QCOMPARE(pathsOf(shop, columns, "orders.raw.state", "mail.list.person", direct), "");
    }

    void allPathsAreThoseOfAPlainSearch()
    {
        for (unsigned seed = 1; seed <= 40; ++seed) {
            const RandomGraph graph = randomGraph(seed, 8, 16);
            const LineageIndex index(estateFrom(graph.lines));
            PathRequest request;
            request.mostPaths = 100000;
            Progress progress;
            std::set<std::pair<std::size_t, std::vector<int>>> expected;
            std::vector<int> path = {0};
            allPaths(graph, path, 7, expected);
            const LineagePaths found = index.paths(datasets, 0, 7, request, progress);
            std::set<std::pair<std::size_t, std::vector<int>>> seen;
            for (const auto& nodes : found.paths)
                seen.insert({nodes.size(), {nodes.begin(), nodes.end()}});
            QVERIFY2(seen == expected, qPrintable(QString::number(seed)));
            QCOMPARE(found.paths.size(), expected.size());
            QVERIFY(!found.hasMore);
            QCOMPARE(index.shortestPath(datasets, 0, 7).size(),
                     expected.empty() ? 0 : expected.begin()->first);
        }
    }

    void manyPathsStopAtTheBound()
    {
        std::string lines;
        for (int layer = 0; layer < 30; ++layer) {
            for (const char* way : {"l", "r"}) {
                const std::string middle = "a." + std::string(way) + std::to_string(layer);
                lines += "a.n" + std::to_string(layer) + " -> " + middle + "\n" + middle +
                         " -> a.n" + std::to_string(layer + 1) + "\n";
            }
        }
        const LineageIndex index(estateFrom(lines));
        Progress progress;
        const LineagePaths found =
            index.paths(datasets, datasetOf(index.estate(), "a.n0").value,
                        datasetOf(index.estate(), "a.n30").value, {}, progress);
        QCOMPARE(found.paths.size(), std::size_t(100));
        QVERIFY(found.hasMore);
    }

    void namesAllEdgesBetweenTwoNodes()
    {
        const LineageIndex index(
            estateFrom("a.x -> a.y by one\n a.x -> a.z by one\n a.x -> a.y by two"));
        const Estate& estate = index.estate();
        const auto edges = index.edgesBetween(datasets, datasetOf(estate, "a.x").value,
                                              datasetOf(estate, "a.y").value);
        QCOMPARE(edges.size(), std::size_t(2));
        QCOMPARE(estate.jobs[estate.lineageEdges[edges[0]].job.value].name, "one");
        QCOMPARE(estate.jobs[estate.lineageEdges[edges[1]].job.value].name, "two");
        QVERIFY(index
                    .edgesBetween(datasets, datasetOf(estate, "a.y").value,
                                  datasetOf(estate, "a.x").value)
                    .empty());
    }

    void anEmptyEstateHasNoWays()
    {
        const LineageIndex index(estateFrom(""));
        QCOMPARE(index.closure(datasets, {}, {}).steps.size(), std::size_t(0));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::LineageIndexTest)
#include "lineage_index_test.moc"
