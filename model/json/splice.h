// SPDX-License-Identifier: Apache-2.0
// One replacement in a text.
#pragma once

#include <cstddef>
#include <string>

namespace portolan {

// Replaces `length` bytes of a text at `offset`.
struct Splice {
    std::size_t offset = 0;
    std::size_t length = 0;
    std::string text;

    friend bool operator==(const Splice&, const Splice&) = default;
};

}  // namespace portolan
