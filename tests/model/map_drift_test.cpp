// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/map_drift/map_drift.h"

#include "model/map/map_document.h"
#include "tests/support/text_output.h"

namespace portolan {
namespace {

ContextMap mapOf(const std::string& members)
{
    const Result<MapDocument> document =
        MapDocument::read("{\"portolan\": 1, \"name\": \"Test\", " + members + "}", "test.json");
    if (!document)
        qFatal("%s", toText(document.error()).c_str());
    return document->map();
}

DatasetIndex addDataset(Estate& estate, const std::string& path)
{
    Dataset dataset;
    dataset.instance = "db";
    dataset.path = path;
    estate.datasets.push_back(dataset);
    return DatasetIndex(estate.datasets.size() - 1);
}

JobIndex addJob(Estate& estate, const std::string& name)
{
    Job job;
    job.space = "nightly";
    job.name = name;
    estate.jobs.push_back(job);
    return JobIndex(estate.jobs.size() - 1);
}

void addEdge(Estate& estate, DatasetIndex from, DatasetIndex to, JobIndex job)
{
    estate.lineageEdges.push_back({from, to, job, {}});
}

// Four datasets crm.1, crm.2, party.1, marketing.1; jobs load (crm to party, twice) and mail (crm to marketing).
Estate threeContexts()
{
    Estate estate;
    const DatasetIndex crm1 = addDataset(estate, "crm.1");
    const DatasetIndex crm2 = addDataset(estate, "crm.2");
    const DatasetIndex party = addDataset(estate, "party.1");
    const DatasetIndex marketing = addDataset(estate, "marketing.1");
    const DatasetIndex nobodys = addDataset(estate, "scratch.1");
    const JobIndex load = addJob(estate, "load");
    const JobIndex mail = addJob(estate, "mail");
    addEdge(estate, crm1, party, load);
    addEdge(estate, crm2, party, load);
    addEdge(estate, crm1, marketing, mail);
    addEdge(estate, crm1, marketing, {});
    addEdge(estate, crm1, crm2, load);
    addEdge(estate, crm1, nobodys, load);
    return estate;
}

const std::string contexts = R"("contexts": [
    {"id": "crm", "name": "CRM", "owns": {"datasets": ["db/crm.*"]}},
    {"id": "party", "name": "Party", "owns": {"datasets": ["db/party.*"]}},
    {"id": "marketing", "name": "Marketing", "owns": {"datasets": ["?b/marketing.*"]}}])";

// "crm>party edges=0,1 jobs=0 declared" ...
std::string flowsText(const MapDrift& drift)
{
    std::string text;
    for (const ObservedFlow& flow : drift.flows) {
        text += flow.upstream.text + ">" + flow.downstream.text + " edges=";
        for (const std::uint32_t edge : flow.edges)
            text += std::to_string(edge) + ",";
        text += " jobs=";
        for (const JobIndex job : flow.jobs)
            text += std::to_string(job.value) + ",";
        text += flow.isDeclared ? " declared\n" : " undeclared\n";
    }
    return text;
}

MapDrift driftOf(const std::string& relationships, const Estate& estate)
{
    const ContextMap map = mapOf(contexts + ", \"relationships\": [" + relationships + "]");
    return mapDrift(map, estate, ownershipOf(map, estate));
}

std::string ownerOf(const std::string& contextsText, const std::string& path)
{
    Estate estate;
    addDataset(estate, path);
    return ownershipOf(mapOf(contextsText), estate).datasetOwner[0].text;
}

}  // namespace

class MapDriftTest : public QObject {
    Q_OBJECT

private slots:
    void longestPatternOwns()
    {
        const std::string text = R"("contexts": [
            {"id": "a", "name": "A", "owns": {"datasets": ["d*", "*"]}},
            {"id": "b", "name": "B", "owns": {"datasets": ["db/sales.*"]}},
            {"id": "c", "name": "C", "owns": {"datasets": ["*.orders_archive_of_2019"]}},
            {"id": "d", "name": "D", "owns": {"datasets": ["db/sales.ord?rs"]}}])";
        QCOMPARE(ownerOf(text, "sales.people"), std::string("b"));
        QCOMPARE(ownerOf(text, "stock.people"), std::string("a"));
        QCOMPARE(ownerOf(text, "sales.orders_archive_of_2019"), std::string("c"));
        QCOMPARE(ownerOf(text, "sales.orders"), std::string("d"));
    }

    void equallyLongPatternsFollowTheMap()
    {
        const std::string text = R"("contexts": [
            {"id": "a", "name": "A", "owns": {"datasets": ["db/sales.*"]}},
            {"id": "b", "name": "B", "owns": {"datasets": ["d*s.orders"]}}])";
        QCOMPARE(ownerOf(text, "sales.orders"), std::string("a"));
    }

    void nobodyOwnsWhatNoPatternMatches()
    {
        QCOMPARE(ownerOf(contexts, "stock.items"), std::string());
    }

    void contractsAreOwnedByIdAndJobsByKey()
    {
        Estate estate;
        Contract contract;
        contract.id = "party-profile";
        contract.version = "3.0.0";
        estate.contracts.push_back(contract);
        addJob(estate, "load_parties");
        const EstateOwnership owners =
            ownershipOf(mapOf(R"("contexts": [{"id": "party", "name": "Party",
                              "owns": {"contracts": ["party-*"], "jobs": ["nightly/load_*"]}}])"),
                        estate);
        QCOMPARE(owners.contractOwner[0].text, std::string("party"));
        QCOMPARE(owners.jobOwner[0].text, std::string("party"));
    }

    void flowsNameTheirEdgesAndJobs()
    {
        const MapDrift drift = driftOf(
            R"({"id": "r", "type": "upstream-downstream", "upstream": "crm", "downstream": "party"})",
            threeContexts());
        QCOMPARE(flowsText(drift), std::string("crm>marketing edges=2,3, jobs=1, undeclared\n"
                                               "crm>party edges=0,1, jobs=0, declared\n"));
        QCOMPARE(drift.undeclared().size(), std::size_t(1));
        QCOMPARE(drift.undeclared()[0]->downstream.text, std::string("marketing"));
        QCOMPARE(drift.flowOf.at(RelationshipId("r")), std::size_t(1));
        QVERIFY(drift.declaredNotObserved.empty());
    }

    void directionMattersButNotForEquals()
    {
        const MapDrift wrongWay = driftOf(
            R"({"id": "r", "type": "upstream-downstream", "upstream": "party", "downstream": "crm"})",
            threeContexts());
        QCOMPARE(wrongWay.undeclared().size(), std::size_t(2));
        QVERIFY(wrongWay.declaredNotObserved == std::vector{RelationshipId("r")});

        const MapDrift equals = driftOf(
            R"({"id": "r", "type": "partnership", "between": ["party", "crm"]})", threeContexts());
        QCOMPARE(equals.undeclared().size(), std::size_t(1));
        QCOMPARE(equals.flowOf.count(RelationshipId("r")), std::size_t(1));
    }

    void separateWaysDeclaresNoFlow()
    {
        const MapDrift drift =
            driftOf(R"({"id": "r", "type": "separate-ways", "between": ["party", "crm"]})",
                    threeContexts());
        QCOMPARE(drift.undeclared().size(), std::size_t(2));
        QVERIFY(drift.flowOf.empty());
        QVERIFY(drift.declaredNotObserved.empty());
    }

    void nothingIsMissedWhileNothingWasImported()
    {
        const MapDrift drift = driftOf(
            R"({"id": "r", "type": "upstream-downstream", "upstream": "crm", "downstream": "party"})",
            Estate());
        QVERIFY(drift.flows.empty());
        QVERIFY(drift.declaredNotObserved.empty());
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::MapDriftTest)
#include "map_drift_test.moc"
