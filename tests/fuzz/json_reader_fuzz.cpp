// SPDX-License-Identifier: Apache-2.0
// The JSON reader, and every question that can be asked of what it read.
#include "model/json/json_reader.h"

#include <cstdlib>

namespace {

void askEverything(const portolan::DataNode& node)
{
    (void)node.text();
    (void)node.integer();
    (void)node.number();
    (void)node.boolean();
    (void)node.raw();
    (void)node.span();
    for (const portolan::DataNode member : node)
        askEverything(member);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    portolan::DataTree tree;
    portolan::Problems problems;
    if (!portolan::readJson(tree, text, "a.json", portolan::Budget(), problems))
        return 0;
    // What was taken is valid UTF-8, or a later reader would be told a lie.
    if (portolan::invalidUtf8(text) != std::string::npos)
        std::abort();
    askEverything(tree.root());
    return 0;
}
