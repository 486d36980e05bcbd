// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_renames.h"

#include "model/map/map_things.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace portolan {
namespace {

// What very many things have in common does not make two of them candidates: comparing all with all would cost much.
constexpr std::size_t mostSharers = 64;

using Features = std::vector<std::string>;

struct Candidate {
    std::string id;
    DataNode thing;
    Features features = {};
};

bool hasId(MapObject kind)
{
    return kind != MapObject::Migration && kind != MapObject::Identity &&
           kind != MapObject::AcceptedDrift;
}

// Things with an id that `others` does not have.
std::vector<Candidate> onlyIn(MapObject kind, DataNode list, DataNode others)
{
    std::set<std::string> known;
    for (const DataNode other : others)
        known.insert(identityOf(kind, other));
    std::vector<Candidate> candidates;
    for (const DataNode thing : list) {
        std::string id = identityOf(kind, thing);
        if (thing.isObject() && !isIdentityByContent(id) && known.insert(id).second)
            candidates.push_back({std::move(id), thing});
    }
    return candidates;
}

// Each name that is there once, with the place of its thing.
std::unordered_map<std::string, std::size_t> uniqueNames(const std::vector<Candidate>& candidates)
{
    std::unordered_map<std::string, std::size_t> places;
    std::set<std::string> repeated;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const std::string name = candidates[i].thing["name"].string();
        if (!name.empty() && !places.emplace(name, i).second)
            repeated.insert(name);
    }
    for (const std::string& name : repeated)
        places.erase(name);
    return places;
}

// Says what a thing is about. Of the earlier map the ids are told as the later one has them.
class FeatureFinder {
public:
    FeatureFinder(DataNode root, const MapRenames* renames) : m_renames(renames)
    {
        for (const DataNode product : root["products"])
            refer(product["context"], "product " + product["id"].string());
        for (const DataNode each : root["relationships"]) {
            const auto [one, other] = endsOf(each);
            refer(one, "to " + each["type"].string() + " " + idOf(MapObject::Context, other));
            refer(other, "from " + each["type"].string() + " " + idOf(MapObject::Context, one));
        }
        for (const DataNode route : root["routes"])
            refer(route["to"], "route " + route["id"].string());
        for (const DataNode identifier : root["identifiers"])
            refer(identifier["context"], "identifier " + identifier["id"].string());
    }

    Features of(MapObject kind, DataNode thing) const
    {
        Features features;
        for (const std::string_view key : {"description", "purpose", "contact"})
            addText(features, key, thing[key]);
        addEnds(features, kind, thing);
        if (kind == MapObject::Context)
            addContext(features, thing);
        if (kind == MapObject::Product) {
            addElements(features, "contract", thing["contracts"]);
            addElements(features, "port", thing["ports"]);
        }
        std::sort(features.begin(), features.end());
        features.erase(std::unique(features.begin(), features.end()), features.end());
        return features;
    }

private:
    static std::pair<DataNode, DataNode> endsOf(DataNode relationship)
    {
        const DataNode between = relationship["between"];
        if (!between.isArray() || between.size() != 2)
            return {relationship["upstream"], relationship["downstream"]};
        const DataNode first = *between.begin();
        return {first, *++between.begin()};
    }

    std::string idOf(MapObject kind, DataNode reference) const
    {
        return m_renames ? m_renames->newId(kind, reference.text()) : reference.string();
    }

    void refer(DataNode reference, std::string what)
    {
        if (reference.isString())
            m_referring[reference.string()].push_back(std::move(what));
    }

    static void addText(Features& features, std::string_view key, DataNode text)
    {
        if (text.isString() && !text.text().empty())
            features.push_back(std::string(key) + " " + text.string());
    }

    static void addElements(Features& features, std::string_view key, DataNode list)
    {
        for (const DataNode element : list)
            features.push_back(std::string(key) + " " + compactJson(element));
    }

    // What joins two things is what it joins.
    void addEnds(Features& features, MapObject kind, DataNode thing) const
    {
        std::string ends;
        if (kind == MapObject::Relationship) {
            auto [one, other] = endsOf(thing);
            std::pair<std::string, std::string> ids = {idOf(MapObject::Context, one),
                                                       idOf(MapObject::Context, other)};
            if (thing["between"] && ids.second < ids.first)
                std::swap(ids.first, ids.second);
            ends = thing["type"].string() + "\n" + ids.first + "\n" + ids.second;
            addElements(features, "exposes", thing["exposes"]);
        } else if (kind == MapObject::Route) {
            for (const DataNode product : thing["from"])
                ends += idOf(MapObject::Product, product) + "\n";
            ends += idOf(MapObject::Context, thing["to"]);
        } else if (kind == MapObject::Crosswalk) {
            ends = idOf(MapObject::Identifier, thing["from"]) + "\n" +
                   idOf(MapObject::Identifier, thing["to"]);
        } else {
            return;
        }
        features.push_back("ends " + ends);
    }

    void addContext(Features& features, DataNode context) const
    {
        for (const DataNode term : context["terms"]) {
            addText(features, "term", term["name"]);
            addText(features, "definition", term["definition"]);
        }
        for (const DataNode patterns : context["owns"])
            addElements(features, patterns.key(), patterns);
        if (const auto found = m_referring.find(context["id"].string()); found != m_referring.end())
            features.insert(features.end(), found->second.begin(), found->second.end());
    }

    const MapRenames* m_renames;
    std::unordered_map<std::string, Features> m_referring;  // by context id
};

bool hasEnds(MapObject kind)
{
    return kind == MapObject::Relationship || kind == MapObject::Route ||
           kind == MapObject::Crosswalk;
}

struct Likeness {
    std::size_t common = 0;
    std::size_t all = 0;
    std::size_t before = 0;
    std::size_t after = 0;
};

bool isSameThing(MapObject kind, const Likeness& likeness)
{
    const bool isOneEnough = kind == MapObject::Domain || kind == MapObject::Team ||
                             kind == MapObject::Identifier || hasEnds(kind);
    return likeness.common >= (isOneEnough ? 1u : 2u) && 2 * likeness.common >= likeness.all;
}

std::string endsOf(const Features& features)
{
    for (const std::string& feature : features) {
        if (feature.starts_with("ends "))
            return feature;
    }
    return {};
}

Likeness likenessOf(const Candidate& one, const Candidate& other, std::size_t before,
                    std::size_t after)
{
    Features common;
    std::set_intersection(one.features.begin(), one.features.end(), other.features.begin(),
                          other.features.end(), std::back_inserter(common));
    const std::size_t all = one.features.size() + other.features.size() - common.size();
    return {common.size(), all, before, after};
}

// Pairs that have half or more in common, the likest first.
std::vector<Likeness> likenesses(MapObject kind, const std::vector<Candidate>& before,
                                 const std::vector<Candidate>& after)
{
    std::unordered_map<std::string, std::vector<std::size_t>> having;
    for (std::size_t i = 0; i < before.size(); ++i) {
        for (const std::string& feature : before[i].features)
            having[feature].push_back(i);
    }
    std::vector<Likeness> found;
    for (std::size_t i = 0; i < after.size(); ++i) {
        std::set<std::size_t> others;
        for (const std::string& feature : after[i].features) {
            const auto sharers = having.find(feature);
            if (sharers != having.end() && sharers->second.size() <= mostSharers)
                others.insert(sharers->second.begin(), sharers->second.end());
        }
        for (const std::size_t other : others) {
            const Likeness likeness = likenessOf(before[other], after[i], other, i);
            if (endsOf(before[other].features) == endsOf(after[i].features) &&
                isSameThing(kind, likeness))
                found.push_back(likeness);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Likeness& a, const Likeness& b) {
        return a.common * b.all > b.common * a.all;
    });
    return found;
}

}  // namespace

MapRenames MapRenames::between(DataNode before, DataNode after)
{
    MapRenames renames;
    for (const auto& [key, kind] : listsOfThings()) {
        if (!hasId(kind))
            continue;
        std::vector<Candidate> gone = onlyIn(kind, before[key], after[key]);
        std::vector<Candidate> come = onlyIn(kind, after[key], before[key]);
        if (gone.empty() || come.empty())
            continue;
        std::set<std::size_t> goneTaken;
        std::set<std::size_t> comeTaken;
        const auto take = [&, kind = kind](std::size_t from, std::size_t to) {
            if (goneTaken.contains(from) || comeTaken.contains(to))
                return;
            goneTaken.insert(from);
            comeTaken.insert(to);
            renames.add(kind, gone[from].id, come[to].id);
        };
        // Of what has ends, the name says little: two may be called "uses".
        if (!hasEnds(kind)) {
            const std::unordered_map<std::string, std::size_t> names = uniqueNames(come);
            for (const auto& [name, place] : uniqueNames(gone)) {
                if (const auto same = names.find(name); same != names.end())
                    take(place, same->second);
            }
        }
        const FeatureFinder then(before, &renames);
        const FeatureFinder now(after, nullptr);
        for (Candidate& each : gone)
            each.features = then.of(kind, each.thing);
        for (Candidate& each : come)
            each.features = now.of(kind, each.thing);
        for (const Likeness& likeness : likenesses(kind, gone, come))
            take(likeness.before, likeness.after);
    }
    return renames;
}

std::string MapRenames::newId(MapObject kind, std::string_view id) const
{
    const auto found = m_newIds.find({kind, std::string(id)});
    return found == m_newIds.end() ? std::string(id) : found->second;
}

std::string MapRenames::oldId(MapObject kind, std::string_view id) const
{
    const auto found = m_oldIds.find({kind, std::string(id)});
    return found == m_oldIds.end() ? std::string(id) : found->second;
}

std::map<std::string, std::string> MapRenames::ofTerms(DataNode before, DataNode after)
{
    std::map<std::string, std::string> renames;
    const std::vector<Candidate> come = onlyIn(MapObject::Term, after, before);
    std::map<std::string, std::vector<std::string>> byDefinition;
    for (const Candidate& term : come)
        byDefinition[term.thing["definition"].string()].push_back(term.id);
    for (const Candidate& term : onlyIn(MapObject::Term, before, after)) {
        const std::string definition = term.thing["definition"].string();
        const auto same = byDefinition.find(definition);
        if (definition.empty() || same == byDefinition.end())
            continue;
        renames[term.id] = same->second.front();
        byDefinition.erase(same);
    }
    return renames;
}

void MapRenames::add(MapObject kind, const std::string& before, const std::string& after)
{
    m_newIds[{kind, before}] = after;
    m_oldIds[{kind, after}] = before;
}

}  // namespace portolan
