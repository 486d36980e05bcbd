// SPDX-License-Identifier: Apache-2.0
// portolanctl as the tests of this folder call it. Its path comes from the build.
#pragma once

#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/text_output.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace QTest {
template <>
inline char* toString(const nlohmann::json& value)
{
    return qstrdup(value.dump().c_str());
}
}  // namespace QTest

namespace portolan::tests {

inline ProgramRun portolanctl(const std::vector<std::string>& arguments,
                              const std::string& input = {})
{
    return runProgram(PORTOLANCTL, {.arguments = arguments, .input = input});
}

// Standard output as the one JSON document that it must be; discarded (and so equal to nothing) when it is not.
inline nlohmann::json documentOf(const ProgramRun& run)
{
    return nlohmann::json::parse(run.out, nullptr, false);
}

inline std::string dataPath(const std::string& name)
{
    return std::string(PORTOLAN_TEST_DATA) + "/" + name;
}

}  // namespace portolan::tests
