// SPDX-License-Identifier: Apache-2.0
// Contents that tell which generation they are of and whether they are whole, for the tests that kill what writes them.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace portolan::tests {

// A text of some ten thousand bytes, each generation of another length.
std::string generationText(int number);
// Its number; 0 when it is not whole.
int generationOf(const std::string& text);

// Names and texts of the files of an import: OpenLineage events and a contract. All of them speak of the generation: each holds
// `generationDatasets` datasets, named "g<number>.t<i>".
constexpr int generationDatasets = 40;
std::vector<std::pair<std::string, std::string>> generationSources(int number);

}  // namespace portolan::tests
