// SPDX-License-Identifier: Apache-2.0
// The unsaved edits of one open map, on disk, so that they survive a kill: append-only, one line an edit with its checksum, beside
// the hash of the text they start from. Offered again at the next start; removed after a save or a confirmed discard.
#pragma once

#include "model/base/result.h"
#include "model/map/map_document.h"

#include <memory>
#include <string>
#include <vector>

namespace portolan {

class EditJournal {
public:
    // Begins a journal in `folder` (made when missing) for the map at `mapPath`, whose saved text is `baseText`.
    // The file is made with the first edit; no file means nothing is unsaved.
    static Result<EditJournal> begin(const std::string& folder, const std::string& mapPath,
                                     const std::string& baseText);

    EditJournal(EditJournal&&) noexcept;
    EditJournal& operator=(EditJournal&&) noexcept;
    ~EditJournal();

    Result<> append(const Edit& edit);  // written at once; a kill of this process loses nothing
    Result<> flush();                   // to the disk; call it at most a second after an edit
    Result<> rebase(const std::string& mapPath,
                    const std::string& baseText);  // after a save: empty again
    Result<> discard();                            // removes the file

private:
    struct State;
    explicit EditJournal(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// A journal that an ended process left behind.
struct AbandonedJournal {
    std::string journalPath;
    std::string mapPath;
    std::string baseHash;
    std::string lastEditAt;   // ISO 8601 UTC
    std::vector<Edit> edits;  // all that are whole
    std::string baseText;     // the saved text that the edits start from, kept in the journal
};
// Journals whose process is gone and that hold edits which change something.
std::vector<AbandonedJournal> abandonedJournals(const std::string& folder);
// The map's text with the edits. Refused when they do not fit the base.
Result<std::string> recoveredText(const AbandonedJournal& journal);
Result<> removeJournal(const std::string& journalPath);

}  // namespace portolan
