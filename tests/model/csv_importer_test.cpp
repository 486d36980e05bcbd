// SPDX-License-Identifier: Apache-2.0
// Delimited tables: what their headers make of them. The files are made by hand and counted by hand.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

class CsvImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsEdges()
    {
        const ImportedText imported = importData("csv/edges.csv");
        QCOMPARE(countsText(*imported.estate),
                 std::string("columnEdges 2, columns 4, datasetEdges 2, datasets 3, jobs 2"));
        QVERIFY(imported.estate->dataset("snowflake://acc/DWH.CORE.ORDERS").isValid());
        QCOMPARE(imported.estate->columnEdges[1].transformation, std::string("round(total, 2)"));
        QCOMPARE(imported.problemsText(),
                 std::string(
                     "csv/edges.csv:5: warning: The row does not name both ends of the edge. Row "
                     "skipped. [csv.edge-without-end]\n"));
        QCOMPARE(countsText(*importData("csv/edges-tabs.tsv").estate),
                 std::string("datasetEdges 2, datasets 3"));
    }

    void readsAnInformationSchema()
    {
        const ImportedText imported = importData("csv/information-schema.csv");
        QCOMPARE(countsText(*imported.estate), std::string("columns 3, datasets 2"));
        QCOMPARE(imported.estate->datasets[1].path, std::string("SHOP.PUBLIC.\"dim.product\""));
        QCOMPARE(imported.estate->columns[0].description, std::string("Key, unique"));
        QCOMPARE(imported.estate->columns[0].type, std::string("NUMBER"));
    }

    void readsAGlossary()
    {
        const ImportedText imported = importData("csv/glossary.csv");
        QCOMPARE(imported.estate->terms.size(), 2U);
        QCOMPARE(imported.estate->terms[0].definition,
                 std::string("What a customer buys.\nOne \"order\" has lines."));
        QCOMPARE(imported.estate->terms[1].context, std::string("Billing"));
        QCOMPARE(imported.estate->terms[1].evidence.line, 4U);
    }

    void readsAnyOtherTableAsASnapshot()
    {
        const ImportedText imported = importData("csv/orders.csv");
        QCOMPARE(countsText(*imported.estate),
                 std::string("columns 3, datasets 1, observations 1"));
        QCOMPARE(imported.estate->observations[0].value, std::string("3"));
        QCOMPARE(imported.problemsText(),
                 std::string(
                     "csv/orders.csv:5: warning: The row has 2 cells (expected 3). Kept as far as "
                     "it goes. [csv.ragged]\n"));
    }

    void leavesAloneWhatHasNoHeader()
    {
        QCOMPARE(importText("a.csv", "1,2,3\n4,5,6\n").format, std::string());
        QCOMPARE(importText("a.txt", "from,to\na,b\n").format, std::string());
        QCOMPARE(
            importText("a.csv", "").problemsText(),
            std::string("a.csv:1: warning: The table is empty (expected a header line). Nothing is "
                        "read. [csv.empty]\n"));
    }

    void readsAnythingToAnEnd()
    {
        for (const char* piece : {"\"", ",", "\n", "\r", "\"\"", "a,\"b\n"}) {
            std::string text = "from,to\n";
            for (int i = 0; i < 50'000; ++i)
                text += piece;
            QCOMPARE(importText("a.csv", text).format, std::string("csv"));
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::CsvImporterTest)
#include "csv_importer_test.moc"
