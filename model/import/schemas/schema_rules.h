// SPDX-License-Identifier: Apache-2.0
// What a schema says of a field beyond its type: allowed values, limits, defaults. Kept as checks of type "schema".
#pragma once

#include "model/import/importer.h"

#include <string>

namespace portolan {

// A value as a rule shows it: a text without quotes, the values of a list in a row; at most about 1,000 bytes.
std::string ruleText(const DataNode& value);

struct SchemaRule {
    ContractIndex contract;
    SchemaObjectIndex object;
    FieldIndex field;  // none: the whole object
    std::string name;  // "enum", "default", "minimum"
    std::string expression;
};

void addSchemaRule(SchemaRule rule, const DataNode& where, ImportContext& context);

}  // namespace portolan
