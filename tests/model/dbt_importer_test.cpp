// SPDX-License-Identifier: Apache-2.0
// dbt's manifest and catalog: what a node becomes, whatever version wrote it.
#include "model/estate/estate_builder.h"
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

namespace portolan {

namespace {

std::string manifest(const std::string& nodes, const std::string& rest = {},
                     const std::string& version = "v12")
{
    return R"({"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/)" +
           version + ".json\", \"adapter_type\": \"postgres\"}, \"nodes\": {" + nodes + "}" + rest +
           "}";
}

std::string model(const std::string& name, const std::string& more = {})
{
    return "\"model.shop." + name + "\": {\"name\": \"" + name +
           "\", \"database\": \"db\", \"schema\": \"core\"" + more + "}";
}

std::string datasetsText(const Estate& estate)
{
    std::string text;
    for (const Dataset& dataset : estate.datasets)
        text += (text.empty() ? "" : " ") + dataset.key() + "(" + dataset.type + ")";
    return text;
}

std::string edgesText(const Estate& estate)
{
    std::string text;
    for (const LineageEdge& edge : estate.lineageEdges)
        text += (text.empty() ? "" : " ") + std::string(estate.datasets[edge.from.value].name()) +
                "->" + std::string(estate.datasets[edge.to.value].name()) + ":" +
                estate.jobs[edge.job.value].key();
    return text;
}

}  // namespace

class DbtImporterTest : public QObject {
    Q_OBJECT

private slots:
    void namesDatasetsByTheirRelation()
    {
        const ImportedText imported = importText(
            "manifest.json",
            manifest(model("orders", ", \"relation_name\": \"`db`.`core`.`fct_orders`\"") + "," +
                         model("alias", ", \"alias\": \"other\"") + "," + model("plain"),
                     ", \"sources\": {\"source.shop.raw.orders\": {\"database\": \"db\", "
                     "\"schema\": \"raw\", \"identifier\": \"ord\", \"name\": \"orders\"}}"));
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(datasetsText(*imported.estate),
                 std::string("postgres:///db.raw.ord(source) postgres:///db.core.fct_orders(model) "
                             "postgres:///db.core.other(model) postgres:///db.core.plain(model)"));
    }

    void drawsEdgesFromParentsThroughEphemeralModels()
    {
        const ImportedText imported =
            importText("manifest.json",
                       manifest(model("a") + "," +
                                model("thin", ", \"config\": {\"materialized\": \"ephemeral\"}, "
                                              "\"depends_on\": {\"nodes\": [\"model.shop.a\"]}") +
                                "," +
                                model("b", ", \"depends_on\": {\"nodes\": [\"model.shop.thin\", "
                                           "\"test.shop.x\", \"model.gone.y\"]}")));
        QCOMPARE(edgesText(*imported.estate), std::string("thin->b:shop/b a->thin:shop/thin"));
        QCOMPARE(imported.problems.size(), 1U);
        QVERIFY(imported.problems[0].ends_with(
            "note: depends_on names nodes that the manifest does not hold (1, first "
            "\"model.gone.y\"), such as disabled ones. Their edges are left out. "
            "[dbt.missing-parent]"));
    }

    void makesAContractOfAnEnforcedModel()
    {
        const ImportedText imported = importText(
            "manifest.json",
            manifest("\"model.shop.orders.v2\": {\"name\": \"orders\", \"schema\": \"core\", "
                     "\"version\": 2, \"access\": \"public\", \"group\": \"sales\", "
                     "\"deprecation_date\": \"2027-01-31T00:00:00\", "
                     "\"config\": {\"contract\": {\"enforced\": true}}, \"columns\": {"
                     "\"id\": {\"name\": \"id\", \"data_type\": \"int\", \"constraints\": ["
                     "{\"type\": \"not_null\"}, {\"type\": \"primary_key\"}]}, "
                     "\"note\": {\"name\": \"note\", \"data_type\": \"text\"}}}",
                     ", \"groups\": {\"group.shop.sales\": {\"name\": \"sales\", \"owner\": "
                     "{\"name\": \"Sales Team\"}}}"));
        QCOMPARE(imported.problemsText(), std::string());
        const Contract& contract = imported.estate->contracts.at(0);
        QCOMPARE(contract.key(), std::string("model.shop.orders@2"));
        QCOMPARE(contract.owner, std::string("Sales Team"));
        QCOMPARE(contract.sunset, std::string("2027-01-31"));
        QCOMPARE(imported.estate->fields.size(), 2U);
        QCOMPARE(imported.estate->fields[0].keyPosition, 1);
        QCOMPARE(imported.estate->fields[0].isRequired, std::optional<bool>(true));
        QCOMPARE(imported.estate->fields[1].isRequired, std::optional<bool>(false));
    }

    void readsExposuresAsConsumers()
    {
        const ImportedText imported = importText(
            "manifest.json",
            manifest(model("a"),
                     ", \"exposures\": {\"exposure.shop.report\": {\"name\": \"report\", \"type\": "
                     "\"dashboard\", \"owner\": {\"email\": \"x@y\"}, \"depends_on\": {\"nodes\": "
                     "[\"model.shop.a\"]}}}"));
        const Consumer& consumer = imported.estate->consumers.at(0);
        QCOMPARE(consumer.id + " " + consumer.owner + " " + consumer.type,
                 std::string("exposure.shop.report x@y dashboard"));
        QCOMPARE(consumer.reads.size(), 1U);
    }

    void readsNewerVersionsAsTheNewestItKnows()
    {
        const ImportedText imported = importText("manifest.json", manifest(model("a"), {}, "v20"));
        QCOMPARE(
            imported.problemsText(),
            std::string("manifest.json:1:37: warning: manifest v20 (newest known v12): read as "
                        "v12. [dbt.newer-version]\n"));
        QCOMPARE(imported.estate->datasets.size(), 1U);
    }

    void saysThatAManifestHasNoVersion()
    {
        QCOMPARE(
            importText("manifest.json", "{\"nodes\": {}}").problemsText(),
            std::string("manifest.json:1:1: error: metadata.dbt_schema_version is missing. Not "
                        "a dbt manifest. [dbt.no-version]\n"));
    }

    void takesTheCatalogsTypesAndSpellings()
    {
        const std::string catalog =
            R"({"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/catalog/v1.json"},)"
            R"( "nodes": {"model.shop.a": {"metadata": {"type": "VIEW", "database": "DB",)"
            R"( "schema": "CORE", "name": "A"}, "columns": {"SECOND": {"type": "INT", "index": 2,)"
            R"( "name": "SECOND"}, "FIRST": {"type": "TEXT", "index": 1, "name": "FIRST"}}}}})";
        const QTemporaryDir folder;
        const auto write = [&](const char* name, const std::string& text) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text.data(), qint64(text.size()));
        };
        write("catalog.json", catalog);
        write("manifest.json",
              manifest(model("a", ", \"columns\": {\"first\": {\"name\": \"first\", \"data_type\": "
                                  "\"varchar\", \"description\": \"said\"}}")));
        Progress progress;
        const Result<ImportReport> report =
            importPaths({folder.path().toStdString()}, {}, progress);
        QVERIFY(report);
        const Estate& estate = *report->estate;
        QCOMPARE(datasetsText(estate), std::string("postgres:///db.core.a(view)"));
        QCOMPARE(estate.columns.size(), 2U);
        QCOMPARE(estate.columns[0].name + " " + estate.columns[0].type + " " +
                     estate.columns[0].description,
                 std::string("first TEXT said"));
        QCOMPARE(estate.columns[1].name, std::string("SECOND"));
    }

    void readsTheFreshnessOfSources()
    {
        const ImportedText imported = importText(
            "sources.json",
            "{\"metadata\": {\"dbt_schema_version\": \"https://schemas.getdbt.com/dbt/sources/v3.json\"}, "
            "\"results\": [{\"unique_id\": \"source.shop.raw.orders\", \"max_loaded_at\": "
            "\"2026-01-01T00:00:00Z\", \"snapshotted_at\": \"2026-01-02T00:00:00Z\", "
            "\"max_loaded_at_time_ago_in_s\": 86400.0, \"status\": \"warn\", \"criteria\": {\"error_after\": "
            "{\"count\": 2, \"period\": \"day\"}}}, {\"status\": \"pass\"}]}");
        QCOMPARE(imported.format, std::string("dbt-sources"));
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.checkRuns.size(), 1U);
        QVERIFY(estate.checkRuns[0].outcome == CheckOutcome::Warned);
        QCOMPARE(estate.checkRuns[0].expected, std::string("2 day"));
        QCOMPARE(estate.observations[0].value + estate.observations[0].unit,
                 std::string("86400.0s"));
        QVERIFY(imported.problemsText().find("dbt.result-without-id") != std::string::npos);
    }

    void saysThatACatalogWithoutItsManifestKnowsNoPlatform()
    {
        const ImportedText imported =
            importText("catalog.json",
                       "{\"metadata\": {\"dbt_schema_version\": "
                       "\"https://schemas.getdbt.com/dbt/catalog/v1.json\"}, \"nodes\": "
                       "{\"model.shop.a\": {\"metadata\": {\"name\": \"a\"}, \"columns\": {}}}}");
        QCOMPARE(datasetsText(*imported.estate), std::string("/a()"));
        QCOMPARE(
            imported.problemsText(),
            std::string("catalog.json:1:1: note: There is no manifest.json beside the catalog, "
                        "which does not say its platform by itself. Loaded without. "
                        "[dbt.no-manifest]\n"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::DbtImporterTest)
#include "dbt_importer_test.moc"
