// SPDX-License-Identifier: Apache-2.0
// The signs of charts as shapes: product kinds, states, findings. Drawn in a square of the given side, in the painter's units.
#pragma once

#include "model/chart/chart.h"

#include <QColor>
#include <QPointF>
#include <QRectF>

class QPainter;

namespace portolan::ui {

struct Theme;
struct StatusColors;

// Hexagon, pennant, square in a square, bars. Authoritative is filled, derived outlined, conformed half filled.
void paintProductSign(QPainter& painter, const QRectF& box, ProductKind kind, Authority authority,
                      const QColor& ink, const QColor& ground);
// Octagon with a cross, triangle with a mark, disc with an i. `ground` is what the mark inside is drawn in.
void paintSeveritySign(QPainter& painter, const QRectF& box, Severity severity, const QColor& ink,
                       const QColor& ground);
// A dashed disc with a question mark: not observed, not known.
void paintUnknownSign(QPainter& painter, const QRectF& box, const QColor& ink);
void paintBothWaysSign(QPainter& painter, const QRectF& box, const QColor& ink);

const StatusColors& statusOf(const Theme& theme, Severity severity);

}  // namespace portolan::ui
