// SPDX-License-Identifier: Apache-2.0
#include "model/chart/comparison_chart.h"

#include "tests/support/golden.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {
namespace {

MapDocument map(const std::string& text)
{
    Result<MapDocument> document = MapDocument::read(text, "m.json");
    if (!document)
        qFatal("%s", toText(document.error()).c_str());
    return std::move(*document);
}

ComparisonChart harbours()
{
    return comparisonChart(map(tests::testData("maps/harbour.json")),
                           map(tests::testData("maps/to-be.json")));
}

std::string marks(const Chart& chart)
{
    std::string lines;
    for (const ChartRegion& region : chart.regions)
        lines += "region " + region.title + " " + std::string(wordOfChange(region.change)) + "\n";
    for (const ChartNode& node : chart.nodes)
        lines += "card " + node.title + " " + std::string(wordOfChange(node.change)) +
                 (node.place ? " at " + std::to_string(static_cast<int>(node.place->x)) + "," +
                                   std::to_string(static_cast<int>(node.place->y))
                             : std::string()) +
                 "\n";
    for (const ChartEdge& edge : chart.edges)
        lines += "edge " + chart.nodes[static_cast<std::size_t>(edge.from)].title + " - " +
                 chart.nodes[static_cast<std::size_t>(edge.to)].title + " " +
                 std::string(wordOfChange(edge.change)) + " \"" + edge.pill.text + "\"\n";
    return lines;
}

}  // namespace

class ComparisonChartTest : public QObject {
    Q_OBJECT

private slots:
    void drawsBothMaps()
    {
        QCOMPARE(marks(harbours().chart),
                 std::string("region Cargo same\n"
                             "region Money same\n"
                             "card Berths renamed at 0,0\n"
                             "card Pilotage added\n"
                             "card Tolls changed at 400,160\n"
                             "card Manifests removed\n"
                             "edge Berths - Tolls same \"\"\n"
                             "edge Berths - Manifests removed \"− Partnership\"\n"));
    }

    void listsWhatChanged()
    {
        QCOMPARE(toText(harbours().rows), std::string("+ context Pilotage added\n"
                                                      "+ decision No paper manifests added\n"
                                                      "+ view Tolls only added\n"
                                                      "− context Manifests removed\n"
                                                      "− relationship Berths ↔ Manifests removed\n"
                                                      "± context Tolls changed\n"
                                                      "    purpose: nothing → What a ship owes.\n"
                                                      "    moved from [400, 80] to [400, 160]\n"
                                                      "± map Harbour changed\n"
                                                      "    state: nothing → to-be\n"
                                                      "    asIs: nothing → harbour.json\n"
                                                      "~ context Berths renamed\n"
                                                      "    id: berths → moorings\n"));
    }

    void saysItToScreenReaders()
    {
        const Chart chart = harbours().chart;
        const auto description = [&chart](const char* id) {
            return chart
                .nodes[static_cast<std::size_t>(chart.node({EntityKind::BoundedContext, id}))]
                .description;
        };
        QVERIFY(description("pilots").ends_with(", added"));
        QVERIFY(description("manifest").ends_with(", removed"));
        QVERIFY(description("moorings").ends_with(", renamed; id: berths → moorings"));
    }

    void namesTheOwnerOfAProduct()
    {
        const std::string before =
            "{\"portolan\":1,\"contexts\":[{\"id\":\"a\",\"name\":\"Claims\"},{\"id\":\"b\","
            "\"name\":\"Policies\"}],\"products\":[{\"id\":\"p\",\"name\":\"P\",\"context\":\"a\"}]"
            "}";
        std::string after = before;
        after.replace(after.find("\"context\":\"a\""), 13, "\"context\":\"b\"");
        const ComparisonChart compared = comparisonChart(map(before), map(after));
        QCOMPARE(toText(compared.rows),
                 std::string("± product P changed\n    owner: Claims → Policies\n"));
        QCOMPARE(marks(compared.chart), std::string("card Claims same\ncard Policies changed\n"));
        QVERIFY((compared.rows[0].onChart == EntityRef{EntityKind::BoundedContext, "b"}));
    }

    void findsNothingBetweenAMapAndItself()
    {
        const std::string text = tests::testData("maps/harbour.json");
        const ComparisonChart compared = comparisonChart(map(text), map(text));
        QVERIFY(compared.rows.empty());
        for (const ChartNode& node : compared.chart.nodes)
            QVERIFY(node.change == ChartChange::Same);
    }

    void keepsRegionsThatLostTheirCards()
    {
        const std::string domains = "\"domains\":[{\"id\":\"d\",\"name\":\"D\"},{\"id\":\"e\","
                                    "\"name\":\"E\",\"parent\":\"d\"}]";
        const ComparisonChart compared =
            comparisonChart(map("{\"portolan\":1," + domains +
                                ",\"contexts\":[{\"id\":\"a\",\"name\":\"A\",\"domain\":\"e\"}]}"),
                            map("{\"portolan\":1," + domains + "}"));
        QCOMPARE(marks(compared.chart),
                 std::string("region D same\nregion E same\ncard A removed\n"));
        QCOMPARE(compared.chart.nodes[0].region, 1);
        QCOMPARE(compared.chart.regions[1].parent, 0);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ComparisonChartTest)
#include "comparison_chart_test.moc"
