// SPDX-License-Identifier: Apache-2.0
// Says when the placement that an opened map brings no longer fits its contexts, and keeps a locked placement as it is. The placement
// itself is never thrown away.
#pragma once

#include "model/map/context_map.h"

#include <QObject>

#include <vector>

class QAction;

namespace portolan::ui {

class MessageBand;
class Session;

class PlacementGuard : public QObject {
    Q_OBJECT

public:
    PlacementGuard(Session* session, QWidget* parent);

    MessageBand* band() const { return m_band; }
    QAction* lockAction() const { return m_lock; }
    // Whether cards must stay where they are; then it has said so.
    bool refuses();
    // Those of these that arranging may move: with a locked placement only what has no place in it.
    std::vector<ContextId> movable(std::vector<ContextId> ids) const;

signals:
    // These are to stay where the layout has put them.
    void keepRequested(const std::vector<portolan::ContextId>& contexts);

private:
    void showNotes();
    void select(const std::vector<ContextId>& contexts);
    void keep();
    void forget();
    void setLocked(bool isLocked);

    Session* m_session;
    MessageBand* m_band = nullptr;
    QAction* m_lock = nullptr;
};

}  // namespace portolan::ui
