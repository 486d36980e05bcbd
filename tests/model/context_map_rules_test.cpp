// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/rules/context_map_rules.h"

#include "model/analysis/rules/as_is_to_be.h"
#include "model/map/map_document.h"
#include "tests/support/text_output.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>
#include <new>
#include <set>

namespace {
// How much memory was asked for, how often: work that can be counted, where a clock would only guess.
std::atomic<std::size_t> allocations{0};
}  // namespace

void* operator new(std::size_t bytes)
{
    ++allocations;
    if (void* memory = std::malloc(bytes))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace portolan {
namespace {

// Four contexts with a product each; `relationships` are objects of the file, in its own words.
std::string fourContexts(const std::string& relationships)
{
    return R"("contexts": [{"id": "party", "name": "Party"}, {"id": "policy", "name": "Policy"},
                           {"id": "claims", "name": "Claims"}, {"id": "crm", "name": "CRM", "bigBallOfMud": true}],
              "products": [{"id": "profile", "name": "Profile", "context": "party"},
                           {"id": "cover", "name": "Cover", "context": "policy"}],
              "relationships": [)" +
           relationships + "]";
}

ContextMap mapOf(const std::string& members)
{
    const Result<MapDocument> document =
        MapDocument::read("{\"portolan\": 1, \"name\": \"Test\", " + members + "}", "test.json");
    if (!document)
        qFatal("%s", toText(document.error()).c_str());
    return document->map();
}

std::set<std::string>& rulesSeen()
{
    static std::set<std::string> rules;
    return rules;
}

// The messages of one rule, a line each.
std::string found(const std::string& rule, const std::string& members)
{
    std::string text;
    for (const Finding& finding : checkContextMap(mapOf(members))) {
        if (finding.rule != rule)
            continue;
        rulesSeen().insert(rule);
        text += (text.empty() ? "" : "\n") + finding.message;
    }
    return text;
}

// Contexts in a ring of partnerships, each with its terms, a product, a route and an upstream/downstream to the first.
ContextMap bigMap(std::size_t contexts)
{
    ContextMap map;
    for (std::size_t i = 0; i < contexts; ++i) {
        const std::string number = std::to_string(i);
        BoundedContext context;
        context.id = ContextId("c" + number);
        context.name = "Context " + number;
        context.terms = {{"Party", "As context " + number + " sees it", {}, {}}};
        map.contexts.push_back(context);

        DataProduct product;
        product.id = ProductId("p" + number);
        product.name = "Product " + number;
        product.owner = context.id;
        map.products.push_back(product);

        Relationship upstream;
        upstream.id = RelationshipId("r" + number);
        upstream.upstream = context.id;
        upstream.downstream = ContextId(i == 0 ? "c1" : "c0");
        upstream.exposes = {product.id};
        map.relationships.push_back(upstream);

        Relationship kernel;
        kernel.id = RelationshipId("k" + number);
        kernel.type = RelationshipType::SharedKernel;
        kernel.upstream = context.id;
        kernel.downstream = ContextId("c" + std::to_string((i + 1) % contexts));
        map.relationships.push_back(kernel);

        Route route;
        route.id = RouteId("t" + number);
        route.name = "Route " + number;
        route.sources = {product.id};
        route.consumer = ContextId("c0");
        map.routes.push_back(route);
    }
    return map;
}

std::size_t allocationsToCheck(std::size_t contexts)
{
    const ContextMap map = bigMap(contexts);
    const std::size_t before = allocations;
    checkContextMap(map);
    return allocations - before;
}

}  // namespace

class ContextMapRulesTest : public QObject {
    Q_OBJECT

private slots:
    void cleanMapGivesNothing()
    {
        const ContextMap map = mapOf(fourContexts(R"(
            {"id": "a", "type": "upstream-downstream", "upstream": "party", "downstream": "claims",
             "upstreamRoles": ["OHS", "PL"], "downstreamRoles": ["ACL"], "exposes": ["profile"]},
            {"id": "b", "type": "customer-supplier", "upstream": "policy", "downstream": "claims", "exposes": ["cover"]},
            {"id": "c", "type": "separate-ways", "between": ["crm", "policy"]},
            {"id": "d", "type": "shared-kernel", "between": ["party", "policy"]})"));
        std::string text;
        for (const Finding& finding : checkContextMap(map))
            text += finding.rule + " " + finding.message + "\n";
        QCOMPARE(text, std::string());
    }

    void emptyMapGivesNothing() { QVERIFY(checkContextMap(ContextMap()).empty()); }

    void someRulesAlone()
    {
        const ContextMap map = mapOf(fourContexts(
            R"({"id": "a", "type": "upstream-downstream", "upstream": "party", "downstream": "claims"})"));
        constexpr std::string_view rules[] = {"no-roles", "isolated-context"};
        std::string order;
        for (const Finding& finding : checkContextMap(map, rules))
            order += finding.rule + " " + finding.subject.id + "\n";
        QCOMPARE(order, std::string("isolated-context crm\nisolated-context policy\nno-roles a\n"));
        QVERIFY(checkContextMap(map, {}).empty());
    }

    void saysWhatWhereAndHowToMend()
    {
        const std::vector<Finding> findings = checkContextMap(mapOf(fourContexts(R"(
{"id": "a", "type": "upstream-downstream", "upstream": "party", "downstream": "claims",
 "downstreamRoles": ["ACL", "CF"], "exposes": ["profile"]})")));
        const auto finding = std::find_if(findings.begin(), findings.end(), [](const Finding& f) {
            return f.rule == "acl-xor-conformist";
        });
        QVERIFY(finding != findings.end());
        QVERIFY(finding->severity == Severity::Error);
        QVERIFY((finding->subject == EntityRef{EntityKind::Relationship, "a"}));
        QCOMPARE(finding->subjectName, std::string("Party → Claims"));
        QCOMPARE(finding->mend, std::string("Keep the one that is done in truth: ACL where "
                                            "something translates, else CF."));
        QCOMPARE(finding->where.file, std::string("test.json"));
        QCOMPARE(finding->where.line, 6);
        QCOMPARE(finding->where.pointer, std::string("/relationships/0"));
        QVERIFY(
            (finding->related == std::vector<EntityRef>{{EntityKind::BoundedContext, "party"},
                                                        {EntityKind::BoundedContext, "claims"}}));
    }

    void errorsComeFirst()
    {
        const std::vector<Finding> findings = checkContextMap(mapOf(fourContexts(R"(
            {"id": "b", "type": "upstream-downstream", "upstream": "party", "downstream": "claims"},
            {"id": "a", "type": "upstream-downstream", "upstream": "policy", "downstream": "claims"},
            {"id": "c", "type": "shared-kernel", "between": ["policy", "party"], "upstreamRoles": ["PL"]})")));
        std::string order;
        for (const Finding& finding : findings)
            order += finding.rule + " " + finding.subject.id + "\n";
        QCOMPARE(order, std::string("symmetric-has-no-roles c\n"
                                    "exposes-everything a\n"
                                    "exposes-everything b\n"
                                    "isolated-context crm\n"
                                    "no-roles a\n"
                                    "no-roles b\n"));
    }

    void symmetricHasNoRoles()
    {
        const std::string rule = "symmetric-has-no-roles";
        QCOMPARE(
            found(rule,
                  fourContexts(R"({"id": "a", "type": "partnership", "between": ["party", "policy"],
                                              "downstreamRoles": ["CF"]})")),
            std::string("Party ↔ Policy is a Partnership with the role CF: equals have no "
                        "upstream or downstream end."));
        QCOMPARE(
            found(rule,
                  fourContexts(
                      R"({"id": "a", "type": "partnership", "between": ["party", "policy"]})")),
            std::string());
    }

    void upstreamRoles()
    {
        const std::string rule = "upstream-roles";
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy", "upstreamRoles": ["PL", "ACL"]})")),
                 std::string("Party → Policy has ACL at Party, its upstream end: an upstream "
                             "publishes (OHS, PL), it protects itself from nobody here."));
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy", "upstreamRoles": ["PL", "OHS"]})")),
                 std::string());
    }

    void downstreamRoles()
    {
        const std::string rule = "downstream-roles";
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy", "downstreamRoles": ["OHS", "PL"]})")),
                 std::string("Party → Policy has OHS, PL at Policy, its downstream end: a "
                             "downstream reads (ACL or CF), it hosts nothing here."));
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy", "downstreamRoles": ["CF"]})")),
                 std::string());
    }

    void customerSupplierEnds()
    {
        const std::string rule = "customer-supplier-ends";
        QCOMPARE(
            found(rule, fourContexts(
                            R"({"id": "a", "type": "customer-supplier", "downstream": "policy"})")),
            std::string("(not said) → Policy is Customer-Supplier without a supplier "
                        "(upstream): nobody knows who plans with whom."));
        QCOMPARE(found(rule,
                       fourContexts(R"({"id": "a", "type": "customer-supplier", "upstream": "party",
                                              "downstream": "policy"})")),
                 std::string());
    }

    void twoContexts()
    {
        const std::string rule = "two-contexts";
        QCOMPARE(
            found(rule, fourContexts(
                            R"({"id": "a", "type": "partnership", "between": ["party", "party"]},
                                    {"id": "b", "type": "upstream-downstream", "upstream": "party", "downstream": "gone"},
                                    {"id": "c", "type": "upstream-downstream", "upstream": "party"})")),
            std::string(
                "Party has a relationship with itself: a context has no border with itself.\n"
                "Party → gone names \"gone\", which is no context of this map: nothing "
                "can be drawn or checked there.\n"
                "Party → (not said) lacks an end: it takes two contexts to have a border."));
        QCOMPARE(
            found(rule,
                  fourContexts(
                      R"({"id": "a", "type": "partnership", "between": ["party", "policy"]})")),
            std::string());
    }

    void exposedBelongs()
    {
        const std::string rule = "exposed-belongs";
        QCOMPARE(
            found(rule,
                  fourContexts(R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "claims", "exposes": ["cover"]})")),
            std::string("Party → Claims exposes Cover, which belongs to Policy: only the owner "
                        "can promise it to others."));
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "policy",
                                              "downstream": "claims", "exposes": ["cover"]})")),
                 std::string());
    }

    void customerSupplierNoOhs()
    {
        const std::string rule = "customer-supplier-no-ohs";
        QCOMPARE(
            found(rule,
                  fourContexts(R"({"id": "a", "type": "customer-supplier", "upstream": "party",
                                              "downstream": "policy", "upstreamRoles": ["OHS"]})")),
            std::string("Party → Policy is Customer-Supplier with OHS: an open host serves all "
                        "alike, but a supplier plans with its customer."));
        QCOMPARE(found(rule,
                       fourContexts(R"({"id": "a", "type": "customer-supplier", "upstream": "party",
                                              "downstream": "policy", "upstreamRoles": ["PL"]})")),
                 std::string());
    }

    void customerSupplierNoConformist()
    {
        const std::string rule = "customer-supplier-no-conformist";
        QCOMPARE(found(rule,
                       fourContexts(R"({"id": "a", "type": "customer-supplier", "upstream": "party",
                                              "downstream": "policy", "downstreamRoles": ["CF"]})")),
                 std::string("Party → Policy is Customer-Supplier with CF: a conformist takes what "
                             "comes, but a customer has a say."));
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy", "downstreamRoles": ["CF"]})")),
                 std::string());
    }

    void aclXorConformist()
    {
        const std::string rule = "acl-xor-conformist";
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy", "downstreamRoles": ["ACL", "CF"]})")),
                 std::string("Party → Policy has both ACL and CF: Policy either protects its model "
                             "or conforms to the other."));
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy", "downstreamRoles": ["ACL"]})")),
                 std::string());
    }

    void uniqueNames()
    {
        const std::string rule = "unique-names";
        QCOMPARE(
            found(
                rule,
                R"("contexts": [{"id": "a", "name": "Claims", "terms": [{"name": "Case"}, {"name": "Case"}]},
                                             {"id": "b", "name": "claims"}],
                                "domains": [{"id": "x", "name": "Risk"}, {"id": "y", "name": "Risk", "parent": "x"}])"),
            std::string(

                "Two domains or subdomains are named Risk: who says the name must be understood.\n"
                "Two contexts are named claims: who says the name must be understood.\n"
                "Claims defines the term Case twice: within one context a word has one meaning."));
        QCOMPARE(
            found(rule, R"("contexts": [{"id": "a", "name": "Claims", "terms": [{"name": "Case"}]},
                                             {"id": "b", "name": "Policy", "terms": [{"name": "Case"}]}],
                                "domains": [{"id": "x", "name": "Claims"}])"),
            std::string());
    }

    void domainAndItsSubdomain()
    {
        const std::string rule = "domain-and-its-subdomain";
        const std::string domains =
            R"("domains": [{"id": "x", "name": "Finance"}, {"id": "y", "name": "Ledger", "parent": "x"}], )";
        QCOMPARE(
            found(rule,
                  domains +
                      R"("contexts": [{"id": "a", "name": "Billing", "domains": ["x", "y"]}])"),
            std::string("Billing implements the domain Finance and also its subdomain Ledger: "
                        "the whole includes its part."));
        QCOMPARE(
            found(rule,
                  domains + R"("contexts": [{"id": "a", "name": "Billing", "domains": ["y"]}])"),
            std::string());
    }

    void teamRealizes()
    {
        const std::string rule = "team-realizes";
        const std::string teams = R"("teams": [{"id": "core", "name": "Core team"}], )";
        QCOMPARE(
            found(
                rule,
                teams +
                    R"("contexts": [{"id": "a", "name": "Billing", "team": "b"}, {"id": "b", "name": "Ledger"}],
                                        "relationships": [{"id": "r", "type": "partnership", "between": ["a", "core"]}])"),
            std::string("Billing names the context Ledger as its team: people own a context, "
                        "another context cannot.\n"
                        "Billing ↔ core ends at the team Core team: a team realizes contexts, and "
                        "relationships join the contexts."));
        QCOMPARE(
            found(rule, teams + R"("contexts": [{"id": "a", "name": "Billing", "team": "core"}])"),
            std::string());
    }

    void oneOwner()
    {
        const std::string rule = "one-owner";
        QCOMPARE(
            found(rule, R"("contexts": [
                {"id": "a", "name": "Party", "terms": [{"name": "Party", "definition": "A person"}]},
                {"id": "b", "name": "CRM", "terms": [{"name": "Party", "definition": "A person"}]}],
            "products": [{"id": "p", "name": "Profile", "context": "a", "contracts": ["profile"]},
                         {"id": "q", "name": "Customer", "context": "b", "contracts": ["profile"]},
                         {"id": "r", "name": "Orphan"}],
            "identifiers": [{"id": "i", "name": "Party number", "context": "a"},
                            {"id": "j", "name": "Party number", "context": "b"}])"),
            std::string(
                "CRM and Party both hold the same definition of Party: when one changes it, the "
                "other does not know.\n"
                "CRM and Party both own the contract \"profile\" of Customer: nobody decides.\n"
                "Orphan has no owning context on this map: nobody answers for it.\n"
                "CRM and Party both issue Party number: one number can name two things."));
        QCOMPARE(found(rule, R"("contexts": [
                {"id": "a", "name": "Party", "terms": [{"name": "Party", "definition": "A person"}]},
                {"id": "b", "name": "CRM", "terms": [{"name": "Party", "definition": "Whoever has a record"}]}],
            "products": [{"id": "p", "name": "Profile", "context": "a", "contracts": ["profile"]},
                         {"id": "q", "name": "Profile", "context": "a", "contracts": ["profile"]}])"),
                 std::string());
    }

    void customerSupplierWithAcl()
    {
        const std::string rule = "customer-supplier-with-acl";
        QCOMPARE(found(rule,
                       fourContexts(R"({"id": "a", "type": "customer-supplier", "upstream": "party",
                                              "downstream": "policy", "downstreamRoles": ["ACL"]})")),
                 std::string("Party → Policy is Customer-Supplier with an ACL: Policy has a say in "
                             "the model and still protects itself from it."));
        QCOMPARE(found(rule,
                       fourContexts(R"({"id": "a", "type": "customer-supplier", "upstream": "party",
                                              "downstream": "policy"})")),
                 std::string());
    }

    void manyDomains()
    {
        const std::string rule = "many-domains";
        const std::string domains =
            R"("domains": [{"id": "x", "name": "Finance"}, {"id": "y", "name": "Claims"},
                                                   {"id": "z", "name": "Ledger", "parent": "x"}], )";
        QCOMPARE(
            found(rule,
                  domains +
                      R"("contexts": [{"id": "a", "name": "Back office", "domains": ["x", "y"]}])"),
            std::string("Back office implements 2 whole domains (Finance, Claims): one model "
                        "tends to mean something else in each."));
        QCOMPARE(
            found(rule,
                  domains +
                      R"("contexts": [{"id": "a", "name": "Back office", "domains": ["y", "z"]}])"),
            std::string());
    }

    void unknownReference()
    {
        const std::string rule = "unknown-reference";
        const std::string more =
            R"(, "routes": [{"id": "t", "name": "Intake", "from": ["profile"], "to": "claims", "delivers": "cover"}],
            "identifiers": [{"id": "i", "name": "CRM number", "context": "crm"}, {"id": "j", "name": "Claim number", "context": "claims"}],
            "crosswalks": [{"id": "x", "from": "i", "to": "j", "context": "claims"}])";
        QCOMPARE(
            found(rule, fourContexts(
                            R"({"id": "a", "type": "upstream-downstream", "upstream": "policy",
                                              "downstream": "claims", "exposes": ["cover"]})") +
                            more),
            std::string(
                "The route Intake takes Profile of Party, which Claims cannot see: no relationship exposes it there.\n"
                "The route Intake delivers Cover, which belongs to Policy and not to Claims, where it ends.\n"
                "The crosswalk x of Claims maps CRM number, which CRM issues: no relationship leads from there."));
        QCOMPARE(
            found(
                rule,
                fourContexts(R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "claims", "exposes": ["profile"]})") +
                    R"(, "routes": [{"id": "t", "name": "Intake", "from": ["profile"], "to": "claims"}])"),
            std::string());
    }

    void seesWhatPartnersHaveAndUpstreamsDoNotHide()
    {
        const std::string rule = "unknown-reference";
        const std::string route =
            R"(, "routes": [{"id": "t", "name": "Intake", "from": ["profile"], "to": "claims"}])";
        QCOMPARE(
            found(rule,
                  fourContexts(
                      R"({"id": "a", "type": "partnership", "between": ["claims", "party"]})") +
                      route),
            std::string());
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "claims"})") +
                                 route),
                 std::string());
        QCOMPARE(
            found(rule,
                  fourContexts(
                      R"({"id": "a", "type": "separate-ways", "between": ["claims", "party"]})") +
                      route),
            std::string("The route Intake takes Profile of Party, which Claims cannot see: no "
                        "relationship exposes it there."));
    }

    void exposesEverything()
    {
        const std::string rule = "exposes-everything";
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy"})")),
                 std::string("Party → Policy lists nothing that is exposed: Policy may build on "
                             "anything of Party, internals included."));
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy", "exposes": ["profile"]})")),
                 std::string());
    }

    void twoRelationships()
    {
        const std::string rule = "two-relationships";
        const std::string directed =
            R"({"id": "a", "type": "upstream-downstream", "upstream": "party", "downstream": "policy", "exposes": ["profile"]})";
        QCOMPARE(
            found(rule,
                  fourContexts(
                      directed +
                      R"(, {"id": "b", "type": "partnership", "between": ["policy", "party"]})")),
            std::string("Party and Policy have 2 relationships: they cannot be equals and also "
                        "upstream and downstream."));
        QCOMPARE(
            found(rule,
                  fourContexts(
                      directed +
                      R"(, {"id": "b", "type": "separate-ways", "between": ["policy", "party"]})")),
            std::string("Party and Policy have 2 relationships: Separate Ways says that they "
                        "have nothing to do with each other."));
        QCOMPARE(
            found(rule, fourContexts(directed + R"(, {"id": "b", "type": "upstream-downstream",
                                            "upstream": "party", "downstream": "policy"})")),
            std::string("Party and Policy have 2 relationships: each says something else about "
                        "who depends on whom."));
        QCOMPARE(found(rule, fourContexts(directed)), std::string());
    }

    void contradictingDirection()
    {
        const std::string rule = "contradicting-direction";
        const std::string one =
            R"({"id": "a", "type": "upstream-downstream", "upstream": "party", "downstream": "policy", "exposes": ["profile"]}, )";
        QCOMPARE(found(rule,
                       fourContexts(
                           one + R"({"id": "b", "type": "upstream-downstream", "upstream": "policy",
                                                    "downstream": "party", "exposes": ["cover", "profile"]})")),
                 std::string("Party and Policy are each upstream of the other for Profile: nobody "
                             "decides what it means."));
        QCOMPARE(found(rule,
                       fourContexts(
                           one + R"({"id": "b", "type": "upstream-downstream", "upstream": "policy",
                                                    "downstream": "party", "exposes": ["cover"]})")),
                 std::string());
    }

    void upstreamCycle()
    {
        const std::string rule = "upstream-cycle";
        const std::string chain =
            R"({"id": "a", "type": "upstream-downstream", "upstream": "party", "downstream": "policy"},
               {"id": "b", "type": "upstream-downstream", "upstream": "policy", "downstream": "claims"}, )";
        QCOMPARE(
            found(
                rule,
                fourContexts(
                    chain +
                    R"({"id": "c", "type": "customer-supplier", "upstream": "claims", "downstream": "party"})")),
            std::string("Party → Policy → Claims → Party is a circle of upstreams: each change "
                        "can come back to the one who made it."));
        QCOMPARE(
            found(rule,
                  fourContexts(
                      chain +
                      R"({"id": "c", "type": "partnership", "between": ["claims", "party"]})")),
            std::string());
    }

    void ohsWithoutPl()
    {
        const std::string rule = "ohs-without-pl";
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy", "upstreamRoles": ["OHS"]})")),
                 std::string("Party → Policy has OHS without PL: what do the consumers of an open "
                             "host read, if its language is not published?"));
        QCOMPARE(found(rule, fourContexts(
                                 R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy", "upstreamRoles": ["OHS", "PL"]})")),
                 std::string());
    }

    void noRoles()
    {
        const std::string rule = "no-roles";
        QCOMPARE(
            found(rule,
                  fourContexts(R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy"})")),
            std::string("Party → Policy has no role on either end: two models meet, and the map "
                        "does not say who translates."));
        QCOMPARE(found(rule,
                       fourContexts(R"({"id": "a", "type": "customer-supplier", "upstream": "party",
                                              "downstream": "policy"})")),
                 std::string());
    }

    void vetoIsCustomerSupplier()
    {
        const std::string rule = "veto-is-customer-supplier";
        QCOMPARE(
            found(rule,
                  fourContexts(R"({"id": "a", "type": "upstream-downstream", "upstream": "party",
                                              "downstream": "policy", "veto": true})")),
            std::string(
                "Party → Policy gives Policy a veto: a downstream that may block is a customer."));
        QCOMPARE(found(rule,
                       fourContexts(R"({"id": "a", "type": "customer-supplier", "upstream": "party",
                                              "downstream": "policy", "veto": true})")),
                 std::string());
    }

    void wideSharedKernel()
    {
        const std::string rule = "wide-shared-kernel";
        QCOMPARE(
            found(
                rule,
                fourContexts(
                    R"({"id": "a", "type": "shared-kernel", "between": ["party", "policy"], "name": "Money"},
                                             {"id": "b", "type": "shared-kernel", "between": ["claims", "policy"], "name": "Money"})")),
            std::string("The shared kernel Money joins 3 contexts (Party, Policy, Claims): each "
                        "change has to be agreed by all of them."));
        QCOMPARE(
            found(
                rule,
                fourContexts(
                    R"({"id": "a", "type": "shared-kernel", "between": ["party", "policy"], "name": "Money"},
                                             {"id": "b", "type": "shared-kernel", "between": ["claims", "policy"], "name": "Dates"})")),
            std::string());
    }

    void isolatedContext()
    {
        const std::string rule = "isolated-context";
        QCOMPARE(found(rule, R"("contexts": [{"id": "a", "name": "Archive"}])"),
                 std::string("Archive has no relationship: it stands alone on purpose, or the map "
                             "lacks what it depends on."));
        QCOMPARE(
            found(rule, R"("contexts": [{"id": "a", "name": "Archive", "standsAlone": true}])"),
            std::string());
    }

    void mudWithoutAcl()
    {
        const std::string rule = "mud-without-acl";
        QCOMPARE(found(rule,
                       fourContexts(R"({"id": "a", "type": "upstream-downstream", "upstream": "crm",
                                              "downstream": "party", "downstreamRoles": ["CF"]})")),
                 std::string("CRM is a big ball of mud, and Party reads it without an ACL: the "
                             "confusion spreads downstream."));
        QCOMPARE(found(rule,
                       fourContexts(R"({"id": "a", "type": "upstream-downstream", "upstream": "crm",
                                              "downstream": "party", "downstreamRoles": ["ACL"]})")),
                 std::string());
    }

    // Stands after the tests of the rules: each of them has been seen to find something. The
    // one that holds two maps against each other and those of accepted drift have tests of their own.
    void everyRuleHasBeenSeenToFind()
    {
        for (const RuleDescription& rule : contextMapRules())
            QVERIFY2(rulesSeen().contains(std::string(rule.id)) || rule.id == asIsToBeRule().id ||
                         rule.id.starts_with("accepted-drift-"),
                     std::string(rule.id).c_str());
    }

    void everyRuleIsDescribed()
    {
        std::set<std::string_view> ids;
        for (const RuleDescription& rule : contextMapRules()) {
            QVERIFY2(ids.insert(rule.id).second, rule.id.data());
            QVERIFY2(!rule.title.empty() &&
                         rule.why.ends_with(rule.why.ends_with('?') ? '?' : '.') &&
                         rule.mend.ends_with('.'),
                     rule.id.data());
        }
    }

    void workGrowsWithTheMap()
    {
        const std::size_t thousand = allocationsToCheck(1000);
        const std::size_t twoThousand = allocationsToCheck(2000);
        QVERIFY2(twoThousand < thousand * 5 / 2,
                 qPrintable(QStringLiteral("%1 then %2").arg(thousand).arg(twoThousand)));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ContextMapRulesTest)
#include "context_map_rules_test.moc"
