// SPDX-License-Identifier: Apache-2.0
// JSON Schema and Avro: the traps of their drafts, references and recursion.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

std::string fieldsText(const Estate& estate)
{
    std::string text;
    for (const Field& field : estate.fields)
        text += field.path + ":" + field.logicalType +
                (field.isRequired.value_or(false) ? "!" : "") + " ";
    return text;
}

std::string schema(const std::string& body)
{
    return "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", " + body + "}";
}

}  // namespace

class SchemasImporterTest : public QObject {
    Q_OBJECT

private slots:
    void followsReferencesAndEndsAtARepeat()
    {
        const ImportedText imported = importText(
            "a.json",
            schema(
                "\"properties\": {\"node\": {\"$ref\": \"#/definitions/n\"}, \"x\": "
                "{\"$ref\": \"#name\"}}, \"required\": [\"node\"], \"definitions\": {\"n\": "
                "{\"properties\": {\"next\": {\"$ref\": \"#/definitions/n\"}, \"v\": {\"type\": "
                "[\"string\", \"null\"]}}}, \"m\": {\"$id\": \"#name\", \"type\": \"integer\"}}"));
        QCOMPARE(fieldsText(*imported.estate),
                 std::string("node:object! node.next:object node.v:string x:integer "));
        QCOMPARE(imported.problemsText(), std::string());
    }

    void mergesAllOfAndKeepsAlternativesApart()
    {
        const ImportedText imported = importText(
            "a.json",
            schema(
                "\"allOf\": [{\"properties\": {\"a\": {\"type\": \"string\"}}, \"required\": [\"a\"]}], "
                "\"oneOf\": [{\"properties\": {\"b\": {}}, \"required\": [\"b\"]}, true], \"properties\": "
                "{\"list\": {\"items\": {\"properties\": {\"c\": {\"enum\": [1]}}}}}"));
        QCOMPARE(fieldsText(*imported.estate),
                 std::string("a:string! b: list:array list[].c:enum "));
    }

    void listsWhatItDoesNotFollow()
    {
        const ImportedText imported = importText(
            "a.json", schema("\"properties\": {\"a\": {\"$ref\": \"https://x.org/s.json\"}, "
                             "\"b\": {\"$ref\": \"../../etc/passwd\"}, \"c\": {\"$ref\": "
                             "\"#/nowhere\"}, \"d\": {\"$ref\": \"no.json\"}}"));
        QCOMPARE(fieldsText(*imported.estate),
                 std::string("a:s.json b:passwd c:nowhere d:no.json "));
        const std::string left = leftOutText(*imported.estate);
        for (const char* line : {"? https://x.org/s.json (2): on the network: not followed\n",
                                 "? #/nowhere (2): there is nothing of that name\n"})
            QVERIFY2(left.find(line) != std::string::npos, left.c_str());
    }

    // Each definition refers to the next one twice: 2^40 fields, if nobody stopped.
    void stopsWhereReferencesMultiply()
    {
        std::string definitions;
        for (int i = 0; i < 40; ++i) {
            const std::string next = "{\"$ref\": \"#/definitions/d" + std::to_string(i + 1) + "\"}";
            definitions += "\"d" + std::to_string(i) + "\": {\"properties\": {\"a\": " + next +
                           ", \"b\": " + next + "}}, ";
        }
        const ImportedText imported =
            importText("a.json", schema("\"$ref\": \"#/definitions/d0\", \"definitions\": {" +
                                        definitions + "\"d40\": {}}"));
        QVERIFY(imported.estate->fields.size() <= 21'000);
        QVERIFY(imported.problemsText().find("json-schema.too-large") != std::string::npos);
    }

    void readsAvrosUnionsAndRecursion()
    {
        const ImportedText imported = importText(
            "a.avsc",
            "{\"type\": \"record\", \"name\": \"a.b.Node\", \"fields\": [{\"name\": \"id\", \"type\": "
            "[\"null\", \"long\"], \"default\": null}, {\"name\": \"next\", \"type\": [\"null\", \"Node\"]}, "
            "{\"name\": \"kids\", \"type\": {\"type\": \"array\", \"items\": {\"type\": \"record\", \"name\": "
            "\"Kid\", \"fields\": [{\"name\": \"n\", \"type\": {\"type\": \"int\", \"logicalType\": \"date\"}}]}}}, "
            "{\"name\": \"late\", \"type\": \"x.Unknown\"}]}");
        QCOMPARE(
            fieldsText(*imported.estate),
            std::string("id:long next:Node kids:array of Kid! kids[].n:int! late:x.Unknown! "));
        QCOMPARE(imported.estate->contracts[0].id, std::string("a.b.Node"));
        QCOMPARE(imported.estate->fields[3].physicalType, std::string("date"));
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("? x.Unknown: no type of that name here or in the files beside\n"));
    }

    void findsAvrosTypesInTheFilesBeside()
    {
        const ImportedText imported = importData("avro/membership/membership_v2.avsc");
        QCOMPARE(leftOutText(*imported.estate), std::string());
        QCOMPARE(imported.estate->fields.size(), 4U);  // two of its own, two of ValidityPeriod
        QVERIFY(!imported.estate->sources[0].readAlso.empty());
    }

    void readsARequestToARegistryAndSaysSo()
    {
        const ImportedText imported = importText(
            "a.avsc",
            "{\"schema\": \"{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"R\\\", \\\"fields\\\": "
            "[{\\\"name\\\": \\\"a\\\", \\\"type\\\": \\\"int\\\"}]}\"}");
        QCOMPARE(fieldsText(*imported.estate), std::string("a:int! "));
        QVERIFY(imported.problemsText().find("avro.registry-request") != std::string::npos);
    }

    void survivesWrongTypesEverywhere()
    {
        for (
            const char* text :
            {"{\"$schema\": \"http://json-schema.org/x\", \"properties\": [1], \"required\": 5, "
             "\"allOf\": {\"a\": 1}, \"items\": [[[]]], \"$ref\": {}}",
             "{\"type\": \"record\", \"name\": \"a\", \"fields\": [1, {}, {\"name\": []}, {\"name\": \"x\", "
             "\"type\": {\"type\": {\"type\": []}}}]}",
             "[{\"type\": \"record\", \"name\": \"a\", \"fields\": []}, \"string\", 5]"})
            QVERIFY2(!importText("a.json", text).format.empty(), text);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SchemasImporterTest)
#include "schemas_importer_test.moc"
