// SPDX-License-Identifier: Apache-2.0
#include "app/portolanctl/standard_input.h"

#include "model/base/file_store.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

namespace portolan::ctl {
namespace {

Problem stdinProblem(std::string code, std::string message)
{
    return {Severity::Error, std::move(code), std::move(message), {"-"}};
}

// Waits for bytes in short steps: a signal may come just before the wait, and must still be seen.
bool waitForInput(const Progress& progress)
{
    pollfd input = {STDIN_FILENO, POLLIN, 0};
    while (!progress.stopRequested()) {
        if (poll(&input, 1, 100) > 0)
            return true;
    }
    return false;
}

}  // namespace

Result<std::string> readStandardInput(std::int64_t limit, const Progress& progress)
{
    std::string bytes;
    std::array<char, 65536> block;
    while (waitForInput(progress)) {
        const ssize_t count = read(STDIN_FILENO, block.data(), block.size());
        if (count == 0)
            return bytes;
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return tl::unexpected(
                stdinProblem("file.unreadable", std::string("Standard input cannot be read: ") +
                                                    std::strerror(errno) + "."));
        bytes.append(block.data(), static_cast<std::size_t>(count));
        if (std::cmp_greater(bytes.size(), limit))
            return tl::unexpected(stdinProblem(
                "budget.bytes", "Standard input is longer than " + std::to_string(limit) +
                                    " bytes (--max-bytes). Nothing of it was read."));
    }
    return tl::unexpected(cancelled());
}

Result<std::string> readInput(const std::string& path, std::int64_t limit, const Progress& progress)
{
    return path == "-" ? readStandardInput(limit, progress) : readFile(path, limit);
}

Result<ImportPaths> ImportPaths::from(const std::vector<std::string>& paths, std::int64_t limit,
                                      const Progress& progress)
{
    ImportPaths result;
    for (const std::string& path : paths) {
        if (path != "-") {
            result.m_paths.push_back(path);
            continue;
        }
        if (!result.m_folder.empty())
            return tl::unexpected(stdinProblem(
                "usage", "Standard input can be read once only (\"-\" is there twice)."));
        const Result<std::string> bytes = readStandardInput(limit, progress);
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (const Result<> stored = result.store(*bytes); !stored)
            return tl::unexpected(stored.error());
        result.m_paths.push_back(result.m_folder + "/-");
    }
    return result;
}

Result<> ImportPaths::store(std::string_view bytes)
{
    std::error_code error;
    std::string folder = std::filesystem::temp_directory_path(error).string() + "/portolan-XXXXXX";
    if (!mkdtemp(folder.data()))
        return tl::unexpected(stdinProblem(
            "file.unwritable",
            "No temporary folder for standard input: " + std::string(std::strerror(errno)) + "."));
    m_folder = folder;
    return saveAtomically(folder + "/-", bytes);
}

ImportPaths::ImportPaths(ImportPaths&& other) noexcept
    : m_paths(std::move(other.m_paths)), m_folder(std::exchange(other.m_folder, {}))
{
}

ImportPaths::~ImportPaths()
{
    if (m_folder.empty())
        return;
    std::error_code ignored;  // what stays is in the temporary folder, and private
    std::filesystem::remove_all(m_folder, ignored);
}

std::string ImportPaths::named(const std::string& path) const
{
    return !m_folder.empty() && path.starts_with(m_folder) ? "-" : path;
}

}  // namespace portolan::ctl
