// SPDX-License-Identifier: Apache-2.0
// Estates from lines that a reader can see.
//     orders.raw.id -> orders.core.order_id by load [AGGREGATION]    a column's value (three parts), and the flow of its dataset
//     orders.raw.id ~> orders.core.order_id by load [FILTER]         an indirect influence on a column
//     orders.raw.id ~> orders.core by load [JOIN]                    an influence on a whole dataset
//     orders.raw -> orders.core by load                              a dataset's flow (two parts); "by" and "[]" may be left out
//     orders.raw                                                     a dataset; orders.raw.id a column
// Datasets are of platform "postgres" and instance "db"; evidence names the line.
#pragma once

#include "model/estate/estate.h"

#include <string>
#include <string_view>

namespace portolan {

EstatePtr estateFrom(std::string_view lines);

// Its number; none when there is no such thing.
DatasetIndex datasetOf(const Estate& estate, std::string_view path);
ColumnIndex columnOf(const Estate& estate, std::string_view name);  // "orders.raw.id"
std::string nameOf(const Estate& estate, DatasetIndex dataset);
std::string nameOf(const Estate& estate, ColumnIndex column);

}  // namespace portolan
