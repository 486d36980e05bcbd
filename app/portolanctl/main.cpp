// SPDX-License-Identifier: Apache-2.0
// portolanctl: the model at the command line, for pipelines and scripts.
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/interrupt.h"
#include "app/portolanctl/output.h"
#include "app/portolanctl/progress_line.h"

#include <exception>

namespace portolan::ctl {
namespace {

Outcome run(int argc, char** argv)
{
    static Progress progress;  // outlives the signal handler that refers to it
    const std::variant<Action, Outcome> command = readCommandLine(argc, argv);
    if (const Outcome* ended = std::get_if<Outcome>(&command))
        return *ended;
    stopOnInterrupt(progress);
    const ProgressLine line(progress);
    return std::get<Action>(command)(progress);
}

}  // namespace
}  // namespace portolan::ctl

int main(int argc, char** argv)
{
    using namespace portolan::ctl;
    try {
        const Outcome outcome = run(argc, argv);
        return static_cast<int>(flushOutput() ? outcome : Outcome::NotDone);
    } catch (const std::exception& error) {  // memory at its end; everything else is a Problem
        complain(error.what());
        return static_cast<int>(Outcome::NotDone);
    }
}
