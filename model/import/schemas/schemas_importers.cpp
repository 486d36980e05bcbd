// SPDX-License-Identifier: Apache-2.0
// The importers of this group: Avro, JSON Schema, Protobuf, schema registries.
#include "model/import/importers.h"

namespace portolan {

void addSchemaImporters(Importers& all)
{
    all.push_back(avroImporter());
    all.push_back(jsonSchemaImporter());
}

}  // namespace portolan
