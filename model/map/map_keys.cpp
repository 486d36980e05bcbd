// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_keys.h"

#include "model/map/context_map.h"

#include <array>

namespace portolan {
namespace {

using Keys = std::vector<std::string_view>;

const std::array<Keys, 19>& allKeys()
{
    static const std::array<Keys, 19> keys = {
        Keys{"$schema",    "portolan",       "name",          "description", "state",
             "asIs",       "sources",        "domains",       "teams",       "contexts",
             "products",   "relationships",  "routes",        "identifiers", "crosswalks",
             "migrations", "identities",     "acceptedDrift", "decisions",   "views",
             "placement",  "placementLocked"},
        Keys{"id", "name", "code", "parent", "kind", "hue", "description"},
        Keys{"id", "name", "contact", "description"},
        Keys{"id", "name", "domain", "domains", "team", "steward", "purpose", "bigBallOfMud",
             "legacy", "standsAlone", "terms", "owns"},
        Keys{"name", "definition", "synonyms"},
        Keys{"datasets", "contracts", "jobs"},
        Keys{"id", "name", "context", "kind", "authority", "description", "contracts", "ports",
             "reconciliation"},
        Keys{"type", "address", "dataset"},
        Keys(questionKeys.begin(), questionKeys.end()),
        Keys{"id", "type", "upstream", "downstream", "between", "upstreamRoles", "downstreamRoles",
             "exposes", "adopts", "veto", "name", "description"},
        Keys{"id", "name", "from", "to", "delivers", "rules", "translation", "description"},
        Keys{"from", "to", "rule", "changesMeaning", "note"},
        Keys{"id", "name", "context", "description"},
        Keys{"id", "from", "to", "context", "survivorship", "dataset"},
        Keys{"seam", "from", "to", "stage", "note"},
        Keys{"kind", "one", "other", "decision", "reason"},
        Keys{"kind", "subject", "from", "to", "reason", "by", "until"},
        Keys{"id", "title", "date", "reason", "explains"},
        Keys{"id", "name", "description", "filter", "only", "hidden", "collapsed", "focus", "depth",
             "direction", "show", "lens", "placement"},
    };
    return keys;
}

}  // namespace

const std::vector<std::string_view>& keysOf(MapObject kind)
{
    return allKeys()[static_cast<std::size_t>(kind)];
}

std::string_view toString(MapObject kind)
{
    static constexpr std::array<std::string_view, 19> names = {
        "map",       "domain",   "team",           "context",  "term",  "ownership",  "product",
        "port",      "answers",  "relationship",   "route",    "field", "identifier", "crosswalk",
        "migration", "identity", "accepted drift", "decision", "view"};
    return names[static_cast<std::size_t>(kind)];
}

bool kindOfChild(MapObject parent, std::string_view key, MapObject& child)
{
    struct Row {
        MapObject parent;
        std::string_view key;
        MapObject child;
    };
    static constexpr Row rows[] = {
        {MapObject::Map, "domains", MapObject::Domain},
        {MapObject::Map, "teams", MapObject::Team},
        {MapObject::Map, "contexts", MapObject::Context},
        {MapObject::Map, "products", MapObject::Product},
        {MapObject::Map, "relationships", MapObject::Relationship},
        {MapObject::Map, "routes", MapObject::Route},
        {MapObject::Map, "identifiers", MapObject::Identifier},
        {MapObject::Map, "crosswalks", MapObject::Crosswalk},
        {MapObject::Map, "migrations", MapObject::Migration},
        {MapObject::Map, "identities", MapObject::Identity},
        {MapObject::Map, "acceptedDrift", MapObject::AcceptedDrift},
        {MapObject::Map, "decisions", MapObject::Decision},
        {MapObject::Map, "views", MapObject::View},
        {MapObject::Context, "terms", MapObject::Term},
        {MapObject::Context, "owns", MapObject::Ownership},
        {MapObject::Product, "ports", MapObject::Port},
        {MapObject::Product, "reconciliation", MapObject::Reconciliation},
        {MapObject::Route, "translation", MapObject::Translation},
    };
    for (const Row& row : rows) {
        if (row.parent == parent && row.key == key) {
            child = row.child;
            return true;
        }
    }
    return false;
}

}  // namespace portolan
