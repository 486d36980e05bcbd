// SPDX-License-Identifier: Apache-2.0
// How far a long piece of work is, and whether it should stop. Shared by the worker and the one who waits; thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

namespace portolan {

class Progress {
public:
    struct State {
        std::int64_t done = 0;
        std::int64_t total = 0;  // 0: not known yet
        std::string what;        // the thing at hand, such as a file's name; plain text
    };

    void report(std::int64_t done, std::int64_t total);
    void setWhat(std::string what);
    State state() const;

    void requestStop() { m_stop.store(true, std::memory_order_relaxed); }
    bool stopRequested() const { return m_stop.load(std::memory_order_relaxed); }

private:
    std::atomic<bool> m_stop = false;
    std::atomic<std::int64_t> m_done = 0;
    std::atomic<std::int64_t> m_total = 0;
    mutable std::mutex m_mutex;
    std::string m_what;
};

}  // namespace portolan
