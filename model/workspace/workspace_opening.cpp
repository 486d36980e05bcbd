// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/workspace_opening.h"

#include "model/base/file_store.h"
#include "model/workspace/schema.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <sqlite3.h>

namespace portolan {

namespace {

constexpr int quickCheckMs = 300;
constexpr int openingMs = 1200;
constexpr int patienceWithReadersMs = 100;

Problem problemAbout(const std::string& path, std::string code, std::string message)
{
    return {Severity::Error, std::move(code), std::move(message), {path}};
}

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

// Side files must stand beside the real file, not beside a link to it.
std::string realPath(const std::string& path)
{
    std::array<char, PATH_MAX> real;
    return ::realpath(path.c_str(), real.data()) ? std::string(real.data()) : path;
}

bool mayWriteAt(const std::string& path)
{
    return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0;
}

std::int64_t sizeOf(const std::string& path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? static_cast<std::int64_t>(status.st_size) : -1;
}

// The first bytes of the file; what SQLite's file format says stands there.
class Header {
public:
    static Result<Header> read(const std::string& path)
    {
        struct stat status = {};
        if (::stat(path.c_str(), &status) != 0)
            return tl::unexpected(unreadable(path, errno));
        if (!S_ISREG(status.st_mode))
            return tl::unexpected(problemAbout(path, "workspace.not-ours",
                                               "It is no workspace: a file was expected."));
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (file < 0)
            return tl::unexpected(unreadable(path, errno));
        Header header;
        const ssize_t count = ::pread(file, header.m_bytes.data(), header.m_bytes.size(), 0);
        const int error = errno;
        ::close(file);
        if (count < 0)
            return tl::unexpected(unreadable(path, error));
        if (static_cast<std::size_t>(count) < header.m_bytes.size() || !header.isOurs())
            return tl::unexpected(
                problemAbout(path, "workspace.not-ours", "It is no workspace of Portolan."));
        if (header.number(60) > workspaceVersion)
            return tl::unexpected(
                problemAbout(path, "workspace.newer-version",
                             "It was made by a newer version of Portolan (workspace format " +
                                 std::to_string(header.number(60)) + "; this one knows up to " +
                                 std::to_string(workspaceVersion) + "). It was left as it is."));
        if (header.number(60) < 1)
            return tl::unexpected(problemAbout(path, "workspace.damaged",
                                               "The workspace is damaged: it has no version."));
        return header;
    }

    bool usesWriteAheadLog() const { return m_bytes[18] == 2 || m_bytes[19] == 2; }

private:
    bool isOurs() const
    {
        using namespace std::string_view_literals;
        const std::string_view bytes(reinterpret_cast<const char*>(m_bytes.data()), m_bytes.size());
        return bytes.starts_with("SQLite format 3\0"sv) && number(68) == workspaceApplicationId;
    }
    std::int64_t number(std::size_t at) const
    {
        std::int64_t value = 0;
        for (std::size_t i = at; i < at + 4; ++i)
            value = value << 8 | m_bytes[i];
        return value;
    }
    static Problem unreadable(const std::string& path, int error)
    {
        if (error == ENOENT || error == ENOTDIR)
            return problemAbout(path, "workspace.unreadable", "There is no such workspace.");
        return problemAbout(path, "workspace.unreadable",
                            "It cannot be read: " + std::generic_category().message(error) + ".");
    }

    std::array<unsigned char, 100> m_bytes = {};
};

// A missing or empty file beside a log of changes: its data is lost, or belongs to another file.
Result<> makeWhenMissing(const std::string& path)
{
    if (sizeOf(path) > 0)
        return {};
    for (const char* side : {"-wal", "-journal"}) {
        if (sizeOf(path + side) > 0)
            return tl::unexpected(
                problemAbout(path, "workspace.damaged",
                             "The workspace itself is missing or empty, only " +
                                 path.substr(path.rfind('/') + 1) + side +
                                 " is there. Bring it back, or remove that file."));
    }
    Result<std::string> bytes = emptyWorkspace();
    if (!bytes)
        return tl::unexpected(std::move(bytes.error()));
    if (Result<> made = saveAtomically(path, *bytes); !made)
        return tl::unexpected(
            problemAbout(path, "workspace.unreadable", std::move(made.error().message)));
    return {};
}

// How to open a file in a place where nothing can be written: without the side files that SQLite would make.
Result<Database::Mode> modeWithoutWriting(const std::string& path, const Header& header)
{
    if (sizeOf(path + "-wal") > 0 || sizeOf(path + "-journal") > 0)
        return tl::unexpected(problemAbout(
            path, "workspace.unreadable",
            "It was not closed when it was last used, and cannot be put in order here, as its "
            "folder is read-only. Copy it, with the files beside it, to a folder of your own."));
    return header.usesWriteAheadLog() ? Database::Mode::Immutable : Database::Mode::ReadOnly;
}

Result<> check(Database& database)
{
    database.setDeadlineMs(openingMs);
    if (Result<> ours = checkSchema(database); !ours)
        return ours;
    database.setDeadlineMs(quickCheckMs);
    const std::optional<std::string> verdict = database.firstText("PRAGMA quick_check(1)");
    const bool isTooLarge = database.hasPassedDeadline();
    database.setDeadlineMs(0);
    if (isTooLarge) {
        // Reading checks every value and each source's hash as well.
        database.clearProblem();
        return {};
    }
    if (verdict && *verdict != "ok")
        return tl::unexpected(problemAbout(
            database.path(), "workspace.damaged",
            "The workspace is damaged (" + verdict->substr(0, verdict->find('\n')).substr(0, 200) +
                "). Import its sources into a new one."));
    return database.outcome();
}

}  // namespace

Result<OpenedWorkspace> openWorkspace(const std::string& named, bool mayWrite)
{
    OpenedWorkspace opened;
    const std::string path = realPath(named);
    const bool isWritable = mayWriteAt(folderOf(path)) && (sizeOf(path) < 0 || mayWriteAt(path));
    if (mayWrite && !isWritable && sizeOf(path) < 0)
        return tl::unexpected(problemAbout(path, "workspace.unreadable",
                                           "It cannot be made here: there is no such folder, or "
                                           "nothing may be written in it."));
    if (mayWrite && isWritable)
        opened.lock = WorkspaceLock::take(path);
    opened.isReadOnly = opened.lock.state() != WorkspaceLock::State::Held;
    if (!opened.isReadOnly)
        if (Result<> made = makeWhenMissing(path); !made)
            return tl::unexpected(std::move(made.error()));

    const Result<Header> header = Header::read(path);
    if (!header)
        return tl::unexpected(header.error());
    // Where we may write, SQLite may too, even for reading: it puts in order what a kill has left.
    Result<Database::Mode> mode = isWritable ? Result<Database::Mode>(Database::Mode::ReadWrite)
                                             : modeWithoutWriting(path, *header);
    if (!mode)
        return tl::unexpected(std::move(mode.error()));
    Result<std::unique_ptr<Database>> database = Database::open(path, *mode);
    if (!database)
        return tl::unexpected(std::move(database.error()));
    opened.database = std::move(*database);
    if (Result<> sound = check(*opened.database); !sound)
        return tl::unexpected(std::move(sound.error()));
    if (!opened.isReadOnly) {
        if (Result<> newest = migrate(*opened.database, workspaceMigrations(), workspaceVersion);
            !newest)
            return tl::unexpected(std::move(newest.error()));
    }
    if (opened.isReadOnly)
        opened.database->execute("PRAGMA query_only=ON");
    return opened;
}

Journal journalFor(std::int64_t fileSystemType)
{
    switch (static_cast<std::uint32_t>(fileSystemType)) {
    case 0x6969:      // NFS
    case 0x517B:      // SMB
    case 0xFF534D42:  // CIFS
    case 0xFE534D42:  // SMB 2
    case 0x65735546:  // FUSE: may be anything
    case 0x01021997:  // 9P
    case 0x5346414F:  // AFS
    case 0x73757245:  // Coda
    case 0x00C36400:  // Ceph
    case 0x0BD00BD0:  // Lustre
    case 0x01161970:  // GFS 2
    case 0x7461636F:  // OCFS 2
        return Journal::Rollback;
    default:
        return Journal::WriteAheadLog;
    }
}

Journal journalAt(const std::string& path)
{
    struct statfs status = {};
    if (::statfs(path.c_str(), &status) != 0)
        return Journal::Rollback;
    return journalFor(static_cast<std::int64_t>(status.f_type));
}

// Between imports the file is one with a rollback journal: whole by itself, and readable in a folder where nothing can be written.
void beginWriting(Database& database)
{
    const bool isShared = journalAt(database.path()) == Journal::WriteAheadLog;
    // When a reader is in the way it stays a rollback journal, which is as safe and only slower.
    if (isShared && database.firstText("PRAGMA journal_mode=WAL") == "wal")
        database.execute("PRAGMA synchronous=NORMAL");
    else
        database.execute("PRAGMA synchronous=FULL");
    database.clearProblem();
}

void endWriting(Database& database)
{
    sqlite3_busy_timeout(database.handle(), patienceWithReadersMs);
    {
        Statement statement(database, "PRAGMA wal_checkpoint(TRUNCATE)");
        statement.step();
    }
    database.firstText("PRAGMA journal_mode=DELETE");
    database.clearProblem();  // a reader was in the way: the log stays for now
    database.execute("PRAGMA synchronous=FULL");
    sqlite3_busy_timeout(database.handle(), 2000);
}

}  // namespace portolan
