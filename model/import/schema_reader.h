// SPDX-License-Identifier: Apache-2.0
// Schemas inside or beside other formats: what an AsyncAPI message, an OpenAPI body, a registry's subject or a port's file describes.
// Each call adds the schema's objects and named fields (at any depth, as paths: "order.lines[].sku") to a contract.
#pragma once

#include "model/import/importer.h"

#include <optional>
#include <string>
#include <string_view>

namespace portolan {

// Where the objects go.
struct SchemaTarget {
    ContractIndex contract;
    DatasetIndex dataset;   // that they describe; none when nobody says
    std::string name = {};  // of the first object, where the schema itself has none
    std::string physicalName = {};
    bool looksBeside = true;  // for named types that it does not hold itself, in the files beside
};

enum class JsonSchemaDialect {
    JsonSchema,  // draft 4 to 2020-12, by its $schema
    OpenApi30,   // nullable, boolean exclusive limits, siblings of $ref ignored
    AsyncApi     // draft 7 with additions
};

// One schema as one object, its $refs followed inside the document and the imported folder (never to a URL: those are unresolved);
// allOf merged, oneOf and anyOf as alternatives. Recursion ends at the first repeat. None when there is nothing to read (true, false).
std::optional<SchemaObjectIndex> readJsonSchema(const DataNode& schema, const SchemaTarget& target,
                                                JsonSchemaDialect dialect, ImportContext& context);

// One object for each named record that stands at the top (a union lists
// several); inner records become paths. Named types of other files are looked for beside the source.
void readAvroSchema(const DataNode& schema, const SchemaTarget& target, ImportContext& context);

// Each message is one object; services become operations. `line` is where the text begins in its source.
void readProtobufSchema(std::string_view text, const SchemaTarget& target, int line,
                        ImportContext& context);

// "Order" of "#/components/schemas/Order" and "common.yaml#Order".
std::string_view lastPart(std::string_view reference);

// A $ref as JSON Schema, OpenAPI and AsyncAPI write it: "#/components/schemas/X", "../common.yaml#/Order", "other.json". `from` is the
// value that holds it. Missing, with the reference in the report's unresolved ones, when it leads nowhere or out of the folder.
DataNode followReference(const DataNode& from, std::string_view reference, ImportContext& context);

}  // namespace portolan
