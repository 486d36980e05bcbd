// SPDX-License-Identifier: Apache-2.0
// The command line of portolan.
#pragma once

#include <QStringList>

#include <string>

struct Arguments {
    enum class Wish { Window, Export, Say };
    Wish wish = Wish::Window;
    QStringList paths;  // to open in the window

    std::string savedView;  // id; empty: the whole map
    std::string view;       // of an export
    std::string map;
    std::string workspace;
    std::string out;
    std::string lens = "none";
    int up = 1;  // hops of lineage
    int down = 2;
    bool hasColumns = false;
    double scale = 0;   // of a PNG, or of tiles; 0: not said
    std::string page;   // of a PDF: map, sheet or tiles; empty: as `paper` and `tile` say
    std::string paper;  // of a PDF; empty: one page as large as the picture
    double tile = 0;    // per cent at which it goes over several sheets; 0: it does not
    bool isDark = false;
    bool hasNoLegend = false;

    std::string words;  // what to say instead, and how to end
    int exitCode = 0;
};

Arguments readArguments(int argc, const char* const* argv);
