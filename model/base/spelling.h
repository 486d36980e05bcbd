// SPDX-License-Identifier: Apache-2.0
// Finds what a mistyped word was probably meant to be, for "Did you mean ...?".
#pragma once

#include <string_view>
#include <vector>

namespace portolan {

// The known word that is at most two typing slips (one in a word of up to four letters) from `word`, the nearest first; a different
// case counts as one slip. Empty when there is none. Equal words are no slips, so ask only about unknown ones.
std::string_view closestSpelling(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace portolan
