// SPDX-License-Identifier: Apache-2.0
// The submenu of refactorings: all of them, always; what cannot be done with the selection is grey and says why.
#pragma once

#include "model/base/entity_ref.h"

#include <vector>

class QMenu;
class QWidget;

namespace portolan::ui {

class Session;

// `parent` is what dialogs stand before; it and the session outlive the menu.
void addRefactorings(QMenu& menu, Session& session, const std::vector<EntityRef>& selection,
                     QWidget* parent);

}  // namespace portolan::ui
