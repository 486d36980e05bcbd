// SPDX-License-Identifier: Apache-2.0
// Column lineage of 10,000 models of about 100 lines, in one thread; or how much of a folder of queries is resolved.
//
//     sql_lineage_bench [--models N]
//     sql_lineage_bench --queries FOLDER --tables FILE.sql [--dialect NAME] [--verbose]
//
// The queries of TPC-H and TPC-DS are not ours to hand on. Anyone gets them, with their tables, from the repository of DuckDB
// (github.com/duckdb/duckdb): extension/tpch/dbgen/queries, extension/tpcds/dsdgen/queries; the tables of TPC-DS from
// extension/tpcds/dsdgen/schema, put together into one file, those of TPC-H from benchmark/tpch_plan_cost/init/schema.sql.
#include "model/sql/sql_lineage.h"
#include "tests/bench/figures.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

namespace portolan::bench {

namespace {

std::string textOf(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string lower(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

class Tables : public SqlCatalog {
public:
    const std::vector<std::string>* columns(const SqlName& relation) const override
    {
        const auto found =
            m_columns.find(relation.parts.empty() ? "" : lower(relation.parts.back().text));
        return found == m_columns.end() ? nullptr : &found->second;
    }
    void add(const std::string& name, std::vector<std::string> columns)
    {
        m_columns[name] = std::move(columns);
    }

private:
    std::map<std::string, std::vector<std::string>> m_columns;
};

// What a file of CREATE TABLE makes, learnt by SELECT * over each table after it.
Tables tablesOf(const std::string& file)
{
    Tables tables;
    std::string text = textOf(file);
    std::vector<std::string> names;
    for (const SqlStatement& made : sqlLineage(text, SqlDialect::Generic, tables))
        if (made.kind == SqlStatementKind::CreateTable && made.target)
            names.push_back(made.target->parts.back().text);
    for (const std::string& name : names)
        text += "\n;select * from " + name;
    std::vector<SqlStatement> all = sqlLineage(text, SqlDialect::Generic, tables);
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::vector<std::string> columns;
        for (const SqlOutput& output : all[all.size() - names.size() + i].outputs)
            columns.push_back(output.name);
        tables.add(lower(names[i]), std::move(columns));
    }
    return tables;
}

int measureQueries(const std::string& folder, const std::string& file, SqlDialect dialect,
                   bool isVerbose)
{
    const Tables tables = tablesOf(file);
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::size_t outputs = 0;
    std::size_t complete = 0;
    std::size_t notes = 0;
    for (const auto& path : paths) {
        const std::string text = textOf(path);
        for (const SqlStatement& statement : sqlLineage(text, dialect, tables)) {
            if (statement.hasUnknownColumns)
                std::printf("%s: columns are missing\n", path.filename().c_str());
            for (const SqlOutput& output : statement.outputs) {
                ++outputs;
                complete += output.isComplete;
                if (!output.isComplete || isVerbose)
                    std::printf("%s: %s: %zu inputs %s\n", path.filename().c_str(),
                                output.name.c_str(), output.inputs.size(), output.whyNot.c_str());
            }
            for (const SqlNotUnderstood& one : statement.notUnderstood) {
                ++notes;
                std::printf("%s:%d: not understood: %s\n", path.filename().c_str(), one.line,
                            one.construct.c_str());
            }
        }
    }
    std::printf("%zu queries, %zu output columns, %zu complete: %.1f %%; %zu not understood\n",
                paths.size(), outputs, complete,
                outputs ? 100.0 * static_cast<double>(complete) / static_cast<double>(outputs)
                        : 0.0,
                notes);
    return 0;
}

// About a hundred lines, as a warehouse's models have them.
std::string model(int number)
{
    const std::string id = std::to_string(number);
    std::string text =
        "create or replace view mart.model_" + id +
        " as\nwith orders as (\n"
        "    select *\n    from raw.orders_" +
        id +
        "\n    where placed_at >= '2024-01-01'\n),\n"
        "lines as (\n    select * from raw.order_lines\n),\ncustomers as (\n    select\n"
        "        id as customer_id,\n        lower(trim(email)) as email,\n        country,\n"
        "        segment\n    from raw.customers\n    where not is_deleted\n)";
    for (int step = 0; step < 3; ++step) {
        const std::string at = std::to_string(step);
        text +=
            ",\nstep_" + at +
            " as (\n    select\n        o.id,\n        o.customer_id,\n        o.placed_at,\n"
            "        o.status,\n        c.country,\n        c.segment,\n"
            "        l.sku,\n        l.quantity * l.price as amount_" +
            at +
            ",\n"
            "        case\n            when o.status = 'paid' then l.quantity * l.price\n"
            "            when o.status = 'open' then 0\n            else null\n        end as paid_" +
            at +
            ",\n"
            "        coalesce(o.currency, 'EUR') as currency,\n"
            "        cast(o.placed_at as date) as placed_on,\n"
            "        row_number() over (\n            partition by o.customer_id\n            order by o.placed_at desc\n        ) as place,\n"
            "        sum(l.price) over (partition by o.id) as order_total,\n"
            "        lag(o.placed_at) over (partition by o.customer_id order by o.placed_at) as before\n"
            "    from orders o\n    join lines l\n        on l.order_id = o.id\n    left join customers c\n"
            "        on c.customer_id = o.customer_id\n    where l.quantity > 0\n        and o.status in ('paid', 'open')\n)";
    }
    text +=
        "\nselect\n    a.customer_id,\n    a.country,\n    a.segment,\n    count(*) as orders,\n"
        "    sum(a.amount_0) as revenue,\n    sum(b.paid_1) as paid,\n    max(c.placed_on) as last_order,\n"
        "    avg(case when a.place = 1 then a.order_total end) as first_total,\n"
        "    min(b.before) as earliest\nfrom step_0 a\njoin step_1 b\n    on b.id = a.id\njoin step_2 c\n"
        "    on c.id = a.id and c.sku = a.sku\nwhere a.placed_on < current_date\ngroup by\n"
        "    a.customer_id,\n    a.country,\n    a.segment\nhaving sum(a.amount_0) > 0\norder by revenue desc\n";
    return text;
}

int measureModels(int count)
{
    std::vector<std::string> models;
    std::size_t lines = 0;
    std::size_t bytes = 0;
    Tables tables;
    for (int i = 0; i < count; ++i) {
        models.push_back(model(i));
        lines +=
            static_cast<std::size_t>(std::count(models.back().begin(), models.back().end(), '\n'));
        bytes += models.back().size();
        tables.add("orders_" + std::to_string(i),
                   {"id", "customer_id", "placed_at", "status", "currency", "channel", "note"});
    }
    tables.add("order_lines", {"order_id", "sku", "quantity", "price", "discount"});
    tables.add("customers", {"id", "email", "country", "segment", "is_deleted"});
    std::size_t complete = 0;
    std::size_t outputs = 0;
    std::size_t inputs = 0;
    const double took = timeOf([&] {
        for (const std::string& text : models)
            for (const SqlStatement& statement : sqlLineage(text, SqlDialect::Snowflake, tables))
                for (const SqlOutput& output : statement.outputs) {
                    ++outputs;
                    complete += output.isComplete;
                    inputs += output.inputs.size();
                }
    });
    std::printf("%d models of %zu lines, %.1f MB: %zu outputs, %zu complete, %zu inputs\n", count,
                lines / static_cast<std::size_t>(std::max(count, 1)),
                static_cast<double>(bytes) / 1e6, outputs, complete, inputs);
    report("column lineage from SQL", std::to_string(count) + " models, one thread; anchor: 10 s",
           took, count, 1);
    return complete == outputs && outputs > 0 ? 0 : 1;
}

int run(int argc, char** argv)
{
    std::string queries;
    std::string tables;
    SqlDialect dialect = SqlDialect::DuckDb;
    bool isVerbose = false;
    int models = 10'000;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        if (word == "--queries")
            queries = value;
        else if (word == "--tables")
            tables = value;
        else if (word == "--dialect")
            dialect = sqlDialectFrom(value).value_or(dialect);
        else if (word == "--models")
            models = std::atoi(value.c_str());
        else if (word == "--verbose")
            isVerbose = true;
    }
    return queries.empty() ? measureModels(models)
                           : measureQueries(queries, tables, dialect, isVerbose);
}

}  // namespace

}  // namespace portolan::bench

int main(int argc, char** argv)
{
    return portolan::bench::run(argc, argv);
}
