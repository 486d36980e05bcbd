// SPDX-License-Identifier: Apache-2.0
// One function for each importer: a new format is one file, one line here and one row in importers.cpp.
#pragma once

#include "model/import/importer.h"

#include <memory>
#include <string>

namespace portolan {

std::unique_ptr<Importer> contextMapImporter();
std::unique_ptr<Importer> odcsImporter();
std::unique_ptr<Importer> dbtManifestImporter();
std::unique_ptr<Importer> dbtCatalogImporter();
std::unique_ptr<Importer> openLineageImporter();

// What a document is that we know and do not read yet: "an AsyncAPI document"; empty when we do not know it.
std::string knownButNotRead(const DataNode& root);

}  // namespace portolan
