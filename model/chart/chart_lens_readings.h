// SPDX-License-Identifier: Apache-2.0
// The lenses that ask the estate: used by chart_lens.cpp only.
#pragma once

#include "model/chart/chart_lens.h"

namespace portolan {

// "1 consumer", "3 consumers".
std::string countedWords(std::size_t count, std::string_view one, std::string_view many);

LensReading driftReading(const LensSources& sources);
LensReading adoptionReading(const LensSources& sources);
LensReading freshnessReading(const LensSources& sources);

bool saysAdoption(const LensSources& sources);
bool saysFreshness(const LensSources& sources);

}  // namespace portolan
