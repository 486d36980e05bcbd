// SPDX-License-Identifier: Apache-2.0
// The canvas with 100,000 cards and 200,000 edges, drawn in software at 1600 x 1000, against the same scene in QGraphicsView. Run
// without a display (QT_QPA_PLATFORM=offscreen). `canvas_bench --quick` leaves QGraphicsView out, which takes a minute.
#include "tests/bench/figures.h"
#include "ui/canvas/canvas.h"
#include "ui/canvas/minimap.h"

#include <QApplication>
#include <QGraphicsItem>
#include <QGraphicsScene>
#include <QGraphicsView>
#include <QPainterPath>

#include <cstring>
#include <fstream>
#include <random>

namespace portolan::bench {
namespace {

constexpr int domains = 40;
constexpr int contextsADomain = 50;
constexpr double columnStep = 260;
constexpr double rowStep = 110;
const QSize windowSize(1600, 1000);

struct Scene {
    Chart chart;
    LayoutResult layout;
};

double residentMegabytes()
{
    std::ifstream file("/proc/self/statm");
    double all = 0;
    double resident = 0;
    file >> all >> resident;
    return resident * 4096 / 1e6;
}

std::string label(const char* what, int number)
{
    return what + std::to_string(number);
}

// A region of cards in rows: `side` columns.
struct Block {
    double width;
    double height;
};
Block blockOf(int count, int side, double stepX, double stepY)
{
    return {side * stepX + 20, ((count + side - 1) / side) * stepY + 40};
}

// `cards` cards in regions of 50, in 40 outer regions; twice as many edges, six of ten inside their region.
Chart chartOf(int cards)
{
    Chart chart;
    std::mt19937 random(7);
    const auto below = [&random](int end) {
        return static_cast<int>(random() % static_cast<unsigned>(end));
    };
    const int contexts = domains * contextsADomain;
    const int cardsAContext = std::max(1, cards / contexts);
    for (int domain = 0; domain < domains; ++domain) {
        ChartRegion region;
        region.entity = {EntityKind::Domain, label("domain-", domain)};
        region.title = label("Domain ", domain);
        region.code = "D" + std::to_string(domain % 10);
        region.hue = domain % 8;
        chart.regions.push_back(region);
    }
    for (int context = 0; context < contexts; ++context) {
        ChartRegion region;
        region.entity = {EntityKind::BoundedContext, label("context-", context)};
        region.title = label("Context ", context);
        region.code = "C" + std::to_string(context % 10);
        region.parent = context / contextsADomain;
        region.hue = region.parent % 8;
        chart.regions.push_back(region);
    }
    chart.nodes.reserve(static_cast<std::size_t>(cards));
    for (int card = 0; card < cards; ++card) {
        ChartNode node;
        node.entity = {EntityKind::Dataset, label("dataset-", card)};
        node.title = label("Dataset ", card);
        node.secondary = label("Team ", card % 97);
        node.region = domains + std::min(card / cardsAContext, contexts - 1);
        node.hue = chart.regions[static_cast<std::size_t>(node.region)].hue;
        if (card % 50 == 0)
            node.badge = ChartBadge{Severity::Warning, 1 + card % 3};
        chart.nodes.push_back(node);
    }
    chart.edges.reserve(static_cast<std::size_t>(cards) * 2);
    while (chart.edges.size() < static_cast<std::size_t>(cards) * 2) {
        ChartEdge edge;
        edge.from = below(cards);
        const int base = edge.from / cardsAContext * cardsAContext;
        edge.to = below(10) < 6 ? std::min(base + below(cardsAContext), cards - 1) : below(cards);
        if (edge.from == edge.to)
            continue;
        edge.entity = {EntityKind::Relationship, label("e", static_cast<int>(chart.edges.size()))};
        edge.toEnd.hasArrow = true;
        chart.edges.push_back(edge);
    }
    return chart;
}

// Rows of cards in rows of regions. What Graphviz does with it is the business of layout_bench.
LayoutResult layoutOf(const Chart& chart)
{
    LayoutResult layout;
    const int contexts = domains * contextsADomain;
    const int cardsAContext = std::max(1, static_cast<int>(chart.nodes.size()) / contexts);
    constexpr int cardSide = 5;
    constexpr int contextSide = 7;
    constexpr int domainSide = 7;
    const Block context = blockOf(cardsAContext, cardSide, columnStep, rowStep);
    const Block domain =
        blockOf(contextsADomain, contextSide, context.width + 30, context.height + 30);
    layout.groupRects.resize(chart.regions.size());
    for (int i = 0; i < domains; ++i)
        layout.groupRects[static_cast<std::size_t>(i)] = {
            i % domainSide * (domain.width + 60), i / domainSide * (domain.height + 60),  // NOLINT
            domain.width, domain.height};
    for (int i = 0; i < contexts; ++i) {
        const Rect& outer = layout.groupRects[static_cast<std::size_t>(i / contextsADomain)];
        const int place = i % contextsADomain;
        layout.groupRects[static_cast<std::size_t>(domains + i)] = {
            outer.x + 20 + place % contextSide * (context.width + 30),
            outer.y + 36 + place / contextSide * (context.height + 30), context.width,  // NOLINT
            context.height};
    }
    std::vector<int> taken(chart.regions.size(), 0);
    for (const ChartNode& node : chart.nodes) {
        const Rect& region = layout.groupRects[static_cast<std::size_t>(node.region)];
        const int place = taken[static_cast<std::size_t>(node.region)]++;
        layout.positions.push_back({region.x + 14 + place % cardSide * columnStep,
                                    region.y + 32 + place / cardSide * rowStep});  // NOLINT
    }
    for (const ChartEdge& edge : chart.edges) {
        const Point from = layout.positions[static_cast<std::size_t>(edge.from)];
        const Point to = layout.positions[static_cast<std::size_t>(edge.to)];
        const Point start{from.x + 196, from.y + 37};
        const Point end{to.x, to.y + 37};
        const double middle = start.x + 20;
        RoutedEdge routed;
        routed.points = {start, {middle, start.y}, {middle, end.y}, end};
        layout.edges.push_back(std::move(routed));
    }
    return layout;
}

struct Frames {
    double median = 0;
    double late = 0;  // the 99th percentile
};

template <class Step>
Frames frames(int count, Step step)
{
    std::vector<double> times;
    for (int i = 0; i < count; ++i)
        times.push_back(timeOf([&] { step(i); }));
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

void say(const std::string& what, double value, double goal, const char* unit)
{
    std::printf("%-68s %9.2f %-3s goal %8.2f   %s\n", what.c_str(), value, unit, goal,
                value <= goal ? "met" : "MISSED");
    std::printf(R"({"operation": "%s", "unit": "%s", "ours": %.3f, "goal": %.2f})"
                "\n",
                what.c_str(), unit, value, goal);
}

// The same cards, words and lines as items of a scene.
double graphicsViewFrame(const Scene& scene)
{
    QGraphicsScene items;
    // All of it is in sight, so an index finds nothing faster; with one, the long edges take 14 GB.
    items.setItemIndexMethod(QGraphicsScene::NoIndex);
    const double before = residentMegabytes();
    const double build = timeOf([&] {
        for (const Rect& rect : scene.layout.groupRects)
            items.addRect(rect.x, rect.y, rect.width, rect.height);
        for (const RoutedEdge& edge : scene.layout.edges) {
            QPainterPath path({edge.points[0].x, edge.points[0].y});
            for (const Point point : edge.points)
                path.lineTo(point.x, point.y);
            items.addPath(path);
        }
        for (std::size_t node = 0; node < scene.chart.nodes.size(); ++node) {
            const Point at = scene.layout.positions[node];
            auto* card = items.addRect(0, 0, 196, 74);
            card->setPos(at.x, at.y);
            auto* title = new QGraphicsSimpleTextItem(
                QString::fromStdString(scene.chart.nodes[node].title), card);
            title->setPos(16, 8);
            auto* owner = new QGraphicsSimpleTextItem(
                QString::fromStdString(scene.chart.nodes[node].secondary), card);
            owner->setPos(16, 28);
        }
    });
    QGraphicsView view(&items);
    view.resize(windowSize);
    view.show();
    view.fitInView(items.sceneRect(), Qt::KeepAspectRatio);
    QApplication::processEvents();
    const Frames fitted = frames(3, [&](int i) {
        view.scale(i % 2 == 0 ? 1.001 : 1 / 1.001, i % 2 == 0 ? 1.001 : 1 / 1.001);
        view.viewport()->repaint();
    });
    std::printf("QGraphicsView: built in %.0f ms, %.0f MB, a frame %.0f ms\n", build,
                residentMegabytes() - before, fitted.median);
    return fitted.median;
}

// Pans by a few pixels a frame from where the view is, after a few frames to warm up.
Frames panning(ui::Canvas& canvas, int count)
{
    const double first = timeOf([&] { canvas.repaint(); });
    if (first > 50)
        std::printf("  the first frame there: %.0f ms\n", first);
    for (int i = 0; i < 3; ++i)
        canvas.repaint();
    return frames(count, [&](int i) {
        canvas.scrollBy({i % 40 < 20 ? 7.0 : -7.0, i % 40 < 20 ? 3.0 : -3.0});
        canvas.repaint();
    });
}

void measureHits(const ui::Canvas& canvas)
{
    std::mt19937 random(3);
    const Frames hits = frames(2000, [&](int) {
        canvas.hitAt(
            QPointF(static_cast<double>(random() % 1600), static_cast<double>(random() % 1000)));
    });
    say("hit test at " + std::to_string(canvas.zoom()).substr(0, 5) + ", 99th percentile",
        hits.late, 1, "ms");
}

// Eight owners and those who have none, as the lens "Owner" shows them.
Chart throughALens(Chart chart)
{
    chart.lens.title = "Owner";
    for (int owner = 0; owner < 8; ++owner)
        chart.lens.entries.push_back(
            {label("Team ", owner), label("T", owner), LensTone::Choice, owner});
    chart.lens.entries.push_back({"no team", "", LensTone::Unknown, 0});
    for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
        chart.nodes[i].lens = static_cast<int>(i % 9);
        chart.nodes[i].lensWords = chart.lens.entries[i % 9].words;
    }
    return chart;
}

void measureLens(ui::Canvas& canvas, double fit)
{
    const Chart worn = throughALens(canvas.chart());
    canvas.setZoom(fit, QPointF(800, 500));
    say("switching a lens, 100,000, with a frame", timeOf([&] {
            canvas.takeLens(worn);
            canvas.repaint();
        }),
        100, "ms");
    for (const double zoom : {fit, 0.1, 0.3, 0.5, 1.0, 2.5}) {
        canvas.setZoom(zoom, QPointF(800, 500));
        const Frames frame = panning(canvas, 60);
        say("frame, with a lens, panning at " + std::to_string(zoom * 100).substr(0, 4) +
                " %, 100,000 / 200,000: median",
            frame.median, 16, "ms");
    }
}

void measureOverview(ui::Canvas& canvas)
{
    canvas.setZoom(1, QPointF(800, 500));
    canvas.repaint();
    QApplication::processEvents();  // it stands in the corner now
    auto* map = canvas.findChild<ui::Minimap*>();
    const Frames made = frames(20, [map](int) {
        map->forget();
        map->repaint();
    });
    say("overview map, its picture made anew, 100,000: median", made.median, 50, "ms");
    const Frames kept = frames(200, [map](int) { map->repaint(); });
    say("overview map, a frame with the picture kept: median", kept.median, 1, "ms");
}

}  // namespace
}  // namespace portolan::bench

int main(int argc, char** argv)
{
    using namespace portolan;
    using namespace portolan::bench;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a slow anchor hides nothing
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const bool isQuick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;

    ui::Canvas canvas;
    canvas.resize(windowSize);
    canvas.show();
    QApplication::processEvents();

    Scene scene;
    scene.chart = chartOf(100000);
    const double empty = residentMegabytes();
    const double opening = timeOf([&] {
        LayoutResult layout = layoutOf(scene.chart);
        canvas.setChart(std::move(scene.chart), std::move(layout));
        canvas.fit();
        canvas.repaint();
    });
    say("opening 100,000 / 200,000: placed, indexed, first frame", opening, 1000, "ms");
    const double shown = residentMegabytes() - empty;
    const Frames fitted = frames(200, [&](int i) {
        canvas.setZoom(canvas.zoom() * (i % 2 == 0 ? 1.001 : 1 / 1.001), QPointF(800, 500));
        canvas.repaint();
    });
    say("frame, fit to window, 100,000 / 200,000: median", fitted.median, 16, "ms");
    say("frame, fit to window, 100,000 / 200,000: 99th percentile", fitted.late, 25, "ms");
    measureHits(canvas);
    const double fit = canvas.zoom();
    for (const double zoom : {0.1, 0.2, 0.3, 0.44, 0.5, 0.7, 1.0, 1.5, 2.5}) {
        canvas.setZoom(zoom, QPointF(800, 500));
        const Frames frame = panning(canvas, 60);
        const std::string at = "frame, panning at " + std::to_string(static_cast<int>(zoom * 100)) +
                               " %, 100,000 / 200,000: ";
        say(at + "median", frame.median, 16, "ms");
        say(at + "99th percentile", frame.late, 25, "ms");
        measureHits(canvas);
    }
    const Frames zooming = frames(120, [&](int i) {
        canvas.setZoom(fit * std::pow(1.06, i % 120), QPointF(800, 500));
        canvas.repaint();
    });
    say("frame, zooming from fit to 2,000 %: median", zooming.median, 16, "ms");
    say("frame, zooming: 99th percentile", zooming.late, 25, "ms");
    say("memory of the scene beyond the chart", residentMegabytes() - empty, 100, "MB");
    std::printf("memory before zooming in: %.1f MB\n", shown);

    measureOverview(canvas);
    measureLens(canvas, fit);

    if (!isQuick) {
        scene.chart = chartOf(100000);
        scene.layout = layoutOf(scene.chart);
        const double anchor = graphicsViewFrame(scene);
        report("frame, against QGraphicsView", "100,000 / 200,000, fit to window", fitted.median,
               anchor, 0.05);
    }
    Chart small = chartOf(10000);
    LayoutResult smallLayout = layoutOf(small);
    canvas.setChart(std::move(small), std::move(smallLayout));
    canvas.fit();
    canvas.setZoom(1, QPointF(800, 500));
    canvas.repaint();
    const Frames near = panning(canvas, 200);
    say("frame, 10,000, at 100 %, panning: median", near.median, 8, "ms");
    say("frame, 10,000, at 100 %, panning: 99th percentile", near.late, 16, "ms");
    return 0;
}
