// SPDX-License-Identifier: Apache-2.0
// A canvas for screen readers: a list of its cards and edges, each named by its description.
#pragma once

namespace portolan::ui {

class Canvas;

// Once per program; later calls do nothing.
void registerCanvasAccessibility();
// The chart is another one: its items are gone.
void forgetAccessibleItems(Canvas* canvas);
// The current card or edge has the focus.
void announceCurrent(Canvas* canvas);

}  // namespace portolan::ui
