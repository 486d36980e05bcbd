// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/lineage_roll_up.h"

#include "model/analysis/lineage/lineage_subject.h"
#include "tests/support/lineage_world.h"

namespace portolan {
namespace {

const std::string lines = "crm.raw     -> party.core by match\n"
                          "crm.raw     -> party.names by match\n"
                          "party.core  -> party.profile by publish\n"
                          "party.names -> party.profile by publish\n"
                          "party.profile -> claims.intake by accept\n"
                          "crm.raw     -> claims.intake by peek\n"
                          "claims.intake -> scratch.x by play\n";

const std::string members =
    "'domains': [{'id': 'people', 'name': 'People'},\n"
    "{'id': 'old', 'name': 'Old', 'parent': 'people'}, {'id': 'cover', 'name': 'Cover'}],\n"
    "'contexts': [\n"
    "{'id': 'crm', 'name': 'CRM', 'domain': 'old', 'owns': {'datasets': ['postgres://db/crm.*']}},\n"
    "{'id': 'party', 'name': 'Party', 'domain': 'people', 'owns': {'datasets': ['postgres://db/party.*']}},\n"
    "{'id': 'claims', 'name': 'Claims', 'domain': 'cover', 'owns': {'datasets': ['postgres://db/claims.*']}}],\n"
    "'products': [{'id': 'profile', 'name': 'Profile', 'context': 'party',\n"
    "'ports': [{'type': 'table', 'dataset': 'postgres://db/party.profile'}]}]\n";

// "crm -> party 2": each link of the roll-up with how many edges it stands for.
std::string linksOf(const LineageWorld& world, LineageGrain grain)
{
    const LineageRollUp rollUp(world.index, world.map, world.ownership, grain);
    std::string text;
    for (LineageUnit unit = 0; unit < rollUp.size(); ++unit) {
        for (const auto& link : rollUp.links(LineageDirection::Downstream, unit))
            text += (text.empty() ? "" : "; ") + rollUp.name(unit) + " -> " +
                    rollUp.name(link.unit) + " " +
                    std::to_string(rollUp.edgesBetween(unit, link.unit).size());
    }
    return text;
}

}  // namespace

class LineageRollUpTest : public QObject {
    Q_OBJECT

private slots:
    void contextsStandForTheirDatasets()
    {
        const LineageWorld world(lines, members);
        QCOMPARE(linksOf(world, LineageGrain::Contexts),
                 "CRM -> Party 2; CRM -> Claims 1; Party -> Claims 1; Claims -> scratch.x 1");
    }

    void subdomainsBelongToTheirDomain()
    {
        const LineageWorld world(lines, members);
        QCOMPARE(linksOf(world, LineageGrain::Domains), "People -> Cover 2; Cover -> scratch.x 1");
    }

    void productsStandForWhatIsPublishedAndInternalsStayDatasets()
    {
        const LineageWorld world(lines, members);
        QCOMPARE(linksOf(world, LineageGrain::Products),
                 "crm.raw -> party.core 1; crm.raw -> party.names 1; crm.raw -> claims.intake 1; "
                 "party.core -> Profile 1; party.names -> Profile 1; Profile -> claims.intake 1; "
                 "claims.intake -> scratch.x 1");
    }

    void theEdgesOfALinkAreThoseOfItsMembers()
    {
        const LineageWorld world(lines, members);
        for (const LineageGrain grain : {LineageGrain::Datasets, LineageGrain::Products,
                                         LineageGrain::Contexts, LineageGrain::Domains}) {
            const LineageRollUp rollUp(world.index, world.map, world.ownership, grain);
            std::size_t crossing = 0;
            for (const LineageEdge& edge : world.estate().lineageEdges)
                crossing += rollUp.unitOf(edge.from) != rollUp.unitOf(edge.to) ? 1 : 0;
            std::size_t opened = 0;
            for (LineageUnit unit = 0; unit < rollUp.size(); ++unit) {
                for (const auto& link : rollUp.links(LineageDirection::Downstream, unit))
                    opened += rollUp.edgesBetween(unit, link.unit).size();
            }
            QCOMPARE(opened, crossing);
        }
    }

    void findsTheUnitOfAThing()
    {
        const LineageWorld world(lines, members);
        const LineageRollUp rollUp(world.index, world.map, world.ownership, LineageGrain::Contexts);
        QCOMPARE(rollUp.name(rollUp.unitOf({EntityKind::BoundedContext, "party"})), "Party");
        QCOMPARE(rollUp.name(rollUp.unitOf(world.dataset("party.names"))), "Party");
        QCOMPARE(rollUp.unitOf({EntityKind::BoundedContext, "nobody"}), UINT32_MAX);
    }

    void aThingStandsForItsDatasets()
    {
        const LineageWorld world(lines, members);
        const auto count = [&](const EntityRef& entity) {
            return datasetsOf(entity, world.map, world.estate(), world.ownership, world.published)
                .size();
        };
        QCOMPARE(count({EntityKind::BoundedContext, "party"}), std::size_t(3));
        QCOMPARE(count({EntityKind::Domain, "people"}), std::size_t(4));
        QCOMPARE(count({EntityKind::DataProduct, "profile"}), std::size_t(1));
        QCOMPARE(count({EntityKind::Job, "jobs/match"}), std::size_t(3));
        QCOMPARE(count(world.dataset("crm.raw")), std::size_t(1));
        QCOMPARE(count({EntityKind::Team, "party"}), std::size_t(0));
    }

    void knowsWhatOnlyToolsMake()
    {
        Dataset dataset;
        dataset.path = "shop.public.orders";
        QVERIFY(!isToolInternal(dataset));
        dataset.path = "shop.public.orders__dbt_tmp";
        QVERIFY(isToolInternal(dataset));
        dataset.path = "app-store-changelog";
        QVERIFY(!isToolInternal(dataset));
        dataset.platform = "kafka";
        QVERIFY(isToolInternal(dataset));
        dataset.platform = "postgres";
        dataset.path = "x";
        dataset.type = "Ephemeral";
        QVERIFY(isToolInternal(dataset));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::LineageRollUpTest)
#include "lineage_roll_up_test.moc"
