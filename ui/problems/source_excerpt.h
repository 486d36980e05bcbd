// SPDX-License-Identifier: Apache-2.0
// Some lines of a text file around a place, read without holding the whole file: what the source view shows.
#pragma once

#include "model/base/progress.h"
#include "model/base/result.h"

#include <string>
#include <vector>

namespace portolan::ui {

struct SourceExcerpt {
    std::string path;  // as it was opened
    int firstLine = 1;
    std::vector<std::string>
        lines;     // valid UTF-8; what is not is replaced, a long line is cut around the column
    int line = 0;  // the place, among all lines of the file; 0: none
    int columnInLine = 0;  // from 1, in the text shown; 0: none
    bool isWhole = true;   // false: the file has more lines than are here
};

// `file` is a source's path, relative to one of `roots`, or the path of the open map, which must be one of `roots` itself. A path that
// would leave its root is refused.
Result<SourceExcerpt> sourceExcerpt(const std::vector<std::string>& roots, const SourceSpan& where,
                                    Progress& progress);

}  // namespace portolan::ui
