// SPDX-License-Identifier: Apache-2.0
// How far a source may reach: the other files of the folder that the user named, never one outside of it and never through a link.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct SourceFolder {
    std::string path;  // of the imported folder, to open files in it; empty: there is none
    std::string name;  // of the source relative to it: "orders/api.yaml"
};

// What `relative` means in the file `base`, both named from the folder: "../common/a.yaml" in "orders/api.yaml" is "common/a.yaml".
// Empty when it leaves the folder or is no path at all (absolute, a URL).
std::string pathInFolder(std::string_view base, std::string_view relative);

// A link on the way could lead out of the folder, so that none is followed.
bool hasLinkOnTheWay(const SourceFolder& folder, std::string_view name);

// The files beside the source that end so, named from the folder, in byte order; at most 1,000.
std::vector<std::string> namesBeside(const SourceFolder& source, std::string_view ending);

// How such a listing and a file stand in Source::readAlso, and what their hash is now: it tells whether a source must be read anew.
std::string listingPath(const SourceFolder& source, std::string_view ending);
std::string listingHash(const std::vector<std::string>& names);
std::string hashNow(const SourceFolder& folder, const std::string& path);  // empty: no such file

}  // namespace portolan
