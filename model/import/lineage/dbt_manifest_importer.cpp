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
        forEachIn("nodes", [&](const DataNode& node) { readOther(node); });
        forEachIn("exposures", [&](const DataNode& node) { readExposure(node); });
        forEachIn("metrics", [&](const DataNode& node) { readMetric(node); });
        countUnread();
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
            ObservedTeam team;
            team.id = team.name = node["name"].string();
            team.contact = owner["email"].string();
            team.description = node["description"].string();
            if (!owner["name"].text().empty())
                team.members.push_back(owner["name"].string());
            team.evidence = m_context.evidence(node);
            if (!team.id.empty())
                m_context.estate().fact(std::move(team));
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
        claim(ClaimAbout::Dataset, facts.key(), "owner", ownerOf(node), node);
        if (isMade && isEnforced(node))
            readContract(node, id, dataset);
        else if (textOf(node, "access") == "public")
            readProduct(node, id);
    }

    void claim(ClaimAbout about, const std::string& subject, std::string_view property,
               std::string value, const DataNode& where)
    {
        if (!value.empty())
            m_context.estate().fact(Claim{about, subject, std::string(property), std::move(value),
                                          m_context.evidence(where)});
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
        const SchemaObjectIndex made = m_context.estate().object(std::move(object));
        m_contracts.emplace(std::string(id), Promised{added.contract, made});
        readFields(node, made);
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
        readQuery(data, job);
    }

    // The compiled text; else the one that people wrote, which is SQL as well when there is no Jinja in it.
    void readQuery(const Data& data, JobIndex job)
    {
        const std::string_view language = data.node["language"].text();
        if (!language.empty() && language != "sql")
            return;
        DataNode text;
        for (const std::string_view key :
             {"compiled_code", "compiled_sql", "raw_code", "raw_sql"}) {
            if (text.text().empty())
                text = data.node[key];
        }
        if (text.text().empty())
            return;
        ObservedQuery query;
        query.writes = data.dataset;
        query.job = job;
        query.text = text.string();
        query.dialect = lowerCase(m_head.adapter);
        query.space = dottedPath({textOf(data.node, "database"), textOf(data.node, "schema")});
        query.isTemplate = text.key().starts_with("raw") && hasJinja(query.text);
        query.evidence = m_context.evidence(text);
        m_context.estate().fact(std::move(query));
    }

    static bool hasJinja(std::string_view text)
    {
        return text.find("{{") != std::string_view::npos ||
               text.find("{%") != std::string_view::npos;
    }

    // Nodes that are no data: tests say what must hold; the others are counted by their kind.
    void readOther(const DataNode& node)
    {
        const std::string_view kind = dbtKind(idOf(node));
        if (kind == "test")
            readTest(node);
        else if (!isDbtData(kind))
            m_context.ignored(kind.empty() ? "nodes of no kind" : kind, "it makes no data", node);
    }

    // attached_node since dbt 1.5; before, what it depends on. A test of relationships depends on both ends, the own one last.
    const Data* testedBy(const DataNode& test) const
    {
        const DataNode attached = test["attached_node"];
        if (!attached.text().empty()) {
            const auto known = m_data.find(attached.text());
            return known == m_data.end() ? nullptr : &known->second;
        }
        const Data* last = nullptr;
        for (const DataNode parent : test["depends_on"]["nodes"]) {
            if (const auto known = m_data.find(parent.text()); known != m_data.end())
                last = &known->second;
        }
        return last;
    }

    void readTest(const DataNode& test)
    {
        const DataNode generic = test["test_metadata"];
        Check check;
        check.name =
            test["name"].text().empty() ? std::string(dbtName(idOf(test))) : test["name"].string();
        check.type = generic["name"].text().empty() ? "sql" : generic["name"].string();
        check.evidence = m_context.evidence(test);
        std::string column = test["column_name"].string();
        if (column.empty())
            column = generic["kwargs"]["column_name"].string();
        const Data* data = testedBy(test);
        if (data) {
            const auto promised = m_contracts.find(idOf(data->node));
            if (promised != m_contracts.end()) {
                check.contract = promised->second.contract;
                check.object = promised->second.object;
                check.field = testedField(promised->second.object, column, check.type);
            }
            if (!column.empty())
                claimTested(m_context.estate().estate().datasets[data->dataset.value].key() + "#" +
                                column,
                            check.type, generic["kwargs"], test);
        } else {
            m_context.unresolved(check.name, "a test of no node that the manifest holds", test);
        }
        m_context.estate().check(std::move(check));
    }

    // What is tested never to be null is required, whether the contract's constraints say so or not.
    FieldIndex testedField(SchemaObjectIndex object, const std::string& column,
                           const std::string& type)
    {
        Estate& estate = m_context.estate().estate();
        for (const FieldIndex index : estate.objects[object.value].fields) {
            Field& field = estate.fields[index.value];
            if (lowerCase(field.path) != lowerCase(column))
                continue;
            if (type == "not_null")
                field.isRequired = true;
            return index;
        }
        return {};
    }

    // What the tests that every project has say of a column.
    void claimTested(const std::string& column, const std::string& type, const DataNode& arguments,
                     const DataNode& test)
    {
        if (type == "not_null")
            claim(ClaimAbout::Column, column, "required", "true", test);
        else if (type == "unique")
            claim(ClaimAbout::Column, column, "unique", "true", test);
        else if (type == "relationships")
            claim(ClaimAbout::Column, column, "references",
                  arguments["to"].string() + "." + arguments["field"].string(), test);
        else if (type == "accepted_values")
            claim(ClaimAbout::Column, column, "values", valuesText(arguments["values"]), test);
    }

    static std::string valuesText(const DataNode& values)
    {
        constexpr std::size_t most = 1000;
        std::string text;
        for (const DataNode value : values) {
            if (text.size() > most)
                return text + ", ...";
            text += (text.empty() ? "" : ", ") + value.string();
        }
        return text;
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
            if (known == m_data.end()) {
                m_context.unresolved(parent.text(), "the manifest holds no such data", parent);
                continue;
            }
            consumer.reads.push_back(known->second.dataset);
            readAdoption(consumer.id, parent);
        }
        consumer.evidence = m_context.evidence(node);
        m_context.estate().consumer(std::move(consumer));
    }

    // Of a model with a contract: whoever refers to "orders.v2" is pinned to version 2.
    void readAdoption(const std::string& consumer, const DataNode& parent)
    {
        const auto promised = m_contracts.find(parent.text());
        if (promised == m_contracts.end())
            return;
        const Contract& contract =
            m_context.estate().estate().contracts[promised->second.contract.value];
        m_context.estate().fact(Adoption{consumer,
                                         contract.id,
                                         contract.version,
                                         contract.version,
                                         "exposure",
                                         {},
                                         m_context.evidence(parent)});
    }

    void readMetric(const DataNode& node)
    {
        const std::string name =
            node["name"].text().empty() ? std::string(dbtName(idOf(node))) : node["name"].string();
        if (name.empty()) {
            m_context.problem(Severity::Warning, "dbt.metric-without-name",
                              "A metric has no name (required). Metric skipped.", node);
            return;
        }
        m_context.estate().term({std::string(dbtPackage(idOf(node))), name,
                                 node["description"].string(), m_context.evidence(node)});
    }

    // Macros and docs are the project's own business and always there; the rest is told of.
    void countUnread()
    {
        for (const std::string_view part : {"semantic_models", "saved_queries", "unit_tests"}) {
            for (const DataNode member : m_root[part])
                m_context.ignored(part,
                                  part == "semantic_models"
                                      ? "read from semantic_manifest.json, when there is one"
                                      : "it makes no data",
                                  member);
        }
        if (m_root["disabled"].size() > 0)
            m_context.ignored("disabled", "nodes that do not run", m_root["disabled"]);
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

    // Where the promises of a model with an enforced contract stand.
    struct Promised {
        ContractIndex contract;
        SchemaObjectIndex object;
    };

    const DataNode m_root;
    ImportContext& m_context;
    DbtHead m_head;
    std::string m_platform;
    std::map<std::string, std::string> m_groupOwners;
    std::map<std::string, Data, std::less<>> m_data;
    std::map<std::string, Promised, std::less<>> m_contracts;
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
