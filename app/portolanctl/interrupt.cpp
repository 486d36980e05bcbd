// SPDX-License-Identifier: Apache-2.0
#include "app/portolanctl/interrupt.h"

#include <csignal>

namespace portolan::ctl {
namespace {

// A signal handler has no other way to know whom to tell.
std::atomic<Progress*> interrupted = nullptr;
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<Progress*>::is_always_lock_free,
              "a signal handler may only touch what needs no lock");

void requestStop(int)
{
    if (Progress* progress = interrupted.load())
        progress->requestStop();
}

}  // namespace

void stopOnInterrupt(Progress& progress)
{
    interrupted.store(&progress);
    struct sigaction action = {};
    action.sa_handler = requestStop;
    // No SA_RESTART: a read from a pipe that nobody writes to must come back.
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
}

}  // namespace portolan::ctl
