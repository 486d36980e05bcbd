// SPDX-License-Identifier: Apache-2.0
#include "model/chart/comparison_chart.h"

#include "model/chart/context_map_chart.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace portolan {
namespace {

constexpr std::size_t mostLetters = 120;
constexpr std::size_t mostDetailsInWords = 3;

ChartChange changeOf(const ComparedThing& thing)
{
    switch (thing.state) {
    case ComparedThing::State::Added:
        return ChartChange::Added;
    case ComparedThing::State::Removed:
        return ChartChange::Removed;
    case ComparedThing::State::Changed:
        return ChartChange::Changed;
    case ComparedThing::State::Renamed:
        return ChartChange::Renamed;
    case ComparedThing::State::Moved:
        return ChartChange::Moved;
    case ComparedThing::State::Same:
        break;
    }
    return ChartChange::Same;
}

std::string cut(const std::string& text)
{
    if (text.size() <= mostLetters)
        return text;
    std::size_t end = mostLetters;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;  // never within a letter
    return text.substr(0, end) + "…";
}

// A text of the file without its quotation marks, where nothing in it is escaped.
std::string plain(const std::string& json)
{
    const bool isText =
        json.size() >= 2 && json.front() == '"' && json.find('\\') == std::string::npos;
    return isText ? json.substr(1, json.size() - 2) : json;
}

template <class Thing>
std::string nameOr(const Thing* thing, const std::string& id)
{
    return thing && !thing->name.empty() ? thing->name : id;
}

std::string contextName(const ContextMap& map, const ContextId& id)
{
    return nameOr(map.context(id), id.text);
}

// What a member says, with the name of the thing where it is an id.
std::string valueOf(const ContextMap& map, std::string_view key, const std::string& json)
{
    if (json.empty())
        return "nothing";
    const std::string text = plain(json);
    if (key == "team")
        return cut(nameOr(map.team(TeamId(text)), text));
    if (key == "domain" || key == "parent")
        return cut(nameOr(map.domain(DomainId(text)), text));
    if (key == "context" || key == "upstream" || key == "downstream" || key == "to")
        return cut(contextName(map, ContextId(text)));
    return cut(text);
}

class Comparing {
public:
    Comparing(const MapDocument& before, const MapDocument& after)
        : m_before(before.map()), m_after(after.map()), m_comparison(compareMaps(before, after))
    {
    }

    ComparisonChart compare()
    {
        collectRows();
        drawBoth();
        return std::move(m_result);
    }

private:
    // ---- the list

    void collectRows()
    {
        std::set<std::size_t> told;
        for (const ComparedThing& thing : m_comparison.things) {
            told.insert(thing.changes.begin(), thing.changes.end());
            if (thing.state == ComparedThing::State::Same || thing.kind == EntityKind::Term)
                continue;
            ComparisonRow row;
            row.change = changeOf(thing);
            row.kind = std::string(toString(thing.kind));
            row.name = nameOf(thing);
            row.onChart = placeOf(thing);
            row.details = detailsOf(thing);
            if (thing.kind == EntityKind::DataProduct)
                m_touched[row.onChart.id].push_back("product " + row.name + " " +
                                                    std::string(wordOfChange(row.change)));
            m_result.rows.push_back(std::move(row));
        }
        collectRest(told);
        std::stable_sort(
            m_result.rows.begin(), m_result.rows.end(),
            [](const ComparisonRow& a, const ComparisonRow& b) { return a.change < b.change; });
    }

    // The map's own members, decisions, migrations: one row for each of them.
    void collectRest(const std::set<std::size_t>& told)
    {
        std::map<std::string, ComparisonRow> rest;
        for (std::size_t place = 0; place < m_comparison.changes.size(); ++place) {
            const MapChange& change = m_comparison.changes[place];
            if (told.contains(place))
                continue;
            ComparisonRow& row = rest[change.subject];
            row.kind = change.subject.substr(0, change.subject.find(' '));
            row.name = change.name.empty() ? change.subject : change.name;
            const bool isWhole = memberOf(change).empty();
            if (isWhole && change.kind == MapChange::Kind::Added)
                row.change = ChartChange::Added;
            else if (isWhole && change.kind == MapChange::Kind::Removed)
                row.change = ChartChange::Removed;
            else
                row.details.push_back(detail(change));
        }
        for (auto& [subject, row] : rest)
            m_result.rows.push_back(std::move(row));
    }

    std::string nameOf(const ComparedThing& thing) const
    {
        if (thing.kind != EntityKind::Relationship)
            return thing.name().empty() ? thing.id() : thing.name();
        const ContextMap& map = thing.idAfter.empty() ? m_before : m_after;
        const Relationship* relationship = map.relationship(RelationshipId(thing.id()));
        if (!relationship || !relationship->name.empty())
            return thing.name();
        return contextName(map, relationship->upstream) +
               (isSymmetric(relationship->type) ? " ↔ " : " → ") +
               contextName(map, relationship->downstream);
    }

    // On the union chart a thing has its later id; one that was removed, its old one.
    std::string idOnChart(EntityKind kind, const std::string& idBefore) const
    {
        const ComparedThing* thing = m_comparison.inBefore({kind, idBefore});
        return thing ? thing->id() : idBefore;
    }

    EntityRef placeOf(const ComparedThing& thing) const
    {
        const bool isGone = thing.idAfter.empty();
        const ContextMap& map = isGone ? m_before : m_after;
        std::string context;
        if (thing.kind == EntityKind::DataProduct) {
            const DataProduct* product = map.product(ProductId(thing.id()));
            context = product ? product->owner.text : std::string();
        } else if (thing.kind == EntityKind::Route) {
            const Route* route = map.route(RouteId(thing.id()));
            context = route ? route->consumer.text : std::string();
        } else if (thing.kind == EntityKind::BoundedContext ||
                   thing.kind == EntityKind::Relationship || thing.kind == EntityKind::Domain) {
            return {thing.kind, thing.id()};
        }
        if (isGone && !context.empty())
            context = idOnChart(EntityKind::BoundedContext, context);
        return {EntityKind::BoundedContext, context};
    }

    std::vector<std::string> detailsOf(const ComparedThing& thing) const
    {
        std::vector<std::string> details;
        if (thing.state == ComparedThing::State::Added ||
            thing.state == ComparedThing::State::Removed)
            return details;
        const std::string own = std::string(toString(thing.kind)) + " " + thing.idAfter;
        for (const std::size_t place : thing.changes) {
            const MapChange& change = m_comparison.changes[place];
            const std::string words = detail(change);
            details.push_back(change.subject.starts_with("term ") && change.subject != own
                                  ? change.subject + ": " + words
                                  : words);
        }
        return details;
    }

    // Empty when a whole thing was added or removed.
    static std::string memberOf(const MapChange& change)
    {
        const std::string last = change.pointer.substr(change.pointer.rfind('/') + 1);
        return last.find_first_not_of("0123456789") == std::string::npos ? std::string() : last;
    }

    std::string detail(const MapChange& change) const
    {
        if (change.kind == MapChange::Kind::Moved)
            return "moved from " + (change.before.empty() ? "no place" : change.before) + " to " +
                   (change.after.empty() ? "no place" : change.after);
        const std::string member = memberOf(change);
        if (member.empty() && change.kind == MapChange::Kind::Added)
            return "added";
        if (member.empty() && change.kind == MapChange::Kind::Removed)
            return "removed";
        const std::string key = member == "context" ? "owner" : member;
        return key + ": " + valueOf(m_before, member, change.before) + " → " +
               valueOf(m_after, member, change.after);
    }

    // ---- the picture

    static Chart chartOf(const ContextMap& map)
    {
        return contextMapChart(map, Estate(), MapDrift(), {}, {true, false});
    }

    void drawBoth()
    {
        m_result.chart = chartOf(m_after);
        markLater();
        addRemoved(chartOf(m_before));
    }

    ChartChange laterChange(const EntityRef& entity) const
    {
        const ComparedThing* thing = m_comparison.inAfter(entity);
        return thing ? changeOf(*thing) : ChartChange::Same;
    }

    void markLater()
    {
        Chart& chart = m_result.chart;
        for (ChartRegion& region : chart.regions)
            mark(region, laterChange(region.entity));
        for (ChartNode& node : chart.nodes) {
            const bool isTouched = m_touched.contains(node.entity.id);
            const ChartChange change = laterChange(node.entity);
            const bool isKept = change == ChartChange::Same || change == ChartChange::Moved;
            mark(node, isTouched && isKept ? ChartChange::Changed : change);
            keepOldPlace(node);
        }
        for (ChartEdge& edge : chart.edges)
            mark(edge, laterChange(edge.entity));
    }

    // A card that nobody has placed anew stands where it stood.
    void keepOldPlace(ChartNode& node) const
    {
        const ComparedThing* thing = m_comparison.inAfter(node.entity);
        if (node.place || !thing)
            return;
        const auto place = m_before.placement.find(ContextId(thing->idBefore));
        if (place != m_before.placement.end())
            node.place = Point{place->second.x, place->second.y};
    }

    bool isRemoved(const EntityRef& entity) const
    {
        const ComparedThing* thing = m_comparison.inBefore(entity);
        return thing && thing->state == ComparedThing::State::Removed;
    }

    void addRemoved(const Chart& old)
    {
        Chart& chart = m_result.chart;
        std::map<EntityRef, int> regions;
        std::map<EntityRef, int> nodes;
        for (std::size_t i = 0; i < chart.regions.size(); ++i)
            regions.emplace(chart.regions[i].entity, static_cast<int>(i));
        for (std::size_t i = 0; i < chart.nodes.size(); ++i)
            nodes.emplace(chart.nodes[i].entity, static_cast<int>(i));
        const std::vector<int> regionOf = addRegions(old, regions);
        std::vector<int> nodeOf;
        for (const ChartNode& node : old.nodes) {
            const EntityRef entity{node.entity.kind, idOnChart(node.entity.kind, node.entity.id)};
            if (const auto there = nodes.find(entity); there != nodes.end()) {
                nodeOf.push_back(there->second);
                continue;
            }
            nodeOf.push_back(static_cast<int>(chart.nodes.size()));
            ChartNode removed = node;
            removed.region = node.region < 0 ? -1 : regionOf[static_cast<std::size_t>(node.region)];
            if (removed.region >= 0)
                removed.hue = chart.regions[static_cast<std::size_t>(removed.region)].hue;
            mark(removed, ChartChange::Removed);
            chart.nodes.push_back(std::move(removed));
        }
        for (const ChartEdge& edge : old.edges) {
            if (!isRemoved(edge.entity))
                continue;
            ChartEdge removed = edge;
            removed.from = nodeOf[static_cast<std::size_t>(edge.from)];
            removed.to = nodeOf[static_cast<std::size_t>(edge.to)];
            if (removed.from == removed.to)
                continue;  // its two ends were merged
            removed.fromEnd.share = removed.toEnd.share = 0;
            mark(removed, ChartChange::Removed);
            chart.edges.push_back(std::move(removed));
        }
    }

    // Answers where each region of the earlier chart is on this one.
    std::vector<int> addRegions(const Chart& old, std::map<EntityRef, int>& regions)
    {
        Chart& chart = m_result.chart;
        const std::size_t kept = chart.regions.size();
        std::vector<int> regionOf;
        for (const ChartRegion& region : old.regions) {
            const EntityRef entity{EntityKind::Domain,
                                   idOnChart(EntityKind::Domain, region.entity.id)};
            const auto [there, isNew] =
                regions.emplace(entity, static_cast<int>(chart.regions.size()));
            regionOf.push_back(there->second);
            if (!isNew)
                continue;
            ChartRegion added = region;  // gone, or there without a card
            added.entity = entity;
            mark(added, isRemoved(region.entity) ? ChartChange::Removed : laterChange(entity));
            chart.regions.push_back(std::move(added));
        }
        for (std::size_t i = kept; i < chart.regions.size(); ++i) {
            ChartRegion& added = chart.regions[i];
            if (added.parent >= 0)
                added.parent = regionOf[static_cast<std::size_t>(added.parent)];
            // Where the later map has turned two domains round, a circle would be no picture.
            for (int parent = added.parent, steps = 0; parent >= 0;
                 parent = chart.regions[static_cast<std::size_t>(parent)].parent, ++steps) {
                if (parent == static_cast<int>(i) || steps > 64) {
                    added.parent = -1;
                    break;
                }
            }
        }
        return regionOf;
    }

    std::string wordsFor(const EntityRef& entity, ChartChange change) const
    {
        std::string words = ", " + std::string(wordOfChange(change));
        std::vector<std::string> details;
        if (const ComparedThing* thing = m_comparison.inAfter(entity))
            details = detailsOf(*thing);
        if (const auto touched = m_touched.find(entity.id);
            touched != m_touched.end() && entity.kind == EntityKind::BoundedContext)
            details.insert(details.end(), touched->second.begin(), touched->second.end());
        for (std::size_t i = 0; i < std::min(details.size(), mostDetailsInWords); ++i)
            words += "; " + details[i];
        if (details.size() > mostDetailsInWords)
            words += "; and " + std::to_string(details.size() - mostDetailsInWords) + " more";
        return words;
    }

    template <class Thing>
    void describe(Thing& thing, ChartChange change) const
    {
        thing.change = change;
        if (change == ChartChange::Removed)
            thing.description += ", removed";
        else if (change != ChartChange::Same)
            thing.description += wordsFor(thing.entity, change);
    }

    void mark(ChartNode& node, ChartChange change) const { describe(node, change); }

    void mark(ChartRegion& region, ChartChange change) const
    {
        describe(region, change);
        if (change != ChartChange::Same)
            region.note = signAndWord(change);
    }

    void mark(ChartEdge& edge, ChartChange change) const
    {
        describe(edge, change);
        if (change == ChartChange::Same)
            return;
        if (change == ChartChange::Removed && edge.line == ChartLine::Plain)
            edge.line = ChartLine::DeclaredOnly;  // dashed
        const bool isNamed = edge.pill.kind != ChartPill::Kind::None;
        edge.pill = {ChartPill::Kind::Name,
                     isNamed ? std::string(signOfChange(change)) + " " + edge.pill.text
                             : signAndWord(change)};
    }

    static std::string signAndWord(ChartChange change)
    {
        return std::string(signOfChange(change)) + " " + std::string(wordOfChange(change));
    }

    const ContextMap& m_before;
    const ContextMap& m_after;
    MapComparison m_comparison;
    std::map<std::string, std::vector<std::string>> m_touched;  // by context: what of its products
    ComparisonChart m_result;
};

}  // namespace

ComparisonChart comparisonChart(const MapDocument& before, const MapDocument& after)
{
    return Comparing(before, after).compare();
}

std::string_view signOfChange(ChartChange change)
{
    switch (change) {
    case ChartChange::Added:
        return "+";
    case ChartChange::Removed:
        return "−";
    case ChartChange::Changed:
        return "±";
    case ChartChange::Renamed:
        return "~";
    case ChartChange::Moved:
        return "→";
    case ChartChange::None:
    case ChartChange::Same:
        break;
    }
    return {};
}

std::string_view wordOfChange(ChartChange change)
{
    switch (change) {
    case ChartChange::Added:
        return "added";
    case ChartChange::Removed:
        return "removed";
    case ChartChange::Changed:
        return "changed";
    case ChartChange::Renamed:
        return "renamed";
    case ChartChange::Moved:
        return "moved";
    case ChartChange::None:
    case ChartChange::Same:
        break;
    }
    return "same";
}

std::string toText(const std::vector<ComparisonRow>& rows)
{
    std::string lines;
    for (const ComparisonRow& row : rows) {
        lines += std::string(signOfChange(row.change)) + " " + row.kind +
                 (row.name == row.kind ? "" : " " + row.name) + " " +
                 std::string(wordOfChange(row.change)) + "\n";
        for (const std::string& detail : row.details)
            lines += "    " + detail + "\n";
    }
    return lines;
}

}  // namespace portolan
