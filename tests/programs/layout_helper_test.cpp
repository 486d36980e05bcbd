// SPDX-License-Identifier: Apache-2.0
// The layout task with the real helper, and with helpers that crash, hang, talk nonsense or are not there.
#include "model/layout/composed_layout.h"
#include "model/layout/layout_wire.h"
#include "model/layout/part_memory.h"
#include "tests/support/estate_graph.h"
#include "tests/support/text_output.h"
#include "ui/canvas/layout_task.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cmath>
#include <limits>
#include <memory>
#include <random>

namespace portolan::ui {
namespace {

LayoutRequest chain(int nodes)
{
    LayoutRequest request;
    for (int node = 0; node < nodes; ++node)
        request.nodes.push_back({196, 74, -1, std::nullopt});
    for (int node = 0; node + 1 < nodes; ++node) {
        LayoutEdge edge;
        edge.from = node;
        edge.to = node + 1;
        edge.toEnd = {60, 0, true};
        request.edges.push_back(edge);
    }
    return request;
}

class Run {
public:
    explicit Run(LayoutRequest request, int deadlineMs = 8000)
    {
        QObject::connect(&task, &LayoutTask::finished, &task,
                         [this](const LayoutResult& layout, const QString& why) {
                             result = layout;
                             note = why.toStdString();
                             ++times;
                         });
        task.setDeadlineMs(deadlineMs);
        task.start(std::move(request));
        isDone = QTest::qWaitFor([this] { return times > 0; }, 20000);
    }

    LayoutTask task;
    LayoutResult result;
    std::string note;
    int times = 0;
    bool isDone = false;
};

QByteArray helperAnswer(const std::string& message)
{
    QProcess helper;
    helper.start(QStringLiteral(PORTOLAN_LAYOUT_PROGRAM), QStringList());
    helper.write(message.data(), static_cast<qint64>(message.size()));
    helper.closeWriteChannel();
    helper.waitForFinished(20000);
    return helper.readAllStandardOutput();
}

std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

// Children of this process that ended and were not waited for.
int zombies()
{
    int count = 0;
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& process : processes) {
        QFile file(QStringLiteral("/proc/%1/stat").arg(process));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray stat = file.readAll();
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        if (fields.size() > 1 && fields[0] == "Z" &&
            fields[1].toLongLong() == QCoreApplication::applicationPid())
            ++count;
    }
    return count;
}

}  // namespace

class LayoutHelperTest : public QObject {
    Q_OBJECT

private slots:
    void init() { qputenv("PORTOLAN_LAYOUT_HELPER", PORTOLAN_LAYOUT_PROGRAM); }
    void cleanup() { QTRY_COMPARE(zombies(), 0); }

    void laysOutByGraphviz()
    {
        const Run run(chain(6));
        QVERIFY(run.isDone);
        QCOMPARE(run.note, std::string());
        for (std::size_t node = 0; node + 1 < 6; ++node)
            QVERIFY(run.result.positions[node].x + 196 < run.result.positions[node + 1].x);
        QCOMPARE(run.result.edges.size(), std::size_t(5));
    }

    void fixedNodesStay()
    {
        LayoutRequest request = chain(6);
        request.nodes[2].fixed = Point{800, 640};
        const Run run(request);
        QCOMPARE(run.note, std::string());
        QVERIFY(run.result.positions[2] == (Point{800, 640}));
    }

    void anyHelperThatFailsIsReplacedByOurOwnLayout_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<std::string>("note");
        QTest::newRow("crash")
            << QStringLiteral("kill -SEGV $$")
            << std::string("Graphviz could not lay this map out; this is the simple layout.");
        QTest::newRow("error")
            << QStringLiteral("exit 1")
            << std::string("Graphviz could not lay this map out; this is the simple layout.");
        QTest::newRow("hang")
            << QStringLiteral("exec sleep 60")
            << std::string("Graphviz took longer than 1 second(s); this is the simple layout.");
        QTest::newRow("garbage")
            << QStringLiteral("cat /dev/null; echo nonsense")
            << std::string("The layout program gave no usable answer; this is the simple layout.");
        QTest::newRow("silence")
            << QStringLiteral("exit 0")
            << std::string("The layout program gave no usable answer; this is the simple layout.");
    }

    void anyHelperThatFailsIsReplacedByOurOwnLayout()
    {
        QFETCH(QString, script);
        QFETCH(std::string, note);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("helper"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + script.toUtf8() + "\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        file.close();
        qputenv("PORTOLAN_LAYOUT_HELPER", path.toUtf8());
        const Run run(chain(4), 1000);
        QVERIFY(run.isDone);
        QCOMPARE(run.note, note);
        QCOMPARE(run.times, 1);
        QCOMPARE(run.result.positions.size(), std::size_t(4));
        QVERIFY(run.result.positions[0].x < run.result.positions[3].x);
    }

    void aMissingHelperIsNamed()
    {
        qputenv("PORTOLAN_LAYOUT_HELPER", "/nowhere/portolan-layout");
        const Run run(chain(3));
        QCOMPARE(
            run.note,
            std::string("The layout program could not be started; this is the simple layout."));
        QCOMPARE(run.result.positions.size(), std::size_t(3));
    }

    void aGraphThatTakesGraphvizTooLongIsEnded()
    {
        LayoutRequest request = chain(1500);
        std::mt19937 random(3);
        for (int i = 0; i < 12000; ++i) {
            LayoutEdge edge;
            edge.from = static_cast<int>(random() % 1500);
            edge.to = static_cast<int>(random() % 1500);
            request.edges.push_back(edge);
        }
        auto task = std::make_unique<LayoutTask>();
        task->setDeadlineMs(300);
        int longest = 0;
        QElapsedTimer frame;
        QTimer ticks;
        QObject::connect(&ticks, &QTimer::timeout, &ticks,
                         [&] { longest = std::max(longest, static_cast<int>(frame.restart())); });
        task->start(request);
        frame.start();
        ticks.start(5);
        QTest::qWait(1500);  // the helper was killed meanwhile; the window's loop went on
        QVERIFY2(longest < 500, std::to_string(longest).c_str());
        task.reset();
    }

    void destroyingTheTaskEndsTheHelper()
    {
        auto task = std::make_unique<LayoutTask>();
        int times = 0;
        QObject::connect(task.get(), &LayoutTask::finished, this, [&times] { ++times; });
        task->start(chain(400));
        task.reset();
        QTest::qWait(200);
        QCOMPARE(times, 0);
    }

    void aLargeChartHasADraftFirst()
    {
        const LayoutRequest request = estateGraph({.datasets = 3000, .contexts = 60});
        LayoutTask task;
        std::string order;
        QObject::connect(&task, &LayoutTask::draft, this, [&](const LayoutResult& result) {
            order += result.positions == completeLayout(request, ownLayout(request)).positions
                         ? "draft "
                         : "odd draft ";
        });
        QObject::connect(&task, &LayoutTask::finished, this,
                         [&](const LayoutResult& result, const QString& note) {
                             order += "finished" + note.toStdString() +
                                      std::to_string(result.edges.size());
                         });
        task.start(request);
        QCOMPARE(order, std::string());
        QVERIFY(QTest::qWaitFor([&] { return !task.isRunning(); }, 20000));
        QCOMPARE(order, "draft finished" + std::to_string(request.edges.size()));
    }

    void aSmallChartHasNoDraft()
    {
        LayoutTask task;
        int drafts = 0;
        QObject::connect(&task, &LayoutTask::draft, this, [&drafts] { ++drafts; });
        task.start(chain(100));
        QVERIFY(QTest::qWaitFor([&] { return !task.isRunning(); }, 20000));
        QCOMPARE(drafts, 0);
    }

    void nothingComesAfterACancel()
    {
        LayoutTask task;
        int signalsSeen = 0;
        QObject::connect(&task, &LayoutTask::draft, this, [&] { ++signalsSeen; });
        QObject::connect(&task, &LayoutTask::finished, this, [&] { ++signalsSeen; });
        const LayoutRequest request = estateGraph({.datasets = 20000, .contexts = 400});
        for (const int afterMs : {0, 5, 30}) {
            task.start(request);
            QElapsedTimer clock;
            clock.start();
            while (clock.elapsed() < afterMs) {
            }
            clock.restart();
            task.cancel();
            QVERIFY(clock.elapsed() < 200);
            QVERIFY(!task.isRunning());
        }
        QTest::qWait(500);
        QCOMPARE(signalsSeen, 0);
    }

    void aKnownRequestIsAnsweredWithoutTheHelper()
    {
        LayoutTask task;
        std::vector<LayoutResult> results;
        std::string notes;
        QObject::connect(&task, &LayoutTask::finished, this,
                         [&](const LayoutResult& result, const QString& note) {
                             results.push_back(result);
                             notes += note.toStdString();
                         });
        const auto run = [&task](const LayoutRequest& request) {
            task.start(request);
            return QTest::qWaitFor([&task] { return !task.isRunning(); }, 20000);
        };
        const LayoutRequest request = chain(8);
        QVERIFY(run(request));
        QVERIFY(run(chain(9)));
        qputenv("PORTOLAN_LAYOUT_HELPER", "/nowhere/portolan-layout");
        QVERIFY(run(request));
        QCOMPARE(notes, std::string());
        QCOMPARE(results.size(), std::size_t(3));
        QVERIFY(results[2].positions == results[0].positions);
        QCOMPARE(results[2].edges.size(), std::size_t(7));
        LayoutRequest other = request;
        other.nodes[3].width += 1;
        QVERIFY(run(other));
        QCOMPARE(notes, std::string(
                            "The layout program could not be started; this is the simple layout."));
    }

    void theHelperRemembersPartsAndGivesTheSameAnswer()
    {
        LayoutRequest request = estateGraph({.datasets = 600, .contexts = 12});
        const QByteArray first = helperAnswer(withMemory({}, toBytes(request)));
        const MessageParts parts = messageParts(viewOf(first));
        QVERIFY(parts.hasMemory);
        QVERIFY(parts.memory.size() > 1000);
        QVERIFY(parts.rest == viewOf(helperAnswer(toBytes(request))));
        request.nodes[7].height += 10;
        const QByteArray changed = helperAnswer(withMemory(parts.memory, toBytes(request)));
        QVERIFY(messageParts(viewOf(changed)).rest == viewOf(helperAnswer(toBytes(request))));
        QVERIFY(parts.rest != messageParts(viewOf(changed)).rest);
    }

    void helperRefusesDamagedRequestsInWords()
    {
        QProcess helper;
        helper.start(QStringLiteral(PORTOLAN_LAYOUT_PROGRAM), QStringList());
        helper.write("nonsense");
        helper.closeWriteChannel();
        QVERIFY(helper.waitForFinished(5000));
        QCOMPARE(helper.exitCode(), 1);
        QCOMPARE(helper.readAllStandardError(),
                 QByteArray("portolan-layout: The layout request is damaged.\n"));
        QCOMPARE(helper.readAllStandardOutput(), QByteArray());
    }

    void sizesWithoutSenseGiveFinitePositions()
    {
        std::mt19937 random(11);
        const double odd[] = {std::numeric_limits<double>::quiet_NaN(),
                              std::numeric_limits<double>::infinity(),
                              -1e20,
                              0,
                              1e20,
                              1e-9};
        for (int round = 0; round < 10; ++round) {
            LayoutRequest request = chain(12);
            for (LayoutNode& node : request.nodes) {
                node.width = odd[random() % 6];
                node.height = odd[random() % 6];
            }
            const Run run(request);
            QVERIFY(run.isDone);
            for (const Point position : run.result.positions)
                QVERIFY(std::isfinite(position.x) && std::isfinite(position.y));
        }
    }

    void theSameBytesInEveryLocale()
    {
        const std::string request = toBytes(chain(5));
        QList<QByteArray> answers;
        for (const char* locale : {"C", "de_DE.UTF-8"}) {
            QProcess helper;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("LC_ALL"), QString::fromLatin1(locale));
            helper.setProcessEnvironment(environment);
            helper.start(QStringLiteral(PORTOLAN_LAYOUT_PROGRAM), QStringList());
            helper.write(request.data(), static_cast<qint64>(request.size()));
            helper.closeWriteChannel();
            QVERIFY(helper.waitForFinished(5000));
            answers.append(helper.readAllStandardOutput());
        }
        QVERIFY(!answers[0].isEmpty());
        QCOMPARE(answers[0], answers[1]);
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::LayoutHelperTest)
#include "layout_helper_test.moc"
