// SPDX-License-Identifier: Apache-2.0
// A TO-BE map beside its AS-IS map: how it begins, what differs, and which decision says why.
#include "model/map/as_is.h"
#include "model/map/map_file.h"

#include "model/analysis/rules/as_is_to_be.h"
#include "model/analysis/rules/context_map_rules.h"
#include "model/map/edits.h"
#include "tests/support/golden.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/text_output.h"

#include <algorithm>

namespace portolan {
namespace {

MapDocument map(const std::string& text, const std::string& file = "to-be.json")
{
    Result<MapDocument> document = MapDocument::read(text, file);
    if (!document)
        qFatal("%s", toText(document.error()).c_str());
    return std::move(*document);
}

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    const std::size_t at = text.find(what);
    if (at == std::string::npos)
        qFatal("'%s' is not there", what.c_str());
    return text.replace(at, what.size(), with);
}

std::string harbour()
{
    return tests::testData("maps/harbour.json");
}

std::string toBe(const std::string& asIs = harbour())
{
    return *toBeFrom(map(asIs, "harbour.json"), "harbour.json");
}

// "context tolls: message @line", one a line.
std::string found(const std::string& text, const std::string& asIs = harbour())
{
    std::string lines;
    for (const Finding& finding : checkAsIsToBe(map(text), map(asIs, "harbour.json")))
        lines += explanationOf(finding) + ": " + finding.message + " @" +
                 std::to_string(finding.where.line) + " " + finding.where.pointer + "\n";
    return lines;
}

std::string after(const std::string& text, const Result<Edit>& edit)
{
    MapDocument document = map(text);
    if (!edit)
        qFatal("%s", toText(edit.error()).c_str());
    const Result<Edit> inverse = document.apply(*edit);
    if (!inverse)
        qFatal("%s", toText(inverse.error()).c_str());
    std::string changed = document.text();
    if (!document.apply(*inverse) || document.text() != text)
        qFatal("undo did not restore the bytes");
    return changed;
}

}  // namespace

class AsIsTest : public QObject {
    Q_OBJECT

private slots:
    void startsAsACopy()
    {
        QCOMPARE(toBe(), replaced(harbour(), "\"name\": \"Harbour\",\n",
                                  "\"name\": \"Harbour\",\n  \"state\": \"to-be\",\n  \"asIs\": "
                                  "\"harbour.json\",\n"));
        QCOMPARE(found(toBe()), std::string());
        QCOMPARE(*toBeFrom(map("{\"portolan\":1,\"state\":\"as-is\"}"), "a.json"),
                 std::string("{\"portolan\":1,\"state\":\"to-be\",\"asIs\":\"a.json\"}"));
        QCOMPARE(map(toBe()).map().asIs, std::string("harbour.json"));
        QVERIFY(!toBeFrom(map(harbour()), ""));
        QVERIFY(!toBeFrom(map(harbour()), "\xFF"));
    }

    void namesEachDifferenceThatNoDecisionExplains()
    {
        QCOMPARE(found(tests::testData("maps/to-be.json")),
                 std::string(
                     "context moorings: Context \"Berths\" differs from the AS-IS map (id), and "
                     "no decision says why. @12 /contexts/0/id\n"
                     "context tolls: Context \"Tolls\" differs from the AS-IS map (purpose), and "
                     "no decision says why. @15 /contexts/2/purpose\n"
                     "context pilots: Context \"Pilotage\" is not in the AS-IS map, and no "
                     "decision says why. @14 /contexts/1\n"));
    }

    void takesNoCardForADifference()
    {
        QCOMPARE(found(replaced(toBe(), "\"tolls\": [400, 80]", "\"tolls\": [8, 80]")),
                 std::string());
    }

    void namesWhatIsGone()
    {
        const std::string text =
            replaced(toBe(),
                     ",\n    {\"id\": \"berths-manifest\", \"type\": \"partnership\", \"between\": "
                     "[\"berths\", \"manifest\"]}",
                     "");
        QCOMPARE(found(text),
                 std::string("relationship berths-manifest: Relationship \"Berths ↔ Manifests\" of "
                             "the AS-IS map is gone, and no decision says why. @5 /asIs\n"));
    }

    void takesATermWithItsContext()
    {
        const std::string text =
            replaced(toBe(), "A place where one ship lies.", "Where a ship lies.");
        QCOMPARE(found(text),
                 std::string("context berths: Context \"Berths\" differs from the AS-IS map (term "
                             "Berths/Berth), and no decision says why. @13 "
                             "/contexts/0/terms/0/definition\n"));
        for (const std::string explained :
             {"context berths", "term berths/Berth", "term Berths/Berth"}) {
            const Result<Creation> decision =
                addDecision(map(text), {{}, "Plain words", {}, {}, {explained}, {}});
            QCOMPARE(found(after(text, decision.map([](const Creation& it) { return it.edit; }))),
                     std::string());
        }
    }

    void recordsADecision()
    {
        const std::string text = tests::testData("maps/to-be.json");
        const Result<Creation> decision = addDecision(
            map(text), {{}, " Pilots join ", "2026-04-01", "They do it.", {"context pilots"}, {}});
        QVERIFY(decision.has_value());
        QCOMPARE(decision->id, std::string("pilots-join"));
        QCOMPARE(decision->edit.name, std::string("Record decision Pilots join"));
        const std::string changed = after(text, decision->edit);
        QCOMPARE(changed, replaced(text, "\"relationship berths-manifest\"]}",
                                   "\"relationship berths-manifest\"]},\n    {\n      \"id\": "
                                   "\"pilots-join\",\n      \"title\": \"Pilots join\",\n      "
                                   "\"date\": \"2026-04-01\",\n      \"reason\": \"They do it.\",\n"
                                   "      \"explains\": [\"context pilots\"]\n    }"));
        QVERIFY(found(changed).find("context pilots") == std::string::npos);
        QVERIFY(!addDecision(map(text), {{}, " ", {}, {}, {}, {}}));
        QVERIFY(!addDecision(map(text), {{}, "T", {}, {}, {""}, {}}));
    }

    void explainsMoreByADecisionThatIsThere()
    {
        const std::string text = tests::testData("maps/to-be.json");
        const Result<Edit> edit = explainByDecision(map(text), DecisionId("no-paper"),
                                                    {"context pilots", "context manifest"});
        QCOMPARE(edit->name, std::string("Explain by No paper manifests"));
        QCOMPARE(after(text, edit), replaced(text, "\"relationship berths-manifest\"]",
                                             "\"relationship berths-manifest\", "
                                             "\"context pilots\"]"));
        QVERIFY(explainByDecision(map(text), DecisionId("no-paper"), {"context manifest"})
                    ->changesNothing());
        QVERIFY(!explainByDecision(map(text), DecisionId("other"), {"context pilots"}));
    }

    void offersDecisionsAsFixes()
    {
        const std::string text = tests::testData("maps/to-be.json");
        const MapDocument document = map(text);
        const MapDocument asIs = map(harbour(), "harbour.json");
        for (const Finding& finding : checkAsIsToBe(document, asIs)) {
            const std::vector<QuickFix> fixes = quickFixes(document, finding);
            QCOMPARE(fixes.size(), std::size_t(2));
            QCOMPARE(fixes[0].title, std::string("Explain by \"No paper manifests\""));
            QCOMPARE(fixes[1].title, std::string("Record a decision"));
            for (const QuickFix& fix : fixes) {
                const std::string mended = after(text, fix.edit);
                QVERIFY(found(mended).find(explanationOf(finding) + ":") == std::string::npos);
                QVERIFY(map(mended).problems().empty());
            }
        }
    }

    void explainsUnderTheEarlierIdToo()
    {
        const std::string text =
            replaced(tests::testData("maps/to-be.json"), "\"context manifest\"",
                     "\"context manifest\", \"context berths\"");
        QVERIFY(found(text).find("moorings") == std::string::npos);
    }

    void findsTheFileBesideTheMap()
    {
        QCOMPARE(asIsPath(map("{\"portolan\": 1}", "maps/m.json")), std::string());
        const std::string text = "{\"portolan\": 1, \"asIs\": \"../now/a.json\"}";
        QCOMPARE(asIsPath(map(text, "maps/m.json")), std::string("maps/../now/a.json"));
        QCOMPARE(asIsPath(map(text, "m.json")), std::string("../now/a.json"));
        QCOMPARE(asIsPath(map("{\"portolan\": 1, \"asIs\": \"/now/a.json\"}", "maps/m.json")),
                 std::string("/now/a.json"));
    }

    void saysWhyTheAsIsMapCannotBeRead()
    {
        const tests::TemporaryFolder folder;
        const std::string file = folder.write("m.json", toBe());
        const Result<MapDocument> none = readAsIs(map(toBe(), file));
        QVERIFY(!none);
        QCOMPARE(none.error().code, std::string("map.as-is-unreadable"));
        QVERIFY(
            none.error().message.starts_with("The AS-IS map \"harbour.json\" cannot be read: "));
        QCOMPARE(none.error().where.line, 5);
        QCOMPARE(none.error().where.pointer, std::string("/asIs"));
        folder.write("harbour.json", "[]");
        QVERIFY(!readAsIs(map(toBe(), file)));
        folder.write("harbour.json", harbour());
        QCOMPARE(readAsIs(map(toBe(), file))->map().name, std::string("Harbour"));
    }

    void startsAFileThatNamesTheOther()
    {
        const tests::TemporaryFolder folder;
        const std::string now = folder.write("harbour.json", harbour());
        const std::string next = folder.path() + "/next.json";
        QCOMPARE(startToBe(now, next).value_or("not done"), std::string("harbour.json"));
        const Result<OpenedMap> made = openMapFile(next);
        QVERIFY(made.has_value());
        QCOMPARE(made->document.text(), toBe());
        QCOMPARE(readAsIs(made->document)->text(), harbour());
        const Result<std::string> again = startToBe(now, next);
        QVERIFY(!again);
        QCOMPARE(toText(again.error()), next + ": error: There is a file already. [file.exists]");
        QVERIFY(startToBe(now, next, true).has_value());
        QCOMPARE(startToBe(now, now, true).error().message,
                 std::string("A TO-BE map needs a file of its own."));
        QVERIFY(!startToBe(folder.path() + "/none.json", folder.path() + "/other.json"));
        const std::string deep = folder.write("deep/x.json", "{}");
        const std::string deeper = folder.path() + "/deep/next.json";
        QCOMPARE(startToBe(now, deeper).value_or("not done"), std::string("../harbour.json"));
        QCOMPARE(readAsIs(openMapFile(deeper)->document)->text(), harbour());
    }

    void proposesAFileBesideTheOther()
    {
        QCOMPARE(proposedToBePath("/maps/harbour.portolan.json"),
                 std::string("/maps/harbour-to-be.portolan.json"));
        QCOMPARE(proposedToBePath("maps/harbour.json"), std::string("maps/harbour-to-be.json"));
        QCOMPARE(proposedToBePath("harbour"), std::string("harbour-to-be.json"));
    }

    void isAmongTheRules()
    {
        const auto rules = contextMapRules();
        QVERIFY(std::any_of(rules.begin(), rules.end(), [](const RuleDescription& rule) {
            return rule.id == asIsToBeRule().id;
        }));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::AsIsTest)
#include "as_is_test.moc"
