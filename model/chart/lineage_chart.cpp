// SPDX-License-Identifier: Apache-2.0
#include "model/chart/lineage_chart.h"

#include "model/analysis/lineage/lineage_subject.h"
#include "model/chart/context_map_chart.h"
#include "model/estate/entity_keys.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace portolan {
namespace {

constexpr LineageUnit noUnit = UINT32_MAX;
constexpr std::size_t mostThrough = 10'000;  // hidden units that one look across may pass

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

// "shop.public.orders" as "public.orders": with its schema a name says enough on a card.
std::string cardTitle(const Dataset& dataset)
{
    const std::string& path = dataset.path;
    if (dataset.platform == "kafka" || path.find('/') != std::string::npos)
        return std::string(dataset.name());
    const std::size_t last = path.rfind('.');
    if (last == std::string::npos || last == 0)
        return path;
    const std::size_t before = path.rfind('.', last - 1);
    return before == std::string::npos ? path : path.substr(before + 1);
}

class LineageDrawing {
public:
    LineageDrawing(const LineageFacts& facts, const LineageScope& scope)
        : m_facts(facts), m_scope(scope), m_rollUp(facts.rollUp), m_index(facts.rollUp.index()),
          m_estate(facts.rollUp.index().estate())
    {
    }

    LineagePicture draw()
    {
        findRoots();
        if (m_scope.paths.empty())
            spread();
        else
            takePaths();
        countReachable();
        if (!m_scope.columns.empty())
            findWay();
        for (const LineageUnit unit : m_shown)
            addCard(unit);
        for (const LineageUnit unit : m_shown)
            addFlows(unit);
        if (hasRows())
            addLinks();
        m_picture.shown = m_shown.size();
        return std::move(m_picture);
    }

private:
    struct Neighbour {
        LineageUnit unit = 0;
        std::vector<DatasetIndex> through;  // hidden ones on the way; empty: a link
    };

    // ---- what is shown

    void findRoots()
    {
        for (const EntityRef& root : m_scope.roots) {
            for (const DatasetIndex dataset :
                 datasetsOf(root, m_facts.map, m_estate, m_facts.ownership, m_facts.published)) {
                m_rootDatasets.push_back(dataset);
                show(m_rollUp.unitOf(dataset));
            }
        }
        m_roots = m_shown;
    }

    bool show(LineageUnit unit)
    {
        if (m_number.contains(unit))
            return true;
        if (m_shown.size() >= mostLineageShown) {
            m_picture.isCut = true;
            return false;
        }
        m_number.emplace(unit, m_shown.size());
        m_shown.push_back(unit);
        return true;
    }

    bool isHidden(LineageUnit unit) const
    {
        return m_scope.hidesInternal && m_rollUp.grain() == LineageGrain::Datasets &&
               !m_number.contains(unit) && isToolInternal(m_estate.datasets[unit]);
    }

    // Links, and across hidden units whatever comes next.
    std::vector<Neighbour> neighbours(LineageDirection direction, LineageUnit unit)
    {
        std::vector<Neighbour> found;
        std::set<LineageUnit> seen = {unit};
        struct Way {
            LineageUnit unit;
            std::vector<DatasetIndex> through;
        };
        std::deque<Way> next = {{unit, {}}};
        std::size_t passed = 0;
        while (!next.empty() && ++passed < mostThrough) {
            const Way way = std::move(next.front());
            next.pop_front();
            for (const LineageRollUp::Link& link : m_rollUp.links(direction, way.unit)) {
                if (!seen.insert(link.unit).second)
                    continue;
                if (!isHidden(link.unit)) {
                    found.push_back({link.unit, way.through});
                    continue;
                }
                if (m_internal.insert(link.unit).second)
                    ++m_picture.internal;
                std::vector<DatasetIndex> through = way.through;
                through.push_back(DatasetIndex(link.unit));
                next.push_back({link.unit, std::move(through)});
            }
        }
        return found;
    }

    void spreadFrom(const std::vector<LineageUnit>& from, LineageDirection direction,
                    std::uint32_t hops)
    {
        std::set<LineageUnit> seen(from.begin(), from.end());
        std::vector<LineageUnit> front = from;
        for (std::uint32_t hop = 0; hop < hops && !front.empty(); ++hop) {
            std::vector<LineageUnit> next;
            for (const LineageUnit unit : front) {
                for (const Neighbour& other : neighbours(direction, unit)) {
                    if (seen.insert(other.unit).second && show(other.unit))
                        next.push_back(other.unit);
                }
            }
            front = std::move(next);
        }
    }

    std::vector<LineageUnit> unitsOf(const std::set<EntityRef>& entities) const
    {
        std::vector<LineageUnit> units;
        for (const EntityRef& entity : entities) {
            if (const LineageUnit unit = m_rollUp.unitOf(entity); unit != noUnit)
                units.push_back(unit);
        }
        return units;
    }

    void spread()
    {
        for (const LineageUnit unit : unitsOf(m_scope.pinned)) {
            m_pinned.insert(unit);
            show(unit);
        }
        spreadFrom(m_roots, LineageDirection::Upstream, m_scope.up);
        spreadFrom(m_roots, LineageDirection::Downstream, m_scope.down);
        for (const LineageUnit unit : unitsOf(m_scope.moreUp))
            spreadFrom({unit}, LineageDirection::Upstream, 1);
        for (const LineageUnit unit : unitsOf(m_scope.moreDown))
            spreadFrom({unit}, LineageDirection::Downstream, 1);
        for (const LineageUnit unit : unitsOf(m_scope.allUp))
            spreadFrom({unit}, LineageDirection::Upstream, UINT32_MAX);
        for (const LineageUnit unit : unitsOf(m_scope.allDown))
            spreadFrom({unit}, LineageDirection::Downstream, UINT32_MAX);
    }

    void takePaths()
    {
        m_shown.clear();
        m_number.clear();
        for (const std::vector<EntityRef>& path : m_scope.paths) {
            for (const EntityRef& entity : path) {
                if (const LineageUnit unit = m_rollUp.unitOf(entity); unit != noUnit)
                    show(unit);
            }
            for (std::size_t i = 1; i < path.size(); ++i)
                m_onPath.insert({m_rollUp.unitOf(path[i - 1]), m_rollUp.unitOf(path[i])});
        }
    }

    void countReachable()
    {
        std::vector<LineageNode> start;
        for (const DatasetIndex dataset : m_rootDatasets)
            start.push_back(dataset.value);
        std::set<LineageUnit> units;
        for (const LineageDirection direction :
             {LineageDirection::Upstream, LineageDirection::Downstream}) {
            const LineageClosure closure =
                m_index.closure(LineageLevel::Datasets, start, {direction});
            for (const LineageClosure::Step& step : closure.steps)
                units.insert(m_rollUp.unitOf(DatasetIndex(step.node)));
        }
        m_picture.reachable = units.size();
    }

    // ---- cards

    bool hasRows() const { return m_rollUp.grain() == LineageGrain::Datasets; }

    int regionOf(const ContextId& context)
    {
        if (context.isEmpty() || m_rollUp.grain() >= LineageGrain::Contexts)
            return -1;
        const auto [known, isNew] =
            m_regions.try_emplace(context, static_cast<int>(m_picture.chart.regions.size()));
        if (isNew)
            m_picture.chart.regions.push_back(region(context));
        return known->second;
    }

    ChartRegion region(const ContextId& id) const
    {
        ChartRegion region;
        region.entity = {EntityKind::BoundedContext, id.text};
        const BoundedContext* context = m_facts.map.context(id);
        region.title = context && !context->name.empty() ? context->name : id.text;
        if (context && !context->domains.empty()) {
            region.code = codeOf(m_facts.map, context->domains.front());
            region.hue = hueOf(m_facts.map, context->domains.front());
        }
        if (context && context->isLegacy)
            region.note = "legacy";
        region.description = "Context " + region.title;
        return region;
    }

    int hueOfContext(const ContextId& id) const
    {
        const BoundedContext* context = m_facts.map.context(id);
        return context && !context->domains.empty() ? hueOf(m_facts.map, context->domains.front())
                                                    : -1;
    }

    void addCard(LineageUnit unit)
    {
        ChartNode node;
        node.entity = m_rollUp.entity(unit);
        const ContextId owner = m_rollUp.owner(unit);
        node.region = regionOf(owner);
        node.hue = node.entity.kind == EntityKind::Domain
                       ? hueOf(m_facts.map, DomainId(node.entity.id))
                       : hueOfContext(owner);
        node.isPinned = m_pinned.contains(unit);
        if (node.entity.kind == EntityKind::Dataset)
            fillTable(node, m_rollUp.members(unit).front());
        else
            fillGroup(node, unit);
        if (m_scope.paths.empty()) {
            node.before = hiddenNeighbours(LineageDirection::Upstream, unit);
            node.after = hiddenNeighbours(LineageDirection::Downstream, unit);
        }
        if (node.before > 0)
            node.description += ". " + std::to_string(node.before) + " more upstream";
        if (node.after > 0)
            node.description += ". " + std::to_string(node.after) + " more downstream";
        m_picture.chart.nodes.push_back(std::move(node));
    }

    int hiddenNeighbours(LineageDirection direction, LineageUnit unit)
    {
        const std::vector<Neighbour> all = neighbours(direction, unit);
        return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const Neighbour& other) {
            return !m_number.contains(other.unit);
        }));
    }

    void fillGroup(ChartNode& node, LineageUnit unit)
    {
        node.title = m_rollUp.name(unit);
        const std::size_t members = m_rollUp.members(unit).size();
        node.secondary = counted(members, "dataset", "datasets");
        node.description =
            std::string(toString(node.entity.kind)) + " " + node.title + ", " + node.secondary;
    }

    void fillTable(ChartNode& node, DatasetIndex number)
    {
        const Dataset& dataset = m_estate.datasets[number.value];
        node.shape = ChartShape::Table;
        node.title = cardTitle(dataset);
        node.note = dataset.platform == "kafka" ? "topic" : dataset.type;
        node.description = (dataset.type.empty() ? "Dataset " : dataset.type + " ") +
                           dataset.key() + ", " +
                           counted(dataset.columns.size(), "column", "columns");
        const bool isOpen = m_scope.showsColumns != m_scope.otherColumns.contains(node.entity);
        if (!isOpen) {
            addKeptRows(node, dataset);
            return;
        }
        const std::vector<ColumnIndex> rows = chosenRows(dataset, node.entity);
        for (const ColumnIndex column : rows)
            addRow(node, column);
        if (const std::size_t more = dataset.columns.size() - rows.size(); more > 0)
            node.moreRows = counted(more, "more column", "more columns");
        else if (dataset.columns.empty())
            node.moreRows = "no column is known";
    }

    // A closed dataset whose column is selected shows that one.
    void addKeptRows(ChartNode& node, const Dataset& dataset)
    {
        for (const ColumnIndex column : dataset.columns) {
            if (isKept(column))
                addRow(node, column);
        }
        if (!node.rows.empty() && node.rows.size() < dataset.columns.size())
            node.moreRows =
                counted(dataset.columns.size() - node.rows.size(), "more column", "more columns");
    }

    void addRow(ChartNode& node, ColumnIndex column)
    {
        const auto row = static_cast<int>(node.rows.size());
        m_rows.emplace(column, std::pair{static_cast<int>(m_picture.chart.nodes.size()), row});
        const Column& facts = m_estate.columns[column.value];
        node.rows.push_back({columnRef(column), facts.name, facts.type, isKey(column)});
    }

    EntityRef columnRef(ColumnIndex column) const
    {
        return {EntityKind::Column, columnKey(m_estate, column)};
    }

    // Of a selected column the whole way has rows: else its links would end in nothing.
    bool isKept(ColumnIndex column) const { return m_way.contains(column.value); }

    void findWay()
    {
        std::vector<LineageNode> start;
        for (const EntityRef& kept : m_scope.columns) {
            for (const ColumnIndex found : columnsOf(kept, m_estate))
                start.push_back(found.value);
        }
        for (const LineageDirection direction :
             {LineageDirection::Upstream, LineageDirection::Downstream}) {
            ClosureRequest request{direction};
            request.followsIndirect = false;
            for (const LineageClosure::Step& step :
                 m_index.closure(LineageLevel::Columns, start, request).steps)
                m_way.insert(step.node);
        }
    }

    // Those on a selected column's way, keys, then those with a link to what is shown, then the others: in the dataset's own order.
    std::vector<ColumnIndex> chosenRows(const Dataset& dataset, const EntityRef& entity) const
    {
        std::vector<ColumnIndex> chosen = dataset.columns;
        if (chosen.size() <= rowsShown || m_scope.allRows.contains(entity))
            return chosen;
        std::map<ColumnIndex, int> rank;
        for (const ColumnIndex column : chosen)
            rank[column] = isKept(column) ? 0 : hasShownLink(column) ? 1 : isKey(column) ? 2 : 3;
        std::stable_sort(chosen.begin(), chosen.end(), [&](ColumnIndex one, ColumnIndex other) {
            return rank[one] < rank[other];
        });
        const auto kept = static_cast<std::size_t>(std::count_if(
            chosen.begin(), chosen.end(), [&](ColumnIndex column) { return rank[column] == 0; }));
        chosen.resize(std::max(rowsShown, kept));
        std::map<ColumnIndex, std::size_t> place;
        for (std::size_t i = 0; i < dataset.columns.size(); ++i)
            place[dataset.columns[i]] = i;
        std::sort(chosen.begin(), chosen.end(),
                  [&](ColumnIndex one, ColumnIndex other) { return place[one] < place[other]; });
        return chosen;
    }

    bool hasShownLink(ColumnIndex column) const
    {
        for (const LineageDirection direction :
             {LineageDirection::Upstream, LineageDirection::Downstream}) {
            for (const LineageLink& link :
                 m_index.links(LineageLevel::Columns, direction, column.value)) {
                if (m_number.contains(m_estate.columns[link.node].dataset.value))
                    return true;
            }
        }
        return false;
    }

    // By the contracts that describe the dataset.
    bool isKey(ColumnIndex column) const
    {
        const Column& facts = m_estate.columns[column.value];
        for (const ContractIndex contract : m_facts.published[facts.dataset.value].contracts) {
            for (const SchemaObjectIndex object : m_estate.contracts[contract.value].objects) {
                if (m_estate.objects[object.value].dataset != facts.dataset)
                    continue;
                for (const FieldIndex field : m_estate.objects[object.value].fields) {
                    const Field& promised = m_estate.fields[field.value];
                    if (promised.keyPosition > 0 && promised.path == facts.name)
                        return true;
                }
            }
        }
        return false;
    }

    // ---- flows

    void addFlows(LineageUnit from)
    {
        for (const Neighbour& other : neighbours(LineageDirection::Downstream, from)) {
            if (!m_number.contains(other.unit))
                continue;
            if (!m_scope.paths.empty() && !m_onPath.contains({from, other.unit}))
                continue;
            addFlow(from, other);
        }
    }

    bool showsJobNodes() const
    {
        return m_scope.showsJobs && m_rollUp.grain() == LineageGrain::Datasets;
    }

    void addFlow(LineageUnit from, const Neighbour& to)
    {
        ShownFlow flow;
        flow.through = to.through;
        if (to.through.empty())
            flow.edges = m_rollUp.edgesBetween(from, to.unit);
        const bool isWarned = noteCrossing(from, to.unit, flow);
        std::map<JobIndex, std::vector<std::uint32_t>> byJob;
        for (const std::uint32_t edge : flow.edges)
            byJob[m_estate.lineageEdges[edge].job].push_back(edge);
        if (!showsJobNodes() || flow.edges.empty()) {
            addEdge(nodeOf(from), nodeOf(to.unit), flow, isWarned, jobWords(byJob));
            return;
        }
        for (const auto& [job, edges] : byJob) {
            if (!job.isValid()) {
                addEdge(nodeOf(from), nodeOf(to.unit), {edges, {}}, isWarned, {});
                continue;
            }
            const int node = jobNode(job, from, to.unit);
            if (isWarned)
                m_picture.chart.nodes[static_cast<std::size_t>(node)].badge =
                    ChartBadge{Severity::Warning, 1};
            addEdge(nodeOf(from), node, {edges, {}}, isWarned, {});
            addEdge(node, nodeOf(to.unit), {edges, {}}, isWarned, {});
        }
    }

    int nodeOf(LineageUnit unit) const { return static_cast<int>(m_number.at(unit)); }

    int jobNode(JobIndex job, LineageUnit from, LineageUnit to)
    {
        const auto [known, isNew] =
            m_jobs.try_emplace(job, static_cast<int>(m_picture.chart.nodes.size()));
        const auto regionOfUnit = [&](LineageUnit unit) {
            return m_picture.chart.nodes[m_number.at(unit)].region;
        };
        const int region = regionOfUnit(from) == regionOfUnit(to) ? regionOfUnit(from) : -1;
        if (!isNew) {
            // A job over a border stands between the regions.
            ChartNode& node = m_picture.chart.nodes[static_cast<std::size_t>(known->second)];
            if (node.region != region)
                node.region = -1;
            return known->second;
        }
        const Job& facts = m_estate.jobs[job.value];
        ChartNode node;
        node.shape = ChartShape::Job;
        node.entity = {EntityKind::Job, facts.key()};
        node.title = facts.name;
        node.region = region;
        node.description = "Job " + facts.key();
        m_picture.chart.nodes.push_back(std::move(node));
        return known->second;
    }

    std::string jobWords(const std::map<JobIndex, std::vector<std::uint32_t>>& byJob) const
    {
        if (m_rollUp.grain() != LineageGrain::Datasets)
            return {};
        if (byJob.size() == 1 && byJob.begin()->first.isValid())
            return m_estate.jobs[byJob.begin()->first.value].name;
        return byJob.size() > 1 ? counted(byJob.size(), "job", "jobs") : std::string();
    }

    // Whether the flow leaves a context for another one past every contract.
    bool noteCrossing(LineageUnit from, LineageUnit to, const ShownFlow& flow)
    {
        const ContextId upstream = contextOf(from);
        const ContextId downstream = contextOf(to);
        if (upstream.isEmpty() || downstream.isEmpty() || upstream == downstream)
            return false;
        const bool hasContract =
            !flow.edges.empty() &&
            std::all_of(flow.edges.begin(), flow.edges.end(), [&](std::uint32_t edge) {
                const DatasetIndex read = m_estate.lineageEdges[edge].from;
                return !m_facts.published[read.value].contracts.empty();
            });
        m_picture.crossings.push_back(
            {m_picture.chart.edges.size(), upstream, downstream, hasContract});
        return !hasContract && flow.through.empty();
    }

    // At the grain of domains a crossing is one between domains: the members tell.
    ContextId contextOf(LineageUnit unit) const
    {
        const EntityRef entity = m_rollUp.entity(unit);
        return entity.kind == EntityKind::Domain ? ContextId("domain " + entity.id)
                                                 : m_rollUp.owner(unit);
    }

    void addEdge(int from, int to, ShownFlow flow, bool isWarned, const std::string& words)
    {
        const std::vector<ChartNode>& nodes = m_picture.chart.nodes;
        const ChartNode& first = nodes[static_cast<std::size_t>(from)];
        const ChartNode& second = nodes[static_cast<std::size_t>(to)];
        if (isWarned)
            m_warned.insert({from, to});
        ChartEdge edge;
        edge.entity = {EntityKind::Relationship, standInId(first.entity, second.entity)};
        // A job with several outputs, and an output of several inputs: the way to it is drawn once.
        const auto [known, isNew] = m_edges.try_emplace({from, to}, m_picture.chart.edges.size());
        if (!isNew) {
            ShownFlow& there = m_picture.flows[known->second];
            there.edges.insert(there.edges.end(), flow.edges.begin(), flow.edges.end());
            if (isWarned)
                m_picture.chart.edges[known->second].line = ChartLine::Undeclared;
            return;
        }
        edge.from = from;
        edge.to = to;
        edge.toEnd.hasArrow = second.shape != ChartShape::Job;
        edge.description = first.title + " to " + second.title;
        if (!flow.through.empty()) {
            edge.line = ChartLine::Implied;
            edge.pill = {ChartPill::Kind::Implied,
                         "via " + counted(flow.through.size(), "internal", "internals")};
        } else if (isWarned) {
            edge.line = ChartLine::Undeclared;
            if (second.shape != ChartShape::Job)
                edge.pill = {ChartPill::Kind::Undeclared, "no contract"};
            edge.description += ", crosses a border without a contract";
        } else if (!words.empty()) {
            edge.pill = {ChartPill::Kind::Name, words};
        } else if (flow.edges.size() > 1 && m_rollUp.grain() != LineageGrain::Datasets) {
            edge.pill = {ChartPill::Kind::Bundle, counted(flow.edges.size(), "flow", "flows")};
        }
        m_picture.chart.edges.push_back(std::move(edge));
        m_picture.flows.push_back(std::move(flow));
    }

    // ---- columns

    void addLinks()
    {
        for (const auto& [column, place] : m_rows) {
            for (const LineageLink& link :
                 m_index.links(LineageLevel::Columns, LineageDirection::Downstream, column.value)) {
                const auto target = m_rows.find(ColumnIndex(link.node));
                if (target != m_rows.end())
                    addLink(place, *target, link);
            }
        }
    }

    void addLink(const std::pair<int, int>& place,
                 const std::pair<const ColumnIndex, std::pair<int, int>>& target,
                 const LineageLink& way)
    {
        ChartLink link;
        std::tie(link.from, link.fromRow) = place;
        std::tie(link.to, link.toRow) = target.second;
        link.isIndirect = !way.isDirect;
        const JobIndex job = m_estate.columnEdges[way.edge].job;
        if (const auto node = m_jobs.find(job); job.isValid() && node != m_jobs.end())
            link.via = node->second;
        link.isWarned = m_warned.contains({link.from, link.to}) ||
                        (link.via >= 0 && m_warned.contains({link.via, link.to}));
        const auto hide = [&](int one, int other) {
            const auto edge = m_edges.find({one, other});
            if (edge == m_edges.end())
                return;
            ChartEdge& drawn = m_picture.chart.edges[edge->second];
            if (drawn.line == ChartLine::Plain || drawn.line == ChartLine::Undeclared) {
                drawn.line = ChartLine::Behind;
                drawn.pill = {};
            }
        };
        if (link.via >= 0) {
            hide(link.from, link.via);
            hide(link.via, link.to);
        } else {
            hide(link.from, link.to);
        }
        if (!m_scope.paths.empty() && !m_edges.contains({link.from, link.to}) && link.via < 0)
            return;
        m_picture.chart.links.push_back(link);
    }

    const LineageFacts& m_facts;
    const LineageScope& m_scope;
    const LineageRollUp& m_rollUp;
    const LineageIndex& m_index;
    const Estate& m_estate;
    LineagePicture m_picture;
    std::vector<DatasetIndex> m_rootDatasets;
    std::vector<LineageUnit> m_roots;
    std::vector<LineageUnit> m_shown;
    std::unordered_map<LineageUnit, std::size_t> m_number;  // in the chart's nodes
    std::set<LineageUnit> m_pinned;
    std::set<LineageUnit> m_internal;
    std::set<std::pair<LineageUnit, LineageUnit>> m_onPath;
    std::map<ContextId, int> m_regions;
    std::map<JobIndex, int> m_jobs;
    std::map<std::pair<int, int>, std::size_t> m_edges;
    std::set<std::pair<int, int>> m_warned;
    std::map<ColumnIndex, std::pair<int, int>> m_rows;
    std::unordered_set<LineageNode> m_way;  // columns
};

}  // namespace

LineagePicture lineageChart(const LineageFacts& facts, const LineageScope& scope)
{
    return LineageDrawing(facts, scope).draw();
}

}  // namespace portolan
