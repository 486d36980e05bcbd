// SPDX-License-Identifier: Apache-2.0
// Reads many files on all processors, and hands them over in their order. How far it is ahead is bounded in files and bytes, so that
// memory does not grow with the number of files; a large file is read alone.
#pragma once

#include "model/import/import.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace portolan {

class ReadAhead {
public:
    // `files` and the others must live as long as this.
    ReadAhead(const std::vector<FoundFile>& files, const ImportOptions& options,
              Progress& progress);
    ~ReadAhead();  // waits for the files at hand
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    // The next file in order; to be called once for each.
    Result<ImportedSource> next();

private:
    void work();
    bool mayStart() const;

    const std::vector<FoundFile>& m_files;
    const ImportOptions& m_options;
    Progress& m_progress;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::size_t, Result<ImportedSource>> m_read;
    std::size_t m_started = 0;
    std::size_t m_taken = 0;
    std::int64_t m_bytesAtHand = 0;  // of files that are being read
    int m_filesAtHand = 0;
    bool m_isOver = false;
    std::vector<std::thread> m_threads;
};

}  // namespace portolan
