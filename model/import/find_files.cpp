// SPDX-License-Identifier: Apache-2.0
// Finds the regular files under the named paths. Each entry is either found or listed with the reason why not.
#include "model/import/import.h"

#include "model/base/file_store.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <set>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/json/json_reader.h"

namespace portolan {

namespace {

class Handle {
public:
    explicit Handle(int number) : m_number(number) {}
    ~Handle()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    int number() const { return m_number; }
    int release() { return std::exchange(m_number, -1); }

private:
    int m_number;
};

// A file name is bytes; what is not UTF-8 is shown as \xNN.
std::string shown(std::string_view name)
{
    std::string text;
    while (!name.empty()) {
        const std::size_t bad = invalidUtf8(name);
        text += name.substr(0, bad);
        if (bad == std::string_view::npos)
            break;
        static constexpr char digits[] = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(name[bad]);
        text += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
        name.remove_prefix(bad + 1);
    }
    return text;
}

std::string kindOf(mode_t mode)
{
    if (S_ISFIFO(mode))
        return "a named pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    if (S_ISBLK(mode) || S_ISCHR(mode))
        return "a device";
    if (S_ISLNK(mode))
        return "a link; links are not followed";
    return "no regular file";
}

std::string lastPart(std::string path)
{
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos || path.size() == 1 ? path : path.substr(slash + 1);
}

class Walk {
public:
    Walk(FoundFiles& found, const Budget& budget, Progress& progress)
        : m_found(found), m_budget(budget), m_progress(progress)
    {
    }

    // A path that the user named; a link there is followed, because it was asked for.
    void begin(const std::string& path)
    {
        const std::string name = lastPart(path);
        struct stat status = {};
        if (::stat(path.c_str(), &status) != 0) {
            skip(path, Severity::Error, errno == ENOENT ? "file.missing" : "file.unreadable",
                 errno == ENOENT ? "There is no such file or folder."
                                 : std::string("Cannot be read: ") + std::strerror(errno) + ".");
            return;
        }
        char real[PATH_MAX];
        const std::string resolved = ::realpath(path.c_str(), real) ? real : path;
        if (S_ISREG(status.st_mode)) {
            add(resolved, name, status);
            return;
        }
        if (!S_ISDIR(status.st_mode)) {
            skip(path, Severity::Error, "file.special",
                 "This is " + kindOf(status.st_mode) + " (expected a file or folder).");
            return;
        }
        Handle folder(::open(resolved.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK));
        if (folder.number() < 0) {
            skip(path, Severity::Error, "file.unreadable",
                 std::string("The folder cannot be read: ") + std::strerror(errno) + ".");
            return;
        }
        walk(folder.release(), resolved, "", 1);
    }

private:
    void skip(const std::string& name, Severity severity, std::string code, std::string message)
    {
        m_found.skipped.push_back({severity, std::move(code), std::move(message), {shown(name)}});
    }

    void add(std::string path, std::string name, const struct stat& status)
    {
        if (!m_files.insert({status.st_dev, status.st_ino}).second) {
            skip(name, Severity::Note, "file.repeated",
                 "The same file was met before under another name. Skipped.");
            return;
        }
        m_found.files.push_back({std::move(path), shown(name), status.st_size});
    }

    // Takes over the open folder. Entries come in byte order, so that a walk that stops early stops at the same place each time.
    void walk(int number, const std::string& path, const std::string& prefix, int depth)
    {
        DIR* folder = ::fdopendir(number);
        if (!folder) {
            ::close(number);
            skip(prefix, Severity::Warning, "file.unreadable",
                 std::string("The folder cannot be read: ") + std::strerror(errno) + ".");
            return;
        }
        std::vector<std::string> names;
        errno = 0;
        while (const dirent* entry = ::readdir(folder)) {
            const std::string name = entry->d_name;
            if (name != "." && name != "..")
                names.push_back(name);
            if (names.size() > std::size_t(m_budget.folderFiles) + 1)
                break;
            errno = 0;
        }
        if (errno != 0)
            skip(prefix, Severity::Warning, "file.unreadable",
                 std::string("The folder cannot be read to its end: ") + std::strerror(errno) +
                     ".");
        std::sort(names.begin(), names.end());
        for (const std::string& name : names) {
            if (m_isFull || m_progress.stopRequested())
                break;
            visit(::dirfd(folder), name, path + "/" + name,
                  prefix.empty() ? name : prefix + "/" + name, depth);
        }
        ::closedir(folder);
    }

    void visit(int folder, const std::string& name, const std::string& path,
               const std::string& shownName, int depth)
    {
        if (++m_entries > m_budget.folderFiles) {
            m_isFull = true;
            skip(shownName, Severity::Error, "budget.files",
                 "There are more than " + std::to_string(m_budget.folderFiles) +
                     " entries. This one and all after it are left out.");
            return;
        }
        // What it is, before it is opened: opening a device may do something.
        struct stat status = {};
        if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            skip(shownName, Severity::Warning, "file.unreadable",
                 std::string("Cannot be read: ") + std::strerror(errno) + ".");
            return;
        }
        if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
            skip(shownName, Severity::Note, "file.special",
                 "This is " + kindOf(status.st_mode) + ". Skipped.");
            return;
        }
        if (S_ISDIR(status.st_mode))
            visitFolder(folder, name, path, shownName, depth);
        else
            visitFile(folder, name, path, shownName);
    }

    void visitFolder(int parent, const std::string& name, const std::string& path,
                     const std::string& shownName, int depth)
    {
        if (name.front() == '.') {
            skip(shownName, Severity::Note, "file.hidden",
                 "This is a hidden folder. Skipped with all that is in it.");
            return;
        }
        if (depth >= m_budget.folderDepth) {
            skip(shownName, Severity::Error, "budget.folders",
                 "Folders are nested deeper than " + std::to_string(m_budget.folderDepth) +
                     " levels. This one is left out.");
            return;
        }
        Handle folder(::openat(parent, name.c_str(),
                               O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
        struct stat status = {};
        if (folder.number() < 0 || ::fstat(folder.number(), &status) != 0) {
            skip(shownName, Severity::Warning, "file.unreadable",
                 std::string("The folder cannot be read: ") + std::strerror(errno) + ".");
            return;
        }
        if (!m_folders.insert({status.st_dev, status.st_ino}).second) {
            skip(shownName, Severity::Note, "file.repeated",
                 "The same folder was met before under another name. Skipped.");
            return;
        }
        walk(folder.release(), path, shownName, depth + 1);
    }

    void visitFile(int parent, const std::string& name, const std::string& path,
                   const std::string& shownName)
    {
        if (isLeftoverName(name)) {
            skip(shownName, Severity::Note, "file.leftover",
                 "This is what a save that was broken off has left behind. Skipped.");
            return;
        }
        Handle file(::openat(parent, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
        struct stat status = {};
        if (file.number() < 0 || ::fstat(file.number(), &status) != 0) {
            skip(shownName, Severity::Warning, "file.unreadable",
                 std::string("Cannot be read: ") + std::strerror(errno) + ".");
            return;
        }
        if (!S_ISREG(status.st_mode)) {
            skip(shownName, Severity::Note, "file.special",
                 "This is " + kindOf(status.st_mode) + ". Skipped.");
            return;
        }
        if (invalidUtf8(name) != std::string_view::npos)
            skip(shownName, Severity::Note, "file.name",
                 "The name is not valid UTF-8. The file is read all the same.");
        add(path, shownName, status);
    }

    FoundFiles& m_found;
    const Budget& m_budget;
    Progress& m_progress;
    std::set<std::pair<dev_t, ino_t>> m_files;
    std::set<std::pair<dev_t, ino_t>> m_folders;
    std::int64_t m_entries = 0;
    bool m_isFull = false;
};

}  // namespace

FoundFiles findFiles(const std::vector<std::string>& paths, const Budget& budget,
                     Progress& progress)
{
    FoundFiles found;
    Walk walk(found, budget, progress);
    for (const std::string& path : paths)
        walk.begin(path);
    std::stable_sort(found.files.begin(), found.files.end(),
                     [](const FoundFile& a, const FoundFile& b) { return a.name < b.name; });
    return found;
}

std::uint64_t looksOf(const std::vector<std::string>& paths, const Budget& budget,
                      Progress& progress)
{
    std::uint64_t looks = 1469598103934665603ULL;  // FNV-1a
    const auto add = [&looks](const void* bytes, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            looks = (looks ^ static_cast<const unsigned char*>(bytes)[i]) * 1099511628211ULL;
    };
    for (const FoundFile& file : findFiles(paths, budget, progress).files) {
        const std::string_view name = file.name;
        if (name.ends_with(".portolan.json") || name.ends_with(".portolan") ||
            name.ends_with(".portolan-wal") || name.ends_with(".portolan-shm") ||
            name.ends_with('~'))
            continue;
        struct stat status = {};
        if (::lstat(file.path.c_str(), &status) != 0)
            continue;
        const std::int64_t marks[] = {status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
                                      static_cast<std::int64_t>(status.st_ino)};
        add(file.path.data(), file.path.size() + 1);
        add(marks, sizeof marks);
    }
    return progress.stopRequested() ? 0 : std::max<std::uint64_t>(looks, 1);
}

}  // namespace portolan
