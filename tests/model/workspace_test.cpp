// SPDX-License-Identifier: Apache-2.0
// Importing into a workspace: what is read again, replaced, kept and dropped, and that the whole is what an import without one gives.
#include "model/workspace/workspace.h"

#include "model/workspace/database.h"

#include "tests/support/temporary_folder.h"
#include "tests/support/text_output.h"

#include <QDir>

#include <algorithm>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portolan {

namespace {

std::string contract(const std::string& id, const std::string& field = "id")
{
    return "apiVersion: v3.1.0\nkind: DataContract\nid: " + id + "\nname: Contract of " + id +
           "\nversion: 1.0.0\nstatus: active\nschema:\n  - name: " + id +
           "_table\n    properties:\n      - name: " + field + "\n        logicalType: string\n";
}

ImportOptions optionsFor(const std::string& format)
{
    ImportOptions options;
    options.format = format;
    options.importedAt = "2026-01-02T03:04:05Z";
    return options;
}

std::string counted(const Workspace::ImportOutcome& outcome)
{
    return std::to_string(outcome.added) + " added, " + std::to_string(outcome.replaced) +
           " replaced, " + std::to_string(outcome.unchanged) + " unchanged, " +
           std::to_string(outcome.removed) + " removed";
}

std::string contractsOf(const Estate& estate)
{
    std::string text;
    for (const Contract& one : estate.contracts)
        text += (text.empty() ? "" : " ") + one.key();
    return text;
}

// Everything that an estate says, one fact a line with all its places, in no order of ours.
std::vector<std::string> facts(const Estate& estate)
{
    std::vector<std::string> lines;
    const auto add = [&](const std::string& fact, const Evidence& evidence) {
        std::string line = fact;
        for (const EvidencePlace& place : places(estate, evidence))
            line += " | " + place.span.file + ":" + std::to_string(place.span.line) + ":" +
                    std::to_string(place.span.column) + place.span.pointer + " x" +
                    std::to_string(place.times);
        lines.push_back(line);
    };
    for (const Source& source : estate.sources) {
        std::string line = "source " + source.path + source.format + source.formatVersion +
                           source.hash + std::to_string(source.bytes) + source.importedAt +
                           std::to_string(source.problemsNotListed) + tests::lines(source.problems);
        for (const auto& [key, count] : source.counts)
            line += key + std::to_string(count);
        lines.push_back(line);
    }
    for (const Dataset& one : estate.datasets)
        add("dataset " + one.key() + one.type + one.description +
                std::to_string(one.columns.size()),
            one.evidence);
    for (const Column& one : estate.columns)
        add("column " + estate.datasets[one.dataset.value].key() + one.name + one.type,
            one.evidence);
    for (const Job& one : estate.jobs)
        add("job " + one.key() + std::to_string(one.runs), one.evidence);
    for (const LineageEdge& one : estate.lineageEdges)
        add("edge " + estate.datasets[one.from.value].key() + estate.datasets[one.to.value].key(),
            one.evidence);
    for (const ColumnEdge& one : estate.columnEdges)
        add("column edge " + estate.columns[one.from.value].name +
                estate.columns[one.to.value].name + one.transformation,
            one.evidence);
    for (const ObservedProduct& one : estate.products)
        add("product " + one.id + one.name + one.domain, one.evidence);
    for (const Contract& one : estate.contracts)
        add("contract " + one.key() + one.name + one.statusText + one.owner +
                std::to_string(one.objects.size()) + std::to_string(one.servers.size()) +
                std::to_string(one.serviceLevels.size()) + std::to_string(one.team.size()),
            one.evidence);
    for (const SchemaObject& one : estate.objects)
        add("object " + one.name + one.physicalName +
                (one.dataset.isValid() ? estate.datasets[one.dataset.value].key() : "-"),
            one.evidence);
    for (const Field& one : estate.fields)
        add("field " + one.path + one.logicalType + one.physicalType +
                std::to_string(one.keyPosition) + one.reference,
            one.evidence);
    for (const Check& one : estate.checks)
        add("check " + one.name + one.type + one.expression, one.evidence);
    for (const ObservedTerm& one : estate.terms)
        add("term " + one.name + one.definition, one.evidence);
    for (const Consumer& one : estate.consumers)
        add("consumer " + one.id + std::to_string(one.reads.size()), one.evidence);
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::string difference(const Estate& a, const Estate& b)
{
    const std::vector<std::string> left = facts(a);
    const std::vector<std::string> right = facts(b);
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        const std::string one = i < left.size() ? left[i] : "(none)";
        const std::string other = i < right.size() ? right[i] : "(none)";
        if (one != other)
            return one + "\n" + other;
    }
    return countsOf(a) == countsOf(b) ? "" : "counts";
}

}  // namespace

class WorkspaceTest : public QObject {
    Q_OBJECT

    std::optional<tests::TemporaryFolder> m_folder;
    std::optional<Workspace> m_workspace;
    std::string m_path;
    std::string m_data;

    void open(Workspace::Access access = Workspace::Access::ReadWrite)
    {
        m_workspace.reset();
        Result<Workspace> opened = Workspace::open(m_path, access);
        QVERIFY2(opened.has_value(), opened ? "" : toText(opened.error()).c_str());
        m_workspace = std::move(*opened);
    }
    Result<Workspace::ImportOutcome> import(const std::string& path)
    {
        Progress progress;
        return m_workspace->import({path}, optionsFor(""), progress);
    }
    std::string imported(const std::string& path)
    {
        const Result<Workspace::ImportOutcome> outcome = import(path);
        if (!outcome)
            return outcome.error().message + " [" + outcome.error().code + "]";
        const Result<EstatePtr> estate = m_workspace->estate();
        if (!estate)
            return toText(estate.error());
        const std::string other = difference(*outcome->report.estate, **estate);
        return counted(*outcome) + (other.empty() ? "" : "\nnot what is stored:\n" + other);
    }
    std::string contracts() const { return contractsOf(**m_workspace->estate()); }
    std::string bytes() const { return m_folder->read("w.portolan"); }
    // Each table's columns by what flows into them.
    std::string flows() const
    {
        const EstatePtr estate = *m_workspace->estate();
        std::string all;
        for (const ColumnEdge& edge : estate->columnEdges)
            all += estate->columns[edge.from.value].name + ">" +
                   estate->columns[edge.to.value].name + " " + edge.transformation + " " +
                   edge.expression + ";";
        return all;
    }
    std::int64_t keptQueries() const
    {
        const auto database = Database::open(m_path, Database::Mode::ReadOnly);
        return (*database)->firstNumber("SELECT count(*) FROM query_lineage").value_or(-1);
    }

    // Long ago, so that marks can be trusted.
    void makeOld(const std::string& name) const
    {
        const timespec then[2] = {{1'600'000'000, 5}, {1'600'000'000, 5}};
        QCOMPARE(::utimensat(AT_FDCWD, (m_data + "/" + name).c_str(), then, 0), 0);
    }
    void write(const std::string& name, const std::string& text) const
    {
        m_folder->write("data/" + name, text);
        makeOld(name);
    }

private slots:
    void init()
    {
        m_workspace.reset();
        m_folder.emplace();
        m_path = m_folder->path() + "/w.portolan";
        m_data = m_folder->path() + "/data";
        write("a.yaml", contract("a"));
        write("sub/b.yaml", contract("b"));
        write("c.yaml", contract("c"));
        open();
    }

    void givesTheSameAsAnImportWithoutAWorkspace()
    {
        const std::string data = PORTOLAN_TEST_DATA;
        Progress progress;
        const ImportOptions options = optionsFor("");
        const Result<ImportReport> plain = importPaths({data}, options, progress);
        QVERIFY(plain.has_value());
        QVERIFY(plain->estate->sources.size() > 10);
        const Result<Workspace::ImportOutcome> outcome =
            m_workspace->import({data}, options, progress);
        QVERIFY(outcome.has_value());
        QCOMPARE(difference(*outcome->report.estate, *plain->estate), "");
        QVERIFY(outcome->report.skipped == plain->skipped);
        QVERIFY(outcome->report.problems == plain->problems);
        open(Workspace::Access::ReadOnly);
        QCOMPARE(difference(**m_workspace->estate(), *plain->estate), "");
        open();
        const Result<Workspace::ImportOutcome> again =
            m_workspace->import({data}, options, progress);
        QCOMPARE(counted(*again), "0 added, 0 replaced, " + std::to_string(outcome->added) +
                                      " unchanged, 0 removed");
        QCOMPARE(difference(*again->report.estate, *plain->estate), "");
    }

    void importsAFolderOnceAndLeavesItAloneThen()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        QCOMPARE(contracts(), "a@1.0.0 c@1.0.0 b@1.0.0");
        const std::string before = bytes();
        QCOMPARE(imported(m_data), "0 added, 0 replaced, 3 unchanged, 0 removed");
        QVERIFY(bytes() == before);
    }

    void keepsWhatWasUnderstoodOfQueries()
    {
        write("a.sql", "create table a (id int, x int);\ncreate view v as select id, x + 1 as y "
                       "from a;\n");
        QCOMPARE(imported(m_data), "4 added, 0 replaced, 0 unchanged, 0 removed");
        const std::string whole = "id>id IDENTITY id;x>y TRANSFORMATION x + 1;";
        QCOMPARE(flows(), whole);
        QCOMPARE(keptQueries(), 1);
        const std::string before = bytes();
        open();
        QCOMPARE(flows(), whole);
        QVERIFY(bytes() == before);
        open(Workspace::Access::ReadOnly);
        QCOMPARE(flows(), whole);
    }

    void readsTheQueriesOfAChangedSourceAgain()
    {
        write("a.sql", "create table a (id int, x int);\n");
        write("b.sql", "create view v as select * from a;\n");
        QCOMPARE(imported(m_data), "5 added, 0 replaced, 0 unchanged, 0 removed");
        QCOMPARE(flows(), "id>id IDENTITY *;x>x IDENTITY *;");
        write("a.sql", "create table a (id int, zip int);\n");
        QCOMPARE(imported(m_data), "0 added, 1 replaced, 4 unchanged, 0 removed");
        QCOMPARE(flows(), "id>id IDENTITY *;zip>zip IDENTITY *;");
        std::filesystem::remove(m_data + "/b.sql");
        QCOMPARE(imported(m_data), "0 added, 0 replaced, 4 unchanged, 1 removed");
        QCOMPARE(flows(), "");
        QCOMPARE(keptQueries(), 0);
    }

    void whatIsLostOfQueriesIsReadAgain()
    {
        write("a.sql", "create table a (id int);\ncreate view v as select id from a;\n");
        QCOMPARE(imported(m_data), "4 added, 0 replaced, 0 unchanged, 0 removed");
        m_workspace.reset();
        {
            const auto database = Database::open(m_path, Database::Mode::ReadWrite);
            (*database)->execute("DELETE FROM query_lineage");
        }
        open(Workspace::Access::ReadOnly);
        QCOMPARE(flows(), "id>id IDENTITY id;");
        QCOMPARE(keptQueries(), 0);
        open();
        QCOMPARE(flows(), "id>id IDENTITY id;");
        QCOMPARE(keptQueries(), 1);
    }

    void replacesJustWhatChanged()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        write("c.yaml", contract("changed"));
        QCOMPARE(imported(m_data), "0 added, 1 replaced, 2 unchanged, 0 removed");
        QCOMPARE(contracts(), "a@1.0.0 changed@1.0.0 b@1.0.0");
    }

    void noticesAChangeThatKeepsSizeAndTime()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        std::filesystem::rename(m_data + "/c.yaml", m_folder->path() + "/old");
        write("c.yaml", contract("d"));
        QCOMPARE(imported(m_data), "0 added, 1 replaced, 2 unchanged, 0 removed");
    }

    void aTouchedFileIsUnchanged()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        m_folder->write("data/c.yaml", contract("c"));
        QCOMPARE(imported(m_data), "0 added, 0 replaced, 3 unchanged, 0 removed");
    }

    void aFileWrittenJustNowIsReadAgainByItsHashOnly()
    {
        m_folder->write("data/c.yaml", contract("c"));
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        m_folder->write("data/c.yaml", contract("d"));  // within the tick of the clock, perhaps
        QCOMPARE(imported(m_data), "0 added, 1 replaced, 2 unchanged, 0 removed");
    }

    void dropsFilesThatAreGoneFromANamedFolder()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        std::filesystem::remove(m_data + "/a.yaml");
        std::filesystem::remove_all(m_data + "/sub");
        QCOMPARE(imported(m_data), "0 added, 0 replaced, 1 unchanged, 2 removed");
        QCOMPARE(contracts(), "c@1.0.0");
    }

    void keepsWhatWasNotNamed()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        std::filesystem::remove(m_data + "/a.yaml");
        QCOMPARE(imported(m_data + "/sub"), "0 added, 1 replaced, 0 unchanged, 0 removed");
        QCOMPARE(contracts(), "a@1.0.0 b@1.0.0 c@1.0.0");
        QCOMPARE(imported(m_data + "/a.yaml"), "0 added, 0 replaced, 0 unchanged, 1 removed");
    }

    // A disk that is not there today.
    void keepsEverythingWhenTheNamedFolderItselfIsGone()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        std::filesystem::rename(m_data, m_folder->path() + "/elsewhere");
        const Result<Workspace::ImportOutcome> outcome = import(m_data);
        QVERIFY(outcome.has_value());
        QCOMPARE(counted(*outcome), "0 added, 0 replaced, 0 unchanged, 0 removed");
        QVERIFY(!outcome->report.problems.empty());
        QCOMPARE(contracts(), "a@1.0.0 c@1.0.0 b@1.0.0");
    }

    void keepsWhatIsThereButCannotBeRead()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        std::filesystem::remove(m_data + "/a.yaml");
        QCOMPARE(::mkfifo((m_data + "/a.yaml").c_str(), 0600), 0);
        QCOMPARE(imported(m_data), "0 added, 0 replaced, 2 unchanged, 0 removed");
        QCOMPARE(contracts(), "a@1.0.0 c@1.0.0 b@1.0.0");
    }

    void dropsAFileThatIsNoLongerASource()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        write("a.yaml", "just: text\n");
        const Result<Workspace::ImportOutcome> outcome = import(m_data);
        QCOMPARE(counted(*outcome), "0 added, 0 replaced, 2 unchanged, 1 removed");
        QVERIFY(outcome->report.skipped == std::vector<std::string>{"a.yaml"});
    }

    void leavesOutWhatABrokenSaveLeftBehind()
    {
        write(".a.yaml.portolan-0123456789abcdef.tmp", contract("half"));
        const Result<Workspace::ImportOutcome> outcome = import(m_data);
        QCOMPARE(counted(*outcome), "3 added, 0 replaced, 0 unchanged, 0 removed");
        QCOMPARE(tests::lines(outcome->report.problems),
                 ".a.yaml.portolan-0123456789abcdef.tmp: note: This is what a save that was broken "
                 "off has left behind. Skipped. [file.leftover]\n");
    }

    void movesTogetherWithItsSources()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        m_workspace.reset();
        std::filesystem::create_directory(m_folder->path() + "/moved");
        std::filesystem::rename(m_data, m_folder->path() + "/moved/data");
        std::filesystem::rename(m_path, m_folder->path() + "/moved/w.portolan");
        m_path = m_folder->path() + "/moved/w.portolan";
        open();
        QCOMPARE(imported(m_folder->path() + "/moved/data"),
                 "0 added, 0 replaced, 3 unchanged, 0 removed");
    }

    void readsAgainWhatHasDecayed()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        m_workspace.reset();
        (*Database::open(m_path, Database::Mode::ReadWrite))
            ->execute("UPDATE contract SET name = 'another' WHERE id = 'c'");
        open();
        QCOMPARE(m_workspace->estate().error().message,
                 "The workspace is damaged: what it keeps of c.yaml is not what was written. "
                 "Import that source again.");
        QCOMPARE(imported(m_data), "0 added, 1 replaced, 2 unchanged, 0 removed");
        QCOMPARE(contracts(), "a@1.0.0 c@1.0.0 b@1.0.0");
    }

    void aCancelledImportSaysSo()
    {
        Progress progress;
        progress.requestStop();
        const auto outcome = m_workspace->import({m_data}, {}, progress);
        QVERIFY(!outcome && isCancelled(outcome.error()));
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
    }

    void reportsProgressInBytes()
    {
        Progress progress;
        QVERIFY(m_workspace->import({m_data}, {}, progress).has_value());
        const Progress::State state = progress.state();
        QCOMPARE(state.done, state.total);
        QCOMPARE(state.total, std::int64_t(contract("a").size() * 3));
    }

    void anotherFormatByForceIsReadAgain()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        Progress progress;
        const auto same = m_workspace->import({m_data}, optionsFor("odcs"), progress);
        QCOMPARE(counted(*same), "0 added, 0 replaced, 3 unchanged, 0 removed");
        const auto none = m_workspace->import({m_data}, optionsFor("nonsense"), progress);
        QVERIFY(!none.has_value());
        QCOMPARE(none.error().code, "import.unknown-format");
        QCOMPARE(contracts(), "a@1.0.0 c@1.0.0 b@1.0.0");
    }

    void refusesToWriteBesideAnotherWriter()
    {
        Result<Workspace> second = Workspace::open(m_path);
        QVERIFY(second->isReadOnly());
        QVERIFY(!second->holder().empty());
        Progress progress;
        QCOMPARE(second->import({m_data}, {}, progress).error().message,
                 "The workspace can only be read: " + second->holder() + " is writing to it.");
        QCOMPARE(second->setMapPath("x").error().code, "workspace.read-only");
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        QCOMPARE(contractsOf(**second->estate()), "a@1.0.0 c@1.0.0 b@1.0.0");
    }

    void saysThatTheFileIsGone()
    {
        std::filesystem::remove(m_path);
        QCOMPARE(imported(m_data),
                 "The workspace is gone from the disk since it was opened: save a "
                 "copy of it under this or another name. [workspace.gone]");
    }

    void remembersItsMapRelativeToItself()
    {
        QCOMPARE(*m_workspace->mapPath(), "");
        QVERIFY(m_workspace->setMapPath(m_folder->path() + "/maps/insurer.json").has_value());
        QCOMPARE(*m_workspace->mapPath(), "maps/insurer.json");
        QVERIFY(m_workspace->setMapPath("/elsewhere/insurer.json").has_value());
        QCOMPARE(*m_workspace->mapPath(), "/elsewhere/insurer.json");
        QVERIFY(m_workspace->setMapPath("").has_value());
        QCOMPARE(*m_workspace->mapPath(), "");
    }

    void findsNames()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        const Result<std::vector<SearchHit>> hits = m_workspace->search("table B");
        QCOMPARE(hits->at(0).entity.id, "b@1.0.0/b_table");
        QCOMPARE(hits->at(0).name, "b_table");
        QCOMPARE(hits->at(0).path, "b / 1.0.0");
        write("sub/b.yaml", contract("bee"));
        QCOMPARE(imported(m_data), "0 added, 1 replaced, 2 unchanged, 0 removed");
        QVERIFY(m_workspace->search("b_table")->empty());
        QCOMPARE(m_workspace->search("bee_table")->at(0).name, "bee_table");
    }

    void savesACopyThatIsWhole()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        const std::string copy = m_folder->write("copy.portolan", "in the way");
        QVERIFY(m_workspace->saveCopy(copy).has_value());
        const Result<Workspace> copied = Workspace::open(copy);
        QCOMPARE(contractsOf(**copied->estate()), "a@1.0.0 c@1.0.0 b@1.0.0");
        QVERIFY(!m_workspace->saveCopy(m_folder->path() + "/no/copy.portolan").has_value());
    }

    void isOneFileAfterEveryImport()
    {
        QCOMPARE(imported(m_data), "3 added, 0 replaced, 0 unchanged, 0 removed");
        QVERIFY(m_workspace->checkpoint().has_value());
        const std::string copy = m_folder->write("copy.portolan", bytes());
        QCOMPARE(contractsOf(**Workspace::open(copy)->estate()), "a@1.0.0 c@1.0.0 b@1.0.0");
        m_workspace.reset();
        QCOMPARE(QDir(QString::fromStdString(m_folder->path())).entryList(QDir::Files),
                 (QStringList{QStringLiteral("copy.portolan"), QStringLiteral("w.portolan")}));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::WorkspaceTest)
#include "workspace_test.moc"
