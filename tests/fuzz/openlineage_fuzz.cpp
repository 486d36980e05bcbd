// SPDX-License-Identifier: Apache-2.0
// OpenLineage events, one a line.
#include "tests/fuzz/import_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    portolan::importBytes(data, size, "a.ndjson", "openlineage");
    return 0;
}
