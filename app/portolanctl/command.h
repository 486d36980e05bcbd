// SPDX-License-Identifier: Apache-2.0
// What a command of portolanctl is. A new one is one file with one add function, and one row in command_line.cpp.
#pragma once

#include "model/base/progress.h"

#include <functional>

namespace CLI {
class App;
}

namespace portolan::ctl {

// The exit codes are part of the interface (portolanctl(1)).
enum class Outcome {
    Done = 0,  // nothing to report
    Found =
        1,  // done, and there is something to look at: errors in a source, findings, differences
    NotDone = 2,      // wrong usage, an unreadable file, a damaged workspace
    Cancelled = 130,  // by SIGINT; nothing half-written is left
};

// The worse of two: an input that could not be read outweighs what was found in the others.
inline Outcome worse(Outcome one, Outcome other)
{
    return one < other ? other : one;
}

// What the command line asks for, ready to be run.
using Action = std::function<Outcome(Progress&)>;

// Each adds its command, which sets `chosen` when it is the one that was typed.
void addImport(CLI::App& program, Action& chosen);
void addShow(CLI::App& program, Action& chosen);
void addSearch(CLI::App& program, Action& chosen);
void addDrift(CLI::App& program, Action& chosen);
void addLineage(CLI::App& program, Action& chosen);
void addPath(CLI::App& program, Action& chosen);
void addImpact(CLI::App& program, Action& chosen);
void addDiff(CLI::App& program, Action& chosen);
void addHistory(CLI::App& program, Action& chosen);
void addMapValidate(CLI::App& map, Action& chosen);
void addMapFormat(CLI::App& map, Action& chosen);
void addMapDiff(CLI::App& map, Action& chosen);
void addMapMerge(CLI::App& map, Action& chosen);
void addMapToBe(CLI::App& map, Action& chosen);

}  // namespace portolan::ctl
