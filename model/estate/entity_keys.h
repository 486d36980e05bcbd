// SPDX-License-Identifier: Apache-2.0
// The keys of things that live inside another one, as EntityRef::id of their kinds: text that stays the same over a re-import.
#pragma once

#include "model/estate/estate.h"

#include <string>
#include <string_view>

namespace portolan {

std::string columnKey(const Estate& estate, ColumnIndex column);  // "<dataset key>#order_id"
std::string objectKey(const Estate& estate,
                      SchemaObjectIndex object);               // "<contract key>/<object name>"
std::string fieldKey(const Estate& estate, FieldIndex field);  // "<object key>#lines[].sku"

// The thing with that key; none when there is no such thing. Columns of one dataset are looked through one by one.
ColumnIndex columnByKey(const Estate& estate, std::string_view key);
SchemaObjectIndex objectByKey(const Estate& estate, std::string_view key);
FieldIndex fieldByKey(const Estate& estate, std::string_view key);

}  // namespace portolan
