// SPDX-License-Identifier: Apache-2.0
// Protobuf files: messages, services, imports and hostile input. The counts of the real files are those of figures.json of the collection
// that they come from, where they were counted by a reader of another kind: fields that are declared, messages, rpcs.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

namespace {

std::string fieldsText(const Estate& estate)
{
    std::string text;
    for (const Field& field : estate.fields)
        text += estate.objects[field.object.value].name + "." + field.path + ": " +
                field.logicalType + " (" + field.physicalType + ")" +
                (!field.isRequired   ? ""
                 : *field.isRequired ? " required"
                                     : " optional") +
                "\n";
    return text;
}

std::string checksText(const Estate& estate)
{
    std::string text;
    for (const Check& check : estate.checks)
        text += check.type + " " + check.name + ": " + check.expression + "\n";
    return text;
}

std::ptrdiff_t declaredFields(const Estate& estate)
{
    return std::count_if(estate.fields.begin(), estate.fields.end(), [](const Field& field) {
        return field.path.find('.') == std::string::npos;
    });
}

}  // namespace

class ProtobufImporterTest : public QObject {
    Q_OBJECT

private slots:
    void comesToTheFiguresOfRealFiles_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("fields");
        QTest::addColumn<int>("messages");
        QTest::addColumn<int>("rpcs");
        const auto row = [](const char* file, const char* id, int fields, int messages, int rpcs) {
            QTest::addRow("%s", file) << QString::fromLatin1(file) << QString::fromLatin1(id)
                                      << fields << messages << rpcs;
        };
        row("google/example/library/v1/library.proto", "google.example.library.v1.library", 28, 15,
            11);
        row("google/type/money.proto", "google.type.money", 3, 1, 0);
        row("google/type/postal_address.proto", "google.type.postal_address", 11, 1, 0);
        row("nested_imports/A.proto", "example.A", 3, 1, 0);
        row("nested_imports/B.proto", "example.B", 4, 1, 0);
        row("nested_imports/C.proto", "example.C", 3, 1, 0);
        row("nested_imports_subdirs/common/address.proto", "common.address", 4, 1, 0);
        row("nested_imports_subdirs/main.proto", "main.main", 3, 1, 0);
        row("nested_imports_subdirs/models/person.proto", "models.person", 3, 1, 0);
    }

    void comesToTheFiguresOfRealFiles()
    {
        QFETCH(QString, file);
        QFETCH(QString, id);
        QFETCH(int, fields);
        QFETCH(int, messages);
        QFETCH(int, rpcs);
        const ImportedText imported = importData("protobuf/" + file.toStdString());
        QCOMPARE(imported.format, std::string("protobuf"));
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(imported.estate->contracts[0].id, id.toStdString());
        QCOMPARE(imported.estate->sources[0].formatVersion, std::string("proto3"));
        QCOMPARE(int(declaredFields(*imported.estate)), fields);
        QCOMPARE(int(imported.estate->objects.size()), messages);
        QCOMPARE(int(imported.estate->operations.size()), rpcs);
    }

    void followsImportsInTheFolder()
    {
        const ImportedText imported = importData("protobuf/nested_imports_subdirs/main.proto");
        QCOMPARE(leftOutText(*imported.estate), std::string());
        std::string paths;
        for (const Field& field : imported.estate->fields)
            paths += field.path + " ";
        QCOMPARE(paths, std::string("name registration_number contact contact.name contact.email "
                                    "contact.address contact.address.street contact.address.city "
                                    "contact.address.country contact.address.postal_code "));
    }

    void triesEachParentAsTheRootOfImports()
    {
        const ImportedText imported =
            importData("protobuf/nested_imports_subdirs/models/person.proto");
        QCOMPARE(leftOutText(*imported.estate), std::string());
        QCOMPARE(imported.estate->fields.size(), 7U);
    }

    void keepsWhatItCanWhenImportsAreMissing()
    {
        const ImportedText imported =
            importData("protobuf/google/example/library/v1/library.proto");
        const std::string left = leftOutText(*imported.estate);
        QVERIFY2(
            left.find("? google/api/annotations.proto: no such file in the imported folder\n") !=
                std::string::npos,
            left.c_str());
        QVERIFY(left.find("google/protobuf/") == std::string::npos);
        QVERIFY(left.find("option (google.api.http) (11): not kept\n") != std::string::npos);
        const Operation& first = imported.estate->operations[0];
        QCOMPARE(first.name + " " + first.address + " " + first.request + " " + first.response,
                 std::string("LibraryService.CreateShelf "
                             "/google.example.library.v1.LibraryService/CreateShelf "
                             "CreateShelfRequest Shelf"));
        QCOMPARE(first.description, std::string("Creates a shelf, and returns the new Shelf."));
        QCOMPARE(imported.estate->contracts[0].version, std::string("v1"));
        QVERIFY(imported.estate->products[0].kind == ProductKind::OperationalApi);
        QVERIFY(imported.estate->products[0].isInferred);
    }

    void readsEachKindOfField()
    {
        const ImportedText imported = importText(
            "a.proto", "syntax = \"proto3\"; // first\n"
                       "package shop;\n"
                       "message Order { // an order\n"
                       "  int64 id = 0x1;\n"
                       "  optional string note = 2 [deprecated = true];\n"
                       "  map<string, Line> lines = 3;\n"
                       "  repeated Line more = 4;\n"
                       "  oneof how { string card = 5; Cash cash = 6; }\n"
                       "  State state = 7;\n"
                       "  Order parent = 8;\n"
                       "  .shop.Order.Line line = 9;\n"
                       "  Nowhere lost = 10;\n"
                       "  message Line { string sku = 1; }\n"
                       "  enum State { option allow_alias = true; OPEN = 0; NEW = 0; BAD = -1; }\n"
                       "  reserved 20 to 22, 30; reserved \"old\";\n"
                       "}\n"
                       "message Cash {}\n");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(fieldsText(*imported.estate),
                 std::string("Order.id: int64 (int64 = 1)\n"
                             "Order.note: string (string = 2) optional\n"
                             "Order.lines: map of Line (map<string, Line> = 3) optional\n"
                             "Order.lines{}.sku: string (string = 1)\n"
                             "Order.more: array of Line (repeated Line = 4) optional\n"
                             "Order.more[].sku: string (string = 1)\n"
                             "Order.card: string (string = 5) optional\n"
                             "Order.cash: Cash (Cash = 6) optional\n"
                             "Order.state: enum State (State = 7) optional\n"
                             "Order.parent: Order (Order = 8) optional\n"
                             "Order.line: .shop.Order.Line (.shop.Order.Line = 9) optional\n"
                             "Order.line.sku: string (string = 1)\n"
                             "Order.lost: Nowhere (Nowhere = 10) optional\n"
                             "Order.Line.sku: string (string = 1)\n"));
        QCOMPARE(checksText(*imported.estate),
                 std::string("enum State: OPEN = 0, NEW = 0, BAD = -1\n"
                             "oneof how: card, cash\n"
                             "reserved reserved: 20 to 22, 30, old\n"));
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("? Nowhere: no message or enum of that name\n"));
        QCOMPARE(imported.estate->fields[1].description, std::string("Deprecated."));
        QCOMPARE(int(imported.estate->fields[1].evidence.line), 5);
    }

    void readsProto2AndEditions()
    {
        const ImportedText old = importText(
            "a.proto", "message A { required int32 a = 1; optional int32 b = 2 [default = 5]; "
                       "optional group G = 3 { optional int32 c = 1; } extensions 100 to max; }\n"
                       "extend A { optional int32 d = 100; }\n");
        QCOMPARE(old.problemsText(),
                 std::string("a.proto:1: note: The file does not say its syntax (expected proto2, "
                             "proto3 or an edition). Read as proto2. [protobuf.no-syntax]\n"));
        QCOMPARE(fieldsText(*old.estate), std::string("A.a: int32 (int32 = 1) required\n"
                                                      "A.b: int32 (int32 = 2) optional\n"
                                                      "A.g: G (G = 3) optional\n"
                                                      "A.g.c: int32 (int32 = 1) optional\n"
                                                      "A.G.c: int32 (int32 = 1) optional\n"));
        const ImportedText edition = importText(
            "a.proto", "edition = \"2023\";\nmessage A { int32 a = 1 [features.field_presence = "
                       "LEGACY_REQUIRED]; }\n");
        QCOMPARE(edition.problemsText(), std::string());
        QCOMPARE(edition.estate->sources[0].formatVersion, std::string("edition 2023"));
        QCOMPARE(edition.estate->fields.size(), 1U);
    }

    void saysWhereAMistakeIs()
    {
        const ImportedText imported = importText(
            "a.proto", "syntax = \"proto3\";\nmessage A {\n  string a = ;\n  string b = 2;\n}\n");
        QCOMPARE(imported.problemsText(),
                 std::string("a.proto:3:14: error: Not protobuf: Expected field number. What could "
                             "be read is kept. [protobuf.syntax]\n"));
        QVERIFY(!imported.estate->fields.empty());
    }

    void survivesHostileInput()
    {
        std::string deep = "syntax = \"proto3\";\n";
        for (int i = 0; i < 20'000; ++i)
            deep += "message A { ";
        QCOMPARE(importText("a.proto", deep).problemsText(),
                 std::string("a.proto: error: The file nests deeper than 64 levels. It is not "
                             "read. [protobuf.depth]\n"));
        std::string chain = "syntax = \"proto3\";\n";
        for (int i = 0; i < 60; ++i) {
            const std::string next = "M" + std::to_string(i + 1);
            chain +=
                "message M" + std::to_string(i) + " { " + next + " a = 1; " + next + " b = 2; }\n";
        }
        const ImportedText multiplying = importText("a.proto", chain + "message M60 {}\n");
        QVERIFY(multiplying.estate->fields.size() < 21'000);
        QVERIFY(multiplying.problemsText().find("protobuf.too-large") != std::string::npos);
        for (const char* text :
             {"syntax = \"proto3\";", "syntax = \"proto9\"; message", "message A { message A {} }",
              "syntax = \"proto3\"; message A {} message A { A a = 1; }", "message A { A a = ",
              "syntax = \"proto3\"; import \"../../etc/passwd\"; import \"a.proto\"; message B {}",
              "syntax = \"proto3\"; message A { reserved -2147483648 to max; }",
              "edition = ; message", "enum E { A = 99999999999999999999; }", "message A { \"",
              "syntax = \"proto3\"; message A { map<string, map<string, A>> a = 1; }"})
            QVERIFY2(importText("a.proto", text).format == "protobuf", text);
    }

    void leavesOtherFilesAlone()
    {
        QCOMPARE(importText("a.txt", "message of the day\nenum { a }\n").format, std::string());
        QCOMPARE(importText("a.sql", "create table message (a int);\n").format == "protobuf",
                 false);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ProtobufImporterTest)
#include "protobuf_importer_test.moc"
