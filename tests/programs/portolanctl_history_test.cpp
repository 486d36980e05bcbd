// SPDX-License-Identifier: Apache-2.0
// A workspace through time: imported twice with changed files, asked as of before, and the difference of the two times.
#include "tests/programs/portolanctl.h"

#include <filesystem>
#include <optional>

namespace portolan::tests {
namespace {

using nlohmann::json;

// One run: raw.orders -> `to`, column by column.
std::string runOf(const std::string& to, const std::vector<std::string>& columns)
{
    json fields = json::array();
    json lineage = json::object();
    for (const std::string& column : columns) {
        fields.push_back({{"name", column}, {"type", "int"}});
        lineage[column] = {{"inputFields", json::array({{{"namespace", "postgres://db:5432"},
                                                         {"name", "shop.raw.orders"},
                                                         {"field", column}}})}};
    }
    const std::string from = to == "shop.mart.facts" ? "shop.core.orders" : "shop.raw.orders";
    for (auto& [name, one] : lineage.items())
        one["inputFields"][0]["name"] = from;
    return json{{"eventTime", "2026-03-01T10:00:00Z"},
                {"eventType", "COMPLETE"},
                {"run", {{"runId", "d46e465b-d358-4d32-83d4-df660ff614dd"}}},
                {"job", {{"namespace", "night"}, {"name", "load " + to}}},
                {"inputs", json::array({{{"namespace", "postgres://db:5432"},
                                         {"name", from},
                                         {"facets", {{"schema", {{"fields", fields}}}}}}})},
                {"outputs", json::array({{{"namespace", "postgres://db:5432"},
                                          {"name", to},
                                          {"facets",
                                           {{"schema", {{"fields", fields}}},
                                            {"columnLineage", {{"fields", lineage}}}}}}})},
                {"producer", "https://example.org/p"},
                {"schemaURL", "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"}}
               .dump() +
           "\n";
}

}  // namespace

class PortolanctlHistoryTest : public QObject {
    Q_OBJECT

    std::optional<TemporaryFolder> m_folder;

    std::string file(const std::string& name) const { return m_folder->path() + "/" + name; }
    std::string import(const std::string& workspace = "w.portolan") const
    {
        return portolanctl({"import", file("data"), "--workspace", file(workspace)}).outcome();
    }
    static std::string changesOf(const ProgramRun& run)
    {
        const json document = documentOf(run);
        std::string text;
        for (const json& change : document["changes"]) {
            text += change["kind"].get<std::string>() + " " + change["thing"].get<std::string>() +
                    " " + change["pointer"].get<std::string>();
            for (const json& one : change["breaks"])
                text += " breaks " + one.get<std::string>();
            text += change["breaking"].get<bool>() == change["breaks"].empty() ? " WRONG\n" : "\n";
        }
        for (const std::string prefix = "postgres://db:5432/shop.";
             text.find(prefix) != std::string::npos;)
            text.erase(text.find(prefix), prefix.size());
        return text;
    }

private slots:
    void init()
    {
        m_folder.emplace();
        m_folder->write("data/core.json", runOf("shop.core.orders", {"id", "amount"}));
        m_folder->write("data/facts.json", runOf("shop.mart.facts", {"id", "amount"}));
        QCOMPARE(import(), "exit 0");
        QCOMPARE(import("old.portolan"), "exit 0");
        m_folder->write("data/core.json", runOf("shop.core.orders", {"id"}));
        m_folder->write("data/facts.json", runOf("shop.mart.facts", {"id"}));
        QCOMPARE(import(), "exit 0");
    }

    void listsTheImports()
    {
        const json document = documentOf(portolanctl({"history", file("w.portolan"), "--json"}));
        QCOMPARE(document["imports"].size(), std::size_t(2));
        QCOMPARE(document["imports"][0]["number"], json(2));
        QCOMPARE(document["imports"][0]["replaced"], json(2));
        QCOMPARE(document["imports"][1]["added"], json(2));
        QCOMPARE(document["imports"][1]["removed"], json(0));
    }

    void asksAsOfBefore()
    {
        const auto columns = [this](const std::vector<std::string>& more) {
            std::vector<std::string> arguments = {
                "lineage",     "shop.mart.facts", "--up", "--columns", "--json",
                "--workspace", file("w.portolan")};
            arguments.insert(arguments.end(), more.begin(), more.end());
            const json document = documentOf(portolanctl(arguments));
            std::size_t count = 0;
            for (const json& node : document["nodes"])
                count += node["kind"] == "column" ? 1 : 0;
            return count;
        };
        QCOMPARE(columns({}), std::size_t(3));
        QCOMPARE(columns({"--as-of", "1"}), std::size_t(6));
        QCOMPARE(columns({"--as-of", "2"}), std::size_t(3));
        QCOMPARE(columns({"--as-of", "2999-01-01"}), std::size_t(3));
        const ProgramRun shown =
            portolanctl({"show", "column:postgres://db:5432/shop.core.orders#amount", "--workspace",
                         file("w.portolan"), "--as-of", "1"});
        QCOMPARE(shown.outcome(), "exit 0");
    }

    void saysWhatItDoesNotKnow()
    {
        const ProgramRun early = portolanctl({"lineage", "shop.mart.facts", "--workspace",
                                              file("w.portolan"), "--as-of", "2001-01-01"});
        QCOMPARE(early.exitCode, 2);
        QVERIFY2(early.err.find("What the workspace held on 2001-01-01 is not known: the first "
                                "import that it keeps is number 1") != std::string::npos,
                 early.err.c_str());
        QCOMPARE(portolanctl({"lineage", "x", "--as-of", "1", file("data")}).exitCode, 2);
        QCOMPARE(portolanctl({"diff", file("old.portolan")}).exitCode, 2);
        QCOMPARE(portolanctl({"diff", "--workspace", file("w.portolan")}).exitCode, 2);
        QCOMPARE(portolanctl({"history", file("none.portolan")}).exitCode, 2);
        QVERIFY(!std::filesystem::exists(file("none.portolan")));
    }

    void tellsTheDifferenceOfTwoTimesAndOfTwoWorkspaces()
    {
        const std::string expected = "removed column core.orders#amount breaks mart.facts\n"
                                     "removed column edge raw.orders#amount -> core.orders#amount\n"
                                     "removed column mart.facts#amount\n"
                                     "removed column edge core.orders#amount -> mart.facts#amount\n"
                                     "removed column raw.orders#amount breaks core.orders\n";
        const ProgramRun times =
            portolanctl({"diff", "--workspace", file("w.portolan"), "--from", "1", "--json"});
        QCOMPARE(times.exitCode, 1);
        QCOMPARE(changesOf(times), expected);
        const ProgramRun files =
            portolanctl({"diff", file("old.portolan"), file("w.portolan"), "--json"});
        QCOMPARE(files.exitCode, 1);
        QCOMPARE(changesOf(files), expected);
        const ProgramRun same = portolanctl(
            {"diff", "--workspace", file("w.portolan"), "--from", "2", "--to", "now", "--json"});
        QCOMPARE(same.outcome(), "exit 0");
        QCOMPARE(documentOf(same)["changes"], json::array());
        const ProgramRun plain = portolanctl({"diff", file("w.portolan"), file("old.portolan")});
        QCOMPARE(plain.exitCode, 1);
        QVERIFY2(plain.out.ends_with("changes 5, breaking 0\n"), plain.out.c_str());
    }

    void forgets()
    {
        QCOMPARE(portolanctl({"history", file("w.portolan"), "--forget"}).outcome(), "exit 0");
        const json document = documentOf(portolanctl({"history", file("w.portolan"), "--json"}));
        QCOMPARE(document["imports"].size(), std::size_t(1));
        QCOMPARE(portolanctl({"diff", "--workspace", file("w.portolan"), "--from", "1"}).exitCode,
                 2);
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlHistoryTest)
#include "portolanctl_history_test.moc"
