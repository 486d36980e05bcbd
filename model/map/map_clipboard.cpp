// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_clipboard.h"

#include "model/map/edits_refactor_plan.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace portolan {

using namespace edits;

namespace {

constexpr int newestPart = 1;
constexpr double furthest = 1e6;       // chart units; what stands further out is left to the layout
constexpr double besideOriginal = 32;  // on the grid

using Ids = std::set<std::string>;
using Renamed = std::unordered_map<std::string, std::string>;  // id in the part -> id in this map

// Copying

class Copying {
public:
    Copying(const MapDocument& document, const std::vector<ContextId>& contexts,
            const std::vector<DomainId>& domains)
        : m_document(document), m_map(document.map())
    {
        for (const ContextId& id : contexts)
            m_contexts.insert(id.text);
        for (const DomainId& id : domains)
            addDomain(id);
        for (const BoundedContext& context : m_map.contexts) {
            if (m_contexts.count(context.id.text) == 0)
                continue;
            for (const DomainId& id : context.domains)
                addDomain(id);
            m_teams.insert(context.team.text);
        }
        for (const DataProduct& product : m_map.products) {
            if (m_contexts.count(product.owner.text) > 0)
                m_products.insert(product.id.text);
        }
    }

    std::string text() const
    {
        JsonValue part = JsonValue::object();
        part.add("portolanMapPart", JsonValue::scalar(std::to_string(newestPart)));
        part.add("name", JsonValue::text(m_map.name));
        add(part, "domains", m_map.domains,
            [this](const Domain& d) { return has(m_domains, d.id); });
        add(part, "teams", m_map.teams, [this](const MapTeam& t) { return has(m_teams, t.id); });
        add(part, "contexts", m_map.contexts,
            [this](const BoundedContext& c) { return has(m_contexts, c.id); });
        add(part, "products", m_map.products,
            [this](const DataProduct& p) { return has(m_products, p.id); });
        add(part, "relationships", m_map.relationships, [this](const Relationship& r) {
            return has(m_contexts, r.upstream) && has(m_contexts, r.downstream);
        });
        add(part, "routes", m_map.routes, [this](const Route& r) {
            return has(m_contexts, r.consumer) && !r.sources.empty() &&
                   std::all_of(r.sources.begin(), r.sources.end(),
                               [this](const ProductId& id) { return has(m_products, id); });
        });
        JsonValue placement = JsonValue::object();
        for (const auto& [id, at] : m_map.placement) {
            if (has(m_contexts, id))
                placement.add(id.text,
                              JsonValue::array({JsonValue::number(at.x), JsonValue::number(at.y)}));
        }
        part.add("placement", std::move(placement));
        std::string out;
        writeJson(out, part, {}, {}, true);
        return out + "\n";
    }

private:
    template <class AnyId>
    static bool has(const Ids& ids, const AnyId& id)
    {
        return ids.count(id.text) > 0;
    }

    // With those above it; the reader has seen to it that the way up ends.
    void addDomain(const DomainId& id)
    {
        for (const Domain* domain = m_map.domain(id);
             domain && m_domains.insert(domain->id.text).second;)
            domain = domain->parent.isEmpty() ? nullptr : m_map.domain(domain->parent);
    }

    template <class Thing, class Is>
    void add(JsonValue& part, std::string_view list, const std::vector<Thing>& things,
             Is isCopied) const
    {
        JsonValue copies = JsonValue::array();
        for (const Thing& thing : things) {
            if (isCopied(thing))
                copies.add(copyOf(DataNode(&m_document.tree(), thing.where.node)));
        }
        part.add(list, std::move(copies));
    }

    const MapDocument& m_document;
    const ContextMap& m_map;
    Ids m_contexts;
    Ids m_domains;
    Ids m_teams;
    Ids m_products;
};

// Pasting

// Gives ids, or names, that are not taken: the wish itself, else with a number.
class Fresh {
public:
    explicit Fresh(std::string separator) : m_separator(std::move(separator)) {}

    void take(std::string text) { m_taken.insert(std::move(text)); }

    std::string of(const std::string& wish)
    {
        std::string text = wish;
        // Counts on from the last number of this wish, so that many alike stay cheap.
        for (int& number = m_numbers[wish]; !m_taken.insert(text).second;) {
            number = std::max(number, 1) + 1;
            text = wish + m_separator + std::to_string(number);
        }
        return text;
    }

private:
    std::string m_separator;
    std::unordered_set<std::string> m_taken;
    std::unordered_map<std::string, int> m_numbers;
};

void setMember(JsonValue& object, std::string_view key, JsonValue value)
{
    if (JsonValue* known = memberOf(object, key))
        *known = std::move(value);
    else
        object.add(key, std::move(value));
}

void dropMember(JsonValue& object, std::string_view key)
{
    std::erase_if(object.members, [key](const auto& member) { return member.first == key; });
}

// A reference by another name; dropped when there is none.
void rewire(JsonValue& object, std::string_view key, const std::string& id, const Renamed& renamed)
{
    if (id.empty())
        return;
    if (const auto known = renamed.find(id); known != renamed.end())
        setMember(object, key, JsonValue::text(known->second));
    else
        dropMember(object, key);
}

template <class AnyId>
std::vector<std::string> rewired(const std::vector<AnyId>& ids, const Renamed& renamed)
{
    std::vector<std::string> texts;
    for (const AnyId& id : ids) {
        if (const auto known = renamed.find(id.text); known != renamed.end())
            texts.push_back(known->second);
    }
    return texts;
}

template <class AnyId>
void rewire(JsonValue& object, std::string_view key, const std::vector<AnyId>& ids,
            const Renamed& renamed)
{
    if (!memberOf(object, key))
        return;
    if (const std::vector<std::string> texts = rewired(ids, renamed); !texts.empty())
        setMember(object, key, JsonValue::texts(texts));
    else
        dropMember(object, key);
}

class Pasting {
public:
    Pasting(const MapDocument& document, const MapDocument& part, const Position& offset)
        : m_document(document), m_map(document.map()), m_partDocument(part), m_part(part.map()),
          m_offset(offset), m_edit(document.tree())
    {
        for (const BoundedContext& context : m_map.contexts) {
            m_names.take(context.name);
            for (const OwnershipList& list : ownershipLists) {
                for (const std::string& pattern : context.owns.*list.patterns)
                    m_owned.insert(std::string(list.key) + "/" + pattern);
            }
        }
    }

    Result<Pasted> done(std::string_view verb)
    {
        m_domains = settled("domains", m_map.domains, m_part.domains);
        m_teams = settled("teams", m_map.teams, m_part.teams);
        m_contexts = renamed("contexts", m_part.contexts);
        m_products = renamed("products", m_part.products);
        const auto relationships = renamed("relationships", m_part.relationships);
        const auto routes = renamed("routes", m_part.routes);
        for (const Result<>& done : {add("domains", newDomains()), add("teams", newTeams()),
                                     add("contexts", newContexts()), add("products", newProducts()),
                                     add("relationships", newRelationships(relationships)),
                                     add("routes", newRoutes(routes)), place()}) {
            if (!done)
                return tl::unexpected(done.error());
        }
        m_pasted.edit = finish(std::string(verb) + " " + what(), m_edit);
        return std::move(m_pasted);
    }

private:
    Fresh freshIds(std::string_view list) const
    {
        Fresh fresh("-");
        for (const DataNode thing : m_document.tree().root()[list])
            fresh.take(thing["id"].string());
        return fresh;
    }

    template <class Thing>
    Renamed renamed(std::string_view list, const std::vector<Thing>& things) const
    {
        Fresh fresh = freshIds(list);
        Renamed renamed;
        for (const Thing& thing : things)
            renamed[thing.id.text] = fresh.of(thing.id.text);
        return renamed;
    }

    // Domains and teams that are here already stand for those of the part; the others get ids, and are remembered as new.
    template <class Thing>
    Renamed settled(std::string_view list, const std::vector<Thing>& here,
                    const std::vector<Thing>& things)
    {
        Fresh fresh = freshIds(list);
        std::unordered_set<std::string> ids;
        std::unordered_map<std::string, std::string> byName;
        for (const Thing& thing : here) {
            ids.insert(thing.id.text);
            byName.emplace(thing.name, thing.id.text);
        }
        Renamed settled;
        for (const Thing& thing : things) {
            const auto named = byName.find(thing.name);
            if (ids.count(thing.id.text) > 0) {
                settled[thing.id.text] = thing.id.text;
            } else if (named != byName.end()) {
                settled[thing.id.text] = named->second;
            } else {
                settled[thing.id.text] = fresh.of(thing.id.text);
                m_new.insert(std::string(list) + "/" + thing.id.text);
            }
        }
        return settled;
    }

    bool isNew(std::string_view list, const std::string& id) const
    {
        return m_new.count(std::string(list) + "/" + id) > 0;
    }

    JsonValue copied(const Declared& thing, const std::string& id) const
    {
        JsonValue object = copyOf(DataNode(&m_partDocument.tree(), thing.node));
        setMember(object, "id", JsonValue::text(id));
        return object;
    }

    std::vector<JsonValue> newDomains()
    {
        std::vector<JsonValue> objects;
        for (const Domain& domain : m_part.domains) {
            if (!isNew("domains", domain.id.text))
                continue;
            const std::string& id = m_domains[domain.id.text];
            JsonValue object = copied(domain.where, id);
            rewire(object, "parent", domain.parent.text, m_domains);
            objects.push_back(std::move(object));
            m_pasted.domains.emplace_back(id);
        }
        return objects;
    }

    std::vector<JsonValue> newTeams()
    {
        std::vector<JsonValue> objects;
        for (const MapTeam& team : m_part.teams) {
            if (isNew("teams", team.id.text))
                objects.push_back(copied(team.where, m_teams[team.id.text]));
        }
        return objects;
    }

    std::vector<JsonValue> newContexts()
    {
        std::vector<JsonValue> objects;
        for (const BoundedContext& context : m_part.contexts) {
            const std::string& id = m_contexts[context.id.text];
            JsonValue object = copied(context.where, id);
            setMember(object, "name", JsonValue::text(m_names.of(context.name)));
            rewire(object, "team", context.team.text, m_teams);
            rewireDomains(object, context);
            ownRest(object, context.owns);
            objects.push_back(std::move(object));
            m_pasted.contexts.emplace_back(id);
        }
        return objects;
    }

    void rewireDomains(JsonValue& object, const BoundedContext& context) const
    {
        if (memberOf(object, "domain"))
            rewire(object, "domain", context.domains.empty() ? "" : context.domains.front().text,
                   m_domains);
        else
            rewire(object, "domains", context.domains, m_domains);
    }

    // Patterns that nobody has here.
    void ownRest(JsonValue& object, const Ownership& owns) const
    {
        JsonValue* lists = memberOf(object, "owns");
        if (!lists)
            return;
        for (const OwnershipList& list : ownershipLists) {
            std::vector<std::string> rest = owns.*list.patterns;
            std::erase_if(rest, [&](const std::string& pattern) {
                return m_owned.count(std::string(list.key) + "/" + pattern) > 0;
            });
            if (rest.empty())
                dropMember(*lists, list.key);
            else if (rest.size() < (owns.*list.patterns).size())
                setMember(*lists, list.key, JsonValue::texts(rest));
        }
        if (lists->members.empty())
            dropMember(object, "owns");
    }

    // What belongs to no context of the part is left out.
    std::vector<JsonValue> newProducts()
    {
        std::vector<JsonValue> objects;
        for (const DataProduct& product : m_part.products) {
            const auto owner = m_contexts.find(product.owner.text);
            if (owner == m_contexts.end()) {
                m_products.erase(product.id.text);
                continue;
            }
            JsonValue object = copied(product.where, m_products[product.id.text]);
            setMember(object, "context", JsonValue::text(owner->second));
            objects.push_back(std::move(object));
        }
        return objects;
    }

    std::vector<JsonValue> newRelationships(const Renamed& ids)
    {
        std::vector<JsonValue> objects;
        for (const Relationship& relationship : m_part.relationships) {
            const auto upstream = m_contexts.find(relationship.upstream.text);
            const auto downstream = m_contexts.find(relationship.downstream.text);
            if (upstream == m_contexts.end() || downstream == m_contexts.end())
                continue;
            JsonValue object = copied(relationship.where, ids.at(relationship.id.text));
            if (isSymmetric(relationship.type)) {
                setMember(object, "between",
                          JsonValue::texts({upstream->second, downstream->second}));
            } else {
                setMember(object, "upstream", JsonValue::text(upstream->second));
                setMember(object, "downstream", JsonValue::text(downstream->second));
            }
            rewire(object, "exposes", relationship.exposes, m_products);
            objects.push_back(std::move(object));
        }
        return objects;
    }

    std::vector<JsonValue> newRoutes(const Renamed& ids)
    {
        std::vector<JsonValue> objects;
        for (const Route& route : m_part.routes) {
            const auto consumer = m_contexts.find(route.consumer.text);
            if (consumer == m_contexts.end() || rewired(route.sources, m_products).empty())
                continue;
            JsonValue object = copied(route.where, ids.at(route.id.text));
            rewire(object, "from", route.sources, m_products);
            setMember(object, "to", JsonValue::text(consumer->second));
            rewire(object, "delivers", route.delivers.text, m_products);
            objects.push_back(std::move(object));
        }
        return objects;
    }

    Result<> add(std::string_view list, std::vector<JsonValue> objects)
    {
        return appendAll(m_edit, m_document.tree().root(), MapObject::Map, list,
                         std::move(objects));
    }

    Result<> place()
    {
        std::vector<std::pair<ContextId, Position>> positions;
        for (const BoundedContext& context : m_part.contexts) {
            const auto at = m_part.placement.find(context.id);
            if (at == m_part.placement.end())
                continue;
            const Position moved = {at->second.x + m_offset.x, at->second.y + m_offset.y};
            if (std::abs(moved.x) <= furthest && std::abs(moved.y) <= furthest)
                positions.emplace_back(ContextId(m_contexts[context.id.text]), moved);
        }
        return setPlacement(m_edit, m_document, positions);
    }

    std::string what() const
    {
        if (m_part.contexts.size() == 1)
            return m_part.contexts.front().name;
        if (m_part.contexts.empty())
            return counted(m_part.domains.size(), "domain");
        return counted(m_part.contexts.size(), "context");
    }

    const MapDocument& m_document;
    const ContextMap& m_map;
    const MapDocument& m_partDocument;
    const ContextMap& m_part;
    Position m_offset;
    JsonEdit m_edit;
    Fresh m_names = Fresh(" ");
    std::unordered_set<std::string> m_owned;  // "datasets/<pattern>"
    std::unordered_set<std::string> m_new;    // "domains/<id in the part>"
    Renamed m_domains;
    Renamed m_teams;
    Renamed m_contexts;
    Renamed m_products;
    Pasted m_pasted;
};

std::size_t thingsIn(const ContextMap& part)
{
    return part.domains.size() + part.teams.size() + part.contexts.size() + part.products.size() +
           part.relationships.size() + part.routes.size();
}

// What cannot be pasted without breaking the map. That a reference leads nowhere is mended by dropping it.
const Problem* breaking(const MapDocument& part)
{
    for (const Problem& problem : part.problems()) {
        const bool isOfWholeMap =
            problem.code == "map.missing-key" && problem.where.pointer.empty();
        if (problem.severity == Severity::Error && problem.code != "map.unknown-reference" &&
            !isOfWholeMap)
            return &problem;
    }
    return nullptr;
}

Problem noPart(std::string sentence)
{
    return refused("clipboard.no-map-part", std::move(sentence));
}

// `subject` says in messages what it is: "The part of a map in the clipboard".
Result<MapDocument> partFrom(std::string_view text, const std::string& subject)
{
    if (!looksLikeMapPart(text))
        return tl::unexpected(noPart("The clipboard holds no part of a context map."));
    if (text.size() > largestMapPart)
        return tl::unexpected(noPart(subject + " is larger than 4 MiB; copy less at once."));
    Result<MapDocument> part = MapDocument::read(std::string(text), {});
    if (!part)
        return tl::unexpected(noPart(subject + " cannot be read: " + part.error().message));
    const DataNode version = part->tree().root()["portolanMapPart"];
    if (version.integer().value_or(0) > newestPart)
        return tl::unexpected(noPart(subject + " was made by a newer Portolan."));
    if (version.integer().value_or(0) != newestPart)
        return tl::unexpected(noPart("The clipboard holds no part of a context map."));
    if (const Problem* problem = breaking(*part))
        return tl::unexpected(noPart(subject + " is broken: " + problem->message));
    const std::size_t things = thingsIn(part->map());
    if (things > mostPastedThings)
        return tl::unexpected(noPart(subject + " has " + std::to_string(things) +
                                     " things, more than " + std::to_string(mostPastedThings) +
                                     "; copy less at once."));
    if (part->map().contexts.empty() && part->map().domains.empty())
        return tl::unexpected(noPart(subject + " is empty."));
    return part;
}

}  // namespace

std::string copyMapPart(const MapDocument& document, const std::vector<ContextId>& contexts,
                        const std::vector<DomainId>& domains)
{
    return Copying(document, contexts, domains).text();
}

bool looksLikeMapPart(std::string_view text)
{
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    return start != std::string_view::npos && text[start] == '{' &&
           text.substr(start, 200).find("\"portolanMapPart\"") != std::string_view::npos;
}

Result<Pasted> pasteMapPart(const MapDocument& document, std::string_view text,
                            const Position& offset)
{
    const Result<MapDocument> part = partFrom(text, "The part of a map in the clipboard");
    if (!part)
        return tl::unexpected(part.error());
    return Pasting(document, *part, offset).done("Paste");
}

Result<Pasted> duplicateContexts(const MapDocument& document, const std::vector<ContextId>& ids)
{
    for (const ContextId& id : ids) {
        if (!document.map().context(id))
            return tl::unexpected(noSuch(MapObject::Context, id.text));
    }
    if (ids.empty())
        return tl::unexpected(refused("edit.precondition", "No context is chosen."));
    const Result<MapDocument> part =
        partFrom(copyMapPart(document, ids), "What is to be duplicated");
    if (!part)
        return tl::unexpected(part.error());
    return Pasting(document, *part, {besideOriginal, besideOriginal}).done("Duplicate");
}

}  // namespace portolan
