// SPDX-License-Identifier: Apache-2.0
// dbt's catalog.json, version 1: the columns that relations really have. It does not say which database it is of, so its datasets have
// a path only; they become the manifest's when both are imported.
#include "model/import/dataset_name.h"
#include "model/import/lineage/dbt_artifact.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"

#include <algorithm>

namespace portolan {

namespace {

void readColumns(const DataNode& node, DatasetIndex dataset, ImportContext& context)
{
    std::vector<DataNode> columns(node.begin(), node.end());
    std::stable_sort(columns.begin(), columns.end(), [](const DataNode& a, const DataNode& b) {
        return a["index"].integer().value_or(0) < b["index"].integer().value_or(0);
    });
    for (const DataNode& column : columns) {
        const std::string name =
            column["name"].text().empty() ? std::string(column.key()) : column["name"].string();
        if (name.empty())
            continue;
        const ColumnIndex index =
            context.estate().column(dataset, name, column["type"].text(), context.evidence(column));
        std::string& description = context.estate().estate().columns[index.value].description;
        if (description.empty())
            description = column["comment"].string();
    }
}

void readRelation(const DataNode& node, ImportContext& context)
{
    const DataNode metadata = node["metadata"];
    std::string path;
    for (const std::string_view key : {"database", "schema", "name"}) {
        const std::string part = textAt(metadata, key, context, "dbt");
        const bool hasDot = part.find('.') != std::string::npos;
        if (!part.empty())
            path += (path.empty() ? "" : ".") + (hasDot ? "\"" + part + "\"" : part);
    }
    if (metadata["name"].text().empty()) {
        context.problem(Severity::Error, "dbt.relation-without-name",
                        "\"" + std::string(node.key()) +
                            "\" has no metadata.name (required). Relation skipped.",
                        node);
        return;
    }
    const DatasetIndex dataset = context.estate().dataset({}, {}, path, context.evidence(node));
    Dataset& facts = context.estate().estate().datasets[dataset.value];
    if (facts.type.empty())
        facts.type = lowerCase(metadata["type"].text());
    if (facts.description.empty())
        facts.description = metadata["comment"].string();
    readColumns(node["columns"], dataset, context);
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
        for (const std::string_view part : {"nodes", "sources"}) {
            const DataNode relations = root[part];
            if (!relations.isObject()) {
                if (!relations.isNull())
                    context.problem(Severity::Error, "dbt.wrong-type",
                                    std::string(part) + " is no object. Part skipped.", relations);
                continue;
            }
            for (const DataNode relation : relations)
                readRelation(relation, context);
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
