// SPDX-License-Identifier: Apache-2.0
// Reading contracts, a large dbt manifest, and a folder that did not change; each against the barest work that anybody must do.
//
//     formats_bench [--contracts N] [--mb N] [--files N]
#include "model/base/hash.h"
#include "model/import/import.h"
#include "model/workspace/workspace.h"
#include "tests/bench/figures.h"

#include <nlohmann/json.hpp>
#include <yaml.h>
#ifdef PORTOLAN_HAS_YAML_CPP
#include <yaml-cpp/yaml.h>
#endif

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace portolan::bench {

namespace {

constexpr std::size_t contractBytes = 10'000;
constexpr int rounds = 5;

void write(const std::string& path, const std::string& text)
{
    std::ofstream(path, std::ios::binary) << text;
}

std::string textOf(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A contract as teams write them: 10 KB of it, in properties with what is usually said of them.
std::string contract(int number)
{
    const std::string id = std::to_string(number);
    std::string text = "apiVersion: v3.1.0\nkind: DataContract\nid: contract-" + id +
                       "\nname: Orders " + id + "\nversion: 1." + std::to_string(number % 7) +
                       ".0\nstatus: active\ndomain: domain-" + std::to_string(number % 40) +
                       "\ndescription:\n  purpose: Orders of one region for planning and billing\n"
                       "  usage: Read once a day, after six\nteam:\n  name: team-" +
                       std::to_string(number % 90) +
                       "\nservers:\n  - server: production\n    type: postgres\n    host: db-" +
                       std::to_string(number % 20) +
                       "\n    database: shop\n    schema: public\nschema:\n  - name: orders_" + id +
                       "\n    physicalName: orders_" + id +
                       "\n    logicalType: object\n    properties:\n";
    for (int i = 0; text.size() < contractBytes; ++i) {
        const std::string column = "column_" + std::to_string(i);
        text +=
            "      - name: " + column +
            "\n        logicalType: string\n        physicalType: varchar(40)\n        required: " +
            (i % 3 == 0 ? "true" : "false") +
            "\n        primaryKey: " + (i == 0 ? "true" : "false") +
            "\n        description: What " + column +
            " says of an order, in one sentence\n        classification: internal\n        tags: "
            "[orders, \"part " +
            std::to_string(i % 5) + "\"]\n";
        if (i % 4 == 0)
            text += "        quality:\n          - type: library\n            metric: nullValues\n"
                    "            mustBe: 0\n";
    }
    return text;
}

std::vector<std::string> writeContracts(const std::string& folder, int count)
{
    std::vector<std::string> files;
    for (int i = 0; i < count; ++i) {
        const std::string sub = folder + "/" + std::to_string(i / 250);
        std::filesystem::create_directories(sub);
        files.push_back(sub + "/contract-" + std::to_string(i) + ".odcs.yaml");
        write(files.back(), contract(i));
    }
    return files;
}

std::size_t eventsIn(const std::string& text)
{
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
    std::size_t count = 0;
    for (bool isEnd = false; !isEnd; ++count) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event))
            std::abort();
        isEnd = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return count;
}

double timeOfEvents(const std::vector<std::string>& files)
{
    return timeOf([&] {
        std::size_t count = 0;
        for (const std::string& file : files)
            count += eventsIn(textOf(file));
        if (count < files.size())
            std::abort();
    });
}

void import(const std::string& path)
{
    Progress progress;
    const Result<ImportReport> report = importPaths({path}, {}, progress);
    if (!report || report->estate->sources.empty() || report->estate->datasets.empty())
        std::abort();
}

#ifdef PORTOLAN_HAS_YAML_CPP
double timeOfYamlCpp(const std::vector<std::string>& files)
{
    return timeOf([&] {
        for (const std::string& file : files) {
            if (!YAML::LoadFile(file).IsMap())
                std::abort();
        }
    });
}
#endif

// As dbt 1.9 writes its nodes: a model and two of its tests, of some 6 KB.
std::string node(int number)
{
    const std::string name = "model_" + std::to_string(number);
    std::string columns;
    for (int i = 0; i < 14; ++i) {
        const std::string column = "column_" + std::to_string(i);
        columns +=
            std::string(i ? "," : "") + "\"" + column + "\":{\"name\":\"" + column +
            "\",\"description\":\"What " + column +
            " says\",\"meta\":{},\"data_type\":null,\"constraints\":[],\"quote\":null,\"tags\":[]}";
    }
    std::string parents;
    for (int i = 1; i <= 3 && number - i * 7 >= 0; ++i)
        parents += std::string(parents.empty() ? "" : ",") + "\"model.shop.model_" +
                   std::to_string(number - i * 7) + "\"";
    const std::string code =
        "select a.id,\\n       a.name, -- what it is called\\n       sum(b.amount) as amount\\nfrom {{ "
        "ref('model_x') }} a\\njoin {{ ref('model_y') }} b using (id)\\nwhere b.state <> 'gone'\\ngroup by 1, 2\\n";
    std::string text =
        "\"model.shop." + name + "\":{\"database\":\"shop\",\"schema\":\"core\",\"name\":\"" +
        name + "\",\"resource_type\":\"model\",\"package_name\":\"shop\",\"path\":\"core/" + name +
        ".sql\",\"unique_id\":\"model.shop." + name + "\",\"fqn\":[\"shop\",\"core\",\"" + name +
        "\"],\"alias\":\"" + name +
        "\",\"checksum\":{\"name\":\"sha256\",\"checksum\":\"0f5f67b2d7a1a3ad5\"},\"config\":{\"enabled\":true,"
        "\"materialized\":\"table\",\"persist_docs\":{},\"post-hook\":[],\"pre-hook\":[],\"quoting\":{},"
        "\"column_types\":{},\"contract\":{\"enforced\":false,\"alias_types\":true}},\"tags\":[],\"description\":"
        "\"What the shop knows of it\",\"columns\":{" +
        columns +
        "},\"meta\":{},\"group\":null,\"relation_name\":\"\\\"shop\\\".\\\"core\\\".\\\"" + name +
        "\\\"\",\"raw_code\":\"" + code + "\",\"compiled_code\":\"" + code + code +
        "\",\"depends_on\":{\"macros\":[\"macro.dbt.is_incremental\"],\"nodes\":[" + parents +
        "]},\"access\":\"protected\",\"version\":null}";
    for (const char* test : {"not_null", "unique"})
        text +=
            ",\"test.shop." + std::string(test) + "_" + name +
            "\":{\"test_metadata\":{\"name\":\"" + test +
            "\",\"kwargs\":{\"column_name\":\"column_0\",\"model\":\"{{ get_where_subquery(ref('" +
            name + "')) }}\"},\"namespace\":null},\"name\":\"" + test + "_" + name +
            "\",\"resource_type\":\"test\",\"package_name\":\"shop\",\"unique_id\":\"test.shop." +
            test + "_" + name + "\",\"column_name\":\"column_0\",\"raw_code\":\"{{ test_" + test +
            "(**_dbt_generic_test_kwargs) }}\",\"depends_on\":{\"macros\":[\"macro.dbt.test_" +
            test + "\"],\"nodes\":[\"model.shop." + name + "\"]},\"attached_node\":\"model.shop." +
            name + "\"}";
    return text;
}

void writeManifest(const std::string& path, std::int64_t bytes)
{
    std::ofstream out(path, std::ios::binary);
    out << "{\"metadata\":{\"dbt_schema_version\":\"https://schemas.getdbt.com/dbt/manifest/v12.json\","
           "\"adapter_type\":\"postgres\",\"project_name\":\"shop\"},\"nodes\":{";
    std::int64_t written = 0;
    for (int i = 0; written < bytes; ++i) {
        const std::string text = (i ? "," : "") + node(i);
        out << text;
        written += static_cast<std::int64_t>(text.size());
    }
    out << "},\"sources\":{},\"exposures\":{},\"groups\":{}}";
}

double timeOfJson(const std::string& path)
{
    return timeOf([&] {
        if (!nlohmann::json::parse(textOf(path)).is_object())
            std::abort();
    });
}

double timeOfListingAndHashing(const std::string& folder)
{
    return timeOf([&] {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (entry.is_regular_file())
                count += sha256(textOf(entry.path().string())).size();
        }
        if (count == 0)
            std::abort();
    });
}

void importInto(const std::string& workspaceFile, const std::string& folder)
{
    Result<Workspace> workspace = Workspace::open(workspaceFile);
    Progress progress;
    if (!workspace || !workspace->import({folder}, {}, progress))
        std::abort();
}

void measureContracts(const std::string& folder, int count)
{
    const std::string all = folder + "/contracts";
    const std::string few = folder + "/contracts-few";
    const std::vector<std::string> files = writeContracts(all, count);
    writeContracts(few, count / 10);
    const double fewPeak = peakMegabytes([&] { import(few); });
    const double allPeak = peakMegabytes([&] { import(all); });
    std::vector<double> ours;
    std::vector<double> oursFew;
    std::vector<double> events;
    std::vector<double> trees;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(timeOf([&] { import(all); }));
        events.push_back(timeOfEvents(files));
        oursFew.push_back(timeOf([&] { import(few); }));
#ifdef PORTOLAN_HAS_YAML_CPP
        trees.push_back(timeOfYamlCpp(files));
#endif
    }
    const std::string what = std::to_string(count) + " ODCS contracts of 10 KB";
    report("import / libyaml's events", what, median(ours), median(events), 3);
    if (!trees.empty())
        report("import / yaml-cpp's trees", what, median(ours), median(trees), 0.2);
    report("ten times as many", what, median(ours), median(oursFew), 12);
    // What a contract says stays in the estate; what reading it took does not.
    const double more = static_cast<double>(count - count / 10) * contractBytes / (1 << 20);
    report("memory that more of them keep", "of " + what + ", by their size", allPeak - fewPeak,
           more, 3, "MB");
}

void measureManifest(const std::string& folder, std::int64_t megabytes)
{
    const std::string large = folder + "/large/manifest.json";
    const std::string small = folder + "/small/manifest.json";
    std::filesystem::create_directories(folder + "/large");
    std::filesystem::create_directories(folder + "/small");
    writeManifest(large, megabytes << 20);
    writeManifest(small, (megabytes << 20) / 10);
    const double peak = peakMegabytes([&] { import(large); });
    std::vector<double> ours;
    std::vector<double> oursSmall;
    std::vector<double> anchor;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(timeOf([&] { import(large); }));
        anchor.push_back(timeOfJson(large));
        oursSmall.push_back(timeOf([&] { import(small); }));
    }
    const std::string what = std::to_string(megabytes) + " MB dbt manifest";
    report("import / nlohmann's parse", what, median(ours), median(anchor), 2.5);
    report("peak memory / file", what, peak,
           static_cast<double>(std::filesystem::file_size(large)) / (1 << 20), 3, "MB");
    report("ten times as large", what, median(ours), median(oursSmall), 12);
}

void measureUnchanged(const std::string& folder, int count)
{
    const std::string all = folder + "/unchanged";
    writeContracts(all, count);
    const std::string workspace = folder + "/bench.portolan";
    importInto(workspace, all);
    std::vector<double> ours;
    std::vector<double> anew;
    std::vector<double> anchor;
    {
        // As the window does it, and as its watch of the folder does: the workspace is open.
        Result<Workspace> open = Workspace::open(workspace);
        Progress progress;
        if (!open || !open->import({all}, {}, progress))
            std::abort();
        for (int round = 0; round < rounds; ++round) {
            ours.push_back(timeOf([&] {
                if (const auto outcome = open->import({all}, {}, progress);
                    !outcome || outcome->unchanged != count)
                    std::abort();
            }));
            anchor.push_back(timeOfListingAndHashing(all));
        }
    }
    for (int round = 0; round < rounds; ++round)
        anew.push_back(timeOf([&] { importInto(workspace, all); }));
    const std::string what = std::to_string(count) + " unchanged files";
    report("import again / list and hash", what, median(ours), median(anchor), 1.5);
    report("... by a new program", what, median(anew), median(anchor), 1.5);
}

}  // namespace

int run(int argc, char** argv)
{
    int contracts = 1000;
    int files = 10'000;
    std::int64_t megabytes = 50;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::strcmp(argv[i], "--contracts") == 0)
            contracts = std::atoi(argv[i + 1]);
        else if (std::strcmp(argv[i], "--files") == 0)
            files = std::atoi(argv[i + 1]);
        else if (std::strcmp(argv[i], "--mb") == 0)
            megabytes = std::atoll(argv[i + 1]);
    }
    const std::string folder =
        std::filesystem::temp_directory_path() / ("formats_bench." + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    measureContracts(folder, contracts);
    measureManifest(folder, megabytes);
    measureUnchanged(folder, files);
    std::filesystem::remove_all(folder);
    return 0;
}

}  // namespace portolan::bench

int main(int argc, char** argv)
{
    return portolan::bench::run(argc, argv);
}
