// SPDX-License-Identifier: Apache-2.0
// The picture of a chart as a file: SVG and PDF with text as text, PNG. The same painting as on the screen, in the light theme
// unless asked for the dark one.
#pragma once

#include "model/base/result.h"
#include "model/chart/chart.h"
#include "model/layout/layout.h"

#include <QString>

#include <string>

namespace portolan::ui {

enum class PictureFormat { Svg, Png, Pdf };

struct ExportOptions {
    bool isDark = false;
    double scale = 2;  // of a PNG: 1 is 96 dots per inch
    QString title;     // the map's name, plain text
};

// The whole chart at 100 %, as bytes. Refused in words when a PNG would have more than 200 million pixels.
Result<std::string> picture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                            const ExportOptions& options = {});

// The same, written to a file that is replaced as a whole.
Result<> exportPicture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                       const std::string& path, const ExportOptions& options = {});

// By the file's suffix; SVG when it says nothing.
PictureFormat pictureFormatOf(const QString& path);

}  // namespace portolan::ui
