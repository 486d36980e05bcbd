// SPDX-License-Identifier: Apache-2.0
// Decides by which side of its nodes each edge leaves and arrives, makes the plates there and spaces them. The first half of routing.
#pragma once

#include "model/layout/layout.h"

#include <vector>

namespace portolan {

// Where an edge's line begins at one end: at the outer border of its plate, or of the node when it has none.
struct EdgePort {
    Point at;
    Side side = Side::Right;
    int plate = -1;  // number in LayoutResult::plates; -1: none
    int slot = -1;   // ends with the same slot stand at the same place and may share a line
};

struct EdgePorts {
    EdgePort from;
    EdgePort to;
};

Point outward(Side side);
bool isLevel(Side side);  // left and right, whose edges begin level

// Answers the ports by edge and fills `result.plates`.
std::vector<EdgePorts> choosePorts(const LayoutRequest& request, LayoutResult& result);

}  // namespace portolan
