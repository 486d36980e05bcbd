// SPDX-License-Identifier: Apache-2.0
// Imports bytes as a file of the format FUZZ_FORMAT, the whole way that a user's file goes.
#include "model/import/import.h"

#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <string>

namespace portolan {

namespace {

void importBytes(const std::uint8_t* data, std::size_t size)
{
    std::string name = FUZZ_FILE;
    if (name == "a.json" && (size == 0 || (data[0] != '{' && data[0] != '[')))
        name = "a.yaml";
    static const std::string path = "/dev/shm/portolan-fuzz-" + std::to_string(::getpid());
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const FoundFile file{path, name, static_cast<std::int64_t>(size)};
    Progress progress;
    const ImportOptions options{FUZZ_FORMAT, "2026-01-01T00:00:00Z", Budget()};
    if (const Result<ImportedSource> source = importFile(file, options, progress); source)
        (void)countsOf(*source->estate);
}

}  // namespace

}  // namespace portolan

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    portolan::importBytes(data, size);
    return 0;
}
