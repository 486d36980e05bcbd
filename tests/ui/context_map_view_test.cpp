// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/context_map_view.h"

#include "model/map/edits.h"
#include "model/map/map_document.h"
#include "tests/support/text_output.h"
#include "ui/base/theme.h"
#include "ui/session/session.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QTemporaryDir>
#include <QUndoStack>

#include <algorithm>
#include <cmath>

namespace portolan::ui {
namespace {

EntityRef context(const char* id)
{
    return {EntityKind::BoundedContext, id};
}

std::string textsOf(const QMenu& menu)
{
    std::string words;
    for (const QAction* action : menu.actions())
        words += action->text().toStdString() + "|";
    return words;
}

// Contexts in a ring, each with three partners.
std::string ring(int size)
{
    std::string contexts;
    std::string relationships;
    for (int i = 0; i < size; ++i) {
        const std::string id = std::to_string(i);
        contexts += (i > 0 ? "," : "") + ("{'id': 'c" + id + "', 'name': 'Context " + id + "'}");
        for (const int step : {1, 7, 11})
            relationships += (relationships.empty() ? "" : ",") +
                             ("{'id': 'r" + id + "-" + std::to_string(step) +
                              "', 'type': 'partnership', 'between': ['c" + id + "', 'c" +
                              std::to_string((i + step) % size) + "']}");
    }
    std::string text = "{'portolan': 1, 'name': 'm', 'contexts': [" + contexts +
                       "], 'relationships': [" + relationships + "]}";
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
    }

    bool isReady()
    {
        return QTest::qWaitFor([this] { return view.isLaidOut(); }, 8000);
    }
    QPoint middleOf(const char* id) const
    {
        return canvas->rectOf(context(id))->center().toPoint();
    }

    Point placeOf(const char* id) const
    {
        return canvas->layout()
            .positions[static_cast<std::size_t>(canvas->chart().node(context(id)))];
    }
    QMenu* menuByKeys()
    {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, canvas->mapToGlobal(QPoint()));
        QApplication::sendEvent(canvas, &event);
        return view.findChild<QMenu*>(QStringLiteral("contextMapMenu"));
    }

    void drag(const QPoint& from, const QPoint& to)
    {
        QTest::mousePress(canvas, Qt::LeftButton, Qt::NoModifier, from);
        for (int step = 1; step <= 4; ++step) {
            const QPoint at = from + (to - from) * step / 4;
            QMouseEvent move(QEvent::MouseMove, at, canvas->mapToGlobal(at), Qt::NoButton,
                             Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(canvas, &move);
        }
        QTest::mouseRelease(canvas, Qt::LeftButton, Qt::NoModifier, to);
    }

    // Delete, and yes to what goes along.
    void removeByKey()
    {
        QTest::keyClick(canvas, Qt::Key_Delete);
        if (auto* yes = view.findChild<QPushButton*>(QStringLiteral("answerRemove")))
            QTest::mouseClick(yes, Qt::LeftButton);
    }

    template <class Widget>
    Widget* find(const char* name) const
    {
        return view.findChild<Widget*>(QString::fromLatin1(name));
    }
    QString undoText() const { return session.undoStack()->undoText(); }

    Session session;
    ContextMapView view{&session};
    Canvas* canvas = nullptr;
};

}  // namespace

class ContextMapViewTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QApplication::setPalette(paletteOf(Theme::light()));
        qunsetenv("PORTOLAN_LAYOUT_HELPER");
    }

    void draggingACardIsOneStepThatUndoTakesBack()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::string before = shown.session.document()->text();
        const QPointF stood = shown.canvas->rectOf(context("crm"))->center();
        shown.drag(shown.middleOf("crm"), shown.middleOf("crm") + QPoint(120, 160));
        QCOMPARE(shown.session.undoStack()->count(), 1);
        QVERIFY(shown.session.map().placement.at(ContextId("crm")) != (Position{32, 344}));
        shown.session.undoStack()->undo();
        QCOMPARE(shown.session.document()->text(), before);
        QCOMPARE(shown.canvas->rectOf(context("crm"))->center(), stood);
    }

    void aLargeMapIsShownBeforeItsLayoutIsFinished()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("helper"));
        QFile helper(path);
        QVERIFY(helper.open(QIODevice::WriteOnly));
        helper.write("#!/bin/sh\nexec sleep 60\n");
        helper.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        helper.close();
        qputenv("PORTOLAN_LAYOUT_HELPER", path.toUtf8());
        {
            Shown shown(ring(300));
            QVERIFY(QTest::qWaitFor(
                [&shown] {
                    const auto rect = shown.canvas->rectOf(context("c150"));
                    return rect && rect->center() != shown.canvas->rectOf(context("c7"))->center();
                },
                2500));
            QVERIFY(!shown.view.isLaidOut());
        }
        qunsetenv("PORTOLAN_LAYOUT_HELPER");
    }

    void drawingFromCardToCardAsksAndDeclares()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        shown.view.findChild<QAction*>(QStringLiteral("mapConnectMode"))->trigger();
        shown.drag(shown.middleOf("marketing"), shown.middleOf("claims"));
        auto* form = shown.find<QWidget>("relationshipForm");
        QVERIFY(form->isVisible());
        shown.find<QCheckBox>("rolePl")->setChecked(true);
        auto* role = shown.find<QComboBox>("roleDownstream");
        role->setCurrentIndex(role->findData(static_cast<int>(Role::Conformist)));
        shown.find<QLineEdit>("relationshipAdopts")->setText(QStringLiteral("1"));
        QTest::mouseClick(shown.find<QPushButton>("acceptRelationship"), Qt::LeftButton);
        QVERIFY(!form->isVisible());
        const Relationship& made = shown.session.map().relationships.back();
        QCOMPARE(made.upstream.text, std::string("marketing"));
        QCOMPARE(made.downstream.text, std::string("claims"));
        QVERIFY(made.upstreamRoles == std::vector<Role>{Role::PublishedLanguage});
        QVERIFY(made.downstreamRoles == std::vector<Role>{Role::Conformist});
        QCOMPARE(made.adopts, std::string("1"));
        QCOMPARE(shown.session.undoStack()->count(), 1);
    }

    void offersOnlyTheRolesThatMayBeDrawn()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        shown.view.findChild<QAction*>(QStringLiteral("mapConnectMode"))->trigger();
        shown.drag(shown.middleOf("marketing"), shown.middleOf("claims"));
        auto* type = shown.find<QComboBox>("relationshipType");
        auto* role = shown.find<QComboBox>("roleDownstream");
        type->setCurrentIndex(type->findData(static_cast<int>(RelationshipType::CustomerSupplier)));
        QVERIFY(!shown.find<QCheckBox>("roleOhs")->isEnabled());
        const int conformist = role->findData(static_cast<int>(Role::Conformist));
        QVERIFY(
            !role->model()->flags(role->model()->index(conformist, 0)).testFlag(Qt::ItemIsEnabled));
        type->setCurrentIndex(type->findData(static_cast<int>(RelationshipType::Partnership)));
        QVERIFY(!role->isEnabled());
        QTest::keyClick(type, Qt::Key_Escape);
        QVERIFY(!shown.find<QWidget>("relationshipForm")->isVisible());
        QCOMPARE(shown.session.undoStack()->count(), 0);
    }

    void renamesInAFieldOverTheTitleAndEscapeRestores()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const QRectF title = *shown.canvas->titleRectOf(context("claims"));
        QTest::mouseDClick(shown.canvas, Qt::LeftButton, Qt::NoModifier, title.center().toPoint());
        auto* field = shown.find<QLineEdit>("titleField");
        QVERIFY(field->isVisible());
        QCOMPARE(field->text(), QStringLiteral("Claims"));
        QVERIFY(std::abs(field->geometry().left() + 2 - title.left()) <= 1);
        QTest::keyClicks(field, QStringLiteral("Other"));
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(shown.session.map().context(ContextId("claims"))->name, std::string("Claims"));

        shown.session.select(context("claims"));
        QTest::keyClick(shown.canvas, Qt::Key_F2);
        QVERIFY(field->isVisible());
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("Claims handling"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(shown.session.map().context(ContextId("claims"))->name,
                 std::string("Claims handling"));
        QCOMPARE(shown.session.undoStack()->count(), 1);
        const int card = shown.canvas->chart().node(context("claims"));
        QCOMPARE(shown.canvas->chart().nodes[static_cast<std::size_t>(card)].title,
                 std::string("Claims handling"));
    }

    void connectsByKeyboard()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        shown.session.select(context("crm"));
        QTest::keyClick(shown.canvas, Qt::Key_C);
        QVERIFY(shown.canvas->isConnecting());
        QTest::keyClick(shown.canvas, Qt::Key_Right);
        QTest::keyClick(shown.canvas, Qt::Key_Return);
        QVERIFY(shown.find<QWidget>("relationshipForm")->isVisible());
        QTest::keyClick(shown.find<QComboBox>("relationshipType"), Qt::Key_Return);
        const Relationship& made = shown.session.map().relationships.back();
        QCOMPARE(made.upstream.text + " " + made.downstream.text, std::string("crm billing"));
    }

    void deleteRemovesTheSelection()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::size_t before = shown.session.map().relationships.size();
        shown.session.select({EntityKind::Relationship, "crm-ledger"});
        shown.removeByKey();
        QCOMPARE(shown.session.map().relationships.size(), before - 1);
        shown.session.setSelection({context("crm"), context("marketing")});
        shown.removeByKey();
        QVERIFY(!shown.session.map().context(ContextId("crm")));
        QVERIFY(!shown.session.map().context(ContextId("marketing")));
        QCOMPARE(shown.session.undoStack()->count(), 2);
    }

    void addsAContextWhereThePersonClicksAndNamesIt()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::size_t before = shown.session.map().contexts.size();
        shown.view.findChild<QAction*>(QStringLiteral("mapAddMode"))->trigger();
        const QPoint at(shown.canvas->width() / 4, shown.canvas->height() - 70);
        QTest::mouseClick(shown.canvas, Qt::LeftButton, Qt::NoModifier, at);
        QCOMPARE(shown.session.map().contexts.size(), before + 1);
        auto* field = shown.find<QLineEdit>("titleField");
        QVERIFY(field->isVisible());
        QTest::keyClicks(field, QStringLiteral("Harbour"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(shown.session.map().contexts.back().name, std::string("Harbour"));
        QVERIFY(shown.view.findChild<QAction*>(QStringLiteral("mapSelectMode"))->isChecked());
    }

    void arrangeGivesTheSelectionBackInOneStep()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        shown.session.setSelection({context("crm"), context("claims")});
        shown.view.arrange();
        QVERIFY(shown.isReady());
        QCOMPARE(shown.session.undoStack()->count(), 1);
        QVERIFY(!shown.session.map().placement.contains(ContextId("crm")));
        QVERIFY(shown.session.map().placement.contains(ContextId("billing")));
        const Point billing = shown.canvas->layout().positions[static_cast<std::size_t>(
            shown.canvas->chart().node(context("billing")))];
        QVERIFY(billing == (Point{440, 352}));
    }

    void sharesOneSelectionWithTheSession()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        QTest::mouseClick(shown.canvas, Qt::LeftButton, Qt::NoModifier, shown.middleOf("billing"));
        QVERIFY(shown.session.selection() == std::vector<EntityRef>{context("billing")});
        shown.session.select({EntityKind::DataProduct, "party-profile"});
        QVERIFY(shown.canvas->selection() == std::vector<EntityRef>{context("party-management")});
        QTest::keyClick(shown.canvas, Qt::Key_Escape);
        QVERIFY(shown.session.selection() == std::vector<EntityRef>{context("party-management")});
        QTest::keyClick(shown.canvas, Qt::Key_Escape);
        QVERIFY(shown.session.selection().empty());
    }

    void cardsThatNobodyPlacedStayWhileOthersChange()
    {
        Shown shown(R"({"portolan": 1, "name": "m", "contexts": [
            {"id": "a", "name": "A"}, {"id": "b", "name": "B"}, {"id": "c", "name": "C"}]})");
        QVERIFY(shown.isReady());
        const QPointF before = shown.canvas->rectOf(context("a"))->center();
        shown.session.apply(addContext(*shown.session.document(), "D", DomainId()));
        QVERIFY(shown.isReady());
        const std::vector<Point>& at = shown.canvas->layout().positions;
        QCOMPARE(at.size(), std::size_t(4));
        QCOMPARE(shown.canvas->rectOf(context("a"))->center(), before);
        QVERIFY(std::abs(at[3].x - at[0].x) >= 196 || std::abs(at[3].y - at[0].y) >= 74);
    }

    void saysWhatIsMissingInAnEmptyMap()
    {
        Shown shown(R"({"portolan": 1, "name": "m"})");
        QVERIFY(shown.isReady());
        auto* empty = shown.find<QWidget>("emptyContextMap");
        QVERIFY(empty->isVisible());
        QTest::mouseClick(empty->findChild<QPushButton*>(), Qt::LeftButton);
        QCOMPARE(shown.session.map().contexts.size(), std::size_t(1));
        QVERIFY(!empty->isVisible());
    }

    void menusNameWhatTheyDo()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        QContextMenuEvent event(QContextMenuEvent::Mouse, shown.middleOf("crm"),
                                shown.canvas->mapToGlobal(shown.middleOf("crm")));
        QApplication::sendEvent(shown.canvas, &event);
        auto* menu = shown.view.findChild<QMenu*>(QStringLiteral("contextMapMenu"));
        QVERIFY(menu);
        QCOMPARE(
            textsOf(*menu),
            std::string("Open|Rename|Connect to another context||Domain|Team|Big ball of mud|"
                        "Legacy|Refactor||Cut|Copy|Paste|Duplicate|Copy as text|Arrange CRM||"
                        "Focus on the selection|Hide|Show only these|Dim what is not selected||"
                        "Remove CRM|"));
        menu->close();
        QVERIFY(shown.session.selection() == std::vector<EntityRef>{context("crm")});
    }

    void aCardsMenuOffersTheFixesOfItsBadge()
    {
        Shown shown("{\"portolan\": 1, \"name\": \"m\", \"contexts\": [{\"id\": \"a\", "
                    "\"name\": \"Alone\"}]}");
        QVERIFY(shown.isReady());
        QContextMenuEvent event(QContextMenuEvent::Mouse, shown.middleOf("a"),
                                shown.canvas->mapToGlobal(shown.middleOf("a")));
        QApplication::sendEvent(shown.canvas, &event);
        auto* menu = shown.view.findChild<QMenu*>(QStringLiteral("contextMapMenu"));
        QVERIFY(menu);
        auto* fixes = menu->findChild<QMenu*>(QStringLiteral("quickFixes"));
        QVERIFY(fixes);
        fixes->popup(menu->pos());
        QCOMPARE(textsOf(*fixes), std::string("Mark Alone as standing alone|"));
        QTest::mouseClick(fixes, Qt::LeftButton, {},
                          fixes->actionGeometry(fixes->actions().front()).center());
        QVERIFY(shown.session.map().contexts[0].standsAlone);
        QCOMPARE(shown.undoText(), QStringLiteral("Mark Alone as standing alone: Alone"));
    }

    void draggingSeveralCardsIsOneStepForAll()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::string before = shown.session.document()->text();
        const Point crm = shown.placeOf("crm");
        const Point marketing = shown.placeOf("marketing");
        shown.session.setSelection({context("crm"), context("marketing")});
        shown.drag(shown.middleOf("crm"), shown.middleOf("crm") + QPoint(80, 160));
        QCOMPARE(shown.session.undoStack()->count(), 1);
        QCOMPARE(shown.undoText(), QStringLiteral("Move 2 contexts"));
        QVERIFY(shown.placeOf("crm") != crm);
        QCOMPARE(shown.placeOf("crm").x - crm.x, shown.placeOf("marketing").x - marketing.x);
        shown.session.undoStack()->undo();
        QCOMPARE(shown.session.document()->text(), before);
        QVERIFY(shown.placeOf("marketing") == marketing);
    }

    void doubleClickOnTheGroundAddsAContextInTheDomainThere()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::string before = shown.session.document()->text();
        const QRectF region = *shown.canvas->rectOf({EntityKind::Domain, "insights"});
        QTest::mouseDClick(shown.canvas, Qt::LeftButton, Qt::NoModifier,
                           QPoint(int(region.left()) + 4, int(region.bottom()) - 20));
        const BoundedContext& made = shown.session.map().contexts.back();
        QCOMPARE(made.name, std::string("New context"));
        QVERIFY(made.domains == std::vector<DomainId>{DomainId("insights")});
        QVERIFY(shown.find<QLineEdit>("titleField")->isVisible());
        QCOMPARE(shown.session.undoStack()->count(), 1);
        shown.session.undoStack()->undo();
        QCOMPARE(shown.session.document()->text(), before);
    }

    void drawingToNothingMakesAContextThenAsks()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::size_t before = shown.session.map().contexts.size();
        shown.find<QAction>("mapConnectMode")->trigger();
        shown.drag(shown.middleOf("claims"),
                   QPoint(shown.canvas->width() / 4, shown.canvas->height() - 70));
        QCOMPARE(shown.session.map().contexts.size(), before + 1);
        auto* form = shown.find<QWidget>("relationshipForm");
        QVERIFY(form->isVisible());
        QTest::keyClick(shown.find<QComboBox>("relationshipType"), Qt::Key_Return);
        const std::string made = shown.session.map().contexts.back().id.text;
        QCOMPARE(shown.session.map().relationships.back().downstream.text, made);
        QCOMPARE(shown.session.undoStack()->count(), 2);
        // And last its name.
        QVERIFY(shown.find<QLineEdit>("titleField")->isVisible());
        QCOMPARE(shown.find<QLineEdit>("titleField")->text(), QStringLiteral("New context"));
    }

    void aNameThatCannotBeStaysAndSaysWhy()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        shown.session.select(context("claims"));
        QTest::keyClick(shown.canvas, Qt::Key_F2);
        auto* field = shown.find<QLineEdit>("titleField");
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("  "));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(field->isVisible());
        QCOMPARE(field->text(), QStringLiteral("  "));
        auto* reason = shown.find<QLabel>("titleFieldReason");
        QVERIFY(reason->isVisible());
        QCOMPARE(reason->text(),
                 QStringLiteral("A name is empty; expected at least one character."));
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible() && !reason->isVisible());
        QCOMPARE(shown.session.map().context(ContextId("claims"))->name, std::string("Claims"));
        QCOMPARE(shown.session.undoStack()->count(), 0);
    }

    void renamesADomainInItsHeader()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const EntityRef domain{EntityKind::Domain, "finance"};
        const QRectF title = *shown.canvas->titleRectOf(domain);
        QTest::mouseDClick(shown.canvas, Qt::LeftButton, Qt::NoModifier,
                           QPoint(int(title.left()) + 10, int(title.center().y())));
        auto* field = shown.find<QLineEdit>("titleField");
        QVERIFY(field->isVisible());
        QTest::keyClicks(field, QStringLiteral("Money"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(shown.session.map().domain(DomainId("finance"))->name, std::string("Money"));
        QCOMPARE(shown.undoText(), QStringLiteral("Rename Finance to Money"));
    }

    void aNameIsShownWithoutLayingOutAnew()
    {
        Shown shown(ring(60));
        QVERIFY(QTest::qWaitFor([&] { return shown.canvas->chart().nodes.size() == 60; }, 20000));
        QVERIFY(shown.session.apply(
            renameContext(*shown.session.document(), ContextId("c5"), "Harbour")));
        QVERIFY(shown.view.isLaidOut());
        QCOMPARE(shown.canvas->chart().nodes[5].title, std::string("Harbour"));
    }

    void focusStaysOverAnEditAndEscapeLeaves()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        shown.session.select(context("billing"));
        QTest::keyClick(shown.canvas, Qt::Key_F);
        auto* focus = shown.find<QAction>("mapFocus");
        QVERIFY(focus->isChecked());
        shown.session.apply(
            renameContext(*shown.session.document(), ContextId("billing"), "Bills"));
        QVERIFY(focus->isChecked());
        QTest::keyClick(shown.canvas, Qt::Key_Escape);
        QVERIFY(!focus->isChecked());
        QVERIFY(!shown.session.selection().empty());
    }

    void copiesTheSelectionWithItsPlaces()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        shown.session.setSelection({context("claims"), {EntityKind::Relationship, "crm-ledger"}});
        QTest::keyClick(shown.canvas, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines.at(0).startsWith(QStringLiteral("Claims, bounded context of Claims")),
                 qPrintable(lines.at(0)));
        QVERIFY2(lines.at(0).endsWith(QStringLiteral("\tmap.json:31")), qPrintable(lines.at(0)));
        QVERIFY2(lines.at(1).endsWith(QStringLiteral("\tmap.json:65")), qPrintable(lines.at(1)));
    }

    void addsConnectsRenamesAndRemovesByKeysAlone()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::string before = shown.session.document()->text();
        QTest::keyClick(shown.canvas, Qt::Key_Insert);
        auto* field = shown.find<QLineEdit>("titleField");
        QVERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("Harbour"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(shown.canvas->hasFocus());
        const EntityRef made = shown.session.selection().front();
        QTest::keyClick(shown.canvas, Qt::Key_C);
        QTest::keyClick(shown.canvas, Qt::Key_Up);
        QTest::keyClick(shown.canvas, Qt::Key_Return);
        QVERIFY(shown.find<QWidget>("relationshipForm")->isVisible());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(shown.session.map().relationships.back().upstream.text, made.id);
        QVERIFY(shown.canvas->hasFocus());
        QTest::keyClick(shown.canvas, Qt::Key_Left);
        shown.session.select(made);
        shown.removeByKey();
        QVERIFY(!shown.session.map().context(ContextId(made.id)));
        QCOMPARE(shown.undoText(), QStringLiteral("Remove Harbour and 1 relationship"));
        QCOMPARE(shown.session.undoStack()->count(), 4);
        while (shown.session.undoStack()->canUndo())
            shown.session.undoStack()->undo();
        QCOMPARE(shown.session.document()->text(), before);
    }

    void namesWhatGoesAlongBeforeItIsRemoved()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::string before = shown.session.document()->text();
        shown.session.select(context("finance-ledger"));
        QTest::keyClick(shown.canvas, Qt::Key_Delete);
        QCOMPARE(shown.session.document()->text(), before);
        auto* question = shown.find<QDialog>("question");
        QVERIFY(question && question->isVisible());
        QTest::keyClick(question, Qt::Key_Escape);
        QCOMPARE(shown.session.document()->text(), before);
        QVERIFY(shown.session.map().context(ContextId("finance-ledger")));
    }

    void copiesAPartAndPastesItBesideTheOriginal()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::string before = shown.session.document()->text();
        const std::size_t contexts = shown.session.map().contexts.size();
        shown.session.setSelection({context("crm"), context("finance-ledger")});
        QTest::keyClick(shown.canvas, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("{")));
        QTest::keyClick(shown.canvas, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(shown.session.map().contexts.size(), contexts + 2);
        QVERIFY(shown.session.map().context(ContextId("crm-2")));
        QCOMPARE(shown.canvas->selection().size(), std::size_t(2));
        QTest::keyClick(shown.canvas, Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(shown.session.map().contexts.size(), contexts + 4);
        QCOMPARE(shown.session.undoStack()->count(), 2);
        QGuiApplication::clipboard()->setText(QStringLiteral("hello"));
        QTest::keyClick(shown.canvas, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(shown.session.undoStack()->count(), 2);
        while (shown.session.undoStack()->canUndo())
            shown.session.undoStack()->undo();
        QCOMPARE(shown.session.document()->text(), before);
    }

    void aCardDroppedOnAnotherDomainMovesThere()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::string before = shown.session.document()->text();
        const DomainId home = shown.session.map().context(ContextId("crm"))->domains.front();
        const DomainId other =
            shown.session.map().context(ContextId("finance-ledger"))->domains.front();
        QVERIFY(home != other);
        shown.drag(shown.middleOf("crm"), shown.middleOf("finance-ledger") + QPoint(0, 10));
        QVERIFY(shown.session.map().context(ContextId("crm"))->domains.front() == other);
        QCOMPARE(shown.session.undoStack()->count(), 1);
        shown.session.undoStack()->undo();
        QCOMPARE(shown.session.document()->text(), before);
    }

    void theDomainUnderDraggedCardsIsMarked()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const auto other = shown.session.map().context(ContextId("finance-ledger"))->domains;
        const std::optional<QRectF> box =
            shown.canvas->rectOf({EntityKind::Domain, other.front().text});
        QVERIFY(box);
        const QPoint from = shown.middleOf("crm");
        const QPoint to = shown.middleOf("finance-ledger") + QPoint(0, 10);
        // Beside the cards, inside the region: its ground.
        const QPoint ground = QPointF(box->left() + 5, box->center().y()).toPoint();
        const auto look = [&] { return shown.canvas->grab().toImage().pixelColor(ground); };
        const QColor plain = look();
        QTest::mousePress(shown.canvas, Qt::LeftButton, Qt::NoModifier, from);
        const auto moveTo = [&](const QPoint& at) {
            QMouseEvent move(QEvent::MouseMove, at, shown.canvas->mapToGlobal(at), Qt::NoButton,
                             Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(shown.canvas, &move);
        };
        moveTo(from + QPoint(24, 0));
        QVERIFY(look() == plain);  // in its own domain
        moveTo(to);
        const QColor marked = look();
        moveTo(from + QPoint(24, 0));
        QVERIFY(look() == plain);
        moveTo(to);
        QVERIFY(look() == marked);
        QTest::keyClick(shown.canvas, Qt::Key_Escape);
        QVERIFY(look() == plain);
        QTest::mouseRelease(shown.canvas, Qt::LeftButton, Qt::NoModifier, to);
        QCOMPARE(shown.session.undoStack()->count(), 0);

        QVERIFY(shown.session.apply(lockPlacement(*shown.session.document(), true)));
        QTRY_VERIFY(shown.session.map().isPlacementLocked);
        QTest::mousePress(shown.canvas, Qt::LeftButton, Qt::NoModifier, from);
        moveTo(from + QPoint(24, 0));
        moveTo(to);
        const QColor unmarked = look();  // locked: nothing will move there
        const QColor accent = themeOf(*shown.canvas).accent;
        QVERIFY(marked != unmarked);
        QVERIFY(std::abs(marked.redF() - (0.12F * accent.redF() + 0.88F * unmarked.redF())) <
                0.02F);
        QTest::mouseRelease(shown.canvas, Qt::LeftButton, Qt::NoModifier, to);
        QCOMPARE(shown.session.undoStack()->count(), 1);
    }

    void alignsCardsAndSetsWhatTheyShare()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::string before = shown.session.document()->text();
        shown.session.setSelection({context("crm"), context("finance-ledger"), context("billing")});
        const double left = std::min({shown.placeOf("crm").x, shown.placeOf("finance-ledger").x,
                                      shown.placeOf("billing").x});
        QMenu* menu = shown.menuByKeys();
        QVERIFY(menu);
        auto* align = menu->findChild<QMenu*>(QStringLiteral("alignMenu"));
        QVERIFY(align);
        align->actions().front()->trigger();
        QCOMPARE(shown.session.undoStack()->count(), 1);
        QCOMPARE(shown.placeOf("finance-ledger").x, left);
        for (QAction* action : menu->actions()) {
            if (action->text() == QStringLiteral("Legacy"))
                action->trigger();
        }
        QCOMPARE(shown.session.undoStack()->count(), 2);
        for (const char* id : {"crm", "finance-ledger", "billing"})
            QVERIFY(shown.session.map().context(ContextId(id))->isLegacy);
        while (shown.session.undoStack()->canUndo())
            shown.session.undoStack()->undo();
        QCOMPARE(shown.session.document()->text(), before);
    }

    void removingDifferentThingsIsOneStep()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        const std::string before = shown.session.document()->text();
        shown.session.setSelection({context("crm"), {EntityKind::Relationship, "party-to-claims"}});
        shown.removeByKey();
        QCOMPARE(shown.session.undoStack()->count(), 1);
        QVERIFY(!shown.session.map().relationship(RelationshipId("party-to-claims")));
        shown.session.undoStack()->undo();
        QCOMPARE(shown.session.document()->text(), before);
    }

    void enterOnARelationshipChangesIt()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        shown.session.select({EntityKind::Relationship, "billing-to-ledger"});
        QTest::keyClick(shown.canvas, Qt::Key_Return);
        QVERIFY(shown.find<QWidget>("relationshipForm")->isVisible());
        shown.find<QLineEdit>("relationshipAdopts")->setText(QStringLiteral("3"));
        QTest::keyClick(shown.find<QComboBox>("relationshipType"), Qt::Key_Return);
        QCOMPARE(shown.session.map().relationship(RelationshipId("billing-to-ledger"))->adopts,
                 std::string("3"));
        QCOMPARE(shown.undoText(),
                 QStringLiteral("Change relationship of Billing and Finance Ledger"));
    }

    void declaresWhatOnlyWasObserved()
    {
        Shown shown(R"({"portolan": 1, "name": "m", "contexts": [
            {"id": "crm", "name": "CRM", "bigBallOfMud": true, "owns": {"datasets": ["db/crm.*"]}},
            {"id": "mail", "name": "Mail", "owns": {"datasets": ["db/mail.*"]}}]})");
        Estate estate;
        for (const char* path : {"crm.customers", "mail.letters"}) {
            Dataset dataset;
            dataset.instance = "db";
            dataset.path = path;
            estate.datasets.push_back(dataset);
        }
        estate.lineageEdges.push_back({DatasetIndex(0), DatasetIndex(1), {}, {}});
        shown.session.setEstate(std::make_shared<const Estate>(std::move(estate)));
        const EntityRef flow{EntityKind::Relationship, undeclaredId("crm", "mail")};
        QVERIFY(QTest::qWaitFor([&] { return shown.canvas->chart().edge(flow) >= 0; }, 8000));
        auto* button = shown.find<QPushButton>("mapDeclareButton");
        QVERIFY(!button->isVisible());
        shown.session.select(flow);
        QVERIFY(button->isVisible());
        QMenu* menu = shown.menuByKeys();
        QVERIFY(menu);
        QCOMPARE(textsOf(*menu), std::string("Declare relationship…||Focus on the selection|"
                                             "Dim what is not selected|Copy as text|"));
        menu->close();
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(shown.find<QWidget>("relationshipForm")->isVisible());
        QTest::keyClick(shown.find<QComboBox>("relationshipType"), Qt::Key_Return);
        QCOMPARE(shown.session.map().relationships.size(), std::size_t(1));
        const Relationship& made = shown.session.map().relationships.front();
        QCOMPARE(made.upstream.text + " " + made.downstream.text, std::string("crm mail"));
        QVERIFY(made.downstreamRoles == std::vector<Role>{Role::AnticorruptionLayer});
    }

    void whatCanBeFocusedHasAName()
    {
        Shown shown;
        QVERIFY(shown.isReady());
        for (const QWidget* widget : shown.view.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     qPrintable(widget->objectName()));
        }
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::ContextMapViewTest)
#include "context_map_view_test.moc"
