// SPDX-License-Identifier: Apache-2.0
// A page of HTML by itself: a picture, and the tables that say the same. It loads nothing and runs nothing; all text of the map is
// text.
#pragma once

#include "model/chart/chart.h"

#include <QString>

#include <string>

namespace portolan::ui {

struct Theme;

// `svg` is a document of SvgDevice. The page is well-formed XML too.
std::string htmlPage(const Chart& chart, const std::string& svg, const QString& title,
                     const Theme& theme);

}  // namespace portolan::ui
