// SPDX-License-Identifier: Apache-2.0
// Runs put together from events, the facets of datasets and jobs, and what is said about events that are not as they should be.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

namespace {

// One a line: "from -> to by job", in the order of their names.
std::string edgesText(const Estate& estate)
{
    std::vector<std::string> lines;
    for (const LineageEdge& edge : estate.lineageEdges)
        lines.push_back(estate.datasets[edge.from.value].path + " -> " +
                        estate.datasets[edge.to.value].path + " by " +
                        (edge.job.isValid() ? estate.jobs[edge.job.value].name : "nobody") + "\n");
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines)
        text += line;
    return text;
}

std::string columnEdgesText(const Estate& estate)
{
    std::string text;
    for (const ColumnEdge& edge : estate.columnEdges) {
        const Column& from = estate.columns[edge.from.value];
        const Column& to = estate.columns[edge.to.value];
        text += estate.datasets[from.dataset.value].path + "." + from.name + " -> " + to.name +
                (edge.flow == ColumnFlow::Indirect ? " indirect " : " ") + edge.transformation +
                (edge.isMasked ? " masked" : "") + "\n";
    }
    return text;
}

std::string columnsText(const Estate& estate)
{
    std::string text;
    for (const Column& column : estate.columns)
        text += (text.empty() ? "" : " ") + column.name + ":" + column.type;
    return text;
}

constexpr const char* runA = "3f5e83fa-3480-44ff-99c5-ff943904e5e8";

std::string withReplaced(std::string text, const std::string& word, const std::string& with)
{
    return text.replace(text.find(word), word.size(), with);
}

std::string eventOf(const std::string& time, const std::string& inputs, const std::string& outputs,
                    const std::string& runId = runA)
{
    std::string text = R"({"eventType": "COMPLETE", "eventTime": "TIME", "producer": "p", "run": )"
                       R"({"runId": "RUN"}, "job": {"namespace": "s", "name": "j"}, )"
                       R"("inputs": [IN], "outputs": [OUT]})"
                       "\n";
    text = withReplaced(text, "TIME", time);
    text = withReplaced(text, "RUN", runId);
    text = withReplaced(text, "[OUT]", "[" + outputs + "]");
    return withReplaced(text, "[IN]", "[" + inputs + "]");
}

std::string dataset(const std::string& name, const std::string& facets = {})
{
    const std::string text =
        R"({"namespace": "postgres://db", "name": "NAME", "facets": {FACETS}})";
    return withReplaced(withReplaced(text, "NAME", name), "FACETS", facets);
}

// An event whose job has that ownership facet.
std::string ownedEvent(const std::string& time, const std::string& owners)
{
    const std::string text = R"({"eventTime": "TIME", "producer": "p", "job": {"namespace": "s", )"
                             R"("name": "j", "facets": {"ownership": OWNERS}}})"
                             "\n";
    return withReplaced(withReplaced(text, "TIME", time), "OWNERS", owners);
}

}  // namespace

class OpenLineageImporterTest : public QObject {
    Q_OBJECT

private slots:
    void putsARunTogetherFromEventsInAnyOrder()
    {
        const ImportedText imported =
            importText("a.ndjson", eventOf("2026-03-01T10:00:05Z", "", dataset("out")) +
                                       eventOf("2026-03-01T12:00:00+02:00", dataset("in"), ""));
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(edgesText(*imported.estate), std::string("in -> out by j\n"));
        const Job& job = imported.estate->jobs.at(0);
        QCOMPARE(job.runs, 1);
        QCOMPARE(job.lastRun, std::string("2026-03-01T10:00:05.000Z"));
        QVERIFY(imported.estate->datasets[0].isDerived != imported.estate->datasets[1].isDerived);
    }

    // Whatever the order of the events, the newest outcome counts, and each check once.
    void keepsTheNewestOutcomeOfEachCheck()
    {
        const auto checked = [](const char* time, const char* success, const char* rows) {
            return eventOf(
                time,
                "{\"namespace\": \"postgres://db\", \"name\": \"s.t\", \"facets\": "
                "{\"dataQualityAssertions\": {\"assertions\": [{\"assertion\": \"not_null\", "
                "\"column\": \"id\", \"success\": " +
                    std::string(success) +
                    "}, {\"column\": \"x\"}]}, \"ownership\": {\"owners\": [{\"name\": "
                    "\"team:sales\"}]}, \"dataSource\": {\"name\": \"db\"}}, \"inputFacets\": "
                    "{\"dataQualityMetrics\": {\"rowCount\": " +
                    rows + ", \"columnMetrics\": {}}}}",
                "");
        };
        const ImportedText imported =
            importText("a.ndjson", checked("2026-03-02T10:00:00Z", "false", "7") +
                                       checked("2026-03-01T10:00:00Z", "true", "6"));
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.checkRuns.size(), 1U);
        QCOMPARE(estate.checkRuns[0].check + " " + estate.checkRuns[0].at,
                 std::string("not_null id 2026-03-02T10:00:00.000Z"));
        QVERIFY(estate.checkRuns[0].outcome == CheckOutcome::Failed);
        QCOMPARE(estate.observations.size(), 1U);
        QCOMPARE(estate.observations[0].subject + " " + estate.observations[0].metric + " " +
                     estate.observations[0].value,
                 std::string("t rows 7"));
        QCOMPARE(estate.claims.size(), 1U);
        QCOMPARE(estate.claims[0].property + " " + estate.claims[0].value,
                 std::string("owner team:sales"));
        QCOMPARE(leftOutText(estate),
                 std::string("dataSource (2): a facet that is not kept\n"
                             "columnMetrics (2): only numbers of the whole dataset are kept\n"));
        QCOMPARE(imported.problems.size(), 2U);
    }

    void followsRenamesAndDropsUnlessTheyAreTakenBack()
    {
        const ImportedText imported = importText(
            "a.ndjson",
            eventOf("2026-03-01T10:00:00Z",
                    dataset("now",
                            "\"lifecycleStateChange\": {\"lifecycleStateChange\": \"RENAME\", "
                            "\"previousIdentifier\": {\"namespace\": \"postgres://db\", \"name\": "
                            "\"before\"}}") +
                        "," +
                        dataset("kept",
                                "\"lifecycleStateChange\": {\"_deleted\": true, "
                                "\"previousIdentifier\": {\"namespace\": \"postgres://db\", "
                                "\"name\": \"other\"}}") +
                        "," +
                        dataset("gone",
                                "\"lifecycleStateChange\": {\"lifecycleStateChange\": \"DROP\"}") +
                        "," + dataset("before") + "," + dataset("other"),
                    ""));
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.datasets.size(), 4U);  // "now" and "before" are one
        QCOMPARE(estate.claims.size(), 1U);
        QCOMPARE(estate.claims[0].subject + " " + estate.claims[0].value,
                 std::string("postgres://db/gone dropped"));
    }

    void keepsRunsApart()
    {
        const ImportedText imported =
            importText("a.ndjson", eventOf("2026-03-01T10:00:00Z", dataset("a"), "") +
                                       eventOf("2026-03-01T10:00:00Z", "", dataset("b"),
                                               "00000000-0000-0000-0000-000000000002"));
        QCOMPARE(edgesText(*imported.estate), std::string());
        QCOMPARE(imported.estate->jobs.at(0).runs, 2);
    }

    // Some producers give every job the id of the run that started them all.
    void keepsJobsApartThatUseOneRunId()
    {
        const ImportedText imported =
            importText("a.ndjson",
                       eventOf("2026-03-01T10:00:00Z", dataset("a"), dataset("b")) +
                           withReplaced(eventOf("2026-03-01T10:00:01Z", dataset("c"), dataset("d")),
                                        "\"name\": \"j\"", "\"name\": \"bill\""));
        QCOMPARE(edgesText(*imported.estate), "a -> b by j\nc -> d by bill\n");
    }

    void takesATemplateInsteadOfARunIdByItself()
    {
        const ImportedText imported = importText(
            "a.ndjson", eventOf("2026-03-01T10:00:00Z", dataset("a"), "", "{{ any }}") +
                            eventOf("2026-03-01T10:00:00Z", "", dataset("b"), "{{ any }}"));
        QCOMPARE(edgesText(*imported.estate), std::string());
        QCOMPARE(imported.problemsText(),
                 std::string("a.ndjson:1:98: warning: runId is \"{{ any }}\" (expected a UUID). "
                             "Such events are taken each by itself, here and in what follows. "
                             "[openlineage.run-id]\n"));
    }

    void readsColumnLineageOfBothKinds()
    {
        const std::string facet =
            R"("columnLineage": {"fields": {"a": {"inputFields": [)"
            R"({"namespace": "postgres://db", "name": "in", "field": "x", "transformations": [)"
            R"({"type": "DIRECT", "subtype": "AGGREGATION", "masking": true}, )"
            R"({"type": "INDIRECT", "subtype": "JOIN"}]}]}, )"
            R"("b": {"transformationType": "IDENTITY", "inputFields": [)"
            R"({"namespace": "postgres://db", "name": "in", "field": "Y"}]}}, )"
            R"("dataset": [{"namespace": "postgres://db", "name": "in", "field": "z", )"
            R"("transformations": [{"type": "INDIRECT", "subtype": "FILTER"}]}]})";
        const std::string schema = R"("schema": {"fields": [{"name": "y", "type": "int"}]})";
        const ImportedText imported =
            importText("a.json", eventOf("2026-03-01T10:00:00Z", dataset("in", schema),
                                         dataset("out", facet)));
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(columnEdgesText(*imported.estate), std::string("in.x -> a AGGREGATION masked\n"
                                                                "in.x -> a indirect JOIN\n"
                                                                "in.y -> b IDENTITY\n"));
        QCOMPARE(imported.estate->influences.size(), 1U);
        QCOMPARE(imported.estate->influences[0].transformation, std::string("FILTER"));
    }

    void readsNestedFields()
    {
        const ImportedText imported =
            importText("a.json", eventOf("2026-03-01T10:00:00Z",
                                         dataset("in", R"("schema": {"fields": [{"name": "address",
                "type": "struct", "fields": [{"name": "city", "type": "string"}]}]})"),
                                         ""));
        QCOMPARE(columnsText(*imported.estate), std::string("address:struct address.city:string"));
    }

    void countsARepeatedFacet()
    {
        const std::string schema = R"("schema": {"fields": [{"name": "y", "type": "int"}]})";
        const std::string one = eventOf("2026-03-01T10:00:00Z", dataset("in", schema), "");
        const ImportedText imported = importText("a.ndjson", one + one + one);
        QCOMPARE(imported.estate->columns.at(0).evidence.times, 3U);
        QCOMPARE(imported.estate->columns.at(0).evidence.line, 1U);
        QCOMPARE(imported.estate->datasets.at(0).evidence.times, 3U);
    }

    void takesExplicitLineageBeforeInputsAndOutputs()
    {
        const std::string none = R"("lineage": {"inputs": []})";
        const std::string one =
            R"("lineage": {"inputs": [{"namespace": "postgres://db", "name": "b", "type": "DATASET"}]})";
        const ImportedText imported =
            importText("a.json", eventOf("2026-03-01T10:00:00Z", dataset("a") + "," + dataset("b"),
                                         dataset("out", one) + "," + dataset("fresh", none)));
        QCOMPARE(edgesText(*imported.estate), std::string("b -> out by j\n"));
    }

    void knowsADatasetByItsOtherName()
    {
        const std::string link =
            R"("symlinks": {"identifiers": [{"namespace": "hive://meta", "name": "shop.out", "type": "TABLE"}]})";
        const std::string other = R"({"namespace": "hive://meta", "name": "shop.out"})";
        const ImportedText imported = importText(
            "a.ndjson", eventOf("2026-03-01T10:00:00Z", other, dataset("later"),
                                "00000000-0000-0000-0000-000000000002") +
                            eventOf("2026-03-01T10:00:00Z", dataset("in"), dataset("out", link)));
        QCOMPARE(imported.estate->datasets.size(), 3U);
        QCOMPARE(edgesText(*imported.estate), std::string("in -> out by j\nout -> later by j\n"));
        QVERIFY(imported.estate->dataset("hive://meta/shop.out").isValid());
    }

    void letsTheNewestStateWin()
    {
        const std::string late =
            ownedEvent("2026-03-01T10:00:01Z", R"({"owners": [{"name": "new"}]})");
        const std::string early =
            ownedEvent("2026-03-01T10:00:00Z", R"({"owners": [{"name": "old"}]})");
        const std::string gone = ownedEvent("2026-03-01T10:00:02Z", R"({"_deleted": true})");
        QCOMPARE(importText("a.ndjson", late + early).estate->jobs.at(0).owner, std::string("new"));
        QCOMPARE(importText("a.ndjson", gone + late).estate->jobs.at(0).owner, std::string());
    }

    void skipsABadLineAndSaysHowManyWereLoaded()
    {
        const std::string good = eventOf("2026-03-01T10:00:00Z", dataset("a"), dataset("b"));
        const ImportedText imported =
            importText("x.ndjson", good + "\n" + good.substr(0, 20) + "\n" + good);
        QCOMPARE(imported.problemsText(),
                 std::string("x.ndjson:3:21: error: Not JSON: The text ends inside a string; "
                             "expected '\"'. Line skipped, 2 of 3 events loaded. [json.line]\n"));
        QCOMPARE(edgesText(*imported.estate), std::string("a -> b by j\n"));
    }

    void readsListsAndWrappedEvents()
    {
        const std::string one = eventOf("2026-03-01T10:00:00Z", dataset("a"), dataset("b"));
        for (const std::string& text :
             {"[" + one + "]", withReplaced(R"({"events": [EVENT]})", "EVENT", one)}) {
            const ImportedText imported = importText("a.json", text);
            QCOMPARE(imported.problemsText(), std::string());
            QCOMPARE(edgesText(*imported.estate), std::string("a -> b by j\n"));
        }
    }

    void saysThatATimeHasNoZone()
    {
        const ImportedText imported =
            importText("a.json", eventOf("2026-03-01T10:00:00.123456789", dataset("a"), ""));
        QCOMPARE(imported.problemsText(),
                 std::string("a.json:1:40: note: eventTime without a time zone; taken as UTC, here "
                             "and in what follows. [openlineage.no-zone]\n"));
        QCOMPARE(imported.estate->jobs.at(0).lastRun, std::string("2026-03-01T10:00:00.123Z"));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* file, const char* problem) {
            QTest::newRow(file) << QString::fromLatin1(file) << QString::fromUtf8(problem);
        };
        row("event_no_run_id", "a.json:4:10: warning: event 1: run without runId (required). Edges "
                               "of this event loaded without a run. [openlineage.no-run-id]");
        row("event_invalid_run_facet",
            "a.json:8:16: warning: parent facet without run.runId (required). Facet skipped. "
            "[openlineage.facet-incomplete]");
        row("event_invalid_job_facet",
            "a.json:15:11: warning: owner without name (required). Owner "
            "skipped. [openlineage.owner-without-name]");
        row("event_invalid_output_dataset_facet",
            "a.json:20:23: warning: rowCount is a string (expected a number). Value skipped. "
            "[openlineage.wrong-type]");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, file);
        QFETCH(QString, problem);
        const ImportedText imported = importText(
            "a.json", tests::testData("openlineage/negative/" + file.toStdString() + ".json"));
        QCOMPARE(imported.problemsText(), problem.toStdString() + "\n");
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::OpenLineageImporterTest)
#include "openlineage_importer_test.moc"
