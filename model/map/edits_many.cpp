// SPDX-License-Identifier: Apache-2.0
// Edits of several contexts at once, and what a removal of several things takes along.
#include "model/map/edit_parts.h"
#include "model/map/refactorings.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace portolan {

using namespace edits;

namespace {

std::vector<ContextId> once(const std::vector<ContextId>& ids)
{
    std::vector<ContextId> all;
    for (const ContextId& id : ids) {
        if (std::find(all.begin(), all.end(), id) == all.end())
            all.push_back(id);
    }
    return all;
}

std::string nameOfAll(const MapDocument& document, const std::vector<ContextId>& ids)
{
    return ids.size() == 1 ? nameOf(document, ids.front()) : counted(ids.size(), "context");
}

Result<> check(const MapDocument& document, const ContextChange& change)
{
    if (change.domain && !change.domain->isEmpty() && !document.map().domain(*change.domain))
        return tl::unexpected(noSuch(MapObject::Domain, change.domain->text));
    if (change.team && !change.team->isEmpty() && !document.map().team(*change.team))
        return tl::unexpected(noSuch(MapObject::Team, change.team->text));
    return change.steward ? checkText(*change.steward) : Result<>();
}

void setDomain(JsonEdit& edit, DataNode node, const BoundedContext& context, const DomainId& domain)
{
    if (context.domains.size() == 1 && context.domains.front() == domain)
        return;
    setTextMember(edit, node, MapObject::Context, "domain", domain.text);
    if (const DataNode list = node["domains"])
        edit.remove(list);
}

// "Move 3 contexts to Policy" where one thing is changed, else "Change 3 contexts".
std::string nameOfChange(const MapDocument& document, const std::string& what,
                         const ContextChange& change)
{
    std::vector<std::string> names;
    if (change.domain) {
        const Domain* domain = document.map().domain(*change.domain);
        names.push_back(domain ? "Move " + what + " to " + domain->name
                               : "Take " + what + " out of every domain");
    }
    if (change.team) {
        const MapTeam* team = document.map().team(*change.team);
        names.push_back(team ? "Give " + what + " to " + team->name
                             : "Take " + what + " from every team");
    }
    if (change.steward)
        names.push_back(change.steward->empty()
                            ? "Clear the steward of " + what
                            : "Make " + *change.steward + " steward of " + what);
    const auto mark = [&](const std::optional<bool>& flag, std::string_view on,
                          std::string_view off) {
        if (flag)
            names.push_back("Mark " + what + " as " + std::string(*flag ? on : off));
    };
    mark(change.isBigBallOfMud, "a big ball of mud", "no big ball of mud");
    mark(change.isLegacy, "legacy", "not legacy");
    mark(change.standsAlone, "standing alone", "not standing alone");
    return names.size() == 1 ? names.front() : "Change " + what;
}

Problem tooFew(std::string sentence)
{
    return refused("edit.precondition", std::move(sentence));
}

std::string nameOfCards(const std::vector<PlacedCard>& cards)
{
    return counted(cards.size(), "context");
}

Result<Edit> placed(const MapDocument& document, const std::vector<PlacedCard>& cards,
                    const std::string& name)
{
    std::vector<std::pair<ContextId, Position>> positions;
    for (const PlacedCard& card : cards)
        positions.emplace_back(card.context, Position{card.x, card.y});
    Result<Edit> edit = placeContexts(document, positions, name);
    if (edit)
        edit->mergeKey.clear();  // a step of its own, also behind a drag of the same cards
    return edit;
}

// One axis of a card.
struct Axis {
    double PlacedCard::*start;
    double PlacedCard::*size;

    double end(const PlacedCard& card) const { return card.*start + card.*size; }
};
constexpr Axis across = {&PlacedCard::x, &PlacedCard::width};
constexpr Axis down = {&PlacedCard::y, &PlacedCard::height};

// `share` of the space that a card leaves free in the box is before it: 0 at the start, 1 at the end.
void align(std::vector<PlacedCard>& cards, const Axis& axis, double share)
{
    double start = cards.front().*axis.start;
    double end = axis.end(cards.front());
    for (const PlacedCard& card : cards) {
        start = std::min(start, card.*axis.start);
        end = std::max(end, axis.end(card));
    }
    for (PlacedCard& card : cards)
        card.*axis.start = std::round(start + share * (end - start - card.*axis.size));
}

// What goes when things are removed: the same as Removal (edits_remove.cpp) takes out, told in words.
class Dependents {
public:
    Dependents(const ContextMap& map, const std::vector<ContextId>& contexts,
               const std::vector<DomainId>& domains, const std::vector<ProductId>& products,
               const std::vector<TeamId>& teams)
        : m_map(map), m_contexts(contexts.begin(), contexts.end()),
          m_domains(domains.begin(), domains.end()), m_teams(teams.begin(), teams.end()),
          m_chosen(products.begin(), products.end()), m_products(m_chosen)
    {
        for (const DataProduct& product : map.products) {
            if (isGone(product.owner))
                m_products.insert(product.id);
        }
    }

    std::vector<std::string> told()
    {
        tellDomains();
        tellContexts();
        for (const DataProduct& product : m_map.products) {
            if (isGone(product.id) && m_chosen.count(product.id) == 0)
                m_told.push_back("product " + product.name);
        }
        tellRelationships();
        tellRoutes();
        tellOthers();
        return std::move(m_told);
    }

private:
    bool isGone(const ContextId& id) const { return m_contexts.count(id) > 0; }
    bool isGone(const ProductId& id) const { return m_products.count(id) > 0; }
    bool isGone(const DomainId& id) const { return m_domains.count(id) > 0; }

    void tellDomains()
    {
        for (const Domain& domain : m_map.domains) {
            if (!isGone(domain.id) && isGone(domain.parent))
                m_told.push_back("domain " + domain.name + ", left without the domain above it");
        }
    }

    void tellContexts()
    {
        for (const BoundedContext& context : m_map.contexts) {
            if (isGone(context.id)) {
                if (!context.terms.empty())
                    m_told.push_back(counted(context.terms.size(), "term") + " of " + context.name);
                continue;
            }
            const auto isTheirs = [this](const DomainId& id) { return isGone(id); };
            if (!context.domains.empty() &&
                std::all_of(context.domains.begin(), context.domains.end(), isTheirs))
                m_told.push_back("context " + context.name + ", left without a domain");
            if (m_teams.count(context.team) > 0)
                m_told.push_back("context " + context.name + ", left without a team");
        }
    }

    void tellRelationships()
    {
        for (const Relationship& relationship : m_map.relationships) {
            const std::string words = "relationship " + relationshipInWords(m_map, relationship);
            if (isGone(relationship.upstream) || isGone(relationship.downstream)) {
                m_told.push_back(words);
                continue;
            }
            if (const std::string names = productsAmong(relationship.exposes); !names.empty())
                m_told.push_back(words + ", which no longer exposes " + names);
        }
    }

    void tellRoutes()
    {
        for (const Route& route : m_map.routes) {
            const std::string words = "route " + (route.name.empty() ? route.id.text : route.name);
            const bool hasNoSource =
                !route.sources.empty() &&
                std::all_of(route.sources.begin(), route.sources.end(),
                            [this](const ProductId& id) { return isGone(id); });
            if (isGone(route.consumer) || hasNoSource) {
                m_told.push_back(words);
                continue;
            }
            if (const std::string names = productsAmong(route.sources); !names.empty())
                m_told.push_back(words + ", which no longer takes " + names);
            if (isGone(route.delivers))
                m_told.push_back(words + ", which no longer delivers " +
                                 productsAmong({route.delivers}));
        }
    }

    void tellOthers()
    {
        for (const Identifier& identifier : m_map.identifiers) {
            if (isGone(identifier.issuer))
                m_told.push_back("identifier " + identifier.name + ", left without a context");
        }
        for (const Crosswalk& crosswalk : m_map.crosswalks) {
            if (isGone(crosswalk.owner))
                m_told.push_back("crosswalk " + crosswalk.id.text + ", left without a context");
        }
        for (const MigrationStage& migration : m_map.migrations) {
            if (isGone(migration.from) || isGone(migration.to))
                m_told.push_back("migration " + migration.seam + ", left without an end");
        }
    }

    std::string productsAmong(const std::vector<ProductId>& ids) const
    {
        std::vector<std::string> names;
        for (const ProductId& id : ids) {
            const DataProduct* product = m_map.product(id);
            if (isGone(id))
                names.push_back(product ? product->name : id.text);
        }
        return enumerated(names);
    }

    const ContextMap& m_map;
    std::set<ContextId> m_contexts;
    std::set<DomainId> m_domains;
    std::set<TeamId> m_teams;
    std::set<ProductId> m_chosen;
    std::set<ProductId> m_products;
    std::vector<std::string> m_told;
};

}  // namespace

Result<Edit> changeContexts(const MapDocument& document, const std::vector<ContextId>& ids,
                            const ContextChange& change)
{
    if (const Result<> done = check(document, change); !done)
        return tl::unexpected(done.error());
    const std::vector<ContextId> contexts = once(ids);
    JsonEdit edit(document.tree());
    for (const ContextId& id : contexts) {
        const Result<DataNode> node = contextNode(document, id);
        if (!node)
            return tl::unexpected(node.error());
        if (change.domain)
            setDomain(edit, *node, *document.map().context(id), *change.domain);
        if (change.team)
            setTextMember(edit, *node, MapObject::Context, "team", change.team->text);
        if (change.steward)
            setTextMember(edit, *node, MapObject::Context, "steward", *change.steward);
        if (change.isBigBallOfMud)
            setFlagMember(edit, *node, MapObject::Context, "bigBallOfMud", *change.isBigBallOfMud);
        if (change.isLegacy)
            setFlagMember(edit, *node, MapObject::Context, "legacy", *change.isLegacy);
        if (change.standsAlone)
            setFlagMember(edit, *node, MapObject::Context, "standsAlone", *change.standsAlone);
    }
    return finish(nameOfChange(document, nameOfAll(document, contexts), change), edit);
}

Result<Edit> alignContexts(const MapDocument& document, const std::vector<PlacedCard>& cards,
                           Alignment alignment)
{
    if (cards.size() < 2)
        return tl::unexpected(tooFew("It takes two contexts to align them."));
    struct Row {
        Axis axis;
        double share;
        std::string_view word;
    };
    // By Alignment.
    static constexpr Row rows[] = {{across, 0, "left"},   {across, 0.5, "centre"},
                                   {across, 1, "right"},  {down, 0, "top"},
                                   {down, 0.5, "middle"}, {down, 1, "bottom"}};
    const Row& row = rows[static_cast<std::size_t>(alignment)];
    std::vector<PlacedCard> aligned = cards;
    align(aligned, row.axis, row.share);
    return placed(document, aligned, "Align " + nameOfCards(cards) + ": " + std::string(row.word));
}

Result<Edit> distributeContexts(const MapDocument& document, const std::vector<PlacedCard>& cards,
                                Distribution distribution)
{
    if (cards.size() < 3)
        return tl::unexpected(tooFew("It takes three contexts to distribute them."));
    const bool isAcross = distribution == Distribution::Horizontally;
    const Axis& axis = isAcross ? across : down;
    std::vector<PlacedCard> spread = cards;
    std::stable_sort(spread.begin(), spread.end(),
                     [&axis](const PlacedCard& one, const PlacedCard& other) {
                         return one.*axis.start < other.*axis.start;
                     });
    double room = axis.end(spread.back()) - spread.front().*axis.start;
    for (const PlacedCard& card : spread)
        room -= card.*axis.size;
    const double gap =
        room / static_cast<double>(spread.size() - 1);  // negative: they overlap alike
    double next = spread.front().*axis.start;
    for (PlacedCard& card : spread) {
        card.*axis.start = std::round(next);
        next += card.*axis.size + gap;
    }
    return placed(document, spread,
                  "Distribute " + nameOfCards(cards) +
                      (isAcross ? " horizontally" : " vertically"));
}

std::vector<std::string> dependentsOf(const MapDocument& document,
                                      const std::vector<ContextId>& contexts,
                                      const std::vector<DomainId>& domains,
                                      const std::vector<ProductId>& products,
                                      const std::vector<TeamId>& teams)
{
    return Dependents(document.map(), contexts, domains, products, teams).told();
}

}  // namespace portolan
