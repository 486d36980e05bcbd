// SPDX-License-Identifier: Apache-2.0
// dbt's catalog.json, version 1: the columns that relations really have. It does not say which database it is of: the manifest beside it
// does, and says how people spell the names. Without one its datasets have a path only.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/lineage/dbt_artifact.h"

#include <algorithm>
#include <unordered_map>

namespace portolan {

namespace {

// The manifest that lies beside the catalog, as far as it is of the same project.
class ManifestBeside {
public:
    ManifestBeside(const DataNode& catalog, ImportContext& context)
    {
        const Result<DataNode> manifest = context.sibling("manifest.json");
        if (!manifest || dbtHead(*manifest).kind != "manifest") {
            context.problem(Severity::Note, "dbt.no-manifest",
                            "There is no manifest.json beside the catalog, which does not say its "
                            "platform by itself. Loaded without.",
                            catalog);
            return;
        }
        m_root = *manifest;
        m_platform = dbtPlatform(dbtHead(m_root));
        const std::string_view mine = catalog["metadata"]["invocation_id"].text();
        const std::string_view its = m_root["metadata"]["invocation_id"].text();
        if (!mine.empty() && !its.empty() && mine != its)
            context.problem(Severity::Note, "dbt.other-run",
                            "The manifest beside the catalog is of another run of dbt: what one of "
                            "them does not know yet is named by itself.",
                            catalog["metadata"]["invocation_id"]);
    }

    const std::string& platform() const { return m_platform; }
    DataNode node(std::string_view id) const
    {
        const DataNode own = m_root["nodes"][id];
        return own ? own : m_root["sources"][id];
    }

private:
    DataNode m_root;
    std::string m_platform;
};

// The names that the manifest gives, by their lower case: the database spells them in its own.
std::unordered_map<std::string, std::string> spellings(const DataNode& declared)
{
    std::unordered_map<std::string, std::string> names;
    for (const DataNode column : dbtColumns(declared)) {
        const std::string name = dbtColumnName(column);
        names.emplace(lowerCase(name), name);
    }
    return names;
}

void readColumns(const DataNode& node, const DataNode& declared, DatasetIndex dataset,
                 ImportContext& context)
{
    std::vector<DataNode> columns(node.begin(), node.end());
    std::stable_sort(columns.begin(), columns.end(), [](const DataNode& a, const DataNode& b) {
        return a["index"].integer().value_or(0) < b["index"].integer().value_or(0);
    });
    const std::unordered_map<std::string, std::string> known = spellings(declared);
    for (const DataNode& column : columns) {
        std::string name = dbtColumnName(column);
        if (const auto spelt = known.find(lowerCase(name)); spelt != known.end())
            name = spelt->second;
        if (name.empty())
            continue;
        const ColumnIndex index =
            context.estate().column(dataset, name, column["type"].text(), context.evidence(column));
        std::string& description = context.estate().estate().columns[index.value].description;
        if (description.empty())
            description = column["comment"].string();
    }
}

std::string ownPath(const DataNode& metadata, ImportContext& context)
{
    const auto part = [&](std::string_view key) { return textAt(metadata, key, context, "dbt"); };
    const std::string database = part("database");
    const std::string schema = part("schema");
    const std::string name = part("name");
    return dottedPath({database, schema, name});
}

void readRelation(const DataNode& node, const ManifestBeside& manifest, ImportContext& context)
{
    const DataNode metadata = node["metadata"];
    const std::string own = ownPath(metadata, context);
    if (metadata["name"].text().empty()) {
        context.problem(Severity::Error, "dbt.relation-without-name",
                        "\"" + std::string(node.key()) +
                            "\" has no metadata.name (required). Relation skipped.",
                        node);
        return;
    }
    const DataNode declared = manifest.node(node.key());
    const std::string named = declared ? dbtRelation(declared, manifest.platform()) : std::string();
    const DatasetIndex dataset = context.estate().dataset(
        manifest.platform(), {}, named.empty() ? own : named, context.evidence(node));
    Dataset& facts = context.estate().estate().datasets[dataset.value];
    if (facts.type.empty())
        facts.type = lowerCase(metadata["type"].text());
    if (facts.description.empty())
        facts.description = metadata["comment"].string();
    readColumns(node["columns"], declared, dataset, context);
}

class DbtCatalogImporter : public Importer {
public:
    std::string_view format() const override { return "dbt-catalog"; }
    std::string_view title() const override { return "dbt catalog"; }
    std::string_view group() const override { return "Transformations"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return head.text.find("/dbt/catalog/v") != std::string_view::npos ? Match::ByContent
                                                                              : Match::No;
        return dbtHead(head.document->root()).kind == "catalog" ? Match::ByContent : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (!checkDbtHead(root, "catalog", 1, context))
            return;
        const ManifestBeside manifest(root, context);
        for (const std::string_view part : {"nodes", "sources"}) {
            const DataNode relations = root[part];
            if (!relations.isObject()) {
                if (!relations.isNull())
                    context.problem(Severity::Error, "dbt.wrong-type",
                                    std::string(part) + " is no object. Part skipped.", relations);
                continue;
            }
            for (const DataNode relation : relations)
                readRelation(relation, manifest, context);
        }
        for (const DataNode error : root["errors"])
            context.problem(Severity::Warning, "dbt.catalog-error",
                            "dbt could not read all of the catalog: " + error.string(), error);
    }
};

}  // namespace

std::unique_ptr<Importer> dbtCatalogImporter()
{
    return std::make_unique<DbtCatalogImporter>();
}

}  // namespace portolan
