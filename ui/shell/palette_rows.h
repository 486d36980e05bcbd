// SPDX-License-Identifier: Apache-2.0
// What the command palette lists for some words, as plain data: things of map and estate, findings, and commands.
#pragma once

#include "model/analysis/rules/rule.h"
#include "model/base/entity_ref.h"
#include "model/estate/estate.h"
#include "model/map/context_map.h"
#include "model/workspace/workspace.h"

#include <QString>

#include <optional>
#include <vector>

class QAction;

namespace portolan::ui {

enum class PaletteScope { All, Contexts, Datasets, Terms, Findings, Commands };

struct PaletteRow {
    QString group;  // not empty: a heading, which cannot be chosen
    QString name;
    QString path;
    QString right;  // kind or keys
    std::optional<EntityRef> entity;
    std::optional<Severity> severity;  // of a finding
    QAction* command = nullptr;
};

// A leading '>' asks for commands alone, '!' for findings.
PaletteScope scopeOf(const QString& typed, PaletteScope chosen);
QString wordsOf(const QString& typed);

std::vector<PaletteRow> hitRows(const std::vector<SearchHit>& hits, PaletteScope scope, int most);
std::vector<PaletteRow> findingPaletteRows(const std::vector<Finding>& findings,
                                           const QString& words, int most);
std::vector<PaletteRow> commandRows(const std::vector<QAction*>& commands, const QString& words,
                                    int most);

// Whether each of the words is in the text, in any case.
bool matches(const QString& text, const QString& words);

}  // namespace portolan::ui
