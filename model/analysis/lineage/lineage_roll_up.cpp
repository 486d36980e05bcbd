// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/lineage_roll_up.h"

#include "model/analysis/lineage/published_datasets.h"
#include "model/estate/entity_keys.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace portolan {
namespace {

constexpr LineageUnit noUnit = UINT32_MAX;

EntityRef datasetRef(const Estate& estate, DatasetIndex dataset)
{
    return {EntityKind::Dataset, estate.datasets[dataset.value].key()};
}

// The whole domain that a context is in: subdomains belong to it.
DomainId wholeDomain(const ContextMap& map, const ContextId& context)
{
    const BoundedContext* found = map.context(context);
    DomainId id = found && !found->domains.empty() ? found->domains.front() : DomainId();
    for (int step = 0; step < 16; ++step) {
        const Domain* domain = map.domain(id);
        if (!domain || domain->parent.isEmpty())
            break;
        id = domain->parent;
    }
    return id;
}

std::string nameOr(const std::string& name, const std::string& id)
{
    return name.empty() ? id : name;
}

}  // namespace

LineageRollUp::LineageRollUp(const LineageIndex& index, const ContextMap& map,
                             const EstateOwnership& ownership, LineageGrain grain)
    : m_index(index), m_map(map), m_ownership(ownership), m_grain(grain)
{
    if (grain == LineageGrain::Datasets) {
        for (std::size_t i = 0; i < index.estate().datasets.size(); ++i)
            m_single.push_back(DatasetIndex(i));
        return;
    }
    group();
}

void LineageRollUp::group()
{
    const Estate& estate = m_index.estate();
    const std::size_t count = estate.datasets.size();
    std::vector<PublishedDataset> published;
    if (m_grain == LineageGrain::Products)
        published = publishedDatasets(m_map, estate);
    std::map<ContextId, EntityRef> groupOfContext;
    std::map<EntityRef, LineageUnit> unitOfEntity;
    m_unitOf.resize(count, noUnit);
    for (std::size_t i = 0; i < count; ++i) {
        const ContextId& owner = m_ownership.datasetOwner[i];
        EntityRef entity;
        if (m_grain == LineageGrain::Products) {
            if (published[i].product)
                entity = {EntityKind::DataProduct, published[i].product->id.text};
        } else if (!owner.isEmpty()) {
            const auto [known, isNew] = groupOfContext.try_emplace(owner);
            if (isNew && m_grain == LineageGrain::Contexts)
                known->second = {EntityKind::BoundedContext, owner.text};
            else if (const DomainId domain = isNew ? wholeDomain(m_map, owner) : DomainId();
                     !domain.isEmpty())
                known->second = {EntityKind::Domain, domain.text};
            entity = known->second;
        }
        if (entity.id.empty())
            entity = datasetRef(estate, DatasetIndex(i));
        const auto [unit, isNew] =
            unitOfEntity.try_emplace(entity, static_cast<LineageUnit>(m_entities.size()));
        if (isNew)
            m_entities.push_back(entity);
        m_unitOf[i] = unit->second;
    }
    m_memberOffsets.assign(m_entities.size() + 1, 0);
    for (const LineageUnit unit : m_unitOf)
        ++m_memberOffsets[unit + 1];
    std::partial_sum(m_memberOffsets.begin(), m_memberOffsets.end(), m_memberOffsets.begin());
    std::vector<std::uint32_t> next(m_memberOffsets.begin(), m_memberOffsets.end() - 1);
    m_members.resize(count);
    for (std::size_t i = 0; i < count; ++i)
        m_members[next[m_unitOf[i]]++] = DatasetIndex(i);
}

std::size_t LineageRollUp::size() const
{
    return m_grain == LineageGrain::Datasets ? m_single.size() : m_entities.size();
}

EntityRef LineageRollUp::entity(LineageUnit unit) const
{
    return m_grain == LineageGrain::Datasets ? datasetRef(m_index.estate(), DatasetIndex(unit))
                                             : m_entities[unit];
}

std::string LineageRollUp::name(LineageUnit unit) const
{
    const EntityRef thing = entity(unit);
    if (thing.kind == EntityKind::DataProduct) {
        const DataProduct* product = m_map.product(ProductId(thing.id));
        return product ? nameOr(product->name, thing.id) : thing.id;
    }
    if (thing.kind == EntityKind::BoundedContext) {
        const BoundedContext* context = m_map.context(ContextId(thing.id));
        return context ? nameOr(context->name, thing.id) : thing.id;
    }
    if (thing.kind == EntityKind::Domain) {
        const Domain* domain = m_map.domain(DomainId(thing.id));
        return domain ? nameOr(domain->name, thing.id) : thing.id;
    }
    return m_index.estate().datasets[members(unit).front().value].path;
}

ContextId LineageRollUp::owner(LineageUnit unit) const
{
    const EntityKind kind =
        m_grain == LineageGrain::Datasets ? EntityKind::Dataset : m_entities[unit].kind;
    if (kind == EntityKind::Domain)
        return {};
    if (kind == EntityKind::DataProduct) {
        const DataProduct* product = m_map.product(ProductId(m_entities[unit].id));
        return product ? product->owner : ContextId();
    }
    return m_ownership.datasetOwner[members(unit).front().value];
}

std::span<const DatasetIndex> LineageRollUp::members(LineageUnit unit) const
{
    if (m_grain == LineageGrain::Datasets)
        return std::span(m_single).subspan(unit, 1);
    return std::span(m_members).subspan(m_memberOffsets[unit],
                                        m_memberOffsets[unit + 1] - m_memberOffsets[unit]);
}

LineageUnit LineageRollUp::unitOf(DatasetIndex dataset) const
{
    return m_grain == LineageGrain::Datasets ? dataset.value : m_unitOf[dataset.value];
}

LineageUnit LineageRollUp::unitOf(const EntityRef& entity) const
{
    const Estate& estate = m_index.estate();
    if (entity.kind == EntityKind::Dataset) {
        const DatasetIndex dataset = estate.dataset(entity.id);
        return dataset.isValid() ? unitOf(dataset) : noUnit;
    }
    if (entity.kind == EntityKind::Column) {
        const ColumnIndex column = columnByKey(estate, entity.id);
        return column.isValid() ? unitOf(estate.columns[column.value].dataset) : noUnit;
    }
    const auto found = std::find(m_entities.begin(), m_entities.end(), entity);
    return found == m_entities.end() ? noUnit
                                     : static_cast<LineageUnit>(found - m_entities.begin());
}

std::vector<LineageRollUp::Link> LineageRollUp::links(LineageDirection direction,
                                                      LineageUnit unit) const
{
    std::map<LineageUnit, std::uint32_t> counts;
    for (const DatasetIndex member : members(unit)) {
        for (const LineageLink& link :
             m_index.links(LineageLevel::Datasets, direction, member.value)) {
            if (const LineageUnit other = unitOf(DatasetIndex(link.node)); other != unit)
                ++counts[other];
        }
    }
    std::vector<Link> found;
    for (const auto& [other, count] : counts)
        found.push_back({other, count});
    return found;
}

std::vector<std::uint32_t> LineageRollUp::edgesBetween(LineageUnit from, LineageUnit to) const
{
    std::vector<std::uint32_t> edges;
    for (const DatasetIndex member : members(from)) {
        for (const LineageLink& link :
             m_index.links(LineageLevel::Datasets, LineageDirection::Downstream, member.value)) {
            if (unitOf(DatasetIndex(link.node)) != to)
                continue;
            const std::vector<std::uint32_t> between =
                m_index.edgesBetween(LineageLevel::Datasets, member.value, link.node);
            edges.insert(edges.end(), between.begin(), between.end());
        }
    }
    std::sort(edges.begin(), edges.end());
    return edges;
}

}  // namespace portolan
