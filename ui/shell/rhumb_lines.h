// SPDX-License-Identifier: Apache-2.0
// The ground of a sea chart, for the first page and the About box: compass rose, and faint lines that meet in a few points.
#pragma once

class QPainter;
class QRectF;

namespace portolan::ui {

struct Theme;

void paintRhumbLines(QPainter& painter, const QRectF& rect, const Theme& theme);
void paintRose(QPainter& painter, const QRectF& square, const Theme& theme);

}  // namespace portolan::ui
