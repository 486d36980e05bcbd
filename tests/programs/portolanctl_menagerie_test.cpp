// SPDX-License-Identifier: Apache-2.0
// Real files with random damage, through the real program. Each finding is kept as a test of its own where it belongs.
#include "tests/programs/portolanctl.h"

#include <algorithm>
#include <random>
#include <string_view>

namespace portolan::tests {
namespace {

namespace fs = std::filesystem;

constexpr unsigned seed = 20261123;
constexpr int copiesOfEach = 6;
constexpr std::uintmax_t largest = 150'000;  // of an original; larger ones take the time of many

std::string bytesOf(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

std::vector<fs::path> originals(const std::vector<std::string>& folders)
{
    std::vector<fs::path> files;
    for (const std::string& folder : folders) {
        if (!fs::exists(dataPath(folder)))
            continue;
        for (const fs::directory_entry& entry :
             fs::recursive_directory_iterator(dataPath(folder))) {
            if (entry.is_regular_file() && entry.path().extension() != ".md" &&
                entry.file_size() <= largest)
                files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

// One to eight of: another byte, a piece cut out, a piece said twice, the end cut off, a bracket or quote put in.
std::string damaged(std::string text, std::mt19937& random)
{
    static constexpr std::string_view marks("{}[]\",:&*!|>%@-\n\t\0\xff\xc3", 20);
    for (unsigned n = 1 + random() % 8; n > 0 && !text.empty(); --n) {
        const std::size_t at = random() % text.size();
        const std::size_t length = random() % 64;
        switch (random() % 5) {
        case 0:
            text[at] = static_cast<char>(random());
            break;
        case 1:
            text.erase(at, length);
            break;
        case 2:
            text.insert(at, text.substr(at, length));
            break;
        case 3:
            if (random() % 4 == 0)
                text.resize(at);
            break;
        default:
            text.insert(at, 1, marks[random() % marks.size()]);
        }
    }
    return text;
}

// Damaged copies of the files, in `folder`, whose names tell the original.
std::vector<std::string> damagedCopies(const std::vector<fs::path>& files, int copies,
                                       const TemporaryFolder& folder)
{
    std::mt19937 random(seed);
    std::vector<std::string> paths;
    for (const fs::path& file : files) {
        const std::string original = bytesOf(file);
        for (int copy = 0; copy < copies; ++copy)
            paths.push_back(
                folder.write(std::to_string(paths.size()) + "-" + file.filename().string(),
                             damaged(original, random)));
    }
    return paths;
}

bool isAnswer(const ProgramRun& run)
{
    return run.exitCode >= 0 && run.exitCode <= 2 && !documentOf(run).is_discarded();
}

// Which of the files it is that the program does not survive.
std::string culprit(std::vector<std::string> arguments, const std::vector<std::string>& paths)
{
    arguments.emplace_back();
    for (const std::string& path : paths) {
        arguments.back() = path;
        const ProgramRun run = portolanctl(arguments);
        if (!isAnswer(run))
            return "seed " + std::to_string(seed) + ", " + path + ": " + run.outcome();
    }
    return "none of the files alone";
}

}  // namespace

class PortolanctlMenagerieTest : public QObject {
    Q_OBJECT

private slots:
    void answersToDamagedSources()
    {
        const std::vector<fs::path> files = originals({"odcs", "openlineage", "dbt", "yaml"});
        if (files.empty())
            QSKIP("no files");
        const TemporaryFolder folder;
        const std::vector<std::string> copies = damagedCopies(files, copiesOfEach, folder);
        const ProgramRun run = portolanctl({"import", "--json", folder.path()});
        QVERIFY2(isAnswer(run), culprit({"import", "--json"}, copies).c_str());
        const nlohmann::json document = documentOf(run);
        QCOMPARE(document["sources"].size() + document["skipped"].size(), copies.size());
    }

    void answersToDamagedMaps()
    {
        const TemporaryFolder folder;
        const std::vector<std::string> copies = damagedCopies(originals({"maps"}), 150, folder);
        std::vector<std::string> arguments = {"map", "validate", "--json"};
        arguments.insert(arguments.end(), copies.begin(), copies.end());
        const ProgramRun run = portolanctl(arguments);
        QVERIFY2(isAnswer(run), culprit({"map", "validate", "--json"}, copies).c_str());
        QCOMPARE(documentOf(run)["maps"].size(), copies.size());
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlMenagerieTest)
#include "portolanctl_menagerie_test.moc"
