// SPDX-License-Identifier: Apache-2.0
// Column lineage of SQL, construct by construct: a query, and what its columns are made of, as text.
#include "model/sql/sql_lineage.h"

#include "tests/support/text_output.h"

#include <map>

namespace portolan {

namespace {

class KnownTables : public SqlCatalog {
public:
    KnownTables()
    {
        m_columns["orders"] = {"id", "customer_id", "amount", "status", "placed_at"};
        m_columns["lines"] = {"order_id", "sku", "quantity", "price"};
        m_columns["customers"] = {"id", "name", "email", "address"};
        m_columns["archive"] = {"id", "customer_id", "amount", "status", "placed_at"};
        m_columns["months"] = {"region", "jan", "feb"};
        m_columns["sales"] = {"region", "month", "amount"};
    }

    const std::vector<std::string>* columns(const SqlName& relation) const override
    {
        std::string name = relation.parts.back().text;
        for (char& c : name)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const auto found = m_columns.find(name);
        return found == m_columns.end() ? nullptr : &found->second;
    }

private:
    std::map<std::string, std::vector<std::string>> m_columns;
};

std::string word(SqlInfluence influence)
{
    switch (influence) {
    case SqlInfluence::Identity:
        return "identity";
    case SqlInfluence::Rename:
        return "rename";
    case SqlInfluence::Transformation:
        return "transformation";
    case SqlInfluence::Aggregation:
        return "aggregation";
    case SqlInfluence::Conditional:
        return "conditional";
    case SqlInfluence::Filter:
        return "filter";
    case SqlInfluence::Join:
        return "join";
    case SqlInfluence::GroupBy:
        return "group by";
    case SqlInfluence::Sort:
        return "sort";
    case SqlInfluence::Window:
        return "window";
    }
    return "?";
}

std::string textOf(const SqlStatement& statement, const SqlInput& input)
{
    return statement.relations[input.relation].text() + '.' + input.column + " (" +
           word(input.influence) + (input.isMasked ? ", masked)" : ")");
}

// "total <- orders.amount (aggregation); n <- nothing", and what is not complete with its sentence.
std::string outputs(const SqlStatement& statement)
{
    std::string text;
    for (const SqlOutput& output : statement.outputs) {
        text += (text.empty() ? "" : "; ") + output.name + " <- ";
        std::string inputs;
        for (const SqlInput& input : output.inputs)
            inputs += (inputs.empty() ? "" : ", ") + textOf(statement, input);
        text += inputs.empty() ? (output.isComplete ? "nothing" : "?") : inputs;
        if (!output.isComplete)
            text += " [" + output.whyNot + ']';
    }
    if (statement.hasUnknownColumns)
        text += (text.empty() ? "" : "; ") + std::string("...");
    for (const SqlNotUnderstood& one : statement.notUnderstood)
        text += " !" + one.construct + ':' + std::to_string(one.line);
    return text;
}

std::vector<SqlStatement> read(std::string_view text, SqlDialect dialect)
{
    return sqlLineage(text, dialect, KnownTables());
}

std::string lineage(std::string_view text, SqlDialect dialect = SqlDialect::Generic)
{
    std::string all;
    for (const SqlStatement& statement : read(text, dialect))
        all += (all.empty() ? "" : " | ") + outputs(statement);
    return all;
}

// Of the last statement.
std::string influences(std::string_view text, SqlDialect dialect = SqlDialect::Generic)
{
    const std::vector<SqlStatement> statements = read(text, dialect);
    std::string all;
    for (const SqlInput& input : statements.back().influences)
        all += (all.empty() ? "" : ", ") + textOf(statements.back(), input);
    return all;
}

}  // namespace

class SqlLineageTest : public QObject {
    Q_OBJECT

private slots:
    void tellsTheKindsOfColumns()
    {
        QCOMPARE(lineage("select id, amount as total, o.status || 'x' as s, cast(id as text) as id "
                         "from orders o"),
                 "id <- orders.id (identity); total <- orders.amount (rename); "
                 "s <- orders.status (transformation); id <- orders.id (transformation)");
        QCOMPARE(lineage("select ID, AMOUNT::int as Amount from Orders"),
                 "ID <- Orders.id (identity); Amount <- Orders.amount (transformation)");
        QCOMPARE(lineage("select count(*) as n, 1 as one, current_date as d from orders"),
                 "n <- nothing; one <- nothing; d <- nothing");
        QCOMPARE(
            lineage("select sum(amount * 2) + 1 as t, count(distinct status) as s from orders"),
            "t <- orders.amount (aggregation); s <- orders.status (aggregation)");
        QCOMPARE(lineage("select md5(email) as e, sha2(lower(name), 256) as n from customers"),
                 "e <- customers.email (transformation, masked); "
                 "n <- customers.name (transformation, masked)");
    }

    void tellsWhatOnlyDecides()
    {
        QCOMPARE(
            lineage("select case when status = 'paid' then amount else 0 end as paid from orders"),
            "paid <- orders.status (conditional), orders.amount (transformation)");
        QCOMPARE(
            lineage("select case status when 'a' then 1 end as c, iff(id > 1, amount, 0) as i, "
                    "decode(status, 'x', id, amount) as d from orders"),
            "c <- orders.status (conditional); "
            "i <- orders.id (conditional), orders.amount (transformation); "
            "d <- orders.status (conditional), orders.id (transformation), "
            "orders.amount (transformation)");
        QCOMPARE(lineage("select sum(amount) filter (where status = 'paid') as paid from orders"),
                 "paid <- orders.amount (aggregation), orders.status (conditional)");
        QCOMPARE(influences("select o.id from orders o join lines l on l.order_id = o.id "
                            "where status = 'x' group by o.id having max(price) > 1 order by o.id"),
                 "lines.order_id (join), orders.id (join), orders.status (filter), "
                 "lines.price (filter), orders.id (group by), orders.id (sort)");
    }

    void readsWindows()
    {
        QCOMPARE(
            lineage("select row_number() over (partition by customer_id order by placed_at) as n, "
                    "lag(amount) over w as before, sum(amount) over (w rows 3 preceding) as run "
                    "from orders window w as (order by id)"),
            "n <- orders.customer_id (window), orders.placed_at (window); "
            "before <- orders.amount (transformation), orders.id (window); "
            "run <- orders.amount (aggregation), orders.id (window)");
        QCOMPARE(influences("select id from orders qualify row_number() over "
                            "(partition by customer_id order by placed_at desc) = 1",
                            SqlDialect::Snowflake),
                 "orders.customer_id (filter), orders.placed_at (filter)");
    }

    void composesKindsThroughQueries()
    {
        QCOMPARE(
            lineage("with a as (select amount as x from orders), b as (select x as amount from a) "
                    "select amount from b"),
            "amount <- orders.amount (identity)");
        QCOMPARE(lineage("select t * 2 as u from (select sum(amount) as t from orders) s"),
                 "u <- orders.amount (aggregation)");
        QCOMPARE(lineage("select max(n) as m from (select row_number() over (order by id) as n "
                         "from orders) x"),
                 "m <- orders.id (window)");
        QCOMPARE(influences("with used as (select id from orders where status = 'x'), "
                            "unused as (select id from customers where name = 'y') "
                            "select id from used"),
                 "orders.status (filter)");
    }

    void expandsStars()
    {
        QCOMPARE(lineage("select * from customers"),
                 "id <- customers.id (identity); name <- customers.name (identity); "
                 "email <- customers.email (identity); address <- customers.address (identity)");
        QCOMPARE(lineage("select l.*, o.id from orders o, lines l"),
                 "order_id <- lines.order_id (identity); sku <- lines.sku (identity); "
                 "quantity <- lines.quantity (identity); price <- lines.price (identity); "
                 "id <- orders.id (identity)");
        QCOMPARE(
            lineage("select * except (email, address) replace (upper(name) as name) from customers",
                    SqlDialect::BigQuery),
            "id <- customers.id (identity); name <- customers.name (transformation)");
        QCOMPARE(lineage("select * exclude (email, address) rename (name as who) from customers",
                         SqlDialect::Snowflake),
                 "id <- customers.id (identity); who <- customers.name (rename)");
        QCOMPARE(lineage("select * from nobody"), "...");
        QCOMPARE(lineage("with a as (select * from nobody) select x, a.y from a"),
                 "x <- nobody.x (identity); y <- nobody.y (identity)");
    }

    void guessesNothing()
    {
        QCOMPARE(lineage("select x from nobody, nothing"),
                 "x <- ? [Column 'x' may be of nobody or of nothing.]");
        QCOMPARE(lineage("select id from orders, customers"),
                 "id <- ? [Column 'id' may be of orders or of customers.]");
        QCOMPARE(lineage("select amount from nobody join orders on true"),
                 "amount <- orders.amount (identity)");
        QCOMPARE(lineage("select colour from orders"),
                 "colour <- ? [No relation here has a column 'colour'.]");
        QCOMPARE(lineage("select o.colour, p.id from orders o", SqlDialect::PostgreSql),
                 "colour <- ? [Column 'colour' is not among the known columns of o.]; "
                 "id <- ? [Nothing here is called 'p'.]");
    }

    void tellsOfNamesInConditions()
    {
        QCOMPARE(lineage("select o.id from nobody, nothing, orders o\nwhere x = 1"),
                 "id <- orders.id (identity) !Column 'x' may be of nobody or of nothing:2");
        QCOMPARE(lineage("select id from orders where amount > > 1"),
                 "id <- orders.id (identity) !> 1:1");
    }

    void joinsByName()
    {
        QCOMPARE(lineage("select id, name from orders join customers using (id)"),
                 "id <- orders.id (identity), customers.id (identity); "
                 "name <- customers.name (identity)");
        QCOMPARE(lineage("select id from orders left join customers using (id)"),
                 "id <- orders.id (identity)");
        QCOMPARE(lineage("select id from orders full join customers using (id)"),
                 "id <- orders.id (identity), customers.id (identity)");
        QCOMPARE(influences("select name from orders natural join customers"),
                 "orders.id (join), customers.id (join)");
        QCOMPARE(lineage("select * from (select id, name from customers) c join "
                         "(select id, amount from orders) o using (id)"),
                 "id <- customers.id (identity), orders.id (identity); "
                 "name <- customers.name (identity); amount <- orders.amount (identity)");
    }

    void seesSubqueries()
    {
        QCOMPARE(
            lineage("select (select max(amount) from orders o where o.customer_id = c.id) as top "
                    "from customers c"),
            "top <- orders.amount (aggregation)");
        QCOMPARE(influences("select id from customers c where exists "
                            "(select 1 from orders o where o.customer_id = c.id)"),
                 "orders.customer_id (filter), customers.id (filter)");
        QCOMPARE(
            influences("select name from customers where id in (select customer_id from orders)"),
            "customers.id (filter), orders.customer_id (filter)");
        QCOMPARE(lineage("select c.name, t.last from customers c cross join lateral "
                         "(select max(placed_at) as last from orders where customer_id = c.id) t"),
                 "name <- customers.name (identity); last <- orders.placed_at (aggregation)");
    }

    void unitesSides()
    {
        QCOMPARE(
            lineage("select id, amount from orders union all select customer_id, 0 from archive"),
            "id <- orders.id (identity), archive.customer_id (rename); "
            "amount <- orders.amount (identity)");
        QCOMPARE(
            lineage("select id, name from customers union by name select name, id from customers",
                    SqlDialect::DuckDb),
            "id <- customers.id (identity); name <- customers.name (identity)");
        QCOMPARE(lineage("select x from (select * from one union all select * from two) u"),
                 "x <- one.x (identity) [The columns of one are not known.]");
        QCOMPARE(influences("select id from orders union select id from archive order by id"),
                 "orders.id (sort), archive.id (sort)");
    }

    void goesRoundInRecursion()
    {
        QCOMPARE(lineage("with recursive t(a, b) as (select id, amount from orders union all "
                         "select b, a + 1 from t) select a, b from t"),
                 "a <- orders.id (rename), orders.amount (rename), orders.id (transformation), "
                 "orders.amount (transformation); "
                 "b <- orders.amount (rename), orders.id (transformation), "
                 "orders.amount (transformation)");
        QCOMPARE(lineage("with orders as (select * from orders) select id from orders"),
                 "id <- orders.id (identity)");
    }

    void usesAliasesOfTheSameSelect()
    {
        QCOMPARE(
            lineage("select amount * 2 as double, double + 1 as more from orders",
                    SqlDialect::Snowflake),
            "double <- orders.amount (transformation); more <- orders.amount (transformation)");
        QCOMPARE(lineage("select amount * 2 as double, double + 1 as more from orders",
                         SqlDialect::BigQuery),
                 "double <- orders.amount (transformation); "
                 "more <- ? [No relation here has a column 'double'.]");
        QCOMPARE(influences("select date_trunc('month', placed_at) as m, count(*) from orders "
                            "group by m order by 1"),
                 "orders.placed_at (group by), orders.placed_at (sort)");
    }

    void readsPathsOfStructsAndJson()
    {
        QCOMPARE(lineage("select address.city, c.address.zip as z from customers c",
                         SqlDialect::BigQuery),
                 "city <- customers.address.city (identity); z <- customers.address.zip (rename)");
        QCOMPARE(
            lineage("select address:geo.lat::float as lat from customers", SqlDialect::Snowflake),
            "lat <- customers.address.geo.lat (transformation)");
        QCOMPARE(
            lineage("select address -> 'geo' ->> 'lat' as lat, address['a'] as a from customers",
                    SqlDialect::PostgreSql),
            "lat <- customers.address.geo.lat (identity); a <- customers.address.a (identity)");
        QCOMPARE(
            lineage(
                "select f.value:sku::text as sku from orders, lateral flatten(input => status) f",
                SqlDialect::Snowflake),
            "sku <- orders.status.sku (transformation)");
        QCOMPARE(
            lineage("select item.sku from orders, unnest(status) as item", SqlDialect::BigQuery),
            "sku <- orders.status.sku (transformation)");
        QCOMPARE(lineage("select id, item from orders lateral view explode(status) t as item",
                         SqlDialect::Databricks),
                 "id <- orders.id (identity); item <- orders.status (transformation)");
        QCOMPARE(lineage("select transform(status, x -> x + amount) as t from orders",
                         SqlDialect::Databricks),
                 "t <- orders.status (transformation), orders.amount (transformation)");
    }

    void turnsRowsAndColumns()
    {
        QCOMPARE(lineage("select region, jan from sales pivot (sum(amount) for month in "
                         "('jan' as jan, 'feb' as feb)) p",
                         SqlDialect::BigQuery),
                 "region <- sales.region (identity); "
                 "jan <- sales.amount (aggregation), sales.month (conditional)");
        QCOMPARE(lineage("select * from months unpivot (amount for month in (jan, feb)) u",
                         SqlDialect::TSql),
                 "region <- months.region (identity); "
                 "amount <- months.jan (rename), months.feb (rename); month <- nothing");
    }

    void readsWhatIsWritten()
    {
        QCOMPARE(lineage("insert into customers (id, name) select customer_id, status from orders"),
                 "id <- orders.customer_id (rename); name <- orders.status (rename)");
        QCOMPARE(
            lineage("insert into lines select id, status, 1, amount from orders"),
            "order_id <- orders.id (rename); sku <- orders.status (rename); quantity <- nothing; "
            "price <- orders.amount (rename)");
        QCOMPARE(lineage("create view v (a, b) as select id, name from customers; select b from v"),
                 "a <- customers.id (rename); b <- customers.name (rename) | b <- v.b (identity)");
        QCOMPARE(
            lineage(
                "create temp table t (k int primary key, v text, check (k > 0)); select * from t"),
            "k <- t.k (identity); v <- t.v (identity)");
        QCOMPARE(lineage("update orders set amount = amount * 2, status = c.name from customers c "
                         "where c.id = orders.customer_id"),
                 "amount <- orders.amount (transformation); status <- customers.name (rename)");
        QCOMPARE(
            lineage("merge into customers t using (select id, status from orders) s on t.id = s.id "
                    "when matched then update set name = s.status "
                    "when not matched then insert (id, name) values (s.id, 'new')"),
            "name <- orders.status (rename); id <- orders.id (identity)");
        QCOMPARE(influences("delete from orders where status = 'x'"), "orders.status (filter)");
        const std::vector<SqlStatement> made =
            read("select id into #t from orders", SqlDialect::TSql);
        QVERIFY(made.front().kind == SqlStatementKind::CreateTable);
        QCOMPARE(made.front().target->text(), "#t");
        QCOMPARE(lineage("select total = amount, [id] from [dbo].[orders] with (nolock)",
                         SqlDialect::TSql),
                 "total <- dbo.orders.amount (rename); id <- dbo.orders.id (identity)");
    }

    void keepsMadeRelationsApart()
    {
        QCOMPARE(lineage("create table stage.orders (k int); select * from orders; "
                         "select id from raw.orders"),
                 "k <- orders.k (identity) | id <- raw.orders.id (identity)");
        QCOMPARE(lineage("create table a as select * from nobody; select x from a join customers c "
                         "on c.id = a.y"),
                 "... | x <- a.x (identity)");
    }

    void countsPlacesOnlyWhereTheyAreKnown()
    {
        QCOMPARE(lineage("with a(p, q) as (select *, 1 from nobody) select p, q from a"),
                 "p <- ? [The columns of nobody are not known.]; "
                 "q <- ? [The columns of nobody are not known.]");
        QCOMPARE(lineage("insert into lines (sku, price) select n.*, o.id from nobody n, orders o"),
                 "id <- orders.id (identity) [Which column of the target this is cannot be told: "
                 "* stands before it.]; ...");
    }

    void readsWhatDialectsHaveOfTheirOwn()
    {
        QCOMPARE(lineage("select any_value(status having max amount) as s, id from orders t "
                         "|> where id > 1",
                         SqlDialect::BigQuery),
                 "... !|>:1");
        QCOMPARE(lineage("select [z + id for z in [1, 2]] as l, columns(*) from customers",
                         SqlDialect::DuckDb),
                 "l <- customers.id (transformation); id <- customers.id (identity); "
                 "name <- customers.name (identity); email <- customers.email (identity); "
                 "address <- customers.address (identity)");
        QCOMPARE(
            lineage("select approximate count(distinct id) as n from orders", SqlDialect::Redshift),
            "n <- orders.id (aggregation)");
        QCOMPARE(lineage("select * like 'a%' from orders", SqlDialect::Snowflake), "... !* like:1");
        QCOMPARE(
            lineage("select s.value, $v as v from customers, lateral split_to_table(name, ' ') s",
                    SqlDialect::Snowflake),
            "value <- customers.name (transformation); v <- nothing");
        QCOMPARE(lineage("create view v (a) with schemabinding as select id from orders select 1",
                         SqlDialect::TSql),
                 "a <- orders.id (rename) |  <- nothing");
    }

    void readsWhatIsWrittenOnConflict()
    {
        QCOMPARE(lineage("insert into customers as t (id, name) select id, status from orders "
                         "on conflict (id) do update set name = t.name || excluded.name",
                         SqlDialect::PostgreSql),
                 "id <- orders.id (identity); name <- orders.status (rename), "
                 "customers.name (transformation), orders.status (transformation)");
        QCOMPARE(lineage("create table copied clone customers", SqlDialect::Snowflake),
                 "id <- customers.id (identity); name <- customers.name (identity); "
                 "email <- customers.email (identity); address <- customers.address (identity)");
    }

    void namesExpressionsAsTheDialectDoes()
    {
        QCOMPARE(lineage("select count, amount from (select count(*), amount::int from orders "
                         "group by 2) x",
                         SqlDialect::PostgreSql),
                 "count <- nothing; amount <- orders.amount (transformation)");
        QCOMPARE(lineage("select count(*), amount::int from orders", SqlDialect::Snowflake),
                 " <- nothing;  <- orders.amount (transformation)");
    }

    void readsOperatorsOfAllKinds()
    {
        QCOMPARE(
            lineage("select id is not null and not amount between 1 and - 2 or status not like 'x' "
                    "escape 'y' or placed_at is distinct from null as b from orders"),
            "b <- orders.id (transformation), orders.amount (transformation), "
            "orders.status (transformation), orders.placed_at (transformation)");
        QCOMPARE(lineage("select status || || id as b, amount from orders"),
                 "b <- orders.status (transformation), orders.id (transformation) "
                 "[It was not understood in line 1.]; amount <- orders.amount (identity) !|| id:1");
    }

    void readsRelationNames()
    {
        const std::vector<SqlStatement> big =
            read("select id from `shop-1.sales.orders`", SqlDialect::BigQuery);
        QCOMPARE(big.front().relations.front().text(), "shop-1.sales.orders");
        QCOMPARE(big.front().relations.front().parts.size(), std::size_t(3));
        const std::vector<SqlStatement> dash =
            read("select id from shop-1.sales.orders", SqlDialect::BigQuery);
        QCOMPARE(dash.front().relations.front().text(), "shop-1.sales.orders");
        const std::vector<SqlStatement> once =
            read("select a.id from orders a, ORDERS b", SqlDialect::PostgreSql);
        QCOMPARE(once.front().relations.size(), std::size_t(1));
        QCOMPARE(lineage("from orders select id where amount > 1", SqlDialect::DuckDb),
                 "id <- orders.id (identity)");
    }

    void saysWhatIsNotUnderstood()
    {
        QCOMPARE(lineage("select id,\n amount ] 3,\n status from orders"),
                 "id <- orders.id (identity); amount <- ? [It was not understood in line 2.]; "
                 "status <- orders.status (identity) !] 3,:2");
        QCOMPARE(lineage("select id, {{ column }} as c from orders"),
                 "id <- orders.id (identity); c <- ? [It was not understood in line 1.] !Jinja:1");
        QCOMPARE(lineage("select id, a b c, status from orders"),
                 "id <- orders.id (identity); b <- ? [It was not understood in line 1.]; "
                 "status <- orders.status (identity) !c, status:1");
        const std::string deep = "select " + std::string(5000, '(') + "id" +
                                 std::string(5000, ')') + " as d, amount from orders";
        QCOMPARE(lineage(deep), "d <- ? [It was not understood in line 1.]; "
                                "amount <- orders.amount (identity) !nested too deeply:1");
    }

    void keepsTimeInBounds()
    {
        // Twice as many columns with each step: it must be given up, and said so.
        std::string text = "with a0 as (select * from orders)";
        for (int i = 1; i < 40; ++i)
            text +=
                ", a" + std::to_string(i) + " as (select *, * from a" + std::to_string(i - 1) + ")";
        const std::vector<SqlStatement> statements =
            read(text + " select count(*) as n from a39", SqlDialect::Generic);
        QCOMPARE(outputs(statements.front()),
                 "n <- nothing !a statement too large to be followed:1");
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SqlLineageTest)
#include "sql_lineage_test.moc"
