// SPDX-License-Identifier: Apache-2.0
// What functions do with their arguments, by name, in all dialects.
#pragma once

#include "model/sql/sql_dialect.h"

#include <cstddef>
#include <string_view>

namespace portolan {

enum class SqlFunctionKind { Value, Aggregate, Condition, Choice, Decode, Count };

// Of a call with so many arguments. Condition: the first argument decides (IF, NVL2); Decode: DECODE; Count: COUNT.
SqlFunctionKind sqlFunctionKind(std::string_view name, std::size_t arguments, SqlDialect dialect);
// MD5, SHA2, HASH, MASK ... : the value cannot be read back.
bool isMaskingFunction(std::string_view name);

enum class SqlTableFunction {
    Unknown,
    Elements,  // UNNEST, EXPLODE, GENERATE_SERIES: one column or those that are named, made of the arguments
    Flatten  // of Snowflake: SEQ, KEY, PATH, INDEX, VALUE, THIS
};
SqlTableFunction sqlTableFunction(std::string_view name);

}  // namespace portolan
