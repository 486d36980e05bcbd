// SPDX-License-Identifier: Apache-2.0
#include "model/base/entity_ref.h"

#include <array>
#include <utility>

namespace portolan {
namespace {

constexpr std::array<std::pair<EntityKind, std::string_view>, 16> spellings = {{
    {EntityKind::Domain, "domain"},
    {EntityKind::BoundedContext, "context"},
    {EntityKind::Team, "team"},
    {EntityKind::Term, "term"},
    {EntityKind::Relationship, "relationship"},
    {EntityKind::DataProduct, "product"},
    {EntityKind::Route, "route"},
    {EntityKind::Identifier, "identifier"},
    {EntityKind::Crosswalk, "crosswalk"},
    {EntityKind::Contract, "contract"},
    {EntityKind::SchemaObject, "object"},
    {EntityKind::Field, "field"},
    {EntityKind::Dataset, "dataset"},
    {EntityKind::Column, "column"},
    {EntityKind::Job, "job"},
    {EntityKind::Source, "source"},
}};

}  // namespace

std::string_view toString(EntityKind kind)
{
    for (const auto& [known, spelling] : spellings) {
        if (known == kind)
            return spelling;
    }
    return "unknown";
}

std::optional<EntityKind> entityKindFrom(std::string_view spelling)
{
    for (const auto& [kind, known] : spellings) {
        if (known == spelling)
            return kind;
    }
    return std::nullopt;
}

}  // namespace portolan
