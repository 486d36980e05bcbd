// SPDX-License-Identifier: Apache-2.0
// Results of checks by Great Expectations, of both spellings and alone or in an envelope: counts as in the figures of the fixtures.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>
#include <set>

namespace portolan {

namespace {

ImportedText importedFile(const std::string& name)
{
    return importText(name, tests::testData("great-expectations/" + name));
}

// "passed 9, failed 1"
std::string outcomesText(const Estate& estate)
{
    std::string text;
    for (const CheckOutcome outcome :
         {CheckOutcome::Passed, CheckOutcome::Warned, CheckOutcome::Failed, CheckOutcome::Error,
          CheckOutcome::Skipped, CheckOutcome::Unknown}) {
        const auto count =
            std::count_if(estate.checkRuns.begin(), estate.checkRuns.end(),
                          [&](const CheckRun& run) { return run.outcome == outcome; });
        if (count > 0)
            text += (text.empty() ? "" : ", ") + std::string(toString(outcome)) + " " +
                    std::to_string(count);
    }
    return text;
}

std::size_t columnCount(const Estate& estate)
{
    std::set<std::string> columns;
    for (const CheckRun& run : estate.checkRuns)
        columns.insert(run.column);
    columns.erase("");
    return columns.size();
}

// The key under which a check's type stands.
std::string spelling(const Estate& estate)
{
    const std::string pointer = places(estate, estate.checks.at(0).evidence).front().span.pointer;
    return pointer.substr(pointer.rfind('/') + 1);
}

std::string ignoredText(const Estate& estate)
{
    std::string text;
    for (const LeftOut& one : estate.sources[0].leftOut) {
        if (!one.isUnresolved)
            text += (text.empty() ? "" : ", ") + one.name + " " + std::to_string(one.times);
    }
    return text;
}

}  // namespace

class GreatExpectationsImporterTest : public QObject {
    Q_OBJECT

private slots:
    // figures.json of the fixtures: results, passed, columns, spelling.
    void holdsAsManyResultsAsWereCounted_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("results");
        QTest::addColumn<QString>("outcomes");
        QTest::addColumn<int>("columns");
        QTest::addColumn<QString>("spelling");
        QTest::newRow("0.x") << "gx-0.x-titanic.json" << 10 << "passed 9, failed 1" << 6
                             << "expectation_type";
        QTest::newRow("1.x") << "gx-1.x-cli_results.json" << 10 << "passed 9, failed 1" << 6
                             << "type";
        QTest::newRow("profiler") << "gx-1.x-profiler_evrs.json" << 51 << "passed 43, failed 8" << 7
                                  << "type";
        // Counted by a few lines of Python.
        QTest::newRow("operator") << "gx-validation-operator-result.json" << 22
                                  << "passed 18, failed 4" << 2 << "expectation_type";
    }

    void holdsAsManyResultsAsWereCounted()
    {
        QFETCH(QString, file);
        QFETCH(int, results);
        QFETCH(QString, outcomes);
        QFETCH(int, columns);
        QFETCH(QString, spelling);
        const ImportedText imported = importedFile(file.toStdString());
        const Estate& estate = *imported.estate;
        QCOMPARE(imported.format, std::string("great-expectations"));
        QCOMPARE(estate.checkRuns.size(), std::size_t(results));
        QCOMPARE(estate.checks.size(), std::size_t(results));
        QCOMPARE(outcomesText(estate), outcomes.toStdString());
        QCOMPARE(columnCount(estate), std::size_t(columns));
        QCOMPARE(portolan::spelling(estate), spelling.toStdString());
    }

    void keepsWhatWasExpectedAndSeen()
    {
        const ImportedText imported = importedFile("gx-0.x-titanic.json");
        const CheckRun& run = imported.estate->checkRuns.at(1);
        QCOMPARE(run.check, std::string("titanic/expect_column_values_to_match_regex/Name"));
        QCOMPARE(run.type, std::string("expect_column_values_to_match_regex"));
        QCOMPARE(run.expected,
                 std::string("regex=[A-Z][a-z]+(?: \\([A-Z][a-z]+\\))?,, mostly=0.95"));
        QCOMPARE(run.observed, std::string("3 unexpected of 1313"));
        QCOMPARE(run.failures, std::int64_t(3));
        QCOMPARE(run.at, std::string("1955-11-05T00:00:00+00:00"));
        QCOMPARE(run.tool, std::string("great-expectations"));
        QVERIFY(!run.dataset.isValid());
        QCOMPARE(imported.problemsText(),
                 std::string("gx-0.x-titanic.json:229:11: note: The results of suite \"titanic\" "
                             "do not say which dataset was checked (expected a data asset, a table "
                             "or a path in their batch data). Kept without a dataset. "
                             "[great-expectations.no-dataset]\n"));
    }

    void takesTheDatasetFromTheAsset()
    {
        const ImportedText imported = importedFile("gx-1.x-cli_results.json");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(imported.estate->datasets.at(0).key(), std::string("/titanic"));
        QVERIFY(imported.estate->checkRuns.at(9).dataset == DatasetIndex(0));
        QCOMPARE(imported.estate->checkRuns.at(0).at, std::string("1955-11-05T00:00:00.000000Z"));
        QCOMPARE(imported.estate->sources[0].formatVersion, std::string("1.x"));
    }

    void takesTheDatasetFromWhateverBatchDataSaysIt_data()
    {
        QTest::addColumn<QString>("meta");
        QTest::addColumn<QString>("key");
        QTest::newRow("definition") << R"("active_batch_definition":{"datasource_name":"shop",
            "data_asset_name":"orders"})"
                                    << "shop/orders";
        QTest::newRow("table") << R"("batch_kwargs":{"datasource":"shop","schema":"public",
            "table":"orders"})"
                               << "shop/public.orders";
        QTest::newRow("spec") << R"("batch_spec":{"table_name":"orders","schema_name":"public"})"
                              << "/public.orders";
        QTest::newRow("path") << R"("batch_kwargs":{"path":"/data/orders.csv"})"
                              << "file:///data/orders.csv";
        QTest::newRow("store") << R"("batch_kwargs":{"s3":"s3a://lake/raw/orders.csv"})"
                               << "s3://lake/raw/orders.csv";
        QTest::newRow("old name") << R"("data_asset_name":"titanic")"
                                  << "/titanic";
    }

    void takesTheDatasetFromWhateverBatchDataSaysIt()
    {
        QFETCH(QString, meta);
        QFETCH(QString, key);
        const ImportedText imported = importText(
            "a.json",
            R"({"results":[{"expectation_config":{"type":"a","kwargs":{}},"success":true}],"meta":{)" +
                meta.toStdString() + "}}");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(imported.estate->datasets.at(0).key(), key.toStdString());
    }

    void readsACheckpointThatDescribesItself()
    {
        const ImportedText imported = importedFile("checkpoint-described.json");
        const Estate& estate = *imported.estate;
        QCOMPARE(outcomesText(estate), std::string("passed 2, warned 1, failed 1, error 1"));
        QCOMPARE(estate.checkRuns[2].observed,
                 std::string("Error: The column \"idd\" does not exist."));
        QCOMPARE(estate.checkRuns[3].observed, std::string("100"));
        QCOMPARE(estate.checkRuns[3].expected, std::string("value=90"));
        QCOMPARE(estate.datasets.size(), 1U);
        QCOMPARE(estate.datasets[0].key(), std::string("warehouse/shop.orders"));
        // Where the name of a source ends cannot be told from several hyphens.
        QCOMPARE(estate.sources[0].leftOut.at(1).name, std::string("postgres-eu-taxi-data"));
        QVERIFY(estate.sources[0].leftOut[1].isUnresolved);
        QCOMPARE(ignoredText(estate), std::string("result.partial_unexpected_list 1"));
        QCOMPARE(imported.problems.size(), 1U);
    }

    void readsTheEnvelopeOfAnOperator()
    {
        const ImportedText imported = importedFile("gx-validation-operator-result.json");
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.sources[0].formatVersion, std::string("0.11.8+4.g4ab34df3.dirty"));
        QCOMPARE(estate.checkRuns[0].check,
                 std::string("basic.warning/expect_table_row_count_to_be_between"));
        QCOMPARE(estate.checkRuns[0].observed, std::string("30"));
        QCOMPARE(ignoredText(estate).substr(0, 12), std::string("actions_resu"));
        QCOMPARE(imported.problems.size(), 2U);
    }

    void takesSuiteAndTimeFromTheIdentifier()
    {
        const ImportedText imported = importText(
            "a.json",
            R"({"run_results":{"ValidationResultIdentifier::shop/orders/nightly/20200727T171932.5Z/b1":
            {"results":[{"expectation_config":{"expectation_type":"a","kwargs":{}},"success":true}],
            "meta":{"data_asset_name":"orders"}}}})");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(imported.estate->checkRuns.at(0).check, std::string("shop.orders/a"));
        QCOMPARE(imported.estate->checkRuns.at(0).at, std::string("2020-07-27T17:19:32.5Z"));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("result");
        QTest::addColumn<QString>("problem");
        QTest::newRow("type") << R"({"expectation_config":{"kwargs":{}},"success":true})"
                              << "a.json:1:47: error: result without the type of its expectation "
                                 "(required). Result skipped. [great-expectations.no-type]";
        QTest::newRow("outcome")
            << R"({"expectation_config":{"type":"a"},"success":"yes"})"
            << "a.json:1:92: warning: result of a without success (expected true or false). Kept "
               "with an unknown outcome. [great-expectations.no-outcome]";
    }

    void saysWhatIsWrong()
    {
        QFETCH(QString, result);
        QFETCH(QString, problem);
        const ImportedText imported =
            importText("a.json", R"({"meta":{"data_asset_name":"x"}, "results" : [)" +
                                     result.toStdString() + "]}");
        QCOMPARE(imported.problemsText(), problem.toStdString() + "\n");
    }

    void countsAreCompared()
    {
        const ImportedText imported =
            importText("a.json", R"({"statistics":{"evaluated_expectations":3},"results":[],
            "meta":{"data_asset_name":"x"}})");
        QCOMPARE(imported.problemsText(),
                 std::string("a.json:1:41: warning: The statistics speak of 3 evaluated "
                             "expectations, but there are 0 results. Those are kept. "
                             "[great-expectations.count]\n"));
    }

    void leavesOtherFilesAlone()
    {
        QCOMPARE(importText("run_results.json", R"({"metadata":{},"results":[{"status":"pass"}]})")
                     .format,
                 std::string());
        QCOMPARE(importText("results.json", R"({"results":[],"run_results":{}})").format,
                 std::string());
    }

    void survivesWrongTypes()
    {
        for (const char* text :
             {R"({"run_results":{"ValidationResultIdentifier::":3}})",
              R"({"run_results":{"ValidationResultIdentifier::":{"results":{"a":1},"meta":[]}}})",
              R"({"validation_results":[{"expectations":[1,[],{"expectation_type":[1]}]},2]})",
              R"({"results":[{"expectation_config":{"type":"a","kwargs":[1]},"result":[2],
                "exception_info":"x","success":null},7,null]})"}) {
            const ImportedText imported = importText("a.json", text);
            QCOMPARE(imported.format, std::string("great-expectations"));
            QVERIFY(!imported.problems.empty());
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::GreatExpectationsImporterTest)

#include "great_expectations_importer_test.moc"
