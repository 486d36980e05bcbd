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

    void readsWhatTestsSayOfColumns()
    {
        const std::string tests =
            model("a", ", \"columns\": {\"id\": {\"name\": \"id\"}}") +
            ", \"test.shop.t1\": {\"name\": \"t1\", \"column_name\": \"id\", \"attached_node\": "
            "\"model.shop.a\", \"test_metadata\": {\"name\": \"not_null\", \"kwargs\": {}}}"
            ", \"test.shop.t2\": {\"name\": \"t2\", \"column_name\": \"id\", \"depends_on\": {\"nodes\": "
            "[\"model.shop.a\"]}, \"test_metadata\": {\"name\": \"relationships\", \"kwargs\": {\"to\": "
            "\"ref('b')\", \"field\": \"key\"}}}"
            ", \"test.shop.t3\": {\"name\": \"t3\", \"depends_on\": {\"nodes\": []}}"
            ", \"operation.shop.o\": {\"name\": \"o\"}";
        const ImportedText imported = importText("manifest.json", manifest(tests));
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.checks.size(), 3U);
        QCOMPARE(estate.checks[2].type, std::string("sql"));
        QCOMPARE(estate.claims.size(), 2U);
        QCOMPARE(estate.claims[0].subject + " " + estate.claims[0].property,
                 std::string("postgres:///db.core.a#id required"));
        QCOMPARE(estate.claims[1].property + " " + estate.claims[1].value,
                 std::string("references ref('b').key"));
        QCOMPARE(leftOutText(estate),
                 std::string("? t3: a test of no node that the manifest holds\n"
                             "operation: it makes no data\n"));
    }

    // An exposure that refers to a version of a model with a contract is pinned to it.
    void pinsExposuresToVersions()
    {
        const ImportedText imported = importText(
            "manifest.json",
            "{\"metadata\": {\"dbt_schema_version\": "
            "\"https://schemas.getdbt.com/dbt/manifest/v12.json\", \"adapter_type\": \"postgres\"}, "
            "\"nodes\": {\"model.shop.orders.v2\": {\"name\": \"orders\", \"version\": 2, "
            "\"relation_name\": \"db.core.orders\", \"group\": \"sales\", \"config\": {\"contract\": "
            "{\"enforced\": true}}}}, \"groups\": {\"group.shop.sales\": {\"name\": \"sales\", "
            "\"owner\": {\"name\": \"Ann\", \"email\": \"ann@shop\"}}}, \"exposures\": "
            "{\"exposure.shop.board\": {\"name\": \"board\", \"type\": \"dashboard\", \"depends_on\": "
            "{\"nodes\": [\"model.shop.orders.v2\"]}}}}");
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.adoptions.size(), 1U);
        QCOMPARE(estate.adoptions[0].thing + " " + estate.adoptions[0].version + " " +
                     estate.adoptions[0].by,
                 std::string("model.shop.orders 2 exposure"));
        QCOMPARE(estate.teams[0].name + " " + estate.teams[0].contact,
                 std::string("sales ann@shop"));
        QCOMPARE(estate.claims[0].property + " " + estate.claims[0].value,
                 std::string("owner Ann"));
    }

    // "not_null" says as much as a constraint of the contract does.
    void requiresWhatATestOfTheContractRequires()
    {
        const ImportedText imported = importText(
            "manifest.json",
            manifest(
                model("orders", ", \"config\": {\"contract\": {\"enforced\": true}}, \"columns\": "
                                "{\"ID\": {\"name\": \"ID\"}, \"b\": {\"name\": \"b\"}}") +
                ", \"test.shop.t\": {\"name\": \"t\", \"column_name\": \"id\", \"attached_node\": "
                "\"model.shop.orders\", \"test_metadata\": {\"name\": \"not_null\"}}"));
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.fields.size(), 2U);
        QVERIFY(estate.fields[0].isRequired.value_or(false));
        QVERIFY(!estate.fields[1].isRequired.value_or(true));
        QVERIFY(estate.checks[0].field.isValid());
        QCOMPARE(estate.checks[0].contract.value, 0U);
    }

    void readsTheSemanticManifest()
    {
        const ImportedText imported = importData("dbt/semantic/semantic_manifest.json");
        const Estate& estate = *imported.estate;
        QCOMPARE(imported.format, std::string("dbt-semantic-manifest"));
        QCOMPARE(countsText(estate), std::string("columns 3, datasets 1, terms 1"));
        QCOMPARE(estate.datasets[0].path, std::string("shop.marts.orders"));
        QCOMPARE(estate.terms[0].context + ": " + estate.terms[0].name,
                 std::string("shop: order_total"));
        QCOMPARE(leftOutText(estate), std::string("computed columns: an expression, not a column\n"
                                                  "measures: metrics are what is read of them\n"
                                                  "? lost: a semantic model without a relation\n"
                                                  "saved_queries: it makes no data\n"));
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
