// SPDX-License-Identifier: Apache-2.0
// The context map: the declared map held against what was observed, on the canvas. Turns gestures into edits and selection; it
// decides nothing else. Cards that stand somewhere stay there: only new ones are laid out, and the window never waits for that.
#pragma once

#include "model/chart/context_map_chart.h"
#include "model/chart/last_layout.h"
#include "model/layout/layout.h"
#include "model/map/edits.h"
#include "ui/canvas/canvas.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>

class QAction;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace portolan::ui {

class ChartTableView;
class EditTools;
class EmptyState;
class LayoutTask;
class LegendRow;
class LensMenu;
class MapFilter;
class MessageBand;
class PlacementGuard;
class RelationshipForm;
class SavedViews;
class Session;
class TitleField;

class ContextMapView : public QWidget {
    Q_OBJECT

public:
    explicit ContextMapView(Session* session, QWidget* parent = nullptr);
    ~ContextMapView() override;

    Canvas* canvas() const { return m_canvas; }
    MapFilter* filter() const { return m_filter; }
    SavedViews* savedViews() const { return m_views; }
    ChartTableView* table() const { return m_table; }
    bool isLaidOut() const;  // false while the helper works on it

    // For the window's menus. `actions()` are those of the Map menu.
    QList<QAction*> editActions() const;
    QList<QAction*> viewActions();

public slots:
    void arrange();  // gives the selected cards, or all, back to the automatic layout
    void renameSelected();
    void removeSelected();
    void connectSelected();
    void declareSelected();  // an observed flow, or changes a declared relationship
    void addContextInSight();
    void selectAll();
    void copySelected();

signals:
    void openRequested(const portolan::EntityRef& entity);  // Enter or double-click on a card
    void exportRequested();
    void pictureCopyRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    // ---- making
    void createActions();
    void createModes();
    void createWidgets();
    QWidget* createViewBar();
    void connectCanvas();
    void connectFields();
    void connectSession();
    QAction* makeAction(const QString& text, const char* name, const QKeySequence& key,
                        void (ContextMapView::*slot)());
    QAction* makeToggle(const QString& text, const char* name, const QKeySequence& key);

    // ---- showing
    void refresh();
    void refreshWhenIdle();
    void showAtOnce(LayoutRequest request, bool hasNew);
    void keepPlaces(const LayoutResult& layout);
    void placeGroups();
    std::optional<Point> placeOf(const EntityRef& entity) const;
    void enterFocus();
    void leaveFocus();
    bool isScattered(const LayoutRequest& request) const;
    void showTable(bool isOn);
    SavedView takenView() const;
    void putView(const SavedView& view);
    QString viewWords() const;
    void showLaidOut(const LayoutResult& layout, const QString& note);
    void showDraft(const LayoutResult& layout);
    void showShape();
    void showLens();
    void showEmptyState();
    void showSelection();
    void placeTitleField();
    void startOver();  // another map
    void updateActions();
    void setMode(CanvasMode mode);
    void escape();

    // ---- edits
    void placeAsLaidOut(const std::vector<ContextId>& contexts);
    void place(const std::vector<std::pair<EntityRef, Point>>& places);
    EntityRef addContext(const Point& at, const EntityRef& region);
    void connectToNew(const EntityRef& from, const Point& at);
    void askRelationship(const EntityRef& from, const EntityRef& to, const QPoint& globalPos);
    void editRelationship(const EntityRef& entity);
    void openForm(const Relationship& relationship, const QPoint& at);
    void declare(const Relationship& relationship);
    void rename(const EntityRef& entity);
    QString takeName(const EntityRef& entity, const QString& name);
    void select(std::vector<EntityRef> entities);

    // ---- menus
    void showMenu(const CanvasHit& hit, const QPoint& globalPos, const Point& at);
    void fillContextMenu(QMenu& menu, const EntityRef& entity);
    void fillRelationshipMenu(QMenu& menu, const EntityRef& entity);
    void fillRegionMenu(QMenu& menu, const EntityRef& region, const Point& at);
    void fillGroundMenu(QMenu& menu, const Point& at);

    Session* m_session;
    Canvas* m_canvas = nullptr;
    QStackedWidget* m_pages = nullptr;  // the graph, or its table twin
    ChartTableView* m_table = nullptr;
    EditTools* m_tools = nullptr;
    LensMenu* m_lens = nullptr;
    SavedViews* m_views = nullptr;
    MapFilter* m_filter = nullptr;
    LegendRow* m_legend = nullptr;
    MessageBand* m_band = nullptr;
    PlacementGuard* m_placement = nullptr;
    EmptyState* m_empty = nullptr;
    TitleField* m_titleField = nullptr;
    RelationshipForm* m_form = nullptr;
    LayoutTask* m_layoutTask = nullptr;
    QPushButton* m_declareButton = nullptr;
    QTimer m_idle;
    QTimer m_refine;  // until the helper routes what an edit has touched

    QAction* m_selectMode = nullptr;
    QAction* m_connectMode = nullptr;
    QAction* m_addMode = nullptr;
    QAction* m_showDeclared = nullptr;
    QAction* m_showObserved = nullptr;
    QAction* m_arrange = nullptr;
    QAction* m_rename = nullptr;
    QAction* m_remove = nullptr;
    QAction* m_connect = nullptr;
    QAction* m_declare = nullptr;
    QAction* m_copy = nullptr;
    QAction* m_selectAll = nullptr;
    QAction* m_dim = nullptr;
    QAction* m_showTable = nullptr;
    QAction* m_showLegend = nullptr;
    QAction* m_showOverview = nullptr;
    QAction* m_fit = nullptr;
    QAction* m_export = nullptr;
    QAction* m_copyPicture = nullptr;

    Chart m_chart;             // the newest; its layout may still be on the way
    LayoutRequest m_awaited;   // what is being laid out
    LayoutRequest m_answered;  // what `m_layout` answers, with every card fixed where it stands
    LayoutResult m_layout;
    LastLayout m_last;  // what is shown, to draw the next picture from
    // Where the layout has put cards that nobody has placed. Kept while they are placed, for undo.
    std::map<EntityRef, Point> m_automatic;
    // Of a picture that stands by itself, a focus or a saved view: instead of the map's places, which it leaves alone.
    std::optional<std::map<EntityRef, Point>> m_ownPlaces;
    // What was shown before the focus, to come back to it exactly.
    struct Before {
        Sight sight;
        LayoutRequest answered;
        LayoutResult layout;
        std::optional<std::map<EntityRef, Point>> ownPlaces;
    };
    std::optional<Before> m_before;
    std::optional<Sight> m_sightNext;  // once it is laid out
    bool m_isRefining =
        false;  // `m_layout` answers `m_awaited`, plainly; better lines are on the way
    bool m_fitsNext = true;
    bool m_isPutting = false;                    // a saved view: one picture at the end
    std::optional<EntityRef> m_renameNext;       // once it is on the canvas
    std::optional<EntityRef> m_renameAfterForm;  // a card made by drawing a relationship to nothing
};

}  // namespace portolan::ui
