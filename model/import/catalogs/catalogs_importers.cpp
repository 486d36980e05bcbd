// SPDX-License-Identifier: Apache-2.0
// The importers of this group: Backstage, EventCatalog, DataHub.
#include "model/import/importers.h"

namespace portolan {

void addCatalogImporters(Importers& all)
{
    all.push_back(backstageImporter());
    all.push_back(eventCatalogImporter());
    all.push_back(dataHubImporter());
    all.push_back(dataHubLineageImporter());
    all.push_back(dataHubGlossaryImporter());
    all.push_back(dataHubProductImporter());
    all.push_back(dataHubContractImporter());
}

}  // namespace portolan
