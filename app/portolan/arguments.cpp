// SPDX-License-Identifier: Apache-2.0
#include "app/portolan/arguments.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <functional>
#include <sstream>
#include <vector>

namespace {

Arguments toSay(std::string words, int exitCode)
{
    Arguments arguments;
    arguments.wish = Arguments::Wish::Say;
    arguments.words = std::move(words);
    arguments.exitCode = exitCode;
    return arguments;
}

constexpr const char* exportViews =
    "context-map, routes, lineage:NODE, adoption, reconciliation, contract:ID, governance, review";

// Unlike CLI::Range it takes no "nan", and says what was expected in plain words.
std::function<std::string(const std::string&)> numberFrom(double least, double most)
{
    return [least, most](const std::string& text) {
        double value = 0;
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, value);
        if (read.ec == std::errc() && read.ptr == end && value >= least && value <= most)
            return std::string();
        std::ostringstream words;
        words << text << " is no number from " << least << " to " << most;
        return words.str();
    };
}

}  // namespace

Arguments readArguments(int argc, const char* const* argv)
{
    Arguments arguments;
    std::vector<std::string> paths;
    CLI::App app("Charts bounded contexts, data products and the routes between them.", "portolan");
    app.set_version_flag("--version", "portolan " PORTOLAN_VERSION);
    app.add_option("paths", paths, "Context map, workspace, folder or files to open")
        ->type_name("FILE|FOLDER");
    const std::string viewHelp = "A saved view of the map, by its id";
    app.add_option("--view", arguments.savedView, viewHelp)->type_name("ID");
    CLI::App* exporting =
        app.add_subcommand("export", "Write a view as a picture; needs no display");
    exporting->add_option("VIEW", arguments.view, std::string("One of ") + exportViews)->required();
    exporting->add_option("--map", arguments.map, "The context map")->required();
    exporting->add_option("--workspace", arguments.workspace,
                          "The workspace with what was imported");
    exporting->add_option("--out", arguments.out, "FILE.svg, .png, .pdf or .html")->required();

    exporting->add_option("--view", arguments.savedView, viewHelp)->type_name("ID");
    exporting->add_option("--lens", arguments.lens,
                          "Colour the cards by owner, subdomain, findings, drift, adoption or "
                          "freshness");
    exporting->add_option("--up", arguments.up, "Hops of lineage upstream (1)")
        ->check(CLI::Range(0, 1000));
    exporting->add_option("--down", arguments.down, "Hops of lineage downstream (2)")
        ->check(CLI::Range(0, 1000));
    exporting->add_flag("--columns", arguments.hasColumns, "Lineage with its columns");
    exporting
        ->add_option("--scale", arguments.scale,
                     "How large a .png is, from 0.5 to 8 (2 if not said); with --page tiles how "
                     "large the map is on paper (1 if not said)")
        ->check(numberFrom(0.5, 8));
    CLI::Option* page =
        exporting
            ->add_option("--page", arguments.page,
                         "A .pdf as one page as large as the map, fitted to one sheet, or over "
                         "several sheets: map, sheet or tiles")
            ->transform(CLI::IsMember({"map", "sheet", "tiles"}, CLI::ignore_case));
    CLI::Option* paper =
        exporting
            ->add_option("--paper", arguments.paper,
                         "Sheet of a .pdf: A4, A3 or Letter; else one as large as the map")
            ->transform(CLI::IsMember({"A4", "A3", "Letter"}, CLI::ignore_case));
    exporting
        ->add_option("--tile", arguments.tile,
                     "Per cent at which a .pdf goes over several sheets that overlap")
        ->check(numberFrom(5, 400))
        ->needs(paper)
        ->excludes(page);
    exporting->add_flag("--dark", arguments.isDark, "In dark colours");
    exporting->add_flag("--no-legend", arguments.hasNoLegend, "Without the legend below");

    // A Qt option such as -platform is left to Qt.
    app.allow_extras(false);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        return toSay(app.help(), 0);
    } catch (const CLI::CallForVersion&) {
        return toSay("portolan " PORTOLAN_VERSION "\n", 0);
    } catch (const CLI::ParseError& error) {
        return toSay(std::string("portolan: ") + error.what() + "\nTry portolan --help.\n", 2);
    }
    if (exporting->parsed())
        arguments.wish = Arguments::Wish::Export;
    for (const std::string& path : paths)
        arguments.paths << QString::fromStdString(path);
    return arguments;
}
