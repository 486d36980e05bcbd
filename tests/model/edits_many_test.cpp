// SPDX-License-Identifier: Apache-2.0
// Edits of several contexts at once, and what is said before a removal, held against what the removal does.
#include "model/map/edits.h"
#include "tests/support/text_output.h"

#include <QDir>

#include <algorithm>

namespace portolan {
namespace {

MapDocument harbour()
{
    return std::move(*MapDocument::read(tests::testData("maps/member-per-line.json"), "a.json"));
}

const ContextId claims("claims");
const ContextId party("party-management");
const ContextId billing("billing");
const ContextId crm("crm");

std::string told(const Result<Edit>& edit)
{
    if (!edit)
        return toText(edit.error());
    if (edit->changesNothing())
        return "nothing";
    MapDocument document = harbour();
    const std::string before = document.text();
    const Result<Edit> inverse = document.apply(*edit);
    if (!inverse)
        return toText(inverse.error());
    const std::string after = document.text();
    if (!document.problems().empty())
        return tests::lines(document.problems());
    if (!document.apply(*inverse) || document.text() != before)
        return "undo gave other bytes";
    return edit->name + "\n" + tests::lineDifference(before, after);
}

std::string changed(const std::vector<ContextId>& ids, const ContextChange& change)
{
    return told(changeContexts(harbour(), ids, change));
}

// "claims 8,16; crm 0,0": where cards are put.
std::string places(const Result<Edit>& edit)
{
    if (!edit)
        return toText(edit.error());
    MapDocument document = harbour();
    if (!edit->mergeKey.empty() || !document.apply(*edit))
        return "not applied";
    std::string text = edit->name;
    for (const auto& [id, at] : document.map().placement)
        text += "; " + id.text + " " + std::to_string(static_cast<int>(at.x)) + "," +
                std::to_string(static_cast<int>(at.y));
    return text;
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return text;
}

}  // namespace

class EditsManyTest : public QObject {
    Q_OBJECT

private slots:
    void changesSeveralContexts()
    {
        ContextChange domain;
        domain.domain = DomainId("party");
        QCOMPARE(changed({claims, billing, party, claims}, domain),
                 std::string("Move 3 contexts to Party\n"
                             "-\"domains\": [\"policy\", \"identity\"],\n"
                             "+\"domain\": \"party\",\n"
                             "-\"domain\": \"policy\"\n"
                             "+\"domain\": \"party\"\n"));
        domain.domain = DomainId();
        QCOMPARE(changed({claims}, domain),
                 std::string("Take Claims out of every domain\n"
                             "-\"domains\": [\"policy\", \"identity\"],\n"));
        ContextChange team;
        team.team = TeamId("green");
        QCOMPARE(changed({claims, party}, team),
                 std::string("Give 2 contexts to Green team\n-\"team\": \"blue\",\n"
                             "+\"team\": \"green\",\n"));
        team.team = TeamId();
        QCOMPARE(changed({claims, crm}, team),
                 std::string("Take 2 contexts from every team\n"
                             "-\"domains\": [\"policy\", \"identity\"],\n-\"team\": \"green\"\n"
                             "+\"domains\": [\"policy\", \"identity\"]\n"));
        ContextChange steward;
        steward.steward = "";
        QCOMPARE(changed({party, claims}, steward),
                 std::string("Clear the steward of 2 contexts\n-\"steward\": \"M. Okafor\",\n"));
        steward.steward = "A. B.";
        QCOMPARE(changed({party}, steward),
                 std::string("Make A. B. steward of Party Management\n"
                             "-\"steward\": \"M. Okafor\",\n+\"steward\": \"A. B.\",\n"));
        ContextChange legacy;
        legacy.isLegacy = true;
        QCOMPARE(changed({crm, billing}, legacy),
                 std::string("Mark 2 contexts as legacy\n-\"domain\": \"policy\"\n"
                             "+\"domain\": \"policy\",\n+\"legacy\": true\n"));
        legacy.isBigBallOfMud = false;
        QCOMPARE(changed({crm}, legacy), std::string("Change CRM\n-\"bigBallOfMud\": true,\n"));
        QCOMPARE(changed({crm}, {}), std::string("nothing"));
        ContextChange alone;
        alone.standsAlone = true;
        QCOMPARE(changed({crm}, alone),
                 std::string("Mark CRM as standing alone\n-\"legacy\": true\n+\"legacy\": true,\n"
                             "+\"standsAlone\": true\n"));
    }

    void refusesWhatIsNotThere()
    {
        ContextChange change;
        change.domain = DomainId("no");
        QCOMPARE(changed({claims}, change),
                 std::string("error: The map has no domain \"no\". [edit.not-found]"));
        change = {};
        change.team = TeamId("no");
        QCOMPARE(changed({claims}, change),
                 std::string("error: The map has no team \"no\". [edit.not-found]"));
        QCOMPARE(changed({claims, ContextId("no")}, {}),
                 std::string("error: The map has no context \"no\". [edit.not-found]"));
        change = {};
        change.steward = "\xFF";
        QCOMPARE(changed({claims}, change),
                 std::string("error: The text is not valid UTF-8; nothing was changed. "
                             "[edit.not-utf8]"));
    }

    void alignsCards()
    {
        const MapDocument map = harbour();
        const std::vector<PlacedCard> cards = {
            {claims, 100, 40, 200, 80}, {crm, 8, 200, 120, 74}, {party, 160, 80, 196, 100}};
        const auto aligned = [&](Alignment alignment) {
            return places(alignContexts(map, cards, alignment));
        };
        QCOMPARE(aligned(Alignment::Left),
                 std::string("Align 3 contexts: left; claims 8,40; crm 8,200; "
                             "party-management 8,80"));
        QCOMPARE(aligned(Alignment::Centre),
                 std::string("Align 3 contexts: centre; claims 82,40; crm 122,200; "
                             "party-management 84,80"));
        QCOMPARE(aligned(Alignment::Right),
                 std::string("Align 3 contexts: right; claims 156,40; crm 236,200; "
                             "party-management 160,80"));
        QCOMPARE(aligned(Alignment::Top),
                 std::string("Align 3 contexts: top; claims 100,40; crm 8,40; "
                             "party-management 160,40"));
        QCOMPARE(aligned(Alignment::Middle),
                 std::string("Align 3 contexts: middle; claims 100,117; crm 8,120; "
                             "party-management 160,107"));
        QCOMPARE(aligned(Alignment::Bottom),
                 std::string("Align 3 contexts: bottom; claims 100,194; crm 8,200; "
                             "party-management 160,174"));
        QCOMPARE(places(alignContexts(map, {cards.front()}, Alignment::Left)),
                 std::string("error: It takes two contexts to align them. [edit.precondition]"));
    }

    void distributesCards()
    {
        const MapDocument map = harbour();
        const std::vector<PlacedCard> cards = {
            {claims, 400, 10, 100, 50}, {crm, 0, 0, 100, 50}, {party, 120, 300, 100, 50}};
        QCOMPARE(places(distributeContexts(map, cards, Distribution::Horizontally)),
                 std::string("Distribute 3 contexts horizontally; claims 400,10; crm 0,0; "
                             "party-management 200,300"));
        QCOMPARE(places(distributeContexts(map, cards, Distribution::Vertically)),
                 std::string("Distribute 3 contexts vertically; claims 400,150; crm 0,0; "
                             "party-management 120,300"));
        QCOMPARE(
            places(distributeContexts(map, {cards[0], cards[1]}, Distribution::Vertically)),
            std::string("error: It takes three contexts to distribute them. [edit.precondition]"));
    }

    void namesWhatARemovalTakesAlong()
    {
        const MapDocument map = harbour();
        QCOMPARE(joined(dependentsOf(map, {claims})),
                 std::string("product ClaimantView\n"
                             "relationship Party Management to Claims\n"
                             "relationship Claims and Billing\n"
                             "route Intake\n"));
        QCOMPARE(joined(dependentsOf(map, {party})),
                 std::string("2 terms of Party Management\n"
                             "product PartyProfile\n"
                             "relationship Party Management to Claims\n"
                             "relationship CRM to Party Management\n"
                             "route Intake, which no longer takes PartyProfile\n"
                             "identifier Party number, left without a context\n"
                             "crosswalk crm-to-party, left without a context\n"
                             "migration party data, left without an end\n"));
        QCOMPARE(joined(dependentsOf(map, {}, {DomainId("party"), DomainId("policy")})),
                 std::string("domain Identity, left without the domain above it\n"
                             "context Party Management, left without a domain\n"
                             "context Billing, left without a domain\n"));
        QCOMPARE(joined(dependentsOf(map, {}, {}, {ProductId("party-profile")})),
                 std::string("relationship Party Management to Claims, which no longer exposes "
                             "PartyProfile\n"
                             "route Intake, which no longer takes PartyProfile\n"));
        QCOMPARE(joined(dependentsOf(map, {}, {}, {ProductId("claimant-view")})),
                 std::string("route Intake, which no longer delivers ClaimantView\n"));
        QCOMPARE(joined(dependentsOf(map, {billing}, {}, {ProductId("party-profile")})),
                 std::string("product AccountStanding\n"
                             "relationship Party Management to Claims, which no longer exposes "
                             "PartyProfile\n"
                             "relationship Claims and Billing\n"
                             "route Intake\n"));
        QCOMPARE(joined(dependentsOf(map, {}, {}, {}, {TeamId("blue")})),
                 std::string("context Party Management, left without a team\n"));
        QCOMPARE(joined(dependentsOf(map, {})), std::string());
    }

    // The words agree in number with what the edit takes out.
    void saysAsMuchAsIsRemoved()
    {
        const QStringList files = QDir(QStringLiteral(PORTOLAN_TEST_DATA "/maps"))
                                      .entryList({QStringLiteral("*.json")}, QDir::Files);
        for (const QString& file : files) {
            const std::string text = tests::testData("maps/" + file.toStdString());
            MapDocument map = std::move(*MapDocument::read(text, "a.json"));
            std::vector<ContextId> contexts;
            for (const BoundedContext& context : map.map().contexts)
                contexts.push_back(context.id);
            for (const ContextId& id : contexts) {
                const std::vector<std::string> said = dependentsOf(map, {id});
                const auto whole = [&said](std::string_view kind) {
                    return std::count_if(said.begin(), said.end(), [kind](const auto& line) {
                        return line.starts_with(kind) &&
                               line.find(", which no longer") == std::string::npos;
                    });
                };
                const std::size_t things = map.map().products.size() +
                                           map.map().relationships.size() + map.map().routes.size();
                const Result<Edit> inverse = map.apply(*removeContext(map, id));
                QVERIFY(inverse);
                const std::size_t left = map.map().products.size() +
                                         map.map().relationships.size() + map.map().routes.size();
                if (file != QStringLiteral("broken.json"))
                    QCOMPARE(static_cast<std::size_t>(whole("product ") + whole("relationship ") +
                                                      whole("route ")),
                             things - left);
                QVERIFY(map.apply(*inverse));
            }
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::EditsManyTest)
#include "edits_many_test.moc"
