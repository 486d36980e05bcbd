// SPDX-License-Identifier: Apache-2.0
// Does one thing, once or again and again, until it is killed: for the tests that fail its system calls or kill it. It tells on
// standard output how far it has come, a line at a time.
#include "model/base/file_store.h"
#include "model/map/edit_journal.h"

#include "tests/support/generations.h"

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

// save PATH BYTES: replaces the file by that many n.
int save(const Arguments& arguments)
{
    say(outcome(saveAtomically(arguments[0], std::string(std::stoul(arguments[1]), 'n'))));
    return 0;
}

// save-loop PATH: replaces the file by one generation after the other.
int saveLoop(const Arguments& arguments)
{
    for (int number = 1;; ++number) {
        if (!saveAtomically(arguments[0], generationText(number)))
            return 1;
        say(std::to_string(number));
    }
}

// edit FOLDER MAP: appends edits to a journal, each of which adds its number to the text.
int edit(const Arguments& arguments)
{
    Result<EditJournal> journal = EditJournal::begin(arguments[0], arguments[1], "");
    std::size_t length = 0;
    for (int number = 1; journal; ++number) {
        const std::string text = std::to_string(number) + ",";
        if (!journal->append({"Add", {{length, 0, text}}, {}}))
            return 1;
        length += text.size();
        say(std::to_string(number));
        if (number % 50 == 0 && !journal->flush())
            return 1;
    }
    return 1;
}

}  // namespace
}  // namespace portolan::tests

int main(int count, char** texts)
{
    using namespace portolan::tests;
    const std::map<std::string, std::pair<std::size_t, std::function<int(const Arguments&)>>>
        works = {{"save", {2, save}}, {"save-loop", {1, saveLoop}}, {"edit", {2, edit}}};
    const Arguments arguments(texts + 1, texts + count);
    const auto work = arguments.empty() ? works.end() : works.find(arguments[0]);
    if (work == works.end() || arguments.size() != work->second.first + 1)
        return 2;
    return work->second.second(Arguments(arguments.begin() + 1, arguments.end()));
}
