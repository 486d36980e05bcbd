// SPDX-License-Identifier: Apache-2.0
// What each refactoring is called and changes, what stands in its way, and that undo restores the bytes.
// PORTOLAN_TEST_SEED=n repeats a run of the random ones.
#include "model/map/refactorings.h"

#include "model/map/edit_effect.h"
#include "model/map/edits.h"
#include "tests/support/golden.h"
#include "tests/support/text_output.h"

#include <QDir>
#include <QFile>

#include <random>

namespace portolan {
namespace {

std::string insurerText()
{
    QFile file(
        QStringLiteral(PORTOLAN_SOURCE_DIR "/resources/estates/insurer/insurer.portolan.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no insurer");
    return file.readAll().toStdString();
}

MapDocument opened(const std::string& text)
{
    Result<MapDocument> document = MapDocument::read(text, "a.json");
    if (!document)
        qFatal("%s", document.error().message.c_str());
    return std::move(*document);
}

// Quotation marks are written as ' here.
MapDocument small(std::string text)
{
    for (char& c : text)
        c = c == '\'' ? '"' : c;
    return opened(text);
}

// What an edit is called and which lines it changes; or what is wrong about it.
std::string told(MapDocument& document, const Result<Edit>& edit)
{
    if (!edit)
        return toText(edit.error());
    const std::string before = document.text();
    const std::string problems = tests::lines(document.problems());
    const Result<Edit> inverse = document.apply(*edit);
    if (!inverse)
        return toText(inverse.error());
    const std::string after = document.text();
    if (document.problems().size() > 0 && problems != tests::lines(document.problems()))
        return "new problems: " + tests::lines(document.problems());
    if (!document.apply(*inverse) || document.text() != before)
        return "undo gave other bytes";
    return edit->name + "\n" + tests::lineDifference(before, after);
}

std::string orNothing(const std::optional<std::string>& sentence)
{
    return sentence.value_or("nothing");
}

const ContextId party("party-management");
const ContextId crm("crm");
const ContextId claims("claims");
const ContextId billing("billing");
const ContextId policy("policy-administration");

ContextSplit rolesSplit()
{
    ContextSplit split;
    split.context = policy;
    split.name = "Policy Roles";
    split.terms = {"Party", "Policyholder"};
    split.products = {ProductId("policy-role-assignments")};
    split.owns.contracts = {"policy-role-assignments"};
    split.relationships = {RelationshipId("party-to-policy")};
    split.joined = ContextSplit::Joined::NewIsDownstream;
    return split;
}

// Any refactoring of a map, with arguments that often do not fit.
class RandomRefactorings {
public:
    explicit RandomRefactorings(unsigned seed) : m_random(seed) {}

    Result<Edit> next(const MapDocument& document)
    {
        const ContextMap& map = document.map();
        switch (below(7)) {
        case 0:
            return splitContext(document, split(map));
        case 1: {
            const ContextId stays = anyId(map.contexts);
            const ContextId goes = anyId(map.contexts);
            TermChoices choices;
            for (const std::string& term : contestedTerms(document, stays, goes))
                choices.emplace_back(term, below(2) ? stays : goes);
            return mergeContexts(document, {stays, goes, below(2) ? name() : "", choices});
        }
        case 2:
            return extractSharedKernel(document, extraction(document));
        case 3:
            return replacePartnership(document, direction(map));
        case 4:
            return replaceSharedKernel(document, direction(map));
        case 5:
            return invertRelationship(document, anyId(map.relationships));
        default:
            break;
        }
        if (below(2))
            return moveProducts(document,
                                {{anyId(map.products), anyId(map.products)}, anyId(map.contexts)});
        const ContextId from = anyId(map.contexts);
        return moveTerms(document, {from, someTerms(map, from), anyId(map.contexts)});
    }

private:
    std::size_t below(std::size_t limit) { return m_random() % limit; }

    template <class Thing>
    auto anyId(const std::vector<Thing>& things) -> decltype(things.front().id)
    {
        using AnyId = decltype(things.front().id);
        return things.empty() ? AnyId() : things[below(things.size())].id;
    }

    std::string name() { return "New " + std::to_string(below(1000)); }

    std::vector<std::string> someTerms(const ContextMap& map, const ContextId& id)
    {
        std::vector<std::string> some;
        if (const BoundedContext* context = map.context(id)) {
            for (const Term& term : context->terms) {
                if (below(2))
                    some.push_back(term.name);
            }
        }
        return some;
    }

    std::vector<std::string> some(const std::vector<std::string>& all)
    {
        std::vector<std::string> chosen;
        for (const std::string& one : all) {
            if (below(2))
                chosen.push_back(one);
        }
        return chosen;
    }

    ContextSplit split(const ContextMap& map)
    {
        ContextSplit split;
        split.context = anyId(map.contexts);
        split.name = name();
        split.terms = someTerms(map, split.context);
        for (const DataProduct* product : map.productsOf(split.context)) {
            if (below(2))
                split.products.push_back(product->id);
        }
        if (const BoundedContext* context = map.context(split.context))
            split.owns = {some(context->owns.datasets), some(context->owns.contracts),
                          some(context->owns.jobs)};
        for (const Relationship* relationship : map.relationshipsOf(split.context)) {
            if (below(3) == 0)
                split.relationships.push_back(relationship->id);
        }
        split.joined = static_cast<ContextSplit::Joined>(below(3));
        return split;
    }

    RelationshipId symmetric(const ContextMap& map)
    {
        std::vector<RelationshipId> ids;
        for (const Relationship& relationship : map.relationships) {
            if (isSymmetric(relationship.type))
                ids.push_back(relationship.id);
        }
        return ids.empty() ? RelationshipId() : ids[below(ids.size())];
    }

    KernelExtraction extraction(const MapDocument& document)
    {
        const ContextMap& map = document.map();
        KernelExtraction extraction;
        extraction.relationship = symmetric(map);
        extraction.name = name();
        const Relationship* kernel = map.relationship(extraction.relationship);
        if (!kernel)
            return extraction;
        for (const ContextId& end : {kernel->upstream, kernel->downstream}) {
            for (const std::string& term : someTerms(map, end))
                extraction.terms.push_back(term);
            for (const DataProduct* product : map.productsOf(end)) {
                if (below(2))
                    extraction.products.push_back(product->id);
            }
        }
        for (const std::string& term :
             contestedTerms(document, kernel->upstream, kernel->downstream))
            extraction.definitions.emplace_back(term,
                                                below(2) ? kernel->upstream : kernel->downstream);
        return extraction;
    }

    Direction direction(const ContextMap& map)
    {
        Direction direction;
        direction.relationship = symmetric(map);
        if (const Relationship* now = map.relationship(direction.relationship))
            direction.upstream = below(2) ? now->upstream : now->downstream;
        if (below(2))
            direction.upstreamRoles = {Role::OpenHostService};
        if (below(2))
            direction.downstreamRoles = {Role::Conformist};
        return direction;
    }

    std::mt19937 m_random;
};

}  // namespace

class RefactoringsTest : public QObject {
    Q_OBJECT

private slots:
    void changesTheInsurersMap()
    {
        MapDocument map = opened(insurerText());
        std::string all;
        const auto add = [&](const Result<Edit>& edit) { all += told(map, edit) + "\n"; };
        add(splitContext(map, rolesSplit()));
        add(mergeContexts(map, {party, crm, "Party", {}}));
        add(mergeContexts(map, {claims, ContextId("claims-legacy"), "", {{"Claim", claims}}}));
        add(extractSharedKernel(map, {RelationshipId("policy-billing-kernel"),
                                      "Money and Dates",
                                      {"Effective date", "Closed day"},
                                      {ProductId("account-standing")},
                                      {}}));
        add(replaceSharedKernel(map, {RelationshipId("policy-billing-kernel"),
                                      billing,
                                      {Role::PublishedLanguage},
                                      {Role::AnticorruptionLayer}}));
        add(replacePartnership(
            map, {RelationshipId("channels-engagement"), ContextId("digital-channels"), {}, {}}));
        add(invertRelationship(map, RelationshipId("compliance-to-policy")));
        add(moveProducts(map, {{ProductId("party-profile")}, crm}));
        add(moveProducts(map, {{ProductId("claimant-view")}, party}));
        add(moveTerms(map, {party, {"Crosswalk", "Address"}, crm}));
        QCOMPARE(all, tests::golden("refactorings-insurer.txt", all));
    }

    void aRelationshipOfProductsOnBothSidesBecomesTwo()
    {
        MapDocument map =
            small("{'portolan': 1, 'name': 'M',\n"
                  "'contexts': [\n"
                  "{'id': 'a', 'name': 'A'},\n"
                  "{'id': 'b', 'name': 'B'}\n"
                  "],\n"
                  "'products': [\n"
                  "{'id': 'p', 'name': 'P', 'context': 'a'},\n"
                  "{'id': 'q', 'name': 'Q', 'context': 'a'}\n"
                  "],\n"
                  "'relationships': [\n"
                  "{'id': 'ab', 'type': 'upstream-downstream', 'upstream': 'a', 'downstream': 'b', "
                  "'exposes': ['p', 'q'], 'adopts': '3', 'x-owner': {'of': 1.50}}\n"
                  "]}");
        ContextSplit split;
        split.context = ContextId("a");
        split.name = " C ";
        split.products = {ProductId("q")};
        QCOMPARE(
            told(map, splitContext(map, split)),
            std::string("Split C off A\n"
                        "-{\"id\": \"b\", \"name\": \"B\"}\n"
                        "+{\"id\": \"b\", \"name\": \"B\"},\n"
                        "+{\"id\": \"c\", \"name\": \"C\"}\n"
                        "-{\"id\": \"q\", \"name\": \"Q\", \"context\": \"a\"}\n"
                        "+{\"id\": \"q\", \"name\": \"Q\", \"context\": \"c\"}\n"
                        "-{\"id\": \"ab\", \"type\": \"upstream-downstream\", \"upstream\": \"a\", "
                        "\"downstream\": \"b\", \"exposes\": [\"p\", \"q\"], \"adopts\": \"3\", "
                        "\"x-owner\": {\"of\": 1.50}}\n"
                        "+{\"id\": \"ab\", \"type\": \"upstream-downstream\", \"upstream\": \"a\", "
                        "\"downstream\": \"b\", \"exposes\": [\"p\"], \"adopts\": \"3\", "
                        "\"x-owner\": {\"of\": 1.50}},\n"
                        "+{\"id\": \"c-to-b\", \"type\": \"upstream-downstream\", \"upstream\": "
                        "\"c\", \"downstream\": \"b\", \"exposes\": [\"q\"], \"adopts\": \"3\", "
                        "\"x-owner\": {\"of\": 1.50}}\n"));
    }

    void mergingUnitesWhatBothHave()
    {
        MapDocument map = small(
            "{'portolan': 1, 'name': 'M',\n"
            "'contexts': [\n"
            "{'id': 'a', 'name': 'A', 'legacy': true, 'terms': [{'name': 'T', 'synonyms': "
            "['U']}], 'owns': {'jobs': ['j']}},\n"
            "{'id': 'b', 'name': 'B', 'domain': 'd', 'bigBallOfMud': true, 'x': [1], 'terms': "
            "[{'name': 'T', 'definition': 'Tee', 'synonyms': ['V']}], 'owns': {'jobs': ['j', "
            "'k'], 'datasets': ['s']}},\n"
            "{'id': 'c', 'name': 'C'}\n"
            "],\n"
            "'domains': [{'id': 'd', 'name': 'D'}],\n"
            "'products': [\n"
            "{'id': 'p', 'name': 'P', 'context': 'b'}\n"
            "],\n"
            "'relationships': [\n"
            "{'id': 'ac', 'type': 'upstream-downstream', 'upstream': 'a', 'downstream': 'c', "
            "'upstreamRoles': ['PL']},\n"
            "{'id': 'bc', 'type': 'upstream-downstream', 'upstream': 'b', 'downstream': 'c', "
            "'upstreamRoles': ['OHS'], 'exposes': ['p'], 'adopts': '1'},\n"
            "{'id': 'cb', 'type': 'upstream-downstream', 'upstream': 'c', 'downstream': 'b'},\n"
            "{'id': 'ba', 'type': 'partnership', 'between': ['b', 'a']}\n"
            "],\n"
            "'routes': [\n"
            "{'id': 'r', 'from': ['p'], 'to': 'a'},\n"
            "{'id': 's', 'from': ['p'], 'to': 'c'}\n"
            "],\n"
            "'placement': {\n"
            "'b': [8, 16],\n"
            "'c': [0, 0]\n"
            "}}");
        QCOMPARE(
            told(map, mergeContexts(map, {ContextId("a"), ContextId("b"), "", {}})),
            std::string("Merge B into A, without what was between them: 1 relationship and 1 "
                        "route\n"
                        "-{\"id\": \"a\", \"name\": \"A\", \"legacy\": true, \"terms\": "
                        "[{\"name\": \"T\", \"synonyms\": [\"U\"]}], \"owns\": {\"jobs\": "
                        "[\"j\"]}},\n"
                        "-{\"id\": \"b\", \"name\": \"B\", \"domain\": \"d\", \"bigBallOfMud\": "
                        "true, \"x\": [1], \"terms\": [{\"name\": \"T\", \"definition\": \"Tee\", "
                        "\"synonyms\": [\"V\"]}], \"owns\": {\"jobs\": [\"j\", \"k\"], "
                        "\"datasets\": [\"s\"]}},\n"
                        "+{\"id\": \"a\", \"name\": \"A\", \"domain\": \"d\", \"legacy\": true, "
                        "\"terms\": [{\"name\": \"T\", \"definition\": \"Tee\", \"synonyms\": "
                        "[\"U\", \"V\"]}], \"owns\": {\"datasets\": [\"s\"], \"jobs\": [\"j\", "
                        "\"k\"]}, \"x\": [1]},\n"
                        "-{\"id\": \"p\", \"name\": \"P\", \"context\": \"b\"}\n"
                        "+{\"id\": \"p\", \"name\": \"P\", \"context\": \"a\"}\n"
                        "-{\"id\": \"ac\", \"type\": \"upstream-downstream\", \"upstream\": "
                        "\"a\", \"downstream\": \"c\", \"upstreamRoles\": [\"PL\"]},\n"
                        "-{\"id\": \"bc\", \"type\": \"upstream-downstream\", \"upstream\": "
                        "\"b\", \"downstream\": \"c\", \"upstreamRoles\": [\"OHS\"], "
                        "\"exposes\": [\"p\"], \"adopts\": \"1\"},\n"
                        "-{\"id\": \"cb\", \"type\": \"upstream-downstream\", \"upstream\": "
                        "\"c\", \"downstream\": \"b\"},\n"
                        "-{\"id\": \"ba\", \"type\": \"partnership\", \"between\": [\"b\", "
                        "\"a\"]}\n"
                        "+{\"id\": \"ac\", \"type\": \"upstream-downstream\", \"upstream\": "
                        "\"a\", \"downstream\": \"c\", \"upstreamRoles\": [\"PL\", \"OHS\"], "
                        "\"exposes\": [\"p\"], \"adopts\": \"1\"},\n"
                        "+{\"id\": \"cb\", \"type\": \"upstream-downstream\", \"upstream\": "
                        "\"c\", \"downstream\": \"a\"}\n"
                        "-{\"id\": \"r\", \"from\": [\"p\"], \"to\": \"a\"},\n"
                        "-\"b\": [8, 16],\n"
                        "-\"c\": [0, 0]\n"
                        "+\"c\": [0, 0],\n"
                        "+\"a\": [8, 16]\n"));
    }

    void theNewOwnersRelationshipExposesAMovedProduct()
    {
        MapDocument map = small(
            "{'portolan': 1, 'contexts': [{'id': 'a', 'name': 'A'}, {'id': 'b', 'name': 'B'}, "
            "{'id': 'c', 'name': 'C'}],\n"
            "'products': [{'id': 'p', 'name': 'P', 'context': 'a'}],\n"
            "'relationships': [\n"
            "{'id': 'ac', 'type': 'upstream-downstream', 'upstream': 'a', 'downstream': 'c', "
            "'exposes': ['p']},\n"
            "{'id': 'bc', 'type': 'upstream-downstream', 'upstream': 'b', 'downstream': 'c', "
            "'exposes': ['x']}\n"
            "]}");
        Result<Edit> edit = moveProducts(map, {{ProductId("p")}, ContextId("b")});
        QVERIFY(edit);
        QCOMPARE(edit->name, std::string("Move P to B"));
        QVERIFY(map.apply(*edit));
        QVERIFY(map.map().relationship(RelationshipId("ac"))->exposes.empty());
        QVERIFY((map.map().relationship(RelationshipId("bc"))->exposes ==
                 std::vector<ProductId>{ProductId("x"), ProductId("p")}));
    }

    void saysWhatWillHappen()
    {
        const MapDocument map = opened(insurerText());
        const auto effect = [&map](const Result<Edit>& edit) {
            return edit ? effectInWords(map, *edit) : toText(edit.error());
        };
        QCOMPARE(effect(mergeContexts(map, {party, crm, "", {}})),
                 std::string("Changes 1 context, 1 relationship, 3 identifiers and 1 migration, "
                             "removes 1 context, 1 relationship and 1 migration."));
        QCOMPARE(effect(splitContext(map, rolesSplit())),
                 std::string("Adds 1 context and 3 relationships, changes 1 context, 1 product and "
                             "5 relationships."));
        QCOMPARE(effect(moveTerms(map, {party, {"Address"}, crm})),
                 std::string("Changes 2 contexts."));
        QCOMPARE(effect(replacePartnership(map, {RelationshipId("channels-engagement"),
                                                 ContextId("digital-channels"),
                                                 {Role::PublishedLanguage},
                                                 {}})),
                 std::string("Changes 1 relationship."));
        QCOMPARE(effect(placeContexts(map, {{crm, {0, 8}}})), std::string("Changes no thing."));
    }

    void saysWhyAContextCannotBeSplit()
    {
        const MapDocument map = opened(insurerText());
        const auto why = [&map](auto change) {
            ContextSplit split = rolesSplit();
            change(split);
            return orNothing(whyNotSplitContext(map, split));
        };
        QCOMPARE(why([](ContextSplit&) {}), std::string("nothing"));
        QCOMPARE(why([](ContextSplit& split) { split.context = ContextId("no"); }),
                 std::string("The map has no context \"no\"."));
        QCOMPARE(why([](ContextSplit& split) { split.name = " "; }),
                 std::string("A name is empty; expected at least one character."));
        QCOMPARE(why([](ContextSplit& split) { split.name = "CRM"; }),
                 std::string("Another context is named CRM already; names of contexts are unique "
                             "on a map."));
        QCOMPARE(why([](ContextSplit& split) { split.terms = {"Claim"}; }),
                 std::string("Policy Administration has no term \"Claim\"."));
        QCOMPARE(why([](ContextSplit& split) { split.products = {ProductId("claim-status")}; }),
                 std::string("ClaimStatus is no product of Policy Administration."));
        QCOMPARE(why([](ContextSplit& split) { split.owns.jobs = {"no*"}; }),
                 std::string("Policy Administration does not own \"no*\"."));
        QCOMPARE(
            why([](ContextSplit& split) { split.relationships = {RelationshipId("crm-ledger")}; }),
            std::string("The relationship CRM and Finance Ledger is none of Policy "
                        "Administration."));
        QCOMPARE(why([](ContextSplit& split) {
                     split.products.clear();
                     split.relationships = {RelationshipId("policy-to-ledger")};
                 }),
                 std::string("The relationship Policy Administration to Finance Ledger exposes "
                             "PolicyRoleAssignments, which stays; move both or neither."));
        QCOMPARE(why([](ContextSplit& split) {
                     split = {};
                     split.context = policy;
                     split.name = "New";
                 }),
                 std::string("Nothing goes to the new context; choose at least one term, product, "
                             "pattern or relationship of Policy Administration."));
        const MapDocument two =
            small("{'portolan': 1, 'contexts': [{'id': 'a', 'name': 'A', 'terms': [{'name': 'S'}, "
                  "{'name': 'T'}]}, {'id': 'b', 'name': 'B', 'terms': [{'name': 'S'}]}]}");
        ContextSplit all;
        all.context = ContextId("a");
        all.name = "C";
        all.terms = {"S", "T"};
        QCOMPARE(orNothing(whyNotSplitContext(two, all)),
                 std::string("Nothing stays in A; to rename it is enough."));
        QCOMPARE(orNothing(whyNotSplitContext(two, ContextId("b"))),
                 std::string("B has too little to be split: it takes two terms, products, patterns "
                             "or relationships at least."));
        QCOMPARE(toText(splitContext(two, all).error()),
                 std::string("error: Nothing stays in A; to rename it is enough. "
                             "[edit.precondition]"));
    }

    void saysWhyContextsCannotBeMerged()
    {
        const MapDocument map = opened(insurerText());
        const ContextId monolith("policy-monolith");
        QCOMPARE(orNothing(whyNotMergeContexts(map, policy, policy)),
                 std::string("A context cannot be merged with itself."));
        QCOMPARE(orNothing(whyNotMergeContexts(map, {policy, ContextId("no"), "", {}})),
                 std::string("The map has no context \"no\"."));
        QCOMPARE(orNothing(whyNotMergeContexts(map, {policy, monolith, "", {}})),
                 std::string("Policy Administration and Policy Monolith define Policy differently; "
                             "say whose definition holds."));
        QCOMPARE(orNothing(whyNotMergeContexts(map, {policy, monolith, "", {{"Policy", crm}}})),
                 std::string("The definition of Policy is to be that of neither Policy "
                             "Administration nor Policy Monolith."));
        QCOMPARE(
            orNothing(whyNotMergeContexts(map, {policy, monolith, "CRM", {{"Policy", policy}}})),
            std::string("Another context is named CRM already; names of contexts are unique "
                        "on a map."));
        QCOMPARE(orNothing(whyNotMergeContexts(
                     map, {policy, monolith, "Policy Monolith", {{"Policy", policy}}})),
                 std::string("nothing"));
        const MapDocument two = small(
            "{'portolan': 1, 'contexts': [{'id': 'a', 'name': 'A'}, {'id': 'b', 'name': 'B'}], "
            "'products': [{'id': 'p', 'name': 'P', 'context': 'a'}, {'id': 'q', 'name': 'P', "
            "'context': 'b'}]}");
        QCOMPARE(orNothing(whyNotMergeContexts(two, ContextId("a"), ContextId("b"))),
                 std::string("A and B both have a product P; rename one of them first."));
    }

    void saysWhyARelationshipCannotBeChanged()
    {
        const MapDocument map = opened(insurerText());
        const RelationshipId kernel("policy-billing-kernel");
        const RelationshipId partnership("channels-engagement");
        const RelationshipId directed("party-to-policy");
        QCOMPARE(orNothing(whyNotExtractSharedKernel(map, directed)),
                 std::string("Only a shared kernel can be made a context of its own."));
        QCOMPARE(orNothing(whyNotExtractSharedKernel(map, {kernel, "K", {}, {}, {}})),
                 std::string("Nothing goes to the new context; choose at least one term or product "
                             "that Policy Administration and Billing share."));
        QCOMPARE(orNothing(whyNotExtractSharedKernel(map, {kernel, "K", {"Claim"}, {}, {}})),
                 std::string("Neither of Policy Administration and Billing has a term \"Claim\"."));
        QCOMPARE(orNothing(whyNotExtractSharedKernel(
                     map, {kernel, "K", {}, {ProductId("claim-status")}, {}})),
                 std::string("ClaimStatus is a product of neither of Policy Administration and "
                             "Billing."));
        QCOMPARE(orNothing(whyNotReplacePartnership(map, kernel)),
                 std::string("This relationship is no partnership."));
        QCOMPARE(orNothing(whyNotReplaceSharedKernel(map, partnership)),
                 std::string("This relationship is no shared kernel."));
        QCOMPARE(orNothing(whyNotReplaceSharedKernel(map, {kernel, crm, {}, {}})),
                 std::string("CRM is no end of the relationship Policy Administration and "
                             "Billing."));
        QCOMPARE(
            orNothing(whyNotReplaceSharedKernel(map, {kernel, billing, {Role::Conformist}, {}})),
            std::string("The upstream end can be OHS and PL, not ACL or CF."));
        QCOMPARE(orNothing(whyNotReplaceSharedKernel(
                     map, {kernel, billing, {}, {Role::PublishedLanguage}})),
                 std::string("The downstream end can be ACL or CF, not OHS or PL."));
        QCOMPARE(orNothing(whyNotReplaceSharedKernel(
                     map, {kernel, billing, {}, {Role::AnticorruptionLayer, Role::Conformist}})),
                 std::string("ACL and CF exclude each other: a context protects itself or "
                             "conforms."));
        QCOMPARE(orNothing(whyNotInvertRelationship(map, kernel)),
                 std::string("A symmetric relationship has no direction that could be inverted."));
        QCOMPARE(orNothing(whyNotInvertRelationship(map, RelationshipId("no"))),
                 std::string("The map has no relationship \"no\"."));
        QCOMPARE(orNothing(whyNotInvertRelationship(map, directed)), std::string("nothing"));
    }

    void saysWhyThingsCannotBeMoved()
    {
        const MapDocument map = opened(insurerText());
        QCOMPARE(orNothing(whyNotMoveProducts(map, crm)), std::string("CRM has no products."));
        QCOMPARE(orNothing(whyNotMoveProducts(map, {{}, crm})),
                 std::string("No product is chosen."));
        QCOMPARE(orNothing(whyNotMoveProducts(map, {{ProductId("party-profile")}, party})),
                 std::string("PartyProfile belongs to Party Management already."));
        QCOMPARE(orNothing(whyNotMoveTerms(map, {party, {"Party"}, policy})),
                 std::string("Policy Administration has a term \"Party\" already."));
        QCOMPARE(orNothing(whyNotMoveTerms(map, {party, {"Claim"}, policy})),
                 std::string("Party Management has no term \"Claim\"."));
        QCOMPARE(orNothing(whyNotMoveTerms(map, {party, {"Party"}, party})),
                 std::string("The terms are in Party Management already."));
        const MapDocument two = small(
            "{'portolan': 1, 'contexts': [{'id': 'a', 'name': 'A'}, {'id': 'b', 'name': 'B'}], "
            "'products': [{'id': 'p', 'name': 'P', 'context': 'a'}, {'id': 'q', 'name': 'P', "
            "'context': 'b'}]}");
        QCOMPARE(orNothing(whyNotMoveProducts(two, {{ProductId("p")}, ContextId("b")})),
                 std::string("B would have two products P; rename one of them first."));
        QCOMPARE(orNothing(whyNotMoveTerms(two, ContextId("a"))), std::string("A has no terms."));
    }

    void undoRestoresTheBytesOfRandomOnes()
    {
        bool isGiven = false;
        unsigned seed =
            static_cast<unsigned>(qEnvironmentVariableIntValue("PORTOLAN_TEST_SEED", &isGiven));
        if (!isGiven)
            seed = std::random_device()();
        qInfo("seed %u (PORTOLAN_TEST_SEED)", seed);
        std::vector<std::string> texts = {insurerText(), insurerText(), insurerText()};
        for (const QString& file : QDir(QStringLiteral(PORTOLAN_TEST_DATA "/maps"))
                                       .entryList({QStringLiteral("*.json")}, QDir::Files))
            texts.push_back(tests::testData("maps/" + file.toStdString()));
        int made = 0;
        for (int round = 0; round < 12; ++round) {
            for (const std::string& text : texts) {
                const std::string complaint = chain(text, seed++, made);
                QVERIFY2(
                    complaint.empty(),
                    (complaint + ", with PORTOLAN_TEST_SEED=" + std::to_string(seed - 1)).c_str());
            }
        }
        qInfo("%d refactorings", made);
        QVERIFY(made > 500);
    }

private:
    static std::string chain(const std::string& text, unsigned seed, int& made)
    {
        RandomRefactorings random(seed);
        MapDocument document = opened(text);
        const std::size_t problems = document.problems().size();
        std::vector<Edit> undo;
        std::vector<std::string> texts;
        for (int i = 0; i < 60; ++i) {
            const Result<Edit> edit = random.next(document);
            if (!edit || edit->changesNothing())
                continue;
            texts.push_back(document.text());
            const Result<Edit> inverse = document.apply(*edit);
            if (!inverse)
                return edit->name + ": " + inverse.error().message;
            if (document.problems().size() > problems)
                return edit->name + ": " + toText(document.problems().back()) + "\n" +
                       tests::lineDifference(texts.back(), document.text());
            undo.push_back(*inverse);
            ++made;
        }
        while (!undo.empty()) {
            if (!document.apply(undo.back()) || document.text() != texts.back())
                return "undo gave other bytes";
            undo.pop_back();
            texts.pop_back();
        }
        return {};
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::RefactoringsTest)
#include "refactorings_test.moc"
