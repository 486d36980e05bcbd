// SPDX-License-Identifier: Apache-2.0
// What the bottom panel lists, as plain data: problems of sources and of the map's text, findings of the rules, and what was imported.
#pragma once

#include "model/analysis/rules/rule.h"
#include "model/estate/estate.h"
#include "model/map/map_document.h"

#include <optional>
#include <string>
#include <vector>

namespace portolan::ui {

struct ProblemRow {
    Severity severity = Severity::Note;
    std::string rule;     // what kind: a rule's title, or a problem's code
    std::string subject;  // what it is about: a thing's name, or a file
    std::string message;
    std::string mend;  // how to mend it; empty when the message says it
    SourceSpan where;
    std::optional<EntityRef> entity;
    std::optional<Finding> finding;  // that can be fixed (analysis/rules/quick_fixes.h)

    // "contracts/party.odcs.yaml:14:5", of a whole path only the file's name; what is unknown is left out.
    std::string place() const;
};

// Errors first, then as they stand in their sources. `document` may be null; `asIs` is what is wrong with the AS-IS map.
std::vector<ProblemRow> problemRows(const MapDocument* document, const Estate& estate,
                                    const std::optional<Problem>& asIs = {});
std::vector<ProblemRow> findingRows(const std::vector<Finding>& findings);

struct ImportRow {
    std::string path;
    std::string format;   // with its version
    std::string content;  // "12 contracts, 340 fields"
    int problems = 0;
    std::string importedAt;  // ISO 8601 UTC
};
std::vector<ImportRow> importRows(const Estate& estate);

}  // namespace portolan::ui
