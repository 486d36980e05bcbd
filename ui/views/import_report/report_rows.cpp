// SPDX-License-Identifier: Apache-2.0
#include "ui/views/import_report/report_rows.h"

#include "model/base/ascii_text.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace portolan::ui {
namespace {

ReportKind kindOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return ReportKind::Error;
    case Severity::Warning:
        return ReportKind::Warning;
    case Severity::Note:
        break;
    }
    return ReportKind::Note;
}

ReportRow rowOf(const Problem& problem)
{
    return {kindOf(problem.severity),
            problem.where.file,
            problem.code,
            problem.message,
            1,
            problem.where};
}

ReportRow rowOf(const Source& source, const LeftOut& one)
{
    ReportRow row{one.isUnresolved ? ReportKind::Unresolved : ReportKind::Ignored,
                  source.path,
                  one.name,
                  one.reason,
                  one.times,
                  one.where};
    if (row.where.file.empty())
        row.where.file = source.path;
    return row;
}

std::string_view titleOf(ReportKind kind)
{
    static constexpr std::string_view titles[] = {"Errors",     "Warnings", "Notes",
                                                  "Unresolved", "Ignored",  "Skipped"};
    return titles[std::size_t(kind)];
}

}  // namespace

bool ReportRow::contains(std::string_view lowerCaseWords) const
{
    return lowerCaseWords.empty() ||
           lowerCase(source + "\n" + subject + "\n" + message).find(lowerCaseWords) !=
               std::string::npos;
}

std::vector<ReportRow> reportRows(const Estate& estate, const ImportNotes& notes)
{
    std::vector<ReportRow> rows;
    for (const Source& source : estate.sources) {
        const auto first = static_cast<std::ptrdiff_t>(rows.size());
        for (const Problem& problem : source.problems) {
            rows.push_back(rowOf(problem));
            rows.back().source = source.path;
        }
        if (source.problemsNotListed > 0)
            rows.push_back({ReportKind::Warning,
                            source.path,
                            "not listed",
                            "Further problems of this file are not listed.",
                            source.problemsNotListed,
                            {source.path}});
        for (const LeftOut& one : source.leftOut)
            rows.push_back(rowOf(source, one));
        std::stable_sort(rows.begin() + first, rows.end(),
                         [](const ReportRow& a, const ReportRow& b) { return a.kind < b.kind; });
    }
    for (const Problem& problem : notes.problems)
        rows.push_back(rowOf(problem));
    for (const std::string& name : notes.skipped)
        rows.push_back({ReportKind::Skipped, name, name, "It is of no known format.", 1, {name}});
    return rows;
}

std::vector<ReportGroup> reportGroups(const Estate& estate, const std::vector<ReportRow>& rows,
                                      const ReportFilter& filter)
{
    std::vector<ReportGroup> groups;
    std::unordered_map<std::string, std::size_t> byTitle;
    const auto groupOf = [&](const std::string& title) -> ReportGroup& {
        const auto [place, isNew] = byTitle.try_emplace(title, groups.size());
        if (isNew)
            groups.push_back({title, {}, {}, {}});
        return groups[place->second];
    };
    const std::string words = lowerCase(filter.words);
    if (filter.grouping == ReportGrouping::BySource && words.empty()) {
        for (const Source& source : estate.sources) {
            ReportGroup& group = groupOf(source.path);
            group.summary = source.format +
                            (source.formatVersion.empty() ? "" : " " + source.formatVersion) +
                            ": " + countsInWords(source.counts);
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ReportRow& row = rows[i];
        if (!filter.isShown[std::size_t(row.kind)] || !row.contains(words))
            continue;
        ReportGroup& group =
            groupOf(filter.grouping == ReportGrouping::BySource ? row.source
                    : filter.grouping == ReportGrouping::ByKind ? std::string(titleOf(row.kind))
                                                                : row.subject);
        group.rows.push_back(i);
        group.counts[std::size_t(row.kind)] += row.times;
    }
    if (filter.grouping != ReportGrouping::BySource)
        std::stable_sort(groups.begin(), groups.end(), [&](const auto& a, const auto& b) {
            return std::pair(rows[a.rows.front()].kind, -std::int64_t(a.rows.size())) <
                   std::pair(rows[b.rows.front()].kind, -std::int64_t(b.rows.size()));
        });
    return groups;
}

std::string countsInWords(const Counts& counts)
{
    std::string text;
    for (const auto& [key, count] : counts) {
        if (count <= 0)
            continue;
        std::string words;
        for (const char c : key) {
            const bool isCapital = c >= 'A' && c <= 'Z';
            words +=
                isCapital ? std::string(" ") + static_cast<char>(c - 'A' + 'a') : std::string(1, c);
        }
        if (count == 1 && words.ends_with('s'))
            words.pop_back();
        text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + words;
    }
    return text.empty() ? "nothing" : text;
}

}  // namespace portolan::ui
