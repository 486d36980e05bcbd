// SPDX-License-Identifier: Apache-2.0
// The files that people write for DataHub in YAML: lineage, glossaries, data products and data contracts.
#include "model/import/catalogs/datahub_names.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/schema_reader.h"

#include <string>
#include <string_view>

namespace portolan {

namespace {

constexpr std::string_view lineageFormat = "datahub-lineage";
constexpr std::string_view glossaryFormat = "datahub-glossary";
constexpr std::string_view productFormat = "datahub-product";
constexpr std::string_view contractFormat = "datahub-contract";

constexpr int deepestNode = 50;

// "owner" is one; further ones are "owners", which may well be several.
void claimOwners(const DataNode& owners, ClaimAbout about, const std::string& key,
                 ImportContext& context, bool isFirst = true)
{
    for (const DataNode owner : owners) {
        const std::string id = dataHubId(owner.isObject() ? owner["id"].text() : owner.text());
        if (!id.empty())
            context.estate().fact(
                Claim{about, key, isFirst ? "owner" : "owners", id, context.evidence(owner)});
        isFirst = false;
    }
}

class LineageReading {
public:
    LineageReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context)
    {
    }

    void run()
    {
        for (const DataNode entry : listAt(m_root, "lineage", m_context, lineageFormat))
            readEntry(entry, 0);
        ignoreOthers(m_root, " version lineage ", "root", m_context);
    }

private:
    void readEntry(const DataNode& entry, int depth)
    {
        const DatasetIndex to = datasetOf(entry["entity"], entry);
        if (!to.isValid())
            return;
        for (const DataNode upstream : listAt(entry, "upstream", m_context, lineageFormat)) {
            const DatasetIndex from = datasetOf(upstream["entity"], upstream);
            if (from.isValid())
                m_context.estate().lineage(from, to, JobIndex(), m_context.evidence(upstream));
            if (upstream["upstream"] && depth < deepestNode)
                readEntry(upstream, depth + 1);
        }
        for (const DataNode fine : listAt(entry, "fineGrainedLineages", m_context, lineageFormat))
            readDataHubFineLineage(fine, JobIndex(), m_context);
        ignoreOthers(entry, " entity upstream fineGrainedLineages ", "lineage", m_context);
    }

    DatasetIndex datasetOf(const DataNode& entity, const DataNode& entry)
    {
        const std::string name = textAt(entity, "name", m_context, lineageFormat);
        if (name.empty()) {
            m_context.problem(Severity::Warning, "datahub-lineage.no-name",
                              "The entity has no name (required). Entry skipped.",
                              entity ? entity : entry);
            return {};
        }
        const std::string type = entity["type"].string();
        if (!type.empty() && type != "dataset") {
            m_context.ignored("type " + type, "only datasets have lineage here", entity);
            return {};
        }
        const std::string instance = entity["platform_instance"].string();
        return dataHubDataset(
            entity["platform"].text(), (instance.empty() ? "" : instance + ".") + name,
            entity["env"].text().empty() ? "PROD" : entity["env"].text(), entity, m_context);
    }

    DataNode m_root;
    ImportContext& m_context;
};

class GlossaryReading {
public:
    GlossaryReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context)
    {
    }

    void run()
    {
        readNodes(m_root, {}, 0);
        ignoreOthers(m_root, " version nodes terms ", "root", m_context);
    }

private:
    void readNodes(const DataNode& parent, const std::string& path, int depth)
    {
        for (const DataNode term : listAt(parent, "terms", m_context, glossaryFormat))
            readTerm(term, path);
        if (depth > deepestNode) {
            m_context.ignored("deeper nodes", "nested too deeply", parent);
            return;
        }
        for (const DataNode node : listAt(parent, "nodes", m_context, glossaryFormat)) {
            const std::string name = node["name"].string();
            const std::string key = path.empty() ? name : path + "." + name;
            claim(key, "description", node["description"]);
            claimTermOwners(node["owners"], key);
            readNodes(node, key, depth + 1);
            ignoreOthers(node, " name description owners nodes terms ", "node", m_context);
        }
    }

    void readTerm(const DataNode& term, const std::string& path)
    {
        const std::string name = textAt(term, "name", m_context, glossaryFormat);
        if (name.empty()) {
            m_context.problem(Severity::Warning, "datahub-glossary.no-name",
                              "A term has no name (required). Term skipped.", term);
            return;
        }
        m_context.estate().term(
            {path, name, term["description"].string(), m_context.evidence(term)});
        const std::string key = path.empty() ? name : path + "." + name;
        for (const char* relation : {"inherits", "contains", "values", "related_terms"}) {
            for (const DataNode other : term[relation])
                m_context.estate().fact(Claim{ClaimAbout::Term, key, relation, other.string(),
                                              m_context.evidence(other)});
        }
        claim(key, "domain", term["domain"]);
        claimTermOwners(term["owners"], key);
        ignoreOthers(term,
                     " name description domain inherits contains values related_terms owners ",
                     "term", m_context);
    }

    void claim(const std::string& key, std::string_view property, const DataNode& value)
    {
        if (!value.text().empty())
            m_context.estate().fact(Claim{ClaimAbout::Term, key, std::string(property),
                                          dataHubId(value.text()), m_context.evidence(value)});
    }

    // Users and groups own together: that is no contradiction.
    void claimTermOwners(const DataNode& owners, const std::string& key)
    {
        claimOwners(owners["users"], ClaimAbout::Term, key, m_context);
        claimOwners(owners["groups"], ClaimAbout::Term, key, m_context,
                    owners["users"].size() == 0);
        ignoreOthers(owners, " users groups ", "owners", m_context);
    }

    DataNode m_root;
    ImportContext& m_context;
};

void readProduct(const DataNode& root, ImportContext& context)
{
    ObservedProduct product;
    product.id = dataHubId(textAt(root, "id", context, productFormat));
    product.name = textAt(root, "display_name", context, productFormat);
    if (product.name.empty())
        product.name = product.id;
    product.domain = dataHubId(textAt(root, "domain", context, productFormat));
    for (const DataNode owner : root["owners"]) {
        product.owner = dataHubId(owner.isObject() ? owner["id"].text() : owner.text());
        break;
    }
    product.evidence = context.evidence(root);
    const std::string id = product.id;
    context.estate().product(std::move(product));
    claimOwners(root["owners"], ClaimAbout::Product, id, context);
    for (const DataNode asset : root["assets"]) {
        const DatasetIndex dataset = dataHubDataset(asset.text(), asset, context);
        if (dataset.isValid())
            context.estate().fact(Claim{ClaimAbout::Dataset,
                                        context.estate().estate().datasets[dataset.value].key(),
                                        "products", id, context.evidence(asset)});
    }
    if (!root["description"].text().empty())
        context.estate().fact(Claim{ClaimAbout::Product, id, "description",
                                    root["description"].string(),
                                    context.evidence(root["description"])});
    ignoreOthers(root, " id domain display_name description assets owners ", "root", context);
}

class ContractReading {
public:
    ContractReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context)
    {
    }

    void run()
    {
        const std::string_view entity = m_root["entity"].text();
        const DatasetIndex dataset = dataHubDataset(entity, m_root["entity"], m_context);
        Contract contract;
        contract.id = m_root["id"].text().empty() ? std::string(entity) : m_root["id"].string();
        const DataHubUrn urn = dataHubUrn(entity);
        contract.name = urn.parts.size() == 3 ? std::string(urn.parts[1]) : contract.id;
        contract.contentHash = contentHash(m_root);
        contract.evidence = m_context.evidence(m_root);
        if (const DataNode freshness = m_root["freshness"])
            contract.serviceLevels.push_back(
                {"freshness",
                 freshness[freshness["cron"] ? "cron" : "interval"].string(),
                 freshness["unit"].string(),
                 {}});
        const auto added = m_context.estate().contract(std::move(contract));
        if (!added.isNew)
            return;
        readSchema(m_root["schema"],
                   {added.contract, dataset,
                    urn.parts.size() == 3 ? std::string(urn.parts[1]) : std::string()});
        for (const DataNode check : m_root["data_quality"])
            readCheck(check, added.contract);
        ignoreOthers(m_root, " version id entity freshness schema data_quality ", "root",
                     m_context);
    }

private:
    void readSchema(const DataNode& schema, const SchemaTarget& target)
    {
        if (schema["json-schema"].isObject())
            readJsonSchema(schema["json-schema"], target, JsonSchemaDialect::JsonSchema, m_context);
        else if (schema["fields"].isArray())
            readFields(schema["fields"], target);
        else if (schema)
            m_context.ignored("schema", "it is neither json-schema nor a list of fields", schema);
    }

    void readFields(const DataNode& fields, const SchemaTarget& target)
    {
        const SchemaObjectIndex object = m_context.estate().object(SchemaObject{
            target.contract, target.name, {}, {}, target.dataset, {}, m_context.evidence(fields)});
        for (const DataNode said : fields) {
            Field field;
            field.object = object;
            field.path = dataHubFieldPath(said[said["fieldPath"] ? "fieldPath" : "name"].text());
            field.logicalType = said["type"].string();
            field.physicalType = said["native_type"].string();
            field.evidence = m_context.evidence(said);
            if (!field.path.empty())
                m_context.estate().field(std::move(field));
        }
    }

    void readCheck(const DataNode& said, ContractIndex contract)
    {
        Check check;
        check.contract = contract;
        check.type = said["type"].string();
        check.name = check.type;
        if (!said["column"].text().empty())
            check.name += " " + said["column"].string();
        check.expression = said["sql"].string();
        const DataNode test = said["operator"];
        if (test)
            check.expression += (check.expression.empty() ? "" : " ") + test["type"].string() +
                                " " + test["value"].string();
        check.evidence = m_context.evidence(said);
        m_context.estate().check(std::move(check));
    }

    DataNode m_root;
    ImportContext& m_context;
};

DataNode rootOf(const SourceHead& head)
{
    return head.document ? head.document->root() : DataNode();
}

class DataHubLineageImporter : public Importer {
public:
    std::string_view format() const override { return lineageFormat; }
    std::string_view title() const override { return "DataHub lineage file"; }
    std::string_view group() const override { return "Catalogs"; }

    Match match(const SourceHead& head) const override
    {
        const DataNode root = rootOf(head);
        for (const DataNode first : root["lineage"])
            return root["version"] && first["entity"].isObject() ? Match::ByContent : Match::No;
        return Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        context.setFormatVersion(root["version"].string());
        LineageReading(root, context).run();
    }
};

class DataHubGlossaryImporter : public Importer {
public:
    std::string_view format() const override { return glossaryFormat; }
    std::string_view title() const override { return "DataHub glossary"; }
    std::string_view group() const override { return "Catalogs"; }

    Match match(const SourceHead& head) const override
    {
        const DataNode root = rootOf(head);
        if (!root["version"] || !(root["source"] || root["owners"]))
            return Match::No;
        for (const char* key : {"nodes", "terms"}) {
            for (const DataNode first : root[key])
                return first["name"] && (first["terms"] || first["nodes"] || first["description"])
                           ? Match::ByContent
                           : Match::No;
        }
        return Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        context.setFormatVersion(root["version"].string());
        GlossaryReading(root, context).run();
    }
};

class DataHubProductImporter : public Importer {
public:
    std::string_view format() const override { return productFormat; }
    std::string_view title() const override { return "DataHub data product"; }
    std::string_view group() const override { return "Catalogs"; }

    Match match(const SourceHead& head) const override
    {
        const DataNode root = rootOf(head);
        if (root["id"].text().empty())
            return Match::No;
        for (const DataNode asset : root["assets"])
            return asset.text().starts_with("urn:li:") ? Match::ByContent : Match::No;
        return Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        readProduct(root, context);
    }
};

class DataHubContractImporter : public Importer {
public:
    std::string_view format() const override { return contractFormat; }
    std::string_view title() const override { return "DataHub data contract"; }
    std::string_view group() const override { return "Catalogs"; }

    Match match(const SourceHead& head) const override
    {
        const DataNode root = rootOf(head);
        const bool hasTerms = root["schema"] || root["freshness"] || root["data_quality"];
        return hasTerms && root["entity"].text().starts_with("urn:li:dataset:") ? Match::ByContent
                                                                                : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        context.setFormatVersion(root["version"].string());
        ContractReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> dataHubLineageImporter()
{
    return std::make_unique<DataHubLineageImporter>();
}

std::unique_ptr<Importer> dataHubGlossaryImporter()
{
    return std::make_unique<DataHubGlossaryImporter>();
}

std::unique_ptr<Importer> dataHubProductImporter()
{
    return std::make_unique<DataHubProductImporter>();
}

std::unique_ptr<Importer> dataHubContractImporter()
{
    return std::make_unique<DataHubContractImporter>();
}

}  // namespace portolan
