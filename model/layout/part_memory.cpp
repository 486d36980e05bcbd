// SPDX-License-Identifier: Apache-2.0
#include "model/layout/part_memory.h"

#include "model/layout/layout_wire.h"

#include <cstring>

namespace portolan {
namespace {

constexpr std::uint32_t memoryMark = 0x314D4C50;  // "PLM1"
constexpr std::size_t headSize = 8;
constexpr double farthest = 1e8;

std::uint64_t mixed(std::uint64_t value)
{
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93U;
    return value ^ value >> 32;
}

std::uint64_t contentOf(const LayoutRequest& part)
{
    const std::string bytes = toBytes(part);
    std::uint64_t content = bytes.size();
    for (std::size_t at = 0; at < bytes.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, std::min<std::size_t>(8, bytes.size() - at));
        content = mixed(content ^ word) * 0x9e3779b97f4a7c15U;
    }
    return mixed(content);
}

void append(std::string& bytes, const void* data, std::size_t size)
{
    bytes.append(static_cast<const char*>(data), size);
}

template <class Value>
bool take(std::string_view& bytes, Value& value)
{
    if (bytes.size() < sizeof value)
        return false;
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes.remove_prefix(sizeof value);
    return true;
}

bool takePositions(std::string_view& bytes, std::uint32_t count, std::vector<Point>& positions)
{
    if (bytes.size() / sizeof(Point) < count)
        return false;
    positions.resize(count);
    for (Point& at : positions) {
        if (!take(bytes, at.x) || !take(bytes, at.y) || !(std::abs(at.x) <= farthest) ||
            !(std::abs(at.y) <= farthest))
            return false;
    }
    return true;
}

}  // namespace

std::vector<Point> PartMemory::recall(const LayoutRequest& part, const PartLayout& layOutPart)
{
    const std::uint64_t content = contentOf(part);
    Known& known = m_known[content];
    if (known.positions.size() == part.nodes.size())
        ++m_remembered;
    else
        known.positions = layOutPart(part);
    if (!known.isUsed)
        m_used.push_back(content);
    known.isUsed = true;
    return known.positions;
}

std::string PartMemory::toBytes() const
{
    std::string bytes;
    for (const std::uint64_t content : m_used) {
        const std::vector<Point>& positions = m_known.at(content).positions;
        const auto count = static_cast<std::uint32_t>(positions.size());
        append(bytes, &content, sizeof content);
        append(bytes, &count, sizeof count);
        for (const Point at : positions) {
            append(bytes, &at.x, sizeof at.x);
            append(bytes, &at.y, sizeof at.y);
        }
    }
    return bytes;
}

PartMemory PartMemory::from(std::string_view bytes)
{
    PartMemory memory;
    while (!bytes.empty()) {
        std::uint64_t content = 0;
        std::uint32_t count = 0;
        Known known;
        if (!take(bytes, content) || !take(bytes, count) ||
            !takePositions(bytes, count, known.positions))
            return {};
        memory.m_known.insert_or_assign(content, std::move(known));
    }
    return memory;
}

std::string withMemory(std::string_view memory, std::string_view rest)
{
    std::string message;
    message.reserve(headSize + memory.size() + rest.size());
    const auto size = static_cast<std::uint32_t>(memory.size());
    append(message, &memoryMark, sizeof memoryMark);
    append(message, &size, sizeof size);
    message.append(memory);
    message.append(rest);
    return message;
}

MessageParts messageParts(std::string_view message)
{
    std::string_view left = message;
    std::uint32_t mark = 0;
    std::uint32_t size = 0;
    if (!take(left, mark) || mark != memoryMark || !take(left, size) || size > left.size())
        return {false, {}, message};
    return {true, left.substr(0, size), left.substr(size)};
}

}  // namespace portolan
