// SPDX-License-Identifier: Apache-2.0
#include "model/import/source_folder.h"

#include "model/base/hash.h"
#include "model/import/source_file.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <system_error>

namespace portolan {

namespace {

constexpr std::size_t namesListed = 1000;

std::string folderOf(std::string_view name)
{
    const std::size_t slash = name.rfind('/');
    return slash == std::string_view::npos ? std::string() : std::string(name.substr(0, slash + 1));
}

std::vector<std::string> namesIn(const SourceFolder& folder, const std::string& below,
                                 std::string_view ending)
{
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator entries(folder.path + "/" + below, error);
    for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
        std::string name = entries->path().filename().string();
        if (name.ends_with(ending) && !entries->is_symlink(error) &&
            entries->is_regular_file(error))
            names.push_back(below + name);
    }
    std::sort(names.begin(), names.end());
    if (names.size() > namesListed)
        names.resize(namesListed);
    return names;
}

}  // namespace

std::string pathInFolder(std::string_view base, std::string_view relative)
{
    if (relative.empty() || relative.front() == '/' ||
        relative.find("://") != std::string_view::npos ||
        relative.find('\\') != std::string_view::npos ||
        relative.find('\0') != std::string_view::npos)
        return {};
    const std::string whole = folderOf(base) + std::string(relative);
    std::vector<std::string_view> parts;
    for (std::string_view rest = whole; !rest.empty();) {
        const std::string_view part = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        if (part.empty() || part == ".")
            continue;
        if (part != "..")
            parts.push_back(part);
        else if (parts.empty())
            return {};
        else
            parts.pop_back();
    }
    std::string path;
    for (const std::string_view part : parts)
        path += (path.empty() ? "" : "/") + std::string(part);
    return path;
}

bool hasLinkOnTheWay(const SourceFolder& folder, std::string_view name)
{
    std::error_code ignored;
    for (std::size_t slash = name.find('/'); slash != std::string_view::npos;
         slash = name.find('/', slash + 1)) {
        const std::string part = folder.path + "/" + std::string(name.substr(0, slash));
        if (std::filesystem::is_symlink(std::filesystem::symlink_status(part, ignored)))
            return true;
    }
    return false;
}

std::vector<std::string> namesBeside(const SourceFolder& source, std::string_view ending)
{
    return namesIn(source, folderOf(source.name), ending);
}

std::string listingPath(const SourceFolder& source, std::string_view ending)
{
    return folderOf(source.name) + "*" + std::string(ending);
}

std::string listingHash(const std::vector<std::string>& names)
{
    std::string listing;
    for (const std::string& name : names)
        listing += name + "\n";
    return sha256(listing);
}

std::string hashNow(const SourceFolder& folder, const std::string& path)
{
    const std::size_t star = path.find('*', path.rfind('/') + 1);
    if (star != std::string::npos)
        return listingHash(namesIn(folder, folderOf(path), path.substr(star + 1)));
    if (hasLinkOnTheWay(folder, path))
        return {};
    Result<SourceFile> file = SourceFile::open(folder.path + "/" + path, path);
    SourceFile::Line line;
    while (file) {
        const Result<bool> isAny = file->nextLine(line, 1 << 16);
        if (!isAny)
            return {};
        if (!*isAny)
            return file->hash();
    }
    return {};
}

}  // namespace portolan
