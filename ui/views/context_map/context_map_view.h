// SPDX-License-Identifier: Apache-2.0
// The context map: the declared map held against what was observed, on the canvas. Turns gestures into edits and selection.
#pragma once

#include "model/chart/context_map_chart.h"
#include "model/layout/layout.h"
#include "model/map/edits.h"
#include "ui/canvas/canvas.h"

#include <QWidget>

#include <map>

class QAction;
class QMenu;

namespace portolan::ui {

class EmptyState;
class LayoutTask;
class LegendRow;
class RelationshipForm;
class Session;
class TitleField;

class ContextMapView : public QWidget {
    Q_OBJECT

public:
    explicit ContextMapView(Session* session, QWidget* parent = nullptr);
    ~ContextMapView() override;

    Canvas* canvas() const { return m_canvas; }
    bool isLaidOut() const;  // false while the helper works on it

public slots:
    void arrange();  // gives the selected cards, or all, back to the automatic layout
    void renameSelected();
    void removeSelected();
    void connectSelected();
    void addContextInSight();

signals:
    void openRequested(const portolan::EntityRef& entity);  // Enter or double-click on a thing

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void createActions();
    QWidget* createViewBar();
    void connectCanvas();
    void connectSession();

    void refresh();
    void showLaidOut(const LayoutResult& layout, const QString& note);
    void showEmptyState();
    void showSelection();
    void startOver();  // another map

    void place(const std::vector<std::pair<EntityRef, Point>>& places);
    void addContext(const Point& at, const EntityRef& region);
    void askRelationship(const EntityRef& from, const EntityRef& to, const QPoint& globalPos);
    void editRelationship(const RelationshipId& id, const QPoint& globalPos);
    void declare(const Relationship& relationship);
    void rename(const EntityRef& entity);
    void takeName(const EntityRef& entity, const QString& name);
    void showMenu(const CanvasHit& hit, const QPoint& globalPos, const Point& at);
    void fillContextMenu(QMenu& menu, const EntityRef& entity);
    void fillRelationshipMenu(QMenu& menu, const EntityRef& entity, const QPoint& globalPos);
    void fillGroundMenu(QMenu& menu, const EntityRef& region, const Point& at);
    void reverse(const RelationshipId& id);
    void setMode(CanvasMode mode);
    void updateActions();
    QAction* makeAction(const QString& text, const char* name, const QKeySequence& key,
                        void (ContextMapView::*slot)());

    Session* m_session;
    Canvas* m_canvas = nullptr;
    LegendRow* m_legend = nullptr;
    EmptyState* m_empty = nullptr;
    TitleField* m_titleField = nullptr;
    RelationshipForm* m_form = nullptr;
    LayoutTask* m_layoutTask = nullptr;
    QAction* m_selectMode = nullptr;
    QAction* m_connectMode = nullptr;
    QAction* m_addMode = nullptr;
    QAction* m_showDeclared = nullptr;
    QAction* m_showObserved = nullptr;
    QAction* m_arrange = nullptr;
    QAction* m_rename = nullptr;
    QAction* m_remove = nullptr;
    QAction* m_connect = nullptr;
    QAction* m_focus = nullptr;
    QAction* m_showLegend = nullptr;
    Chart m_awaited;  // its layout is on the way
    std::map<EntityRef, Point>
        m_automatic;  // where the layout has put the cards that nobody placed
    bool m_fitsNext = true;
};

}  // namespace portolan::ui
