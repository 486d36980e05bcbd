// SPDX-License-Identifier: Apache-2.0
// AS-IS and TO-BE: a TO-BE map names the file of the AS-IS map that it departs from ("asIs"), and records why ("decisions").
#pragma once

#include "model/map/map_document.h"

#include <string>
#include <string_view>

namespace portolan {

// Where the AS-IS map of this one is, as its "asIs" says, relative to its own file; empty when it names none.
std::string asIsPath(const MapDocument& toBe);

// Reads it. Not done: "map.as-is-unreadable", at the member that names it, with the reason.
Result<MapDocument> readAsIs(const MapDocument& toBe);

// The text of a new TO-BE map that departs from this one: "state" is "to-be" and "asIs" is `fileName`, the AS-IS map's file as seen
// from the new one; every other byte is kept. Refused when the file name is empty or no well-formed text.
Result<std::string> toBeFrom(const MapDocument& asIs, std::string_view fileName);

// The file beside the AS-IS map that is proposed for a new one: "a.portolan.json" -> "a-to-be.portolan.json".
std::string proposedToBePath(const std::string& asIsPath);

// The text of a new TO-BE map that is to lie in this folder.
Result<std::string> toBeIn(const std::string& asIsPath, const std::string& folder);

// The same from file to file, as they are on disk; answers what the new map calls the AS-IS map. Refused when the new file is there
// already, unless `overwrite`, and always when it is the AS-IS map itself.
Result<std::string> startToBe(const std::string& asIsPath, const std::string& toBePath,
                              bool overwrite = false);

}  // namespace portolan
