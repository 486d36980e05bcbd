// SPDX-License-Identifier: Apache-2.0
#include "tests/programs/portolanctl.h"

#include <QThread>

#include <csignal>
#include <random>

namespace portolan::tests {
namespace {

const std::string oneEvent =
    "{'eventTime': '2026-01-01T00:00:00Z', 'eventType': 'COMPLETE', 'producer': 'test', "
    "'run': {'runId': '3f5e83fa-3480-44ff-99c5-1#'}, 'job': {'namespace': 'etl', 'name': 'load#'}, "
    "'inputs': [{'namespace': 'postgres://db:5432', 'name': 'a.b.in#'}], "
    "'outputs': [{'namespace': 'postgres://db:5432', 'name': 'a.b.out#'}]}\n";

// One OpenLineage event a line, each with a run and datasets of its own.
std::string events(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i) {
        const std::string number = std::to_string(10'000'000'000 + i);
        for (const char c : oneEvent)
            text += c == '#' ? number : std::string(1, c == '\'' ? '"' : c);
    }
    return text;
}

std::int64_t edgesIn(const ProgramRun& run)
{
    return documentOf(run)["totals"].value("datasetEdges", std::int64_t{-1});
}

}  // namespace

class PortolanctlSignalsTest : public QObject {
    Q_OBJECT

private slots:
    void stopsWaitingForInput()
    {
        RunningProgram program(PORTOLANCTL, {.arguments = {"import", "-"}});
        QVERIFY(program.waitUntilCatches(SIGINT));
        program.signal(SIGINT);
        while (program.isRunning())
            QThread::msleep(10);
        const ProgramRun run = program.finish();
        QCOMPARE(run.outcome(), std::string("exit 130: portolanctl: cancelled\n"));
        QCOMPARE(run.out, std::string());
    }

    // Whenever it is stopped, what it had written is whole, and the next import completes it.
    void leavesAWorkspaceThatCanBeGoneOnWith_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<int>("rounds");
        QTest::newRow("interrupted") << SIGINT << 12;
        QTest::newRow("killed") << SIGKILL << 12;
    }
    void leavesAWorkspaceThatCanBeGoneOnWith()
    {
        QFETCH(int, signal);
        QFETCH(int, rounds);
        const TemporaryFolder folder;
        for (int i = 0; i < 4; ++i)
            folder.write("in/" + std::to_string(i) + ".ndjson", events(3'000));
        const std::string workspace = folder.path() + "/a.portolan";
        const std::vector<std::string> arguments = {"import", "--json", "--workspace", workspace,
                                                    folder.path() + "/in"};
        std::mt19937 random(20260101);
        for (int round = 0; round < rounds; ++round) {
            folder.write("in/0.ndjson", events(3'000) + std::string(round + 1, '\n'));
            RunningProgram program(PORTOLANCTL, {.arguments = arguments});
            QVERIFY(program.waitUntilCatches(SIGINT));
            QThread::msleep(random() % 400);
            program.signal(signal);
            const ProgramRun run = program.finish();
            const bool isExpected =
                run.exitCode == 0 || (signal == SIGINT ? run.exitCode == 130 : run.isCrash);
            QVERIFY2(isExpected, run.outcome().c_str());
            const ProgramRun look =
                portolanctl({"search", "--json", "out10000000001", "--workspace", workspace});
            QVERIFY2(look.exitCode == 0 || !std::filesystem::exists(workspace),
                     look.outcome().c_str());
        }
        const ProgramRun last = portolanctl(arguments);
        QCOMPARE(last.outcome(), std::string("exit 0"));
        QCOMPARE(edgesIn(last), std::int64_t{3'000});
    }

    void leavesAMapAsItWasOrAsItIsToBe()
    {
        const TemporaryFolder folder;
        std::string before = "{\"portolan\": 1, \"name\": \"Big\", \"contexts\": [";
        for (int i = 0; i < 3'000; ++i)
            before += (i == 0 ? "" : ",") + std::string("\n {\"id\": \"c") + std::to_string(i) +
                      "\", \"name\": \"Context\"}";
        before += "\n]}\n";
        const std::string after = portolanctl({"map", "format", "-"}, before).out;
        QVERIFY(!after.empty());
        std::mt19937 random(20260102);
        for (int round = 0; round < 20; ++round) {
            const std::string path = folder.write("map.json", before);
            RunningProgram program(PORTOLANCTL,
                                   {.arguments = {"map", "format", "--in-place", path}});
            QThread::usleep(random() % 120'000);
            program.signal(SIGKILL);
            program.finish();
            const std::string now = folder.read("map.json");
            QVERIFY(now == before || now == after);
        }
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlSignalsTest)
#include "portolanctl_signals_test.moc"
