// SPDX-License-Identifier: Apache-2.0
// Data Product Descriptor Specification 1.0: a product, its ports (often each in a file of its own) and what they promise; and the
// descriptions of data stores ("datastoreapi") that its ports refer to.
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/schema_reader.h"

#include <initializer_list>
#include <utility>

namespace portolan {

namespace {

constexpr std::string_view dpds = "dpds";
constexpr std::string_view datastore = "datastoreapi";

bool isUrl(std::string_view reference)
{
    return reference.find("://") != std::string_view::npos;
}

ProductKind kindOf(std::string_view specification, std::string_view serviceType)
{
    if (specification == "asyncapi" || serviceType == "streaming-services")
        return ProductKind::Event;
    if (specification == "openapi" || specification == "graphql" || serviceType == "rest-services")
        return ProductKind::OperationalApi;
    if (specification == "datastoreapi" || serviceType == "datastore-services")
        return ProductKind::Analytical;
    return ProductKind::Unknown;
}

class DpdsReading {
public:
    DpdsReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context) {}

    void run()
    {
        const DataNode info = m_root["info"];
        m_id = text(info, "fullyQualifiedName");
        m_name = text(info, "name");
        if (m_id.empty())
            m_id = m_name;
        if (m_id.empty()) {
            m_context.problem(Severity::Error, "dpds.no-id",
                              "The product has no info.fullyQualifiedName (required). File not "
                              "loaded.",
                              info ? info : m_root);
            return;
        }
        if (m_name.empty())
            m_name = nameIn(m_id);
        readProduct(info);
        const DataNode ports = m_root["interfaceComponents"];
        for (const char* key :
             {"outputPorts", "observabilityPorts", "discoveryPorts", "controlPorts"}) {
            for (const DataNode port : listAt(ports, key, m_context, dpds))
                readOutput(port, key);
        }
        for (const DataNode port : listAt(ports, "inputPorts", m_context, dpds))
            readInput(port);
        ignoreOthers(ports,
                     " inputPorts outputPorts observabilityPorts discoveryPorts controlPorts ",
                     "interfaceComponents", m_context);
        readInside(m_root["internalComponents"]);
        ignoreOthers(m_root, " dataProductDescriptor info interfaceComponents internalComponents ",
                     "root", m_context);
    }

private:
    std::string text(const DataNode& node, std::string_view key)
    {
        return textAt(node, key, m_context, dpds);
    }

    // "urn:dpds:com.company:dataproducts:tripExecution:1" -> "tripExecution"
    static std::string nameIn(std::string_view id)
    {
        if (!id.starts_with("urn:"))
            return std::string(id);
        std::size_t end = id.size();
        const std::size_t last = id.rfind(':');
        if (id.find_first_not_of("0123456789.", last + 1) == std::string_view::npos)
            end = last;
        const std::size_t start = id.rfind(':', end - 1);
        return std::string(id.substr(start + 1, end - start - 1));
    }

    void claim(std::string_view property, const DataNode& value)
    {
        if (!value.text().empty())
            m_context.estate().fact(Claim{ClaimAbout::Product, m_id, std::string(property),
                                          value.string(), m_context.evidence(value)});
    }

    void readProduct(const DataNode& info)
    {
        ObservedProduct product;
        product.id = m_id;
        product.name = m_name;
        product.domain = text(info, "domain");
        const DataNode owner = info["owner"];
        product.owner = owner[owner["name"] ? "name" : "id"].string();
        product.evidence = m_context.evidence(info);
        m_product = m_context.estate().product(std::move(product));
        claim("version", info["version"]);
        claim("description", info["description"]);
        m_context.estate().consumer(
            {m_id, m_name, {}, "data product", {}, m_context.evidence(info)});
        ignoreOthers(info,
                     " fullyQualifiedName name displayName version domain owner description "
                     "entityType id ",
                     "info", m_context);
    }

    // A port that is only a reference is what its file says, which may be a whole descriptor with that port alone.
    DataNode portAt(const DataNode& port, std::string_view list)
    {
        const DataNode reference = port["$ref"];
        if (reference.text().empty())
            return port;
        const DataNode found = followReference(reference, reference.text(), m_context);
        for (const DataNode one : found["interfaceComponents"][list])
            return one;
        return found.isObject() ? found : port;
    }

    void readOutput(const DataNode& place, std::string_view list)
    {
        const DataNode port = portAt(place, list);
        const std::string name = text(port, "name");
        if (name.empty() && !port["fullyQualifiedName"]) {
            if (!port["$ref"])
                m_context.unresolved(list, "a port without a name", place);
            return;
        }
        const DataNode promises = port["promises"];
        const DataNode api = promises["api"];
        Contract contract;
        contract.id = text(port, "fullyQualifiedName");
        if (contract.id.empty())
            contract.id = m_id + ":" + name;
        contract.name = text(port, "displayName").empty() ? name : text(port, "displayName");
        contract.version = text(port, "version");
        contract.description = text(port, "description");
        contract.status = ContractStatus::Active;
        contract.owner = m_root["info"]["owner"]["name"].string();
        contract.domain = m_root["info"]["domain"].string();
        contract.product = m_product;
        readPromises(promises, contract);
        contract.contentHash = contentHash(port);
        contract.evidence = m_context.evidence(port);
        const std::string id = contract.id;
        setKind(kindOf(api["specification"].text(), promises["serviceType"].text()), port);
        const auto added = m_context.estate().contract(std::move(contract));
        if (added.isNew)
            readApi(api, added.contract, id);
        ignoreOthers(port,
                     " fullyQualifiedName name displayName version description promises "
                     "entityType id $ref ",
                     "port", m_context);
    }

    // The first port that tells a kind is taken for the product's.
    void setKind(ProductKind kind, const DataNode& port)
    {
        if (m_hasKind || kind == ProductKind::Unknown)
            return;
        m_hasKind = true;
        ObservedProduct product;
        product.id = m_id;
        product.kind = kind;
        product.isInferred = true;
        product.evidence = m_context.evidence(port);
        m_context.estate().product(std::move(product));
    }

    void readPromises(const DataNode& promises, Contract& contract)
    {
        const std::string platform = promises["platform"].string();
        if (!platform.empty())
            contract.servers.push_back({{}, promises["serviceType"].string(), platform, {}});
        const DataNode slo = promises["slo"]["definition"];
        for (const DataNode group : slo) {
            for (const DataNode level : group) {
                if (!level.text().empty())
                    contract.serviceLevels.push_back(
                        {std::string(level.key()), level.string(), {}, {}});
            }
        }
        ignoreOthers(promises, " platform serviceType api slo ", "promises", m_context);
    }

    // The interface's own description says what flows; its file is imported for itself, under the title that links the two.
    void readApi(const DataNode& api, ContractIndex contract, const std::string& id)
    {
        const DataNode definition = api["definition"];
        const DataNode reference = definition["$ref"];
        if (reference.text().empty())
            return;
        if (isUrl(reference.text())) {
            m_context.unresolved(reference.text(), "on the network: never fetched", reference);
            return;
        }
        const DataNode found = followReference(reference, reference.text(), m_context);
        if (!found.isObject())
            return;
        const DataNode info = found["info"];
        const std::string title = info[info["x-id"] ? "x-id" : "title"].string();
        if (title.empty())
            return;
        m_context.estate().fact(
            ObservedRoute{m_id,
                          title + "@" + info["version"].string(),
                          {},
                          m_context.estate().estate().contracts[contract.value].name,
                          m_context.evidence(reference)});
        m_context.estate().fact(IdentityHint{ClaimAbout::Contract, id, title,
                                             "The port's interface is described by the file that "
                                             "it refers to.",
                                             80, m_context.evidence(reference)});
    }

    void readInput(const DataNode& place)
    {
        const DataNode port = portAt(place, "inputPorts");
        const std::string name = text(port, "name");
        std::string thing = text(port, "fullyQualifiedName");
        if (thing.empty())
            thing = name;
        if (thing.empty()) {
            if (!port["$ref"])
                m_context.unresolved("inputPorts", "a port without a name", place);
            return;
        }
        // An input port names itself; what it reads is the business of whoever provides it.
        m_context.estate().fact(ObservedRoute{{}, thing, m_id, name, m_context.evidence(port)});
        m_context.estate().fact(
            Adoption{m_id, thing, text(port, "version"), {}, "port", {}, m_context.evidence(port)});
        ignoreOthers(port, " fullyQualifiedName name displayName version description $ref ",
                     "inputPort", m_context);
    }

    void readInside(const DataNode& inside)
    {
        for (const DataNode part : listAt(inside, "applicationComponents", m_context, dpds)) {
            const DataNode application = portAt(part, {});
            if (!application["name"].text().empty())
                m_context.estate().job(m_id, application["name"].string(),
                                       m_context.evidence(application));
            else if (!application["$ref"])
                m_context.unresolved("applicationComponents", "a component without a name", part);
        }
        for (const DataNode part : listAt(inside, "infrastructuralComponents", m_context, dpds))
            m_context.ignored("infrastructuralComponents", "not part of the map", part);
        ignoreOthers(inside, " applicationComponents infrastructuralComponents ",
                     "internalComponents", m_context);
    }

    DataNode m_root;
    ImportContext& m_context;
    std::string m_id;
    std::string m_name;
    ProductIndex m_product;
    bool m_hasKind = false;
};

class DpdsImporter : public Importer {
public:
    std::string_view format() const override { return dpds; }
    std::string_view title() const override { return "Data Product Descriptor"; }
    std::string_view group() const override { return "Data contracts"; }

    Match match(const SourceHead& head) const override
    {
        return head.document && head.document->root()["dataProductDescriptor"] ? Match::ByContent
                                                                               : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        const std::string version = root["dataProductDescriptor"].string();
        context.setFormatVersion(version);
        if (!version.starts_with("1.0"))
            context.problem(Severity::Note, "dpds.newer-version",
                            "dataProductDescriptor is " + version +
                                " (known is 1.0.0). Read as 1.0.0.",
                            root["dataProductDescriptor"]);
        DpdsReading(root, context).run();
    }
};

// Tables of a store; each table's columns stand in a schema of another language.
class DatastoreReading {
public:
    DatastoreReading(const DataNode& root, ImportContext& context)
        : m_root(root), m_context(context)
    {
    }

    void run()
    {
        const DataNode info = m_root["info"];
        Contract contract;
        contract.id = contract.name = textAt(info, "title", m_context, datastore);
        if (contract.id.empty()) {
            m_context.problem(Severity::Error, "datastoreapi.no-title",
                              "The description has no info.title (required). File not loaded.",
                              info ? info : m_root);
            return;
        }
        contract.version = textAt(info, "version", m_context, datastore);
        contract.description = info[info["description"] ? "description" : "summary"].string();
        contract.contentHash = contentHash(m_root);
        contract.evidence = m_context.evidence(m_root);
        const auto added = m_context.estate().contract(std::move(contract));
        if (!added.isNew)
            return;
        const DataNode schema = m_root["schema"];
        std::string space;
        for (const char* key : {"databaseName", "schemaName"}) {
            if (!schema[key].text().empty())
                space += schema[key].string() + ".";
        }
        for (const DataNode table : listAt(schema, "tables", m_context, datastore))
            readTable(table, added.contract, space);
        ignoreOthers(m_root, " datastoreapi info schema ", "root", m_context);
        ignoreOthers(schema, " databaseName schemaName tables ", "schema", m_context);
    }

private:
    void readTable(const DataNode& table, ContractIndex contract, const std::string& space)
    {
        const std::string name = textAt(table, "name", m_context, datastore);
        if (name.empty()) {
            m_context.problem(Severity::Warning, "datastoreapi.no-name",
                              "A table has no name (required). Table skipped.", table);
            return;
        }
        const DatasetIndex dataset =
            m_context.estate().dataset({}, {}, space + name, m_context.evidence(table));
        const DataNode definition = table["definition"];
        const DataNode reference = definition["$ref"];
        const SchemaTarget target{contract, dataset, name, space + name};
        if (reference.text().empty()) {
            if (definition.isObject())
                readJsonSchema(definition, target, JsonSchemaDialect::JsonSchema, m_context);
            else
                addBare(table, target);
        } else if (isUrl(reference.text())) {
            m_context.unresolved(reference.text(), "on the network: never fetched", reference);
            addBare(table, target);
        } else if (reference.text().ends_with(".proto")) {
            readProto(reference, target);
        } else {
            const DataNode found = followReference(reference, reference.text(), m_context);
            if (found.isObject())
                readJsonSchema(found, target, JsonSchemaDialect::JsonSchema, m_context);
            else
                addBare(table, target);
        }
        ignoreOthers(table, " name specification specificationVersion definition description ",
                     "table", m_context);
    }

    void readProto(const DataNode& reference, const SchemaTarget& target)
    {
        const Result<std::string> text = m_context.siblingText(reference.text());
        if (text)
            readProtobufSchema(*text, target, 1, m_context);
        else
            m_context.unresolved(reference.text(), "no such file beside", reference);
    }

    void addBare(const DataNode& table, const SchemaTarget& target)
    {
        m_context.estate().object(SchemaObject{target.contract,
                                               target.name,
                                               target.physicalName,
                                               {},
                                               target.dataset,
                                               {},
                                               m_context.evidence(table)});
    }

    DataNode m_root;
    ImportContext& m_context;
};

class DatastoreImporter : public Importer {
public:
    std::string_view format() const override { return datastore; }
    std::string_view title() const override { return "Data store description"; }
    std::string_view group() const override { return "Data contracts"; }

    Match match(const SourceHead& head) const override
    {
        return head.document && head.document->root()["datastoreapi"] ? Match::ByContent
                                                                      : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        context.setFormatVersion(root["datastoreapi"].string());
        DatastoreReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> dpdsImporter()
{
    return std::make_unique<DpdsImporter>();
}

std::unique_ptr<Importer> datastoreImporter()
{
    return std::make_unique<DatastoreImporter>();
}

}  // namespace portolan
