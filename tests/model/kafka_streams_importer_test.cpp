// SPDX-License-Identifier: Apache-2.0
// Descriptions of Kafka Streams topologies: which topics reach which. Counted by hand.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

class KafkaStreamsImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsATopology()
    {
        const ImportedText imported = importData("kafka-streams/naming.txt");
        QCOMPARE(imported.format, std::string("kafka-streams"));
        QCOMPARE(imported.estate->datasets.size(), 2U);
        QCOMPARE(imported.estate->lineageEdges.size(), 1U);
        QCOMPARE(imported.estate->jobs.size(), 1U);
        QCOMPARE(imported.estate->jobs[0].name, std::string("naming/0"));
        QCOMPARE(imported.estate->datasets[0].path, std::string("input"));
        QCOMPARE(imported.estate->lineageEdges[0].evidence.line, 11U);
    }

    void joinsSubTopologies()
    {
        const ImportedText imported = importData("kafka-streams/order-totals.txt");
        const Estate& estate = *imported.estate;
        // Three that are read, the repartition topic with the application's name before it, and the totals.
        QCOMPARE(estate.datasets.size(), 5U);
        const auto named = [&estate](const std::string& path) {
            return std::any_of(estate.datasets.begin(), estate.datasets.end(),
                               [&path](const Dataset& one) { return one.path == path; });
        };
        QVERIFY(named("order-totals-totals-repartition"));
        QCOMPARE(estate.lineageEdges.size(), 3U);
        QCOMPARE(estate.jobs.size(), 3U);
    }

    void listsWhatLeadsNowhere()
    {
        const ImportedText imported = importData("kafka-streams/order-totals.txt");
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("store customers: state inside the application\n"
                             "store totals: state inside the application\n"
                             "? alert-sink: the topic is chosen by each record\n"
                             "? shop\\..*: a pattern: which topics it covers is not said\n"
                             "? missing: no processor of that name\n"));
    }

    void readsAnythingToAnEnd()
    {
        for (const char* piece :
             {"    Source: a (topics: [a])\n", "    --> a\n", "   Sub-topology: 1\n",
              "    Sink: a (topic:\n", "    Processor: a (stores: [s])\n      --> a, a\n",
              "Topology: a\n"}) {
            std::string text = "Topologies:\n   Sub-topology: 0\n";
            for (int i = 0; i < 20'000; ++i)
                text += piece;
            QCOMPARE(importText("a.txt", text).format, std::string("kafka-streams"));
        }
    }

    void leavesOthersAlone()
    {
        QCOMPARE(importText("a.txt", "Topologies:\n  none\n").format, std::string());
        QCOMPARE(importText("a.txt", "GROUP TOPIC\n").format, std::string());
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::KafkaStreamsImporterTest)
#include "kafka_streams_importer_test.moc"
