// SPDX-License-Identifier: Apache-2.0
// portolan-layout: reads a layout request from its input, writes the layout to its output. The only program that links Graphviz,
// so that a crash, a hang or the memory of a layout stays outside the window. It opens no file of its own and never sets a locale.
#include "app/layout_helper/graphviz_layout.h"
#include "model/layout/composed_layout.h"
#include "model/layout/layout_wire.h"
#include "model/layout/new_nodes.h"
#include "model/layout/part_memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <new>
#include <string>

namespace {

constexpr std::size_t mostInput = 64 << 20;

void limitOurselves()
{
    const rlimit memory{1 << 30, 1 << 30};
    const rlimit seconds{10, 300};
    const rlimit noCore{0, 0};
    setrlimit(RLIMIT_AS, &memory);
    setrlimit(RLIMIT_CPU, &seconds);
    setrlimit(RLIMIT_CORE, &noCore);
}

// A larger graph has more seconds.
void limitSeconds(const portolan::LayoutRequest& request)
{
    const rlim_t most =
        std::min<rlim_t>(10 + (request.nodes.size() + request.edges.size()) / 2000, 290);
    const rlimit seconds{most, most + 2};
    setrlimit(RLIMIT_CPU, &seconds);
}

bool readAll(std::string& bytes)
{
    std::array<char, 65536> buffer;
    for (;;) {
        const ssize_t count = read(STDIN_FILENO, buffer.data(), buffer.size());
        if (count == 0)
            return true;
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 || bytes.size() > mostInput)
            return false;
        bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

bool writeAll(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

int fail(const char* sentence)
{
    std::fprintf(stderr, "portolan-layout: %s\n", sentence);
    return 1;
}

std::vector<portolan::Point> positionsOf(const portolan::LayoutRequest& request,
                                         portolan::PartMemory& memory)
{
    if (request.engine == portolan::LayoutEngine::Simple)
        return portolan::ownLayout(request);
    if (!portolan::isComposed(request))
        return portolan::graphvizLayout(request);
    const auto layOutPart = [&memory](const portolan::LayoutRequest& part) {
        return memory.recall(part, portolan::graphvizLayout);
    };
    return portolan::hasFewNewNodes(request) ? portolan::wishesOfNewNodes(request, layOutPart)
                                             : portolan::composedLayout(request, layOutPart);
}

int run()
{
    std::string bytes;
    if (!readAll(bytes))
        return fail("the request could not be read");
    const portolan::MessageParts message = portolan::messageParts(bytes);
    const auto request = portolan::layoutRequestFrom(message.rest);
    if (!request)
        return fail(request.error().message.c_str());
    limitSeconds(*request);
    portolan::PartMemory memory = portolan::PartMemory::from(message.memory);
    std::vector<portolan::Point> positions = positionsOf(*request, memory);
    if (positions.size() != request->nodes.size())
        return fail("Graphviz found no layout");
    std::string answer =
        portolan::toBytes(portolan::completeLayout(*request, std::move(positions)));
    if (message.hasMemory)
        answer = portolan::withMemory(memory.toBytes(), answer);
    return writeAll(answer) ? 0 : fail("the layout could not be written");
}

}  // namespace

int main()
{
    limitOurselves();
    try {
        return run();
    } catch (const std::bad_alloc&) {
        return fail("the layout needs more than 1 GB");
    }
}
