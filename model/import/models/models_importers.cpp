// SPDX-License-Identifier: Apache-2.0
// The importers of this group: architecture models and catalogs: CML, Structurizr, ArchiMate, DCAT, OpenMetadata, Atlas.
#include "model/import/importers.h"

namespace portolan {

void addModelImporters(Importers& all)
{
    all.push_back(atlasImporter());
    all.push_back(dcatImporter());
    all.push_back(openMetadataImporter());
    all.push_back(cmlImporter());
    all.push_back(structurizrImporter());
    all.push_back(archimateImporter());
}

}  // namespace portolan
