// SPDX-License-Identifier: Apache-2.0
// A number that stands for one Thing inside one snapshot. Numbers of different things do not mix, and none survives a re-import.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace portolan {

template <class Thing>
struct Index {
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    std::uint32_t value = none;

    Index() = default;
    explicit Index(std::size_t number) : value(static_cast<std::uint32_t>(number)) {}

    bool isValid() const { return value != none; }
    friend auto operator<=>(const Index&, const Index&) = default;
    friend bool operator==(const Index&, const Index&) = default;
};

}  // namespace portolan

template <class Thing>
struct std::hash<portolan::Index<Thing>> {
    std::size_t operator()(const portolan::Index<Thing>& index) const noexcept
    {
        return index.value;
    }
};
