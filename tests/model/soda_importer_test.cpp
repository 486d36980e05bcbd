// SPDX-License-Identifier: Apache-2.0
// Scan results of Soda: each check with its outcome and its table. The numbers were counted in the files by hand.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

std::string runsText(const Estate& estate)
{
    std::string text;
    for (const CheckRun& run : estate.checkRuns)
        text += run.check + " | " + run.type + " | " + run.column + " | " + run.observed + " | " +
                std::string(toString(run.outcome)) + " | " +
                (run.dataset.isValid() ? estate.datasets[run.dataset.value].key() : "-") + "\n";
    return text;
}

}  // namespace

class SodaImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsEachCheckWithItsOutcome()
    {
        const ImportedText imported =
            importText("scan-results.json", tests::testData("soda/scan-results.json"));
        QCOMPARE(imported.format, std::string("soda"));
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(countsText(*imported.estate), std::string("checks 4, datasets 2, runs 4"));
        QCOMPARE(runsText(*imported.estate),
                 std::string("There are orders | row_count |  | 1200 | passed | warehouse/orders\n"
                             "missing_count(email) = 0 | missing_count | email | 7 | failed | "
                             "warehouse/orders\n"
                             "Orders are fresh | freshness | created_at | 93600000 | warned | "
                             "warehouse/Shop.\"Orders.v2\"\n"
                             "Amounts stay as they were | change |  |  | unknown | "
                             "warehouse/orders\n"));
        QCOMPARE(imported.estate->checkRuns[0].at, std::string("2026-03-01T06:00:00+00:00"));
        QCOMPARE(imported.estate->checkRuns[0].expected, std::string("row_count > 0"));
        std::string ignored;
        for (const LeftOut& one : imported.estate->sources[0].leftOut)
            ignored += one.name + " " + std::to_string(one.times) + ", ";
        QCOMPARE(ignored, std::string("checks.location 1, checks.metrics 1, metrics 1, queries 1, "
                                      "logs 1, "));
    }

    void takesChecksOfABrokenScanAsErrors()
    {
        const ImportedText imported =
            importText("scan.json", tests::testData("soda/scan-with-errors.json"));
        QCOMPARE(runsText(*imported.estate),
                 std::string("duplicate_count(id) = 0 | duplicate_count | id |  | error | "
                             "crm/customers\n"
                             "Schema is as agreed | schema |  |  | passed | crm/customers\n"));
        QCOMPARE(imported.estate->checkRuns[0].at, std::string("2026-03-02T06:00:03+00:00"));
    }

    void saysWhatIsWrong()
    {
        const ImportedText imported =
            importText("a.json", R"({"definitionName":"d","scanStartTimestamp":"x","checks":[
{"outcome":"pass"},
{"name":"n","outcome":"maybe"},
{"name":["n"],"definition":"row_count > 0"},
7]})");
        QCOMPARE(imported.problemsText(),
                 std::string("a.json:2:1: error: check without name, definition and identity "
                             "(expected one of them). Check skipped. [soda.no-name]\n"
                             "a.json:3:23: warning: outcome is \"maybe\" (expected pass, warn or "
                             "fail). Kept with an unknown outcome. [soda.unknown-outcome]\n"
                             "a.json:4:9: warning: \"name\" is an array (expected text). Value "
                             "skipped. [soda.wrong-type]\n"
                             "a.json:5:1: error: check without name, definition and identity "
                             "(expected one of them). Check skipped. [soda.no-name]\n"));
        QCOMPARE(imported.estate->checkRuns.size(), 2U);
    }

    void leavesOtherFilesAlone()
    {
        QCOMPARE(importText("a.json", R"({"definitionName":"d","checks":[]})").format,
                 std::string());
    }

    void readsAnEmptyScan()
    {
        const ImportedText imported =
            importText("a.json", R"({"definitionName":1,"scanStartTimestamp":2,"checks":{"a":1}})");
        QCOMPARE(imported.problemsText(),
                 std::string("a.json:1:53: warning: \"checks\" is an object (expected a list). "
                             "Value skipped. [soda.wrong-type]\n"));
        QVERIFY(imported.estate->checkRuns.empty());
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SodaImporterTest)

#include "soda_importer_test.moc"
