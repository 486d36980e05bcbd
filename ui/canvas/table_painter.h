// SPDX-License-Identifier: Apache-2.0
// A dataset with its columns as rows, a job, and the links from row to row: their sizes, and how they are drawn. In chart units.
#pragma once

#include "model/chart/chart.h"
#include "model/layout/geometry.h"

#include <QPainterPath>
#include <QRectF>
#include <QSizeF>

class QColor;
class QPainter;

namespace portolan::ui {

struct Theme;

QSizeF sizeOf(const ChartNode& node);
// By the row's number; the row after the last is the one that says how many more there are.
QRectF rowRect(const QRectF& table, std::size_t row);
// The chips that ask for more: of neighbours upstream, downstream. Empty without such neighbours.
QRectF beforeChip(const ChartNode& node, const QRectF& table);
QRectF afterChip(const ChartNode& node, const QRectF& table);

// What of a table is marked.
struct TableMarks {
    int selectedRow = -1;
    int focusedRow = -1;
    std::vector<bool> isLinked;  // by row: on the way of a selected column; empty: none
};
void paintTable(QPainter& painter, const ChartNode& node, const QRectF& table, const Theme& theme,
                const TableMarks& marks, double zoom);
// `ground` is what it stands on.
void paintJob(QPainter& painter, const ChartNode& node, const QRectF& rect, const Theme& theme,
              const QColor& ground);

// From the right of one to the left of the other, through what is on the way (an empty one: nothing is).
QPainterPath linkPath(const QRectF& from, const QRectF& via, const QRectF& to);

}  // namespace portolan::ui
