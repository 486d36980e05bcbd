// SPDX-License-Identifier: Apache-2.0
// Removing what is selected, as every place of the window offers it: what would go along, or be left without something, is named in a
// question first; where there is no such thing there is no question.
#pragma once

#include "model/base/entity_ref.h"

#include <QString>

#include <vector>

class QWidget;

namespace portolan::ui {

class Session;

// "Remove Claims", "Remove 3 contexts", "Remove relationship". For a menu: an ampersand is no mnemonic.
QString removeText(const Session& session, const std::vector<EntityRef>& entities);

// The removal is one undo step; the session's message tells of it. `parent` is where the question opens.
void askAndRemove(Session& session, const std::vector<EntityRef>& entities, QWidget* parent);

}  // namespace portolan::ui
