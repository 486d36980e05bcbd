// SPDX-License-Identifier: Apache-2.0
#include "model/import/source_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portolan {

namespace {

constexpr std::size_t chunk = 1 << 18;

Problem unreadable(const std::string& name, const std::string& why)
{
    return {Severity::Error, "file.unreadable", "Cannot be read: " + why + ".", {name}};
}

void stampOf(const struct stat& status, std::int64_t (&stamp)[4])
{
    stamp[0] = static_cast<std::int64_t>(status.st_dev);
    stamp[1] = static_cast<std::int64_t>(status.st_ino);
    stamp[2] = status.st_size;
    stamp[3] = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec;
}

}  // namespace

SourceFile::SourceFile(int handle, std::string name) : m_handle(handle), m_name(std::move(name)) {}

SourceFile::SourceFile(SourceFile&& other) noexcept
    : m_handle(std::exchange(other.m_handle, -1)), m_name(std::move(other.m_name)),
      m_buffer(std::move(other.m_buffer)), m_start(other.m_start), m_scanned(other.m_scanned),
      m_taken(other.m_taken), m_size(other.m_size), m_isAtEnd(other.m_isAtEnd),
      m_hash(std::move(other.m_hash))
{
    std::memcpy(m_changeStamp, other.m_changeStamp, sizeof m_changeStamp);
}

SourceFile::~SourceFile()
{
    if (m_handle >= 0)
        ::close(m_handle);
}

Result<SourceFile> SourceFile::open(const std::string& path, const std::string& name)
{
    const int handle = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (handle < 0)
        return tl::unexpected(unreadable(name, std::strerror(errno)));
    SourceFile file(handle, name);
    struct stat status = {};
    if (::fstat(handle, &status) != 0)
        return tl::unexpected(unreadable(name, std::strerror(errno)));
    if (!S_ISREG(status.st_mode))
        return tl::unexpected(unreadable(name, "it is no regular file"));
    file.m_size = status.st_size;
    stampOf(status, file.m_changeStamp);
    return file;
}

bool SourceFile::hasChanged() const
{
    struct stat status = {};
    std::int64_t stamp[4] = {};
    if (::fstat(m_handle, &status) != 0)
        return true;
    stampOf(status, stamp);
    return std::memcmp(stamp, m_changeStamp, sizeof stamp) != 0;
}

Result<bool> SourceFile::fill()
{
    if (m_isAtEnd)
        return false;
    if (m_start > 0 && m_start >= m_buffer.size() / 2) {
        m_buffer.erase(0, m_start);
        m_scanned -= m_start;
        m_start = 0;
    }
    const std::size_t before = m_buffer.size();
    m_buffer.resize(before + chunk);
    ssize_t count = 0;
    do {
        count = ::read(m_handle, m_buffer.data() + before, chunk);
    } while (count < 0 && errno == EINTR);
    m_buffer.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0)
        return tl::unexpected(unreadable(m_name, std::strerror(errno)));
    m_isAtEnd = count == 0;
    m_hash.add(std::string_view(m_buffer).substr(before));
    return !m_isAtEnd;
}

void SourceFile::take(std::size_t bytes)
{
    m_start += bytes;
    m_taken += static_cast<std::int64_t>(bytes);
    m_scanned = std::max(m_scanned, m_start);
}

Result<std::string_view> SourceFile::peek(std::size_t bytes)
{
    while (buffered().size() < bytes) {
        const Result<bool> more = fill();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
    }
    return buffered();
}

Result<bool> SourceFile::nextLine(Line& line, std::int64_t limit)
{
    line = {};
    while (true) {
        const std::size_t lineBreak = m_buffer.find('\n', m_scanned);
        const bool isWhole = lineBreak != std::string::npos;
        const std::size_t end = isWhole ? lineBreak : m_buffer.size();
        if (static_cast<std::int64_t>(end - m_start) > limit) {
            line.isTooLong = true;
            take(end - m_start);  // what is behind is passed over piece by piece
        }
        if (isWhole) {
            if (!line.isTooLong)
                line.text = std::string_view(m_buffer).substr(m_start, end - m_start);
            take(end - m_start + 1);
            return true;
        }
        m_scanned = m_buffer.size();
        const Result<bool> more = fill();
        if (!more)
            return more;
        if (*more)
            continue;
        line.isLast = true;
        if (!line.isTooLong)
            line.text = buffered();
        const bool isAny = line.isTooLong || !line.text.empty();
        take(line.text.size());
        return isAny;
    }
}

Result<std::string> SourceFile::rest(std::int64_t limit)
{
    // What says itself that it is too long need not be read to be refused; what says nothing is stopped on the way.
    const bool saysTooLong = m_size - m_taken > limit;
    while (true) {
        if (saysTooLong || static_cast<std::int64_t>(buffered().size()) > limit)
            return tl::unexpected(
                Problem{Severity::Error,
                        "budget.bytes",
                        "The file is longer than " + std::to_string(limit) + " bytes.",
                        {m_name}});
        const Result<bool> more = fill();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
    }
    m_buffer.erase(0, m_start);
    m_taken += static_cast<std::int64_t>(m_buffer.size());
    m_start = 0;
    m_scanned = 0;
    return std::move(m_buffer);
}

}  // namespace portolan
