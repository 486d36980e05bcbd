// SPDX-License-Identifier: Apache-2.0
#include "tests/programs/portolanctl.h"
#include "tests/support/temporary_folder.h"

namespace portolan::tests {
namespace {

using nlohmann::json;

const std::string contract = "apiVersion: v3.1.0\nkind: DataContract\nid: berth-plan\n"
                             "version: 1.0.0\nstatus: active\nname: Berth plan\nschema:\n"
                             "  - name: plan\n    properties:\n      - name: berth_no\n"
                             "        logicalType: string\n";

const std::string oneEvent =
    R"({"eventTime": "2026-01-01T00:00:00Z", "eventType": "COMPLETE", "producer": "test", )"
    R"("run": {"runId": "3f5e83fa-3480-44ff-99c5-ff943904e5e8"}, "job": {"namespace": "etl", "name": "load"}, )"
    R"("inputs": [{"namespace": "postgres://db:5432", "name": "port.public.raw"}], )"
    R"("outputs": [{"namespace": "postgres://db:5432", "name": "port.public.tolls"}]})";

const std::string map = dataPath("maps/harbour.json");

ProgramRun show(std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), {"show", "--json"});
    return portolanctl(arguments);
}

bool finds(const json& document, const std::string& kind, const std::string& id)
{
    for (const json& hit : document["hits"]) {
        if (hit["kind"] == kind && hit["id"] == id)
            return true;
    }
    return false;
}

}  // namespace

class PortolanctlShowSearchTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_folder.write("in/plan.odcs.yaml", contract);
        m_folder.write("in/events.ndjson", "\n" + oneEvent + "\n");
        m_in = m_folder.path() + "/in";
        m_workspace = m_folder.path() + "/harbour.portolan";
        QCOMPARE(portolanctl({"import", "--workspace", m_workspace, m_in}).outcome(),
                 std::string("exit 0"));
    }

    void showsADeclaredThingAndWhereItStands()
    {
        const ProgramRun run = show({"manifest", "--map", map});
        const json document = documentOf(run);
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QCOMPARE(document["entity"]["kind"], json("context"));
        QCOMPARE(document["entity"]["name"], json("Manifests"));
        QCOMPARE(document["entity"]["relationships"], json::array({"berths-manifest"}));
        QCOMPARE(document["evidence"][0]["path"], json(map));
        QCOMPARE(document["evidence"][0]["line"], json(12));
        QCOMPARE(document["evidence"][0]["pointer"], json("/contexts/1"));
    }

    void showsByNameInAnyCase()
    {
        for (const char* name : {"Tolls", "tolls", "context:tolls"})
            QCOMPARE(documentOf(show({name, "--map", map}))["entity"]["id"], json("tolls"));
        QCOMPARE(documentOf(show({"BERTHPLAN", "--map", map}))["entity"]["kind"], json("product"));
        QCOMPARE(documentOf(show({"berths/Berth", "--map", map}))["entity"]["kind"], json("term"));
    }

    void showsAnObservedThingWithItsEvidence()
    {
        const json document = documentOf(show({"postgres://db:5432/port.public.tolls", m_in}));
        QCOMPARE(document["entity"]["kind"], json("dataset"));
        QCOMPARE(document["entity"]["upstream"],
                 json::array({"postgres://db:5432/port.public.raw"}));
        const json& place = document["evidence"][0];
        QCOMPARE(place["path"], json("events.ndjson"));
        QCOMPARE(place["line"], json(2));
        QVERIFY(!place["pointer"].get<std::string>().empty());
        QCOMPARE(place["importedAt"].get<std::string>().size(), std::size_t{20});
    }

    void showsTheWaysIntoAColumnWithTheirKinds()
    {
        const tests::TemporaryFolder folder;
        const std::string file = folder.write(
            "a.sql", "create table a (id int, x int);\n"
                     "create view v as select id as nr, sum(x) as total from a group by id;\n");
        const json document = documentOf(show({"/v#total", file}));
        const json& incoming = document["entity"]["incoming"];
        QCOMPARE(incoming.size(), std::size_t{2});
        QCOMPARE(incoming[0]["from"], json("/a#x"));
        QCOMPARE(incoming[0]["kind"], json("aggregation"));
        QCOMPARE(incoming[0]["expression"], json("sum(x)"));
        QCOMPARE(incoming[1]["from"], json("/a#id"));
        QCOMPARE(incoming[1]["kind"], json("group by"));
    }

    void showsTheSameFromAWorkspace()
    {
        const json fresh = documentOf(show({"berth-plan@1.0.0", m_in}));
        const json stored = documentOf(show({"berth-plan@1.0.0", "--workspace", m_workspace}));
        QCOMPARE(stored["entity"].dump(2), fresh["entity"].dump(2));
        QCOMPARE(stored["evidence"][0]["line"], fresh["evidence"][0]["line"]);
        QCOMPARE(fresh["entity"]["objects"][0]["fields"][0]["path"], json("berth_no"));
    }

    void listsWhatANameMayMean()
    {
        const ProgramRun run = show({"tolls", "--map", map, m_in});
        QCOMPARE(documentOf(run)["entity"]["kind"], json("context"));  // an id goes before a name
        const ProgramRun unsure = show({"Berth", "--map", map, m_in});
        QCOMPARE(documentOf(unsure)["entity"]["kind"], json("term"));
        const ProgramRun twice = portolanctl(
            {"show", "--json", "load", "-", m_in},
            R"({"eventTime": "2026-01-01T00:00:00Z", "producer": "test", "run": {"runId": "3f5e83fa-3480-44ff-99c5-ff943904e5e9"}, "job": {"namespace": "nightly", "name": "load"}})");
        QCOMPARE(twice.exitCode, 2);
        QCOMPARE(documentOf(twice)["entity"], json(nullptr));
        QCOMPARE(documentOf(twice)["matches"].size(), std::size_t{2});
        QCOMPARE(documentOf(twice)["matches"][0]["kind"], json("job"));
    }

    void saysThatThereIsNoSuchThing()
    {
        const ProgramRun run = portolanctl({"show", "Atlantis", "--map", map});
        QCOMPARE(run.outcome(),
                 std::string("exit 2: portolanctl: nothing is called 'Atlantis' (expected an id, a "
                             "key or a name)\n"));
    }

    void printsTextForPeople()
    {
        const ProgramRun run = portolanctl({"show", "tolls", "--map", map});
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QVERIFY2(run.out.starts_with("kind: context\nid: tolls\nname: Tolls\n"), run.out.c_str());
        QVERIFY2(run.out.ends_with("harbour.json:13 /contexts/2\n"), run.out.c_str());
    }

    void findsDeclaredAndObservedThings()
    {
        const json document = documentOf(
            portolanctl({"search", "--json", "tolls", "--map", map, "--workspace", m_workspace}));
        QVERIFY(finds(document, "context", "tolls"));
        QVERIFY(finds(document, "dataset", "postgres://db:5432/port.public.tolls"));
        for (const char* key : {"kind", "id", "name", "path", "score"})
            QVERIFY2(document["hits"][0].contains(key), key);
    }

    void findsTheSameInFilesAndInAWorkspace()
    {
        const json files = documentOf(portolanctl({"search", "--json", "berth_no", m_in}));
        const json stored =
            documentOf(portolanctl({"search", "--json", "berth_no", "--workspace", m_workspace}));
        QCOMPARE(files["hits"][0]["id"], stored["hits"][0]["id"]);
        QCOMPARE(files["hits"][0]["kind"], json("field"));
    }

    void takesEveryHitAsAnId()
    {
        const json document = documentOf(
            portolanctl({"search", "--json", "plan", "--map", map, "--workspace", m_workspace}));
        QVERIFY(!document["hits"].empty());
        for (const json& hit : document["hits"]) {
            const std::string name =
                hit["kind"].get<std::string>() + ":" + hit["id"].get<std::string>();
            const ProgramRun run = show({name, "--map", map, "--workspace", m_workspace});
            QVERIFY2(run.exitCode == 0, (name + " " + run.outcome()).c_str());
        }
    }

    void takesNoWordsAsAQueryLanguage()
    {
        for (const char* words : {"\"", "a AND", "NEAR(", "*", "toll*", "' OR 1=1 --", "name:x",
                                  "(", "{", "-", "^", ""}) {
            const ProgramRun run =
                portolanctl({"search", "--json", "--workspace", m_workspace, "--", words});
            QVERIFY2(run.exitCode == 0, (std::string(words) + " " + run.outcome()).c_str());
        }
    }

    void saysThatAWorkspaceIsNotThere()
    {
        const std::string path = m_folder.path() + "/none.portolan";
        QCOMPARE(portolanctl({"search", "a", "--workspace", path}).exitCode, 2);
        QVERIFY(!std::filesystem::exists(path));
    }

private:
    TemporaryFolder m_folder;
    std::string m_in;
    std::string m_workspace;

    // Contexts, domains, teams and terms of catalogs are things as those of a map are.
    void showsWhatCatalogsSay()
    {
        const TemporaryFolder folder;
        folder.write("catalog-info.yaml",
                     "apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: checkout, "
                     "description: Takes orders}\nspec: {owner: team-shop, domain: sales}\n");
        const std::string workspace = folder.path() + "/w.portolan";
        portolanctl({"import", "--workspace", workspace, folder.path()});
        const nlohmann::json found =
            documentOf(portolanctl({"search", "--json", "--workspace", workspace, "checkout"}));
        QVERIFY2(found.dump().find("\"kind\":\"context\"") != std::string::npos,
                 found.dump().c_str());
        const nlohmann::json shown =
            documentOf(portolanctl({"show", "--json", "--workspace", workspace, "checkout"}));
        QCOMPARE(shown["entity"].value("owner", ""), std::string("team-shop"));
        QCOMPARE(shown["evidence"][0].value("path", ""), std::string("catalog-info.yaml"));
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlShowSearchTest)
#include "portolanctl_show_search_test.moc"
