// SPDX-License-Identifier: Apache-2.0
// JSON Schema and Avro: the traps of their drafts, references and recursion.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QElapsedTimer>
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

std::string rulesText(const Estate& estate)
{
    std::string text;
    for (const Check& check : estate.checks)
        text += (check.field.isValid() ? estate.fields[check.field.value].path : "-") + " " +
                check.name + " " + check.expression + "\n";
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
        for (const char* line : {"? https://x.org/s.json: on the network: not followed\n",
                                 "? #/nowhere: there is nothing of that name\n"})
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

    // Through names in the document, files that share the folder of an $id, and escapes in pointers.
    void findsSchemasByTheirIds()
    {
        const ImportedText imported = importText(
            "a.json",
            "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"$id\": "
            "\"https://x.org/s/a.json\", \"properties\": {\"p\": {\"$ref\": \"b.json\"}, \"q\": "
            "{\"$ref\": \"b.json#in\"}, \"r\": {\"$ref\": \"#/$defs/x~1y%25\"}, \"s\": {\"$ref\": "
            "\"https://x.org/s/b.json#/$defs/in\"}}, \"$defs\": {\"b\": {\"$id\": "
            "\"https://x.org/s/b.json\", \"type\": \"integer\", \"$defs\": {\"in\": {\"$anchor\": "
            "\"in\", \"type\": \"boolean\"}}}, \"x/y%\": {\"type\": \"null\"}}}");
        QCOMPARE(fieldsText(*imported.estate),
                 std::string("p:integer q:boolean r:null s:boolean "));
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("$defs: read where they are referred to\n"));
    }

    void keepsRulesAndCountsTheRest()
    {
        const ImportedText imported = importText(
            "a.json",
            schema("\"properties\": {\"a\": {\"type\": [\"string\", \"null\"], \"enum\": "
                   "[\"x\", 1, null], \"x-owner\": \"me\"}, \"b\": {\"items\": {\"pattern\": "
                   "\"^a$\"}, \"minItems\": 2}, \"c\": {\"oneOf\": [{\"$ref\": "
                   "\"#/definitions/d\"}, {\"type\": \"string\"}], \"deprecated\": true}}, "
                   "\"definitions\": {\"d\": {}}, \"not\": {}"));
        QCOMPARE(rulesText(*imported.estate),
                 std::string("a enum x, 1, null\na nullable true\nb minItems 2\n"
                             "b items.pattern ^a$\n"));
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("schema.not: not kept\nschema.x-owner: not kept\n"
                             "definitions: read where they are referred to\n"));
        QCOMPARE(fieldsText(*imported.estate), std::string("a:string b:array c:d or string "));
        QCOMPARE(imported.estate->fields[2].description, std::string("Deprecated."));
    }

    void takesTheVersionOfAnId()
    {
        const auto version = [](const std::string& id) {
            return importText("a.json", schema("\"$id\": \"" + id + "\", \"properties\": {}"))
                .estate->contracts[0]
                .version;
        };
        QCOMPARE(version("https://x.org/order/1.2.0/order.json"), std::string("1.2.0"));
        QCOMPARE(version("https://x.org/v2/order.schema.json#"), std::string("v2"));
        QCOMPARE(version("iglu:com.acme/order/jsonschema/1-0-2"), std::string("1-0-2"));
        QCOMPARE(version("https://x.org/order-v3.json"), std::string("v3"));
        QCOMPARE(version("https://10.0.0.1/order.json"), std::string());
    }

    // 20,000 definitions, each referred to: an index finds them, not a search for each.
    void findsManyDefinitionsInLinearTime()
    {
        std::string properties;
        std::string definitions;
        for (int i = 0; i < 19'000; ++i) {
            const std::string name = std::to_string(i);
            properties +=
                (i ? ",\n\"p" : "\"p") + name + "\": {\"$ref\": \"#/definitions/d" + name + "\"}";
            definitions += (i ? ",\n\"d" : "\"d") + name + "\": {\"type\": \"string\"}";
        }
        QElapsedTimer timer;
        timer.start();
        const ImportedText imported =
            importText("a.json", schema("\"properties\": {" + properties + "}, \"definitions\": {" +
                                        definitions + "}"));
        QCOMPARE(imported.estate->fields.size(), 19'000U);
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    }

    void keepsAvrosDefaultsAliasesAndSymbols()
    {
        const ImportedText imported = importText(
            "a.avsc",
            "{\"type\": \"record\", \"name\": \"R\", \"aliases\": [\"Old\"], \"connect.name\": "
            "\"c\", \"fields\": [{\"name\": \"s\", \"type\": {\"type\": \"enum\", \"name\": \"S\", "
            "\"symbols\": [\"A\", \"B\"]}, \"default\": \"A\", \"aliases\": [\"t\"]}, {\"name\": "
            "\"u\", \"type\": [\"null\", \"S\"], \"default\": null, \"meta\": 1}]}");
        QCOMPARE(rulesText(*imported.estate),
                 std::string("- aliases Old\ns default A\ns aliases t\ns enum A, B\n"
                             "u default null\nu enum A, B\n"));
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("type.connect.name: not kept\nfield.meta: not kept\n"));
    }

    void saysThatARequestHasRawLineBreaks()
    {
        const ImportedText imported = importText(
            "a.avsc",
            "{\n\"schema\": \"{\n \\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"x.R\\\",\n "
            "\\\"fields\\\": [{\\\"name\\\": \\\"a\\\", \\\"type\\\": \\\"int\\\"}]}\"}");
        QCOMPARE(imported.problemsText(),
                 std::string("a.avsc:2: warning: This is a request to a schema registry whose "
                             "schema text holds raw line breaks, so it is not JSON (expected \\n "
                             "in their place). They are read as blanks. [avro.raw-line-breaks]\n"));
        QCOMPARE(fieldsText(*imported.estate), std::string("a:int! "));
        QCOMPARE(imported.estate->contracts[0].id, std::string("x.R"));
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
