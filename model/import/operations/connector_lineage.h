// SPDX-License-Identifier: Apache-2.0
// What a connector's settings say about data: tables into topics for sources, topics into tables, indexes and files for sinks.
#pragma once

#include "model/import/operations/connector_settings.h"

#include <optional>
#include <string>
#include <string_view>

namespace portolan {

// Makes the facts of one connector and reports what was not read.
void readConnector(ConnectorSettings& settings);

// "jdbc:postgresql://db:5432/shop?user=x": platform, host and database, nothing else of it.
struct JdbcPlace {
    std::string platform;
    std::string instance;
    std::string database;
};
std::optional<JdbcPlace> jdbcPlaceFrom(std::string_view url);

// An entry of a table list when it names one table: "inventory\.orders" as "inventory.orders". None: it is a pattern.
std::optional<std::string> literalName(std::string_view entry);

}  // namespace portolan
