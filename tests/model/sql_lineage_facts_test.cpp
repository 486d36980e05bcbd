// SPDX-License-Identifier: Apache-2.0
// What queries say of columns, derived from what the sources give: edges with kinds, what is known besides, what is not understood.
#include "model/import/sql_lineage_facts.h"

#include "model/estate/column_edge_kind.h"
#include "model/estate/estate_builder.h"
#include "model/import/read_query.h"
#include "tests/support/imported_text.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

namespace {

struct File {
    std::string name;
    std::string text;
};

Estate merged(const std::vector<File>& files)
{
    const tests::TemporaryFolder folder;
    for (const File& file : files)
        folder.write(file.name, file.text);
    Progress progress;
    EstateBuilder builder;
    for (const FoundFile& found : findFiles({folder.path()}, {}, progress).files)
        builder.add(*importFile(found, {}, progress)->estate);
    return builder.take();
}

Estate derived(const std::vector<File>& files)
{
    Estate estate = merged(files);
    Progress progress;
    deriveSqlLineage(estate, {}, progress);
    return estate;
}

std::string columnName(const Estate& estate, ColumnIndex index)
{
    const Column& column = estate.columns[index.value];
    return std::string(estate.datasets[column.dataset.value].name()) + "." + column.name;
}

// "raw.id -> core.id identity", sorted, a line each; behind '|' the expression when asked for.
std::string edgesIn(const Estate& estate, bool withExpressions = false)
{
    std::vector<std::string> lines;
    const auto add = [&](const std::string& line, const std::string& expression) {
        lines.push_back(line + (withExpressions ? " | " + expression : "") + "\n");
    };
    for (const ColumnEdge& edge : estate.columnEdges)
        add(columnName(estate, edge.from) + " -> " + columnName(estate, edge.to) + " " +
                std::string(toString(kindOf(estate, edge))),
            edge.expression);
    for (const DatasetInfluence& influence : estate.influences)
        add(columnName(estate, influence.from) + " ~> " +
                std::string(estate.datasets[influence.to.value].name()) + " " +
                std::string(toString(kindOf(influence))),
            influence.expression);
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines)
        all += line;
    return all;
}

std::string problemsOf(const Estate& estate)
{
    std::string all;
    for (const Source& source : estate.sources) {
        for (const Problem& problem : source.problems) {
            if (problem.code.starts_with("sql."))
                all += toText(problem) + "\n";
        }
    }
    return all;
}

std::string model(const std::string& name, const std::string& parents, const std::string& code,
                  const std::string& columns = "")
{
    return "\"model.shop." + name + "\": {\"unique_id\": \"model.shop." + name +
           "\", \"name\": \"" + name +
           "\", \"database\": \"db\", \"schema\": \"core\", \"depends_on\": {\"nodes\": [" +
           parents + "]}, \"columns\": {" + columns + "}, " + code + "}";
}

// With the source raw.orders.
File manifest(const std::string& models)
{
    return {"manifest.json",
            "{\"metadata\": {\"dbt_schema_version\": "
            "\"https://schemas.getdbt.com/dbt/manifest/v12.json\", \"adapter_type\": "
            "\"postgres\"}, \"nodes\": {" +
                models +
                "}, \"sources\": {\"source.shop.raw.orders\": {\"unique_id\": "
                "\"source.shop.raw.orders\", \"name\": \"orders\", \"identifier\": \"orders\", "
                "\"database\": \"db\", \"schema\": \"raw\", \"relation_name\": "
                "\"\\\"db\\\".\\\"raw\\\".\\\"orders\\\"\"}}}"};
}

File catalog(const std::string& columns)
{
    std::string all;
    for (std::size_t at = 0, number = 1; at < columns.size(); ++number) {
        const std::size_t end = std::min(columns.find(' ', at), columns.size());
        const std::string name = columns.substr(at, end - at);
        all += (all.empty() ? "\"" : ", \"") + name +
               "\": {\"type\": \"text\", \"index\": " + std::to_string(number) + ", \"name\": \"" +
               name + "\"}";
        at = end + 1;
    }
    return {"catalog.json",
            "{\"metadata\": {\"dbt_schema_version\": "
            "\"https://schemas.getdbt.com/dbt/catalog/v1.json\"}, \"nodes\": {}, \"sources\": "
            "{\"source.shop.raw.orders\": {\"unique_id\": \"source.shop.raw.orders\", "
            "\"metadata\": {\"type\": \"BASE TABLE\", \"database\": \"db\", \"schema\": \"raw\", "
            "\"name\": \"orders\"}, \"columns\": {" +
                all + "}}}}"};
}

const std::string ofOrders = "\"source.shop.raw.orders\"";

}  // namespace

class SqlLineageFactsTest : public QObject {
    Q_OBJECT

private slots:
    void compiledModelsGiveEdgesWithKinds()
    {
        const Estate estate = derived(
            {manifest(model("totals", ofOrders,
                            "\"compiled_code\": \"select customer as buyer, status, sum(amount) as "
                            "total, md5(mail) as mail_hash from db.raw.orders where state = 'x' "
                            "group by customer, status\"")),
             catalog("customer status amount mail state")});
        QCOMPARE(edgesIn(estate, true), "orders.amount -> totals.total aggregation | sum(amount)\n"
                                        "orders.customer -> totals.buyer rename | customer\n"
                                        "orders.customer ~> totals group by | customer\n"
                                        "orders.mail -> totals.mail_hash masking | md5(mail)\n"
                                        "orders.state ~> totals filter | state = 'x'\n"
                                        "orders.status -> totals.status identity | status\n"
                                        "orders.status ~> totals group by | status\n");
        QCOMPARE(estate.jobs[estate.columnEdges[0].job.value].key(), "shop/totals");
        QCOMPARE(problemsOf(estate), "");
    }

    void aStarIsOfTheColumnsThatTheCatalogGives()
    {
        QCOMPARE(edgesIn(derived({manifest(model("copy", ofOrders,
                                                 "\"compiled_code\": \"select * from "
                                                 "db.raw.orders\"")),
                                  catalog("id name")})),
                 "orders.id -> copy.id identity\norders.name -> copy.name identity\n");
    }

    // Documentation of some columns is no list of all.
    void aStarOverUnknownColumnsIsSaidToBeUnknown()
    {
        const Estate estate = derived({manifest(
            model("copy", ofOrders, "\"compiled_code\": \"select * from db.raw.orders\""))});
        QCOMPARE(edgesIn(estate), "");
        QCOMPARE(leftOutText(estate),
                 "? copy.*: all columns of a relation whose columns no source gives\n");
    }

    void whatAModelGivesIsKnownToTheModelsThatReadIt()
    {
        const std::string stage =
            model("stage", ofOrders,
                  "\"compiled_code\": \"select id, upper(name) as label from db.raw.orders\"");
        const std::string mart = model("mart", "\"model.shop.stage\"",
                                       "\"compiled_code\": \"select * from db.core.stage\"");
        QCOMPARE(edgesIn(derived({manifest(mart + ", " + stage)})),
                 "orders.id -> stage.id identity\n"
                 "orders.name -> stage.label transformation\n"
                 "stage.id -> mart.id identity\n"
                 "stage.label -> mart.label identity\n");
    }

    // dbt puts the text of an ephemeral model into that of the models that read it; still they read the model.
    void aModelThatIsInlinedIsReadAsOne()
    {
        const std::string stage =
            model("stage", ofOrders,
                  "\"config\": {\"materialized\": \"ephemeral\"}, \"compiled_code\": \"select "
                  "id, upper(name) as label from db.raw.orders\"");
        const std::string mart = model(
            "mart", "\"model.shop.stage\"",
            "\"compiled_code\": \"with __dbt__cte__stage as (\\nselect id, upper(name) as label "
            "from db.raw.orders\\n), s as (select * from __dbt__cte__stage) select label from s\"");
        const Estate estate = derived({manifest(mart + ", " + stage), catalog("id name")});
        QCOMPARE(edgesIn(estate), "orders.id -> stage.id identity\n"
                                  "orders.name -> stage.label transformation\n"
                                  "stage.label -> mart.label identity\n");
        QCOMPARE(estate.lineageEdges.size(), std::size_t(2));
        QCOMPARE(leftOutText(estate), "");
    }

    void aColumnThatMayBeOfSeveralRelationsStaysUnknown()
    {
        const Estate estate = derived({{"a.sql", "create table a (id int, x int);\n"
                                                 "create table b (id int, x int);\n"
                                                 "create view v as\n"
                                                 "select x, a.id\n"
                                                 "from a join b on a.id = b.id;\n"}});
        QCOMPARE(edgesIn(estate), "a.id -> v.id identity\na.id ~> v join\nb.id ~> v join\n");
        QVERIFY(leftOutText(estate).starts_with("? v.x: "));
    }

    void theLineInsideTheQueryIsEvidenceWhereTheSourceHasLines()
    {
        const Estate estate = derived({{"a.sql", "create table a (id int, x int);\n"
                                                 "create view v as\n"
                                                 "select id,\n"
                                                 "  x + 1 as y\n"
                                                 "from a;\n"}});
        QCOMPARE(edgesIn(estate), "a.id -> v.id identity\na.x -> v.y transformation\n");
        QCOMPARE(places(estate, estate.columnEdges.at(1).evidence).at(0).span.line, 4);
    }

    void anInsertFillsTheTableThatItNames()
    {
        const Estate estate = derived({{"a.sql", "create table a (id int, x int);\n"
                                                 "create table b (nr int, y int);\n"
                                                 "insert into b (nr, y) select id, x from a;\n"}});
        QCOMPARE(edgesIn(estate), "a.id -> b.nr rename\na.x -> b.y rename\n");
        QCOMPARE(countsText(estate), "columnEdges 2, columns 4, datasetEdges 1, datasets 2");
    }

    void whatASourceStatesWinsAndGetsTheExpression()
    {
        Estate estate = merged({{"a.sql", "create table a (id int);\n"
                                          "create view v as select id + 1 as id from a;\n"}});
        ColumnEdge stated;
        stated.from = ColumnIndex(0);
        estate.columns.push_back({DatasetIndex(1), "id", "", "", {}});
        estate.datasets[1].columns.push_back(ColumnIndex(1));
        stated.to = ColumnIndex(1);
        stated.transformation = "AGGREGATION";
        estate.columnEdges = {stated};
        Progress progress;
        const SqlLineageOutcome outcome = deriveSqlLineage(estate, {}, progress);
        QCOMPARE(outcome.columnEdges, 0);
        QCOMPARE(edgesIn(estate, true), "a.id -> v.id aggregation | id + 1\n");
    }

    void jinjaThatWasNotCompiledIsSaidOnce()
    {
        const std::string raw = "\"raw_code\": \"select * from {{ ref('x') }}\"";
        const Estate estate = derived({manifest(
            model("a", "", raw) + ", " + model("b", "", "\"raw_code\": \"select {{ x }}\""))});
        QCOMPARE(problemsOf(estate),
                 "manifest.json: note: 2 models are Jinja that was not compiled: where the columns "
                 "come from is not known. Run dbt compile, and import again. [sql.jinja]\n");
    }

    void whatIsNotUnderstoodIsSaidWithItsLine()
    {
        const Estate estate =
            derived({{"a.sql", "create table a (id int, x int);\n"
                               "create view v as\n"
                               "select * from a match_recognize (partition by id measures x as y "
                               "pattern (b) define b as x > 1);\n"}});
        QVERIFY(problemsOf(estate).starts_with("a.sql:3: warning: v: not understood: "));
    }

    void aContractsLogicFillsItsOneColumn()
    {
        const Estate estate = derived(
            {{"a.sql", "-- PostgreSQL database dump\ncreate table shop.public.lines (x int, y int, "
                       "z int);\n"},
             {"a.odcs.yaml",
              "kind: DataContract\napiVersion: v3.0.2\nid: a\nversion: 1.0.0\nstatus: active\n"
              "servers:\n  - {server: s, type: postgres, database: shop, schema: public}\n"
              "schema:\n  - name: orders\n    properties:\n      - name: total\n        "
              "transformLogic: select sum(x) as t from lines where y > 0\n"}});
        QCOMPARE(edgesIn(estate), "lines.x -> orders.total aggregation\n"
                                  "lines.y -> orders.total filter\n");
    }

    void whatIsKnownIsNotReadAgain()
    {
        const std::string models =
            model("a", ofOrders, "\"compiled_code\": \"select * from db.raw.orders\"") + ", " +
            model("b", "\"model.shop.a\"", "\"compiled_code\": \"select * from db.core.a\"") +
            ", " + model("c", "", "\"compiled_code\": \"select 1 as one\"");
        Progress progress;
        Estate first = merged({manifest(models), catalog("id name")});
        const SqlLineageOutcome one = deriveSqlLineage(first, {}, progress);
        QCOMPARE(one.read, 3);
        Estate second = merged({manifest(models), catalog("id name")});
        const SqlLineageOutcome two = deriveSqlLineage(second, one.isNew, progress);
        QCOMPARE(two.read, 0);
        QVERIFY(two.isNew.empty() && two.isGone.empty());
        QCOMPARE(edgesIn(second, true), edgesIn(first, true));

        // Another column in the source: what reads it is read again, and what reads that.
        Estate third = merged({manifest(models), catalog("id name mail")});
        const SqlLineageOutcome three = deriveSqlLineage(third, one.isNew, progress);
        QCOMPARE(three.read, 2);
        QVERIFY(edgesIn(third).find("a.mail -> b.mail identity\n") != std::string::npos);

        // A model that is gone.
        Estate fourth = merged({manifest(model("c", "", "\"compiled_code\": \"select 1 as one\"")),
                                catalog("id name")});
        QCOMPARE(deriveSqlLineage(fourth, one.isNew, progress).isGone.size(), std::size_t(2));
    }

    void decayedMemoryIsReadAgain()
    {
        Progress progress;
        const std::vector<File> files = {{"a.sql", "create table a (id int);\n"
                                                   "create view v as select id from a;\n"}};
        Estate estate = merged(files);
        KnownQueries known = deriveSqlLineage(estate, {}, progress).isNew;
        for (auto& [key, facts] : known)
            facts[facts.size() / 2] ^= 1;
        Estate again = merged(files);
        QCOMPARE(deriveSqlLineage(again, known, progress).read, 1);
        QCOMPARE(edgesIn(again), edgesIn(estate));
    }

    void stoppedWorkAddsNothing()
    {
        Estate estate = merged({{"a.sql", "create table a (id int);\n"
                                          "create view v as select id from a;\n"}});
        Progress progress;
        progress.requestStop();
        QVERIFY(!deriveSqlLineage(estate, {}, progress).isComplete);
        QCOMPARE(edgesIn(estate), "");
    }

    void whatWasUnderstoodGoesToTextAndBack()
    {
        ReadQuery query;
        SqlStatement statement;
        statement.kind = SqlStatementKind::Insert;
        statement.target = SqlName{{{"a", false}, {"B c", true}}};
        statement.relations = {SqlName{{{"r", false}}}};
        SqlInput input;
        input.column = "x:y;1";
        input.influence = SqlInfluence::Window;
        input.isMasked = true;
        input.expression = "over (x)";
        input.line = 3;
        statement.outputs.push_back({"o", {input}, false, "Why.", 4});
        statement.influences = {input};
        statement.hasUnknownColumns = true;
        statement.notUnderstood = {{"PIVOT", 9}};
        statement.line = 2;
        query.statements = {statement};
        query.asked = {{SqlName{{{"r", false}}}, ~std::uint64_t(0)}};
        const std::string text = packed(query);
        const std::optional<ReadQuery> again = readQueryFrom(text);
        QVERIFY(again.has_value());
        QCOMPARE(packed(*again), text);
        QCOMPARE(again->statements[0].target->text(), "a.B c");
        QVERIFY(again->asked[0].columns == ~std::uint64_t(0));
        for (std::size_t size = 0; size < text.size(); ++size)
            QVERIFY(!readQueryFrom(text.substr(0, size)));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SqlLineageFactsTest)
#include "sql_lineage_facts_test.moc"
