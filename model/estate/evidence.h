// SPDX-License-Identifier: Apache-2.0
// Where a fact came from: the source, the line and the place inside the document. Small, because every fact carries one.
#pragma once

#include "model/base/index.h"

#include <cstdint>

namespace portolan {

struct Source;
using SourceIndex = Index<Source>;

struct Evidence {
    SourceIndex source;
    std::uint32_t line = 0;    // from 1; 0: not known
    std::uint32_t column = 0;  // from 1, in bytes; 0: not known
    std::uint32_t pointer =
        0;  // JSON pointer inside the line or document: a number in Estate::pointers; 0 is the empty one
    std::uint32_t times = 1;  // how often this source says so; the place is the first one
    std::uint32_t more =
        0;  // further sources' evidence: 1 + a number in Estate::moreEvidence; 0: none

    friend bool operator==(const Evidence&, const Evidence&) = default;
};

}  // namespace portolan
