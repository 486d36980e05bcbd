// SPDX-License-Identifier: Apache-2.0
// What was noticed about an input: a sentence for a person, a code for a machine, and the place it is about.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

enum class Severity { Note, Warning, Error };

// "note", "warning", "error": the spelling of every report.
std::string_view toString(Severity severity);

// A place in a source. Line and column count from 1, columns in bytes; 0 means unknown.
struct SourceSpan {
    std::string file = {};  // as the user named it, or relative to the imported folder
    int line = 0;
    int column = 0;
    std::string pointer =
        {};  // JSON pointer (RFC 6901) inside the document; empty: the whole document

    bool isEmpty() const { return file.empty() && line == 0 && pointer.empty(); }
    friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

struct Problem {
    Severity severity = Severity::Error;
    std::string code;     // stable, for machines: "odcs.unknown-status"
    std::string message;  // one sentence for a person, with what was expected
    SourceSpan where = {};

    friend bool operator==(const Problem&, const Problem&) = default;
};

using Problems = std::vector<Problem>;

bool hasErrors(const Problems& problems);

// "maps/insurer.json:14:5: error: ... [code]", as compilers print it; what is unknown is left out.
std::string toText(const Problem& problem);

// The outcome of work that the user stopped. No view shows it as a failure.
Problem cancelled();
bool isCancelled(const Problem& problem);

}  // namespace portolan
