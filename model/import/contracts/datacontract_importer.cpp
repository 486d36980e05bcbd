// SPDX-License-Identifier: Apache-2.0
// Data Contract Specification 0.9.0 to 1.2.1. Its owners have given it up in favour of ODCS; many files are there.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"

#include <algorithm>
#include <map>

namespace portolan {

namespace {

constexpr std::string_view datacontract = "datacontract";
constexpr int depthMost = 60;

class DataContractReading {
public:
    DataContractReading(const DataNode& root, ImportContext& context)
        : m_root(root), m_context(context)
    {
    }

    void run()
    {
        m_context.problem(Severity::Note, "datacontract.deprecated",
                          "The Data Contract Specification is deprecated by its owners; the Open "
                          "Data Contract Standard takes its place, and the format's own tool "
                          "exports to it.",
                          m_root["dataContractSpecification"]);
        if (!readContract())
            return;
        for (const DataNode definition : m_root["definitions"])
            readDefinition(definition);
        for (const DataNode model : m_root["models"])
            readModel(model);
        resolveReferences();
        readOpaqueQuality();
        if (m_root["definitions"].isString())
            m_context.unresolved(m_root["definitions"].text(), "definitions elsewhere are not read",
                                 m_root["definitions"]);
        ignoreOthers(m_root,
                     " dataContractSpecification id info servers models definitions servicelevels "
                     "terms quality tags links ",
                     "root", m_context);
        ignoreOthers(m_root["info"], " title version status owner description contact ", "info",
                     m_context);
    }

private:
    std::string text(const DataNode& node, std::string_view key)
    {
        return textAt(node, key, m_context, datacontract);
    }

    bool readContract()
    {
        const DataNode info = m_root["info"];
        Contract contract;
        contract.id = text(m_root, "id");
        if (contract.id.empty()) {
            m_context.problem(Severity::Error, "datacontract.no-id",
                              "The contract has no id (required). File not loaded.", m_root);
            return false;
        }
        contract.version = text(info, "version");
        contract.name = text(info, "title");
        contract.statusText = text(info, "status");
        contract.status = contractStatusFrom(contract.statusText);
        contract.owner = text(info, "owner");
        contract.description = text(info, "description");
        for (const auto& [key, title] :
             {std::pair("usage", "Usage: "), {"limitations", "Limitations: "}}) {
            if (const std::string terms = text(m_root["terms"], key); !terms.empty())
                contract.description +=
                    (contract.description.empty() ? "" : "\n") + std::string(title) + terms;
        }
        if (const std::string contact = info["contact"]["name"].string(); !contact.empty())
            contract.team.emplace_back(contact, "contact");
        contract.apiVersion = m_root["dataContractSpecification"].string();
        readServers(contract);
        readServiceLevels(contract);
        ignoreOthers(m_root["terms"], " usage limitations ", "terms", m_context);
        ObservedProduct product;
        product.id = contract.name.empty() ? contract.id : contract.name;
        product.name = product.id;
        product.owner = contract.owner;
        product.kind = m_kind;
        product.isInferred = m_kind != ProductKind::Unknown;
        product.evidence = m_context.evidence(m_root);
        contract.product = m_context.estate().product(std::move(product));
        contract.contentHash = contentHash(m_root);
        contract.evidence = m_context.evidence(m_root["id"]);
        const std::string key = contract.key();
        const EstateBuilder::Added added = m_context.estate().contract(std::move(contract));
        m_contract = added.contract;
        for (const DataNode tag : m_root["tags"])
            m_context.estate().fact(
                Claim{ClaimAbout::Contract, key, "tag", tag.string(), m_context.evidence(tag)});
        for (const DataNode link : m_root["links"])
            m_context.estate().fact(
                Claim{ClaimAbout::Contract, key, "link", link.string(), m_context.evidence(link)});
        return added.isNew;
    }

    void readServers(Contract& contract)
    {
        for (const DataNode node : m_root["servers"]) {
            Server server;
            server.name = node.key();
            server.type = lowerCase(text(node, "type"));
            server.environment = text(node, "environment");
            for (const char* key : {"location", "host", "account", "endpointUrl", "project"}) {
                if (server.location.empty())
                    server.location = text(node, key);
            }
            if (const std::string topic = text(node, "topic"); !topic.empty())
                server.location += (server.location.empty() ? "" : "/") + topic;
            if (m_platform.empty())
                place(node, server);
            contract.servers.push_back(std::move(server));
        }
    }

    // The first server tells where the models are.
    void place(const DataNode& node, const Server& server)
    {
        m_platform = fromNamespace(server.type + "://x", "").platform;
        m_topic = text(node, "topic");
        for (const char* key : {"host", "account"}) {
            if (m_instance.empty())
                m_instance = text(node, key);
        }
        const std::string port = text(node, "port");
        if (!port.empty() && !m_instance.empty() && m_instance.find(':') == std::string::npos)
            m_instance += ":" + port;
        for (const char* key : {"project", "catalog", "database", "dataset", "schema"}) {
            if (const std::string part = text(node, key); !part.empty())
                m_prefix += (m_prefix.empty() ? "" : ".") + unquotedPath(m_platform, part);
        }
        m_location = text(node, "location");
        m_kind = m_platform == "kafka" || m_platform == "kinesis" || m_platform == "pubsub"
                     ? ProductKind::Event
                 : server.type == "api" ? ProductKind::OperationalApi
                                        : ProductKind::Analytical;
    }

    void readServiceLevels(Contract& contract)
    {
        for (const DataNode level : m_root["servicelevels"]) {
            for (const DataNode value : level) {
                if (value.key() == "description" || value.isObject() || value.isArray())
                    continue;
                contract.serviceLevels.push_back(
                    {std::string(level.key()) + (value.key() == "threshold" ||
                                                         value.key() == "period" ||
                                                         value.key() == "percentage"
                                                     ? ""
                                                     : "." + std::string(value.key())),
                     value.string(),
                     {},
                     {}});
            }
        }
    }

    void readDefinition(const DataNode& node)
    {
        const std::string title = text(node, "title");
        const std::string description = text(node, "description");
        if (title.empty() && description.empty())
            return;
        m_context.estate().term({text(m_root["info"], "title"),
                                 title.empty() ? std::string(node.key()) : title, description,
                                 m_context.evidence(node)});
    }

    // A definition that a field takes over; ids may hold slashes.
    DataNode definitionOf(const DataNode& node)
    {
        const std::string_view reference = node["$ref"].text();
        constexpr std::string_view own = "#/definitions/";
        if (!reference.starts_with(own)) {
            if (!reference.empty())
                m_context.unresolved(reference, "not followed", node["$ref"]);
            return {};
        }
        const DataNode found = m_root["definitions"][reference.substr(own.size())];
        if (!found)
            m_context.unresolved(reference, "there is no such definition", node["$ref"]);
        return found;
    }

    DatasetIndex datasetOf(const DataNode& model)
    {
        const std::string name(model.key());
        if (m_platform.empty() || name.empty())
            return {};
        DatasetName normal{m_platform, m_instance, m_topic};
        if (normal.path.empty() && !m_location.empty()) {
            const std::size_t scheme = m_location.find("://");
            const std::size_t slash =
                scheme == std::string::npos ? scheme : m_location.find('/', scheme + 3);
            if (slash == std::string::npos)
                return {};
            std::string path = m_location.substr(slash);
            if (const std::size_t place = path.find("{model}"); place != std::string::npos)
                path.replace(place, 7, name);
            normal = fromNamespace(m_location.substr(0, slash), path);
        } else if (normal.path.empty()) {
            normal.path = (m_prefix.empty() ? "" : m_prefix + ".") + unquotedPath(m_platform, name);
        }
        return m_context.estate().dataset(normal.platform, normal.instance, normal.path,
                                          m_context.evidence(model));
    }

    void readModel(const DataNode& node)
    {
        if (!node.isObject()) {
            m_context.problem(
                Severity::Warning, "datacontract.wrong-type",
                "The model \"" + std::string(node.key()) + "\" is no object. Model skipped.", node);
            return;
        }
        SchemaObject object;
        object.contract = m_contract;
        object.name = node.key();
        object.physicalName = node.key();
        object.description = text(node, "description");
        object.dataset = datasetOf(node);
        object.evidence = m_context.evidence(node);
        m_dataset = object.dataset;
        m_object = m_context.estate().object(std::move(object));
        m_model = node.key();
        m_keys.clear();
        for (const DataNode key : node["primaryKey"])
            m_keys.push_back(key.string());
        m_keyPosition = static_cast<int>(m_keys.size());
        readFields(node["fields"], "", 0);
        readQuality(node["quality"], {});
        ignoreOthers(node, " description type fields quality primaryKey title ", "model",
                     m_context);
    }

    void readFields(const DataNode& fields, const std::string& prefix, int depth)
    {
        for (const DataNode field : fields.isObject() ? fields : DataNode()) {
            if (field.isObject() || field.isNull())
                readField(field, prefix + std::string(field.key()), depth);
        }
    }

    void readField(const DataNode& node, const std::string& path, int depth)
    {
        const DataNode base = definitionOf(node);
        const auto value = [&](std::string_view key) {
            return node[key] ? node[key] : base[key];  // own keys win
        };
        Field field;
        field.object = m_object;
        field.path = path;
        field.logicalType = value("type").string();
        field.description = value("description").string();
        field.classification = value("classification").string();
        if (field.classification.empty() && value("pii").boolean().value_or(false))
            field.classification = "pii";
        field.isRequired = value("required").boolean().value_or(false);
        const auto known = std::find(m_keys.begin(), m_keys.end(), path);
        if (known != m_keys.end())
            field.keyPosition = static_cast<int>(known - m_keys.begin()) + 1;
        else if (value("primaryKey").boolean().value_or(false) ||
                 value("primary").boolean().value_or(false))
            field.keyPosition = ++m_keyPosition;
        field.reference = value("references").string();
        field.evidence = m_context.evidence(node);
        const DataNode reference = value("references");
        const FieldIndex index = m_context.estate().field(std::move(field));
        m_fields[m_model + "." + path] = index;
        if (reference.isString())
            m_references.push_back(reference);
        readQuality(value("quality"), index);
        readLineage(value("lineage"), path);
        ignoreOthers(node,
                     " type description classification pii required primaryKey primary references "
                     "quality lineage fields items keys values $ref title ",
                     "field", m_context);
        if (depth > depthMost)
            return;
        readFields(value("fields"), path + ".", depth + 1);
        const DataNode items = value("items");
        readFields(items["fields"], path + "[].", depth + 1);
        readFields(value("values")["fields"], path + "{}.", depth + 1);
    }

    void resolveReferences()
    {
        for (const DataNode& reference : m_references) {
            if (!m_fields.contains(reference.string()))
                m_context.unresolved(reference.text(), "there is no such field in the contract",
                                     reference);
        }
    }

    void readQuality(const DataNode& rules, FieldIndex field)
    {
        for (const DataNode rule : rules.isArray() ? rules : DataNode()) {
            Check check;
            check.contract = m_contract;
            check.object = m_object;
            check.field = field;
            check.type = rule["type"].string();
            check.name = rule["description"].string();
            check.expression = rule["query"].string();
            if (check.expression.empty())
                check.expression = std::string(rule["implementation"].raw());
            check.evidence = m_context.evidence(rule);
            m_context.estate().check(std::move(check));
        }
    }

    // Before 1.0 the whole contract had one specification in another tool's language.
    void readOpaqueQuality()
    {
        const DataNode quality = m_root["quality"];
        if (!quality.isObject())
            return;
        Check check;
        check.contract = m_contract;
        check.type = text(quality, "type");
        const DataNode specification = quality["specification"];
        check.expression = specification.isObject() || specification.isArray()
                               ? std::string(specification.raw())
                               : specification.string();
        check.evidence = m_context.evidence(quality);
        m_context.estate().check(std::move(check));
    }

    void readLineage(const DataNode& lineage, const std::string& path)
    {
        for (const DataNode input : lineage["inputFields"]) {
            const std::string name = input["name"].string();
            const std::string column = input["field"].string();
            if (name.empty() || column.empty() || !m_dataset.isValid()) {
                m_context.unresolved(name + "." + column,
                                     "lineage without a server that says where the model is",
                                     input);
                continue;
            }
            const DatasetName normal = fromNamespace(input["namespace"].text(), name);
            const DatasetIndex from = m_context.estate().dataset(
                normal.platform, normal.instance, normal.path, m_context.evidence(input));
            const DataNode transformations = input["transformations"];
            const DataNode first =
                transformations.size() > 0 ? *transformations.begin() : DataNode();
            const std::string kind = first["subtype"].text().empty() ? first["type"].string()
                                                                     : first["subtype"].string();
            const bool isIndirect = first["type"].text() == "INDIRECT";
            m_context.estate().columnLineage(
                m_context.estate().column(from, column, {}, m_context.evidence(input)),
                m_context.estate().column(m_dataset, path, {}, m_context.evidence(input)), {},
                isIndirect ? ColumnFlow::Indirect : ColumnFlow::Direct, kind,
                first["masking"].boolean().value_or(false), m_context.evidence(input),
                first["description"].text());
            m_context.estate().lineage(from, m_dataset, {}, m_context.evidence(input));
        }
    }

    DataNode m_root;
    ImportContext& m_context;
    ContractIndex m_contract;
    SchemaObjectIndex m_object;
    DatasetIndex m_dataset;
    std::string m_model;
    std::vector<std::string> m_keys;
    int m_keyPosition = 0;
    std::string m_platform;
    std::string m_instance;
    std::string m_prefix;
    std::string m_topic;
    std::string m_location;
    ProductKind m_kind = ProductKind::Unknown;
    std::map<std::string, FieldIndex> m_fields;  // "model.field"
    std::vector<DataNode> m_references;
};

class DataContractImporter : public Importer {
public:
    std::string_view format() const override { return datacontract; }
    std::string_view title() const override { return "Data Contract Specification"; }
    std::string_view group() const override { return "Data contracts"; }

    Match match(const SourceHead& head) const override
    {
        return head.document && head.document->root()["dataContractSpecification"]
                   ? Match::ByContent
                   : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        context.setFormatVersion(root["dataContractSpecification"].string());
        DataContractReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> dataContractImporter()
{
    return std::make_unique<DataContractImporter>();
}

}  // namespace portolan
