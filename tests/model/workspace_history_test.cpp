// SPDX-License-Identifier: Apache-2.0
// What a workspace held after each of its imports: against estates that were kept at the time, and how much of it is kept.
#include "model/workspace/workspace.h"

#include "model/workspace/database.h"

#include "tests/support/temporary_folder.h"
#include "tests/support/text_output.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <random>

namespace portolan {

namespace {

std::string contract(const std::string& id, int fields, const std::string& field = "f")
{
    std::string text = "apiVersion: v3.1.0\nkind: DataContract\nid: " + id + "\nname: " + id +
                       "\nversion: 1.0.0\nstatus: active\nschema:\n  - name: " + id +
                       "_table\n    properties:\n";
    for (int i = 0; i < fields; ++i)
        text += "      - name: " + field + std::to_string(i) + "\n        logicalType: string\n";
    return text;
}

// All names with their places, sorted.
std::string said(const Estate& estate)
{
    std::vector<std::string> lines;
    for (const Source& source : estate.sources)
        lines.push_back(source.path + " " + source.hash + " " + source.importedAt);
    for (const Contract& one : estate.contracts)
        lines.push_back("contract " + one.key());
    for (const Field& one : estate.fields)
        lines.push_back("field " + one.path + " " + estate.objects[one.object.value].name + " " +
                        std::to_string(one.evidence.line));
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return text;
}

std::string day(int number)
{
    const std::string text = std::to_string(number);
    return "2026-03-" + std::string(text.size() < 2 ? "0" : "") + text;
}

}  // namespace

class WorkspaceHistoryTest : public QObject {
    Q_OBJECT

    std::optional<tests::TemporaryFolder> m_folder;
    std::optional<Workspace> m_workspace;

    std::string path() const { return m_folder->path() + "/w.portolan"; }
    std::string data() const { return m_folder->path() + "/data"; }

    void open(Workspace::Access access = Workspace::Access::ReadWrite)
    {
        m_workspace.reset();
        Result<Workspace> opened = Workspace::open(path(), access);
        QVERIFY2(opened.has_value(), opened ? "" : toText(opened.error()).c_str());
        m_workspace = std::move(*opened);
    }
    void write(const std::string& name, const std::string& text)
    {
        m_folder->write("data/" + name, text);
    }
    void remove(const std::string& name) { std::filesystem::remove(data() + "/" + name); }
    std::string import(const std::string& at)
    {
        Progress progress;
        ImportOptions options;
        options.importedAt = at;
        const auto outcome = m_workspace->import({data()}, options, progress);
        return outcome ? said(*outcome->report.estate) : toText(outcome.error());
    }
    std::string asOf(const AsOf& time) const
    {
        Progress progress;
        const Result<EstatePtr> estate = m_workspace->estate(time, progress);
        return estate ? said(**estate) : estate.error().message + " [" + estate.error().code + "]";
    }
    std::string asOf(const std::string& time) const { return asOf(AsOf{0, time}); }
    std::string current() const { return said(**m_workspace->estate()); }
    std::string imports() const
    {
        std::string text;
        const auto runs = m_workspace->imports();
        for (const ImportRun& run : *runs)
            text += std::to_string(run.number) + " " + run.at.substr(0, 10) + ": " +
                    whatChanged(run) + "\n";
        return text;
    }
    std::int64_t number(const std::string& sql) const
    {
        const auto database = Database::open(path(), Database::Mode::ReadOnly);
        return (*database)->firstNumber(sql).value_or(-1);
    }
    // Three imports that change something, one between that does not.
    void threeImports(std::map<int, std::string>& states)
    {
        write("a.yaml", contract("a", 3));
        write("b.yaml", contract("b", 2));
        states[1] = import(day(1) + "T10:00:00Z");
        states[2] = import(day(2) + "T10:00:00Z");
        write("a.yaml", contract("a", 4, "g"));
        write("c.yaml", contract("c", 1));
        states[3] = import(day(3) + "T10:00:00Z");
        remove("b.yaml");
        states[4] = import(day(4) + "T10:00:00Z");
    }

private slots:
    void init()
    {
        m_workspace.reset();
        m_folder.emplace();
        open();
    }

    void tellsWhatWasThereAfterEachImport()
    {
        std::map<int, std::string> states;
        threeImports(states);
        QCOMPARE(imports(), "3 2026-03-04: removed 1\n2 2026-03-03: added 1, replaced 1\n"
                            "1 2026-03-01: added 2\n");
        QVERIFY(states[1] != states[3] && states[3] != states[4]);
        for (const auto access : {Workspace::Access::ReadWrite, Workspace::Access::ReadOnly}) {
            open(access);
            QCOMPARE(asOf(AsOf{1, {}}), states[1]);
            QCOMPARE(asOf(AsOf{2, {}}), states[3]);
            QCOMPARE(asOf(AsOf{3, {}}), states[4]);
            QCOMPARE(current(), states[4]);
            QCOMPARE(asOf(day(1)), states[1]);
            QCOMPARE(asOf(day(2)), states[1]);
            QCOMPARE(asOf(day(3)), states[3]);
            QCOMPARE(asOf(day(3) + "T09:59Z"), states[1]);
            QCOMPARE(asOf(day(3) + "T12:00+02:00"), states[3]);
            QCOMPARE(asOf("2030-01-01"), states[4]);
        }
    }

    void saysWhatItDoesNotKnow()
    {
        QCOMPARE(asOf(day(1)), "What the workspace held on 2026-03-01 is not known: it keeps no "
                               "imports. [workspace.before-history]");
        std::map<int, std::string> states;
        threeImports(states);
        QCOMPARE(asOf("2026-02-28"),
                 "What the workspace held on 2026-02-28 is not known: the first import that it "
                 "keeps is number 1, of 2026-03-01T10:00:00Z. [workspace.before-history]");
        QCOMPARE(asOf(AsOf{9, {}}),
                 "What the workspace held after import 9 is not known: the first import that it "
                 "keeps is number 1, of 2026-03-01T10:00:00Z. [workspace.before-history]");
        QCOMPARE(asOf("yesterday"), "\"yesterday\" is no time (expected a date or time as "
                                    "2026-11-24 or 2026-11-24T10:30Z, or the number of an "
                                    "import). [workspace.no-time]");
    }

    void searchesOnlyWhatIsCurrent()
    {
        std::map<int, std::string> states;
        threeImports(states);
        QCOMPARE(m_workspace->search("b_table")->size(), std::size_t(0));
        QCOMPARE(m_workspace->search("f2")->size(), std::size_t(0));
        QCOMPARE(m_workspace->search("g2")->size(), std::size_t(1));
    }

    // A source that is read anew and says the same makes no history.
    void aChangeThatSaysTheSameIsNone()
    {
        write("a.yaml", contract("a", 3));
        import(day(1) + "T10:00:00Z");
        write("a.yaml", contract("a", 3) + "# a remark at the end\n");
        const std::string after = import(day(2) + "T10:00:00Z");
        QCOMPARE(imports(), "1 2026-03-01: added 1\n");
        QCOMPARE(number("SELECT count(*) FROM past_source"), 0);
        QCOMPARE(asOf(day(1)), after);
    }

    void aFileThatComesBackIsAddedAgain()
    {
        write("a.yaml", contract("a", 3));
        write("b.yaml", contract("b", 3));
        const std::string both = import(day(1));
        remove("b.yaml");
        const std::string one = import(day(2));
        write("b.yaml", contract("b", 3));
        const std::string again = import(day(3));
        QCOMPARE(imports(),
                 "3 2026-03-03: added 1\n2 2026-03-02: removed 1\n1 2026-03-01: added 2\n");
        QCOMPARE(asOf(day(1)), both);
        QCOMPARE(asOf(day(2)), one);
        QCOMPARE(asOf(day(3)), again);
    }

    void keepsTheLastImportsOrTheLastDays()
    {
        QVERIFY(m_workspace->setHistorySettings({2, 3, 100}).has_value());
        open();
        QCOMPARE(m_workspace->historySettings().days, 3);
        std::map<int, std::string> states;
        for (int i = 1; i <= 8; ++i) {
            write("a.yaml", contract("a", i));
            states[i] = import(day(i) + "T00:00:00Z");
        }
        // Of day 8, three days back.
        for (int i = 5; i <= 8; ++i)
            QCOMPARE(asOf(day(i)), states[i]);
        QVERIFY(asOf(day(4)).ends_with("[workspace.before-history]"));
        write("a.yaml", contract("a", 20));
        const std::string last = import("2026-09-01");
        // Long after: the last two.
        QCOMPARE(imports(), "9 2026-09-01: replaced 1\n8 2026-03-08: replaced 1\n");
        QCOMPARE(asOf(day(8)), states[8]);
        QCOMPARE(current(), last);
        QCOMPARE(number("SELECT count(*) FROM dataset WHERE source < 0"),
                 number("SELECT count(*) FROM dataset WHERE source > 0"));
    }

    void keepsNoMoreThanItsShareOfBytes()
    {
        QVERIFY(m_workspace->setHistorySettings({50, 400, 2}).has_value());
        std::map<int, std::string> states;
        for (int i = 1; i <= 6; ++i) {
            write("a.yaml", contract("a", 12'000, std::string(60, char('a' + i))));
            states[i] = import(day(i));
        }
        const std::int64_t currentBytes = number("SELECT sum(fact_bytes) FROM source_import");
        QVERIFY(currentBytes > 1 << 20);
        QVERIFY(number("SELECT sum(fact_bytes) FROM past_source") <= 2 * currentBytes);
        QCOMPARE(number("SELECT count(*) FROM past_source"), 2);
        for (int i = 4; i <= 6; ++i)
            QCOMPARE(asOf(day(i)), states[i]);
        QVERIFY(asOf(day(3)).ends_with("[workspace.before-history]"));
    }

    void forgetsWhenTold()
    {
        std::map<int, std::string> states;
        threeImports(states);
        QVERIFY(m_folder->read("w.portolan").find("b_table") != std::string::npos);
        QVERIFY(m_workspace->forgetHistory().has_value());
        QCOMPARE(imports(), "3 2026-03-04: removed 1\n");
        QCOMPARE(current(), states[4]);
        QCOMPARE(asOf(day(4)), states[4]);
        QVERIFY(asOf(day(3)).ends_with("[workspace.before-history]"));
        m_workspace.reset();
        QVERIFY(m_folder->read("w.portolan").find("b_table") == std::string::npos);
        QCOMPARE(number("SELECT count(*) FROM field WHERE source < 0"), 0);
        open();
        write("d.yaml", contract("d", 1));
        import(day(5));
        QCOMPARE(imports(), "4 2026-03-05: added 1\n3 2026-03-04: removed 1\n");
    }

    void aDecayedFormerSourceIsNamed()
    {
        std::map<int, std::string> states;
        threeImports(states);
        m_workspace.reset();
        {
            const auto database = Database::open(path(), Database::Mode::ReadWrite);
            QVERIFY((*database)->execute("UPDATE field SET path = 'x' WHERE source < 0"));
        }
        open();
        QCOMPARE(current(), states[4]);
        QVERIFY(asOf(day(1)).ends_with("[workspace.damaged]"));
    }

    // Any sequence of changes: every state is told as it was.
    void tellsEachStateOfARandomHistory()
    {
        std::mt19937 random(5);
        std::map<int, std::string> states;
        write("e.yaml", contract("e", 1));
        for (int i = 1; i <= 25; ++i) {
            for (const char* name : {"a", "b", "c", "d"}) {
                if (random() % 3 == 0)
                    write(std::string(name) + ".yaml", contract(name, int(random() % 5) + 1));
                else if (random() % 5 == 0)
                    remove(std::string(name) + ".yaml");
            }
            states[i] = import(day(i));
        }
        for (const auto& [number, state] : states)
            QCOMPARE(asOf(day(number)), state);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::WorkspaceHistoryTest)
#include "workspace_history_test.moc"
