// SPDX-License-Identifier: Apache-2.0
// Reading whole files safely, and the one way in which this program replaces a file.
#pragma once

#include "model/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace portolan {

// The bytes of a regular file, at most `limit`. Never blocks on a pipe or device; follows links only when asked.
Result<std::string> readFile(const std::string& path, std::int64_t limit, bool followLinks = true);

// Replaces (or makes) the file so that after any failure or kill it holds the old bytes or the new ones, whole. Every count is
// checked, data and folder are synced, the result is read back. An existing file's mode is kept; a link's target is replaced, not
// the link. On failure the message says what is on disk now.
Result<> saveAtomically(const std::string& path, std::string_view bytes);

// Removes left-overs of this function's own temporary files beside `path` that are older than a day.
void removeOldLeftovers(const std::string& path);

// $XDG_STATE_HOME/portolan, else ~/.local/state/portolan. Not made by this call.
std::string stateFolder();

}  // namespace portolan
