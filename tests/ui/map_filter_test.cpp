// SPDX-License-Identifier: Apache-2.0
// Thinning a map by real keys and clicks: words, hiding, collapsing, focus and the way back, and the table twin.
#include "ui/views/context_map/map_filter.h"

#include "model/map/edits.h"
#include "model/map/map_document.h"
#include "tests/support/text_output.h"
#include "ui/session/session.h"
#include "ui/views/context_map/chart_table_view.h"
#include "ui/views/context_map/context_map_view.h"
#include "ui/views/context_map/filter_bar.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

#include <algorithm>

namespace portolan::ui {

class MapFilterTest : public QObject {
    Q_OBJECT

    static EntityRef context(const char* id) { return {EntityKind::BoundedContext, id}; }
    static EntityRef domain(const char* id) { return {EntityKind::Domain, id}; }

    // A chain of contexts, eight to a domain, far apart in one row.
    static std::string chain(int size)
    {
        std::string contexts;
        std::string relationships;
        std::string places;
        for (int i = 0; i < size; ++i) {
            const std::string id = std::to_string(i);
            contexts += (i ? "," : "") + ("{'id': 'c" + id + "', 'name': 'Context " + id + "'}");
            places += (i ? "," : "") + ("'c" + id + "': [" + std::to_string(i * 400) + ", 0]");
            if (i > 0)
                relationships += (i > 1 ? "," : "") +
                                 ("{'id': 'r" + id +
                                  "', 'type': 'upstream-downstream', "
                                  "'upstream': 'c" +
                                  std::to_string(i - 1) + "', 'downstream': 'c" + id + "'}");
        }
        std::string text = "{'portolan': 1, 'name': 'm', 'contexts': [" + contexts +
                           "], 'relationships': [" + relationships + "], 'placement': {" + places +
                           "}}";
        std::replace(text.begin(), text.end(), '\'', '"');
        return text;
    }

    class Shown {
    public:
        explicit Shown(const std::string& text = tests::testData("charts/insurer-map.json"))
        {
            auto document = MapDocument::read(text, "map.json");
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
        std::string names() const
        {
            std::string names;
            for (const ChartNode& node : canvas->chart().nodes)
                names += (names.empty() ? "" : " ") + node.entity.id;
            return names;
        }
        void type(const QString& words)
        {
            QTest::keyClick(canvas, Qt::Key_Slash);
            QTest::keyClicks(find<QLineEdit>("filterWords"), words);
            QTest::keyClick(find<QLineEdit>("filterWords"), Qt::Key_Return);
            (void)isReady();
        }
        QString count() const { return view.filter()->bar()->count(); }
        template <class Widget>
        Widget* find(const char* name) const
        {
            return view.findChild<Widget*>(QString::fromLatin1(name));
        }

        Session session;
        ContextMapView view{&session};
        Canvas* canvas = nullptr;
    };

private slots:
    void typesWords()
    {
        Shown shown;
        QVERIFY(!shown.view.filter()->bar()->isVisible());
        QTest::keyClick(shown.canvas, Qt::Key_Slash);
        QVERIFY(shown.view.filter()->bar()->isVisible());
        auto* field = shown.find<QLineEdit>("filterWords");
        QVERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("billing"));
        // While it is typed, without Enter.
        QTRY_COMPARE(shown.names(), std::string("billing"));
        QCOMPARE(shown.count(), QStringLiteral("1 of 11 shown"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(shown.canvas->hasFocus());
        QTest::mouseClick(shown.find<QToolButton>("filterShowAll"), Qt::LeftButton);
        QCOMPARE(shown.canvas->chart().nodes.size(), std::size_t(11));
        QCOMPARE(shown.count(), QStringLiteral("All 11 shown"));
        QVERIFY(field->text().isEmpty());
        QCOMPARE(shown.session.undoStack()->count(), 0);  // nothing of it is an edit
    }

    void escapeClearsAndCloses()
    {
        Shown shown;
        shown.type(QStringLiteral("billing"));
        auto* field = shown.find<QLineEdit>("filterWords");
        field->setFocus();
        QTest::keyClick(field, Qt::Key_Escape);
        QTRY_COMPARE(shown.canvas->chart().nodes.size(), std::size_t(11));
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!shown.view.filter()->bar()->isVisible());
        QVERIFY(shown.canvas->hasFocus());
    }

    void cardsKeepTheirPlaces()
    {
        Shown shown;
        const auto placeOfBilling = [&shown] {
            const int node = shown.canvas->chart().node(context("billing"));
            return shown.canvas->layout().positions[std::size_t(node)];
        };
        const Point before = placeOfBilling();
        shown.type(QStringLiteral("finance"));
        QVERIFY(shown.canvas->chart().nodes.size() < 11);
        QVERIFY(placeOfBilling() == before);
    }

    void saysThatNothingMatches()
    {
        Shown shown;
        shown.type(QStringLiteral("no such thing"));
        QVERIFY(shown.canvas->chart().nodes.empty());
        auto* empty = shown.find<QWidget>("emptyContextMap");
        QVERIFY(empty->isVisible());
        QVERIFY(!shown.find<QPushButton>("emptyAdd")->isVisible());
        QTest::mouseClick(shown.find<QPushButton>("emptyShowAll"), Qt::LeftButton);
        QCOMPARE(shown.canvas->chart().nodes.size(), std::size_t(11));
        QVERIFY(!empty->isVisible());
    }

    void marksWithoutHiding()
    {
        Shown shown(chain(12));
        QTest::keyClick(shown.canvas, Qt::Key_F, Qt::ControlModifier);
        auto* field = shown.find<QLineEdit>("filterWords");
        QVERIFY(field->hasFocus());
        const QImage before = shown.canvas->grab().toImage();
        QTest::keyClicks(field, QStringLiteral("context 1"));
        QTRY_COMPARE(shown.count(), QStringLiteral("3 found"));
        QCOMPARE(shown.canvas->chart().nodes.size(), std::size_t(12));
        QVERIFY(shown.canvas->grab().toImage() != before);
        // Enter goes on, and around; Shift+Enter back.
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(shown.session.selection() == std::vector<EntityRef>{context("c1")});
        QCOMPARE(shown.count(), QStringLiteral("1 of 3 found"));
        QVERIFY(field->hasFocus());
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QVERIFY(shown.session.selection() == std::vector<EntityRef>{context("c11")});
        shown.canvas->setFocus();
        QTest::keyClick(shown.canvas, Qt::Key_F3);
        QVERIFY(shown.session.selection() == std::vector<EntityRef>{context("c1")});
        // An edit keeps the marks; the other use of the words hides.
        shown.session.apply(
            renameContext(*shown.session.document(), ContextId("c10"), "Elsewhere"));
        QVERIFY(shown.isReady());
        QCOMPARE(shown.count(), QStringLiteral("1 of 2 found"));
        QTest::mouseClick(shown.find<QToolButton>("filterMarking"), Qt::LeftButton);
        QCOMPARE(shown.names(), std::string("c1 c11"));
        QCOMPARE(shown.count(), QStringLiteral("2 of 12 shown"));
        QTest::mouseClick(shown.find<QToolButton>("filterClose"), Qt::LeftButton);
        QCOMPARE(shown.canvas->chart().nodes.size(), std::size_t(12));
    }

    void hidesAndLeavesAnImpliedEdge()
    {
        Shown shown(chain(4));
        shown.session.select(context("c1"));
        QTest::keyClick(shown.canvas, Qt::Key_H);
        QCOMPARE(shown.names(), std::string("c0 c2 c3"));
        QCOMPARE(shown.count(), QStringLiteral("3 of 4 shown"));
        const ChartEdge& implied = shown.canvas->chart().edges.back();
        QCOMPARE(implied.pill.text, std::string("via Context 1"));
        // What is selected and hidden is said, and a click away.
        QVERIFY(shown.canvas->selection() == std::vector<EntityRef>{implied.entity});
        // By its edge: Enter opens what it stands for.
        emit shown.canvas->activated(implied.entity);
        QCOMPARE(shown.names(), std::string("c0 c1 c2 c3"));
    }

    void whatIsSelectedAndHiddenIsAClickAway()
    {
        Shown shown;
        shown.type(QStringLiteral("finance"));
        shown.session.select(context("claims"));
        QVERIFY(shown.canvas->selection().empty());
        auto* button = shown.find<QToolButton>("filterShowSelected");
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(shown.canvas->selection() == std::vector<EntityRef>{context("claims")});
        QVERIFY(!button->isVisible());
    }

    void tellsTheReasons()
    {
        Shown shown(chain(6));
        shown.session.select(context("c1"));
        QTest::keyClick(shown.canvas, Qt::Key_H);
        shown.type(QStringLiteral("-\"context 4\""));
        QMenu* reasons = shown.view.filter()->bar()->reasons();
        emit reasons->aboutToShow();
        std::string words;
        for (const QAction* action : reasons->actions())
            words += action->text().toStdString() + "|";
        QCOMPARE(words, std::string("1 without the words: clear them|1 hidden by hand: show them|"
                                    "1 of 5 relationships shown, 2 implied||Show Context 1|"
                                    "Show Context 4|"));
        reasons->actions().at(4)->trigger();
        QCOMPARE(shown.names(), std::string("c0 c1 c2 c3 c5"));
        reasons->actions().at(0)->trigger();
        QCOMPARE(shown.count(), QStringLiteral("All 6 shown"));
    }

    void showsOnlyWhatIsChosen()
    {
        Shown shown;
        shown.session.setSelection({context("claims"), context("crm")});
        QTest::keyClick(shown.canvas, Qt::Key_H, Qt::ShiftModifier);
        QCOMPARE(shown.canvas->chart().nodes.size(), std::size_t(2));
        QTest::keyClick(shown.canvas, Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(shown.canvas->chart().nodes.size(), std::size_t(11));
    }

    void collapsesADomain()
    {
        Shown shown;
        shown.session.select(domain("finance"));
        QTest::keyClick(shown.canvas, Qt::Key_E);
        QVERIFY(shown.isReady());
        const int node = shown.canvas->chart().node(domain("finance"));
        QVERIFY(node >= 0);
        QCOMPARE(shown.canvas->chart().nodes[std::size_t(node)].members, 2);
        QVERIFY(shown.canvas->selection() == std::vector<EntityRef>{domain("finance")});
        // A context inside is marked by the card that stands for it.
        shown.session.select(context("billing"));
        QVERIFY(shown.canvas->selection() == std::vector<EntityRef>{domain("finance")});
        // Enter opens it.
        QTest::keyClick(shown.canvas, Qt::Key_Return);
        QVERIFY(shown.canvas->chart().node(context("billing")) >= 0);
        QVERIFY(shown.canvas->selection() == std::vector<EntityRef>{context("billing")});
    }

    void movingACollapsedDomainIsNoEdit()
    {
        Shown shown;
        shown.session.select(domain("finance"));
        QTest::keyClick(shown.canvas, Qt::Key_E);
        QVERIFY(shown.isReady());
        emit shown.canvas->nodesMoved({{domain("finance"), {2000, 1600}}});
        QVERIFY(shown.isReady());
        const int node = shown.canvas->chart().node(domain("finance"));
        QCOMPARE(shown.canvas->layout().positions[std::size_t(node)].x, 2000.0);
        QCOMPARE(shown.session.undoStack()->count(), 0);
    }

    void aRelationshipOfACollapsedDomainAsksToExpand()
    {
        Shown shown;
        shown.session.select(domain("finance"));
        QTest::keyClick(shown.canvas, Qt::Key_E);
        QVERIFY(shown.isReady());
        QString said;
        connect(&shown.session, &Session::messageRaised, &shown.view,
                [&](const QString& text) { said = text; });
        emit shown.canvas->connectRequested(domain("finance"), context("claims"), {});
        QCOMPARE(said, QStringLiteral("A collapsed domain has no relationships of its own. Expand "
                                      "it (E) first."));
    }

    void collapsesAndExpandsAll()
    {
        Shown shown;
        QTest::keyClick(shown.canvas, Qt::Key_E, Qt::ShiftModifier);
        for (const ChartNode& node : shown.canvas->chart().nodes)
            QVERIFY(node.entity.kind == EntityKind::Domain);
        QVERIFY(shown.canvas->chart().regions.empty());
        QTest::keyClick(shown.canvas, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(shown.canvas->chart().nodes.size(), std::size_t(11));
    }

    void focusComesBackExactly()
    {
        Shown shown;
        shown.canvas->setZoom(0.83, {200, 100});
        shown.canvas->scrollBy({33, -21});
        shown.session.select(context("billing"));
        const Sight sight = shown.canvas->sight();
        const LayoutResult layout = shown.canvas->layout();
        const std::string chart = toText(shown.canvas->chart());
        QTest::keyClick(shown.canvas, Qt::Key_F);
        QVERIFY(shown.isReady());
        QVERIFY(shown.canvas->chart().nodes.size() < 11);
        shown.find<QSpinBox>("focusDepth")->setValue(2);
        QVERIFY(shown.isReady());
        QTest::keyClick(shown.canvas, Qt::Key_Escape);
        QVERIFY(shown.isReady());
        QCOMPARE(toText(shown.canvas->chart()), chart);
        const LayoutResult& now = shown.canvas->layout();
        QVERIFY(now.positions == layout.positions);
        for (std::size_t edge = 0; edge < layout.edges.size(); ++edge)
            QVERIFY(now.edges[edge].points == layout.edges[edge].points);
        QCOMPARE(shown.canvas->sight().origin, sight.origin);
        QCOMPARE(shown.canvas->sight().zoom, sight.zoom);
        QVERIFY(!shown.find<QAction>("mapFocus")->isChecked());
    }

    void focusReaches()
    {
        Shown shown(chain(9));
        shown.session.select(context("c4"));
        QTest::keyClick(shown.canvas, Qt::Key_F);
        QCOMPARE(shown.names(), std::string("c3 c4 c5"));
        shown.find<QSpinBox>("focusDepth")->setValue(2);
        QCOMPARE(shown.names(), std::string("c2 c3 c4 c5 c6"));
        auto* direction = shown.find<QComboBox>("focusDirection");
        direction->setFocus();
        QTest::keyClick(direction, Qt::Key_Down);
        QCOMPARE(shown.names(), std::string("c2 c3 c4"));
        QTest::keyClick(direction, Qt::Key_Down);
        QCOMPARE(shown.names(), std::string("c4 c5 c6"));
        QTest::mouseClick(shown.find<QToolButton>("focusLeave"), Qt::LeftButton);
        QCOMPARE(shown.count(), QStringLiteral("All 9 shown"));
    }

    // Neighbours that stand far apart are brought together, and dragging them there does not touch the map.
    void aScatteredFocusIsArrangedByItself()
    {
        std::string text = chain(40);
        const std::string last = "\"c39\": [15600, 0]";
        text.replace(text.find(last), last.size(), "\"c39\": [0, 9000]");
        Shown shown(text);
        shown.session.select(context("c39"));
        const Point before = shown.canvas->layout().positions[38];
        QTest::keyClick(shown.canvas, Qt::Key_F);
        QVERIFY(shown.isReady());
        QCOMPARE(shown.names(), std::string("c38 c39"));
        const Point first = shown.canvas->layout().positions[0];
        const Point second = shown.canvas->layout().positions[1];
        QVERIFY(std::abs(first.x - second.x) + std::abs(first.y - second.y) < 1000);
        emit shown.canvas->nodesMoved({{context("c38"), {first.x + 80, first.y}}});
        QCOMPARE(shown.canvas->layout().positions[0].x, first.x + 80);
        QCOMPARE(shown.session.undoStack()->count(), 0);
        QTest::keyClick(shown.canvas, Qt::Key_F);
        QVERIFY(shown.isReady());
        QCOMPARE(shown.canvas->layout().positions[38].x, before.x);
    }

    void aNewContextIsNeverHidden()
    {
        Shown shown;
        shown.type(QStringLiteral("finance"));
        QTest::keyClick(shown.canvas, Qt::Key_Insert);
        QVERIFY(shown.isReady());
        QVERIFY(std::any_of(shown.canvas->chart().nodes.begin(), shown.canvas->chart().nodes.end(),
                            [](const ChartNode& node) { return node.title == "New context"; }));
    }

    void theTableHoldsWhatTheGraphHolds()
    {
        Shown shown;
        QTest::keyClick(shown.canvas, Qt::Key_T, Qt::ControlModifier);
        QVERIFY(shown.view.table()->isVisible());
        auto* contexts = shown.find<QTableView>("contextRows");
        auto* relationships = shown.find<QTableView>("relationshipRows");
        QCOMPARE(contexts->model()->rowCount(), 11);
        QCOMPARE(relationships->model()->rowCount(),
                 static_cast<int>(shown.canvas->chart().edges.size()));
        shown.view.filter()->setFilter({"finance", {}, {}, {}, {}});
        QCOMPARE(contexts->model()->rowCount(),
                 static_cast<int>(shown.canvas->chart().nodes.size()));
        QVERIFY(contexts->model()->rowCount() < 11);
        // One selection, both ways.
        shown.session.select(context("billing"));
        QCOMPARE(contexts->selectionModel()->selectedRows().size(), 1);
        contexts->selectRow(contexts->selectionModel()->selectedRows().front().row() == 0 ? 1 : 0);
        QVERIFY(shown.session.selection() != std::vector<EntityRef>{context("billing")});
        QTest::keyClick(contexts, Qt::Key_T, Qt::ControlModifier);
        QVERIFY(!shown.view.table()->isVisible());
        QVERIFY(shown.canvas->hasFocus());
    }

    void exportsCsv()
    {
        Shown shown;
        QTest::keyClick(shown.canvas, Qt::Key_T, Qt::ControlModifier);
        auto* contexts = shown.find<QTableView>("contextRows");
        contexts->sortByColumn(0, Qt::DescendingOrder);
        const std::string csv = shown.view.table()->csv();
        QVERIFY(csv.starts_with("\xEF\xBB\xBF"
                                "Context,Kind,Domain,Owner,"));
        QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), 12);
        QTemporaryDir folder;
        shown.find<QAction>("exportCsv")->trigger();
        auto* dialog = shown.find<QFileDialog>("csvDialog");
        QVERIFY(dialog);
        const QString path = folder.filePath(QStringLiteral("map.csv"));
        emit dialog->fileSelected(path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().toStdString(), csv);
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::MapFilterTest)
#include "map_filter_test.moc"
