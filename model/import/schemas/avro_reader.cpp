// SPDX-License-Identifier: Apache-2.0
// Avro schemas (the specification's version 1.12): records as objects with their fields as paths; named types of other files are looked
// for beside the source.
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/schema_reader.h"
#include "model/import/schemas/schema_rules.h"
#include "model/import/schemas/schemas_importers.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace portolan {

namespace {

constexpr int depthMost = 60;
constexpr int fieldsMost = 20'000;
constexpr std::size_t filesMost = 200;  // that are looked through for a named type

bool isPrimitive(std::string_view type)
{
    static const std::unordered_set<std::string_view> primitives = {
        "null", "boolean", "int", "long", "float", "double", "bytes", "string"};
    return primitives.contains(type);
}

bool isNamedKind(std::string_view type)
{
    return type == "record" || type == "error" || type == "enum" || type == "fixed";
}

// A name with a dot has its namespace in itself.
std::string fullName(const DataNode& schema, std::string_view space)
{
    const std::string name = schema["name"].string();
    if (name.find('.') != std::string::npos)
        return name;
    const std::string_view own = schema["namespace"].text();
    const std::string_view in = schema["namespace"] ? own : space;
    return in.empty() ? name : std::string(in) + "." + name;
}

std::string spaceOf(std::string_view fullName)
{
    const std::size_t dot = fullName.rfind('.');
    return dot == std::string_view::npos ? std::string() : std::string(fullName.substr(0, dot));
}

class AvroReading {
public:
    AvroReading(const SchemaTarget& target, ImportContext& context)
        : m_target(target), m_context(context)
    {
    }

    void read(const DataNode& schema)
    {
        define(schema, {}, 0);
        if (schema.isArray()) {
            for (const DataNode one : schema)
                readTop(one);
        } else {
            readTop(schema);
        }
    }

private:
    struct Named {
        DataNode schema;
        std::string space;
    };

    // All named types of the document, as one may be used before it is defined.
    void define(const DataNode& schema, const std::string& space, int depth)
    {
        if (depth > depthMost)
            return;
        if (schema.isArray()) {
            for (const DataNode one : schema)
                define(one, space, depth + 1);
            return;
        }
        if (!schema.isObject())
            return;
        std::string inner = space;
        if (isNamedKind(schema["type"].text())) {
            const std::string name = fullName(schema, space);
            inner = spaceOf(name);
            m_named.try_emplace(name, Named{schema, inner});
            if (!m_hasLookedBeside)
                ignoreOthers(schema,
                             " type name namespace doc aliases fields symbols default size "
                             "logicalType precision scale ",
                             "type", m_context);
        }
        for (const DataNode field : schema["fields"])
            define(field["type"], inner, depth + 1);
        for (const char* key : {"type", "items", "values"}) {
            if (schema[key].isObject() || schema[key].isArray())
                define(schema[key], inner, depth + 1);
        }
    }

    void readTop(const DataNode& schema)
    {
        const DataNode record = schema["type"].isObject() ? schema["type"] : schema;
        if (record["type"].text() != "record" && record["type"].text() != "error") {
            const std::string type = schema.isString() ? schema.string() : record["type"].string();
            m_context.ignored(type.empty() ? "type" : type,
                              "a type at the top that is no record has no fields", schema);
            return;
        }
        const std::string name = fullName(record, {});
        if (record["name"].text().empty())
            m_context.problem(Severity::Warning, "avro.no-name",
                              "The record has no name (required). Loaded without.", record);
        SchemaObject object;
        object.contract = m_target.contract;
        object.dataset = m_target.dataset;
        object.name = m_target.name.empty() ? name.substr(name.rfind('.') + 1) : m_target.name;
        object.physicalName = m_target.physicalName.empty() ? name : m_target.physicalName;
        object.description = record["doc"].string();
        object.evidence = m_context.evidence(record);
        m_object = m_context.estate().object(std::move(object));
        addRules(record, {});
        m_fields = 0;
        readRecord(record, spaceOf(name), "", 0);
        m_target.name.clear();
        m_target.physicalName.clear();
    }

    void readRecord(const DataNode& record, const std::string& space, const std::string& prefix,
                    int depth)
    {
        const auto mark = std::pair(record.tree(), record.index());
        const bool isOpen = std::find(m_open.begin(), m_open.end(), mark) != m_open.end();
        if (isOpen || depth > depthMost)
            return;  // it is inside itself
        m_open.push_back(mark);
        if (!record["fields"].isArray())
            m_context.problem(Severity::Warning, "avro.no-fields",
                              "The record has no list of fields (required). Loaded without.",
                              record);
        for (const DataNode field : record["fields"].isArray() ? record["fields"] : DataNode())
            readField(field, space, prefix, depth);
        m_open.pop_back();
    }

    void readField(const DataNode& node, const std::string& space, const std::string& prefix,
                   int depth)
    {
        if (node["name"].text().empty()) {
            m_context.problem(Severity::Warning, "avro.field-without-name",
                              "A field has no name (required). Field skipped.", node);
            return;
        }
        if (++m_fields > fieldsMost) {
            if (m_fields == fieldsMost + 1)
                m_context.problem(Severity::Warning, "avro.too-large",
                                  "The record has more than " + std::to_string(fieldsMost) +
                                      " fields with its types followed. The rest is left out.",
                                  node);
            return;
        }
        Field field;
        field.object = m_object;
        field.path = prefix + node["name"].string();
        field.description = node["doc"].string();
        const bool isOptional = isOptionalUnion(node["type"]);
        field.isRequired = !isOptional;
        field.logicalType = typeText(node["type"], space, 0);
        field.physicalType = logicalTypeOf(node["type"]);
        field.evidence = m_context.evidence(node);
        const std::string path = field.path;
        const FieldIndex added = m_context.estate().field(std::move(field));
        addRules(node, added);
        addSymbols(node["type"], space, added, 0);
        readInside(node["type"], space, path, depth + 1);
        if (depth == 0)
            ignoreOthers(node, " name type doc default order aliases ", "field", m_context);
    }

    void addRules(const DataNode& node, FieldIndex field)
    {
        for (const char* name : {"default", "aliases"}) {
            if (node[name])
                addRule(name, ruleText(node[name]), field, node[name]);
        }
    }

    // The symbols of an enum, itself or in a union, list or map.
    void addSymbols(const DataNode& type, const std::string& space, FieldIndex field, int depth)
    {
        if (depth > 8)
            return;
        if (type.isArray()) {
            for (const DataNode one : type)
                addSymbols(one, space, field, depth + 1);
            return;
        }
        if (type.isString()) {
            const Named* named = type.text().empty() || isPrimitive(type.text())
                                     ? nullptr
                                     : known(type.text(), space);
            if (named && named->schema["type"].text() == "enum")
                addSymbols(named->schema, named->space, field, depth + 1);
            return;
        }
        const std::string_view kind = type["type"].text();
        if (kind == "array" || kind == "map") {
            addSymbols(type[kind == "array" ? "items" : "values"], space, field, depth + 1);
        } else if (kind == "enum") {
            addRule("enum", ruleText(type["symbols"]), field, type);
        }
    }

    void addRule(const char* name, std::string expression, FieldIndex field, const DataNode& where)
    {
        addSchemaRule({m_target.contract, m_object, field, name, std::move(expression)}, where,
                      m_context);
    }

    static bool isOptionalUnion(const DataNode& type)
    {
        if (!type.isArray())
            return false;
        return std::any_of(type.begin(), type.end(),
                           [](const DataNode& one) { return one.text() == "null"; });
    }

    static std::string logicalTypeOf(const DataNode& type)
    {
        if (type.isObject())
            return type["logicalType"].string();
        for (const DataNode one : type.isArray() ? type : DataNode()) {
            if (one.isObject() && one["logicalType"])
                return one["logicalType"].string();
        }
        return {};
    }

    std::string typeText(const DataNode& type, const std::string& space, int depth)
    {
        if (depth > 8)
            return {};
        if (type.isArray()) {
            std::string all;
            for (const DataNode one : type) {
                if (one.text() != "null")
                    all += (all.empty() ? "" : " or ") + typeText(one, space, depth + 1);
            }
            return all;
        }
        if (!type.isObject())
            return type.string();
        const std::string kind = type["type"].string();
        if (kind == "array")
            return "array of " + typeText(type["items"], space, depth + 1);
        if (kind == "map")
            return "map of " + typeText(type["values"], space, depth + 1);
        if (isNamedKind(kind))
            return kind == "record" ? type["name"].string() : kind + " " + type["name"].string();
        return type["type"].isString() ? kind : typeText(type["type"], space, depth + 1);
    }

    void readInside(const DataNode& type, const std::string& space, const std::string& path,
                    int depth)
    {
        if (depth > depthMost)
            return;
        if (type.isArray()) {
            for (const DataNode one : type)
                readInside(one, space, path, depth + 1);
        } else if (type.isString()) {
            readNamed(type, space, path, depth);
        } else if (type.isObject()) {
            const std::string_view kind = type["type"].text();
            if (kind == "record" || kind == "error")
                readRecord(type, spaceOf(fullName(type, space)), path + ".", depth + 1);
            else if (kind == "array")
                readInside(type["items"], space, path + "[]", depth + 1);
            else if (kind == "map")
                readInside(type["values"], space, path + "{}", depth + 1);
            else if (!type["type"].isString())
                readInside(type["type"], space, path, depth + 1);
            else if (!isNamedKind(kind))
                readNamed(type["type"], space, path, depth);
        }
    }

    void readNamed(const DataNode& type, const std::string& space, const std::string& path,
                   int depth)
    {
        const std::string_view name = type.text();
        if (name.empty() || isPrimitive(name))
            return;
        const Named* found = find(name, space);
        if (!found) {
            m_context.unresolved(name, "no type of that name here or in the files beside", type);
            return;
        }
        if (found->schema["type"].text() == "record" || found->schema["type"].text() == "error") {
            const Named copy = *found;
            readRecord(copy.schema, copy.space, path + ".", depth + 1);
        }
    }

    const Named* known(std::string_view name, const std::string& space) const
    {
        for (const std::string& full :
             {space.empty() ? std::string(name) : space + "." + std::string(name),
              std::string(name)}) {
            const auto found = m_named.find(full);
            if (found != m_named.end())
                return &found->second;
        }
        return nullptr;
    }

    const Named* find(std::string_view name, const std::string& space)
    {
        for (int tries = 0; tries < 2; ++tries) {
            if (const Named* named = known(name, space))
                return named;
            if (m_hasLookedBeside || !m_target.looksBeside)
                break;
            lookBeside();
        }
        return nullptr;
    }

    void lookBeside()
    {
        m_hasLookedBeside = true;
        std::vector<std::string> names = m_context.siblingNames(".avsc");
        if (names.size() > filesMost)
            names.resize(filesMost);
        for (const std::string& name : names) {
            if (name == m_context.name())
                continue;
            const Result<DataNode> other = m_context.sibling(name.substr(name.rfind('/') + 1));
            if (other)
                define(*other, {}, 0);
        }
    }

    SchemaTarget m_target;
    ImportContext& m_context;
    SchemaObjectIndex m_object;
    std::unordered_map<std::string, Named> m_named;
    std::vector<std::pair<const DataTree*, std::uint32_t>> m_open;
    int m_fields = 0;
    bool m_hasLookedBeside = false;
};

bool isAvro(const DataNode& node)
{
    const std::string_view type = node["type"].text();
    if ((type == "record" || type == "error") && node["fields"].isArray())
        return node["name"].isString() || node["namespace"].isString();
    return (type == "enum" && node["symbols"].isArray() && node["name"]) ||
           (type == "fixed" && node["size"] && node["name"]);
}

void readAvroContract(const DataNode& root, ImportContext& context)
{
    const DataNode first = root.isArray() && root.size() > 0 ? *root.begin() : root;
    Contract contract;
    contract.id = fullName(first, {});
    if (contract.id.empty()) {
        const std::string file = context.name().substr(context.name().rfind('/') + 1);
        contract.id = file.substr(0, file.find('.'));
    }
    contract.name = contract.id.substr(contract.id.rfind('.') + 1);
    contract.description = first["doc"].string();
    contract.contentHash = contentHash(root);
    contract.evidence = context.evidence(root);
    const EstateBuilder::Added added = context.estate().contract(std::move(contract));
    if (added.isNew)
        readAvroSchema(root, {added.contract, {}}, context);
}

// Bodies of requests to a registry whose schema text has raw line breaks: near to JSON, and not JSON.
class AvroRequestImporter : public Importer {
public:
    std::string_view format() const override { return "avro-request"; }
    std::string_view title() const override { return "Requests to a schema registry"; }
    std::string_view group() const override { return "Schemas"; }
    bool readsText() const override { return true; }

    Match match(const SourceHead& head) const override
    {
        if (head.document || !head.fileName.ends_with(".avsc"))
            return Match::No;
        const std::string_view text = head.text;
        const std::size_t brace = text.find_first_not_of(" \t\r\n");
        if (brace == std::string_view::npos || text[brace] != '{')
            return Match::No;
        const std::size_t key = text.find_first_not_of(" \t\r\n", brace + 1);
        if (key == std::string_view::npos || text.substr(key, 8) != "\"schema\"")
            return Match::No;
        return firstRawBreak(text) > 0 ? Match::ByContent : Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        context.problemAt(Severity::Warning, "avro.raw-line-breaks",
                          "This is a request to a schema registry whose schema text holds raw line "
                          "breaks, so it is not JSON (expected \\n in their place). They are read "
                          "as blanks.",
                          firstRawBreak(text));
        std::string mended(text);
        bool isInside = false;
        for (std::size_t i = 0; i < mended.size(); ++i) {
            if (mended[i] == '\\' && isInside)
                ++i;
            else if (mended[i] == '"')
                isInside = !isInside;
            else if (isInside && (mended[i] == '\n' || mended[i] == '\r' || mended[i] == '\t'))
                mended[i] = ' ';
        }
        const DataNode request = context.embeddedText(mended, 1, "the request");
        if (!request["schema"].isString())
            return;
        if (const DataNode schema = context.embedded(request["schema"]))
            readAvroContract(schema, context);
    }

private:
    // The line in which a text begins that has a raw line break; 0: there is none.
    static int firstRawBreak(std::string_view text)
    {
        bool isInside = false;
        int line = 1;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\\' && isInside)
                ++i;
            else if (text[i] == '"')
                isInside = !isInside;
            else if (text[i] == '\n' && isInside)
                return line;
            else if (text[i] == '\n')
                ++line;
        }
        return 0;
    }
};

class AvroImporter : public Importer {
public:
    std::string_view format() const override { return "avro"; }
    std::string_view title() const override { return "Avro schemas"; }
    std::string_view group() const override { return "Schemas"; }

    Match match(const SourceHead& head) const override
    {
        const bool isNamed = head.fileName.ends_with(".avsc");
        if (!head.document)
            return isNamed ? Match::ByName : Match::No;
        const DataNode root = head.document->root();
        const DataNode first = root.isArray() && root.size() > 0 ? *root.begin() : root;
        if (isAvro(first))
            return Match::ByContent;
        return isNamed ? Match::ByName : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (root["schema"].isString() && !root["type"]) {
            context.problem(Severity::Warning, "avro.registry-request",
                            "This is a request to a schema registry with the schema as a text, not "
                            "a schema. The text is read.",
                            root["schema"]);
            if (const DataNode schema = context.embedded(root["schema"]))
                readDocument(schema, context);
            return;
        }
        readAvroContract(root, context);
    }
};

}  // namespace

void readAvroSchema(const DataNode& schema, const SchemaTarget& target, ImportContext& context)
{
    AvroReading(target, context).read(schema);
}

std::unique_ptr<Importer> avroRequestImporter()
{
    return std::make_unique<AvroRequestImporter>();
}

std::unique_ptr<Importer> avroImporter()
{
    return std::make_unique<AvroImporter>();
}

}  // namespace portolan
