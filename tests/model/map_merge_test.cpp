// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_merge.h"

#include "model/json/json_edit.h"
#include "model/map/edits.h"
#include "model/map/map_diff.h"
#include "tests/support/text_output.h"

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>

namespace portolan {
namespace {

MapDocument map(const std::string& text, const std::string& file = "m.json")
{
    Result<MapDocument> document = MapDocument::read(text, file);
    if (!document)
        qFatal("%s", toText(document.error()).c_str());
    return std::move(*document);
}

MapMerge merge(const std::string& base, const std::string& ours, const std::string& theirs)
{
    return mergeMaps(map(base), map(ours), map(theirs));
}

// The conflicts, one a line; a merge without any is its text.
std::string told(const MapMerge& merge)
{
    std::string lines;
    for (const MergeConflict& conflict : merge.conflicts)
        lines += std::string(toString(conflict.kind)) + " " + conflict.message + "\n";
    return merge.isClean() ? merge.text : lines;
}

std::string told(const std::string& base, const std::string& ours, const std::string& theirs)
{
    return told(merge(base, ours, theirs));
}

const std::string threeContexts =
    "{\"portolan\": 1,\n"
    " \"contexts\": [\n"
    "  {\"id\": \"a\", \"name\": \"A\", \"team\": \"t\"},\n"
    "  {\"id\": \"b\",   \"name\": \"B\"},\n"
    "  {\"id\": \"c\", \"name\": \"C\"}\n"
    " ],\n"
    " \"teams\": [{\"id\": \"t\", \"name\": \"T\"}, {\"id\": \"u\", \"name\": \"U\"}, "
    "{\"id\": \"v\", \"name\": \"V\"}]\n"
    "}\n";

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    const std::size_t at = text.find(what);
    if (at == std::string::npos)
        qFatal("'%s' is not there", what.c_str());
    return text.replace(at, what.size(), with);
}

std::string dataFile(const std::string& name)
{
    std::ifstream file(std::string(PORTOLAN_TEST_DATA) + "/maps/" + name, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

std::string differences(const std::string& one, const std::string& other)
{
    std::string lines;
    for (const MapChange& change : mapChanges(map(one), map(other)))
        lines += toText(change) + "\n";
    return lines;
}

// One of many edits of a map, inside the half of its things that `side` may touch.
class RandomEdits {
public:
    RandomEdits(unsigned seed, std::size_t side) : m_random(seed), m_side(side) {}

    std::string on(const std::string& text, int count)
    {
        MapDocument document = map(text);
        for (int i = 0; i < count; ++i) {
            const Result<Edit> edit = any(document);
            if (edit && !document.apply(*edit))
                qFatal("an edit could not be applied");
        }
        return document.text();
    }

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }
    std::string word()
    {
        return "W" + std::to_string(m_side) + "-" + std::to_string(m_random() % 100000);
    }

    // The things of one side: those whose id's characters add up to its parity.
    bool isMine(const std::string& id) const
    {
        std::size_t sum = 0;
        for (const char c : id)
            sum += static_cast<unsigned char>(c);
        return sum % 2 == m_side;
    }

    template <class Thing>
    const Thing* oneOf(const std::vector<Thing>& things)
    {
        std::vector<const Thing*> mine;
        for (const Thing& thing : things) {
            if (isMine(thing.id.text))
                mine.push_back(&thing);
        }
        return mine.empty() ? nullptr : mine[below(mine.size())];
    }

    static Result<Edit> nothing() { return tl::unexpected(Problem{}); }

    Result<Edit> any(const MapDocument& document)
    {
        const BoundedContext* context = oneOf(document.map().contexts);
        const DataProduct* product = oneOf(document.map().products);
        const Relationship* relationship = oneOf(document.map().relationships);
        if (!context)
            return nothing();
        switch (below(9)) {
        case 0:
            return renameContext(document, context->id, word());
        case 1:
            return addTerm(document, context->id, word(), word());
        case 2:
            return placeContexts(document, {{context->id, {8.0 * double(below(99)), 8}}});
        case 3:
            return setText(document, context->where, "purpose", word(), "Change");
        case 4:
            return setContextOwnership(document, context->id, {{word()}, {}, {word(), word()}});
        case 5:
            return product ? setProductAnswer(document, product->id, below(8), word()) : nothing();
        case 6:
            return relationship ? removeRelationship(document, relationship->id) : nothing();
        case 7:
            return addTeam(document, word()).map([](const Creation& made) { return made.edit; });
        default:
            return addProduct(document, context->id, word(), MapProductKind::State)
                .map([](const Creation& made) { return made.edit; });
        }
    }

    std::mt19937 m_random;
    std::size_t m_side;
};

}  // namespace

class MapMergeTest : public QObject {
    Q_OBJECT

private slots:
    void putsTheirsIntoTheTextOfOurs()
    {
        const std::string ours = replaced(threeContexts, "\"name\": \"C\"", "\"name\": \"Sea\"");
        const std::string theirs = replaced(
            replaced(threeContexts, "\"team\": \"t\"", "\"team\": \"u\", \"x-cost\": 1.50"),
            "  {\"id\": \"b\"", "  {\"id\": \"n\", \"name\": \"N\"},\n  {\"id\": \"b\"");
        QCOMPARE(
            told(threeContexts, ours, theirs),
            std::string("{\"portolan\": 1,\n"
                        " \"contexts\": [\n"
                        "  {\"id\": \"a\", \"name\": \"A\", \"team\": \"u\", \"x-cost\": 1.50},\n"
                        "  {\"id\": \"b\",   \"name\": \"B\"},\n"
                        "  {\"id\": \"c\", \"name\": \"Sea\"},\n"
                        "  {\"id\": \"n\", \"name\": \"N\"}\n"
                        " ],\n"
                        " \"teams\": [{\"id\": \"t\", \"name\": \"T\"}, {\"id\": \"u\", "
                        "\"name\": \"U\"}, {\"id\": \"v\", \"name\": \"V\"}]\n"
                        "}\n"));
    }

    void keepsBothInsertionsAtOnePlace()
    {
        const std::string ours =
            replaced(threeContexts, "  {\"id\": \"c\"", "  {\"id\": \"o\"},\n  {\"id\": \"c\"");
        const std::string theirs =
            replaced(threeContexts, "  {\"id\": \"c\"", "  {\"id\": \"t\"},\n  {\"id\": \"c\"");
        const MapMerge merged = merge(threeContexts, ours, theirs);
        QVERIFY2(merged.isClean(), told(merged).c_str());
        QCOMPARE(differences(ours, merged.text), std::string("+ context t: {\"id\": \"t\"}\n"));
    }

    void removesWhatTheirsRemoved()
    {
        const std::string theirs =
            replaced(threeContexts, "  {\"id\": \"b\",   \"name\": \"B\"},\n", "");
        QCOMPARE(told(threeContexts, threeContexts, theirs), theirs);
    }

    void namesAMemberThatBothChanged()
    {
        const MapMerge merged =
            merge(threeContexts, replaced(threeContexts, "\"team\": \"t\"", "\"team\": \"u\""),
                  replaced(threeContexts, "\"team\": \"t\"", "\"team\": \"v\""));
        QCOMPARE(told(merged),
                 std::string("changed-by-both context a: \"team\" is \"u\" in ours and \"v\" in "
                             "theirs, and was \"t\"; ours stays.\n"));
        const MergeConflict& conflict = merged.conflicts.front();
        QCOMPARE(conflict.subject, std::string("context a"));
        QCOMPARE(conflict.name, std::string("A"));
        QCOMPARE(conflict.member, std::string("team"));
        QCOMPARE(conflict.base, std::string("\"t\""));
        QCOMPARE(conflict.ours, std::string("\"u\""));
        QCOMPARE(conflict.theirs, std::string("\"v\""));
        QCOMPARE(conflict.where.file, std::string("m.json"));
        QCOMPARE(conflict.where.line, 3);
        QCOMPARE(conflict.where.pointer, std::string("/contexts/0/team"));
        QVERIFY(merged.text.find("\"team\": \"u\"") != std::string::npos);
    }

    void namesAMemberThatOneRemovedAndTheOtherChanged()
    {
        const std::string gone = replaced(threeContexts, ", \"team\": \"t\"", "");
        const std::string changed = replaced(threeContexts, "\"team\": \"t\"", "\"team\": \"u\"");
        QCOMPARE(told(threeContexts, gone, changed),
                 std::string("removed-and-changed context a: ours removes \"team\", theirs changes "
                             "it from \"t\" to \"u\"; it stays removed.\n"));
        QCOMPARE(told(threeContexts, changed, gone),
                 std::string("removed-and-changed context a: theirs removes \"team\", ours changes "
                             "it from \"t\" to \"u\"; ours stays.\n"));
        QCOMPARE(merge(threeContexts, gone, changed).text, gone);
        QCOMPARE(merge(threeContexts, changed, gone).text, changed);
    }

    void namesAThingThatOneRemovedAndTheOtherChanged()
    {
        const std::string gone =
            replaced(threeContexts, "  {\"id\": \"b\",   \"name\": \"B\"},\n", "");
        const std::string changed =
            replaced(threeContexts, "\"name\": \"B\"", "\"name\": \"Bee\", \"legacy\": true");
        QCOMPARE(told(threeContexts, gone, changed),
                 std::string("removed-and-changed context b: ours removes it, theirs changes it "
                             "(\"name\", \"legacy\"); it stays removed.\n"));
        QCOMPARE(told(threeContexts, changed, gone),
                 std::string("removed-and-changed context b: theirs removes it, ours changes it "
                             "(\"name\", \"legacy\"); it stays.\n"));
        QCOMPARE(merge(threeContexts, gone, changed).text, gone);
        QCOMPARE(merge(threeContexts, changed, gone).text, changed);
    }

    void namesAThingThatBothAddedDifferently()
    {
        const auto with = [](const std::string& name) {
            return replaced(threeContexts, "\"name\": \"C\"}",
                            "\"name\": \"C\"},\n  {\"id\": \"d\", \"name\": \"" + name + "\"}");
        };
        QCOMPARE(told(threeContexts, with("Dee"), with("Dale")),
                 std::string("added-by-both context d: both add it, with different content "
                             "(\"name\"); ours stays.\n"));
        QCOMPARE(merge(threeContexts, with("Dee"), with("Dale")).text, with("Dee"));
        QCOMPARE(told(threeContexts, with("Dee"), with("Dee")), with("Dee"));
    }

    void keepsWhatOursRefersTo()
    {
        const std::string ours =
            replaced(threeContexts, "\"name\": \"B\"", "\"name\": \"B\", \"team\": \"u\"");
        const std::string theirs =
            replaced(threeContexts, " {\"id\": \"u\", \"name\": \"U\"},", "");
        QCOMPARE(told(threeContexts, ours, theirs),
                 std::string("reference-to-removed context b: \"team\" names team u, which theirs "
                             "removes; it stays.\n"));
        QCOMPARE(merge(threeContexts, ours, theirs).text, ours);
        QCOMPARE(told(threeContexts, theirs, ours),
                 std::string("reference-to-removed context b: theirs makes \"team\" name team u, "
                             "which ours removes; ours stays.\n"));
        QCOMPARE(merge(threeContexts, theirs, ours).text, theirs);
    }

    void leavesOutWhatRefersToSomethingThatOursRemoved()
    {
        const std::string added =
            replaced(threeContexts, "\n}\n",
                     ",\n \"products\": [{\"id\": \"p\", \"name\": \"P\", \"context\": \"b\"}],\n"
                     " \"routes\": [{\"id\": \"r\", \"from\": [\"p\"], \"to\": \"a\"}]\n}\n");
        const std::string gone =
            replaced(threeContexts, "  {\"id\": \"b\",   \"name\": \"B\"},\n", "");
        const MapMerge merged = merge(threeContexts, gone, added);
        QCOMPARE(told(merged),
                 std::string("reference-to-removed product p: theirs adds it, and its "
                             "\"context\" names context b, which ours removes; it is left out.\n"
                             "reference-to-removed route r: theirs adds it, and its \"from\" "
                             "names product p, which is left out; it is left out.\n"));
        QVERIFY(map(merged.text).problems().empty());
    }

    void keepsThingsThatRestOnEachOther()
    {
        const std::string base =
            "{\"portolan\": 1, \"domains\": [{\"id\": \"d\", \"name\": \"D\"}], \"contexts\": "
            "[{\"id\": \"a\", \"name\": \"A\", \"domain\": \"d\"}], \"placement\": {\"a\": [0, 8]}}";
        const std::string ours =
            replaced(base, "], \"placement\"",
                     "], \"identifiers\": [{\"id\": \"i\", \"name\": \"I\", \"context\": \"a\"}], "
                     "\"placement\"");
        const std::string theirs = "{\"portolan\": 1, \"domains\": [], \"contexts\": []}";
        const MapMerge merged = merge(base, ours, theirs);
        QCOMPARE(
            told(merged),
            std::string("reference-to-removed context a: \"domain\" names domain d, which "
                        "theirs removes; it stays.\n"
                        "reference-to-removed identifier i: \"context\" names context a, which "
                        "theirs removes; it stays.\n"));
        QCOMPARE(differences(merged.text, ours), std::string());
    }

    void mergesListsOfTextsAsSets()
    {
        const auto with = [](const std::string& sources) {
            return "{\"portolan\": 1, \"sources\": [" + sources + "]}";
        };
        QCOMPARE(told(with("\"a\", \"b\", \"c\""), with("\"x\", \"c\", \"b\", \"a\""),
                      with("\"a\", \"c\", \"y\", \"x\"")),
                 with("\"x\", \"c\", \"a\", \"y\""));
        QCOMPARE(told(with("\"a\", \"b\""), with("\"a\", \"b\""), with("\"b\", \"n\", \"a\"")),
                 with("\"b\", \"n\", \"a\""));
        QCOMPARE(told("{\"portolan\": 1}", with("\"a\""), with("\"b\"")), with("\"a\", \"b\""));
        QCOMPARE(told(with("\"a\""), "{\"portolan\": 1}", with("\"a\", \"b\"")), with("\"b\""));
    }

    void mergesUnknownKeysMemberByMember()
    {
        const std::string base = "{\"portolan\": 1, \"x\": {\"a\": 1, \"b\": {\"c\": 1.0}}}";
        QCOMPARE(told(base, "{\"portolan\": 1, \"x\": {\"a\": 2, \"b\": {\"c\": 1.0}}}",
                      "{\"portolan\": 1, \"x\": {\"a\": 1, \"b\": {\"c\": 1.50}, \"d\": [true]}}"),
                 std::string(
                     "{\"portolan\": 1, \"x\": {\"a\": 2, \"b\": {\"c\": 1.50}, \"d\": [true]}}"));
        QCOMPARE(told(base, "{\"portolan\": 1, \"x\": {\"a\": 1, \"b\": {\"c\": 2}}}",
                      "{\"portolan\": 1, \"x\": {\"a\": 1, \"b\": {\"c\": 3}}}"),
                 std::string("changed-by-both map: \"x/b/c\" is 2 in ours and 3 in theirs, and was "
                             "1.0; ours stays.\n"));
    }

    void mergesListsOfObjectsByWhatIdentifiesThem()
    {
        const std::string base =
            "{\"portolan\": 1, \"products\": [{\"id\": \"p\", \"name\": \"P\", \"ports\": "
            "[{\"type\": \"kafka\", \"address\": \"one\"}, {\"type\": \"rest\", \"address\": "
            "\"two\"}]}], \"x-notes\": [{\"id\": 1, \"name\": \"n\", \"t\": \"\"}]}";
        const std::string ours =
            replaced(base, "\"address\": \"one\"", "\"address\": \"one\", \"dataset\": \"d\"");
        const std::string theirs = replaced(
            replaced(base, "\"address\": \"two\"}", "\"address\": \"two\"}, {\"type\": \"file\"}"),
            "\"t\": \"\"", "\"t\": \"x\"");
        const std::string both = replaced(
            replaced(ours, "\"address\": \"two\"}", "\"address\": \"two\"}, {\"type\": \"file\"}"),
            "\"t\": \"\"", "\"t\": \"x\"");
        QCOMPARE(told(base, ours, theirs), both);
    }

    void namesAnElementThatBothReplaced()
    {
        const auto with = [](const std::string& term) {
            return "{\"portolan\": 1, \"contexts\": [{\"id\": \"a\", \"name\": \"A\", \"terms\": "
                   "[{\"name\": \"" +
                   term + "\"}]}]}";
        };
        QCOMPARE(told(with("Party"), with("Customer"), with("Client")),
                 std::string("changed-by-both term A/Party: it is {\"name\": \"Customer\"} in ours "
                             "and {\"name\": \"Client\"} in theirs, and was {\"name\": \"Party\"}; "
                             "ours stays.\n"));
        QCOMPARE(merge(with("Party"), with("Customer"), with("Client")).text, with("Customer"));
        QCOMPARE(told(with("Party"), with("Party"), with("Client")), with("Client"));
    }

    void keepsOneWayOfSayingTheEnds()
    {
        const auto with = [](const std::string& ends) {
            return "{\"portolan\": 1, \"contexts\": [{\"id\": \"a\", \"name\": \"A\"}, {\"id\": "
                   "\"b\", \"name\": \"B\"}, {\"id\": \"c\", \"name\": \"C\"}], "
                   "\"relationships\": [{\"id\": \"r\", " +
                   ends + "}]}";
        };
        const std::string base =
            with("\"type\": \"upstream-downstream\", \"upstream\": \"a\", \"downstream\": \"b\"");
        const std::string ours =
            with("\"type\": \"upstream-downstream\", \"upstream\": \"a\", \"downstream\": \"c\"");
        const std::string theirs = with("\"type\": \"partnership\", \"between\": [\"a\", \"b\"]");
        QCOMPARE(told(base, base, theirs), theirs);
        QCOMPARE(told(base, ours, theirs),
                 std::string("changed-by-both relationship r: ours makes it {\"type\": "
                             "\"upstream-downstream\", \"upstream\": \"a\", \"downstream\": "
                             "\"c\"}, theirs {\"type\": \"partnership\", \"between\": [\"a\", "
                             "\"b\"]}; ours stays.\n"));
        QCOMPARE(merge(base, ours, theirs).text, ours);
        const std::string other = with("\"type\": \"partnership\", \"between\": [\"a\", \"c\"]");
        QCOMPARE(
            told(theirs, other, with("\"type\": \"partnership\", \"between\": [\"c\", \"b\"]")),
            std::string("changed-by-both relationship r: \"between\" is [\"a\", \"c\"] in ours "
                        "and [\"c\", \"b\"] in theirs, and was [\"a\", \"b\"]; ours stays.\n"));
    }

    void mergesPositionsCardByCard()
    {
        const auto with = [](const std::string& placement) {
            return "{\"portolan\": 1, \"contexts\": [{\"id\": \"a\", \"name\": \"A\"}, {\"id\": "
                   "\"b\", \"name\": \"B\"}], \"placement\": {" +
                   placement + "}}";
        };
        const std::string base = with("\"a\": [0, 0], \"b\": [8, 8]");
        QCOMPARE(told(base, with("\"a\": [16, 0], \"b\": [8, 8]"),
                      with("\"a\": [0, 0], \"b\": [24, 8]")),
                 with("\"a\": [16, 0], \"b\": [24, 8]"));
        QCOMPARE(told(base, with("\"a\": [16, 0], \"b\": [8, 8]"),
                      with("\"a\": [32, 0], \"b\": [8, 8]")),
                 std::string("changed-by-both context a: its card is at [16, 0] in ours and at "
                             "[32, 0] in theirs, and was at [0, 0]; ours stays.\n"));
        QCOMPARE(
            told(base, with("\"a\": [16, 0], \"b\": [8, 8]"), with("\"b\": [8, 8]")),
            std::string("removed-and-changed context a: its card is at [16, 0] in ours and not "
                        "placed in theirs, and was at [0, 0]; ours stays.\n"));
    }

    void letsAPositionGoWithItsContext()
    {
        const std::string base =
            "{\"portolan\": 1, \"contexts\": [{\"id\": \"a\", \"name\": \"A\"}, {\"id\": \"b\", "
            "\"name\": \"B\"}], \"placement\": {\"a\": [0, 0], \"b\": [8, 8]}}";
        const std::string moved = replaced(base, "[0, 0]", "[16, 0]");
        const std::string gone =
            "{\"portolan\": 1, \"contexts\": [{\"id\": \"b\", \"name\": \"B\"}], \"placement\": "
            "{\"b\": [8, 8]}}";
        QCOMPARE(told(base, moved, gone), gone);
        QCOMPARE(told(base, gone, moved), gone);
    }

    void namesWhatIsWrongOnlyTogether()
    {
        const std::string base =
            "{\"portolan\": 1, \"domains\": [{\"id\": \"a\", \"name\": \"A\"}, {\"id\": \"b\", "
            "\"name\": \"B\"}]}";
        const MapMerge merged =
            merge(base, replaced(base, "\"name\": \"A\"", "\"name\": \"A\", \"parent\": \"b\""),
                  replaced(base, "\"name\": \"B\"", "\"name\": \"B\", \"parent\": \"a\""));
        QVERIFY(!merged.isClean());
        QVERIFY2(told(merged).starts_with(
                     "changed-by-both map: what both sides changed does not go together: Domain "),
                 told(merged).c_str());
    }

    void leavesTheBytesWhereTheirsChangedNothing()
    {
        for (const char* name : {"harbour.json", "crlf-tabs-byte-order-mark.json",
                                 "everything-exploded.json", "leading-commas.json"}) {
            const std::string base = dataFile(name);
            const std::string ours = RandomEdits(7, 0).on(base, 8);
            QCOMPARE(told(base, ours, base), ours);
            QCOMPARE(told(base, base, base), base);
            QCOMPARE(told(base, ours, ours), ours);
        }
    }

    void becomesTheirsWhereOursChangedNothing()
    {
        for (const char* name : {"harbour.json", "insurer-example.json", "tabs.json",
                                 "no-space-at-all.json", "everything-exploded.json"}) {
            const std::string base = dataFile(name);
            for (unsigned seed = 1; seed <= 20; ++seed) {
                const std::string theirs = RandomEdits(seed, seed % 2).on(base, 10);
                const MapMerge merged = merge(base, base, theirs);
                QVERIFY2(merged.isClean(), told(merged).c_str());
                QCOMPARE(differences(theirs, merged.text), std::string());
            }
        }
    }

    // What two sides do to different things goes together, whichever of them is ours, and all of it is there.
    void holdsBothSidesOfDisjointEdits()
    {
        int changed = 0;
        for (const char* name : {"insurer-example.json", "harbour.json", "object-per-line.json"}) {
            const std::string base = dataFile(name);
            for (unsigned seed = 1; seed <= 40; ++seed) {
                const std::string one = RandomEdits(seed, 0).on(base, 6);
                const std::string other = RandomEdits(seed + 1000, 1).on(base, 6);
                const MapMerge merged = merge(base, one, other);
                const MapMerge turned = merge(base, other, one);
                QVERIFY2(merged.isClean(), told(merged).c_str());
                QVERIFY2(turned.isClean(), told(turned).c_str());
                QCOMPARE(differences(merged.text, turned.text), std::string());
                // Seen from one side, the merge brings what the other did, and no more.
                QCOMPARE(sorted(differences(one, merged.text)), sorted(differences(base, other)));
                QCOMPARE(sorted(differences(other, merged.text)), sorted(differences(base, one)));
                changed += one != base && other != base ? 1 : 0;
            }
        }
        QVERIFY(changed > 60);
    }

    void findsConflictsWhicheverSideIsOurs()
    {
        const std::string base = dataFile("insurer-example.json");
        int conflicts = 0;
        for (unsigned seed = 1; seed <= 60; ++seed) {
            const std::string one = RandomEdits(seed, 0).on(base, 12);
            const std::string other = RandomEdits(seed + 1000, 0).on(base, 12);
            const MapMerge merged = merge(base, one, other);
            QCOMPARE(merged.conflicts.size(), merge(base, other, one).conflicts.size());
            QVERIFY(MapDocument::read(merged.text, {}).has_value());
            conflicts += merged.isClean() ? 0 : 1;
        }
        QVERIFY(conflicts > 10);
    }

    // Values of any kind in any place: what comes out is a map, and one side alone comes out as it is.
    void mergesWhatIsNoSoundMap()
    {
        for (const char* name : {"harbour.json", "broken.json", "to-be.json", "tabs.json"}) {
            const std::string base = dataFile(name);
            for (unsigned seed = 1; seed <= 150; ++seed) {
                const std::string one = damaged(base, seed);
                const std::string other = damaged(base, seed + 1000);
                const MapMerge merged = merge(base, one, other);
                QVERIFY(MapDocument::read(merged.text, {}).has_value());
                QCOMPARE(told(base, one, base), one);
                QCOMPARE(told(base, one, one), one);
                const MapMerge theirs = merge(base, base, other);
                QVERIFY2(theirs.isClean(), (told(theirs) + other).c_str());
                QCOMPARE(differences(other, theirs.text), std::string());
            }
        }
    }

private:
    // With three of its values replaced or taken out.
    static std::string damaged(std::string text, unsigned seed)
    {
        static const std::vector<std::string> spellings = {
            "null", "1", "-1.5", "\"\"", "\"tolls\"", "[]", "{}", "true", "[\"a\", 1]"};
        std::mt19937 random(seed);
        for (int i = 0; i < 3; ++i) {
            const MapDocument document = map(text);
            const auto index = 1 + random() % (document.tree().nodes().size() - 1);
            const DataNode node(&document.tree(), static_cast<std::uint32_t>(index));
            JsonEdit edit(document.tree());
            if (random() % 3 == 0)
                edit.remove(node);
            else
                edit.replace(node, JsonValue::scalar(spellings[random() % spellings.size()]));
            const std::string changed = applied(text, Edit{"Damage", edit.splices(), {}});
            if (MapDocument::read(changed, {}))
                text = changed;
        }
        return text;
    }

    static std::string sorted(const std::string& text)
    {
        std::vector<std::string> lines;
        std::istringstream stream(text);
        for (std::string line; std::getline(stream, line);)
            lines.push_back(line);
        std::sort(lines.begin(), lines.end());
        std::string all;
        for (const std::string& line : lines)
            all += line + "\n";
        return all;
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::MapMergeTest)
#include "map_merge_test.moc"
