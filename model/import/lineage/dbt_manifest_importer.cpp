// SPDX-License-Identifier: Apache-2.0
// dbt's manifest.json, versions 1 (dbt 0.19) to 12 (dbt 1.8 and later): models, seeds, snapshots, sources, exposures and contracts.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/lineage/dbt_artifact.h"

#include <map>
#include <unordered_map>

namespace portolan {

namespace {

constexpr std::string_view dbt = "dbt";
constexpr int newestVersion = 12;

// Newer writers put some keys under `config`.
bool isEnforced(const DataNode& node)
{
    return node["contract"]["enforced"].boolean().value_or(false) ||
           node["config"]["contract"]["enforced"].boolean().value_or(false);
}

class ManifestReading {
public:
    ManifestReading(const DataNode& root, ImportContext& context)
        : m_root(root), m_context(context), m_head(dbtHead(root))
    {
        m_platform = dbtPlatform(m_head);
    }

    void run()
    {
        readGroups();
        for (const std::string_view part : {"sources", "nodes"})
            forEachIn(part, [&](const DataNode& node) { readData(node); });
        for (const auto& [id, data] : m_data)
            readParents(data);
        for (const std::string_view part : {"exposures"})
            forEachIn(part, [&](const DataNode& node) { readExposure(node); });
        reportMissingParents();
    }

private:
    struct Data {
        DataNode node;
        DatasetIndex dataset;
    };

    template <class Read>
    void forEachIn(std::string_view part, Read read)
    {
        const DataNode members = m_root[part];
        if (!members.isObject()) {
            if (!members.isNull())
                m_context.problem(Severity::Error, "dbt.wrong-type",
                                  std::string(part) + " is no object. Part skipped.", members);
            return;
        }
        for (const DataNode member : members) {
            if (member.isObject())
                read(member);
            else
                m_context.problem(
                    Severity::Error, "dbt.wrong-type",
                    "\"" + std::string(member.key()) + "\" is no object. Node skipped.", member);
        }
    }

    static std::string_view idOf(const DataNode& node)
    {
        const std::string_view said = node["unique_id"].text();
        return said.empty() ? node.key() : said;
    }

    void readGroups()
    {
        forEachIn("groups", [&](const DataNode& node) {
            const DataNode owner = node["owner"];
            const std::string name =
                owner["name"].text().empty() ? owner["email"].string() : owner["name"].string();
            m_groupOwners[node["name"].string()] = name.empty() ? node["name"].string() : name;
        });
    }

    void readData(const DataNode& node)
    {
        const std::string_view id = idOf(node);
        if (!isDbtData(dbtKind(id)))
            return;
        const DatasetIndex dataset = datasetOf(node, id);
        if (!dataset.isValid())
            return;
        m_data.emplace(std::string(id), Data{node, dataset});
        Dataset& facts = m_context.estate().estate().datasets[dataset.value];
        const bool isMade = dbtKind(id) == "model" || dbtKind(id) == "snapshot";
        if (facts.type.empty() || isMade)
            facts.type = isEphemeral(node) ? "ephemeral" : std::string(dbtKind(id));
        facts.isDerived |= isMade;
        if (facts.description.empty())
            facts.description = textOf(node, "description");
        readColumns(node, dataset);
        if (isMade && isEnforced(node))
            readContract(node, id, dataset);
        else if (textOf(node, "access") == "public")
            readProduct(node, id);
    }

    std::string textOf(const DataNode& node, std::string_view key)
    {
        const DataNode value = ofNodeOrConfig(node, key);
        return value.isObject() || value.isArray() ? std::string() : value.string();
    }

    // By its relation, so that lineage events of the same table mean the same; an ephemeral model has none and stands for itself.
    DatasetIndex datasetOf(const DataNode& node, std::string_view id)
    {
        const Evidence evidence = m_context.evidence(node);
        if (isEphemeral(node))
            return m_context.estate().dataset("dbt", {}, id, evidence);
        textAt(node, "relation_name", m_context, dbt);  // reported when it is no text
        const std::string path = dbtRelation(node, m_platform);
        if (path.empty()) {
            m_context.problem(Severity::Error, "dbt.node-without-name",
                              "\"" + std::string(id) + "\" has no name (required). Node skipped.",
                              node);
            return {};
        }
        return m_context.estate().dataset(m_platform, {}, path, evidence);
    }

    void readColumns(const DataNode& node, DatasetIndex dataset)
    {
        for (const DataNode column : dbtColumns(node)) {
            const std::string name = dbtColumnName(column);
            if (name.empty() || !column.isObject()) {
                m_context.problem(Severity::Warning, "dbt.column-without-name",
                                  "column without name. Column skipped.", column);
                continue;
            }
            const ColumnIndex index = m_context.estate().column(
                dataset, name, column["data_type"].text(), m_context.evidence(column));
            std::string& description = m_context.estate().estate().columns[index.value].description;
            if (description.empty())
                description = column["description"].string();
        }
    }

    std::string ownerOf(const DataNode& node)
    {
        const std::string group = textOf(node, "group");
        if (!group.empty()) {
            const auto owner = m_groupOwners.find(group);
            return owner == m_groupOwners.end() ? group : owner->second;
        }
        const DataNode owner = ofNodeOrConfig(node, "meta")["owner"];
        return owner.isObject() || owner.isArray() ? std::string() : owner.string();
    }

    ProductIndex readProduct(const DataNode& node, std::string_view id)
    {
        ObservedProduct product;
        product.id = id;
        product.name = node["name"].string();
        product.domain = dbtPackage(id);
        product.owner = ownerOf(node);
        product.kind = ProductKind::Analytical;
        product.authority = Authority::Derived;
        product.isInferred = true;
        product.evidence = m_context.evidence(node);
        return m_context.estate().product(std::move(product));
    }

    void readContract(const DataNode& node, std::string_view id, DatasetIndex dataset)
    {
        Contract contract;
        contract.version = textAt(node, "version", m_context, dbt);
        contract.id = id;
        const std::string suffix = ".v" + contract.version;
        if (!contract.version.empty() && id.ends_with(suffix))
            contract.id = id.substr(0, id.size() - suffix.size());
        contract.name = node["name"].string();
        contract.statusText = textOf(node, "access");
        contract.status = ContractStatus::Active;
        contract.sunset = node["deprecation_date"].string().substr(0, 10);
        contract.domain = dbtPackage(id);
        contract.owner = ownerOf(node);
        contract.description = textOf(node, "description");
        contract.apiVersion = "dbt-manifest v" + std::to_string(m_head.version);
        contract.product = readProduct(node, contract.id);
        contract.evidence = m_context.evidence(node);
        contract.contentHash =
            contentHash(dbtColumns(node)) + contract.sunset + contract.owner + contract.statusText;
        const EstateBuilder::Added added = m_context.estate().contract(std::move(contract));
        if (!added.isNew)
            return;
        SchemaObject object;
        object.contract = added.contract;
        object.name = node["name"].string();
        object.physicalName = node["relation_name"].string();
        object.dataset = dataset;
        object.evidence = m_context.evidence(node);
        readFields(node, m_context.estate().object(std::move(object)));
    }

    void readFields(const DataNode& node, SchemaObjectIndex object)
    {
        int keys = 0;
        for (const DataNode column : dbtColumns(node)) {
            if (!column.isObject() || dbtColumnName(column).empty())
                continue;
            Field field;
            field.object = object;
            field.path = dbtColumnName(column);
            field.physicalType = column["data_type"].string();
            field.description = column["description"].string();
            field.isRequired = false;
            for (const DataNode constraint : column["constraints"]) {
                const std::string_view type = constraint["type"].text();
                field.isRequired = *field.isRequired || type == "not_null" || type == "primary_key";
                if (type == "primary_key")
                    field.keyPosition = ++keys;
                if (type == "foreign_key")
                    field.reference = constraint["to"].text().empty()
                                          ? constraint["expression"].string()
                                          : constraint["to"].string();
            }
            field.evidence = m_context.evidence(column);
            m_context.estate().field(std::move(field));
        }
    }

    void readParents(const Data& data)
    {
        const std::string_view id = idOf(data.node);
        if (dbtKind(id) != "model" && dbtKind(id) != "snapshot")
            return;
        const Evidence evidence = m_context.evidence(data.node);
        const JobIndex job = m_context.estate().job(dbtPackage(id), dbtName(id), evidence);
        Job& facts = m_context.estate().estate().jobs[job.value];
        facts.integration = "DBT";
        if (facts.owner.empty())
            facts.owner = ownerOf(data.node);
        for (const DataNode parent : listAt(data.node["depends_on"], "nodes", m_context, dbt)) {
            if (!isDbtData(dbtKind(parent.text())))
                continue;
            const auto known = m_data.find(parent.text());
            if (known != m_data.end())
                m_context.estate().lineage(known->second.dataset, data.dataset, job,
                                           m_context.evidence(parent));
            else if (m_missingParents++ == 0)
                m_firstMissing = parent;
        }
    }

    void readExposure(const DataNode& node)
    {
        Consumer consumer;
        consumer.id = idOf(node);
        consumer.name =
            node["label"].text().empty() ? node["name"].string() : node["label"].string();
        consumer.type = node["type"].string();
        const DataNode owner = node["owner"];
        consumer.owner =
            owner["name"].text().empty() ? owner["email"].string() : owner["name"].string();
        for (const DataNode parent : listAt(node["depends_on"], "nodes", m_context, dbt)) {
            const auto known = m_data.find(parent.text());
            if (known != m_data.end())
                consumer.reads.push_back(known->second.dataset);
        }
        consumer.evidence = m_context.evidence(node);
        m_context.estate().consumer(std::move(consumer));
    }

    void reportMissingParents()
    {
        if (m_missingParents == 0)
            return;
        m_context.problem(Severity::Note, "dbt.missing-parent",
                          "depends_on names nodes that the manifest does not hold (" +
                              std::to_string(m_missingParents) + ", first \"" +
                              m_firstMissing.string() +
                              "\"), such as disabled ones. Their edges are left out.",
                          m_firstMissing);
    }

    const DataNode m_root;
    ImportContext& m_context;
    DbtHead m_head;
    std::string m_platform;
    std::map<std::string, std::string> m_groupOwners;
    std::map<std::string, Data, std::less<>> m_data;
    std::int64_t m_missingParents = 0;
    DataNode m_firstMissing;
};

class DbtManifestImporter : public Importer {
public:
    std::string_view format() const override { return "dbt-manifest"; }
    std::string_view title() const override { return "dbt manifest"; }
    std::string_view group() const override { return "Transformations"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return head.text.find("/dbt/manifest/v") != std::string_view::npos ? Match::ByContent
                                                                               : Match::No;
        const DataNode root = head.document->root();
        const DbtHead artifact = dbtHead(root);
        if (artifact.kind == "manifest")
            return Match::ByContent;
        const bool isNamed = head.fileName.find("manifest") != std::string_view::npos;
        return isNamed && artifact.kind.empty() && root["nodes"].isObject() ? Match::ByName
                                                                            : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (checkDbtHead(root, "manifest", newestVersion, context))
            ManifestReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> dbtManifestImporter()
{
    return std::make_unique<DbtManifestImporter>();
}

}  // namespace portolan
