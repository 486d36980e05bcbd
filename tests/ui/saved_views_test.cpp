// SPDX-License-Identifier: Apache-2.0
// Saving a picture of the map, opening it again, and what it leaves alone.
#include "ui/views/context_map/saved_views.h"

#include "model/map/map_document.h"
#include "tests/support/text_output.h"
#include "ui/session/session.h"
#include "ui/views/context_map/context_map_view.h"
#include "ui/views/context_map/filter_bar.h"
#include "ui/views/context_map/lens_menu.h"
#include "ui/views/context_map/map_filter.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

namespace portolan::ui {

class SavedViewsTest : public QObject {
    Q_OBJECT

    static EntityRef context(const char* id) { return {EntityKind::BoundedContext, id}; }

    class Shown {
    public:
        Shown()
        {
            auto document =
                MapDocument::read(tests::testData("charts/insurer-map.json"), "map.json");
            if (document)
                session.setMap(std::move(*document), {});
            view.resize(1300, 800);
            view.show();
            (void)QTest::qWaitForWindowExposed(&view);
            canvas = view.canvas();
            canvas->setFocus();
            (void)isReady();
        }
        bool isReady()
        {
            return QTest::qWaitFor([this] { return view.isLaidOut(); }, 8000);
        }
        std::size_t cards() const { return canvas->chart().nodes.size(); }
        Point placeOf(const char* id) const
        {
            return canvas->layout().positions[std::size_t(canvas->chart().node(context(id)))];
        }
        QAction* entry(const char* name)
        {
            QMenu* menu = view.savedViews()->menuAction()->menu();
            emit menu->aboutToShow();
            for (QAction* action : menu->actions()) {
                if (action->objectName() == QLatin1String(name))
                    return action;
            }
            return nullptr;
        }
        void saveAs(const QString& name)
        {
            entry("viewSaveAs")->trigger();
            auto* dialog = view.findChild<QInputDialog*>(QStringLiteral("viewNameDialog"));
            auto* field = dialog->findChild<QLineEdit*>();
            field->setText(name);
            QTest::keyClick(field, Qt::Key_Return);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
        QString button() const
        {
            return view.findChild<QToolButton*>(QStringLiteral("savedViewsButton"))->text();
        }

        Session session;
        ContextMapView view{&session};
        Canvas* canvas = nullptr;
    };

private slots:
    void savesAndOpens()
    {
        Shown shown;
        const std::string before = shown.session.document()->text();
        const Point place = shown.placeOf("billing");
        ChartFilter filter;
        filter.words = "finance";
        shown.view.filter()->setFilter(filter);
        QVERIFY(shown.isReady());
        const std::size_t few = shown.cards();
        QVERIFY(few < 11);
        shown.view.findChild<QAction*>(QStringLiteral("mapShowObserved"))->setChecked(false);
        shown.saveAs(QStringLiteral("Finance & more"));
        QCOMPARE(shown.session.undoStack()->undoText(), QStringLiteral("Save view Finance & more"));
        QCOMPARE(shown.button(), QStringLiteral("View: Finance && more"));
        // The whole map again.
        shown.entry("viewWhole")->trigger();
        QVERIFY(shown.isReady());
        QCOMPARE(shown.cards(), std::size_t(11));
        QVERIFY(shown.view.findChild<QAction*>(QStringLiteral("mapShowObserved"))->isChecked());
        QCOMPARE(shown.button(), QStringLiteral("Views"));
        // And the view.
        shown.entry("view-finance-more")->trigger();
        QVERIFY(shown.isReady());
        QCOMPARE(shown.cards(), few);
        QVERIFY(!shown.view.findChild<QAction*>(QStringLiteral("mapShowObserved"))->isChecked());
        QVERIFY(shown.entry("view-finance-more")->isChecked());
        QVERIFY(shown.placeOf("billing") == place);
        // Undone, the file is as it was.
        shown.session.undoStack()->undo();
        QCOMPARE(shown.session.document()->text(), before);
        QCOMPARE(shown.button(), QStringLiteral("Views"));
    }

    void hasPlacesOfItsOwn()
    {
        Shown shown;
        shown.saveAs(QStringLiteral("Mine"));
        QVERIFY(shown.view.savedViews()->show(ViewId("mine")));
        QVERIFY(shown.isReady());
        const auto inMap = shown.session.map().placement;
        emit shown.canvas->nodesMoved({{context("billing"), {4000, 2400}}});
        QVERIFY(shown.isReady());
        QCOMPARE(shown.placeOf("billing").x, 4000.0);
        QVERIFY(shown.session.map().placement == inMap);
        QCOMPARE(shown.button(), QStringLiteral("View: Mine, changed"));
        shown.entry("viewSaveOver")->trigger();
        QCOMPARE(shown.button(), QStringLiteral("View: Mine"));
        QCOMPARE(shown.session.map().views[0].placement.at(ContextId("billing")).x, 4000.0);
        shown.entry("viewWhole")->trigger();
        QVERIFY(shown.isReady());
        QVERIFY(shown.placeOf("billing").x < 4000);
    }

    void focusInAViewComesBackToIt()
    {
        Shown shown;
        shown.saveAs(QStringLiteral("Mine"));
        (void)shown.view.savedViews()->show(ViewId("mine"));
        emit shown.canvas->nodesMoved({{context("billing"), {800, 600}}});
        QVERIFY(shown.isReady());
        shown.session.select(context("billing"));
        QTest::keyClick(shown.canvas, Qt::Key_F);
        QVERIFY(shown.isReady());
        QTest::keyClick(shown.canvas, Qt::Key_Escape);
        QVERIFY(shown.isReady());
        QCOMPARE(shown.cards(), std::size_t(11));
        QCOMPARE(shown.placeOf("billing").x, 800.0);
    }

    void showAllLeavesTheView()
    {
        Shown shown;
        ChartFilter filter;
        filter.words = "finance";
        shown.view.filter()->setFilter(filter);
        shown.saveAs(QStringLiteral("Money"));
        (void)shown.view.savedViews()->show(ViewId("money"));
        shown.view.filter()->showAll();
        QVERIFY(shown.isReady());
        QCOMPARE(shown.button(), QStringLiteral("Views"));
        QCOMPARE(shown.cards(), std::size_t(11));
    }

    void renamesAndRemoves()
    {
        Shown shown;
        shown.saveAs(QStringLiteral("Mine"));
        shown.entry("viewRename")->trigger();
        auto* dialog = shown.view.findChild<QInputDialog*>(QStringLiteral("viewNameDialog"));
        auto* field = dialog->findChild<QLineEdit*>();
        QCOMPARE(field->text(), QStringLiteral("Mine"));
        field->setText(QStringLiteral("Ours"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(shown.session.map().views[0].name, std::string("Ours"));
        shown.entry("viewRemove")->trigger();
        QVERIFY(shown.session.map().views.empty());
        QCOMPARE(shown.button(), QStringLiteral("Views"));
    }

    void keepsTheLens()
    {
        Shown shown;
        shown.view.findChild<LensMenu*>()->setLens(Lens::Owner);
        shown.saveAs(QStringLiteral("Owners"));
        QCOMPARE(shown.session.map().views[0].lens, std::string("owner"));
        shown.entry("viewWhole")->trigger();
        QVERIFY(shown.view.findChild<LensMenu*>()->lens() == Lens::None);
        (void)shown.view.savedViews()->show(ViewId("owners"));
        QVERIFY(shown.view.findChild<LensMenu*>()->lens() == Lens::Owner);
    }

    void tellsItInWords()
    {
        Shown shown;
        shown.session.select(context("billing"));
        ChartFilter filter;
        filter.focus = {{context("billing")}, 1, FlowDirection::Downstream};
        shown.view.filter()->setFilter(filter);
        shown.saveAs(QStringLiteral("Who hears from billing"));
        shown.entry("viewCopyWords")->trigger();
        const QString words = QGuiApplication::clipboard()->text();
        QVERIFY2(words.contains(QStringLiteral("view Who hears from billing\n")),
                 qPrintable(words));
        QVERIFY2(
            words.contains(QStringLiteral(" of 11 contexts: focus on Billing, 1 hop downstream")),
            qPrintable(words));
    }

    void saysNoToAnUnknownView()
    {
        Shown shown;
        QVERIFY(!shown.view.savedViews()->show(ViewId("gone")));
        QCOMPARE(shown.cards(), std::size_t(11));
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::SavedViewsTest)
#include "saved_views_test.moc"
