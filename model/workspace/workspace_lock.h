// SPDX-License-Identifier: Apache-2.0
// Says which one process may write a workspace. A lock of the system on a small file beside it, which therefore ends with the
// process however that ends; the file's text names the holder.
#pragma once

#include "model/base/result.h"

#include <string>

namespace portolan {

class WorkspaceLock {
public:
    enum class State {
        None,
        Held,  // by this object
        HeldElsewhere,
        Impossible  // no right to write beside the workspace, or the file system cannot lock
    };

    // Tries once; `path` is the workspace's.
    static WorkspaceLock take(const std::string& path);

    WorkspaceLock() = default;
    WorkspaceLock(WorkspaceLock&& other) noexcept;
    WorkspaceLock& operator=(WorkspaceLock&& other) noexcept;
    ~WorkspaceLock();

    State state() const { return m_state; }
    const std::string& holder() const { return m_holder; }  // "portolan (process 4711 on ada)"
    void release();

private:
    State m_state = State::None;
    std::string m_file;
    std::string m_holder;
    int m_descriptor = -1;
};

}  // namespace portolan
