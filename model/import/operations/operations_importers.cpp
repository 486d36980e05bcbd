// SPDX-License-Identifier: Apache-2.0
// The importers of this group: results of checks, Kafka, measurements.
#include "model/import/operations/operations_importers.h"

#include "model/import/importers.h"

namespace portolan {

void addOperationImporters(Importers& all)
{
    all.push_back(greatExpectationsImporter());
    all.push_back(sodaImporter());
    all.push_back(strimziImporter());
    all.push_back(julieImporter());
    all.push_back(kafkaGitopsImporter());
    all.push_back(kafkaConnectImporter());
    all.push_back(kafkaConnectPropertiesImporter());
    all.push_back(kafkaGroupsImporter());
    all.push_back(kafkaGroupsJsonImporter());
    all.push_back(kafkaStreamsImporter());
    all.push_back(openMetricsImporter());
    all.push_back(kafkaTopicsImporter());
    all.push_back(kafkaTopicsJsonImporter());
}

}  // namespace portolan
