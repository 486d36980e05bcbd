// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_document.h"
#include "tests/support/text_output.h"

#include <QDirIterator>

namespace portolan {
namespace {

// Why the text is no map; empty when it is one.
std::string refusal(const std::string& text)
{
    const Result<MapDocument> document = MapDocument::read(text, "a.json");
    return document ? std::string() : toText(document.error());
}

std::string problemsOf(const std::string& text)
{
    const Result<MapDocument> document = MapDocument::read(text, "a.json");
    return document ? tests::lines(document->problems()) : toText(document.error());
}

}  // namespace

class MapDocumentTest : public QObject {
    Q_OBJECT

private slots:
    void readsAMap()
    {
        const Result<MapDocument> document =
            MapDocument::read(tests::testData("maps/insurer-example.json"), "insurer.json");
        QVERIFY(document.has_value());
        const ContextMap& map = document->map();
        QCOMPARE(map.contexts.size(), 6u);
        QCOMPARE(map.domain(DomainId("party-identity"))->parent, DomainId("party"));
        QCOMPARE(map.context(ContextId("party-management"))->terms.at(0).synonyms.at(0),
                 std::string("Customer"));
        QCOMPARE(tests::lines(document->problems()), std::string());
        QCOMPARE(map.placement.at(ContextId("party-management")), (Position{40, 120}));
    }

    void keepsTheBytesOfEveryFile()
    {
        int maps = 0;
        QDirIterator files(QStringLiteral(PORTOLAN_TEST_DATA), {QStringLiteral("*.json")},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const std::string name =
                files.next().mid(int(qstrlen(PORTOLAN_TEST_DATA)) + 1).toStdString();
            const std::string text = tests::testData(name);
            const Result<MapDocument> document = MapDocument::read(text, name);
            if (!document)
                continue;
            ++maps;
            QCOMPARE(document->text(), text);
        }
        QVERIFY(maps >= 16);
    }

    void refusesANewerVersion()
    {
        QCOMPARE(refusal("{\"portolan\": 2, \"contexts\": 7}"),
                 std::string(
                     "a.json:1:14: error: The map is of version 2 of the format, made by a newer "
                     "Portolan; this one reads up to version 1. The file was not touched. "
                     "[map.newer-version]"));
    }

    void refusesDuplicateKeysAndNamesBothLines()
    {
        QCOMPARE(
            refusal("{\n  \"portolan\": 1,\n  \"contexts\": [{\n    \"id\": \"a\",\n    \"team\": "
                    "\"x\",\n    \"team\": \"y\"\n  }]\n}"),
            std::string(
                "a.json:6:5: error: The key \"team\" stands twice in one object, in line 5 and "
                "in line 6; expected it once. [json.duplicate-key]"));
    }

    void refusesOtherEncodingsAndOtherThings()
    {
        const std::string utf16 =
            "a.json: error: The file is UTF-16 text; expected UTF-8. Save it as UTF-8 and open it again. "
            "[text.utf-16]";
        QCOMPARE(refusal(std::string("\xFF\xFE{\0}\0", 6)), utf16);
        QCOMPARE(refusal(std::string("\0{\0}", 4)), utf16);
        QCOMPARE(refusal("[]"),
                 std::string("a.json:1:1: error: A context map is one JSON object; found "
                             "array. [map.not-an-object]"));
        QCOMPARE(refusal(std::string(200, '[')),
                 std::string("a.json:1:101: error: The document is nested deeper than 100 levels. "
                             "[budget.depth]"));
        QCOMPARE(refusal("\xEF\xBB\xBF{\"portolan\": 1}"), std::string());
    }

    void saysWhatWasExpectedAndReadsTheRest()
    {
        QCOMPARE(
            problemsOf("{\"portolan\": 1, \"domians\": [],\n"
                       "\"contexts\": [\n"
                       "{\"id\": \"a\", \"name\": 5, \"team\": \"bleu\"},\n"
                       "{\"name\": \"B\"},\n"
                       "{\"id\": \"a\", \"name\": \"A2\"},\n"
                       "8],\n"
                       "\"teams\": [{\"id\": \"blue\", \"name\": \"Blue\"}],\n"
                       "\"relationships\": [{\"id\": \"r\", \"type\": \"partnershp\"}],\n"
                       "\"placement\": {\"a\": [1], \"z\": [1, 2]}}"),
            std::string(
                "a.json:1:17: note: The map: the key \"domians\" is not known and is kept as it is. Did "
                "you mean \"domains\"? [map.unknown-key]\n"
                "a.json:3:21: error: Context \"a\": \"name\" is a number; expected a string. "
                "[map.wrong-type]\n"
                "a.json:4:1: error: Context \"B\" has no \"id\"; expected a string. [map.missing-key]\n"
                "a.json:5:8: error: Context \"a\": \"id\" is taken by another context in line 3; "
                "expected an id of its own. It is left out of the map. [map.duplicate-id]\n"
                "a.json:6:1: error: The map: \"contexts\" holds a number; expected an object. "
                "[map.wrong-type]\n"
                "a.json:8:39: error: Relationship \"r\": \"type\" is \"partnershp\"; expected "
                "\"upstream-downstream\", \"customer-supplier\", \"partnership\", \"shared-kernel\" or "
                "\"separate-ways\". Did you mean \"partnership\"? [map.unknown-value]\n"
                "a.json:9:20: error: The placement of \"a\" is [1]; expected two numbers, [x, y]. "
                "[map.wrong-count]\n"
                "a.json:3:32: error: Context \"a\": \"team\" names \"bleu\"; expected the id of a team of "
                "this map. Did you mean \"blue\"? [map.unknown-reference]\n"
                "a.json:9:25: warning: The placement names \"z\"; expected the id of a context of this "
                "map. [map.unknown-reference]\n"));
    }

    void readsWhatIsSoundInABrokenMap()
    {
        const Result<MapDocument> document =
            MapDocument::read(tests::testData("maps/broken.json"), "broken.json");
        QVERIFY(document.has_value());
        QCOMPARE(document->map().contexts.size(), 2u);
        QCOMPARE(document->map().contexts.at(1).name, std::string("y"));
        QCOMPARE(document->map().relationships.at(0).upstreamRoles.size(), 1u);
    }

    void aCircleOfParentsIsCut()
    {
        const Result<MapDocument> document = MapDocument::read(
            "{\"portolan\": 1, \"domains\": [{\"id\": \"a\", \"name\": \"A\", \"parent\": \"b\"}, "
            "{\"id\": \"b\", \"name\": \"B\", \"parent\": \"a\"}]}",
            "a.json");
        QVERIFY(document->map().domains.at(0).parent.isEmpty());
        QCOMPARE(document->map().domains.at(1).parent, DomainId("a"));
        QCOMPARE(document->problems().at(0).where.pointer, std::string("/domains/0/parent"));
    }

    void aNewMapIsWhole()
    {
        const MapDocument document = MapDocument::create("Port \"A\"");
        QCOMPARE(document.map().name, std::string("Port \"A\""));
        QCOMPARE(tests::lines(document.problems()), std::string());
        QCOMPARE(MapDocument::create("\xFF").map().name, std::string());
    }

    void patternsMatchCharacters()
    {
        QVERIFY(matchesPattern("kafka://*/party.*", "kafka://e:9092/party.profile"));
        QVERIFY(matchesPattern("a?c", "a\xC3\xA9"
                                      "c"));
        QVERIFY(!matchesPattern("a?c", "ac"));
        QVERIFY(matchesPattern("*", ""));
        QVERIFY(!matchesPattern("", "a"));
        QVERIFY(!matchesPattern(std::string(2000, '*') + "b", std::string(20000, 'a')));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::MapDocumentTest)
#include "map_document_test.moc"
