// SPDX-License-Identifier: Apache-2.0
// From an edit to the picture that shows it, in the whole window, on maps of 1,000 and 300 contexts; undo likewise. Run without a
// display. The helper program lays the map out first; what it refines after an edit is not waited for.
#include "tests/bench/figures.h"

#include "model/map/edits.h"

#include "ui/canvas/canvas.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"
#include "ui/views/context_map/context_map_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QUndoStack>

#include <functional>
#include <random>

namespace portolan::bench {
namespace {

constexpr int contextsADomain = 25;
constexpr double goalMs = 50;

QByteArray mapOf(int contexts, int relationships)
{
    std::mt19937 random(5);
    const auto below = [&random](int end) { return static_cast<int>(random() % unsigned(end)); };
    QByteArray text = "{\n  \"portolan\": 1,\n  \"name\": \"Many\",\n  \"domains\": [\n";
    const int domains = contexts / contextsADomain;
    const auto n = [](int number) { return QByteArray::number(number); };
    for (int i = 0; i < domains; ++i)
        text += "    {\"id\": \"d" + n(i) + "\", \"name\": \"Domain " + n(i) + "\"}" +
                (i + 1 < domains ? ",\n" : "\n");
    text += "  ],\n  \"contexts\": [\n";
    for (int i = 0; i < contexts; ++i)
        text += "    {\"id\": \"c" + n(i) + "\", \"name\": \"Context " + n(i) +
                "\", \"domain\": \"d" + n(i / contextsADomain) +
                "\", \"purpose\": \"What it is for.\"}" + (i + 1 < contexts ? ",\n" : "\n");
    text += "  ],\n  \"relationships\": [\n";
    for (int i = 0; i < relationships; ++i) {
        const int from = below(contexts);
        const int base = from / contextsADomain * contextsADomain;
        int to = below(10) < 7 ? base + below(contextsADomain) : below(contexts);
        if (to == from)
            to = (from + 1) % contexts;
        text += "    {\"id\": \"r" + n(i) +
                "\", \"type\": \"upstream-downstream\", \"upstream\": \"c" + n(std::min(from, to)) +
                "\", \"downstream\": \"c" + n(std::max(from, to)) +
                "\", \"upstreamRoles\": [\"OHS\"], \"downstreamRoles\": [\"ACL\"]}" +
                (i + 1 < relationships ? ",\n" : "\n");
    }
    return text + "  ]\n}\n";
}

void say(const std::string& what, double value)
{
    std::printf("%-64s %8.1f ms  goal %6.1f   %s\n", what.c_str(), value, goalMs,
                value <= goalMs ? "met" : "MISSED");
    std::printf(R"({"operation": "%s", "unit": "ms", "ours": %.3f, "goal": %.1f})"
                "\n",
                what.c_str(), value, goalMs);
}

class Editing {
public:
    Editing(ui::MainWindow& window, std::string size)
        : m_session(window.session()), m_view(window.findChild<ui::ContextMapView*>()),
          m_size(std::move(size))
    {
    }

    // Until nothing is laid out any more.
    void settle(int mostMs = 60000) const
    {
        QElapsedTimer timer;
        timer.start();
        do
            QApplication::processEvents(QEventLoop::AllEvents, 20);
        while (timer.elapsed() < 300 || (!m_view->isLaidOut() && timer.elapsed() < mostMs));
    }

    // Medians of five times there and back; `isShown` tells whether the canvas has it.
    void measure(const std::string& what, const std::function<Result<Edit>(int)>& edit,
                 const std::function<bool(int)>& isShown) const
    {
        std::vector<double> there;
        std::vector<double> back;
        std::vector<double> busy;
        for (int i = 0; i < 5; ++i) {
            const Result<Edit> made = edit(i);
            if (!made) {
                std::printf("%s: %s\n", what.c_str(), made.error().message.c_str());
                return;
            }
            there.push_back(timeUntil([&] { m_session->apply(made); }, [&] { return isShown(i); }));
            busy.push_back(timeOf([] { QApplication::processEvents(); }));
            settle();
            back.push_back(
                timeUntil([&] { m_session->undoStack()->undo(); }, [&] { return !isShown(i); }));
            settle();
        }
        say(what + ", " + m_size, median(there));
        say("its undo", median(back));
        std::printf("  the panels afterwards: %.1f ms\n", median(busy));
    }

    ui::Session* session() const { return m_session; }
    const MapDocument& document() const { return *m_session->document(); }
    const Chart& chart() const { return m_view->canvas()->chart(); }
    const LayoutResult& layout() const { return m_view->canvas()->layout(); }

private:
    double timeUntil(const std::function<void()>& work, const std::function<bool()>& isDone) const
    {
        return timeOf([&] {
            work();
            QElapsedTimer timer;
            timer.start();
            while (!isDone() && timer.elapsed() < 20000)
                QApplication::processEvents(QEventLoop::AllEvents, 5);
            m_view->canvas()->repaint();
        });
    }

    ui::Session* m_session;
    ui::ContextMapView* m_view;
    std::string m_size;
};

const ChartNode* nodeOf(const Editing& editing, const std::string& id)
{
    for (const ChartNode& node : editing.chart().nodes) {
        if (node.entity.id == id)
            return &node;
    }
    return nullptr;
}

void measureEdits(int contexts, int relationships)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("map.json"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(mapOf(contexts, relationships)) < 0)
        return;
    file.close();
    ui::MainWindow window({folder.filePath(QStringLiteral("state")).toStdString(),
                           folder.filePath(QStringLiteral("settings.ini")), QString()},
                          nullptr);
    window.resize(1600, 1000);
    window.show();
    window.openPaths({path});
    Editing editing(window, std::to_string(contexts) + " / " + std::to_string(relationships));
    QElapsedTimer timer;
    timer.start();
    while (editing.chart().nodes.size() < std::size_t(contexts) && timer.elapsed() < 60000)
        QApplication::processEvents(QEventLoop::AllEvents, 20);
    editing.settle();
    const std::size_t edges = editing.chart().edges.size();

    editing.measure(
        "a context is renamed",
        [&](int i) {
            return renameContext(editing.document(), ContextId("c" + std::to_string(i * 7)),
                                 "Other");
        },
        [&](int i) {
            const ChartNode* node = nodeOf(editing, "c" + std::to_string(i * 7));
            return node && node->title == "Other";
        });
    editing.measure(
        "a card is moved",
        [&](int i) {
            const ContextId id("c" + std::to_string(i * 7));
            return placeContexts(editing.document(), {{id, {8.0 * i, -400.0}}});
        },
        [&](int i) {
            const ChartNode* node = nodeOf(editing, "c" + std::to_string(i * 7));
            const Point at =
                editing.layout()
                    .positions[static_cast<std::size_t>(node - editing.chart().nodes.data())];
            return at.y == -400.0;
        });
    editing.measure(
        "a relationship is drawn",
        [&](int i) {
            Relationship relationship;
            relationship.upstream = ContextId("c" + std::to_string(i * 31));
            relationship.downstream = ContextId("c" + std::to_string(contexts - 1 - i * 17));
            return addRelationship(editing.document(), relationship).map([](const Creation& made) {
                return made.edit;
            });
        },
        [&](int) { return editing.chart().edges.size() == edges + 1; });
    editing.measure(
        "a context is added",
        [&](int) {
            return addContext(editing.document(), "New", DomainId("d3"))
                .map([](const Creation& made) { return made.edit; });
        },
        [&](int) { return editing.chart().nodes.size() == std::size_t(contexts) + 1; });
    editing.measure(
        "a context is removed",
        [&](int i) {
            return removeContext(editing.document(), ContextId("c" + std::to_string(i * 7)));
        },
        [&](int) { return editing.chart().nodes.size() == std::size_t(contexts) - 1; });
}

}  // namespace
}  // namespace portolan::bench

int main(int argc, char** argv)
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("PORTOLAN_LAYOUT_HELPER", PORTOLAN_LAYOUT_PROGRAM);
    const QApplication application(argc, argv);
    portolan::bench::measureEdits(1000, 2000);
    portolan::bench::measureEdits(300, 600);
    return 0;
}
