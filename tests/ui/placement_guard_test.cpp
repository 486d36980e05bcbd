// SPDX-License-Identifier: Apache-2.0
// A map that has moved on since it was arranged, and a placement that is locked.
#include "model/map/edits.h"

#include "tests/support/text_output.h"
#include "tests/support/window_world.h"

#include "ui/base/message_band.h"
#include "ui/views/context_map/context_map_view.h"

#include <QAction>
#include <QPushButton>
#include <QUndoStack>
#include <QtTest>

namespace portolan::ui {

using tests::child;
using tests::WindowWorld;

class PlacementGuardTest : public QObject {
    Q_OBJECT

    static QByteArray arranged(const QByteArray& placement)
    {
        QByteArray text = tests::smallMap;
        text.replace("  \"relationships\": [",
                     "  \"placement\": {" + placement + "},\n  \"relationships\": [");
        return text;
    }
    void open(const QByteArray& placement)
    {
        m_world = std::make_unique<WindowWorld>();
        m_world->write(arranged(placement));
        m_window = m_world->openWindow();
        m_view = m_window->findChild<ContextMapView*>();
        QTRY_COMPARE(m_view->canvas()->chart().nodes.size(), std::size_t(2));
    }
    QString bandText() const
    {
        auto* band = child<MessageBand>(m_window.get(), "placementBand");
        return band->isVisible() ? band->text() : QString();
    }
    void press(const QString& text) const
    {
        for (auto* button :
             child<MessageBand>(m_window.get(), "placementBand")->findChildren<QPushButton*>())
            if (button->text() == text)
                QTest::mouseClick(button, Qt::LeftButton);
    }
    void drag(const char* id, const QPoint& by) const
    {
        Canvas* canvas = m_view->canvas();
        const auto rect = canvas->rectOf({EntityKind::BoundedContext, id});
        QVERIFY(rect.has_value());
        const QPoint from(qRound(rect->center().x()), qRound(rect->bottom() - 8));
        QTest::mousePress(canvas, Qt::LeftButton, {}, from);
        QTest::mouseMove(canvas, from + by / 2);
        QTest::mouseMove(canvas, from + by);
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, from + by);
    }

private slots:
    void cleanup()
    {
        m_window->session()->undoStack()->setClean();
        m_window.reset();
        m_world.reset();
    }

    void namesAndArrangesWhatIsNew()
    {
        open("\"party-management\": [80, 40]");
        QCOMPARE(
            bandText(),
            QStringLiteral("Since the placement was saved: 1 context was added: Claims Handling."));
        press(QStringLiteral("Show them"));
        QVERIFY((m_window->session()->selection() ==
                 std::vector<EntityRef>{{EntityKind::BoundedContext, "claims-handling"}}));
        QVERIFY(!bandText().isEmpty());
        press(QStringLiteral("Keep them where they are"));
        const Session* session = m_window->session();
        QCOMPARE(session->map().placement.size(), std::size_t(2));
        QVERIFY((session->map().placement.at(ContextId("party-management")) == Position{80, 40}));
        QVERIFY(bandText().isEmpty());
        session->undoStack()->undo();
        QCOMPARE(QByteArray::fromStdString(session->document()->text()), m_world->onDisk());
    }

    void givesARenamedOneItsOldPlace()
    {
        open("\"party-management\": [80, 40], \"claims-handeling\": [480, 40], \"crm\": [0, 400]");
        QCOMPARE(bandText(),
                 QStringLiteral("Since the placement was saved: 1 was renamed: claims-handeling "
                                "is now Claims Handling; 1 was removed: crm."));
        press(QStringLiteral("Keep them where they are"));
        const ContextMap& map = m_window->session()->map();
        QVERIFY((map.placement.at(ContextId("claims-handling")) == Position{480, 40}));
        QVERIFY(!map.placement.contains(ContextId("claims-handeling")));
        QVERIFY(map.placement.contains(ContextId("crm")));  // nothing is thrown away
        m_window->session()->undoStack()->undo();
        QCOMPARE(QByteArray::fromStdString(m_window->session()->document()->text()),
                 m_world->onDisk());
    }

    void forgetsRemovedOnesOnlyWhenAsked()
    {
        open("\"party-management\": [80, 40], \"claims-handling\": [480, 40], \"crm\": [0, 9], "
             "\"erp\": [0, 400]");
        QCOMPARE(bandText(), QStringLiteral("Since the placement was saved: 2 were removed: crm, "
                                            "erp."));
        QCOMPARE(m_window->session()->map().placement.size(), std::size_t(4));
        press(QStringLiteral("Forget the places of removed ones"));
        QCOMPARE(m_window->session()->map().placement.size(), std::size_t(2));
        QVERIFY(bandText().isEmpty());
        m_window->session()->undoStack()->undo();
        QCOMPARE(QByteArray::fromStdString(m_window->session()->document()->text()),
                 m_world->onDisk());
    }

    void arrangesOnlyWhatHasNoPlaceInALockedPlacement()
    {
        open("\"party-management\": [80, 40]");
        m_window->session()->apply(lockPlacement(*m_window->session()->document(), true));
        const std::string locked = m_window->session()->document()->text();
        m_view->arrange();
        QCOMPARE(m_window->session()->document()->text(), locked);
        QVERIFY(!bandText().contains(QStringLiteral("locked")));
    }

    void isSilentWhereAllFits()
    {
        open("\"party-management\": [80, 40], \"claims-handling\": [480, 40]");
        QVERIFY(bandText().isEmpty());
    }

    void keepsALockedPlacement()
    {
        open("\"party-management\": [80, 40], \"claims-handling\": [480, 40]");
        auto* lock = child<QAction>(m_window.get(), "lockPlacement");
        QVERIFY(!lock->isChecked());
        lock->trigger();
        QVERIFY(m_window->session()->map().isPlacementLocked);
        const std::string locked = m_window->session()->document()->text();
        drag("claims-handling", {60, 80});
        QCOMPARE(m_window->session()->document()->text(), locked);
        QCOMPARE(bandText(), QStringLiteral("The placement is locked: cards stay where they are."));
        m_view->arrange();
        QCOMPARE(m_window->session()->document()->text(), locked);
        press(QStringLiteral("Unlock"));
        QVERIFY(!lock->isChecked());
        drag("claims-handling", {60, 80});
        QVERIFY((m_window->session()->map().placement.at(ContextId("claims-handling")) !=
                 Position{480, 40}));
    }

private:
    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<MainWindow> m_window;
    ContextMapView* m_view = nullptr;
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::PlacementGuardTest)
#include "placement_guard_test.moc"
