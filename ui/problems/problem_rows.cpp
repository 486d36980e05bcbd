// SPDX-License-Identifier: Apache-2.0
#include "ui/problems/problem_rows.h"

#include "model/analysis/rules/context_map_rules.h"
#include "model/analysis/rules/quick_fixes.h"

#include <algorithm>
#include <map>

namespace portolan::ui {
namespace {

ProblemRow rowOf(const Problem& problem)
{
    ProblemRow row;
    row.severity = problem.severity;
    row.rule = problem.code;
    row.subject = problem.where.file.substr(problem.where.file.rfind('/') + 1);
    row.message = problem.message;
    row.where = problem.where;
    return row;
}

void sortBySeverity(std::vector<ProblemRow>& rows)
{
    std::stable_sort(rows.begin(), rows.end(), [](const ProblemRow& a, const ProblemRow& b) {
        return a.severity > b.severity;
    });
}

// "columnEdges" -> "column edges"
std::string inWords(const std::string& key)
{
    std::string words;
    for (const char c : key) {
        const bool isCapital = c >= 'A' && c <= 'Z';
        if (isCapital)
            words += ' ';
        words += isCapital ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return words;
}

}  // namespace

std::string ProblemRow::place() const
{
    // Of a whole path only the end tells files apart, and a narrow column would cut off just that.
    const bool isWholePath = where.file.starts_with('/');
    std::string text = isWholePath ? where.file.substr(where.file.rfind('/') + 1) : where.file;
    if (where.line > 0)
        text += ":" + std::to_string(where.line);
    if (where.line > 0 && where.column > 0)
        text += ":" + std::to_string(where.column);
    return text;
}

std::vector<ProblemRow> problemRows(const MapDocument* document, const Estate& estate,
                                    const std::optional<Problem>& asIs)
{
    std::vector<ProblemRow> rows;
    if (document) {
        for (const Problem& problem : document->problems())
            rows.push_back(rowOf(problem));
    }
    if (asIs)
        rows.push_back(rowOf(*asIs));
    for (const Source& source : estate.sources) {
        for (const Problem& problem : source.problems)
            rows.push_back(rowOf(problem));
        if (source.problemsNotListed > 0) {
            rows.push_back(rowOf({Severity::Warning, "problems.not-listed",
                                  std::to_string(source.problemsNotListed) +
                                      " further problems of this file are not listed.",
                                  SourceSpan{source.path}}));
        }
    }
    sortBySeverity(rows);
    return rows;
}

std::vector<ProblemRow> findingRows(const std::vector<Finding>& findings)
{
    std::map<std::string_view, std::string_view> titles;
    for (const RuleDescription& rule : contextMapRules())
        titles.emplace(rule.id, rule.title);
    std::vector<ProblemRow> rows;
    for (const Finding& finding : findings) {
        ProblemRow row;
        row.severity = finding.severity;
        const auto title = titles.find(finding.rule);
        row.rule = title == titles.end() ? finding.rule : std::string(title->second);
        row.subject = finding.subjectName;
        row.message = finding.message;
        row.mend = finding.mend;
        row.where = finding.where;
        row.entity = finding.subject;
        if (hasFixes(finding.rule))
            row.finding = finding;
        rows.push_back(std::move(row));
    }
    sortBySeverity(rows);
    return rows;
}

std::vector<ImportRow> importRows(const Estate& estate)
{
    std::vector<ImportRow> rows;
    for (const Source& source : estate.sources) {
        ImportRow row;
        row.path = source.path;
        row.format =
            source.format + (source.formatVersion.empty() ? "" : " " + source.formatVersion);
        for (const auto& [what, count] : source.counts) {
            if (count > 0)
                row.content +=
                    (row.content.empty() ? "" : ", ") + std::to_string(count) + " " + inWords(what);
        }
        row.problems = static_cast<int>(source.problems.size());
        row.importedAt = source.importedAt;
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace portolan::ui
