// SPDX-License-Identifier: Apache-2.0
// The design's tokens: every colour, size and type role of the window and its canvases, for light and for dark. Views read
// tokens, never literals. A widget finds its theme by `themeOf`, and hears of another one by a palette change.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

#include <array>

class QWidget;

namespace portolan::ui {

// A status as sign or text, and the ground behind it.
struct StatusColors {
    QColor ink;
    QColor fill;
};

struct Theme {
    bool isDark = false;

    QColor window;       // menu, toolbar, tab row, dock titles, status bar
    QColor panel;        // docks, view bars, table headers, group rows
    QColor canvas;       // painted canvases
    QColor base;         // cards, tables, fields
    QColor line;         // separators
    QColor lineStrong;   // card outlines, secondary edges
    QColor fieldBorder;  // fields, buttons, segments
    QColor text;
    QColor muted;   // secondary text; on a selection in dark it becomes `text`
    QColor edge;    // relationship lines, plates, chart ink
    QColor accent;  // focus, selection outline, links, the one primary button
    QColor onAccent;
    QColor selection;          // rows and cells
    QColor selectionInactive;  // the same while another window has the focus
    QColor hover;

    StatusColors success;
    StatusColors warning;
    StatusColors error;
    StatusColors info;
    StatusColors unknown;  // not run, not known

    // Whose it is: by a domain's place in the map, or its `hue`. Never the only sign.
    static constexpr int hueCount = 8;
    std::array<QColor, hueCount> hues;
    // What a lens shows (chart_lens.h). Of several that are equal: the hues, which are told apart by every eye.
    static constexpr int lensGradeCount = 4;
    std::array<QColor, lensGradeCount> lensGrades;  // more or less of one thing, the most first
    QColor lensOthers;
    double lensCardShare = 0;  // of the lens's ink, mixed into a card

    double regionFillShare = 0;     // of the hue, mixed into `canvas`
    double regionOutlineShare = 0;  // of the hue, mixed into `canvas`
    double chipFillShare = 0;       // of the hue, mixed into what is under the chip
    double popupShadowShare = 0;    // of black

    QColor hue(int number) const;  // any number from 0; the ninth is the first again
    QColor regionFill(int hueNumber) const;
    QColor regionOutline(int hueNumber) const;
    QColor chipFill(int hueNumber, const QColor& ground) const;
    QColor plainRegionFill() const;  // while hues mean something else
    QColor plainRegionOutline() const;
    QColor mutedOnSelection() const { return isDark ? text : muted; }

    static const Theme& light();
    static const Theme& dark();
};

// `share` of `ink` over `ground`: 0 is the ground, 1 the ink.
QColor mixed(const QColor& ink, const QColor& ground, double share);

// Black or white, whichever is easier to read on a ground of that colour: at least 4.5:1.
QColor readableOn(const QColor& ground);

// WCAG 2.1: from 1 (the same) to 21 (black on white).
double contrastRatio(const QColor& one, const QColor& other);

// The palette that Qt's own widgets paint with.
QPalette paletteOf(const Theme& theme);
// The theme in force where the widget stands.
const Theme& themeOf(const QWidget& widget);
const Theme& themeOf(const QPalette& palette);

// Sizes in logical pixels at 96 dpi and a system font of 10 pt. Multiply by `textScale()` what must grow with the text.
namespace metrics {
inline constexpr int menuHeight = 26;
inline constexpr int toolBarHeight = 42;
inline constexpr int tabRowHeight = 34;
inline constexpr int viewBarHeight = 40;
inline constexpr int dockTitleHeight = 30;
inline constexpr int statusBarHeight = 24;
inline constexpr int bandHeight = 32;
inline constexpr int controlHeight = 28;
inline constexpr int treeRowHeight = 24;
inline constexpr int tableRowHeight = 26;
inline constexpr int paletteRowHeight = 34;
inline constexpr int smallestTarget = 24;
inline constexpr int explorerWidth = 264;
inline constexpr int inspectorWidth = 290;
inline constexpr int problemsHeight = 164;
inline constexpr int problemsCollapsedHeight = 30;
inline constexpr int findFieldWidth = 320;
inline constexpr int paletteWidth = 720;
inline constexpr int paletteTop = 92;
inline constexpr int windowWidth = 1600;
inline constexpr int windowHeight = 1000;
inline constexpr int smallestWindowWidth = 1180;
inline constexpr int smallestWindowHeight = 720;
inline constexpr int iconSize = 16;

inline constexpr double chipRadius = 3;
inline constexpr double fieldRadius = 4;
inline constexpr double cardRadius = 6;
inline constexpr double popupRadius = 8;
inline constexpr double regionRadius = 10;

inline constexpr double separatorWidth = 1;
inline constexpr double edgeWidth = 1.8;
inline constexpr double declaredOnlyWidth = 1.6;
inline constexpr double undeclaredWidth = 2.5;
inline constexpr double selectionWidth = 2;
inline constexpr double selectionGap = 3;
inline constexpr double focusWidth = 2;
inline constexpr double focusGap = 2;
}  // namespace metrics

enum class FontRole {
    Body,             // 13, 400: tables, fields
    BodyStrong,       // 13, 600
    Secondary,        // 12, 400
    DockTitle,        // 12, 600
    HeaderCell,       // 11.5, 500: also legends
    Count,            // 11, 400: hints and chips
    Chip,             // 11, 600
    InspectorTitle,   // 15, 600
    Headline,         // 24, 600: the first-start page
    CardTitle,        // 13, 600
    CanvasSecondary,  // 11.5, 400
    PlateCell,        // 10, 600: the smallest text there is
    Code              // 12, 400, monospace
};
// Sizes follow the system font: 10 pt is 13 px.
QFont fontOf(FontRole role);                     // in the system's family
QFont fontOf(FontRole role, const QFont& base);  // in the family and scale of `base`
double textScale();                              // 1 at a system font of 13 px
double textScale(const QFont& base);
// The bundled face, of which every canvas and export is drawn, at 13 px; the system's where it is missing.
QFont canvasFont();

}  // namespace portolan::ui
