// SPDX-License-Identifier: Apache-2.0
// What importers ask of a document: texts of any kind of scalar, lists that may be one value, a hash of what is said.
#pragma once

#include "model/import/importer.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

// Of everything that a value says, whatever its spelling: comments, layout, order of keys and JSON or YAML make no difference.
std::string contentHash(const DataNode& node);

// The scalar under a key as text; empty when there is none. Something that is no scalar is reported as "<format>.wrong-type".
std::string textAt(const DataNode& object, std::string_view key, ImportContext& context,
                   std::string_view format);

// The members of a list; a missing or null value has none, and what is no list is reported.
std::vector<DataNode> listAt(const DataNode& object, std::string_view key, ImportContext& context,
                             std::string_view format);

// Counts the members of an object whose keys are not in `known` (names with a space around each) as ignored, as "<owner>.<key>".
void ignoreOthers(const DataNode& object, std::string_view known, std::string_view owner,
                  ImportContext& context);

// "a", "b" and "c"
std::string quotedList(const std::vector<std::string>& names);

}  // namespace portolan
