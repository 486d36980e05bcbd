// SPDX-License-Identifier: Apache-2.0
// One file while it is read: bounded by what is read and not by the size that it claims, hashed on the way, watched for changes.
#pragma once

#include "model/base/hash.h"
#include "model/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace portolan {

class SourceFile {
public:
    // Opens without following a link in the last place and without blocking; only regular files.
    static Result<SourceFile> open(const std::string& path, const std::string& name);
    SourceFile(SourceFile&& other) noexcept;
    SourceFile& operator=(SourceFile&&) = delete;
    ~SourceFile();

    // Makes at least `bytes` available from the place at hand, or as many as there are. Valid until the next call.
    Result<std::string_view> peek(std::size_t bytes);

    // The next line without its line break, as a view that is valid until the next call. Empty optional: the end. A line that is
    // longer than `limit` is passed over and answered as `isTooLong`.
    struct Line {
        std::string_view text;
        bool isTooLong = false;
        bool isLast = false;
    };
    Result<bool> nextLine(Line& line, std::int64_t limit);

    // All from the place at hand to the end.
    Result<std::string> rest(std::int64_t limit);

    std::int64_t bytesRead() const { return m_taken; }
    std::int64_t size() const { return m_size; }  // as it was when it was opened
    std::string hash() const { return m_hash.hex(); }
    bool hasChanged() const;  // since it was opened

private:
    SourceFile(int handle, std::string name);
    Result<bool> fill();  // false at the end
    std::string_view buffered() const { return std::string_view(m_buffer).substr(m_start); }
    void take(std::size_t bytes);

    int m_handle;
    std::string m_name;
    std::string m_buffer;
    std::size_t m_start = 0;
    std::size_t m_scanned = 0;  // no line break between m_start and here
    std::int64_t m_taken = 0;
    std::int64_t m_size = 0;
    std::int64_t m_changeStamp[4] = {};  // device, inode, size, time of the last change
    bool m_isAtEnd = false;
    Sha256 m_hash;
};

}  // namespace portolan
