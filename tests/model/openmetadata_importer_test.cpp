// SPDX-License-Identifier: Apache-2.0
// OpenMetadata: entities of its REST interface. The files are made by hand, as the interface documents them; counted by hand.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

class OpenMetadataImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsTables()
    {
        const ImportedText imported = importData("openmetadata/tables.json");
        const Estate& estate = *imported.estate;
        QCOMPARE(imported.format, std::string("openmetadata"));
        QCOMPARE(countsText(estate), std::string("columns 5, datasets 2"));
        QCOMPARE(
            imported.problemsText(),
            std::string("openmetadata/tables.json:27:59: warning: A column has no name (required). "
                        "Column skipped. [openmetadata.column-without-name]\n"
                        "openmetadata/tables.json:30:13: warning: The file is one page of a longer "
                        "answer: it holds 2 of 7 entities. [openmetadata.page]\n"));
        QVERIFY(estate.dataset("snowflake://warehouse/shop.public.orders").isValid());
        QVERIFY(estate.dataset("snowflake://warehouse/shop.public.\"dim.product\"").isValid());
        QCOMPARE(estate.columns[3].name, std::string("customer.city"));
        QCOMPARE(estate.columns[3].description, std::string("Where to."));
        QCOMPARE(estate.datasets[1].type, std::string("view"));
        QCOMPARE(leftOutText(estate), std::string("table.retentionPeriod: not kept\n"));
        std::string claims;
        for (const Claim& claim : estate.claims)
            claims += claim.property + " " + claim.value + "\n";
        QCOMPARE(claims,
                 std::string("owner Sales team\ndomain Sales\ntag PII.Sensitive\nowner ann\n"));
    }

    void readsLineage()
    {
        const ImportedText imported = importData("openmetadata/lineage.json");
        QCOMPARE(countsText(*imported.estate),
                 std::string("columnEdges 1, columns 2, datasetEdges 2, datasets 3, jobs 1"));
        QVERIFY(imported.estate->dataset("postgres://pg/shop.public.raw_orders").isValid());
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("? t2: an edge whose ends have no name in this file\n"));
    }

    void readsEntitiesOneALine()
    {
        const ImportedText imported = importData("openmetadata/entities.ndjson");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(countsText(*imported.estate),
                 std::string("checks 2, columns 1, contracts 1, datasets 2, domains 1, fields 1, "
                             "jobs 1, objects 1, products 1, runs 1, teams 1, terms 1"));
        QVERIFY(imported.estate->checkRuns[0].outcome == CheckOutcome::Failed);
        QCOMPARE(imported.estate->checkRuns[0].column, std::string("order_id"));
        QCOMPARE(imported.estate->contracts[0].version, std::string("0.2"));
        QCOMPARE(imported.estate->teams[0].members.size(), 2U);
    }

    void leavesOtherFilesAlone()
    {
        QCOMPARE(importText("a.json", "{\"data\": [{\"id\": 1, \"columns\": []}]}").format,
                 std::string());
    }

    void survivesWrongTypesEverywhere()
    {
        for (
            const char* text :
            {"{\"fullyQualifiedName\": \"a\", \"name\": \"a\", \"columns\": [1, [], {\"name\": [], \"children\": 3}]}",
             "{\"edge\": {\"fromEntity\": 5, \"toEntity\": []}}",
             "{\"fullyQualifiedName\": \"a\", \"name\": \"a\", \"testDefinition\": [], \"testCaseResult\": \"x\", \"entityLink\": \"<#E::table::>\"}"}) {
            const ImportedText imported = importText("a.json", text);
            QVERIFY2(!imported.format.empty(), text);
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::OpenMetadataImporterTest)
#include "openmetadata_importer_test.moc"
