// SPDX-License-Identifier: Apache-2.0
// OpenAPI 3.0 to 3.2: an operational API's operations and the schemas of what it takes and answers.
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/interfaces/interface_info.h"
#include "model/import/schema_reader.h"

#include <array>
#include <set>

namespace portolan {

namespace {

constexpr std::string_view openapi = "openapi";
constexpr std::array<std::string_view, 9> verbs = {"get",  "put",   "post",  "delete", "options",
                                                   "head", "patch", "trace", "query"};

class OpenApiReading {
public:
    OpenApiReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context)
    {
        m_dialect = root["openapi"].text().starts_with("3.0") ? JsonSchemaDialect::OpenApi30
                                                              : JsonSchemaDialect::JsonSchema;
    }

    void run()
    {
        Contract contract = contractOfInfo(m_root, ProductKind::OperationalApi, openapi, m_context);
        for (const DataNode node : m_root["servers"]) {
            Server server;
            server.name = node["description"].string();
            server.type = "api";
            server.location = node["url"].string();
            contract.servers.push_back(std::move(server));
        }
        m_id = contract.id;
        const EstateBuilder::Added added = m_context.estate().contract(std::move(contract));
        m_contract = added.contract;
        if (!added.isNew)
            return;
        for (const DataNode schema : m_root["components"]["schemas"])
            readJsonSchema(schema, {m_contract, {}, std::string(schema.key())}, m_dialect,
                           m_context);
        for (const DataNode path : m_root["paths"])
            readPath(path, std::string(path.key()), false);
        for (const DataNode hook : m_root["webhooks"])
            readPath(hook, std::string(hook.key()), true);
        if (!m_root["paths"] && !m_root["webhooks"] && !m_root["components"])
            m_context.problem(Severity::Warning, "openapi.empty",
                              "The document has neither paths nor webhooks nor components (one of "
                              "them is required).",
                              m_root);
        ignoreOthers(m_root,
                     " openapi info servers paths webhooks components tags x-id x-owner x-domain "
                     "x-status x-bounded-context ",
                     "root", m_context);
        ignoreOthers(m_root["components"], " schemas requestBodies responses parameters ",
                     "components", m_context);
    }

private:
    DataNode resolved(DataNode node)
    {
        for (int hops = 0; hops < 20 && node["$ref"].isString(); ++hops)
            node = followReference(node, node["$ref"].text(), m_context);
        return node;
    }

    void readPath(const DataNode& item, const std::string& address, bool isHook)
    {
        const DataNode whole = resolved(item);
        if (!whole.isObject()) {
            if (!whole.isMissing())
                m_context.problem(
                    Severity::Error, "openapi.wrong-type",
                    "The path \"" + address + "\" is no object of operations. Path skipped.", item);
            return;
        }
        for (const std::string_view verb : verbs) {
            if (whole[verb].isObject())
                readOperation(whole[verb], verb, address, isHook);
        }
        ignoreOthers(whole,
                     " get put post delete options head patch trace query parameters summary "
                     "description servers $ref ",
                     "path", m_context);
    }

    void readOperation(const DataNode& node, std::string_view verb, const std::string& address,
                       bool isHook)
    {
        Operation operation;
        operation.contract = m_contract;
        operation.method = isHook ? "webhook" : std::string(verb);
        for (char& c : operation.method)
            c = c >= 'a' && c <= 'z' && !isHook ? static_cast<char>(c - 'a' + 'A') : c;
        operation.address = address;
        operation.name = textAt(node, "operationId", m_context, openapi);
        if (operation.name.empty())
            operation.name = operation.method + " " + address;
        operation.description = node["summary"].string();
        if (operation.description.empty())
            operation.description = node["description"].string();
        operation.isDeprecated = node["deprecated"].boolean().value_or(false);
        const DataNode body = resolved(node["requestBody"]);
        operation.request = bodyOf(body, operation.name + " request");
        for (const DataNode response : node["responses"]) {
            const bool isGood = response.key().starts_with('2') || response.key() == "default";
            if (isGood && operation.response.empty())
                operation.response = bodyOf(resolved(response), operation.name + " response");
        }
        operation.evidence = m_context.evidence(node);
        if (isHook)
            m_context.estate().fact(
                ObservedRoute{m_id, m_id, {}, operation.name, m_context.evidence(node)});
        m_context.estate().fact(std::move(operation));
        for (const DataNode callback : node["callbacks"]) {
            for (const DataNode target : resolved(callback))
                readPath(target, std::string(target.key()), true);
        }
        if (const DataNode security = node["security"])
            m_context.ignored("operation.security", "not kept", security);
    }

    // The name of the schema; one that stands in the body itself becomes an object of its own.
    std::string bodyOf(const DataNode& body, const std::string& madeName)
    {
        for (const DataNode media : body["content"]) {
            DataNode schema = media["schema"];
            std::string suffix;
            for (int depth = 0; depth < 5 && schema["items"].isObject() && !schema["$ref"];
                 ++depth) {
                schema = schema["items"];
                suffix += "[]";
            }
            if (schema["$ref"].isString()) {
                const std::string_view reference = schema["$ref"].text();
                if (!reference.starts_with("#/components/schemas/"))
                    addMade(schema, std::string(lastPart(reference)));
                return std::string(lastPart(reference)) + suffix;
            }
            const bool hasFields =
                schema["properties"] || schema["allOf"] || schema["oneOf"] || schema["anyOf"];
            if (hasFields) {
                addMade(schema, madeName);
                return madeName + suffix;
            }
        }
        return {};
    }

    void addMade(const DataNode& schema, const std::string& name)
    {
        if (m_made.insert(name).second)
            readJsonSchema(schema, {m_contract, {}, name}, m_dialect, m_context);
    }

    DataNode m_root;
    ImportContext& m_context;
    JsonSchemaDialect m_dialect = JsonSchemaDialect::JsonSchema;
    ContractIndex m_contract;
    std::string m_id;
    std::set<std::string> m_made;
};

class OpenApiImporter : public Importer {
public:
    std::string_view format() const override { return openapi; }
    std::string_view title() const override { return "OpenAPI"; }
    std::string_view group() const override { return "Interfaces"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const bool isOne = !root["openapi"].text().empty() || !root["swagger"].text().empty();
        return isOne && !root["asyncapi"] ? Match::ByContent : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        const std::string old = root["swagger"].string();
        const std::string version = root["openapi"].string();
        context.setFormatVersion(old.empty() ? version : old);
        if (!old.empty()) {
            context.problem(Severity::Error, "openapi.swagger",
                            "This is Swagger " + old +
                                " (expected OpenAPI 3.0 or newer). Convert it first; nothing is "
                                "read of it.",
                            root["swagger"]);
            return;
        }
        if (!version.starts_with("3."))
            context.problem(Severity::Warning, "openapi.unknown-version",
                            "openapi is \"" + version + "\" (expected 3.0 to 3.2). Read as 3.2.",
                            root["openapi"]);
        OpenApiReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> openApiImporter()
{
    return std::make_unique<OpenApiImporter>();
}

}  // namespace portolan
