// SPDX-License-Identifier: Apache-2.0
// Data contracts of both layouts, and a sentence with a place for whatever is wrong with one.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

std::string dataFile(const std::string& name)
{
    return tests::testData("odcs/" + name);
}

std::string fieldsText(const Estate& estate)
{
    std::string text;
    for (const Field& field : estate.fields) {
        text += (text.empty() ? "" : " ") + field.path;
        if (field.isRequired.value_or(false))
            text += "!";
        if (field.keyPosition > 0)
            text += "#" + std::to_string(field.keyPosition);
        if (!field.reference.empty())
            text += "->" + field.reference;
    }
    return text;
}

constexpr const char* head = "apiVersion: v3.1.0\nkind: DataContract\nid: orders\n"
                             "version: 1.10\nstatus: active\n";

}  // namespace

class OdcsImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsAContractWithNestedFields()
    {
        const ImportedText imported = importText("orders.yaml", std::string(head) + R"(
schema:
  - name: order
    properties:
      - {name: id, primaryKey: true, required: true, physicalType: uuid}
      - name: lines
        logicalType: array
        items:
          logicalType: object
          properties:
            - {name: sku, required: true}
)");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(imported.format, std::string("odcs"));
        QCOMPARE(fieldsText(*imported.estate), std::string("id!#1 lines lines[].sku!"));
        QCOMPARE(imported.estate->contracts[0].key(), std::string("orders@1.10"));
        QCOMPARE(toString(imported.estate->contracts[0].status), std::string_view("active"));
        const EvidencePlace place =
            places(*imported.estate, imported.estate->fields[2].evidence).front();
        QCOMPARE(place.span,
                 (SourceSpan{"orders.yaml", 16, 15, "/schema/0/properties/1/items/properties/0"}));
    }

    void readsTheOldLayout()
    {
        const ImportedText imported = importText("full.yaml", dataFile("v2.2.2/full-example.yaml"));
        const Estate& estate = *imported.estate;
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(fieldsText(estate), std::string("txn_ref_dt! rcvr_id!#1 rcvr_cntry_code!"));
        QCOMPARE(estate.contracts[0].owner, std::string("daustin"));
        QCOMPARE(estate.contracts[0].sunset, std::string("2042-05-12"));
        QCOMPARE(estate.checks.size(), 2U);
        QVERIFY(estate.checks[1].isReconciliation);
        QCOMPARE(estate.datasets[0].key(),
                 std::string("postgres://localhost:5432/pypl-edw.pp_access_views.tbl_1"));
        QCOMPARE(estate.lineageEdges.size(), 3U);
        QCOMPARE(toString(estate.products[0].kind), std::string_view("analytical"));
    }

    void keepsReferencesAndNamesDanglingOnes()
    {
        const ImportedText imported =
            importText("full.yaml", dataFile("v3.1.0/full-example.odcs.yaml"));
        QCOMPARE(imported.problemsText(),
                 std::string("full.yaml:217:17: warning: relationship to "
                             "\"receiver_types.type_code\" - no such property in this contract. "
                             "Relationship kept as unresolved. [odcs.dangling-relationship]\n"));
        QCOMPARE(fieldsText(*imported.estate),
                 std::string("transaction_reference_date rcvr_id#1->receivers.id "
                             "rcvr_cntry_code->receivers.country_code id!#1 country_code!#2 "
                             "receiver_name! receiver_type->receiver_types.type_code"));
    }

    void readsJsonAsWell()
    {
        const ImportedText imported = importText("orders.json", R"({"kind": "DataContract",
            "apiVersion": "v3.0.2", "id": "a", "version": "1.0.0", "status": "draft",
            "schema": [{"name": "order", "properties": [{"name": "id"}]}]})");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(countsText(*imported.estate),
                 std::string("contracts 1, fields 1, objects 1, products 1"));
    }

    void saysWhatIsNewerThanItKnows()
    {
        const ImportedText imported =
            importText("map.yaml", dataFile("v3.2.0-draft/map.odcs.yaml"));
        QCOMPARE(imported.problemsText(),
                 std::string("map.yaml:7:13: note: apiVersion v3.2.0 is newer than v3.1.0. Loaded; "
                             "unknown keys: map. [odcs.newer-version]\n"));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* file, const char* problem) {
            QTest::newRow(file) << QString::fromLatin1(file) << QString::fromUtf8(problem);
        };
        row("additional-unknown-property",
            "a.yaml:9:19: warning: The key \"unknownRootField\" is not known to the standard "
            "(extensions belong into customProperties). Key skipped. [odcs.unknown-key]");
        row("enum-duplicate-values",
            "a.yaml:17:20: warning: enum has the value \"pending\" twice (expected each once). "
            "Kept once. [odcs.repeated-enum-value]");
        row("invalid-api-version",
            "a.yaml:5:13: warning: apiVersion is \"v4.0.0\" (expected v2.2.0 to v3.1.0). Read as "
            "v3.1.0. [odcs.unknown-version]");
        row("invalid-kind", "a.yaml:6:7: error: kind is \"DataModel\" (expected \"DataContract\"). "
                            "File not loaded. [odcs.wrong-kind]");
        row("invalid-quality-metric",
            "a.yaml:17:21: warning: metric is \"invalidMetric\" (expected nullValues, "
            "missingValues, invalidValues, duplicateValues or rowCount). Rule kept as it is. "
            "[odcs.unknown-metric]");
        row("missing-required-fields",
            "a.yaml:4:1: error: The contract has no id (required). File not loaded. [odcs.no-id]");
        row("quality-multiple-operators",
            "a.yaml:17:13: warning: quality rule with 2 operators (expected exactly one). Rule "
            "kept as it is: mustBe 0 mustNotBe 5. [odcs.several-operators]");
        row("relationship-property-level-with-from",
            "a.yaml:17:19: warning: relationship of a property with \"from\" (expected only "
            "\"to\": the property itself is meant). Key skipped. [odcs.relationship-from]");
        row("schema-property-missing-name",
            "a.yaml:13:9: error: property without name under schema \"orders\". Property skipped. "
            "[odcs.property-without-name]");
        row("server-missing-required-fields",
            "a.yaml:10:5: warning: server without name and type (required). Loaded without. "
            "[odcs.server-incomplete]");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, file);
        QFETCH(QString, problem);
        const ImportedText imported =
            importText("a.yaml", dataFile("negative/" + file.toStdString() + ".odcs.yaml"));
        QVERIFY2(!imported.problems.empty(), "no problem at all");
        QCOMPARE(imported.problems.front(), problem.toStdString());
    }

    void survivesValuesOfTheWrongKind()
    {
        const ImportedText imported = importText("a.yaml", std::string(head) + "schema: 3\n"
                                                                               "servers: {}\n"
                                                                               "team: []\n");
        QCOMPARE(imported.problemsText(),
                 std::string("a.yaml:7:10: warning: \"servers\" is an object (expected a list). "
                             "Value skipped. [odcs.wrong-type]\n"
                             "a.yaml:6:9: warning: \"schema\" is a number (expected a list). Value "
                             "skipped. [odcs.wrong-type]\n"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::OdcsImporterTest)
#include "odcs_importer_test.moc"
