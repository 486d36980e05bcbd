// SPDX-License-Identifier: Apache-2.0
// What may be chosen for a relationship, what is said of it, and that this agrees with the rules for every pair of the sample map.
#include "model/analysis/rules/legal_choices.h"

#include "model/analysis/rules/context_map_rules.h"
#include "model/map/map_file.h"
#include "tests/support/text_output.h"

#include <algorithm>

namespace portolan {
namespace {

using What = RelationshipChoice::What;

ContextMap sampleMap()
{
    Result<OpenedMap> opened =
        openMapFile(PORTOLAN_SOURCE_DIR "/resources/estates/insurer/insurer.portolan.json");
    if (!opened)
        qFatal("%s", toText(opened.error()).c_str());
    return opened->document.map();
}

BoundedContext contextNamed(const std::string& id, const std::string& name)
{
    BoundedContext context;
    context.id = ContextId(id);
    context.name = name;
    return context;
}

// Party with the product Profile, Claims, Policy, and CRM, which is a big ball of mud.
ContextMap smallMap()
{
    ContextMap map;
    map.contexts = {contextNamed("party", "Party"), contextNamed("claims", "Claims"),
                    contextNamed("policy", "Policy"), contextNamed("crm", "CRM")};
    map.contexts.back().isBigBallOfMud = true;
    MapTeam team;
    team.id = TeamId("blue");
    team.name = "Blue";
    map.teams = {team};
    DataProduct profile;
    profile.id = ProductId("profile");
    profile.name = "Profile";
    profile.owner = ContextId("party");
    map.products = {profile};
    return map;
}

Relationship joining(const std::string& upstream, const std::string& downstream,
                     RelationshipType type = RelationshipType::UpstreamDownstream)
{
    Relationship relationship;
    relationship.type = type;
    relationship.upstream = ContextId(upstream);
    relationship.downstream = ContextId(downstream);
    return relationship;
}

Relationship declared(const std::string& id, Relationship relationship)
{
    relationship.id = RelationshipId(id);
    return relationship;
}

// The errors of the map with the relationship in it that are about the relationship.
std::string errorsWith(ContextMap map, Relationship relationship)
{
    std::erase_if(map.relationships, [&relationship](const Relationship& other) {
        return !relationship.id.isEmpty() && other.id == relationship.id;
    });
    relationship.id = RelationshipId("on-trial");
    map.relationships.push_back(relationship);
    std::string errors;
    for (const Finding& finding : checkContextMap(map)) {
        if (finding.severity == Severity::Error &&
            finding.subject == EntityRef{EntityKind::Relationship, "on-trial"})
            errors += finding.message + "\n";
    }
    return errors;
}

std::string nameOf(const RelationshipChoice& choice)
{
    if (choice.what == What::Type)
        return std::string(toString(choice.type)) +
               (isSymmetric(choice.type) ? "" : " of " + choice.upstream.text);
    const std::string end = choice.what == What::UpstreamRole ? "upstream " : "downstream ";
    return end + (choice.role ? std::string(toString(*choice.role)) : "none");
}

// "+ name", "? name: doubt" or "- name: reason", a line each.
std::string judged(const ContextMap& map, const Relationship& candidate, bool isOfTypes)
{
    std::string text;
    for (const RelationshipChoice& choice : legalChoices(map, candidate)) {
        if ((choice.what == What::Type) != isOfTypes)
            continue;
        const char* sign = !choice.isAllowed ? "- " : choice.reason.empty() ? "+ " : "? ";
        text += sign + nameOf(choice) + (choice.reason.empty() ? "" : ": " + choice.reason) + "\n";
    }
    return text;
}

std::string types(const ContextMap& map, const Relationship& candidate)
{
    return judged(map, candidate, true);
}
std::string roles(const ContextMap& map, const Relationship& candidate)
{
    return judged(map, candidate, false);
}

// All relationships that can be made by allowed roles from here: each set of upstream roles with each downstream role.
std::vector<Relationship> madeByAllowedRoles(const ContextMap& map, const Relationship& candidate)
{
    std::vector<Relationship> made = {candidate};
    for (const What what : {What::UpstreamRole, What::DownstreamRole}) {
        const std::vector<Relationship> before = made;
        for (const Relationship& one : before) {
            Relationship current = one;
            for (const RelationshipChoice& choice : legalChoices(map, one)) {
                if (choice.what != what || !choice.isAllowed)
                    continue;
                made.push_back(chosen(one, choice));
                current = chosen(current, choice);
                made.push_back(current);
            }
        }
    }
    return made;
}

}  // namespace

class LegalChoicesTest : public QObject {
    Q_OBJECT

private slots:
    void betweenTwoPlainContextsEveryTypeIsLegal()
    {
        QCOMPARE(types(smallMap(), joining("party", "claims")),
                 std::string("+ upstream-downstream of party\n"
                             "+ upstream-downstream of claims\n"
                             "+ customer-supplier of party\n"
                             "+ customer-supplier of claims\n"
                             "+ partnership\n+ shared-kernel\n+ separate-ways\n"));
    }

    void eachIsExplainedByTheNames()
    {
        std::string text;
        for (const RelationshipChoice& choice :
             legalChoices(smallMap(), joining("party", "claims")))
            text += nameOf(choice) + ": " + choice.explanation + "\n";
        QCOMPARE(
            text,
            std::string(
                "upstream-downstream of party: Party decides alone what it offers, and Claims "
                "depends on it.\n"
                "upstream-downstream of claims: Claims decides alone what it offers, and Party "
                "depends on it.\n"
                "customer-supplier of party: Party supplies Claims and plans with it: Claims "
                "has a say in what comes.\n"
                "customer-supplier of claims: Claims supplies Party and plans with it: Party "
                "has a say in what comes.\n"
                "partnership: Party and Claims succeed or fail together and plan their "
                "changes together.\n"
                "shared-kernel: Party and Claims share a part of their models, which neither "
                "changes alone.\n"
                "separate-ways: Party and Claims have nothing to do with each other, on "
                "purpose.\n"
                "upstream OHS: Party offers one open interface that serves Claims and "
                "everybody else alike.\n"
                "upstream PL: Party publishes a documented language, such as a contract, "
                "that Claims reads.\n"
                "upstream ACL: Party translates what comes from Claims, so that its own "
                "model stays its own.\n"
                "upstream CF: Party takes over the model of Claims as it is.\n"
                "downstream none: Nothing is said of how Claims takes in what comes from "
                "Party.\n"
                "downstream OHS: Claims offers one open interface that serves Party and "
                "everybody else alike.\n"
                "downstream PL: Claims publishes a documented language, such as a contract, "
                "that Party reads.\n"
                "downstream ACL: Claims translates what comes from Party, so that its own "
                "model stays its own.\n"
                "downstream CF: Claims takes over the model of Party as it is.\n"));
    }

    void upstreamAndDownstreamTakeTheirOwnRoles()
    {
        const std::string upstream =
            ", its upstream end: an upstream publishes (OHS, PL), it protects itself from nobody "
            "here.\n";
        const std::string downstream = ", its downstream end: a downstream reads (ACL or CF), it "
                                       "hosts nothing here.\n";
        Relationship candidate = joining("party", "claims");
        candidate.upstreamRoles = {Role::PublishedLanguage};
        QCOMPARE(roles(smallMap(), candidate),
                 "+ upstream OHS\n+ upstream PL\n"
                 "- upstream ACL: Party → Claims has ACL at Party" +
                     upstream + "- upstream CF: Party → Claims has CF at Party" + upstream +
                     "+ downstream none\n"
                     "- downstream OHS: Party → Claims has OHS at Claims" +
                     downstream + "- downstream PL: Party → Claims has PL at Claims" + downstream +
                     "+ downstream ACL\n+ downstream CF\n");
    }

    void whatIsMissingMakesAChoiceDoubtful()
    {
        const std::string text = roles(smallMap(), joining("party", "claims"));
        QVERIFY2(text.starts_with("? upstream OHS: Party → Claims has OHS without PL: what do the "
                                  "consumers of an open host read, if its language is not "
                                  "published?\n+ upstream PL\n"),
                 text.c_str());
        QVERIFY2(text.find("? downstream none: Party → Claims has no role on either end: two "
                           "models meet, and the map does not say who translates.\n") !=
                     std::string::npos,
                 text.c_str());
    }

    void aCustomerHasASay()
    {
        const std::string text =
            roles(smallMap(), joining("party", "claims", RelationshipType::CustomerSupplier));
        QVERIFY2(
            text.starts_with("- upstream OHS: Party → Claims is Customer-Supplier with OHS: an "
                             "open host serves all alike, but a supplier plans with its "
                             "customer.\n+ upstream PL\n"),
            text.c_str());
        QVERIFY2(text.find("? downstream ACL: Party → Claims is Customer-Supplier with an ACL: "
                           "Claims has a say in the model and still protects itself from it.\n"
                           "- downstream CF: Party → Claims is Customer-Supplier with CF: a "
                           "conformist takes what comes, but a customer has a say.\n") !=
                     std::string::npos,
                 text.c_str());
    }

    void equalsHaveNoRoles()
    {
        const std::string text =
            roles(smallMap(), joining("party", "claims", RelationshipType::Partnership));
        QCOMPARE(std::count(text.begin(), text.end(), '-'), 8);
        QVERIFY2(text.find("+ downstream none\n") != std::string::npos, text.c_str());
        QVERIFY2(text.find("- downstream CF: Party ↔ Claims is a Partnership with the role CF: "
                           "equals have no upstream or downstream end.\n") != std::string::npos,
                 text.c_str());
    }

    void mudWantsAnAcl()
    {
        const std::string mud = "CRM is a big ball of mud, and Claims reads it without an ACL: the "
                                "confusion spreads downstream.\n";
        const std::string text = roles(smallMap(), joining("crm", "claims"));
        QVERIFY2(text.find("? downstream CF: " + mud) != std::string::npos, text.c_str());
        QVERIFY2(text.find("+ downstream ACL\n") != std::string::npos, text.c_str());
        QVERIFY2(text.find("+ upstream PL\n") != std::string::npos, text.c_str());
        // As a customer it would need the ACL and should not have it.
        const std::string patterns = types(smallMap(), joining("crm", "claims"));
        QVERIFY2(patterns.starts_with("+ upstream-downstream of crm\n"
                                      "+ upstream-downstream of claims\n"
                                      "? customer-supplier of crm: " +
                                      mud + "+ customer-supplier of claims\n"),
                 patterns.c_str());
    }

    void aSecondRelationshipAndACircleAreDoubtful()
    {
        ContextMap map = smallMap();
        map.relationships = {declared("a", joining("party", "policy")),
                             declared("b", joining("policy", "claims"))};
        const std::string circle = types(map, joining("party", "claims"));
        QCOMPARE(
            circle,
            std::string("+ upstream-downstream of party\n"
                        "? upstream-downstream of claims: Party → Policy → Claims → Party is a "
                        "circle of upstreams: each change can come back to the one who made "
                        "it.\n"
                        "+ customer-supplier of party\n"
                        "? customer-supplier of claims: Party → Policy → Claims → Party is a "
                        "circle of upstreams: each change can come back to the one who made "
                        "it.\n"
                        "+ partnership\n+ shared-kernel\n+ separate-ways\n"));
        const std::string second = types(map, joining("party", "policy"));
        QVERIFY2(second.starts_with("? upstream-downstream of party: Party and Policy have 2 "
                                    "relationships: each says something else about who depends on "
                                    "whom.\n"),
                 second.c_str());
        QVERIFY2(
            second.ends_with("? separate-ways: Party and Policy have 2 relationships: Separate "
                             "Ways says that they have nothing to do with each other.\n"),
            second.c_str());
        // To change the one that is there is no second one.
        QVERIFY(types(map, declared("a", joining("party", "policy")))
                    .starts_with("+ upstream-downstream of party\n"));
    }

    void aRouteSpeaksAgainstSeparateWays()
    {
        ContextMap map = smallMap();
        Route route;
        route.id = RouteId("r");
        route.name = "R";
        route.sources = {ProductId("profile")};
        route.consumer = ContextId("claims");
        map.routes = {route};
        const std::string unseen = ": The route R takes Profile of Party, which Claims cannot see: "
                                   "no relationship exposes it there.\n";
        QCOMPARE(types(map, joining("party", "claims")),
                 "+ upstream-downstream of party\n? upstream-downstream of claims" + unseen +
                     "+ customer-supplier of party\n? customer-supplier of claims" + unseen +
                     "+ partnership\n+ shared-kernel\n? separate-ways" + unseen);
    }

    void aThirdKernelIsDoubtful()
    {
        ContextMap map = smallMap();
        map.relationships = {
            declared("k", joining("party", "claims", RelationshipType::SharedKernel))};
        const std::string text = types(map, joining("claims", "policy"));
        QVERIFY2(text.find("? shared-kernel: A shared kernel joins 3 contexts (Party, Claims, "
                           "Policy): each change has to be agreed by all of them.\n") !=
                     std::string::npos,
                 text.c_str());
    }

    void whatIsNoBorderAllowsNothing()
    {
        for (const auto& [upstream, downstream] :
             {std::pair("party", "party"), std::pair("party", "gone"),
              std::pair("party", "blue")}) {
            for (const RelationshipChoice& choice :
                 legalChoices(smallMap(), joining(upstream, downstream))) {
                QVERIFY(!choice.isAllowed);
                QVERIFY(!choice.reason.empty());
            }
        }
        QCOMPARE(legalChoices(smallMap(), joining("party", "blue")).front().reason,
                 std::string("Party → blue ends at the team Blue: a team realizes contexts, and "
                             "relationships join the contexts."));
    }

    void aProductOfAnotherSpeaksAgainstNoType()
    {
        Relationship candidate = joining("claims", "policy");
        candidate.exposes = {ProductId("profile")};
        QVERIFY(types(smallMap(), candidate).starts_with("+ upstream-downstream of claims\n"));
    }

    void aTypeTakesAwayWhatItCannotHave()
    {
        Relationship now = joining("party", "claims");
        now.upstreamRoles = {Role::OpenHostService, Role::PublishedLanguage};
        now.downstreamRoles = {Role::Conformist};
        now.exposes = {ProductId("profile")};
        now.hasVeto = true;
        RelationshipChoice choice;
        choice.type = RelationshipType::CustomerSupplier;
        choice.upstream = ContextId("party");
        const Relationship supplied = chosen(now, choice);
        QVERIFY(supplied.upstreamRoles == std::vector<Role>{Role::PublishedLanguage});
        QVERIFY(supplied.downstreamRoles.empty());
        QVERIFY(supplied.exposes == now.exposes);
        choice.upstream = ContextId("claims");
        const Relationship turned = chosen(now, choice);
        QCOMPARE(turned.upstream.text, std::string("claims"));
        QCOMPARE(turned.downstream.text, std::string("party"));
        QVERIFY(turned.exposes.empty());
        choice.type = RelationshipType::Partnership;
        QVERIFY(chosen(now, choice).upstreamRoles.empty());
        QVERIFY(!chosen(now, choice).hasVeto);
    }

    // Every pair of the sample map, both ways, as a new relationship and in place of each that is there.
    void choicesAgreeWithTheRules()
    {
        const ContextMap map = sampleMap();
        std::vector<Relationship> candidates = map.relationships;
        for (std::size_t from = 0; from < map.contexts.size(); ++from) {
            for (std::size_t to = from; to < map.contexts.size();
                 ++to)  // types are in both directions
                candidates.push_back(joining(map.contexts[from].id.text, map.contexts[to].id.text));
        }
        std::size_t allowed = 0;
        std::size_t disallowed = 0;
        for (const Relationship& candidate : candidates) {
            for (const RelationshipChoice& type : legalChoices(map, candidate)) {
                if (type.what != What::Type)
                    continue;
                const Relationship typed = chosen(candidate, type);
                QCOMPARE(errorsWith(map, typed).empty(), type.isAllowed);
                if (!type.isAllowed) {
                    ++disallowed;
                    continue;
                }
                for (const Relationship& made : madeByAllowedRoles(map, typed)) {
                    QCOMPARE(errorsWith(map, made), std::string());
                    ++allowed;
                }
                for (const RelationshipChoice& role : legalChoices(map, typed)) {
                    if (role.what == What::Type || role.isAllowed)
                        continue;
                    QVERIFY2(!errorsWith(map, chosen(typed, role)).empty(), nameOf(role).c_str());
                    QVERIFY(!role.reason.empty());
                    ++disallowed;
                }
            }
        }
        QVERIFY(allowed > 1000);
        QVERIFY(disallowed > 1000);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::LegalChoicesTest)
#include "legal_choices_test.moc"
