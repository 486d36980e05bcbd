// SPDX-License-Identifier: Apache-2.0
// Lineage as a person uses it: chosen from outside, expanded by chips and keys, its columns opened, a way asked for, rolled up.
#include "ui/views/lineage/lineage_view.h"

#include "tests/support/estate_text.h"
#include "tests/support/text_output.h"
#include "ui/base/message_band.h"
#include "ui/canvas/legend_row.h"
#include "ui/canvas/table_painter.h"
#include "ui/session/session.h"
#include "ui/views/lineage/impact_page.h"
#include "ui/views/lineage/lineage_row_model.h"

#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

namespace portolan::ui {
namespace {

const std::string lines = "crm.raw.no       -> party.core.id by match\n"
                          "crm.raw.name     -> party.core.legal_name by match [TRANSFORMATION]\n"
                          "party.core.id    -> party.profile.id by publish\n"
                          "party.profile.id -> claims.intake.claimant by accept\n"
                          "claims.intake.claimant -> lake.copy.claimant by copy\n";

const std::string map =
    "{'portolan': 1, 'name': 'Test', 'domains': [{'id': 'people', 'name': 'People'}], 'contexts': ["
    "{'id': 'crm', 'name': 'CRM', 'domain': 'people', 'owns': {'datasets': ['*/crm.*']}},"
    "{'id': 'party', 'name': 'Party', 'domain': 'people', 'owns': {'datasets': ['*/party.*']}},"
    "{'id': 'claims', 'name': 'Claims', 'owns': {'datasets': ['*/claims.*']}}]}";

EntityRef dataset(const std::string& path)
{
    return {EntityKind::Dataset, "postgres://db/" + path};
}

EntityRef column(const std::string& path, const std::string& name)
{
    return {EntityKind::Column, dataset(path).id + "#" + name};
}

class Shown {
public:
    Shown()
    {
        std::string text = map;
        std::replace(text.begin(), text.end(), '\'', '"');
        auto document = MapDocument::read(text, "map.json");
        if (document)
            session.setMap(std::move(*document), {});
        session.setEstate(estateFrom(lines));
        view.resize(1300, 900);
        view.show();
        (void)QTest::qWaitForWindowActive(&view);
        view.canvas()->setFocus();
        settle();
    }

    void settle()
    {
        QVERIFY(QTest::qWaitFor([this] { return view.isLaidOut(); }, 8000));
        QTest::qWait(1);
    }
    void choose(const EntityRef& entity)
    {
        session.select(entity);
        settle();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(view.canvas(), key, modifiers);
        settle();
    }
    void click(const QPointF& chartPoint)
    {
        QTest::mouseClick(view.canvas(), Qt::LeftButton, {},
                          view.canvas()->toWidget(chartPoint).toPoint());
        settle();
    }
    QRectF tableRect(const EntityRef& entity) const
    {
        const Chart& chart = view.canvas()->chart();
        const auto node = static_cast<std::size_t>(chart.node(entity));
        const Point at = view.canvas()->layout().positions[node];
        return {QPointF(at.x, at.y), sizeOf(chart.nodes[node])};
    }
    const ChartNode& nodeOf(const EntityRef& entity) const
    {
        const Chart& chart = view.canvas()->chart();
        return chart.nodes[static_cast<std::size_t>(chart.node(entity))];
    }
    bool shows(const EntityRef& entity) const { return view.canvas()->chart().node(entity) >= 0; }
    const std::vector<LineageRow>& rows() const
    {
        return view.findChild<LineageRowModel*>()->rows();
    }

    Session session;
    LineageView view{&session};
};

}  // namespace

class LineageViewTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhatToDoWhileNothingIsChosen()
    {
        const Shown shown;
        auto* empty = shown.view.findChild<QWidget*>(QStringLiteral("emptyLineage"));
        QVERIFY(empty->isVisible());
        QVERIFY(shown.view.canvas()->chart().nodes.empty());
    }

    void opensOnTheSelectionOneHopUpAndTwoDown()
    {
        Shown shown;
        shown.choose(dataset("party.core"));
        QVERIFY(shown.shows(dataset("crm.raw")));
        QVERIFY(shown.shows(dataset("claims.intake")));
        QVERIFY(!shown.shows(dataset("lake.copy")));
        QCOMPARE(shown.rows().size(), std::size_t(2));
    }

    void aChipShowsTheNextHop()
    {
        Shown shown;
        shown.choose(dataset("party.core"));
        const EntityRef last = dataset("claims.intake");
        QCOMPARE(shown.nodeOf(last).after, 1);
        shown.click(afterChip(shown.nodeOf(last), shown.tableRect(last)).center());
        QVERIFY(shown.shows(dataset("lake.copy")));
    }

    void rightAtTheBorderShowsTheNextHop()
    {
        Shown shown;
        shown.choose(dataset("party.core"));
        shown.choose(dataset("claims.intake"));
        QVERIFY(shown.shows(dataset("crm.raw")));  // what is in the picture is only selected
        shown.key(Qt::Key_Right);
        QVERIFY(shown.shows(dataset("lake.copy")));
    }

    void hopsAreAskedForInTheBar()
    {
        Shown shown;
        shown.choose(dataset("party.core"));
        shown.view.findChild<QSpinBox*>(QStringLiteral("lineageUp"))->setValue(0);
        shown.view.findChild<QSpinBox*>(QStringLiteral("lineageDown"))->setValue(3);
        shown.settle();
        QVERIFY(!shown.shows(dataset("crm.raw")));
        QVERIFY(shown.shows(dataset("lake.copy")));
    }

    void columnsAreClickedAndTheirWayIsInked()
    {
        Shown shown;
        shown.choose(dataset("party.core"));
        shown.key(Qt::Key_K);
        const EntityRef core = dataset("party.core");
        QCOMPARE(shown.nodeOf(core).rows.size(), std::size_t(2));
        shown.click(rowRect(shown.tableRect(core), 0).center());
        QVERIFY(shown.session.selection().front() == column("party.core", "id"));
        QVERIFY(shown.shows(core));
        // Up one, down three: the whole way of the column.
        QCOMPARE(shown.rows().size(), std::size_t(4));
        QCOMPARE(shown.rows().front().fromName, "crm.raw.no");
        QCOMPARE(shown.rows().front().kind, "");  // nobody says how
        shown.click(rowRect(shown.tableRect(core), 1).center());
        QCOMPARE(shown.rows().front().kind, "transformation");
    }

    void rowsAreWalkedByKeys()
    {
        Shown shown;
        shown.choose(dataset("party.core"));
        shown.key(Qt::Key_K);
        shown.key(Qt::Key_Down);
        QVERIFY(shown.session.selection().front() == column("party.core", "id"));
        shown.key(Qt::Key_Down);
        QVERIFY(shown.session.selection().front() == column("party.core", "legal_name"));
        shown.key(Qt::Key_Left);
        QVERIFY(shown.session.selection().front() == column("crm.raw", "name"));
        shown.key(Qt::Key_Up);
        shown.key(Qt::Key_Up);
        QVERIFY(shown.session.selection().front() == dataset("crm.raw"));
        shown.key(Qt::Key_Down, Qt::AltModifier);
        QVERIFY(shown.session.selection().front() == dataset("party.core"));
    }

    void aPinnedCardStaysWhenAnotherIsStartedFrom()
    {
        Shown shown;
        shown.choose(dataset("crm.raw"));
        shown.key(Qt::Key_P);
        QVERIFY(shown.nodeOf(dataset("crm.raw")).isPinned);
        shown.choose(dataset("lake.copy"));
        QVERIFY(shown.shows(dataset("crm.raw")));
        shown.choose(dataset("crm.raw"));
        shown.key(Qt::Key_P);
        shown.choose(dataset("lake.copy"));
        shown.key(Qt::Key_S);
        QVERIFY(!shown.shows(dataset("crm.raw")));
    }

    void asksForTheWaysBetweenTwo()
    {
        Shown shown;
        shown.choose(dataset("crm.raw"));
        shown.key(Qt::Key_T);
        shown.choose(dataset("lake.copy"));
        auto* ways = shown.view.findChild<QListWidget*>(QStringLiteral("lineageWays"));
        QVERIFY(ways->isVisible());
        QCOMPARE(ways->count(), 2);
        QCOMPARE(
            ways->item(1)->text().toStdString(),
            "4 hops: crm.raw  →  party.core  →  party.profile  →  claims.intake  →  lake.copy");
        QCOMPARE(shown.view.picture().shown, std::size_t(5));
        shown.key(Qt::Key_Escape);
        QVERIFY(!ways->isVisible());
        QVERIFY(shown.view.picture().shown < 5);
    }

    void saysThatNoWayLeadsThere()
    {
        Shown shown;
        shown.choose(column("crm.raw", "name"));
        shown.key(Qt::Key_T);
        shown.choose(column("lake.copy", "claimant"));
        auto* band = shown.view.findChild<QWidget*>(QStringLiteral("lineageBand"));
        QVERIFY(band->isVisible());
        QVERIFY(shown.view.scope().paths.empty());
    }

    void walksTheCrossingsWithoutAContract()
    {
        Shown shown;
        shown.choose(dataset("party.core"));
        shown.key(Qt::Key_N);
        QVERIFY(!shown.view.canvas()->selection().empty());
        QVERIFY(isStandInId(shown.view.canvas()->selection().front().id));
        const EntityRef first = shown.view.canvas()->selection().front();
        shown.key(Qt::Key_N);
        QVERIFY(shown.view.canvas()->selection().front() != first);
        shown.key(Qt::Key_N, Qt::ShiftModifier);
        QVERIFY(shown.view.canvas()->selection().front() == first);
        QVERIFY(!shown.rows().empty());
    }

    void rollsUpToContextsAndOpensThemAgain()
    {
        Shown shown;
        shown.choose(dataset("party.core"));
        for (QAction* action : shown.view.findChildren<QAction*>()) {
            if (action->text() == QStringLiteral("Contexts"))
                action->trigger();
        }
        shown.settle();
        const EntityRef party{EntityKind::BoundedContext, "party"};
        QVERIFY(shown.shows(party));
        QCOMPARE(shown.nodeOf(party).secondary, "2 datasets");
    }

    void saysWhoIsHitAndGoesThere()
    {
        Shown shown;
        shown.choose(column("party.core", "legal_name"));
        shown.key(Qt::Key_T, Qt::ControlModifier);
        const ImpactPage& page = *shown.view.impact();
        QTRY_VERIFY(page.isReady() && !page.table().rows.empty());
        QCOMPARE(
            page.sentence().toStdString(),
            "A change of 1 column hits 1 context, of which 0 read what changes; 0 products are "
            "not touched.");
        shown.session.select(column("party.core", "id"));
        QTRY_VERIFY(page.isReady() && page.sentence().contains(QStringLiteral("1 reads")));
        auto* rows = shown.view.findChild<QTableView*>(QStringLiteral("impactRows"));
        auto* filter = shown.view.findChild<QLineEdit*>(QStringLiteral("impactFilter"));
        QTest::keyClicks(filter, QStringLiteral("lake.copy"));
        QCOMPARE(rows->model()->rowCount(), 1);
        rows->setCurrentIndex(rows->model()->index(0, 0));
        QTest::keyClick(rows, Qt::Key_Return);
        QVERIFY(shown.session.selection().front() == dataset("lake.copy"));
        QVERIFY(shown.view.canvas()->isVisible());
    }

    void saysWhoIsHitByAllColumnsThatAnswerWords()
    {
        Shown shown;
        shown.key(Qt::Key_T, Qt::ControlModifier);
        auto* where = shown.view.findChild<QLineEdit*>(QStringLiteral("impactWhere"));
        QTest::keyClicks(where, QStringLiteral("owner:crm"));
        QTest::keyClick(where, Qt::Key_Return);
        const ImpactPage& page = *shown.view.impact();
        QTRY_VERIFY(page.isReady() && !page.table().rows.empty());
        QVERIFY(
            page.sentence().startsWith(QStringLiteral("A change of 2 columns hits 2 contexts")));
    }

    void marksWhatIsNewSinceATime()
    {
        Shown shown;
        shown.choose(dataset("party.core"));
        shown.view.compareWith(estateFrom("crm.raw.no -> party.core.id by match\n"
                                          "gone.x -> party.core by match"),
                               QStringLiteral("2026-11-01"));
        auto* band = shown.view.findChild<MessageBand*>(QStringLiteral("lineageBand"));
        QTRY_VERIFY(band->text().startsWith(QStringLiteral("Since 2026-11-01: new 3 datasets")));
        QTRY_VERIFY(shown.nodeOf(dataset("party.profile")).change == ChartChange::Added);
        QVERIFY(shown.nodeOf(dataset("party.core")).change == ChartChange::Changed);
        QVERIFY(shown.nodeOf(dataset("crm.raw")).change != ChartChange::Added);
        shown.view.compareWith(nullptr, {});
        QTRY_VERIFY(shown.nodeOf(dataset("party.profile")).change == ChartChange::None);
    }

    void theLegendSpeaksOfLineage()
    {
        Shown shown;
        shown.choose(dataset("party.core"));
        const std::string words = shown.view.findChild<LegendRow*>()->text().toStdString();
        QCOMPARE(words, "data flows; crosses a border, no contract; job; table; more hops");
    }

    void anotherEstateIsReadAndWhatIsGoneIsSaid()
    {
        Shown shown;
        shown.choose(dataset("party.core"));
        shown.session.setEstate(estateFrom("a.x -> a.y"));
        QTRY_VERIFY(shown.view.canvas()->chart().nodes.empty());
        auto* empty = shown.view.findChild<QWidget*>(QStringLiteral("emptyLineage"));
        QVERIFY(empty->isVisible());
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::LineageViewTest)
#include "lineage_view_test.moc"
