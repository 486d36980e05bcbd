// SPDX-License-Identifier: Apache-2.0
#include "model/import/importers.h"

namespace portolan {

namespace {

// Reads nothing: a context map is opened, not imported. It is known so that a folder that holds one lists nothing as skipped.
class ContextMapImporter : public Importer {
public:
    std::string_view format() const override { return "context-map"; }
    std::string_view title() const override { return "Portolan context map"; }
    std::string_view group() const override { return "Context maps"; }

    Match match(const SourceHead& head) const override
    {
        if (head.document && head.document->root()["portolan"])
            return Match::ByContent;
        return head.fileName.ends_with(".portolan.json") ? Match::ByName : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        context.setFormatVersion(root["portolan"].string());
    }
};

// In the order in which they are asked: those with the surest marks first.
Importers allImporters()
{
    Importers all;
    all.push_back(std::make_unique<ContextMapImporter>());
    addLineageImporters(all);
    addContractImporters(all);
    addInterfaceImporters(all);
    addCatalogImporters(all);
    addModelImporters(all);
    addOperationImporters(all);
    addSchemaImporters(all);
    addTableImporters(all);
    return all;
}

}  // namespace

std::span<const std::unique_ptr<Importer>> importers()
{
    static const Importers all = allImporters();
    return all;
}

std::string knownButNotRead(const DataNode& root)
{
    if (root["kind"].text() == "ObservabilityResults")
        return "a set of observability results (OORS draft)";
    if (root["kind"].text() == "MetadataDifference")
        return "a difference of metadata (OMDS draft)";
    if (root["asyncapi"])
        return "an AsyncAPI document";
    if (root["openapi"] || root["swagger"])
        return "an OpenAPI document";
    if (root["dataContractSpecification"])
        return "a Data Contract Specification";
    if (root["dataProductDescriptor"])
        return "a data product descriptor";
    if (root["kind"].text() == "DataProduct" && root["apiVersion"])
        return "an Open Data Product Standard document";
    if (root["apiVersion"].text().starts_with("backstage.io/"))
        return "a Backstage entity";
    const std::string_view schema = root["metadata"]["dbt_schema_version"].text();
    if (schema.find("/run-results/") != std::string_view::npos)
        return "a dbt run_results file";
    if (schema.find("/sources/") != std::string_view::npos)
        return "a dbt sources file";
    if (root["$schema"].text().find("json-schema.org") != std::string_view::npos)
        return "a JSON Schema";
    return {};
}

}  // namespace portolan
