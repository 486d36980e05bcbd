// SPDX-License-Identifier: Apache-2.0
// Consumer groups and topics in the forms of the usual tools. Sums of lag were added up by hand.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

ImportedText importedFile(const std::string& name)
{
    return importText(name, tests::testData("kafka/" + name));
}

// "lag of topic by group = 3" for all observations, in their order.
std::string observationsText(const Estate& estate)
{
    std::string text;
    for (const Observation& one : estate.observations)
        text +=
            one.metric + " of " + one.subject + " by " + one.consumer + " = " + one.value + "\n";
    return text;
}

std::string channelsText(const Estate& estate)
{
    std::string text;
    for (const Channel& one : estate.channels)
        text += (text.empty() ? "" : " ") + estate.datasets[one.dataset.value].key();
    return text;
}

std::string leftOutNames(const Estate& estate)
{
    std::string text;
    for (const LeftOut& one : estate.sources[0].leftOut)
        text += (text.empty() ? "" : ", ") + one.name + " " + std::to_string(one.times);
    return text;
}

}  // namespace

class KafkaListingsImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsATableWithoutGroups()
    {
        const ImportedText imported = importedFile("consumer-groups-describe.txt");
        QCOMPARE(imported.format, std::string("kafka-groups"));
        QCOMPARE(observationsText(*imported.estate), std::string("lag of my-topic by  = 4\n"));
        QVERIFY(imported.estate->consumers.empty());
        QCOMPARE(channelsText(*imported.estate), std::string("kafka:///my-topic"));
        QCOMPARE(imported.problemsText(),
                 std::string("consumer-groups-describe.txt:2: note: The listing does not say which "
                             "group it is of (expected a column GROUP). The lag is kept without a "
                             "consumer. [kafka-groups.no-group]\n"));
    }

    void takesTheGroupFromTheCommandAbove()
    {
        const ImportedText imported = importedFile("consumer-groups-commands.txt");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(observationsText(*imported.estate),
                 std::string("lag of topic1 by my-group = 1665\n"
                             "lag of topic2 by my-group = 625363\n"
                             "lag of topic3 by my-group = 467245\n"
                             "lag of topic1 by my-share-group = 0\n"
                             "active-members of my-group by my-group = 4\n"
                             "active-members of my-share-group by my-share-group = 2\n"));
        QCOMPARE(leftOutNames(*imported.estate), std::string("ASSIGNMENT 4"));
        const Consumer& consumer = imported.estate->consumers.at(0);
        QCOMPARE(consumer.id, std::string("my-group"));
        QCOMPARE(consumer.type, std::string("consumer-group"));
        QCOMPARE(consumer.reads.size(), 3U);
        QCOMPARE(imported.estate->adoptions.size(), 4U);
        QCOMPARE(imported.estate->adoptions[0].consumer, std::string("my-group"));
        QCOMPARE(imported.estate->adoptions[0].thing, std::string("topic1"));
        QCOMPARE(imported.estate->adoptions[0].by, std::string("consumer-group"));
        QCOMPARE(imported.estate->adoptions[0].version, std::string());
    }

    void readsSeveralTablesWithMessages()
    {
        const ImportedText imported = importedFile("consumer-groups-all.txt");
        QCOMPARE(observationsText(*imported.estate),
                 std::string("lag of shop.orders by billing = 8\n"
                             "lag of shop.orders by shipping = 0\n"
                             "lag of shop.parcels by shipping = 3\n"
                             "active-members of billing by billing = 0\n"
                             "active-members of shipping by shipping = 2\n"));
        QCOMPARE(leftOutNames(*imported.estate),
                 std::string("messages of the tool 1, __consumer_offsets 1, partitions without a "
                             "lag 1"));
        QCOMPARE(imported.problemsText(),
                 std::string("consumer-groups-all.txt:15: warning: The tool that made the listing "
                             "failed: \"Error: Consumer group 'gone' does not exist.\" (expected a "
                             "table). What it printed is kept. [kafka-groups.error]\n"));
        const EvidencePlace place =
            places(*imported.estate, imported.estate->adoptions.at(2).evidence).front();
        QCOMPARE(place.span.line, 12);
    }

    void readsEachTool_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("observations");
        const auto row = [](const char* file, const char* format, const char* observations) {
            QTest::newRow(file) << QString::fromUtf8(file) << QString::fromUtf8(format)
                                << QString::fromUtf8(observations);
        };
        row("rpk-group-describe.txt", "kafka-groups",
            "lag of shop.orders by search = 4\nactive-members of search by search = 1\n");
        row("rpk-group.json", "kafka-groups-json",
            "lag of shop.orders by search = 4\nactive-members of search by search = 1\n");
        row("kafkactl-group.json", "kafka-groups-json",
            "lag of shop.orders by search = 6\nlag of shop.parcels by search = 1\n"
            "active-members of search by search = 1\n");
        row("confluent-lag.json", "kafka-groups-json",
            "lag of shop.orders by search = 5\nactive-members of search by search = 2\n");
        row("rest-lags.json", "kafka-groups-json",
            "lag of shop.orders by search = 3\nactive-members of search by search = 1\n");
    }

    void readsEachTool()
    {
        QFETCH(QString, file);
        QFETCH(QString, format);
        QFETCH(QString, observations);
        const ImportedText imported = importedFile(file.toStdString());
        QCOMPARE(imported.format, format.toStdString());
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(observationsText(*imported.estate), observations.toStdString());
    }

    void readsTopicsOfEachTool_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("channels");
        QTest::addColumn<QString>("leftOut");
        const auto row = [](const char* file, const char* channels, const char* leftOut) {
            QTest::newRow(file) << QString::fromUtf8(file) << QString::fromUtf8(channels)
                                << QString::fromUtf8(leftOut);
        };
        row("topics-described.txt", "kafka:///shop.orders kafka:///shop.parcels",
            "Configs 2, partitions 3, __consumer_offsets 1");
        row("kafka-topics.txt", "kafka:///shop.orders kafka:///shop.old kafka:///shop.parcels",
            "__consumer_offsets 1, marked for deletion 1");
        row("rpk-topic-list.txt", "kafka:///shop.orders kafka:///shop.parcels", "");
        row("kcat-metadata.txt", "kafka:///shop.orders kafka:///shop.parcels",
            "brokers 3, partitions 2");
        row("kcat-metadata.json", "kafka:///stock_ticks", "brokers 1");
        row("confluent-topics.json", "kafka:///shop.orders", "_confluent-command 1");
        row("rest-topics.json", "kafka://c1/shop.orders", "");
    }

    void readsTopicsOfEachTool()
    {
        QFETCH(QString, file);
        QFETCH(QString, channels);
        QFETCH(QString, leftOut);
        const ImportedText imported = importedFile(file.toStdString());
        QVERIFY(imported.format.starts_with("kafka-topics"));
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(channelsText(*imported.estate), channels.toStdString());
        QCOMPARE(leftOutNames(*imported.estate), leftOut.toStdString());
        QCOMPARE(imported.estate->channels[0].protocol, std::string("kafka"));
        QCOMPARE(imported.estate->datasets[0].type, std::string("topic"));
    }

    void saysWhatIsWrong()
    {
        QCOMPARE(importText("a.json", R"([{"name":"a b","partition_count":1}])").problemsText(),
                 std::string("a.json:1:2: warning: topic without a name that Kafka would take "
                             "(expected letters, digits, '.', '_' and '-'). Topic skipped. "
                             "[kafka-topics.no-name]\n"));
        QCOMPARE(importText("a.json", R"({"kind":"KafkaConsumerLagList","data":[{"partition_id":0,
"lag":1,"consumer_group_id":"g"}]})")
                     .problemsText(),
                 std::string("a.json:1:40: warning: partition without a topic (required). "
                             "Partition skipped. [kafka-groups.incomplete-row]\n"));
        QCOMPARE(
            importText("a.json", R"({"kind":"KafkaConsumerLagList","data":[]})").problemsText(),
            std::string("a.json:1:1: warning: No consumer group was found in the answer "
                        "(expected groups with their partitions). Nothing is loaded from it. "
                        "[kafka-groups.empty]\n"));
    }

    void addsUpHugeLagWithoutOverflow()
    {
        const std::string row = "g t 0 1 2 9223372036854775807 - - -\n";
        const ImportedText imported = importText(
            "a.txt", "GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG CONSUMER-ID HOST "
                     "CLIENT-ID\n" +
                         row + row);
        QCOMPARE(imported.estate->observations.at(0).value, std::string("9223372036854775807"));
    }

    void leavesOtherFilesAlone()
    {
        for (const char* text :
             {"# Notes\n\nGROUP TOPIC PARTITION LAG\n", "TOPIC PARTITION\na 1\n",
              "{\"group\":\"a\",\"partitions\":[]}", "[{\"name\":\"a\"}]", "Topic: of the day\n",
              "{\"topics\":[{\"name\":\"x\"}],\"brokers\":3}",
              "[{\"group\":\"a\",\"topic\":\"b\"}]"})
            QCOMPARE(importText("a.txt", text).format, std::string());
        QCOMPARE(importText("list.txt", "shop.orders\n").format, std::string());
    }

    void survivesStrangeTables()
    {
        const ImportedText imported =
            importText("a.txt", "GROUP TOPIC PARTITION LAG\n\n-\na\na b c d e f\n- - - -\n"
                                "Consumer group '\nConsumer group ''\nGROUP x\nMEMBERS y\n"
                                "a t 0\n$ --group\n\x7F\n");
        QCOMPARE(imported.format, std::string("kafka-groups"));
        QCOMPARE(imported.estate->observations.size(), 0U);
        QCOMPARE(leftOutNames(*imported.estate), std::string("other lines 6"));
    }

    void keepsDeepAnswersBounded()
    {
        std::string text = "{\"kind\":\"KafkaConsumerLagList\",\"data\":";
        for (int depth = 0; depth < 50; ++depth)
            text += "[";
        text += "{}";
        for (int depth = 0; depth < 50; ++depth)
            text += "]";
        const ImportedText imported = importText("a.json", text + "}");
        QCOMPARE(leftOutNames(*imported.estate), std::string("deeper values 1"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::KafkaListingsImporterTest)

#include "kafka_listings_importer_test.moc"
