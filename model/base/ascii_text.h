// SPDX-License-Identifier: Apache-2.0
// Words of formats and languages, which are ASCII whatever the locale: other letters stay as they are.
#pragma once

#include <string>
#include <string_view>

namespace portolan {

std::string lowerCase(std::string_view text);
std::string upperCase(std::string_view text);

// Whether a word stands in a list that has a space around each of its words: " name type ". The empty word stands in none.
bool isOneOf(std::string_view word, std::string_view words);

}  // namespace portolan
