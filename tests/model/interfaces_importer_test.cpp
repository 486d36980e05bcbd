// SPDX-License-Identifier: Apache-2.0
// OpenAPI and AsyncAPI: who sends what, references into other files, and what is said when something is missing.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

std::string routesText(const Estate& estate)
{
    std::string text;
    for (const ObservedRoute& route : estate.routes)
        text += route.from + " > " + route.product + " > " + route.to + "\n";
    return text;
}

std::string operationsText(const Estate& estate)
{
    std::string text;
    for (const Operation& operation : estate.operations)
        text += operation.method + " " + operation.address + " " + operation.name + " (" +
                operation.request + ") " + operation.response + "\n";
    return text;
}

}  // namespace

class InterfacesImporterTest : public QObject {
    Q_OBJECT

private slots:
    // What others publish, this application receives; what they subscribe to, it sends.
    void turnsTheArrowsOfVersion2()
    {
        const ImportedText imported = importText(
            "a.yaml",
            "asyncapi: 2.6.0\ninfo: {title: Shop, version: 1.10}\nchannels:\n  in:\n    "
            "publish: {operationId: onIn}\n  out:\n    subscribe: {operationId: doOut}\n");
        QCOMPARE(routesText(*imported.estate), std::string(" > in > Shop\nShop > out > \n"));
        QCOMPARE(operationsText(*imported.estate),
                 std::string("receive in onIn () \nsend out doOut () \n"));
        QCOMPARE(imported.estate->contracts[0].version, std::string("1.10"));
        QCOMPARE(imported.estate->adoptions.size(), 1U);
        QCOMPARE(imported.estate->adoptions[0].thing, std::string("in"));
    }

    void takesTheArrowsOfVersion3AsTheyAre()
    {
        const ImportedText imported = importText(
            "a.yaml",
            "asyncapi: 3.0.0\ninfo: {title: Shop, version: '1'}\nservers: {p: {host: 'k:9092', protocol: "
            "kafka}}\nchannels:\n  c: {address: orders.v1, messages: {Placed: {payload: {properties: {id: "
            "{type: string}}}}}}\noperations:\n  s: {action: send, channel: {$ref: '#/channels/c'}, "
            "messages: [{$ref: '#/channels/c/messages/Placed'}]}\n  r: {action: receive, channel: {$ref: "
            "'#/channels/c'}, messages: [{$ref: '#/channels/c/messages/Foo'}]}\n");
        QCOMPARE(routesText(*imported.estate),
                 std::string("Shop > orders.v1 > \n > orders.v1 > Shop\n"));
        QVERIFY(imported.estate->dataset("kafka://k:9092/orders.v1").isValid());
        QVERIFY(imported.estate->objects[0].dataset.isValid());
        QCOMPARE(
            imported.problemsText(),
            std::string("a.yaml:8:75: error: $ref '#/channels/c/messages/Foo' - channel \"c\" has "
                        "no message \"Foo\". [asyncapi.no-message]\n"));
    }

    void followsReferencesIntoTheFolder()
    {
        const ImportedText imported =
            importData("asyncapi/v3.1.0/social-media/backend/asyncapi.yaml");
        QCOMPARE(leftOutText(*imported.estate).find("? ../common"), std::string::npos);
        QVERIFY(imported.estate->sources[0].readAlso.size() >= 2);
    }

    void namesWhatAnOperationTakesAndAnswers()
    {
        const ImportedText imported = importText(
            "a.yaml",
            "openapi: 3.0.3\ninfo: {title: Shop, version: '1', x-owner: Ann}\npaths:\n  /orders:\n    "
            "get: {operationId: list, responses: {'200': {content: {application/json: {schema: {type: "
            "array, items: {$ref: '#/components/schemas/Order'}}}}}}}\n    post: {deprecated: true, "
            "requestBody: {content: {application/json: {schema: {properties: {a: {nullable: true}}}}}}}\n"
            "components:\n  schemas:\n    Order: {properties: {id: {type: string}}, required: [id]}\n");
        QCOMPARE(operationsText(*imported.estate),
                 std::string("GET /orders list () Order[]\nPOST /orders POST /orders (POST /orders "
                             "request) \n"));
        QVERIFY(imported.estate->operations[1].isDeprecated);
        QCOMPARE(imported.estate->contracts[0].owner, std::string("Ann"));
        QCOMPARE(
            countsText(*imported.estate),
            std::string("checks 1, contracts 1, fields 2, objects 2, operations 2, products 1"));
    }

    void refusesSwagger2Politely()
    {
        const ImportedText imported = importData("openapi/v2.0/petstore-minimal.yaml");
        QCOMPARE(imported.format, std::string("openapi"));
        QCOMPARE(
            imported.problemsText(),
            std::string(
                "openapi/v2.0/petstore-minimal.yaml:2:12: error: This is Swagger 2.0 (expected "
                "OpenAPI 3.0 or newer). Convert it first; nothing is read of it. "
                "[openapi.swagger]\n"));
    }

    void survivesWrongTypesEverywhere()
    {
        for (
            const char* text :
            {"openapi: 3.1.0\ninfo: [1]\npaths: {a: 5, b: {get: {responses: [1], requestBody: []}}}\n"
             "components: {schemas: [1, {}]}\nservers: 7\nwebhooks: {a: [b]}\n",
             "asyncapi: 2\ninfo: 5\nchannels: {a: {publish: {message: [1]}}, b: [2]}\nservers: [1]\n",
             "asyncapi: 3.0.0\ninfo: {title: [1]}\noperations: {a: 5, b: {action: [], channel: 3}}\n"
             "channels: {c: {messages: [1, {traits: [5]}]}}\n"})
            QVERIFY2(!importText("a.yaml", text).format.empty(), text);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::InterfacesImporterTest)
#include "interfaces_importer_test.moc"
