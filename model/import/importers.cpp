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
    return {};
}

}  // namespace portolan
