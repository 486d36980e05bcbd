// SPDX-License-Identifier: Apache-2.0
// Reading OpenLineage: 100 MB of events, one a line, into an estate; the anchor is nlohmann::json's parse of each line of the same
// file. Then the memory: 25 MB and 100 MB of events of the same jobs must take the same.
//
//     import_bench [--mb N]
#include "model/import/import.h"
#include "model/workspace/workspace.h"
#include "tests/bench/figures.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

namespace portolan::bench {

namespace {

constexpr int repeatedDatasets = 2000;  // as many as 100 MB hold some nine runs of
constexpr int columnsPerDataset = 12;
constexpr int inputsPerJob = 2;

// The events of one round: each dataset but the first ones is built by one job from others, with its columns and their lineage.
class Events {
public:
    explicit Events(int datasetCount) : m_datasetCount(datasetCount) {}

    void writeTo(const std::string& path, std::int64_t bytes)
    {
        std::ofstream out(path, std::ios::binary);
        std::int64_t written = 0;
        for (int run = 0; written < bytes; ++run) {
            for (int node = inputsPerJob; node < m_datasetCount && written < bytes; ++node) {
                const std::string line = event(node, run);
                out << line;
                written += static_cast<std::int64_t>(line.size());
            }
        }
    }

private:
    std::uint64_t random()
    {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return m_state >> 33;
    }

    static std::string space(int node)
    {
        return "postgres://warehouse-" + std::to_string(node % 40) + ":5432";
    }
    static std::string name(int node)
    {
        return "shop.layer" + std::to_string(node % 6) + ".order_line_" + std::to_string(node);
    }
    static std::string column(int node, int number)
    {
        return "column_" + std::to_string((node * 7 + number) % 60);
    }
    static std::string dataset(int node)
    {
        return R"({"namespace":")" + space(node) + R"(","name":")" + name(node) + '"';
    }

    static std::string schema(int node)
    {
        std::string fields;
        for (int i = 0; i < columnsPerDataset; ++i)
            fields += std::string(i == 0 ? "" : ",") + R"({"name":")" + column(node, i) +
                      R"(","type":"numeric"})";
        return R"("schema":{"_producer":"https://example.com/bench","_schemaURL":)"
               R"("https://openlineage.io/spec/facets/1-1-1/SchemaDatasetFacet.json","fields":[)" +
               fields + "]}";
    }

    static std::string lineage(int node)
    {
        std::string fields;
        for (int i = 0; i < columnsPerDataset; ++i) {
            const int from = input(node, i % inputsPerJob);
            fields += std::string(i == 0 ? "" : ",") + '"' + column(node, i) +
                      R"(":{"inputFields":[)" + dataset(from) + R"(,"field":")" +
                      column(from, i * 5 % columnsPerDataset) +
                      R"(","transformations":[{"type":"DIRECT","subtype":"IDENTITY",)"
                      R"("description":"","masking":false}]}]})";
        }
        return R"("columnLineage":{"_producer":"https://example.com/bench","_schemaURL":)"
               R"("https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json",)"
               R"("fields":{)" +
               fields + "}}";
    }

    static int input(int node, int number) { return (node * 31 + number * 17) % node; }

    std::string uuid()
    {
        char text[40];
        const auto part = [this](unsigned bits) {
            return static_cast<unsigned>(random() & ((1ULL << bits) - 1));
        };
        std::snprintf(text, sizeof text, "%08x-%04x-4%03x-8%03x-%08x%04x", part(31), part(16),
                      part(12), part(12), part(31), part(16));
        return text;
    }

    std::string event(int node, int run)
    {
        char time[40];
        std::snprintf(time, sizeof time, "2026-%02d-%02dT%02d:%02d:00Z", 1 + run / 28 % 12,
                      1 + run % 28, node / 60 % 24, node % 60);
        std::string inputs;
        for (int i = 0; i < inputsPerJob; ++i)
            inputs += std::string(i == 0 ? "" : ",") + dataset(input(node, i)) + R"(,"facets":{)" +
                      schema(input(node, i)) + "}}";
        return R"({"eventType":"COMPLETE","eventTime":")" + std::string(time) +
               R"(","run":{"runId":")" + uuid() + R"("},"job":{"namespace":"context-)" +
               std::to_string(node % 40) + R"(","name":"build_)" + name(node) + R"("},"inputs":[)" +
               inputs + R"(],"outputs":[)" + dataset(node) + R"(,"facets":{)" + schema(node) + "," +
               lineage(node) +
               R"(}}],"producer":"https://example.com/bench","schemaURL":)"
               R"("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"})"
               "\n";
    }

    int m_datasetCount;
    std::uint64_t m_state = 42;
};

double timeOfImport(const std::string& path)
{
    const auto start = std::chrono::steady_clock::now();
    Progress progress;
    const Result<ImportReport> report = importPaths({path}, {}, progress);
    if (!report || report->estate->columnEdges.empty() || !report->problems.empty())
        std::abort();
    return milliseconds(start);
}

double timeOfAnchor(const std::string& path)
{
    const auto start = std::chrono::steady_clock::now();
    std::ifstream in(path, std::ios::binary);
    std::string line;
    std::size_t values = 0;
    while (std::getline(in, line))
        values += nlohmann::json::parse(line).size();
    if (values == 0)
        std::abort();
    return milliseconds(start);
}

double timeOfWorkspaceImport(const std::string& path, const std::string& file)
{
    std::filesystem::remove(file);
    const auto start = std::chrono::steady_clock::now();
    Result<Workspace> workspace = Workspace::open(file);
    Progress progress;
    if (!workspace || !workspace->import({path}, {}, progress))
        std::abort();
    return milliseconds(start);
}

}  // namespace

int run(int argc, char** argv)
{
    std::int64_t megabytes = 100;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::strcmp(argv[i], "--mb") == 0)
            megabytes = std::atoll(argv[i + 1]);
    }
    const std::string folder =
        std::filesystem::temp_directory_path() / ("import_bench." + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const std::string large = folder + "/large.ndjson";
    const std::string small = folder + "/small.ndjson";
    const std::string workspace = folder + "/bench.portolan";
    const std::string once = folder + "/once.ndjson";
    Events(repeatedDatasets).writeTo(large, megabytes << 20);
    Events(repeatedDatasets).writeTo(small, (megabytes << 20) / 4);
    Events(1'000'000).writeTo(once, megabytes << 20);

    // Memory first, in children of a process that has done nothing yet.
    const double smallPeak = peakMegabytes([&] { timeOfImport(small); });
    const double largePeak = peakMegabytes([&] { timeOfImport(large); });
    const double workspacePeak = peakMegabytes([&] { timeOfWorkspaceImport(large, workspace); });

    std::vector<double> ours;
    std::vector<double> stored;
    std::vector<double> anchor;
    std::vector<double> oursOnce;
    std::vector<double> anchorOnce;
    for (int round = 0; round < 3; ++round) {
        ours.push_back(timeOfImport(large));
        anchor.push_back(timeOfAnchor(large));
        stored.push_back(timeOfWorkspaceImport(large, workspace));
        oursOnce.push_back(timeOfImport(once));
        anchorOnce.push_back(timeOfAnchor(once));
    }
    std::filesystem::remove_all(folder);

    const std::string size = std::to_string(megabytes) + " MB of events, nine runs of each job";
    report("import into an estate", size, median(ours), median(anchor), 2.5);
    report("import into an estate", std::to_string(megabytes) + " MB of events, each job once",
           median(oursOnce), median(anchorOnce), 2.5);
    report("import into a workspace", size, median(stored), median(anchor), 2.5);
    report("peak memory, four times", size, largePeak, smallPeak, 1.25, "MB");
    report("peak memory, workspace", size, workspacePeak, smallPeak, 2, "MB");
    return 0;
}

}  // namespace portolan::bench

int main(int argc, char** argv)
{
    return portolan::bench::run(argc, argv);
}
