// SPDX-License-Identifier: Apache-2.0
// Metrics in text: what becomes lag, freshness and errors. Counted by hand.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

std::string observationsText(const Estate& estate)
{
    std::string text;
    for (const Observation& one : estate.observations)
        text += one.subject + " " + one.consumer + " " + one.metric + " " + one.value + " " +
                one.unit + " " + one.at + "\n";
    return text;
}

}  // namespace

class OpenMetricsImporterTest : public QObject {
    Q_OBJECT

private slots:
    void sumsTheLagOfGroups()
    {
        const ImportedText imported = importData("openmetrics/kafka-exporter.prom");
        QCOMPARE(imported.format, std::string("openmetrics"));
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(observationsText(*imported.estate),
                 std::string("shop.orders audit lag 1200 records \n"
                             "shop.orders billing lag 42 records \n"));
        QCOMPARE(
            leftOutText(*imported.estate),
            std::string("kafka_consumergroup_current_offset: tells nothing of data or consumers\n"
                        "kafka_consumergroup_lag: another view of the same lag\n"
                        "kafka_consumergroup_lag_sum: another view of the same lag\n"
                        "kafka_topic_partitions: tells nothing of data or consumers\n"));
    }

    void readsFreshnessAndErrors()
    {
        const ImportedText imported = importData("openmetrics/freshness.om");
        QCOMPARE(observationsText(*imported.estate),
                 std::string("orders  freshness 360 seconds 2025-11-23T04:00:00.000Z\n"
                             "load-orders  errors 4  2025-11-23T04:00:00.500Z\n"));
        QCOMPARE(imported.estate->datasets[0].path, std::string("dwh.core.orders"));
        QCOMPARE(
            imported.problemsText(),
            std::string("openmetrics/freshness.om:11: warning: The line is no sample (expected "
                        "name{label=\"value\"} number). Line skipped. [openmetrics.syntax]\n"));
        QCOMPARE(
            leftOutText(*imported.estate),
            std::string("data_freshness_seconds: its value is no number\n"
                        "pipeline_errors: tells nothing of data or consumers\n"
                        "order_rows: its labels name nothing that it is of\n"
                        "http_request_duration_seconds (2): tells nothing of data or consumers\n"));
    }

    void leavesOthersAlone()
    {
        QCOMPARE(importText("a.md", "# TYPE of thing\n").format, std::string());
        QCOMPARE(importText("a.md", "# HELP me\ntext\n").format, std::string());
        QCOMPARE(importText("a.txt", "# TYPE a gauge\na 1\n").format, std::string("openmetrics"));
    }

    void readsAnythingToAnEnd()
    {
        for (const char* piece :
             {"a{", "a{b=\"", "a{b=\"\\", "x_lag{topic=\"a\"} 1 ", "a ", "\n", "# UNIT a b\n"}) {
            std::string text = "# TYPE a gauge\n";
            for (int i = 0; i < 30'000; ++i)
                text += piece;
            QCOMPARE(importText("a.txt", text).format, std::string("openmetrics"));
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::OpenMetricsImporterTest)
#include "openmetrics_importer_test.moc"
