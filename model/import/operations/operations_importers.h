// SPDX-License-Identifier: Apache-2.0
// Makes the importers of this group, one function each, for its list.
#pragma once

#include "model/import/importer.h"

#include <memory>

namespace portolan {

std::unique_ptr<Importer> greatExpectationsImporter();
std::unique_ptr<Importer> kafkaConnectImporter();
std::unique_ptr<Importer> kafkaConnectPropertiesImporter();
std::unique_ptr<Importer> kafkaGroupsImporter();
std::unique_ptr<Importer> kafkaGroupsJsonImporter();
std::unique_ptr<Importer> kafkaStreamsImporter();
std::unique_ptr<Importer> openMetricsImporter();
std::unique_ptr<Importer> kafkaTopicsImporter();
std::unique_ptr<Importer> kafkaTopicsJsonImporter();
std::unique_ptr<Importer> strimziImporter();
std::unique_ptr<Importer> julieImporter();
std::unique_ptr<Importer> kafkaGitopsImporter();
std::unique_ptr<Importer> sodaImporter();

}  // namespace portolan
