// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/canvas.h"

#include "model/chart/chart_index.h"

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/canvas_accessible.h"
#include "ui/canvas/canvas_gesture.h"
#include "ui/canvas/chart_painter.h"
#include "ui/canvas/drop_region.h"
#include "ui/canvas/far_painter.h"
#include "ui/canvas/minimap.h"
#include "ui/canvas/table_painter.h"
#include "ui/canvas/zoom_box.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QImage>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace portolan::ui {
namespace {

constexpr std::size_t manyEdges = 10'000;  // their index takes longer than a frame
constexpr std::size_t mostMoving = 2000;   // cards in sight: beyond, a glide would stutter
constexpr double smallestZoom = 0.005;
constexpr double largestZoom = 4;
constexpr double furniture = 44;  // height at the bottom that a fitted chart leaves to the zoom box
constexpr double grid = 8;
constexpr double snapReach = 6;
constexpr double edgeReach = 7;  // of the pointer, in pixels of the screen
constexpr double handleReach = 12;
constexpr double firstReach = 800;  // of a search for the next card by arrow keys
constexpr double handleAway = 2;    // of a handle's middle from the card
constexpr std::size_t thoroughRoutes =
    24;                                  // edges: above, only quick routes keep up with the pointer
constexpr std::size_t liveRoutes = 300;  // edges that are routed anew while a card is dragged

std::array<QPointF, 4> handlesOf(const QRectF& card)
{
    return {QPointF(card.right() + handleAway, card.center().y()),
            QPointF(card.left() - handleAway, card.center().y()),
            QPointF(card.center().x(), card.top() - handleAway),
            QPointF(card.center().x(), card.bottom() + handleAway)};
}

}  // namespace

struct Canvas::State {
    Chart chart;
    LayoutResult layout;
    ChartIndex index;
    RowIndex rows;
    mutable std::vector<std::uint32_t> found;  // by the last look into the index
    CanvasMode mode = CanvasMode::Select;
    std::vector<EntityRef> selection;
    std::vector<EntityRef> targets;
    ChartMarks marks;
    CanvasGesture gesture;
    CanvasHit hover;
    QPointF origin;  // chart point at the widget's top left corner
    double zoom = 1;
    ZoomLevel level = ZoomLevel::Middle;
    bool isReadOnly = false;
    std::function<bool()> movesIntoRegions;
    bool isFitted = true;  // nobody has moved the view yet: it stays fitted
    bool isSpaceDown = false;
    bool usesKeys = false;
    int connectFrom = -1;  // by keyboard
    int connectTo = -1;
    int walkedNode = -1;  // whose edges Tab walks
    ZoomBox* zoomBox = nullptr;
    Minimap* minimap = nullptr;
    QRectF bounds;  // of the whole chart
    Glide* glide = nullptr;
    bool hasMotion = QGuiApplication::platformName() != QLatin1String("offscreen");
    bool hasOverview = true;
    bool isOverviewAsked = false;
    QImage picture;  // room for the view from afar
    QString leftOut;
    int hiddenBundles = 0;
    int hiddenEdges = 0;

    double scale() const { return zoom * textScale(); }
    QRectF card(int node) const
    {
        const auto number = static_cast<std::size_t>(node);
        return {toQPoint(layout.positions[number]), sizeOf(chart.nodes[number])};
    }
    QRectF regionTitle(int region) const
    {
        const auto number = static_cast<std::size_t>(region);
        return regionTitleRect(chart.regions[number], toQRect(layout.groupRects[number]), zoom,
                               level);
    }
    // The card that is selected, or whose row is.
    int current() const
    {
        if (selection.empty())
            return -1;
        const std::optional<ChartRowPlace> row = rows.find(selection.front());
        return row ? row->node : index.node(selection.front());
    }
    CanvasHit partOfTable(int node, const QPointF& at) const;
    bool hasHandles() const
    {
        return !isReadOnly && mode == CanvasMode::Select && level != ZoomLevel::Far;
    }
    bool isTarget(int node) const
    {
        return targets.empty() ||
               std::find(targets.begin(), targets.end(),
                         chart.nodes[static_cast<std::size_t>(node)].entity) != targets.end();
    }
    int nodeAt(const QPointF& at) const
    {
        index.nodesIn({at.x(), at.y(), 0, 0}, found);
        return found.empty() ? -1 : static_cast<int>(found.back());
    }
    int edgeAt(const QPointF& at) const;
    int regionAt(const QPointF& at) const;
    Rect visibleArea(const QSizeF& size) const
    {
        return {origin.x(), origin.y(), size.width() / scale(), size.height() / scale()};
    }
    int neighbour(int node, Qt::Key key) const;
    void updateMarks();
};

int Canvas::State::edgeAt(const QPointF& at) const
{
    if (level == ZoomLevel::Far)
        return -1;
    const double reach = edgeReach / scale();
    int best = -1;
    double bestDistance = reach;
    index.edgesIn({at.x() - reach, at.y() - reach, 2 * reach, 2 * reach}, found);
    for (const std::uint32_t edge : found) {
        const RoutedEdge& routed = layout.edges[edge];
        if (routed.labelForm != LabelForm::Hidden && toQRect(routed.label).contains(at))
            return static_cast<int>(edge);
        for (const int plate : {routed.fromPlate, routed.toPlate}) {
            if (plate >= 0 && bestDistance > 1 &&
                toQRect(layout.plates[static_cast<std::size_t>(plate)].rect).contains(at)) {
                best = static_cast<int>(edge);
                bestDistance = 1;
            }
        }
        for (std::size_t i = 0; i + 1 < routed.points.size(); ++i) {
            const Rect run = around(routed.points[i], routed.points[i + 1]);
            const double dx = std::max({run.x - at.x(), 0.0, at.x() - run.right()});
            const double dy = std::max({run.y - at.y(), 0.0, at.y() - run.bottom()});
            if (std::hypot(dx, dy) < bestDistance) {
                best = static_cast<int>(edge);
                bestDistance = std::hypot(dx, dy);
            }
        }
    }
    return best;
}

// Which part of a table is there; Nothing: it is a node as a whole.
CanvasHit Canvas::State::partOfTable(int number, const QPointF& at) const
{
    const ChartNode& node = chart.nodes[static_cast<std::size_t>(number)];
    if (node.shape != ChartShape::Table || level == ZoomLevel::Far)
        return {};
    const QRectF table = card(number);
    if (beforeChip(node, table).contains(at))
        return {CanvasHit::Kind::Before, node.entity};
    if (afterChip(node, table).contains(at))
        return {CanvasHit::Kind::After, node.entity};
    for (std::size_t row = 0; row < node.rows.size(); ++row) {
        if (rowRect(table, row).contains(at))
            return {CanvasHit::Kind::Row, node.rows[row].entity};
    }
    if (!node.moreRows.empty() && rowRect(table, node.rows.size()).contains(at))
        return {CanvasHit::Kind::MoreRows, node.entity};
    return {};
}

// The innermost.
int Canvas::State::regionAt(const QPointF& at) const
{
    int inner = -1;
    for (const int region : index.regionsIn({at.x(), at.y(), 0, 0})) {
        const auto widthOf = [this](int number) {
            return layout.groupRects[static_cast<std::size_t>(number)].width;
        };
        if (inner < 0 || widthOf(region) < widthOf(inner))
            inner = region;
    }
    return inner;
}

// The nearest card in a key's direction: near along it counts, off to the side counts double.
int Canvas::State::neighbour(int node, Qt::Key key) const
{
    if (chart.nodes.empty())
        return -1;
    if (node < 0)
        return 0;
    const QPointF from = card(node).center();
    const QPointF along = key == Qt::Key_Right  ? QPointF(1, 0)
                          : key == Qt::Key_Left ? QPointF(-1, 0)
                          : key == Qt::Key_Down ? QPointF(0, 1)
                                                : QPointF(0, -1);
    const Rect& all = index.bounds();
    const double most = 2 * std::max(all.width, all.height) + 1;
    // A card that is found within `reach` may be worse than one just outside it: hence the wider look.
    for (double reach = firstReach; reach < 4 * most; reach *= 4) {
        index.nodesIn({from.x() - reach, from.y() - reach, 2 * reach, 2 * reach}, found);
        int best = -1;
        double bestCost = std::numeric_limits<double>::max();
        for (const std::uint32_t other : found) {
            const QPointF away = card(static_cast<int>(other)).center() - from;
            const double ahead = QPointF::dotProduct(away, along);
            const double aside = std::abs(away.x() * along.y() - away.y() * along.x());
            if (static_cast<int>(other) == node || ahead < 8 || aside > ahead * 3)
                continue;
            if (const double cost = ahead + 2 * aside; cost < bestCost) {
                best = static_cast<int>(other);
                bestCost = cost;
            }
        }
        if (best >= 0 && (bestCost < reach || reach * 4 >= 4 * most))
            return best;
    }
    return -1;
}

void Canvas::State::updateMarks()
{
    marks.selectedNodes.clear();
    marks.selectedEdges.clear();
    marks.selectedRegions.clear();
    marks.selectedRow = marks.focusedRow = {};
    marks.wayRows.clear();
    marks.wayLinks.clear();
    for (const EntityRef& entity : selection) {
        if (const std::optional<ChartRowPlace> row = rows.find(entity)) {
            if (marks.selectedRow.node < 0)
                marks.selectedRow = *row;
            RowIndex::Way way = rows.wayThrough(*row);
            marks.wayRows.merge(way.rows);
            marks.wayLinks.merge(way.links);
        } else if (const int node = index.node(entity); node >= 0)
            marks.selectedNodes.insert(node);
        else if (const int edge = index.edge(entity); edge >= 0)
            marks.selectedEdges.insert(edge);
        else if (const int region = index.region(entity); region >= 0)
            marks.selectedRegions.insert(region);
    }
    marks.focusedNode = marks.focusedEdge = -1;
    if (usesKeys && connectFrom >= 0)
        marks.focusedNode = connectTo >= 0 ? connectTo : connectFrom;
    else if (usesKeys && !selection.empty()) {
        marks.focusedNode = index.node(selection.front());
        marks.focusedRow = marks.selectedRow;
        marks.focusedEdge = index.edge(selection.front());
    }
    marks.fullNodes = marks.selectedNodes;
    marks.fullEdges = marks.selectedEdges;
    const auto keepEnds = [this](int number) {
        const ChartEdge& edge = chart.edges[static_cast<std::size_t>(number)];
        marks.fullNodes.insert(edge.from);
        marks.fullNodes.insert(edge.to);
    };
    for (const int node : marks.selectedNodes) {
        for (const std::uint32_t edge : index.edgesOf(node)) {
            marks.fullEdges.insert(static_cast<int>(edge));
            keepEnds(static_cast<int>(edge));
        }
    }
    for (const int edge : marks.selectedEdges)
        keepEnds(edge);
}

Canvas::Canvas(QWidget* parent) : QWidget(parent), m_state(std::make_unique<State>())
{
    setObjectName(QStringLiteral("canvas"));
    setAccessibleName(tr("Chart"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(200, 120);
    setAttribute(Qt::WA_OpaquePaintEvent);
    registerCanvasAccessibility();
    m_state->zoomBox = new ZoomBox(this);
    connect(m_state->zoomBox, &ZoomBox::zoomInRequested, this, &Canvas::zoomIn);
    connect(m_state->zoomBox, &ZoomBox::zoomOutRequested, this, &Canvas::zoomOut);
    connect(m_state->zoomBox, &ZoomBox::fitRequested, this, &Canvas::glideToFit);
    m_state->glide = new Glide(this);
    connect(m_state->glide, &Glide::moved, this, &Canvas::applySight);
    m_state->minimap = new Minimap(
        [this](QImage& picture, const QTransform& toPixels) {
            const State& s = *m_state;
            const Rect all{s.bounds.x(), s.bounds.y(), s.bounds.width(), s.bounds.height()};
            FarPicture(s.chart, s.layout, s.index, themeOf(*this), nullptr)
                .paint(picture, toPixels, s.bounds, s.index.regionsIn(all), {});
        },
        this);
    connect(m_state->minimap, &Minimap::centreRequested, this, &Canvas::centreOn);
    connect(m_state->minimap, &Minimap::zoomRequested, this,
            [this](double factor) { setZoom(m_state->zoom * factor, QRectF(rect()).center()); });
}

Canvas::~Canvas() = default;

LayoutRequest Canvas::layoutRequest(const Chart& chart) const
{
    return measured(chart);
}

void Canvas::setChart(Chart chart, LayoutResult layout)
{
    State& s = *m_state;
    const bool isFirst = s.chart.nodes.empty();
    endGlide();
    layout.positions.resize(chart.nodes.size());
    layout.groupRects.resize(chart.regions.size());
    layout.edges.resize(chart.edges.size());
    s.index = {};  // it may still be reading the old ones
    s.chart = std::move(chart);
    s.layout = std::move(layout);
    for (std::size_t edge = 0; edge < s.chart.edges.size(); ++edge) {
        if (s.chart.edges[edge].line == ChartLine::Behind)
            s.layout.edges[edge] = {};
    }
    s.rows = RowIndex(s.chart);
    s.index = indexOf(s.chart, s.layout);
    if (s.chart.edges.size() > manyEdges)
        s.index.prepareEdges();
    s.bounds = boundsOf(s.chart, s.layout);
    s.minimap->forget();
    s.gesture = {};
    s.hover = {};
    s.marks = {};
    s.marks.isDimmed = false;
    s.connectFrom = s.connectTo = s.walkedNode = -1;
    s.updateMarks();
    if (s.isFitted && isFirst)
        fit();
    forgetAccessibleItems(this);
    update();
}

bool Canvas::takeLens(const Chart& chart)
{
    State& s = *m_state;
    const auto isSame = [](const ChartNode& a, const ChartNode& b) { return a.entity == b.entity; };
    if (!std::equal(s.chart.nodes.begin(), s.chart.nodes.end(), chart.nodes.begin(),
                    chart.nodes.end(), isSame))
        return false;
    s.chart.lens = chart.lens;
    for (std::size_t node = 0; node < chart.nodes.size(); ++node) {
        s.chart.nodes[node].lens = chart.nodes[node].lens;
        s.chart.nodes[node].lensWords = chart.nodes[node].lensWords;
    }
    s.index.lensChanged();
    s.minimap->forget();
    update();
    return true;
}

const Chart& Canvas::chart() const
{
    return m_state->chart;
}

const LayoutResult& Canvas::layout() const
{
    return m_state->layout;
}

void Canvas::setMode(CanvasMode mode)
{
    m_state->mode = mode;
    setCursor(mode == CanvasMode::Select ? Qt::ArrowCursor : Qt::CrossCursor);
}

void Canvas::setDropRule(std::function<bool()> movesIntoRegions)
{
    m_state->movesIntoRegions = std::move(movesIntoRegions);
}

void Canvas::setReadOnly(bool isReadOnly)
{
    m_state->isReadOnly = isReadOnly;
    update();
}

CanvasMode Canvas::mode() const
{
    return m_state->mode;
}

void Canvas::setSelection(std::vector<EntityRef> selection)
{
    if (m_state->selection == selection)
        return;
    m_state->selection = std::move(selection);
    m_state->updateMarks();
    if (hasFocus())
        announceCurrent(this);
    update();
}

const std::vector<EntityRef>& Canvas::selection() const
{
    return m_state->selection;
}

void Canvas::setHits(const std::vector<EntityRef>& cards, const QStringList& words)
{
    ChartMarks& marks = m_state->marks;
    marks.hitWords = words;
    marks.hitNodes.clear();
    for (const EntityRef& card : cards) {
        if (const int node = m_state->index.node(card); node >= 0)
            marks.hitNodes.insert(node);
    }
    update();
}

void Canvas::setDimmed(bool isDimmed)
{
    m_state->marks.isDimmed = isDimmed;
    update();
}

double Canvas::zoom() const
{
    return m_state->zoom;
}

void Canvas::applySight(const Sight& sight)
{
    State& s = *m_state;
    s.zoom = std::clamp(sight.zoom, smallestZoom, largestZoom);
    s.level = zoomLevel(s.zoom, s.level);
    s.origin = sight.origin;
    s.isFitted = sight.isFitted;
    s.zoomBox->setZoom(s.zoom);
    update();
    emit zoomChanged(s.zoom);
}

void Canvas::setZoom(double zoom, const QPointF& keepAt)
{
    endGlide();
    zoom = std::clamp(zoom, smallestZoom, largestZoom);
    applySight({toChart(keepAt) - keepAt / (zoom * textScale()), zoom, false});
}

// Of what is in sight, or will be.
Sight Canvas::zoomedSight(double factor) const
{
    const Sight from = m_state->glide->isRunning() ? m_state->glide->target() : sight();
    const double zoom = std::clamp(from.zoom * factor, smallestZoom, largestZoom);
    const QPointF half = QPointF(width(), height()) / (2 * textScale());
    return {from.origin + half / from.zoom - half / zoom, zoom, false};
}

void Canvas::zoomIn()
{
    glideTo(zoomedSight(1.25));
}

void Canvas::zoomOut()
{
    glideTo(zoomedSight(1 / 1.25));
}

std::optional<Sight> Canvas::fittedSight() const
{
    const QRectF bounds = m_state->bounds;
    if (bounds.isEmpty() || width() < 100 || height() < 100)
        return std::nullopt;
    const double fitting =
        std::min(width() / bounds.width(), (height() - furniture) / bounds.height()) / textScale();
    const double zoom = std::clamp(std::min(fitting, 1.0), smallestZoom, largestZoom);
    return Sight{bounds.center() -
                     QPointF(width(), height() - furniture) / (2 * zoom * textScale()),
                 zoom, true};
}

void Canvas::fit()
{
    if (const std::optional<Sight> fitted = fittedSight())
        setSight(*fitted);
}

void Canvas::glideToFit()
{
    if (const std::optional<Sight> fitted = fittedSight())
        glideTo(*fitted);
}

Sight Canvas::sight() const
{
    return {m_state->origin, m_state->zoom, m_state->isFitted};
}

void Canvas::setSight(const Sight& sight)
{
    m_state->glide->stop();
    applySight(sight);
}

void Canvas::glideTo(const Sight& target)
{
    if (isMotionWanted())
        m_state->glide->start(sight(), target, QSizeF(size()) / textScale());
    else
        setSight(target);
}

void Canvas::setHasMotion(bool hasMotion)
{
    m_state->hasMotion = hasMotion;
}

bool Canvas::isMotionWanted() const
{
    const State& s = *m_state;
    if (!s.hasMotion || !isVisible() ||
        style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) <= 0)
        return false;
    s.index.nodesIn(s.visibleArea(size()), s.found);
    return s.found.size() <= mostMoving;
}

// At once where it leads to.
void Canvas::endGlide()
{
    if (!m_state->glide->isRunning())
        return;
    m_state->glide->stop();
    applySight(m_state->glide->target());
}

void Canvas::scrollBy(const QPointF& pixels)
{
    endGlide();
    m_state->origin += pixels / m_state->scale();
    m_state->isFitted = false;
    update();
}

void Canvas::centreOn(const QPointF& chartPoint)
{
    endGlide();
    m_state->origin = chartPoint - QPointF(width(), height()) / (2 * m_state->scale());
    m_state->isFitted = false;
    update();
    emit zoomChanged(m_state->zoom);  // what stands over the canvas moves along
}

void Canvas::setHasOverview(bool hasOverview)
{
    m_state->hasOverview = hasOverview;
    updateOverview();
}

// After a frame: what is in sight changes in many ways, and is always painted.
void Canvas::updateOverview()
{
    State& s = *m_state;
    s.isOverviewAsked = false;
    const QRectF visible(toChart(QPointF(0, 0)), toChart(QPointF(width(), height())));
    s.minimap->setSight(s.bounds, visible);
    s.minimap->setVisible(s.hasOverview && !s.chart.nodes.empty() &&
                          Minimap::isUseful(s.bounds, visible) &&
                          width() > 3 * s.minimap->width() && height() > 3 * s.minimap->height());
}

void Canvas::reveal(const EntityRef& entity)
{
    State& s = *m_state;
    endGlide();
    QRectF wanted;
    if (const auto box = rectOf(entity)) {
        wanted = *box;
    } else if (const int edge = s.index.edge(entity); edge >= 0) {
        wanted = linePath(s.layout.edges[static_cast<std::size_t>(edge)].points).boundingRect();
        wanted = QRectF(toWidget(wanted.topLeft()), toWidget(wanted.bottomRight()));
    }
    if (wanted.isEmpty() || QRectF(rect()).contains(wanted))
        return;
    const QRectF room = QRectF(rect()).adjusted(24, 24, -24, -24);
    const auto shift = [](double low, double high, double from, double to) {
        if (high - low > to - from || low < from)
            return low - from;
        return high > to ? high - to : 0.0;
    };
    const QPointF by(shift(wanted.left(), wanted.right(), room.left(), room.right()),
                     shift(wanted.top(), wanted.bottom(), room.top(), room.bottom()));
    if (!by.isNull())
        glideTo({s.origin + by / s.scale(), s.zoom, false});
}

QPointF Canvas::toChart(const QPointF& widgetPoint) const
{
    return m_state->origin + widgetPoint / m_state->scale();
}

QPointF Canvas::toWidget(const QPointF& chartPoint) const
{
    return (chartPoint - m_state->origin) * m_state->scale();
}

CanvasHit Canvas::hitAt(const QPointF& widgetPoint) const
{
    const State& s = *m_state;
    const QPointF at = toChart(widgetPoint);
    if (s.marks.hoveredNode >= 0 && s.hasHandles()) {
        const QRectF card = s.card(s.marks.hoveredNode);
        for (const QPointF& handle : handlesOf(card)) {
            const QPointF away = (at - handle) * s.scale();
            if (std::hypot(away.x(), away.y()) < handleReach * (card.contains(at) ? 0.5 : 1))
                return {CanvasHit::Kind::Handle,
                        s.chart.nodes[static_cast<std::size_t>(s.marks.hoveredNode)].entity};
        }
    }
    if (const int node = s.nodeAt(at); node >= 0) {
        if (CanvasHit part = s.partOfTable(node, at); part.kind != CanvasHit::Kind::Nothing)
            return part;
        const bool onTitle = s.level != ZoomLevel::Far &&
                             titleRect(s.card(node), std::min(s.zoom, 1.0)).contains(at);
        return {onTitle ? CanvasHit::Kind::Title : CanvasHit::Kind::Node,
                s.chart.nodes[static_cast<std::size_t>(node)].entity};
    }
    if (const int edge = s.edgeAt(at); edge >= 0)
        return {CanvasHit::Kind::Edge, s.chart.edges[static_cast<std::size_t>(edge)].entity};
    if (const int region = s.regionAt(at); region >= 0)
        return {CanvasHit::Kind::Region, s.chart.regions[static_cast<std::size_t>(region)].entity};
    return {};
}

std::optional<QRectF> Canvas::rectOf(const EntityRef& entity) const
{
    const State& s = *m_state;
    QRectF box;
    if (const std::optional<ChartRowPlace> row = s.rows.find(entity))
        box = rowRect(s.card(row->node), static_cast<std::size_t>(row->row));
    else if (const int node = s.index.node(entity); node >= 0)
        box = s.card(node);
    else if (const int region = s.index.region(entity); region >= 0)
        box = toQRect(s.layout.groupRects[static_cast<std::size_t>(region)]);
    if (box.isEmpty())
        return std::nullopt;
    return QRectF(toWidget(box.topLeft()), toWidget(box.bottomRight()));
}

std::optional<QRectF> Canvas::titleRectOf(const EntityRef& entity) const
{
    const State& s = *m_state;
    QRectF box;
    if (const int node = s.index.node(entity); node >= 0)
        box = titleRect(s.card(node), std::min(s.zoom, 1.0));
    else if (const int region = s.index.region(entity); region >= 0)
        box = s.regionTitle(region);
    if (box.isEmpty())
        return std::nullopt;
    return QRectF(toWidget(box.topLeft()), toWidget(box.bottomRight()));
}

QFont Canvas::titleFont() const
{
    const double zoom = m_state->zoom;
    const double onScreen =
        m_state->level == ZoomLevel::Near ? 13 * 1.3 : std::max(13 * zoom, 10.0);
    return chartFont(onScreen * textScale(), QFont::DemiBold);
}

void Canvas::startConnecting(const EntityRef& from)
{
    State& s = *m_state;
    s.connectFrom = s.index.node(from);
    s.connectTo = -1;
    s.usesKeys = true;
    s.updateMarks();
    setFocus();
    update();
}

bool Canvas::isBusy() const
{
    return m_state->gesture.isBusy() || isConnecting();
}

bool Canvas::isConnecting() const
{
    return m_state->connectFrom >= 0 || m_state->gesture.kind == CanvasGesture::Kind::Connect;
}

void Canvas::setConnectTargets(std::vector<EntityRef> targets)
{
    m_state->targets = std::move(targets);
    update();
}

// ---- painting

namespace {

// A line of words on a plate of its own, from its lower left corner; in pixels.
void paintNote(QPainter& painter, const QString& text, const QPointF& at, const Theme& theme)
{
    painter.save();
    painter.resetTransform();
    const QFont font = chartFont(11.5, QFont::Normal);
    const QFontMetricsF metrics(font);
    const double height = metrics.height() + 8;
    const QRectF plate(at.x(), at.y() - height, metrics.horizontalAdvance(text) + 18, height);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(plate, Qt::AlignCenter, text);
    painter.restore();
}

}  // namespace

void Canvas::paintEvent(QPaintEvent*)
{
    State& s = *m_state;
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.scale(s.scale(), s.scale());
    painter.translate(-s.origin);
    const QRectF visible(toChart(QPointF(0, 0)), toChart(QPointF(width(), height())));

    ChartPainter chart(s.chart, s.layout, s.index, theme);
    chart.setZoom(s.zoom, s.level);
    if (const QSize pixels = size() * devicePixelRatioF(); s.picture.size() != pixels)
        s.picture = QImage(pixels, QImage::Format_RGB32);
    s.picture.setDevicePixelRatio(devicePixelRatioF());
    chart.setIsOnScreen(&s.picture);
    if (s.gesture.kind == CanvasGesture::Kind::Pan)
        chart.setHasShadows(false);
    ChartMarks marks = s.marks;
    if (isConnecting() && !s.targets.empty()) {
        marks.isDimmed = true;
        marks.fullNodes.clear();
        for (std::size_t node = 0; node < s.chart.nodes.size(); ++node) {
            if (s.isTarget(static_cast<int>(node)))
                marks.fullNodes.insert(static_cast<int>(node));
        }
        marks.fullNodes.insert(s.connectFrom >= 0 ? s.connectFrom : s.gesture.node);
    }
    chart.setMarks(&marks);
    chart.paintGround(painter, visible, true);
    chart.paint(painter, visible);
    noteWhatIsLeftOut(chart.hiddenBundles(), chart.hiddenEdges());
    if (!s.isOverviewAsked) {
        s.isOverviewAsked = true;
        QMetaObject::invokeMethod(this, &Canvas::updateOverview, Qt::QueuedConnection);
    }

    const double unit = 1 / s.scale();
    if (s.marks.hoveredNode >= 0 && !s.gesture.isBusy() && s.hasHandles()) {
        painter.setPen(QPen(theme.accent, 1.5 * unit));
        painter.setBrush(theme.base);
        for (const QPointF& handle : handlesOf(s.card(s.marks.hoveredNode)))
            painter.drawEllipse(handle, 4.5 * unit, 4.5 * unit);
    }
    painter.setPen(QPen(theme.accent, unit));
    if (s.gesture.guideX)
        painter.drawLine(QPointF(*s.gesture.guideX, visible.top()),
                         QPointF(*s.gesture.guideX, visible.bottom()));
    if (s.gesture.guideY)
        painter.drawLine(QPointF(visible.left(), *s.gesture.guideY),
                         QPointF(visible.right(), *s.gesture.guideY));
    if (s.gesture.kind == CanvasGesture::Kind::Band) {
        QColor tint = theme.accent;
        tint.setAlphaF(0.10F);
        painter.setBrush(tint);
        painter.drawRect(QRectF(toChart(s.gesture.start), toChart(s.gesture.now)).normalized());
    }
    const bool hasKeyGhost = s.connectFrom >= 0 && s.connectTo >= 0;
    if (s.gesture.kind == CanvasGesture::Kind::Connect || hasKeyGhost) {
        const QPointF from = s.card(hasKeyGhost ? s.connectFrom : s.gesture.node).center();
        const QPointF to = hasKeyGhost ? s.card(s.connectTo).center() : toChart(s.gesture.now);
        QPen pen(theme.accent, 1.8, Qt::CustomDashLine);
        pen.setDashPattern({5, 4});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        const double middle = (from.x() + to.x()) / 2;
        painter.drawPolyline(QPolygonF()
                             << from << QPointF(middle, from.y()) << QPointF(middle, to.y()) << to);
    }
    if (!s.leftOut.isEmpty())
        paintNote(painter, s.leftOut, QPointF(16, height() - 16), theme);
}

void Canvas::noteWhatIsLeftOut(int bundles, int edges)
{
    State& s = *m_state;
    if (s.hiddenBundles == bundles && s.hiddenEdges == edges)
        return;
    s.hiddenBundles = bundles;
    s.hiddenEdges = edges;
    s.leftOut.clear();
    if (bundles > 0)
        s.leftOut = tr("%1 weaker bundles of edges are not drawn; zoom in to see them")
                        .arg(locale().toString(bundles));
    else if (edges > 0)
        s.leftOut =
            tr("%1 edges that only pass through or go far are not drawn; zoom in to see them")
                .arg(locale().toString(edges));
    setAccessibleDescription(s.leftOut);
}

QString Canvas::leftOut() const
{
    return m_state->leftOut;
}

void Canvas::resizeEvent(QResizeEvent*)
{
    m_state->zoomBox->adjustSize();
    m_state->zoomBox->move(width() - m_state->zoomBox->width() - 16,
                           height() - m_state->zoomBox->height() - 10);
    m_state->minimap->move(width() - m_state->minimap->width() - 16,
                           m_state->zoomBox->y() - m_state->minimap->height() - 8);
    if (m_state->isFitted)
        fit();
}

// ---- mouse

void Canvas::mousePressEvent(QMouseEvent* event)
{
    endGlide();
    State& s = *m_state;
    s.usesKeys = false;
    s.updateMarks();
    s.gesture = {};
    s.gesture.start = s.gesture.now = event->position();
    s.gesture.startOrigin = s.origin;
    if (event->button() == Qt::MiddleButton ||
        (event->button() == Qt::LeftButton && s.isSpaceDown)) {
        s.gesture.kind = CanvasGesture::Kind::Pan;
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    const CanvasHit hit = hitAt(event->position());
    s.gesture.node = s.index.node(hit.entity);
    switch (hit.kind) {
    case CanvasHit::Kind::Handle:
        s.gesture.kind = CanvasGesture::Kind::Connect;
        break;
    case CanvasHit::Kind::Node:
    case CanvasHit::Kind::Title:
        s.gesture.kind = s.mode == CanvasMode::Connect ? CanvasGesture::Kind::Connect
                                                       : CanvasGesture::Kind::PressedNode;
        if (s.gesture.kind == CanvasGesture::Kind::PressedNode)
            press(hit.entity, event->modifiers());
        break;
    case CanvasHit::Kind::Edge:
        s.gesture.kind = CanvasGesture::Kind::PressedEdge;
        press(hit.entity, event->modifiers());
        break;
    case CanvasHit::Kind::Row:
        press(hit.entity, {});
        s.updateMarks();
        break;
    case CanvasHit::Kind::MoreRows:
    case CanvasHit::Kind::Before:
    case CanvasHit::Kind::After:
        askForMore(hit, event->modifiers());
        break;
    case CanvasHit::Kind::Region:
    case CanvasHit::Kind::Nothing:
        s.gesture.kind = CanvasGesture::Kind::PressedGround;
        break;
    }
    update();
}

void Canvas::press(const EntityRef& entity, Qt::KeyboardModifiers modifiers)
{
    std::vector<EntityRef> selection = m_state->selection;
    const auto found = std::find(selection.begin(), selection.end(), entity);
    if ((modifiers & (Qt::ControlModifier | Qt::ShiftModifier)) != 0) {
        if (found != selection.end())
            selection.erase(found);
        else
            selection.insert(selection.begin(), entity);
    } else if (found == selection.end()) {
        selection = {entity};
    } else {
        // A press on one of many keeps them, so that they can be dragged together; it becomes the current one.
        std::rotate(selection.begin(), found, found + 1);
    }
    choose(std::move(selection));
}

void Canvas::choose(std::vector<EntityRef> selection)
{
    setSelection(selection);
    emit selectionRequested(selection);
}

void Canvas::mouseMoveEvent(QMouseEvent* event)
{
    State& s = *m_state;
    s.gesture.now = event->position();
    const bool isFar =
        (s.gesture.now - s.gesture.start).manhattanLength() >= QApplication::startDragDistance();
    switch (s.gesture.kind) {
    case CanvasGesture::Kind::Pan:
        s.origin = s.gesture.startOrigin - (s.gesture.now - s.gesture.start) / s.scale();
        s.isFitted = false;
        break;
    case CanvasGesture::Kind::PressedNode:
        if (!isFar || s.isReadOnly)
            return;
        startDrag();
        dragCards(event->modifiers());
        findDropRegion();
        break;
    case CanvasGesture::Kind::Cards:
        dragCards(event->modifiers());
        findDropRegion();
        break;
    case CanvasGesture::Kind::PressedGround:
        if (!isFar)
            return;
        s.gesture.kind = CanvasGesture::Kind::Band;
        break;
    case CanvasGesture::Kind::Connect: {
        const int target = s.nodeAt(toChart(event->position()));
        s.marks.dropTarget =
            target != s.gesture.node && target >= 0 && s.isTarget(target) ? target : -1;
        break;
    }
    case CanvasGesture::Kind::Band:
        break;
    case CanvasGesture::Kind::None:
    case CanvasGesture::Kind::PressedEdge:
        hover(event->position());
        return;
    }
    update();
}

void Canvas::hover(const QPointF& at)
{
    State& s = *m_state;
    const CanvasHit hit = hitAt(at);
    const int node = hit.kind == CanvasHit::Kind::Node || hit.kind == CanvasHit::Kind::Title ||
                             hit.kind == CanvasHit::Kind::Handle
                         ? s.index.node(hit.entity)
                         : -1;
    const int edge = hit.kind == CanvasHit::Kind::Edge ? s.index.edge(hit.entity) : -1;
    const bool isSame = node == s.marks.hoveredNode && edge == s.marks.hoveredEdge;
    if (isSame && hit.kind == s.hover.kind && hit.entity == s.hover.entity)
        return;
    s.marks.hoveredNode = node;
    s.marks.hoveredEdge = edge;
    s.hover = hit;
    update();
    emit hovered(hit);
}

void Canvas::startDrag()
{
    State& s = *m_state;
    s.gesture.kind = CanvasGesture::Kind::Cards;
    s.gesture.nodes = s.marks.selectedNodes;
    s.gesture.nodes.insert(s.gesture.node);
    s.gesture.isLive = s.chart.edges.size() <= liveRoutes;
    if (s.gesture.isLive) {
        s.gesture.before = s.layout;
        s.gesture.request = measured(s.chart);
        s.gesture.request.isQuick = s.chart.edges.size() > thoroughRoutes;
    } else {
        rememberDragged();
    }
    s.marks.draggedNodes = s.gesture.nodes;
    s.marks.hoveredNode = -1;
    setCursor(Qt::SizeAllCursor);
}

// Of a large chart only what the dragged cards touch is kept for Esc, and is drawn anew.
void Canvas::rememberDragged()
{
    State& s = *m_state;
    s.gesture.request = cardsOf(s.chart);
    s.gesture.before.positions = s.layout.positions;
    s.gesture.before.groupRects = s.layout.groupRects;
    std::vector<int> nodes(s.gesture.nodes.begin(), s.gesture.nodes.end());
    for (const int node : nodes) {
        for (const std::uint32_t edge : s.index.edgesOf(node))
            s.gesture.edges.try_emplace(static_cast<int>(edge), s.layout.edges[edge]);
    }
    s.index.moved(nodes);
}

void Canvas::dragCards(Qt::KeyboardModifiers modifiers)
{
    State& s = *m_state;
    CanvasGesture& g = s.gesture;
    const QPointF by = (g.now - g.start) / s.scale();
    const auto lead = static_cast<std::size_t>(g.node);
    const QPointF wished = toQPoint(g.before.positions[lead]) + by;
    QPointF at(std::round(wished.x() / grid) * grid, std::round(wished.y() / grid) * grid);
    g.guideX.reset();
    g.guideY.reset();
    if ((modifiers & Qt::AltModifier) == 0)
        snapToNeighbours(wished, at);
    const QPointF moved = at - toQPoint(g.before.positions[lead]);
    for (const int node : g.nodes) {
        const auto number = static_cast<std::size_t>(node);
        s.layout.positions[number] = {g.before.positions[number].x + moved.x(),
                                      g.before.positions[number].y + moved.y()};
    }
    if (g.isLive) {
        for (std::size_t node = 0; node < s.chart.nodes.size(); ++node)
            g.request.nodes[node].fixed = s.layout.positions[node];
        s.layout = completeLayout(g.request, s.layout.positions);
        s.index = indexOf(s.chart, s.layout);
        return;
    }
    s.layout.groupRects = groupRects(g.request, s.layout.positions);
    // In a large chart a moving edge is a plain line until its card is let go.
    for (const auto& [edge, before] : g.edges) {
        const ChartEdge& shown = s.chart.edges[static_cast<std::size_t>(edge)];
        const QPointF a = s.card(shown.from).center();
        const QPointF b = s.card(shown.to).center();
        RoutedEdge& routed = s.layout.edges[static_cast<std::size_t>(edge)];
        routed = {};
        routed.points = {{a.x(), a.y()}, {b.x(), a.y()}, {b.x(), b.y()}};
    }
}

// Collapsed groups among the dragged stay what they are.
void Canvas::findDropRegion()
{
    State& s = *m_state;
    s.marks.dropRegion = -1;
    if (!s.movesIntoRegions || !s.movesIntoRegions())
        return;
    std::vector<std::pair<int, Point>> cards;
    for (const int node : s.gesture.nodes) {
        const auto number = static_cast<std::size_t>(node);
        if (s.chart.nodes[number].entity.kind == EntityKind::BoundedContext)
            cards.emplace_back(node, s.layout.positions[number]);
    }
    s.marks.dropRegion = dropRegion(s.chart, s.gesture.before, cards);
}

// Neighbours' borders and middles attract; a guide shows what was met.
void Canvas::snapToNeighbours(const QPointF& wished, QPointF& at)
{
    State& s = *m_state;
    double bestX = snapReach;
    double bestY = snapReach;
    s.index.nodesIn(s.visibleArea(size()), s.found);
    for (const std::uint32_t other : s.found) {
        const QRectF card = s.card(static_cast<int>(other));
        if (s.gesture.nodes.contains(static_cast<int>(other)))
            continue;
        if (const double away = std::abs(card.x() - wished.x()); away < bestX) {
            bestX = away;
            at.setX(card.x());
            s.gesture.guideX = card.x();
        }
        if (const double away = std::abs(card.y() - wished.y()); away < bestY) {
            bestY = away;
            at.setY(card.y());
            s.gesture.guideY = card.y();
        }
    }
}

void Canvas::mouseReleaseEvent(QMouseEvent* event)
{
    State& s = *m_state;
    const CanvasGesture gesture = std::exchange(s.gesture, {});
    s.marks.draggedNodes.clear();
    s.marks.dropRegion = -1;
    const int target = std::exchange(s.marks.dropTarget, -1);
    setCursor(s.mode == CanvasMode::Select ? Qt::ArrowCursor : Qt::CrossCursor);
    update();
    const QPointF at = toChart(event->position());
    switch (gesture.kind) {
    case CanvasGesture::Kind::Cards:
        finishDrag(gesture);
        break;
    case CanvasGesture::Kind::Band:
        finishBand(QRectF(toChart(gesture.start), at).normalized(), event->modifiers());
        break;
    case CanvasGesture::Kind::Connect:
        finishConnect(gesture.node, target, event->globalPosition().toPoint(), at);
        break;
    case CanvasGesture::Kind::PressedNode:
        if ((event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)) == 0)
            choose({s.chart.nodes[static_cast<std::size_t>(gesture.node)].entity});
        break;
    case CanvasGesture::Kind::PressedGround:
        clickGround(event->position(), event->modifiers());
        break;
    case CanvasGesture::Kind::Pan:
    case CanvasGesture::Kind::PressedEdge:
    case CanvasGesture::Kind::None:
        break;
    }
}

void Canvas::finishDrag(const CanvasGesture& gesture)
{
    std::vector<std::pair<EntityRef, Point>> places;
    for (const int node : gesture.nodes) {
        const auto number = static_cast<std::size_t>(node);
        if (m_state->layout.positions[number] != gesture.before.positions[number])
            places.emplace_back(m_state->chart.nodes[number].entity,
                                m_state->layout.positions[number]);
    }
    if (!places.empty())
        emit nodesMoved(places);
}

void Canvas::finishBand(const QRectF& band, Qt::KeyboardModifiers modifiers)
{
    const State& s = *m_state;
    std::vector<EntityRef> selection;
    const bool extends = (modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) != 0;
    if (extends)
        selection = s.selection;
    s.index.nodesIn({band.x(), band.y(), band.width(), band.height()}, s.found);
    for (const std::uint32_t node : s.found) {
        if (!extends || !s.marks.selectedNodes.contains(static_cast<int>(node)))
            selection.push_back(s.chart.nodes[node].entity);
    }
    choose(std::move(selection));
}

void Canvas::finishConnect(int from, int target, const QPoint& globalPos, const QPointF& at)
{
    const State& s = *m_state;
    if (from < 0)
        return;
    const EntityRef source = s.chart.nodes[static_cast<std::size_t>(from)].entity;
    if (target >= 0)
        emit connectRequested(source, s.chart.nodes[static_cast<std::size_t>(target)].entity,
                              globalPos);
    else if (s.nodeAt(at) < 0)
        emit connectedToNothing(
            source, {std::round(at.x() / grid) * grid, std::round(at.y() / grid) * grid});
}

void Canvas::clickGround(const QPointF& widgetPoint, Qt::KeyboardModifiers modifiers)
{
    const CanvasHit hit = hitAt(widgetPoint);
    const QPointF at = toChart(widgetPoint);
    if (m_state->mode == CanvasMode::Add) {
        emit addRequested({std::round(at.x() / grid) * grid, std::round(at.y() / grid) * grid},
                          hit.kind == CanvasHit::Kind::Region ? hit.entity
                                                              : EntityRef{EntityKind::Domain, {}});
        return;
    }
    if ((modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) != 0)
        return;
    if (hit.kind == CanvasHit::Kind::Region)
        choose({hit.entity});
    else
        choose({});
}

void Canvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const CanvasHit hit = hitAt(event->position());
    m_state->gesture = {};
    if (m_state->isReadOnly) {
        const bool isThing = hit.kind == CanvasHit::Kind::Node ||
                             hit.kind == CanvasHit::Kind::Title ||
                             hit.kind == CanvasHit::Kind::Edge || hit.kind == CanvasHit::Kind::Row;
        if (isThing)
            emit activated(hit.entity);
        return;
    }
    const QPointF at = toChart(event->position());
    const bool isRegion = hit.kind == CanvasHit::Kind::Region;
    const bool onRegionTitle =
        isRegion && m_state->regionTitle(m_state->index.region(hit.entity)).contains(at);
    if (hit.kind == CanvasHit::Kind::Title || onRegionTitle)
        emit renameRequested(hit.entity);
    else if (isRegion || hit.kind == CanvasHit::Kind::Nothing)
        emit addRequested({std::round(at.x() / grid) * grid, std::round(at.y() / grid) * grid},
                          isRegion ? hit.entity : EntityRef{EntityKind::Domain, {}});
    else if (hit.kind != CanvasHit::Kind::Handle)
        emit activated(hit.entity);
}

void Canvas::wheelEvent(QWheelEvent* event)
{
    State& s = *m_state;
    const bool isTouchpad = event->phase() != Qt::NoScrollPhase && !event->pixelDelta().isNull();
    if (isTouchpad && (event->modifiers() & Qt::ControlModifier) == 0) {
        scrollBy(-QPointF(event->pixelDelta()));
    } else if (event->angleDelta().y() != 0) {
        setZoom(s.zoom * std::pow(1.0018, event->angleDelta().y()), event->position());
    }
    event->accept();
}

// ---- keys

void Canvas::keyPressEvent(QKeyEvent* event)
{
    State& s = *m_state;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if ((event->modifiers() & (Qt::AltModifier | Qt::ControlModifier)) != 0)
            break;
        walk(static_cast<Qt::Key>(event->key()), (event->modifiers() & Qt::ShiftModifier) != 0);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (s.connectFrom >= 0)
            finishKeyConnect();
        else if (!s.selection.empty())
            emit activated(s.selection.front());
        return;
    case Qt::Key_F2:
        if (!s.selection.empty() && !s.isReadOnly)
            emit renameRequested(s.selection.front());
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        return;
    case Qt::Key_Minus:
        zoomOut();
        return;
    case Qt::Key_0:
        glideToFit();
        return;
    case Qt::Key_Space:
        if (!event->isAutoRepeat()) {
            s.isSpaceDown = true;
            setCursor(Qt::OpenHandCursor);
        }
        return;
    case Qt::Key_Escape:
        if (!endOwnBusiness())
            emit escaped();
        return;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void Canvas::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_state->isSpaceDown = false;
        if (m_state->gesture.kind != CanvasGesture::Kind::Pan)
            setMode(m_state->mode);
        return;
    }
    QWidget::keyReleaseEvent(event);
}

void Canvas::walk(Qt::Key key, bool extends)
{
    State& s = *m_state;
    s.usesKeys = true;
    if (s.connectFrom >= 0) {
        int next = s.neighbour(s.connectTo >= 0 ? s.connectTo : s.connectFrom, key);
        while (next >= 0 && !s.isTarget(next))
            next = s.neighbour(next, key);
        if (next >= 0)
            s.connectTo = next == s.connectFrom ? -1 : next;
        s.updateMarks();
        update();
        return;
    }
    int from = s.current();
    if (from < 0 && !s.selection.empty()) {
        if (const int edge = s.index.edge(s.selection.front()); edge >= 0)
            from = s.walkedNode >= 0 ? s.walkedNode
                                     : s.chart.edges[static_cast<std::size_t>(edge)].from;
    }
    if (!extends && walkRows(key))
        return;
    const int next = s.neighbour(from, key);
    if (next < 0) {
        const bool isUpstream = key == Qt::Key_Left;
        if (from >= 0 && (isUpstream || key == Qt::Key_Right)) {
            const ChartNode& node = s.chart.nodes[static_cast<std::size_t>(from)];
            if ((isUpstream ? node.before : node.after) > 0)
                emit moreRequested(node.entity, isUpstream, extends);
        }
        return;
    }
    const EntityRef entity = s.chart.nodes[static_cast<std::size_t>(next)].entity;
    std::vector<EntityRef> selection{entity};
    if (extends) {
        for (const EntityRef& other : s.selection) {
            if (other != entity)
                selection.push_back(other);
        }
    }
    choose(std::move(selection));
    s.updateMarks();
    reveal(entity);
}

// Down enters the rows of a table; there Up and Down go from row to row, Left and Right along the links.
bool Canvas::walkRows(Qt::Key key)
{
    State& s = *m_state;
    if (s.selection.empty() || s.level == ZoomLevel::Far)
        return false;
    std::optional<ChartRowPlace> row = s.rows.find(s.selection.front());
    if (!row) {
        const int node = s.index.node(s.selection.front());
        if (key != Qt::Key_Down || node < 0 ||
            s.chart.nodes[static_cast<std::size_t>(node)].rows.empty())
            return false;
        row = ChartRowPlace{node, 0};
    } else if (key == Qt::Key_Left || key == Qt::Key_Right) {
        row = s.rows.linked(*row, key == Qt::Key_Right);
        if (!row)
            return false;
    } else {
        row->row += key == Qt::Key_Down ? 1 : -1;
        const ChartNode& node = s.chart.nodes[static_cast<std::size_t>(row->node)];
        if (row->row < 0) {
            choose({node.entity});
            s.updateMarks();
            return true;
        }
        if (static_cast<std::size_t>(row->row) >= node.rows.size())
            return false;
    }
    const EntityRef entity = s.rows.row(*row).entity;
    choose({entity});
    s.updateMarks();
    reveal(entity);
    return true;
}

void Canvas::askForMore(const CanvasHit& hit, Qt::KeyboardModifiers modifiers)
{
    if (hit.kind == CanvasHit::Kind::MoreRows)
        emit moreRowsRequested(hit.entity);
    else
        emit moreRequested(hit.entity, hit.kind == CanvasHit::Kind::Before,
                           modifiers.testFlag(Qt::ShiftModifier));
}

// Tab goes through the edges of the current card, and on to the next widget after the last.
bool Canvas::walkEdges(bool forward)
{
    State& s = *m_state;
    if (s.selection.empty() || s.level == ZoomLevel::Far)
        return false;
    int edge = s.index.edge(s.selection.front());
    if (const int node = s.current(); node >= 0)
        s.walkedNode = node;
    else if (edge < 0 || s.walkedNode < 0)
        return false;
    const std::span<const std::uint32_t> edges = s.index.edgesOf(s.walkedNode);
    auto at = std::find(edges.begin(), edges.end(), static_cast<std::uint32_t>(edge));
    if (edge < 0) {
        if (!forward || edges.empty())
            return false;
        at = edges.begin();
    } else if (forward) {
        if (at == edges.end() || ++at == edges.end())
            return false;
    } else if (at == edges.begin()) {
        s.usesKeys = true;
        choose({s.chart.nodes[static_cast<std::size_t>(s.walkedNode)].entity});
        return true;
    } else {
        --at;
    }
    s.usesKeys = true;
    const EntityRef entity = s.chart.edges[*at].entity;
    choose({entity});
    s.updateMarks();
    reveal(entity);
    return true;
}

void Canvas::finishKeyConnect()
{
    State& s = *m_state;
    const int from = std::exchange(s.connectFrom, -1);
    const int to = std::exchange(s.connectTo, -1);
    s.updateMarks();
    update();
    if (to < 0)
        return;
    const EntityRef& target = s.chart.nodes[static_cast<std::size_t>(to)].entity;
    const QPointF at = toWidget(s.card(to).center());
    emit connectRequested(s.chart.nodes[static_cast<std::size_t>(from)].entity, target,
                          mapToGlobal(at.toPoint()));
}

// Ends a drag or a connection; answers whether there was one.
bool Canvas::endOwnBusiness()
{
    State& s = *m_state;
    const bool isBusy = s.gesture.isBusy() || s.connectFrom >= 0;
    if (s.gesture.kind == CanvasGesture::Kind::Cards) {
        if (s.gesture.isLive) {
            s.layout = s.gesture.before;
        } else {
            s.layout.positions = s.gesture.before.positions;
            s.layout.groupRects = s.gesture.before.groupRects;
            for (auto& [edge, routed] : s.gesture.edges)
                s.layout.edges[static_cast<std::size_t>(edge)] = std::move(routed);
        }
        s.index = indexOf(s.chart, s.layout);
    }
    s.gesture = {};
    s.connectFrom = s.connectTo = -1;
    s.marks.draggedNodes.clear();
    s.marks.dropTarget = -1;
    s.marks.dropRegion = -1;
    s.updateMarks();
    setMode(s.mode);
    update();
    return isBusy;
}

// ---- the rest

bool Canvas::event(QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isTab = key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab;
        if (isTab && (key->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) == 0 &&
            walkEdges(key->key() == Qt::Key_Tab))
            return true;
    } else if (event->type() == QEvent::ToolTip) {
        showToolTip(static_cast<QHelpEvent*>(event));
        return true;
    }
    return QWidget::event(event);
}

void Canvas::showToolTip(QHelpEvent* event)
{
    const State& s = *m_state;
    const CanvasHit hit = hitAt(event->pos());
    std::string words;
    if (const std::optional<ChartRowPlace> row = s.rows.find(hit.entity))
        words = s.rows.row(*row).title + "\n" + s.rows.row(*row).note;
    else if (const int node = s.index.node(hit.entity); node >= 0)
        words = describe(s.chart, s.chart.nodes[static_cast<std::size_t>(node)]);
    else if (const int edge = s.index.edge(hit.entity); edge >= 0)
        words = s.chart.edges[static_cast<std::size_t>(edge)].description;
    QToolTip::showText(event->globalPos(), plainToolTip(toQString(words)), this);
}

void Canvas::contextMenuEvent(QContextMenuEvent* event)
{
    State& s = *m_state;
    if (event->reason() == QContextMenuEvent::Mouse) {
        const CanvasHit hit = hitAt(event->pos());
        const bool isSelected =
            std::find(s.selection.begin(), s.selection.end(), hit.entity) != s.selection.end();
        if (!isSelected && hit.kind != CanvasHit::Kind::Nothing)
            choose({hit.entity});
        const QPointF at = toChart(event->pos());
        emit menuRequested(hit, event->globalPos(), {at.x(), at.y()});
        return;
    }
    CanvasHit hit;
    QPointF at = QRectF(rect()).center();
    if (!s.selection.empty()) {
        const EntityRef& entity = s.selection.front();
        hit.entity = entity;
        if (const auto box = rectOf(entity)) {
            hit.kind = s.rows.find(entity)         ? CanvasHit::Kind::Row
                       : s.index.node(entity) >= 0 ? CanvasHit::Kind::Node
                                                   : CanvasHit::Kind::Region;
            at = box->center();
        } else if (s.index.edge(entity) >= 0) {
            hit.kind = CanvasHit::Kind::Edge;
        }
    }
    const QPointF place = toChart(at);
    emit menuRequested(hit, mapToGlobal(at.toPoint()), {place.x(), place.y()});
}

void Canvas::focusInEvent(QFocusEvent* event)
{
    const bool byKeys = event->reason() == Qt::TabFocusReason ||
                        event->reason() == Qt::BacktabFocusReason ||
                        event->reason() == Qt::ShortcutFocusReason;
    m_state->usesKeys = byKeys;
    m_state->updateMarks();
    announceCurrent(this);
    update();
}

void Canvas::focusOutEvent(QFocusEvent*)
{
    m_state->isSpaceDown = false;
    m_state->usesKeys = false;
    m_state->updateMarks();
    update();
}

void Canvas::leaveEvent(QEvent*)
{
    if (m_state->gesture.isBusy())
        return;
    m_state->marks.hoveredNode = m_state->marks.hoveredEdge = -1;
    m_state->hover = {};
    update();
}

void Canvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        update();
    QWidget::changeEvent(event);
}

}  // namespace portolan::ui
