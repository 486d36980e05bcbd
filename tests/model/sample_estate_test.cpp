// SPDX-License-Identifier: Apache-2.0
// Holds the sample estate to what its README says: what is in it, and that exactly the planted things are wrong with it.
#include "model/analysis/identity/identity.h"
#include "model/analysis/map_drift/map_drift.h"
#include "model/analysis/rules/context_map_rules.h"
#include "model/estate/column_edge_kind.h"
#include "model/import/import.h"
#include "model/map/map_diff.h"
#include "model/map/map_file.h"
#include "tests/support/text_output.h"

#include <algorithm>
#include <map>
#include <optional>

namespace portolan {
namespace {

const std::string folder = PORTOLAN_SOURCE_DIR "/resources/estates/insurer/";

const MapDocument& document()
{
    static const OpenedMap opened = [] {
        Result<OpenedMap> map = openMapFile(folder + "insurer.portolan.json");
        if (!map)
            qFatal("%s", toText(map.error()).c_str());
        return std::move(*map);
    }();
    return opened.document;
}

// What the map's `sources` name.
const ImportReport& imported()
{
    static const ImportReport report = [] {
        std::vector<std::string> paths;
        for (const std::string& source : document().map().sources)
            paths.push_back(folder + source);
        ImportOptions options;
        options.importedAt = "2026-11-23T06:12:00Z";
        Progress progress;
        Result<ImportReport> done = importPaths(paths, options, progress);
        if (!done)
            qFatal("%s", toText(done.error()).c_str());
        return std::move(*done);
    }();
    return report;
}

const Estate& estate()
{
    static const EstatePtr estate = identified(imported().estate, document().map());
    return *estate;
}

const EstateOwnership& owners()
{
    static const EstateOwnership ownership = ownershipOf(document().map(), estate());
    return ownership;
}

template <class Text>
std::string sortedLines(std::vector<Text> lines)
{
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const Text& line : lines)
        all += std::string(line) + "\n";
    return all;
}

template <class Text>
bool anyMatches(const std::string& pattern, const std::vector<Text>& texts)
{
    return std::any_of(texts.begin(), texts.end(),
                       [&](const std::string& text) { return matchesPattern(pattern, text); });
}

}  // namespace

class SampleEstateTest : public QObject {
    Q_OBJECT

private slots:
    void mapIsSoundAndCanonical()
    {
        QCOMPARE(tests::lines(document().problems()), std::string());
        QVERIFY(canonicalText(document()) == document().text());
    }

    void mapIsAsLargeAsItsStory()
    {
        const ContextMap& map = document().map();
        QCOMPARE(map.domains.size(), std::size_t(8));
        QCOMPARE(map.contexts.size(), std::size_t(13));
        QCOMPARE(map.products.size(), std::size_t(18));
        QCOMPARE(map.relationships.size(), std::size_t(23));
        QCOMPARE(map.routes.size(), std::size_t(4));
        QCOMPARE(map.placement.size(), map.contexts.size());
    }

    void holdsWhatTheReadmeSays()
    {
        const Counts counts = countsOf(estate());
        const auto count = [&](const char* what) {
            const auto found = counts.find(what);
            return found == counts.end() ? std::int64_t(0) : found->second;
        };
        QCOMPARE(imported().skipped.size(), std::size_t(0));
        QCOMPARE(count("contracts"), std::int64_t(26 + 2));  // two of the warehouse's own
        QCOMPARE(count("datasets"), std::int64_t(150));
        QCOMPARE(count("datasetEdges"), std::int64_t(218));
        QCOMPARE(count("columnEdges"), std::int64_t(579));  // 23 by SQL alone
        QCOMPARE(count("consumers"), std::int64_t(4));
    }

    // What the models' SQL says, and all of it is understood.
    void theWarehousesColumnsComeFromItsSql()
    {
        std::map<std::string, int> kinds;
        for (const ColumnEdge& edge : estate().columnEdges) {
            if (edge.isFromQuery)
                ++kinds[std::string(toString(kindOf(estate(), edge)))];
        }
        std::string text;
        for (const auto& [kind, count] : kinds)
            text += kind + " " + std::to_string(count) + "\n";
        // The others are stated by lineage events, too, and have the expressions of the queries.
        QCOMPARE(text, "aggregation 6\nconditional 7\nidentity 3\nmasking 1\ntransformation 6\n"
                       "window 2\n");
        for (const Source& source : estate().sources)
            QVERIFY(source.path != "dbt/manifest.json" || source.leftOut.empty());
    }

    void onlyThePlantedProblemsAreFound()
    {
        std::vector<std::string> found;
        for (const Source& source : estate().sources) {
            for (const Problem& problem : source.problems)
                found.push_back(toText(problem));
        }
        QCOMPARE(tests::lines(imported().problems), std::string());
        QCOMPARE(
            sortedLines(found),
            std::string(
                "2026-11-21.ndjson:167:1464: error: Not JSON: The text ends inside a string; expected '\"'. Line skipped, 169 of 170 events loaded. [json.line]\n"
                "contact-preference-v0.odcs.yaml:42:9: error: property without name under schema \"ContactPreference\". Property skipped. [odcs.property-without-name]\n"
                "wiki-copy/party-profile-v2.odcs.yaml:3:5: warning: Contract \"party-profile\" version \"2.3.0\" is also in party-profile-v2.odcs.yaml:3 with other content. Both are kept. [contract.conflict]\n"));
    }

    void onlyThePlantedFindingsAreFound()
    {
        std::vector<std::string> found;
        for (const Finding& finding : checkContextMap(document().map()))
            found.push_back(finding.rule + " " + finding.subjectName);
        QCOMPARE(sortedLines(found), std::string("exposes-everything CRM → Party Management\n"
                                                 "ohs-without-pl Compliance → Digital Channels\n"
                                                 "unknown-reference campaign-crm-map\n"
                                                 "unknown-reference campaign-crm-map\n"));
    }

    void onlyThePlantedFlowsAreUndeclared()
    {
        const MapDrift drift = mapDrift(document().map(), estate(), owners());
        std::vector<std::string> found;
        for (const ObservedFlow* flow : drift.undeclared())
            found.push_back(flow->upstream.text + " > " + flow->downstream.text + " by " +
                            std::to_string(flow->jobs.size()));
        QCOMPARE(sortedLines(found), std::string("crm > marketing by 3\n"
                                                 "policy-monolith > customer-insights by 1\n"));
        QVERIFY(drift.declaredNotObserved == std::vector{RelationshipId("billing-to-insights")});
    }

    void onlyThePlantedDriftIsFound()
    {
        const MapDrift drift = mapDrift(document().map(), estate(), owners(), {30, "2026-11-23"});
        std::vector<std::string> found;
        for (const DriftItem& item : drift.items)
            found.push_back(item.id + (item.isAccepted() ? " accepted" : ""));
        QCOMPARE(sortedLines(found),
                 std::string(
                     "bypassed-translation:route:claims-intake:policy-administration\n"
                     "internals-read:relationship:monolith-to-policy accepted\n"
                     "never-observed:relationship:billing-to-insights\n"
                     "observed-not-declared:crm:marketing\n"
                     "observed-not-declared:policy-monolith:customer-insights\n"));
        QCOMPARE(drift.crossings.unownedDatasets, std::size_t(1));
        QCOMPARE(drift.newestRun, std::string("2026-11-22"));
    }

    void onlyThePlantedDatasetIsNobodys()
    {
        std::vector<std::string> datasets;
        for (std::size_t i = 0; i < estate().datasets.size(); ++i) {
            if (owners().datasetOwner[i].isEmpty())
                datasets.push_back(estate().datasets[i].key());
        }
        std::vector<std::string> jobs;
        for (std::size_t i = 0; i < estate().jobs.size(); ++i) {
            if (owners().jobOwner[i].isEmpty())
                jobs.push_back(estate().jobs[i].key());
        }
        std::vector<std::string> contracts;
        for (std::size_t i = 0; i < estate().contracts.size(); ++i) {
            if (owners().contractOwner[i].isEmpty())
                contracts.push_back(estate().contracts[i].key());
        }
        QCOMPARE(sortedLines(datasets),
                 std::string("s3://sandbox-analytics/agent-bonus/calc.parquet\n"));
        QCOMPARE(sortedLines(jobs), std::string("airflow-prod/adhoc_amer.agent_bonus\n"));
        QCOMPARE(sortedLines(contracts), std::string());
    }

    void everyPatternMatchesSomething()
    {
        std::vector<std::string> datasets;
        for (const Dataset& dataset : estate().datasets)
            datasets.push_back(dataset.key());
        std::vector<std::string> jobs;
        for (const Job& job : estate().jobs)
            jobs.push_back(job.key());
        std::vector<std::string> contracts;
        for (const Contract& contract : estate().contracts)
            contracts.push_back(contract.id);
        for (const BoundedContext& context : document().map().contexts) {
            for (const std::string& pattern : context.owns.datasets)
                QVERIFY2(anyMatches(pattern, datasets), pattern.c_str());
            for (const std::string& pattern : context.owns.jobs)
                QVERIFY2(anyMatches(pattern, jobs), pattern.c_str());
            for (const std::string& pattern : context.owns.contracts)
                QVERIFY2(anyMatches(pattern, contracts), pattern.c_str());
        }
    }

    void productsNameWhatIsThere()
    {
        std::vector<std::string> contracts;
        for (const Contract& contract : estate().contracts)
            contracts.push_back(contract.id);
        for (const DataProduct& product : document().map().products) {
            for (const std::string& contract : product.contracts)
                QVERIFY2(anyMatches(contract, contracts), contract.c_str());
            for (const Port& port : product.ports)
                QVERIFY2(port.dataset.empty() || estate().dataset(port.dataset).isValid(),
                         port.dataset.c_str());
        }
        for (const Crosswalk& crosswalk : document().map().crosswalks)
            QVERIFY2(estate().dataset(crosswalk.dataset).isValid(), crosswalk.dataset.c_str());
    }

    void followsAColumnFromTheCrmToTheHandOfClaims()
    {
        const auto column = [](const std::string& dataset, std::string_view name) {
            const DatasetIndex index = estate().dataset(dataset);
            if (index.isValid()) {
                for (const ColumnIndex each : estate().datasets[index.value].columns) {
                    if (estate().columns[each.value].name == name)
                        return each;
                }
            }
            return ColumnIndex();
        };
        const std::vector<ColumnIndex> way = {
            column("oracle://crm-emea-db:1521/CRMEMEA.CRM.CUST_MASTER", "NAME2"),
            column("postgres://party-db:5432/party.staging.crm_emea_customer", "family_name"),
            column("postgres://party-db:5432/party.core.party", "family_name"),
            column("kafka://events:9092/party.profile.v3", "familyName"),
            column("postgres://claims-db:5432/claims.intake.claimant_view", "display_name")};
        for (std::size_t i = 0; i < way.size(); ++i) {
            QVERIFY2(way[i].isValid(), std::to_string(i).c_str());
            const auto leads = [&](const ColumnEdge& edge) {
                return i > 0 && edge.from == way[i - 1] && edge.to == way[i];
            };
            QVERIFY2(i == 0 || std::any_of(estate().columnEdges.begin(), estate().columnEdges.end(),
                                           leads),
                     std::to_string(i).c_str());
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SampleEstateTest)
#include "sample_estate_test.moc"
