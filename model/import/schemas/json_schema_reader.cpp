// SPDX-License-Identifier: Apache-2.0
// JSON Schema in all its drafts, as it stands by itself and inside other formats. References are followed inside the document and the
// imported folder; a schema that refers to itself ends at the first repeat.
#include "model/import/schema_reader.h"
#include "model/import/schemas/schema_rules.h"

#include <unordered_map>
#include <unordered_set>

namespace portolan {

namespace {

constexpr int depthMost = 60;
constexpr int stepsMost = 100'000;  // of one object: references may multiply
constexpr int fieldsMost = 20'000;  // of one object
// From then on references of a source are not expanded.
constexpr std::size_t sourceFieldsMost = 200'000;
constexpr std::size_t textMost = 1000;

// Words that become facts, or say nothing about the data; all others are counted as ignored.
const std::unordered_set<std::string_view>& knownWords()
{
    static const std::unordered_set<std::string_view> words = {
        "$schema", "$id", "id", "$ref", "$anchor", "$comment", "$defs", "definitions", "title",
        "description", "type", "format", "properties", "patternProperties", "additionalProperties",
        "required", "items", "prefixItems", "contains", "allOf", "oneOf", "anyOf", "if", "then",
        "else", "nullable", "deprecated",
        // of the file
        "version", "$version", "x-version",
        // rules
        "enum", "const", "default", "pattern", "minLength", "maxLength", "minimum", "maximum",
        "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems",
        "minProperties", "maxProperties"};
    return words;
}

constexpr const char* rules[] = {
    "enum",     "const",       "default",          "pattern",          "minLength",  "maxLength",
    "minimum",  "maximum",     "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems",
    "maxItems", "uniqueItems", "minProperties",    "maxProperties",    "nullable"};

class SchemaReading {
public:
    SchemaReading(JsonSchemaDialect dialect, ImportContext& context)
        : m_dialect(dialect), m_context(context)
    {
    }

    std::optional<SchemaObjectIndex> read(const DataNode& schema, const SchemaTarget& target)
    {
        if (!schema.isObject())
            return std::nullopt;
        SchemaObject object;
        object.contract = target.contract;
        object.dataset = target.dataset;
        object.physicalName = target.physicalName;
        object.name = target.name;
        const DataNode whole = resolved(schema);
        if (object.name.empty())
            object.name = whole["title"].isString() ? whole["title"].string() : std::string();
        if (object.name.empty() && !schema["$ref"].text().empty())
            object.name = lastPart(schema["$ref"].text());
        object.description = textOf(whole, "description");
        object.evidence = m_context.evidence(schema);
        m_object = m_context.estate().object(std::move(object));
        m_first = schema;
        m_contract = target.contract;
        readInside(schema, "", 0, true);
        return m_object;
    }

private:
    static std::string textOf(const DataNode& node, std::string_view key)
    {
        return node[key].isString() ? node[key].string() : std::string();
    }

    DataNode resolved(DataNode schema)
    {
        for (int hops = 0; hops < 20 && schema["$ref"].isString(); ++hops) {
            const DataNode next = target(schema);
            if (!next)
                break;
            schema = next;
        }
        return schema;
    }

    // Each reference is followed, and counted where it leads nowhere, once.
    DataNode target(const DataNode& schema)
    {
        const auto [known, isNew] = m_targets.try_emplace(markOf(schema));
        if (isNew)
            known->second = followReference(schema, schema["$ref"].text(), m_context);
        return known->second;
    }

    static std::uint64_t markOf(const DataNode& node)
    {
        return reinterpret_cast<std::uintptr_t>(node.tree()) * 31 + node.index();
    }

    void readReference(const DataNode& schema, const std::string& prefix, int depth, bool isSure)
    {
        if (!prefix.empty() && m_context.estate().estate().fields.size() > sourceFieldsMost) {
            m_context.ignored("fields behind a reference",
                              "the source has more than 200,000 fields", schema);
            return;
        }
        readInside(target(schema), prefix, depth + 1, isSure);
    }

    bool mayGoOn(int depth)
    {
        if (++m_steps <= stepsMost && m_fields <= fieldsMost && depth <= depthMost)
            return true;
        if (!m_isTold) {
            m_isTold = true;
            m_context.problem(Severity::Warning, "json-schema.too-large",
                              "The schema has more than " + std::to_string(fieldsMost) +
                                  " fields with its references followed, or nests deeper than " +
                                  std::to_string(depthMost) + " levels. The rest is left out.",
                              m_first);
        }
        return false;
    }

    // The fields of a schema and of all that it is put together from. `isSure`: not only one of several alternatives.
    void readInside(const DataNode& schema, const std::string& prefix, int depth, bool isSure)
    {
        if (!schema.isObject() || !mayGoOn(depth))
            return;
        const std::uint64_t mark = markOf(schema);
        if (!m_active.insert(mark).second)
            return;  // it refers to itself
        ignoreUnknown(schema, mark);
        if (const DataNode reference = schema["$ref"]; reference.isString()) {
            readReference(schema, prefix, depth, isSure);
            if (m_dialect == JsonSchemaDialect::OpenApi30) {
                m_active.erase(mark);
                return;
            }
        }
        for (const DataNode part : schema["allOf"])
            readInside(part, prefix, depth + 1, isSure);
        for (const char* key : {"oneOf", "anyOf"}) {
            for (const DataNode part : schema[key])
                readInside(part, prefix, depth + 1, false);
        }
        for (const char* key : {"if", "then", "else"})
            readInside(schema[key], prefix, depth + 1, false);
        readProperties(schema, prefix, depth, isSure);
        readElements(schema, prefix, depth, isSure);
        m_active.erase(mark);
    }

    void readProperties(const DataNode& schema, const std::string& prefix, int depth, bool isSure)
    {
        std::unordered_set<std::string_view> required;
        for (const DataNode name : schema["required"])
            required.insert(name.text());
        for (const char* key : {"properties", "patternProperties"}) {
            for (const DataNode property : schema[key]) {
                const std::string path =
                    prefix + (prefix.empty() ? "" : ".") +
                    (*key == 'p' && key[1] == 'a' ? "{" + std::string(property.key()) + "}"
                                                  : std::string(property.key()));
                const bool isOldRequired =
                    property["required"].boolean().value_or(false);  // draft 3
                addField(path, property,
                         isSure && (required.contains(property.key()) || isOldRequired));
                readInside(property, path, depth + 1, isSure);
            }
        }
        if (schema["additionalProperties"].isObject())
            readInside(schema["additionalProperties"], prefix + "{}", depth + 1, isSure);
    }

    void readElements(const DataNode& schema, const std::string& prefix, int depth, bool isSure)
    {
        for (const char* key : {"items", "prefixItems", "contains"}) {
            const DataNode items = schema[key];
            if (items.isObject())
                readInside(items, prefix + "[]", depth + 1, isSure);
            for (const DataNode item : items.isArray() ? items : DataNode())
                readInside(item, prefix + "[]", depth + 1, false);
        }
    }

    void addField(const std::string& path, const DataNode& property, bool isRequired)
    {
        const auto [place, isNew] = m_byPath.try_emplace(path);
        if (!isNew) {
            if (isRequired)
                m_context.estate().estate().fields[place->second.value].isRequired = true;
            return;
        }
        const DataNode whole = resolved(property);
        Field field;
        field.object = m_object;
        field.path = path;
        field.logicalType = typeOf(whole);
        if (field.logicalType.empty() && property["$ref"].isString())
            field.logicalType = lastPart(property["$ref"].text());
        field.physicalType = textOf(whole, "format");
        field.description = textOf(property, "description");
        if (field.description.empty())
            field.description = textOf(whole, "description");
        if (property["deprecated"].boolean().value_or(false) ||
            whole["deprecated"].boolean().value_or(false))
            field.description =
                "Deprecated." + (field.description.empty() ? "" : " " + field.description);
        field.isRequired = isRequired;
        field.evidence = m_context.evidence(property);
        place->second = m_context.estate().field(std::move(field));
        ++m_fields;
        addRules(whole, place->second);
        if (whole.index() != property.index() || whole.tree() != property.tree())
            addRules(property, place->second);
    }

    void addRules(const DataNode& schema, FieldIndex field, const std::string& prefix = {})
    {
        if (!schema.isObject())
            return;
        for (const char* name : rules) {
            const DataNode value = schema[name];
            const bool isNullable = std::string_view(name) == "nullable";
            if (value && (!isNullable || value.text() == "true"))
                addRule(prefix + name, ruleText(value), value, field);
        }
        for (const DataNode type : schema["type"].isArray() ? schema["type"] : DataNode()) {
            if (type.text() == "null")
                addRule(prefix + "nullable", "true", type, field);
        }
        if (prefix.empty())
            addRules(schema["items"], field, "items.");
    }

    void addRule(std::string name, std::string expression, const DataNode& where, FieldIndex field)
    {
        addSchemaRule({m_contract, m_object, field, std::move(name), std::move(expression)}, where,
                      m_context);
    }

    void ignoreUnknown(const DataNode& schema, std::uint64_t mark)
    {
        if (!m_seen.insert(mark).second)
            return;
        for (const DataNode member : schema) {
            if (!knownWords().contains(member.key()))
                m_context.ignored("schema." + std::string(member.key()), "not kept", member);
        }
    }

    static void appendAlternative(const DataNode& schema, std::string& all)
    {
        const std::string_view name = schema["$ref"].isString()    ? lastPart(schema["$ref"].text())
                                      : schema["title"].isString() ? schema["title"].text()
                                                                   : schema["type"].text();
        if (name.empty() || name == "null" || all.size() > textMost)
            return;
        if ((" or " + all + " or ").find(" or " + std::string(name) + " or ") == std::string::npos)
            all += (all.empty() ? "" : " or ") + std::string(name);
    }

    static std::string typeOf(const DataNode& schema)
    {
        const DataNode type = schema["type"];
        if (type.isString())
            return type.string();
        std::string all;
        for (const DataNode one : type) {
            if (one.text() != "null" && !one.text().empty())
                all += (all.empty() ? "" : " or ") + one.string();
        }
        if (!all.empty())
            return all;
        for (const char* key : {"oneOf", "anyOf"}) {
            for (const DataNode one : schema[key].isArray() ? schema[key] : DataNode())
                appendAlternative(one, all);
        }
        if (!all.empty())
            return all;
        if (schema["properties"])
            return "object";
        if (schema["items"])
            return "array";
        return schema["enum"] ? "enum" : schema["const"] ? "const" : "";
    }

    JsonSchemaDialect m_dialect;
    ImportContext& m_context;
    SchemaObjectIndex m_object;
    DataNode m_first;
    std::unordered_map<std::string, FieldIndex> m_byPath;
    std::unordered_set<std::uint64_t> m_active;
    std::unordered_set<std::uint64_t> m_seen;
    std::unordered_map<std::uint64_t, DataNode> m_targets;
    ContractIndex m_contract;
    int m_steps = 0;
    int m_fields = 0;
    bool m_isTold = false;
};

}  // namespace

std::optional<SchemaObjectIndex> readJsonSchema(const DataNode& schema, const SchemaTarget& target,
                                                JsonSchemaDialect dialect, ImportContext& context)
{
    return SchemaReading(dialect, context).read(schema, target);
}

}  // namespace portolan
