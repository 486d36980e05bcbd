// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/example.h"

#include "model/base/file_store.h"

#include <filesystem>

namespace portolan::ui {

namespace fs = std::filesystem;

Result<std::string> copyExample(const std::string& original, const std::string& stateFolder)
{
    const fs::path folder = fs::path(stateFolder) / "example";
    const fs::path copy = folder / fs::path(original).filename();
    std::error_code error;
    if (fs::exists(copy, error))
        return copy.string();
    if (const Result<> made = makePrivateFolder(folder.string()); !made)
        return tl::unexpected(made.error());
    // Made whole under another name first, so that a kill leaves no half example behind.
    const fs::path unfinished = folder / "unfinished";
    fs::remove_all(unfinished, error);
    fs::copy(original, unfinished, fs::copy_options::recursive, error);
    if (!error)
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(unfinished, error))
            fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::add, error);
    if (!error)
        fs::rename(unfinished, copy, error);
    if (error)
        return tl::unexpected(Problem{Severity::Error,
                                      "example.not-copied",
                                      "The example could not be copied: " + error.message(),
                                      {folder.string()}});
    return copy.string();
}

}  // namespace portolan::ui
