// SPDX-License-Identifier: Apache-2.0
// Apache Atlas: entities of its REST interface and of its hooks. The counts were made by hand from the files.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

class AtlasImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsTheSampleFiles_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("counts");
        const auto row = [](const char* file, const char* counts) {
            QTest::newRow(file) << QString::fromLatin1(file) << QString::fromLatin1(counts);
        };
        row("entity_create_table_us.json", "columns 3, datasets 1");
        row("entity_create_process.json", "datasetEdges 1, datasets 2, jobs 1");
        row("entity_create_db.json", "");
        row("hs2-create-table-v2.json", "datasetEdges 1, datasets 2, jobs 1");
        row("hs2-create-process-v2.json",
            "columnEdges 1, columns 2, datasetEdges 1, datasets 2, jobs 1");
        row("typedef_create.json", "");
    }

    void readsTheSampleFiles()
    {
        QFETCH(QString, file);
        QFETCH(QString, counts);
        const ImportedText imported = importData("atlas/" + file.toStdString());
        QCOMPARE(imported.format, std::string("atlas"));
        QCOMPARE(countsText(*imported.estate), counts.toStdString());
    }

    void namesDatasetsInTheNormalForm()
    {
        const ImportedText imported = importData("atlas/hs2-create-table-v2.json");
        QVERIFY(imported.estate->dataset("hive://cm/cadb02.hh6").isValid());
        QVERIFY(
            imported.estate->dataset("hdfs://ve0126.halxg.cloudera.com:8020/tmp/external/hh6.csv")
                .isValid());
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("hive_process_execution: entities of this type are not kept\n"
                             "hive_table_ddl: entities of this type are not kept\n"));
    }

    void saysThatDefinitionsOfTypesAreNoEntities()
    {
        const ImportedText imported = importData("atlas/typedef_create.json");
        QCOMPARE(imported.problemsText(),
                 std::string("atlas/typedef_create.json:1:1: note: These are definitions of types, "
                             "not entities. Nothing is read of them. [atlas.types]\n"));
    }

    void reportsATableWithoutAName()
    {
        const ImportedText imported = importText(
            "a.json", "{\"entity\": {\"typeName\": \"hive_table\", \"attributes\": {}}}");
        QCOMPARE(imported.problemsText(),
                 std::string("a.json:1:12: error: The hive_table has no qualifiedName (required). "
                             "Entity skipped. [atlas.no-name]\n"));
    }

    void leavesOtherFilesAlone()
    {
        QCOMPARE(importText("a.json", "{\"entities\": [{\"id\": 1}], \"entity\": {}}").format,
                 std::string());
    }

    void survivesWrongTypesEverywhere()
    {
        for (
            const char* text :
            {"{\"entity\": {\"typeName\": \"hive_table\", \"attributes\": {\"qualifiedName\": [1], \"columns\": {\"a\": 1}}}}",
             "{\"entities\": [{\"typeName\": \"hive_process\", \"attributes\": {\"qualifiedName\": \"x\", \"inputs\": 5, \"outputs\": [[], {}]}}, 7, null]}",
             "{\"entities\": [{\"typeName\": \"hive_column_lineage\", \"attributes\": {\"inputs\": [{\"guid\": \"1\"}], \"outputs\": [{\"guid\": \"1\"}]}}]}"}) {
            const ImportedText imported = importText("a.json", text);
            QVERIFY2(!imported.format.empty(), text);
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::AtlasImporterTest)
#include "atlas_importer_test.moc"
