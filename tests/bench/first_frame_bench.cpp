// SPDX-License-Identifier: Apache-2.0
// The first frame of the window on the sample estate's workspace, against an empty main window. Both are processes, both offscreen,
// both measured by themselves from main to the first paint; they take turns.
#include "model/import/import.h"
#include "model/workspace/workspace.h"
#include "tests/bench/figures.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdlib>

using namespace portolan;

namespace {

constexpr int turns = 15;
constexpr double goal = 15;
constexpr int timeoutMs = 60'000;

double firstFrameMs(const char* program, const QStringList& arguments)
{
    QProcess process;
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(QString::fromUtf8(program), arguments);
    process.waitForFinished(timeoutMs);
    bool isNumber = false;
    const double ms = process.readAllStandardOutput().trimmed().toDouble(&isNumber);
    if (!isNumber) {
        std::fprintf(stderr, "first_frame_bench: %s printed no time\n", program);
        std::exit(2);
    }
    return ms;
}

// Imports the sample estate into a workspace that knows its map.
bool makeWorkspace(const std::string& path)
{
    const std::string estate = PORTOLAN_SOURCE_DIR "/resources/estates/insurer";
    Result<Workspace> workspace = Workspace::open(path);
    Progress progress;
    return workspace && workspace->import({estate}, ImportOptions(), progress) &&
           workspace->setMapPath(estate + "/insurer.portolan.json");
}

}  // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    const QString workspace = folder.filePath(QStringLiteral("insurer.portolan"));
    if (!makeWorkspace(workspace.toStdString())) {
        std::fprintf(stderr, "first_frame_bench: the workspace could not be made\n");
        return 2;
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("PORTOLAN_FIRST_FRAME", "1");
    for (const char* variable : {"XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        qputenv(variable, folder.path().toUtf8());

    std::vector<double> ours;
    std::vector<double> anchor;
    for (int turn = 0; turn <= turns; ++turn) {
        const double one = firstFrameMs(PORTOLAN, {workspace});
        const double other = firstFrameMs(EMPTY_WINDOW, {});
        if (turn == 0)
            continue;  // what is not in memory yet
        ours.push_back(one);
        anchor.push_back(other);
    }
    bench::report("first frame", "the insurer's workspace", bench::median(ours),
                  bench::median(anchor), goal);
    return 0;
}
