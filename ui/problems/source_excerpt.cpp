// SPDX-License-Identifier: Apache-2.0
#include "ui/problems/source_excerpt.h"

#include "model/json/json_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace portolan::ui {
namespace {

constexpr int linesAround = 400;
constexpr std::size_t longestLine = 4000;

// A replacement character for each byte that is no UTF-8: this is for eyes, never for facts.
std::string forEyes(std::string_view bytes)
{
    std::string text;
    while (true) {
        const std::size_t bad = invalidUtf8(bytes);
        if (bad == std::string_view::npos)
            return text.append(bytes);
        text.append(bytes.substr(0, bad)).append("\xEF\xBF\xBD");
        bytes.remove_prefix(bad + 1);
    }
}

bool leavesItsRoot(const std::string& path)
{
    if (path.empty() || path.front() == '/')
        return true;
    return ("/" + path + "/").find("/../") != std::string::npos;
}

class OpenFile {
public:
    explicit OpenFile(const std::string& path)
        : m_number(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY))
    {
        struct stat status = {};
        if (m_number >= 0 && (::fstat(m_number, &status) != 0 || !S_ISREG(status.st_mode)))
            close();
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() { close(); }

    bool isOpen() const { return m_number >= 0; }
    ssize_t read(char* into, std::size_t size) const { return ::read(m_number, into, size); }

private:
    void close()
    {
        if (m_number >= 0)
            ::close(m_number);
        m_number = -1;
    }

    int m_number;
};

// Collects the lines around the place, cutting long ones as they come.
class Collector {
public:
    Collector(SourceExcerpt& excerpt, const SourceSpan& where)
        : m_excerpt(excerpt), m_column(where.column)
    {
        m_excerpt.line = where.line;
        m_first = std::max(1, where.line - linesAround);
        m_last = m_first + 2 * linesAround;
        m_excerpt.firstLine = m_first;
        m_excerpt.isWhole = m_first == 1;
    }

    // Answers false when no further line is wanted.
    bool take(std::string_view bytes)
    {
        while (!bytes.empty()) {
            if (m_line > m_last) {
                m_excerpt.isWhole = false;
                return false;
            }
            const std::size_t end = bytes.find('\n');
            append(bytes.substr(0, end));
            if (end == std::string_view::npos)
                return true;
            finishLine();
            bytes.remove_prefix(end + 1);
        }
        return true;
    }

    void finish()
    {
        if (m_isStarted)
            finishLine();
    }

private:
    void append(std::string_view part)
    {
        m_isStarted = true;
        if (m_line >= m_first) {
            const std::size_t from = m_line == m_excerpt.line && m_column > 1000
                                         ? static_cast<std::size_t>(m_column) - 1000
                                         : 0;
            const std::size_t skip = from > m_offset ? std::min(from - m_offset, part.size()) : 0;
            const std::size_t room = longestLine - std::min(longestLine, m_text.size());
            m_text.append(part.substr(skip, room));
            m_isCut = m_isCut || part.size() - skip > room;
            m_cutBefore = from;
        }
        m_offset += part.size();
    }

    void finishLine()
    {
        if (m_line >= m_first) {
            if (!m_text.empty() && m_text.back() == '\r')
                m_text.pop_back();
            std::string text = forEyes(m_text);
            if (m_cutBefore > 0)
                text = "\xE2\x80\xA6" + text;
            if (m_isCut)
                text += "\xE2\x80\xA6";
            if (m_line == m_excerpt.line && m_column > 0)
                m_excerpt.columnInLine =
                    m_column - static_cast<int>(m_cutBefore) + (m_cutBefore > 0 ? 3 : 0);
            m_excerpt.lines.push_back(std::move(text));
        }
        ++m_line;
        m_text.clear();
        m_offset = 0;
        m_cutBefore = 0;
        m_isCut = false;
        m_isStarted = false;
    }

    SourceExcerpt& m_excerpt;
    int m_column = 0;
    int m_first = 1;
    int m_last = 1;
    int m_line = 1;
    std::string m_text;
    std::size_t m_offset = 0;
    std::size_t m_cutBefore = 0;
    bool m_isCut = false;
    bool m_isStarted = false;
};

Problem notThere(const SourceSpan& where)
{
    return {Severity::Error, "source.not-found",
            "The file is no longer where it was imported from.", SourceSpan{where.file}};
}

}  // namespace

Result<SourceExcerpt> sourceExcerpt(const std::vector<std::string>& roots, const SourceSpan& where,
                                    Progress& progress)
{
    for (const std::string& root : roots) {
        // A root may be the file itself.
        const bool isRootItself = root == where.file || root.ends_with("/" + where.file);
        if (!isRootItself && leavesItsRoot(where.file))
            continue;
        SourceExcerpt excerpt;
        excerpt.path = isRootItself ? root : root + "/" + where.file;
        const OpenFile file(excerpt.path);
        if (!file.isOpen())
            continue;
        Collector collector(excerpt, where);
        std::array<char, 65536> buffer;
        while (true) {
            if (progress.stopRequested())
                return tl::unexpected(cancelled());
            const ssize_t count = file.read(buffer.data(), buffer.size());
            if (count <= 0 || !collector.take({buffer.data(), static_cast<std::size_t>(count)}))
                break;
        }
        collector.finish();
        return excerpt;
    }
    return tl::unexpected(notThere(where));
}

}  // namespace portolan::ui
