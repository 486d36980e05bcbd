// SPDX-License-Identifier: Apache-2.0
// The import report: what was read of each source, grouped, filtered, with the source's text beside it.
#include "ui/problems/source_view.h"
#include "ui/session/session.h"
#include "ui/views/import_report/import_report_view.h"
#include "ui/views/import_report/report_model.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTreeView>
#include <QtTest>

namespace portolan::ui {
namespace {

EstatePtr estateOfTwo()
{
    Estate estate;
    Source source;
    source.path = "party.yaml";
    source.format = "odcs";
    source.formatVersion = "v3.1.0";
    source.counts = {{"contracts", 1}, {"columnEdges", 12}};
    source.problems = {{Severity::Note, "odcs.newer", "It is newer.", {source.path, 1, 13, ""}},
                       {Severity::Error,
                        "odcs.no-name",
                        "<b>A property</b> has no name.",
                        {source.path, 2, 1, ""}}};
    source.problemsNotListed = 7;
    source.leftOut = {{"price", "not kept", false, 3, {source.path, 3, 1, ""}},
                      {"http://example.org/a", "not followed", true, 1, {source.path, 4, 1, ""}}};
    estate.sources.push_back(source);
    Source sound;
    sound.path = "orders.json";
    sound.format = "openlineage";
    sound.counts = {{"datasets", 2}};
    estate.sources.push_back(sound);
    return std::make_shared<const Estate>(std::move(estate));
}

QString text(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QString all;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column)
            cells << model.index(row, column, parent).data().toString();
        all += QString(depth * 2, u' ') + cells.join(QStringLiteral(" | ")) + u'\n';
        all += text(model, model.index(row, 0, parent), depth + 1);
    }
    return all;
}

}  // namespace

class ImportReportTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_view = std::make_unique<ImportReportView>(m_session.get());
        m_view->resize(1000, 600);
        m_view->show();
        m_tree = m_view->findChild<QTreeView*>(QStringLiteral("reportTree"));
    }

    void saysWhatToDoWhenNothingIsImported()
    {
        QVERIFY(!m_tree->isVisible());
        QSignalSpy wanted(m_view.get(), &ImportReportView::importWanted);
        auto* button = m_view->findChild<QPushButton*>();
        QVERIFY(button && button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
    }

    void listsEachSourceWithAllThatWasLeftOut()
    {
        m_session->setEstate(estateOfTwo());
        QTRY_VERIFY(m_tree->isVisible());
        const QAbstractItemModelTester tester(m_tree->model());
        QCOMPARE(
            text(*m_tree->model()),
            QStringLiteral(
                "party.yaml   ·   odcs v3.1.0: 12 column edges, 1 contract   ·   1 error, 7 warnings, 1 note, 1 unresolved, 3 ignored |  |  | \n"
                "  odcs.no-name | <b>A property</b> has no name. |  | line 2\n"
                "  not listed | Further problems of this file are not listed. | 7 | \n"
                "  odcs.newer | It is newer. |  | line 1\n"
                "  http://example.org/a | not followed |  | line 4\n"
                "  price | not kept | 3 | line 3\n"
                "orders.json   ·   openlineage: 2 datasets |  |  | \n"));
    }

    void showsWhatStandsBetweenSources()
    {
        m_view->setNotes({{{Severity::Warning,
                            "estate.contradiction",
                            "Two owners.",
                            {"orders.json", 3, 0, ""}}},
                          {"readme.txt"}});
        m_session->setEstate(estateOfTwo());
        QTRY_VERIFY(
            text(*m_tree->model())
                .contains(QStringLiteral("  estate.contradiction | Two owners. |  | line 3\n")));
        QVERIFY(
            text(*m_tree->model())
                .contains(QStringLiteral(
                    "readme.txt   ·   1 skipped |  |  | \n  readme.txt | It is of no known format. |  | \n")));
    }

    void groupsAndFilters()
    {
        m_session->setEstate(estateOfTwo());
        QTRY_VERIFY(m_tree->isVisible());
        auto* grouping = m_view->findChild<QComboBox*>(QStringLiteral("reportGrouping"));
        grouping->setCurrentIndex(1);
        QCOMPARE(m_tree->model()->rowCount(), 5);
        QVERIFY(text(*m_tree->model()).startsWith(QStringLiteral("Errors   ·   1 error")));
        grouping->setCurrentIndex(2);
        QCOMPARE(m_tree->model()->rowCount(), 5);
        grouping->setCurrentIndex(0);
        auto* words = m_view->findChild<QLineEdit*>(QStringLiteral("reportFilter"));
        QTest::keyClicks(words, QStringLiteral("PRICE"));
        QCOMPARE(text(*m_tree->model()),
                 QStringLiteral(
                     "party.yaml   ·   3 ignored |  |  | \n  price | not kept | 3 | line 3\n"));
        QTest::keyClicks(words, QStringLiteral("less"));
        QCOMPARE(m_tree->model()->rowCount(), 0);
    }

    void hidesAKind()
    {
        m_session->setEstate(estateOfTwo());
        QTRY_VERIFY(m_tree->isVisible());
        for (QAction* action : m_view->findChildren<QAction*>()) {
            if (action->text() == QStringLiteral("Ignored"))
                action->trigger();
        }
        QVERIFY(!text(*m_tree->model()).contains(QStringLiteral("price")));
        QVERIFY(text(*m_tree->model()).contains(QStringLiteral("odcs.no-name")));
    }

    void showsTheSourcesTextBesideTheRow()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("party.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("one\ntwo\nthree\nfour\n");
        file.close();
        m_view->setSourceRoots({folder.path()});
        m_session->setEstate(estateOfTwo());
        QTRY_VERIFY(m_tree->isVisible());
        m_tree->setFocus();
        QTest::keyClick(m_tree, Qt::Key_Down);
        QTest::keyClick(m_tree, Qt::Key_Down);
        auto* shown = m_view->findChild<SourceView*>()->findChild<QPlainTextEdit*>();
        QTRY_VERIFY(shown->toPlainText().contains(QStringLiteral("three")));
        QSignalSpy asked(m_session.get(), &Session::sourceRequested);
        QTest::keyClick(m_tree, Qt::Key_Return);
        QCOMPARE(asked.count(), 1);
    }

private:
    std::unique_ptr<Session> m_session;
    std::unique_ptr<ImportReportView> m_view;
    QTreeView* m_tree = nullptr;
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::ImportReportTest)
#include "import_report_test.moc"
