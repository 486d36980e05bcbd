// SPDX-License-Identifier: Apache-2.0
// Apache Atlas: entities as its REST interface takes and answers them (v2), and the messages of its hooks. Types are told by the end of
// their names, because every installation adds its own: "hive_table", "sample_column", "spark_process".
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"

#include <unordered_map>

namespace portolan {

namespace {

constexpr std::string_view atlas = "atlas";

enum class Role { Dataset, Column, Process, ColumnProcess, Term, Other };

bool endsWith(std::string_view text, std::initializer_list<std::string_view> endings)
{
    for (const std::string_view ending : endings) {
        if (text.ends_with(ending))
            return true;
    }
    return false;
}

Role roleOf(std::string_view type)
{
    if (endsWith(type, {"column_lineage"}))
        return Role::ColumnProcess;
    if (endsWith(type, {"_process", "Process"}))
        return Role::Process;
    if (endsWith(type, {"_column", "Column"}))
        return Role::Column;
    if (endsWith(type, {"_table", "Table", "_view", "View", "_topic", "_path", "_object", "_file",
                        "_bucket", "_dataset", "DataSet"}))
        return Role::Dataset;
    if (type == "AtlasGlossaryTerm")
        return Role::Term;
    return Role::Other;
}

// "db.table@cluster": what stands before the last '@' and after it.
std::pair<std::string_view, std::string_view> parted(std::string_view qualifiedName)
{
    const std::size_t at = qualifiedName.rfind('@');
    if (at == std::string_view::npos)
        return {qualifiedName, {}};
    return {qualifiedName.substr(0, at), qualifiedName.substr(at + 1)};
}

std::string platformOf(std::string_view type)
{
    std::string platform = lowerCase(type.substr(0, type.find('_')));
    return platform == "rdbms" || platform == "sample" ? std::string() : platform;
}

class AtlasReading {
public:
    AtlasReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context) {}

    void run()
    {
        std::vector<DataNode> entities;
        collect(m_root, entities);
        if (m_root["message"].isObject())  // of a hook
            collect(m_root["message"]["entities"], entities);
        for (const DataNode& entity : entities)
            m_byGuid.emplace(entity["guid"].text(), entity);
        for (const DataNode& entity : entities)
            read(entity);
        ignoreOthers(m_root,
                     " entity entities referredEntities message version msgSourceIP msgCreatedBy "
                     "msgCreationTime msgSplitIdx msgSplitCount spooled source guidAssignments ",
                     "root", m_context);
    }

private:
    void collect(const DataNode& node, std::vector<DataNode>& entities)
    {
        if (node["entity"].isObject())
            entities.push_back(node["entity"]);
        for (const char* key : {"entities", "referredEntities"}) {
            for (const DataNode entity : node[key]) {
                if (entity.isObject())
                    entities.push_back(entity);
            }
        }
        if (node.isArray()) {
            for (const DataNode entity : node) {
                if (entity["typeName"])
                    entities.push_back(entity);
            }
        }
    }

    static DataNode attributesOf(const DataNode& entity)
    {
        return entity["attributes"] ? entity["attributes"] : entity["values"];  // v1
    }

    std::string attribute(const DataNode& entity, std::string_view key)
    {
        const DataNode value = attributesOf(entity)[key];
        return value.isObject() || value.isArray() ? std::string() : value.string();
    }

    // The entity that a reference means, or the reference itself, which often names the thing too.
    DataNode target(const DataNode& reference)
    {
        const auto known = m_byGuid.find(reference["guid"].text());
        return known != m_byGuid.end() && !reference["guid"].text().empty() ? known->second
                                                                            : reference;
    }

    std::string qualifiedName(const DataNode& entity)
    {
        std::string name = attribute(entity, "qualifiedName");
        return name.empty() ? entity["uniqueAttributes"]["qualifiedName"].string() : name;
    }

    DataNode related(const DataNode& entity, std::string_view key)
    {
        const DataNode relationship = entity["relationshipAttributes"][key];
        return relationship ? relationship : attributesOf(entity)[key];
    }

    void read(const DataNode& entity)
    {
        const std::string type = textAt(entity, "typeName", m_context, atlas);
        switch (roleOf(type)) {
        case Role::Dataset:
            readDataset(entity);
            return;
        case Role::Column:
            if (qualifiedName(entity).empty())
                missingName(entity, type);
            else
                columnOf(entity);
            return;
        case Role::Process:
            readProcess(entity);
            return;
        case Role::ColumnProcess:
            readColumnProcess(entity);
            return;
        case Role::Term:
            m_context.estate().term({attribute(entity, "anchor"), attribute(entity, "name"),
                                     attribute(entity, "shortDescription"),
                                     m_context.evidence(entity)});
            return;
        case Role::Other:
            m_context.ignored(type.empty() ? "entity without typeName" : type,
                              "entities of this type are not kept", entity);
            return;
        }
    }

    void missingName(const DataNode& entity, const std::string& type)
    {
        m_context.problem(Severity::Error, "atlas.no-name",
                          "The " + type + " has no qualifiedName (required). Entity skipped.",
                          entity);
    }

    DatasetIndex dataset(const DataNode& entity)
    {
        const std::string name = qualifiedName(entity);
        const std::string type = entity["typeName"].string();
        if (name.empty())
            return {};
        const auto [path, cluster] = parted(name);
        const std::size_t scheme = path.find("://");
        DatasetName normal{platformOf(type), std::string(cluster), std::string(path)};
        if (scheme != std::string_view::npos) {
            const std::size_t slash = path.find('/', scheme + 3);
            normal = fromNamespace(path.substr(0, slash), slash == std::string_view::npos
                                                              ? std::string_view()
                                                              : path.substr(slash));
        }
        if (normal.path.empty())
            normal.path = name;
        const DatasetIndex index = m_context.estate().dataset(
            normal.platform, normal.instance, normal.path, m_context.evidence(entity));
        Dataset& known = m_context.estate().estate().datasets[index.value];
        if (known.type.empty())
            known.type = type.substr(type.rfind('_') + 1);
        return index;
    }

    void readDataset(const DataNode& entity)
    {
        const std::string type = entity["typeName"].string();
        const DatasetIndex index = dataset(entity);
        if (!index.isValid()) {
            missingName(entity, type);
            return;
        }
        Dataset& known = m_context.estate().estate().datasets[index.value];
        for (const char* key : {"description", "comment"}) {
            if (known.description.empty())
                known.description = attribute(entity, key);
        }
        if (const std::string owner = attribute(entity, "owner"); !owner.empty())
            m_context.estate().fact(Claim{ClaimAbout::Dataset, known.key(), "owner", owner,
                                          m_context.evidence(attributesOf(entity)["owner"])});
        for (const DataNode column : related(entity, "columns")) {
            const DataNode whole = target(column);
            if (whole["attributes"] || whole["uniqueAttributes"])
                addColumn(index, whole);
            else
                m_context.unresolved(column["guid"].text(), "a column that the file does not hold",
                                     column);
        }
        for (const DataNode one : entity["classifications"])
            m_context.estate().fact(Claim{ClaimAbout::Dataset, keyOf(index), "tag",
                                          one["typeName"].string(), m_context.evidence(one)});
        const DataNode expanded = attributesOf(entity)["viewExpandedText"];
        readQuery(expanded.text().empty() ? attributesOf(entity)["viewOriginalText"] : expanded,
                  index, JobIndex(), platformOf(type));
        ignoreOthers(attributesOf(entity),
                     " qualifiedName name description comment owner columns clusterName path "
                     "viewOriginalText viewExpandedText ",
                     type, m_context);
    }

    std::string keyOf(DatasetIndex index)
    {
        return m_context.estate().estate().datasets[index.value].key();
    }

    ColumnIndex addColumn(DatasetIndex dataset, const DataNode& entity)
    {
        std::string name = attribute(entity, "name");
        if (name.empty()) {
            const std::string qualified = qualifiedName(entity);
            const std::string_view path = parted(qualified).first;
            name = path.substr(path.rfind('.') + 1);
        }
        if (name.empty())
            return {};
        std::string type = attribute(entity, "type");
        if (type.empty())
            type = attribute(entity, "dataType");
        const ColumnIndex index =
            m_context.estate().column(dataset, name, type, m_context.evidence(entity));
        std::string& description = m_context.estate().estate().columns[index.value].description;
        if (description.empty())
            description = attribute(entity, "comment");
        return index;
    }

    // By its own name, "db.table.column@cluster": the table is what stands before the last dot.
    ColumnIndex columnOf(const DataNode& entity)
    {
        const std::string name = qualifiedName(entity);
        const auto [path, cluster] = parted(name);
        const std::size_t dot = path.rfind('.');
        if (dot == std::string_view::npos)
            return {};
        const DatasetIndex dataset =
            m_context.estate().dataset(platformOf(entity["typeName"].text()), cluster,
                                       path.substr(0, dot), m_context.evidence(entity));
        return addColumn(dataset, entity);
    }

    JobIndex job(const DataNode& entity)
    {
        const std::string name = qualifiedName(entity);
        const auto [path, cluster] = parted(name);
        const JobIndex index = m_context.estate().job(
            cluster.substr(0, cluster.find(':')),
            attribute(entity, "name").empty() ? name : attribute(entity, "name"),
            m_context.evidence(entity));
        Job& known = m_context.estate().estate().jobs[index.value];
        if (known.integration.empty())
            known.integration = upperCase(platformOf(entity["typeName"].text()));
        if (known.owner.empty())
            known.owner = attribute(entity, "userName");
        return index;
    }

    void readProcess(const DataNode& entity)
    {
        if (qualifiedName(entity).empty()) {
            missingName(entity, entity["typeName"].string());
            return;
        }
        const JobIndex index = job(entity);
        std::vector<DatasetIndex> inputs;
        std::vector<DatasetIndex> outputs;
        for (const auto& [key, ends] : {std::pair("inputs", &inputs), {"outputs", &outputs}}) {
            for (const DataNode reference : related(entity, key)) {
                const DatasetIndex end = dataset(target(reference));
                if (end.isValid())
                    ends->push_back(end);
                else
                    m_context.unresolved(reference["guid"].text(),
                                         "an end of a process that the file does not hold",
                                         reference);
            }
        }
        for (const DatasetIndex from : inputs) {
            for (const DatasetIndex to : outputs)
                m_context.estate().lineage(from, to, index, m_context.evidence(entity));
        }
        // Hive keeps the text in the list.
        const DataNode text = attributesOf(entity)["queryText"];
        const DataNode recent = attributesOf(entity)["recentQueries"];
        readQuery(text.text().empty() && recent.size() > 0 ? *recent.begin() : text,
                  outputs.size() == 1 ? outputs.front() : DatasetIndex(), index,
                  platformOf(entity["typeName"].string()));
    }

    void readQuery(const DataNode& text, DatasetIndex writes, JobIndex job, std::string dialect)
    {
        if (text.text().empty())
            return;
        ObservedQuery query;
        query.writes = writes;
        query.job = job;
        query.text = text.string();
        query.dialect = std::move(dialect);
        query.evidence = m_context.evidence(text);
        m_context.estate().fact(std::move(query));
    }

    void readColumnProcess(const DataNode& entity)
    {
        const std::string kind = attribute(entity, "depenendencyType");  // as Atlas spells it
        for (const DataNode input : related(entity, "inputs")) {
            for (const DataNode output : related(entity, "outputs")) {
                const ColumnIndex from = columnOf(target(input));
                const ColumnIndex to = columnOf(target(output));
                if (from.isValid() && to.isValid())
                    m_context.estate().columnLineage(from, to, {}, ColumnFlow::Direct,
                                                     kind == "SIMPLE" ? "IDENTITY"
                                                                      : std::string_view(kind),
                                                     false, m_context.evidence(entity));
                else
                    m_context.unresolved(input["guid"].text(), "a column without its table", input);
            }
        }
    }

    DataNode m_root;
    ImportContext& m_context;
    std::unordered_map<std::string_view, DataNode> m_byGuid;
};

class AtlasImporter : public Importer {
public:
    std::string_view format() const override { return atlas; }
    std::string_view title() const override { return "Apache Atlas entities"; }
    std::string_view group() const override { return "Catalogs"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const auto isEntity = [](const DataNode& node) {
            return node["typeName"] &&
                   (node["attributes"].isObject() ||
                    node["jsonClass"].text().find("atlas") != std::string_view::npos);
        };
        const DataNode list = root["message"] ? root["message"]["entities"] : root["entities"];
        const DataNode first = list["entities"].isArray()          ? *list["entities"].begin()
                               : list.isArray() && list.size() > 0 ? *list.begin()
                                                                   : DataNode();
        if (isEntity(root["entity"]) || isEntity(first) ||
            (root.isArray() && root.size() > 0 && isEntity(*root.begin())))
            return Match::ByContent;
        return root["entityDefs"].isArray() && root["classificationDefs"].isArray()
                   ? Match::ByContent
                   : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        context.setFormatVersion("v2");
        if (root["entityDefs"])
            context.problem(
                Severity::Note, "atlas.types",
                "These are definitions of types, not entities. Nothing is read of them.", root);
        AtlasReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> atlasImporter()
{
    return std::make_unique<AtlasImporter>();
}

}  // namespace portolan
