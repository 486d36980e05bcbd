// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_comparison.h"
#include "tests/support/text_output.h"

namespace portolan {
namespace {

MapDocument map(const std::string& text)
{
    Result<MapDocument> document = MapDocument::read(text, "m.json");
    if (!document)
        qFatal("%s", toText(document.error()).c_str());
    return std::move(*document);
}

std::string changes(const std::string& before, const std::string& after)
{
    std::string lines;
    for (const MapChange& change : mapChanges(map(before), map(after)))
        lines += toText(change) + "\n";
    return lines;
}

// "context a -> a changed 2", one a line; those that are the same are left out.
std::string states(const std::string& before, const std::string& after)
{
    std::string lines;
    const MapComparison comparison = compareMaps(map(before), map(after));
    for (const ComparedThing& thing : comparison.things) {
        if (thing.state != ComparedThing::State::Same)
            lines += std::string(toString(thing.kind)) + " " + thing.idBefore + " -> " +
                     thing.idAfter + " " + std::string(toString(thing.state)) + " " +
                     std::to_string(thing.changes.size()) + "\n";
    }
    return lines;
}

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

const std::string insurer =
    "{\"portolan\": 1, \"name\": \"Insurer\", \"teams\": [{\"id\": \"blue\", \"name\": \"Blue\"}],\n"
    "\"contexts\": [\n"
    "{\"id\": \"claims\", \"name\": \"Claims\", \"team\": \"blue\", \"terms\": [{\"name\": "
    "\"Loss\", \"definition\": \"What happened.\"}]},\n"
    "{\"id\": \"party\", \"name\": \"Party\", \"team\": \"blue\"},\n"
    "{\"id\": \"billing\", \"name\": \"Billing\"}],\n"
    "\"products\": [{\"id\": \"losses\", \"name\": \"Losses\", \"context\": \"claims\"}],\n"
    "\"relationships\": [\n"
    "{\"id\": \"party-to-claims\", \"type\": \"upstream-downstream\", \"upstream\": \"party\", "
    "\"downstream\": \"claims\"},\n"
    "{\"id\": \"claims-billing\", \"type\": \"partnership\", \"between\": [\"claims\", "
    "\"billing\"]}],\n"
    "\"placement\": {\"claims\": [0, 0], \"party\": [8, 0]}}";

}  // namespace

class MapComparisonTest : public QObject {
    Q_OBJECT

private slots:
    void seesAnotherIdOfTheSameName()
    {
        const std::string after = replaced(replaced(insurer, "\"claims\"", "\"claim-handling\""),
                                           "\"blue\"", "\"team-blue\"");
        QCOMPARE(changes(insurer, after),
                 std::string("~ team team-blue: has another id: \"blue\" -> \"team-blue\"\n"
                             "~ context claim-handling: has another id: \"claims\" -> "
                             "\"claim-handling\"\n"));
        QCOMPARE(states(insurer, after),
                 std::string("team blue -> team-blue renamed 1\n"
                             "context claims -> claim-handling renamed 1\n"));
    }

    void saysTheEarlierSubjectAndThePlace()
    {
        const std::string after = replaced(insurer, "\"claims\"", "\"claim-handling\"");
        const std::vector<MapChange> found = mapChanges(map(insurer), map(after));
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(found[0].kind == MapChange::Kind::Renamed);
        QCOMPARE(found[0].subject, std::string("context claim-handling"));
        QCOMPARE(found[0].earlierSubject, std::string("context claims"));
        QCOMPARE(found[0].name, std::string("Claims"));
        QCOMPARE(found[0].pointer, std::string("/contexts/0/id"));
        QCOMPARE(found[0].before, std::string("\"claims\""));
        QCOMPARE(found[0].after, std::string("\"claim-handling\""));
    }

    void seesTheSameContentUnderAnotherIdAndName()
    {
        const std::string after =
            replaced(replaced(insurer, "\"claims\"", "\"damage\""), "\"Claims\"", "\"Damage\"");
        QCOMPARE(changes(insurer, after),
                 std::string("~ context damage: has another id: \"claims\" -> \"damage\"\n"
                             "~ context damage: renamed from \"Claims\" to \"Damage\"\n"));
    }

    void seesTheSameRelationshipByItsEnds()
    {
        const std::string after = replaced(replaced(insurer, "\"claims\"", "\"damage\""),
                                           "\"party-to-claims\"", "\"r1\"");
        QCOMPARE(changes(insurer, after),
                 std::string("~ context damage: has another id: \"claims\" -> \"damage\"\n"
                             "~ relationship r1: has another id: \"party-to-claims\" -> \"r1\"\n"));
    }

    void doesNotTakeOneThingForAnother()
    {
        // Another context in the same team and with the same neighbour is another context.
        const std::string after =
            replaced(replaced(insurer, "\"id\": \"party\", \"name\": \"Party\"",
                              "\"id\": \"fleet\", \"name\": \"Fleet\""),
                     "\"upstream\": \"party\"", "\"upstream\": \"fleet\"");
        QCOMPARE(states(insurer, after),
                 std::string("context party ->  removed 1\n"
                             "context  -> fleet added 1\n"
                             "relationship party-to-claims -> party-to-claims changed 1\n"));
    }

    // Where many contexts have words in common, those still count for two that have more than that.
    void countsWhatManyShare()
    {
        const auto with = [](const std::string& prefix) {
            std::string contexts;
            for (int i = 0; i < 100; ++i) {
                const std::string number = std::to_string(i);
                contexts += std::string(i > 0 ? ", " : "") + "{\"id\": \"" + prefix + number +
                            "\", \"name\": \"" + prefix + number + "\", \"purpose\": \"Number " +
                            number + "\", \"terms\": [{\"name\": \"Key\"}, {\"name\": \"" + prefix +
                            "\"}]}";
            }
            return "{\"portolan\": 1, \"contexts\": [" + contexts + "]}";
        };
        const std::string found = states(with("a"), with("b"));
        QVERIFY(found.find("context a42 -> b42 changed ") != std::string::npos);
        QVERIFY(found.find("context a42 ->  ") == std::string::npos);
    }

    void doesNotGuessBetweenTwoOfOneName()
    {
        const auto with = [](const std::string& one, const std::string& other) {
            return "{\"portolan\": 1, \"teams\": [{\"id\": \"" + one +
                   "\", \"name\": \"T\"}, {\"id\": \"" + other + "\", \"name\": \"T\"}]}";
        };
        QCOMPARE(states(with("a", "b"), with("c", "d")), std::string("team a ->  removed 1\n"
                                                                     "team b ->  removed 1\n"
                                                                     "team  -> c added 1\n"
                                                                     "team  -> d added 1\n"));
    }

    void seesARenamedTermByItsDefinition()
    {
        const std::string after = replaced(insurer, "\"Loss\"", "\"Damage\"");
        QCOMPARE(changes(insurer, after),
                 std::string("~ term Claims/Damage: renamed from \"Loss\" to \"Damage\"\n"));
        QCOMPARE(states(insurer, after), std::string("context claims -> claims changed 1\n"
                                                     "term claims/Loss -> claims/Damage renamed "
                                                     "1\n"));
    }

    void tellsWhatBecameOfEachThing()
    {
        std::string after = replaced(insurer, "\"Claims\"", "\"Claim handling\"");
        after = replaced(after, "\"name\": \"Billing\"", "\"name\": \"Billing\", \"legacy\": true");
        after = replaced(after, "\"party\": [8, 0]", "\"party\": [8, 80]");
        after =
            replaced(after, "{\"id\": \"losses\", \"name\": \"Losses\", \"context\": \"claims\"}",
                     "{\"id\": \"p\", \"name\": \"P\", \"context\": \"party\"}");
        QCOMPARE(states(insurer, after), std::string("context claims -> claims renamed 1\n"
                                                     "context party -> party moved 1\n"
                                                     "context billing -> billing changed 1\n"
                                                     "product losses ->  removed 1\n"
                                                     "product  -> p added 1\n"));
        const MapComparison comparison = compareMaps(map(insurer), map(after));
        const ComparedThing* party = comparison.inAfter({EntityKind::BoundedContext, "party"});
        QVERIFY(party);
        QCOMPARE(party->name(), std::string("Party"));
        QCOMPARE(toText(comparison.changesOf(*party).front()),
                 std::string("> context party: [8, 0] -> [8, 80]"));
        QVERIFY(comparison.inBefore({EntityKind::DataProduct, "losses"}));
        QVERIFY(!comparison.inAfter({EntityKind::DataProduct, "losses"}));
        const ComparedThing* team = comparison.inAfter({EntityKind::Team, "blue"});
        QVERIFY(team && team->state == ComparedThing::State::Same);
    }

    void listsTheTermsOfAContextThatIsNew()
    {
        const std::string empty = "{\"portolan\": 1}";
        const std::string full =
            "{\"portolan\": 1, \"contexts\": [{\"id\": \"a\", \"name\": \"A\", "
            "\"terms\": [{\"name\": \"T\"}]}]}";
        QCOMPARE(states(empty, full), std::string("context  -> a added 1\n"
                                                  "term  -> a/T added 0\n"));
        QCOMPARE(states(full, empty), std::string("context a ->  removed 1\n"
                                                  "term a/T ->  removed 0\n"));
    }

    void findsAMoveWhereverThePlacementStands()
    {
        const std::string before = "{\"portolan\": 1, \"placement\": {\"a\": [0, 0]}, "
                                   "\"contexts\": [{\"id\": \"a\", \"name\": \"A\"}]}";
        QCOMPARE(states(before, replaced(before, "[0, 0]", "[8, 0]")),
                 std::string("context a -> a moved 1\n"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::MapComparisonTest)
#include "map_comparison_test.moc"
