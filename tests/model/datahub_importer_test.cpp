// SPDX-License-Identifier: Apache-2.0
// DataHub's files. Counted by hand from files that fit on a page.
#include "model/import/catalogs/datahub_names.h"
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

std::string claimsText(const Estate& estate)
{
    std::string text;
    for (const Claim& claim : estate.claims)
        text += claim.subject + " " + claim.property + " " + claim.value + "\n";
    return text;
}

}  // namespace

class DataHubImporterTest : public QObject {
    Q_OBJECT

private slots:
    void takesNamesApart()
    {
        const DataHubUrn urn =
            dataHubUrn("urn:li:schemaField:(urn:li:dataset:(urn:li:dataPlatform:kafka,a,PROD),x)");
        QCOMPARE(urn.type, std::string_view("schemaField"));
        QCOMPARE(urn.parts.size(), 2U);
        QCOMPARE(urn.parts[0],
                 std::string_view("urn:li:dataset:(urn:li:dataPlatform:kafka,a,PROD)"));
        QCOMPARE(dataHubId("urn:li:corpuser:jdoe"), std::string("jdoe"));
        QCOMPARE(dataHubId("Marketing"), std::string("Marketing"));
        QCOMPARE(
            dataHubFieldPath("[version=2.0].[type=struct].[type=array].lines.[type=string].sku"),
            std::string("lines.sku"));
        QCOMPARE(dataHubFieldPath("a.b"), std::string("a.b"));
        QCOMPARE(dataHubFieldPath("[broken"), std::string());
        QVERIFY(dataHubUrn("urn:li:").type.empty());
    }

    void readsProposals()
    {
        const ImportedText imported = importData("datahub/shop.mcp.json");
        const Estate& estate = *imported.estate;
        QCOMPARE(imported.format, std::string("datahub"));
        QCOMPARE(countsText(estate),
                 std::string("columnEdges 1, columns 3, datasetEdges 1, datasets "
                             "2, jobs 1, products 1, runs 1, terms 1"));
        QCOMPARE(estate.columns[1].name + " " + estate.columns[1].type + " " +
                     estate.columns[1].description,
                 std::string("address.city text Where to"));
        QCOMPARE(estate.jobs[0].key() + " " + estate.jobs[0].integration,
                 std::string("nightly/load_orders AIRFLOW"));
        QVERIFY(estate.checkRuns[0].outcome == CheckOutcome::Failed);
        QCOMPARE(estate.checkRuns[0].at, std::string("2025-11-23T04:00:00.000Z"));
        QCOMPARE(estate.terms[0].context + "/" + estate.terms[0].name, std::string("Sales/Order"));
        QCOMPARE(claimsText(estate), std::string("postgres:///shop.public.orders#id required true\n"
                                                 "postgres:///shop.public.orders#id key true\n"
                                                 "snowflake:///DWH.CORE.ORDERS owner warehouse\n"
                                                 "snowflake:///DWH.CORE.ORDERS owners ann\n"
                                                 "snowflake:///DWH.CORE.ORDERS products orders\n"));
        QCOMPARE(leftOutText(estate), std::string("? urn:li:chart:(a,b): no dataset's URN\n"
                                                  "chartInfo: an aspect that is not kept\n"));
        QCOMPARE(imported.problems.size(), 4U);
    }

    void readsTheCatalogsOwnExamples()
    {
        const ImportedText proposals = importData("datahub/test_domains.json");
        QCOMPARE(countsText(*proposals.estate), std::string("datasets 1, domains 1"));
        QCOMPARE(proposals.estate->domains[0].id + " " + proposals.estate->domains[0].name,
                 std::string("marketing Sales"));
        QCOMPARE(claimsText(*proposals.estate),
                 std::string("mysql:///information_schema.VIEWS domain marketing\n"));
        const ImportedText person = importData("datahub/single_mce.json");
        QCOMPARE(leftOutText(*person.estate),
                 std::string("corpUserInfo: an aspect that is not kept\n"));
    }

    // The entity stands in DEV and its fields in PROD: two datasets.
    void readsALineageFile()
    {
        const ImportedText imported = importData("datahub/file_lineage.yml");
        const Estate& estate = *imported.estate;
        QCOMPARE(countsText(estate),
                 std::string("columnEdges 1, columns 2, datasetEdges 3, datasets 6"));
        QVERIFY(estate.dataset("kafka://DEV/topic3").isValid());
        QVERIFY(estate.dataset("kafka:///topic3").isValid());
        QVERIFY(estate.dataset("snowflake:///test.kafka.topic2").isValid());
        QCOMPARE(estate.columnEdges[0].transformation, std::string("func1"));
    }

    void readsAGlossary()
    {
        const ImportedText imported = importData("datahub/glossary.yml");
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.terms.size(), 3U);
        QCOMPARE(estate.terms[2].context + " " + estate.terms[2].name,
                 std::string("Sales.Returns Refund"));
        QCOMPARE(claimsText(estate), std::string("Sales description Words of sales\n"
                                                 "Sales.Order contains Sales.Line\n"
                                                 "Sales.Order related_terms Billing.Invoice\n"));
        QCOMPARE(
            imported.problemsText(),
            std::string("datahub/glossary.yml:14:9: warning: A term has no name (required). Term "
                        "skipped. [datahub-glossary.no-name]\n"));
    }

    void readsAProductAndAContract()
    {
        const ImportedText product = importData("datahub/dataproduct.yaml");
        QCOMPARE(product.estate->products[0].name + ", " + product.estate->products[0].domain +
                     ", " + product.estate->products[0].owner,
                 std::string("Pet of the Week Campaign, Marketing, jdoe"));
        const ImportedText contract = importData("datahub/pet_of_the_week.dhub.dc.yaml");
        const Estate& estate = *contract.estate;
        QCOMPARE(countsText(estate),
                 std::string("checks 2, contracts 1, datasets 1, fields 2, objects 1"));
        QCOMPARE(estate.contracts[0].version, std::string());  // "version: 1" is the layout's
        QCOMPARE(estate.checks[1].expression,
                 std::string("SELECT COUNT(*) FROM SampleHiveDataset greater_than 100"));
        QVERIFY(estate.fields[1].isRequired.value_or(false));
    }

    // Newer files list edges, with or without the plain lists beside them.
    void readsEdgesAndOwnersOfJobs()
    {
        const ImportedText imported = importText(
            "a.json",
            "[{\"entityUrn\": \"urn:li:dataJob:(urn:li:dataFlow:(airflow,f,prod),j)\", "
            "\"aspectName\": \"dataJobInputOutput\", \"aspect\": {\"json\": {"
            "\"inputDatasets\": [\"urn:li:dataset:(urn:li:dataPlatform:kafka,a,PROD)\"], "
            "\"inputDatasetEdges\": [{\"destinationUrn\": "
            "\"urn:li:dataset:(urn:li:dataPlatform:kafka,a,PROD)\"}, {\"destinationUrn\": "
            "\"urn:li:dataset:(urn:li:dataPlatform:kafka,b,PROD)\"}], "
            "\"outputDatasetEdges\": [{\"destinationUrn\": "
            "\"urn:li:dataset:(urn:li:dataPlatform:kafka,c,PROD)\"}]}}}, "
            "{\"entityUrn\": \"urn:li:dataJob:(urn:li:dataFlow:(airflow,f,prod),j)\", "
            "\"aspectName\": \"ownership\", \"aspect\": {\"json\": {\"owners\": ["
            "{\"owner\": \"urn:li:corpuser:ann\"}, {\"owner\": \"urn:li:corpuser:bob\"}]}}}, "
            "{\"entityUrn\": \"urn:li:dataJob:(urn:li:dataFlow:(airflow,f,prod),k)\", "
            "\"aspectName\": \"dataJobInputOutput\", \"aspect\": {\"json\": {"
            "\"inputDatasets\": [\"urn:li:dataset:(urn:li:dataPlatform:kafka,a,PROD)\"], "
            "\"outputDatasets\": []}}}]");
        const Estate& estate = *imported.estate;
        QCOMPARE(countsText(estate), std::string("datasetEdges 2, datasets 3, jobs 2"));
        QCOMPARE(estate.jobs[0].owner, std::string("ann"));
        QCOMPARE(leftOutText(estate),
                 std::string("ownership: a further owner of a job\n"
                             "dataJobInputOutput: the job has datasets at one end only\n"));
    }

    void readsUnionsOfFineLineage()
    {
        const ImportedText imported = importText(
            "a.json",
            "{\"proposedSnapshot\": {\"x.DatasetSnapshot\": {\"urn\": "
            "\"urn:li:dataset:(urn:li:dataPlatform:kafka,b,PROD)\", \"aspects\": ["
            "{\"x.UpstreamLineage\": {\"upstreams\": [], \"fineGrainedLineages\": {\"array\": ["
            "{\"upstreams\": {\"array\": [\"urn:li:schemaField:(urn:li:dataset:("
            "urn:li:dataPlatform:kafka,a,PROD),id)\"]}, \"downstreams\": {\"array\": ["
            "\"urn:li:schemaField:(urn:li:dataset:(urn:li:dataPlatform:kafka,b,PROD),id)\"]}, "
            "\"transformOperation\": {\"string\": \"copy\"}}]}}}]}}}");
        const Estate& estate = *imported.estate;
        QCOMPARE(countsText(estate), std::string("columnEdges 1, columns 2, datasets 2"));
        QCOMPARE(estate.columnEdges[0].transformation, std::string("copy"));
    }

    void keepsOwnersAndDomainsOfAGlossary()
    {
        const ImportedText imported = importText(
            "a.yml", "version: 1\nsource: x\nnodes:\n  - name: S\n    owners: {users: [ann], "
                     "groups: [crew]}\n    terms: [{name: T, domain: Sales}]\n");
        QCOMPARE(claimsText(*imported.estate),
                 std::string("S owner ann\nS owners crew\nS.T domain Sales\n"));
        QCOMPARE(leftOutText(*imported.estate), std::string("root.source: not kept\n"));
    }

    void survivesWrongTypesEverywhere()
    {
        for (const char* text :
             {"[{\"aspectName\": \"schemaMetadata\", \"entityUrn\": [], \"aspect\": 7}]",
              "[{\"aspectName\": \"upstreamLineage\", \"entityUrn\": "
              "\"urn:li:dataset:(urn:li:dataPlatform:a,b,PROD)\", \"aspect\": {\"json\": "
              "{\"upstreams\": 3, \"fineGrainedLineages\": [[], 4, {\"upstreams\": {}}]}}}]",
              "{\"proposedSnapshot\": {\"a\": {\"urn\": 3, \"aspects\": [3, {\"b\": []}]}}}"})
            QCOMPARE(importText("a.json", text).format, std::string("datahub"));
        QCOMPARE(importText("a.json", "[{\"aspectName\": \"x\"}]").format, std::string());
        QCOMPARE(importText("a.yml", "version: 1\nnodes: [{name: a}]\n").format, std::string());
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::DataHubImporterTest)
#include "datahub_importer_test.moc"
