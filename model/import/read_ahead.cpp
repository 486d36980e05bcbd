// SPDX-License-Identifier: Apache-2.0
#include "model/import/read_ahead.h"

#include <algorithm>
#include <utility>

namespace portolan {

namespace {

constexpr std::size_t mostFilesAhead = 64;
constexpr std::int64_t mostBytesAtHand = 16 << 20;
constexpr unsigned mostThreads = 8;
constexpr std::size_t fewFiles = 8;  // starting threads costs more than it saves

}  // namespace

ReadAhead::ReadAhead(const std::vector<FoundFile>& files, const ImportOptions& options,
                     Progress& progress)
    : m_files(files), m_options(options), m_progress(progress)
{
    const unsigned count = std::min(std::thread::hardware_concurrency(), mostThreads);
    if (files.size() < fewFiles || count < 2)
        return;
    for (unsigned i = 0; i < count; ++i)
        m_threads.emplace_back([this] { work(); });
}

ReadAhead::~ReadAhead()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isOver = true;
    }
    m_changed.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

bool ReadAhead::mayStart() const
{
    if (m_started >= m_files.size() || m_started >= m_taken + mostFilesAhead)
        return false;
    return m_filesAtHand == 0 || m_bytesAtHand + m_files[m_started].bytes <= mostBytesAtHand;
}

void ReadAhead::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock,
                       [this] { return m_isOver || m_started >= m_files.size() || mayStart(); });
        if (m_isOver || m_started >= m_files.size() || m_progress.stopRequested()) {
            m_changed.notify_all();  // who waits for a file must not wait for one that nobody reads
            return;
        }
        const std::size_t number = m_started++;
        const FoundFile& file = m_files[number];
        m_bytesAtHand += file.bytes;
        ++m_filesAtHand;
        lock.unlock();
        Result<ImportedSource> source = importFile(file, m_options, m_progress);
        lock.lock();
        m_bytesAtHand -= file.bytes;
        --m_filesAtHand;
        m_read.emplace(number, std::move(source));
        m_changed.notify_all();
    }
}

Result<ImportedSource> ReadAhead::next()
{
    if (m_threads.empty())
        return importFile(m_files[m_taken++], m_options, m_progress);
    std::unique_lock lock(m_mutex);
    // Stopped, the threads end early: what nobody reads any more is read here, which ends at once, too.
    m_changed.wait(lock, [this] { return m_read.contains(m_taken) || m_progress.stopRequested(); });
    const auto read = m_read.find(m_taken);
    if (read == m_read.end()) {
        lock.unlock();
        return importFile(m_files[m_taken], m_options, m_progress);
    }
    Result<ImportedSource> source = std::move(read->second);
    m_read.erase(read);
    ++m_taken;
    lock.unlock();
    m_changed.notify_all();
    return source;
}

}  // namespace portolan
