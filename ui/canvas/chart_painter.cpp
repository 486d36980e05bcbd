// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/chart_painter.h"

#include "model/base/progress.h"
#include "model/chart/comparison_chart.h"

#include "ui/base/bundled_fonts.h"
#include "ui/base/icons.h"
#include "ui/base/product_glyph.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include "ui/canvas/edge_lines.h"
#include "ui/canvas/far_painter.h"
#include "ui/canvas/lens_sign.h"
#include "ui/canvas/table_painter.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <string>
#include <unordered_map>

namespace portolan::ui {
namespace {

constexpr double cardWidth = 196;
constexpr double cardHeight = 74;
constexpr double cardInset = 16;      // of the text from the left border
constexpr double secondToThird = 21;  // between the middles of a card's lines
constexpr double plateHeight = 17;
constexpr double pillHeight = 20;
constexpr double cornerRadius = 8;
constexpr double arrowLength = 10;
constexpr double arrowHalf = 4.6;
constexpr double gapHalf = 4.2;  // half of what a crossing edge cuts out
constexpr double smallestPx = 10;
constexpr int mostCharacters = 200;       // of any text on the canvas; the inspector has all of it
constexpr double narrowestTitledPx = 64;  // of a region from afar, on the screen
constexpr double lowestTitledPx = 30;
constexpr double unchangedOpacity = 0.45;  // of what is the same in two maps
constexpr double flowGap = 46;             // between datasets and jobs: their edges have no plates
constexpr double stripeWidth = 5;          // at the left of a card
constexpr double lensStripeWidth = 9;      // the same under a lens
constexpr double lensSignPx = 15;          // the height of a lens's sign on a card
constexpr double farLensSignPx = 13;       // and from afar, on the screen
constexpr double separateWaysWidth = 1.5;
constexpr std::size_t mostFarHits =
    2000;                             // each is a shape; the count of all is told beside the field
constexpr double lettersFrom = 0.64;  // zoom: below, letters that fit on a plate are too small
constexpr std::size_t mostRoundFarCards = 400;  // on a screen; more are plain stripes
constexpr std::size_t mostSmoothBundles = 40;
constexpr std::size_t mostCorners = 250;  // edges on a screen whose corners are round
constexpr std::size_t mostEdges = 700;    // drawn at once on a screen
constexpr int shadowLimit = 400;          // cards

constexpr int normal = QFont::Normal;
constexpr int medium = QFont::Medium;
constexpr int semibold = QFont::DemiBold;
constexpr int bold = QFont::Bold;

enum class Align { Left, Center, Right };

double textWidth(const QString& text, const QFont& font)
{
    return QFontMetricsF(font).horizontalAdvance(text);
}

// One line of plain text, elided to `width`, upright around `middle`. Answers the width that it takes.
double paintText(QPainter& painter, const QPointF& at, double width, const QString& text,
                 const QFont& font, const QColor& ink, Align align = Align::Left)
{
    const QFontMetricsF metrics(font);
    QString line = text;
    double taken = metrics.horizontalAdvance(line);
    if (taken > width + 0.01) {
        line = metrics.elidedText(text, Qt::ElideRight, width);
        taken = metrics.horizontalAdvance(line);
        if (taken > width + 0.01)
            return 0;
    }
    const double shift = align == Align::Left ? 0 : align == Align::Center ? taken / 2 : taken;
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(QPointF(at.x() - shift, at.y() + metrics.capHeight() / 2), line);
    return taken;
}

const StatusColors& statusOf(const Theme& theme, Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return theme.error;
    case Severity::Warning:
        return theme.warning;
    case Severity::Note:
        break;
    }
    return theme.info;
}

// Two arrows, for what goes both ways.
void paintBothWays(QPainter& painter, const QRectF& box, const QColor& ink)
{
    const double w = box.width();
    const double y = box.center().y();
    painter.setPen(QPen(ink, w * 0.12, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
    for (const double side : {-1.0, 1.0}) {
        const double tip = side < 0 ? box.left() : box.right();
        painter.drawLine(QPointF(tip, y), QPointF(tip - side * w * 0.24, y - w * 0.22));
        painter.drawLine(QPointF(tip, y), QPointF(tip - side * w * 0.24, y + w * 0.22));
    }
}

double cellWidth(const PlateCell& cell)
{
    const bool isEnd = cell.kind == PlateCell::Kind::End;
    const QFont font = chartFont(10, isEnd ? bold : semibold);
    return std::round(
        std::max(textWidth(shown(cell.text, 24), font) + (isEnd ? 9 : 10), isEnd ? 16.0 : 20.0));
}

// Widths of plates: the same few cells stand on thousands of them.
class PlateWidths {
public:
    double of(const ChartEnd& end)
    {
        double width = 0;
        for (const PlateCell& cell : end.cells) {
            auto& known = m_known[cell.kind == PlateCell::Kind::End ? 1 : 0];
            const auto [at, isNew] = known.try_emplace(cell.text, 0);
            if (isNew)
                at->second = cellWidth(cell);
            width += at->second;
        }
        return width;
    }

private:
    std::unordered_map<std::string, double> m_known[2];  // by text; an end's differ from others
};

bool pillHasSign(ChartPill::Kind kind)
{
    return kind == ChartPill::Kind::NotObserved || kind == ChartPill::Kind::Undeclared ||
           kind == ChartPill::Kind::Partnership || kind == ChartPill::Kind::Bundle;
}

QString pillText(const ChartEdge& edge)
{
    if (edge.pill.kind == ChartPill::Kind::None)
        return edge.badge && edge.badge->severity != Severity::Note
                   ? QString::number(edge.badge->count)
                   : QString();
    const QString text = shown(edge.pill.text, 60);
    return edge.pill.kind == ChartPill::Kind::SeparateWays ? QStringLiteral("// ") + text : text;
}

bool hasSign(const ChartEdge& edge)
{
    return edge.pill.kind == ChartPill::Kind::None || pillHasSign(edge.pill.kind);
}

double pillWidth(const ChartEdge& edge)
{
    const QString text = pillText(edge);
    if (text.isEmpty())
        return 0;
    const bool hasBoth = hasSign(edge) && edge.pill.kind != ChartPill::Kind::Bundle;
    return std::ceil(textWidth(text, chartFont(11.5, semibold))) + 16 + (hasBoth ? 17 : 0);
}

// An arrow head that ends at `tip`, coming along `direction`.
QPolygonF arrowHead(const QPointF& tip, const QPointF& direction)
{
    const QPointF across(-direction.y(), direction.x());
    const QPointF back = tip - direction * arrowLength;
    return QPolygonF() << tip << back + across * arrowHalf << back - across * arrowHalf;
}

// Of a link, which always comes from the left.
void paintArrow(QPainter& painter, const QPointF& tip, const QColor& ink)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPolygon(arrowHead(tip, {1, 0}));
    painter.setBrush(Qt::NoBrush);
}

QPointF directionOf(const QPointF& from, const QPointF& to)
{
    const double length = std::hypot(to.x() - from.x(), to.y() - from.y());
    return length < 0.01 ? QPointF(1, 0) : (to - from) / length;
}

// The line of an edge, rounded and with gaps where later edges cross.
QPainterPath pathWithGaps(const std::vector<Point>& points, const std::vector<Point>& gaps)
{
    QPainterPath path;
    if (points.size() < 2)
        return path;
    path.moveTo(toQPoint(points.front()));
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const QPointF a = toQPoint(points[i]);
        const QPointF b = toQPoint(points[i + 1]);
        const QPointF along = directionOf(a, b);
        const double start = i == 0 ? 0 : cornerRadiusAt(points, i);
        const double length = std::hypot(b.x() - a.x(), b.y() - a.y());
        const double end = length - (i + 2 == points.size() ? 0 : cornerRadiusAt(points, i + 1));
        std::vector<double> cuts;
        for (const Point& gap : gaps) {
            const QPointF g = toQPoint(gap) - a;
            const double at = QPointF::dotProduct(g, along);
            const double off = std::abs(g.x() * along.y() - g.y() * along.x());
            if (off < 0.1 && at > start + gapHalf && at < end - gapHalf)
                cuts.push_back(at);
        }
        std::sort(cuts.begin(), cuts.end());
        for (const double cut : cuts) {
            path.lineTo(a + along * (cut - gapHalf));
            path.moveTo(a + along * (cut + gapHalf));
        }
        path.lineTo(a + along * end);
        if (i + 2 < points.size()) {
            const QPointF next = directionOf(b, toQPoint(points[i + 2]));
            path.quadTo(b, b + next * cornerRadiusAt(points, i + 1));
        }
    }
    return path;
}

// Steady, so that a card's outline does not move from frame to frame.
QPainterPath wavyOutline(const QRectF& card)
{
    const auto wave = [](double at, double phase) {
        return 1.3 * std::sin(at * 0.17 + phase) + 1.1 * std::sin(at * 0.061 + phase * 2.3);
    };
    QPolygonF points;
    for (double x = card.left(); x < card.right(); x += 3)
        points << QPointF(x, card.top() + wave(x - card.left(), 0.4));
    for (double y = card.top(); y < card.bottom(); y += 3)
        points << QPointF(card.right() + wave(y - card.top(), 2.1), y);
    for (double x = card.right(); x > card.left(); x -= 3)
        points << QPointF(x, card.bottom() + wave(x - card.left(), 3.9));
    for (double y = card.bottom(); y > card.top(); y -= 3)
        points << QPointF(card.left() + wave(y - card.top(), 5.2), y);
    QPainterPath path;
    path.addPolygon(points);
    path.closeSubpath();
    return path;
}

// Lines at 45 degrees within a shape. Cut to it here rather than by a clip, which not every reader of an SVG knows.
void paintHatch(QPainter& painter, const QPainterPath& shape, const QColor& ink, double gap)
{
    const QPolygonF outline = shape.toFillPolygon();
    const QRectF box = outline.boundingRect();
    QList<QLineF> lines;
    // On each line x + y is the same; it enters and leaves the shape where the outline passes that sum.
    for (double sum = box.left() + box.top() + gap / 2; sum < box.right() + box.bottom();
         sum += gap) {
        std::vector<double> cuts;
        for (qsizetype i = 0; i + 1 < outline.size(); ++i) {
            const QPointF a = outline[i];
            const QPointF b = outline[i + 1];
            const double from = a.x() + a.y() - sum;
            const double to = b.x() + b.y() - sum;
            if ((from < 0) != (to < 0))
                cuts.push_back(a.x() + (b.x() - a.x()) * from / (from - to));
        }
        std::sort(cuts.begin(), cuts.end());
        for (std::size_t i = 0; i + 1 < cuts.size(); i += 2)
            lines.append(QLineF(cuts[i], sum - cuts[i], cuts[i + 1], sum - cuts[i + 1]));
    }
    painter.setPen(QPen(ink, 1));
    painter.drawLines(lines);
}

QPainterPath rounded(const QRectF& rect, double radius)
{
    QPainterPath path;
    path.addRoundedRect(rect, radius, radius);
    return path;
}

const QColor& inkOfHue(const Theme& theme, int hue)
{
    return hue < 0 ? theme.muted : theme.hues[static_cast<std::size_t>(hue % Theme::hueCount)];
}

}  // namespace

ZoomLevel zoomLevel(double zoom, ZoomLevel now)
{
    const double farEnd = now == ZoomLevel::Far ? 0.4725 : 0.45;
    const double nearStart = now == ZoomLevel::Near ? 1.235 : 1.30;
    return zoom < farEnd ? ZoomLevel::Far : zoom > nearStart ? ZoomLevel::Near : ZoomLevel::Middle;
}

const StatusColors* colorsOf(const Theme& theme, ChartChange change)
{
    switch (change) {
    case ChartChange::Added:
        return &theme.success;
    case ChartChange::Removed:
        return &theme.error;
    case ChartChange::Changed:
        return &theme.warning;
    case ChartChange::Renamed:
        return &theme.info;
    case ChartChange::Moved:
        return &theme.unknown;
    case ChartChange::None:
    case ChartChange::Same:
        break;
    }
    return nullptr;
}

QFont chartFont(double px, int weight)
{
    QFont font(bundledFamily().isEmpty() ? QGuiApplication::font().family() : bundledFamily());
    font.setPointSizeF(px * 0.75);  // at the 96 dots per inch of chart units
    font.setWeight(static_cast<QFont::Weight>(weight));
    // Unhinted glyphs keep their widths at every zoom.
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QSizeF cardSize()
{
    return {cardWidth, cardHeight};
}

namespace {

LayoutNode sized(const ChartNode& node)
{
    const QSizeF size = sizeOf(node);
    return {size.width(), size.height(), node.region, node.place};
}

}  // namespace

LayoutRequest measured(const Chart& chart)
{
    LayoutRequest request;
    request.metrics.plateHeight = plateHeight;
    request.metrics.labelHeight = pillHeight;
    for (const ChartRegion& region : chart.regions) {
        const double title =
            textWidth(shown(region.title, mostCharacters), chartFont(12.5, semibold));
        const double note = textWidth(shown(region.note, 40), chartFont(12, normal));
        request.groups.push_back({region.parent, 9 + 20 + 8 + title + 8, note > 0 ? note + 19 : 0});
    }
    for (const ChartNode& node : chart.nodes)
        request.nodes.push_back(sized(node));
    const bool isLineage =
        std::any_of(chart.nodes.begin(), chart.nodes.end(),
                    [](const ChartNode& node) { return node.shape != ChartShape::Card; });
    if (isLineage) {
        request.metrics.columnGap = flowGap;
        request.metrics.gathersGroups = false;
    }
    PlateWidths plates;
    for (const ChartEdge& edge : chart.edges) {
        LayoutEdge wanted;
        wanted.from = edge.from;
        wanted.to = edge.to;
        wanted.isDirected =
            !(edge.line == ChartLine::Partnership || edge.line == ChartLine::SharedKernel ||
              edge.line == ChartLine::SeparateWays);
        const bool isInside = chart.nodes[static_cast<std::size_t>(edge.from)].region ==
                              chart.nodes[static_cast<std::size_t>(edge.to)].region;
        wanted.weight = edge.line == ChartLine::Undeclared ? 1 : isInside ? 4 : 2;
        wanted.fromEnd = {plates.of(edge.fromEnd), edge.fromEnd.share, edge.fromEnd.hasArrow};
        wanted.toEnd = {plates.of(edge.toEnd), edge.toEnd.share, edge.toEnd.hasArrow};
        wanted.labelWidth = pillWidth(edge);
        wanted.smallLabelWidth = wanted.labelWidth > 0 && hasSign(edge) ? pillHeight : 0;
        request.edges.push_back(wanted);
    }
    return request;
}

LayoutRequest cardsOf(const Chart& chart)
{
    LayoutRequest request;
    for (const ChartRegion& region : chart.regions)
        request.groups.push_back({region.parent, 0, 0});
    request.nodes.reserve(chart.nodes.size());
    for (const ChartNode& node : chart.nodes)
        request.nodes.push_back(sized(node));
    return request;
}

ChartIndex indexOf(const Chart& chart, const LayoutResult& layout)
{
    return {chart, layout, [](const ChartNode& node) {
                const QSizeF size = sizeOf(node);
                return Rect{0, 0, size.width(), size.height()};
            }};
}

QRectF boundsOf(const Chart& chart, const LayoutResult& layout)
{
    QRectF bounds;
    for (std::size_t node = 0; node < chart.nodes.size() && node < layout.positions.size(); ++node)
        bounds |= QRectF(toQPoint(layout.positions[node]), sizeOf(chart.nodes[node]));
    for (const Rect& region : layout.groupRects) {
        if (!region.isEmpty())
            bounds |= toQRect(region);
    }
    for (const LayoutPlate& plate : layout.plates)
        bounds |= toQRect(plate.rect);
    for (const RoutedEdge& edge : layout.edges) {
        for (const Point point : edge.points)
            bounds |= QRectF(point.x - 2, point.y - 2, 4, 4);
        if (edge.labelForm != LabelForm::Hidden)
            bounds |= toQRect(edge.label);
    }
    return bounds.isEmpty() ? bounds : bounds.adjusted(-10, -10, 10, 10);
}

QRectF titleRect(const QRectF& card, double zoom)
{
    const double px = std::max(13.0, smallestPx / zoom);
    const double height = std::min(px * 1.5, card.height());
    const double middle = zoom > 0.76 ? card.top() + 17 : card.top() + 4 + height / 2;
    return {card.left() + cardInset, middle - height / 2, card.width() - cardInset - 10, height};
}

namespace {

double regionTitlePx(double zoom, ZoomLevel level)
{
    return level == ZoomLevel::Far ? 14 / zoom : std::max(12.5, smallestPx / zoom);
}

QFont regionCodeFont(double zoom, ZoomLevel level)
{
    return chartFont(level == ZoomLevel::Far ? regionTitlePx(zoom, level) * 0.85
                                             : std::max(10.5, smallestPx / zoom),
                     medium);
}

}  // namespace

QRectF regionChipRect(const ChartRegion& region, const QRectF& rect, double zoom, ZoomLevel level)
{
    const double px = regionTitlePx(zoom, level);
    const double height = std::min(px * 1.3, 26 / std::max(zoom, 0.1));
    const double code = textWidth(shown(region.code, 4), regionCodeFont(zoom, level));
    const double middle = rect.top() + (level == ZoomLevel::Far ? 8 + height / 2 : 14);
    return {rect.left() + 9, middle - height / 2, std::max(px * 1.6, code + px * 0.6), height};
}

QRectF regionTitleRect(const ChartRegion& region, const QRectF& rect, double zoom, ZoomLevel level)
{
    const double px = regionTitlePx(zoom, level);
    const QRectF chip = regionChipRect(region, rect, zoom, level);
    const double left = chip.right() + px * 0.6;
    return {left, chip.center().y() - px * 0.75, rect.right() - 11 - left, px * 1.5};
}

double cornerRadiusAt(const std::vector<Point>& points, std::size_t i)
{
    const auto length = [](Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); };
    return std::min(
        {cornerRadius, length(points[i - 1], points[i]) / 2, length(points[i], points[i + 1]) / 2});
}

QPainterPath linePath(const std::vector<Point>& points)
{
    return pathWithGaps(points, {});
}

// Which of a card's products are named, and which are signs or a count only.
struct ChartPainter::ProductRow {
    QFont font;
    QString name;
    QString rest;
    std::size_t signs = 0;
    double sign = 0;    // side of one
    double others = 0;  // width of all signs and the count
    double chip = 0;
    bool isTight = false;  // the name needs the others' room: they go to the row above
};

ChartPainter::ChartPainter(const Chart& chart, const LayoutResult& layout, const ChartIndex& index,
                           const Theme& theme)
    : m_chart(chart), m_layout(layout), m_index(index), m_theme(theme)
{
    m_hasShadows = chart.nodes.size() <= shadowLimit;
}

void ChartPainter::setZoom(double zoom, ZoomLevel level)
{
    m_zoom = zoom;
    m_level = level;
}

QRectF ChartPainter::cardRect(std::size_t node) const
{
    return {toQPoint(m_layout.positions[node]), sizeOf(m_chart.nodes[node])};
}

double ChartPainter::textPx(double px) const
{
    if (m_level == ZoomLevel::Near)
        return px * 1.3 / m_zoom;
    return std::max(px, smallestPx / m_zoom);
}

double ChartPainter::opacityOfNode(std::size_t node) const
{
    if (m_chart.nodes[node].change == ChartChange::Same)
        return unchangedOpacity;
    if (!m_marks)
        return 1;
    if (m_marks->draggedNodes.contains(static_cast<int>(node)))
        return 0.85;
    return m_marks->isDimmed && !m_marks->fullNodes.contains(static_cast<int>(node)) ? 0.35 : 1;
}

double ChartPainter::opacityOfEdge(std::size_t edge) const
{
    if (m_chart.edges[edge].change == ChartChange::Same)
        return unchangedOpacity;
    return m_marks && m_marks->isDimmed && !m_marks->fullEdges.contains(static_cast<int>(edge))
               ? 0.35
               : 1;
}

void ChartPainter::paintGround(QPainter& painter, const QRectF& visible, bool hasDots) const
{
    painter.fillRect(visible, m_theme.canvas);
    if (!hasDots || m_zoom < 0.6)
        return;
    constexpr double grid = 24;
    if (m_picture) {
        // Whole pixels: round dots took half of the time of a frame. Smaller than a dot, so a little stronger.
        const QTransform& toDevice = painter.worldTransform();
        const double ratio = m_picture->devicePixelRatio();
        const double side = std::max(1.0, std::round(1.2 * ratio)) / ratio;
        const QColor ink = mixed(m_theme.lineStrong, m_theme.line, 0.4);
        painter.save();
        painter.resetTransform();
        for (double y = std::ceil(visible.top() / grid) * grid; y < visible.bottom(); y += grid) {
            for (double x = std::ceil(visible.left() / grid) * grid; x < visible.right();
                 x += grid) {
                const QPointF at = toDevice.map(QPointF(x, y));
                painter.fillRect(QRectF(std::floor(at.x() * ratio) / ratio,
                                        std::floor(at.y() * ratio) / ratio, side, side),
                                 ink);
            }
        }
        painter.restore();
        return;
    }
    QPolygonF dots;
    for (double y = std::ceil(visible.top() / grid) * grid; y < visible.bottom(); y += grid) {
        for (double x = std::ceil(visible.left() / grid) * grid; x < visible.right(); x += grid)
            dots << QPointF(x, y);
    }
    painter.setPen(QPen(m_theme.line, 1.4 / m_zoom, Qt::SolidLine, Qt::RoundCap));
    painter.drawPoints(dots);
}

void ChartPainter::paint(QPainter& painter, const QRectF& visible) const
{
    const QRectF near = visible.adjusted(-16, -16, 16, 16);
    m_hiddenBundles = 0;
    if (m_level == ZoomLevel::Far) {
        paintFar(painter, near);
        return;
    }
    const Rect area{near.x(), near.y(), near.width(), near.height()};
    const std::vector<int> regions = m_index.regionsIn(area);
    m_done = 0;
    for (const int region : regions)
        paintRegion(painter, static_cast<std::size_t>(region));
    paintDropRegion(painter);
    for (const int region : regions)
        paintRegionHeader(painter, static_cast<std::size_t>(region));
    m_index.nodesIn(area, m_found);
    const std::vector<std::uint32_t> edges = edgesToPaint(area);
    m_total = static_cast<std::int64_t>(m_found.size() + 3 * edges.size());
    paintEdgeLines(painter, edges, near);
    paintLinks(painter, near);
    for (std::size_t i = 0; i < m_found.size() && goesOn(); ++i)
        paintNode(painter, m_found[i]);
    for (std::size_t i = 0; i < edges.size() && goesOn(); ++i)
        paintEdgeEnds(painter, edges[i]);
    for (std::size_t i = 0; i < edges.size() && goesOn(); ++i)
        paintPill(painter, edges[i]);
}

bool ChartPainter::goesOn() const
{
    if (!m_progress)
        return true;
    if (++m_done % 256 == 0)
        m_progress->report(m_done, m_total);
    return !m_progress->stopRequested();
}

// All that are in sight, unless they are too many to tell apart: then those of the cards in sight, marked and short ones first.
std::vector<std::uint32_t> ChartPainter::edgesToPaint(const Rect& area) const
{
    m_hiddenEdges = 0;
    std::vector<std::uint32_t> edges;
    m_index.edgesIn(area, edges);
    if (!m_picture || edges.size() <= mostEdges)
        return edges;
    const auto all = static_cast<int>(edges.size());
    edges.clear();
    for (const std::uint32_t node : m_found) {
        const std::span<const std::uint32_t> own = m_index.edgesOf(static_cast<int>(node));
        edges.insert(edges.end(), own.begin(), own.end());
    }
    if (m_marks)
        edges.insert(edges.end(), m_marks->selectedEdges.begin(), m_marks->selectedEdges.end());
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    if (edges.size() > mostEdges) {
        const auto cost = [this](std::uint32_t edge) {
            if (m_marks && (m_marks->fullEdges.contains(static_cast<int>(edge)) ||
                            m_marks->selectedEdges.contains(static_cast<int>(edge))))
                return -1.0;
            const std::vector<Point>& points = m_layout.edges[edge].points;
            return points.empty() ? 0
                                  : std::abs(points.front().x - points.back().x) +
                                        std::abs(points.front().y - points.back().y);
        };
        std::vector<std::pair<double, std::uint32_t>> order;
        order.reserve(edges.size());
        for (const std::uint32_t edge : edges)
            order.emplace_back(cost(edge), edge);
        std::nth_element(order.begin(), order.begin() + mostEdges, order.end());
        edges.clear();
        for (std::size_t i = 0; i < mostEdges; ++i)
            edges.push_back(order[i].second);
        std::sort(edges.begin(), edges.end());
    }
    m_hiddenEdges = std::max(0, all - static_cast<int>(edges.size()));
    return edges;
}

void ChartPainter::paintFar(QPainter& painter, const QRectF& near) const
{
    const Rect area{near.x(), near.y(), near.width(), near.height()};
    const std::vector<int> regions = m_index.regionsIn(area);
    const BundlesInSight bundles = bundlesInSight(m_chart, m_layout, m_index, m_zoom, near);
    m_hiddenBundles = bundles.hidden;
    bool isPixels = m_picture && (isFarPicture(m_zoom) || bundles.lines.size() > mostSmoothBundles);
    if (!isPixels) {
        m_index.nodesIn(area, m_found);
        isPixels = m_picture && m_found.size() > mostRoundFarCards;
    }
    if (isPixels) {
        const double ratio = m_picture->devicePixelRatio();
        const FarPicture far(m_chart, m_layout, m_index, m_theme, m_marks);
        far.paint(*m_picture, painter.worldTransform() * QTransform::fromScale(ratio, ratio), near,
                  regions, bundles);
        painter.save();
        painter.resetTransform();
        painter.drawImage(QPointF(0, 0), *m_picture);
        painter.restore();
        paintDropRegion(painter);
        for (const int node :
             {m_marks ? m_marks->hoveredNode : -1, m_marks ? m_marks->focusedNode : -1,
              m_marks ? m_marks->dropTarget : -1}) {
            if (node >= 0)
                paintMarks(painter, static_cast<std::size_t>(node));
        }
    } else {
        for (const int region : regions)
            paintRegion(painter, static_cast<std::size_t>(region));
        paintDropRegion(painter);
        paintBundles(painter, bundles, near);
        for (const std::uint32_t node : m_found)
            paintFarCard(painter, node);
    }
    for (const int region : regions)
        paintRegionHeader(painter, static_cast<std::size_t>(region));
    paintFarChanges(painter, area);
    paintFarHits(painter, area);
}

// Those that a search has found, however small they are.
void ChartPainter::paintFarHits(QPainter& painter, const Rect& area) const
{
    if (!m_marks || m_marks->hitNodes.empty())
        return;
    std::size_t painted = 0;
    for (const int node : m_marks->hitNodes) {
        const QRectF card = cardRect(static_cast<std::size_t>(node));
        if (!card.intersects({area.x, area.y, area.width, area.height}))
            continue;
        if (++painted > mostFarHits)
            break;
        const double away = 3 / m_zoom;
        painter.setPen(QPen(m_theme.accent, 2 / m_zoom, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(card.adjusted(-away, -away, away, away));
    }
}

// Of two maps in one picture: what differs is seen from afar, too, above the titles of the regions.
void ChartPainter::paintFarChanges(QPainter& painter, const Rect& area) const
{
    const bool isComparison =
        !m_chart.nodes.empty() && m_chart.nodes.front().change != ChartChange::None;
    if (!isComparison)
        return;
    std::vector<std::uint32_t> things;
    m_index.edgesIn(area, things);
    std::erase_if(things, [this](std::uint32_t edge) {
        return !colorsOf(m_theme, m_chart.edges[edge].change);
    });
    for (std::size_t i = 0; i < std::min(things.size(), mostEdges); ++i) {
        const StatusColors& colors = *colorsOf(m_theme, m_chart.edges[things[i]].change);
        painter.strokePath(
            linePath(m_layout.edges[things[i]].points),
            QPen(colors.ink, 2 / m_zoom, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }
    m_hiddenEdges = static_cast<int>(things.size() - std::min(things.size(), mostEdges));
    m_index.nodesIn(area, m_found);
    for (const std::uint32_t node : m_found)
        paintChange(painter, node);
}

namespace {

// The part of a line within a rectangle; a null line when there is none. What goes far beyond a picture costs its whole length.
QLineF cutTo(const QRectF& area, const QPointF& from, const QPointF& to)
{
    double start = 0;
    double end = 1;
    const QPointF way = to - from;
    const auto cut = [&](double at, double step, double low, double high) {
        if (std::abs(step) < 1e-9) {
            if (at < low || at > high)
                end = -1;
            return;
        }
        const double enter = ((step > 0 ? low : high) - at) / step;
        const double leave = ((step > 0 ? high : low) - at) / step;
        start = std::max(start, enter);
        end = std::min(end, leave);
    };
    cut(from.x(), way.x(), area.left(), area.right());
    cut(from.y(), way.y(), area.top(), area.bottom());
    return start < end ? QLineF(from + way * start, from + way * end) : QLineF();
}

}  // namespace

void ChartPainter::paintBundles(QPainter& painter, const BundlesInSight& bundles,
                                const QRectF& near) const
{
    for (const BundlesInSight::Line& line : bundles.lines) {
        // The ends of a cut line are out of sight.
        const double room = 2 * line.px / m_zoom;
        const QLineF seen = cutTo(near.adjusted(-room, -room, room, room), line.from, line.to);
        if (seen.isNull())
            continue;
        QColor ink = line.isUndeclared ? m_theme.warning.ink : m_theme.edge;
        ink.setAlphaF(0.5F);
        painter.setPen(QPen(ink, line.px / m_zoom, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(seen);
    }
}

void ChartPainter::paintRegion(QPainter& painter, std::size_t number) const
{
    const ChartRegion& region = m_chart.regions[number];
    const QRectF rect = toQRect(m_layout.groupRects[number]);
    if (rect.isEmpty())
        return;
    const QPainterPath shape = rounded(rect, metrics::regionRadius);
    painter.fillPath(shape, regionFill(region));
    if (region.isHatched && !hasLens())
        paintHatch(painter, shape,
                   mixed(m_theme.hue(region.hue), m_theme.regionFill(region.hue), 0.12), 12);
    const bool isSelected = m_marks && m_marks->selectedRegions.contains(static_cast<int>(number));
    const QColor outline =
        hasLens() ? m_theme.plainRegionOutline() : m_theme.regionOutline(region.hue);
    painter.strokePath(shape, isSelected ? QPen(m_theme.accent, 2) : QPen(outline, 1));
}

// Over all regions: the one that a card is dragged out of reaches as far as the card.
void ChartPainter::paintDropRegion(QPainter& painter) const
{
    if (!m_marks || m_marks->dropRegion < 0)
        return;
    const QRectF rect = toQRect(m_layout.groupRects[static_cast<std::size_t>(m_marks->dropRegion)]);
    const QPainterPath shape = rounded(rect, metrics::regionRadius);
    QColor tint = m_theme.accent;
    tint.setAlphaF(0.12F);
    painter.fillPath(shape, tint);
    painter.strokePath(shape, QPen(m_theme.accent, 2 / std::min(m_zoom, 1.0), Qt::DashLine));
}

void ChartPainter::paintRegionHeader(QPainter& painter, std::size_t number) const
{
    const ChartRegion& region = m_chart.regions[number];
    const QRectF rect = toQRect(m_layout.groupRects[number]);
    if (rect.isEmpty())
        return;
    const bool isFar = m_level == ZoomLevel::Far;
    if (isFar &&
        (rect.width() * m_zoom < narrowestTitledPx || rect.height() * m_zoom < lowestTitledPx))
        return;
    const double px = regionTitlePx(m_zoom, m_level);
    const QRectF chip = regionChipRect(region, rect, m_zoom, m_level);
    const double middle = chip.center().y();
    const QColor ground = regionFill(region);
    painter.fillPath(rounded(chip, metrics::chipRadius),
                     hasLens() ? m_theme.plainRegionOutline()
                               : m_theme.chipFill(region.hue, ground));
    paintText(painter, chip.center(), chip.width(), shown(region.code, 4),
              regionCodeFont(m_zoom, m_level), m_theme.text, Align::Center);
    double right = rect.right() - 11;
    if (!isFar && m_zoom > 0.76) {
        right -= paintText(painter, {right, middle}, rect.width() / 3, shown(region.note, 40),
                           chartFont(textPx(12), normal), m_theme.muted, Align::Right) +
                 8;
    }
    const QString title = shown(region.title, mostCharacters);
    const QFont font = chartFont(px, semibold);
    const double room = right - chip.right() - px * 0.6;
    if (isFar) {
        // From afar cards stand where the title is.
        QColor plate = ground;
        plate.setAlphaF(0.88F);
        const double width = std::min(room, textWidth(title, font)) + px * 0.8;
        painter.fillRect(QRectF(chip.right(), chip.top(), width, chip.height()), plate);
    }
    paintText(painter, {chip.right() + px * 0.6, middle}, room, title, font, m_theme.text);
}

QColor ChartPainter::edgeInk(std::size_t number) const
{
    if (const StatusColors* colors = colorsOf(m_theme, m_chart.edges[number].change))
        return colors->ink;
    switch (m_chart.edges[number].line) {
    case ChartLine::Undeclared:
        return m_theme.warning.ink;
    case ChartLine::DeclaredOnly:
        return m_theme.muted;
    case ChartLine::Implied:
        return m_theme.muted;
    case ChartLine::SeparateWays:
        return m_theme.lineStrong;
    case ChartLine::Plain:
    case ChartLine::Partnership:
    case ChartLine::SharedKernel:
    case ChartLine::Behind:
        break;
    }
    return m_theme.edge;
}

// The line ends inside its arrow head, so that no square end looks out of the tip.
void shorten(Point& end, Point before)
{
    const QPointF direction = directionOf(toQPoint(before), toQPoint(end));
    end = {end.x - direction.x() * (arrowLength - 3), end.y - direction.y() * (arrowLength - 3)};
}

// Where the line of an edge runs, without what its filled heads cover.
std::vector<Point> lineOf(const ChartEdge& edge, const std::vector<Point>& routed)
{
    std::vector<Point> points = routed;
    if (edge.line == ChartLine::DeclaredOnly)
        return points;  // its heads are open
    if (edge.toEnd.hasArrow)
        shorten(points.back(), points[points.size() - 2]);
    if (edge.fromEnd.hasArrow)
        shorten(points.front(), points[1]);
    return points;
}

void ChartPainter::paintEdgeBand(QPainter& painter, std::size_t number) const
{
    const std::vector<Point>& points = m_layout.edges[number].points;
    if (m_marks->selectedEdges.contains(static_cast<int>(number))) {
        QColor band = m_theme.accent;
        band.setAlphaF(0.28F);
        painter.strokePath(linePath(points),
                           QPen(band, 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    } else if (m_marks->focusedEdge == static_cast<int>(number)) {
        painter.strokePath(linePath(points), QPen(mixed(m_theme.accent, m_theme.canvas, 0.4), 6,
                                                  Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }
}

void ChartPainter::paintEdgeLines(QPainter& painter, const std::vector<std::uint32_t>& edges,
                                  const QRectF& visible) const
{
    const bool isMarked = m_marks && (!m_marks->selectedEdges.empty() || m_marks->focusedEdge >= 0);
    for (std::size_t i = 0; isMarked && i < edges.size(); ++i)
        paintEdgeBand(painter, edges[i]);
    EdgeLines lines(painter.worldTransform(), visible, edges.size() <= mostCorners);
    for (const std::uint32_t number : edges) {
        const ChartEdge& edge = m_chart.edges[number];
        const RoutedEdge& routed = m_layout.edges[number];
        if (!goesOn())
            break;
        if (routed.points.size() < 2)
            continue;
        const bool isSolid = edge.line == ChartLine::Plain || edge.line == ChartLine::Partnership ||
                             edge.line == ChartLine::SeparateWays;
        if (!m_picture || !isSolid) {
            paintEdgeLine(painter, number);
            continue;
        }
        QColor ink = edgeInk(number);
        ink.setAlphaF(static_cast<float>(opacityOfEdge(number)));
        lines.addLine(lineOf(edge, routed.points), routed.gaps,
                      edge.line == ChartLine::SeparateWays ? separateWaysWidth : metrics::edgeWidth,
                      ink);
        const auto head = [&](Point tip, Point before) {
            lines.addShape(arrowHead(toQPoint(tip), directionOf(toQPoint(before), toQPoint(tip))),
                           ink);
        };
        if (edge.toEnd.hasArrow)
            head(routed.points.back(), routed.points[routed.points.size() - 2]);
        if (edge.fromEnd.hasArrow)
            head(routed.points.front(), routed.points[1]);
    }
    lines.paint(painter);
}

void ChartPainter::paintEdgeLine(QPainter& painter, std::size_t number) const
{
    const ChartEdge& edge = m_chart.edges[number];
    const RoutedEdge& routed = m_layout.edges[number];
    if (routed.points.size() < 2)
        return;
    painter.setOpacity(opacityOfEdge(number));
    const QColor ink = edgeInk(number);
    const bool isOpen = edge.line == ChartLine::DeclaredOnly;
    const QPainterPath path = pathWithGaps(lineOf(edge, routed.points), routed.gaps);
    switch (edge.line) {
    case ChartLine::SharedKernel: {
        QPainterPathStroker stroker;
        stroker.setWidth(4);
        stroker.setCapStyle(Qt::FlatCap);
        painter.strokePath(stroker.createStroke(path), QPen(ink, 1.3));
        break;
    }
    case ChartLine::DeclaredOnly: {
        QPen pen(ink, metrics::declaredOnlyWidth, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({6 / metrics::declaredOnlyWidth, 4 / metrics::declaredOnlyWidth});
        painter.strokePath(path, pen);
        break;
    }
    case ChartLine::Implied: {
        QPen pen(ink, separateWaysWidth, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({3 / separateWaysWidth, 3 / separateWaysWidth});
        painter.strokePath(path, pen);
        break;
    }
    case ChartLine::Undeclared: {
        QPen pen(ink, metrics::undeclaredWidth, Qt::CustomDashLine, Qt::RoundCap);
        pen.setDashPattern({0.01, 5 / metrics::undeclaredWidth});
        painter.strokePath(path, pen);
        break;
    }
    case ChartLine::SeparateWays:
        painter.strokePath(path, QPen(ink, separateWaysWidth, Qt::SolidLine, Qt::FlatCap));
        break;
    case ChartLine::Behind:
        return;
    case ChartLine::Plain:
    case ChartLine::Partnership:
        painter.strokePath(path, QPen(ink, metrics::edgeWidth, Qt::SolidLine, Qt::FlatCap));
        break;
    }
    const auto head = [&](const Point& tip, const Point& before) {
        const QPolygonF shape =
            arrowHead(toQPoint(tip), directionOf(toQPoint(before), toQPoint(tip)));
        if (isOpen) {
            painter.setPen(QPen(ink, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.drawPolyline(QPolygonF() << shape[1] << shape[0] << shape[2]);
            return;
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawPolygon(shape);
        painter.setBrush(Qt::NoBrush);
    };
    if (edge.toEnd.hasArrow)
        head(routed.points.back(), routed.points[routed.points.size() - 2]);
    if (edge.fromEnd.hasArrow)
        head(routed.points.front(), routed.points[1]);
    painter.setOpacity(1);
}

void ChartPainter::paintEdgeEnds(QPainter& painter, std::size_t number) const
{
    painter.setOpacity(opacityOfEdge(number));
    paintPlate(painter, number, true);
    paintPlate(painter, number, false);
    painter.setOpacity(1);
}

// Zoomed out the letters keep their size on the screen as long as their cells hold them, and shrink a little then; 0: too far out
// for letters on any plate.
double ChartPainter::plateLetters(const ChartEnd& end) const
{
    if (m_zoom < lettersFrom)
        return 0;
    if (m_level == ZoomLevel::Near)
        return std::max(10 * 1.2 / m_zoom, 7.0);
    const double wished = textPx(10);
    double px = std::min(wished, plateHeight);
    for (const PlateCell& cell : end.cells) {
        const QFont font = chartFont(wished, cell.kind == PlateCell::Kind::End ? bold : semibold);
        const double width = textWidth(shown(cell.text, 24), font);
        if (width > 0)
            px = std::min(px, wished * (cellWidth(cell) - 1.5) / width * 0.97);  // letters round up
    }
    return px;
}

void ChartPainter::paintPlate(QPainter& painter, std::size_t number, bool isFrom) const
{
    const ChartEdge& edge = m_chart.edges[number];
    const RoutedEdge& routed = m_layout.edges[number];
    const int plate = isFrom ? routed.fromPlate : routed.toPlate;
    const ChartEnd& end = isFrom ? edge.fromEnd : edge.toEnd;
    if (plate < 0 || end.cells.empty())
        return;
    const QRectF rect = toQRect(m_layout.plates[static_cast<std::size_t>(plate)].rect);
    const bool isWarning = edge.line == ChartLine::Undeclared;
    const QColor ink = isWarning ? m_theme.warning.ink
                       : edge.line == ChartLine::DeclaredOnly && m_theme.isDark ? m_theme.muted
                                                                                : m_theme.edge;
    const double letterPx = plateLetters(end);
    if (letterPx <= 0) {
        paintBarePlate(painter, number, isFrom, ink);
        return;
    }
    const QPainterPath shape = rounded(rect.adjusted(0.5, 0.5, -0.5, -0.5), metrics::chipRadius);
    painter.fillPath(shape, m_theme.base);
    painter.save();
    painter.setClipPath(shape, Qt::IntersectClip);
    double left = rect.left();
    for (std::size_t i = 0; i < end.cells.size(); ++i) {
        const PlateCell& cell = end.cells[i];
        const double width = i + 1 == end.cells.size() ? rect.right() - left : cellWidth(cell);
        const QRectF box(left, rect.top(), width, rect.height());
        const bool isEnd = cell.kind == PlateCell::Kind::End;
        const bool isDeprecated = cell.status == ContractStatus::Deprecated;
        if (isEnd)
            painter.fillRect(box, ink);
        else if (isDeprecated)
            paintDeprecated(painter, box);
        const QColor letters = isEnd          ? m_theme.base
                               : isDeprecated ? m_theme.warning.ink
                                              : m_theme.text;
        paintText(painter, box.center(), width, shown(cell.text, 24),
                  chartFont(letterPx, isEnd ? bold : semibold), letters, Align::Center);
        if (cell.status == ContractStatus::Retired) {
            painter.setPen(QPen(m_theme.muted, 1));
            painter.drawLine(QPointF(box.left() + 3, box.center().y()),
                             QPointF(box.right() - 3, box.center().y()));
        }
        if (i > 0 && !isEnd && end.cells[i - 1].kind != PlateCell::Kind::End) {
            painter.setPen(QPen(m_theme.lineStrong, 1));
            painter.drawLine(box.topLeft() + QPointF(0, 1), box.bottomLeft() - QPointF(0, 1));
        }
        left += width;
    }
    painter.restore();
    painter.strokePath(shape, QPen(ink, 1.1));
}

void ChartPainter::paintDeprecated(QPainter& painter, const QRectF& box) const
{
    painter.fillRect(box, m_theme.warning.fill);
    QPainterPath area;
    area.addRect(box);
    paintHatch(painter, area, mixed(m_theme.warning.ink, m_theme.warning.fill, 0.25), 4);
}

// Where no letters have room: the line goes on to the card, with its dark end on it, and a deprecated version beside that.
void ChartPainter::paintBarePlate(QPainter& painter, std::size_t number, bool isFrom,
                                  const QColor& ink) const
{
    const ChartEdge& edge = m_chart.edges[number];
    const RoutedEdge& routed = m_layout.edges[number];
    const ChartEnd& end = isFrom ? edge.fromEnd : edge.toEnd;
    const int plate = isFrom ? routed.fromPlate : routed.toPlate;
    const QRectF rect = toQRect(m_layout.plates[static_cast<std::size_t>(plate)].rect);
    const std::vector<Point>& points = routed.points;
    bool isUpright = false;
    if (points.size() > 1) {
        const Point tip = isFrom ? points.front() : points.back();
        const Point before = isFrom ? points[1] : points[points.size() - 2];
        isUpright = std::abs(tip.y - before.y) > std::abs(tip.x - before.x);
    }
    const QPointF middle = rect.center();
    const double half = metrics::edgeWidth / 2;
    painter.fillRect(isUpright ? QRectF(middle.x() - half, rect.top(), 2 * half, rect.height())
                               : QRectF(rect.left(), middle.y() - half, rect.width(), 2 * half),
                     ink);
    double left = isUpright ? middle.x() - rect.height() / 2 : rect.left();
    for (const PlateCell& cell : end.cells) {
        const bool isEnd = cell.kind == PlateCell::Kind::End;
        const QRectF box(left, rect.top(), rect.height(), rect.height());
        if (isEnd)
            painter.fillRect(box.adjusted(1, 1, -1, -1), ink);  // so small its corners say nothing
        if (isEnd && isUpright)
            left += rect.height();
        if (!isUpright)
            left += cellWidth(cell);
        if (cell.status != ContractStatus::Deprecated)
            continue;
        const QRectF beside = isUpright ? box.translated(rect.height() + 2, 0) : box;
        paintDeprecated(painter, beside);
        painter.strokePath(rounded(beside, metrics::chipRadius), QPen(m_theme.warning.ink, 1));
    }
}

void ChartPainter::paintNumber(QPainter& painter, const QRectF& pill, const QString& digits,
                               const QColor& ink) const
{
    const QFont font = chartFont(std::min(textPx(10), pill.height()), semibold);
    paintText(painter, {pill.center().x() - textWidth(digits, font) / 2, pill.center().y()},
              pill.width(), digits, font, ink);
}

void ChartPainter::paintPill(QPainter& painter, std::size_t number) const
{
    const ChartEdge& edge = m_chart.edges[number];
    const RoutedEdge& routed = m_layout.edges[number];
    if (routed.labelForm == LabelForm::Hidden)
        return;
    painter.setOpacity(opacityOfEdge(number));
    QRectF rect = toQRect(routed.label);
    const bool isBadge = edge.pill.kind == ChartPill::Kind::None;
    if (isBadge && !edge.badge) {
        painter.setOpacity(1);
        return;
    }
    const bool isWarning = edge.pill.kind == ChartPill::Kind::Undeclared;
    const StatusColors* status = isWarning ? &m_theme.warning
                                 : isBadge ? &statusOf(m_theme, edge.badge->severity)
                                           : nullptr;
    const double px = m_level == ZoomLevel::Near ? 11.5 * 1.2 / m_zoom : 11.5;
    const bool hasText = routed.labelForm == LabelForm::Full && px * m_zoom >= 8.5;
    if (!hasText && !hasSign(edge)) {
        painter.setOpacity(1);
        return;
    }
    if (!hasText)
        rect = QRectF(rect.center() - QPointF(pillHeight / 2, pillHeight / 2),
                      QSizeF(pillHeight, pillHeight));
    const QPainterPath shape = rounded(rect.adjusted(0.5, 0.5, -0.5, -0.5), rect.height() / 2);
    painter.fillPath(shape, status ? status->fill : m_theme.base);
    const QColor outline = status                                            ? status->ink
                           : edge.pill.kind == ChartPill::Kind::SeparateWays ? m_theme.lineStrong
                                                                             : m_theme.muted;
    painter.strokePath(shape, QPen(outline, 1));
    const QColor ink = status ? status->ink : m_theme.text;
    double left = rect.left() + (hasText ? 8 : (rect.width() - 12) / 2);
    if (hasText && m_level == ZoomLevel::Near) {
        // Its letters are smaller than those it was measured for.
        const bool isSigned = edge.pill.kind != ChartPill::Kind::Bundle && hasSign(edge);
        const double needed =
            textWidth(pillText(edge), chartFont(px, semibold)) + (isSigned ? 17 : 0);
        left = std::max(left, rect.center().x() - needed / 2);
    }
    if (edge.pill.kind == ChartPill::Kind::Bundle) {
        // Its number is its sign: "3", and with room "3 relationships".
        if (!hasText)
            paintNumber(painter, rect, shown(edge.pill.text.substr(0, edge.pill.text.find(' ')), 4),
                        ink);
    } else if (hasSign(edge)) {
        const QRectF box(left, rect.center().y() - 6, 12, 12);
        if (edge.pill.kind == ChartPill::Kind::NotObserved)
            paintSign(painter, Sign::Unknown, box, ink, m_theme.base);
        else if (edge.pill.kind == ChartPill::Kind::Partnership)
            paintBothWays(painter, box, ink);
        else
            paintSign(painter, signOf(isBadge ? edge.badge->severity : Severity::Warning), box,
                      status->ink, status->fill);
        left += 17;
    }
    if (hasText)
        paintText(painter, {left, rect.center().y()}, rect.right() - left - 5, pillText(edge),
                  chartFont(px, semibold), ink);
    painter.setOpacity(1);
}

void ChartPainter::paintFarCard(QPainter& painter, std::size_t number) const
{
    const ChartNode& node = m_chart.nodes[number];
    const QRectF card = cardRect(number);
    painter.setOpacity(opacityOfNode(number));
    const QPainterPath shape = rounded(card, metrics::cardRadius);
    if (hasLens()) {
        const LensEntry* entry = lensOf(number);
        const QPen outline(cardInk(number), 1 / m_zoom, Qt::DashLine);
        if (!entry || isHollow(*entry)) {
            painter.fillPath(shape, m_theme.base);
            painter.strokePath(shape, outline);
        } else {
            painter.fillPath(shape, cardInk(number));
        }
        paintFarLens(painter, number);
    } else {
        painter.fillPath(shape, mixed(inkOfHue(m_theme, node.hue), m_theme.base, 0.75));
    }
    if (node.badge && !hasLens()) {
        const double side = std::min(14 / m_zoom, card.height() * 0.7);
        const QRectF box(card.right() - side - 8, card.center().y() - side / 2, side, side);
        const StatusColors& status = statusOf(m_theme, node.badge->severity);
        painter.fillPath(rounded(box.adjusted(-3, -3, 3, 3), 5), status.fill);
        paintSign(painter, signOf(node.badge->severity), box, status.ink, status.fill);
    }
    paintMarks(painter, number);
    painter.setOpacity(1);
}

// An outline of its own for each change, and a tag with its sign at the corner: colour is never the only sign.
void ChartPainter::paintChange(QPainter& painter, std::size_t number) const
{
    const ChartChange change = m_chart.nodes[number].change;
    const StatusColors* colors = colorsOf(m_theme, change);
    if (!colors)
        return;
    const QRectF card = cardRect(number);
    const double unit = 1 / std::min(m_zoom, 1.0);
    QPen pen(colors->ink, 2 * unit);
    if (change == ChartChange::Removed)
        pen.setStyle(Qt::DashLine);
    else if (change == ChartChange::Moved)
        pen.setStyle(Qt::DotLine);
    painter.strokePath(rounded(card, metrics::cardRadius), pen);
    const double side = std::min(18 * unit, card.height());
    // At the lower corner: at the upper one are the name and the code of the region.
    const QRectF tag(card.left() - side * 0.6, card.bottom() - side * 0.5, side, side);
    painter.fillPath(rounded(tag, side / 4), colors->ink);
    const QString sign = toQString(signOfChange(change));
    const QFont font = chartFont(side * 0.8, semibold);
    paintText(painter, {tag.center().x() - textWidth(sign, font) / 2, tag.center().y()}, side, sign,
              font, m_theme.base);
}

void ChartPainter::paintNode(QPainter& painter, std::size_t number) const
{
    const ChartNode& node = m_chart.nodes[number];
    if (node.shape == ChartShape::Card) {
        paintCard(painter, number);
        return;
    }
    painter.setOpacity(opacityOfNode(number));
    if (node.shape == ChartShape::Job)
        paintJob(painter, node, cardRect(number), m_theme,
                 node.region < 0
                     ? m_theme.canvas
                     : regionFill(m_chart.regions[static_cast<std::size_t>(node.region)]));
    else
        paintTable(painter, node, cardRect(number), m_theme, tableMarks(number), m_zoom);
    paintChange(painter, number);
    paintMarks(painter, number);
    painter.setOpacity(1);
}

TableMarks ChartPainter::tableMarks(std::size_t number) const
{
    TableMarks marks;
    const auto node = static_cast<int>(number);
    if (!m_marks)
        return marks;
    if (m_marks->selectedRow.node == node)
        marks.selectedRow = m_marks->selectedRow.row;
    if (m_marks->focusedRow.node == node)
        marks.focusedRow = m_marks->focusedRow.row;
    if (!m_marks->wayRows.empty()) {
        marks.isLinked.assign(m_chart.nodes[number].rows.size(), false);
        for (auto row = m_marks->wayRows.lower_bound({node, 0});
             row != m_marks->wayRows.end() && row->node == node; ++row)
            marks.isLinked[static_cast<std::size_t>(row->row)] = true;
    }
    return marks;
}

// Those on the way of a selected column last and in accent; without one, all of them plainly.
void ChartPainter::paintLinks(QPainter& painter, const QRectF& visible) const
{
    const bool hasWay = m_marks && !m_marks->wayRows.empty();
    for (const bool isWay : {false, true}) {
        for (std::size_t i = 0; i < m_chart.links.size() && goesOn(); ++i) {
            if ((m_marks && m_marks->wayLinks.contains(i)) == isWay)
                paintLink(painter, i, visible, isWay, hasWay && !isWay);
        }
    }
    painter.setOpacity(1);
}

void ChartPainter::paintLink(QPainter& painter, std::size_t number, const QRectF& visible,
                             bool isWay, bool stepsBack) const
{
    const ChartLink& link = m_chart.links[number];
    const QRectF from = rowRect(cardRect(static_cast<std::size_t>(link.from)),
                                static_cast<std::size_t>(link.fromRow));
    const QRectF to =
        rowRect(cardRect(static_cast<std::size_t>(link.to)), static_cast<std::size_t>(link.toRow));
    const QRectF via = link.via < 0 ? QRectF() : cardRect(static_cast<std::size_t>(link.via));
    const QPainterPath path = linkPath(from, via, to);
    if (!path.controlPointRect().adjusted(-4, -4, 4, 4).intersects(visible))
        return;
    const QColor ink = link.isWarned ? m_theme.warning.ink
                       : isWay       ? m_theme.accent
                                     : m_theme.lineStrong;
    QPen pen(ink, isWay ? 2 : link.isWarned ? 1.6 : 1.2);
    if (link.isWarned)
        pen.setDashPattern({1.2, 2.4});
    else if (link.isIndirect)
        pen.setDashPattern({4, 3});
    painter.setOpacity(stepsBack ? 0.55 : 1);
    painter.strokePath(path, pen);
    if (isWay || link.isWarned || !stepsBack)
        paintArrow(painter, {to.left(), to.center().y()}, ink);
}

void ChartPainter::paintMud(QPainter& painter, std::size_t number) const
{
    const QRectF card = cardRect(number);
    const QPainterPath outline = wavyOutline(card.adjusted(1, 1, -1, -1));
    const LensEntry* entry = lensOf(number);
    painter.fillPath(outline, entry ? lensCardFill(m_theme, *entry) : m_theme.base);
    paintHatch(painter, outline, mixed(m_theme.muted, m_theme.base, 0.16), 7);
    painter.strokePath(outline, QPen(cardInk(number), entry ? 3 : 1.7,
                                     entry && isHollow(*entry) ? Qt::DashLine : Qt::SolidLine,
                                     Qt::RoundCap, Qt::RoundJoin));
}

void ChartPainter::paintCard(QPainter& painter, std::size_t number) const
{
    const ChartNode& node = m_chart.nodes[number];
    const QRectF card = cardRect(number);
    painter.setOpacity(opacityOfNode(number));
    const bool isDragged = m_marks && m_marks->draggedNodes.contains(static_cast<int>(number));
    // A collapsed domain is a stack of cards.
    for (const double offset : {8.0, 4.0}) {
        if (node.members == 0)
            break;
        const QPainterPath behind = rounded(
            card.translated(offset, offset).adjusted(0.5, 0.5, -0.5, -0.5), metrics::cardRadius);
        painter.fillPath(behind, m_theme.base);
        painter.strokePath(behind, QPen(m_theme.lineStrong, 1));
    }
    if (node.isBigBallOfMud) {
        paintMud(painter, number);
    } else {
        if (m_hasShadows && !isDragged) {
            QColor shadow(Qt::black);
            shadow.setAlphaF(m_theme.isDark ? 0.20F : 0.06F);
            painter.fillPath(rounded(card.translated(0, 1).adjusted(-0.7, 0, 0.7, 1), 6.5), shadow);
            painter.fillPath(rounded(card.translated(0, 1), metrics::cardRadius), shadow);
        }
        paintCardGround(painter, number);
    }
    paintCardText(painter, number);
    paintChange(painter, number);
    paintMarks(painter, number);
    painter.setOpacity(1);
}

void ChartPainter::paintCardGround(QPainter& painter, std::size_t number) const
{
    const QRectF card = cardRect(number);
    const LensEntry* entry = lensOf(number);
    const QPainterPath shape = rounded(card, metrics::cardRadius);
    painter.fillPath(shape, entry ? lensCardFill(m_theme, *entry) : m_theme.base);
    // The stripe, with the card's own corners on its left.
    const double r = metrics::cardRadius;
    const double width = entry ? lensStripeWidth : stripeWidth;
    const double corner = std::min(r, width);
    QPainterPath stripe(card.topLeft() + QPointF(width, 0));
    stripe.lineTo(card.bottomLeft() + QPointF(width, 0));
    stripe.lineTo(card.bottomLeft() + QPointF(corner, 0));
    stripe.quadTo(card.bottomLeft(), card.bottomLeft() - QPointF(0, r));
    stripe.lineTo(card.topLeft() + QPointF(0, r));
    stripe.quadTo(card.topLeft(), card.topLeft() + QPointF(corner, 0));
    stripe.lineTo(card.topLeft() + QPointF(width, 0));
    if (entry && isHollow(*entry))
        paintHatch(painter, stripe, cardInk(number), 6);
    else
        painter.fillPath(stripe, cardInk(number));
    painter.strokePath(rounded(card.adjusted(0.5, 0.5, -0.5, -0.5), metrics::cardRadius),
                       QPen(m_theme.lineStrong, 1));
}

const LensEntry* ChartPainter::lensOf(std::size_t number) const
{
    const int entry = m_chart.nodes[number].lens;
    return entry < 0 || static_cast<std::size_t>(entry) >= m_chart.lens.entries.size()
               ? nullptr
               : &m_chart.lens.entries[static_cast<std::size_t>(entry)];
}

QColor ChartPainter::cardInk(std::size_t number) const
{
    if (const LensEntry* entry = lensOf(number))
        return lensInk(m_theme, *entry);
    return hasLens() ? m_theme.muted : inkOfHue(m_theme, m_chart.nodes[number].hue);
}

// Under a lens only its own colours mean something.
QColor ChartPainter::glyphInk(std::size_t number) const
{
    return hasLens() ? m_theme.edge : inkOfHue(m_theme, m_chart.nodes[number].hue);
}

QColor ChartPainter::regionFill(const ChartRegion& region) const
{
    return hasLens() ? m_theme.plainRegionFill() : m_theme.regionFill(region.hue);
}

// The lens's answer: its sign, and its words where they have room. Answers where it ends.
double ChartPainter::paintLens(QPainter& painter, std::size_t number, double left, double middle,
                               double right, double px, bool hasWords) const
{
    double words = left;
    if (const LensEntry* entry = lensOf(number)) {
        const QFont letters = chartFont(px * 0.72, bold);
        const double width = lensSignWidth(*entry, px, letters);
        paintLensSign(painter, *entry, QRectF(left, middle - px / 2, width, px), letters, m_theme);
        words += width + px * 0.4;
    }
    if (!hasWords)
        return words;
    return words + paintText(painter, {words, middle}, right - words,
                             shown(m_chart.nodes[number].lensWords, mostCharacters),
                             chartFont(textPx(11.5), medium), m_theme.text);
}

// From afar the sign alone, as large as on the screen; left out where a card has no room for it.
void ChartPainter::paintFarLens(QPainter& painter, std::size_t number) const
{
    const LensEntry* entry = lensOf(number);
    const QRectF card = cardRect(number);
    const double px = farLensSignPx / m_zoom;
    if (!entry || px > card.height() * 0.95)
        return;
    const QFont letters = chartFont(px * 0.8, bold);
    const double width = lensSignWidth(*entry, px, letters);
    // At the lower right: the names of regions stand over the upper left.
    const double inset = std::min(4 / m_zoom, (card.height() - px) / 2);
    const QRectF box(card.right() - width - 6 / m_zoom, card.bottom() - px - inset, width, px);
    const bool isStatus = entry->sign.empty();
    if (isStatus && !isHollow(*entry))
        painter.fillPath(rounded(box.adjusted(-px / 5, -px / 10, px / 5, px / 10), px / 4),
                         m_theme.base);
    paintLensSign(painter, *entry, box, letters, m_theme);
}

// An amber ground behind the letters that were looked for.
void ChartPainter::paintFoundLetters(QPainter& painter, std::size_t node, const QPointF& at,
                                     double width, const QString& title, const QFont& font) const
{
    if (!m_marks || !m_marks->hitNodes.contains(static_cast<int>(node)))
        return;
    const QFontMetricsF metrics(font);
    const QString line = metrics.elidedText(title, Qt::ElideRight, width);
    for (const QString& word : m_marks->hitWords) {
        const qsizetype from = line.toCaseFolded().indexOf(word);
        if (from < 0)
            continue;
        const double left = at.x() + metrics.horizontalAdvance(line.left(from));
        const double wide = metrics.horizontalAdvance(line.mid(from, word.size()));
        painter.fillRect(QRectF(left, at.y() - metrics.height() / 2, wide, metrics.height()),
                         m_theme.warning.fill);
    }
}

void ChartPainter::paintCardText(QPainter& painter, std::size_t number) const
{
    const ChartNode& node = m_chart.nodes[number];
    const QRectF card = cardRect(number);
    const double left = card.left() + cardInset;
    double titleRight = card.right() - 8;
    if (node.badge)
        titleRight =
            paintBadge(painter, *node.badge, card.topRight() + QPointF(-8, 8), false).left() - 6;
    const bool isRenamed = m_marks && m_marks->renamedNode == static_cast<int>(number);
    const QFont titleFont = chartFont(textPx(13), semibold);
    const double small = textPx(11.5);
    if (m_level == ZoomLevel::Near) {
        const QPointF at(left, titleRect(card, 1).center().y());
        const QString words = shown(node.title, mostCharacters);
        paintFoundLetters(painter, number, at, titleRight - left, words, titleFont);
        if (!isRenamed)
            paintText(painter, at, titleRight - left, words, titleFont, m_theme.text);
        paintNear(painter, number);
        return;
    }
    // Larger letters, when zoomed out, leave room for fewer lines.
    const double line = small * 1.32;
    const int lines =
        m_zoom > 0.76 ? 3 : std::clamp(static_cast<int>((card.height() - 6) / line), 1, 3);
    const QRectF title = titleRect(card, m_zoom);
    const double first = m_zoom > 0.76 ? title.center().y()
                         : lines == 1  ? card.center().y()
                                       : card.top() + card.height() / 2 - line * (lines - 1) / 2;
    const double second = m_zoom > 0.76 ? card.top() + 35 : first + line;
    const double third = m_zoom > 0.76 ? card.top() + 56 : second + line;
    const LensEntry* entry = lensOf(number);
    const double sign = std::min(textPx(lensSignPx), card.height() / 2);
    const double titleLeft = entry && lines == 1
                                 ? paintLens(painter, number, left, first, titleRight, sign, false)
                                 : left;
    const QString words = shown(node.title, mostCharacters);
    paintFoundLetters(painter, number, {titleLeft, first}, titleRight - titleLeft, words,
                      titleFont);
    if (!isRenamed)
        paintText(painter, {titleLeft, first}, titleRight - titleLeft, words, titleFont,
                  m_theme.text);
    const bool hasProducts = lines == 3 && !node.products.empty() && !node.isBigBallOfMud;
    const ProductRow row = hasProducts ? productRow(node, card.right() - 8 - left) : ProductRow();
    const double reserved = row.isTight ? row.others : 0;
    if (lines > 1 && !node.lensWords.empty())
        paintLens(painter, number, left, second, card.right() - 10 - reserved, sign, true);
    else if (lines > 1)
        paintText(painter, {left, second}, card.right() - 10 - left - reserved,
                  shown(node.secondary, mostCharacters), chartFont(small, normal), m_theme.muted);
    if (lines < 3)
        return;
    if (node.products.empty() || node.isBigBallOfMud)
        paintText(painter, {left, third}, card.right() - 10 - left,
                  shown(node.note, mostCharacters), chartFont(small, normal), m_theme.muted);
    else
        paintProducts(painter, number, left, card.right() - 8, third);
}

ChartPainter::ProductRow ChartPainter::productRow(const ChartNode& node, double room) const
{
    ProductRow row;
    row.font = chartFont(textPx(11), normal);
    row.sign = textPx(11.5);
    const std::size_t others = node.products.size() - 1;
    row.signs = std::min<std::size_t>(others, 3);
    row.rest = others > row.signs ? QStringLiteral("+%1").arg(others - row.signs) : QString();
    row.others = static_cast<double>(row.signs) * (row.sign + 5);
    row.others += row.rest.isEmpty() ? 0 : textWidth(row.rest, row.font) + 5;
    const ChartProduct& first = node.products.front();
    row.name = shown(first.name, mostCharacters);
    if (!first.version.text.empty())
        row.chip = textWidth(shown(first.version.text, 12), chartFont(textPx(10), semibold)) + 16;
    const double name = row.sign + 5 + textWidth(row.name, row.font) + row.chip;
    row.isTight = others > 0 && name + row.others > room && m_zoom > 0.76;
    return row;
}

// The first product with its name, the others as signs, then a count.
void ChartPainter::paintProducts(QPainter& painter, std::size_t number, double left, double right,
                                 double middle) const
{
    const ChartNode& node = m_chart.nodes[number];
    const QColor hue = glyphInk(number);
    const ProductRow row = productRow(node, right - left);
    const ChartProduct& first = node.products.front();
    paintProductGlyph(painter, QRectF(left, middle - row.sign / 2, row.sign, row.sign), first.kind,
                      first.authority, hue);
    double x = left + row.sign + 5;
    x += paintText(painter, {x, middle}, right - x - (row.isTight ? 0 : row.others) - row.chip,
                   row.name, row.font, m_theme.text);
    if (row.chip > 0)
        x = paintVersion(painter, first.version, x + 7, middle);
    x += 8;
    if (row.isTight) {
        x = right - row.others + 5;
        middle -= secondToThird;
    }
    for (std::size_t i = 1; i <= row.signs; ++i) {
        paintProductGlyph(painter, QRectF(x, middle - row.sign / 2, row.sign, row.sign),
                          node.products[i].kind, node.products[i].authority, hue);
        x += row.sign + 5;
    }
    if (!row.rest.isEmpty())
        paintText(painter, {x, middle}, right - x + 4, row.rest, row.font, m_theme.muted);
}

// Answers where the chip ends.
double ChartPainter::paintVersion(QPainter& painter, const VersionChip& chip, double left,
                                  double middle) const
{
    const QFont font = chartFont(textPx(10), semibold);
    const QString text = shown(chip.text, 12);
    const QRectF box(left, middle - textPx(15) / 2, std::max(textWidth(text, font) + 9, textPx(18)),
                     textPx(15));
    const QPainterPath shape = rounded(box.adjusted(0.5, 0.5, -0.5, -0.5), metrics::chipRadius);
    QPen outline(m_theme.lineStrong, 1);
    QColor ink = m_theme.text;
    if (chip.status == ContractStatus::Deprecated) {
        painter.fillPath(shape, m_theme.warning.fill);
        paintHatch(painter, shape, mixed(m_theme.warning.ink, m_theme.warning.fill, 0.25), 4);
        outline.setColor(m_theme.warning.ink);
        ink = m_theme.warning.ink;
    } else if (chip.status == ContractStatus::Draft) {
        outline.setStyle(Qt::DashLine);
        ink = m_theme.muted;
    } else if (chip.status == ContractStatus::Retired) {
        ink = m_theme.muted;
    }
    painter.strokePath(shape, outline);
    paintText(painter, box.center(), box.width(), text, font, ink, Align::Center);
    if (chip.status == ContractStatus::Retired) {
        painter.setPen(QPen(m_theme.muted, 1));
        painter.drawLine(QPointF(box.left() + 3, middle), QPointF(box.right() - 3, middle));
    }
    return box.right();
}

// The card holds the same letters in a larger frame: room for every product and the terms.
void ChartPainter::paintNear(QPainter& painter, std::size_t number) const
{
    const ChartNode& node = m_chart.nodes[number];
    const QRectF card = cardRect(number);
    const QColor hue = glyphInk(number);
    const double line = textPx(18);
    const double sign = textPx(11.5);
    const double left = card.left() + cardInset;
    const double right = card.right() - 9;
    const QFont font = chartFont(textPx(11.5), normal);
    double y = titleRect(card, 1).center().y() + line;
    if (!node.lensWords.empty())
        paintLens(painter, number, left, y, right, textPx(lensSignPx), true);
    else
        paintText(painter, {left, y}, right - left, shown(node.secondary, mostCharacters), font,
                  m_theme.muted);
    y += line;
    const auto fits = [&] { return y + line / 2 < card.bottom() - 3; };
    for (std::size_t i = 0; i < node.products.size() && fits(); ++i, y += line) {
        const bool isLast = y + line * 1.5 >= card.bottom() - 3 && i + 1 < node.products.size();
        const QString rest =
            isLast ? QStringLiteral("+%1").arg(node.products.size() - i - 1) : QString();
        const ChartProduct& product = node.products[i];
        paintProductGlyph(painter, QRectF(left, y - sign / 2, sign, sign), product.kind,
                          product.authority, hue);
        double x = left + sign + 6 * sign / 11.5;
        x += paintText(painter, {x, y}, right - x - textPx(58), shown(product.name, mostCharacters),
                       font, m_theme.text);
        if (!product.version.text.empty())
            x = paintVersion(painter, product.version, x + textPx(7), y);
        if (isLast)
            paintText(painter, {x + textPx(6), y}, right - x, rest, font, m_theme.muted);
    }
    if (!node.note.empty() && fits()) {
        paintText(painter, {left, y}, right - left, shown(node.note, mostCharacters), font,
                  m_theme.muted);
        y += line;
    }
    if (node.terms.empty() || !fits())
        return;
    QString terms;
    for (const std::string& term : node.terms) {
        terms += (terms.isEmpty() ? QString() : QStringLiteral(", ")) + shown(term, 60);
        if (terms.size() > mostCharacters)
            break;
    }
    paintText(painter, {left, y}, right - left, terms, font, m_theme.muted);
}

QRectF ChartPainter::paintBadge(QPainter& painter, const ChartBadge& badge, const QPointF& topRight,
                                bool isPill) const
{
    const StatusColors& status = statusOf(m_theme, badge.severity);
    const double px = textPx(11.5);
    const QFont font = chartFont(px, semibold);
    const QString count = QString::number(badge.count);
    const double height = px * 1.57;
    const double sign = px * 1.05;
    const double width = sign + textWidth(count, font) + px * 1.1;
    const QRectF box(topRight.x() - width, topRight.y(), width, height);
    painter.fillPath(rounded(box, isPill ? height / 2 : 4), status.fill);
    const double left = box.left() + px * 0.35;
    paintSign(painter, signOf(badge.severity),
              QRectF(left, box.center().y() - sign / 2, sign, sign), status.ink, status.fill);
    paintText(painter, {left + sign + px * 0.35, box.center().y()}, width, count, font, status.ink);
    return box;
}

void ChartPainter::paintMarks(QPainter& painter, std::size_t node) const
{
    if (!m_marks)
        return;
    const int number = static_cast<int>(node);
    const QRectF card = cardRect(node);
    const double unit = 1 / std::min(m_zoom, 1.0);
    painter.setOpacity(1);
    const auto ring = [&](double away, const QPen& pen) {
        painter.strokePath(
            rounded(card.adjusted(-away, -away, away, away), metrics::cardRadius + away), pen);
    };
    const bool isSelected = m_marks->selectedNodes.contains(number);
    if (isSelected)
        ring((metrics::selectionGap + 1) * unit,
             QPen(m_theme.accent, metrics::selectionWidth * unit));
    else if (m_marks->hoveredNode == number) {
        QColor ink = m_theme.accent;
        ink.setAlphaF(0.6F);
        ring(0.5, QPen(ink, unit));
    } else if (m_marks->hitNodes.contains(number))
        ring((metrics::selectionGap + 1) * unit,
             QPen(m_theme.accent, metrics::selectionWidth * unit, Qt::DashLine));
    if (m_marks->focusedNode == number)
        ring((isSelected ? 8 : 3) * unit, QPen(m_theme.accent, metrics::focusWidth * unit));
    if (m_marks->dropTarget == number) {
        QColor tint = m_theme.accent;
        tint.setAlphaF(0.12F);
        painter.fillPath(rounded(card, metrics::cardRadius), tint);
        ring(4 * unit, QPen(m_theme.accent, 2 * unit, Qt::DashLine));
    }
}

}  // namespace portolan::ui
