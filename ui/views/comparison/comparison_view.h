// SPDX-License-Identifier: Apache-2.0
// Two maps, or two versions of one, in one picture with a list beside it: what was added, removed, changed, renamed or moved. Nothing
// can be edited here.
#pragma once

#include "model/chart/comparison_chart.h"
#include "ui/base/task.h"
#include "ui/canvas/canvas.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <map>
#include <set>
#include <string>

class QAction;
class QTreeView;

namespace portolan::ui {

class ComparisonModel;
class EmptyState;
class LayoutTask;
class MessageBand;
class PlainLabel;
class Segment;

// A map's text and what it is called.
struct MapVersion {
    QString title;
    std::string text;
    std::string file;
};

class ComparisonView : public QWidget {
    Q_OBJECT

public:
    explicit ComparisonView(QWidget* parent = nullptr);
    ~ComparisonView() override;

    // Compares off the window's thread; what was shown before stays until it is done.
    void compare(MapVersion before, MapVersion after);
    // What it shows is about a map that is no longer open.
    void clear();

    Canvas* canvas() const { return m_canvas; }
    QTreeView* list() const { return m_list; }
    QString copiedText() const;

signals:
    void closeRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* createBar();
    QWidget* createList();
    void show(const Result<ComparisonChart>& compared, const QString& titles);
    void layOut();
    void filter();
    void showCounts();
    void showEmptyState();
    void selectInList(const std::vector<EntityRef>& selection);
    void selectOnCanvas();
    void showDetails(const ComparisonRow* row);
    void copy();

    Canvas* m_canvas;
    QTreeView* m_list = nullptr;
    ComparisonModel* m_model = nullptr;
    EmptyState* m_empty = nullptr;
    MessageBand* m_band = nullptr;
    PlainLabel* m_title = nullptr;
    PlainLabel* m_details = nullptr;
    LayoutTask* m_layoutTask = nullptr;
    std::map<ChartChange, QAction*> m_filters;
    QAction* m_copy = nullptr;
    Segment* m_filterBar = nullptr;

    Chart m_chart;
    LayoutResult m_picture;  // of it
    QString m_before;        // what it is compared with: a picture that follows edits stays put
    bool m_fitsNext = true;
    Task m_comparing;
    bool m_isSelecting = false;
};

}  // namespace portolan::ui
