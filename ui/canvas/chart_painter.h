// SPDX-License-Identifier: Apache-2.0
// Paints a chart at its placement with any QPainter: the screen, a picture, a page, our SVG device. All in chart units; the painter's
// transform is the zoom. What is outside the visible rectangle costs nothing but a comparison.
#pragma once

#include "model/chart/chart.h"
#include "model/chart/chart_index.h"
#include "model/layout/layout.h"
#include "ui/canvas/row_index.h"

#include <QFont>
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <set>
#include <vector>

class QImage;
class QPainter;
class QPainterPath;

namespace portolan {
class Progress;
}

namespace portolan::ui {

struct BundlesInSight;
struct StatusColors;
struct TableMarks;
struct Theme;

enum class ZoomLevel { Far, Middle, Near };

// Far below 45 %, near above 130 %; 5 % of hysteresis, so that a level does not flicker.
ZoomLevel zoomLevel(double zoom, ZoomLevel now = ZoomLevel::Middle);

// What is marked on the chart by who looks at it. Numbers in the chart; -1: none.
struct ChartMarks {
    std::set<int> selectedNodes;
    std::set<int> selectedEdges;
    std::set<int> selectedRegions;
    int hoveredNode = -1;
    int hoveredEdge = -1;
    int focusedNode = -1;  // gets the ring, while keys are used
    int focusedEdge = -1;
    int dropTarget = -1;
    int dropRegion = -1;     // that the dragged cards would move into
    std::set<int> hitNodes;  // a search has found them; the current one is selected
    QStringList hitWords;    // in small letters: marked where they stand in a title
    bool isDimmed = false;   // on: what is not in the next two steps back
    std::set<int> fullNodes;
    std::set<int> fullEdges;
    std::set<int> draggedNodes;
    int renamedNode = -1;  // its title is in a field
    ChartRowPlace selectedRow;
    ChartRowPlace focusedRow;
    std::set<ChartRowPlace> wayRows;  // what the selected row comes from and goes to
    std::set<std::size_t> wayLinks;   // numbers in Chart::links
};

QSizeF cardSize();
// The request for a layout of this chart: cards, plates and pills as this painter draws them.
LayoutRequest measured(const Chart& chart);
// The same without edges and words: enough for groupRects.
LayoutRequest cardsOf(const Chart& chart);
// What stands where, for the painter and for whoever points at it.
ChartIndex indexOf(const Chart& chart, const LayoutResult& layout);
// What the whole picture covers, with a margin for its furniture.
QRectF boundsOf(const Chart& chart, const LayoutResult& layout);
QRectF titleRect(const QRectF& card, double zoom);
// The chip with a region's code, and the room for its name beside it.
QRectF regionChipRect(const ChartRegion& region, const QRectF& rect, double zoom, ZoomLevel level);
QRectF regionTitleRect(const ChartRegion& region, const QRectF& rect, double zoom, ZoomLevel level);
QFont chartFont(double px, int weight);
const StatusColors* colorsOf(const Theme& theme, ChartChange change);  // null: there is none
// A corner's radius: 8, or what the shorter run leaves. Of an inner point.
double cornerRadiusAt(const std::vector<Point>& points, std::size_t i);
// The line of an edge with its rounded corners, without gaps.
QPainterPath linePath(const std::vector<Point>& points);

inline QPointF toQPoint(Point p)
{
    return {p.x, p.y};
}
inline QRectF toQRect(const Rect& r)
{
    return {r.x, r.y, r.width, r.height};
}

class ChartPainter {
public:
    // The index belongs to this chart at this layout (indexOf).
    ChartPainter(const Chart& chart, const LayoutResult& layout, const ChartIndex& index,
                 const Theme& theme);

    void setMarks(const ChartMarks* marks) { m_marks = marks; }
    void setZoom(double zoom, ZoomLevel level);
    void setHasShadows(bool hasShadows) { m_hasShadows = hasShadows; }
    // For a screen: straight runs on whole pixels, which is crisp and many times faster; and of very many edges in sight only those
    // that say something there. Off: everything as exact shapes, for pictures and pages.
    // `picture` is room for the view from afar, as large as the device; kept by the caller from frame to frame.
    void setIsOnScreen(QImage* picture) { m_picture = picture; }
    // For a picture that takes long: paint() reports there, and ends early when asked to.
    void setProgress(Progress* progress) { m_progress = progress; }

    void paintGround(QPainter& painter, const QRectF& visible, bool hasDots) const;
    void paint(QPainter& painter, const QRectF& visible) const;
    // What the last paint() left out of what is in sight: from afar the weakest bundles, else edges that only pass through.
    int hiddenBundles() const { return m_hiddenBundles; }
    int hiddenEdges() const { return m_hiddenEdges; }

private:
    void paintFar(QPainter& painter, const QRectF& near) const;
    void paintFarChanges(QPainter& painter, const Rect& area) const;
    void paintBundles(QPainter& painter, const BundlesInSight& bundles, const QRectF& near) const;
    QRectF cardRect(std::size_t node) const;
    bool goesOn() const;             // to be asked before each thing
    double textPx(double px) const;  // never smaller than 10 on the screen
    double opacityOfNode(std::size_t node) const;
    double opacityOfEdge(std::size_t edge) const;
    void paintRegion(QPainter& painter, std::size_t region) const;
    void paintDropRegion(QPainter& painter) const;
    void paintRegionHeader(QPainter& painter, std::size_t region) const;
    std::vector<std::uint32_t> edgesToPaint(const Rect& area) const;
    void paintEdgeBand(QPainter& painter, std::size_t edge) const;
    void paintEdgeLines(QPainter& painter, const std::vector<std::uint32_t>& edges,
                        const QRectF& visible) const;
    void paintEdgeLine(QPainter& painter, std::size_t edge) const;
    void paintEdgeEnds(QPainter& painter, std::size_t edge) const;
    void paintPlate(QPainter& painter, std::size_t edge, bool isFrom) const;
    double plateLetters(const ChartEnd& end) const;
    void paintDeprecated(QPainter& painter, const QRectF& box) const;
    void paintBarePlate(QPainter& painter, std::size_t edge, bool isFrom, const QColor& ink) const;
    void paintPill(QPainter& painter, std::size_t edge) const;
    void paintNumber(QPainter& painter, const QRectF& pill, const QString& digits,
                     const QColor& ink) const;
    void paintNode(QPainter& painter, std::size_t node) const;
    TableMarks tableMarks(std::size_t node) const;
    void paintLinks(QPainter& painter, const QRectF& visible) const;
    void paintLink(QPainter& painter, std::size_t link, const QRectF& visible, bool isWay,
                   bool stepsBack) const;
    void paintCard(QPainter& painter, std::size_t node) const;
    void paintFarCard(QPainter& painter, std::size_t node) const;
    void paintCardGround(QPainter& painter, std::size_t node) const;
    const LensEntry* lensOf(std::size_t node) const;  // null: no lens, or it does not ask this card
    bool hasLens() const { return !m_chart.lens.entries.empty(); }
    QColor cardInk(std::size_t node) const;   // of its stripe
    QColor glyphInk(std::size_t node) const;  // of its products
    QColor regionFill(const ChartRegion& region) const;
    double paintLens(QPainter& painter, std::size_t node, double left, double middle, double right,
                     double px, bool hasWords) const;
    void paintFarLens(QPainter& painter, std::size_t node) const;
    void paintChange(QPainter& painter, std::size_t node) const;
    void paintMud(QPainter& painter, std::size_t node) const;
    void paintCardText(QPainter& painter, std::size_t node) const;
    struct ProductRow;
    ProductRow productRow(const ChartNode& node, double room) const;
    void paintProducts(QPainter& painter, std::size_t node, double left, double right,
                       double middle) const;
    void paintNear(QPainter& painter, std::size_t node) const;
    double paintVersion(QPainter& painter, const VersionChip& chip, double left,
                        double middle) const;
    QRectF paintBadge(QPainter& painter, const ChartBadge& badge, const QPointF& topRight,
                      bool isPill) const;
    void paintMarks(QPainter& painter, std::size_t node) const;
    void paintFoundLetters(QPainter& painter, std::size_t node, const QPointF& at, double width,
                           const QString& title, const QFont& font) const;
    void paintFarHits(QPainter& painter, const Rect& area) const;
    QColor edgeInk(std::size_t edge) const;

    const Chart& m_chart;
    const LayoutResult& m_layout;
    const ChartIndex& m_index;
    const Theme& m_theme;
    const ChartMarks* m_marks = nullptr;
    double m_zoom = 1;
    ZoomLevel m_level = ZoomLevel::Middle;
    bool m_hasShadows = true;
    QImage* m_picture = nullptr;
    Progress* m_progress = nullptr;
    mutable std::int64_t m_done = 0;
    mutable std::int64_t m_total = 0;
    mutable int m_hiddenBundles = 0;
    mutable int m_hiddenEdges = 0;
    mutable std::vector<std::uint32_t> m_found;
};

}  // namespace portolan::ui
