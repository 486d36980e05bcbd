// SPDX-License-Identifier: Apache-2.0
// A map of 200 contexts and 600 relationships: the whole round trip of the layout helper, routes and labels included, against the
// `dot` program on the same graph, once as it draws by itself and once without its own edges.
#include "model/layout/layout_wire.h"
#include "tests/bench/figures.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QString>

#include <cstdio>
#include <random>

namespace portolan::bench {
namespace {

constexpr int contexts = 200;
constexpr int relationships = 600;
constexpr int domains = 25;
constexpr int rounds = 7;

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
    process.waitForFinished(120000);
    output = process.readAllStandardOutput();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

}  // namespace
}  // namespace portolan::bench

int main()
{
    using namespace portolan;
    using namespace portolan::bench;
    const LayoutRequest request = mapOf(1);
    const std::string bytes = toBytes(request);
    const QString dot = QStringLiteral("dot");
    std::vector<double> ours;
    std::vector<double> drawn;
    std::vector<double> bare;
    QByteArray output;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(run(QStringLiteral(PORTOLAN_LAYOUT_PROGRAM), {}, bytes, output));
        if (!layoutResultFrom({output.constData(), static_cast<std::size_t>(output.size())},
                              request)) {
            std::fprintf(stderr, "the helper gave no layout\n");
            return 1;
        }
        drawn.push_back(run(dot, {QStringLiteral("-Tplain")}, dotOf(request, true), output));
        bare.push_back(run(dot, {QStringLiteral("-Tplain")}, dotOf(request, false), output));
    }
    const std::string workload = "200 contexts, 600 relationships";
    report("layout, against dot", workload, median(ours), median(drawn), 1.3);
    report("layout, dot without edges", workload, median(ours), median(bare), 1.3);
    return 0;
}
