// SPDX-License-Identifier: Apache-2.0
// The limits under which every reader works. A file that passes one is refused with the limit's name, so that no input
// can take the program's time or memory without end. The figures are from measurements of the libraries we read with.
#pragma once

#include <cstdint>

namespace portolan {

struct Budget {
    std::int64_t jsonBytes =
        256LL << 20;  // one JSON or other data file; NDJSON is streamed and not bound by it
    std::int64_t yamlBytes = 64LL << 20;   // one YAML file
    std::int64_t lineBytes = 16LL << 20;   // one line of NDJSON
    std::int64_t stringBytes = 1LL << 20;  // one string value
    int depth = 100;                       // nesting of data formats
    std::int64_t nodes = 20'000'000;       // values in one document
    std::int64_t aliasNodes = 100'000;     // nodes that YAML aliases may add to a document
    int folderDepth = 64;
    std::int64_t folderFiles = 200'000;
    std::int64_t problemsPerSource = 1'000;  // further ones are counted, not listed
    int fileSeconds = 600;                   // reading one source
};

}  // namespace portolan
