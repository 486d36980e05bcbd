// SPDX-License-Identifier: Apache-2.0
// The lines that differ between two texts, as patches show them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portolan::ui {

struct DiffLine {
    enum class Kind { Same, Removed, Added, Left };  // Left: equal lines that are not shown
    Kind kind = Kind::Same;
    std::string text;  // for Left: how many
    int oldLine = 0;
    int newLine = 0;
};

// With `context` equal lines around each difference. Where both sides differ in very many lines, the block is shown as replaced.
std::vector<DiffLine> lineDiff(std::string_view before, std::string_view after, int context = 3);

}  // namespace portolan::ui
