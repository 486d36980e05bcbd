// SPDX-License-Identifier: Apache-2.0
// SQL data definitions in several dialects. Where the counts come from says tests/data/sql/SOURCES.md, the
// others are counted by hand.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

namespace {

std::string claimsText(const Estate& estate)
{
    std::string text;
    for (const Claim& claim : estate.claims)
        text += claim.subject + " " + claim.property + " " + claim.value + "\n";
    return text;
}

std::string readsText(const Estate& estate)
{
    std::string text;
    for (const LineageEdge& edge : estate.lineageEdges)
        text += estate.datasets[edge.from.value].path + " > " +
                estate.datasets[edge.to.value].path + "\n";
    return text;
}

}  // namespace

class SqlImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsPostgreSql()
    {
        const ImportedText imported = importData("sql/information_schema.sql");
        const Estate& estate = *imported.estate;
        QCOMPARE(imported.format, std::string("sql"));
        QCOMPARE(countsText(estate), std::string("columns 21, datasetEdges 212, datasets 90"));
        const auto isMade = [](const Dataset& one) { return !one.type.empty(); };
        QCOMPARE(std::count_if(estate.datasets.begin(), estate.datasets.end(), isMade), 69);
        QCOMPARE(imported.problemsText(), std::string());
        // Joins in brackets, sources behind a query in brackets, extract(... from ...).
        const std::string reads = readsText(estate);
        for (const char* edge : {"pg_attrdef > columns\n", "pg_sequence > columns\n",
                                 "pg_attribute > triggered_update_columns\n",
                                 "_pg_foreign_servers > _pg_user_mappings\n"})
            QVERIFY2(reads.find(edge) != std::string::npos, edge);
    }

    void readsADump()
    {
        const ImportedText imported = importText(
            "a.sql",
            "--\n-- PostgreSQL database dump\n--\n\\connect shop\n"
            "CREATE TABLE public.film (\n    id integer DEFAULT "
            "nextval('film_seq'::regclass) NOT NULL,\n    rate numeric(4,2) DEFAULT 4.99,\n"
            "    fulltext tsvector,\n    tags text[]\n);\nCOPY public.film (id) FROM "
            "stdin;\n1\tit's; create table x (\n\\.\n\nALTER TABLE ONLY public.film\n    ADD "
            "CONSTRAINT pk PRIMARY KEY (id);\nCOMMENT ON TABLE public.film IS 'Moving "
            "pictures';\nCREATE FUNCTION f() RETURNS int AS $_$ begin; create table y(); "
            "end; $_$ LANGUAGE plpgsql;\n");
        const Estate& estate = *imported.estate;
        QCOMPARE(countsText(estate), std::string("columns 4, datasets 1"));
        QCOMPARE(estate.datasets[0].key() + ": " + estate.datasets[0].description,
                 std::string("postgres:///public.film: Moving pictures"));
        QCOMPARE(estate.columns[1].type + ", " + estate.columns[3].type,
                 std::string("numeric(4,2), text[]"));
        QCOMPARE(claimsText(estate), std::string("postgres:///public.film#id required true\n"
                                                 "postgres:///public.film#id key 1\n"));
    }

    void readsMySql()
    {
        const ImportedText imported = importData("sql/webshop-mysql.sql");
        const Estate& estate = *imported.estate;
        QCOMPARE(countsText(estate), std::string("columns 7, datasetEdges 2, datasets 3"));
        QCOMPARE(claimsText(estate),
                 std::string("mysql:///webshop.order#id required true\n"
                             "mysql:///webshop.order#customer_id required true\n"
                             "mysql:///webshop.order#id key 1\n"
                             "mysql:///webshop.order#customer_id references webshop.customer.id\n"
                             "mysql:///webshop.customer#id required true\n"
                             "mysql:///webshop.customer#id key 1\n"));
        QCOMPARE(estate.columns[0].type + ": " + estate.columns[0].description,
                 std::string("bigint unsigned: The order's number"));
        QCOMPARE(estate.columns[2].name, std::string("key"));
        QCOMPARE(estate.columns[3].type, std::string("enum('open','paid','sent')"));
        QCOMPARE(estate.datasets[0].description, std::string("What customers buy"));
        QCOMPARE(readsText(estate), std::string("webshop.order > webshop.order_list\n"
                                                "webshop.customer > webshop.order_list\n"));
        QCOMPARE(leftOutText(estate),
                 std::string("constraint KEY: not kept\n"
                             "INSERT: a statement that declares no table\n"
                             "DELIMITER: a statement that declares no table\n"
                             "CREATE PROCEDURE: a statement that declares no table\n"));
    }

    void readsOtherDialects()
    {
        const ImportedText imported = importData("sql/warehouse.sql");
        const Estate& estate = *imported.estate;
        QCOMPARE(countsText(estate), std::string("columns 11, datasetEdges 4, datasets 8"));
        QCOMPARE(estate.columns[2].type, std::string("array<struct<sku string, amount int64>>"));
        QCOMPARE(estate.columns[3].name, std::string("Gross.Total"));
        QCOMPARE(estate.datasets[0].description, std::string("One row for each order"));
        QCOMPARE(estate.datasets[1].path, std::string("dbo.Customer"));
        QCOMPARE(readsText(estate), std::string("dwh.core.fact_order > dwh.mart.revenue\n"
                                                "dwh.core.calendar > dwh.mart.revenue\n"
                                                "dwh.core.rate > dwh.mart.revenue\n"
                                                "dwh.core.discount > dwh.mart.revenue\n"));
        QCOMPARE(imported.problemsText(),
                 std::string("sql/warehouse.sql:22: warning: The list of columns does not end "
                             "(expected a closing bracket). Kept as far as it goes. "
                             "[sql.open-bracket]\n"));
    }

    void saysWhatIsWrong()
    {
        QCOMPARE(importText("a.sql", "create table;\ncreate table t (a int);").problemsText(),
                 std::string("a.sql:1: warning: A table has no name (expected one here). Statement "
                             "skipped. [sql.no-name]\n"));
    }

    void leavesOthersAlone()
    {
        QCOMPARE(importText("a.sql", "select * from t;").format, std::string());
        QCOMPARE(importText("a.txt", "Create the table view\nof all").format, std::string());
        QCOMPARE(importText("notes.txt", "Please create table a").format, std::string());
        QCOMPARE(importText("a.txt", "CREATE TABLE a (b int)").format, std::string("sql"));
    }

    void readsAnythingToAnEnd()
    {
        for (const char* piece :
             {"(", ")", ",", "'", "\"", "`", "[a", "$$", "/*", ";", "a ", "a.", "create table a(",
              "create view a as with a as (", "from (", "alter table a add b int,", "<", "as (",
              "copy a from stdin;\n"}) {
            std::string text = "create table t (a int);\ncreate view v as select * ";
            for (int i = 0; i < 30'000; ++i)
                text += piece;
            QCOMPARE(importText("a.sql", text).format, std::string("sql"));
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SqlImporterTest)
#include "sql_importer_test.moc"
