// SPDX-License-Identifier: Apache-2.0
#include "model/base/ascii_text.h"

namespace portolan {

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

std::string upperCase(std::string_view text)
{
    std::string upper(text);
    for (char& c : upper)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return upper;
}

// Without making a text of the word and its spaces: importers ask this of each key of a document.
bool isOneOf(std::string_view word, std::string_view words)
{
    if (word.empty())
        return false;
    for (std::size_t at = words.find(word); at != std::string_view::npos;
         at = words.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if (at > 0 && words[at - 1] == ' ' && end < words.size() && words[end] == ' ')
            return true;
    }
    return false;
}

}  // namespace portolan
