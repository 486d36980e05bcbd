// SPDX-License-Identifier: Apache-2.0
// Open Data Contract Standard, versions 2.2 to 3.1; the draft of 3.2 is read as far as it is known.
#include "model/import/contracts/odcs_schema.h"
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"

#include <algorithm>
#include <array>

namespace portolan {

namespace {

constexpr std::string_view odcs = "odcs";

constexpr std::string_view rootKeys =
    " version kind apiVersion id name tenant tags status servers dataProduct description domain "
    "schema team slaProperties customProperties ";
constexpr std::string_view unkeptRootKeys =
    " support price roles slaDefaultElement authoritativeDefinitions contractCreatedTs ";
constexpr std::string_view oldRootKeys =
    " version kind id uuid name apiVersion standardVersion templateVersion status quantumName "
    "datasetDomain dataset schema description stakeholders team slaProperties userConsumptionMode "
    "tags customProperties tenant driver sourceSystem server database datasetProject datasetName "
    "quality ";
constexpr std::string_view newerRootKeys = " context semanticType synonyms ";

constexpr std::array<std::string_view, 7> knownVersions = {"v2.2.0", "v2.2.1", "v2.2.2", "v3.0.0",
                                                           "v3.0.1", "v3.0.2", "v3.1.0"};

bool isVersionOfOurs(std::string_view text)
{
    if (text.starts_with('v'))
        text.remove_prefix(1);
    return text.starts_with("2.") || text.starts_with("3.") || text.starts_with("4.");
}

bool isOtherKind(std::string_view kind)
{
    return kind == "DataProduct" || kind == "ObservabilityResults" || kind == "MetadataDifference";
}

bool isIsoDate(std::string_view text)
{
    if (text.size() < 10)
        return false;
    for (std::size_t i = 0; i < 10; ++i) {
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    }
    return true;
}

ProductKind kindOfPlatform(std::string_view platform)
{
    static constexpr std::string_view events = " kafka kinesis pubsub ";
    static constexpr std::string_view warehouses =
        " bigquery snowflake redshift databricks synapse athena glue trino presto impala hive "
        "clickhouse vertica duckdb denodo dremio s3 gs azure sftp file ";
    const std::string word = " " + std::string(platform) + " ";
    if (platform == "api")
        return ProductKind::OperationalApi;
    if (events.find(word) != std::string_view::npos)
        return ProductKind::Event;
    if (warehouses.find(word) != std::string_view::npos)
        return ProductKind::Analytical;
    return ProductKind::Unknown;
}

class OdcsReading {
public:
    OdcsReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context) {}

    void run()
    {
        m_isVersion2 = m_root["dataset"] && !m_root["schema"];
        const bool hasOldVersion = version().find("2.") < 2;
        if (!m_root["schema"] && hasOldVersion)
            m_isVersion2 = true;
        m_context.setFormatVersion(version());
        if (!isKindRight() || !hasId())
            return;
        checkRequired();
        readServers();
        readContract();
        if (!m_isNew)
            return;
        OdcsSchema schema(m_context, {m_contract, m_isVersion2, m_location});
        schema.read(schemaObjects());
        if (m_isVersion2)
            ignoreOthers(m_root, oldRootKeys, "root", m_context);
        else
            schema.checkKeys(m_root, rootKeys, unkeptRootKeys, newerRootKeys);
        readClaims();
        readContractQuality();
        checkVersion(schema.newerKeys());
    }

private:
    std::string text(std::string_view key) { return textAt(m_root, key, m_context, odcs); }
    std::string text(const DataNode& node, std::string_view key)
    {
        return textAt(node, key, m_context, odcs);
    }
    std::vector<DataNode> list(const DataNode& node, std::string_view key)
    {
        return listAt(node, key, m_context, odcs);
    }

    std::string version() const
    {
        for (const std::string_view key : {"apiVersion", "standardVersion", "templateVersion"}) {
            if (!m_root[key].text().empty())
                return m_root[key].string();
        }
        return {};
    }

    bool isKindRight()
    {
        const std::string kind = text("kind");
        if (kind == "DataContract" || kind == "managedDataset" || kind == "virtualDataset")
            return true;
        if (kind.empty()) {
            m_context.problem(Severity::Warning, "odcs.no-kind",
                              "The contract has no kind (expected \"DataContract\"). Read as one.",
                              m_root);
            return true;
        }
        m_context.problem(Severity::Error, "odcs.wrong-kind",
                          "kind is \"" + kind + "\" (expected \"DataContract\"). File not loaded.",
                          m_root["kind"]);
        return false;
    }

    bool hasId()
    {
        m_id = text(m_root["id"] ? "id" : "uuid");
        if (m_id.empty() && m_isVersion2)
            m_id = text("quantumName");
        if (m_id.empty())
            m_context.problem(Severity::Error, "odcs.no-id",
                              "The contract has no id (required). File not loaded.", m_root);
        return !m_id.empty();
    }

    void checkRequired()
    {
        for (const std::string_view key : {"version", "status"}) {
            if (m_root[key].text().empty())
                m_context.problem(Severity::Warning, "odcs.missing-key",
                                  "The contract has no " + std::string(key) +
                                      " (required). Loaded without.",
                                  m_root);
        }
    }

    void checkVersion(const std::vector<std::string>& newerKeys)
    {
        const std::string spelt = version();
        if (std::find(knownVersions.begin(), knownVersions.end(), spelt) != knownVersions.end())
            return;
        const DataNode where = m_root["apiVersion"] ? m_root["apiVersion"] : m_root;
        if (spelt.starts_with("v3.")) {
            std::string message = "apiVersion " + spelt + " is newer than v3.1.0. Loaded";
            for (std::size_t i = 0; i < newerKeys.size(); ++i)
                message += (i == 0 ? "; unknown keys: " : ", ") + newerKeys[i];
            m_context.problem(Severity::Note, "odcs.newer-version", message + ".", where);
            return;
        }
        m_context.problem(Severity::Warning, "odcs.unknown-version",
                          (spelt.empty() ? std::string("The contract has no apiVersion")
                                         : "apiVersion is \"" + spelt + "\"") +
                              " (expected v2.2.0 to v3.1.0). Read as " +
                              (m_isVersion2 ? "v2.2.2." : "v3.1.0."),
                          where);
    }

    std::vector<DataNode> schemaObjects()
    {
        if (!m_isVersion2)
            return list(m_root, "schema");
        const DataNode dataset = m_root["dataset"];
        return dataset.isObject() ? list(dataset, "tables") : list(m_root, "dataset");
    }

    void readContract()
    {
        Contract contract;
        contract.id = m_id;
        contract.version = text("version");
        contract.name = text("name");
        contract.statusText = text("status");
        contract.status = contractStatusFrom(contract.statusText);
        contract.domain = text(m_isVersion2 ? "datasetDomain" : "domain");
        contract.description = description();
        contract.apiVersion = version();
        contract.servers = m_servers;
        readTeam(contract);
        readServiceLevels(contract);
        contract.product = readProduct(contract);
        if (contract.name.empty())
            contract.name = productName();
        contract.contentHash = contentHash(m_root);
        contract.evidence = m_context.evidence(
            m_root[m_root["id"] ? "id" : "uuid"] ? m_root[m_root["id"] ? "id" : "uuid"] : m_root);
        if (contract.status == ContractStatus::Unknown && !contract.statusText.empty())
            m_context.problem(Severity::Note, "odcs.unknown-status",
                              "status is \"" + contract.statusText +
                                  "\" (expected proposed, draft, active, deprecated or retired). "
                                  "Kept as it is.",
                              m_root["status"]);
        const EstateBuilder::Added added = m_context.estate().contract(std::move(contract));
        m_contract = added.contract;
        m_isNew = added.isNew;
    }

    // What is said of the contract besides what a contract always says.
    void readClaims()
    {
        const std::string key = m_context.estate().estate().contracts[m_contract.value].key();
        const auto claim = [&](std::string property, const DataNode& value) {
            if (!value.text().empty())
                m_context.estate().fact(Claim{ClaimAbout::Contract, key, std::move(property),
                                              value.string(), m_context.evidence(value)});
        };
        claim("tenant", m_root["tenant"]);
        for (const DataNode& tag : list(m_root, "tags"))
            claim("tag", tag);
        for (const DataNode& property : list(m_root, "customProperties"))
            claim(property["property"].string(), property["value"]);
    }

    std::string productName() { return m_isVersion2 ? text("quantumName") : text("dataProduct"); }

    std::string description()
    {
        const DataNode node = m_root["description"];
        if (!node.isObject())
            return text("description");
        std::string whole = text(node, "purpose");
        for (const auto& [key, title] :
             {std::pair("usage", "Usage: "), std::pair("limitations", "Limitations: ")}) {
            if (const std::string part = text(node, key); !part.empty())
                whole += (whole.empty() ? "" : "\n") + std::string(title) + part;
        }
        return whole;
    }

    void readTeam(Contract& contract)
    {
        const DataNode team = m_root["team"];
        std::vector<DataNode> members;
        if (team.isObject()) {
            contract.owner = text(team, "name");
            members = list(team, "members");
        } else {
            members = list(m_root, m_isVersion2 && !team ? "stakeholders" : "team");
        }
        for (const DataNode& member : members) {
            const std::string person = text(member, member["username"] ? "username" : "name");
            const std::string role = text(member, "role");
            contract.team.emplace_back(person, role);
            if (contract.owner.empty() && lowerCase(role) == "owner" && !member["dateOut"])
                contract.owner = person;
        }
    }

    void readServiceLevels(Contract& contract)
    {
        for (const DataNode& node : list(m_root, "slaProperties")) {
            ServiceLevel level;
            level.property = text(node, "property");
            const DataNode value = node["value"];
            level.value =
                value.isArray() || value.isObject() ? std::string(value.raw()) : value.string();
            level.unit = text(node, "unit");
            level.element = text(node, m_isVersion2 ? "column" : "element");
            if (level.property == "endOfLife" && isIsoDate(level.value))
                contract.sunset = level.value.substr(0, 10);
            if (level.property == "endOfSupport" && isIsoDate(level.value) &&
                contract.sunset.empty())
                contract.sunset = level.value.substr(0, 10);
            contract.serviceLevels.push_back(std::move(level));
        }
    }

    // The product's kind follows from its servers, unless the contract says it.
    ProductIndex readProduct(const Contract& contract)
    {
        ObservedProduct product;
        product.name = productName();
        if (product.name.empty())
            product.name = contract.name;
        product.id = product.name.empty() ? contract.id : product.name;
        product.domain = contract.domain;
        product.owner = contract.owner;
        const std::string mode = lowerCase(text("userConsumptionMode"));
        product.kind = mode == "analytical"    ? ProductKind::Analytical
                       : mode == "operational" ? ProductKind::OperationalApi
                                               : kindOfPlatform(m_location.platform);
        product.isInferred = mode.empty() && product.kind != ProductKind::Unknown;
        product.authority = authority();
        product.evidence = m_context.evidence(m_root);
        return m_context.estate().product(std::move(product));
    }

    Authority authority()
    {
        for (const DataNode& property : list(m_root, "customProperties")) {
            if (property["property"].text() == "authority")
                return authorityFrom(lowerCase(property["value"].text()))
                    .value_or(Authority::Unknown);
        }
        for (const DataNode& tag : list(m_root, "tags")) {
            const std::string word = lowerCase(tag.text());
            if (word == "authoritative" || word == "sourceoftruth" || word == "system-of-record")
                return Authority::Authoritative;
        }
        return Authority::Unknown;
    }

    void readServers()
    {
        if (m_isVersion2) {
            readOldServer();
            return;
        }
        bool isProduction = false;
        for (const DataNode& node : list(m_root, "servers")) {
            Server server;
            server.name = text(node, node["server"] ? "server" : "id");
            server.type = lowerCase(text(node, "type"));
            server.environment = text(node, "environment");
            const OdcsLocation location = locationOf(node, server.type);
            server.location = location.instance;
            for (const std::string& part : {location.prefix, node["topic"].string()}) {
                if (!part.empty())
                    server.location += (server.location.empty() ? "" : "/") + part;
            }
            if (!node["server"] || server.type.empty())
                m_context.problem(Severity::Warning, "odcs.server-incomplete",
                                  std::string("server without ") +
                                      (node["server"]        ? "type"
                                       : server.type.empty() ? "name and type"
                                                             : "name") +
                                      " (required). Loaded without.",
                                  node);
            const bool isBetter =
                !isProduction && lowerCase(server.environment).starts_with("prod");
            if (m_servers.empty() || isBetter)
                m_location = location;
            isProduction |= isBetter;
            m_servers.push_back(std::move(server));
        }
    }

    OdcsLocation locationOf(const DataNode& node, const std::string& type)
    {
        OdcsLocation location;
        location.platform = type;
        for (const std::string_view key : {"host", "account", "location", "endpointUrl", "url"}) {
            if (location.instance.empty())
                location.instance = text(node, key);
        }
        const std::size_t scheme = location.instance.find("://");
        if (scheme != std::string::npos) {
            location.platform = fromNamespace(location.instance, "").platform;
            location.instance = fromNamespace(location.instance, "").instance;
        } else {
            location.platform = fromNamespace(type + "://x", "").platform;
        }
        const std::string port = text(node, "port");
        if (!port.empty() && !location.instance.empty() &&
            location.instance.find(':') == std::string::npos)
            location.instance += ":" + port;
        for (const std::string_view key : {"project", "catalog", "database", "dataset", "schema"}) {
            if (const std::string part = text(node, key); !part.empty())
                location.prefix +=
                    (location.prefix.empty() ? "" : ".") + unquotedPath(location.platform, part);
        }
        return location;
    }

    // "driver: jdbc:postgresql", "server: localhost:5432"
    void readOldServer()
    {
        const std::string driver = lowerCase(text("driver"));
        std::string type = driver.substr(driver.rfind(':') + 1);
        if (type.empty())
            type = lowerCase(text("sourceSystem"));
        if (type.empty())
            return;
        m_location.platform = fromNamespace(type + "://x", "").platform;
        m_location.instance = text("server");
        m_location.prefix = text("database");
        if (m_location.prefix.empty()) {
            m_location.prefix = text("datasetProject");
            const std::string dataset = text("datasetName");
            if (!dataset.empty())
                m_location.prefix += (m_location.prefix.empty() ? "" : ".") + dataset;
        }
        Server server;
        server.type = m_location.platform;
        server.location = m_location.instance;
        if (!m_location.prefix.empty())
            server.location += (server.location.empty() ? "" : "/") + m_location.prefix;
        m_servers.push_back(std::move(server));
    }

    // Rules of the whole contract occur in files of version 2 only.
    void readContractQuality()
    {
        for (const DataNode& node : list(m_root, "quality")) {
            Check check;
            check.contract = m_contract;
            check.name = text(node, node["code"] ? "code" : "name");
            check.type = text(node, "type");
            check.isReconciliation = check.type == "reconciliation";
            check.evidence = m_context.evidence(node);
            m_context.estate().check(std::move(check));
        }
    }

    const DataNode m_root;
    ImportContext& m_context;
    bool m_isVersion2 = false;
    bool m_isNew = true;
    std::string m_id;
    std::vector<Server> m_servers;
    OdcsLocation m_location;
    ContractIndex m_contract;
};

class OdcsImporter : public Importer {
public:
    std::string_view format() const override { return odcs; }
    std::string_view title() const override { return "Open Data Contract Standard"; }
    std::string_view group() const override { return "Data contracts"; }

    Match match(const SourceHead& head) const override
    {
        const bool isNamed = head.fileName.find(".odcs.") != std::string_view::npos;
        if (!head.document) {
            const bool isMarked =
                head.text.find("kind: DataContract") != std::string_view::npos ||
                head.text.find("\"kind\": \"DataContract\"") != std::string_view::npos;
            return isMarked ? Match::ByContent : isNamed ? Match::ByName : Match::No;
        }
        const DataNode root = head.document->root();
        return isContract(root) ? Match::ByContent : isNamed ? Match::ByName : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (!root.isObject()) {
            context.problem(
                Severity::Error, "odcs.not-an-object",
                "The document is no object (expected a data contract). File not loaded.", root);
            return;
        }
        OdcsReading(root, context).run();
    }

private:
    static bool isContract(const DataNode& root)
    {
        const std::string_view kind = root["kind"].text();
        if (kind == "DataContract")
            return true;
        if (isOtherKind(kind))
            return false;
        const bool hasParts = root["schema"] || root["dataset"] || root["id"] || root["uuid"];
        if (isVersionOfOurs(root["apiVersion"].text()) && hasParts)
            return true;
        return root["dataset"]["tables"] &&
               (kind == "managedDataset" || root["standardVersion"] || root["templateVersion"]);
    }
};

}  // namespace

std::unique_ptr<Importer> odcsImporter()
{
    return std::make_unique<OdcsImporter>();
}

}  // namespace portolan
