// SPDX-License-Identifier: Apache-2.0
// Sources that contradict each other: both words are kept, and each contradiction names both places.
#pragma once

#include "model/estate/estate.h"

namespace portolan {

// One warning ("estate.contradiction") for each thing and property of which sources say different values, placed at the later one.
Problems contradictions(const Estate& estate);

}  // namespace portolan
