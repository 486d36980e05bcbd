// SPDX-License-Identifier: Apache-2.0
// What an edit would do to a map, told before it is done.
#pragma once

#include "model/map/map_document.h"

#include <string>

namespace portolan {

// "Adds 1 context and 2 relationships, changes 1 product, removes 1 route." Placement is not counted. Reads the whole map anew.
std::string effectInWords(const MapDocument& document, const Edit& edit);

}  // namespace portolan
