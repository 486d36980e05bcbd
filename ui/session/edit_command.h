// SPDX-License-Identifier: Apache-2.0
// All undo of the map: one applied Edit, which each undo or redo turns into its inverse.
#pragma once

#include "model/map/map_document.h"

#include <QUndoCommand>

namespace portolan::ui {

class Session;

// One splice that turns `before` into `after`; none when they are equal.
Edit editBetween(const std::string& before, const std::string& after, std::string name);

class EditCommand : public QUndoCommand {
public:
    // For an edit that was applied already; `inverse` takes it back.
    EditCommand(Session& session, const Edit& edit, Edit inverse);

    void redo() override;
    void undo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand* other) override;

private:
    void flip();

    Session& m_session;
    std::string m_mergeKey;
    Edit m_next;  // what the next undo or redo applies
    bool m_isApplied = true;
};

}  // namespace portolan::ui
