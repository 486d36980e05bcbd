// SPDX-License-Identifier: Apache-2.0
// A workspace's file may come from anywhere: it is opened, or refused in words and left as it is; never a crash, never a wait.
#include "model/workspace/workspace_opening.h"

#include "model/estate/estate_builder.h"
#include "model/workspace/fact_store.h"
#include "model/workspace/history.h"
#include "model/workspace/schema.h"
#include "model/workspace/search_index.h"
#include "model/workspace/workspace.h"

#include "tests/support/temporary_folder.h"
#include "tests/support/text_output.h"

#include <QDir>
#include <QElapsedTimer>
#include <QRandomGenerator>

#include <array>
#include <filesystem>
#include <optional>

#include <sqlite3.h>

#include <sys/stat.h>
#include <unistd.h>

namespace portolan {

namespace {

constexpr int corruptions = 200;
constexpr int longestMs = 2000;

Estate someEstate(int datasets)
{
    EstateBuilder builder;
    const SourceIndex source = builder.source({});
    builder.estate().sources[0].path = "lineage.ndjson";
    for (int i = 0; i < datasets; ++i) {
        const Evidence evidence = builder.evidence(source, std::uint32_t(i + 1));
        const DatasetIndex to =
            builder.dataset("postgres", "db:5432", "shop.table_" + std::to_string(i), evidence);
        const ColumnIndex column = builder.column(to, "order_id", "bigint", evidence);
        builder.columnLineage(ColumnIndex(0), column, {}, ColumnFlow::Direct, "IDENTITY", false,
                              evidence);
    }
    return builder.take();
}

std::string nameOf(const std::string& path)
{
    return path.substr(path.rfind('/') + 1);
}

}  // namespace

class WorkspaceOpeningTest : public QObject {
    Q_OBJECT

    std::optional<tests::TemporaryFolder> m_folder;
    std::string m_path;

    // Makes a workspace with one source.
    void fill(int datasets = 3)
    {
        Result<OpenedWorkspace> opened = openWorkspace(m_path, true);
        QVERIFY(opened.has_value());
        const Estate estate = someEstate(datasets);
        StoredSource stored;
        stored.file = "lineage.ndjson";
        stored.source = estate.sources.front();
        beginWriting(*opened->database);
        ImportRecord record(*opened->database, "2026-01-02T03:04:05Z");
        QVERIFY(storeSource(*opened->database, stored, estate, record).has_value());
        endWriting(*opened->database);
    }

    // Changes the file behind our back, with none of our settings.
    void change(const std::string& sql) const
    {
        sqlite3* database = nullptr;
        QCOMPARE(sqlite3_open(m_path.c_str(), &database), SQLITE_OK);
        QCOMPARE(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(database);
    }

    std::string bytes() const { return m_folder->read(nameOf(m_path)); }
    void setBytes(const std::string& bytes) const { m_folder->write(nameOf(m_path), bytes); }
    std::string names() const
    {
        return QDir(QString::fromStdString(m_folder->path()))
            .entryList(QDir::Files | QDir::Hidden, QDir::Name)
            .join(QLatin1Char(' '))
            .toStdString();
    }

    // Opens it, reads all of it, searches it: "sound", or what was said.
    std::string use(bool mayWrite = true) const
    {
        Result<OpenedWorkspace> opened = openWorkspace(m_path, mayWrite);
        if (!opened)
            return opened.error().message + " [" + opened.error().code + "]";
        Database& database = *opened->database;
        const auto stored = storedSources(database);
        if (!stored)
            return stored.error().code;
        const auto estates = loadSources(database, *stored);
        if (!estates)
            return estates.error().code;
        EstateBuilder builder;
        for (const Estate& estate : *estates)
            builder.add(estate);
        database.clearProblem();
        const auto hits = searchIndex(database, "table order", 20);
        return hits ? "sound" : hits.error().code;
    }

private slots:
    void init()
    {
        m_folder.emplace();
        m_path = m_folder->path() + "/w.portolan";
    }

    void makesAWorkspaceThatIsOneFile()
    {
        fill();
        QCOMPARE(names(), "w.portolan");
        QCOMPARE(use(), "sound");
        QCOMPARE(names(), "w.portolan");
        // No log of changes is needed to read it, wherever it is copied to.
        QCOMPARE(int(bytes().at(18)), 1);
        QCOMPARE(bytes().substr(68, 4), "PTLN");
    }

    void readingChangesNothing()
    {
        fill();
        const std::string before = bytes();
        QCOMPARE(use(true), "sound");
        QCOMPARE(use(false), "sound");
        QVERIFY(bytes() == before);
    }

    void saysThatThereIsNone()
    {
        QCOMPARE(use(false), "There is no such workspace. [workspace.unreadable]");
        m_path = m_folder->path() + "/no/w.portolan";
        QCOMPARE(use(true), "It cannot be made here: there is no such folder, or nothing may be "
                            "written in it. [workspace.unreadable]");
    }

    void anEmptyFileIsANewWorkspace()
    {
        setBytes("");
        QCOMPARE(use(), "sound");
    }

    void followsALinkSoThatSideFilesStandBesideTheRealOne()
    {
        fill();
        std::filesystem::create_directory(m_folder->path() + "/other");
        std::filesystem::create_symlink(m_path, m_folder->path() + "/other/link.portolan");
        const Result<OpenedWorkspace> first = openWorkspace(m_path, true);
        const Result<OpenedWorkspace> second =
            openWorkspace(m_folder->path() + "/other/link.portolan", true);
        QVERIFY(second->isReadOnly);
    }

    void oneWritesAndTheOtherIsToldWho()
    {
        fill();
        Result<OpenedWorkspace> first = openWorkspace(m_path, true);
        QVERIFY(!first->isReadOnly);
        {
            const Result<OpenedWorkspace> second = openWorkspace(m_path, true);
            QVERIFY(second->isReadOnly);
            std::array<char, 256> host = {};
            ::gethostname(host.data(), host.size() - 1);
            const std::string expected =
                "(process " + std::to_string(::getpid()) + " on " + std::string(host.data()) + ")";
            QVERIFY2(second->lock.holder().ends_with(expected), second->lock.holder().c_str());
        }
        first = Result<OpenedWorkspace>();
        QVERIFY(!openWorkspace(m_path, true)->isReadOnly);
        QCOMPARE(names(), "w.portolan");
    }

    void opensWhereNothingMayBeWritten()
    {
        fill();
        ::chmod(m_folder->path().c_str(), 0555);
        ::chmod(m_path.c_str(), 0444);
        const uid_t user = ::geteuid();
        if (user == 0)  // who may write everywhere
            QCOMPARE(::seteuid(65534), 0);
        const std::string said = use();
        const Result<OpenedWorkspace> opened = openWorkspace(m_path, true);
        const bool isReadOnly = opened && opened->isReadOnly;
        QCOMPARE(::seteuid(user), 0);
        ::chmod(m_folder->path().c_str(), 0755);
        QCOMPARE(said, "sound");
        QVERIFY(isReadOnly);
        QCOMPARE(names(), "w.portolan");
    }

    void refusesAnUnfinishedOneWhereItCannotBePutInOrder()
    {
        fill();
        m_folder->write("w.portolan-wal", "changes");
        ::chmod(m_folder->path().c_str(), 0555);
        const uid_t user = ::geteuid();
        if (user == 0)
            QCOMPARE(::seteuid(65534), 0);
        const std::string said = use();
        QCOMPARE(::seteuid(user), 0);
        ::chmod(m_folder->path().c_str(), 0755);
        QCOMPARE(said, "It was not closed when it was last used, and cannot be put in order here, "
                       "as its folder is read-only. Copy it, with the files beside it, to a "
                       "folder of your own. [workspace.unreadable]");
    }

    void refusesANewerVersionAndLeavesIt()
    {
        fill();
        change("PRAGMA user_version=7");
        const std::string before = bytes();
        QCOMPARE(use(), "It was made by a newer version of Portolan (workspace format 7; this one "
                        "knows up to 4). It was left as it is. [workspace.newer-version]");
        QVERIFY(bytes() == before);
        QCOMPARE(names(), "w.portolan");
    }

    void refusesWhatIsNoWorkspace_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("no database").repeated(50);
        QTest::newRow("one byte") << QByteArray("S");
        QTest::newRow("magic only") << QByteArray("SQLite format 3\0", 16);
        QTest::newRow("magic and zeros")
            << QByteArray("SQLite format 3\0", 16) + QByteArray(5000, '\0');
        QTest::newRow("zeros") << QByteArray(8192, '\0');
    }
    void refusesWhatIsNoWorkspace()
    {
        QFETCH(QByteArray, content);
        setBytes(content.toStdString());
        QCOMPARE(use(), "It is no workspace of Portolan. [workspace.not-ours]");
        QVERIFY(bytes() == content.toStdString());
        QCOMPARE(names(), "w.portolan");
    }

    void refusesAnotherProgramsDatabase()
    {
        change("CREATE TABLE dataset(a)");
        QCOMPARE(use(), "It is no workspace of Portolan. [workspace.not-ours]");
    }

    void refusesFoldersAndPipes()
    {
        std::filesystem::create_directory(m_path);
        QCOMPARE(use(), "It is no workspace: a file was expected. [workspace.not-ours]");
        std::filesystem::remove(m_path);
        QCOMPARE(::mkfifo(m_path.c_str(), 0600), 0);
        QCOMPARE(use(false), "It is no workspace: a file was expected. [workspace.not-ours]");
    }

    // What is in such a file would run as soon as we use the tables.
    void refusesEverySchemaThatIsNotOurs_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("what");
        const auto row = [](const char* sql, const char* what) {
            QTest::newRow(sql) << QString::fromLatin1(sql) << QString::fromLatin1(what);
        };
        row("CREATE TRIGGER t AFTER INSERT ON dataset BEGIN DELETE FROM dataset; END", "t");
        row("CREATE TRIGGER t BEFORE DELETE ON source BEGIN SELECT raise(IGNORE); END", "t");
        row("CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) "
            "SELECT x FROM c",
            "v");
        row("DROP TABLE term; CREATE VIEW term AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL "
            "SELECT x+1 FROM c) SELECT x AS source, x AS n, x AS context, x AS name, x AS "
            "definition, x AS line, x AS col, x AS pointer, x AS times FROM c",
            "term");
        row("CREATE TABLE more(a)", "more");
        row("CREATE INDEX i ON dataset(path)", "i");
        row("CREATE INDEX i ON dataset(abs(path))", "i");
        row("CREATE VIRTUAL TABLE more USING fts5(a)", "more");
        row("ALTER TABLE dataset ADD COLUMN more TEXT", "dataset");
        row("ALTER TABLE dataset RENAME COLUMN path TO way", "dataset");
        row("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, 'hash TEXT', "
            "'hash TEXT DEFAULT (randomblob(99999999))') WHERE name = 'source'",
            "source");
        row("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, 'id INTEGER "
            "PRIMARY KEY', 'id INTEGER PRIMARY KEY CHECK (load_extension(''x''))') WHERE name = "
            "'source'",
            "source");
    }
    void refusesEverySchemaThatIsNotOurs()
    {
        QFETCH(QString, sql);
        QFETCH(QString, what);
        fill();
        change(sql.toStdString());
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(use(), "It is no workspace of Portolan, or was changed by another program: its "
                        "table, trigger or view \"" +
                            what.toStdString() + "\" is not one of ours. [workspace.not-ours]");
        QVERIFY(timer.elapsed() < longestMs);
    }

    void refusesASchemaWithTablesMissing()
    {
        fill();
        change("DROP TABLE term");
        QCOMPARE(use(), "It is no workspace of Portolan: tables are missing in it. "
                        "[workspace.not-ours]");
    }

    void refusesALogWithoutItsWorkspace()
    {
        m_folder->write("w.portolan-wal", std::string(5000, 'x'));
        QCOMPARE(use(), "The workspace itself is missing or empty, only w.portolan-wal is there. "
                        "Bring it back, or remove that file. [workspace.damaged]");
        QCOMPARE(names(), "w.portolan-wal");
    }

    void aForeignLogBesideItDoesNoHarm()
    {
        fill();
        m_folder->write("w.portolan-wal", std::string(5000, 'x'));
        m_folder->write("w.portolan-shm", std::string(32768, 'y'));
        QCOMPARE(use(), "sound");
        m_folder->write("w.portolan-journal", std::string(5000, 'z'));
        QCOMPARE(use(), "sound");
    }

    void aTruncatedOneIsDamaged()
    {
        fill(500);
        const std::string whole = bytes();
        for (const std::size_t kept : {101, 4096, 20000, 70000}) {
            setBytes(whole.substr(0, kept));
            const std::string said = use();
            QVERIFY2(said.ends_with("[workspace.damaged]") ||
                         said.ends_with("[workspace.not-ours]"),
                     said.c_str());
        }
    }

    void survivesRandomDamage()
    {
        const quint32 seed = qEnvironmentVariableIsSet("PORTOLAN_SEED")
                                 ? quint32(qEnvironmentVariableIntValue("PORTOLAN_SEED"))
                                 : QRandomGenerator::global()->generate();
        qInfo("PORTOLAN_SEED=%u", seed);
        QRandomGenerator random(seed);
        fill(300);
        const std::string whole = bytes();
        int refused = 0;
        for (int round = 0; round < corruptions; ++round) {
            std::string text = whole;
            const int changes = 1 << random.bounded(10);
            for (int i = 0; i < changes; ++i) {
                const std::size_t page = random.bounded(quint32(text.size() / 4096));
                // Half of the changes hit what steers: page headers and cell pointers.
                const std::size_t within =
                    random.bounded(2) ? random.bounded(100u) : random.bounded(4096u);
                text[page * 4096 + within] = static_cast<char>(random.bounded(256));
            }
            text.replace(0, 100, whole, 0, 100);  // else it is seen at the header
            if (random.bounded(10) == 0)
                text.resize(random.bounded(quint32(text.size())));
            setBytes(text);
            QElapsedTimer timer;
            timer.start();
            const std::string said = use();
            QVERIFY2(timer.elapsed() < longestMs, said.c_str());
            QVERIFY(!said.empty());
            refused += said == "sound" ? 0 : 1;
            for (const char* side : {"-wal", "-shm", "-journal", "-lock"})
                std::filesystem::remove(m_path + side);
        }
        QVERIFY(refused > corruptions / 2);
    }

    void findsEveryFlippedByteOfAFact()
    {
        fill(20);
        const std::string whole = bytes();
        int found = 0;
        for (std::size_t at = whole.find("shop.table_"); at != std::string::npos;
             at = whole.find("shop.table_", at + 1)) {
            std::string text = whole;
            text[at] = 'X';
            setBytes(text);
            // Only the index for searching may differ unseen: it gives names, not facts.
            found += use() == "workspace.damaged" ? 1 : 0;
        }
        QVERIFY(found >= 20);
    }

    void choosesTheJournalByTheFileSystem()
    {
        QVERIFY(journalFor(0xEF53) == Journal::WriteAheadLog);                   // ext4
        QVERIFY(journalFor(0x01021994) == Journal::WriteAheadLog);               // tmpfs
        QVERIFY(journalFor(0x9123683E) == Journal::WriteAheadLog);               // btrfs
        QVERIFY(journalFor(0x6969) == Journal::Rollback);                        // NFS
        QVERIFY(journalFor(0xFF534D42) == Journal::Rollback);                    // CIFS
        QVERIFY(journalFor(static_cast<int>(0xFF534D42)) == Journal::Rollback);  // sign-extended
        QVERIFY(journalFor(0x65735546) == Journal::Rollback);                    // FUSE
        QVERIFY(journalAt("/no/such/file") == Journal::Rollback);
    }

    void readsWhileAnotherOneWrites()
    {
        fill();
        const Result<OpenedWorkspace> writer = openWorkspace(m_path, true);
        beginWriting(*writer->database);
        const Transaction transaction(*writer->database);
        QVERIFY(transaction.hasBegun());
        QVERIFY(writer->database->execute("DELETE FROM dataset"));
        QCOMPARE(use(), "sound");  // as it was before
    }

    void migratesInOneStepAfterACopy()
    {
        fill();
        Result<OpenedWorkspace> opened = openWorkspace(m_path, true);
        const std::array steps = {Migration{5, "CREATE TABLE more(a)"},
                                  Migration{6, "INSERT INTO more VALUES(1)"}};
        QVERIFY(migrate(*opened->database, steps, 6).has_value());
        QCOMPARE(opened->database->firstNumber("SELECT count(*) FROM more").value_or(0), 1);
        QCOMPARE(opened->database->firstNumber("PRAGMA user_version").value_or(0), 6);
        QVERIFY(migrate(*opened->database, steps, 6).has_value());  // once is enough
        QCOMPARE(opened->database->firstNumber("SELECT count(*) FROM more").value_or(0), 1);
        opened = Result<OpenedWorkspace>();
        QCOMPARE(names(), "w.portolan w.portolan.v4");
        m_path += ".v4";
        QCOMPARE(use(), "sound");
    }

    void bringsAnOlderVersionToTheNewest_data()
    {
        QTest::addColumn<int>("version");
        QTest::newRow("1") << 1;
        QTest::newRow("2") << 2;
        QTest::newRow("3") << 3;
    }

    // What an older version wrote is the same without the tables that came later.
    void bringsAnOlderVersionToTheNewest()
    {
        QFETCH(int, version);
        fill();
        {
            Result<OpenedWorkspace> opened = openWorkspace(m_path, true);
            const auto drop = [&](std::initializer_list<const char*> later) {
                for (const char* table : later)
                    opened->database->execute("DROP TABLE " + std::string(table));
            };
            if (version < 2)
                drop({"left_out", "read_also", "observed_domain", "observed_context",
                      "observed_team", "observed_relationship", "observed_route", "operation",
                      "channel", "adoption", "check_run", "observation", "claim", "identity_hint"});
            if (version < 3)
                drop({"column_edge_expression", "influence_expression", "observed_query",
                      "query_lineage"});
            drop({"import_run", "source_import", "past_source"});
            opened->database->execute("PRAGMA user_version=" + std::to_string(version));
            QVERIFY(!opened->database->problem());
        }
        {
            const Result<Workspace> old = Workspace::open(m_path, Workspace::Access::ReadOnly);
            QVERIFY(old && old->estate());
            QVERIFY(old->imports() && old->imports()->empty());
        }
        QCOMPARE(use(), "sound");
        QCOMPARE(names(), "w.portolan w.portolan.v" + std::to_string(version));
        const Result<OpenedWorkspace> opened = openWorkspace(m_path, true);
        QCOMPARE(opened->database->firstNumber("PRAGMA user_version").value_or(0),
                 workspaceVersion);
        // What was there is the state after one import.
        QCOMPARE(opened->database->firstText("SELECT at || ' ' || added FROM import_run"),
                 opened->database->firstText("SELECT max(imported_at) || ' 1' FROM source"));
        for (const char* table : {"claim", "observed_query", "query_lineage"})
            QCOMPARE(opened->database->firstNumber("SELECT count(*) FROM " + std::string(table))
                         .value_or(-1),
                     0);
    }

    void aMigrationThatFailsChangesNothing()
    {
        fill();
        Result<OpenedWorkspace> opened = openWorkspace(m_path, true);
        const std::array steps = {Migration{5, "CREATE TABLE more(a)"},
                                  Migration{6, "INSERT INTO nothing VALUES(1)"}};
        QVERIFY(!migrate(*opened->database, steps, 6).has_value());
        opened = Result<OpenedWorkspace>();
        QCOMPARE(use(), "sound");
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::WorkspaceOpeningTest)
#include "workspace_opening_test.moc"
