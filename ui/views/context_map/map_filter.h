// SPDX-License-Identifier: Apache-2.0
// What of the map the view shows: the filter, its bar, and the actions that hide, show, collapse and focus. Edits nothing.
#pragma once

#include "model/chart/chart_filter.h"

#include <QList>
#include <QObject>

class QAction;
class QKeySequence;
class QMenu;

namespace portolan::ui {

class Canvas;
class FilterBar;
class Session;

class MapFilter : public QObject {
    Q_OBJECT

public:
    MapFilter(Session* session, Canvas* canvas, QWidget* view);

    FilterBar* bar() const { return m_bar; }
    QAction* findAction() const { return m_find; }
    QAction* focusAction() const { return m_focus; }
    QList<QAction*> hidingActions() const;
    QList<QAction*> collapsingActions() const;
    void addCardMenu(QMenu& menu) const;  // of what is selected
    void addDomainMenu(QMenu& menu, const EntityRef& domain);

    // What is to be drawn of the whole chart. What was counted is kept.
    Chart apply(Chart whole);
    const ChartFilter& filter() const { return m_filter; }
    void setFilter(ChartFilter filter);
    void reset();           // another map
    QString words() const;  // what is shown, for another person
    bool isFocused() const { return !m_filter.focus.on.empty(); }
    void leaveFocus();
    void showAll();
    void makeSure(const EntityRef& entity);  // gives up what hides it

    // Entities of the map for what is drawn, and back: a bundle stands for its relationships, an implied edge for the contexts it leads
    // through, a collapsed domain for its contexts. What is hidden is not drawn.
    std::vector<EntityRef> meant(const std::vector<EntityRef>& drawn) const;
    std::vector<EntityRef> drawn(const std::vector<EntityRef>& meant) const;
    // The contexts that this card stands for.
    std::vector<EntityRef> members(const EntityRef& card) const;
    bool isGroup(const EntityRef& card) const;
    // Opens what stands for others; false: it is an ordinary thing.
    bool open(const EntityRef& entity);
    void update();    // after the selection has changed
    void markHits();  // after another chart has come onto the canvas

signals:
    void changed();  // another picture is wanted
    void focusEntered();
    void focusLeft();
    void allShown();  // on purpose: what came with a filter goes too

private:
    QAction* make(const QString& text, const char* name, const QKeySequence& key,
                  void (MapFilter::*slot)());
    void connectBar();
    void toggleFocus(bool isOn);
    void hideSelected();
    void showOnlySelected();
    void toggleCollapsed();
    void collapseAll();
    void expandAll();
    void takeWords(const std::string& words);
    void changeMarking();
    void goToHit(bool forward);
    void fillReasons();
    void showCount();
    std::vector<EntityRef> selectedHidden() const;
    std::vector<EntityRef> selectedDomains() const;

    Session* m_session;
    Canvas* m_canvas;
    FilterBar* m_bar = nullptr;
    ChartFilter m_filter;
    std::string m_marked;  // words that are looked for without hiding anything
    std::vector<EntityRef> m_hits;
    Chart m_whole;           // kept only while something is filtered
    FilteredChart m_result;  // of the last apply(), without its chart
    QAction* m_find = nullptr;
    QAction* m_search = nullptr;
    QAction* m_nextHit = nullptr;
    QAction* m_previousHit = nullptr;
    QAction* m_focus = nullptr;
    QAction* m_hide = nullptr;
    QAction* m_only = nullptr;
    QAction* m_showAll = nullptr;
    QAction* m_collapse = nullptr;
    QAction* m_collapseAll = nullptr;
    QAction* m_expandAll = nullptr;
};

}  // namespace portolan::ui
