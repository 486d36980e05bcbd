// SPDX-License-Identifier: Apache-2.0
#include "model/import/schemas/registry_facts.h"

#include "model/base/hash.h"
#include "model/import/document_content.h"
#include "model/import/schema_reader.h"

namespace portolan {

namespace {

constexpr std::string_view registry = "schema-registry";

constexpr std::string_view versionKeys =
    " subject version id schemaType schema references metadata ruleSet deleted ";

// ":.context:orders-value" without its context.
std::string_view withoutContext(std::string_view subject)
{
    if (!subject.starts_with(":."))
        return subject;
    const std::size_t end = subject.find(':', 1);
    return end == std::string_view::npos ? subject : subject.substr(end + 1);
}

// The topic of a subject that is named after one; empty for other ways of naming.
std::string_view topicOf(std::string_view subject)
{
    subject = withoutContext(subject);
    for (const std::string_view ending : {"-value", "-key"}) {
        if (subject.ends_with(ending))
            return subject.substr(0, subject.size() - ending.size());
    }
    return {};
}

class VersionReading {
public:
    VersionReading(const RegistryVersion& version, ImportContext& context)
        : m_version(version), m_value(version.value), m_context(context)
    {
        m_evidence = m_value ? context.evidence(m_value) : context.evidenceAt(version.line);
    }

    void run()
    {
        m_type = text(m_value, "schemaType");
        if (m_type.empty())
            m_type = "AVRO";
        const DatasetIndex dataset = registrySubject(m_version.subject, m_evidence, m_context);
        const EstateBuilder::Added added = m_context.estate().contract(contract());
        m_contract = added.contract;
        m_key = m_context.estate().estate().contracts[m_contract.value].key();
        readReferences();
        if (!text(m_value, "id").empty())
            claim("schema-id", text(m_value, "id"), m_value["id"]);
        if (!added.isNew)
            return;
        readSchema(dataset);
        readMetadata();
        readRules();
        ignoreOthers(m_value, versionKeys, "version", m_context);
    }

private:
    std::string text(const DataNode& node, std::string_view key)
    {
        return textAt(node, key, m_context, registry);
    }

    Contract contract()
    {
        Contract contract;
        contract.id = m_version.subject;
        contract.version = m_version.version;
        contract.name = m_version.subject;
        contract.apiVersion = m_type;
        if (m_version.isDeleted || m_value["deleted"].boolean().value_or(false)) {
            contract.statusText = "deleted";
            contract.status = ContractStatus::Retired;
        }
        contract.owner = text(m_value["metadata"]["properties"], "owner");
        contract.product = product(contract.owner);
        contract.contentHash = sha256(m_type + "\n" + m_value["schema"].string());
        contract.evidence = m_evidence;
        return contract;
    }

    // A schema of a topic's messages is an event's; of other subjects nobody knows.
    ProductIndex product(const std::string& owner)
    {
        const std::string_view topic = topicOf(m_version.subject);
        if (topic.empty())
            return {};
        ObservedProduct product;
        product.id = std::string(topic);
        product.name = std::string(topic);
        product.owner = owner;
        product.kind = ProductKind::Event;
        product.isInferred = true;
        product.evidence = m_evidence;
        return m_context.estate().product(std::move(product));
    }

    void claim(std::string property, std::string value, const DataNode& where)
    {
        Claim claim;
        claim.about = ClaimAbout::Contract;
        claim.subject = m_key;
        claim.property = std::move(property);
        claim.value = std::move(value);
        claim.evidence = where ? m_context.evidence(where) : m_evidence;
        m_context.estate().fact(std::move(claim));
    }

    void readSchema(DatasetIndex dataset)
    {
        const DataNode schema = m_value["schema"];
        SchemaTarget target{m_contract, dataset};
        target.looksBeside = false;  // a registry's types are in the registry
        if (!schema.isString()) {
            if (m_value)
                m_context.problem(Severity::Warning, "schema-registry.no-schema",
                                  "Version " + m_version.version + " of subject \"" +
                                      m_version.subject +
                                      "\" has no schema (expected a text). Kept without.",
                                  m_value);
            claim("schema", "unreadable", {});
            return;
        }
        if (m_type == "PROTOBUF") {
            readProtobufSchema(schema.text(), target, m_context.spanOf(schema).line, m_context);
            return;
        }
        if (m_type != "AVRO" && m_type != "JSON") {
            m_context.ignored("schemaType " + m_type, "a type of schema that is not known", schema);
            return;
        }
        const DataNode read = m_context.embedded(schema);
        const bool isBroken =
            read.isMissing() || (read.isString() && !schema.text().starts_with('"'));
        if (isBroken) {
            if (read)
                m_context.problem(Severity::Warning, "schema-registry.broken-schema",
                                  "The schema of version " + m_version.version + " of subject \"" +
                                      m_version.subject +
                                      "\" is not JSON. Version kept without fields.",
                                  schema);
            claim("schema", "unreadable", schema);
        } else if (m_type == "AVRO") {
            readAvroSchema(read, target, m_context);
        } else {
            if (!read["title"].isString())
                target.name = m_version.subject;
            readJsonSchema(read, target, JsonSchemaDialect::JsonSchema, m_context);
        }
    }

    void readReferences()
    {
        for (const DataNode& node : listAt(m_value, "references", m_context, registry)) {
            Adoption adoption;
            adoption.consumer = m_version.subject;
            adoption.thing = text(node, "subject");
            adoption.version = text(node, "version");
            adoption.by = "reference";
            adoption.evidence = m_context.evidence(node);
            if (adoption.thing.empty()) {
                m_context.problem(Severity::Warning, "schema-registry.reference",
                                  "A reference names no subject (required). Reference skipped.",
                                  node);
                continue;
            }
            m_context.estate().fact(std::move(adoption));
        }
    }

    void readMetadata()
    {
        const DataNode metadata = m_value["metadata"];
        const DataNode properties = metadata["properties"];
        for (const DataNode property : properties.isObject() ? properties : DataNode()) {
            if (property.key() != "owner")
                claim(std::string(property.key()), property.string(), property);
        }
        ignoreOthers(metadata.isObject() ? metadata : DataNode(), " properties ", "metadata",
                     m_context);
    }

    void readRules()
    {
        const DataNode rules = m_value["ruleSet"];
        for (const DataNode& rule : listAt(rules, "domainRules", m_context, registry)) {
            Check check;
            check.contract = m_contract;
            check.name = text(rule, "name");
            check.type = text(rule, "type");
            check.expression = text(rule, "expr");
            check.evidence = m_context.evidence(rule);
            m_context.estate().check(std::move(check));
        }
        ignoreOthers(rules.isObject() ? rules : DataNode(), " domainRules ", "ruleSet", m_context);
    }

    const RegistryVersion& m_version;
    const DataNode m_value;
    ImportContext& m_context;
    Evidence m_evidence;
    ContractIndex m_contract;
    std::string m_key;
    std::string m_type;
};

}  // namespace

void addRegistryVersion(const RegistryVersion& version, ImportContext& context)
{
    VersionReading(version, context).run();
}

DatasetIndex registrySubject(std::string_view subject, const Evidence& evidence,
                             ImportContext& context)
{
    EstateBuilder& estate = context.estate();
    const DatasetIndex dataset = estate.dataset(registry, "", subject, evidence);
    const std::string_view topic = topicOf(subject);
    if (topic.empty())
        return dataset;
    const DatasetIndex named = estate.dataset("kafka", "", topic, evidence);
    IdentityHint hint;
    hint.one = estate.estate().datasets[dataset.value].key();
    hint.other = estate.estate().datasets[named.value].key();
    hint.reason =
        "Subject " + std::string(subject) + " is named after topic " + std::string(topic) + ".";
    hint.confidence = 85;
    hint.evidence = evidence;
    estate.estate().datasets[dataset.value].type = "subject";
    estate.estate().datasets[named.value].type = "topic";
    if (!subject.ends_with("-key"))
        estate.fact(std::move(hint));
    return dataset;
}

void addCompatibility(const std::string& subject, const std::string& level,
                      const Evidence& evidence, ImportContext& context)
{
    Claim claim;
    claim.about = ClaimAbout::Contract;
    claim.subject = subject;
    claim.property = "compatibility";
    claim.value = level;
    claim.evidence = evidence;
    context.estate().fact(std::move(claim));
}

std::string compatibilityOf(const DataNode& config)
{
    const DataNode level =
        config["compatibilityLevel"] ? config["compatibilityLevel"] : config["compatibility"];
    return level.string();
}

}  // namespace portolan
