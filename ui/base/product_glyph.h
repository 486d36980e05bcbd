// SPDX-License-Identifier: Apache-2.0
// The sign of a data product: its silhouette says the kind, its filling the authority. The same on cards, in trees and in exports.
#pragma once

#include "model/estate/estate.h"

#include <QPainterPath>

class QPainter;

namespace portolan::ui {

// Operational API: hexagon; event: pennant; state: square in a square; analytical: three bars; unknown: a ring. In the unit square.
QPainterPath productSilhouette(ProductKind kind);

// Authoritative filled, derived an outline, conformed half filled; what is not said is drawn as authoritative is, in its outline's colour.
void paintProductGlyph(QPainter& painter, const QRectF& rect, ProductKind kind, Authority authority,
                       const QColor& color);

}  // namespace portolan::ui
