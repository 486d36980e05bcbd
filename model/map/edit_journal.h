// SPDX-License-Identifier: Apache-2.0
// The unsaved edits of one open map, on disk, so that they survive a kill: append-only, one line an edit with its checksum, beside
// the text that they start from. Offered again at the next start; removed after a save or a confirmed discard.
//
// The file is lines: "<checksum> <kind> <field> ...\n", fields percent-encoded, the first line naming process, map and saved text.
// A line that was cut off (by a power cut) ends it; what stands before is whole.
#pragma once

#include "model/base/result.h"
#include "model/map/map_document.h"

#include <memory>
#include <string>
#include <vector>

namespace portolan {

class EditJournal {
public:
    // Begins a journal in `folder` (made when missing) for the map at `mapPath` (empty: not saved yet), whose saved text is
    // `baseText`. The file is made with the first edit; no file means nothing is unsaved. The destructor leaves it on disk.
    static Result<EditJournal> begin(const std::string& folder, const std::string& mapPath,
                                     const std::string& baseText);

    EditJournal(EditJournal&&) noexcept;
    EditJournal& operator=(EditJournal&&) noexcept;
    ~EditJournal();

    // Written at once, so that a kill of this process loses nothing. When it fails ("journal.not-written": a full disk), the edit
    // is kept here and the next append writes it too.
    Result<> append(const Edit& edit);
    Result<> flush();  // to the disk; call it at most a second after an edit
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
// Journals whose process is gone and that hold edits which change something: not when they were undone again, nor when the map's
// file already holds the outcome. Such idle ones are removed on the way; what cannot be read is left where it is. Oldest first.
std::vector<AbandonedJournal> abandonedJournals(const std::string& folder);
// The map's text with the edits. Refused when they do not fit the base.
Result<std::string> recoveredText(const AbandonedJournal& journal);
Result<> removeJournal(const std::string& journalPath);

}  // namespace portolan
