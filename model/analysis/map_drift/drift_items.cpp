// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/map_drift/drift_items.h"

#include "model/analysis/lineage/published_datasets.h"
#include "model/analysis/rules/accepted_drift.h"
#include "model/analysis/rules/map_index.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace portolan {
namespace {

constexpr std::size_t mostNames = 3;

using Ends = std::pair<ContextId, ContextId>;

Severity severityOf(DriftKind kind)
{
    switch (kind) {
    case DriftKind::WrongDirection:
    case DriftKind::SeparateWaysCrossed:
    case DriftKind::BypassedTranslation:
        return Severity::Error;
    case DriftKind::ObservedNotDeclared:
    case DriftKind::DeclaredNeverObserved:
    case DriftKind::InternalsRead:
        return Severity::Warning;
    case DriftKind::DeclaredNotObservedSince:
        break;
    }
    return Severity::Note;
}

// Days since 1970 of a day as 2026-11-24; nothing for what is none.
std::optional<long> dayNumber(std::string_view day)
{
    if (day.size() != 10)
        return std::nullopt;
    const auto number = [day](std::size_t at, std::size_t length) {
        int value = 0;
        for (const char c : day.substr(at, length)) {
            if (c < '0' || c > '9')
                return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                           std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                           std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count();
}

std::string counted(std::size_t count, std::string_view one)
{
    return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

// "a, b, c and 4 more"
std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), mostNames); ++i)
        text += (text.empty() ? "" : ", ") + names[i];
    if (names.size() > mostNames)
        text += " and " + std::to_string(names.size() - mostNames) + " more";
    return text;
}

class Items {
public:
    Items(const ContextMap& map, const Estate& estate, const EstateOwnership& ownership,
          const MapDrift& drift, const DriftOptions& options)
        : m_map(map), m_estate(estate), m_ownership(ownership), m_drift(drift), m_options(options)
    {
        for (const BoundedContext& context : map.contexts)
            m_contextNames.emplace(context.id.text, &context.name);
        for (const DataProduct& product : map.products)
            m_products.emplace(product.id.text, &product);
        for (std::size_t i = 0; i < drift.flows.size(); ++i)
            m_flows.emplace(Ends(drift.flows[i].upstream, drift.flows[i].downstream), i);
        for (const Relationship& relationship : map.relationships) {
            if (isDirected(relationship))
                m_directed.insert({relationship.upstream, relationship.downstream});
        }
        for (std::size_t i = 0; i < map.acceptedDrift.size(); ++i)
            m_acceptances.emplace(keyOf(map.acceptedDrift[i]), i);
    }

    std::vector<DriftItem> find()
    {
        if (m_estate.lineageEdges.empty())
            return {};
        addRoutes();
        for (const Relationship& relationship : m_map.relationships)
            addRelationship(relationship);
        for (const ObservedFlow& flow : m_drift.flows)
            addUndeclared(flow);
        for (DriftItem& item : m_items)
            accept(item);
        std::stable_sort(m_items.begin(), m_items.end(),
                         [](const DriftItem& a, const DriftItem& b) {
                             return std::tuple(a.isAccepted(), b.severity, a.kind, a.id) <
                                    std::tuple(b.isAccepted(), a.severity, b.kind, b.id);
                         });
        return std::move(m_items);
    }

private:
    using AcceptanceKey = std::tuple<std::string, std::string, std::string, std::string>;

    static AcceptanceKey keyOf(const AcceptedDrift& accepted)
    {
        return {accepted.kind, accepted.subject, accepted.from.text, accepted.to.text};
    }

    void accept(DriftItem& item) const
    {
        const auto found = m_acceptances.find(keyOf(acceptanceOf(item)));
        if (found == m_acceptances.end())
            return;
        item.acceptance = m_map.acceptedDrift[found->second];
        item.isPastAcceptance = isPast(*item.acceptance, m_options.today);
    }

    std::string nameOf(const ContextId& id) const
    {
        const auto found = m_contextNames.find(id.text);
        return found == m_contextNames.end() || found->second->empty() ? id.text : *found->second;
    }

    std::string nameOf(const ProductId& id) const
    {
        const auto found = m_products.find(id.text);
        return found == m_products.end() || found->second->name.empty() ? id.text
                                                                        : found->second->name;
    }

    const ObservedFlow* flow(const ContextId& upstream, const ContextId& downstream) const
    {
        const auto found = m_flows.find({upstream, downstream});
        return found == m_flows.end() ? nullptr : &m_drift.flows[found->second];
    }

    const Crossing& crossing(std::uint32_t number) const { return m_drift.crossings.all[number]; }

    DriftItem& add(DriftKind kind, const EntityRef& subject, const ContextId& upstream,
                   const ContextId& downstream)
    {
        DriftItem item;
        item.kind = kind;
        item.severity = severityOf(kind);
        item.subject = subject;
        item.upstream = upstream;
        item.downstream = downstream;
        item.id = std::string(toString(kind)) + ":" +
                  (subject.id.empty() ? upstream.text + ":" + downstream.text
                                      : std::string(toString(subject.kind)) + ":" + subject.id);
        return m_items.emplace_back(std::move(item));
    }

    void addSeen(DriftItem& item, const std::vector<std::uint32_t>& crossings) const
    {
        item.crossings.insert(item.crossings.end(), crossings.begin(), crossings.end());
        for (const std::uint32_t number : crossings)
            item.jobs.insert(item.jobs.end(), crossing(number).jobs.begin(),
                             crossing(number).jobs.end());
        std::sort(item.jobs.begin(), item.jobs.end());
        item.jobs.erase(std::unique(item.jobs.begin(), item.jobs.end()), item.jobs.end());
    }

    // What the crossings read: "internals raw.a, raw.b and 2 more, PartyProfile, by 3 jobs".
    std::string reading(const DriftItem& item) const
    {
        std::vector<std::string> internals;
        std::vector<std::string> products;
        std::set<std::string> known;
        std::set<DatasetIndex> through;
        for (const std::uint32_t number : item.crossings) {
            const Crossing& one = crossing(number);
            const bool isInternal = one.readsInternals();
            std::string name = isInternal ? std::string(m_estate.datasets[one.from.value].name())
                                          : nameOf(one.product);
            if (known.insert(name).second)
                (isInternal ? internals : products).push_back(std::move(name));
            through.insert(one.through.begin(), one.through.end());
        }
        std::string text = listed(products);
        if (!internals.empty())
            text += (text.empty() ? "internals " : " and internals ") + listed(internals);
        if (!item.jobs.empty())
            text += ", by " + counted(item.jobs.size(), "job");
        if (!through.empty())
            text += ", through " + counted(through.size(), "dataset") + " that nobody owns";
        return text;
    }

    // "Marketing reads internals a, b of CRM, by 3 jobs"
    std::string readingOf(const DriftItem& item) const
    {
        return nameOf(item.downstream) + " reads from " + nameOf(item.upstream) + ": " +
               reading(item);
    }

    void addRelationship(const Relationship& relationship)
    {
        const EntityRef subject{EntityKind::Relationship, relationship.id.text};
        if (relationship.type == RelationshipType::SeparateWays)
            addSeparateWays(relationship, subject);
        else if (isSymmetric(relationship.type))
            addSymmetric(relationship, subject);
        else
            addDirected(relationship, subject);
    }

    void addSeparateWays(const Relationship& relationship, const EntityRef& subject)
    {
        const ObservedFlow* there = flow(relationship.upstream, relationship.downstream);
        const ObservedFlow* back = flow(relationship.downstream, relationship.upstream);
        if (!there && !back)
            return;
        const ObservedFlow& first = there ? *there : *back;
        m_explained.insert({relationship.upstream, relationship.downstream});
        m_explained.insert({relationship.downstream, relationship.upstream});
        DriftItem& item =
            add(DriftKind::SeparateWaysCrossed, subject, first.upstream, first.downstream);
        item.where = relationship.where.span;
        item.lastSeen = first.lastSeen;
        addSeen(item, first.crossings);
        item.sentence = "The two go separate ways on the map, but " + readingOf(item);
        if (there && back) {
            addSeen(item, back->crossings);
            item.sentence += "; and data flows back";
        }
        item.sentence += ".";
    }

    void addSymmetric(const Relationship& relationship, const EntityRef& subject)
    {
        const ObservedFlow* there = flow(relationship.upstream, relationship.downstream);
        const ObservedFlow* back = flow(relationship.downstream, relationship.upstream);
        std::string seen = there ? there->lastSeen : back ? back->lastSeen : std::string();
        if (there && back && (there->lastSeen.empty() || back->lastSeen.empty()))
            seen.clear();
        else if (there && back)
            seen = std::max(there->lastSeen, back->lastSeen);
        // Equals may plan or share code together without any data that flows: never seen is no drift.
        if (!isStale(seen))
            return;
        DriftItem& item = addStale(relationship, subject, seen);
        for (const ObservedFlow* one : {there, back}) {
            if (one)
                addSeen(item, one->crossings);
        }
    }

    void addDirected(const Relationship& relationship, const EntityRef& subject)
    {
        const ObservedFlow* there = flow(relationship.upstream, relationship.downstream);
        if (there) {
            if (isStale(there->lastSeen))
                addSeen(addStale(relationship, subject, there->lastSeen), there->crossings);
            addInternalsRead(relationship, subject, *there);
            return;
        }
        const ObservedFlow* back = flow(relationship.downstream, relationship.upstream);
        if (back && !back->isDeclared) {
            m_explained.insert({back->upstream, back->downstream});
            DriftItem& item =
                add(DriftKind::WrongDirection, subject, back->upstream, back->downstream);
            item.where = relationship.where.span;
            item.lastSeen = back->lastSeen;
            addSeen(item, back->crossings);
            item.sentence = nameOf(relationship.upstream) + " is upstream of " +
                            nameOf(relationship.downstream) +
                            " on the map, but was seen downstream only: " + readingOf(item) + ".";
            return;
        }
        DriftItem& item = add(DriftKind::DeclaredNeverObserved, subject, relationship.upstream,
                              relationship.downstream);
        item.where = relationship.where.span;
        item.sentence = "Nothing was seen to flow from " + nameOf(relationship.upstream) + " to " +
                        nameOf(relationship.downstream) + ".";
    }

    bool isStale(const std::string& seen) const
    {
        const std::optional<long> then = dayNumber(seen);
        const std::optional<long> newest = dayNumber(m_drift.newestRun);
        return then && newest && *newest - *then > m_options.staleDays;
    }

    DriftItem& addStale(const Relationship& relationship, const EntityRef& subject,
                        const std::string& seen)
    {
        DriftItem& item = add(DriftKind::DeclaredNotObservedSince, subject, relationship.upstream,
                              relationship.downstream);
        item.where = relationship.where.span;
        item.lastSeen = seen;
        item.sentence = "Nothing was seen to flow from " + nameOf(relationship.upstream) + " to " +
                        nameOf(relationship.downstream) + " since " + seen +
                        "; the newest run of all was on " + m_drift.newestRun + ".";
        return item;
    }

    // Who lists nothing exposes everything: the rule exposes-everything says so, and nothing that is read is more than declared.
    void addInternalsRead(const Relationship& relationship, const EntityRef& subject,
                          const ObservedFlow& seen)
    {
        if (relationship.exposes.empty())
            return;
        std::vector<std::uint32_t> internals;
        for (const std::uint32_t number : seen.crossings) {
            if (crossing(number).readsInternals() && !m_bypassing.contains(number))
                internals.push_back(number);
        }
        if (internals.empty())
            return;
        DriftItem& item =
            add(DriftKind::InternalsRead, subject, relationship.upstream, relationship.downstream);
        item.where = relationship.where.span;
        item.lastSeen = seen.lastSeen;
        addSeen(item, internals);
        std::vector<std::string> exposed;
        for (const ProductId& product : relationship.exposes)
            exposed.push_back(nameOf(product));
        item.sentence = readingOf(item) + ". The relationship exposes " + listed(exposed) + ".";
    }

    void addUndeclared(const ObservedFlow& seen)
    {
        if (seen.isDeclared || m_explained.contains({seen.upstream, seen.downstream}))
            return;
        DriftItem& item = add(DriftKind::ObservedNotDeclared, {}, seen.upstream, seen.downstream);
        item.lastSeen = seen.lastSeen;
        addSeen(item, seen.crossings);
        item.sentence = readingOf(item) + ". The map has no relationship between the two.";
    }

    ContextId ownerOf(const ProductId& id) const
    {
        const auto found = m_products.find(id.text);
        return found == m_products.end() ? ContextId() : found->second->owner;
    }

    bool translates(const Route& route, const ContextId& upstream) const
    {
        if (!route.translation.empty())
            return true;
        return std::any_of(
            m_map.relationships.begin(), m_map.relationships.end(), [&](const Relationship& it) {
                return it.upstream == upstream && it.downstream == route.consumer &&
                       std::find(it.downstreamRoles.begin(), it.downstreamRoles.end(),
                                 Role::AnticorruptionLayer) != it.downstreamRoles.end();
            });
    }

    void addRoutes()
    {
        if (m_map.routes.empty())
            return;
        const std::vector<PublishedDataset> published = publishedDatasets(m_map, m_estate);
        std::unordered_map<std::string, std::vector<DatasetIndex>> datasetsOf;
        for (std::size_t i = 0; i < published.size(); ++i) {
            if (published[i].product)
                datasetsOf[published[i].product->id.text].push_back(DatasetIndex(i));
        }
        std::map<Ends, std::vector<const Route*>> translating;
        for (const Route& route : m_map.routes) {
            addUnseenRoute(route, datasetsOf);
            for (const ProductId& source : route.sources) {
                const ContextId owner = ownerOf(source);
                std::vector<const Route*>& routes = translating[{owner, route.consumer}];
                if (!owner.isEmpty() && owner != route.consumer && !route.delivers.isEmpty() &&
                    datasetsOf.contains(route.delivers.text) && translates(route, owner) &&
                    (routes.empty() || routes.back() != &route))
                    routes.push_back(&route);
            }
        }
        for (const auto& [ends, routes] : translating) {
            if (const ObservedFlow* seen = routes.empty() ? nullptr : flow(ends.first, ends.second))
                addBypasses(*seen, routes, datasetsOf);
        }
    }

    // Only of products with datasets: of an operational API lineage shows nothing.
    void
    addUnseenRoute(const Route& route,
                   const std::unordered_map<std::string, std::vector<DatasetIndex>>& datasetsOf)
    {
        std::vector<std::string> unseen;
        ContextId upstream;
        for (const ProductId& source : route.sources) {
            const ContextId owner = ownerOf(source);
            if (owner.isEmpty() || owner == route.consumer || !datasetsOf.contains(source.text))
                continue;
            const ObservedFlow* seen = flow(owner, route.consumer);
            if (!seen && m_directed.contains({owner, route.consumer}))
                continue;  // the relationship says so
            const bool isSeen = seen && std::any_of(seen->crossings.begin(), seen->crossings.end(),
                                                    [&](std::uint32_t number) {
                                                        return crossing(number).product == source;
                                                    });
            if (isSeen)
                continue;
            unseen.push_back(nameOf(source));
            upstream = owner;
        }
        if (unseen.empty())
            return;
        DriftItem& item = add(DriftKind::DeclaredNeverObserved, {EntityKind::Route, route.id.text},
                              upstream, route.consumer);
        item.where = route.where.span;
        item.sentence = nameOf(route.consumer) + " was never seen to read " + listed(unseen) +
                        ", which the route " + (route.name.empty() ? route.id.text : route.name) +
                        " starts from.";
    }

    // Whatever leads to what the routes deliver, inside the consumer or through what nobody owns, is the translation itself.
    std::unordered_set<std::uint32_t>
    wayOf(const std::vector<const Route*>& routes, const ContextId& consumer,
          const std::unordered_map<std::string, std::vector<DatasetIndex>>& datasetsOf)
    {
        if (m_inputs.empty()) {
            m_inputs.resize(m_estate.datasets.size());
            for (const LineageEdge& edge : m_estate.lineageEdges)
                m_inputs[edge.to.value].push_back(edge.from.value);
        }
        std::unordered_set<std::uint32_t> way;
        std::vector<std::uint32_t> open;
        const auto visit = [&](std::uint32_t dataset) {
            const ContextId& owner = m_ownership.datasetOwner[dataset];
            if ((owner.isEmpty() || owner == consumer) && way.insert(dataset).second)
                open.push_back(dataset);
        };
        for (const Route* route : routes) {
            for (const DatasetIndex dataset : datasetsOf.at(route->delivers.text))
                visit(dataset.value);
        }
        while (!open.empty()) {
            const std::uint32_t dataset = open.back();
            open.pop_back();
            for (const std::uint32_t input : m_inputs[dataset])
                visit(input);
        }
        return way;
    }

    void addBypasses(const ObservedFlow& seen, const std::vector<const Route*>& routes,
                     const std::unordered_map<std::string, std::vector<DatasetIndex>>& datasetsOf)
    {
        const std::unordered_set<std::uint32_t> way = wayOf(routes, seen.downstream, datasetsOf);
        std::map<const Route*, std::vector<std::uint32_t>> bypassing;
        for (const std::uint32_t number : seen.crossings) {
            const Crossing& one = crossing(number);
            if (way.contains(one.to.value))
                continue;
            const auto startsThere = [&](const Route* route) {
                return std::find(route->sources.begin(), route->sources.end(), one.product) !=
                       route->sources.end();
            };
            const auto route = std::find_if(routes.begin(), routes.end(), startsThere);
            if (route == routes.end() && !one.readsInternals())
                continue;  // another product, with no translation to bypass
            bypassing[route == routes.end() ? routes.front() : *route].push_back(number);
        }
        for (const auto& [route, crossings] : bypassing)
            addBypass(*route, seen, crossings);
    }

    void addBypass(const Route& route, const ObservedFlow& seen,
                   const std::vector<std::uint32_t>& crossings)
    {
        m_bypassing.insert(crossings.begin(), crossings.end());
        DriftItem& item = add(DriftKind::BypassedTranslation, {EntityKind::Route, route.id.text},
                              seen.upstream, seen.downstream);
        item.id += ":" + seen.upstream.text;  // a route may start in several contexts
        item.where = route.where.span;
        item.lastSeen = seen.lastSeen;
        addSeen(item, crossings);
        // What is published was at least made to be read.
        if (std::none_of(crossings.begin(), crossings.end(), [this](std::uint32_t number) {
                return crossing(number).readsInternals();
            }))
            item.severity = Severity::Warning;
        std::vector<std::string> into;
        std::set<DatasetIndex> known;
        for (const std::uint32_t number : crossings) {
            if (known.insert(crossing(number).to).second)
                into.emplace_back(m_estate.datasets[crossing(number).to.value].name());
        }
        item.sentence = readingOf(item) + ", into " + listed(into) + ", past the route " +
                        (route.name.empty() ? route.id.text : route.name) + ".";
    }

    const ContextMap& m_map;
    const Estate& m_estate;
    const EstateOwnership& m_ownership;
    const MapDrift& m_drift;
    const DriftOptions& m_options;
    std::unordered_map<std::string, const std::string*> m_contextNames;
    std::unordered_map<std::string, const DataProduct*> m_products;
    std::map<Ends, std::size_t> m_flows;
    std::map<AcceptanceKey, std::size_t> m_acceptances;
    std::set<Ends> m_directed;   // upstream and downstream of relationships
    std::set<Ends> m_explained;  // what flows there is told already
    std::set<std::uint32_t> m_bypassing;
    std::vector<std::vector<std::uint32_t>> m_inputs;  // by dataset; empty: not asked yet
    std::vector<DriftItem> m_items;
};

}  // namespace

std::vector<DriftItem> driftItems(const ContextMap& map, const Estate& estate,
                                  const EstateOwnership& ownership, const MapDrift& drift,
                                  const DriftOptions& options)
{
    return Items(map, estate, ownership, drift, options).find();
}

}  // namespace portolan
