// SPDX-License-Identifier: Apache-2.0
// The importers of this group: plain tables: edge lists, information_schema, SQL DDL.
#include "model/import/importers.h"

namespace portolan {

void addTableImporters(Importers& all)
{
    all.push_back(csvImporter());
    all.push_back(sqlImporter());
}

}  // namespace portolan
