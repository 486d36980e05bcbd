// SPDX-License-Identifier: Apache-2.0
// Answers and dumps of schema registries. The numbers were counted in the files by hand.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

std::string contractsText(const Estate& estate)
{
    std::string text;
    for (const Contract& contract : estate.contracts) {
        text += contract.key() + " " + contract.apiVersion + " " + contract.statusText + "/" +
                contract.owner + ":";
        for (const SchemaObjectIndex object : contract.objects) {
            for (const FieldIndex field : estate.objects[object.value].fields)
                text +=
                    " " + estate.objects[object.value].name + "." + estate.fields[field.value].path;
        }
        text += "\n";
    }
    return text;
}

std::string claimsText(const Estate& estate)
{
    std::string text;
    for (const Claim& claim : estate.claims)
        text += claim.subject + " " + claim.property + "=" + claim.value + "\n";
    return text;
}

constexpr const char* brokenText =
    "The text at /4/schema cannot be read: ";  // what follows is the JSON reader's

}  // namespace

class SchemaRegistryImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsAListOfVersions()
    {
        const ImportedText imported = importData("schema-registry/made/schemas.json");
        QCOMPARE(imported.format, std::string("schema-registry"));
        QCOMPARE(contractsText(*imported.estate),
                 std::string("orders-value@1 AVRO /: Order.id Order.customer\n"
                             "orders-value@3 AVRO /sales: Order.id Order.note\n"
                             ":.pay:payments-value@1 JSON deleted/: Payment.amount "
                             "Payment.currency\n"
                             "com.acme.Shipment@1 PROTOBUF /: Shipment.id Shipment.parcels\n"
                             "broken-value@1 AVRO /:\n"
                             "other@1 XSD /:\n"));
        QCOMPARE(claimsText(*imported.estate),
                 std::string("orders-value@1 schema-id=7\norders-value@3 schema-id=9\n"
                             "orders-value@3 major_version=2\n:.pay:payments-value@1 schema-id=8\n"
                             "com.acme.Shipment@1 schema-id=10\nbroken-value@1 schema-id=11\n"
                             "broken-value@1 schema=unreadable\nother@1 schema-id=12\n"));
        QCOMPARE(imported.problems.size(), 1U);
        QVERIFY2(imported.problems[0].find(brokenText) != std::string::npos,
                 imported.problems[0].c_str());
        QCOMPARE(imported.estate->checks.back().expression, std::string("message.id > 0"));
    }

    void keepsReferencesAndTopics()
    {
        const ImportedText imported = importData("schema-registry/made/schemas.json");
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.adoptions.size(), 1U);
        const Adoption& adoption = estate.adoptions[0];
        QCOMPARE(adoption.consumer + " " + adoption.thing + " " + adoption.version + " " +
                     adoption.by,
                 std::string("orders-value customer 3 reference"));
        std::string hints;
        for (const IdentityHint& hint : estate.identityHints)
            hints += hint.one + " " + hint.other + ": " + hint.reason + "\n";
        QCOMPARE(hints, std::string("schema-registry:///orders-value kafka:///orders: Subject "
                                    "orders-value is named after topic orders.\n"
                                    "schema-registry:///:.pay:payments-value kafka:///payments: "
                                    "Subject :.pay:payments-value is named after topic payments.\n"
                                    "schema-registry:///broken-value kafka:///broken: Subject "
                                    "broken-value is named after topic broken.\n"));
        QCOMPARE(estate.products.size(), 3U);
        QVERIFY(estate.products[0].kind == ProductKind::Event && estate.products[0].isInferred);
        QCOMPARE(leftOutText(estate),
                 std::string("? com.acme.Customer: no type of that name here or in the files "
                             "beside\nruleSet.migrationRules: not kept\nschemaType XSD: a type of "
                             "schema that is not known\n"));
    }

    void readsOneVersionALine()
    {
        const ImportedText lines = importData("schema-registry/made/schemas.ndjson");
        const ImportedText list = importData("schema-registry/made/schemas.json");
        QCOMPARE(contractsText(*lines.estate), contractsText(*list.estate));
        QCOMPARE(claimsText(*lines.estate), claimsText(*list.estate));
    }

    void readsADumpOfTheTopic()
    {
        const ImportedText imported = importData("schema-registry/made/schemas-topic.tsv");
        QCOMPARE(imported.format, std::string("schema-registry-dump"));
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(contractsText(*imported.estate),
                 std::string("orders-value@2 AVRO /: Order.id Order.note\n"
                             "orders-value@1 AVRO deleted/: Order.id Order.customer\n"
                             "old@1 AVRO deleted/:\n"));
        QCOMPARE(claimsText(*imported.estate),
                 std::string("orders-value@2 schema-id=2\norders-value@1 schema-id=1\n"
                             "old@1 schema-id=3\norders-value compatibility=NONE\n"
                             "old compatibility=BACKWARD\n"));
        QVERIFY(
            leftOutText(*imported.estate).find("tombstone: the version was deleted for good\n") !=
            std::string::npos);
        QVERIFY(leftOutText(*imported.estate).find("NOOP: not kept\n") != std::string::npos);
    }

    void readsBackupsOfKarapace()
    {
        const ImportedText first =
            importData("schema-registry/karapace-backup/test_restore_v1.log");
        QCOMPARE(first.format, std::string("schema-registry"));
        QCOMPARE(contractsText(*first.estate),
                 std::string("subject-1@1 AVRO /:\nsubject-1@2 AVRO /:\n"));
        const ImportedText second =
            importData("schema-registry/karapace-backup/test_restore_v2.log");
        QCOMPARE(second.format, std::string("schema-registry-dump"));
        QCOMPARE(second.estate->sources[0].formatVersion, std::string("2"));
        QCOMPARE(contractsText(*second.estate), std::string("subject-1@1 AVRO /:\n"));
        for (const char* name : {"compatibility_config_remove", "complete_schema_delete",
                                 "delete_nonexistent_schema"}) {
            const ImportedText removed = importData(
                "schema-registry/karapace-backup/test_restore_" + std::string(name) + "_v2.log");
            QCOMPARE(removed.problemsText(), std::string());
            QVERIFY(removed.estate->contracts.empty());
            QCOMPARE(removed.estate->sources[0].leftOut.size(), 1U);
        }
    }

    // Upstream's two values are not JSON.
    void keepsVersionsWhoseValueIsBroken()
    {
        const ImportedText imported = importData("schema-registry/schemas-topic.tsv");
        QCOMPARE(contractsText(*imported.estate),
                 std::string("wow.first.subject@1 AVRO /:\n"
                             "omg.even.better.a.second.subject@1 AVRO /:\n"));
        QCOMPARE(imported.problems.size(), 2U);
        QVERIFY(imported.problems[0].find("schemas-topic.tsv:2") == 0 ||
                imported.problems[0].find(":2: ") != std::string::npos);
        QCOMPARE(claimsText(*imported.estate),
                 std::string("wow.first.subject@1 schema=unreadable\n"
                             "omg.even.better.a.second.subject@1 schema=unreadable\n"
                             "omg.even.better.a.second.subject compatibility=NONE\n"
                             "wow.first.subject compatibility=NONE\n"));
    }

    void readsAListOfSubjects()
    {
        const ImportedText imported = importData("schema-registry/made/subjects.json");
        QCOMPARE(imported.format, std::string("schema-registry"));
        QCOMPARE(countsText(*imported.estate), std::string("datasets 4"));
        QCOMPARE(importText("names.json", "[\"a\", \"b\"]").format, std::string());
    }

    void saysWhatIsWrong()
    {
        const ImportedText imported = importText(
            "a.json",
            "[{\"subject\": \"a\", \"version\": 1, \"schema\": \"{}\"},\n"
            "{\"subject\": \"a\", \"schema\": \"{}\"},\n"
            "{\"subject\": \"b\", \"version\": 1, \"schema\": [1], \"references\": [{}]}]");
        QCOMPARE(imported.problemsText(),
                 std::string("a.json:2:1: error: A version of a schema has no subject or no number "
                             "(both are required). Version skipped. [schema-registry.no-subject]\n"
                             "a.json:3:62: warning: A reference names no subject (required). "
                             "Reference skipped. [schema-registry.reference]\n"
                             "a.json:3:1: warning: Version 1 of subject \"b\" has no schema "
                             "(expected a text). Kept without. [schema-registry.no-schema]\n"));
        const ImportedText dump = importText("a.log", "/V2\nzz\tzz\n7B7D\n\n");
        QCOMPARE(dump.problemsText(),
                 std::string("a.log:2: warning: The line is no entry of a registry (expected key, "
                             "tab, value). Line skipped. [schema-registry.entry]\n"));
    }

    void leavesOtherFilesAlone()
    {
        QCOMPARE(importText("a.json", "{\"subject\": \"mail\", \"version\": 1}").format,
                 std::string());
        QCOMPARE(importText("a.tsv", "{\"a\": 1}\t{\"b\": 2}\n").format, std::string());
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SchemaRegistryImporterTest)
#include "schema_registry_importer_test.moc"
