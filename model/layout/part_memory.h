// SPDX-License-Identifier: Apache-2.0
// Layouts of parts, found again by what the parts are: when one region of a large graph has changed, only that one is laid out anew.
// It goes to the layout helper with the request and comes back with the answer, so that the helper need not live on.
#pragma once

#include "model/layout/composed_layout.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace portolan {

class PartMemory {
public:
    // What is remembered of this part, else what `layOutPart` makes of it, which is remembered.
    std::vector<Point> recall(const LayoutRequest& part, const PartLayout& layOutPart);

    std::size_t remembered() const
    {
        return m_remembered;
    }  // parts that `recall` did not have to lay out
    // Only the parts that were recalled since it was made: it never grows beyond one graph.
    std::string toBytes() const;
    // Damaged bytes give an empty memory.
    static PartMemory from(std::string_view bytes);

private:
    struct Known {
        std::vector<Point> positions;
        bool isUsed = false;
    };

    std::unordered_map<std::uint64_t, Known> m_known;
    std::vector<std::uint64_t> m_used;  // in the order of their first use
    std::size_t m_remembered = 0;
};

// A memory and a request, or a memory and a result, in one message: its length, the memory's bytes, the rest. A message of another
// beginning has no memory.
std::string withMemory(std::string_view memory, std::string_view rest);
struct MessageParts {
    bool hasMemory = false;
    std::string_view memory;
    std::string_view rest;
};
MessageParts messageParts(std::string_view message);

}  // namespace portolan
