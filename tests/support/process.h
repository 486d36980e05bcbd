// SPDX-License-Identifier: Apache-2.0
// Runs a built program as a process, as its users do: arguments, input, signals in; output and exit code out.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

class QProcess;

namespace portolan::tests {

struct ProgramCall {
    std::vector<std::string> arguments;
    std::string input = {};                                             // all of standard input
    std::vector<std::pair<std::string, std::string>> environment = {};  // added to the test's own
    std::string folder = {};  // in which it runs; empty: the test's own
    int timeoutMs = 60'000;   // then it is killed
};

struct ProgramRun {
    int exitCode = -1;  // -1 when it did not come to its end by itself
    bool isCrash = false;
    bool isTimeout = false;
    std::string out;
    std::string err;

    // "exit 2", "crash", "timeout", with what it said to standard error: for messages of tests.
    std::string outcome() const;
};

ProgramRun runProgram(const std::string& program, const ProgramCall& call);

// One that goes on while the test does something: a signal, a second process.
class RunningProgram {
public:
    // Its standard input stays open until `finish`, and gets `call.input`.
    RunningProgram(const std::string& program, const ProgramCall& call);
    ~RunningProgram();

    bool isRunning() const;
    void signal(int number);
    // Waits until it handles that signal itself, which is when it has started to work; false when that does not come.
    bool waitUntilCatches(int number);
    ProgramRun finish();  // closes its standard input and waits for the end

private:
    std::unique_ptr<QProcess> m_process;
    int m_timeoutMs;
};

}  // namespace portolan::tests
