// SPDX-License-Identifier: Apache-2.0
// Words as numbers, so that they can be told apart by `switch` and one comparison.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace portolan {

constexpr char upperLetter(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// FNV-1a of the word in capitals.
constexpr std::uint64_t sqlWordHash(std::string_view text)
{
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(upperLetter(c))) * 1099511628211u;
    return hash;
}

constexpr std::uint64_t operator""_w(const char* text, std::size_t size)
{
    return sqlWordHash({text, size});
}

inline bool isSameWord(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (upperLetter(a[i]) != upperLetter(b[i]))
            return false;
    return true;
}

}  // namespace portolan
