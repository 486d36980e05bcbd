// SPDX-License-Identifier: Apache-2.0
// How tightly contexts depend on each other: counts, levels and evidence on estates that a reader can see.
#include "model/analysis/lineage/coupling.h"

#include "model/chart/context_map_chart.h"
#include "tests/support/estate_text.h"
#include "tests/support/lineage_world.h"

namespace portolan {
namespace {

const std::string columnLines = "party.profile.id    -> claims.intake.party_id by accept\n"
                                "party.profile.email -> claims.intake.contact by accept\n"
                                "party.profile.state ~> claims.intake by accept [FILTER]\n"
                                "party.profile.name\n";

const std::string contexts =
    "'contexts': ["
    "{'id': 'party', 'name': 'Party', 'owns': {'datasets': ['postgres://db/party.*']},"
    " 'terms': [{'name': 'Party', 'definition': 'A person or an organisation'},"
    "           {'name': 'Policy Holder', 'synonyms': ['Insured'], 'definition': 'Who pays'},"
    "           {'name': 'Contact', 'definition': 'A way to reach a party'}]},"
    "{'id': 'claims', 'name': 'Claims', 'owns': {'datasets': ['postgres://db/claims.*']}}],"
    "'relationships': [{'id': 'r', 'type': 'upstream-downstream', 'upstream': 'party',"
    " 'downstream': 'claims', 'adopts': '2'}]";
const std::string product =
    ", 'products': [{'id': 'profile', 'name': 'Profile', 'context': 'party', 'kind': 'state',"
    " 'contracts': ['profile-contract'],"
    " 'ports': [{'type': 'table', 'dataset': 'postgres://db/party.profile'}]}]";

// Version 2 says key and types of party.profile; of version 1 nobody reads.
Estate withContract(const std::string& lines, std::vector<ServiceLevel> levels)
{
    Estate estate = *estateFrom(lines);
    for (const char* version : {"1.0.0", "2.1.0"}) {
        Contract contract;
        contract.id = "profile-contract";
        contract.version = version;
        if (estate.contracts.empty())
            contract.serviceLevels = {{"retention", "9", "y", ""}};
        else
            contract.serviceLevels = levels;
        estate.contracts.push_back(contract);
    }
    SchemaObject object;
    object.contract = ContractIndex(1);
    object.name = "profile";
    object.dataset = datasetOf(estate, "party.profile");
    for (const char* name : {"id", "email"}) {
        Field field;
        field.object = SchemaObjectIndex(0);
        field.path = name;
        field.logicalType = name == std::string("id") ? "integer" : "string";
        field.keyPosition = name == std::string("id") ? 1 : 0;
        object.fields.push_back(FieldIndex(estate.fields.size()));
        estate.fields.push_back(field);
    }
    estate.objects.push_back(object);
    return estate;
}

CouplingProfile profileOf(const Estate& estate, const std::string& members)
{
    const ContextMap map = LineageWorld::mapOf(members);
    const std::vector<CouplingProfile> all = couplings(map, estate, ownershipOf(map, estate));
    const CouplingProfile* found = couplingOf(all, ContextId("party"), ContextId("claims"));
    return found ? *found : CouplingProfile();
}

// "profile.id: key, integer; profile.email: string"
std::string evidenceOf(const CouplingPart& part)
{
    std::string text;
    for (const CouplingEvidence& one : part.evidence)
        text += (text.empty() ? "" : "; ") + one.name + ": " + one.why;
    return text;
}

std::string manyColumns(int count)
{
    std::string lines;
    for (int i = 0; i < count; ++i)
        lines += "party.profile.c" + std::to_string(i) + " -> claims.intake.d" + std::to_string(i) +
                 "\n";
    return lines;
}

}  // namespace

class CouplingTest : public QObject {
    Q_OBJECT

private slots:
    void countsTheColumnsThatAreRead()
    {
        const CouplingProfile profile =
            profileOf(withContract(columnLines, {}), contexts + product);
        QCOMPARE(profile.structural.count, std::size_t(3));
        QCOMPARE(profile.columnsOffered, std::size_t(4));
        QCOMPARE(profile.keysRead, std::size_t(1));
        QCOMPARE(profile.internalsRead, std::size_t(0));
        QCOMPARE(profile.types.size(), std::size_t(2));
        QCOMPARE(evidenceOf(profile.structural),
                 "profile.id: key, integer; profile.email: string; profile.state: ");
        QCOMPARE(profile.structural.evidence[0].entity.id, "postgres://db/party.profile#id");
        QVERIFY(profile.structural.level == CouplingLevel::Middle);  // for the key
    }

    void theLevelFollowsTheCount()
    {
        const auto levelOf = [](int count) {
            return *profileOf(*estateFrom(manyColumns(count)), contexts + product).structural.level;
        };
        QVERIFY(levelOf(1) == CouplingLevel::Low);
        QVERIFY(levelOf(5) == CouplingLevel::Low);
        QVERIFY(levelOf(6) == CouplingLevel::Middle);
        QVERIFY(levelOf(20) == CouplingLevel::Middle);
        QVERIFY(levelOf(21) == CouplingLevel::High);
    }

    void evidenceIsCappedAndCounted()
    {
        const CouplingProfile profile =
            profileOf(*estateFrom(manyColumns(203)), contexts + product);
        QCOMPARE(profile.structural.count, std::size_t(203));
        QCOMPARE(profile.structural.evidence.size(), std::size_t(200));
        QCOMPARE(profile.structural.notListed, std::size_t(3));
    }

    void readingInternalsIsHigh()
    {
        const CouplingProfile profile = profileOf(*estateFrom(manyColumns(1)), contexts);
        QCOMPARE(profile.internalsRead, std::size_t(1));
        QCOMPARE(evidenceOf(profile.structural), "profile.c0: internal");
        QVERIFY(profile.structural.level == CouplingLevel::High);
    }

    void withoutColumnLineageTheStructureIsUnknown()
    {
        const CouplingProfile profile =
            profileOf(*estateFrom("party.profile -> claims.intake by accept"), contexts + product);
        QCOMPARE(profile.flows, std::size_t(1));
        QCOMPARE(profile.flowsWithoutColumns, std::size_t(1));
        QVERIFY(!profile.structural.level);
    }

    void whereSomeFlowsTellNoColumnsTheRestCounts()
    {
        const CouplingProfile profile = profileOf(
            *estateFrom("party.profile.id -> claims.intake.x\nparty.profile -> claims.other"),
            contexts + product);
        QCOMPARE(profile.flows, std::size_t(2));
        QCOMPARE(profile.flowsWithoutColumns, std::size_t(1));
        QVERIFY(profile.structural.level == CouplingLevel::Low);
    }

    void whatTheAdoptedVersionPromisesIsReliedOn()
    {
        const CouplingProfile profile = profileOf(
            withContract(columnLines, {{"freshness", "1", "h", ""}, {"volume", "9", "", ""}}),
            contexts + product);
        QCOMPARE(evidenceOf(profile.temporal), "profile-contract@2.1.0: freshness 1 h");
        QVERIFY(profile.hasFreshness && !profile.hasOrder && !profile.hasReplay);
        QVERIFY(profile.temporal.level == CouplingLevel::Low);
    }

    void eventsAndAnswersAreRelianceToo()
    {
        std::string members = contexts + product;
        members.replace(members.find("'kind': 'state'"), 15,
                        "'kind': 'event', 'reconciliation': {'consumerRecovery': 'replay'}");
        const CouplingProfile profile =
            profileOf(withContract(columnLines, {{"latency", "5", "s", ""}}), members);
        QCOMPARE(evidenceOf(profile.temporal),
                 "profile-contract@2.1.0: latency 5 s; Profile: events in their order; "
                 "Profile: replay");
        QVERIFY(profile.temporal.level == CouplingLevel::High);
    }

    void withoutAContractTimeIsUnknown()
    {
        QVERIFY(!profileOf(*estateFrom(columnLines), contexts).temporal.level);
        QVERIFY(profileOf(withContract(columnLines, {}), contexts + product).temporal.level ==
                CouplingLevel::None);
    }

    void termsInNamesThereAreUsedAsIfLocal()
    {
        const CouplingProfile profile =
            profileOf(*estateFrom("party.profile.a -> claims.intake.partyId\n"
                                  "party.profile.b -> claims.intake.insured_name\n"
                                  "party.profile.c -> claims.intake.contactless\n"
                                  "claims.intake.x -> claims.elsewhere.contact"),
                      contexts + product);
        QCOMPARE(evidenceOf(profile.semantic),
                 "Party: in intake.partyId; Policy Holder: in intake.insured_name");
        QVERIFY(profile.semantic.level == CouplingLevel::Low);
    }

    void whatARouteTranslatesIsNotUsedAsIfLocal()
    {
        const std::string route =
            ", 'routes': [{'id': 'x', 'name': 'X', 'from': ['profile'], 'to': 'claims',"
            " 'translation': [{'from': 'party_id', 'to': 'claimant_id'},"
            " {'from': 'contact', 'to': 'contact'}]}]";
        const CouplingProfile profile =
            profileOf(*estateFrom(columnLines), contexts + product + route);
        QCOMPARE(evidenceOf(profile.semantic), "Contact: in intake.contact");
    }

    void theSameTermInOtherWordsIsAHomonym()
    {
        std::string members = contexts + product;
        members.replace(members.find("'name': 'Claims',"), 17,
                        "'name': 'Claims', 'terms': [{'name': 'Contacts', 'definition': 'A call'},"
                        " {'name': 'Party', 'definition': 'a person, or an organisation.'}],");
        const CouplingProfile profile = profileOf(*estateFrom(columnLines), members);
        QCOMPARE(profile.homonyms, std::size_t(1));
        QCOMPARE(evidenceOf(profile.semantic),
                 "Party: also defined there; Contact: also defined there, in other words");
        QVERIFY(profile.semantic.level == CouplingLevel::Middle);
    }

    void withoutTermsMeaningIsUnknown()
    {
        const ContextMap map = LineageWorld::mapOf(
            "'contexts': [{'id': 'party', 'name': 'P'}, {'id': 'claims', 'name': 'C'}],"
            "'relationships': [{'id': 'r', 'type': 'upstream-downstream', 'upstream': 'party',"
            " 'downstream': 'claims'}]");
        const std::vector<CouplingProfile> all = couplings(map, {}, {});
        QCOMPARE(all.size(), std::size_t(1));
        QCOMPARE(summaryOf(all[0]), "structure unknown, time unknown, meaning unknown");
        QVERIFY(!couplingOf(all, ContextId("claims"), ContextId("party")));
    }

    void theLineOnTheMapTellsIt()
    {
        const LineageWorld world(columnLines, contexts + product);
        const auto all = couplings(world.map, world.estate(), world.ownership);
        ContextMapChartOptions options;
        options.couplings = &all;
        const MapDrift drift = mapDrift(world.map, world.estate(), world.ownership);
        const Chart chart = contextMapChart(world.map, world.estate(), drift, {}, options);
        QCOMPARE(chart.edges.size(), std::size_t(1));
        QVERIFY2(chart.edges[0].description.ends_with(
                     ". Coupling: structure low, time none, meaning low"),
                 chart.edges[0].description.c_str());
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::CouplingTest)

#include "coupling_test.moc"
