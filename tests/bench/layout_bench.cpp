// SPDX-License-Identifier: Apache-2.0
// A map of 200 contexts and 600 relationships, and estates of 20,000 and 100,000 datasets: the whole round trip of the layout
// helper, routes and labels included. With --dot also against `dot` on the clustered estate (about a minute), with --elk FOLDER
// against ELK layered, where npm has installed elkjs in that folder.
#include "model/layout/composed_layout.h"
#include "model/layout/layout_wire.h"
#include "model/layout/part_memory.h"
#include "tests/bench/figures.h"
#include "tests/support/estate_graph.h"
#include "ui/canvas/layout_task.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QProcess>
#include <QString>

#include <cstdio>
#include <cstdlib>
#include <random>

namespace portolan::bench {
namespace {

constexpr int contexts = 200;
constexpr int relationships = 600;
constexpr int domains = 25;
constexpr int rounds = 7;
constexpr int roundsOfLarge = 3;
constexpr int patienceMs = 600000;

// Mostly from earlier contexts to later ones, and often within a domain: as estates are.
LayoutRequest mapOf(unsigned seed)
{
    std::mt19937 random(seed);
    const auto below = [&random](int end) {
        return static_cast<int>(random() % static_cast<unsigned>(end));
    };
    LayoutRequest request;
    request.groups.resize(domains, {-1, 90, 60});
    for (int context = 0; context < contexts; ++context)
        request.nodes.push_back({196, 74, context * domains / contexts, std::nullopt});
    while (request.edges.size() < relationships) {
        const int from = below(contexts);
        const int to =
            below(3) == 0 ? below(contexts) : std::min(contexts - 1, from + 1 + below(24));
        if (from == to)
            continue;
        LayoutEdge edge;
        edge.from = from;
        edge.to = to;
        edge.weight = 2;
        edge.fromEnd = {66, static_cast<std::uint32_t>(1 + from), false};
        edge.toEnd = {60, 0, true};
        if (below(10) == 0) {
            edge.labelWidth = 96;
            edge.smallLabelWidth = 20;
        }
        request.edges.push_back(edge);
    }
    return request;
}

std::string dotOf(const LayoutRequest& request, bool hasEdgesDrawn)
{
    std::string text = "digraph g {\nrankdir=LR; ranksep=2.444; nodesep=0.111;\n";
    text += hasEdgesDrawn ? "" : "splines=false;\n";
    text += "node [shape=box, fixedsize=true, label=\"\", width=3.03, height=2.03];\n";
    for (int group = 0; group < domains; ++group) {
        text += "subgraph cluster" + std::to_string(group) + " {\n";
        for (std::size_t node = 0; node < request.nodes.size(); ++node) {
            if (request.nodes[node].group == group)
                text += std::to_string(node) + ";";
        }
        text += "\n}\n";
    }
    for (const LayoutEdge& edge : request.edges)
        text += std::to_string(edge.from) + "->" + std::to_string(edge.to) + " [weight=2];\n";
    return text + "}\n";
}

double run(const QString& program, const QStringList& arguments, const std::string& input,
           QByteArray& output)
{
    QElapsedTimer clock;
    clock.start();
    QProcess process;
    process.start(program, arguments);
    process.write(input.data(), static_cast<qint64>(input.size()));
    process.closeWriteChannel();
    process.waitForFinished(patienceMs);
    output = process.readAllStandardOutput();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

std::string dotOfEstate(const LayoutRequest& request)
{
    std::string text = "digraph estate {\nrankdir=LR;\n"
                       "node [shape=box, width=1.8, height=0.5, fixedsize=true];\n";
    for (std::size_t node = 0; node < request.nodes.size(); ++node) {
        const int group = request.nodes[node].group;
        if (node == 0 || request.nodes[node - 1].group != group)
            text +=
                (node == 0 ? "" : "}\n") + ("subgraph cluster_" + std::to_string(group)) + " {\n";
        text += std::to_string(node) + ";\n";
    }
    text += "}\n";
    for (const LayoutEdge& edge : request.edges)
        text += std::to_string(edge.from) + "->" + std::to_string(edge.to) + ";\n";
    return text + "}\n";
}

// For ELK: contexts as parents of their datasets, or the datasets alone.
std::string elkOfEstate(const LayoutRequest& request, bool hasContexts)
{
    std::string text = R"({"id":"root","layoutOptions":{"elk.algorithm":"layered","elk.direction":)"
                       R"("RIGHT","elk.hierarchyHandling":"INCLUDE_CHILDREN"},"children":[)";
    for (std::size_t node = 0; node < request.nodes.size(); ++node) {
        const int group = request.nodes[node].group;
        const bool isFirst = node == 0 || request.nodes[node - 1].group != group;
        if (hasContexts && isFirst)
            text += (node == 0 ? "" : "]},") + (R"({"id":"c)" + std::to_string(group)) +
                    R"(","children":[)";
        else if (node > 0)
            text += ",";
        text += R"({"id":"n)" + std::to_string(node) + R"(","width":130,"height":36})";
    }
    text += std::string(hasContexts ? "]}" : "") + R"(],"edges":[)";
    for (std::size_t edge = 0; edge < request.edges.size(); ++edge)
        text += (edge == 0 ? "" : ",") + (R"({"id":"e)" + std::to_string(edge)) +
                R"(","sources":["n)" + std::to_string(request.edges[edge].from) +
                R"("],"targets":["n)" + std::to_string(request.edges[edge].to) + R"("]})";
    return text + "]}";
}

// Asks the helper, and holds its answer against the request.
double timeOfHelper(const std::string& message, const LayoutRequest& request, QByteArray& output)
{
    const double time = run(QStringLiteral(PORTOLAN_LAYOUT_PROGRAM), {}, message, output);
    const MessageParts parts =
        messageParts({output.constData(), static_cast<std::size_t>(output.size())});
    if (!layoutResultFrom(parts.rest, request)) {
        std::fprintf(stderr, "the helper gave no layout\n");
        std::exit(1);
    }
    return time;
}

double medianOfHelper(const std::string& message, const LayoutRequest& request, QByteArray& output)
{
    std::vector<double> times;
    for (int round = 0; round < roundsOfLarge; ++round)
        times.push_back(timeOfHelper(message, request, output));
    return median(times);
}

void measureMap()
{
    const LayoutRequest request = mapOf(1);
    const std::string bytes = toBytes(request);
    const QString dot = QStringLiteral("dot");
    std::vector<double> ours;
    std::vector<double> drawn;
    std::vector<double> bare;
    QByteArray output;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(timeOfHelper(bytes, request, output));
        drawn.push_back(run(dot, {QStringLiteral("-Tplain")}, dotOf(request, true), output));
        bare.push_back(run(dot, {QStringLiteral("-Tplain")}, dotOf(request, false), output));
    }
    const std::string workload = "200 contexts, 600 relationships";
    report("layout, against dot", workload, median(ours), median(drawn), 1.3);
    report("layout, dot without edges", workload, median(ours), median(bare), 1.3);
}

void measureElk(const LayoutRequest& request, const std::string& workload, bool hasContexts,
                double ours, const QString& folder)
{
    const QString script = QStringLiteral(
        "const Elk = require(process.argv[1] + '/node_modules/elkjs/lib/elk.bundled.js');"
        "new Elk().layout(JSON.parse(require('fs').readFileSync(0, 'utf8')))"
        ".then(graph => console.log(graph.width > 0 ? 'done' : 'empty'))"
        ".catch(error => console.log(String(error).slice(0, 200)));");
    QByteArray output;
    const double elk =
        run(QStringLiteral("node"),
            {QStringLiteral("--stack-size=60000"), QStringLiteral("--max-old-space-size=12000"),
             QStringLiteral("-e"), script, folder},
            elkOfEstate(request, hasContexts), output);
    const std::string name = hasContexts ? "layout, ELK layered" : "layout, ELK without contexts";
    if (output.trimmed() == "done")
        report(name, workload, ours, elk, 1);
    else
        std::printf("%-28s %-40s not measured after %.0f ms: %s\n", name.c_str(), workload.c_str(),
                    elk, output.trimmed().constData());
}

// From the request in the window until it has a first picture, with the helper at work beside.
double timeOfDraft(const LayoutRequest& request)
{
    ui::LayoutTask task;
    QEventLoop loop;
    QObject::connect(&task, &ui::LayoutTask::draft, &loop, &QEventLoop::quit);
    return timeOf([&] {
        task.start(request);
        loop.exec();
    });
}

// What a result takes, with what the memory's keeper adds to each block.
double megabytesOf(const LayoutResult& result)
{
    constexpr std::size_t added = 16;
    std::size_t bytes = result.positions.capacity() * sizeof(Point) +
                        result.groupRects.capacity() * sizeof(Rect) +
                        result.plates.capacity() * sizeof(LayoutPlate) +
                        result.edges.capacity() * sizeof(RoutedEdge);
    for (const RoutedEdge& edge : result.edges) {
        for (const auto* points : {&edge.points, &edge.gaps})
            bytes += points->capacity() == 0 ? 0 : points->capacity() * sizeof(Point) + added;
    }
    return static_cast<double>(bytes) / 1e6;
}

// What the window does once it knows that one region has changed, or that a few nodes are new.
void measureChanges(LayoutRequest request, const std::string& workload, double whole)
{
    QByteArray output;
    timeOfHelper(withMemory({}, toBytes(request)), request, output);
    const MessageParts parts =
        messageParts({output.constData(), static_cast<std::size_t>(output.size())});
    const std::string memory(parts.memory);
    const LayoutResult before = *layoutResultFrom(parts.rest, request);
    request.nodes[request.nodes.size() / 2].width += 30;
    report("layout, one region changed", workload,
           medianOfHelper(withMemory(memory, toBytes(request)), request, output), whole, 0.5);
    for (std::size_t node = 0; node < request.nodes.size(); ++node) {
        if (node % 400 != 7)
            request.nodes[node].fixed = before.positions[node];
    }
    report("layout, 1 of 400 nodes new", workload,
           medianOfHelper(toBytes(request), request, output), whole, 0.5);
}

void measureEstates(bool hasDot, const QString& elkFolder)
{
    const LayoutRequest request = estateGraph({});
    const std::string workload = "20,000 nodes, 34,715 edges";
    std::vector<double> drafts;
    for (int round = 0; round < rounds; ++round)
        drafts.push_back(timeOfDraft(request));
    report("layout, first picture", workload, median(drafts), 200, 1);
    QByteArray output;
    const double ours = medianOfHelper(toBytes(request), request, output);
    std::printf("%-28s %-40s ours %9.1f ms\n", "layout", workload.c_str(), ours);
    measureChanges(request, workload, ours);
    const LayoutRequest large = estateGraph({.datasets = 100000, .contexts = 2000});
    const double oursLarge = medianOfHelper(toBytes(large), large, output);
    report("layout, 5 times as large", "100,000 nodes, 2,000 contexts", oursLarge, ours, 7);
    report("layout, memory of a result", "100,000 nodes, 173,460 edges",
           megabytesOf(*layoutResultFrom(
               {output.constData(), static_cast<std::size_t>(output.size())}, large)),
           40, 1, "MB");
    if (hasDot) {
        const double dot =
            run(QStringLiteral("dot"), {QStringLiteral("-Tplain")}, dotOfEstate(request), output);
        report("layout, against dot", workload, ours, dot, 0.1);
    }
    if (elkFolder.isEmpty())
        return;
    measureElk(request, workload, true, ours, elkFolder);
    measureElk(request, workload, false, ours, elkFolder);
    const LayoutRequest small = estateGraph({.datasets = 5000, .contexts = 100});
    measureElk(small, "5,000 nodes", false, medianOfHelper(toBytes(small), small, output),
               elkFolder);
}

}  // namespace
}  // namespace portolan::bench

int main(int count, char** values)
{
    const QCoreApplication application(count, values);
    qputenv("PORTOLAN_LAYOUT_HELPER", PORTOLAN_LAYOUT_PROGRAM);
    const QStringList arguments = QCoreApplication::arguments();
    const auto elk = arguments.indexOf(QStringLiteral("--elk"));
    portolan::bench::measureMap();
    portolan::bench::measureEstates(arguments.contains(QStringLiteral("--dot")),
                                    elk < 0 ? QString() : arguments.value(elk + 1));
    return 0;
}
