// SPDX-License-Identifier: Apache-2.0
// kill -9 at random moments: no file is torn, no appended edit lost, and a workspace holds one generation or the next.
#include "model/base/file_store.h"
#include "model/map/edit_journal.h"
#include "model/workspace/database.h"
#include "model/workspace/workspace.h"

#include "tests/support/generations.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/text_output.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>

#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>

namespace portolan {

namespace {

constexpr int kills = 200;

// Starts a program, lets it come as far as its first line, kills it a little later. Answers all that it has said.
class Killing {
public:
    explicit Killing(quint32 seed) : m_random(seed) {}

    std::string run(const std::string& program, const QStringList& arguments, int mostMicroseconds)
    {
        QProcess process;
        process.start(QString::fromStdString(program), arguments);
        QByteArray said;
        while (!said.contains('\n') && process.waitForReadyRead(10'000))
            said += process.readAllStandardOutput();
        std::this_thread::sleep_for(std::chrono::microseconds(m_random.bounded(mostMicroseconds)));
        const bool wasRunning = process.state() == QProcess::Running;
        process.kill();
        process.waitForFinished(10'000);
        said += process.readAllStandardOutput();
        return wasRunning && process.exitStatus() == QProcess::CrashExit ? said.toStdString()
                                                                         : std::string();
    }

private:
    QRandomGenerator m_random;
};

// The number on the last whole line; 0 when there is none.
int lastNumber(const std::string& said)
{
    const std::size_t end = said.rfind('\n');
    if (end == std::string::npos)
        return 0;
    const std::size_t start = end == 0 ? std::string::npos : said.rfind('\n', end - 1);
    return std::atoi(said.substr(start == std::string::npos ? 0 : start + 1).c_str());
}

QString text(const std::string& path)
{
    return QString::fromStdString(path);
}

}  // namespace

class KillTest : public QObject {
    Q_OBJECT

    std::optional<tests::TemporaryFolder> m_folder;
    std::optional<Killing> m_killing;

private slots:
    void initTestCase()
    {
        // What is tested does not need a disk, and a disk's syncs take most of the time.
        if (QFileInfo(QStringLiteral("/dev/shm")).isWritable())
            qputenv("TMPDIR", "/dev/shm");
    }

    void init()
    {
        const quint32 seed = qEnvironmentVariableIsSet("PORTOLAN_SEED")
                                 ? quint32(qEnvironmentVariableIntValue("PORTOLAN_SEED"))
                                 : QRandomGenerator::global()->generate();
        qInfo("PORTOLAN_SEED=%u", seed);
        m_killing.emplace(seed);
        m_folder.emplace();
    }

    void aKillWhileSavingLeavesOneWholeFile()
    {
        const std::string path = m_folder->path() + "/map.json";
        for (int kill = 0; kill < kills; ++kill) {
            const std::string said =
                m_killing->run(SAVE_VICTIM, {QStringLiteral("save-loop"), text(path)}, 6000);
            const int told = lastNumber(said);
            QVERIFY2(told > 0, said.c_str());
            const Result<std::string> found = readFile(path, 1 << 20);
            QVERIFY(found.has_value());
            const int number = tests::generationOf(*found);
            QVERIFY2(number == told || number == told + 1,
                     qPrintable(text(std::to_string(number))));
        }
        // What a kill leaves beside it bears our mark and goes away by itself once it is old.
        const QStringList names =
            QDir(text(m_folder->path())).entryList(QDir::Files | QDir::Hidden);
        for (const QString& name : names)
            QVERIFY2(name == QLatin1String("map.json") ||
                         name.startsWith(QLatin1String(".map.json.portolan-")),
                     qPrintable(name));
    }

    void aKillLosesNoEditThatWasAppended()
    {
        for (int kill = 0; kill < kills; ++kill) {
            const std::string folder = m_folder->path() + "/" + std::to_string(kill);
            const std::string said = m_killing->run(
                SAVE_VICTIM,
                {QStringLiteral("edit"), text(folder), text(m_folder->path() + "/map.json")}, 8000);
            const int told = lastNumber(said);
            QVERIFY2(told > 0, said.c_str());
            const std::vector<AbandonedJournal> journals = abandonedJournals(folder);
            QCOMPARE(journals.size(), std::size_t(1));
            const auto edits = static_cast<int>(journals.front().edits.size());
            QVERIFY2(edits == told || edits == told + 1,
                     qPrintable(QStringLiteral("%1 of %2").arg(edits).arg(told)));
            std::string expected;
            for (int number = 1; number <= edits; ++number)
                expected += std::to_string(number) + ",";
            QCOMPARE(recoveredText(journals.front()).value_or("(none)"), expected);
        }
    }

    void aKillWhileImportingLeavesOneGenerationOrTheNext()
    {
        const std::string path = m_folder->path() + "/w.portolan";
        const std::string data = m_folder->path() + "/data";
        std::filesystem::create_directory(data);
        for (int kill = 0; kill < kills; ++kill) {
            const std::string said = m_killing->run(
                WORKSPACE_VICTIM, {QStringLiteral("import-loop"), text(path), text(data)}, 25000);
            const int told = lastNumber(said);
            QVERIFY2(told > 0, said.c_str());
            const Result<Workspace> workspace = Workspace::open(path);
            QVERIFY2(workspace.has_value(), workspace ? "" : toText(workspace.error()).c_str());
            QVERIFY(!workspace->isReadOnly());  // the lock ended with its holder
            const Result<EstatePtr> estate = workspace->estate();
            QVERIFY2(estate.has_value(), estate ? "" : toText(estate.error()).c_str());
            const std::vector<int> numbers = tests::generationsIn(**estate);
            QCOMPARE(numbers.size(), std::size_t(3));
            for (const int number : numbers)
                QVERIFY2(number == told || number == told + 1,
                         qPrintable(QStringLiteral("%1 after %2").arg(number).arg(told)));
            const auto imports = workspace->imports();
            QVERIFY(imports && !imports->empty());
            for (const ImportRun& run : {imports->front(), imports->back()}) {
                Progress progress;
                const Result<EstatePtr> then = workspace->estate(AsOf{run.number, {}}, progress);
                QVERIFY2(then.has_value(), then ? "" : toText(then.error()).c_str());
                QVERIFY(run.number == 1 || tests::generationsIn(**then).size() == 3);
                if (run.number == imports->front().number)
                    QVERIFY(tests::generationsIn(**then) == numbers);
            }
            const auto database = Database::open(path, Database::Mode::ReadOnly);
            QCOMPARE((*database)->firstText("PRAGMA integrity_check").value_or(""), "ok");
        }
    }

    void theSecondProcessReadsAndNamesTheFirst()
    {
        const QString path = text(m_folder->path() + "/w.portolan");
        const auto start = [&](QProcess& process) {
            process.start(QStringLiteral(WORKSPACE_VICTIM), {QStringLiteral("hold"), path});
            QByteArray said;
            while (!said.contains('\n') && process.waitForReadyRead(10'000))
                said += process.readAllStandardOutput();
            return said.trimmed().toStdString();
        };
        QProcess first;
        QCOMPARE(start(first), "writes");
        QProcess second;
        const std::string said = start(second);
        const std::string expected =
            "read-only: portolan_worksp (process " + std::to_string(first.processId()) + " on ";
        QVERIFY2(said.starts_with(expected), said.c_str());

        // It was killed: the next one writes at once.
        first.kill();
        first.waitForFinished();
        QProcess third;
        QCOMPARE(start(third), "writes");
        for (QProcess* process : {&second, &third}) {
            process->closeWriteChannel();
            QVERIFY(process->waitForFinished(10'000));
            QCOMPARE(process->exitCode(), 0);
        }
        QCOMPARE(QDir(text(m_folder->path())).entryList(QDir::Files),
                 QStringList{QStringLiteral("w.portolan")});
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::KillTest)
#include "kill_test.moc"
