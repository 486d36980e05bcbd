// SPDX-License-Identifier: Apache-2.0
#include "model/map/edit_effect.h"

#include "model/map/edit_parts.h"
#include "model/map/map_diff.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace portolan {

using namespace edits;

namespace {

// In the order in which they are told.
constexpr std::string_view kinds[] = {"domain",     "team",         "context",
                                      "product",    "relationship", "route",
                                      "identifier", "crosswalk",    "migration"};

std::string kindOfSubject(const MapChange& change)
{
    return change.subject.substr(0, change.subject.find(' '));
}

}  // namespace

std::string effectInWords(const MapDocument& document, const Edit& edit)
{
    const Result<MapDocument> after =
        MapDocument::read(applied(document.text(), edit), document.file());
    if (!after)
        return after.error().message;
    // A thing counts once, whatever changes in it; one that is new or gone does not also change.
    std::map<std::string, MapChange::Kind> things;
    std::map<std::string, std::string> kindOfThing;
    for (const MapChange& change : mapChanges(document, *after)) {
        if (change.kind == MapChange::Kind::Moved)
            continue;
        const auto [known, isNew] = things.emplace(change.subject, change.kind);
        if (!isNew && change.kind != MapChange::Kind::Changed)
            known->second = change.kind;
        kindOfThing[change.subject] = kindOfSubject(change);
    }
    std::vector<std::string> clauses;
    for (const auto& [kind, verb] : {std::pair(MapChange::Kind::Added, "adds "),
                                     std::pair(MapChange::Kind::Changed, "changes "),
                                     std::pair(MapChange::Kind::Removed, "removes ")}) {
        std::vector<std::string> counts;
        for (const std::string_view word : kinds) {
            std::size_t count = 0;
            for (const auto& [subject, change] : things)
                count += change == kind && kindOfThing[subject] == word ? 1 : 0;
            if (count > 0)
                counts.push_back(counted(count, word));
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
