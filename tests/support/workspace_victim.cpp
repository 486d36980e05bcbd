// SPDX-License-Identifier: Apache-2.0
// Does one thing with a workspace, once or again and again, until it is killed: for the tests that fail its system calls or kill it. It tells on
// standard output how far it has come, a line at a time.
#include "model/base/file_store.h"
#include "model/workspace/workspace.h"

#include "tests/support/generations.h"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <unistd.h>

namespace portolan::tests {
namespace {

using Arguments = std::vector<std::string>;

void say(const std::string& text)
{
    const std::string line = text + "\n";
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0)
        std::exit(3);
}

std::string outcome(const Result<>& result)
{
    return result ? "done" : result.error().code + ": " + result.error().message;
}

// import WORKSPACE FOLDER: once.
int import(const Arguments& arguments)
{
    Result<Workspace> workspace = Workspace::open(arguments[0]);
    if (!workspace) {
        say(outcome(tl::unexpected(workspace.error())));
        return 0;
    }
    Progress progress;
    const auto imported = workspace->import({arguments[1]}, {}, progress);
    say(imported ? "done" : outcome(tl::unexpected(imported.error())));
    return 0;
}

// import-loop WORKSPACE FOLDER: writes one generation of the sources after the other and imports each.
int importLoop(const Arguments& arguments)
{
    Result<Workspace> workspace = Workspace::open(arguments[0]);
    for (int number = 1; workspace; ++number) {
        for (const auto& [name, text] : generationSources(number)) {
            if (!saveAtomically(arguments[1] + "/" + name, text))
                return 1;
        }
        Progress progress;
        if (!workspace->import({arguments[1]}, {}, progress))
            return 1;
        say(std::to_string(number));
    }
    return 1;
}

// hold WORKSPACE: opens it for writing and waits for the end of its standard input.
int hold(const Arguments& arguments)
{
    const Result<Workspace> workspace = Workspace::open(arguments[0]);
    if (!workspace)
        say(outcome(tl::unexpected(workspace.error())));
    else
        say(workspace->isReadOnly() ? "read-only: " + workspace->holder() : "writes");
    while (std::getchar() != EOF) {
    }
    return 0;
}

}  // namespace
}  // namespace portolan::tests

int main(int count, char** texts)
{
    using namespace portolan::tests;
    const std::map<std::string, std::pair<std::size_t, std::function<int(const Arguments&)>>>
        works = {{"import", {2, import}}, {"import-loop", {2, importLoop}}, {"hold", {1, hold}}};
    const Arguments arguments(texts + 1, texts + count);
    const auto work = arguments.empty() ? works.end() : works.find(arguments[0]);
    if (work == works.end() || arguments.size() != work->second.first + 1)
        return 2;
    return work->second.second(Arguments(arguments.begin() + 1, arguments.end()));
}
