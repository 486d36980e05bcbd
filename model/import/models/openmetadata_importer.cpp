// SPDX-License-Identifier: Apache-2.0
// OpenMetadata: entities as its REST interface answers them, one, in a list ({"data": [...]}) or one a line, and lineage answers. There
// is no file format of its own: entities are told by their fullyQualifiedName and what they have.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"

#include <unordered_map>

namespace portolan {

namespace {

constexpr std::string_view openMetadata = "openmetadata";

// "service.\"a.b\".table" in its parts, without quotes.
std::vector<std::string> partsOf(std::string_view name)
{
    std::vector<std::string> parts(1);
    bool isQuoted = false;
    for (const char c : name) {
        if (c == '"')
            isQuoted = !isQuoted;
        else if (c == '.' && !isQuoted)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

std::string joined(const std::vector<std::string>& parts, std::size_t from, std::size_t to)
{
    std::string text;
    for (std::size_t i = from; i < to && i < parts.size(); ++i) {
        const bool hasDot = parts[i].find('.') != std::string::npos;
        text += (i == from ? "" : ".") + (hasDot ? "\"" + parts[i] + "\"" : parts[i]);
    }
    return text;
}

enum class Kind {
    Table,
    Topic,
    Domain,
    DataProduct,
    Glossary,
    GlossaryTerm,
    Team,
    Pipeline,
    TestCase,
    DataContract,
    Lineage,
    Other
};

Kind kindOf(const DataNode& entity)
{
    if (entity["edge"]["fromEntity"] || entity["downstreamEdges"] || entity["upstreamEdges"])
        return Kind::Lineage;
    if (entity["columns"].isArray() && !entity["charts"])
        return Kind::Table;
    if (entity["messageSchema"] || (entity["partitions"] && entity["service"]))
        return Kind::Topic;
    if (entity["domainType"])
        return Kind::Domain;
    if (entity["testDefinition"] || entity["testCaseResult"])
        return Kind::TestCase;
    if (entity["entity"].isObject() && (entity["qualityExpectations"] || entity["semantics"] ||
                                        entity["contractUpdates"] || entity["schema"].isArray()))
        return Kind::DataContract;
    if (entity["glossary"].isObject())
        return Kind::GlossaryTerm;
    if (entity["termCount"] || entity["usageCount"])
        return Kind::Glossary;
    if (entity["teamType"])
        return Kind::Team;
    if (entity["tasks"].isArray())
        return Kind::Pipeline;
    if (entity["assets"].isArray() || entity["experts"].isArray())
        return Kind::DataProduct;
    return Kind::Other;
}

class OpenMetadataReading {
public:
    explicit OpenMetadataReading(ImportContext& context) : m_context(context) {}

    void read(const DataNode& entity)
    {
        switch (kindOf(entity)) {
        case Kind::Table:
            readDataset(entity, "table");
            return;
        case Kind::Topic:
            readDataset(entity, "topic");
            return;
        case Kind::Domain:
            m_context.estate().fact(ObservedDomain{fullName(entity),
                                                   nameOf(entity),
                                                   entity["parent"]["fullyQualifiedName"].string(),
                                                   {},
                                                   ownerOf(entity),
                                                   entity["description"].string(),
                                                   m_context.evidence(entity)});
            return;
        case Kind::DataProduct:
            readProduct(entity);
            return;
        case Kind::GlossaryTerm:
            m_context.estate().term({entity["glossary"]["name"].string(), nameOf(entity),
                                     entity["description"].string(), m_context.evidence(entity)});
            return;
        case Kind::Team:
            readTeam(entity);
            return;
        case Kind::Pipeline:
            readPipeline(entity);
            return;
        case Kind::TestCase:
            readTest(entity);
            return;
        case Kind::DataContract:
            readContract(entity);
            return;
        case Kind::Lineage:
            readLineage(entity);
            return;
        case Kind::Glossary:
        case Kind::Other:
            break;
        }
        const std::string type = entity["entityType"].string();
        m_context.ignored(type.empty() ? "entity of another type" : type,
                          "entities of this type are not kept", entity);
    }

private:
    std::string fullName(const DataNode& entity)
    {
        const std::string name = textAt(entity, "fullyQualifiedName", m_context, openMetadata);
        return name.empty() ? entity["name"].string() : name;
    }

    static std::string nameOf(const DataNode& entity)
    {
        return entity[entity["displayName"].text().empty() ? "name" : "displayName"].string();
    }

    // owners[] since 1.5, owner before.
    static std::string ownerOf(const DataNode& entity)
    {
        const DataNode owner = entity["owners"].isArray() && entity["owners"].size() > 0
                                   ? *entity["owners"].begin()
                                   : entity["owner"];
        const std::string name = nameOf(owner);
        return name.empty() ? owner["fullyQualifiedName"].string() : name;
    }

    static DataNode domainOf(const DataNode& entity)
    {
        return entity["domains"].isArray() && entity["domains"].size() > 0
                   ? *entity["domains"].begin()
                   : entity["domain"];
    }

    // "service.database.schema.table": the service is the instance.
    DatasetIndex dataset(std::string_view fullName, std::string_view serviceType,
                         const DataNode& where)
    {
        const std::vector<std::string> parts = partsOf(fullName);
        std::string platform = lowerCase(serviceType);
        if (platform.empty() && parts.size() > 1)
            platform = m_platforms[parts[0]];
        else if (parts.size() > 1)
            m_platforms[parts[0]] = platform;
        return m_context.estate().dataset(fromNamespace(platform + "://x", "").platform,
                                          parts.size() > 1 ? parts[0] : std::string(),
                                          joined(parts, parts.size() > 1 ? 1 : 0, parts.size()),
                                          m_context.evidence(where));
    }

    void readDataset(const DataNode& entity, std::string_view type)
    {
        const std::string name = fullName(entity);
        if (name.empty()) {
            m_context.problem(Severity::Error, "openmetadata.no-name",
                              "The " + std::string(type) +
                                  " has no fullyQualifiedName (required). Entity skipped.",
                              entity);
            return;
        }
        const DatasetIndex index = dataset(name, entity["serviceType"].text(), entity);
        Dataset& known = m_context.estate().estate().datasets[index.value];
        const std::string kind = lowerCase(entity["tableType"].text());
        if (known.type.empty())
            known.type = kind.find("view") != std::string::npos ? "view" : std::string(type);
        if (known.description.empty())
            known.description = entity["description"].string();
        const std::string key = known.key();
        claim(key, "owner", ownerOf(entity), entity);
        claim(key, "domain", nameOf(domainOf(entity)), domainOf(entity));
        for (const DataNode tag : entity["tags"])
            claim(key, "tag", tag["tagFQN"].string(), tag);
        for (const DataNode product : entity["dataProducts"])
            claim(key, "products", nameOf(product), product);
        readColumns(entity["columns"], index, "", 0);
        readColumns(entity["messageSchema"]["schemaFields"], index, "", 0);
        readQuery(entity["schemaDefinition"], index, JobIndex());
        ignoreOthers(entity,
                     " id name displayName fullyQualifiedName description serviceType service "
                     "tableType columns messageSchema owner owners domain domains tags "
                     "dataProducts database databaseSchema href version updatedAt updatedBy "
                     "deleted schemaDefinition ",
                     type, m_context);
    }

    void readQuery(const DataNode& text, DatasetIndex writes, JobIndex job)
    {
        if (text.text().empty())
            return;
        ObservedQuery query;
        query.writes = writes;
        query.job = job;
        query.text = text.string();
        query.dialect = m_context.estate().estate().datasets[writes.value].platform;
        query.evidence = m_context.evidence(text);
        m_context.estate().fact(std::move(query));
    }

    void claim(const std::string& key, std::string_view property, std::string value,
               const DataNode& where)
    {
        if (!value.empty())
            m_context.estate().fact(Claim{ClaimAbout::Dataset, key, std::string(property),
                                          std::move(value), m_context.evidence(where)});
    }

    void readColumns(const DataNode& columns, DatasetIndex dataset, const std::string& prefix,
                     int depth)
    {
        for (const DataNode column : columns) {
            const std::string name = prefix + column["name"].string();
            if (column["name"].text().empty()) {
                m_context.problem(Severity::Warning, "openmetadata.column-without-name",
                                  "A column has no name (required). Column skipped.", column);
                continue;
            }
            const std::string_view type =
                column[column["dataTypeDisplay"].text().empty() ? "dataType" : "dataTypeDisplay"]
                    .text();
            const ColumnIndex index =
                m_context.estate().column(dataset, name, type, m_context.evidence(column));
            std::string& description = m_context.estate().estate().columns[index.value].description;
            if (description.empty())
                description = column["description"].string();
            if (depth < 30)
                readColumns(column["children"], dataset, name + ".", depth + 1);
        }
    }

    void readProduct(const DataNode& entity)
    {
        ObservedProduct product;
        product.id = fullName(entity);
        product.name = nameOf(entity);
        product.domain = nameOf(domainOf(entity));
        product.owner = ownerOf(entity);
        product.evidence = m_context.evidence(entity);
        const std::string id = product.id;
        m_context.estate().product(std::move(product));
        for (const DataNode asset : entity["assets"]) {
            const std::string_view name = asset["fullyQualifiedName"].text();
            if (asset["type"].text() == "table" || asset["type"].text() == "topic") {
                const DatasetIndex index = dataset(name, {}, asset);
                claim(m_context.estate().estate().datasets[index.value].key(), "products", id,
                      asset);
            } else {
                m_context.ignored("asset of type " + asset["type"].string(), "not kept", asset);
            }
        }
    }

    void readTeam(const DataNode& entity)
    {
        ObservedTeam team;
        team.id = fullName(entity);
        team.name = nameOf(entity);
        team.contact = entity["email"].string();
        team.description = entity["description"].string();
        if (entity["parents"].size() > 0)
            team.parent = (*entity["parents"].begin())["name"].string();
        for (const DataNode user : entity["users"])
            team.members.push_back(nameOf(user));
        team.evidence = m_context.evidence(entity);
        m_context.estate().fact(std::move(team));
    }

    void readPipeline(const DataNode& entity)
    {
        const std::vector<std::string> parts = partsOf(fullName(entity));
        const JobIndex index = m_context.estate().job(
            parts.size() > 1 ? parts[0] : std::string(),
            joined(parts, parts.size() > 1 ? 1 : 0, parts.size()), m_context.evidence(entity));
        Job& job = m_context.estate().estate().jobs[index.value];
        if (job.integration.empty())
            job.integration = upperCase(entity["serviceType"].text());
        if (job.owner.empty())
            job.owner = ownerOf(entity);
        m_context.ignored("pipeline.tasks", "tasks of a pipeline are not kept", entity["tasks"]);
    }

    // "<#E::table::service.db.schema.table::columns::id>" names what a test is about.
    void readTest(const DataNode& entity)
    {
        CheckRun run;
        run.check = nameOf(entity);
        run.type = entity["testDefinition"]["name"].string();
        std::string_view link = entity["entityLink"].text();
        if (link.starts_with("<#E::table::") && link.ends_with('>')) {
            link = link.substr(12, link.size() - 13);
            const std::size_t end = link.find("::");
            run.dataset = dataset(link.substr(0, end), {}, entity);
            const std::size_t column = link.find("::columns::");
            if (column != std::string_view::npos)
                run.column = link.substr(column + 11);
        }
        Check check;
        check.name = run.check;
        check.type = run.type;
        check.evidence = m_context.evidence(entity);
        m_context.estate().check(std::move(check));
        const DataNode result = entity["testCaseResult"];
        if (!result.isObject())
            return;
        const std::string status = lowerCase(result["testCaseStatus"].text());
        run.outcome = status == "success"   ? CheckOutcome::Passed
                      : status == "failed"  ? CheckOutcome::Failed
                      : status == "aborted" ? CheckOutcome::Error
                                            : CheckOutcome::Unknown;
        run.at = result["timestamp"].string();
        run.observed = result["result"].string();
        run.failures = result["failedRows"].integer().value_or(0);
        run.tool = "openmetadata";
        run.evidence = m_context.evidence(result);
        m_context.estate().fact(std::move(run));
    }

    void readContract(const DataNode& entity)
    {
        Contract contract;
        contract.id = fullName(entity);
        contract.name = nameOf(entity);
        contract.version = entity["version"].string();
        contract.statusText = entity[entity["entityStatus"] ? "entityStatus" : "status"].string();
        contract.status = contractStatusFrom(contract.statusText);
        contract.owner = ownerOf(entity);
        contract.description = entity["description"].string();
        contract.contentHash = contentHash(entity);
        contract.evidence = m_context.evidence(entity);
        const EstateBuilder::Added added = m_context.estate().contract(std::move(contract));
        if (!added.isNew)
            return;
        SchemaObject object;
        object.contract = added.contract;
        const std::string_view described = entity["entity"]["fullyQualifiedName"].text();
        if (!described.empty())
            object.dataset = dataset(described, {}, entity["entity"]);
        object.name = nameOf(entity["entity"]);
        object.evidence = m_context.evidence(entity["schema"]);
        const SchemaObjectIndex index = m_context.estate().object(std::move(object));
        for (const DataNode column : entity["schema"]) {
            Field field;
            field.object = index;
            field.path = column["name"].string();
            field.physicalType = column["dataType"].string();
            field.description = column["description"].string();
            field.evidence = m_context.evidence(column);
            if (!field.path.empty())
                m_context.estate().field(std::move(field));
        }
        for (const DataNode rule : entity["semantics"]) {
            Check check;
            check.contract = added.contract;
            check.name = rule["name"].string();
            check.type = "semantics";
            check.expression = rule["rule"].string();
            check.evidence = m_context.evidence(rule);
            m_context.estate().check(std::move(check));
        }
    }

    // Nodes are told by id or by their names; an edge's columns by their full names.
    void readLineage(const DataNode& entity)
    {
        std::unordered_map<std::string_view, DataNode> nodes;
        nodes.emplace(entity["entity"]["id"].text(), entity["entity"]);
        for (const DataNode node : entity["nodes"])
            nodes.emplace(node["id"].text(), node);
        const auto named = [&](const DataNode& reference) {
            const std::string_view id =
                reference.isObject() ? reference["id"].text() : reference.text();
            const auto known = nodes.find(id);
            return !id.empty() && known != nodes.end() ? known->second : reference;
        };
        if (entity["edge"])
            readEdge(entity["edge"], named(entity["edge"]["fromEntity"]),
                     named(entity["edge"]["toEntity"]));
        for (const char* key : {"upstreamEdges", "downstreamEdges"}) {
            for (const DataNode edge : entity[key])
                readEdge(edge, named(edge["fromEntity"]), named(edge["toEntity"]));
        }
    }

    void readEdge(const DataNode& edge, const DataNode& from, const DataNode& to)
    {
        const std::string_view fromName = from["fullyQualifiedName"].text();
        const std::string_view toName = to["fullyQualifiedName"].text();
        if (fromName.empty() || toName.empty()) {
            m_context.unresolved(edge["fromEntity"].isObject() ? edge["fromEntity"]["id"].text()
                                                               : edge["fromEntity"].text(),
                                 "an edge whose ends have no name in this file", edge);
            return;
        }
        const DataNode details = edge["lineageDetails"];
        JobIndex job;
        if (const std::string_view pipeline = details["pipeline"]["fullyQualifiedName"].text();
            !pipeline.empty()) {
            const std::vector<std::string> parts = partsOf(pipeline);
            job = m_context.estate().job(parts.size() > 1 ? parts[0] : std::string(),
                                         joined(parts, parts.size() > 1 ? 1 : 0, parts.size()),
                                         m_context.evidence(details["pipeline"]));
        }
        const DatasetIndex source = dataset(fromName, from["serviceType"].text(), edge);
        const DatasetIndex target = dataset(toName, to["serviceType"].text(), edge);
        m_context.estate().lineage(source, target, job, m_context.evidence(edge));
        readQuery(details["sqlQuery"], target, job);
        for (const DataNode columns : details["columnsLineage"]) {
            for (const DataNode reference : columns["fromColumns"]) {
                const ColumnIndex one = column(reference);
                const ColumnIndex other = column(columns["toColumn"]);
                if (one.isValid() && other.isValid())
                    m_context.estate().columnLineage(
                        one, other, job, ColumnFlow::Direct, columns["function"].text(), false,
                        m_context.evidence(columns), columns["function"].text());
            }
        }
    }

    ColumnIndex column(const DataNode& reference)
    {
        const std::vector<std::string> parts = partsOf(reference.text());
        if (parts.size() < 2) {
            m_context.unresolved(reference.text(), "not the full name of a column", reference);
            return {};
        }
        const DatasetIndex table = dataset(joined(parts, 0, parts.size() - 1), {}, reference);
        return m_context.estate().column(table, parts.back(), {}, m_context.evidence(reference));
    }

    ImportContext& m_context;
    std::unordered_map<std::string, std::string> m_platforms;  // of services, by name
};

bool isEntity(const DataNode& node)
{
    return !node["fullyQualifiedName"].text().empty() && kindOf(node) != Kind::Other &&
           (node["id"] || node["service"] || node["name"]);
}

bool isLineage(const DataNode& node)
{
    const DataNode edge = node["edge"];
    return (edge["fromEntity"] && edge["toEntity"]) ||
           (node["entity"]["fullyQualifiedName"] &&
            (node["upstreamEdges"].isArray() || node["downstreamEdges"].isArray()));
}

class OpenMetadataImporter : public Importer {
public:
    std::string_view format() const override { return openMetadata; }
    std::string_view title() const override { return "OpenMetadata entities"; }
    std::string_view group() const override { return "Catalogs"; }
    bool readsLines() const override { return true; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const DataNode list = root["data"].isArray() ? root["data"] : root;
        const DataNode first = list.isArray() && list.size() > 0 ? *list.begin() : root;
        return isEntity(first) || isLineage(first) ? Match::ByContent : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        OpenMetadataReading reading(context);
        const DataNode list = root["data"].isArray() ? root["data"] : root;
        if (!list.isArray()) {
            reading.read(root);
            return;
        }
        for (const DataNode entity : list)
            reading.read(entity);
        const std::int64_t total = root["paging"]["total"].integer().value_or(0);
        if (total > list.size())
            context.problem(Severity::Warning, "openmetadata.page",
                            "The file is one page of a longer answer: it holds " +
                                std::to_string(list.size()) + " of " + std::to_string(total) +
                                " entities.",
                            root["paging"]);
    }
};

}  // namespace

std::unique_ptr<Importer> openMetadataImporter()
{
    return std::make_unique<OpenMetadataImporter>();
}

}  // namespace portolan
