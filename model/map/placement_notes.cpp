// SPDX-License-Identifier: Apache-2.0
#include "model/map/placement_notes.h"

#include "model/base/spelling.h"

#include <algorithm>
#include <string_view>

namespace portolan {
namespace {

// "Party Management" -> "party-management"
std::string asId(std::string_view name)
{
    std::string id;
    for (const char c : name) {
        const bool isUpper = c >= 'A' && c <= 'Z';
        const bool isWord = isUpper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                            static_cast<unsigned char>(c) >= 0x80;
        if (isWord)
            id += isUpper ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    while (!id.empty() && id.back() == '-')
        id.pop_back();
    return id;
}

// The place that was this context's; none when several contexts or places come into question.
std::vector<ContextId>::const_iterator earlierId(const BoundedContext& context,
                                                 const std::vector<ContextId>& gone)
{
    const auto byName = std::find(gone.begin(), gone.end(), ContextId(asId(context.name)));
    if (byName != gone.end())
        return byName;
    std::vector<std::string_view> known;
    for (const ContextId& id : gone)
        known.emplace_back(id.text);
    const std::string_view close = closestSpelling(context.id.text, known);
    return close.empty() ? gone.end()
                         : std::find(gone.begin(), gone.end(), ContextId(std::string(close)));
}

}  // namespace

PlacementNotes placementNotes(const ContextMap& map)
{
    PlacementNotes notes;
    for (const auto& [id, position] : map.placement) {
        if (!map.context(id))
            notes.gone.push_back(id);
    }
    std::vector<const BoundedContext*> unplaced;
    for (const BoundedContext& context : map.contexts) {
        if (!map.placement.contains(context.id))
            unplaced.push_back(&context);
    }
    const std::size_t placed = map.placement.size();
    if (placed < unplaced.size() || placed * 2 < map.contexts.size())
        return {};
    for (const BoundedContext* context : unplaced) {
        const auto earlier = earlierId(*context, notes.gone);
        if (earlier == notes.gone.end()) {
            notes.added.push_back(context->id);
            continue;
        }
        notes.renamed.emplace_back(*earlier, context->id);
        notes.gone.erase(earlier);
    }
    return notes;
}

}  // namespace portolan
