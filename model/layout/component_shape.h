// SPDX-License-Identifier: Apache-2.0
// Layers make a thread of some graphs: one endless row of columns, or a column without end. Both are broken here, as lines of text are.
#pragma once

#include "model/layout/geometry.h"

#include <vector>

namespace portolan {

// Breaks columns that are much too high into columns beside each other, and rows that are much too long into rows below each other.
// Boxes in columns that do not overlap stay so; what has a good shape is left alone.
void reshape(std::vector<Rect>& boxes);

}  // namespace portolan
