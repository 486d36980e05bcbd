// SPDX-License-Identifier: Apache-2.0
// Shows how far the work is in one line of standard error, while it lives and when that is a terminal; else nothing.
#pragma once

#include "model/base/progress.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace portolan::ctl {

class ProgressLine {
public:
    explicit ProgressLine(const Progress& progress);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

private:
    void show();

    const Progress& m_progress;
    std::mutex m_mutex;
    std::condition_variable m_wakeUp;
    bool m_isOver = false;
    std::thread m_thread;
};

}  // namespace portolan::ctl
