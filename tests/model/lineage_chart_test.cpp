// SPDX-License-Identifier: Apache-2.0
#include "model/chart/lineage_chart.h"

#include "tests/support/lineage_world.h"

namespace portolan {
namespace {

const std::string lines = "crm.raw.no       -> party.core.id by match\n"
                          "crm.raw.name     -> party.core.legal_name by match\n"
                          "party.core.id    -> party.tmp__dbt_tmp.id by publish\n"
                          "party.tmp__dbt_tmp.id -> party.profile.id by publish\n"
                          "party.profile.id -> claims.intake.claimant by accept\n"
                          "crm.raw.optin    -> mail.audience.opt_in by peek\n"
                          "claims.intake    -> lake.copy by copy\n";

const std::string members =
    "'domains': [{'id': 'people', 'name': 'People', 'code': 'PE'}],\n"
    "'contexts': [\n"
    "{'id': 'crm', 'name': 'CRM', 'domain': 'people', 'legacy': true, 'owns': {'datasets': ['postgres://db/crm.*']}},\n"
    "{'id': 'party', 'name': 'Party', 'domain': 'people', 'owns': {'datasets': ['postgres://db/party.*']}},\n"
    "{'id': 'claims', 'name': 'Claims', 'owns': {'datasets': ['postgres://db/claims.*']}},\n"
    "{'id': 'mail', 'name': 'Mail', 'owns': {'datasets': ['postgres://db/mail.*']}}],\n"
    "'products': [{'id': 'profile', 'name': 'Profile', 'context': 'party',\n"
    "'ports': [{'type': 'table', 'dataset': 'postgres://db/party.profile'}]}]\n";

LineagePicture pictureOf(const LineageWorld& world, const LineageScope& scope)
{
    const LineageRollUp rollUp(world.index, world.map, world.ownership, scope.grain);
    return lineageChart({rollUp, world.map, world.ownership, world.published}, scope);
}

std::string textOf(const LineageWorld& world, const LineageScope& scope)
{
    return toText(pictureOf(world, scope).chart);
}

LineageScope scopeOf(const EntityRef& root)
{
    LineageScope scope;
    scope.roots = {root};
    scope.down = 1;
    return scope;
}

}  // namespace

class LineageChartTest : public QObject {
    Q_OBJECT

private slots:
    void showsOneHopEachWayWithTheJobsBetween()
    {
        const LineageWorld world(lines, members);
        QCOMPARE(textOf(world, scopeOf(world.dataset("party.core"))),
                 "region PE Party, hue 0\n"
                 "region PE CRM, legacy, hue 0\n"
                 "table party.core in Party\n"
                 "table crm.raw +0/+1 in CRM\n"
                 "table party.tmp__dbt_tmp +0/+1 in Party\n"
                 "job publish in Party\n"
                 "job match {1 warning}\n"
                 "edge party.core [] plain [] publish\n"
                 "edge publish [] plain> [] party.tmp__dbt_tmp\n"
                 "edge crm.raw [] undeclared [] match\n"
                 "edge match [] undeclared> [] party.core \"no contract\"\n");
    }

    void countsWhatIsShownOfWhatIsReached()
    {
        const LineageWorld world(lines, members);
        const LineagePicture picture = pictureOf(world, scopeOf(world.dataset("party.core")));
        QCOMPARE(picture.shown, std::size_t(3));
        QCOMPARE(picture.reachable, std::size_t(6));  // not mail.audience: it is beside the way
        QVERIFY(!picture.isCut);
    }

    void jobsCanBeWordsOnTheEdges()
    {
        const LineageWorld world(lines, members);
        LineageScope scope = scopeOf(world.dataset("party.core"));
        scope.showsJobs = false;
        const std::string text = textOf(world, scope);
        QVERIFY(text.find("job ") == std::string::npos);
        QVERIFY(text.find("edge party.core [] plain> [] party.tmp__dbt_tmp \"publish\"\n") !=
                std::string::npos);
    }

    void whatToolsMakeIsHiddenAndTheEdgeAcrossImplied()
    {
        const LineageWorld world(lines, members);
        LineageScope scope = scopeOf(world.dataset("party.core"));
        scope.hidesInternal = true;
        const LineagePicture picture = pictureOf(world, scope);
        const std::string text = toText(picture.chart);
        QVERIFY(text.find("tmp") == std::string::npos);
        QVERIFY(text.find("edge party.core [] implied> [] party.profile \"via 1 internal\"\n") !=
                std::string::npos);
        QCOMPARE(picture.internal, std::size_t(1));
    }

    void columnsAreRowsWithLinksInPlaceOfEdges()
    {
        const LineageWorld world(lines, members);
        LineageScope scope = scopeOf(world.dataset("party.core"));
        scope.down = 0;
        scope.showsColumns = true;
        QCOMPARE(textOf(world, scope),
                 "region PE Party, hue 0\n"
                 "region PE CRM, legacy, hue 0\n"
                 "table party.core +0/+1 in Party\n"
                 "  id\n"
                 "  legal_name\n"
                 "table crm.raw +0/+1 in CRM\n"
                 "  no\n"
                 "  name\n"
                 "  optin\n"
                 "job match {1 warning}\n"
                 "edge crm.raw [] behind [] match\n"
                 "edge match [] behind> [] party.core\n"
                 "link crm.raw.no -> party.core.id by match, warned\n"
                 "link crm.raw.name -> party.core.legal_name by match, warned\n");
    }

    void aSelectedColumnHasRowsAlongItsWayInClosedTables()
    {
        const LineageWorld world(lines, members);
        LineageScope scope = scopeOf(world.column("party.core.id"));
        scope.columns = {world.column("party.core.id")};
        const std::string text = textOf(world, scope);
        QVERIFY(text.find("table party.core in Party\n  id\n  1 more column\n") !=
                std::string::npos);
        QVERIFY(text.find("  no\n  2 more columns\n") != std::string::npos);
        QVERIFY(text.find("link party.core.id -> party.tmp__dbt_tmp.id by publish\n") !=
                std::string::npos);
    }

    void manyColumnsShowThoseThatAreLinkedFirst()
    {
        std::string wide = "a.wide.k9 -> a.next.k9\n";
        for (int i = 0; i < 9; ++i)
            wide = "a.wide.c" + std::to_string(i) + "\n" + wide;
        const LineageWorld world(wide, "'contexts': []");
        LineageScope scope = scopeOf(world.dataset("a.wide"));
        scope.showsColumns = true;
        const std::string text = textOf(world, scope);
        QVERIFY(text.find("  k9\n  4 more columns\n") != std::string::npos);
        scope.allRows = {world.dataset("a.wide")};
        QVERIFY(textOf(world, scope).find("more") == std::string::npos);
    }

    void expandsOneCardByAHopOrAllTheWay()
    {
        const LineageWorld world(lines, members);
        LineageScope scope = scopeOf(world.dataset("party.profile"));
        scope.up = 0;
        scope.moreDown = {world.dataset("claims.intake")};
        QCOMPARE(pictureOf(world, scope).shown, std::size_t(3));
        scope.allUp = {world.dataset("party.profile")};
        QCOMPARE(pictureOf(world, scope).shown, std::size_t(6));
    }

    void pinnedCardsStay()
    {
        const LineageWorld world(lines, members);
        LineageScope scope = scopeOf(world.dataset("crm.raw"));
        scope.up = scope.down = 0;
        scope.pinned = {world.dataset("lake.copy")};
        QVERIFY(textOf(world, scope).find("table lake.copy +1/+0, pinned\n") != std::string::npos);
    }

    void showsOnlyThePathsAskedFor()
    {
        const LineageWorld world(lines, members);
        LineageScope scope = scopeOf(world.dataset("crm.raw"));
        scope.showsJobs = false;
        scope.paths = {{world.dataset("crm.raw"), world.dataset("party.core")}};
        const LineagePicture picture = pictureOf(world, scope);
        QCOMPARE(picture.shown, std::size_t(2));
        QCOMPARE(picture.chart.edges.size(), std::size_t(1));
    }

    void rollsUpToContextsAndCanBeOpened()
    {
        const LineageWorld world(lines, members);
        LineageScope scope = scopeOf({EntityKind::BoundedContext, "party"});
        scope.grain = LineageGrain::Contexts;
        const LineagePicture picture = pictureOf(world, scope);
        const Chart& chart = picture.chart;
        QVERIFY(toText(chart).find("card Party (3 datasets)\n") != std::string::npos);
        for (std::size_t i = 0; i < chart.edges.size(); ++i)
            QVERIFY(!picture.flows[i].edges.empty());
    }

    void tellsACrossingWithAContractFromOneWithout()
    {
        const LineageWorld world(lines, members);
        LineageScope scope = scopeOf(world.dataset("party.core"));
        scope.showsJobs = false;
        scope.up = 1;
        scope.down = 3;
        // The port of the profile has no contract: nothing promises what is read there.
        for (const ShownCrossing& crossing : pictureOf(world, scope).crossings)
            QVERIFY(!crossing.hasContract);
        QCOMPARE(pictureOf(world, scope).crossings.size(), std::size_t(2));
    }

    void aThingThatNothingWasSeenOfIsAnEmptyChart()
    {
        const LineageWorld world(lines, members);
        QVERIFY(pictureOf(world, scopeOf({EntityKind::Dataset, "nothing"})).chart.nodes.empty());
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::LineageChartTest)
#include "lineage_chart_test.moc"
