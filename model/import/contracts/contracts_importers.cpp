// SPDX-License-Identifier: Apache-2.0
// The importers of this group: contracts and data product descriptors.
#include "model/import/importers.h"

namespace portolan {

void addContractImporters(Importers& all)
{
    all.push_back(odcsImporter());
    all.push_back(dataContractImporter());
    all.push_back(odpsImporter());
    all.push_back(dpdsImporter());
    all.push_back(datastoreImporter());
    all.push_back(openDataProductsImporter());
}

}  // namespace portolan
