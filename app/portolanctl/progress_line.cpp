// SPDX-License-Identifier: Apache-2.0
#include "app/portolanctl/progress_line.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

namespace portolan::ctl {
namespace {

// One terminal line of plain ASCII: a name from a folder may hold anything.
std::string lineOf(const Progress::State& state)
{
    std::string line = state.total > 0 ? std::to_string(100 * state.done / state.total) + "% " : "";
    line += state.what.substr(0, 70 - line.size());
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return line;
}

}  // namespace

ProgressLine::ProgressLine(const Progress& progress) : m_progress(progress)
{
    if (isatty(STDERR_FILENO))
        m_thread = std::thread([this] { show(); });
}

ProgressLine::~ProgressLine()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_isOver = true;
    }
    m_wakeUp.notify_all();
    m_thread.join();
}

void ProgressLine::show()
{
    bool isShown = false;
    std::unique_lock lock(m_mutex);
    while (!m_wakeUp.wait_for(lock, std::chrono::milliseconds(200), [this] { return m_isOver; })) {
        std::fprintf(stderr, "\r\033[K%s", lineOf(m_progress.state()).c_str());
        std::fflush(stderr);
        isShown = true;
    }
    if (isShown)
        std::fputs("\r\033[K", stderr);
}

}  // namespace portolan::ctl
