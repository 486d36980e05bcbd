// SPDX-License-Identifier: Apache-2.0
// DCAT in JSON-LD and the data.json of DCAT-US. The counts were made by an own script from the files' @type and distribution members.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

class DcatImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsTheSampleFiles_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("counts");
        const auto row = [](const char* file, const char* counts) {
            QTest::newRow(file) << QString::fromLatin1(file) << QString::fromLatin1(counts);
        };
        row("dcat-us-3/catalog-catalog.jsonld", "products 4, teams 1");
        row("dcat-us-3/catalog-dataset.jsonld", "products 2");
        row("dcat-us-3/dataset-dataset.jsonld", "datasets 2, products 1, teams 1");
        row("dcat-us-3/dataset-series.jsonld", "products 3");
        row("dcat-us-1.1/catalog-sample.json", "datasets 4, products 3");
        row("dcat-us-1.1/catalog-sample-extended.json", "datasets 4, products 3");
    }

    void readsTheSampleFiles()
    {
        QFETCH(QString, file);
        QFETCH(QString, counts);
        const ImportedText imported = importData("dcat/" + file.toStdString());
        QCOMPARE(imported.format, std::string("dcat"));
        QCOMPARE(countsText(*imported.estate), counts.toStdString());
        QCOMPARE(imported.problemsText(), std::string());
    }

    void knowsTermsByAnyPrefix()
    {
        for (const char* text :
             {"{\"@context\": {\"d\": \"http://www.w3.org/ns/dcat#\"}, \"@id\": \"x\", \"@type\": "
              "\"d:Dataset\", \"http://purl.org/dc/terms/title\": {\"@value\": \"Orders\"}, "
              "\"d:theme\": [{\"@id\": \"t\", \"prefLabel\": \"Sales\"}]}",
              "{\"@context\": {}, \"@graph\": [{\"@id\": \"x\", \"@type\": "
              "[\"http://www.w3.org/ns/dcat#Dataset\", \"Other\"], \"dct:title\": [\"Orders\"], "
              "\"dcat:theme\": {\"@id\": \"t\"}}, {\"@id\": \"t\", \"@type\": \"skos:Concept\", "
              "\"skos:prefLabel\": {\"en\": \"Sales\"}}]}"}) {
            const ImportedText imported = importText("a.jsonld", text);
            QCOMPARE(imported.estate->products.size(), 1U);
            QCOMPARE(imported.estate->products[0].name, std::string("Orders"));
            QCOMPARE(imported.estate->products[0].domain, std::string("Sales"));
        }
    }

    void neverFetchesAContext()
    {
        const ImportedText imported = importData("dcat/dcat-us-3/catalog-dataset.jsonld");
        QVERIFY(leftOutText(*imported.estate)
                    .starts_with("? https://raw.githubusercontent.com/DOI-DO/dcat-us/main/context/"
                                 "dcat-us-3.0.jsonld: a context on the network is not fetched\n"));
    }

    void leavesOtherFilesAlone()
    {
        QCOMPARE(importText("a.json", "{\"dataset\": [{\"a\": 1}], \"title\": \"x\"}").format,
                 std::string());
        QCOMPARE(importText("a.json", "{\"@context\": {}, \"@type\": \"Person\"}").format,
                 std::string());
    }

    void survivesWrongTypesEverywhere()
    {
        for (
            const char* text :
            {"{\"@context\": [], \"@type\": \"dcat:Catalog\", \"dataset\": {\"dataset\": {\"dataset\": []}}, \"service\": 5}",
             "{\"conformsTo\": \"https://project-open-data.cio.gov/v1.1/schema\", \"dataset\": [1, null, {}, {\"title\": {\"a\": {\"b\": []}}, \"distribution\": [[], 5, {\"downloadURL\": \"x\"}]}]}"}) {
            const ImportedText imported = importText("a.json", text);
            QVERIFY2(!imported.format.empty(), text);
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::DcatImporterTest)
#include "dcat_importer_test.moc"
