// SPDX-License-Identifier: Apache-2.0
// The session: edits and their undo, one selection for all, places, and what it tells.
#include "ui/session/session.h"

#include "tests/support/text_output.h"

#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

namespace portolan::ui {

class SessionTest : public QObject {
    Q_OBJECT

    static MapDocument twoContexts()
    {
        return std::move(*MapDocument::read(
            R"({"portolan": 1, "contexts": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]})",
            "map.json"));
    }
    static EntityRef context(const char* id) { return {EntityKind::BoundedContext, id}; }

private slots:
    void withoutAMapThereIsAnEmptyOne()
    {
        const Session session;
        QVERIFY(!session.document());
        QVERIFY(session.map().contexts.empty());
        QVERIFY(session.estate());
        QVERIFY(!session.isModified());
    }

    void anEditIsOneUndoStepWithItsName()
    {
        Session session;
        session.setMap(twoContexts(), {});
        const std::string before = session.document()->text();
        QVERIFY(session.apply(renameContext(*session.document(), ContextId("a"), "Alpha")));
        QCOMPARE(session.map().contexts[0].name, std::string("Alpha"));
        QVERIFY(session.isModified());
        QVERIFY(session.undoStack()->undoText().contains(QStringLiteral("Rename")));

        session.undoStack()->undo();
        QCOMPARE(session.document()->text(), before);
        QVERIFY(!session.isModified());
        session.undoStack()->redo();
        QCOMPARE(session.map().contexts[0].name, std::string("Alpha"));
    }

    void anEditThatCannotBeLeavesNothingBehind()
    {
        Session session;
        session.setMap(twoContexts(), {});
        QSignalSpy messages(&session, &Session::messageRaised);
        QVERIFY(!session.apply(renameContext(*session.document(), ContextId("c"), "Gamma")));
        QCOMPARE(messages.count(), 1);
        QVERIFY(messages[0][1].toBool());
        QCOMPARE(session.undoStack()->count(), 0);
    }

    void anEditThatChangesNothingIsNoStep()
    {
        Session session;
        session.setMap(twoContexts(), {});
        QVERIFY(session.apply(Result<Edit>(Edit{"Nothing", {}, {}})));
        QCOMPARE(session.undoStack()->count(), 0);
    }

    void movesOfTheSameCardsAreOneStep()
    {
        Session session;
        session.setMap(twoContexts(), {});
        const std::string before = session.document()->text();
        for (const double x : {8.0, 16.0, 24.0})
            QVERIFY(session.apply(
                placeContexts(*session.document(), {{ContextId("a"), Position{x, 0}}})));
        QCOMPARE(session.undoStack()->count(), 1);
        QCOMPARE(session.map().placement.at(ContextId("a")).x, 24.0);
        session.undoStack()->undo();
        QCOMPARE(session.document()->text(), before);
        session.undoStack()->redo();
        QCOMPARE(session.map().placement.at(ContextId("a")).x, 24.0);
    }

    void everyChangeIsToldToTheJournal()
    {
        Session session;
        session.setMap(twoContexts(), {});
        QSignalSpy edits(&session, &Session::editApplied);
        session.apply(renameContext(*session.document(), ContextId("a"), "Alpha"));
        session.undoStack()->undo();
        session.undoStack()->redo();
        QCOMPARE(edits.count(), 3);
    }

    void settingTheSameSelectionTellsNobody()
    {
        Session session;
        session.setMap(twoContexts(), {});
        QSignalSpy changes(&session, &Session::selectionChanged);
        session.select(context("a"));
        session.select(context("a"));
        QCOMPARE(changes.count(), 1);
    }

    void whatIsRemovedIsNoLongerSelected()
    {
        Session session;
        session.setMap(twoContexts(), {});
        session.setSelection({context("a"), context("b")});
        session.apply(removeContext(*session.document(), ContextId("a")));
        QVERIFY(session.selection() == std::vector<EntityRef>{context("b")});
    }

    void placesAreWalkedBackAndForth()
    {
        Session session;
        session.setMap(twoContexts(), {});
        QVERIFY(!session.canGoBack());
        session.select(context("a"));
        session.select(context("b"));
        QVERIFY(session.canGoBack());
        session.goBack();
        QVERIFY(session.selection() == std::vector<EntityRef>{context("a")});
        QVERIFY(session.canGoForward());
        session.goForward();
        QVERIFY(session.selection() == std::vector<EntityRef>{context("b")});
    }

    void namesAreForPeople()
    {
        Session session;
        session.setMap(twoContexts(), {});
        QCOMPARE(session.nameOf(context("a")), QStringLiteral("A"));
        QCOMPARE(session.nameOf(context("gone")), QStringLiteral("gone"));
        QCOMPARE(session.nameOf({EntityKind::Term, "a/Policy"}), QStringLiteral("Policy"));
    }

    void aNewMapClearsUndoAndSelection()
    {
        Session session;
        session.setMap(twoContexts(), {});
        session.select(context("a"));
        session.apply(renameContext(*session.document(), ContextId("a"), "Alpha"));
        session.setMap(twoContexts(), {});
        QVERIFY(session.selection().empty());
        QVERIFY(!session.undoStack()->canUndo());
        QVERIFY(!session.isModified());
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::SessionTest)
#include "session_test.moc"
