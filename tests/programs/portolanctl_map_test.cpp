// SPDX-License-Identifier: Apache-2.0
#include "tests/programs/portolanctl.h"
#include "tests/support/golden.h"

namespace portolan::tests {
namespace {

const std::string emptyMap = "{\"portolan\": 1, \"name\": \"Empty\"}\n";

// What a person is told, with the file called by its name alone.
std::string withoutFolder(std::string text, const std::string& folder)
{
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder))
        text.erase(at, folder.size());
    return text;
}

ProgramRun onMaps(std::vector<std::string> arguments)
{
    return runProgram(PORTOLANCTL, {.arguments = std::move(arguments), .folder = dataPath("maps")});
}

}  // namespace

class PortolanctlMapTest : public QObject {
    Q_OBJECT

private slots:
    void tellsWhatIsWrongWithAMap()
    {
        const ProgramRun run = onMaps({"map", "validate", "harbour.json"});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.err, std::string());
        QCOMPARE(run.out, golden("map-validate.txt", run.out));
    }

    void givesProblemsAndFindingsAsOneDocument()
    {
        const ProgramRun run = onMaps({"map", "validate", "--json", "harbour.json"});
        const nlohmann::json document = documentOf(run);
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.out.starts_with("{\n  \"portolanctl\": 1,\n  \"command\": \"map validate\""));
        QCOMPARE(document["maps"][0]["path"], nlohmann::json("harbour.json"));
        const nlohmann::json& problem = document["problems"][0];
        for (const char* key : {"severity", "code", "message", "line", "column", "pointer"})
            QVERIFY2(problem.contains(key), key);
        QVERIFY(!document["maps"][0]["findings"].empty());
    }

    void findsNothingInASoundMap()
    {
        const ProgramRun run = portolanctl({"map", "validate", "-"}, emptyMap);
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QCOMPARE(run.out, std::string("-: no problems\n"));
    }

    void holdsAToBeMapAgainstItsAsIsMap()
    {
        const ProgramRun run = onMaps({"map", "validate", "to-be.json"});
        QCOMPARE(run.exitCode, 1);
        const auto says = [&run](const std::string& line) {
            return run.out.find(line) != std::string::npos;
        };
        QVERIFY2(says("to-be.json:14:5: warning: Context \"Pilotage\" is not in the AS-IS map, and "
                      "no decision says why. Record a decision that lists the thing in "
                      "\"explains\", or make it again as it is in the AS-IS map. "
                      "[rule.as-is-to-be]\n"),
                 run.out.c_str());
        QVERIFY2(!says("Manifests"), run.out.c_str());
    }

    void saysThatTheAsIsMapCannotBeRead()
    {
        const TemporaryFolder folder;
        const std::string path = folder.write("m.json", testData("maps/to-be.json"));
        const ProgramRun run = portolanctl({"map", "validate", path});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(withoutFolder(run.out, folder.path() + "/")
                         .find("m.json:5:11: error: The AS-IS map \"harbour.json\" cannot be "
                               "read: ") != std::string::npos,
                 run.out.c_str());
    }

    void startsAToBeMap()
    {
        const TemporaryFolder folder;
        folder.write("now.json", emptyMap);
        const auto run = [&folder](std::vector<std::string> arguments) {
            return runProgram(PORTOLANCTL,
                              {.arguments = std::move(arguments), .folder = folder.path()});
        };
        const ProgramRun made = run({"map", "to-be", "now.json", "next.json"});
        QCOMPARE(made.outcome(), std::string("exit 0"));
        QCOMPARE(made.out, std::string("next.json departs from now.json\n"));
        QCOMPARE(run({"map", "validate", "next.json"}).out,
                 std::string("next.json: no problems\n"));
        const ProgramRun again = run({"map", "to-be", "now.json", "next.json", "--json"});
        QCOMPARE(again.exitCode, 2);
        QCOMPARE(documentOf(again)["problems"][0]["code"], nlohmann::json("file.exists"));

        const ProgramRun beside = run({"map", "to-be", "now.json"});
        QCOMPARE(beside.out, std::string("now-to-be.json departs from now.json\n"));
        QCOMPARE(folder.read("now-to-be.json"), folder.read("next.json"));
        QCOMPARE(run({"map", "to-be", "now.json"}).exitCode, 2);
        QCOMPARE(run({"map", "to-be", "now.json", "-o", "deep/next.json"}).exitCode, 2);
        folder.write("deep/x.json", "{}");
        QCOMPARE(run({"map", "to-be", "now.json", "-o", "deep/next.json"}).out,
                 std::string("deep/next.json departs from ../now.json\n"));
        QCOMPARE(run({"map", "to-be", "now.json", "-o", "-"}).out, folder.read("next.json"));
        QCOMPARE(documentOf(run({"map", "to-be", "now.json", "-o", "-", "--json"}))["text"],
                 nlohmann::json(folder.read("next.json")));
        QCOMPARE(run({"map", "to-be", "now.json", "a.json", "-o", "b.json"}).exitCode, 2);
    }

    void goesOnAfterAFileThatIsNoMap()
    {
        const TemporaryFolder folder;
        const std::string torn = folder.write("torn.json", "{\"portolan\": 1,");
        const std::string whole = folder.write("whole.json", emptyMap);
        const ProgramRun run = portolanctl({"map", "validate", torn, "no such file", whole});
        QCOMPARE(run.exitCode, 2);
        const std::string said = withoutFolder(run.out, folder.path() + "/");
        QVERIFY2(said.starts_with("torn.json:1:16: error: "), said.c_str());
        QVERIFY2(said.ends_with("whole.json: no problems\n"), said.c_str());
    }

    void refusesAMapOfANewerVersion()
    {
        const ProgramRun run =
            portolanctl({"map", "validate", "-", "--json"}, R"({"portolan": 2})");
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(documentOf(run)["problems"][0]["code"], nlohmann::json("map.newer-version"));
    }

    void printsTheCanonicalForm()
    {
        const ProgramRun run = onMaps({"map", "format", "harbour.json"});
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QCOMPARE(run.out, golden("map-format.json", run.out));
        QVERIFY(run.out.find("\"x-note\": 1.50") != std::string::npos);
    }

    void leavesTheCanonicalFormAsItIs()
    {
        const ProgramRun once = onMaps({"map", "format", "harbour.json"});
        const ProgramRun twice = portolanctl({"map", "format", "-"}, once.out);
        QCOMPARE(twice.out, once.out);
        QCOMPARE(portolanctl({"map", "format", "--check", "-"}, once.out).exitCode, 0);
    }

    void checksTheFormWithoutWriting()
    {
        const TemporaryFolder folder;
        const std::string text = testData("maps/harbour.json");
        const std::string path = folder.write("map.json", text);
        const ProgramRun run = portolanctl({"map", "format", "--check", path});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(withoutFolder(run.out, folder.path() + "/"),
                 std::string("map.json is not in canonical form\n"));
        QCOMPARE(folder.read("map.json"), text);
    }

    void formatsInPlace()
    {
        const TemporaryFolder folder;
        const std::string path = folder.write("map.json", testData("maps/harbour.json"));
        const ProgramRun run = portolanctl({"map", "format", "--in-place", path});
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QCOMPARE(run.out, std::string());
        QCOMPARE(folder.read("map.json"), onMaps({"map", "format", "harbour.json"}).out);
    }

    void formatsInPlaceNothingThatIsNoMap()
    {
        const TemporaryFolder folder;
        const std::string path = folder.write("map.json", "{\"portolan\": 1, \"name\"}");
        QCOMPARE(portolanctl({"map", "format", "--in-place", path}).exitCode, 2);
        QCOMPARE(folder.read("map.json"), std::string("{\"portolan\": 1, \"name\"}"));
        QCOMPARE(portolanctl({"map", "format", "--in-place", "-"}, emptyMap).exitCode, 2);
    }

    void tellsWhatChanged()
    {
        const ProgramRun run = onMaps({"map", "diff", "harbour.json", "harbour-later.json"});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.err, std::string());
        QCOMPARE(run.out, golden("map-diff.txt", run.out));
    }

    void givesChangesAsOneDocument()
    {
        const ProgramRun run =
            onMaps({"map", "diff", "--json", "harbour.json", "harbour-later.json"});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.out, golden("map-diff.json", run.out));
        const nlohmann::json document = documentOf(run);
        QCOMPARE(document["changes"].size(), std::size_t{5});
        for (const nlohmann::json& change : document["changes"]) {
            for (const char* key : {"kind", "pointer", "before", "after"})
                QVERIFY2(change.contains(key), key);
        }
    }

    void findsNoChangeInOtherFormatting()
    {
        const ProgramRun formatted = onMaps({"map", "format", "harbour.json"});
        const ProgramRun run =
            portolanctl({"map", "diff", dataPath("maps/harbour.json"), "-"}, formatted.out);
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QCOMPARE(run.out, std::string());
    }

    void showsControlCharactersOfAMapInsteadOfSendingThem()
    {
        const ProgramRun run =
            portolanctl({"map", "diff", dataPath("maps/harbour.json"), "-"},
                        "{\"portolan\": 1, \"name\": \"\\u001b[2J\\u009b\", \"contexts\": "
                        "[{\"id\": \"a\", \"name\": \"\\u001b]0;x\\u0007\"}]}");
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.out.find('\x1b') == std::string::npos);
        QVERIFY(run.out.find('\x07') == std::string::npos);
        QVERIFY(run.out.find("\xC2\x9B") == std::string::npos);
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlMapTest)
#include "portolanctl_map_test.moc"
