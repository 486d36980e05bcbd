// SPDX-License-Identifier: Apache-2.0
// A context map's file: opening, saving so that the old bytes or the new ones are there whatever happens, and noticing that somebody
// else has changed it.
#pragma once

#include "model/base/result.h"
#include "model/map/map_document.h"

#include <cstdint>
#include <string>

namespace portolan {

// What the file was when it was last read or written here.
struct FileStamp {
    std::string path;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t bytes = -1;  // -1: there was no file
    std::int64_t modifiedNs = 0;
    std::int64_t takenNs =
        0;             // when it was looked at: a change right then may have left no other mark
    std::string hash;  // SHA-256 of the bytes
};

struct OpenedMap {
    MapDocument document;
    FileStamp stamp;
};

Result<OpenedMap> openMapFile(const std::string& path);

enum class FileChange { None, Changed, Vanished };
// Compares the disk with the stamp; looks at the bytes only where the cheap marks differ.
FileChange changeOnDisk(const FileStamp& stamp);

// Saves atomically and reads back. Refused with "file.changed-on-disk" when the file is not what the stamp says, unless `overwrite`:
// changed, gone, or there already although the stamp is of no file or of another path. Other failures are those of saveAtomically.
Result<FileStamp> saveMapFile(const std::string& path, const std::string& text,
                              const FileStamp& stamp, bool overwrite = false);

}  // namespace portolan
