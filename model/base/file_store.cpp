// SPDX-License-Identifier: Apache-2.0
// Plain POSIX calls: every count and every result is looked at here, which QSaveFile does not do on a full disk.
#include "model/base/file_store.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <random>
#include <system_error>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portolan {

namespace {

constexpr int linksFollowed = 40;
constexpr std::string_view temporaryMark = ".portolan-";
constexpr std::string_view temporaryEnd = ".tmp";
constexpr std::size_t temporaryDigits = 16;

std::string reason(int error)
{
    return std::generic_category().message(error);
}

Problem problemAbout(const std::string& path, std::string code, std::string message)
{
    return {Severity::Error, std::move(code), std::move(message), {path}};
}

// A file descriptor that is closed at the end of its scope; `close` tells whether the system agreed.
class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }

    bool isOpen() const { return m_number >= 0; }
    int number() const { return m_number; }
    bool close()
    {
        // Linux frees the number whatever close() answers, so a second try could close somebody else's file.
        const int number = std::exchange(m_number, -1);
        return number < 0 || ::close(number) == 0 || errno == EINTR;
    }

private:
    int m_number;
};

int openRetrying(const std::string& path, int flags, mode_t mode = 0)
{
    int number = -1;
    do
        number = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    while (number < 0 && errno == EINTR);
    return number;
}

bool syncRetrying(int number)
{
    int answer = -1;
    do
        answer = ::fsync(number);
    while (answer != 0 && errno == EINTR);
    return answer == 0;
}

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string nameOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

// Reading.

// True: `bytes` is all there is. False: errno says why not. Stops one byte after `limit`.
bool readAll(int number, std::int64_t limit, std::int64_t expected, std::string& bytes)
{
    constexpr std::size_t step = 64 << 10;
    const auto most = static_cast<std::size_t>(limit) + 1;
    std::size_t have = 0;
    bytes.resize(std::min(most, static_cast<std::size_t>(std::max<std::int64_t>(expected, 0)) + 1));
    for (;;) {
        if (have == bytes.size()) {
            if (have >= most)
                return true;
            bytes.resize(std::min(most, std::max(have * 2, step)));
        }
        const ssize_t count = ::read(number, bytes.data() + have, bytes.size() - have);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        if (count == 0)
            break;
        have += static_cast<std::size_t>(count);
    }
    bytes.resize(have);
    return true;
}

bool isSameState(const struct stat& a, const struct stat& b)
{
    return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
           a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

Problem notRegular(const std::string& path, mode_t mode)
{
    const char* what = S_ISDIR(mode)    ? "It is a folder; a file was expected."
                       : S_ISLNK(mode)  ? "It is a link, and links are not followed here."
                       : S_ISFIFO(mode) ? "It is a pipe; a file was expected."
                                        : "It is no regular file.";
    return problemAbout(path, "file.not-regular", what);
}

Problem unreadable(const std::string& path, int error)
{
    if (error == ENOENT || error == ENOTDIR)
        return problemAbout(path, "file.not-found", "There is no such file.");
    return problemAbout(path, "file.unreadable", "It cannot be read: " + reason(error) + ".");
}

Problem tooLarge(const std::string& path, std::int64_t limit)
{
    return problemAbout(path, "file.too-large",
                        "It is larger than the limit of " + std::to_string(limit) + " bytes.");
}

// One try; empty: somebody wrote to the file meanwhile.
Result<std::optional<std::string>> readOnce(const std::string& path, std::int64_t limit,
                                            bool followLinks)
{
    // Looked at before it is opened too, since opening a device can itself do something.
    struct stat before = {};
    if ((followLinks ? ::stat(path.c_str(), &before) : ::lstat(path.c_str(), &before)) != 0)
        return tl::unexpected(unreadable(path, errno));
    if (!S_ISREG(before.st_mode))
        return tl::unexpected(notRegular(path, before.st_mode));
    Descriptor file(
        openRetrying(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | (followLinks ? 0 : O_NOFOLLOW)));
    if (!file.isOpen() || ::fstat(file.number(), &before) != 0)
        return tl::unexpected(unreadable(path, errno));
    if (!S_ISREG(before.st_mode))
        return tl::unexpected(notRegular(path, before.st_mode));
    if (before.st_size > limit)
        return tl::unexpected(tooLarge(path, limit));

    std::string bytes;
    struct stat after = {};
    if (!readAll(file.number(), limit, before.st_size, bytes) ||
        ::fstat(file.number(), &after) != 0)
        return tl::unexpected(unreadable(path, errno));
    if (static_cast<std::int64_t>(bytes.size()) > limit)
        return tl::unexpected(tooLarge(path, limit));
    // Files that the system makes up as they are read, as in /proc, say size 0.
    const bool isMadeUp = before.st_size == 0 && after.st_size == 0;
    const bool isWhole = static_cast<std::int64_t>(bytes.size()) == after.st_size;
    if (!isMadeUp && !(isWhole && isSameState(before, after)))
        return std::nullopt;
    return bytes;
}

// Saving.

// Where the bytes go when `path` is a link, also one that points to nothing yet.
Result<std::string> linkTarget(std::string path)
{
    const std::string named = path;
    for (int followed = 0; followed < linksFollowed; ++followed) {
        struct stat status = {};
        if (::lstat(path.c_str(), &status) != 0 || !S_ISLNK(status.st_mode))
            return path;
        std::array<char, PATH_MAX> target;
        const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
        if (length <= 0 || static_cast<std::size_t>(length) == target.size())
            break;
        const std::string next(target.data(), static_cast<std::size_t>(length));
        path = next.front() == '/' ? next : folderOf(path) + "/" + next;
    }
    return tl::unexpected(
        problemAbout(named, "file.not-saved",
                     "Not saved: it is a link that leads nowhere. Nothing was changed."));
}

std::string temporaryPrefix(const std::string& path)
{
    return "." + nameOf(path).substr(0, 200) + std::string(temporaryMark);
}

std::string randomDigits()
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::random_device random;
    std::string text;
    for (std::size_t i = 0; i < temporaryDigits; ++i)
        text += digits[random() % digits.size()];
    return text;
}

bool isTemporaryName(std::string_view name, std::string_view prefix)
{
    if (name.size() != prefix.size() + temporaryDigits + temporaryEnd.size() ||
        !name.starts_with(prefix) || !name.ends_with(temporaryEnd))
        return false;
    const std::string_view digits = name.substr(prefix.size(), temporaryDigits);
    return digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool writeAll(int number, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(number, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count == 0)
            errno = ENOSPC;
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

// One save of one file: what it replaces, and the words for each way in which it can fail.
class Save {
public:
    Save(std::string named, std::string target)
        : m_named(std::move(named)), m_target(std::move(target))
    {
    }

    Result<> run(std::string_view bytes)
    {
        if (const Result<> looked = lookAtTarget(); !looked)
            return looked;
        Descriptor folder(openRetrying(folderOf(m_target), O_RDONLY | O_DIRECTORY));
        // A folder that may be written but not read cannot be synced; everything else still holds.
        if (!folder.isOpen() && errno != EACCES)
            return notSaved(errno);
        Result<> written = writeTemporary(bytes);
        if (written && ::rename(m_temporary.c_str(), m_target.c_str()) != 0)
            written = notSaved(errno);
        if (!written) {
            if (!m_temporary.empty())
                ::unlink(m_temporary.c_str());
            return written;
        }
        return confirm(folder);
    }

private:
    Result<> lookAtTarget()
    {
        m_exists = ::stat(m_target.c_str(), &m_before) == 0;
        if (!m_exists && errno != ENOENT)
            return notSaved(errno);
        if (m_exists && !S_ISREG(m_before.st_mode))
            return notSaved(S_ISDIR(m_before.st_mode) ? "it is a folder" : "it is no regular file");
        // Replacing needs no right to the file itself, but a protected file is meant to stay.
        if (m_exists && ::faccessat(AT_FDCWD, m_target.c_str(), W_OK, AT_EACCESS) != 0)
            return notSaved(errno == EACCES ? "it is write-protected" : reason(errno));
        return {};
    }

    Result<> writeTemporary(std::string_view bytes)
    {
        Descriptor file(openTemporary());
        if (!file.isOpen())
            return notSaved(errno);
        if (!writeAll(file.number(), bytes))
            return notSaved(errno);
        if (m_exists && !keepMode(file.number()))
            return notSaved(errno);
        if (!syncRetrying(file.number()) || ::fstat(file.number(), &m_written) != 0 ||
            !file.close())
            return notSaved(errno);
        return readBack(bytes);
    }

    int openTemporary()
    {
        for (int tries = 0; tries < 16; ++tries) {
            const std::string path = folderOf(m_target) + "/" + temporaryPrefix(m_target) +
                                     randomDigits() + std::string(temporaryEnd);
            const int number = openRetrying(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
                                            m_exists ? 0600 : 0666);
            if (number >= 0)
                m_temporary = path;
            if (number >= 0 || errno != EEXIST)
                return number;
        }
        return -1;
    }

    // The owner and group are kept where we may; without that right the mode must not give others more than before.
    bool keepMode(int number) const
    {
        mode_t mode = m_before.st_mode & 07777;
        struct stat made = {};
        if (::fstat(number, &made) != 0)
            return false;
        if ((made.st_uid != m_before.st_uid || made.st_gid != m_before.st_gid) &&
            ::fchown(number, m_before.st_uid, m_before.st_gid) != 0 &&
            ::fchown(number, static_cast<uid_t>(-1), m_before.st_gid) != 0)
            mode &= ~static_cast<mode_t>(S_ISUID | S_ISGID);
        return ::fchmod(number, mode) == 0;
    }

    Result<> readBack(std::string_view bytes) const
    {
        const Result<std::string> found =
            readFile(m_temporary, static_cast<std::int64_t>(bytes.size()), false);
        if (!found)
            return notSaved("what was written could not be read back");
        if (*found != bytes)
            return notSaved("the disk gave back other bytes than were written");
        return {};
    }

    Result<> confirm(const Descriptor& folder) const
    {
        if (folder.isOpen() && !syncRetrying(folder.number()) && errno != EINVAL &&
            errno != ENOTSUP)
            return notConfirmed(reason(errno));
        struct stat now = {};
        if (::stat(m_target.c_str(), &now) != 0)
            return notConfirmed(reason(errno));
        if (now.st_ino != m_written.st_ino || now.st_dev != m_written.st_dev)
            return tl::unexpected(
                problemAbout(m_named, "file.not-confirmed",
                             "Saved, but another program replaced the file at the same moment."));
        return {};
    }

    tl::unexpected<Problem> notSaved(int error) const { return notSaved(reason(error)); }
    tl::unexpected<Problem> notSaved(const std::string& why) const
    {
        return tl::unexpected(
            problemAbout(m_named, "file.not-saved",
                         "Not saved: " + why +
                             (m_exists ? ". The file on disk is the old one, unchanged."
                                       : ". There is still no file of this name on disk.")));
    }
    tl::unexpected<Problem> notConfirmed(const std::string& why) const
    {
        return tl::unexpected(problemAbout(m_named, "file.not-confirmed",
                                           "The file on disk is the new one, but the disk did not "
                                           "confirm that a power cut would leave it so: " +
                                               why + "."));
    }

    std::string m_named;
    std::string m_target;
    std::string m_temporary;
    bool m_exists = false;
    struct stat m_before = {};
    struct stat m_written = {};
};

// Folders.

std::string homeFolder()
{
    if (const char* home = std::getenv("HOME"); home && *home == '/')
        return home;
    if (const passwd* user = ::getpwuid(::getuid()); user && user->pw_dir)
        return user->pw_dir;
    return "/";
}

// A relative path in the variable is to be ignored (XDG base directories).
std::string ownFolder(const char* variable, const char* underHome)
{
    if (const char* folder = std::getenv(variable); folder && *folder == '/')
        return std::string(folder) + "/portolan";
    return homeFolder() + "/" + underHome + "/portolan";
}

}  // namespace

Result<std::string> readFile(const std::string& path, std::int64_t limit, bool followLinks)
{
    for (int tries = 0; tries < 3; ++tries) {
        Result<std::optional<std::string>> bytes = readOnce(path, limit, followLinks);
        if (!bytes)
            return tl::unexpected(std::move(bytes.error()));
        if (*bytes)
            return std::move(**bytes);
    }
    return tl::unexpected(problemAbout(path, "file.changed-while-read",
                                       "Another program is writing to it; nothing was read."));
}

Result<> saveAtomically(const std::string& path, std::string_view bytes)
{
    Result<std::string> target = linkTarget(path);
    if (!target)
        return tl::unexpected(std::move(target.error()));
    return Save(path, *target).run(bytes);
}

Result<> putInPlace(const std::string& made, const std::string& path)
{
    const auto failed = [&](const char* code, const char* what) {
        const int error = errno;
        ::unlink(made.c_str());
        return tl::unexpected(problemAbout(path, code, what + reason(error) + "."));
    };
    Descriptor file(openRetrying(made, O_RDONLY));
    if (!file.isOpen() || !syncRetrying(file.number()))
        return failed("file.not-saved", "Not saved: ");
    if (::rename(made.c_str(), path.c_str()) != 0)
        return failed("file.not-saved", "Not saved: ");
    Descriptor folder(openRetrying(folderOf(path), O_RDONLY | O_DIRECTORY));
    if (!folder.isOpen() || !syncRetrying(folder.number()))
        return failed("file.not-confirmed", "Saved, but the disk did not confirm it: ");
    return {};
}

bool isLeftoverName(std::string_view name)
{
    const std::size_t mark = name.rfind(temporaryMark);
    return name.starts_with('.') && mark != std::string_view::npos &&
           isTemporaryName(name, name.substr(0, mark + temporaryMark.size()));
}

void removeOldLeftovers(const std::string& path)
{
    const Result<std::string> target = linkTarget(path);
    if (!target)
        return;
    const std::string folder = folderOf(*target);
    const std::string prefix = temporaryPrefix(*target);
    DIR* entries = ::opendir(folder.c_str());
    if (!entries)
        return;
    const time_t yesterday = ::time(nullptr) - 24 * 60 * 60;
    while (const dirent* entry = ::readdir(entries)) {
        if (!isTemporaryName(entry->d_name, prefix))
            continue;
        const std::string found = folder + "/" + entry->d_name;
        struct stat status = {};
        if (::lstat(found.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
            status.st_uid == ::geteuid() && status.st_mtim.tv_sec < yesterday)
            ::unlink(found.c_str());
    }
    ::closedir(entries);
}

std::string stateFolder()
{
    return ownFolder("XDG_STATE_HOME", ".local/state");
}

std::string configFolder()
{
    return ownFolder("XDG_CONFIG_HOME", ".config");
}

std::string cacheFolder()
{
    return ownFolder("XDG_CACHE_HOME", ".cache");
}

Result<> makePrivateFolder(const std::string& path)
{
    for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
        const std::string part = path.substr(0, slash);
        if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST)
            return tl::unexpected(problemAbout(
                path, "file.no-folder", "The folder cannot be made: " + reason(errno) + "."));
        if (slash == std::string::npos)
            break;
    }
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
        return tl::unexpected(problemAbout(path, "file.no-folder",
                                           "The folder cannot be made: a file is in its place."));
    return {};
}

}  // namespace portolan
