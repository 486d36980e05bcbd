// SPDX-License-Identifier: Apache-2.0
// The signs of a picture and what they mean: only those that are in it, and the answers of a lens that is on. Painted by the row
// under a canvas, and into pictures and pages.
#pragma once

#include "model/chart/chart.h"

#include <QFont>
#include <QRectF>
#include <QString>

#include <vector>

class QPainter;

namespace portolan::ui {

struct Theme;

enum class LegendKey {
    Declared,
    DeclaredOnly,
    Undeclared,
    Implied,
    Partnership,
    SharedKernel,
    SeparateWays,
    OperationalApi,
    Event,
    State,
    Analytical,
    Derived,
    Mud,
    // of lineage
    Flow,
    Way,
    OtherColumns,
    IndirectColumns,
    NoContract,
    ImpliedFlow,
    Job,
    Table,
    Topic,
    Key,
    MoreHops
};

// One answer of the lens, and how many cards have it.
struct LegendAnswer {
    LensEntry entry;
    QString words;
    int count = 0;
};

struct Legend {
    std::vector<LegendKey> keys;
    QString lensTitle;  // empty: no lens
    std::vector<LegendAnswer> answers;
    std::vector<ChartChange>
        changes;  // of a comparison; only in pictures: a view has words of its own

    bool isEmpty() const { return keys.empty() && lensTitle.isEmpty() && changes.empty(); }
};

Legend legendOf(const Chart& chart);
QString wordOf(LegendKey key);
// "declared and observed; declared only; event", and before that "Owner: Party Core 3; no team 1. " of a lens.
QString textOf(const Legend& legend);

struct LegendFonts {
    QFont words;
    QFont strong;   // titles and counts
    QFont letters;  // in the signs of a lens
};

inline constexpr double legendRowHeight = 28;

// From `x` in the row; they answer where it ends.
double paintKey(QPainter& painter, LegendKey key, double x, const QRectF& row, const QFont& words,
                const Theme& theme);
double paintAnswer(QPainter& painter, const LegendAnswer& answer, double x, const QRectF& row,
                   const LegendFonts& fonts, const Theme& theme);
double paintLegendWords(QPainter& painter, const QString& words, double x, const QRectF& row,
                        const QFont& font, const QColor& ink);
double widthOf(LegendKey key, const QFont& words);
double widthOf(const LegendAnswer& answer, const LegendFonts& fonts);

// Of a picture: as many rows as it takes, in the fonts of charts.
double legendHeight(const Legend& legend, double width);
void paintLegend(QPainter& painter, const Legend& legend, const QRectF& box, const Theme& theme);

}  // namespace portolan::ui
