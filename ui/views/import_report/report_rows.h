// SPDX-License-Identifier: Apache-2.0
// The import report as plain data: of each source what was read, what is wrong with it, what was ignored and what leads nowhere.
#pragma once

#include "model/estate/estate.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::ui {

enum class ReportKind { Error, Warning, Note, Unresolved, Ignored, Skipped };
inline constexpr std::size_t reportKinds = 6;

struct ReportRow {
    ReportKind kind = ReportKind::Note;
    std::string source;  // its path; empty: of no source
    std::string
        subject;  // a problem's code, the name that was ignored, the reference that leads nowhere
    std::string message;
    std::int64_t times = 1;
    SourceSpan where;

    bool contains(std::string_view lowerCaseWords) const;  // in any of its texts
};

// What an import found besides its sources' own facts.
struct ImportNotes {
    Problems problems;  // about entries that are no sources, and contradictions between sources
    std::vector<std::string> skipped;  // names of files of no known format
};

// In the order of the sources; within one the most severe first.
std::vector<ReportRow> reportRows(const Estate& estate, const ImportNotes& notes);

enum class ReportGrouping { BySource, ByKind, BySubject };

struct ReportGroup {
    std::string title;
    std::string summary;            // "odcs 3.1.0: 12 contracts, 340 fields"
    std::vector<std::size_t> rows;  // numbers in the list of rows
    std::array<std::int64_t, reportKinds> counts = {};
};

// Rows of hidden kinds and rows without `words` are left out; sources without any row stay, when nothing is searched for, as what was
// read is part of the report.
struct ReportFilter {
    ReportGrouping grouping = ReportGrouping::BySource;
    std::array<bool, reportKinds> isShown = {true, true, true, true, true, true};
    std::string words;
};
std::vector<ReportGroup> reportGroups(const Estate& estate, const std::vector<ReportRow>& rows,
                                      const ReportFilter& filter);

// "12 contracts, 340 fields"
std::string countsInWords(const Counts& counts);

}  // namespace portolan::ui
