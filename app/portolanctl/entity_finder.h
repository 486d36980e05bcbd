// SPDX-License-Identifier: Apache-2.0
// Finds what a person names, in the map and in the estate: by id, by key, or by name.
#pragma once

#include "app/portolanctl/scope.h"
#include "model/base/entity_ref.h"

#include <string>
#include <vector>

namespace portolan::ctl {

struct FoundEntity {
    EntityRef entity;
    std::string name;
    std::size_t number =
        0;  // its place in the list of its kind, in the map or estate; of a term, its context's
    Declared where = {};      // of declared things
    bool isDeclared = false;  // in the map; else it was observed
};

// All that `words` may mean, by the surest way of meaning it: an id or key, then a name, then a name in other letters' case; things
// that stand alone before objects, fields and columns, whose names repeat. "context:claims" asks for one kind only.
std::vector<FoundEntity> findEntities(const Scope& scope, const std::string& words);

}  // namespace portolan::ctl
