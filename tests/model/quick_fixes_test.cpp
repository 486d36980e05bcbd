// SPDX-License-Identifier: Apache-2.0
// What is offered to mend each finding, and that each of these fixes mends it, harms nothing else and is undone to the byte.
#include "model/analysis/rules/quick_fixes.h"

#include "model/analysis/rules/as_is_to_be.h"
#include "model/analysis/rules/context_map_rules.h"
#include "tests/support/text_output.h"

#include <algorithm>
#include <map>
#include <set>

namespace portolan {
namespace {

MapDocument documentOf(const std::string& members)
{
    Result<MapDocument> document = MapDocument::read(
        "{\n  \"portolan\": 1,\n  \"name\": \"Test\",\n  \"x-own\": [1],\n  " + members + "\n}\n",
        "test.json");
    if (!document)
        qFatal("%s", toText(document.error()).c_str());
    return std::move(*document);
}

// Four contexts with a product each of the first two; `relationships` are objects of the file.
std::string four(const std::string& relationships, const std::string& more = {})
{
    return "\"teams\": [{\"id\": \"blue\", \"name\": \"Blue\"}],\n"
           "  \"contexts\": [{\"id\": \"party\", \"name\": \"Party\"}, {\"id\": \"policy\", \"name\": \"Policy\", \"team\": \"blue\"},\n"
           "               {\"id\": \"claims\", \"name\": \"Claims\"}, {\"id\": \"crm\", \"name\": \"CRM\", \"bigBallOfMud\": true}],\n"
           "  \"products\": [{\"id\": \"profile\", \"name\": \"Profile\", \"context\": \"party\"},\n"
           "               {\"id\": \"cover\", \"name\": \"Cover\", \"context\": \"policy\"}],\n"
           "  \"relationships\": [" +
           relationships + "]" + (more.empty() ? "" : ",\n  " + more);
}

std::string joining(const std::string& type, const std::string& ends, const std::string& more = {})
{
    return "{\"id\": \"a\", \"type\": \"" + type + "\", " + ends +
           (more.empty() ? "" : ", " + more) + ", \"x-kept\": true}";
}

const std::string partyToClaims = "\"upstream\": \"party\", \"downstream\": \"claims\"";
const std::string partyAndClaims = "\"between\": [\"party\", \"claims\"]";

std::string problemsOf(const MapDocument& document)
{
    std::multiset<std::string> all;
    for (const Problem& problem : document.problems())
        all.insert(problem.code + " " + problem.message);
    std::string text;
    for (const std::string& problem : all)
        text += problem + "\n";
    return text;
}

std::map<std::string, int> errorsOf(const MapDocument& document)
{
    std::map<std::string, int> errors;
    for (const Finding& finding : checkContextMap(document.map())) {
        if (finding.severity == Severity::Error)
            ++errors[finding.rule + " " + finding.subject.id];
    }
    return errors;
}

std::multiset<std::string> messagesOf(const MapDocument& document, const std::string& rule)
{
    std::multiset<std::string> messages;
    for (const Finding& finding : checkContextMap(document.map())) {
        if (finding.rule == rule)
            messages.insert(finding.message);
    }
    return messages;
}

std::set<std::string>& rulesWithFixes()
{
    static std::set<std::string> rules;
    return rules;
}

// What is wrong with a fix; nothing when all is well.
std::string faultsOf(const QuickFix& fix, const Finding& finding, const std::string& members)
{
    MapDocument document = documentOf(members);
    const std::string text = document.text();
    const std::string problems = problemsOf(document);
    const std::map<std::string, int> errors = errorsOf(document);
    const auto found = messagesOf(document, finding.rule).count(finding.message);
    Result<Edit> undo = document.apply(fix.edit);
    if (!undo)
        return toText(undo.error());
    std::string faults;
    if (messagesOf(document, finding.rule).count(finding.message) >= found)
        faults += " the finding stays;";
    if (fix.edit.name != fix.title + ": " + finding.subjectName)
        faults += " is called " + fix.edit.name + ";";
    if (document.text().find("\"x-own\": [1]") == std::string::npos)
        faults += " loses what it does not know;";
    if (problemsOf(document) != problems && problemsOf(document).size() >= problems.size())
        faults += " problems: " + problemsOf(document);
    for (const auto& [error, count] : errorsOf(document)) {
        const auto before = errors.find(error);
        if (before == errors.end() || before->second < count)
            faults += " new error " + error + ";";
    }
    if (!document.apply(*undo) || document.text() != text)
        faults += " undo does not restore the text;";
    return faults;
}

// The titles that are offered for the findings of one rule, a line each.
std::string offered(const std::string& rule, const std::string& members)
{
    const MapDocument document = documentOf(members);
    std::string text;
    bool isFound = false;
    for (const Finding& finding : checkContextMap(document.map())) {
        if (finding.rule != rule)
            continue;
        isFound = true;
        for (const QuickFix& fix : quickFixes(document, finding)) {
            rulesWithFixes().insert(rule);
            text += (text.empty() ? "" : "\n") + fix.title + faultsOf(fix, finding, members);
        }
    }
    return isFound ? text : "nothing was found";
}

// The text of the map's relationship "a" after the fix of that title.
std::string afterwards(const std::string& rule, const std::string& title,
                       const std::string& members)
{
    MapDocument document = documentOf(members);
    for (const Finding& finding : checkContextMap(document.map())) {
        if (finding.rule != rule)
            continue;
        for (const QuickFix& fix : quickFixes(document, finding)) {
            if (fix.title != title)
                continue;
            if (!document.apply(fix.edit))
                return "refused";
            const Relationship* a = document.map().relationship(RelationshipId("a"));
            return a ? std::string(DataNode(&document.tree(), a->where.node).raw()) : "gone";
        }
    }
    return "not offered";
}

}  // namespace

class QuickFixesTest : public QObject {
    Q_OBJECT

private slots:
    void symmetricHasNoRoles()
    {
        QCOMPARE(offered("symmetric-has-no-roles", four(joining("partnership", partyAndClaims,
                                                                "\"upstreamRoles\": [\"PL\"]"))),
                 std::string("Remove the roles\n"
                             "Make it an upstream/downstream, with Party upstream"));
        QCOMPARE(offered("symmetric-has-no-roles", four(joining("shared-kernel", partyAndClaims,
                                                                "\"upstreamRoles\": [\"ACL\"]"))),
                 std::string("Remove the roles\n"
                             "Make it an upstream/downstream, with Claims upstream"));
    }

    void upstreamRoles()
    {
        QCOMPARE(offered("upstream-roles", four(joining("upstream-downstream", partyToClaims,
                                                        "\"upstreamRoles\": [\"ACL\"]"))),
                 std::string("Move the ACL to Claims\nRemove the ACL from Party\n"
                             "Turn it round: Claims upstream of Party"));
        // Moved there it would stand beside CF, and turned round Claims would be an upstream that conforms.
        QCOMPARE(
            offered("upstream-roles",
                    four(joining(
                        "upstream-downstream", partyToClaims,
                        "\"upstreamRoles\": [\"PL\", \"ACL\"], \"downstreamRoles\": [\"CF\"]"))),
            std::string("Remove the ACL from Party"));
    }

    void downstreamRoles()
    {
        QCOMPARE(
            offered("downstream-roles", four(joining("upstream-downstream", partyToClaims,
                                                     "\"downstreamRoles\": [\"OHS\", \"PL\"]"))),
            std::string("Move the OHS and PL to Party\nRemove the OHS and PL from Claims\n"
                        "Turn it round: Claims upstream of Party"));
    }

    void customerSupplierEnds()
    {
        QCOMPARE(offered("customer-supplier-ends",
                         four(joining("customer-supplier", "\"downstream\": \"claims\"",
                                      "\"exposes\": [\"profile\"]"))),
                 std::string("Make Party the supplier\nRemove the relationship"));
        QCOMPARE(offered("customer-supplier-ends",
                         four(joining("customer-supplier", "\"upstream\": \"party\""))),
                 std::string("Remove the relationship"));
    }

    void twoContexts()
    {
        QCOMPARE(offered("two-contexts",
                         four(joining("partnership", "\"between\": [\"party\", \"party\"]"))),
                 std::string("Remove the relationship"));
        QCOMPARE(offered("two-contexts",
                         four(joining("upstream-downstream",
                                      "\"upstream\": \"party\", \"downstream\": \"billing\""))),
                 std::string("Add billing to the map\nRemove the relationship"));
    }

    void exposedBelongs()
    {
        QCOMPARE(offered("exposed-belongs", four(joining("upstream-downstream", partyToClaims,
                                                         "\"exposes\": [\"cover\"]"))),
                 std::string("Take Cover out of what it exposes\nMake Policy the upstream end\n"
                             "Let Party own Cover"));
        // Two that do not belong: the other one stays wrong, whichever end it comes from.
        QCOMPARE(offered("exposed-belongs",
                         four(joining("upstream-downstream",
                                      "\"upstream\": \"claims\", \"downstream\": \"crm\"",
                                      "\"exposes\": [\"cover\", \"profile\"]"))),
                 std::string("Take Cover out of what it exposes\nMake Policy the upstream end\n"
                             "Let Claims own Cover\nTake Profile out of what it exposes\n"
                             "Make Party the upstream end\nLet Claims own Profile"));
    }

    void customerSupplier()
    {
        const auto map = [](const std::string& roles) {
            return four(joining("customer-supplier", partyToClaims, roles));
        };
        QCOMPARE(offered("customer-supplier-no-ohs", map("\"upstreamRoles\": [\"OHS\", \"PL\"]")),
                 std::string("Remove the OHS\nMake it a plain upstream/downstream"));
        QCOMPARE(offered("customer-supplier-no-conformist", map("\"downstreamRoles\": [\"CF\"]")),
                 std::string("Remove the CF\nMake it a plain upstream/downstream"));
        QCOMPARE(
            offered("customer-supplier-with-acl",
                    map("\"downstreamRoles\": [\"ACL\"], \"veto\": true")),
            std::string("Remove the ACL\nMake it a plain upstream/downstream, without the veto"));
    }

    void aclXorConformist()
    {
        const std::string map = four(joining("upstream-downstream", partyToClaims,
                                             "\"downstreamRoles\": [\"ACL\", \"CF\"]"));
        QCOMPARE(offered("acl-xor-conformist", map), std::string("Remove the CF\nRemove the ACL"));
        QCOMPARE(afterwards("acl-xor-conformist", "Remove the ACL", map),
                 joining("upstream-downstream", partyToClaims, "\"downstreamRoles\": [\"CF\"]"));
    }

    void uniqueNames()
    {
        const std::string rule = "unique-names";
        QCOMPARE(
            offered(
                rule,
                "\"domains\": [{\"id\": \"sales\", \"name\": \"Sales\"}],\n"
                "  \"contexts\": [{\"id\": \"a\", \"name\": \"Claims\", \"domain\": \"sales\"}, {\"id\": \"b\", \"name\": \"claims\"}]"),
            std::string("Rename b to claims (b)\nRename a to Claims (Sales)"));
        QCOMPARE(
            offered(
                rule,
                "\"domains\": [{\"id\": \"s\", \"name\": \"Sales\"}, {\"id\": \"o\", \"name\": \"Own\"},\n"
                "              {\"id\": \"t\", \"name\": \"Sales\", \"parent\": \"o\"}]"),
            std::string("Rename t to Sales (Own)\nRename s to Sales (s)"));
        QCOMPARE(
            offered(
                rule,
                "\"contexts\": [{\"id\": \"a\", \"name\": \"A\", \"terms\": [{\"name\": \"Case\"}, {\"name\": \"Case\"}]}]"),
            std::string("Remove the second Case\nRename the second Case to Case 2"));
    }

    void domains()
    {
        const std::string domains =
            "\"domains\": [{\"id\": \"s\", \"name\": \"Sales\"},\n"
            "    {\"id\": \"t\", \"name\": \"Retail\", \"parent\": \"s\"}, {\"id\": \"o\", \"name\": \"Own\"}],\n"
            "  \"contexts\": [{\"id\": \"a\", \"name\": \"A\", \"domains\": ";
        QCOMPARE(offered("domain-and-its-subdomain", domains + "[\"s\", \"t\"]}]"),
                 std::string("Keep only the subdomain Retail\nKeep only the domain Sales"));
        QCOMPARE(offered("many-domains", domains + "[\"s\", \"o\"]}]"),
                 std::string("Keep only the domain Sales\nKeep only the domain Own"));
    }

    void teamRealizes()
    {
        QCOMPARE(offered("team-realizes",
                         four(joining("upstream-downstream",
                                      "\"upstream\": \"party\", \"downstream\": \"blue\""))),
                 std::string("Join Policy, which the team owns\nRemove the relationship"));
        QCOMPARE(
            offered(
                "team-realizes",
                "\"teams\": [{\"id\": \"blue\", \"name\": \"Blue\"}],\n"
                "  \"contexts\": [{\"id\": \"a\", \"name\": \"A\", \"team\": \"b\"}, {\"id\": \"b\", \"name\": \"B\", \"team\": \"blue\"}]"),
            std::string("Name Blue, the team of B\nLeave the team open"));
    }

    void oneOwnerOfProducts()
    {
        const std::string rule = "one-owner";
        const std::string contexts =
            "\"contexts\": [{\"id\": \"a\", \"name\": \"A\"}, {\"id\": \"b\", \"name\": \"B\"}], \"products\": [";
        QCOMPARE(
            offered(
                rule,
                contexts +
                    "{\"id\": \"p\", \"name\": \"Cover\", \"context\": \"a\"},\n"
                    "                                             {\"id\": \"q\", \"name\": \"Cover\", \"context\": \"b\"}]"),
            std::string("Rename Cover to Cover (B)"));
        QCOMPARE(
            offered(
                rule,
                contexts +
                    "{\"id\": \"p\", \"name\": \"P\", \"context\": \"a\", \"contracts\": [\"c\", \"d\"]},\n"
                    "                                 {\"id\": \"q\", \"name\": \"Q\", \"context\": \"b\", \"contracts\": [\"c\"]}]"),
            std::string("Take c out of Q of B\nTake c out of P of A"));
        QCOMPARE(
            offered(
                rule,
                contexts +
                    "{\"id\": \"p\", \"name\": \"P\", \"context\": \"a\", \"ports\": [{\"dataset\": \"d\"}]},\n"
                    "                                 {\"id\": \"q\", \"name\": \"Q\", \"context\": \"b\", \"ports\": [{\"dataset\": \"d\"}]}]"),
            std::string("Take d from the ports of Q of B\nTake d from the ports of P of A"));
        QCOMPARE(
            offered(
                rule,
                contexts +
                    "{\"id\": \"p\", \"name\": \"P\"}],\n"
                    "  \"relationships\": [{\"id\": \"r\", \"type\": \"upstream-downstream\", \"upstream\": \"a\", \"downstream\": \"b\", \"exposes\": [\"p\"]}]"),
            std::string("Let A, which exposes it, own P\nRemove P"));
    }

    void oneOwnerOfWordsAndNumbers()
    {
        const std::string rule = "one-owner";
        QCOMPARE(
            offered(
                rule,
                "\"contexts\": [{\"id\": \"a\", \"name\": \"A\", \"terms\": [{\"name\": \"Case\", \"definition\": \"One\"}]},\n"
                "               {\"id\": \"b\", \"name\": \"B\", \"terms\": [{\"name\": \"Case\", \"definition\": \"One\"}]}]"),
            std::string("Leave the definition of Case to A\nLeave the definition of Case to B"));
        const std::string contexts =
            "\"contexts\": [{\"id\": \"a\", \"name\": \"A\"}, {\"id\": \"b\", \"name\": \"B\"}], \"identifiers\": [";
        QCOMPARE(
            offered(
                rule,
                contexts +
                    "{\"id\": \"p\", \"name\": \"Number\", \"context\": \"a\"},\n"
                    "                                             {\"id\": \"q\", \"name\": \"Number\", \"context\": \"b\"}]"),
            std::string("Rename Number to Number (B)"));
        QCOMPARE(offered(rule, contexts + "{\"id\": \"p\", \"name\": \"Number\"}]"),
                 std::string("Remove Number"));
        // A crosswalk still needs it: without it the map would not be read whole.
        QCOMPARE(
            offered(
                rule,
                contexts +
                    "{\"id\": \"p\", \"name\": \"Number\"}],\n"
                    "  \"crosswalks\": [{\"id\": \"x\", \"from\": \"p\", \"to\": \"p\", \"context\": \"a\"}]"),
            std::string());
    }

    void unknownReferenceOfRoutes()
    {
        const std::string rule = "unknown-reference";
        const auto route = [](const std::string& members) {
            return "\"routes\": [{\"id\": \"r\", \"name\": \"R\", " + members + "}]";
        };
        QCOMPARE(offered(rule, four("", route("\"from\": [\"profile\"], \"to\": \"claims\""))),
                 std::string("Draw Party → Claims, exposing Profile\nRemove the route"));
        QCOMPARE(offered(rule, four(joining("separate-ways", partyAndClaims),
                                    route("\"from\": [\"profile\"], \"to\": \"claims\""))),
                 std::string("Draw Party → Claims, exposing Profile in place of separate ways\n"
                             "Remove the route"));
        QCOMPARE(
            offered(
                rule,
                four(
                    joining("upstream-downstream",
                            "\"upstream\": \"party\", \"downstream\": \"claims\"",
                            "\"exposes\": [\"other\"]"),
                    "\"routes\": [{\"id\": \"r\", \"name\": \"R\", \"from\": [\"cover\", \"profile\"], \"to\": \"policy\"}]")),
            std::string("Draw Party → Policy, exposing Profile\n"
                        "Take Profile out of the route"));
        QCOMPARE(
            offered(
                rule,
                four(
                    "",
                    route("\"from\": [\"cover\"], \"to\": \"policy\", \"delivers\": \"profile\""))),
            std::string("Say nothing of what the route delivers"));
    }

    void unknownReferenceWhereAListLacksIt()
    {
        const std::string map =
            "\"contexts\": [{\"id\": \"a\", \"name\": \"A\"}, {\"id\": \"b\", \"name\": \"B\"}],\n"
            "  \"products\": [{\"id\": \"p\", \"name\": \"P\", \"context\": \"a\"}, {\"id\": \"q\", \"name\": \"Q\", \"context\": \"a\"}],\n"
            "  \"routes\": [{\"id\": \"r\", \"name\": \"R\", \"from\": [\"q\"], \"to\": \"b\"}],\n"
            "  \"relationships\": [{\"id\": \"a\", \"type\": \"upstream-downstream\", \"upstream\": \"a\", \"downstream\": \"b\", \"exposes\": [\"p\"]}]";
        QCOMPARE(offered("unknown-reference", map),
                 std::string("Expose Q in A → B\nRemove the route"));
        QCOMPARE(
            afterwards("unknown-reference", "Expose Q in A → B", map),
            std::string("{\"id\": \"a\", \"type\": \"upstream-downstream\", \"upstream\": \"a\", "
                        "\"downstream\": \"b\", \"exposes\": [\"p\", \"q\"]}"));
    }

    void unknownReferenceOfCrosswalks()
    {
        QCOMPARE(
            offered(
                "unknown-reference",
                four(
                    "",
                    "\"identifiers\": [{\"id\": \"i\", \"name\": \"I\", \"context\": \"party\"},\n"
                    "                  {\"id\": \"j\", \"name\": \"J\", \"context\": \"claims\"}],\n"
                    "  \"crosswalks\": [{\"id\": \"x\", \"from\": \"i\", \"to\": \"j\", \"context\": \"claims\"}]")),
            std::string("Draw Party → Claims"));
        QCOMPARE(
            offered(
                "unknown-reference",
                four(
                    "",
                    "\"identifiers\": [{\"id\": \"i\", \"name\": \"I\", \"context\": \"party\"}],\n"
                    "  \"crosswalks\": [{\"id\": \"x\", \"from\": \"i\", \"to\": \"i\", \"context\": \"claims\"}]")),
            std::string("Draw Party → Claims\nGive the crosswalk to Party\n"
                        "Draw Party → Claims\nGive the crosswalk to Party"));
    }

    // Cutting one circle shows the next one, which the same context is on.
    void aHiddenCircleIsNoReasonToKeepTheFirst()
    {
        const std::string two =
            ", {\"id\": \"b\", \"type\": \"customer-supplier\", \"upstream\": \"claims\", "
            "\"downstream\": \"party\"}, {\"id\": \"c\", \"type\": \"customer-supplier\", "
            "\"upstream\": \"party\", \"downstream\": \"policy\"}, {\"id\": \"d\", \"type\": "
            "\"customer-supplier\", \"upstream\": \"policy\", \"downstream\": \"party\"}";
        QCOMPARE(
            offered("upstream-cycle", four(joining("upstream-downstream", partyToClaims) + two)),
            std::string("Make Party and Claims partners\nRemove Party → Claims\n"
                        "Remove Claims → Party"));
    }

    void exposesEverything()
    {
        QCOMPARE(offered("exposes-everything", four(joining("upstream-downstream", partyToClaims))),
                 std::string("List all products of Party: Profile"));
        QCOMPARE(
            offered(
                "exposes-everything",
                four(
                    joining("upstream-downstream", partyToClaims),
                    "\"routes\": [{\"id\": \"r\", \"name\": \"R\", \"from\": [\"profile\"], \"to\": \"claims\"}]")),
            std::string("List what its routes carry: Profile"));
        QCOMPARE(offered("exposes-everything",
                         four(joining("upstream-downstream",
                                      "\"upstream\": \"crm\", \"downstream\": \"claims\""))),
                 std::string());
    }

    void twoRelationships()
    {
        const std::string other =
            ", {\"id\": \"b\", \"type\": \"partnership\", \"between\": [\"claims\", \"party\"]}";
        QCOMPARE(
            offered("two-relationships", four(joining("customer-supplier", partyToClaims) + other)),
            std::string("Keep only Party → Claims (customer supplier)\n"
                        "Keep only Claims ↔ Party (partnership)"));
        const std::string same =
            ", {\"id\": \"b\", \"type\": \"customer-supplier\", \"upstream\": \"party\", \"downstream\": \"claims\", \"upstreamRoles\": [\"PL\"], \"exposes\": [\"cover\", \"profile\"]}";
        const std::string twice =
            four(joining("customer-supplier", partyToClaims, "\"exposes\": [\"profile\"]") + same);
        QCOMPARE(offered("two-relationships", twice),
                 std::string("Keep only Party → Claims (customer supplier)\n"
                             "Keep only Party → Claims (customer supplier)"));
    }

    void twoAlikeAreMerged()
    {
        const std::string map = four(
            joining("customer-supplier", partyToClaims) +
            ", {\"id\": \"b\", \"type\": \"customer-supplier\", \"upstream\": \"party\", \"downstream\": \"claims\", \"upstreamRoles\": [\"PL\"], \"exposes\": [\"profile\"]}");
        QVERIFY(offered("two-relationships", map).starts_with("Merge them into one\n"));
        QCOMPARE(afterwards("two-relationships", "Merge them into one", map),
                 std::string(
                     "{\"id\": \"a\", \"type\": \"customer-supplier\", \"upstream\": \"party\", "
                     "\"downstream\": \"claims\", \"upstreamRoles\": [\"PL\"], \"x-kept\": true}"));
    }

    // Of two versions, names or descriptions one would be lost.
    void whatSaysTwoThingsIsNotMerged()
    {
        const auto map = [](const std::string& one, const std::string& other) {
            return four(joining("customer-supplier", partyToClaims, one) +
                        ", {\"id\": \"b\", \"type\": \"customer-supplier\", \"upstream\": "
                        "\"party\", \"downstream\": \"claims\", " +
                        other + "}");
        };
        QVERIFY(!offered("two-relationships", map("\"adopts\": \"1\"", "\"adopts\": \"2\""))
                     .starts_with("Merge"));
        QVERIFY(!offered("two-relationships", map("\"name\": \"N\"", "\"name\": \"M\""))
                     .starts_with("Merge"));
        const std::string one = map("\"adopts\": \"1\"", "\"name\": \"M\", \"adopts\": \"1\"");
        QCOMPARE(afterwards("two-relationships", "Merge them into one", one),
                 joining("customer-supplier", partyToClaims, "\"adopts\": \"1\", \"name\": \"M\""));
    }

    void contradictingDirection()
    {
        const auto map = [](const std::string& there, const std::string& back) {
            return four(
                joining("upstream-downstream", partyToClaims, there) +
                ", {\"id\": \"b\", \"type\": \"upstream-downstream\", \"upstream\": \"claims\",\n"
                "                   \"downstream\": \"party\"" +
                back + "}");
        };
        QCOMPARE(offered("contradicting-direction",
                         map("\"exposes\": [\"profile\"]", ", \"exposes\": [\"profile\"]")),
                 std::string("Remove Party → Claims\nRemove Claims → Party"));
        QCOMPARE(offered("contradicting-direction", map("\"exposes\": [\"profile\", \"cover\"]",
                                                        ", \"exposes\": [\"cover\"]")),
                 std::string("Take what Party does not own out of Party → Claims\n"
                             "Remove Party → Claims\nRemove Claims → Party"));
    }

    void upstreamCycle()
    {
        const std::string back =
            ", {\"id\": \"b\", \"type\": \"upstream-downstream\", \"upstream\": \"claims\", \"downstream\": \"party\"}";
        QCOMPARE(
            offered("upstream-cycle", four(joining("upstream-downstream", partyToClaims) + back)),
            std::string("Make Party and Claims partners\nRemove Party → Claims\n"
                        "Remove Claims → Party"));
        const std::string round =
            ", {\"id\": \"b\", \"type\": \"upstream-downstream\", \"upstream\": \"claims\", \"downstream\": \"crm\"},\n"
            "               {\"id\": \"c\", \"type\": \"customer-supplier\", \"upstream\": \"crm\", \"downstream\": \"party\"}";
        QCOMPARE(
            offered("upstream-cycle", four(joining("upstream-downstream", partyToClaims) + round)),
            std::string("Make Party and Claims partners\nRemove Party → Claims\n"
                        "Make Claims and CRM partners\nRemove Claims → CRM\n"
                        "Make CRM and Party partners\nRemove CRM → Party"));
    }

    void openHostWithoutLanguage()
    {
        QCOMPARE(offered("ohs-without-pl", four(joining("upstream-downstream", partyToClaims,
                                                        "\"upstreamRoles\": [\"OHS\"]"))),
                 std::string("Add the PL\nRemove the OHS"));
    }

    void noRoles()
    {
        QCOMPARE(offered("no-roles", four(joining("upstream-downstream", partyToClaims))),
                 std::string("Let Claims translate (ACL)\nLet Claims conform (CF)\n"
                             "Let Party host openly and publish its language (OHS, PL)"));
    }

    void veto()
    {
        const auto map = [](const std::string& more) {
            return four(joining("upstream-downstream", partyToClaims, more));
        };
        QCOMPARE(offered("veto-is-customer-supplier", map("\"veto\": true")),
                 std::string("Make it Customer-Supplier\nTake the veto away"));
        const std::string roles = map(
            "\"upstreamRoles\": [\"OHS\", \"PL\"], \"downstreamRoles\": [\"CF\"], \"veto\": true");
        QCOMPARE(
            offered("veto-is-customer-supplier", roles),
            std::string("Make it Customer-Supplier, without the OHS and CF\nTake the veto away"));
        QCOMPARE(afterwards("veto-is-customer-supplier",
                            "Make it Customer-Supplier, without the OHS and CF", roles),
                 joining("customer-supplier", partyToClaims, "\"upstreamRoles\": [\"PL\"]"));
    }

    void wideSharedKernel()
    {
        const std::string chain =
            joining("shared-kernel", partyAndClaims) +
            ", {\"id\": \"b\", \"type\": \"shared-kernel\", \"between\": [\"claims\", \"policy\"]}";
        QCOMPARE(offered("wide-shared-kernel", four(chain)),
                 std::string("Let Claims publish the kernel to the others\n"
                             "Split it into a kernel for each pair"));
        const std::string circle =
            chain +
            ", {\"id\": \"c\", \"type\": \"shared-kernel\", \"between\": [\"policy\", \"party\"]}";
        QCOMPARE(offered("wide-shared-kernel", four(circle)),
                 std::string("Let Party publish the kernel to the others\n"
                             "Let Claims publish the kernel to the others\n"
                             "Let Policy publish the kernel to the others\n"
                             "Split it into a kernel for each pair"));
        QCOMPARE(
            afterwards("wide-shared-kernel", "Split it into a kernel for each pair", four(circle)),
            joining("shared-kernel", partyAndClaims, "\"name\": \"Kernel of Party and Claims\""));
        QCOMPARE(afterwards("wide-shared-kernel", "Let Policy publish the kernel to the others",
                            four(circle)),
                 std::string("gone"));
    }

    void isolatedContext()
    {
        QCOMPARE(
            offered("isolated-context", "\"contexts\": [{\"id\": \"a\", \"name\": \"Claims\"}]"),
            std::string("Mark Claims as standing alone"));
    }

    void mudWithoutAcl()
    {
        const std::string ends = "\"upstream\": \"crm\", \"downstream\": \"claims\"";
        QCOMPARE(offered("mud-without-acl", four(joining("upstream-downstream", ends))),
                 std::string("Give Claims an ACL"));
        QCOMPARE(offered("mud-without-acl", four(joining("upstream-downstream", ends,
                                                         "\"downstreamRoles\": [\"CF\"]"))),
                 std::string("Put an ACL in place of the CF"));
    }

    void aFindingOfAnotherMapHasNone()
    {
        Finding finding;
        finding.rule = "no-roles";
        finding.subject = {EntityKind::Relationship, "gone"};
        QVERIFY(quickFixes(documentOf(four("")), finding).empty());
        finding.rule = "some-other-rule";
        QVERIFY(quickFixes(documentOf(four("")), finding).empty());
    }

    void everyRuleHasAFix()
    {
        QVERIFY(!hasFixes("some-other-rule"));
        for (const RuleDescription& rule : contextMapRules()) {
            const std::string id(rule.id);
            const bool isSeen =
                id == asIsToBeRule().id || id.starts_with("accepted-drift-") ||
                rulesWithFixes().contains(id);  // as_is_test.cpp, accepted_drift_test.cpp
            QVERIFY2(hasFixes(rule.id) && isSeen, id.c_str());
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::QuickFixesTest)
#include "quick_fixes_test.moc"
