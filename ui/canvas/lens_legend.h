// SPDX-License-Identifier: Apache-2.0
// The legend of a chart's lens as a part of a picture on paper: the question, each answer that a card has, and how many have it; in as
// many rows as it takes. In chart units, like the chart.
#pragma once

#include "model/chart/chart.h"

#include <QRectF>

class QPainter;

namespace portolan::ui {

struct Theme;

double lensLegendHeight(const Chart& chart, double width);  // 0: no lens is on
void paintLensLegend(QPainter& painter, const Chart& chart, const QRectF& area, const Theme& theme);

}  // namespace portolan::ui
