// SPDX-License-Identifier: Apache-2.0
// Lineage around one thing: where its data comes from and who depends on it, by hops, columns, paths and at any grain. It opens on the
// selection; what is selected inside it is inked, and only what is started from anew changes the picture's middle.
#pragma once

#include "model/analysis/lineage/lineage_difference.h"
#include "model/chart/lineage_chart.h"
#include "ui/base/task.h"
#include "ui/canvas/canvas.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QAction;
class QListWidget;
class QSpinBox;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace portolan::ui {

class EmptyState;
class ImpactPage;
class LayoutTask;
class LegendRow;
class LineageReader;
class LineageRowModel;
class MenuButton;
class MessageBand;
class PlainLabel;
class Session;
class TimeChoice;

class LineageView : public QWidget {
    Q_OBJECT

public:
    explicit LineageView(Session* session, QWidget* parent = nullptr);
    ~LineageView() override;

    Canvas* canvas() const { return m_canvas; }
    TimeChoice* time() const { return m_time; }
    // Another time's lineage; none: now again.
    void showEstate(EstatePtr past);
    // Marks what is different from another time's estate; null: compares no more. `time` in words.
    void compareWith(const EstatePtr& before, const QString& time);
    ImpactPage* impact() const { return m_impact; }
    const LineageScope& scope() const { return m_scope; }
    const LineagePicture& picture() const { return m_picture; }
    bool isLaidOut() const;  // false while it reads or the helper works

    QList<QAction*> viewActions() const;

public slots:
    void startFrom(const portolan::EntityRef& entity);

signals:
    void findRequested();  // a thing is to be picked: the palette may help
    void openRequested(const portolan::EntityRef& entity);

protected:
    void showEvent(QShowEvent* event) override;

private:
    // ---- making
    void createActions();
    void createWidgets();
    QWidget* createViewBar();
    QWidget* createList();
    void connectCanvas();
    QAction* makeAction(const QString& text, const char* name, const QKeySequence& key,
                        void (LineageView::*slot)());
    QAction* makeToggle(const QString& text, const char* name, const QKeySequence& key,
                        bool LineageScope::*what);

    // ---- showing
    void takeSelection();
    void refresh();
    void showLaidOut(const LayoutResult& layout, const QString& note);
    void keepInPlace(const LayoutResult& layout);
    void showWords();
    void showDifference(const LineageDifference& difference);
    void markDifference();
    void markNode(int node, ChartChange change);
    void showSelection();
    void showRows();
    void setGrain(LineageGrain grain);
    void setHops();

    // ---- asking
    void more(const EntityRef& entity, bool isUpstream, bool all);
    void toggleRows(const EntityRef& table);
    void toggleColumns();
    void pin();
    void startHere();
    void step(bool isUpstream);  // to the column or dataset before or after
    void nextCrossing();
    void previousCrossing();
    void walkCrossings(int by);
    void showImpact(bool isOn);
    void askPath();
    void findPaths(const EntityRef& from, const EntityRef& to);
    struct Ways {
        EntityRef from;
        EntityRef to;
        bool isReversed = false;
        bool areColumns = false;
        LineagePaths found;
    };
    void showPaths(const Ways& ways);
    void showWay(int row);
    void leavePaths();
    void showMenu(const CanvasHit& hit, const QPoint& globalPos);
    void escape();
    bool isEdge(const EntityRef& entity) const;
    std::optional<EntityRef> current() const;  // of the selection, what lineage can be asked of

    Session* m_session;
    LineageReader* m_reader;
    Canvas* m_canvas;
    LayoutTask* m_layoutTask = nullptr;
    LegendRow* m_legend = nullptr;
    MessageBand* m_band = nullptr;
    EmptyState* m_empty = nullptr;
    EmptyState* m_noRows = nullptr;
    QStackedWidget* m_pages = nullptr;  // the chart with its list, or who is hit
    QWidget* m_chartPage = nullptr;
    ImpactPage* m_impact = nullptr;
    QStackedWidget* m_lists = nullptr;
    QTableView* m_table = nullptr;
    LineageRowModel* m_rows = nullptr;
    QListWidget* m_ways = nullptr;
    QSpinBox* m_up = nullptr;
    QSpinBox* m_down = nullptr;
    MenuButton* m_grain = nullptr;
    TimeChoice* m_time = nullptr;
    QToolButton* m_crossingButton = nullptr;
    PlainLabel* m_count = nullptr;

    QAction* m_showColumns = nullptr;
    QAction* m_showJobs = nullptr;
    QAction* m_hideInternal = nullptr;
    QAction* m_pathTo = nullptr;
    QAction* m_pin = nullptr;
    QAction* m_startHere = nullptr;
    QAction* m_crossings = nullptr;
    QAction* m_showImpact = nullptr;
    std::vector<QAction*> m_grains;
    QList<QAction*> m_actions;

    LineageScope m_scope;
    LineagePicture m_picture;           // the newest; its layout may be on the way
    std::optional<EntityRef> m_edge;    // selected here: the window knows no edges of lineage
    std::optional<EntityRef> m_anchor;  // stays where it is on the screen
    std::optional<EntityRef> m_pathFrom;
    std::optional<Ways> m_found;
    std::size_t m_crossing = 0;
    Task m_search;
    EstatePtr m_before;  // what is compared with
    QString m_beforeTime;
    std::optional<LineageDifference> m_difference;
    Task m_comparing;
    bool m_fitsNext = true;
    bool m_isNoteShown = false;
    bool m_isStale = true;
};

}  // namespace portolan::ui
