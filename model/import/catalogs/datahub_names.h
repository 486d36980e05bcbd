// SPDX-License-Identifier: Apache-2.0
// How DataHub names things: "urn:li:dataset:(urn:li:dataPlatform:kafka,topic1,PROD)", and paths of fields in its second version.
#pragma once

#include "model/import/importer.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct DataHubUrn {
    std::string_view type;                // "dataset"; empty: the text is no URN of DataHub
    std::vector<std::string_view> parts;  // what stands in the brackets, or the one id

    std::string_view id() const { return parts.empty() ? std::string_view() : parts.back(); }
};
DataHubUrn dataHubUrn(std::string_view text);

// "urn:li:corpuser:jdoe" -> "jdoe"; what is no URN as it is.
std::string dataHubId(std::string_view text);

// "[version=2.0].[type=struct].[type=string].address.city" -> "address.city"
std::string dataHubFieldPath(std::string_view path);

// An environment other than PROD stands in the place of the instance: two environments are two datasets. No dataset when it is no URN of
// one, which is then listed as unresolved.
DatasetIndex dataHubDataset(std::string_view urn, const DataNode& where, ImportContext& context);
DatasetIndex dataHubDataset(std::string_view platform, std::string_view path,
                            std::string_view environment, const DataNode& where,
                            ImportContext& context);

// One entry of fineGrainedLineages: fields to fields, of a whole dataset to a dataset.
void readDataHubFineLineage(const DataNode& entry, JobIndex job, ImportContext& context);

}  // namespace portolan
