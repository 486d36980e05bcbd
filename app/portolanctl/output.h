// SPDX-License-Identifier: Apache-2.0
// What portolanctl prints: answers to standard output, as text or as one JSON document; everything else to standard error.
#pragma once

#include "app/portolanctl/command.h"
#include "model/base/problem.h"
#include "model/estate/estate.h"
#include "model/json/data_tree.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace portolan {
struct MapChange;
}

namespace portolan::ctl {

using Json = nlohmann::ordered_json;

// {"portolanctl": 1, "command": ...}: how each document begins.
Json documentOf(std::string_view command);
Json toJson(const Problem& problem);
Json toJson(const Problems& problems);
Json toJson(const Counts& counts);
// A value of a file. A number that would be rounded on the way is given as text, in its spelling.
Json toJson(const DataNode& node);
Json valueOf(const std::string& jsonText);
Json toJson(const MapChange& change);

void printJson(const Json& document);
// One line for people. Control characters are shown, not sent: they come from files, and a terminal would obey them.
void printLine(std::string_view line);
void printBytes(std::string_view bytes);
// "contracts 3, fields 17"; "nothing" when there is nothing.
std::string toText(const Counts& counts);

// "portolanctl: ..." on standard error.
void complain(std::string_view message);

// Ends a command that could not be done: says why, in the way that was asked for.
Outcome notDone(std::string_view command, const Problem& problem, bool json);

// Whether all that was printed has gone out; says so when it has not.
bool flushOutput();

}  // namespace portolan::ctl
