// SPDX-License-Identifier: Apache-2.0
// The three-way merge of maps as a command, and as git calls it.
#include "tests/programs/portolanctl.h"

#include <QStandardPaths>

namespace portolan::tests {
namespace {

const std::string base = "{\"portolan\": 1, \"name\": \"M\",\n"
                         " \"contexts\": [\n"
                         "  {\"id\": \"a\", \"name\": \"A\"},\n"
                         "  {\"id\": \"b\", \"name\": \"B\"}\n"
                         " ]\n"
                         "}\n";

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    return text.replace(text.find(what), what.size(), with);
}

// Insertions at one place: a conflict for a merge line by line.
const std::string ours = replaced(base, "\"B\"}", "\"B\"},\n  {\"id\": \"o\", \"name\": \"Ours\"}");
const std::string theirs =
    replaced(base, "\"B\"}", "\"B\"},\n  {\"id\": \"t\", \"name\": \"Theirs\"}");
const std::string both =
    replaced(ours, "\"Ours\"}", "\"Ours\"},\n  {\"id\": \"t\", \"name\": \"Theirs\"}");

const std::string oursConflicting = replaced(base, "\"A\"", "\"Ay\"");
const std::string theirsConflicting = replaced(theirs, "\"A\"", "\"Aah\"");

struct Versions {
    TemporaryFolder folder;

    Versions(const std::string& baseText, const std::string& oursText,
             const std::string& theirsText)
    {
        folder.write("base.json", baseText);
        folder.write("ours.json", oursText);
        folder.write("theirs.json", theirsText);
    }

    ProgramRun merge(std::vector<std::string> options = {}) const
    {
        std::vector<std::string> arguments = {"map", "merge", "base.json", "ours.json",
                                              "theirs.json"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return runProgram(PORTOLANCTL, {.arguments = arguments, .folder = folder.path()});
    }
};

// A repository of its own, untouched by what this user has set up.
class Repository {
public:
    explicit Repository(const std::string& driver)
    {
        git({"init", "-q", "-b", "main"});
        git({"config", "user.name", "Test"});
        git({"config", "user.email", "test@example.org"});
        git({"config", "commit.gpgsign", "false"});
        git({"config", "merge.portolan.name", "Context maps"});
        git({"config", "merge.portolan.driver", driver});
        m_folder.write(".gitattributes", "*.portolan.json merge=portolan\n");
    }

    ProgramRun git(std::vector<std::string> arguments) const
    {
        return runProgram("git", {.arguments = std::move(arguments),
                                  .environment = {{"GIT_CONFIG_GLOBAL", "/dev/null"},
                                                  {"GIT_CONFIG_SYSTEM", "/dev/null"},
                                                  {"GIT_CONFIG_NOSYSTEM", "1"}},
                                  .folder = m_folder.path()});
    }

    void commit(const std::string& text)
    {
        m_folder.write(mapName, text);
        git({"add", "-A"});
        git({"commit", "-q", "-m", "A version"});
    }

    std::string text() const { return m_folder.read(mapName); }

    static constexpr const char* mapName = "maps/one map.portolan.json";

private:
    TemporaryFolder m_folder;
};

std::string driver()
{
    return "'" PORTOLANCTL "' map merge %O %A %B --name %P";
}

bool hasGit()
{
    return !QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty();
}

}  // namespace

class PortolanctlMapMergeTest : public QObject {
    Q_OBJECT

private slots:
    void writesTheMergeIntoOurs()
    {
        const Versions versions(base, ours, theirs);
        const ProgramRun run = versions.merge();
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QCOMPARE(run.out, std::string());
        QCOMPARE(versions.folder.read("ours.json"), both);
        QCOMPARE(versions.folder.read("base.json"), base);
        QCOMPARE(versions.folder.read("theirs.json"), theirs);
    }

    void writesToAnotherFile()
    {
        const Versions versions(base, ours, theirs);
        QCOMPARE(versions.merge({"--output", "merged.json"}).outcome(), std::string("exit 0"));
        QCOMPARE(versions.folder.read("merged.json"), both);
        QCOMPARE(versions.folder.read("ours.json"), ours);
    }

    void writesToStandardOutput()
    {
        const Versions versions(base, ours, theirs);
        const ProgramRun run = versions.merge({"-o", "-"});
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QCOMPARE(run.out, both);
        QCOMPARE(versions.folder.read("ours.json"), ours);
    }

    void keepsOursAndListsTheConflicts()
    {
        const Versions versions(base, oursConflicting, theirsConflicting);
        const ProgramRun run = versions.merge();
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.out, std::string());
        QCOMPARE(run.err,
                 std::string("portolanctl: ours.json:3:23: error: context a: \"name\" is \"Ay\" in "
                             "ours and \"Aah\" in theirs, and was \"A\"; ours stays. "
                             "[merge.changed-by-both]\n"
                             "portolanctl: 1 conflict; there ours stands in the text\n"));
        QCOMPARE(versions.folder.read("ours.json"), replaced(theirsConflicting, "Aah", "Ay"));
    }

    void givesConflictsAndChangesAsOneDocument()
    {
        const Versions versions(base, oursConflicting, theirsConflicting);
        const ProgramRun run = versions.merge({"--json", "--name", "maps/m.json"});
        QCOMPARE(run.exitCode, 1);
        const nlohmann::json document = documentOf(run);
        QVERIFY(run.out.starts_with("{\n  \"portolanctl\": 1,\n  \"command\": \"map merge\""));
        QCOMPARE(document["written"], nlohmann::json("ours.json"));
        QCOMPARE(document["conflicts"].size(), std::size_t{1});
        const nlohmann::json& conflict = document["conflicts"][0];
        QCOMPARE(conflict["kind"], nlohmann::json("changed-by-both"));
        QCOMPARE(conflict["subject"], nlohmann::json("context a"));
        QCOMPARE(conflict["member"], nlohmann::json("name"));
        QCOMPARE(conflict["base"], nlohmann::json("A"));
        QCOMPARE(conflict["ours"], nlohmann::json("Ay"));
        QCOMPARE(conflict["theirs"], nlohmann::json("Aah"));
        QCOMPARE(conflict["path"], nlohmann::json("maps/m.json"));
        QCOMPARE(conflict["line"], nlohmann::json(3));
        QCOMPARE(conflict["pointer"], nlohmann::json("/contexts/0/name"));
        QCOMPARE(document["changes"].size(), std::size_t{1});
        QCOMPARE(document["changes"][0]["kind"], nlohmann::json("added"));
        QCOMPARE(document["changes"][0]["subject"], nlohmann::json("context t"));
        QVERIFY(!document.contains("text"));
    }

    void givesTheTextInTheDocumentWhenBothGoToStandardOutput()
    {
        const Versions versions(base, ours, theirs);
        const ProgramRun run = versions.merge({"--json", "--output", "-"});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(documentOf(run)["text"], nlohmann::json(both));
        QCOMPARE(documentOf(run)["written"], nlohmann::json());
    }

    void takesAnEmptyBaseForOneThatHasNothing()
    {
        const Versions versions("", ours, ours);
        QCOMPARE(versions.merge().outcome(), std::string("exit 0"));
        QCOMPARE(versions.folder.read("ours.json"), ours);
    }

    void writesNothingWhenAVersionIsNoMap()
    {
        for (const std::string& torn : {std::string(), std::string("{\"portolan\": 1,"),
                                        std::string("{\"portolan\": 2}"), std::string("[]")}) {
            const Versions versions(base, ours, torn);
            QCOMPARE(versions.merge().exitCode, 2);
            QCOMPARE(versions.folder.read("ours.json"), ours);
            const Versions turned(base, torn, theirs);
            QCOMPARE(turned.merge().exitCode, 2);
            QCOMPARE(turned.folder.read("ours.json"), torn);
        }
        const Versions versions(base, ours, theirs);
        QCOMPARE(versions.merge({"--output", "no such folder/m.json"}).exitCode, 2);
        QCOMPARE(portolanctl({"map", "merge", "-", "-", "x"}, base).outcome(),
                 std::string("exit 2: portolanctl: standard input can be read once only\n"));
    }

    void mergesForGit()
    {
        if (!hasGit())
            QSKIP("git is not installed");
        Repository repository(driver());
        repository.commit(base);
        repository.git({"checkout", "-q", "-b", "side"});
        repository.commit(theirs);
        repository.git({"checkout", "-q", "main"});
        repository.commit(ours);
        const ProgramRun run = repository.git({"merge", "-m", "Merge", "side"});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(repository.text(), both);
        QCOMPARE(repository.git({"status", "--porcelain"}).out, std::string());
    }

    void tellsGitOfConflicts()
    {
        if (!hasGit())
            QSKIP("git is not installed");
        Repository repository(driver());
        repository.commit(base);
        repository.git({"checkout", "-q", "-b", "side"});
        repository.commit(theirsConflicting);
        repository.git({"checkout", "-q", "main"});
        repository.commit(oursConflicting);
        const ProgramRun run = repository.git({"merge", "-m", "Merge", "side"});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.find("maps/one map.portolan.json:3:23: error: context a: \"name\" is "
                              "\"Ay\" in ours and \"Aah\" in theirs") != std::string::npos,
                 run.err.c_str());
        QCOMPARE(repository.text(), replaced(theirsConflicting, "Aah", "Ay"));
        QVERIFY(repository.git({"status", "--porcelain"}).out.starts_with("UU "));
    }

    void mergesWhatTwoBranchesAdded()
    {
        if (!hasGit())
            QSKIP("git is not installed");
        Repository repository(driver());
        repository.git({"add", "-A"});
        repository.git({"commit", "-q", "-m", "Attributes"});
        repository.git({"checkout", "-q", "-b", "side"});
        repository.commit(theirs);
        repository.git({"checkout", "-q", "main"});
        repository.commit(ours);
        QCOMPARE(repository.git({"merge", "-m", "Merge", "side"}).exitCode, 0);
        QCOMPARE(repository.text(), both);
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlMapMergeTest)
#include "portolanctl_map_merge_test.moc"
