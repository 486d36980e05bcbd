// SPDX-License-Identifier: Apache-2.0
// The importers of this folder that are not in the common list.
#pragma once

#include "model/import/importer.h"

#include <memory>

namespace portolan {

std::unique_ptr<Importer> avroRequestImporter();
std::unique_ptr<Importer> protobufImporter();
std::unique_ptr<Importer> registryImporter();
std::unique_ptr<Importer> registryDumpImporter();

}  // namespace portolan
