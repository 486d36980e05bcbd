// SPDX-License-Identifier: Apache-2.0
// Contracts of the Open Data Contract Standard.
#include "tests/fuzz/import_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const bool isJson = size > 0 && data[0] == '{';
    portolan::importBytes(data, size, isJson ? "a.json" : "a.yaml", "odcs");
    return 0;
}
