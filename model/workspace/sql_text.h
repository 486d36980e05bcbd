// SPDX-License-Identifier: Apache-2.0
// The only place that makes SQL text from names and search words. Values are never put into SQL text; they are bound.
#pragma once

#include "model/base/result.h"

#include <string>
#include <string_view>

namespace portolan {

enum class Dialect { Sqlite, PostgreSql, Trino, Snowflake, Spark, MySql, SqlServer };

// One part of a name ("orders", never "shop.orders") as a quoted identifier. Refused ("sql.bad-identifier"): an empty part, NUL,
// other control characters, more than 128 characters, text that is not UTF-8.
Result<std::string> quote(Dialect dialect, std::string_view part);

// What a user typed as a full-text query that finds what has all these words, each as a beginning; empty when there are no words.
// Nothing in it is an operator.
std::string fullTextQuery(std::string_view words);

}  // namespace portolan
