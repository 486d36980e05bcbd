// SPDX-License-Identifier: Apache-2.0
// Files from an enemy, through the real program: it ends, with an answer, and says which place it did not like.
#include "tests/programs/portolanctl.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <fstream>

namespace portolan::tests {
namespace {

using nlohmann::json;

constexpr std::int64_t mostMemoryKb = 512 * 1024;

const std::string contract = "apiVersion: v3.1.0\nkind: DataContract\nid: orders\nversion: 1.0.0\n";

std::string repeated(const std::string& text, int times)
{
    std::string all;
    all.reserve(text.size() * static_cast<std::size_t>(times));
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

// How a format opens and closes one level, inside a document of a kind that is read.
struct Nesting {
    const char* file;
    const char* head;
    const char* open;
    const char* middle;
    const char* close;
    const char* tail;
};
const Nesting nestings[] = {
    {"array.json", R"({"apiVersion": "v3.1.0", "kind": "DataContract", "x": )", "[", "1", "]", "}"},
    {"object.json", R"({"apiVersion": "v3.1.0", "kind": "DataContract", "x": )", R"({"a":)", "1",
     "}", "}"},
    {"line.ndjson", R"({"eventTime": "2026-01-01T00:00:00Z", "producer": "p", "job": )", R"({"a":)",
     "1", "}", "}"},
    {"flow-list.yaml", "apiVersion: v3.1.0\nkind: DataContract\nx: ", "[", "1", "]", "\n"},
    {"flow-map.yaml", "apiVersion: v3.1.0\nkind: DataContract\nx: ", "{a: ", "1", "}", "\n"},
    {"block-list.yaml", "apiVersion: v3.1.0\nkind: DataContract\nx:\n  ", "- ", "1", "", "\n"},
    {"map.json", R"({"portolan": 1, "name": "a", "x": )", "[", "1", "]", "}"},
};

std::string nested(const Nesting& kind, int depth, bool isClosed)
{
    std::string text = kind.head + repeated(kind.open, depth);
    if (isClosed)
        text += kind.middle + repeated(kind.close, depth) + kind.tail;
    return text;
}

bool saysWhere(const json& problems)
{
    for (const json& problem : problems) {
        if (problem["severity"] == "error" && problem["line"] > 0)
            return true;
    }
    return false;
}

bool saysWhereInSources(const json& document)
{
    for (const json& source : document["sources"]) {
        if (saysWhere(source["problems"]))
            return true;
    }
    return saysWhere(document["problems"]);
}

ProgramRun import(const std::string& path)
{
    return portolanctl({"import", "--json", path});
}

}  // namespace

class PortolanctlHostileInputTest : public QObject {
    Q_OBJECT

private slots:
    void survivesNesting_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("depth");
        QTest::addColumn<bool>("isClosed");
        for (int kind = 0; kind < static_cast<int>(std::size(nestings)); ++kind) {
            for (const int depth : {99, 100, 101, 1'000, 10'000, 100'000, 1'000'000}) {
                for (const bool isClosed : {true, false})
                    QTest::addRow("%s %d deep, %s", nestings[kind].file, depth,
                                  isClosed ? "closed" : "unclosed")
                        << kind << depth << isClosed;
            }
        }
    }
    void survivesNesting()
    {
        QFETCH(int, kind);
        QFETCH(int, depth);
        QFETCH(bool, isClosed);
        const bool isMap = std::string(nestings[kind].file) == "map.json";
        const TemporaryFolder folder;
        const std::string path =
            folder.write(nestings[kind].file, nested(nestings[kind], depth, isClosed));
        const ProgramRun run =
            isMap ? portolanctl({"map", "validate", "--json", path}) : import(path);
        QVERIFY2(run.exitCode >= 0 && run.exitCode <= 2, run.outcome().c_str());
        const json document = documentOf(run);
        QVERIFY(!document.is_discarded());
        if (depth <= 100)
            return;
        const bool isSaid = isMap ? saysWhere(document["problems"]) : saysWhereInSources(document);
        QVERIFY2(isSaid, run.out.substr(0, 2'000).c_str());
    }

    void survivesYamlThatMultiplies()
    {
        const TemporaryFolder folder;
        std::string bomb = contract + "x0: &x0 [a, a, a, a, a, a, a, a, a]\n";
        for (int i = 1; i < 12; ++i) {
            const std::string earlier = "*x" + std::to_string(i - 1);
            bomb += "x" + std::to_string(i) + ": &x" + std::to_string(i) + " [" + earlier;
            for (int j = 0; j < 8; ++j)
                bomb += ", " + earlier;
            bomb += "]\n";
        }
        folder.write("bomb.odcs.yaml", bomb);
        folder.write("cycle.odcs.yaml", contract + "x: &a [*a]\n");
        const ProgramRun run = import(folder.path());
        QCOMPARE(run.exitCode, 1);
        QVERIFY(documentOf(run)["peakRssKb"] < mostMemoryKb);
    }

    void neverWaitsForWhatIsNoFile()
    {
        const TemporaryFolder folder;
        const std::string path = folder.path();
        QCOMPARE(::mkfifo((path + "/pipe.json").c_str(), 0600), 0);
        QCOMPARE(::symlink("/dev/zero", (path + "/zero.json").c_str()), 0);
        QCOMPARE(::symlink(".", (path + "/loop").c_str()), 0);
        QCOMPARE(::symlink("nowhere", (path + "/dangling.json").c_str()), 0);
        QCOMPARE(::symlink("/etc", (path + "/outside").c_str()), 0);
        std::filesystem::create_directories(path + "/a/b");
        QCOMPARE(::symlink("../..", (path + "/a/b/up").c_str()), 0);
        folder.write("a/orders.odcs.yaml", contract);
        const ProgramRun run = import(path);
        QVERIFY2(run.exitCode == 0 || run.exitCode == 1, run.outcome().c_str());
        const json document = documentOf(run);
        QCOMPARE(document["totals"].value("contracts", 0), 1);
        QCOMPARE(document["sources"].size() + document["skipped"].size() +
                     document["problems"].size(),
                 std::size_t{7});
    }

    void refusesDevicesAndPipesByName_data()
    {
        QTest::addColumn<std::string>("path");
        for (const char* path : {"/dev/zero", "/dev/tty", "/proc/self/mem"})
            QTest::newRow(path) << std::string(path);
    }
    void refusesDevicesAndPipesByName()
    {
        QFETCH(std::string, path);
        for (const std::vector<std::string>& arguments :
             {std::vector<std::string>{"import", "--json", path},
              {"map", "validate", "--json", path},
              {"map", "format", path},
              {"map", "diff", path, path}}) {
            const ProgramRun run = portolanctl(arguments);
            QVERIFY2(run.exitCode == 1 || run.exitCode == 2, run.outcome().c_str());
        }
    }

    void readsHugeFilesWithinItsMemory_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("head");
        QTest::newRow("json") << std::string("a.json")
                              << std::string("{\"kind\": \"DataContract\"");
        QTest::newRow("yaml") << std::string("a.yaml") << contract;
        QTest::newRow("ndjson") << std::string("a.ndjson") << std::string("{\"eventTime\": \"");
    }
    void readsHugeFilesWithinItsMemory()
    {
        QFETCH(std::string, name);
        QFETCH(std::string, head);
        const TemporaryFolder folder;
        const std::string path = folder.write(name, head);
        QCOMPARE(::truncate(path.c_str(), off_t{1} << 30), 0);
        const ProgramRun run = import(path);
        QVERIFY2(run.exitCode >= 0 && run.exitCode <= 2, run.outcome().c_str());
        QVERIFY2(documentOf(run)["peakRssKb"] < mostMemoryKb, run.out.substr(0, 500).c_str());
        QVERIFY(portolanctl({"map", "validate", path}).exitCode == 2);
    }

    void readsOneEndlessLineWithinItsMemory()
    {
        const TemporaryFolder folder;
        const std::string event =
            R"({"eventTime": "2026-01-01T00:00:00Z", "producer": "p", "job": {"namespace": "n", "name": "j"}, )"
            R"("outputs": [{"namespace": "postgres://db", "name": "a.b.c"}], "run": {"runId": "3f5e83fa-3480-44ff-99c5-ff943904e5e8"}})";
        const std::string path = folder.path() + "/a.ndjson";
        std::ofstream file(path, std::ios::binary);
        file << event << "\n{\"x\": \"";
        const std::string block(1 << 20, 'x');
        for (int i = 0; i < 100; ++i)
            file << block;
        file << "\"}\n" << event << "\n";
        file.close();
        const ProgramRun run = import(path);
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(documentOf(run)["totals"].value("datasets", 0), 1);
        QVERIFY(documentOf(run)["peakRssKb"] < mostMemoryKb);
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlHostileInputTest)
#include "portolanctl_hostile_input_test.moc"
