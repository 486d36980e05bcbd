// SPDX-License-Identifier: Apache-2.0
// Reading whole files safely, and the one way in which this program replaces a file. Messages do not name the file: `where.file` does.
#pragma once

#include "model/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace portolan {

// The bytes of a regular file, at most `limit`. Never blocks on a pipe or device; follows links only when asked. Codes when not
// done: "file.not-found", "file.unreadable", "file.not-regular", "file.too-large", "file.changed-while-read".
Result<std::string> readFile(const std::string& path, std::int64_t limit, bool followLinks = true);

// Replaces (or makes) the file so that after any failure or kill it holds the old bytes or the new ones, whole. Every count is
// checked, data and folder are synced, the result is read back. An existing file's mode is kept; a link's target is replaced, not
// the link. On failure the message says what is on disk now, and the code too: "file.not-saved" is the old bytes (or still no
// file), "file.not-confirmed" is the new bytes, whole, but the disk did not confirm that it keeps them over a power cut.
Result<> saveAtomically(const std::string& path, std::string_view bytes);

// Puts a whole file that somebody else has written beside `path` into its place, synced as above; `made` is gone afterwards.
Result<> putInPlace(const std::string& made, const std::string& path);

// Removes left-overs of this function's own temporary files beside `path` that are older than a day.
void removeOldLeftovers(const std::string& path);
// Whether a file's name is that of such a left-over, of whatever file: what is in it was never meant to be read.
bool isLeftoverName(std::string_view name);

// $XDG_STATE_HOME/portolan, else ~/.local/state/portolan. Not made by this call.
std::string stateFolder();
// The same for settings ($XDG_CONFIG_HOME, ~/.config) and for what can be made again ($XDG_CACHE_HOME, ~/.cache).
std::string configFolder();
std::string cacheFolder();
// Makes the folder and its parents, for this user alone (mode 0700). It may be there already.
Result<> makePrivateFolder(const std::string& path);

}  // namespace portolan
