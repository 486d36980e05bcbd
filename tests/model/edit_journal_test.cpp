// SPDX-License-Identifier: Apache-2.0
// Unsaved edits survive the process that made them, and are offered only when there is something to lose. Kills are in
// programs.kill.
#include "model/map/edit_journal.h"

#include "model/base/hash.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/text_output.h"

#include <QDir>

#include <filesystem>
#include <functional>
#include <optional>

#include <sys/wait.h>
#include <unistd.h>

namespace portolan {

namespace {

const std::string base = "0123456789";

Edit inserting(std::size_t offset, std::string text, std::string name = "Insert")
{
    return {std::move(name), {{offset, 0, std::move(text)}}, {}};
}

// Does something in a process of its own, which then ends without any farewell.
void inProcessThatDies(const std::function<void()>& work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
}

std::string textOf(const Result<std::string>& result)
{
    return result ? *result : result.error().message + " [" + result.error().code + "]";
}

}  // namespace

class EditJournalTest : public QObject {
    Q_OBJECT

    std::optional<tests::TemporaryFolder> m_folder;
    std::string m_journals;
    std::string m_map;

    // A session that makes these edits and dies.
    void session(const std::vector<Edit>& edits)
    {
        inProcessThatDies([&] {
            Result<EditJournal> journal = EditJournal::begin(m_journals, m_map, base);
            bool isDone = journal.has_value();
            for (const Edit& edit : edits)
                isDone = isDone && journal->append(edit).has_value();
            if (!isDone)
                ::_exit(1);
        });
    }
    std::vector<AbandonedJournal> abandoned() const { return abandonedJournals(m_journals); }
    std::string recovered() const
    {
        const std::vector<AbandonedJournal> journals = abandoned();
        return journals.size() == 1 ? textOf(recoveredText(journals.front()))
                                    : std::to_string(journals.size()) + " journals";
    }
    std::size_t files() const
    {
        return std::size_t(QDir(QString::fromStdString(m_journals)).entryList(QDir::Files).size());
    }
    std::string onlyFile() const
    {
        return m_journals + "/" +
               QDir(QString::fromStdString(m_journals))
                   .entryList(QDir::Files)
                   .value(0)
                   .toStdString();
    }

private slots:
    void init()
    {
        m_folder.emplace();
        m_journals = m_folder->path() + "/state/journals";
        m_map = m_folder->write("map.json", base);
    }

    // A killed program may stay in the system's list until its parent asks about it.
    void offersTheEditsOfAnEndedProcessThatNobodyAskedAbout()
    {
        const pid_t child = ::fork();
        if (child == 0) {
            Result<EditJournal> journal = EditJournal::begin(m_journals, m_map, base);
            ::_exit(journal && journal->append(inserting(3, "x")) ? 0 : 1);
        }
        siginfo_t ended = {};
        QCOMPARE(::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT), 0);
        QCOMPARE(recovered(), std::string("012x3456789"));
        QCOMPARE(::waitpid(child, nullptr, 0), child);
    }

    void makesNoFileBeforeTheFirstEdit()
    {
        Result<EditJournal> journal = EditJournal::begin(m_journals, m_map, base);
        QVERIFY(journal.has_value());
        QVERIFY(journal->flush().has_value());
        QCOMPARE(files(), std::size_t(0));
    }

    void aLivingProcessIsNotOffered()
    {
        EditJournal journal = *EditJournal::begin(m_journals, m_map, base);
        QVERIFY(journal.append(inserting(0, "x")).has_value());
        QVERIFY(journal.flush().has_value());
        QCOMPARE(files(), std::size_t(1));
        QCOMPARE(recovered(), "0 journals");
    }

    void offersTheEditsOfAProcessThatDied()
    {
        session({inserting(0, "a b\n%\xC3\xA4\x01", "Rename \"Claims\"\n100%"),
                 {"Move", {{0, 1, ""}, {9, 2, "\t"}}, "move:claims"}});
        const std::vector<AbandonedJournal> journals = abandoned();
        QCOMPARE(journals.size(), std::size_t(1));
        const AbandonedJournal& journal = journals.front();
        QCOMPARE(journal.mapPath, m_map);
        QCOMPARE(journal.baseText, base);
        QCOMPARE(journal.baseHash, sha256(base));
        QCOMPARE(journal.lastEditAt.size(), std::string("2026-01-01T00:00:00Z").size());
        QCOMPARE(journal.edits.size(), std::size_t(2));
        QCOMPARE(journal.edits[0].name, "Rename \"Claims\"\n100%");
        QCOMPARE(journal.edits[0].splices[0].text, "a b\n%\xC3\xA4\x01");
        QCOMPARE(journal.edits[1].mergeKey, "move:claims");
        QVERIFY(journal.edits[1].splices == (std::vector<Splice>{{0, 1, ""}, {9, 2, "\t"}}));
        QCOMPARE(recovered(), " b\n%\xC3\xA4\x01"
                              "0\t3456789");
    }

    void offersAMapThatWasNeverSaved()
    {
        m_map.clear();
        session({inserting(10, "!")});
        QCOMPARE(recovered(), "0123456789!");
        QCOMPARE(abandoned().front().mapPath, "");
    }

    void keepsTheBaseItselfSoThatAChangedFileDoesNotMatter()
    {
        session({inserting(10, "!")});
        m_folder->write("map.json", "something else");
        QCOMPARE(recovered(), "0123456789!");
    }

    void offersNothingWhenEverythingWasUndone()
    {
        session({inserting(3, "abc"), {"Undo", {{3, 3, ""}}, {}}});
        QCOMPARE(recovered(), "0 journals");
        QCOMPARE(files(), std::size_t(0));
    }

    void offersNothingWhenTheSaveWasDoneBeforeTheEnd()
    {
        session({inserting(10, "!")});
        m_folder->write("map.json", "0123456789!");
        QCOMPARE(recovered(), "0 journals");
        QCOMPARE(files(), std::size_t(0));
    }

    void offersAgainUntilItIsRemoved()
    {
        session({inserting(10, "!")});
        QCOMPARE(recovered(), "0123456789!");
        QCOMPARE(recovered(), "0123456789!");
        QVERIFY(removeJournal(abandoned().front().journalPath).has_value());
        QCOMPARE(recovered(), "0 journals");
    }

    void aSaveEmptiesTheJournal()
    {
        EditJournal journal = *EditJournal::begin(m_journals, m_map, base);
        QVERIFY(journal.append(inserting(10, "!")).has_value());
        QVERIFY(journal.rebase(m_map, "0123456789!").has_value());
        QCOMPARE(files(), std::size_t(0));
        QVERIFY(journal.append(inserting(11, "?")).has_value());
        QCOMPARE(files(), std::size_t(1));
    }

    void editsAfterASaveStartFromWhatWasSaved()
    {
        inProcessThatDies([&] {
            EditJournal journal = *EditJournal::begin(m_journals, m_map, base);
            (void)journal.append(inserting(10, "!"));
            (void)journal.rebase(m_map, "0123456789!");
            (void)journal.append(inserting(11, "?"));
        });
        QCOMPARE(recovered(), "0123456789!?");
    }

    void discardingLeavesNothing()
    {
        EditJournal journal = *EditJournal::begin(m_journals, m_map, base);
        QVERIFY(journal.append(inserting(10, "!")).has_value());
        QVERIFY(journal.discard().has_value());
        QCOMPARE(files(), std::size_t(0));
    }

    void severalMapsAreKeptApart()
    {
        session({inserting(0, "1")});
        m_map = m_folder->write("other.json", base);
        session({inserting(0, "2")});
        session({inserting(0, "3")});
        std::vector<std::string> texts;
        for (const AbandonedJournal& journal : abandoned())
            texts.push_back(textOf(recoveredText(journal)).substr(0, 1));
        std::sort(texts.begin(), texts.end());
        QVERIFY(texts == (std::vector<std::string>{"1", "2", "3"}));
    }

    // A power cut leaves a beginning of the file: every whole line of it counts, at whatever byte it was cut.
    void aTornJournalGivesItsWholeLines()
    {
        session({inserting(10, "a"), inserting(11, "b"), inserting(12, "c")});
        const std::string file = onlyFile();
        const std::string name = file.substr(m_folder->path().size() + 1);
        const std::string whole = m_folder->read(name);
        std::vector<std::size_t> ends;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            if (whole[i] == '\n')
                ends.push_back(i + 1);
        }
        QCOMPARE(ends.size(), std::size_t(4));
        for (std::size_t length = 0; length <= whole.size(); ++length) {
            m_folder->write(name, whole.substr(0, length));
            const auto lines = std::size_t(std::count_if(
                ends.begin(), ends.end(), [&](std::size_t end) { return end <= length; }));
            const std::string expected =
                lines < 2 ? "0 journals" : base + std::string("abc").substr(0, lines - 1);
            QCOMPARE(recovered(), expected);
            m_folder->write(name, whole);
        }
    }

    void aDamagedLineEndsTheJournal()
    {
        session({inserting(10, "a"), inserting(11, "b"), inserting(12, "c")});
        const std::string name = onlyFile().substr(m_folder->path().size() + 1);
        std::string text = m_folder->read(name);
        text[text.rfind(" b\n") + 1] = 'x';
        m_folder->write(name, text);
        QCOMPARE(recovered(), "0123456789a");
    }

    void filesThatAreNoJournalsAreLeftAlone()
    {
        m_folder->write("state/journals/note.txt", "mine");
        m_folder->write("state/journals/strange.journal", "no journal\n");
        m_folder->write("state/journals/empty.journal", "");
        QCOMPARE(recovered(), "0 journals");
        QCOMPARE(files(), std::size_t(3));
        QVERIFY(abandonedJournals(m_folder->path() + "/none").empty());
    }

    void refusesEditsThatDoNotFit()
    {
        AbandonedJournal journal;
        journal.baseText = base;
        journal.edits = {{"Rename Claims", {{5, 9, "x"}}, {}}};
        QCOMPARE(textOf(recoveredText(journal)),
                 "The unsaved edits cannot be recovered: \"Rename Claims\" does not fit the text "
                 "that it was made for. [journal.does-not-fit]");
        journal.edits = {{"Backwards", {{5, 1, ""}, {5, 1, ""}}, {}}};
        QVERIFY(!recoveredText(journal).has_value());
    }

    void saysWhyTheFolderCannotBeMade()
    {
        m_folder->write("state", "a file");
        const Result<EditJournal> journal = EditJournal::begin(m_journals, m_map, base);
        QVERIFY(!journal.has_value());
        QCOMPARE(journal.error().message, "The folder cannot be made: Not a directory.");
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::EditJournalTest)
#include "edit_journal_test.moc"
