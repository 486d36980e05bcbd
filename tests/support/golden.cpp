// SPDX-License-Identifier: Apache-2.0
#include "tests/support/golden.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace portolan::tests {

std::string golden(const std::string& name, const std::string& text)
{
    const std::filesystem::path path = std::filesystem::path(PORTOLAN_TEST_DATA) / "golden" / name;
    if (const char* update = std::getenv("PORTOLAN_UPDATE_GOLDEN"); update && *update == '1') {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
        return text;
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream kept;
    kept << file.rdbuf();
    return kept.str();
}

}  // namespace portolan::tests
