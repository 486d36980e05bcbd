// SPDX-License-Identifier: Apache-2.0
// The dialects of SQL that are told apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace portolan {

enum class SqlDialect : std::uint8_t {
    Generic,
    PostgreSql,
    Snowflake,
    BigQuery,
    Databricks,  // and Spark, Hive
    Redshift,
    Trino,  // and Presto, Athena
    TSql,
    DuckDb,
    Sqlite
};

// By the name that platforms, adapters and integrations go by, in any case: "postgres", "spark", "sqlserver"; none: not known.
std::optional<SqlDialect> sqlDialectFrom(std::string_view name);
std::string_view toString(SqlDialect dialect);  // "postgres", "snowflake" ...

}  // namespace portolan
