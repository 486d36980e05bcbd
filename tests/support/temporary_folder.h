// SPDX-License-Identifier: Apache-2.0
// A folder for one test, gone with it.
#pragma once

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace portolan::tests {

class TemporaryFolder {
public:
    std::string path() const { return m_folder.path().toStdString(); }

    // The whole path of a file in it, with these bytes; folders on the way are made.
    std::string write(const std::string& name, const std::string& bytes) const
    {
        const std::filesystem::path file = std::filesystem::path(path()) / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
        return file.string();
    }

    std::string read(const std::string& name) const
    {
        std::ifstream file(std::filesystem::path(path()) / name, std::ios::binary);
        std::ostringstream bytes;
        bytes << file.rdbuf();
        return bytes.str();
    }

private:
    QTemporaryDir m_folder;
};

}  // namespace portolan::tests
