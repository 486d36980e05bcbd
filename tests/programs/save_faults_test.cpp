// SPDX-License-Identifier: Apache-2.0
// Every system call of a save fails once, in every way it can: the file then holds the old bytes or the new ones, and the answer
// says which.
#include "model/base/file_store.h"
#include "model/workspace/workspace.h"

#include "tests/support/generations.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/text_output.h"

#include <QFileInfo>

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace portolan {

namespace {

constexpr int newBytes = 20000;
constexpr int mostCalls = 100;

struct Outcome {
    std::string said;
    std::string file;       // "old", "new", "none", or "torn"
    std::string leftovers;  // other files in its folder
    std::string failedCall;
};

std::string contentOf(const std::string& path)
{
    if (!std::filesystem::exists(path))
        return "none";
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    const std::string text = bytes.str();
    return text == "old" ? "old" : text == std::string(newBytes, 'n') ? "new" : "torn";
}

std::string namesIn(const std::string& folder)
{
    std::string names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename() != "map.json")
            names += entry.path().filename().string() + " ";
    }
    return names;
}

Outcome saveWithFailure(const std::string& old, int at, const std::string& with)
{
    const tests::TemporaryFolder folder;
    const std::string path = folder.path() + "/watched/map.json";
    std::filesystem::create_directory(folder.path() + "/watched");
    if (!old.empty())
        folder.write("watched/map.json", old);
    const tests::ProgramRun run = tests::runProgram(
        SAVE_VICTIM, {.arguments = {"save", path, std::to_string(newBytes)},
                      .environment = {{"LD_PRELOAD", FAILING_CALLS},
                                      {"PORTOLAN_FAIL_UNDER", folder.path() + "/watched"},
                                      {"PORTOLAN_FAIL_AT", std::to_string(at)},
                                      {"PORTOLAN_FAIL_WITH", with},
                                      {"PORTOLAN_FAIL_REPORT", folder.path() + "/report"}}});
    Outcome outcome;
    outcome.said = run.exitCode == 0 ? run.out.substr(0, run.out.find('\n')) : run.outcome();
    outcome.file = contentOf(path);
    outcome.leftovers = namesIn(folder.path() + "/watched");
    int calls = 0;
    std::istringstream(folder.read("report")) >> calls >> outcome.failedCall;
    return outcome;
}

// What is on disk, as the answer says it.
std::string saidToBe(const std::string& said)
{
    if (said == "done" || said.starts_with("file.not-confirmed: The file on disk is the new one"))
        return "new";
    if (said.starts_with("file.not-saved: ") &&
        said.ends_with("The file on disk is the old one, unchanged."))
        return "old";
    if (said.starts_with("file.not-saved: ") &&
        said.ends_with("There is still no file of this name on disk."))
        return "none";
    return "not said";
}

}  // namespace

class SaveFaultsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        // What is tested does not need a disk, and a disk's syncs take most of the time.
        if (QFileInfo(QStringLiteral("/dev/shm")).isWritable())
            qputenv("TMPDIR", "/dev/shm");
    }

    void oldOrNewBytesAndTheAnswerSaysWhich_data()
    {
        QTest::addColumn<QString>("old");
        QTest::addColumn<QString>("with");
        for (const char* with : {"ENOSPC", "EIO", "EINTR", "short", "full"}) {
            QTest::addRow("replacing, %s", with)
                << QStringLiteral("old") << QString::fromLatin1(with);
            QTest::addRow("making, %s", with) << QString() << QString::fromLatin1(with);
        }
    }
    void oldOrNewBytesAndTheAnswerSaysWhich()
    {
        QFETCH(QString, old);
        QFETCH(QString, with);
        std::set<std::string> failed;
        int at = 0;
        for (;;) {
            const Outcome outcome = saveWithFailure(old.toStdString(), ++at, with.toStdString());
            const QByteArray place =
                QByteArray("call ") + QByteArray::number(at) + ", " +
                QByteArray::fromStdString(outcome.failedCall + ": " + outcome.said);
            QVERIFY2(at < mostCalls, place);
            QVERIFY2(outcome.file == saidToBe(outcome.said),
                     place + " but on disk: " + QByteArray::fromStdString(outcome.file));
            QVERIFY2(outcome.leftovers.empty(), place);
            failed.insert(outcome.failedCall);
            if (outcome.failedCall == "none") {
                QCOMPARE(outcome.said, "done");
                break;
            }
        }
        // That the calls were seen at all: folder, temporary file, its way back, rename.
        for (const char* call : {"open", "write", "fsync", "close", "rename"})
            QVERIFY2(failed.contains(call), call);
        QVERIFY(at > 8);
    }

    void aFullDiskKeepsTheOldFile()
    {
        const Outcome outcome = saveWithFailure("old", 3, "full");
        QCOMPARE(outcome.failedCall, "write");
        QCOMPARE(outcome.said, "file.not-saved: Not saved: No space left on device. The file on "
                               "disk is the old one, unchanged.");
    }

    void aSignalInTheMiddleIsNoFailure()
    {
        for (int at = 1; at <= 4; ++at)
            QCOMPARE(saveWithFailure("old", at, "EINTR").said, "done");
    }

    // The same for an import: every source is as before or as it is now, and "done" means all are.
    void anImportIsWholeOrNotDone_data()
    {
        QTest::addColumn<QString>("with");
        for (const char* with : {"EIO", "ENOSPC", "full"})
            QTest::newRow(with) << QString::fromLatin1(with);
    }
    void anImportIsWholeOrNotDone()
    {
        QFETCH(QString, with);
        const tests::TemporaryFolder folder;
        const std::string path = folder.path() + "/watched/w.portolan";
        std::filesystem::create_directory(folder.path() + "/watched");
        const auto import = [&](int at) {
            return tests::runProgram(
                WORKSPACE_VICTIM,
                {.arguments = {"import", path, folder.path() + "/data"},
                 .environment = {{"LD_PRELOAD", FAILING_CALLS},
                                 {"PORTOLAN_FAIL_UNDER", folder.path() + "/watched"},
                                 {"PORTOLAN_FAIL_AT", std::to_string(at)},
                                 {"PORTOLAN_FAIL_WITH", with.toStdString()},
                                 {"PORTOLAN_FAIL_REPORT", folder.path() + "/report"}}});
        };
        const auto writeSources = [&](int number) {
            for (const auto& [name, text] : tests::generationSources(number))
                folder.write("data/" + name, text);
        };
        writeSources(1);
        QCOMPARE(import(0).out, "done\n");
        const std::string before = folder.read("watched/w.portolan");
        writeSources(2);
        std::string failedCall;
        int at = 0;
        int refused = 0;
        for (; failedCall != "none" && at < 1000; ++at) {
            folder.write("watched/w.portolan", before);
            const tests::ProgramRun run = import(at + 1);
            int calls = 0;
            std::istringstream(folder.read("report")) >> calls >> failedCall;
            const QByteArray place = QByteArray::number(at + 1) + " " +
                                     QByteArray::fromStdString(failedCall + ": " + run.out);
            QVERIFY2(run.exitCode == 0, place + QByteArray::fromStdString(run.outcome()));
            refused += run.out == "done\n" ? 0 : 1;
            const Result<Workspace> workspace = Workspace::open(path);
            QVERIFY2(workspace.has_value(), place);
            const Result<EstatePtr> estate = workspace->estate();
            QVERIFY2(estate.has_value(), place);
            const std::vector<int> numbers = tests::generationsIn(**estate);
            QCOMPARE(numbers.size(), std::size_t(3));
            for (const int number : numbers)
                QVERIFY2(number == 2 || (number == 1 && run.out != "done\n"), place);
        }
        QCOMPARE(failedCall, "none");
        QVERIFY(at > 30 && refused > 10);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SaveFaultsTest)
#include "save_faults_test.moc"
