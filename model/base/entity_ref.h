// SPDX-License-Identifier: Apache-2.0
// Names one thing of the map or of the estate, whatever its kind: what a selection, a finding or a search hit points at.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace portolan {

enum class EntityKind {
    // Declared, in the context map. The id is the one in the file.
    Domain,
    BoundedContext,
    Team,
    Term,  // id: "<context id>/<term name>"
    Relationship,
    DataProduct,
    Route,
    Identifier,
    Crosswalk,
    // Observed, in the estate. The id is the estate's key of the thing.
    Contract,  // "<contract id>@<version>"
    SchemaObject,
    Field,
    Dataset,
    Column,
    Job,
    Source
};

struct EntityRef {
    EntityKind kind = EntityKind::BoundedContext;
    std::string id;

    friend auto operator<=>(const EntityRef&, const EntityRef&) = default;
    friend bool operator==(const EntityRef&, const EntityRef&) = default;
};

// "context", "data-product" ...: the spelling in reports, in --json and in the search index.
std::string_view toString(EntityKind kind);
std::optional<EntityKind> entityKindFrom(std::string_view spelling);

}  // namespace portolan
