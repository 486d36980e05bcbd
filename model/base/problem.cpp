// SPDX-License-Identifier: Apache-2.0
#include "model/base/problem.h"

#include <algorithm>

namespace portolan {

std::string_view toString(Severity severity)
{
    switch (severity) {
    case Severity::Note:
        return "note";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        break;
    }
    return "error";
}

bool hasErrors(const Problems& problems)
{
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& problem) { return problem.severity == Severity::Error; });
}

std::string toText(const Problem& problem)
{
    std::string text;
    const SourceSpan& where = problem.where;
    if (!where.file.empty())
        text += where.file + ":";
    if (where.line > 0)
        text += std::to_string(where.line) + ":";
    if (where.line > 0 && where.column > 0)
        text += std::to_string(where.column) + ":";
    if (!text.empty())
        text += " ";
    text += std::string(toString(problem.severity)) + ": " + problem.message;
    if (!problem.code.empty())
        text += " [" + problem.code + "]";
    return text;
}

Problem cancelled()
{
    return {Severity::Note, "cancelled", "Cancelled."};
}

bool isCancelled(const Problem& problem)
{
    return problem.code == "cancelled";
}

}  // namespace portolan
