// SPDX-License-Identifier: Apache-2.0
#include "model/chart/saved_filter.h"

#include <array>

namespace portolan {
namespace {

constexpr std::array<std::pair<std::string_view, EntityKind>, 3> kinds = {
    {{"context ", EntityKind::BoundedContext},
     {"domain ", EntityKind::Domain},
     {"relationship ", EntityKind::Relationship}}};

std::vector<EntityRef> entitiesOf(const std::vector<std::string>& subjects)
{
    std::vector<EntityRef> entities;
    for (const std::string& subject : subjects) {
        for (const auto& [prefix, kind] : kinds) {
            if (subject.starts_with(prefix))
                entities.push_back({kind, subject.substr(prefix.size())});
        }
    }
    return entities;
}

template <class Entities>
std::vector<std::string> subjectsOf(const Entities& entities)
{
    std::vector<std::string> subjects;
    for (const EntityRef& entity : entities) {
        for (const auto& [prefix, kind] : kinds) {
            if (entity.kind == kind)
                subjects.push_back(std::string(prefix) + entity.id);
        }
    }
    return subjects;
}

std::set<EntityRef> setOf(const std::vector<std::string>& subjects)
{
    const std::vector<EntityRef> entities = entitiesOf(subjects);
    return {entities.begin(), entities.end()};
}

}  // namespace

ChartFilter filterOf(const SavedView& view)
{
    ChartFilter filter;
    filter.words = view.filter;
    filter.only = setOf(view.only);
    filter.hidden = setOf(view.hidden);
    filter.collapsed = setOf(view.collapsed);
    filter.focus = {entitiesOf(view.focus), view.depth,
                    flowDirectionFrom(view.direction).value_or(FlowDirection::Both)};
    return filter;
}

void setFilter(SavedView& view, const ChartFilter& filter)
{
    view.filter = filter.words;
    view.only = subjectsOf(filter.only);
    view.hidden = subjectsOf(filter.hidden);
    view.collapsed = subjectsOf(filter.collapsed);
    view.focus = subjectsOf(filter.focus.on);
    view.depth = filter.focus.depth;
    view.direction = filter.focus.direction == FlowDirection::Both
                         ? std::string()
                         : std::string(toString(filter.focus.direction));
}

}  // namespace portolan
