// SPDX-License-Identifier: Apache-2.0
// What descriptions of interfaces have in common: their info object, and the contract and product that follow from it.
#pragma once

#include "model/import/importer.h"

#include <string_view>

namespace portolan {

// "Order Service": id and name; the id is info.x-id, else the title.
Contract contractOfInfo(const DataNode& root, ProductKind kind, std::string_view format,
                        ImportContext& context);

}  // namespace portolan
