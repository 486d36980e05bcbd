// SPDX-License-Identifier: Apache-2.0
// The command line of portolanctl: which commands there are, and the options that several of them share.
#pragma once

#include "app/portolanctl/command.h"
#include "model/base/budget.h"

#include <variant>

namespace CLI {
class Option;
}

namespace portolan::ctl {

// What to run, or, when help was asked for or the usage is wrong, how the program ended after saying so.
std::variant<Action, Outcome> readCommandLine(int argc, char** argv);

void addJsonOption(CLI::App& command, bool& json);

// The limits of every reader (model/base/budget.h), for people who have a file that is larger than that.
void addBudgetOptions(CLI::App& command, Budget& budget);

// For each option that takes a text: as it was typed, where the library would split "[a,b]" at its comma.
CLI::Option* takeAsTyped(CLI::Option* option);

}  // namespace portolan::ctl
