// SPDX-License-Identifier: Apache-2.0
#include "app/portolan/export.h"

#include "app/portolan/arguments.h"

#include "model/analysis/identity/identity.h"
#include "model/analysis/lineage/lineage_subject.h"
#include "model/analysis/map_drift/map_drift.h"
#include "model/analysis/rules/context_map_rules.h"
#include "model/chart/chart_lens.h"
#include "model/chart/context_map_chart.h"
#include "model/chart/lineage_chart.h"
#include "model/chart/saved_filter.h"
#include "model/import/import.h"
#include "model/map/map_file.h"
#include "model/workspace/workspace.h"

#include "ui/base/text.h"
#include "ui/canvas/chart_painter.h"
#include "ui/canvas/layout_task.h"
#include "ui/views/context_map/map_exporter.h"

#include <QApplication>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>

#include <algorithm>
#include <cstdio>

using namespace portolan;
using namespace portolan::ui;

namespace {

int fail(const std::string& words)
{
    std::fprintf(stderr, "portolan: %s\n", words.c_str());
    return 2;
}

// The map's own sources that lie in its folder. Others are left out: a map from elsewhere opens nothing by itself.
std::vector<std::string> sourcePaths(const MapDocument& document)
{
    const QDir folder = QFileInfo(toQString(document.file())).absoluteDir();
    const QString root = folder.canonicalPath() + u'/';
    std::vector<std::string> paths;
    for (const std::string& source : document.map().sources) {
        const QString path = QDir::cleanPath(folder.absoluteFilePath(toQString(source)));
        if ((QFileInfo(path).canonicalFilePath() + u'/').startsWith(root))
            paths.push_back(toStdString(path));
        else
            std::fprintf(
                stderr,
                "portolan: the source %s is left out: it is not there, or outside the map's folder\n",
                source.c_str());
    }
    return paths;
}

Result<EstatePtr> readEstate(const Arguments& arguments, const MapDocument& document)
{
    if (!arguments.workspace.empty()) {
        const Result<Workspace> workspace =
            Workspace::open(arguments.workspace, Workspace::Access::ReadOnly);
        if (!workspace)
            return tl::unexpected(workspace.error());
        return workspace->estate();
    }
    Progress progress;
    return importPaths(sourcePaths(document), {}, progress).map([](ImportReport report) {
        return std::move(report.estate);
    });
}

// As the window does it, and waits for it.
LayoutResult laidOut(const Chart& chart)
{
    LayoutResult layout;
    LayoutTask task;
    QEventLoop waiting;
    QObject::connect(&task, &LayoutTask::finished, &waiting,
                     [&](const LayoutResult& result, const QString& note) {
                         layout = result;
                         if (!note.isEmpty())
                             std::fprintf(stderr, "portolan: %s\n", qPrintable(note));
                         waiting.quit();
                     });
    task.start(measured(chart));
    waiting.exec();
    return layout;
}

std::string lensSpellings()
{
    std::string words;
    for (const Lens lens : allLenses)
        words += (words.empty() ? "" : ", ") + std::string(toString(lens));
    return words;
}

std::string viewIds(const ContextMap& map)
{
    std::string words;
    for (const SavedView& view : map.views)
        words += (words.empty() ? "; it has " : ", ") + view.id.text;
    return words;
}

ContextMapChartOptions optionsOf(const SavedView* view)
{
    const auto shows = [view](const char* what) {
        return !view || view->show.empty() ||
               std::find(view->show.begin(), view->show.end(), what) != view->show.end();
    };
    return {shows("declared"), shows("observed")};
}

// A view with places of its own stands by itself: what it does not place is laid out.
void putAt(Chart& chart, const std::map<ContextId, Position>& placement)
{
    for (ChartNode& node : chart.nodes) {
        const auto found = placement.find(ContextId(node.entity.id));
        if (found != placement.end())
            node.place = Point{found->second.x, found->second.y};
        else if (!placement.empty())
            node.place.reset();
    }
}

Paper paperOf(const Arguments& arguments)
{
    Paper paper;
    paper.size = arguments.paper == "A4"       ? PaperSize::A4
                 : arguments.paper == "A3"     ? PaperSize::A3
                 : arguments.paper == "Letter" ? PaperSize::Letter
                                               : PaperSize::AsPicture;
    paper.isTiled = arguments.tile > 0;
    paper.scale = arguments.tile > 0 ? arguments.tile / 100 : 1;
    if (arguments.page == "sheet" || arguments.page == "tiles") {
        if (arguments.paper.empty())
            paper.size = PaperSize::A4;
        paper.isTiled = arguments.page == "tiles";
        paper.scale = paper.isTiled && arguments.scale > 0 ? arguments.scale : 1;
    }
    return paper;
}

ExportOptions pictureOptions(const Arguments& arguments, const ContextMap& map)
{
    ExportOptions options;
    options.title = toQString(map.name);
    options.isDark = arguments.isDark;
    options.hasLegend = !arguments.hasNoLegend;
    if (arguments.scale > 0)
        options.scale = arguments.scale;
    options.paper = paperOf(arguments);
    return options;
}

bool isPicture(const std::string& path)
{
    return path.ends_with(".svg") || path.ends_with(".png") || path.ends_with(".pdf") ||
           path.ends_with(".html");
}

struct Pictured {
    const Arguments& arguments;
    const ContextMap& map;
    const EstatePtr& estate;
    EstateOwnership ownership;
};

tl::unexpected<Problem> cannot(const std::string& words)
{
    return tl::unexpected(Problem{Severity::Error, "export.view", words, {}});
}

Result<Chart> contextMapPicture(const Pictured& pictured)
{
    const auto& [arguments, map, estate, ownership] = pictured;
    std::optional<Lens> lens = lensFrom(arguments.lens);
    if (!lens)
        return cannot("there is no lens " + arguments.lens + "; expected one of " +
                      lensSpellings());
    const SavedView* view = map.view(ViewId(arguments.savedView));
    if (!view && !arguments.savedView.empty())
        return cannot("the map has no view " + arguments.savedView + viewIds(map));
    const MapDrift drift = mapDrift(map, *estate, ownership);
    const std::vector<Finding> findings = checkContextMap(map);
    Chart chart = contextMapChart(map, *estate, drift, findings, optionsOf(view));
    if (view) {
        chart = filtered(std::move(chart), filterOf(*view)).chart;
        putAt(chart, view->placement);
        if (*lens == Lens::None)
            lens = lensFrom(view->lens).value_or(Lens::None);
    }
    if (*lens != Lens::None) {
        const LensSources sources{map, findings, *estate, ownership, drift};
        if (const std::string reason = whyEmpty(*lens, sources); !reason.empty())
            return cannot("the lens " + arguments.lens + " has nothing to show: " + reason);
        putOn(chart, lensReading(*lens, sources), map);
    }
    return chart;
}

Result<Chart> lineagePicture(const Pictured& pictured, const std::string& words)
{
    const auto& [arguments, map, estate, ownership] = pictured;
    const std::vector<EntityRef> subjects = subjectsNamed(words, map, *estate);
    if (subjects.size() != 1)
        return cannot(subjects.empty()
                          ? "nothing is called " + words
                          : words + " may be one of " + std::to_string(subjects.size()) +
                                " things; name it by kind and id, as in "
                                "lineage:dataset:postgres://db/shop.orders");
    LineageScope scope;
    scope.roots = subjects;
    scope.up = static_cast<std::uint32_t>(arguments.up);
    scope.down = static_cast<std::uint32_t>(arguments.down);
    scope.showsColumns = arguments.hasColumns;
    if (subjects.front().kind == EntityKind::Column)
        scope.columns = subjects;
    const LineageIndex index(estate);
    const LineageRollUp rollUp(index, map, ownership, LineageGrain::Datasets);
    const std::vector<PublishedDataset> published = publishedDatasets(map, *estate);
    LineagePicture picture = lineageChart({rollUp, map, ownership, published}, scope);
    if (picture.chart.nodes.empty())
        return cannot("no dataset of the lineage belongs to " + words);
    return std::move(picture.chart);
}

constexpr std::string_view lineageView = "lineage:";

}  // namespace

int runExport(int argc, char** argv, const Arguments& arguments)
{
    const bool isLineage = arguments.view.starts_with(lineageView);
    if (arguments.view != "context-map" && !isLineage)
        return fail("the view " + arguments.view +
                    " cannot be exported in this version; context-map and lineage:NODE can");
    if (!isPicture(arguments.out))
        return fail("cannot write " + arguments.out +
                    "; expected a name that ends in .svg, .png, .pdf or .html");
    if (arguments.page == "map" && !arguments.paper.empty())
        return fail("--page map is as large as the map and takes no --paper; expected --page "
                    "sheet or tiles");
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const Result<OpenedMap> opened = openMapFile(arguments.map);
    if (!opened)
        return fail(toText(opened.error()));
    Result<EstatePtr> estate = readEstate(arguments, opened->document);
    if (!estate)
        return fail(toText(estate.error()));
    *estate = identified(*estate, opened->document.map());
    const ContextMap& map = opened->document.map();
    const Pictured pictured{arguments, map, *estate, ownershipOf(map, **estate)};
    const Result<Chart> chart =
        isLineage ? lineagePicture(pictured, arguments.view.substr(lineageView.size()))
                  : contextMapPicture(pictured);
    if (!chart)
        return fail(chart.error().message);
    const Result<> done =
        exportPicture(*chart, laidOut(*chart), pictureFormatOf(toQString(arguments.out)),
                      arguments.out, pictureOptions(arguments, map));
    return done ? 0 : fail(toText(done.error()));
}
