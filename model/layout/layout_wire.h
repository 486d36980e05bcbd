// SPDX-License-Identifier: Apache-2.0
// Requests and results as bytes, for the pipes between the window and the layout helper. Numbers in little-endian order; whatever
// reads them trusts nothing: counts are held against the length, numbers against their range, coordinates must be finite.
#pragma once

#include "model/base/result.h"
#include "model/layout/layout.h"

#include <string>
#include <string_view>

namespace portolan {

std::string toBytes(const LayoutRequest& request);
std::string toBytes(const LayoutResult& result);
Result<LayoutRequest> layoutRequestFrom(std::string_view bytes);
// The result must have as many nodes, groups and edges as the request.
Result<LayoutResult> layoutResultFrom(std::string_view bytes, const LayoutRequest& request);

// Sizes as they are laid out: finite and within 8 to 4,000 units, whatever was asked for.
double safeSize(double size);

}  // namespace portolan
