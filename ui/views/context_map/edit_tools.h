// SPDX-License-Identifier: Apache-2.0
// What a person does with several cards at once: copy, cut, paste, duplicate, align, distribute, and the properties that many contexts
// share. Each is one undo step.
#pragma once

#include "model/map/edits.h"
#include "ui/canvas/canvas.h"

#include <QList>
#include <QObject>

#include <functional>
#include <string>
#include <vector>

class QAction;
class QKeySequence;
class QMenu;

namespace portolan::ui {

class Session;

class EditTools : public QObject {
    Q_OBJECT

public:
    // `copyAsText` copies what is selected when no context is: then there is no part of a map to copy.
    EditTools(Session* session, Canvas* canvas, std::function<void()> copyAsText);

    QList<QAction*> actions() const;  // copy, cut, paste, duplicate
    void addArrangeMenu(QMenu& menu) const;
    // Domain, team and flags of these contexts; a mark is on where all of them have it.
    void addPropertyMenus(QMenu& menu, const std::vector<ContextId>& ids);
    void update();  // after the selection or the map has changed

    // Moves cards where they were dropped, and into the domain whose region all of them were dropped on. `chart` and `layout` are as before the
    // drag, and are read before anything is changed.
    bool drop(const std::vector<std::pair<EntityRef, Point>>& places, const Chart& chart,
              const LayoutResult& layout);

signals:
    void removeWanted();

private:
    QAction* make(const QString& text, const char* name, const QKeySequence& key,
                  void (EditTools::*slot)());
    std::vector<ContextId> selectedContexts() const;
    std::vector<PlacedCard> selectedCards() const;
    bool copyPart();
    void copy();
    void cut();
    void paste();
    void duplicate();
    void align(Alignment alignment);
    void distribute(Distribution distribution);
    void change(const std::vector<ContextId>& ids, const ContextChange& change);
    void selectAfter(const std::vector<ContextId>& ids, const QString& words);

    Session* m_session;
    Canvas* m_canvas;
    std::function<void()> m_copyAsText;
    QAction* m_copy = nullptr;
    QAction* m_cut = nullptr;
    QAction* m_paste = nullptr;
    QAction* m_duplicate = nullptr;
    std::string m_lastPasted;
    int m_pastes = 0;  // of the same text in a row: each stands a little further on
};

}  // namespace portolan::ui
