// SPDX-License-Identifier: Apache-2.0
// Changes of the map that more than one place of the window offers, each as one undo step.
#pragma once

#include "model/base/entity_ref.h"

#include <vector>

namespace portolan::ui {

class Session;

// Removes declared things and what cannot stand without them. What was observed stays, and the session's message says so.
void removeFromMap(Session& session, const std::vector<EntityRef>& entities);

// Renames a domain, context, team, product or term. False, with a message, when the name cannot be.
bool renameInMap(Session& session, const EntityRef& entity, const std::string& name);

}  // namespace portolan::ui
