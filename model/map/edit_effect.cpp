// SPDX-License-Identifier: Apache-2.0
#include "model/map/edit_effect.h"

#include "model/map/edit_parts.h"
#include "model/map/map_diff.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>
#include <vector>

namespace portolan {

using namespace edits;

namespace {

// The map's lists, in the order in which they are told.
constexpr std::pair<std::string_view, std::string_view> lists[] = {
    {"domains", "domain"},
    {"teams", "team"},
    {"contexts", "context"},
    {"products", "product"},
    {"relationships", "relationship"},
    {"routes", "route"},
    {"identifiers", "identifier"},
    {"crosswalks", "crosswalk"},
    {"migrations", "migration"},
    {"views", "view"}};

// Where a change is: in which of the map's lists, at which place, and whether it is a whole thing of it.
struct At {
    std::string_view list;
    std::size_t place = 0;
    bool isWhole = false;
};

At placeOf(const MapChange& change)
{
    const std::string_view pointer = change.pointer;
    const std::size_t slash = pointer.find('/', 1);
    if (slash == std::string_view::npos)
        return {};
    At at;
    at.list = pointer.substr(1, slash - 1);
    const std::string_view rest = pointer.substr(slash + 1);
    at.isWhole = rest.find('/') == std::string_view::npos;
    std::from_chars(rest.data(), rest.data() + rest.size(), at.place);
    return at;
}

// The id of the thing; what it says where it has none.
std::string identityAt(const MapDocument& document, const At& at)
{
    std::size_t place = 0;
    for (const DataNode thing : document.tree().root()[at.list]) {
        if (place++ == at.place)
            return thing["id"] ? thing["id"].string() : std::string(thing.raw());
    }
    return {};
}

}  // namespace

std::string effectInWords(const MapDocument& document, const Edit& edit)
{
    const Result<MapDocument> after =
        MapDocument::read(applied(document.text(), edit), document.file());
    if (!after)
        return after.error().message;
    // A thing counts once, whatever changes in it.
    std::map<std::pair<std::string_view, std::string>, MapChange::Kind> things;
    const std::vector<MapChange> changes = mapChanges(document, *after);
    for (const MapChange& change : changes) {
        if (change.kind == MapChange::Kind::Moved)
            continue;
        const At at = placeOf(change);
        const bool isRemoved = change.kind == MapChange::Kind::Removed;
        const bool isNewOrGone = at.isWhole && (isRemoved || change.kind == MapChange::Kind::Added);
        const std::pair thing(at.list, identityAt(isRemoved ? document : *after, at));
        things.emplace(thing, isNewOrGone ? change.kind : MapChange::Kind::Changed);
    }
    std::vector<std::string> clauses;
    for (const auto& [kind, verb] : {std::pair(MapChange::Kind::Added, "adds "),
                                     std::pair(MapChange::Kind::Changed, "changes "),
                                     std::pair(MapChange::Kind::Removed, "removes ")}) {
        std::vector<std::string> counts;
        for (const auto& [list, word] : lists) {
            const auto count = std::count_if(things.begin(), things.end(), [&](const auto& thing) {
                return thing.first.first == list && thing.second == kind;
            });
            if (count > 0)
                counts.push_back(counted(static_cast<std::size_t>(count), word));
        }
        if (!counts.empty())
            clauses.push_back(verb + enumerated(counts));
    }
    if (clauses.empty())
        return "Changes no thing.";
    std::string sentence;
    for (const std::string& clause : clauses)
        sentence += (sentence.empty() ? "" : ", ") + clause;
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
    return sentence + ".";
}

}  // namespace portolan
