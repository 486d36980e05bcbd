// SPDX-License-Identifier: Apache-2.0
// Contents that tell which generation they are of and whether they are whole, for the tests that kill what writes them.
#pragma once

#include "model/estate/estate.h"

#include <string>
#include <utility>
#include <vector>

namespace portolan::tests {

// A text of some ten thousand bytes, each generation of another length.
std::string generationText(int number);
// Its number; 0 when it is not whole.
int generationOf(const std::string& text);

// Names and texts of the files of an import, three contracts "a", "b" and "c", whose version and fields are of that generation.
constexpr int generationFields = 150;
std::vector<std::pair<std::string, std::string>> generationSources(int number);
std::string generationField(int number, int field);
// Of each contract in the estate; 0 when it is not whole.
std::vector<int> generationsIn(const Estate& estate);

}  // namespace portolan::tests
