// SPDX-License-Identifier: Apache-2.0
// The window with a map: opening, editing, saving, changes from outside, recovery, drops and recent files.
#include "tests/support/text_output.h"
#include "tests/support/window_world.h"

#include "model/base/file_store.h"
#include "model/map/edits.h"

#include "ui/base/message_band.h"
#include "ui/session/edit_command.h"
#include "ui/session/map_keeper.h"
#include "ui/shell/difference_dialog.h"
#include "ui/shell/file_menu.h"
#include "ui/shell/line_diff.h"
#include "ui/shell/opened_paths.h"
#include "ui/shell/recent_files.h"
#include "ui/views/context_map/context_map_view.h"

#include <QDialog>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTabBar>
#include <QUndoStack>

#include <sys/wait.h>
#include <unistd.h>

namespace portolan::ui {

using tests::child;
using tests::WindowWorld;

class MainWindowTest : public QObject {
    Q_OBJECT

    static bool rename(MainWindow& window, const char* name)
    {
        Session* session = window.session();
        return session->apply(
            renameContext(*session->document(), ContextId("party-management"), name));
    }
    static void trigger(MainWindow& window, const char* name)
    {
        if (auto* action = child<QAction>(&window, name))
            action->trigger();
    }
    static QString bandText(MainWindow& window, const char* subject)
    {
        MessageBand* band = window.band(QLatin1String(subject));
        return band->isVisible() ? band->text() : QString();
    }
    static void press(QWidget* parent, const char* name)
    {
        if (auto* button = child<QPushButton>(parent, name))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    // Another process edits the map and ends without saving.
    static void leaveJournal(const WindowWorld& world, const char* newName)
    {
        const std::string folder =
            MapKeeper::journalFolder(world.path(QStringLiteral("state")).toStdString());
        const std::string path = world.mapPath().toStdString();
        const pid_t other = fork();
        if (other == 0) {
            Result<OpenedMap> map = openMapFile(path);
            Result<EditJournal> journal = EditJournal::begin(folder, path, map->document.text());
            const bool isKept = bool(journal->append(
                *renameContext(map->document, ContextId("party-management"), newName)));
            _exit(isKept ? 0 : 1);
        }
        int status = -1;
        QCOMPARE(waitpid(other, &status, 0), other);
        QCOMPARE(status, 0);
    }

private slots:
    void startsWithTheFirstPage()
    {
        const WindowWorld world;
        auto window = world.window();
        window->show();
        QCOMPARE(window->windowTitle(), QStringLiteral("Portolan"));
        QCOMPARE(window->currentView()->objectName(), QStringLiteral("welcomePage"));
        QVERIFY(!child<QAction>(window.get(), "save")->isEnabled());
    }

    void opensAMapAndSaysSo()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        QCOMPARE(window->windowTitle(), QStringLiteral("map.json[*] - Portolan"));
        QVERIFY(!window->isWindowModified());
        QCOMPARE(window->session()->map().contexts.size(), std::size_t(2));
    }

    void remembersWhatAViewHadSwitchedOff()
    {
        const WindowWorld world;
        for (const bool wasOn : {true, false}) {
            auto window = world.openWindow();
            QCOMPARE(child<QAction>(window.get(), "mapOverview")->isChecked(), wasOn);
            QCOMPARE(child<QAction>(window.get(), "mapLegend")->isChecked(), wasOn);
            QWidget* canvas = child<QWidget>(window.get(), "canvas");
            canvas->setFocus();
            QTest::keyClick(canvas, Qt::Key_M);
            QTest::keyClick(canvas, Qt::Key_L);
            QCOMPARE(child<QAction>(window.get(), "mapOverview")->isChecked(), !wasOn);
            window->close();
        }
    }

    void panesKeepTheirWidthInASmallerWindow()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        window->resize(1600, 1000);
        QCoreApplication::processEvents();
        const int wide = child<QWidget>(window.get(), "explorerDock")->width();
        window->resize(1280, 800);
        QCoreApplication::processEvents();
        QCOMPARE(child<QWidget>(window.get(), "explorerDock")->width(), wide);
        QCOMPARE(window->width(), 1280);
    }

    void saysWhyAMapIsNotOpened()
    {
        const WindowWorld world;
        world.write("{\"portolan\": 1, ");
        auto window = world.window();
        window->show();
        window->openPaths({world.mapPath()});
        QTRY_VERIFY(
            bandText(*window, "file").startsWith(QStringLiteral("map.json was not opened")));
        QVERIFY(!window->session()->document());
    }

    void saysThatAPathIsNotThere()
    {
        const WindowWorld world;
        auto window = world.window();
        window->show();
        window->openPaths({QStringLiteral("/nowhere/at-all.json")});
        QCOMPARE(bandText(*window, "file"), QStringLiteral("/nowhere/at-all.json is not there."));
    }

    void savingWritesOnlyWhatWasEdited()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        QVERIFY(rename(*window, "Party"));
        QVERIFY(window->isWindowModified());
        trigger(*window, "save");
        QVERIFY(!window->isWindowModified());
        QCOMPARE(world.onDisk(),
                 QByteArray(tests::smallMap)
                     .replace("\"name\": \"Party Management\"", "\"name\": \"Party\""));
    }

    void undoAndRedoNameTheirStep()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        QVERIFY(rename(*window, "Party"));
        auto* undo = child<QAction>(window.get(), "undo");
        QVERIFY(undo->text().startsWith(QStringLiteral("&Undo Rename")));
        undo->trigger();
        QVERIFY(!window->isWindowModified());
        QVERIFY(!undo->isEnabled());
        QVERIFY(child<QAction>(window.get(), "redo")->isEnabled());
    }

    void closingAsksAboutUnsavedEdits()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        QVERIFY(rename(*window, "Party"));
        QVERIFY(!window->close());
        auto* question = child<QDialog>(window.get(), "question");
        QVERIFY(question->isVisible());
        press(question, "answerSave");
        QTRY_VERIFY(!window->isVisible());
        QVERIFY(world.onDisk().contains("\"name\": \"Party\","));
    }

    void closingWithoutSavingLeavesFileAndNoJournal()
    {
        const WindowWorld world;
        {
            auto window = world.openWindow();
            QVERIFY(rename(*window, "Party"));
            window->close();
            press(child<QDialog>(window.get(), "question"), "answerDiscard");
            QTRY_VERIFY(!window->isVisible());
        }
        QCOMPARE(world.onDisk(), tests::smallMap);
        QVERIFY(abandonedJournals(
                    MapKeeper::journalFolder(world.path(QStringLiteral("state")).toStdString()))
                    .empty());
    }

    void aChangeOnDiskIsOfferedAndReloaded()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        const QByteArray theirs =
            QByteArray(tests::smallMap).replace("Claims Handling", "Claims and more");
        world.write(theirs);
        window->maps()->check();
        QTRY_COMPARE(bandText(*window, "disk"), QStringLiteral("map.json was changed on disk."));
        press(window->band(QStringLiteral("disk")), "bandAction:Reload");
        QCOMPARE(QByteArray::fromStdString(window->session()->document()->text()), theirs);
        QVERIFY(!window->isWindowModified());
        QVERIFY(bandText(*window, "disk").isEmpty());
    }

    void aReplacedFileIsNoticedByItself()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        for (const QByteArray name : {"One", "Two"}) {
            const QByteArray theirs = QByteArray(tests::smallMap).replace("Claims Handling", name);
            QVERIFY(saveAtomically(world.mapPath().toStdString(), theirs.toStdString()));
            QTRY_VERIFY(!bandText(*window, "disk").isEmpty());
            press(window->band(QStringLiteral("disk")), "bandAction:Reload");
            QCOMPARE(QByteArray::fromStdString(window->session()->document()->text()), theirs);
        }
    }

    void savingOverAnOutsideChangeShowsTheDifferenceFirst()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        QVERIFY(rename(*window, "Party"));
        const QByteArray theirs =
            QByteArray(tests::smallMap).replace("Claims Handling", "Claims and more");
        world.write(theirs);
        trigger(*window, "save");
        QCOMPARE(world.onDisk(), theirs);
        auto* dialog = child<QDialog>(window.get(), "differenceDialog");
        QVERIFY(dialog->isVisible());
        press(dialog, "choice:&Overwrite the file");
        QVERIFY(world.onDisk().contains("\"name\": \"Party\","));
        QVERIFY(!world.onDisk().contains("Claims and more"));
        QVERIFY(!window->isWindowModified());
    }

    void keepingMineStillAsksBeforeOverwriting()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        world.write(QByteArray(tests::smallMap).replace("Claims Handling", "Claims and more"));
        window->maps()->check();
        QTRY_VERIFY(!bandText(*window, "disk").isEmpty());
        press(window->band(QStringLiteral("disk")), "bandAction:Keep mine");
        QVERIFY(window->isWindowModified());
        window->maps()->check();
        QVERIFY(bandText(*window, "disk").isEmpty());
        trigger(*window, "save");
        QVERIFY(child<QDialog>(window.get(), "differenceDialog")->isVisible());
    }

    void aVanishedFileCanBeSavedAgain()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        QVERIFY(QFile::remove(world.mapPath()));
        window->maps()->check();
        QTRY_VERIFY(bandText(*window, "disk").contains(QStringLiteral("is gone from disk")));
        press(window->band(QStringLiteral("disk")), "bandAction:Save again");
        QCOMPARE(world.onDisk(), tests::smallMap);
    }

    void unsavedEditsOfAKilledRunAreOfferedAndRecovered()
    {
        const WindowWorld world;
        leaveJournal(world, "Recovered");
        auto window = world.window();
        window->show();
        window->files()->offerRecovery();
        QTRY_VERIFY(
            bandText(*window, "recovery").contains(QStringLiteral("1 unsaved edit of map.json")));
        press(window->band(QStringLiteral("recovery")), "bandAction:Recover");
        QTRY_VERIFY(window->session()->document());
        QCOMPARE(window->session()->map().contexts[0].name, std::string("Recovered"));
        QVERIFY(window->isWindowModified());
        QCOMPARE(world.onDisk(), tests::smallMap);
    }

    void unsavedEditsAreDiscardedOnlyAfterASecondQuestion()
    {
        const WindowWorld world;
        leaveJournal(world, "Recovered");
        auto window = world.window();
        window->show();
        window->files()->offerRecovery();
        MessageBand* band = window->band(QStringLiteral("recovery"));
        QTRY_VERIFY(band->isVisible());
        press(band, "bandAction:Discard…");
        QCOMPARE(abandonedJournals(MapKeeper::journalFolder(window->places().stateFolder)).size(),
                 std::size_t(1));
        press(child<QDialog>(window.get(), "question"), "answerDiscard");
        QVERIFY(!band->isVisible());
        QVERIFY(abandonedJournals(MapKeeper::journalFolder(window->places().stateFolder)).empty());
    }

    void aDroppedMapIsOpened()
    {
        const WindowWorld world;
        auto window = world.window();
        window->show();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(world.mapPath())});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton,
                              Qt::NoModifier);
        QApplication::sendEvent(window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window.get(), &drop);
        QTRY_VERIFY(window->session()->document());
    }

    void recentFilesAreKeptAndVanishedOnesGreyed()
    {
        const WindowWorld world;
        const std::string state = world.path(QStringLiteral("state")).toStdString();
        world.openWindow();
        RecentFiles recent(state);
        QCOMPARE(recent.paths(), QStringList{world.mapPath()});
        recent.add(world.path(QStringLiteral("<b>gone</b> & lost.json")));
        QMenu menu;
        recent.fill(&menu);
        QCOMPARE(menu.actions()[0]->isEnabled(), false);
        QVERIFY(menu.actions()[0]->text().endsWith(QStringLiteral("&& lost.json (gone)")));
        QCOMPARE(menu.actions()[1]->isEnabled(), true);
    }

    void tellsPathsByContent()
    {
        const WindowWorld world;
        QCOMPARE(sortedPaths({world.mapPath()}).map, world.mapPath());
        QCOMPARE(sortedPaths({world.path({})}).map, world.mapPath());
        QFile other(world.path(QStringLiteral("other.json")));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("{\"a\": 1}");
        other.close();
        QCOMPARE(sortedPaths({other.fileName()}).sources, QStringList{other.fileName()});
    }

    void aNewMapIsEditedLikeAnyOther()
    {
        const WindowWorld world;
        auto window = world.window();
        window->show();
        trigger(*window, "newMap");
        QVERIFY(window->session()->document());
        QCOMPARE(window->windowTitle(), QStringLiteral("Untitled map[*] - Portolan"));
        trigger(*window, "addContext");
        trigger(*window, "addContext");
        QCOMPARE(window->session()->map().contexts.size(), std::size_t(2));
        QCOMPARE(window->session()->map().contexts[1].name, std::string("New context 2"));
        QCOMPARE(window->session()->selection().size(), std::size_t(1));
        trigger(*window, "removeSelected");
        QCOMPARE(window->session()->map().contexts.size(), std::size_t(1));
    }

    void linesThatDifferAreFound()
    {
        QString text;
        for (const DiffLine& line : lineDiff("a\nb\nc\nd\ne\n", "a\nb\nX\nd\ne\nf\n", 1))
            text +=
                QStringLiteral("%1%2 ").arg(int(line.kind)).arg(QString::fromStdString(line.text));
        QCOMPARE(text, QStringLiteral("31 0b 1c 2X 0d 0e 2f "));
    }

    void oneSpliceLeadsFromOneTextToAnother()
    {
        const Edit edit = editBetween("abcdef", "abXYef", "Change");
        QCOMPARE(edit.splices.size(), std::size_t(1));
        QVERIFY(edit.splices[0] == (Splice{2, 2, "XY"}));
        QVERIFY(editBetween("same", "same", "Change").changesNothing());
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::MainWindowTest)
#include "main_window_test.moc"
