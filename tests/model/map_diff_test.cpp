// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_diff.h"
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
        lines += toText(change) + " @" + change.pointer + "\n";
    return lines;
}

}  // namespace

class MapDiffTest : public QObject {
    Q_OBJECT

private slots:
    void seesNoChangeInFormatting()
    {
        QCOMPARE(
            changes(
                R"({"portolan": 1, "name": "M", "contexts": [{"id": "a", "name": "A"}]})",
                "{\n  \"name\": \"M\",\n  \"portolan\": 1,\n  \"contexts\": [\n    {\"name\": \"\\u0041\", \"id\": \"a\"}\n  ]\n}"),
            std::string());
    }

    void matchesThingsById()
    {
        QCOMPARE(
            changes(
                R"({"portolan": 1, "contexts": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]})",
                R"({"portolan": 1, "contexts": [{"id": "c", "name": "C"}, {"id": "b", "name": "Bee"}]})"),
            std::string("- context a: {\"id\": \"a\", \"name\": \"A\"} @/contexts/0\n"
                        "~ context b: renamed from \"B\" to \"Bee\" @/contexts/1/name\n"
                        "+ context c: {\"id\": \"c\", \"name\": \"C\"} @/contexts/0\n"));
    }

    void saysMovesApartFromMeaning()
    {
        QCOMPARE(
            changes(
                R"({"portolan": 1, "contexts": [{"id": "a"}, {"id": "b"}], "placement": {"a": [0, 0]}})",
                R"({"portolan": 1, "contexts": [{"id": "a"}, {"id": "b"}], "placement": {"a": [8, 0], "b": [1, 2]}})"),
            std::string("> context a: [0, 0] -> [8, 0] @/placement/a\n"
                        "> context b: not placed -> [1, 2] @/placement/b\n"));
    }

    void followsTermsIntoTheirContext()
    {
        QCOMPARE(
            changes(
                R"({"portolan": 1, "contexts": [{"id": "a", "name": "A", "terms": [{"name": "Party", "definition": "x"}]}]})",
                R"({"portolan": 1, "contexts": [{"id": "a", "name": "A", "terms": [{"name": "Party", "definition": "y"}, {"name": "Role"}]}]})"),
            std::string(
                "~ term A/Party: definition: \"x\" -> \"y\" @/contexts/0/terms/0/definition\n"
                "+ term A/Role: {\"name\": \"Role\"} @/contexts/0/terms/1\n"));
    }

    void seesUnknownKeysAndSpellings()
    {
        QCOMPARE(changes(R"({"portolan": 1, "x-cost": 1.10, "x-old": null})",
                         R"({"portolan": 1, "x-cost": 1.1, "x-new": []})"),
                 std::string("~ map: x-cost: 1.10 -> 1.1 @/x-cost\n"
                             "- map: x-old: null @/x-old\n"
                             "+ map: x-new: [] @/x-new\n"));
    }

    void writesTheCanonicalForm()
    {
        const std::string canonical = canonicalText(map(
            "{\"x-cost\":1.10,\"name\":\"M\\u00e9\", \"contexts\":[{\"x\":{\"b\":1,\"a\":[]},\"name\":\"A\",\"id\":\"a\",\"terms\":[]}],\"portolan\":1,"
            "\"placement\":{\"a\":[ 1.0,2e1 ]}}"));
        QCOMPARE(canonical, std::string("{\n"
                                        "  \"portolan\": 1,\n"
                                        "  \"name\": \"M\\u00e9\",\n"
                                        "  \"contexts\": [\n"
                                        "    {\n"
                                        "      \"id\": \"a\",\n"
                                        "      \"name\": \"A\",\n"
                                        "      \"terms\": [],\n"
                                        "      \"x\": {\n"
                                        "        \"b\": 1,\n"
                                        "        \"a\": []\n"
                                        "      }\n"
                                        "    }\n"
                                        "  ],\n"
                                        "  \"placement\": {\n"
                                        "    \"a\": [1.0, 2e1]\n"
                                        "  },\n"
                                        "  \"x-cost\": 1.10\n"
                                        "}\n"));
        QCOMPARE(canonicalText(map(canonical)), canonical);
        QCOMPARE(mapChanges(map(canonical), map(canonical)).size(), std::size_t(0));
    }

    void breaksListsThatAreTooWide()
    {
        std::string sources;
        for (int i = 0; i < 20; ++i)
            sources += (i == 0 ? "\"" : ", \"") + std::string("folder-") + std::to_string(i) + "\"";
        const std::string canonical =
            canonicalText(map("{\"portolan\": 1, \"sources\": [" + sources + "]}"));
        QVERIFY(canonical.find("  \"sources\": [\n    \"folder-0\",\n") != std::string::npos);
        QCOMPARE(canonicalText(map(canonical)), canonical);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::MapDiffTest)
#include "map_diff_test.moc"
