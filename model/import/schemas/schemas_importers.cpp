// SPDX-License-Identifier: Apache-2.0
// The importers of this group: Avro, JSON Schema, Protobuf, schema registries.
#include "model/import/schemas/schemas_importers.h"
#include "model/import/importers.h"

namespace portolan {

void addSchemaImporters(Importers& all)
{
    all.push_back(registryImporter());
    all.push_back(registryDumpImporter());
    all.push_back(protobufImporter());
    all.push_back(avroRequestImporter());
    all.push_back(avroImporter());
    all.push_back(jsonSchemaImporter());
}

}  // namespace portolan
