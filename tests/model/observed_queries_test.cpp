// SPDX-License-Identifier: Apache-2.0
// The queries and expressions that each format carries, with the dataset that they fill and where they stand.
#include "model/estate/estate_builder.h"
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

namespace {

// "key [column] by job in dialect/space at line(first line): text", a line each.
std::string queriesIn(const Estate& estate)
{
    std::string all;
    for (const ObservedQuery& query : estate.queries) {
        std::string line =
            query.writes.isValid() ? estate.datasets[query.writes.value].key() : "(itself)";
        line += query.column.empty() ? "" : " [" + query.column + "]";
        line += query.job.isValid() ? " by " + estate.jobs[query.job.value].key() : "";
        line += " in " + query.dialect + "/" + query.space;
        line += " at " + std::to_string(query.evidence.line) +
                (query.firstLine > 0 ? "=" + std::to_string(query.firstLine) : "");
        line += (query.isTemplate ? " template: " : ": ") + query.text;
        std::replace(line.begin(), line.end(), '\n', '|');
        all += line + "\n";
    }
    return all;
}

std::string manifest(const std::string& texts)
{
    return "{\"metadata\": {\"dbt_schema_version\": "
           "\"https://schemas.getdbt.com/dbt/manifest/v12.json\", \"adapter_type\": \"Postgres\"},"
           "\n\"nodes\": {\"model.shop.orders\": {\"unique_id\": \"model.shop.orders\", \"name\": "
           "\"orders\", \"database\": \"db\", \"schema\": \"core\", \"depends_on\": {\"nodes\": []},"
           "\n" +
           texts + "}}, \"sources\": {}}";
}

std::string queriesOfManifest(const std::string& texts)
{
    const ImportedText imported = importText("manifest.json", manifest(texts));
    return imported.problemsText() + queriesIn(*imported.estate);
}

}  // namespace

class ObservedQueriesTest : public QObject {
    Q_OBJECT

private slots:
    void dbtsCompiledTextGoesBeforeTheRawOne()
    {
        QCOMPARE(queriesOfManifest("\"raw_code\": \"select {{ x }}\",\n\"compiled_code\": \"select "
                                   "1\""),
                 "postgres:///db.core.orders by shop/orders in postgres/db.core at 4: select 1\n");
        QCOMPARE(queriesOfManifest("\"raw_sql\": \"{{ x }}\", \"compiled_sql\": \"select 2\""),
                 "postgres:///db.core.orders by shop/orders in postgres/db.core at 3: select 2\n");
    }

    void jinjaThatWasNotCompiledIsKnown()
    {
        QCOMPARE(queriesOfManifest("\"raw_code\": \"select * from {{ ref('a') }}\""),
                 "postgres:///db.core.orders by shop/orders in postgres/db.core at 3 template: "
                 "select * from {{ ref('a') }}\n");
        QCOMPARE(queriesOfManifest("\"raw_code\": \"select 1\""),
                 "postgres:///db.core.orders by shop/orders in postgres/db.core at 3: select 1\n");
    }

    void aModelInPythonHasNoQuery()
    {
        QCOMPARE(queriesOfManifest("\"language\": \"python\", \"raw_code\": \"def model(): 1\""),
                 "");
    }

    void sqlFilesGiveWhatFillsATableOrIsAView()
    {
        const ImportedText imported = importText(
            "a.sql", "use shop;\ncreate table a (id int);\ncreate view v as\n  select id from a;\n"
                     "create table b as select id from a;\n"
                     "insert into a (id)\nselect id from b;\n"
                     "insert into a values ('select');\n");
        QCOMPARE(queriesIn(*imported.estate),
                 "/shop.v in /shop at 3=3: create view v as|  select id from a\n"
                 "/shop.b in /shop at 5=5: create table b as select id from a\n"
                 "(itself) in /shop at 6=6: insert into a (id)|select id from b\n");
        QCOMPARE(leftOutText(*imported.estate), "INSERT: a statement that declares no table\n");
    }

    void openLineageGivesTheTextOnceHoweverOftenItRuns()
    {
        const std::string event =
            "{\"eventTime\": \"2026-01-01T00:00:00Z\", \"eventType\": \"COMPLETE\", \"producer\": "
            "\"p\", \"schemaURL\": \"https://openlineage.io/spec/2-0-2/OpenLineage.json\", "
            "\"run\": {\"runId\": \"0192b7a2-0000-7000-8000-000000000001\"}, \"job\": "
            "{\"namespace\": \"airflow\", \"name\": \"load\", \"facets\": {\"sql\": {\"_producer\": "
            "\"p\", \"query\": \"select id from raw\", \"dialect\": \"Snowflake\"}}}, \"inputs\": "
            "[{\"namespace\": \"postgres://db:5432\", \"name\": \"shop.raw\"}], \"outputs\": "
            "[{\"namespace\": \"postgres://db:5432\", \"name\": \"shop.core\", \"facets\": "
            "{\"columnLineage\": {\"_producer\": \"p\", \"fields\": {\"id\": {\"inputFields\": "
            "[{\"namespace\": \"postgres://db:5432\", \"name\": \"shop.raw\", \"field\": \"id\", "
            "\"transformations\": [{\"type\": \"DIRECT\", \"subtype\": \"TRANSFORMATION\", "
            "\"description\": \"id + 1\"}]}]}}}}}]}";
        const ImportedText imported = importText("events.ndjson", event + "\n" + event + "\n");
        QCOMPARE(queriesIn(*imported.estate), "postgres://db:5432/shop.core by airflow/load in "
                                              "snowflake/ at 1: select id from raw\n");
        QCOMPARE(imported.estate->columnEdges.at(0).expression, "id + 1");
        QCOMPARE(imported.estate->columnEdges.at(0).transformation, "TRANSFORMATION");
    }

    void dataHubGivesTheLogicOfAView()
    {
        const ImportedText imported = importText(
            "a.json",
            "[{\"entityType\": \"dataset\", \"entityUrn\": "
            "\"urn:li:dataset:(urn:li:dataPlatform:postgres,shop.public.v,PROD)\", "
            "\"changeType\": \"UPSERT\", \"aspectName\": \"viewProperties\", \"aspect\": {\"json\": "
            "{\"materialized\": false, \"viewLogic\": \"select 1 as a\", \"viewLanguage\": "
            "\"SQL\"}}}]");
        QCOMPARE(queriesIn(*imported.estate),
                 "postgres:///shop.public.v in postgres/ at 1: select 1 as a\n");
    }

    void aContractsLogicFillsOneColumn()
    {
        const ImportedText imported = importText(
            "a.odcs.yaml",
            "kind: DataContract\napiVersion: v3.0.2\nid: a\nversion: 1.0.0\nstatus: active\n"
            "servers:\n  - {server: s, type: postgres, host: db, port: 5432, database: shop, "
            "schema: public}\n"
            "schema:\n  - name: orders\n    properties:\n      - name: total\n        "
            "transformLogic: select sum(x) as total from lines\n      - name: note\n        "
            "transformLogic: by hand\n");
        QCOMPARE(imported.problemsText(), "");
        QCOMPARE(queriesIn(*imported.estate),
                 "postgres://db:5432/shop.public.orders [total] in postgres/shop.public at 12: "
                 "select sum(x) as total from lines\n");
        QCOMPARE(leftOutText(*imported.estate), "transformLogic: no query\n");
    }

    void atlasGivesTheTextOfAProcess()
    {
        const ImportedText imported = importData("atlas/hs2-create-process-v2.json");
        QCOMPARE(queriesIn(*imported.estate),
                 "hive://primary/cadb202.vw202 by primary/cadb202.vw202@primary:1616604471000 in "
                 "hive/ at 33: create table vw202 as select * from hh202\n");
    }

    void theSameQueryOfTwoSourcesIsOne()
    {
        EstateBuilder builder;
        const ImportedText one =
            importText("manifest.json", manifest("\"raw_code\": \"select 1\""));
        builder.add(*one.estate);
        builder.add(*one.estate);
        const Estate merged = builder.take();
        QCOMPARE(queriesIn(merged), queriesIn(*one.estate));
        QCOMPARE(places(merged, merged.queries.at(0).evidence).size(), std::size_t(2));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ObservedQueriesTest)
#include "observed_queries_test.moc"
