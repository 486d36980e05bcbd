// SPDX-License-Identifier: Apache-2.0
// The manual pages can be typeset, and say what the programs do.
#include "tests/programs/portolanctl.h"

#include <QRegularExpression>
#include <QStandardPaths>

#include <fstream>
#include <sstream>

namespace portolan::tests {
namespace {

const std::string folder = std::string(PORTOLAN_SOURCE_DIR) + "/resources/manual/man/";

std::string page(const std::string& name)
{
    std::ifstream file(folder + name);
    std::ostringstream text;
    text << file.rdbuf();
    return QString::fromStdString(text.str())
        .replace(QStringLiteral("\\-"), QStringLiteral("-"))
        .toStdString();
}

}  // namespace

class ManualPagesTest : public QObject {
    Q_OBJECT

private slots:
    void canBeTypeset_data()
    {
        QTest::addColumn<std::string>("name");
        for (const char* name : {"portolan.1", "portolanctl.1", "portolan-map.5"})
            QTest::newRow(name) << std::string(name);
    }
    void canBeTypeset()
    {
        QFETCH(std::string, name);
        if (QStandardPaths::findExecutable(QStringLiteral("man")).isEmpty())
            QSKIP("man is not installed");
        const ProgramRun run =
            runProgram("man", {.arguments = {"--warnings", "-Tutf8", "-l", folder + name}});
        QCOMPARE(run.outcome(), std::string("exit 0"));
        QVERIFY2(run.out.size() > 1'000, run.out.c_str());
    }

    void nameEveryOptionOfTheProgram()
    {
        const std::string manual = page("portolanctl.1");
        const std::vector<std::vector<std::string>> commands = {{},
                                                                {"import"},
                                                                {"show"},
                                                                {"search"},
                                                                {"diff"},
                                                                {"history"},
                                                                {"map", "validate"},
                                                                {"map", "format"},
                                                                {"map", "diff"},
                                                                {"map", "merge"}};
        for (std::vector<std::string> command : commands) {
            command.emplace_back("--help");
            const ProgramRun run = portolanctl(command);
            QCOMPARE(run.outcome(), std::string("exit 0"));
            checkOptions(run.out, manual);
        }
    }

#ifdef PORTOLAN
    void nameEveryOptionOfTheWindowsProgram()
    {
        const std::string manual = page("portolan.1");
        for (std::vector<std::string> command :
             {std::vector<std::string>{"--help"}, {"export", "--help"}}) {
            const ProgramRun run = runProgram(PORTOLAN, {.arguments = command});
            QCOMPARE(run.outcome(), std::string("exit 0"));
            checkOptions(run.out, manual);
        }
    }
#endif

private:
    static void checkOptions(const std::string& help, const std::string& manual)
    {
        static const QRegularExpression option(QStringLiteral("--[a-z][a-z-]+"));
        QRegularExpressionMatchIterator found = option.globalMatch(QString::fromStdString(help));
        while (found.hasNext()) {
            const std::string name = found.next().captured().toStdString();
            QVERIFY2(manual.find(name) != std::string::npos, name.c_str());
        }
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::ManualPagesTest)
#include "manual_pages_test.moc"
