// SPDX-License-Identifier: Apache-2.0
// Teaches Qt Test to print the model's texts; without it a failure shows <null>. Included by every test.
#pragma once

#include "model/base/problem.h"

#include <QTest>

#include <string>
#include <string_view>

namespace QTest {
template <>
char* toString(const std::string& text);
template <>
char* toString(const std::string_view& text);
}  // namespace QTest

namespace portolan::tests {

// One problem a line, as compilers print it: for comparing all of them at once.
std::string lines(const Problems& problems);

// The bytes of a file under tests/data; the test fails when there is none.
std::string testData(const std::string& name);

// The lines that differ, "-old" and "+new", without their indentation: what is not in the longest common subsequence.
std::string lineDifference(const std::string& before, const std::string& after);

}  // namespace portolan::tests
