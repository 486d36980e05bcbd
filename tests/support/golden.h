// SPDX-License-Identifier: Apache-2.0
// Compares reports and pictures with the text kept in tests/data/golden. PORTOLAN_UPDATE_GOLDEN=1 rewrites it, on purpose.
#pragma once

#include <string>

namespace portolan::tests {

// What is kept under this name; the text itself, after writing it down, when the environment asks for that.
std::string golden(const std::string& name, const std::string& text);

}  // namespace portolan::tests
