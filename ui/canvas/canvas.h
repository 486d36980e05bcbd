// SPDX-License-Identifier: Apache-2.0
// The one graph canvas: paints a Chart at its Placement and says what a person does to it. It knows no view, no map and no session;
// a gesture is a signal, and what comes of it is the view's business. Cost of a frame grows with what is visible.
#pragma once

#include "model/chart/chart.h"
#include "model/layout/layout.h"
#include "ui/canvas/glide.h"

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QHelpEvent;

namespace portolan::ui {

struct CanvasGesture;

// What a person points at: one thing of the chart, or the plain canvas. Of a table: a row (its entity), the line that says how many more
// there are, the chips of hidden neighbours (the table's entity).
struct CanvasHit {
    enum class Kind { Nothing, Node, Title, Handle, Edge, Region, Row, MoreRows, Before, After };
    Kind kind = Kind::Nothing;
    EntityRef entity;
};

enum class CanvasMode { Select, Connect, Add };

class Canvas : public QWidget {
    Q_OBJECT

public:
    explicit Canvas(QWidget* parent = nullptr);
    ~Canvas() override;

    // Sizes for the layout of a chart, measured in the canvas's fonts: cards, plates and pills. A node with a place is fixed there.
    LayoutRequest layoutRequest(const Chart& chart) const;

    // Shows a chart where the layout of its request has put it. The zoom and what is in sight stay.
    void setChart(Chart chart, LayoutResult layout);
    // Puts on the lens of a chart that has the same cards; nothing moves. False: it has others, and setChart() is needed.
    bool takeLens(const Chart& chart);
    const Chart& chart() const;
    const LayoutResult& layout() const;

    void setMode(CanvasMode mode);
    CanvasMode mode() const;
    // Whether cards that are let go in the region of a domain move into it: then it is marked while they are dragged. Without: never.
    void setDropRule(std::function<bool()> movesIntoRegions);
    void setReadOnly(bool isReadOnly);  // on: nothing is dragged, drawn, renamed or added

    // What is marked as selected; the first is the current one. No signal comes back.
    void setSelection(std::vector<EntityRef> selection);
    const std::vector<EntityRef>& selection() const;
    // Cards that a search has found, and its words, to be marked; until the next chart.
    void setHits(const std::vector<EntityRef>& cards, const QStringList& words);
    void setDimmed(bool isDimmed);  // on: what is not selected and does not touch it steps back

    // The view on the chart.
    double zoom() const;  // 1 is 100 %
    void setZoom(double zoom, const QPointF& keepAt);
    void zoomIn();
    void zoomOut();
    void fit();  // all of it, at most 100 %
    // What is in sight, to come back to it later: exactly.
    Sight sight() const;
    void setSight(const Sight& sight);
    // The same, seen on the way: by a short glide, where motion is wanted.
    void glideTo(const Sight& sight);
    void glideToFit();
    // Off without a screen. On, it still asks the style, and leaves out views of very many cards.
    void setHasMotion(bool hasMotion);
    void scrollBy(const QPointF& pixels);
    void centreOn(const QPointF& chartPoint);
    void setHasOverview(bool hasOverview);  // where the chart is much larger than the window
    void reveal(const EntityRef& entity);   // scrolls as little as needed
    QPointF toChart(const QPointF& widgetPoint) const;
    QPointF toWidget(const QPointF& chartPoint) const;
    CanvasHit hitAt(const QPointF& widgetPoint) const;
    QString
    leftOut() const;  // what of the things in sight the last frame did not draw; empty: nothing
    std::optional<QRectF>
    rectOf(const EntityRef& entity) const;  // of a card or region, in widget coordinates
    std::optional<QRectF>
    titleRectOf(const EntityRef& entity) const;  // of its title text, for the rename field
    QFont titleFont() const;                     // at the present zoom

    // Connecting by keyboard: the card the edge starts at; arrows choose the other, Enter connects, Esc ends it.
    void startConnecting(const EntityRef& from);
    bool isConnecting() const;
    bool isBusy() const;  // a gesture or a connection is under way; a new chart would end it
    // Cards that may be the other end while connecting; the others step back. Empty: all.
    void setConnectTargets(std::vector<EntityRef> targets);

signals:
    void
    selectionRequested(const std::vector<portolan::EntityRef>& selection);  // by click, band, keys
    void activated(const portolan::EntityRef& entity);  // Enter, or double-click off the title
    void renameRequested(const portolan::EntityRef& entity);  // F2, or double-click on the title
    // A drag of cards ended: entities and their new top left corners, on the 8 px grid. One signal a drag.
    void nodesMoved(const std::vector<std::pair<portolan::EntityRef, portolan::Point>>& places);
    void connectRequested(const portolan::EntityRef& from, const portolan::EntityRef& to,
                          const QPoint& globalPos);
    void connectedToNothing(const portolan::EntityRef& from,
                            const portolan::Point& at);  // a handle was dropped on the canvas
    // By a click while adding, or a double-click on the ground.
    void addRequested(const portolan::Point& at,
                      const portolan::EntityRef& region);  // region: empty id on the plain canvas
    // By its chip, or Left and Right at the border; `all`: with Shift, all the way.
    void moreRequested(const portolan::EntityRef& entity, bool isUpstream, bool all);
    void moreRowsRequested(const portolan::EntityRef& table);
    void menuRequested(const portolan::ui::CanvasHit& hit, const QPoint& globalPos,
                       const portolan::Point& at);  // right click, Shift+F10
    void hovered(const portolan::ui::CanvasHit& hit);
    void zoomChanged(double zoom);
    void escaped();  // Esc with nothing of its own to end

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void press(const EntityRef& entity, Qt::KeyboardModifiers modifiers);
    void choose(std::vector<EntityRef> selection);
    void hover(const QPointF& at);
    void startDrag();
    void rememberDragged();
    void dragCards(Qt::KeyboardModifiers modifiers);
    void findDropRegion();
    void snapToNeighbours(const QPointF& wished, QPointF& at);
    void finishDrag(const CanvasGesture& gesture);
    void finishBand(const QRectF& band, Qt::KeyboardModifiers modifiers);
    void finishConnect(int from, int target, const QPoint& globalPos, const QPointF& at);
    void clickGround(const QPointF& widgetPoint, Qt::KeyboardModifiers modifiers);
    void walk(Qt::Key key, bool extends);
    bool walkEdges(bool forward);
    bool walkRows(Qt::Key key);
    void askForMore(const CanvasHit& hit, Qt::KeyboardModifiers modifiers);
    void finishKeyConnect();
    bool endOwnBusiness();
    void showToolTip(QHelpEvent* event);
    void noteWhatIsLeftOut(int bundles, int edges);
    void updateOverview();
    void applySight(const Sight& sight);
    std::optional<Sight> fittedSight() const;
    Sight zoomedSight(double factor) const;
    void endGlide();
    bool isMotionWanted() const;

    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace portolan::ui
