// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/impact.h"

#include "model/analysis/lineage/lineage_subject.h"
#include "model/base/ascii_text.h"
#include "model/estate/entity_keys.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace portolan {
namespace {

constexpr std::uint32_t notReached = UINT32_MAX;

// What is known of one dataset.
struct Hit {
    std::uint32_t hops = notReached;
    DatasetIndex before;  // on a shortest way; none: it is what changes
    bool hasField = false;
    bool hasInfluence = false;
    bool isUnknown = false;
};

class ImpactWalk {
public:
    ImpactWalk(const LineageIndex& index, const ImpactSubject& subject)
        : m_index(index), m_estate(index.estate()), m_hits(index.estate().datasets.size())
    {
        start(subject);
        walkDatasets();
        walkColumns(subject);
        walkUnknown();
        walkFields();
    }

    const std::vector<Hit>& hits() const { return m_hits; }
    bool isWhole(DatasetIndex dataset) const { return m_whole.contains(dataset.value); }

    std::vector<DatasetIndex> pathTo(DatasetIndex dataset) const
    {
        std::vector<DatasetIndex> path;
        for (DatasetIndex at = dataset; at.isValid(); at = m_hits[at.value].before)
            path.push_back(at);
        std::reverse(path.begin(), path.end());
        return path;
    }

    ImpactReads readsOf(const Hit& hit) const
    {
        return hit.hasField       ? ImpactReads::Field
               : hit.hasInfluence ? ImpactReads::Influence
               : hit.isUnknown    ? ImpactReads::Unknown
                                  : ImpactReads::Downstream;
    }

private:
    void start(const ImpactSubject& subject)
    {
        for (const DatasetIndex dataset : subject.datasets) {
            m_whole.insert(dataset.value);
            begin(dataset);
        }
        for (const ColumnIndex column : subject.columns)
            begin(m_estate.columns[column.value].dataset);
    }

    void begin(DatasetIndex dataset)
    {
        Hit& hit = m_hits[dataset.value];
        if (hit.hops == 0)
            return;
        hit.hops = 0;
        hit.hasField = true;
        m_order.push_back(dataset.value);
    }

    void walkDatasets()
    {
        for (std::size_t next = 0; next < m_order.size(); ++next) {
            const LineageNode node = m_order[next];
            for (const LineageLink& link :
                 m_index.links(LineageLevel::Datasets, LineageDirection::Downstream, node)) {
                Hit& hit = m_hits[link.node];
                if (hit.hops != notReached)
                    continue;
                hit.hops = m_hits[node].hops + 1;
                hit.before = DatasetIndex(node);
                m_order.push_back(link.node);
            }
        }
    }

    void walkColumns(const ImpactSubject& subject)
    {
        std::vector<LineageNode> columns;
        for (const ColumnIndex column : subject.columns)
            columns.push_back(column.value);
        for (const DatasetIndex dataset : subject.datasets) {
            for (const ColumnIndex column : m_estate.datasets[dataset.value].columns)
                columns.push_back(column.value);
        }
        for (const LineageClosure::Step& step :
             m_index.closure(LineageLevel::Columns, columns, {}).steps) {
            Hit& hit = m_hits[m_estate.columns[step.node].dataset.value];
            (step.isDirect ? hit.hasField : hit.hasInfluence) = true;
            m_columns.insert(step.node);
            if (step.isDirect)
                m_fields.insert(step.node);
            // A source may tell of columns and not of their datasets.
            if (hit.hops == notReached)
                hit.hops = step.hops;
        }
        // An influence on a dataset without known columns reaches it all the same.
        for (const LineageNode column : m_columns) {
            for (const std::uint32_t number : m_index.influencesOf(ColumnIndex(column)))
                m_hits[m_estate.influences[number].to.value].hasInfluence = true;
        }
    }

    // Whether a source says which columns of the one the other reads.
    bool tellsColumns(LineageNode from, LineageNode to) const
    {
        for (const ColumnIndex column : m_estate.datasets[from].columns) {
            for (const LineageLink& link :
                 m_index.links(LineageLevel::Columns, LineageDirection::Downstream, column.value)) {
                if (m_estate.columns[link.node].dataset.value == to)
                    return true;
            }
            for (const std::uint32_t number : m_index.influencesOf(column)) {
                if (m_estate.influences[number].to.value == to)
                    return true;
            }
        }
        return false;
    }

    // From a dataset that is touched along a flow whose columns nobody tells, and from there on.
    void walkUnknown()
    {
        std::vector<std::uint8_t> seen(m_hits.size(), 0);
        std::deque<LineageNode> next;
        for (const LineageNode node : m_order) {
            const Hit& hit = m_hits[node];
            if (!hit.hasField && !hit.hasInfluence)
                continue;
            for (const LineageLink& link :
                 m_index.links(LineageLevel::Datasets, LineageDirection::Downstream, node)) {
                if (tellsColumns(node, link.node))
                    continue;
                // Who reads what changes as a whole reads it, whichever of its columns.
                if (m_whole.contains(node) && hit.hops == 0)
                    m_hits[link.node].hasField = true;
                if (seen[link.node] == 0) {
                    seen[link.node] = 1;
                    next.push_back(link.node);
                }
            }
        }
        while (!next.empty()) {
            const LineageNode node = next.front();
            next.pop_front();
            m_hits[node].isUnknown = true;
            for (const LineageLink& link :
                 m_index.links(LineageLevel::Datasets, LineageDirection::Downstream, node)) {
                if (seen[link.node] == 0) {
                    seen[link.node] = 1;
                    next.push_back(link.node);
                }
            }
        }
    }

    bool carriesField(LineageNode from, LineageNode to) const
    {
        for (const ColumnIndex column : m_estate.datasets[from].columns) {
            if (!m_fields.contains(column.value))
                continue;
            for (const LineageLink& link :
                 m_index.links(LineageLevel::Columns, LineageDirection::Downstream, column.value)) {
                if (link.isDirect && m_estate.columns[link.node].dataset.value == to)
                    return true;
            }
        }
        return m_whole.contains(from) && m_hits[from].hops == 0 && !tellsColumns(from, to);
    }

    // A way that is shown for a field goes through datasets that have it, though another way may be shorter.
    void walkFields()
    {
        std::vector<std::uint8_t> seen(m_hits.size(), 0);
        std::vector<LineageNode> order;
        for (const LineageNode node : m_order) {
            if (m_hits[node].hops == 0) {
                seen[node] = 1;
                order.push_back(node);
            }
        }
        for (std::size_t next = 0; next < order.size(); ++next) {
            for (const LineageLink& link :
                 m_index.links(LineageLevel::Datasets, LineageDirection::Downstream, order[next])) {
                Hit& hit = m_hits[link.node];
                if (!hit.hasField || !carriesField(order[next], link.node) ||
                    std::exchange(seen[link.node], std::uint8_t(1)) != 0)
                    continue;
                hit.before = DatasetIndex(order[next]);
                hit.hops = m_hits[order[next]].hops + 1;
                order.push_back(link.node);
            }
        }
    }

    const LineageIndex& m_index;
    const Estate& m_estate;
    std::vector<Hit> m_hits;
    std::vector<LineageNode> m_order;  // datasets, the nearest first
    std::unordered_set<LineageNode> m_columns;
    std::unordered_set<LineageNode> m_fields;  // those whose value comes from what changes
    std::unordered_set<LineageNode> m_whole;
};

int rankOf(ImpactReads reads)
{
    return static_cast<int>(reads);
}

class ImpactRows {
public:
    ImpactRows(const LineageIndex& index, const ContextMap& map, const EstateOwnership& ownership,
               const std::vector<PublishedDataset>& published, const ImpactSubject& subject)
        : m_estate(index.estate()), m_map(map), m_ownership(ownership), m_published(published),
          m_subject(subject), m_walk(index, subject)
    {
    }

    Impact take()
    {
        for (std::size_t i = 0; i < m_walk.hits().size(); ++i) {
            if (m_walk.hits()[i].hops != notReached)
                addDataset(DatasetIndex(i));
        }
        addConsumers();
        addDeclared();
        std::stable_sort(m_impact.rows.begin(), m_impact.rows.end(),
                         [](const ImpactRow& a, const ImpactRow& b) {
                             return std::tuple(a.kind, rankOf(a.reads), a.hops, a.name) <
                                    std::tuple(b.kind, rankOf(b.reads), b.hops, b.name);
                         });
        m_impact.contextsUntouched = m_map.contexts.size();
        m_impact.productsUntouched = m_map.products.size();
        for (const ImpactRow& row : m_impact.rows) {
            if (row.kind == ImpactRow::Kind::Context && m_map.context(ContextId(row.id)))
                --m_impact.contextsUntouched;
            if (row.kind == ImpactRow::Kind::Product && m_map.product(ProductId(row.id)))
                --m_impact.productsUntouched;
        }
        return std::move(m_impact);
    }

private:
    void addDataset(DatasetIndex dataset)
    {
        const Hit& hit = m_walk.hits()[dataset.value];
        ImpactRow row;
        row.kind = ImpactRow::Kind::Dataset;
        row.id = m_estate.datasets[dataset.value].key();
        row.name = m_estate.datasets[dataset.value].path;
        row.owner = m_ownership.datasetOwner[dataset.value];
        row.team = teamOf(row.owner);
        row.reads = m_walk.readsOf(hit);
        row.hops = hit.hops;
        row.path = m_walk.pathTo(dataset);
        noteBorder(row);
        if (hit.hops > 0)
            add(row);
        if (!row.owner.isEmpty()) {
            ImpactRow context = row;
            context.kind = ImpactRow::Kind::Context;
            context.id = row.owner.text;
            const BoundedContext* found = m_map.context(row.owner);
            context.name = found && !found->name.empty() ? found->name : row.owner.text;
            add(context);
        }
        if (const DataProduct* product = m_published[dataset.value].product) {
            ImpactRow published = row;
            published.kind = ImpactRow::Kind::Product;
            published.id = product->id.text;
            published.name = product->name.empty() ? product->id.text : product->name;
            published.owner = product->owner;
            published.team = teamOf(product->owner);
            add(published);
        }
    }

    // The surest and then the nearest of several datasets speaks for a context or product.
    void add(const ImpactRow& row)
    {
        const auto [known, isNew] = m_number.try_emplace({row.kind, row.id}, m_impact.rows.size());
        if (isNew) {
            m_impact.rows.push_back(row);
            return;
        }
        ImpactRow& there = m_impact.rows[known->second];
        if (std::pair(rankOf(row.reads), row.hops) < std::pair(rankOf(there.reads), there.hops)) {
            const bool isDeclared = there.isDeclared;
            there = row;
            there.isDeclared |= isDeclared;
        }
    }

    std::string teamOf(const ContextId& id) const
    {
        const BoundedContext* context = m_map.context(id);
        const MapTeam* team = context ? m_map.team(context->team) : nullptr;
        return team ? team->name : std::string();
    }

    // What is read over the last border on the way into the row's context.
    void noteBorder(ImpactRow& row) const
    {
        for (std::size_t i = row.path.size(); i-- > 1;) {
            const ContextId& from = m_ownership.datasetOwner[row.path[i - 1].value];
            const ContextId& to = m_ownership.datasetOwner[row.path[i].value];
            if (from.isEmpty() || to.isEmpty() || from == to)
                continue;
            const PublishedDataset& read = m_published[row.path[i - 1].value];
            if (!read.product)
                return;
            row.product = read.product->id;
            row.contracts = read.contracts;
            for (const Route& route : m_map.routes) {
                const bool isFrom = std::find(route.sources.begin(), route.sources.end(),
                                              row.product) != route.sources.end();
                if (isFrom && route.consumer == to)
                    row.route = route.id;
            }
            return;
        }
    }

    void addConsumers()
    {
        for (const Consumer& consumer : m_estate.consumers) {
            std::optional<ImpactRow> best;
            for (const DatasetIndex dataset : consumer.reads) {
                const Hit& hit = m_walk.hits()[dataset.value];
                if (hit.hops == notReached)
                    continue;
                ImpactRow row;
                row.kind = ImpactRow::Kind::Consumer;
                row.id = consumer.id;
                row.name = consumer.name.empty() ? consumer.id : consumer.name;
                row.team = consumer.owner;
                row.owner = m_ownership.datasetOwner[dataset.value];
                // An exposure names datasets, not columns: of a changed column nobody knows.
                const bool isWhole = m_walk.isWhole(dataset) && hit.hops == 0;
                row.reads = isWhole ? ImpactReads::Field
                            : m_walk.readsOf(hit) == ImpactReads::Downstream
                                ? ImpactReads::Downstream
                                : ImpactReads::Unknown;
                row.hops = hit.hops + 1;
                row.path = m_walk.pathTo(dataset);
                noteBorder(row);
                if (!best || std::pair(rankOf(row.reads), row.hops) <
                                 std::pair(rankOf(best->reads), best->hops))
                    best = std::move(row);
            }
            if (best)
                add(*best);
        }
    }

    // Those that say that they depend on a contract which is to change.
    void addDeclared()
    {
        for (const ContractIndex number : m_subject.contracts) {
            const Contract& contract = m_estate.contracts[number.value];
            for (const Adoption& adoption : m_estate.adoptions) {
                const bool isThat =
                    adoption.thing == contract.id &&
                    (adoption.version.empty() || adoption.version == contract.version ||
                     adoption.resolved == contract.version);
                if (!isThat || adoption.consumer.empty())
                    continue;
                ImpactRow row;
                const BoundedContext* context = m_map.context(ContextId(adoption.consumer));
                row.kind = context ? ImpactRow::Kind::Context : ImpactRow::Kind::Consumer;
                row.id = adoption.consumer;
                row.name = context && !context->name.empty() ? context->name : adoption.consumer;
                row.owner = context ? context->id : ContextId();
                row.team = teamOf(row.owner);
                row.reads = adoption.fields.empty() ? ImpactReads::Unknown : ImpactReads::Field;
                row.hops = 1;
                row.contracts = {number};
                row.isDeclared = true;
                add(row);
            }
        }
    }

    const Estate& m_estate;
    const ContextMap& m_map;
    const EstateOwnership& m_ownership;
    const std::vector<PublishedDataset>& m_published;
    const ImpactSubject& m_subject;
    ImpactWalk m_walk;
    Impact m_impact;
    std::map<std::pair<ImpactRow::Kind, std::string>, std::size_t> m_number;
};

// ---- columns by words

struct Word {
    std::string property;  // empty: anywhere
    std::string text;
    bool isWanted = true;
};

std::vector<Word> wordsOf(std::string_view text)
{
    std::vector<Word> words;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        std::string_view part = text.substr(at, end - at);
        at = end + 1;
        Word word;
        if (part.starts_with('-') && part.size() > 1) {
            word.isWanted = false;
            part.remove_prefix(1);
        }
        if (const std::size_t colon = part.find(':');
            colon != std::string_view::npos && colon > 0 && colon + 1 < part.size()) {
            word.property = lowerCase(part.substr(0, colon));
            part.remove_prefix(colon + 1);
        }
        word.text = lowerCase(part);
        if (!word.text.empty())
            words.push_back(std::move(word));
    }
    return words;
}

// All that is said of columns, as (property, value) in small letters.
class ColumnWords {
public:
    ColumnWords(const Estate& estate, const EstateOwnership& ownership)
        : m_estate(estate), m_ownership(ownership)
    {
        for (const Claim& claim : estate.claims)
            m_claims.emplace(claim.subject,
                             std::pair{lowerCase(claim.property), lowerCase(claim.value)});
        for (const SchemaObject& object : estate.objects) {
            if (!object.dataset.isValid())
                continue;
            m_contracts.emplace(object.dataset.value, object.contract);
            for (const FieldIndex field : object.fields)
                m_fields.emplace(
                    std::pair{object.dataset.value, lowerCase(estate.fields[field.value].path)},
                    field);
        }
    }

    bool accepts(ColumnIndex column, const std::vector<Word>& words) const
    {
        const std::vector<std::pair<std::string, std::string>> said = saidOf(column);
        return std::all_of(words.begin(), words.end(), [&](const Word& word) {
            const bool isFound = std::any_of(said.begin(), said.end(), [&](const auto& property) {
                return (word.property.empty() || word.property == property.first) &&
                       property.second.find(word.text) != std::string::npos;
            });
            return isFound == word.isWanted;
        });
    }

private:
    std::vector<std::pair<std::string, std::string>> saidOf(ColumnIndex number) const
    {
        const Column& column = m_estate.columns[number.value];
        const Dataset& dataset = m_estate.datasets[column.dataset.value];
        std::vector<std::pair<std::string, std::string>> said = {
            {"name", lowerCase(column.name)},
            {"type", lowerCase(column.type)},
            {"description", lowerCase(column.description)},
            {"dataset", lowerCase(dataset.path)},
            {"owner", lowerCase(m_ownership.datasetOwner[column.dataset.value].text)}};
        const auto [first, last] =
            m_fields.equal_range({column.dataset.value, lowerCase(column.name)});
        for (auto at = first; at != last; ++at) {
            const Field& field = m_estate.fields[at->second.value];
            said.emplace_back("classification", lowerCase(field.classification));
            said.emplace_back("description", lowerCase(field.description));
            addClaims(fieldKey(m_estate, at->second), said);
        }
        addClaims(columnKey(m_estate, number), said);
        addClaims(dataset.key(), said);
        const auto [firstContract, lastContract] = m_contracts.equal_range(column.dataset.value);
        for (auto at = firstContract; at != lastContract; ++at)
            addClaims(m_estate.contracts[at->second.value].key(), said);
        return said;
    }

    void addClaims(const std::string& subject,
                   std::vector<std::pair<std::string, std::string>>& said) const
    {
        const auto [first, last] = m_claims.equal_range(subject);
        for (auto at = first; at != last; ++at)
            said.push_back(at->second);
    }

    const Estate& m_estate;
    const EstateOwnership& m_ownership;
    std::unordered_multimap<std::string, std::pair<std::string, std::string>> m_claims;
    std::multimap<std::pair<std::uint32_t, std::string>, FieldIndex> m_fields;
    std::multimap<std::uint32_t, ContractIndex> m_contracts;
};

}  // namespace

std::string_view toString(ImpactReads reads)
{
    switch (reads) {
    case ImpactReads::Field:
        return "field";
    case ImpactReads::Influence:
        return "influence";
    case ImpactReads::Unknown:
        return "unknown";
    case ImpactReads::Downstream:
        break;
    }
    return "downstream";
}

ImpactSubject impactSubject(const EntityRef& entity, const ContextMap& map, const Estate& estate,
                            const EstateOwnership& ownership,
                            const std::vector<PublishedDataset>& published)
{
    ImpactSubject subject;
    subject.columns = columnsOf(entity, estate);
    if (subject.columns.empty())
        subject.datasets = datasetsOf(entity, map, estate, ownership, published);
    if (entity.kind == EntityKind::Contract) {
        if (const ContractIndex contract = estate.contract(entity.id); contract.isValid())
            subject.contracts = {contract};
    }
    return subject;
}

ImpactSubject columnsWhere(std::string_view text, const Estate& estate,
                           const EstateOwnership& ownership)
{
    ImpactSubject subject;
    const std::vector<Word> words = wordsOf(text);
    if (words.empty())
        return subject;
    const ColumnWords said(estate, ownership);
    for (std::size_t i = 0; i < estate.columns.size(); ++i) {
        if (said.accepts(ColumnIndex(i), words))
            subject.columns.push_back(ColumnIndex(i));
    }
    return subject;
}

Impact impactOf(const LineageIndex& index, const ContextMap& map, const EstateOwnership& ownership,
                const std::vector<PublishedDataset>& published, const ImpactSubject& subject)
{
    return ImpactRows(index, map, ownership, published, subject).take();
}

}  // namespace portolan
