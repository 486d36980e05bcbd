// SPDX-License-Identifier: Apache-2.0
// What a filter leaves of a chart: hidden cards are counted with their reason, implied edges stay, regions collapse to one card.
#include "model/chart/chart_filter.h"

#include "model/chart/chart_table.h"

#include <QTest>

#include <algorithm>

namespace portolan {

class ChartFilterTest : public QObject {
    Q_OBJECT

    static EntityRef context(const std::string& id) { return {EntityKind::BoundedContext, id}; }
    static EntityRef domain(const std::string& id) { return {EntityKind::Domain, id}; }

    // a -> b -> c -> d, c -- e as partners, a // f; a, b in D1; c, d in D2, which is in D3; e, f in none.
    static Chart chartOf()
    {
        Chart chart;
        for (const char* id : {"D1", "D3", "D2"}) {
            ChartRegion region;
            region.entity = domain(id);
            region.title = std::string("Domain ") + id;
            region.parent = id == std::string("D2") ? 1 : -1;
            region.note = id == std::string("D1") ? "core" : "";
            chart.regions.push_back(region);
        }
        const std::vector<std::pair<const char*, int>> cards = {{"a", 0}, {"b", 0},  {"c", 2},
                                                                {"d", 2}, {"e", -1}, {"f", -1}};
        for (const auto& [id, region] : cards) {
            ChartNode node;
            node.entity = context(id);
            node.title = std::string("Card ") + id;
            node.secondary = region == 2 ? "Blue team" : "Red team";
            node.region = region;
            chart.nodes.push_back(node);
        }
        chart.nodes[1].products.push_back({"p", "Zürich Rates", {}, {}, {}});
        chart.nodes[2].badge = ChartBadge{Severity::Error, 2};
        chart.nodes[3].badge = ChartBadge{Severity::Warning, 5};
        chart.nodes[4].isLegacy = true;
        chart.nodes[5].terms = {"Premium"};
        const auto edge = [&chart](const char* id, int from, int to, ChartLine line) {
            ChartEdge added;
            added.entity = {EntityKind::Relationship, id};
            added.from = from;
            added.to = to;
            added.line = line;
            added.toEnd.hasArrow = line == ChartLine::Plain;
            chart.edges.push_back(added);
        };
        edge("ab", 0, 1, ChartLine::Plain);
        edge("bc", 1, 2, ChartLine::Plain);
        edge("cd", 2, 3, ChartLine::Plain);
        edge("ce", 2, 4, ChartLine::Partnership);
        edge("af", 0, 5, ChartLine::SeparateWays);
        return chart;
    }

    static std::string names(const Chart& chart)
    {
        std::string text;
        for (const ChartNode& node : chart.nodes)
            text += (text.empty() ? "" : " ") + node.entity.id;
        return text;
    }
    static std::string edges(const Chart& chart)
    {
        std::string text;
        for (const ChartEdge& edge : chart.edges)
            text += (text.empty() ? "" : ", ") + chart.nodes[std::size_t(edge.from)].entity.id +
                    (edge.fromEnd.hasArrow ? "<" : "") + "-" + (edge.toEnd.hasArrow ? ">" : "") +
                    chart.nodes[std::size_t(edge.to)].entity.id +
                    (edge.pill.text.empty() ? "" : " (" + edge.pill.text + ")");
        return text;
    }
    static std::string shownBy(const std::string& words)
    {
        ChartFilter filter;
        filter.words = words;
        return names(filtered(chartOf(), filter).chart);
    }

private slots:
    void showsAllWithoutAFilter()
    {
        const Chart whole = chartOf();
        const FilteredChart all = filtered(whole, {});
        QCOMPARE(toText(all.chart), toText(whole));
        QCOMPARE(all.shownNodes, std::size_t(6));
        QCOMPARE(all.shownEdges, std::size_t(5));
        QVERIFY(all.hidden.empty());
        QVERIFY(ChartFilter{}.isEmpty());
    }

    void findsWords()
    {
        QCOMPARE(shownBy("CARD"), std::string("a b c d e f"));
        QCOMPARE(shownBy("card blue"), std::string("c d"));
        QCOMPARE(shownBy("\"card b\""), std::string("b"));
        QCOMPARE(shownBy("Z\xC3\x9CRICH"),
                 std::string("b"));  // another case of a letter beyond ASCII
        QCOMPARE(shownBy("-blue"), std::string("a b e f"));
        QCOMPARE(shownBy("owner:blue"), std::string("c d"));
        QCOMPARE(shownBy("owner:card"), std::string());
        QCOMPARE(shownBy("domain:d3"), std::string("c d"));  // of the domain around its own
        QCOMPARE(shownBy("product:rates"), std::string("b"));
        QCOMPARE(shownBy("term:premium"), std::string("f"));
        QCOMPARE(shownBy("is:core"), std::string("a b"));
        QCOMPARE(shownBy("is:legacy"), std::string("e"));
        QCOMPARE(shownBy("has:finding"), std::string("c d"));
        QCOMPARE(shownBy("has:error"), std::string("c"));
        QCOMPARE(shownBy("has:product"), std::string("b"));
        QCOMPARE(shownBy("has:finding -has:error"), std::string("d"));
        QCOMPARE(shownBy("owner:"), std::string("a b c d e f"));  // still being typed
        QCOMPARE(shownBy("nothing like it"), std::string());
    }

    void findsCardsWithoutHidingOthers()
    {
        QVERIFY(cardsWith(chartOf(), "blue") ==
                (std::vector<EntityRef>{context("c"), context("d")}));
        QVERIFY(cardsWith(chartOf(), "  ").empty());
    }

    void leavesAnImpliedEdge()
    {
        ChartFilter filter;
        filter.hidden = {context("b"), context("c")};
        const FilteredChart thin = filtered(chartOf(), filter);
        QCOMPARE(names(thin.chart), std::string("a d e f"));
        // From e one comes to d too: partners exchange both ways.
        QCOMPARE(edges(thin.chart),
                 std::string("a-f, a->d (via 2 contexts), a->e (via 2 contexts), "
                             "e->d (via Card c)"));
        QCOMPARE(thin.impliedEdges, std::size_t(3));
        QCOMPARE(thin.shownEdges, std::size_t(1));
        const ChartEdge& implied = thin.chart.edges[1];
        QVERIFY(isStandInId(implied.entity.id));
        QVERIFY(implied.line == ChartLine::Implied);
        QVERIFY(thin.standsFor.at(implied.entity) ==
                (std::vector<EntityRef>{context("b"), context("c")}));
        QCOMPARE(implied.description,
                 std::string("Implied: Card a to Card d, through hidden Card b, Card c"));
    }

    void drawsNoImpliedEdgeBesideARealOne()
    {
        Chart whole = chartOf();
        whole.edges[2].from = 0;  // a -> d
        whole.edges.push_back(whole.edges[1]);
        whole.edges.back().entity.id = "bd";
        whole.edges.back().to = 3;
        ChartFilter filter;
        filter.hidden = {context("b"), context("c"), context("e"), context("f")};
        QCOMPARE(edges(filtered(whole, filter).chart), std::string("a->d"));
    }

    void drawsOneImpliedEdgeForBothWays()
    {
        ChartFilter filter;
        filter.only = {context("a"), context("b"), context("d"), context("e")};
        Chart whole = chartOf();
        whole.edges[2].line = ChartLine::SharedKernel;  // c -- d
        QCOMPARE(edges(filtered(whole, filter).chart),
                 std::string("a->b, b->d (via Card c), b->e (via Card c), d<->e (via Card c)"));
    }

    void countsWhatIsHidden()
    {
        ChartFilter filter;
        filter.words = "card -blue";
        filter.hidden = {context("a"), context("gone"), context("c")};
        const FilteredChart thin = filtered(chartOf(), filter);
        QCOMPARE(thin.allNodes, std::size_t(6));
        QCOMPARE(thin.shownNodes, std::size_t(3));
        QCOMPARE(thin.hiddenCounts.at(HiddenReason::Words), std::size_t(2));
        QCOMPARE(thin.hiddenCounts.at(HiddenReason::Hidden), std::size_t(1));
        QVERIFY(thin.hidden.at(context("c")) == HiddenReason::Words);
        // A domain that lost its cards goes with them.
        QCOMPARE(thin.chart.regions.size(), std::size_t(1));
        QVERIFY(!thin.shownAs(context("c")));
        QVERIFY(thin.shownAs(context("b")) == context("b"));
    }

    void hidesADomainByHand()
    {
        ChartFilter filter;
        filter.hidden = {domain("D3")};
        QCOMPARE(names(filtered(chartOf(), filter).chart), std::string("a b e f"));
        filter = {};
        filter.only = {domain("D2"), context("f")};
        QCOMPARE(names(filtered(chartOf(), filter).chart), std::string("c d f"));
    }

    void focuses_data()
    {
        QTest::addColumn<QString>("on");
        QTest::addColumn<int>("depth");
        QTest::addColumn<int>("direction");
        QTest::addColumn<QString>("shown");
        QTest::newRow("both, one hop") << "b" << 1 << 0 << "a b c";
        QTest::newRow("both, two hops") << "b" << 2 << 0 << "a b c d e";
        QTest::newRow("upstream") << "c" << 9 << 1 << "a b c e";  // its partner gives and takes
        QTest::newRow("downstream") << "c" << 9 << 2 << "c d e";
        QTest::newRow("itself") << "c" << 0 << 0 << "c";
        QTest::newRow("no way along separate ways") << "f" << 9 << 0 << "f";
        QTest::newRow("on what is gone") << "gone" << 1 << 0 << "a b c d e f";
    }
    void focuses()
    {
        QFETCH(QString, on);
        QFETCH(int, depth);
        QFETCH(int, direction);
        QFETCH(QString, shown);
        ChartFilter filter;
        filter.focus = {{context(on.toStdString())}, depth, FlowDirection(direction)};
        QCOMPARE(QString::fromStdString(names(filtered(chartOf(), filter).chart)), shown);
    }

    void focusesOnDomainsAndRelationships()
    {
        ChartFilter filter;
        filter.focus = {{domain("D1")}, 0, FlowDirection::Both};
        QCOMPARE(names(filtered(chartOf(), filter).chart), std::string("a b"));
        filter.focus = {{{EntityKind::Relationship, "cd"}}, 0, FlowDirection::Both};
        QCOMPARE(names(filtered(chartOf(), filter).chart), std::string("c d"));
    }

    void collapsesADomain()
    {
        Chart whole = chartOf();
        whole.edges.push_back(whole.edges[1]);  // b -> d
        whole.edges.back().entity.id = "bd";
        whole.edges.back().to = 3;
        ChartFilter filter;
        filter.collapsed = {domain("D3")};
        const FilteredChart thin = filtered(whole, filter);
        QCOMPARE(names(thin.chart), std::string("a b D3 e f"));
        QCOMPARE(edges(thin.chart), std::string("a->b, a-f, b->D3 (2 relationships), D3-e"));
        const ChartNode& card = thin.chart.nodes[2];
        QCOMPARE(card.members, 2);
        QCOMPARE(card.secondary, std::string("2 contexts"));
        QCOMPARE(card.note, std::string("1 relationship inside"));
        QVERIFY(card.badge == (ChartBadge{Severity::Error, 2}));
        QCOMPARE(thin.shownNodes, std::size_t(6));  // nothing is hidden
        QCOMPARE(thin.shownEdges, std::size_t(6));
        QCOMPARE(thin.chart.regions.size(), std::size_t(1));
        // Drilled into: what it stands for, and what stands for its parts.
        const EntityRef bundle = thin.chart.edges[2].entity;
        QCOMPARE(thin.standsFor.at(bundle).size(), std::size_t(2));
        QVERIFY(thin.shownAs({EntityKind::Relationship, "bd"}) == bundle);
        QVERIFY(thin.shownAs({EntityKind::Relationship, "cd"}) == domain("D3"));
        QVERIFY(thin.shownAs(context("d")) == domain("D3"));
    }

    void collapsesTheOutermost()
    {
        ChartFilter filter;
        filter.collapsed = {domain("D2"), domain("D3")};
        QCOMPARE(names(filtered(chartOf(), filter).chart), std::string("a b D3 e f"));
        filter.collapsed = {domain("D2")};
        const FilteredChart inner = filtered(chartOf(), filter);
        QCOMPARE(names(inner.chart), std::string("a b D2 e f"));
        QVERIFY(inner.chart.nodes[2].region == 1);  // in D3
    }

    void saysWhenImpliedEdgesAreTooMany()
    {
        // 60 before and 60 behind one that is hidden: 3,600 implied edges would be a hairball.
        Chart whole;
        whole.nodes.resize(121);
        for (std::size_t node = 0; node < whole.nodes.size(); ++node)
            whole.nodes[node].entity = context("n" + std::to_string(node));
        for (int other = 1; other <= 60; ++other) {
            ChartEdge in;
            in.entity = {EntityKind::Relationship, "i" + std::to_string(other)};
            in.from = other;
            ChartEdge out;
            out.entity = {EntityKind::Relationship, "o" + std::to_string(other)};
            out.to = other + 60;
            whole.edges.push_back(in);
            whole.edges.push_back(out);
        }
        ChartFilter filter;
        filter.hidden = {context("n0")};
        const FilteredChart thin = filtered(whole, filter);
        QVERIFY(thin.isImpliedCut);
        QCOMPARE(thin.impliedEdges, std::size_t(2000));
        QCOMPARE(thin.chart.nodes.size(), std::size_t(120));
    }

    void givesUpWhatHidesOne()
    {
        ChartFilter filter;
        filter.words = "card";
        filter.hidden = {domain("D3"), context("a")};
        filter.focus = {{context("b")}, 0, FlowDirection::Both};
        filter.only = {domain("D1")};
        const ChartFilter changed = showing(filter, chartOf(), context("c"));
        QCOMPARE(names(filtered(chartOf(), changed).chart), std::string("b c"));
        QCOMPARE(changed.words, std::string("card"));  // did not hide it
        QVERIFY(changed.hidden == std::set<EntityRef>{context("a")});
        filter = {};
        filter.words = "blue";
        QVERIFY(showing(filter, chartOf(), context("a")).isEmpty());
    }

    void describesItself()
    {
        ChartFilter filter;
        QCOMPARE(describe(filter, chartOf()), std::string());
        filter.words = "card";
        filter.hidden = {context("a")};
        filter.collapsed = {domain("D1")};
        filter.focus = {{context("c")}, 2, FlowDirection::Upstream};
        QCOMPARE(
            describe(filter, chartOf()),
            std::string("cards with \"card\"; without Card a; focus on Card c, 2 hops upstream; "
                        "collapsed Domain D1"));
    }

    // The table twin holds exactly what the graph holds.
    void listsTheSameInATable()
    {
        ChartFilter filter;
        filter.hidden = {context("b")};
        const FilteredChart thin = filtered(chartOf(), filter);
        const ChartTable contexts = contextTable(thin.chart);
        const ChartTable relationships = relationshipTable(thin.chart);
        QCOMPARE(contexts.rows.size(), thin.chart.nodes.size());
        QCOMPARE(relationships.rows.size(), thin.chart.edges.size());
        for (const ChartTable& table : {contexts, relationships}) {
            for (const ChartTable::Row& row : table.rows)
                QCOMPARE(row.cells.size(), table.columns.size());
        }
        QVERIFY(contexts.rows[1].cells ==
                (std::vector<std::string>{"Card c", "bounded context", "Domain D3 / Domain D2",
                                          "Blue team", "", "", "2 errors", "c"}));
        QVERIFY(relationships.rows.back().cells ==
                (std::vector<std::string>{"Card a", "", "Card c", "", "through hidden contexts", "",
                                          "via Card b", ""}));
    }

    void writesCsv()
    {
        QCOMPARE(csvCell("plain"), std::string("plain"));
        QCOMPARE(csvCell("a,b"), std::string("\"a,b\""));
        QCOMPARE(csvCell("say \"hi\""), std::string("\"say \"\"hi\"\"\""));
        QCOMPARE(csvCell("two\nlines"), std::string("\"two\nlines\""));
        QCOMPARE(csvCell("=1+1"), std::string("'=1+1"));
        QCOMPARE(csvCell("=a,b"), std::string("\"'=a,b\""));
        QCOMPARE(csvCell("@sum"), std::string("'@sum"));
        QCOMPARE(csvCell("\tx"), std::string("'\tx"));
        QCOMPARE(csvCell("\xEF\xBC\x9D"
                         "1"),
                 std::string("'\xEF\xBC\x9D"
                             "1"));
        QCOMPARE(csvCell("-1.5"), std::string("-1.5"));
        QCOMPARE(csvCell("+3"), std::string("+3"));
        QCOMPARE(csvCell("-x"), std::string("'-x"));
        ChartTable table;
        table.columns = {"A", "B"};
        table.rows = {{{}, {"1", "=x"}}};
        QCOMPARE(toCsv(table), std::string("\xEF\xBB\xBF"
                                           "A,B\r\n1,'=x\r\n"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ChartFilterTest)
#include "chart_filter_test.moc"
