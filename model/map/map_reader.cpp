// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_reader.h"

#include "model/base/spelling.h"
#include "model/map/map_keys.h"

#include <algorithm>
#include <set>

namespace portolan {
namespace {

using Kind = DataTree::Kind;

// An object of the file that is being read. The pointer is carried along, because finding it from a node is costly.
struct Place {
    DataNode node;
    std::string pointer;
    MapObject kind = MapObject::Map;
};

std::string quoted(std::string_view text)
{
    return "\"" + std::string(text) + "\"";
}

std::string_view withArticle(Kind kind)
{
    switch (kind) {
    case Kind::Null:
        return "null";
    case Kind::Bool:
        return "true or false";
    case Kind::Number:
        return "a number";
    case Kind::String:
        return "a string";
    case Kind::Array:
        return "a list";
    case Kind::Object:
        break;
    }
    return "an object";
}

std::string listed(const std::vector<std::string_view>& words)
{
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            list += i + 1 == words.size() ? " or " : ", ";
        list += quoted(words[i]);
    }
    return list;
}

std::string didYouMean(std::string_view word, const std::vector<std::string_view>& known)
{
    const std::string_view closest = closestSpelling(word, known);
    return closest.empty() ? std::string() : " Did you mean " + quoted(closest) + "?";
}

std::string escapedStep(std::string_view key)
{
    std::string step;
    for (const char c : key)
        step += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
    return step;
}

// "Context "crm"" where it has an id or a name, else "A context".
std::string titleOf(const Place& place)
{
    if (place.kind == MapObject::Map)
        return "The map";
    std::string title(toString(place.kind));
    for (const std::string_view key : {"id", "name"}) {
        const DataNode name = place.node[key];
        if (!name.isString() || name.text().empty())
            continue;
        title[0] = static_cast<char>(title[0] - 'a' + 'A');
        return title + " " + quoted(name.text());
    }
    return std::string(title.find_first_of("aeiou") == 0 ? "An " : "A ") + title;
}

class MapReader {
public:
    MapReader(const DataTree& tree, Problems& problems) : m_tree(tree), m_problems(problems)
    {
        const std::string& text = tree.text();
        for (std::size_t at = text.find('\n'); at != std::string::npos;
             at = text.find('\n', at + 1))
            m_lineStarts.push_back(static_cast<std::uint32_t>(at + 1));
    }

    ContextMap read()
    {
        const Place top = {m_tree.root(), {}, MapObject::Map};
        checkKeys(top);
        readHead(top);
        readDeclarations(top);
        readPlacement(top, m_map.placement);
        checkReferences();
        breakParentCycles();
        return std::move(m_map);
    }

private:
    // Places and problems

    SourceSpan span(std::uint32_t offset, std::string pointer) const
    {
        const auto line = std::upper_bound(m_lineStarts.begin(), m_lineStarts.end(), offset) - 1;
        SourceSpan where;
        where.file = m_tree.file();
        where.line = static_cast<int>(line - m_lineStarts.begin()) + 1;
        where.column = static_cast<int>(offset - *line) + 1;
        where.pointer = std::move(pointer);
        return where;
    }

    SourceSpan span(DataNode node, std::string pointer) const
    {
        return span(node.node().start, std::move(pointer));
    }

    Declared declared(const Place& place) const
    {
        return {span(place.node, place.pointer), place.node.index()};
    }

    void report(Severity severity, std::string_view code, std::string message, SourceSpan where)
    {
        m_problems.push_back({severity, std::string(code), std::move(message), std::move(where)});
    }

    void reportMember(const Place& place, DataNode member, std::string_view code,
                      const std::string& complaint)
    {
        report(Severity::Error, code,
               titleOf(place) + ": " + quoted(member.key()) + " " + complaint,
               span(member, place.pointer + "/" + escapedStep(member.key())));
    }

    void reportType(const Place& place, DataNode member, std::string_view expected)
    {
        reportMember(place, member, "map.wrong-type",
                     "is " + std::string(withArticle(member.kind())) + "; expected " +
                         std::string(expected) + ".");
    }

    void reportMissing(const Place& place, std::string_view key, std::string_view expected)
    {
        report(Severity::Error, "map.missing-key",
               titleOf(place) + " has no " + quoted(key) + "; expected " + std::string(expected) +
                   ".",
               span(place.node, place.pointer));
    }

    void checkKeys(const Place& place)
    {
        const std::vector<std::string_view>& known = keysOf(place.kind);
        for (const DataNode member : place.node) {
            const std::string_view key = member.key();
            if (std::find(known.begin(), known.end(), key) != known.end())
                continue;
            const std::string hint = didYouMean(key, absentKeys(place, known));
            if (hint.empty())
                continue;
            report(Severity::Note, "map.unknown-key",
                   titleOf(place) + ": the key " + quoted(key) +
                       " is not known and is kept as it is." + hint,
                   span(member.node().keyStart, place.pointer + "/" + escapedStep(key)));
        }
    }

    static std::vector<std::string_view> absentKeys(const Place& place,
                                                    const std::vector<std::string_view>& known)
    {
        std::vector<std::string_view> absent;
        for (const std::string_view key : known) {
            if (place.node[key].isMissing())
                absent.push_back(key);
        }
        return absent;
    }

    // Members by type

    std::string text(const Place& place, std::string_view key)
    {
        const DataNode member = place.node[key];
        if (member.isMissing() || member.isString())
            return member.string();
        reportType(place, member, "a string");
        return {};
    }

    // A text that says nothing when it is empty: an id, a name, a reference, a pattern.
    std::string filledText(const Place& place, std::string_view key)
    {
        const DataNode member = place.node[key];
        std::string value = text(place, key);
        if (member.isString() && value.empty())
            reportMember(place, member, "map.empty-text", "is empty; expected some text.");
        return value;
    }

    std::string neededText(const Place& place, std::string_view key)
    {
        if (place.node[key].isMissing())
            reportMissing(place, key, "a string");
        return filledText(place, key);
    }

    bool flag(const Place& place, std::string_view key)
    {
        const DataNode member = place.node[key];
        if (!member.isMissing() && member.kind() != Kind::Bool)
            reportType(place, member, "true or false");
        return member.boolean().value_or(false);
    }

    std::vector<std::string> texts(const Place& place, std::string_view key)
    {
        std::vector<std::string> values;
        const DataNode list = place.node[key];
        if (!list.isMissing() && !list.isArray())
            reportType(place, list, "a list of strings");
        if (!list.isArray())
            return values;
        std::size_t position = 0;
        for (const DataNode element : list) {
            if (element.isString() && !element.text().empty())
                values.push_back(element.string());
            else
                reportElement(place, key, element, position, "a string");
            ++position;
        }
        return values;
    }

    void reportElement(const Place& place, std::string_view key, DataNode element,
                       std::size_t position, std::string_view expected)
    {
        const bool isEmptyText = element.isString();
        const std::string what =
            isEmptyText ? "an empty string" : std::string(withArticle(element.kind()));
        report(
            Severity::Error, isEmptyText ? "map.empty-text" : "map.wrong-type",
            titleOf(place) + ": " + quoted(key) + " holds " + what + "; expected " +
                (isEmptyText ? std::string("some text") : std::string(expected)) + ".",
            span(element, place.pointer + "/" + std::string(key) + "/" + std::to_string(position)));
    }

    // One of the spellings that `from` knows. Empty when missing or unknown; the latter is reported.
    template <class From>
    auto spelling(const Place& place, std::string_view key, From from,
                  const std::vector<std::string_view>& known) -> decltype(from(key))
    {
        const DataNode member = place.node[key];
        if (member.isMissing())
            return std::nullopt;
        if (!member.isString()) {
            reportType(place, member, listed(known));
            return std::nullopt;
        }
        const auto value = from(member.text());
        if (!value)
            reportMember(place, member, "map.unknown-value",
                         "is " + quoted(member.text()) + "; expected " + listed(known) + "." +
                             didYouMean(member.text(), known));
        return value;
    }

    // One of a few spellings that stays text; kept even when it is not known.
    std::string word(const Place& place, std::string_view key,
                     const std::vector<std::string_view>& known)
    {
        const auto isKnown = [&known](std::string_view text) -> std::optional<bool> {
            if (std::find(known.begin(), known.end(), text) == known.end())
                return std::nullopt;
            return true;
        };
        spelling(place, key, isKnown, known);
        const DataNode member = place.node[key];
        return member.isString() ? member.string() : std::string();
    }

    template <class Read>
    void forEachObject(const Place& parent, std::string_view key, MapObject kind, Read readObject)
    {
        const DataNode list = parent.node[key];
        if (!list.isMissing() && !list.isArray())
            reportType(parent, list, "a list of objects");
        if (!list.isArray())
            return;
        std::size_t position = 0;
        for (const DataNode element : list) {
            Place place = {element,
                           parent.pointer + "/" + std::string(key) + "/" + std::to_string(position),
                           kind};
            ++position;
            if (!element.isObject()) {
                report(Severity::Error, "map.wrong-type",
                       titleOf(parent) + ": " + quoted(key) + " holds " +
                           std::string(withArticle(element.kind())) + "; expected an object.",
                       span(element, place.pointer));
                continue;
            }
            checkKeys(place);
            readObject(place);
        }
    }

    std::optional<Place> childObject(const Place& parent, std::string_view key, MapObject kind)
    {
        const DataNode member = parent.node[key];
        if (member.isMissing())
            return std::nullopt;
        if (!member.isObject()) {
            reportType(parent, member, "an object");
            return std::nullopt;
        }
        Place place = {member, parent.pointer + "/" + std::string(key), kind};
        checkKeys(place);
        return place;
    }

    // False: this thing has no id of its own, and is left out.
    template <class Thing>
    bool readId(const Place& place, const std::vector<Thing>& others, Thing& thing)
    {
        thing.where = declared(place);
        thing.id = decltype(thing.id)(neededText(place, "id"));
        if (thing.id.isEmpty())
            return false;
        if (!m_taken.insert(std::string(toString(place.kind)) + "/" + thing.id.text).second) {
            const auto first =
                std::find_if(others.begin(), others.end(),
                             [&thing](const Thing& other) { return other.id == thing.id; });
            reportMember(place, place.node["id"], "map.duplicate-id",
                         "is taken by another " + std::string(toString(place.kind)) + " in line " +
                             std::to_string(first->where.span.line) +
                             "; expected an id of its own. It is left out of the map.");
            return false;
        }
        return true;
    }

    // A name, and the id in its place where there is none, so that a thing can be shown and renamed.
    template <class Thing>
    void readName(const Place& place, Thing& thing)
    {
        thing.name = neededText(place, "name");
        if (thing.name.empty())
            thing.name = thing.id.text;
    }

    // The objects

    void readHead(const Place& top)
    {
        readVersion(top);
        text(top, "$schema");
        m_map.name = text(top, "name");
        m_map.description = text(top, "description");
        m_map.state = word(top, "state", {"as-is", "to-be"});
        m_map.asIs = filledText(top, "asIs");
        m_map.sources = texts(top, "sources");
        m_map.isPlacementLocked = flag(top, "placementLocked");
    }

    void readVersion(const Place& top)
    {
        const DataNode version = top.node["portolan"];
        if (version.isMissing())
            reportMissing(top, "portolan", "the number of the format's version, 1");
        else if (version.kind() != Kind::Number)
            reportType(top, version, "the number of the format's version, 1");
        else if (version.number().value_or(0) != ContextMap::newestVersion)
            reportMember(top, version, "map.out-of-range",
                         "is " + version.string() +
                             "; expected the number of the format's version, 1.");
    }

    void readDeclarations(const Place& top)
    {
        forEachObject(top, "domains", MapObject::Domain, [this](const Place& p) { readDomain(p); });
        forEachObject(top, "teams", MapObject::Team, [this](const Place& p) { readTeam(p); });
        forEachObject(top, "contexts", MapObject::Context,
                      [this](const Place& p) { readContext(p); });
        forEachObject(top, "products", MapObject::Product,
                      [this](const Place& p) { readProduct(p); });
        forEachObject(top, "relationships", MapObject::Relationship,
                      [this](const Place& p) { readRelationship(p); });
        forEachObject(top, "routes", MapObject::Route, [this](const Place& p) { readRoute(p); });
        forEachObject(top, "identifiers", MapObject::Identifier,
                      [this](const Place& p) { readIdentifier(p); });
        forEachObject(top, "crosswalks", MapObject::Crosswalk,
                      [this](const Place& p) { readCrosswalk(p); });
        forEachObject(top, "migrations", MapObject::Migration,
                      [this](const Place& p) { readMigration(p); });
        forEachObject(top, "identities", MapObject::Identity,
                      [this](const Place& p) { readIdentity(p); });
        forEachObject(top, "acceptedDrift", MapObject::AcceptedDrift,
                      [this](const Place& p) { readAcceptedDrift(p); });
        forEachObject(top, "decisions", MapObject::Decision,
                      [this](const Place& p) { readDecision(p); });
        forEachObject(top, "views", MapObject::View, [this](const Place& p) { readView(p); });
    }

    void readDomain(const Place& place)
    {
        Domain domain;
        const bool hasId = readId(place, m_map.domains, domain);
        readName(place, domain);
        domain.code = text(place, "code");
        domain.parent = DomainId(filledText(place, "parent"));
        domain.kind = spelling(place, "kind", subdomainFrom, {"core", "supporting", "generic"});
        domain.hue = hue(place);
        domain.description = text(place, "description");
        if (hasId)
            m_map.domains.push_back(std::move(domain));
    }

    std::optional<int> hue(const Place& place)
    {
        const DataNode member = place.node["hue"];
        if (member.isMissing())
            return std::nullopt;
        const std::optional<double> value = member.number();
        if (member.kind() != Kind::Number) {
            reportType(place, member, "a whole number from 0 to 7");
        } else if (!value || *value < 0 || *value > 7 || *value != static_cast<int>(*value)) {
            reportMember(place, member, "map.out-of-range",
                         "is " + member.string() + "; expected a whole number from 0 to 7.");
        } else {
            return static_cast<int>(*value);
        }
        return std::nullopt;
    }

    void readTeam(const Place& place)
    {
        MapTeam team;
        const bool hasId = readId(place, m_map.teams, team);
        readName(place, team);
        team.contact = text(place, "contact");
        team.description = text(place, "description");
        if (hasId)
            m_map.teams.push_back(std::move(team));
    }

    void readContext(const Place& place)
    {
        BoundedContext context;
        const bool hasId = readId(place, m_map.contexts, context);
        readName(place, context);
        context.domains = domainsOf(place);
        context.team = TeamId(filledText(place, "team"));
        context.steward = text(place, "steward");
        context.purpose = text(place, "purpose");
        context.isBigBallOfMud = flag(place, "bigBallOfMud");
        context.isLegacy = flag(place, "legacy");
        context.standsAlone = flag(place, "standsAlone");
        forEachObject(place, "terms", MapObject::Term,
                      [&, this](const Place& term) { context.terms.push_back(readTerm(term)); });
        if (const std::optional<Place> owns = childObject(place, "owns", MapObject::Ownership))
            context.owns = {texts(*owns, "datasets"), texts(*owns, "contracts"),
                            texts(*owns, "jobs")};
        if (hasId)
            m_map.contexts.push_back(std::move(context));
    }

    std::vector<DomainId> domainsOf(const Place& place)
    {
        std::vector<DomainId> domains;
        const std::string single = filledText(place, "domain");
        if (!single.empty())
            domains.emplace_back(single);
        for (std::string& id : texts(place, "domains")) {
            if (std::find(domains.begin(), domains.end(), DomainId(id)) == domains.end())
                domains.emplace_back(std::move(id));
        }
        const DataNode list = place.node["domains"];
        if (!list.isMissing() && !place.node["domain"].isMissing())
            reportMember(place, list, "map.misplaced-key",
                         "stands beside \"domain\"; expected only one of the two.");
        return domains;
    }

    Term readTerm(const Place& place)
    {
        Term term;
        term.name = neededText(place, "name");
        term.definition = text(place, "definition");
        term.synonyms = texts(place, "synonyms");
        term.where = declared(place);
        return term;
    }

    void readProduct(const Place& place)
    {
        DataProduct product;
        const bool hasId = readId(place, m_map.products, product);
        readName(place, product);
        product.owner = ContextId(neededText(place, "context"));
        product.kind = spelling(place, "kind", mapProductKindFrom,
                                {"operational-api", "event", "state", "analytical"});
        product.authority = spelling(place, "authority", mapAuthorityFrom,
                                     {"authoritative", "derived", "conformed"});
        product.description = text(place, "description");
        product.contracts = texts(place, "contracts");
        forEachObject(place, "ports", MapObject::Port, [&, this](const Place& port) {
            product.ports.push_back({neededText(port, "type"), text(port, "address"),
                                     text(port, "dataset"), declared(port)});
        });
        if (const auto answers = childObject(place, "reconciliation", MapObject::Reconciliation)) {
            for (std::size_t i = 0; i < questionKeys.size(); ++i)
                product.answers[i] = text(*answers, questionKeys[i]);
        }
        if (hasId)
            m_map.products.push_back(std::move(product));
    }

    void readRelationship(const Place& place)
    {
        Relationship relationship;
        const bool hasId = readId(place, m_map.relationships, relationship);
        if (place.node["type"].isMissing())
            reportMissing(place, "type", "the pattern of the relationship");
        const std::optional<RelationshipType> type =
            spelling(place, "type", relationshipTypeFrom,
                     {"upstream-downstream", "customer-supplier", "partnership", "shared-kernel",
                      "separate-ways"});
        relationship.type = type.value_or(RelationshipType::UpstreamDownstream);
        readEnds(place, relationship, type);
        relationship.upstreamRoles = rolesOf(place, "upstreamRoles");
        relationship.downstreamRoles = rolesOf(place, "downstreamRoles");
        for (std::string& id : texts(place, "exposes"))
            relationship.exposes.emplace_back(std::move(id));
        relationship.adopts = text(place, "adopts");
        relationship.hasVeto = flag(place, "veto");
        relationship.name = text(place, "name");
        relationship.description = text(place, "description");
        if (hasId)
            m_map.relationships.push_back(std::move(relationship));
    }

    // Of a relationship whose type is not known, whatever ends there are are taken.
    void readEnds(const Place& place, Relationship& relationship,
                  std::optional<RelationshipType> type)
    {
        relationship.upstream = ContextId(filledText(place, "upstream"));
        relationship.downstream = ContextId(filledText(place, "downstream"));
        const std::vector<std::string> between = texts(place, "between");
        if (const DataNode list = place.node["between"]; list.isArray() && list.size() != 2)
            reportMember(place, list, "map.wrong-count",
                         "holds " + std::to_string(list.size()) +
                             (list.size() == 1 ? " element" : " elements") +
                             "; expected the ids of two contexts.");
        if (between.size() == 2) {
            relationship.upstream = ContextId(between[0]);
            relationship.downstream = ContextId(between[1]);
        }
        if (!type)
            return;
        for (const std::string_view key : {"upstream", "downstream", "between"}) {
            const bool belongs = isSymmetric(*type) == (key == "between");
            const DataNode member = place.node[key];
            if (belongs && member.isMissing())
                reportMissing(place, key,
                              key == "between" ? "a list of the ids of two contexts"
                                               : "the id of a context");
            if (!belongs && !member.isMissing())
                reportMember(
                    place, member, "map.misplaced-key",
                    isSymmetric(*type)
                        ? "has no place in a symmetric relationship; expected \"between\" alone."
                        : "has no place here; expected \"upstream\" and \"downstream\".");
        }
    }

    // Those of a list of strings that are known; of the others it is said what was expected.
    std::vector<std::string> knownWords(const Place& place, std::string_view key,
                                        std::string_view expected,
                                        const std::vector<std::string_view>& known)
    {
        std::vector<std::string> words;
        const DataNode list = place.node[key];
        if (!list.isMissing() && !list.isArray())
            reportType(place, list, expected);
        if (!list.isArray())
            return words;
        std::size_t position = 0;
        for (const DataNode element : list) {
            const std::string pointer =
                place.pointer + "/" + std::string(key) + "/" + std::to_string(position++);
            if (element.isString() &&
                std::find(known.begin(), known.end(), element.text()) != known.end()) {
                words.push_back(element.string());
                continue;
            }
            const std::string what = element.isString() ? quoted(element.text())
                                                        : std::string(withArticle(element.kind()));
            report(Severity::Error, element.isString() ? "map.unknown-value" : "map.wrong-type",
                   titleOf(place) + ": " + quoted(key) + " holds " + what + "; expected " +
                       listed(known) + "." + didYouMean(element.text(), known),
                   span(element, pointer));
        }
        return words;
    }

    std::vector<Role> rolesOf(const Place& place, std::string_view key)
    {
        std::vector<Role> roles;
        for (const std::string& word :
             knownWords(place, key, "a list of roles", {"OHS", "PL", "ACL", "CF"}))
            roles.push_back(*roleFrom(word));
        return roles;
    }

    void readRoute(const Place& place)
    {
        Route route;
        const bool hasId = readId(place, m_map.routes, route);
        route.name = text(place, "name");
        if (place.node["from"].isMissing())
            reportMissing(place, "from", "a list of the ids of products");
        for (std::string& id : texts(place, "from"))
            route.sources.emplace_back(std::move(id));
        route.consumer = ContextId(neededText(place, "to"));
        route.delivers = ProductId(filledText(place, "delivers"));
        route.rules = texts(place, "rules");
        forEachObject(place, "translation", MapObject::Translation, [&, this](const Place& field) {
            route.translation.push_back({text(field, "from"), text(field, "to"),
                                         text(field, "rule"), flag(field, "changesMeaning"),
                                         text(field, "note"), declared(field)});
        });
        route.description = text(place, "description");
        if (hasId)
            m_map.routes.push_back(std::move(route));
    }

    void readIdentifier(const Place& place)
    {
        Identifier identifier;
        const bool hasId = readId(place, m_map.identifiers, identifier);
        readName(place, identifier);
        identifier.issuer = ContextId(filledText(place, "context"));
        identifier.description = text(place, "description");
        if (hasId)
            m_map.identifiers.push_back(std::move(identifier));
    }

    void readCrosswalk(const Place& place)
    {
        Crosswalk crosswalk;
        const bool hasId = readId(place, m_map.crosswalks, crosswalk);
        crosswalk.from = IdentifierId(neededText(place, "from"));
        crosswalk.to = IdentifierId(neededText(place, "to"));
        crosswalk.owner = ContextId(filledText(place, "context"));
        crosswalk.survivorship = text(place, "survivorship");
        crosswalk.dataset = text(place, "dataset");
        if (hasId)
            m_map.crosswalks.push_back(std::move(crosswalk));
    }

    void readMigration(const Place& place)
    {
        MigrationStage migration;
        migration.seam = neededText(place, "seam");
        migration.from = ContextId(filledText(place, "from"));
        migration.to = ContextId(filledText(place, "to"));
        migration.stage =
            word(place, "stage", {"identified", "wrapped", "routed", "moved", "retired"});
        migration.note = text(place, "note");
        migration.where = declared(place);
        m_map.migrations.push_back(std::move(migration));
    }

    void readIdentity(const Place& place)
    {
        IdentityDecision identity;
        identity.kind = word(place, "kind", {"dataset", "contract"});
        identity.one = neededText(place, "one");
        identity.other = neededText(place, "other");
        identity.isSame = word(place, "decision", {"same", "different"}) != "different";
        identity.reason = text(place, "reason");
        identity.where = declared(place);
        if (!identity.one.empty() && !identity.other.empty())
            m_map.identities.push_back(std::move(identity));
    }

    void readAcceptedDrift(const Place& place)
    {
        AcceptedDrift accepted;
        if (place.node["kind"].isMissing())
            reportMissing(place, "kind", "a string");
        accepted.kind = word(place, "kind", {driftKindKeys.begin(), driftKindKeys.end()});
        accepted.subject = filledText(place, "subject");
        accepted.from = ContextId(filledText(place, "from"));
        accepted.to = ContextId(filledText(place, "to"));
        accepted.reason = neededText(place, "reason");
        accepted.by = text(place, "by");
        accepted.until = text(place, "until");
        accepted.where = declared(place);
        if (!accepted.kind.empty())
            m_map.acceptedDrift.push_back(std::move(accepted));
    }

    void readDecision(const Place& place)
    {
        MapDecision decision;
        const bool hasId = readId(place, m_map.decisions, decision);
        decision.title = neededText(place, "title");
        if (decision.title.empty())
            decision.title = decision.id.text;
        decision.date = text(place, "date");
        decision.reason = text(place, "reason");
        decision.explains = texts(place, "explains");
        if (hasId)
            m_map.decisions.push_back(std::move(decision));
    }

    void readView(const Place& place)
    {
        SavedView view;
        const bool hasId = readId(place, m_map.views, view);
        readName(place, view);
        view.description = text(place, "description");
        view.filter = text(place, "filter");
        view.only = texts(place, "only");
        view.hidden = texts(place, "hidden");
        view.collapsed = texts(place, "collapsed");
        view.focus = texts(place, "focus");
        view.depth = depth(place);
        view.direction = word(place, "direction", {"both", "upstream", "downstream"});
        view.show = knownWords(place, "show", "a list of strings", {"declared", "observed"});
        view.lens = text(place, "lens");
        readPlacement(place, view.placement);
        if (hasId)
            m_map.views.push_back(std::move(view));
    }

    int depth(const Place& place)
    {
        constexpr int deepest = 99;
        const DataNode member = place.node["depth"];
        if (member.isMissing())
            return 1;
        const std::optional<double> value = member.number();
        if (member.kind() != Kind::Number)
            reportType(place, member, "a whole number from 0 to 99");
        else if (!value || *value < 0 || *value > deepest || *value != static_cast<int>(*value))
            reportMember(place, member, "map.out-of-range",
                         "is " + member.string() + "; expected a whole number from 0 to 99.");
        else
            return static_cast<int>(*value);
        return 1;
    }

    void readPlacement(const Place& place, std::map<ContextId, Position>& positions)
    {
        const DataNode placement = place.node["placement"];
        if (!placement.isMissing() && !placement.isObject())
            reportType(place, placement, "an object of positions by context id");
        if (!placement.isObject())
            return;
        for (const DataNode entry : placement) {
            if (const std::optional<Position> position = positionOf(entry))
                positions[ContextId(std::string(entry.key()))] = *position;
            else
                report(Severity::Error, entry.isArray() ? "map.wrong-count" : "map.wrong-type",
                       "The placement of " + quoted(entry.key()) + " is " +
                           std::string(entry.raw()) + "; expected two numbers, [x, y].",
                       span(entry, place.pointer + "/placement/" + escapedStep(entry.key())));
        }
    }

    static std::optional<Position> positionOf(DataNode entry)
    {
        if (!entry.isArray() || entry.size() != 2)
            return std::nullopt;
        DataNode::Iterator at = entry.begin();
        const std::optional<double> x = (*at).number();
        ++at;
        const std::optional<double> y = (*at).number();
        if (!x || !y)
            return std::nullopt;
        return Position{*x, *y};
    }

    // References

    template <class Thing>
    std::vector<std::string_view> idsOf(const std::vector<Thing>& things) const
    {
        std::vector<std::string_view> ids;
        for (const Thing& thing : things)
            ids.push_back(thing.id.text);
        return ids;
    }

    void checkReference(const Declared& where, MapObject kind, std::string_view key,
                        const std::string& id, MapObject target,
                        const std::vector<std::string_view>& known)
    {
        if (id.empty() || m_taken.count(std::string(toString(target)) + "/" + id) > 0)
            return;
        const Place place = {DataNode(&m_tree, where.node), where.span.pointer, kind};
        const DataNode member = place.node[key];
        std::string pointer = place.pointer + "/" + std::string(key);
        DataNode at = member;
        std::size_t position = 0;
        for (DataNode::Iterator it = member.begin(); member.isArray() && it != member.end(); ++it) {
            if ((*it).text() == id) {
                at = *it;
                pointer += "/" + std::to_string(position);
                break;
            }
            ++position;
        }
        report(Severity::Error, "map.unknown-reference",
               titleOf(place) + ": " + quoted(key) + " names " + quoted(id) +
                   "; expected the id of a " + std::string(toString(target)) + " of this map." +
                   didYouMean(id, known),
               span(at, std::move(pointer)));
    }

    void checkReferences()
    {
        const auto domains = idsOf(m_map.domains);
        const auto teams = idsOf(m_map.teams);
        const auto contexts = idsOf(m_map.contexts);
        const auto products = idsOf(m_map.products);
        const auto identifiers = idsOf(m_map.identifiers);
        const auto context = [&, this](const Declared& where, MapObject kind, std::string_view key,
                                       const ContextId& id) {
            checkReference(where, kind, key, id.text, MapObject::Context, contexts);
        };
        const auto product = [&, this](const Declared& where, MapObject kind, std::string_view key,
                                       const ProductId& id) {
            checkReference(where, kind, key, id.text, MapObject::Product, products);
        };
        for (const Domain& it : m_map.domains)
            checkReference(it.where, MapObject::Domain, "parent", it.parent.text, MapObject::Domain,
                           domains);
        for (const BoundedContext& it : m_map.contexts) {
            checkDomains(it, domains);
            checkReference(it.where, MapObject::Context, "team", it.team.text, MapObject::Team,
                           teams);
        }
        for (const DataProduct& it : m_map.products)
            context(it.where, MapObject::Product, "context", it.owner);
        for (const Relationship& it : m_map.relationships) {
            const DataNode node(&m_tree, it.where.node);
            const bool isBetween = node["between"].isArray() && node["between"].size() == 2;
            context(it.where, MapObject::Relationship, isBetween ? "between" : "upstream",
                    it.upstream);
            context(it.where, MapObject::Relationship, isBetween ? "between" : "downstream",
                    it.downstream);
            for (const ProductId& id : it.exposes)
                product(it.where, MapObject::Relationship, "exposes", id);
        }
        for (const Route& it : m_map.routes) {
            for (const ProductId& id : it.sources)
                product(it.where, MapObject::Route, "from", id);
            context(it.where, MapObject::Route, "to", it.consumer);
            product(it.where, MapObject::Route, "delivers", it.delivers);
        }
        for (const Identifier& it : m_map.identifiers)
            context(it.where, MapObject::Identifier, "context", it.issuer);
        for (const Crosswalk& it : m_map.crosswalks) {
            checkReference(it.where, MapObject::Crosswalk, "from", it.from.text,
                           MapObject::Identifier, identifiers);
            checkReference(it.where, MapObject::Crosswalk, "to", it.to.text, MapObject::Identifier,
                           identifiers);
            context(it.where, MapObject::Crosswalk, "context", it.owner);
        }
        for (const MigrationStage& it : m_map.migrations) {
            context(it.where, MapObject::Migration, "from", it.from);
            context(it.where, MapObject::Migration, "to", it.to);
        }
        checkPlacement(contexts);
    }

    void checkDomains(const BoundedContext& context, const std::vector<std::string_view>& domains)
    {
        const DataNode node(&m_tree, context.where.node);
        for (const DomainId& id : context.domains) {
            const bool isSingle = node["domain"].text() == id.text;
            checkReference(context.where, MapObject::Context, isSingle ? "domain" : "domains",
                           id.text, MapObject::Domain, domains);
        }
    }

    void checkPlacement(const std::vector<std::string_view>& contexts)
    {
        for (const DataNode entry : m_tree.root()["placement"]) {
            const std::string id(entry.key());
            if (m_map.placement.count(ContextId(id)) == 0 || m_taken.count("context/" + id) > 0)
                continue;
            report(Severity::Warning, "map.unknown-reference",
                   "The placement names " + quoted(id) +
                       "; expected the id of a context of this map." + didYouMean(id, contexts),
                   span(entry.node().keyStart, "/placement/" + escapedStep(id)));
        }
    }

    // A walk upwards must end. Where it does not, the last domain of the circle in the file's order is cut loose.
    void breakParentCycles()
    {
        for (Domain& domain : m_map.domains) {
            const Domain* above = &domain;
            for (std::size_t steps = 0; above && steps <= m_map.domains.size(); ++steps) {
                above = above->parent.isEmpty() ? nullptr : m_map.domain(above->parent);
                if (above != &domain)
                    continue;
                const DataNode node(&m_tree, domain.where.node);
                reportMember({node, domain.where.span.pointer, MapObject::Domain}, node["parent"],
                             "map.parent-cycle",
                             "leads back to this domain; expected a domain above it. It is read as "
                             "a whole domain.");
                domain.parent = {};
                break;
            }
        }
    }

    const DataTree& m_tree;
    Problems& m_problems;
    std::vector<std::uint32_t> m_lineStarts = {0};
    std::set<std::string> m_taken;  // "context/crm"
    ContextMap m_map;
};

}  // namespace

ContextMap readContextMap(const DataTree& tree, Problems& problems)
{
    return MapReader(tree, problems).read();
}

}  // namespace portolan
