// SPDX-License-Identifier: Apache-2.0
#include "model/sql/sql_dialect.h"

#include <string>

namespace portolan {

namespace {

struct DialectName {
    std::string_view name;
    SqlDialect dialect;
};

// The first of a dialect is the one that we say.
constexpr DialectName dialectNames[] = {
    {"generic", SqlDialect::Generic},
    {"ansi", SqlDialect::Generic},
    {"postgres", SqlDialect::PostgreSql},
    {"postgresql", SqlDialect::PostgreSql},
    {"cockroachdb", SqlDialect::PostgreSql},
    {"greenplum", SqlDialect::PostgreSql},
    {"alloydb", SqlDialect::PostgreSql},
    {"snowflake", SqlDialect::Snowflake},
    {"bigquery", SqlDialect::BigQuery},
    {"databricks", SqlDialect::Databricks},
    {"spark", SqlDialect::Databricks},
    {"sparksql", SqlDialect::Databricks},
    {"hive", SqlDialect::Databricks},
    {"delta", SqlDialect::Databricks},
    {"redshift", SqlDialect::Redshift},
    {"trino", SqlDialect::Trino},
    {"presto", SqlDialect::Trino},
    {"prestodb", SqlDialect::Trino},
    {"athena", SqlDialect::Trino},
    {"starburst", SqlDialect::Trino},
    {"tsql", SqlDialect::TSql},
    {"t-sql", SqlDialect::TSql},
    {"sqlserver", SqlDialect::TSql},
    {"mssql", SqlDialect::TSql},
    {"synapse", SqlDialect::TSql},
    {"fabric", SqlDialect::TSql},
    {"azuresql", SqlDialect::TSql},
    {"duckdb", SqlDialect::DuckDb},
    {"motherduck", SqlDialect::DuckDb},
    {"sqlite", SqlDialect::Sqlite},
};

}  // namespace

std::optional<SqlDialect> sqlDialectFrom(std::string_view name)
{
    std::string lower;
    for (const char c : name)
        lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const DialectName& known : dialectNames)
        if (known.name == lower)
            return known.dialect;
    return std::nullopt;
}

std::string_view toString(SqlDialect dialect)
{
    for (const DialectName& known : dialectNames)
        if (known.dialect == dialect)
            return known.name;
    return "generic";
}

}  // namespace portolan
