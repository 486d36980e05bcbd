// SPDX-License-Identifier: Apache-2.0
// Menus that offer the fixes of findings; a chosen one becomes one undo step.
#pragma once

#include "model/analysis/rules/rule.h"
#include "model/base/entity_ref.h"

#include <vector>

class QMenu;

namespace portolan::ui {

class Session;

// The findings that a badge on this thing of the map counts, all severities: its own and, of a context, those of its products and terms.
std::vector<Finding> findingsAt(const Session& session, const EntityRef& entity);

// Adds a submenu "Fix" to a thing's menu, filled when it is opened, since each fix is tried before it is offered. Adds nothing when
// there is no finding that can have fixes.
void quickFixMenu(QMenu& menu, Session& session, const std::vector<Finding>& ofThisSubject);

// Adds the fixes themselves, now, under their findings where there are several; where there is none, a line that says so.
void addQuickFixes(QMenu& menu, Session& session, const std::vector<Finding>& findings);

}  // namespace portolan::ui
