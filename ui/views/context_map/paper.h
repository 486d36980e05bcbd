// SPDX-License-Identifier: Apache-2.0
// How a picture goes on paper: fitted to one sheet, or at a scale of its own over several that overlap. Lengths are chart units, of
// which there are 96 in an inch.
#pragma once

#include <QPageLayout>
#include <QRectF>
#include <QSizeF>

namespace portolan::ui {

enum class PaperSize { AsPicture, A4, A3, Letter };  // AsPicture: one page as large as the picture

struct Paper {
    PaperSize size = PaperSize::AsPicture;
    bool isTiled = false;
    double scale = 1;  // of the picture, when it is tiled
};

// The sheets of a picture, row by row.
struct PagePlan {
    QPageLayout layout;
    int rows = 1;
    int columns = 1;
    double scale = 1;
    QSizeF picture;     // in its own units
    QRectF content;     // of each sheet, for the picture; below it is the line of words
    QRectF words;       // that line; empty on a page as large as the picture
    double shared = 0;  // how much of a sheet its neighbour shows again

    int count() const { return rows * columns; }
    // Of the sheet in a row and column, from 0: the part of the picture that it shows, in the picture's units.
    QRectF part(int row, int column) const;
    // Where the picture stands on it. The last of a row or column is seldom full.
    QRectF box(int row, int column) const;
};

PagePlan planOf(const QSizeF& picture, const Paper& paper);

}  // namespace portolan::ui
