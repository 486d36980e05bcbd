// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_file.h"

#include "model/base/budget.h"
#include "model/base/file_store.h"
#include "model/base/hash.h"

#include <ctime>
#include <optional>

#include <sys/stat.h>

namespace portolan {

namespace {

// File systems count time in ticks, the coarsest (FAT) in 2 s. A file that was written less than that before we looked may be
// written again without any mark that shows it.
constexpr std::int64_t coarsestTickNs = 2'000'000'000;

std::int64_t nanoseconds(const timespec& time)
{
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

std::int64_t nowNs()
{
    timespec now = {};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return nanoseconds(now);
}

// The cheap marks of the file as it is now, without its hash; bytes is -1 when there is none.
FileStamp marksOf(const std::string& path)
{
    FileStamp stamp;
    stamp.path = path;
    stamp.takenNs = nowNs();
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0)
        return stamp;
    stamp.device = status.st_dev;
    stamp.inode = status.st_ino;
    stamp.bytes = status.st_size;
    stamp.modifiedNs = nanoseconds(status.st_mtim);
    return stamp;
}

bool haveSameMarks(const FileStamp& a, const FileStamp& b)
{
    return a.device == b.device && a.inode == b.inode && a.bytes == b.bytes &&
           a.modifiedNs == b.modifiedNs;
}

bool canBeTrusted(const FileStamp& stamp)
{
    return stamp.modifiedNs + coarsestTickNs < stamp.takenNs;
}

Result<std::string> readMap(const std::string& path)
{
    return readFile(path, Budget().jsonBytes);
}

Problem changedOnDisk(const std::string& path, std::string message)
{
    return {Severity::Error, "file.changed-on-disk", std::move(message), {path}};
}

// Why `path` must not be written without asking; empty when it may be.
std::optional<Problem> reasonToAsk(const std::string& path, const std::string& text,
                                   const FileStamp& stamp)
{
    FileStamp expected = stamp;
    if (stamp.path != path) {
        expected = {};
        expected.path = path;
    }
    const FileChange change = changeOnDisk(expected);
    if (change == FileChange::None)
        return std::nullopt;
    if (change == FileChange::Vanished)
        return changedOnDisk(path, "Not saved: the file is gone from the disk since it was opened. "
                                   "Save it under this or another name.");
    // What is to be saved is there already: an earlier save that could not be confirmed.
    if (const Result<std::string> found = readMap(path); found && *found == text)
        return std::nullopt;
    if (expected.bytes < 0)
        return changedOnDisk(path, "Not saved: there is already a file of this name.");
    return changedOnDisk(
        path, "Not saved: another program has changed the file since it was opened here.");
}

}  // namespace

Result<OpenedMap> openMapFile(const std::string& path)
{
    // Marks from before the reading: a change in between shows as a change later, never the other way round.
    FileStamp stamp = marksOf(path);
    Result<std::string> text = readMap(path);
    if (!text)
        return tl::unexpected(std::move(text.error()));
    stamp.hash = sha256(*text);
    stamp.bytes = static_cast<std::int64_t>(text->size());
    Result<MapDocument> document = MapDocument::read(std::move(*text), path);
    if (!document)
        return tl::unexpected(std::move(document.error()));
    return OpenedMap{std::move(*document), std::move(stamp)};
}

FileChange changeOnDisk(const FileStamp& stamp)
{
    const FileStamp now = marksOf(stamp.path);
    if (now.bytes < 0)
        return stamp.bytes < 0 ? FileChange::None : FileChange::Vanished;
    if (stamp.bytes < 0)
        return FileChange::Changed;
    if (haveSameMarks(now, stamp) && canBeTrusted(stamp))
        return FileChange::None;
    if (now.bytes != stamp.bytes)
        return FileChange::Changed;
    const Result<std::string> text = readMap(stamp.path);
    return text && sha256(*text) == stamp.hash ? FileChange::None : FileChange::Changed;
}

Result<FileStamp> saveMapFile(const std::string& path, const std::string& text,
                              const FileStamp& stamp, bool overwrite)
{
    if (!overwrite)
        if (std::optional<Problem> problem = reasonToAsk(path, text, stamp))
            return tl::unexpected(std::move(*problem));
    if (Result<> saved = saveAtomically(path, text); !saved)
        return tl::unexpected(std::move(saved.error()));
    removeOldLeftovers(path);
    FileStamp written = marksOf(path);
    written.bytes = static_cast<std::int64_t>(text.size());
    written.hash = sha256(text);
    return written;
}

}  // namespace portolan
