// SPDX-License-Identifier: Apache-2.0
// The Data Contract Specification and the Open Data Product Standard.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

class ContractsImporterTest : public QObject {
    Q_OBJECT

private slots:
    // Definitions are taken over, own keys win; ids may hold slashes.
    void takesFieldsFromDefinitions()
    {
        const ImportedText imported = importText(
            "a.yaml",
            "dataContractSpecification: 1.2.1\nid: orders\ninfo: {title: Orders, version: 1.10}\n"
            "models:\n  orders:\n    primaryKey: [id]\n    fields:\n      id: {$ref: "
            "'#/definitions/checkout/id', description: mine}\n      mail: {type: text, pii: true, "
            "references: customers.id}\n      lines: {type: array, items: {fields: {sku: {type: "
            "text}}}}\n      gone: {$ref: '#/definitions/no'}\ndefinitions:\n  checkout/id: {title: Order "
            "id, type: string, required: true, description: theirs}\n");
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.contracts[0].version, std::string("1.10"));
        QCOMPARE(estate.fields.size(), 5U);
        QCOMPARE(estate.fields[0].logicalType + " " + estate.fields[0].description,
                 std::string("string mine"));
        QVERIFY(estate.fields[0].isRequired.value_or(false));
        QCOMPARE(estate.fields[0].keyPosition, 1);
        QCOMPARE(estate.fields[1].classification, std::string("pii"));
        QCOMPARE(estate.fields[3].path, std::string("lines[].sku"));
        QCOMPARE(estate.terms[0].name, std::string("Order id"));
        QCOMPARE(leftOutText(estate),
                 std::string("? #/definitions/no: there is no such definition\n"
                             "? customers.id: there is no such field in the contract\n"));
    }

    void namesDatasetsByTheServer()
    {
        const ImportedText imported =
            importData("datacontract-spec/examples/orders-latest.datacontract.yaml");
        const Estate& estate = *imported.estate;
        QVERIFY(
            estate.dataset("s3://datacontract-example-orders-latest/v2/orders/*.json").isValid());
        QCOMPARE(estate.columnEdges.size(), 1U);
        QVERIFY(estate.products[0].kind == ProductKind::Analytical);
        QCOMPARE(estate.contracts[0].owner, std::string("Checkout Team"));
        const auto isRequired = [](const Field& f) { return f.isRequired.value_or(false); };
        QCOMPARE(std::count_if(estate.fields.begin(), estate.fields.end(), isRequired), 6);
        const auto isPii = [](const Field& f) { return !f.classification.empty(); };
        QCOMPARE(std::count_if(estate.fields.begin(), estate.fields.end(), isPii), 3);
    }

    void pinsTheContractsThatAProductUses()
    {
        const ImportedText imported = importData("odps-bitol/customer-data-product.odps.yaml");
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.adoptions.size(), 5U);  // four ports, and another version in an output
        QCOMPARE(estate.adoptions[0].thing, std::string("dbb7b1eb-7628-436e-8914-2a00638ba6db"));
        QCOMPARE(estate.adoptions[0].version, std::string("1.0.0"));
        QCOMPARE(estate.products[0].domain, std::string("seller"));
        QCOMPARE(estate.products[0].owner, std::string("Data Team"));
        QCOMPARE(estate.teams[0].members.size(), 2U);
        QVERIFY(estate.products[0].authority == Authority::Derived &&
                estate.products[0].isInferred);
    }

    void saysWhatIsMissing()
    {
        QCOMPARE(
            importText("a.yaml", "dataContractSpecification: 1.2.1\n").problemsText(),
            std::string(
                "a.yaml:1:28: note: The Data Contract Specification is deprecated by its owners; "
                "the Open Data Contract Standard takes its place, and the format's own tool "
                "exports to it. [datacontract.deprecated]\n"
                "a.yaml:1:1: error: The contract has no id (required). File not loaded. "
                "[datacontract.no-id]\n"));
        QCOMPARE(
            importText("a.yaml", "kind: DataProduct\napiVersion: v1.0.0\n").problemsText(),
            std::string("a.yaml:1:1: error: The product has neither id nor name (required). File "
                        "not loaded. [odps.no-id]\n"));
    }

    void survivesWrongTypesEverywhere()
    {
        for (
            const char* text :
            {"dataContractSpecification: [1]\nid: a\ninfo: [1]\nservers: [a, {type: [1]}]\nmodels: {a: "
             "5, b: {fields: [1], primaryKey: 7, quality: {a: 1}}, c: {fields: {d: 5, e: {items: [1], "
             "lineage: {inputFields: [5]}}}}}\nservicelevels: [1]\nterms: 5\nquality: 5\n",
             "kind: DataProduct\napiVersion: v1.0.0\nid: a\nteam: [1, [2]]\ninputPorts: [1, {}]\n"
             "outputPorts: {a: 1}\ntags: 5\n"})
            QVERIFY2(!importText("a.yaml", text).format.empty(), text);
    }

    // Counted by hand: three output and observability ports, two of which are whole descriptors of their own; three applications.
    void followsThePortsOfADescriptor()
    {
        const ImportedText imported = importData("dpds/tripexecution/data-product-descriptor.json");
        const Estate& estate = *imported.estate;
        QCOMPARE(countsText(estate),
                 std::string("consumers 1, contracts 3, jobs 3, products 1, routes 4"));
        QCOMPARE(estate.products[0].owner, std::string("John Doe"));
        QCOMPARE(estate.products[0].domain, std::string("Transport Management"));
        QCOMPARE(estate.contracts[1].name, std::string("Trip Events"));
        QCOMPARE(estate.contracts[1].version, std::string("1.2.0"));
        QCOMPARE(estate.contracts[1].serviceLevels.size(), 3U);
        QCOMPARE(estate.adoptions.size(), 1U);
        QCOMPARE(estate.adoptions[0].thing + " " + estate.adoptions[0].version,
                 std::string("tmsInput 1.0.0"));
    }

    void readsADescriptorWithoutAName()
    {
        const ImportedText imported = importData("dpds/minimal.dpd.json");
        QCOMPARE(imported.estate->products[0].name, std::string("tripExecution"));
        QCOMPARE(importText("a.json", "{\"dataProductDescriptor\": \"1.0.0\", \"info\": []}")
                     .problemsText(),
                 std::string("a.json:1:44: error: The product has no info.fullyQualifiedName "
                             "(required). File not loaded. [dpds.no-id]\n"));
        const ImportedText lost = importText(
            "a.json",
            "{\"dataProductDescriptor\": \"1.0.0\", \"info\": {\"fullyQualifiedName\": \"p\"}, "
            "\"interfaceComponents\": {\"outputPorts\": [{\"$ref\": \"../no.json\"}, 7, {}]}}");
        QVERIFY(leftOutText(*lost.estate).find("? ../no.json") != std::string::npos);
        QVERIFY(leftOutText(*lost.estate).find("? outputPorts") != std::string::npos);
    }

    void readsTheTablesOfADataStore()
    {
        const ImportedText imported =
            importData("dpds/tripexecution/ports/trip-status-oport-api.json");
        QCOMPARE(imported.format, std::string("datastoreapi"));
        QCOMPARE(countsText(*imported.estate), std::string("contracts 1, datasets 1, objects 1"));
        QCOMPARE(imported.estate->datasets[0].path, std::string("tripsdb.tracking.TripStatus"));
    }

    void readsAnOpenDataProduct()
    {
        const ImportedText imported = importData("opendataproducts/v4.1-urbanpulse_basic.yml");
        const Estate& estate = *imported.estate;
        QCOMPARE(imported.format, std::string("opendataproducts"));
        QCOMPARE(countsText(estate), std::string("contracts 1, products 1"));
        QCOMPARE(estate.products[0].id, std::string("urbanpulse-events-001"));
        QVERIFY(estate.products[0].kind == ProductKind::Analytical);
        QCOMPARE(estate.contracts[0].id, std::string("02323M123"));
        QCOMPARE(estate.contracts[0].serviceLevels.size(), 3U);
        QCOMPARE(estate.contracts[0].serviceLevels[2].property + " " +
                     estate.contracts[0].serviceLevels[2].value,
                 std::string("updateFrequency 30"));
    }

    void takesNoTemplateForAProduct()
    {
        const ImportedText imported =
            importData("opendataproducts/v4.1-template-purpose-analytical-product.yml");
        QCOMPARE(countsText(*imported.estate), std::string(""));
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("template: its values are placeholders\n"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ContractsImporterTest)
#include "contracts_importer_test.moc"
