// SPDX-License-Identifier: Apache-2.0
// Saving by itself, a new TO-BE map, and looking at what will be saved, from the window's menus.
#include "tests/support/text_output.h"
#include "tests/support/window_world.h"

#include "model/map/edits.h"

#include "ui/base/message_band.h"
#include "ui/shell/auto_saver.h"
#include "ui/shell/difference_dialog.h"
#include "ui/shell/file_menu.h"

#include <QAction>
#include <QFileDialog>
#include <QSignalSpy>
#include <QTabBar>
#include <QUndoStack>
#include <QtTest>

namespace portolan::ui {

using tests::child;
using tests::WindowWorld;

class AutoSaverTest : public QObject {
    Q_OBJECT

    bool rename(const char* name)
    {
        Session* session = m_window->session();
        return session->apply(
            renameContext(*session->document(), ContextId("party-management"), name));
    }
    QAction* action(const char* name) const { return child<QAction>(m_window.get(), name); }

private slots:
    void init()
    {
        QFileDialog().setOption(QFileDialog::DontUseNativeDialog);
        m_world = std::make_unique<WindowWorld>();
        m_window = m_world->openWindow();
        m_window->files()->autoSaver()->setDelay(30);
    }
    void cleanup()
    {
        m_window->session()->undoStack()->setClean();
        m_window.reset();
        m_world.reset();
    }

    void savesAfterTheLastEdit()
    {
        QVERIFY(rename("Parties"));
        QTest::qWait(100);
        QVERIFY(!m_world->onDisk().contains("Parties"));  // it is off until somebody wants it
        action("saveAutomatically")->trigger();
        QTRY_VERIFY(m_world->onDisk().contains("Parties"));
        QVERIFY(!m_window->session()->isModified());
        m_window->session()->undoStack()->undo();
        QTRY_COMPARE(m_world->onDisk(), tests::smallMap);
        m_window->session()->undoStack()->redo();
        QTRY_VERIFY(m_world->onDisk().contains("Parties"));
    }

    void leavesAFileThatWasChanged()
    {
        action("saveAutomatically")->trigger();
        const QByteArray theirs = QByteArray(tests::smallMap).replace("Small", "Theirs");
        m_world->write(theirs);
        QVERIFY(rename("Parties"));
        MessageBand* band = m_window->band(QStringLiteral("disk"));
        QTRY_VERIFY(band->isVisible());
        QCOMPARE(band->text(),
                 QStringLiteral("map.json was changed on disk, and you have unsaved edits."));
        QTest::qWait(150);
        QCOMPARE(m_world->onDisk(), theirs);
        QVERIFY(m_window->session()->isModified());
    }

    void leavesAMapWithoutAFile()
    {
        action("saveAutomatically")->trigger();
        action("newMap")->trigger();
        QTRY_VERIFY(m_window->session()->mapPath().isEmpty());
        action("addContext")->trigger();
        QTest::qWait(100);
        QVERIFY(m_window->session()->isModified());
        QCOMPARE(m_world->onDisk(), tests::smallMap);
    }

    void isKeptInTheSettings()
    {
        action("saveAutomatically")->trigger();
        m_window->close();
        m_window = m_world->openWindow();
        QVERIFY(m_window->files()->autoSaver()->isOn());
        QVERIFY(action("saveAutomatically")->isChecked());
    }

    void savesBeforeTheWindowCloses()
    {
        m_window->files()->autoSaver()->setDelay(60'000);
        action("saveAutomatically")->trigger();
        QVERIFY(rename("Parties"));
        m_window->close();
        QTRY_VERIFY(!m_window->isVisible());
        QVERIFY(m_world->onDisk().contains("Parties"));
    }

    void startsAToBeMap()
    {
        action("newToBe")->trigger();
        auto* dialog = child<QFileDialog>(m_window.get(), "fileDialog");
        QCOMPARE(dialog->selectedFiles().value(0), m_world->path(QStringLiteral("map-to-be.json")));
        emit dialog->filesSelected(dialog->selectedFiles());
        dialog->close();
        QTRY_COMPARE(m_window->session()->mapPath(),
                     m_world->path(QStringLiteral("map-to-be.json")));
        QCOMPARE(m_window->session()->map().state, std::string("to-be"));
        QCOMPARE(m_window->session()->map().asIs, std::string("map.json"));
        QCOMPARE(m_world->onDisk(), tests::smallMap);
    }

    void showsWhatWillBeSaved()
    {
        QVERIFY(!action("showUnsaved")->isEnabled());
        QVERIFY(rename("Parties"));
        QVERIFY(action("showUnsaved")->isEnabled());
        action("showUnsaved")->trigger();
        auto* dialog = m_window->findChild<DifferenceDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->isVisible());
        QTest::keyClick(dialog, Qt::Key_Escape);
    }

    void showsTheHistory()
    {
        action("showHistory")->trigger();
        QVERIFY(child<QWidget>(m_window.get(), "historyList")->isVisible());
    }

private:
    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<MainWindow> m_window;
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::AutoSaverTest)
#include "auto_saver_test.moc"
