// SPDX-License-Identifier: Apache-2.0
// The importers of this group: OpenLineage and dbt.
#include "model/import/importers.h"

namespace portolan {

void addLineageImporters(Importers& all)
{
    all.push_back(dbtManifestImporter());
    all.push_back(dbtCatalogImporter());
    all.push_back(openLineageImporter());
    all.push_back(dbtRunResultsImporter());
    all.push_back(dbtSourcesImporter());
    all.push_back(dbtSemanticImporter());
}

}  // namespace portolan
