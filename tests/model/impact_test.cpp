// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/impact.h"

#include "model/chart/impact_table.h"
#include "model/chart/table_export.h"
#include "model/estate/estate_builder.h"
#include "tests/support/lineage_world.h"

namespace portolan {
namespace {

const std::string lines = "crm.raw.email -> party.core.email by match\n"
                          "crm.raw.name  -> party.core.name by match\n"
                          "crm.raw.state ~> party.core by match [FILTER]\n"
                          "party.core.email -> party.profile.email by publish\n"
                          "party.core.name  -> party.profile.name by publish\n"
                          "party.profile.email -> mail.list.address by send\n"
                          "party.profile.name  -> claims.intake.claimant by accept\n"
                          "claims.intake -> lake.copy by copy\n"
                          "lake.copy.x -> lake.report.x by report\n";

const std::string members =
    "'teams': [{'id': 't', 'name': 'Mail team'}], 'contexts': ["
    "{'id': 'crm', 'name': 'CRM', 'owns': {'datasets': ['postgres://db/crm.*']}},"
    "{'id': 'party', 'name': 'Party', 'owns': {'datasets': ['postgres://db/party.*']}},"
    "{'id': 'claims', 'name': 'Claims', 'owns': {'datasets': ['postgres://db/claims.*']}},"
    "{'id': 'mail', 'name': 'Mail', 'team': 't', 'owns': {'datasets': ['postgres://db/mail.*']}},"
    "{'id': 'alone', 'name': 'Alone'}],"
    "'products': [{'id': 'profile', 'name': 'Profile', 'context': 'party',"
    " 'ports': [{'type': 'table', 'dataset': 'postgres://db/party.profile'}]},"
    " {'id': 'other', 'name': 'Other', 'context': 'alone'}],"
    "'routes': [{'id': 'r', 'name': 'Profile to mail', 'from': ['profile'], 'to': 'mail'}]";

Impact impactOf(const LineageWorld& world, const EntityRef& entity)
{
    return impactOf(
        world.index, world.map, world.ownership, world.published,
        impactSubject(entity, world.map, world.estate(), world.ownership, world.published));
}

// "context Mail field 3; ..." of one kind.
std::string rowsOf(const Impact& impact, ImpactRow::Kind kind)
{
    std::string text;
    for (const ImpactRow& row : impact.rows) {
        if (row.kind == kind)
            text += (text.empty() ? "" : "; ") + row.name + " " + std::string(toString(row.reads)) +
                    " " + std::to_string(row.hops);
    }
    return text;
}

}  // namespace

class ImpactTest : public QObject {
    Q_OBJECT

private slots:
    void tellsWhoReadsTheFieldFromWhoSitsDownstream()
    {
        const LineageWorld world(lines, members);
        const Impact impact = impactOf(world, world.column("crm.raw.email"));
        QCOMPARE(rowsOf(impact, ImpactRow::Kind::Context),
                 "CRM field 0; Party field 1; Mail field 3; Claims downstream 3");
        QCOMPARE(rowsOf(impact, ImpactRow::Kind::Dataset),
                 "party.core field 1; party.profile field 2; mail.list field 3; "
                 "claims.intake downstream 3; lake.copy downstream 4; lake.report downstream 5");
        QCOMPARE(rowsOf(impact, ImpactRow::Kind::Product), "Profile field 2");
        QCOMPARE(impact.productsUntouched, std::size_t(1));
        QCOMPARE(impact.contextsUntouched, std::size_t(1));
    }

    void whatNoColumnLineageTellsIsUnknownAndSoIsAllBehindIt()
    {
        const LineageWorld world(lines, members);
        const Impact impact = impactOf(world, world.column("crm.raw.name"));
        QCOMPARE(rowsOf(impact, ImpactRow::Kind::Dataset),
                 "party.core field 1; party.profile field 2; claims.intake field 3; "
                 "lake.copy unknown 4; lake.report unknown 5; mail.list downstream 3");
    }

    void theWayThatIsShownCarriesTheField()
    {
        const LineageWorld world(
            "a.x.k -> a.long.k\n a.long.k -> a.end.k\n a.x.other -> a.end.other", members);
        const Impact impact = impactOf(world, world.column("a.x.k"));
        QCOMPARE(rowsOf(impact, ImpactRow::Kind::Dataset), "a.long field 1; a.end field 2");
        QCOMPARE(impact.rows.back().path.size(), std::size_t(3));
    }

    void aFilterOnlyInfluences()
    {
        const LineageWorld world(lines, members);
        const Impact impact = impactOf(world, world.column("crm.raw.state"));
        QVERIFY(rowsOf(impact, ImpactRow::Kind::Dataset)
                    .starts_with("party.core influence 1; party.profile influence 2;"));
    }

    void ofAWholeDatasetWhoeverReadsItIsHit()
    {
        const LineageWorld world(lines, members);
        const Impact impact = impactOf(world, world.dataset("claims.intake"));
        QCOMPARE(rowsOf(impact, ImpactRow::Kind::Dataset),
                 "lake.copy field 1; lake.report unknown 2");
    }

    void namesTheProductTheRouteAndTheTeam()
    {
        const LineageWorld world(lines, members);
        for (const ImpactRow& row : impactOf(world, world.column("crm.raw.email")).rows) {
            if (row.id != "mail")
                continue;
            QCOMPARE(row.product.text, "profile");
            QCOMPARE(row.route.text, "r");
            QCOMPARE(row.team, "Mail team");
            QCOMPARE(row.path.size(), std::size_t(4));
            return;
        }
        QFAIL("Mail is not hit");
    }

    void findsColumnsByWords()
    {
        const LineageWorld world(lines, members);
        const auto count = [&](const char* words) {
            return columnsWhere(words, world.estate(), world.ownership).columns.size();
        };
        QCOMPARE(count("email"), std::size_t(3));
        QCOMPARE(count("email owner:crm"), std::size_t(1));
        QCOMPARE(count("email -owner:crm"), std::size_t(2));
        QCOMPARE(count("dataset:party name:name"), std::size_t(2));
        QCOMPARE(count(""), std::size_t(0));
        QCOMPARE(count("jurisdiction:de"), std::size_t(0));
    }

    void findsColumnsByWhatASourceStatesOfThem()
    {
        EstateBuilder builder;
        const SourceIndex source = builder.source({});
        const Evidence evidence = builder.evidence(source, 1);
        const DatasetIndex raw = builder.dataset("postgres", "db", "crm.raw", evidence);
        builder.column(raw, "phone", "text", evidence);
        builder.fact(
            Claim{ClaimAbout::Dataset, "postgres://db/crm.raw", "jurisdiction", "DE", evidence});
        const Estate estate = builder.take();
        const EstateOwnership ownership = ownershipOf({}, estate);
        QCOMPARE(columnsWhere("jurisdiction:de phone", estate, ownership).columns.size(),
                 std::size_t(1));
        QCOMPARE(columnsWhere("jurisdiction:fr phone", estate, ownership).columns.size(),
                 std::size_t(0));
    }

    void isATableForPeople()
    {
        const LineageWorld world(lines, members);
        const ChartTable table =
            impactTable(impactOf(world, world.dataset("party.profile")), world.map, world.estate());
        QCOMPARE(toMarkdown(table).substr(0, 71),
                 "| Kind | Who | Owner | Reads | By contract | Route | Through | Hops |\n|");
        const std::vector<std::string> mail = {"context",
                                               "Mail",
                                               "Mail team",
                                               "reads a changed field",
                                               "Profile, no contract",
                                               "Profile to mail",
                                               "party.profile → mail.list",
                                               "1"};
        const auto row =
            std::find_if(table.rows.begin(), table.rows.end(),
                         [](const ChartTable::Row& one) { return one.cells[1] == "Mail"; });
        QVERIFY(row->cells == mail);
    }

    void markdownIsEscaped()
    {
        ChartTable table;
        table.columns = {"a"};
        table.rows.push_back({{}, {"# <b>x|y</b>\n[link](http)"}});
        QCOMPARE(toMarkdown(table),
                 "| a |\n| --- |\n| \\# \\<b\\>x\\|y\\</b\\> \\[link\\](http) |\n");
    }

    void aWorkbookIsAZipWithItsText()
    {
        ChartTable table;
        table.columns = {"Who"};
        table.rows.push_back({{}, {"=1+1"}});
        const Result<std::string> bytes = toXlsx(table, "Impact: a/b");
        QVERIFY(bytes.has_value());
        QVERIFY(bytes->starts_with("PK\x03\x04"));
        QVERIFY(bytes->find("xl/worksheets/sheet1.xml") != std::string::npos);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ImpactTest)
#include "impact_test.moc"
