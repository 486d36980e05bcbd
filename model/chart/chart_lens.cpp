// SPDX-License-Identifier: Apache-2.0
#include "model/chart/chart_lens.h"

#include "model/chart/chart_lens_readings.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

namespace portolan {
namespace {

struct Row {
    Lens lens;
    std::string_view spelling;
    std::string_view title;
};
constexpr std::array<Row, 7> rows = {{{Lens::None, "none", "No lens"},
                                      {Lens::Owner, "owner", "Owner"},
                                      {Lens::Subdomain, "subdomain", "Subdomain kind"},
                                      {Lens::Findings, "findings", "Findings"},
                                      {Lens::Drift, "drift", "Drift"},
                                      {Lens::Adoption, "adoption", "Adoption"},
                                      {Lens::Freshness, "freshness", "Freshness"}}};

const Row& rowOf(Lens lens)
{
    return rows[static_cast<std::size_t>(lens)];
}

bool isLetter(char c)
{
    // A byte beyond ASCII is a part of a letter, but half of one is no sign.
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

std::string upper(std::string_view letters)
{
    std::string result;
    for (const char c : letters)
        result += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return result;
}

// Two letters that no other owner has: initials, then letters of the name, then the number.
std::string signOfOwner(std::string_view name, std::size_t number, std::set<std::string>& taken)
{
    std::string letters;
    std::string initials;
    bool isStart = true;
    for (const char c : name) {
        if (isLetter(c)) {
            letters += c;
            if (isStart)
                initials += c;
        }
        isStart = c == ' ' || c == '-' || c == '_' || c == '.' || c == '/';
    }
    std::vector<std::string> wished;
    if (initials.size() > 1)
        wished.push_back(upper(std::string_view(initials).substr(0, 2)));
    for (std::size_t i = 1; i < letters.size() && i < 40; ++i)
        wished.push_back(upper(std::string{letters[0], letters[i]}));
    wished.push_back(std::to_string(number + 1));
    for (const std::string& sign : wished) {
        if (taken.insert(sign).second)
            return sign;
    }
    return wished.back();
}

LensReading ownerReading(const LensSources& sources)
{
    std::unordered_map<std::string, std::string> names;  // of teams by id
    for (const MapTeam& team : sources.map.teams)
        names.emplace(team.id.text, team.name.empty() ? team.id.text : team.name);
    std::map<std::string, int> counts;  // of contexts by team id
    for (const BoundedContext& context : sources.map.contexts) {
        if (names.contains(context.team.text))
            ++counts[context.team.text];
    }
    std::vector<std::string> order;
    for (const auto& [id, count] : counts)
        order.push_back(id);
    std::sort(order.begin(), order.end(), [&](const std::string& a, const std::string& b) {
        const auto key = [&](const std::string& id) {
            return std::tuple(-counts.at(id), std::cref(names.at(id)).get(), id);
        };
        return key(a) < key(b);
    });
    LensReading reading;
    std::unordered_map<std::string, int> entryOf;
    std::set<std::string> taken = {"?"};
    for (std::size_t i = 0; i < order.size() && i < mostOwners; ++i) {
        entryOf.emplace(order[i], static_cast<int>(i));
        const std::string& name = names.at(order[i]);
        reading.legend.entries.push_back(
            {name, signOfOwner(name, i, taken), LensTone::Choice, static_cast<int>(i)});
    }
    const std::size_t others = order.size() - reading.legend.entries.size();
    if (others > 0)
        reading.legend.entries.push_back(
            {"others (" + std::to_string(others) + ")", "+", LensTone::Others, 0});
    const int othersEntry = static_cast<int>(reading.legend.entries.size()) - 1;
    const int noneEntry = static_cast<int>(reading.legend.entries.size());
    reading.legend.entries.push_back({"no team", "", LensTone::Unknown, 0});
    for (const BoundedContext& context : sources.map.contexts) {
        const auto name = names.find(context.team.text);
        if (name == names.end()) {
            reading.values.emplace(context.id.text, LensValue{noneEntry, "no team"});
            continue;
        }
        const auto entry = entryOf.find(context.team.text);
        reading.values.emplace(
            context.id.text,
            LensValue{entry == entryOf.end() ? othersEntry : entry->second, name->second});
    }
    return reading;
}

// The kind of a domain, or of the nearest one that it is a part of.
std::optional<Subdomain> kindOf(const std::unordered_map<std::string, const Domain*>& domains,
                                std::string id)
{
    // A circle of parents is a problem of the file, not a reason to hang.
    for (std::size_t step = 0; step <= domains.size(); ++step) {
        const auto found = domains.find(id);
        if (found == domains.end())
            return std::nullopt;
        if (found->second->kind)
            return found->second->kind;
        id = found->second->parent.text;
    }
    return std::nullopt;
}

LensReading subdomainReading(const LensSources& sources)
{
    std::unordered_map<std::string, const Domain*> domains;
    for (const Domain& domain : sources.map.domains)
        domains.emplace(domain.id.text, &domain);
    LensReading reading;
    // The weightiest first, as in the enumeration.
    reading.legend.entries = {{"core", "C", LensTone::Grade, 0},
                              {"supporting", "S", LensTone::Grade, 2},
                              {"generic", "G", LensTone::Grade, 3},
                              {"not known", "", LensTone::Unknown, 0}};
    for (const BoundedContext& context : sources.map.contexts) {
        std::set<Subdomain> kinds;
        for (const DomainId& domain : context.domains) {
            if (const auto kind = kindOf(domains, domain.text))
                kinds.insert(*kind);
        }
        LensValue value{3, "not known"};
        if (!kinds.empty()) {
            value = {static_cast<int>(*kinds.begin()), {}};
            for (const Subdomain kind : kinds)
                value.words += (value.words.empty() ? "" : " and ") + std::string(toString(kind));
        }
        reading.values.emplace(context.id.text, std::move(value));
    }
    return reading;
}

// The contexts that a finding is about: of products, terms, routes and the like those that they belong to. Looks into the map's own
// texts, for there may be hundreds of thousands.
class FindingOwners {
public:
    using Two = std::array<std::string_view, 2>;  // empty: none

    explicit FindingOwners(const ContextMap& map)
    {
        for (const DataProduct& product : map.products)
            add(EntityKind::DataProduct, product.id.text, product.owner);
        for (const Route& route : map.routes)
            add(EntityKind::Route, route.id.text, route.consumer);
        for (const Identifier& identifier : map.identifiers)
            add(EntityKind::Identifier, identifier.id.text, identifier.issuer);
        for (const Crosswalk& crosswalk : map.crosswalks)
            add(EntityKind::Crosswalk, crosswalk.id.text, crosswalk.owner);
        auto& ends = m_owners[EntityKind::Relationship];
        ends.reserve(map.relationships.size());
        for (const Relationship& relationship : map.relationships) {
            const bool isOne = relationship.upstream == relationship.downstream;
            ends.emplace(relationship.id.text,
                         Two{relationship.upstream.text,
                             isOne ? std::string_view() : relationship.downstream.text});
        }
    }

    // The answer looks into the subject and the map.
    Two of(const EntityRef& subject) const
    {
        const std::string_view id = subject.id;
        if (subject.kind == EntityKind::BoundedContext)
            return {id, {}};
        if (subject.kind == EntityKind::Term)
            return {id.substr(0, id.find('/')), {}};
        const auto ofKind = m_owners.find(subject.kind);
        if (ofKind == m_owners.end())
            return {};
        const auto found = ofKind->second.find(id);
        return found == ofKind->second.end() ? Two() : found->second;
    }

private:
    void add(EntityKind kind, std::string_view id, const ContextId& owner)
    {
        m_owners[kind].emplace(id, Two{owner.text, {}});
    }

    std::map<EntityKind, std::unordered_map<std::string_view, Two>> m_owners;
};

LensReading findingsReading(const LensSources& sources)
{
    struct Tally {
        std::size_t errors = 0;
        std::size_t warnings = 0;
        std::size_t notes = 0;
    };
    std::unordered_map<std::string_view, Tally> counts;
    counts.reserve(sources.map.contexts.size());
    const FindingOwners owners(sources.map);
    for (const Finding& finding : sources.findings) {
        for (const std::string_view context : owners.of(finding.subject)) {
            if (context.empty())
                continue;
            Tally& of = counts[context];
            ++(finding.severity == Severity::Error     ? of.errors
               : finding.severity == Severity::Warning ? of.warnings
                                                       : of.notes);
        }
    }
    LensReading reading;
    reading.legend.entries = {{"with errors", "", LensTone::Error, 0},
                              {"with warnings", "", LensTone::Warning, 0},
                              {"with notes", "", LensTone::Note, 0},
                              {"no findings", "", LensTone::Good, 0}};
    reading.values.reserve(sources.map.contexts.size());
    for (const BoundedContext& context : sources.map.contexts) {
        const Tally of = counts[context.id.text];
        std::string words;
        const auto add = [&](std::size_t count, std::string_view one, std::string_view many) {
            if (count > 0)
                words += (words.empty() ? "" : ", ") + countedWords(count, one, many);
        };
        add(of.errors, "error", "errors");
        add(of.warnings, "warning", "warnings");
        add(of.notes, "note", "notes");
        const int entry = of.errors > 0 ? 0 : of.warnings > 0 ? 1 : of.notes > 0 ? 2 : 3;
        reading.values.emplace(context.id.text,
                               LensValue{entry, words.empty() ? "no findings" : words});
    }
    return reading;
}

// How often each entry occurs within a domain and those that are parts of it.
class DomainAnswers {
public:
    DomainAnswers(const ContextMap& map, const LensReading& reading)
        : m_entries(reading.legend.entries)
    {
        std::unordered_map<std::string, const Domain*> domains;
        for (const Domain& domain : map.domains)
            domains.emplace(domain.id.text, &domain);
        for (const BoundedContext& context : map.contexts) {
            const auto value = reading.values.find(context.id.text);
            if (value == reading.values.end() || context.domains.empty())
                continue;
            std::set<std::string> seen;
            std::string id = context.domains.front().text;
            for (auto at = domains.find(id); at != domains.end() && seen.insert(id).second;
                 at = domains.find(id)) {
                ++m_counts[id][value->second.entry];
                id = at->second->parent.text;
            }
        }
    }

    LensValue of(const std::string& domain) const
    {
        const auto found = m_counts.find(domain);
        if (found == m_counts.end())
            return {};
        const std::map<int, int>& counts = found->second;
        if (counts.size() == 1)
            return {counts.begin()->first, briefOf(counts.begin()->first)};
        int all = 0;
        LensValue value;
        for (const auto& [entry, count] : counts) {
            all += count;
            value.words +=
                (value.words.empty() ? "" : ", ") + std::to_string(count) + " " + briefOf(entry);
        }
        // What asks to be looked at is not hidden by the rest; entries of that kind stand in order of their weight.
        const auto& [first, count] = *counts.begin();
        if (asksForALook(m_entries[static_cast<std::size_t>(first)].tone))
            return {first,
                    std::to_string(count) + " of " + std::to_string(all) + " " + briefOf(first)};
        return value;
    }

private:
    static bool asksForALook(LensTone tone)
    {
        return tone == LensTone::Error || tone == LensTone::Warning || tone == LensTone::Note;
    }
    std::string briefOf(int number) const
    {
        const LensEntry& entry = m_entries[static_cast<std::size_t>(number)];
        return entry.brief.empty() ? entry.words : entry.brief;
    }

    const std::vector<LensEntry>& m_entries;
    std::unordered_map<std::string, std::map<int, int>> m_counts;  // by domain, then by entry
};

}  // namespace

std::string countedWords(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string_view toString(Lens lens)
{
    return rowOf(lens).spelling;
}

std::optional<Lens> lensFrom(std::string_view spelling)
{
    for (const Row& row : rows) {
        if (row.spelling == spelling)
            return row.lens;
    }
    return std::nullopt;
}

std::string_view titleOf(Lens lens)
{
    return rowOf(lens).title;
}

LensReading lensReading(Lens lens, const LensSources& sources)
{
    LensReading reading;
    switch (lens) {
    case Lens::None:
        return reading;
    case Lens::Owner:
        reading = ownerReading(sources);
        break;
    case Lens::Subdomain:
        reading = subdomainReading(sources);
        break;
    case Lens::Findings:
        reading = findingsReading(sources);
        break;
    case Lens::Drift:
        reading = driftReading(sources);
        break;
    case Lens::Adoption:
        reading = adoptionReading(sources);
        break;
    case Lens::Freshness:
        reading = freshnessReading(sources);
        break;
    }
    reading.legend.title = titleOf(lens);
    return reading;
}

std::string whyEmpty(Lens lens, const LensSources& sources)
{
    const ContextMap& map = sources.map;
    if (lens == Lens::None)
        return {};
    if (map.contexts.empty())
        return "The map has no contexts.";
    switch (lens) {
    case Lens::Owner: {
        std::set<std::string_view> teams;
        for (const MapTeam& team : map.teams)
            teams.insert(team.id.text);
        const bool isSaid = std::any_of(
            map.contexts.begin(), map.contexts.end(),
            [&](const BoundedContext& context) { return teams.contains(context.team.text); });
        return isSaid ? "" : "No context has a team.";
    }
    case Lens::Subdomain: {
        const bool isSaid =
            std::any_of(map.domains.begin(), map.domains.end(),
                        [](const Domain& domain) { return domain.kind.has_value(); });
        return isSaid ? "" : "No domain says whether it is core, supporting or generic.";
    }
    case Lens::Drift:
        return sources.estate.sources.empty() ? "Nothing was imported to hold the map against."
                                              : "";
    case Lens::Adoption:
        return saysAdoption(sources) ? ""
                                     : "No relationship names the version it adopts, and nothing "
                                       "that was imported says who uses what.";
    case Lens::Freshness:
        return saysFreshness(sources)
                   ? ""
                   : "Nothing that was imported says when a context's data last moved.";
    case Lens::None:
    case Lens::Findings:
        break;
    }
    return {};
}

void putOn(Chart& chart, const LensReading& reading, const ContextMap& map)
{
    chart.lens = reading.legend;
    std::optional<DomainAnswers> domains;
    for (ChartNode& node : chart.nodes) {
        node.lens = -1;
        node.lensWords.clear();
        if (node.entity.kind == EntityKind::Domain && !reading.legend.entries.empty()) {
            if (!domains)
                domains.emplace(map, reading);
            LensValue value = domains->of(node.entity.id);
            node.lens = value.entry;
            node.lensWords = std::move(value.words);
        }
        if (node.entity.kind != EntityKind::BoundedContext)
            continue;
        const auto value = reading.values.find(node.entity.id);
        if (value == reading.values.end())
            continue;
        node.lens = value->second.entry;
        node.lensWords = value->second.words;
    }
}

std::vector<int> lensCounts(const Chart& chart)
{
    std::vector<int> counts(chart.lens.entries.size(), 0);
    for (const ChartNode& node : chart.nodes) {
        if (node.lens >= 0 && static_cast<std::size_t>(node.lens) < counts.size())
            ++counts[static_cast<std::size_t>(node.lens)];
    }
    return counts;
}

}  // namespace portolan
