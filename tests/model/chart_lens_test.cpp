// SPDX-License-Identifier: Apache-2.0
// What each lens says of each context, and that it never takes the unknown for good.
#include "model/chart/chart_lens.h"

#include "model/chart/chart_filter.h"
#include "model/chart/chart_table.h"
#include "model/chart/context_map_chart.h"
#include "model/estate/estate_builder.h"
#include "model/map/map_document.h"
#include "tests/support/text_output.h"

#include <QTest>

#include <set>

namespace portolan {
namespace {

constexpr const char* shop = R"({
  "portolan": 1, "name": "Shop",
  "domains": [{"id": "sales", "name": "Sales", "kind": "core"}, {"id": "returns", "name": "Returns", "parent": "sales"},
              {"id": "back", "name": "Back office", "kind": "generic"}, {"id": "new", "name": "New"}],
  "teams": [{"id": "b", "name": "Blue Team"}, {"id": "a", "name": "Amber Team"}, {"id": "g", "name": "Green"}],
  "contexts": [
    {"id": "orders", "name": "Orders", "domain": "sales", "team": "b", "owns": {"datasets": ["pg:**orders*"], "contracts": ["order"]}},
    {"id": "back", "name": "Returns", "domains": ["returns", "back"], "team": "b", "owns": {"datasets": ["pg:**returns*"]}},
    {"id": "bill", "name": "Billing", "domain": "back", "team": "a", "owns": {"datasets": ["pg:**bill*"]}},
    {"id": "lab", "name": "Lab", "domain": "new", "team": "nobody"},
    {"id": "shelf", "name": "Shelf", "team": "g"}],
  "products": [{"id": "order", "name": "Order", "context": "orders", "contracts": ["order"]},
               {"id": "refund", "name": "Refund", "context": "back"}],
  "routes": [{"id": "way", "from": ["order"], "to": "bill"}],
  "relationships": [
    {"id": "r1", "upstream": "orders", "downstream": "bill", "exposes": ["order"], "adopts": "1"},
    {"id": "r2", "upstream": "orders", "downstream": "lab", "exposes": ["order"], "adopts": "2"},
    {"id": "r3", "upstream": "back", "downstream": "bill"}]
})";

// Orders flow to billing, as declared, and returns to orders, which nobody declares.
Estate observed()
{
    EstateBuilder builder;
    Source source;
    source.path = "a";
    source.importedAt = "2026-03-20T10:00:00Z";
    const Evidence evidence = builder.evidence(builder.source(source), 1);
    const JobIndex bill = builder.job("jobs", "bill", evidence);
    const JobIndex back = builder.job("jobs", "give back", evidence);
    const DatasetIndex orders = builder.dataset("pg", "db", "orders", evidence);
    builder.lineage(orders, builder.dataset("pg", "db", "bill", evidence), bill, evidence);
    builder.lineage(builder.dataset("pg", "db", "returns", evidence), orders, back, evidence);
    for (const auto& [version, status] : {std::pair("1.4.0", ContractStatus::Deprecated),
                                          std::pair("2.0.0", ContractStatus::Active)}) {
        Contract contract;
        contract.id = "order";
        contract.version = version;
        contract.status = status;
        contract.contentHash = version;
        contract.evidence = evidence;
        builder.contract(contract);
    }
    Estate estate = builder.take();
    estate.jobs[bill.value].lastRun = "2026-03-14T23:10:00Z";
    estate.jobs[back.value].lastRun = "2026-03-20T04:00:00Z";
    return estate;
}

class World {
public:
    explicit World(const std::string& text = shop, Estate imported = {},
                   std::vector<Finding> found = {})
        : estate(std::move(imported)), findings(std::move(found))
    {
        Result<MapDocument> read = MapDocument::read(text, "m.json");
        if (!read)
            qFatal("%s", toText(read.error()).c_str());
        map = read->map();
        ownership = ownershipOf(map, estate);
        drift = mapDrift(map, estate, ownership);
    }
    LensSources sources() const { return {map, findings, estate, ownership, drift}; }

    // "Orders: Blue Team [BT]" of each card, then the legend with its counts.
    std::string seenThrough(Lens lens) const
    {
        Chart chart = contextMapChart(map, estate, drift, findings);
        putOn(chart, lensReading(lens, sources()), map);
        std::string lines;
        for (const ChartNode& node : chart.nodes)
            lines += node.title + ": " + node.lensWords + "\n";
        const std::vector<int> counts = lensCounts(chart);
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const LensEntry& entry = chart.lens.entries[i];
            lines += std::to_string(counts[i]) + " " + entry.words +
                     (entry.tone == LensTone::Unknown ? " ?" : "") +
                     (entry.sign.empty() ? "" : " [" + entry.sign + "]") + "\n";
        }
        return lines;
    }

    ContextMap map;
    Estate estate;
    std::vector<Finding> findings;
    EstateOwnership ownership;
    MapDrift drift;
};

Finding finding(Severity severity, EntityKind kind, const char* id)
{
    return {"r", severity, {kind, id}, "", "", "", {}, {}};
}

std::string ofTeams(int count)
{
    std::string teams;
    std::string contexts;
    for (int i = 0; i < count; ++i) {
        const std::string id = std::to_string(i);
        teams += (i > 0 ? "," : "") + ("{\"id\": \"t" + id + "\", \"name\": \"Team " + id + "\"}");
        contexts += (i > 0 ? "," : "") + ("{\"id\": \"c" + id + "\", \"name\": \"C" + id +
                                          "\", \"team\": \"t" + id + "\"}");
    }
    return "{\"portolan\": 1, \"name\": \"m\", \"teams\": [" + teams + "], \"contexts\": [" +
           contexts + "]}";
}

}  // namespace

class ChartLensTest : public QObject {
    Q_OBJECT

private slots:
    void spellingsLeadBack()
    {
        QVERIFY(lensFrom("none") == Lens::None);
        for (const Lens lens : allLenses)
            QVERIFY(lensFrom(toString(lens)) == lens);
        QVERIFY(!lensFrom("colour"));
        QCOMPARE(std::string(titleOf(Lens::Subdomain)), std::string("Subdomain kind"));
    }

    void ownersComeByFrequencyThenName()
    {
        QCOMPARE(World().seenThrough(Lens::Owner),
                 std::string("Orders: Blue Team\nReturns: Blue Team\nBilling: Amber Team\n"
                             "Lab: no team\nShelf: Green\n"
                             "2 Blue Team [BT]\n1 Amber Team [AT]\n1 Green [GR]\n1 no team ?\n"));
    }

    void theNinthOwnerIsOneOfTheOthers()
    {
        const World world(ofTeams(11));
        const LensReading reading = lensReading(Lens::Owner, world.sources());
        QCOMPARE(reading.legend.entries.size(), std::size_t(10));
        QCOMPARE(reading.legend.entries[8].words, std::string("others (3)"));
        QCOMPARE(reading.values.at("c6").entry, 7);  // "Team 10" comes before "Team 2"
        QCOMPARE(reading.values.at("c8").entry, 8);
        QCOMPARE(reading.values.at("c8").words, std::string("Team 8"));
        std::set<std::string> signs;
        for (const LensEntry& entry : reading.legend.entries)
            QVERIFY2(signs.insert(entry.sign).second, entry.sign.c_str());
    }

    void aSubdomainHasTheKindOfItsDomain()
    {
        QCOMPARE(World().seenThrough(Lens::Subdomain),
                 std::string("Orders: core\nReturns: core and generic\nBilling: generic\n"
                             "Lab: not known\nShelf: not known\n"
                             "2 core [C]\n0 supporting [S]\n1 generic [G]\n2 not known ?\n"));
    }

    void parentsInACircleAreNotKnown()
    {
        const World world(
            "{\"portolan\": 1, \"name\": \"m\", \"domains\": ["
            "{\"id\": \"a\", \"name\": \"A\", \"parent\": \"b\"}, {\"id\": \"b\", \"name\": \"B\", "
            "\"parent\": \"a\"}], \"contexts\": [{\"id\": \"c\", \"name\": \"C\", \"domain\": "
            "\"a\"}]}");
        QCOMPARE(lensReading(Lens::Subdomain, world.sources()).values.at("c").words,
                 std::string("not known"));
    }

    void findingsCountForWhomTheyConcern()
    {
        const World world(shop, {},
                          {finding(Severity::Error, EntityKind::DataProduct, "order"),
                           finding(Severity::Warning, EntityKind::BoundedContext, "orders"),
                           finding(Severity::Warning, EntityKind::Relationship, "r3"),
                           finding(Severity::Note, EntityKind::Term, "lab/order"),
                           finding(Severity::Warning, EntityKind::Route, "way"),
                           finding(Severity::Error, EntityKind::Domain, "sales")});
        QCOMPARE(world.seenThrough(Lens::Findings),
                 std::string("Orders: 1 error, 1 warning\nReturns: 1 warning\n"
                             "Billing: 2 warnings\nLab: 1 note\nShelf: no findings\n"
                             "1 with errors\n2 with warnings\n1 with notes\n1 no findings\n"));
    }

    void driftIsKnownOfWhatWasSeenOnly()
    {
        QCOMPARE(World(shop, observed()).seenThrough(Lens::Drift),
                 std::string("Orders: 1 undeclared, 1 not observed\n"
                             "Returns: 1 undeclared, 1 not observed\nBilling: 1 not observed\n"
                             "Lab: not known\nShelf: not known\n"
                             "2 has flows that nobody declares\n1 declared, not observed\n"
                             "0 as declared\n2 not known ?\n"));
    }

    void adoptionTellsTheWorstVersionInUse()
    {
        QCOMPARE(
            World(shop, observed()).seenThrough(Lens::Adoption),
            std::string("Orders: 1 of 2 deprecated\nReturns: not known\n"
                        "Billing: offers no product\nLab: offers no product\n"
                        "Shelf: offers no product\n"
                        "0 a consumer on a retired version\n"
                        "1 a consumer on a deprecated version\n0 consumers on active versions\n"
                        "3 offers no product [\xE2\x80\x93]\n1 not known ?\n"));
    }

    void observedConsumersCountToo()
    {
        Estate estate = observed();
        Adoption adoption;
        adoption.consumer = "app";
        adoption.thing = "order";
        adoption.version = "2.0.0";
        estate.adoptions.push_back(adoption);
        const World world(shop, estate);
        QCOMPARE(lensReading(Lens::Adoption, world.sources()).values.at("orders").words,
                 std::string("1 of 3 deprecated"));
    }

    void aVersionInForceIsActive()
    {
        Estate estate = observed();
        for (Contract& contract : estate.contracts)
            contract.status = ContractStatus::Active;
        const World world(shop, estate);
        const LensReading reading = lensReading(Lens::Adoption, world.sources());
        const LensValue& value = reading.values.at("orders");
        QCOMPARE(value.words, std::string("all 2 active"));
        QVERIFY(reading.legend.entries[static_cast<std::size_t>(value.entry)].tone ==
                LensTone::Good);
    }

    // Before an import nobody knows the state of a version.
    void aVersionThatNobodyKnowsIsNotActive()
    {
        const World world;
        const LensReading reading = lensReading(Lens::Adoption, world.sources());
        const LensValue& value = reading.values.at("orders");
        QCOMPARE(value.words, std::string("all 2 not known"));
        QVERIFY(reading.legend.entries[static_cast<std::size_t>(value.entry)].tone ==
                LensTone::Unknown);
    }

    void freshnessCountsDaysToTheImport()
    {
        QCOMPARE(World(shop, observed()).seenThrough(Lens::Freshness),
                 std::string("Orders: 2026-03-20, 0 days old\nReturns: not known\n"
                             "Billing: 2026-03-14, 6 days old\nLab: not known\nShelf: not known\n"
                             "0 late by a check\n0 nearly late by a check\n"
                             "1 moved within a day of the import [1d]\n1 within a week [7d]\n"
                             "0 within a month [1m]\n0 longer ago [>]\n3 not known ?\n"));
    }

    void theNewestRunOfAFreshnessCheckCounts()
    {
        Estate estate = observed();
        CheckRun run;
        run.check = "orders are fresh";
        run.type = "freshness";
        run.dataset = estate.dataset("pg://db/orders");
        QVERIFY(run.dataset.isValid());
        run.at = "2026-03-19T06:00:00Z";
        run.outcome = CheckOutcome::Failed;
        estate.checkRuns.push_back(run);
        QCOMPARE(
            lensReading(Lens::Freshness, World(shop, estate).sources()).values.at("orders").words,
            std::string("late by a check"));
        run.at = "2026-03-19T09:00:00Z";
        run.outcome = CheckOutcome::Passed;
        estate.checkRuns.push_back(run);
        QCOMPARE(
            lensReading(Lens::Freshness, World(shop, estate).sources()).values.at("orders").words,
            std::string("2026-03-20, 0 days old"));
    }

    // A check and a measurement are enough.
    void whatWasMeasuredIsKnownToBeFresh()
    {
        Estate estate = observed();
        for (Job& job : estate.jobs)
            job.lastRun.clear();
        QVERIFY(!whyEmpty(Lens::Freshness, World(shop, estate).sources()).empty());
        Observation seen;
        seen.dataset = estate.dataset("pg://db/bill");
        seen.metric = "rows";
        seen.at = "2026-02-27T09:00:00Z";
        estate.observations.push_back(seen);
        const World world(shop, estate);
        QCOMPARE(whyEmpty(Lens::Freshness, world.sources()), std::string());
        QCOMPARE(lensReading(Lens::Freshness, world.sources()).values.at("bill").words,
                 std::string("2026-02-27, 21 days old"));
    }

    void timesThatAreNoTimesAreNotKnown()
    {
        Estate estate = observed();
        for (Job& job : estate.jobs)
            job.lastRun = "2026-13-40";
        const World world(shop, estate);
        QCOMPARE(lensReading(Lens::Freshness, world.sources()).values.at("orders").words,
                 std::string("not known"));
        QCOMPARE(whyEmpty(Lens::Freshness, world.sources()),
                 std::string("Nothing that was imported says when a context's data last moved."));
    }

    void aLensWithoutDataSaysWhy()
    {
        const World bare("{\"portolan\": 1, \"name\": \"m\", \"contexts\": [{\"id\": \"c\", "
                         "\"name\": \"C\"}]}");
        QCOMPARE(whyEmpty(Lens::Owner, bare.sources()), std::string("No context has a team."));
        QCOMPARE(whyEmpty(Lens::Subdomain, bare.sources()),
                 std::string("No domain says whether it is core, supporting or generic."));
        QCOMPARE(whyEmpty(Lens::Findings, bare.sources()), std::string());
        QCOMPARE(whyEmpty(Lens::Drift, bare.sources()),
                 std::string("Nothing was imported to hold the map against."));
        QCOMPARE(whyEmpty(Lens::Adoption, bare.sources()),
                 std::string("No relationship names the version it adopts, and nothing that was "
                             "imported says who uses what."));
        const World empty("{\"portolan\": 1, \"name\": \"m\"}");
        for (const Lens lens : allLenses)
            QCOMPARE(whyEmpty(lens, empty.sources()), std::string("The map has no contexts."));
        const World full(shop, observed());
        for (const Lens lens : allLenses)
            QCOMPARE(whyEmpty(lens, full.sources()), std::string());
    }

    void aCollapsedDomainSaysWhatItsContextsSay()
    {
        const World world;
        Chart whole = contextMapChart(world.map, world.estate, world.drift, {});
        ChartFilter filter;
        filter.collapsed = {{EntityKind::Domain, "sales"}, {EntityKind::Domain, "back"}};
        Chart chart = filtered(std::move(whole), filter).chart;
        const auto card = [&](const char* domain) -> const ChartNode& {
            return chart.nodes[static_cast<std::size_t>(chart.node({EntityKind::Domain, domain}))];
        };
        putOn(chart, lensReading(Lens::Owner, world.sources()), world.map);
        QCOMPARE(card("sales").lensWords, std::string("Blue Team"));
        QCOMPARE(card("sales").lens, 0);
        putOn(chart, lensReading(Lens::Adoption, world.sources()), world.map);
        QCOMPARE(card("back").lensWords, std::string("no product"));
        const std::string mixed(
            "{\"portolan\": 1, \"name\": \"m\", \"domains\": [{\"id\": \"d\", \"name\": \"D\"}], "
            "\"teams\": [{\"id\": \"t\", \"name\": \"Tea\"}], \"contexts\": [{\"id\": \"a\", "
            "\"name\": \"A\", \"domain\": \"d\"}, {\"id\": \"b\", \"name\": \"B\", \"domain\": "
            "\"d\", \"team\": \"t\"}]}");
        const World two(mixed);
        filter.collapsed = {{EntityKind::Domain, "d"}};
        chart = filtered(contextMapChart(two.map, {}, {}, {}), filter).chart;
        putOn(chart, lensReading(Lens::Owner, two.sources()), two.map);
        QCOMPARE(card("d").lensWords, std::string("1 Tea, 1 no team"));
        QCOMPARE(card("d").lens, -1);
        const World found(mixed, {}, {finding(Severity::Warning, EntityKind::BoundedContext, "b")});
        putOn(chart, lensReading(Lens::Findings, found.sources()), found.map);
        QCOMPARE(card("d").lensWords, std::string("1 of 2 with warnings"));
        QCOMPARE(card("d").lens, 1);
    }

    void theTableHasAColumnForTheLens()
    {
        const World world;
        Chart chart = contextMapChart(world.map, {}, {}, {});
        const std::size_t columns = contextTable(chart).columns.size();
        putOn(chart, lensReading(Lens::Subdomain, world.sources()), world.map);
        const ChartTable table = contextTable(chart);
        QCOMPARE(table.columns.size(), columns + 1);
        QCOMPARE(table.columns[columns - 1], std::string("Lens: Subdomain kind"));
        QCOMPARE(table.rows[1].cells[columns - 1], std::string("core and generic"));
        QCOMPARE(table.rows[1].cells.back(), std::string("back"));
    }

    void takingTheLensOffLeavesTheChartAsItWas()
    {
        const World world(shop, observed());
        Chart chart = contextMapChart(world.map, world.estate, world.drift, {});
        const std::string before = toText(chart);
        putOn(chart, lensReading(Lens::Owner, world.sources()), world.map);
        QVERIFY(toText(chart).find("  Owner: Blue Team\n") != std::string::npos);
        QCOMPARE(describe(chart, chart.nodes[0]),
                 chart.nodes[0].description + ". Owner: Blue Team");
        putOn(chart, lensReading(Lens::None, world.sources()), world.map);
        QCOMPARE(toText(chart), before);
        QCOMPARE(describe(chart, chart.nodes[0]), chart.nodes[0].description);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ChartLensTest)
#include "chart_lens_test.moc"
