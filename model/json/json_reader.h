// SPDX-License-Identifier: Apache-2.0
// Reads JSON (RFC 8259) strictly into a DataTree, under a Budget: valid UTF-8, one value, no comments, no trailing commas. A UTF-8
// byte order mark is passed over. Errors say line, column and what was expected.
#pragma once

#include "model/base/budget.h"
#include "model/base/result.h"
#include "model/json/data_tree.h"

namespace portolan {

// Duplicate keys are reported as warnings "json.duplicate-key" in `problems`; the caller decides whether that is an error.
// Reuses the memory of `tree`. `firstLine` is the line of the file on which `text` begins.
Result<> readJson(DataTree& tree, std::string text, std::string file, const Budget& budget,
                  Problems& problems, int firstLine = 1);

// Offset of the first byte that is not valid UTF-8 (overlong forms and surrogates are not valid); npos when all is well.
std::size_t invalidUtf8(std::string_view text);

// A string as a JSON literal with its quotes; control characters escaped, everything else kept as UTF-8.
std::string jsonString(std::string_view text);

}  // namespace portolan
