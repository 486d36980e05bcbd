// SPDX-License-Identifier: Apache-2.0
// What a schema registry says of one version of a subject, however it was saved.
#pragma once

#include "model/import/importer.h"

#include <string>
#include <string_view>

namespace portolan {

// `value` as the registry answers it: subject, version, id, schemaType, schema, references, metadata, ruleSet, deleted. `isDeleted`: its
// subject was deleted later. Subject and version are those of the key, where there is one; else of the value.
struct RegistryVersion {
    std::string subject;
    std::string version;
    DataNode value;  // missing: it cannot be read
    int line = 0;    // of the entry in a dump
    bool isDeleted = false;
};

void addRegistryVersion(const RegistryVersion& version, ImportContext& context);

// The subject's dataset, and the topic that it is about by its name.
DatasetIndex registrySubject(std::string_view subject, const Evidence& evidence,
                             ImportContext& context);

// Of one subject.
void addCompatibility(const std::string& subject, const std::string& level,
                      const Evidence& evidence, ImportContext& context);

// What holds for all subjects of the registry: of those without a level of their own.
std::string compatibilityOf(const DataNode& config);

}  // namespace portolan
