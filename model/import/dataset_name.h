// SPDX-License-Identifier: Apache-2.0
// The normal form of a dataset's name, so that one table is one dataset whichever format speaks of it.
#pragma once

#include "model/base/ascii_text.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace portolan {

struct DatasetName {
    std::string platform;
    std::string instance;
    std::string path;
};

// OpenLineage: namespace "postgres://db:5432", name "shop.public.orders". A namespace that is no URL is taken as the instance of an
// unknown platform, unless it is the bare name of a platform ("bigquery", "file").
DatasetName fromNamespace(std::string_view space, std::string_view name);

// "shop"."public"."orders" without its quotes; for Snowflake, unquoted parts in upper case. Parts whose own dots would be mistaken for
// separators keep their quotes.
std::string unquotedPath(std::string_view platform, std::string_view relation);

// "shop.\"my.schema\".orders" of its parts: those with dots in quotes, empty ones left out.
std::string dottedPath(std::initializer_list<std::string_view> parts);

}  // namespace portolan
