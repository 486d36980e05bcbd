// SPDX-License-Identifier: Apache-2.0
// Two maps in one picture: from the menu to the list, with real events.
#include "tests/support/text_output.h"
#include "tests/support/window_world.h"

#include "model/map/edits.h"

#include "ui/base/message_band.h"
#include "ui/base/plain_label.h"
#include "ui/shell/compare_menu.h"
#include "ui/views/comparison/comparison_model.h"
#include "ui/views/comparison/comparison_view.h"
#include "ui/views/context_map/export_dialog.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QProcess>
#include <QPushButton>
#include <QToolButton>
#include <QTreeView>
#include <QtTest>

namespace portolan::ui {

using tests::child;
using tests::WindowWorld;

class ComparisonViewTest : public QObject {
    Q_OBJECT

    static QByteArray earlier()
    {
        QByteArray text = tests::smallMap;
        text.replace("\"Claims Handling\"", "\"Claims\"");
        text.replace("\"Who a party is.\"", "\"Who is who.\"");
        text.replace("\"contexts\": [",
                     "\"contexts\": [{\"id\": \"paper\", \"name\": \"Paper files\"},");
        return text;
    }
    void write(const char* name, const QByteArray& text) const
    {
        QFile file(m_world->path(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
    }
    void compareWithEarlier()
    {
        write("earlier.json", earlier());
        m_window->compare()->compareWithFile(m_world->path(QStringLiteral("earlier.json")));
        QTRY_COMPARE(view()->canvas()->chart().nodes.size(), std::size_t(3));
    }
    ComparisonView* view() const { return m_window->compare()->view(); }
    QString bandText(const char* subject) const
    {
        MessageBand* band = m_window->band(QLatin1String(subject));
        return band->isVisible() ? band->text() : QString();
    }

private slots:
    void isExportedWithWhatItsSignsMean()
    {
        compareWithEarlier();
        m_window->activateWindow();
        QTRY_VERIFY(m_window->isActiveWindow());
        QTest::keyClick(view()->canvas(), Qt::Key_E, Qt::ControlModifier);
        auto* dialog = m_window->findChild<ExportDialog*>();
        QVERIFY(dialog);
        QTest::keyClick(child<QComboBox>(dialog, "exportFormat"), Qt::Key_S);
        dialog->accept();
        auto* files = m_window->findChild<QFileDialog*>(QStringLiteral("exportFileDialog"));
        QVERIFY(files);
        const QString path = m_world->path(QStringLiteral("changes.svg"));
        emit files->fileSelected(path);
        files->close();
        QTRY_VERIFY(QFile::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray svg = file.readAll();
        for (const char* words : {">Paper files<", ">removed<", ">renamed<", ">changed<"})
            QVERIFY2(svg.contains(words), words);
        QVERIFY(!svg.contains(">added<"));
    }

    void init()
    {
        m_world = std::make_unique<WindowWorld>();
        m_window = m_world->openWindow();
    }
    void cleanup()
    {
        m_window.reset();
        m_world.reset();
    }

    void drawsBothMapsAndListsWhatChanged()
    {
        compareWithEarlier();
        QCOMPARE(m_window->currentView(), view());
        QCOMPARE(child<PlainLabel>(view(), "comparisonTitle")->text(),
                 QStringLiteral("earlier.json → map.json"));
        QCOMPARE(view()->copiedText(), QStringLiteral("− context Paper files removed\n"
                                                      "± context Party Management changed\n"
                                                      "    purpose: Who is who. → Who a party is.\n"
                                                      "~ context Claims Handling renamed\n"
                                                      "    name: Claims → Claims Handling\n"));
        const Chart& chart = view()->canvas()->chart();
        const int paper = chart.node({EntityKind::BoundedContext, "paper"});
        QVERIFY(chart.nodes[std::size_t(paper)].change == ChartChange::Removed);
    }

    void listIsASoundModel()
    {
        ComparisonModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ComparisonRow row;
        row.kind = "context";
        row.name = "<b>A</b>";
        row.onChart = {EntityKind::BoundedContext, "a"};
        row.details = {"owner: A → B"};
        model.setRows({row, row});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowCount(model.index(0, 0)), 2);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("± Changed 2"));
        QCOMPARE(model.index(1, 1, model.index(0, 0)).data().toString(),
                 QStringLiteral("owner: A → B"));
        model.setHidden({ChartChange::Changed});
        QCOMPARE(model.rowCount(), 0);
    }

    void selectsOnTheCanvasWhatIsChosenInTheList()
    {
        compareWithEarlier();
        QTreeView* list = view()->list();
        list->setFocus();
        const QModelIndex removed = list->model()->index(0, 0, list->model()->index(0, 0));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(removed).center());
        const std::vector<EntityRef> paper = {{EntityKind::BoundedContext, "paper"}};
        QVERIFY(view()->canvas()->selection() == paper);
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Down);
        const std::vector<EntityRef> party = {{EntityKind::BoundedContext, "party-management"}};
        QVERIFY(view()->canvas()->selection() == party);
    }

    void selectsInTheListWhatIsClickedOnTheCanvas()
    {
        compareWithEarlier();
        Canvas* canvas = view()->canvas();
        const auto rect = canvas->rectOf({EntityKind::BoundedContext, "claims-handling"});
        QVERIFY(rect.has_value());
        QTest::mouseClick(canvas, Qt::LeftButton, {},
                          QPointF(rect->center().x(), rect->bottom() - 8).toPoint());
        QCOMPARE(view()->list()->currentIndex().data().toString(),
                 QStringLiteral("Claims Handling, context"));
    }

    void saysTheChosenRowWhole()
    {
        compareWithEarlier();
        auto* details = child<QLabel>(view(), "comparisonDetails");
        QVERIFY(!details->isVisible());
        QTreeView* list = view()->list();
        const QModelIndex row = list->model()->index(0, 0, list->model()->index(0, 0));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(row).center());
        QTRY_VERIFY(details->isVisible());
        QVERIFY2(details->text().startsWith(QStringLiteral("− Paper files")),
                 qPrintable(details->text()));
        QVERIFY(!view()->canvas()->selection().empty());
        // A heading is nothing in the picture.
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(0, 0)).center());
        QVERIFY(!details->isVisible());
        QVERIFY(view()->canvas()->selection().empty());
    }

    void offersNoHandlesAndKeepsThePictureInPlace()
    {
        compareWithEarlier();
        Canvas* canvas = view()->canvas();
        canvas->setZoom(1, QPointF(canvas->rect().center()));
        const EntityRef claims{EntityKind::BoundedContext, "claims-handling"};
        const auto rect = canvas->rectOf(claims);
        QVERIFY(rect.has_value());
        QTest::mouseMove(canvas, rect->center().toPoint());
        QVERIFY(canvas->hitAt({rect->right() + 2, rect->center().y()}).kind !=
                CanvasHit::Kind::Handle);
        Session* session = m_window->session();
        QVERIFY(session->apply(
            renameContext(*session->document(), ContextId("claims-handling"), "Losses")));
        QTRY_VERIFY(view()->copiedText().contains(QStringLiteral("Losses")));
        QTRY_COMPARE(canvas->chart().nodes[std::size_t(canvas->chart().node(claims))].title,
                     std::string("Losses"));
        QCOMPARE(canvas->zoom(), 1.0);
    }

    void filtersByKindOfChange()
    {
        compareWithEarlier();
        auto* filter = child<QToolButton>(view(), "compareRemovedButton");
        QCOMPARE(filter->defaultAction()->text(), QStringLiteral("− Removed 1"));
        QTest::mouseClick(filter, Qt::LeftButton);
        QVERIFY(!view()->copiedText().contains(QStringLiteral("removed")));
        const Chart& chart = view()->canvas()->chart();
        const int paper = chart.node({EntityKind::BoundedContext, "paper"});
        QVERIFY(chart.nodes[std::size_t(paper)].change == ChartChange::Same);
        QTest::mouseClick(filter, Qt::LeftButton);
        QVERIFY(view()->copiedText().contains(QStringLiteral("removed")));
        QTest::mouseClick(child<QPushButton>(view(), "copyComparisonButton"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), view()->copiedText());
    }

    void followsEdits()
    {
        child<QAction>(m_window.get(), "compareWithSaved")->trigger();
        QTRY_COMPARE(m_window->currentView(), view());
        Session* session = m_window->session();
        QVERIFY(session->apply(
            renameContext(*session->document(), ContextId("claims-handling"), "Losses")));
        QTRY_COMPARE(view()->copiedText(), QStringLiteral("~ context Losses renamed\n"
                                                          "    name: Claims Handling → Losses\n"));
    }

    void changesNothing()
    {
        compareWithEarlier();
        Canvas* canvas = view()->canvas();
        const auto rect = canvas->rectOf({EntityKind::BoundedContext, "claims-handling"});
        QTest::mousePress(canvas, Qt::LeftButton, {}, rect->center().toPoint());
        QTest::mouseMove(canvas, rect->center().toPoint() + QPoint(40, 60));
        QTest::mouseMove(canvas, rect->center().toPoint() + QPoint(80, 90));
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, rect->center().toPoint() + QPoint(80, 90));
        canvas->setFocus();
        QTest::keyClick(canvas, Qt::Key_F2);
        QTest::keyClick(canvas, Qt::Key_Delete);
        QVERIFY(!m_window->session()->isModified());
    }

    void comparesWithARevision()
    {
        QProcess git;
        git.setWorkingDirectory(m_world->path(QString()));
        const auto run = [&git](const QStringList& arguments) {
            git.start(QStringLiteral("git"), arguments);
            return git.waitForFinished() && git.exitCode() == 0;
        };
        if (!run({QStringLiteral("init"), QStringLiteral("-q")}))
            QSKIP("there is no git");
        QVERIFY(run({QStringLiteral("add"), QStringLiteral("map.json")}));
        QVERIFY(run({QStringLiteral("-c"), QStringLiteral("user.name=T"), QStringLiteral("-c"),
                     QStringLiteral("user.email=t@example.org"), QStringLiteral("commit"),
                     QStringLiteral("-qm"), QStringLiteral("first")}));
        Session* session = m_window->session();
        QVERIFY(session->apply(
            renameContext(*session->document(), ContextId("claims-handling"), "Losses")));
        m_window->compare()->compareWithRevision(QStringLiteral("HEAD"));
        QTRY_VERIFY(view()->copiedText().startsWith(QStringLiteral("~ context Losses renamed")));
        m_window->compare()->compareWithRevision(QStringLiteral("--help"));
        QCOMPARE(bandText("compare"), QStringLiteral("Not compared: --help names no revision."));
        m_window->compare()->compareWithRevision(QStringLiteral("nowhere"));
        QTRY_VERIFY(bandText("compare").startsWith(
            QStringLiteral("Not compared: git does not give map.json at nowhere: ")));
    }

    void saysWhyThereIsNoComparison()
    {
        QVERIFY(!child<QAction>(m_window.get(), "compareWithAsIs")->isEnabled());
        m_window->compare()->compareWithFile(m_world->path(QStringLiteral("none.json")));
        QTRY_VERIFY(bandText("compare").startsWith(
            QStringLiteral("Not compared: none.json cannot be read: ")));
        write("torn.json", "{");
        m_window->compare()->compareWithFile(m_world->path(QStringLiteral("torn.json")));
        QTRY_COMPARE(m_window->currentView(), view());
        QTRY_VERIFY(child<MessageBand>(view(), "comparisonBand")->isVisible());
    }

    void closes()
    {
        compareWithEarlier();
        QTest::mouseClick(child<QPushButton>(view(), "closeComparison"), Qt::LeftButton);
        QVERIFY(m_window->currentView() != view());
        QVERIFY(view()->copiedText().isEmpty());
    }

private:
    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<MainWindow> m_window;
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::ComparisonViewTest)
#include "comparison_view_test.moc"
