// SPDX-License-Identifier: Apache-2.0
// The words, texts and signs of a Context Mapper file, without its comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct CmlToken {
    enum class Kind { Word, Text, Sign, End };
    Kind kind = Kind::End;
    std::string_view text;  // a Text without its quotes; "->", "<-" and "<->" are Signs
    int line = 0;
    int column = 0;

    bool is(std::string_view sign) const { return kind != Kind::Text && text == sign; }
};

// In the order of the text, with an End at the end. Linear.
std::vector<CmlToken> cmlTokens(std::string_view text);

}  // namespace portolan
