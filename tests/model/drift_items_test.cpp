// SPDX-License-Identifier: Apache-2.0
// Each kind of drift, what is none, and what becomes of it when it is declared or accepted.
#include "model/analysis/map_drift/likely_relationship.h"
#include "model/analysis/map_drift/map_drift.h"
#include "model/map/edits.h"
#include "tests/support/lineage_world.h"

namespace portolan {
namespace {

const std::string contexts =
    "'contexts': [\n"
    "{'id': 'crm', 'name': 'CRM', 'owns': {'datasets': ['postgres://db/crm.*']}},\n"
    "{'id': 'party', 'name': 'Party', 'owns': {'datasets': ['postgres://db/party.*']}},\n"
    "{'id': 'claims', 'name': 'Claims', 'owns': {'datasets': ['postgres://db/claims.*']}}]";

const std::string products =
    ", 'products': [{'id': 'export', 'name': 'Export', 'context': 'crm', 'ports': [{'type': "
    "'table', 'dataset': 'postgres://db/crm.export'}]},\n"
    "{'id': 'profile', 'name': 'Profile', 'context': 'party', 'ports': [{'type': 'table', "
    "'dataset': 'postgres://db/party.profile'}]}]";

std::string related(const std::string& type, const std::string& more = {})
{
    const bool isDirected = type == "upstream-downstream";
    return ", 'relationships': [{'id': 'r', 'type': '" + type + "', " +
           (isDirected ? "'upstream': 'crm', 'downstream': 'party'"
                       : "'between': ['crm', 'party']") +
           more + "}]";
}

const std::string crmToParty = related("upstream-downstream");

// An estate whose jobs ran on these days: "load 2026-11-20".
Estate withRuns(Estate estate, const std::vector<std::pair<std::string, std::string>>& runs)
{
    for (const auto& [name, day] : runs) {
        for (Job& job : estate.jobs) {
            if (job.name == name)
                job.lastRun = day + "T04:00:00Z";
        }
    }
    return estate;
}

std::string textOf(const MapDrift& drift)
{
    std::string text;
    for (const DriftItem& item : drift.items)
        text += std::string(toString(item.severity)) + " " + item.id + ": " + item.sentence +
                (item.isAccepted()       ? " (accepted)"
                 : item.isPastAcceptance ? " (was accepted)"
                                         : "") +
                "\n";
    return text;
}

MapDrift driftOf(const std::string& members, const Estate& estate, const DriftOptions& options = {})
{
    const ContextMap map = LineageWorld::mapOf(members);
    return mapDrift(map, estate, ownershipOf(map, estate), options);
}

std::string found(const std::string& members, const std::string& lines,
                  const DriftOptions& options = {})
{
    return textOf(driftOf(members, *estateFrom(lines), options));
}

MapDocument documentOf(std::string members)
{
    std::replace(members.begin(), members.end(), '\'', '"');
    Result<MapDocument> document =
        MapDocument::read("{\"portolan\": 1, \"name\": \"Test\", " + members + "}", "test.json");
    if (!document)
        qFatal("%s", toText(document.error()).c_str());
    return std::move(*document);
}

// What is left after the first drift was declared; checks that undo restores the bytes.
std::string afterDeclaring(const std::string& members, const std::string& lines)
{
    MapDocument document = documentOf(members);
    const std::string before = document.text();
    const EstatePtr estate = estateFrom(lines);
    const auto drift = [&] {
        return mapDrift(document.map(), *estate, ownershipOf(document.map(), *estate));
    };
    const MapDrift now = drift();
    const Result<Edit> edit = declareObserved(document, *estate, now, now.items.front());
    if (!edit)
        return edit.error().message;
    const Result<Edit> inverse = document.apply(*edit);
    if (!inverse)
        return inverse.error().message;
    std::string text = edit->name + "\n" + textOf(drift());
    if (!document.apply(*inverse) || document.text() != before)
        return "undo restores other bytes";
    return text;
}

}  // namespace

class DriftItemsTest : public QObject {
    Q_OBJECT

private slots:
    void nothingIsDriftBeforeAnImport()
    {
        QCOMPARE(found(contexts + crmToParty, "crm.raw\n"), std::string());
    }

    void aFlowThatIsNotDeclared()
    {
        QCOMPARE(
            found(contexts + products,
                  "crm.raw -> party.core by match\ncrm.export -> party.core by match\n"),
            std::string("warning observed-not-declared:crm:party: Party reads from CRM: Export "
                        "and internals raw, by 1 job. The map has no relationship between "
                        "the two.\n"));
    }

    void aFlowThroughWhatNobodyOwns()
    {
        QCOMPARE(found(contexts, "crm.raw -> scratch.x by dump\nscratch.x -> party.core by load\n"),
                 std::string("warning observed-not-declared:crm:party: Party reads from CRM: "
                             "internals raw, by 2 jobs, through 1 dataset that nobody owns. The "
                             "map has no relationship between the two.\n"));
    }

    void aRelationshipThatWasNeverSeen()
    {
        QCOMPARE(found(contexts + crmToParty, "crm.raw -> crm.clean by own\n"),
                 std::string("warning never-observed:relationship:r: Nothing was seen to flow from "
                             "CRM to Party.\n"));
    }

    void equalsNeedNotBeSeen()
    {
        QCOMPARE(found(contexts + related("partnership"), "crm.raw -> crm.clean by own\n"),
                 std::string());
        QCOMPARE(found(contexts + related("shared-kernel"),
                       "crm.raw -> party.core by own\nparty.core -> crm.back by own\n"),
                 std::string());
    }

    void aRelationshipThatWasNotSeenForLong()
    {
        const Estate estate =
            withRuns(*estateFrom("crm.raw -> party.core by match\ncrm.raw -> party.names by name\n"
                                 "party.core -> party.other by own\n"),
                     {{"match", "2026-09-12"}, {"name", "2026-08-30"}, {"own", "2026-10-13"}});
        const DriftOptions thirty{30, {}};
        QCOMPARE(
            textOf(driftOf(contexts + crmToParty, estate, thirty)),
            std::string("note not-observed-since:relationship:r: Nothing was seen to flow from "
                        "CRM to Party since 2026-09-12; the newest run of all was on "
                        "2026-10-13.\n"));
        const DriftOptions thirtyOne{31, {}};
        QCOMPARE(textOf(driftOf(contexts + crmToParty, estate, thirtyOne)), std::string());
        QCOMPARE(
            textOf(driftOf(contexts + related("partnership"), estate, thirty)),
            std::string("note not-observed-since:relationship:r: Nothing was seen to flow from "
                        "CRM to Party since 2026-09-12; the newest run of all was on "
                        "2026-10-13.\n"));
    }

    void aJobOfWhichNoRunIsKnownMakesNothingStale()
    {
        const Estate estate =
            withRuns(*estateFrom("crm.raw -> party.core by match\ncrm.raw -> party.names by name\n"
                                 "party.core -> party.other by own\n"),
                     {{"match", "2026-01-12"}, {"own", "2026-10-13"}});
        QCOMPARE(textOf(driftOf(contexts + crmToParty, estate)), std::string());
    }

    void theWrongDirection()
    {
        QCOMPARE(
            found(contexts + crmToParty, "party.core -> crm.copy by back\n"),
            std::string("error wrong-direction:relationship:r: CRM is upstream of Party on the "
                        "map, but was seen downstream only: CRM reads from Party: internals "
                        "core, by 1 job.\n"));
        QCOMPARE(found(contexts + crmToParty,
                       "party.core -> crm.copy by back\ncrm.raw -> party.core by match\n"),
                 std::string("warning observed-not-declared:party:crm: CRM reads from Party: "
                             "internals core, by 1 job. The map has no relationship between "
                             "the two.\n"));
    }

    void separateWaysThatMeet()
    {
        QCOMPARE(found(contexts + related("separate-ways"), "crm.raw -> crm.clean by own\n"),
                 std::string());
        QCOMPARE(found(contexts + related("separate-ways"),
                       "party.core -> crm.copy by back\ncrm.raw -> party.core by match\n"),
                 std::string("error separate-ways:relationship:r: The two go separate ways on the "
                             "map, but Party reads from CRM: internals raw, by 1 job; and data "
                             "flows back.\n"));
    }

    void internalsOfAnUpstreamThatSaysWhatItExposes()
    {
        const std::string lines =
            "crm.raw -> party.core by match\ncrm.export -> party.core by match\n";
        QCOMPARE(
            found(contexts + products + related("upstream-downstream", ", 'exposes': ['export']"),
                  lines),
            std::string("warning internals-read:relationship:r: Party reads from CRM: "
                        "internals raw, by 1 job. The relationship exposes Export.\n"));
        QCOMPARE(found(contexts + products + crmToParty, lines), std::string());
    }

    void aTranslationThatIsBypassed()
    {
        const std::string map =
            contexts + products + related("upstream-downstream", ", 'exposes': ['export']") +
            ", 'routes': [{'id': 'in', 'name': 'Intake', 'from': ['export'], 'to': 'party', "
            "'delivers': 'profile', 'translation': [{'from': 'a', 'to': 'b'}]}]";
        const std::string route =
            "crm.export -> party.staging by load\nparty.staging -> party.profile by translate\n";
        QCOMPARE(found(map, route), std::string());
        QCOMPARE(found(map, route + "crm.export -> party.other by peek\n"),
                 std::string("warning bypassed-translation:route:in:crm: Party reads from CRM: "
                             "Export, by 1 job, into other, past the route Intake.\n"));
        QCOMPARE(found(map, route + "crm.raw -> party.other by peek\n"),
                 std::string("error bypassed-translation:route:in:crm: Party reads from CRM: "
                             "internals raw, by 1 job, into other, past the route "
                             "Intake.\n"));
    }

    void aRouteWithoutTranslationIsNotBypassed()
    {
        const std::string lines = "crm.export -> party.profile by load\n"
                                  "crm.export -> party.other by peek\n";
        const std::string route = ", 'routes': [{'id': 'in', 'name': 'Intake', 'from': ['export'], "
                                  "'to': 'party', 'delivers': 'profile'}]";
        QCOMPARE(found(contexts + products + crmToParty + route, lines), std::string());
        QCOMPARE(found(contexts + products +
                           related("upstream-downstream", ", 'downstreamRoles': ['ACL']") + route,
                       lines),
                 std::string("warning bypassed-translation:route:in:crm: Party reads from CRM: "
                             "Export, by 1 job, into other, past the route Intake.\n"));
    }

    void aRouteThatWasNeverSeen()
    {
        const std::string route = ", 'routes': [{'id': 'in', 'name': 'Intake', 'from': ['export'], "
                                  "'to': 'party'}]";
        QCOMPARE(
            found(contexts + products + crmToParty + route,
                  "crm.raw -> party.core by match\ncrm.export -> crm.own by own\n"),
            std::string("warning never-observed:route:in: Party was never seen to read Export, "
                        "which the route Intake starts from.\n"));
        QCOMPARE(found(contexts + products + crmToParty + route, "crm.export -> crm.own by own\n"),
                 std::string("warning never-observed:relationship:r: Nothing was seen to flow from "
                             "CRM to Party.\n"));
    }

    void whatIsAcceptedComesLast()
    {
        const std::string accepted =
            ", 'acceptedDrift': [{'kind': 'separate-ways', 'subject': 'relationship r', 'reason': "
            "'x', 'until': '2026-12-31'}]";
        const std::string lines = "party.core -> crm.copy by back\nparty.core -> claims.x by see\n";
        const DriftOptions before{30, "2026-12-31"};
        const DriftOptions after{30, "2027-01-01"};
        const std::string crossed =
            "error separate-ways:relationship:r: The two go separate ways on the map, but CRM "
            "reads from Party: internals core, by 1 job.";
        const std::string flow =
            "warning observed-not-declared:party:claims: Claims reads from Party: internals "
            "core, by 1 job. The map has no relationship between the two.\n";
        const std::string map = contexts + related("separate-ways") + accepted;
        QCOMPARE(found(map, lines, before), flow + crossed + " (accepted)\n");
        QCOMPARE(found(map, lines, after), crossed + " (was accepted)\n" + flow);
    }

    void eachKindCanBeAcceptedByItsOwnAcceptance()
    {
        const std::string map =
            contexts + products + related("upstream-downstream", ", 'exposes': ['export']") +
            ", 'routes': [{'id': 'in', 'name': 'Intake', 'from': ['export'], 'to': 'party', "
            "'delivers': 'profile', 'translation': [{'from': 'a', 'to': 'b'}]}]";
        const EstatePtr estate = estateFrom("crm.export -> party.profile by load\n"
                                            "crm.raw -> party.profile by load\n"
                                            "crm.export -> party.other by peek\n"
                                            "party.core -> claims.x by see\n");
        MapDocument document = documentOf(map);
        const auto drift = [&] {
            return mapDrift(document.map(), *estate, ownershipOf(document.map(), *estate));
        };
        QCOMPARE(drift().items.size(), std::size_t(3));
        for (int left = 3; left > 0; --left) {
            AcceptedDrift accepted = acceptanceOf(drift().items.front());
            accepted.reason = "for now";
            const Result<Edit> edit = acceptDrift(document, accepted);
            QVERIFY(edit && document.apply(*edit));
        }
        for (const DriftItem& item : drift().items)
            QVERIFY2(item.isAccepted(), item.id.c_str());
    }

    void declaringMakesItGone()
    {
        QCOMPARE(afterDeclaring(contexts + products, "crm.export -> party.core by match\n"),
                 std::string("Relate CRM and Party\n"));
        QCOMPARE(afterDeclaring(contexts + crmToParty, "party.core -> crm.copy by back\n"),
                 std::string("Change relationship of Party and CRM\n"));
        QCOMPARE(afterDeclaring(contexts + crmToParty, "crm.raw -> crm.clean by own\n"),
                 std::string("Only what was observed and is not declared, or is declared the wrong "
                             "way, can be declared."));
    }

    void evidenceNamesPlaceAndJob()
    {
        const EstatePtr estate =
            estateFrom("crm.raw -> party.core by match\nparty.core -> party.x by own\n"
                       "crm.more -> party.core by add\n");
        const MapDrift drift = driftOf(contexts, *estate);
        std::string text;
        for (const DriftEvidence& evidence : evidenceOf(*estate, drift, drift.items.front()))
            text += std::to_string(evidence.where.line) + " " + nameOf(*estate, evidence.from) +
                    " by " + estate->jobs[evidence.job.value].name + "\n";
        QCOMPARE(text, std::string("1 crm.raw by match\n3 crm.more by add\n"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::DriftItemsTest)
#include "drift_items_test.moc"
