// SPDX-License-Identifier: Apache-2.0
// A folder as an organisation has it: all formats at once, many versions, broken files among them. Each file is accounted for.
#include "tests/programs/portolanctl.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace portolan::tests {
namespace {

using nlohmann::json;

const json& report()
{
    static const json whole = documentOf(portolanctl({"import", "--json", PORTOLAN_TEST_DATA}));
    return whole;
}

}  // namespace

class PortolanctlMixedFolderTest : public QObject {
    Q_OBJECT

private slots:
    void listsEveryFileOnce()
    {
        std::map<std::string, int> listed;
        for (const json& source : report()["sources"])
            ++listed[source["path"].get<std::string>()];
        for (const json& skipped : report()["skipped"])
            ++listed[skipped.get<std::string>()];
        std::set<std::string> withProblems;
        for (const json& problem : report()["problems"])
            withProblems.insert(problem.value("path", ""));
        const std::filesystem::path folder = PORTOLAN_TEST_DATA;
        int files = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file())
                continue;
            ++files;
            const std::string name = entry.path().lexically_relative(folder).string();
            QVERIFY2(listed[name] == 1 || withProblems.contains(name), name.c_str());
        }
        QVERIFY(files > 200);
    }

    // By its content alone, whatever else stands in the folder.
    void tellsEachFormat()
    {
        std::map<std::string, std::string> formats;
        for (const json& source : report()["sources"])
            formats[source["path"].get<std::string>()] = source["format"].get<std::string>();
        std::ifstream rows(PORTOLAN_TEST_DATA "/import-counts.txt");
        std::set<std::string> kinds;
        for (std::string row; std::getline(rows, row);) {
            const std::size_t first = row.find('|');
            const std::string format = row.substr(first + 1, row.find('|', first + 1) - first - 1);
            QCOMPARE(formats[row.substr(0, first)], format);
            kinds.insert(format);
        }
        QVERIFY(kinds.size() >= 45);
    }

    void saysOfEachSourceWhatWasLeftOut()
    {
        int leftOut = 0;
        for (const json& source : report()["sources"]) {
            for (const char* key : {"ignored", "unresolved"}) {
                QVERIFY2(source.contains(key), source["path"].get<std::string>().c_str());
                for (const json& one : source[key]) {
                    QVERIFY(!one.value("name", "").empty());
                    QVERIFY(!one.value("reason", "").empty());
                    ++leftOut;
                }
            }
        }
        QVERIFY(leftOut > 300);
    }

    // The same in any number of threads: the order of the files decides, not who is read first.
    void readsTheSameEachTime()
    {
        json again = documentOf(portolanctl({"import", "--json", PORTOLAN_TEST_DATA}));
        json first = report();
        for (json* one : {&again, &first}) {
            one->erase("elapsedMs");
            one->erase("peakRssKb");
        }
        QVERIFY(again == first);
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlMixedFolderTest)
#include "portolanctl_mixed_folder_test.moc"
