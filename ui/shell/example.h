// SPDX-License-Identifier: Apache-2.0
// The example estate, copied to where the user may change it: what comes with the program is often read only.
#pragma once

#include "model/base/result.h"

#include <string>

namespace portolan::ui {

// Copies the folder `original` below `stateFolder` and answers where; a copy that is there already keeps its edits.
Result<std::string> copyExample(const std::string& original, const std::string& stateFolder);

}  // namespace portolan::ui
