// SPDX-License-Identifier: Apache-2.0
// Imports text as if it stood in a file of that name, and tells what came of it.
#pragma once

#include "model/import/import.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct ImportedText {
    EstatePtr estate;
    std::string format;
    std::vector<std::string> problems;  // as lines: "a.yaml:3:5: error: ... [code]"

    std::string problemsText() const;  // one line each
};

ImportedText importText(const std::string& name, std::string_view text, Budget budget = {});

// A file of tests/data, the same way; its folder is the imported one.
ImportedText importData(const std::string& name);

// What was left out: "price (3): not kept", a line each; unresolved ones begin with "? ".
std::string leftOutText(const Estate& estate);

// The counts that are not zero: "columns 3, datasets 2".
std::string countsText(const Estate& estate);

}  // namespace portolan
