// SPDX-License-Identifier: Apache-2.0
// How an answer of a lens looks: its ink and its sign, the same on a card and in the legend. Colour is never the only sign.
#pragma once

#include "model/chart/chart.h"

#include <QColor>
#include <QFont>
#include <QRectF>

class QPainter;

namespace portolan::ui {

struct Theme;

QColor lensInk(const Theme& theme, const LensEntry& entry);
// The ground of a card: a trace of the ink, none for what is not known.
QColor lensCardFill(const Theme& theme, const LensEntry& entry);
// What is not known is hollow.
inline bool isHollow(const LensEntry& entry)
{
    return entry.tone == LensTone::Unknown;
}

// A square with its letters, or the sign of a status. `font` is that of the letters, in the painter's units.
void paintLensSign(QPainter& painter, const LensEntry& entry, const QRectF& box, const QFont& font,
                   const Theme& theme);
// How wide the sign is, at a height.
double lensSignWidth(const LensEntry& entry, double height, const QFont& font);

}  // namespace portolan::ui
