// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/rules/context_map_rules.h"
#include "model/chart/context_map_chart.h"
#include "model/estate/estate_builder.h"
#include "model/map/map_document.h"
#include "tests/support/text_output.h"

namespace portolan {
namespace {

constexpr const char* insurer = R"({
  "portolan": 1, "name": "Insurer",
  "domains": [{"id": "party", "name": "Party", "code": "PT", "kind": "core"}, {"id": "claims", "name": "Claims"},
              {"id": "intake", "name": "Intake", "parent": "claims", "kind": "supporting"}, {"id": "empty", "name": "Empty"}],
  "teams": [{"id": "core", "name": "Party Core"}],
  "contexts": [
    {"id": "pm", "name": "Party Management", "domain": "party", "team": "core", "owns": {"datasets": ["pg:**party*"]}},
    {"id": "crm", "name": "CRM", "domain": "party", "bigBallOfMud": true, "legacy": true, "standsAlone": true, "owns": {"datasets": ["pg:**crm*"]}},
    {"id": "cl", "name": "Claims", "domain": "intake", "owns": {"datasets": ["pg:**claim*"]}}],
  "products": [{"id": "profile", "name": "PartyProfile", "context": "pm", "kind": "state", "authority": "authoritative", "contracts": ["profile"]}],
  "relationships": [
    {"id": "r1", "type": "customer-supplier", "upstream": "pm", "downstream": "cl", "upstreamRoles": ["PL"], "exposes": ["profile"], "adopts": "1"},
    {"id": "r2", "type": "separate-ways", "between": ["crm", "pm"]},
    {"id": "r3", "type": "upstream-downstream", "upstream": "pm", "downstream": "nowhere"}]
})";

MapDocument document()
{
    Result<MapDocument> read = MapDocument::read(insurer, "m.json");
    if (!read)
        qFatal("%s", toText(read.error()).c_str());
    return std::move(*read);
}

// One flow from the CRM into Claims, and two versions of the profile's contract.
Estate observed()
{
    EstateBuilder builder;
    Source source;
    source.path = "a";
    const Evidence evidence = builder.evidence(builder.source(source), 1);
    builder.lineage(builder.dataset("pg", "db", "crm.customer", evidence),
                    builder.dataset("pg", "db", "claim.person", evidence),
                    builder.job("jobs", "copy", evidence), evidence);
    for (const auto& [version, status] : {std::pair("1.4.0", ContractStatus::Deprecated),
                                          std::pair("2.0.0", ContractStatus::Active)}) {
        Contract contract;
        contract.id = "profile";
        contract.version = version;
        contract.status = status;
        contract.contentHash = version;
        contract.evidence = evidence;
        builder.contract(contract);
    }
    return builder.take();
}

std::string chartOf(const Estate& estate, const ContextMapChartOptions& options = {})
{
    const MapDocument map = document();
    return toText(contextMapChart(map.map(), estate,
                                  mapDrift(map.map(), estate, ownershipOf(map.map(), estate)), {},
                                  options));
}

}  // namespace

class ContextMapChartTest : public QObject {
    Q_OBJECT

private slots:
    void showsWhatIsDeclaredBeforeAnythingWasImported()
    {
        QCOMPARE(chartOf({}),
                 std::string("region PT Party, core, hue 0\n"
                             "region CL Claims, hue 1\n"
                             "region IN Intake, supporting, in Claims, hue 1\n"
                             "card Party Management (Party Core) in Party\n"
                             "  state PartyProfile\n"
                             "card CRM (no team \xC2\xB7 legacy) in Party, mud\n"
                             "  Big ball of mud\n"
                             "card Claims (no team) in Intake\n"
                             "  no products\n"
                             "edge Party Management [U|PL|C/S] plain> [v1|D|C/S] Claims\n"
                             "edge CRM [] separate ways [] Party Management \"separate ways\"\n"));
    }

    void holdsItAgainstWhatWasObserved()
    {
        const std::string chart = chartOf(observed());
        QVERIFY(chart.find("  state PartyProfile v2 active\n") != std::string::npos);
        QVERIFY(
            chart.find(
                "edge Party Management [U|PL|C/S] declared only> [v1(deprecated)|D|C/S] Claims \"not observed\"\n") !=
            std::string::npos);
        QVERIFY(chart.find("edge CRM [U] undeclared> [D] Claims \"undeclared, 1 job\"\n") !=
                std::string::npos);
    }

    void leavesOutWhatIsNotWanted()
    {
        ContextMapChartOptions options;
        options.showObserved = false;
        QCOMPARE(chartOf(observed(), options).find("undeclared"), std::string::npos);
        QCOMPARE(chartOf(observed(), options).find("declared only"), std::string::npos);
        options = {};
        options.showDeclared = false;
        QCOMPARE(chartOf(observed(), options).find("separate ways"), std::string::npos);
    }

    void countsTheWorstFindingsOfACard()
    {
        const MapDocument map = document();
        const Finding error{
            "r", Severity::Error, {EntityKind::DataProduct, "profile"}, "", "", "", {}, {}};
        const Finding warning{
            "w", Severity::Warning, {EntityKind::BoundedContext, "pm"}, "", "", "", {}, {}};
        const Chart chart = contextMapChart(map.map(), {}, {}, {warning, error, error});
        QVERIFY(chart.nodes[0].badge == (ChartBadge{Severity::Error, 2}));
        QVERIFY(!chart.nodes[1].badge);
        QCOMPARE(
            chart.nodes[0].description,
            std::string(
                "Party Management, bounded context of Party, Party Core, 1 product, 2 errors"));
    }

    void namesAnUndeclaredFlowByItsEnds()
    {
        const std::string id = undeclaredId("crm", "cl");
        QVERIFY(isUndeclaredId(id));
        QVERIFY(!isUndeclaredId("crm-to-cl"));
        QCOMPARE(undeclaredEnds(id).first, std::string("crm"));
        QCOMPARE(undeclaredEnds(id).second, std::string("cl"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ContextMapChartTest)
#include "context_map_chart_test.moc"
