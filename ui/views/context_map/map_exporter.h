// SPDX-License-Identifier: Apache-2.0
// The picture of a chart as a file: SVG and PDF with text as text, PNG, a page of HTML with its tables. The same painting as on the screen from near, with the
// legend below, in the light theme unless asked for the dark one. Works on any thread.
#pragma once

#include "model/base/progress.h"
#include "model/base/result.h"
#include "model/chart/chart.h"
#include "model/layout/layout.h"
#include "ui/views/context_map/paper.h"

#include <QSizeF>
#include <QString>

#include <string>

namespace portolan::ui {

enum class PictureFormat { Svg, Png, Pdf, Html };

struct ExportOptions {
    bool isDark = false;
    bool hasLegend = true;
    double scale = 2;  // of a PNG: 1 is 96 dots per inch
    Paper paper;       // of a PDF
    QString title;     // the map's name, plain text
};

// How many times as large as the map at 100 % a PNG may be.
constexpr double leastPictureScale = 0.5;
constexpr double mostPictureScale = 8;

// What stands on a sheet of several: "2 of 6, row 1, column 2". Counted from 0.
QString sheetName(const PagePlan& plan, int row, int column);

// How large it is at 100 %, in chart units.
QSizeF pictureSize(const Chart& chart, const LayoutResult& layout, bool hasLegend);

// What a picture of that size will be, in a few words: "1,600 x 900 pixels", "6 pages, 2 rows of 3". Or why it cannot be made: a
// PNG of more than 100 million pixels or too long a side, a PDF of more than 400 pages.
Result<QString> announced(const QSizeF& size, PictureFormat format, const ExportOptions& options);

// The whole chart, as bytes. Reports how far it is; asked to stop it answers `cancelled()`.
Result<std::string> picture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                            const ExportOptions& options, Progress& progress);
Result<std::string> picture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                            const ExportOptions& options = {});

// The same, written to a file that is replaced as a whole.
Result<> exportPicture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                       const std::string& path, const ExportOptions& options, Progress& progress);
Result<> exportPicture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                       const std::string& path, const ExportOptions& options = {});

// By the file's suffix; SVG when it says nothing.
PictureFormat pictureFormatOf(const QString& path);

}  // namespace portolan::ui
