// SPDX-License-Identifier: Apache-2.0
#include "tests/programs/portolanctl.h"

#include <algorithm>

#include <sys/stat.h>
#include <unistd.h>

namespace portolan::tests {
namespace {

using nlohmann::json;

const std::string contract = "apiVersion: v3.1.0\nkind: DataContract\nid: orders\nversion: 1.0.0\n"
                             "status: active\nname: Orders\nschema:\n  - name: orders\n"
                             "    properties:\n      - name: order_id\n"
                             "        logicalType: string\n";

const std::string oneEvent =
    R"({"eventTime": "2026-01-01T00:00:00Z", "eventType": "COMPLETE", "producer": "test", )"
    R"("run": {"runId": "3f5e83fa-3480-44ff-99c5-ff943904e5e8"}, "job": {"namespace": "etl", "name": "load"}, )"
    R"("inputs": [{"namespace": "postgres://db:5432", "name": "shop.public.raw"}], )"
    R"("outputs": [{"namespace": "postgres://db:5432", "name": "shop.public.orders"}]})";

// The source of that name in a report; null when it is not there.
json sourceOf(const json& document, const std::string& name)
{
    for (const json& source : document["sources"]) {
        if (source["path"] == name)
            return source;
    }
    return nullptr;
}

json import(std::vector<std::string> arguments, const std::string& input = {})
{
    arguments.insert(arguments.begin(), {"import", "--json"});
    return documentOf(portolanctl(arguments, input));
}

std::int64_t totalOf(const json& document, const char* key)
{
    return document["totals"].value(key, std::int64_t{0});
}

}  // namespace

class PortolanctlImportTest : public QObject {
    Q_OBJECT

private slots:
    void countsWhatRealFilesHold_data()
    {
        QTest::addColumn<std::string>("path");
        QTest::addColumn<std::string>("counts");
        const auto row = [](const char* path, const char* counts) {
            QTest::newRow(path) << std::string(path) << std::string(counts);
        };
        row("odcs/v3.1.0/full-example.odcs.yaml", R"({"contracts": 1, "objects": 2, "fields": 7})");
        row("odcs/v3.1.0/postgresql-adventureworks-contract.odcs.yaml",
            R"({"contracts": 1, "objects": 68, "fields": 456})");
        row("odcs/v2.2.2/full-example.yaml", R"({"contracts": 1, "objects": 1, "fields": 3})");
        row("openlineage/airflow-32-events.ndjson",
            R"({"datasets": 13, "jobs": 16, "datasetEdges": 12, "columnEdges": 16})");
        row("openlineage/cll",
            R"({"datasets": 3, "jobs": 4, "datasetEdges": 2, "columnEdges": 10})");
        row("dbt/jaffle-1.12", R"({"datasetEdges": 17})");
        row("dbt/v9-docs", R"({"datasetEdges": 16, "consumers": 3})");
    }
    void countsWhatRealFilesHold()
    {
        QFETCH(std::string, path);
        QFETCH(std::string, counts);
        const json totals = import({dataPath(path)})["totals"];
        const json expected = json::parse(counts);
        for (const auto& [key, count] : expected.items())
            QCOMPARE(key + " " + totals.value(key, json(0)).dump(), key + " " + count.dump());
    }

    void saysWhereAProblemIs()
    {
        const TemporaryFolder folder;
        folder.write("kind.odcs.yaml",
                     "apiVersion: v3.1.0\nkind: Contract\nid: a\nversion: 1.0.0\n");
        folder.write("torn.json", "{\"apiVersion\": \"v3.1.0\",\n  \"kind\": }");
        const ProgramRun run = portolanctl({"import", "--json", folder.path()});
        QCOMPARE(run.exitCode, 1);
        const json document = documentOf(run);
        std::size_t count = 0;
        for (const json& source : document["sources"]) {
            for (const json& problem : source["problems"]) {
                ++count;
                for (const char* key : {"severity", "code", "message", "line", "column", "pointer"})
                    QVERIFY2(problem.contains(key), key);
                QVERIFY2(problem["line"] > 0, run.out.c_str());
            }
        }
        QVERIFY2(count >= 1, run.out.c_str());
    }

    void readsTheOthersWhenOneIsBad()
    {
        const TemporaryFolder folder;
        folder.write("a.odcs.yaml", contract);
        folder.write("b.odcs.yaml", "apiVersion: v3.1.0\nkind: [DataContract\n");
        folder.write("c.ndjson", oneEvent + "\n{\"eventTime\": \n" + oneEvent + "\n");
        folder.write("d.json", std::string("{\"kind\": \"\xff\xfe\"}"));
        folder.write("e.bin", std::string("\0\1\2\3", 4));
        folder.write("f.json", "");
        const ProgramRun run = portolanctl({"import", "--json", folder.path()});
        const json document = documentOf(run);
        QVERIFY2(run.exitCode == 1, run.outcome().c_str());
        QCOMPARE(totalOf(document, "contracts"), 1);
        QCOMPARE(totalOf(document, "datasetEdges"), 1);
        QCOMPARE(sourceOf(document, "c.ndjson")["problems"][0]["line"], json(2));
    }

    void tellsThatANamedFileIsNotThere()
    {
        const TemporaryFolder folder;
        const std::string there = folder.write("a.odcs.yaml", contract);
        const ProgramRun run = portolanctl({"import", "--json", folder.path() + "/none", there});
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(totalOf(documentOf(run), "contracts"), 1);
        QVERIFY(!documentOf(run)["problems"].empty());
    }

    void printsOneDocumentAndNothingElse()
    {
        const TemporaryFolder folder;
        folder.write("a.odcs.yaml", contract);
        folder.write("note.txt", "no contract");
        const ProgramRun run = portolanctl({"import", "--json", folder.path()});
        const json document = documentOf(run);
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QVERIFY(run.out.starts_with("{\n  \"portolanctl\": 1,\n  \"command\": \"import\""));
        const json source = sourceOf(document, "a.odcs.yaml");
        QCOMPARE(source["format"], json("odcs"));
        QCOMPARE(source["formatVersion"], json("v3.1.0"));
        QCOMPARE(source["counts"]["contracts"], json(1));
        QCOMPARE(document["skipped"], json::array({"note.txt"}));
        QVERIFY(document["elapsedMs"].is_number());
        QVERIFY(document["peakRssKb"] > 1000);
    }

    void printsTextForPeople()
    {
        const TemporaryFolder folder;
        folder.write("a.odcs.yaml", contract);
        const ProgramRun run = portolanctl({"import", folder.path()});
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QVERIFY2(run.out.starts_with("a.odcs.yaml: odcs v3.1.0: "), run.out.c_str());
        QVERIFY2(run.out.find("\nIn all: ") != std::string::npos, run.out.c_str());
    }

    void readsStandardInput()
    {
        const json document = import({"-"}, oneEvent + "\n" + oneEvent + "\n");
        QCOMPARE(totalOf(document, "datasetEdges"), 1);
        QCOMPARE(document["sources"][0]["path"], json("-"));
        QCOMPARE(totalOf(import({"-"}, contract), "contracts"), 1);
    }

    void leavesNothingOfStandardInputBehind()
    {
        const TemporaryFolder folder;
        const ProgramRun run =
            runProgram(PORTOLANCTL, {.arguments = {"import", "-"},
                                     .input = contract,
                                     .environment = {{"TMPDIR", folder.path()}}});
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QVERIFY(std::filesystem::is_empty(folder.path()));
    }

    void stopsReadingEndlessStandardInput()
    {
        const ProgramRun run =
            runProgram("/bin/sh", {.arguments = {"-c", std::string(PORTOLANCTL) +
                                                           " import --max-bytes 1M - </dev/zero"}});
        QCOMPARE(run.outcome(),
                 std::string("exit 2: portolanctl: -: error: Standard input is longer than 1048576 "
                             "bytes (--max-bytes). Nothing of it was read. [budget.bytes]\n"));
    }

    void showsAPathThatIsNoText()
    {
        const TemporaryFolder folder;
        folder.write("caf\xe9.odcs.yaml", contract);
        folder.write("plain.odcs.yaml", contract);
        const ProgramRun run = portolanctl({"import", "--json", folder.path()});
        QVERIFY2(!documentOf(run).is_discarded(), run.out.c_str());
        QVERIFY(totalOf(documentOf(run), "contracts") >= 1);
    }

    void obeysItsLimits()
    {
        const ProgramRun run = portolanctl({"import", "--json", "--max-depth", "2", "-"}, contract);
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.out.find("depth") != std::string::npos, run.out.c_str());
    }

    void countsTheMapToo()
    {
        const json document = import({"--map", dataPath("maps/harbour.json"), "-"}, contract);
        QCOMPARE(totalOf(document, "contexts"), 3);
        QCOMPARE(totalOf(document, "domains"), 2);
        QCOMPARE(totalOf(document, "terms"), 1);
        QCOMPARE(totalOf(document, "relationships"), 2);
        QCOMPARE(totalOf(document, "contracts"), 1);
    }

    void countsAProductOnceThatIsDeclaredAndObserved()
    {
        const std::string text = contract + "dataProduct: BerthPlan\n";
        QCOMPARE(totalOf(import({"-"}, text), "products"), 1);
        QCOMPARE(totalOf(import({"--map", dataPath("maps/harbour.json"), "-"}, text), "products"),
                 1);
    }

    void tellsThatANamedFileIsOfNoKnownFormat()
    {
        const TemporaryFolder folder;
        const std::string path = folder.write("note.txt", "no contract");
        QCOMPARE(portolanctl({"import", path}).exitCode, 1);
        QCOMPARE(portolanctl({"import", folder.path()}).exitCode, 0);
    }

    void readsTheSourcesThatAMapNames()
    {
        const TemporaryFolder folder;
        const std::string map = folder.write(
            "map.json", R"({"portolan": 1, "name": "Shop", "sources": ["contracts"]})");
        folder.write("contracts/a.odcs.yaml", contract);
        QCOMPARE(totalOf(import({"--map", map}), "contracts"), 1);
        const json whole = import({"--map", map, folder.path()});
        QCOMPARE(totalOf(whole, "contracts"), 1);
        QCOMPARE(whole["skipped"], json::array());
    }

    void keepsAWorkspaceThatFollowsTheFiles()
    {
        const TemporaryFolder folder;
        const std::string workspace = folder.path() + "/shop.portolan";
        const auto outcomeOf = [&] {
            const json document = import({"--workspace", workspace, folder.path() + "/in"});
            json outcome = document["workspace"];
            outcome.erase("path");
            outcome["contracts"] = totalOf(document, "contracts");
            return outcome.dump();
        };
        folder.write("in/a.odcs.yaml", contract);
        folder.write("in/b.ndjson", oneEvent);
        QCOMPARE(
            outcomeOf(),
            std::string(R"({"added":2,"contracts":1,"removed":0,"replaced":0,"unchanged":0})"));
        QCOMPARE(
            outcomeOf(),
            std::string(R"({"added":0,"contracts":1,"removed":0,"replaced":0,"unchanged":2})"));
        folder.write("in/a.odcs.yaml", contract + "    description: changed\n");
        QCOMPARE(
            outcomeOf(),
            std::string(R"({"added":0,"contracts":1,"removed":0,"replaced":1,"unchanged":1})"));
        std::filesystem::remove(folder.path() + "/in/a.odcs.yaml");
        QCOMPARE(
            outcomeOf(),
            std::string(R"({"added":0,"contracts":0,"removed":1,"replaced":0,"unchanged":1})"));
    }

    void refusesAWorkspaceThatIsNone()
    {
        const TemporaryFolder folder;
        const std::string path = folder.write("a.portolan", std::string(5000, 'x'));
        const ProgramRun run =
            portolanctl({"import", "--json", "--workspace", path, "-"}, contract);
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(documentOf(run)["problems"].size(), std::size_t{1});
        QCOMPARE(folder.read("a.portolan"), std::string(5000, 'x'));
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlImportTest)
#include "portolanctl_import_test.moc"
