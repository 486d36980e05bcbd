// SPDX-License-Identifier: Apache-2.0
// GraphQL schemas. Where the counts come from says tests/data/graphql/SOURCES.md.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

class GraphqlImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsASchema()
    {
        const ImportedText imported = importData("graphql/swapi.graphql");
        const Estate& estate = *imported.estate;
        QCOMPARE(imported.format, std::string("graphql"));
        QCOMPARE(countsText(estate),
                 std::string("contracts 1, fields 42, objects 13, operations 9, products 1"));
        QVERIFY(estate.products[0].kind == ProductKind::OperationalApi);
        QCOMPARE(estate.operations[0].method + " " + estate.operations[0].name,
                 std::string("query hero"));
        QCOMPARE(estate.operations[0].request, std::string("episode: Episode"));
        QCOMPARE(estate.operations[0].response, std::string("Character"));
        QCOMPARE(imported.problemsText(), std::string());
    }

    void readsWhatEverySchemaHas()
    {
        const ImportedText imported = importData("graphql/prelude.graphql");
        QCOMPARE(countsText(*imported.estate),
                 std::string("contracts 1, fields 35, objects 8, products 1"));
        QCOMPARE(imported.problemsText(), std::string());
    }

    void readsAPartOfAFederation()
    {
        const ImportedText imported = importText(
            "products.graphql",
            "directive @tag(name: String!) repeatable on FIELD_DEFINITION\n"
            "type Item @key(fields: \"id\") @key(fields: \"sku maker\") { id: ID! @tag(name: \"a\") "
            "sku: String @tag(name: \"b\") }\n"
            "extend type Query { items: [Item] item(id: ID!): Item }\n"
            "extend type User @key(fields: \"mail\") { mail: ID! @external }\n");
        const Estate& estate = *imported.estate;
        QCOMPARE(countsText(estate),
                 std::string("contracts 1, fields 3, objects 2, operations 2, products 1"));
        QCOMPARE(estate.fields[0].keyPosition, 1);
        QCOMPARE(estate.fields[1].keyPosition, 0);
        QCOMPARE(estate.operations[1].request, std::string("id: ID!"));
        QCOMPARE(leftOutText(estate), std::string("directive @tag: not kept\n@tag (2): not kept\n"
                                                  "@external: not kept\n"));
    }

    void readsEverySpelling()
    {
        const ImportedText imported = importText(
            "shop.graphql",
            "schema { query: Q mutation: M }\n"
            "\"A word\" enum State { OPEN @deprecated(reason: \"no\") PAID }\n"
            "input Filter { states: [State!]! = [OPEN], size: Int = -1, deep: D = {a: [1, {b: 2}]} }\n"
            "type Q { orders(filter: Filter, first: Int = 10): [[Order!]]! order: Order @deprecated }\n"
            "type M { cancel(id: ID!): Boolean! }\n"
            "type Query { notARoot: Int }\n"
            "type Order implements & Node & Thing { id: ID! }\n"
            "extend type Order { state: State }\n"
            "union Any = | Order | Q\n");
        const Estate& estate = *imported.estate;
        QCOMPARE(countsText(estate),
                 std::string("contracts 1, fields 6, objects 5, operations 3, products 1"));
        QCOMPARE(estate.operations[0].request, std::string("filter: Filter, first: Int"));
        QCOMPARE(estate.operations[0].response, std::string("[[Order!]]!"));
        QVERIFY(estate.operations[1].isDeprecated);
        QCOMPARE(estate.operations[2].method, std::string("mutation"));
        QCOMPARE(estate.objects[0].description, std::string("A word One of OPEN, PAID."));
        QCOMPARE(estate.fields[0].logicalType, std::string("[State!]!"));
        QVERIFY(estate.fields[0].isRequired.value_or(false));
        QCOMPARE(estate.fields.back().evidence.line, 8U);
        QCOMPARE(imported.problemsText(), std::string());
    }

    void saysWhatIsWrongAndGoesOn()
    {
        const ImportedText imported =
            importText("a.graphql", "type A { a Int }\ntype B { b: Int }\nquery { a }\n");
        QCOMPARE(
            imported.problemsText(),
            std::string("a.graphql:1: warning: Found \"Int\" (expected a field with its type). "
                        "Skipped to the next definition. [graphql.unexpected]\n"
                        "a.graphql:3: warning: Found \"query\" (expected a definition: type, "
                        "input, enum, interface, union, scalar, schema). Skipped to the next "
                        "definition. [graphql.unexpected]\n"));
        QCOMPARE(imported.estate->fields.size(), 1U);
    }

    void leavesOthersAlone()
    {
        QCOMPARE(importText("a.graphql", "query { a }").format, std::string());
        QCOMPARE(importText("a.txt", "type of thing: a").format, std::string());
        QCOMPARE(importText("a.txt", "type Query { a: Int }").format, std::string("graphql"));
    }

    void readsAnythingToAnEnd()
    {
        for (const char* piece :
             {"{", "}", "(", ")", "[", "\"", "\"\"\"", "@", "@a(", "type ", "type A {", "a: [",
              "= {", "schema {", "schema @a ", "union A = ", "enum A { a ", "extend ", "a(b: [["}) {
            std::string text = "type Query { a: Int }\ntype A { a: ";
            for (int i = 0; i < 30'000; ++i)
                text += piece;
            QCOMPARE(importText("a.graphql", text).format, std::string("graphql"));
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::GraphqlImporterTest)
#include "graphql_importer_test.moc"
