// SPDX-License-Identifier: Apache-2.0
#include "model/base/progress.h"

namespace portolan {

void Progress::report(std::int64_t done, std::int64_t total)
{
    m_done.store(done, std::memory_order_relaxed);
    m_total.store(total, std::memory_order_relaxed);
}

void Progress::setWhat(std::string what)
{
    const std::lock_guard lock(m_mutex);
    m_what = std::move(what);
}

Progress::State Progress::state() const
{
    const std::lock_guard lock(m_mutex);
    return {m_done.load(std::memory_order_relaxed), m_total.load(std::memory_order_relaxed),
            m_what};
}

}  // namespace portolan
