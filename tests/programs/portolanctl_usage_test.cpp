// SPDX-License-Identifier: Apache-2.0
#include "tests/programs/portolanctl.h"

namespace portolan::tests {
namespace {

const std::vector<std::string> commands = {"import", "show", "search"};
const std::vector<std::string> mapCommands = {"validate", "format", "diff"};

}  // namespace

class PortolanctlUsageTest : public QObject {
    Q_OBJECT

private slots:
    void saysItsVersion()
    {
        const ProgramRun run = portolanctl({"--version"});
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QCOMPARE(run.out, std::string("portolanctl " PORTOLAN_VERSION "\n"));
    }

    void helpsWithEachCommand()
    {
        QCOMPARE(portolanctl({"--help"}).exitCode, 0);
        for (const std::string& command : commands) {
            const ProgramRun run = portolanctl({command, "--help"});
            QCOMPARE(run.exitCode, 0);
            QVERIFY2(run.out.find("--json") != std::string::npos, command.c_str());
        }
        for (const std::string& command : mapCommands)
            QCOMPARE(portolanctl({"map", command, "--help"}).exitCode, 0);
    }

    void listsOnlyCommandsThatAreThere()
    {
        const std::string help = portolanctl({"--help"}).out;
        for (const std::string& command : commands)
            QVERIFY2(help.find("\n  " + command + " ") != std::string::npos, command.c_str());
        QVERIFY(help.find("\n  retire") == std::string::npos);
        QVERIFY(help.find("reconcile") == std::string::npos);
    }

    void saysThatACommandIsStillToCome()
    {
        const ProgramRun run = portolanctl({"retire", "orders@1", "--on", "2027-01-01"});
        QCOMPARE(run.outcome(),
                 std::string("exit 2: portolanctl: 'retire' is not available in this version\n"));
        QCOMPARE(run.out, std::string());
        QCOMPARE(portolanctl({"review", "--help"}).exitCode, 2);
    }

    void refusesWrongUsage()
    {
        QCOMPARE(portolanctl({}).exitCode, 2);
        QCOMPARE(portolanctl({"sail"}).outcome(),
                 std::string("exit 2: portolanctl: there is no command 'sail'\n"
                             "portolanctl: try 'portolanctl --help'\n"));
        QCOMPARE(portolanctl({"import"}).exitCode, 2);
        QCOMPARE(portolanctl({"import", "--sideways", "."}).exitCode, 2);
        QCOMPARE(portolanctl({"import", "--format", "excel", "."}).exitCode, 2);
        QCOMPARE(portolanctl({"import", "--max-depth", "1000000", "."}).exitCode, 2);
        QCOMPARE(portolanctl({"show", "orders"}).exitCode, 2);
        QCOMPARE(portolanctl({"map", "diff", "-", "-"}).exitCode, 2);
    }

    void takesWhatFollowsTwoDashesAsAName()
    {
        const TemporaryFolder folder;
        folder.write("--json", "{\"portolan\": 1, \"name\": \"Odd\"}");
        const ProgramRun run =
            runProgram(PORTOLANCTL,
                       {.arguments = {"map", "validate", "--", "--json"}, .folder = folder.path()});
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QCOMPARE(run.out, std::string("--json: no problems\n"));
    }

    void takesBracketsAndNamesOfCommandsAsTheyAre()
    {
        const TemporaryFolder folder;
        const std::string text = "{\"portolan\": 1, \"name\": \"Odd\"}";
        folder.write("[a,b]", text);
        folder.write("map", text);
        folder.write("{}", text);
        const ProgramRun run =
            runProgram(PORTOLANCTL, {.arguments = {"map", "validate", "[a,b]", "map", "{}"},
                                     .folder = folder.path()});
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QCOMPARE(run.out, std::string("[a,b]: no problems\nmap: no problems\n{}: no problems\n"));
    }

    void saysWhenItsAnswerCannotBeWritten()
    {
        const ProgramRun run = runProgram(
            "/bin/sh", {.arguments = {"-c", std::string(PORTOLANCTL) + " --help >/dev/full"}});
        QCOMPARE(run.outcome(), std::string("exit 2: portolanctl: cannot write to standard output: "
                                            "No space left on device\n"));
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlUsageTest)
#include "portolanctl_usage_test.moc"
