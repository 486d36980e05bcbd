// SPDX-License-Identifier: Apache-2.0
// What a column's type means, whoever spells it: enough to tell a contradiction ("integer" here, "text" there) from another spelling.
#pragma once

#include <string_view>

namespace portolan {

enum class TypeClass { Unknown, Text, Number, Boolean, Time, Binary, Nested };

// Of "VARCHAR(40)", "character varying", "TIMESTAMP_NTZ", "int64" ...; Unknown for what may be several ("bit", "json", "variant").
TypeClass typeClassOf(std::string_view type);

// Both are known, and they are of different classes.
bool isContradiction(std::string_view oneType, std::string_view otherType);

}  // namespace portolan
