// SPDX-License-Identifier: Apache-2.0
// The door through which the bytes of text files come in: strict UTF-8, or UTF-16 that says so with a byte order mark.
#pragma once

#include "model/base/result.h"

#include <string>
#include <string_view>

namespace portolan {

// The text as UTF-8 without byte order mark. Bytes that are not valid, and NUL, are an error that tells offset, line and column.
Result<std::string> decodeText(std::string bytes, const std::string& file);

bool isUtf16(std::string_view bytes);  // begins with a UTF-16 byte order mark

}  // namespace portolan
