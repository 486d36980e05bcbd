// SPDX-License-Identifier: Apache-2.0
// The list of all importers, by groups of formats: a new format is one file in its group's folder and one row in the group's list.
#pragma once

#include "model/import/importer.h"

#include <memory>
#include <string>
#include <vector>

namespace portolan {

// One more for each change of what importers make of a file: a workspace reads its sources anew then.
inline constexpr int importersRevision = 6;

using Importers = std::vector<std::unique_ptr<Importer>>;

void addSchemaImporters(Importers& all);
void addInterfaceImporters(Importers& all);
void addContractImporters(Importers& all);
void addLineageImporters(Importers& all);
void addCatalogImporters(Importers& all);
void addModelImporters(Importers& all);
void addOperationImporters(Importers& all);
void addTableImporters(Importers& all);

std::unique_ptr<Importer> openApiImporter();
std::unique_ptr<Importer> asyncApiImporter();
std::unique_ptr<Importer> avroImporter();
std::unique_ptr<Importer> jsonSchemaImporter();
std::unique_ptr<Importer> atlasImporter();
std::unique_ptr<Importer> dcatImporter();
std::unique_ptr<Importer> openMetadataImporter();
std::unique_ptr<Importer> dataContractImporter();
std::unique_ptr<Importer> odpsImporter();
std::unique_ptr<Importer> backstageImporter();
std::unique_ptr<Importer> cmlImporter();
std::unique_ptr<Importer> structurizrImporter();
std::unique_ptr<Importer> archimateImporter();
std::unique_ptr<Importer> dbtRunResultsImporter();
std::unique_ptr<Importer> dbtSourcesImporter();
std::unique_ptr<Importer> eventCatalogImporter();
std::unique_ptr<Importer> csvImporter();
std::unique_ptr<Importer> dpdsImporter();
std::unique_ptr<Importer> datastoreImporter();
std::unique_ptr<Importer> openDataProductsImporter();
std::unique_ptr<Importer> sqlImporter();
std::unique_ptr<Importer> graphqlImporter();
std::unique_ptr<Importer> dataHubImporter();
std::unique_ptr<Importer> dataHubLineageImporter();
std::unique_ptr<Importer> dataHubGlossaryImporter();
std::unique_ptr<Importer> dataHubProductImporter();
std::unique_ptr<Importer> dataHubContractImporter();
std::unique_ptr<Importer> dbtSemanticImporter();
std::unique_ptr<Importer> odcsImporter();
std::unique_ptr<Importer> dbtManifestImporter();
std::unique_ptr<Importer> dbtCatalogImporter();
std::unique_ptr<Importer> openLineageImporter();

// What a document is that we know and do not read: "a Swagger 2 document"; empty when we do not know it.
std::string knownButNotRead(const DataNode& root);

}  // namespace portolan
