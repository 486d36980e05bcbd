// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_document.h"
#include "tests/support/text_output.h"
#include "ui/base/text.h"
#include "ui/problems/problem_model.h"
#include "ui/problems/problems_panel.h"
#include "ui/problems/source_view.h"
#include "ui/session/session.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTextBlock>

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
