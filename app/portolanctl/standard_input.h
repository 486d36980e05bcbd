// SPDX-License-Identifier: Apache-2.0
// Standard input as an input among others: `-` on the command line.
#pragma once

#include "model/base/progress.h"
#include "model/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace portolan::ctl {

// All bytes, at most `limit`. Comes back when the work is to stop.
Result<std::string> readStandardInput(std::int64_t limit, const Progress& progress);

// A map's or schema's text: of a file, or of standard input for "-".
Result<std::string> readInput(const std::string& path, std::int64_t limit,
                              const Progress& progress);

// Paths for an import. Readers want a file that they can look into and go over again, so "-" becomes one, in a folder of its own
// that goes away with this object. Its name is "-".
class ImportPaths {
public:
    static Result<ImportPaths> from(const std::vector<std::string>& paths, std::int64_t limit,
                                    const Progress& progress);
    ImportPaths(ImportPaths&& other) noexcept;
    ImportPaths& operator=(ImportPaths&&) = delete;
    ~ImportPaths();

    const std::vector<std::string>& paths() const { return m_paths; }
    // What the user wrote for a path that an import names.
    std::string named(const std::string& path) const;

private:
    ImportPaths() = default;
    Result<> store(std::string_view bytes);

    std::vector<std::string> m_paths;
    std::string m_folder;  // empty: standard input is not among them
};

}  // namespace portolan::ctl
