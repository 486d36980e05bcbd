// SPDX-License-Identifier: Apache-2.0
// Puts each edge's pill on its longest straight run where it covers nothing; a pill without room becomes an icon, then nothing.
#pragma once

#include "model/layout/layout.h"

namespace portolan {

void placeLabels(const LayoutRequest& request, LayoutResult& result);

}  // namespace portolan
