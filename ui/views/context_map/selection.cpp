// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/selection.h"

#include "ui/base/text.h"
#include "ui/session/session.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace portolan::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Selection)
};

constexpr qsizetype mostPlaces = 20;  // of one thing, in a copied text

EntityRef contextRef(const std::string& id)
{
    return {EntityKind::BoundedContext, id};
}

template <class Owners, class Number>
std::string ownerAt(const Owners& owners, Number number)
{
    return number.isValid() && number.value < owners.size() ? owners[number.value].text
                                                            : std::string();
}

EntityRef cardOf(const Session& session, const EntityRef& entity)
{
    const ContextMap& map = session.map();
    const Estate& estate = *session.estate();
    switch (entity.kind) {
    case EntityKind::DataProduct: {
        const DataProduct* product = map.product(ProductId(entity.id));
        return contextRef(product ? product->owner.text : std::string());
    }
    case EntityKind::Term:
        return contextRef(entity.id.substr(0, entity.id.find('/')));
    case EntityKind::Route: {
        const Route* route = map.route(RouteId(entity.id));
        return contextRef(route ? route->consumer.text : std::string());
    }
    case EntityKind::Dataset:
        return contextRef(ownerAt(session.ownership().datasetOwner, estate.dataset(entity.id)));
    case EntityKind::Contract:
        return contextRef(ownerAt(session.ownership().contractOwner, estate.contract(entity.id)));
    case EntityKind::Job:
        return contextRef(ownerAt(session.ownership().jobOwner, estate.job(entity.id)));
    default:
        return entity;
    }
}

QString placeText(const SourceSpan& span)
{
    if (span.file.empty())
        return {};
    const QString file = shown(span.file);
    return span.line > 0 ? file + QLatin1Char(':') + QString::number(span.line) : file;
}

std::string wordsFor(const Session& session, const Chart& chart, const EntityRef& entity)
{
    if (const int node = chart.node(entity); node >= 0)
        return describe(chart, chart.nodes[static_cast<std::size_t>(node)]);
    if (const int edge = chart.edge(entity); edge >= 0)
        return chart.edges[static_cast<std::size_t>(edge)].description;
    if (const int region = chart.region(entity); region >= 0)
        return chart.regions[static_cast<std::size_t>(region)].description;
    return toStdString(session.nameOf(entity));
}

const Declared* whereOf(const ContextMap& map, const EntityRef& entity)
{
    const auto at = [](const auto* thing) { return thing ? &thing->where : nullptr; };
    switch (entity.kind) {
    case EntityKind::BoundedContext:
        return at(map.context(ContextId(entity.id)));
    case EntityKind::Domain:
        return at(map.domain(DomainId(entity.id)));
    case EntityKind::Relationship:
        return at(map.relationship(RelationshipId(entity.id)));
    case EntityKind::DataProduct:
        return at(map.product(ProductId(entity.id)));
    default:
        return nullptr;
    }
}

const ObservedFlow* flowOf(const MapDrift& drift, const EntityRef& entity)
{
    if (entity.kind != EntityKind::Relationship)
        return nullptr;
    if (isUndeclaredId(entity.id)) {
        const auto [upstream, downstream] = undeclaredEnds(entity.id);
        for (const ObservedFlow& flow : drift.flows) {
            if (flow.upstream.text == upstream && flow.downstream.text == downstream)
                return &flow;
        }
        return nullptr;
    }
    const auto found = drift.flowOf.find(RelationshipId(entity.id));
    return found != drift.flowOf.end() && found->second < drift.flows.size()
               ? &drift.flows[found->second]
               : nullptr;
}

QStringList evidenceOf(const Estate& estate, const ObservedFlow& flow)
{
    QStringList lines;
    for (const std::uint32_t edge : flow.edges) {
        if (edge >= estate.lineageEdges.size())
            continue;
        for (const EvidencePlace& place : places(estate, estate.lineageEdges[edge].evidence)) {
            const QString line = placeText(place.span);
            if (!line.isEmpty() && !lines.contains(line))
                lines << line;
        }
        if (lines.size() > mostPlaces)
            break;
    }
    return lines;
}

}  // namespace

SelectionParts partsOf(const std::vector<EntityRef>& selection)
{
    SelectionParts parts;
    for (const EntityRef& entity : selection) {
        if (entity.kind == EntityKind::BoundedContext)
            parts.contexts.emplace_back(entity.id);
        else if (entity.kind == EntityKind::Domain)
            parts.domains.emplace_back(entity.id);
        else if (entity.kind == EntityKind::Relationship)
            parts.relationships.push_back(entity.id);
    }
    return parts;
}

std::vector<EntityRef> onCanvas(const Session& session, const std::vector<EntityRef>& selection)
{
    std::vector<EntityRef> marked;
    for (const EntityRef& entity : selection) {
        EntityRef card = cardOf(session, entity);
        if (!card.id.empty() && std::find(marked.begin(), marked.end(), card) == marked.end())
            marked.push_back(std::move(card));
    }
    return marked;
}

QString named(const Session& session, const SelectionParts& parts)
{
    const int count = static_cast<int>(parts.contexts.size());
    if (count != 1)
        return Words::tr("%n contexts", nullptr, count);
    return withoutMnemonics(shown(session.nameOf(contextRef(parts.contexts.front().text)), 60));
}

QString copiedText(const Session& session, const Chart& chart)
{
    QStringList lines;
    for (const EntityRef& entity : session.selection()) {
        QString line = shown(wordsFor(session, chart, entity));
        const Declared* where = whereOf(session.map(), entity);
        if (const QString place = where ? placeText(where->span) : QString(); !place.isEmpty())
            line += QLatin1Char('\t') + place;
        lines << line;
        const ObservedFlow* flow = flowOf(session.drift(), entity);
        if (!flow)
            continue;
        const QStringList evidence = evidenceOf(*session.estate(), *flow);
        for (const QString& place : evidence.mid(0, mostPlaces))
            lines << QLatin1Char('\t') + place;
        if (evidence.size() > mostPlaces)
            lines << QLatin1Char('\t') + Words::tr("and more places");
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace portolan::ui
