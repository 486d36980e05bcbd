// SPDX-License-Identifier: Apache-2.0
// What each edit is called, what it changes, and that it changes no other line.
#include "model/map/edits.h"
#include "tests/support/text_output.h"

namespace portolan {
namespace {

MapDocument open(const std::string& name)
{
    Result<MapDocument> document = MapDocument::read(tests::testData("maps/" + name), name);
    if (!document)
        qFatal("%s", document.error().message.c_str());
    return std::move(*document);
}

// The edit's name, and the lines it changes.
std::string told(const std::string& file, const Result<Edit>& edit, MapDocument& document)
{
    if (!edit)
        return toText(edit.error());
    if (edit->changesNothing())
        return "nothing";
    const std::string before = document.text();
    if (const Result<Edit> inverse = document.apply(*edit); !inverse)
        return toText(inverse.error());
    if (before != tests::testData("maps/" + file))
        return "not the file";
    return edit->name + "\n" + tests::lineDifference(before, document.text());
}

template <class Make>
std::string told(Make make, const std::string& file = "member-per-line.json")
{
    MapDocument document = open(file);
    return told(file, make(document), document);
}

Relationship between(std::string_view upstream, std::string_view downstream, RelationshipType type)
{
    Relationship relationship;
    relationship.type = type;
    relationship.upstream = ContextId(std::string(upstream));
    relationship.downstream = ContextId(std::string(downstream));
    return relationship;
}

const ContextId claims("claims");
const ContextId party("party-management");

}  // namespace

class MapEditsTest : public QObject {
    Q_OBJECT

private slots:
    void renamesOneLine()
    {
        QCOMPARE(told([](const MapDocument& map) {
                     return renameContext(map, claims, " Claims Handling ");
                 }),
                 std::string("Rename Claims to Claims Handling\n"
                             "-\"name\": \"Claims\",\n+\"name\": \"Claims Handling\",\n"));
        QCOMPARE(
            told([](const MapDocument& map) { return renameTeam(map, TeamId("blue"), "Red"); }),
            std::string(
                "Rename Blue team to Red\n-\"name\": \"Blue team\",\n+\"name\": \"Red\",\n"));
        QCOMPARE(
            told([](const MapDocument& map) { return renameTerm(map, party, "Party", "Person"); }),
            std::string("Rename Party to Person\n-\"name\": \"Party\",\n+\"name\": \"Person\",\n"));
    }

    void theSameValueIsNoEdit()
    {
        QCOMPARE(told([](const MapDocument& map) { return renameContext(map, claims, "Claims"); }),
                 std::string("nothing"));
        QCOMPARE(told([](const MapDocument& map) {
                     return placeContexts(map, {{party, {40, 120}}});
                 }),
                 std::string("nothing"));
        QCOMPARE(told([](const MapDocument& map) {
                     return changeRelationship(map, RelationshipId("kernel"),
                                               *map.map().relationship(RelationshipId("kernel")));
                 }),
                 std::string("nothing"));
        QCOMPARE(told([](const MapDocument& map) {
                     return setContextOwnership(map, party, map.map().context(party)->owns);
                 }),
                 std::string("nothing"));
    }

    void refusesWhatIsNotThere()
    {
        QCOMPARE(
            told([](const MapDocument& map) { return renameContext(map, ContextId("no"), "N"); }),
            std::string("error: The map has no context \"no\". [edit.not-found]"));
        QCOMPARE(told([](const MapDocument& map) { return renameContext(map, claims, " \n"); }),
                 std::string(
                     "error: A name is empty; expected at least one character. [edit.empty-name]"));
        QCOMPARE(told([](const MapDocument& map) { return renameContext(map, claims, "\xFF"); }),
                 std::string(
                     "error: The text is not valid UTF-8; nothing was changed. [edit.not-utf8]"));
        QCOMPARE(
            told([](const MapDocument& map) { return renameTerm(map, party, "Party", "Role"); }),
            std::string("error: Party Management has a term \"Role\" already. [edit.name-taken]"));
    }

    void addsAContextWithItsPlace()
    {
        QCOMPARE(
            told([](const MapDocument& map) -> Result<Edit> {
                return addContext(map, "Fraud", DomainId("policy"), Position{8, 16})->edit;
            }),
            std::string("Add context Fraud\n+},\n+{\n+\"id\": \"fraud\",\n+\"name\": \"Fraud\",\n"
                        "+\"domain\": \"policy\"\n"
                        "-\"crm\": [40, 400]\n+\"crm\": [40, 400],\n+\"fraud\": [8, 16]\n"));
    }

    void addsOneLineToAFileWithAnObjectPerLine()
    {
        QCOMPARE(
            told([](const MapDocument& map) -> Result<Edit> { return addTeam(map, "Red")->edit; },
                 "object-per-line.json"),
            std::string("Add team Red\n-{\"id\": \"green\", \"name\": \"Green team\"}\n"
                        "+{\"id\": \"green\", \"name\": \"Green team\"},\n"
                        "+{\"id\": \"red\", \"name\": \"Red\"}\n"));
    }

    void setsATextWhereItBelongs()
    {
        const auto describe = [](const MapDocument& map) {
            return setText(map, map.map().context(claims)->where, "purpose", "Pays.", "Say why");
        };
        QCOMPARE(told(describe),
                 std::string("Say why\n-\"team\": \"green\"\n+\"team\": \"green\",\n"
                             "+\"purpose\": \"Pays.\"\n"));
        const auto empty = [](const MapDocument& map) {
            return setText(map, map.map().context(party)->where, "steward", "", "Clear steward");
        };
        QCOMPARE(told(empty), std::string("Clear steward\n-\"steward\": \"M. Okafor\",\n"));
    }

    void movesOneLinePerCard()
    {
        const auto move = [](const MapDocument& map) {
            return placeContexts(map, {{claims, {328, 120}}, {party, {48, 128}}});
        };
        QCOMPARE(
            told(move),
            std::string(
                "Move 2 contexts\n-\"party-management\": [40, 120],\n-\"claims\": [320, 120],\n"
                "+\"party-management\": [48, 128],\n+\"claims\": [328, 120],\n"));
        MapDocument map = open("member-per-line.json");
        QCOMPARE(placeContexts(map, {{claims, {1, 1}}, {party, {2, 2}}})->mergeKey,
                 placeContexts(map, {{party, {3, 3}}, {claims, {4, 4}}})->mergeKey);
        QVERIFY(placeContexts(map, {{claims, {1, 1}}})->mergeKey !=
                placeContexts(map, {{party, {1, 1}}})->mergeKey);
    }

    void movingKeepsTheSpellingOfTheOtherNumber()
    {
        MapDocument map = open("odd-spacing.json");
        QVERIFY(map.apply(*placeContexts(map, {{ContextId("a"), {48, 120}}})).has_value());
        QVERIFY(map.text().find("\"a\": [ 48, 120.00 ]") != std::string::npos);
    }

    void removingAContextTakesAlongWhatCannotStand()
    {
        MapDocument map = open("member-per-line.json");
        const Result<Edit> edit = removeContext(map, party);
        QCOMPARE(edit->name, std::string("Remove Party Management, 1 product and 2 relationships"));
        QVERIFY(map.apply(*edit).has_value());
        QCOMPARE(tests::lines(map.problems()), std::string());
        QCOMPARE(map.map().contexts.size(), 3u);
        QCOMPARE(map.map().products.size(), 2u);
        QCOMPARE(map.map().relationships.size(), 1u);
        QCOMPARE(map.map().route(RouteId("intake"))->sources.size(), 1u);
        QVERIFY(map.map().identifiers.at(0).issuer.isEmpty());
        QVERIFY(map.map().crosswalks.at(0).owner.isEmpty());
        QVERIFY(map.map().migrations.at(0).to.isEmpty());
        QCOMPARE(map.map().placement.size(), 2u);
        QCOMPARE(removeContexts(open("member-per-line.json"), {claims, party})->name,
                 std::string("Remove 2 contexts, 2 products, 3 relationships and 1 route"));
    }

    void removingEmptiesReferences()
    {
        for (const std::string file :
             {"member-per-line.json", "one-line.json", "leading-commas.json"}) {
            MapDocument map = open(file);
            QVERIFY(map.apply(*removeDomain(map, DomainId("party"))).has_value());
            QVERIFY(map.apply(*removeTeam(map, TeamId("green"))).has_value());
            QVERIFY(map.apply(*removeProduct(map, ProductId("party-profile"))).has_value());
            QCOMPARE(tests::lines(map.problems()), std::string());
            QVERIFY(map.map().domain(DomainId("identity"))->parent.isEmpty());
            QVERIFY(map.map().context(claims)->team.isEmpty());
        }
    }

    void relatesContexts()
    {
        Relationship relationship =
            between("claims", "billing", RelationshipType::CustomerSupplier);
        relationship.upstreamRoles = {Role::OpenHostService};
        MapDocument map = open("object-per-line.json");
        const Result<Creation> made = addRelationship(map, relationship);
        QCOMPARE(made->id, std::string("claims-to-billing"));
        QCOMPARE(
            told("object-per-line.json", made->edit, map),
            std::string(
                "Relate Claims and Billing\n"
                "-{\"id\": \"crm-to-party\", \"type\": \"customer-supplier\", \"upstream\": \"crm\", "
                "\"downstream\": \"party-management\", \"veto\": true}\n"
                "+{\"id\": \"crm-to-party\", \"type\": \"customer-supplier\", \"upstream\": \"crm\", "
                "\"downstream\": \"party-management\", \"veto\": true},\n"
                "+{\"id\": \"claims-to-billing\", \"type\": \"customer-supplier\", \"upstream\": "
                "\"claims\", \"downstream\": \"billing\", \"upstreamRoles\": [\"OHS\"]}\n"));
    }

    void turnsARelationshipIntoASymmetricOneAndBack()
    {
        MapDocument map = open("member-per-line.json");
        const RelationshipId id("crm-to-party");
        QVERIFY(map.apply(*changeRelationship(
                              map, id, between("crm", "claims", RelationshipType::Partnership)))
                    .has_value());
        QCOMPARE(tests::lines(map.problems()), std::string());
        QCOMPARE(map.map().relationship(id)->downstream, claims);
        QVERIFY(!map.map().relationship(id)->hasVeto);
        QVERIFY(
            map.apply(*changeRelationship(
                          map, id, between("claims", "crm", RelationshipType::UpstreamDownstream)))
                .has_value());
        QCOMPARE(tests::lines(map.problems()), std::string());
        QCOMPARE(map.map().relationship(id)->upstream, claims);
    }

    void setsDomainTeamFlagsAndKind()
    {
        QCOMPARE(told([](const MapDocument& map) {
                     return setContextDomain(map, claims, DomainId("party"));
                 }),
                 std::string("Move Claims to Party\n-\"domains\": [\"policy\", \"identity\"],\n"
                             "+\"domain\": \"party\",\n"));
        QCOMPARE(
            told(
                [](const MapDocument& map) { return setContextTeam(map, claims, TeamId("blue")); }),
            std::string("Give Claims to Blue team\n-\"team\": \"green\"\n+\"team\": \"blue\"\n"));
        QCOMPARE(told([](const MapDocument& map) {
                     return setContextFlags(map, ContextId("crm"), true, false);
                 }),
                 std::string("Mark CRM as not legacy\n-\"bigBallOfMud\": true,\n-\"legacy\": true\n"
                             "+\"bigBallOfMud\": true\n"));
        QCOMPARE(told([](const MapDocument& map) {
                     return setDomainKind(map, DomainId("policy"), Subdomain::Generic);
                 }),
                 std::string(
                     "Make Policy a generic domain\n-\"name\": \"Policy\"\n+\"name\": \"Policy\",\n"
                     "+\"kind\": \"generic\"\n"));
    }

    void setsOwnershipAndAnswers()
    {
        QCOMPARE(
            told([](const MapDocument& map) {
                Ownership owns = map.map().context(party)->owns;
                owns.contracts = {"party-*"};
                return setContextOwnership(map, party, owns);
            }),
            std::string("Change what Party Management owns\n+\"contracts\": [\"party-*\"],\n"));
        QCOMPARE(told([](const MapDocument& map) {
                     return setProductAnswer(map, ProductId("party-profile"), 4, "None.");
                 }),
                 std::string("Answer \"How are duplicates handled?\" for PartyProfile\n"
                             "+\"duplicates\": \"None.\",\n"));
    }

    void makesReadableFreeIds_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("id");
        const auto row = [](const char* name, const char* id) {
            QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(id);
        };
        row("Party  Management!", "party-management-2");
        row("Größe & Straße", "grosse-strasse");
        row("Łódź Ærø", "lodz-aero");
        row("Ключ", "context");
        row("2nd line", "2nd-line");
        row("Claims", "claims-2");
    }

    void makesReadableFreeIds()
    {
        QFETCH(QString, name);
        QFETCH(QString, id);
        QCOMPARE(freeId(open("member-per-line.json"), "contexts", name.toStdString()),
                 id.toStdString());
    }

    void refusesAnEditThatDoesNotFitOrLeavesNoMap()
    {
        MapDocument map = open("smallest.json");
        const std::string before = map.text();
        QCOMPARE(
            toText(map.apply({"Break it", {{0, 1, ""}}, {}}).error()),
            std::string(
                "smallest.json:1:11: error: There is text after the end of the document; expected "
                "nothing more. [json.trailing-text]"));
        QCOMPARE(
            toText(map.apply({"Miss it", {{900, 1, ""}}, {}}).error()),
            std::string(
                "smallest.json: error: \"Miss it\" does not fit the text of the map; nothing was "
                "changed. [map.edit-does-not-fit]"));
        QCOMPARE(map.text(), before);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::MapEditsTest)
#include "map_edits_test.moc"
