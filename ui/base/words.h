// SPDX-License-Identifier: Apache-2.0
// The model's kinds in words for people.
#pragma once

#include "model/base/entity_ref.h"
#include "model/base/problem.h"
#include "model/map/context_map.h"

#include <QString>

namespace portolan::ui {

QString wordOf(EntityKind kind);  // "Bounded context"
QString wordOf(Severity severity);
QString wordOf(Subdomain kind);
QString wordOf(Role role);       // "Open host service"
QString shortWordOf(Role role);  // "OHS"
QString wordOf(RelationshipType type);
QString wordOf(MapProductKind kind);
QString wordOf(MapAuthority authority);

}  // namespace portolan::ui
