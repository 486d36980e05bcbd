// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/workspace_lock.h"

#include "model/base/file_store.h"

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portolan {

namespace {

std::string thisProcess()
{
    std::array<char, 256> host = {};
    ::gethostname(host.data(), host.size() - 1);
    std::string program = readFile("/proc/self/comm", 100).value_or("a process");
    program = program.substr(0, program.find('\n'));
    return program + " (process " + std::to_string(::getpid()) + " on " + host.data() + ")";
}

// The file comes from elsewhere, perhaps: one short line, without control characters.
std::string nameIn(const std::string& file)
{
    const Result<std::string> text = readFile(file, 4096, false);
    std::string name = text ? text->substr(0, text->find('\n')).substr(0, 200) : std::string();
    std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    return name.empty() ? "another process" : name;
}

// The holder removes the file when it lets go, so a lock may be one on a file that is no longer there.
bool isStillAt(const std::string& file, int descriptor)
{
    struct stat ours = {};
    struct stat there = {};
    return ::fstat(descriptor, &ours) == 0 && ::lstat(file.c_str(), &there) == 0 &&
           ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

}  // namespace

WorkspaceLock WorkspaceLock::take(const std::string& path)
{
    WorkspaceLock lock;
    lock.m_file = path + "-lock";
    lock.m_state = State::Impossible;
    for (int tries = 0; tries < 20; ++tries) {
        const int descriptor = ::open(lock.m_file.c_str(),
                                      O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644);
        if (descriptor < 0)
            return lock;
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            const bool isHeld = errno == EWOULDBLOCK;
            ::close(descriptor);
            if (isHeld) {
                lock.m_state = State::HeldElsewhere;
                lock.m_holder = nameIn(lock.m_file);
            }
            return lock;
        }
        if (!isStillAt(lock.m_file, descriptor)) {
            ::close(descriptor);
            continue;
        }
        const std::string text = thisProcess() + "\n";
        // Only for people: a full disk takes the name, not the lock.
        if (::ftruncate(descriptor, 0) == 0 &&
            ::pwrite(descriptor, text.data(), text.size(), 0) < 0)
            errno = 0;
        lock.m_descriptor = descriptor;
        lock.m_state = State::Held;
        return lock;
    }
    return lock;
}

WorkspaceLock::WorkspaceLock(WorkspaceLock&& other) noexcept
    : m_state(std::exchange(other.m_state, State::None)), m_file(std::move(other.m_file)),
      m_holder(std::move(other.m_holder)), m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

WorkspaceLock& WorkspaceLock::operator=(WorkspaceLock&& other) noexcept
{
    std::swap(m_state, other.m_state);
    std::swap(m_file, other.m_file);
    std::swap(m_holder, other.m_holder);
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

WorkspaceLock::~WorkspaceLock()
{
    release();
}

void WorkspaceLock::release()
{
    if (m_descriptor < 0)
        return;
    ::unlink(m_file.c_str());  // while it is still ours
    ::close(m_descriptor);
    m_descriptor = -1;
    m_state = State::None;
}

}  // namespace portolan
