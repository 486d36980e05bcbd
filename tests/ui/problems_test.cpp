// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_document.h"
#include "model/map/map_file.h"
#include "tests/support/text_output.h"
#include "ui/base/text.h"
#include "ui/problems/history_model.h"
#include "ui/problems/problem_model.h"
#include "ui/problems/problems_panel.h"
#include "ui/problems/quick_fix_menu.h"
#include "ui/problems/source_view.h"
#include "ui/session/session.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QContextMenuEvent>
#include <QFile>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QUndoStack>

namespace portolan::ui {
namespace {

EstatePtr estateWithProblems()
{
    Estate estate;
    Source source;
    source.path = "contracts/party.odcs.yaml";
    source.format = "odcs";
    source.formatVersion = "v3.1.0";
    source.counts = {{"contracts", 1}, {"fields", 12}};
    source.importedAt = "2026-11-22T06:12:00Z";
    source.problems = {{Severity::Note,
                        "odcs.newer",
                        "apiVersion v3.2.0 is newer than v3.1.0.",
                        {source.path, 1, 13, "/apiVersion"}},
                       {Severity::Error,
                        "odcs.no-name",
                        "A property has no name.",
                        {source.path, 41, 9, "/schema/0/properties/3"}}};
    source.problemsNotListed = 7;
    estate.sources.push_back(std::move(source));
    return std::make_shared<const Estate>(std::move(estate));
}

QString table(const QAbstractItemModel& model)
{
    QString text;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << model.index(row, column).data().toString();
        text += cells.join(QStringLiteral(" | ")) + QLatin1Char('\n');
    }
    return text;
}

MapDocument mapWithTwoRoles()
{
    Result<MapDocument> document = MapDocument::read(
        "{\"portolan\": 1, \"name\": \"M\",\n\"contexts\": [{\"id\": \"a\", \"name\": \"A&B "
        "<b>x</b>\"}, {\"id\": \"b\", \"name\": \"B\"}],\n"
        "\"relationships\": [{\"id\": \"r\", \"type\": \"upstream-downstream\", \"upstream\": "
        "\"a\", \"downstream\": \"b\",\n\"downstreamRoles\": [\"ACL\", \"CF\"]}]}",
        "m.json");
    if (!document)
        qFatal("%s", document.error().message.c_str());
    return std::move(*document);
}

FileStamp saved()
{
    FileStamp stamp;
    stamp.path = "m.json";
    return stamp;
}

// The panel with that map, showing its findings.
class Findings {
public:
    Findings()
    {
        session.setMap(mapWithTwoRoles(), saved());
        panel.resize(1100, 240);
        panel.show();
        panel.showTab(ProblemsPanel::Findings);
        (void)QTest::qWaitForWindowExposed(&panel);
        rows = panel.findChild<QTableView*>(QStringLiteral("findingsTable"));
        (void)QTest::qWaitFor([this] { return rows->model()->rowCount() > 0; });
    }
    void click(int row, int column) const
    {
        QTest::mouseClick(rows->viewport(), Qt::LeftButton, {},
                          rows->visualRect(rows->model()->index(row, column)).center());
    }
    QMenu* menu(const char* name) const
    {
        return panel.findChild<QMenu*>(QString::fromLatin1(name));
    }
    std::string text() const { return session.document()->text(); }

    Session session;
    ProblemsPanel panel{&session};
    QTableView* rows = nullptr;
};

QString titles(const QMenu& menu)
{
    QStringList texts;
    for (const QAction* action : menu.actions())
        texts << action->text();
    return texts.join(QLatin1Char('|'));
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

}  // namespace

class ProblemsTest : public QObject {
    Q_OBJECT

private slots:
    void listsErrorsFirstAndWhatIsNotListed()
    {
        ProblemModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setRows(problemRows(nullptr, *estateWithProblems()));
        QCOMPARE(
            table(model),
            QStringLiteral(
                "Error | odcs.no-name | party.odcs.yaml | A property has no name. | contracts/party.odcs.yaml:41:9\n"
                "Warning | problems.not-listed | party.odcs.yaml | 7 further problems of this file are not "
                "listed. | contracts/party.odcs.yaml\n"
                "Note | odcs.newer | party.odcs.yaml | apiVersion v3.2.0 is newer than v3.1.0. | "
                "contracts/party.odcs.yaml:1:13\n"));
    }

    void saysWhatWasImported()
    {
        ImportModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setRows(importRows(*estateWithProblems()));
        QCOMPARE(
            table(model),
            QStringLiteral(
                "contracts/party.odcs.yaml | odcs v3.1.0 | 1 contracts, 12 fields | 2 | 2026-11-22T06:12:00Z\n"));
    }

    void countsInTheTabs()
    {
        Session session;
        ProblemsPanel panel(&session);
        session.setEstate(estateWithProblems());
        auto* tabs = panel.findChild<QTabBar*>(QStringLiteral("problemsTabs"));
        QTRY_COMPARE(tabs->tabText(0), QStringLiteral("Problems 3"));
        QCOMPARE(tabs->tabText(1), QStringLiteral("Findings"));
    }

    void showsTheSpotOfAProblemThatIsClicked()
    {
        Session session;
        ProblemsPanel panel(&session);
        session.setEstate(estateWithProblems());
        panel.resize(1000, 200);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* rows = panel.findChild<QTableView*>(QStringLiteral("problemsTable"));
        QTRY_COMPARE(rows->model()->rowCount(), 3);
        QSignalSpy requested(&session, &Session::sourceRequested);
        QTest::mouseClick(rows->viewport(), Qt::LeftButton, {},
                          rows->visualRect(rows->model()->index(0, 3)).center());
        QCOMPARE(requested.size(), 1);
        const auto span = requested[0][0].value<SourceSpan>();
        QCOMPARE(span.file, std::string("contracts/party.odcs.yaml"));
        QCOMPARE(span.line, 41);
    }

    void selectsTheSubjectOfAFindingAndShowsItsTextOnEnter()
    {
        Session session;
        Result<MapDocument> document = MapDocument::read(
            "{\"portolan\": 1, \"name\": \"M\",\n\"contexts\": [{\"id\": \"a\", \"name\": \"A\"}, {\"id\": \"b\", \"name\": \"B\"}],\n"
            "\"relationships\": [{\"id\": \"r\", \"type\": \"upstream-downstream\", \"upstream\": \"a\", \"downstream\": \"b\",\n"
            "\"downstreamRoles\": [\"ACL\", \"CF\"]}]}",
            "m.json");
        QVERIFY(document);
        session.setMap(std::move(*document), {});
        ProblemsPanel panel(&session);
        panel.resize(1000, 200);
        panel.show();
        panel.showTab(ProblemsPanel::Findings);
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* rows = panel.findChild<QTableView*>(QStringLiteral("findingsTable"));
        QTRY_VERIFY(rows->model()->rowCount() > 0);
        QCOMPARE(rows->model()->index(0, 1).data().toString(),
                 QStringLiteral("ACL and CF exclude each other"));
        QSignalSpy requested(&session, &Session::sourceRequested);
        QTest::mouseClick(rows->viewport(), Qt::LeftButton, {},
                          rows->visualRect(rows->model()->index(0, 1)).center());
        QCOMPARE(session.selection().at(0).id, std::string("r"));
        QCOMPARE(requested.size(), 0);
        QTest::keyClick(rows, Qt::Key_Return);
        QCOMPARE(requested.size(), 1);
    }

    void ctrlPeriodOffersTheFixes()
    {
        Findings shown;
        const std::string before = shown.text();
        shown.click(0, ProblemModel::MessageColumn);
        QTest::keyClick(shown.rows, Qt::Key_Period, Qt::ControlModifier);
        QMenu* menu = shown.menu("quickFixMenu");
        QVERIFY(menu);
        QVERIFY(menu->isVisible());
        QCOMPARE(titles(*menu), QStringLiteral("Remove the CF|Remove the ACL"));
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(shown.session.undoStack()->count(), 1);
        QCOMPARE(shown.session.undoStack()->undoText(),
                 QStringLiteral("Remove the ACL: A&B <b>x</b> → B"));
        QVERIFY(shown.session.map().relationships[0].downstreamRoles ==
                std::vector<Role>{Role::Conformist});
        QTRY_VERIFY(shown.rows->model()->index(0, 1).data().toString() !=
                    QStringLiteral("ACL and CF exclude each other"));
        QCOMPARE(shown.rows->currentIndex().row(), 0);  // the next one is at hand
        shown.session.undoStack()->undo();
        QCOMPARE(shown.text(), before);
    }

    void theLinkInTheRowOffersThemToo()
    {
        Findings shown;
        QCOMPARE(shown.rows->model()->index(0, ProblemModel::FixColumn).data().toString(),
                 QStringLiteral("Fix…"));
        shown.click(0, ProblemModel::FixColumn);
        QMenu* menu = shown.menu("quickFixMenu");
        QVERIFY(menu && menu->isVisible());
        QTest::mouseClick(menu, Qt::LeftButton, {},
                          menu->actionGeometry(menu->actions().front()).center());
        QCOMPARE(shown.session.undoStack()->undoText(),
                 QStringLiteral("Remove the CF: A&B <b>x</b> → B"));
    }

    void theMenuOfARowJumpsAndFixes()
    {
        Findings shown;
        const QPoint at = shown.rows->visualRect(shown.rows->model()->index(0, 1)).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at,
                                shown.rows->viewport()->mapToGlobal(at));
        QApplication::sendEvent(shown.rows->viewport(), &event);
        QMenu* menu = shown.menu("findingMenu");
        QVERIFY(menu && menu->isVisible());
        QCOMPARE(titles(*menu),
                 QStringLiteral("Show in the view|Show its text||Remove the CF|Remove the ACL"));
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(shown.session.selection().at(0).id, std::string("r"));
        QCOMPARE(shown.session.undoStack()->count(), 0);
    }

    void saysWhenNothingCanBeMended()
    {
        Findings shown;
        int row = 0;
        while (row < shown.rows->model()->rowCount() &&
               shown.rows->model()->index(row, 1).data().toString() !=
                   QStringLiteral("Nothing listed is everything exposed"))
            ++row;
        shown.rows->setFocus();
        shown.rows->setCurrentIndex(shown.rows->model()->index(row, 1));
        QTest::keyClick(shown.rows, Qt::Key_Period, Qt::ControlModifier);
        QMenu* menu = shown.menu("quickFixMenu");
        QVERIFY(menu);
        QCOMPARE(titles(*menu), QStringLiteral("Only you can know how to mend this"));
        QVERIFY(!menu->actions().front()->isEnabled());
    }

    // The map changed while the menu was open: the fix is made for the map that is there.
    void aFixIsMadeForTheMapOfTheMoment()
    {
        Findings shown;
        shown.click(0, ProblemModel::FixColumn);
        QMenu* menu = shown.menu("quickFixMenu");
        QVERIFY(menu);
        shown.session.apply(renameContext(*shown.session.document(), ContextId("b"), "Another"));
        menu->actions().front()->trigger();
        QCOMPARE(shown.session.undoStack()->count(), 2);
        QVERIFY(shown.session.map().relationships[0].downstreamRoles ==
                std::vector<Role>{Role::AnticorruptionLayer});
        QSignalSpy raised(&shown.session, &Session::messageRaised);
        menu->actions().front()->trigger();
        QCOMPARE(shown.session.undoStack()->count(), 2);
        QCOMPARE(raised.size(), 1);
    }

    void aMenuOfAThingOffersItsFixes()
    {
        Findings shown;
        QMenu menu;
        quickFixMenu(menu, shown.session,
                     findingsAt(shown.session, {EntityKind::Relationship, "r"}));
        auto* fixes = menu.findChild<QMenu*>(QStringLiteral("quickFixes"));
        QVERIFY(fixes);
        emit fixes->aboutToShow();
        const QList<QAction*> actions = fixes->actions();
        QCOMPARE(
            actions.at(0)->text(),
            QStringLiteral("A&&B <b>x</b> → B has both ACL and CF: B either protects its model or "
                           "conforms to the other…"));
        QVERIFY(!actions.at(0)->isEnabled());
        QCOMPARE(actions.at(1)->text(), QStringLiteral("Remove the CF"));
        QMenu none;
        quickFixMenu(none, shown.session, findingsAt(shown.session, {EntityKind::Domain, "d"}));
        QVERIFY(none.actions().isEmpty());
    }

    void historyTellsWhereTheMapStands()
    {
        Session session;
        HistoryModel model(&session);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(table(model), QString());
        session.setMap(mapWithTwoRoles(), saved());
        QCOMPARE(table(model), QStringLiteral("As opened | the map stands here, saved\n"));
        for (const char* name : {"One & <b>", "Two"})
            session.apply(renameContext(*session.document(), ContextId("b"), name));
        session.markSaved(session.stamp());
        session.apply(renameContext(*session.document(), ContextId("b"), "Three"));
        session.undoStack()->setIndex(1);
        QCOMPARE(table(model), QStringLiteral("As opened | \n"
                                              "Rename B to One & <b> | the map stands here\n"
                                              "Rename One & <b> to Two | undone, saved\n"
                                              "Rename Two to Three | undone\n"));
        QCOMPARE(model.index(2, 0).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Rename One & <b> to Two, undone, saved"));
        const auto signOf = [&model](int row) {
            return model.index(row, 0)
                .data(Qt::DecorationRole)
                .value<QIcon>()
                .pixmap(16, 16)
                .toImage();
        };
        QVERIFY(signOf(1) != signOf(0));
        QVERIFY(signOf(3) == signOf(0));
        session.closeMap();
        QCOMPARE(model.rowCount(), 0);
    }

    void aClickOrEnterGoesToAStep()
    {
        Findings shown;
        for (const char* name : {"One", "Two", "Three"})
            shown.session.apply(renameContext(*shown.session.document(), ContextId("b"), name));
        shown.panel.showTab(ProblemsPanel::History);
        auto* steps = shown.panel.findChild<QTableView*>(QStringLiteral("historyList"));
        QVERIFY(steps && steps->isVisible());
        QCOMPARE(steps->currentIndex().row(), 3);
        QTest::mouseClick(steps->viewport(), Qt::LeftButton, {},
                          steps->visualRect(steps->model()->index(1, 0)).center());
        QCOMPARE(shown.session.map().contexts[1].name, std::string("One"));
        QCOMPARE(steps->currentIndex().row(), 1);
        QTest::keyClick(steps, Qt::Key_Down);
        QCOMPARE(shown.session.map().contexts[1].name, std::string("One"));  // looking is not going
        QTest::keyClick(steps, Qt::Key_Return);
        QCOMPARE(shown.session.map().contexts[1].name, std::string("Two"));
        QTest::keyClick(steps, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(steps, Qt::Key_Return);
        QCOMPARE(shown.session.undoStack()->index(), 0);
        QCOMPARE(shown.text(), mapWithTwoRoles().text());
    }

    void showsTheLineInItsFile()
    {
        QTemporaryDir folder;
        QByteArray text;
        for (int line = 1; line <= 5000; ++line)
            text += "line " + QByteArray::number(line) + "\r\n";
        write(folder.filePath(QStringLiteral("a.yaml")), text);
        SourceView view;
        view.resize(800, 400);
        view.show();
        view.setRoots({folder.path()});
        QSignalSpy shown(&view, &SourceView::shown);
        view.showSource({"a.yaml", 3000, 6, ""});
        QTRY_COMPARE(shown.size(), 1);
        const auto* editor = view.findChild<QPlainTextEdit*>(QStringLiteral("sourceText"));
        QCOMPARE(editor->textCursor().block().text(), QStringLiteral("line 3000"));
        QCOMPARE(editor->textCursor().positionInBlock(), 5);
        QCOMPARE(editor->document()->blockCount(), 801);
        QVERIFY(editor->isReadOnly());
    }

    void showsMarkupAsText()
    {
        QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("a.json")),
              "<img src='file:///etc/passwd'><b>bold</b>\n\xff\xfe end\n");
        SourceView view;
        view.setRoots({folder.path()});
        QSignalSpy shown(&view, &SourceView::shown);
        view.showSource({"a.json", 1, 0, ""});
        QTRY_COMPARE(shown.size(), 1);
        const auto* editor = view.findChild<QPlainTextEdit*>(QStringLiteral("sourceText"));
        QCOMPARE(editor->toPlainText(),
                 QStringLiteral("<img src='file:///etc/passwd'><b>bold</b>\n") + QChar(0xFFFD) +
                     QChar(0xFFFD) + QStringLiteral(" end"));
    }

    void leavesNoRoot()
    {
        QTemporaryDir folder;
        Progress progress;
        const std::vector<std::string> roots = {toStdString(folder.path())};
        for (const char* path : {"../../etc/passwd", "/etc/passwd", "a/../../etc/passwd", ""})
            QVERIFY(!sourceExcerpt(roots, {path, 1, 1, ""}, progress));
    }

    void cutsALineOfAMegabyteAroundTheColumn()
    {
        QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("a.json")),
              QByteArray(500000, 'a') + "HERE" + QByteArray(500000, 'b'));
        Progress progress;
        const Result<SourceExcerpt> excerpt =
            sourceExcerpt({toStdString(folder.path())}, {"a.json", 1, 500001, ""}, progress);
        QVERIFY(excerpt);
        QVERIFY(excerpt->lines.at(0).size() < 5000);
        QCOMPARE(excerpt->lines[0].substr(static_cast<std::size_t>(excerpt->columnInLine) - 1, 4),
                 std::string("HERE"));
    }

    void saysThatAFileIsGone()
    {
        SourceView view;
        view.setRoots({QStringLiteral("/nowhere")});
        QSignalSpy shown(&view, &SourceView::shown);
        view.showSource({"a.json", 1, 1, ""});
        QTRY_COMPARE(shown.size(), 1);
        QVERIFY(!view.findChild<QPlainTextEdit*>(QStringLiteral("sourceText"))->isVisibleTo(&view));
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::ProblemsTest)
#include "problems_test.moc"
