// SPDX-License-Identifier: Apache-2.0
// The importers of this group: AsyncAPI, OpenAPI, GraphQL.
#include "model/import/importers.h"

namespace portolan {

void addInterfaceImporters(Importers& all)
{
    all.push_back(openApiImporter());
    all.push_back(asyncApiImporter());
    all.push_back(graphqlImporter());
}

}  // namespace portolan
