// SPDX-License-Identifier: Apache-2.0
// The checks that look at several relationships together.
#include "model/analysis/rules/context_map_rules_rows.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace portolan {
namespace {

// The relationships between the same two contexts, whatever their direction.
using Pair = std::pair<std::string_view, std::string_view>;
using Pairs = std::map<Pair, std::vector<const Relationship*>>;

Pairs relationshipsByPair(const MapIndex& index)
{
    Pairs pairs;
    for (const Relationship& relationship : index.map().relationships) {
        if (relationship.upstream == relationship.downstream)
            continue;
        // Of a list: of two arguments it would answer references to what is gone after this line.
        const Pair ends = std::minmax({std::string_view(relationship.upstream.text),
                                       std::string_view(relationship.downstream.text)});
        pairs[ends].push_back(&relationship);
    }
    return pairs;
}

std::string whyTwoContradict(const std::vector<const Relationship*>& relationships)
{
    const auto isSeparate = [](const Relationship* relationship) {
        return relationship->type == RelationshipType::SeparateWays;
    };
    const auto directed = std::count_if(relationships.begin(), relationships.end(),
                                        [](const Relationship* r) { return isDirected(*r); });
    if (std::any_of(relationships.begin(), relationships.end(), isSeparate))
        return "Separate Ways says that they have nothing to do with each other.";
    if (directed != 0 && directed != static_cast<std::ptrdiff_t>(relationships.size()))
        return "they cannot be equals and also upstream and downstream.";
    return "each says something else about who depends on whom.";
}

void addPair(const MapIndex& index, const std::vector<const Relationship*>& relationships,
             FindingList& found, std::string message)
{
    Finding& finding = found.add(index, *relationships.front(), std::move(message));
    for (std::size_t i = 1; i < relationships.size(); ++i)
        finding.related.push_back({EntityKind::Relationship, relationships[i]->id.text});
}

// What both expose; empty text when they list different things, "everything" when neither lists anything.
std::string exposedByBoth(const MapIndex& index, const Relationship& one, const Relationship& other)
{
    if (one.exposes.empty() && other.exposes.empty())
        return "everything (neither lists what it exposes)";
    const std::unordered_set<std::string> others = [&] {
        std::unordered_set<std::string> ids;
        for (const ProductId& id : other.exposes)
            ids.insert(id.text);
        return ids;
    }();
    for (const ProductId& id : one.exposes) {
        const DataProduct* product = index.product(id);
        if (others.contains(id.text))
            return product ? product->name : id.text;
    }
    return {};
}

void checkPairDirections(const MapIndex& index,
                         const std::vector<const Relationship*>& relationships, FindingList& found)
{
    const auto end = relationships.end();
    const auto first = std::find_if(relationships.begin(), end,
                                    [](const Relationship* r) { return isDirected(*r); });
    if (first == end)
        return;
    const auto opposite = std::find_if(first, end, [&](const Relationship* r) {
        return isDirected(*r) && r->upstream == (*first)->downstream;
    });
    if (opposite == end)
        return;
    const std::string both = exposedByBoth(index, **first, **opposite);
    if (!both.empty())
        addPair(index, {*first, *opposite}, found,
                index.name((*first)->upstream) + " and " + index.name((*first)->downstream) +
                    " are each upstream of the other for " + both +
                    ": nobody decides what it means.");
}

// The upstream-to-downstream graph of the contexts, by their number on the map.
class UpstreamGraph {
public:
    explicit UpstreamGraph(const MapIndex& index) : m_next(index.map().contexts.size())
    {
        std::unordered_map<std::string_view, std::size_t> numberOf;
        for (std::size_t i = 0; i < m_next.size(); ++i)
            numberOf.emplace(index.map().contexts[i].id.text, i);
        for (const Relationship& relationship : index.map().relationships) {
            const auto from = numberOf.find(relationship.upstream.text);
            const auto to = numberOf.find(relationship.downstream.text);
            if (isDirected(relationship) && from != numberOf.end() && to != numberOf.end() &&
                from->second != to->second)
                m_next[from->second].push_back(to->second);
        }
        findComponents();
    }

    // One shortest circle of each strongly connected part, from its first context on.
    std::vector<std::vector<std::size_t>> circles() const
    {
        std::vector<std::vector<std::size_t>> all;
        std::vector<bool> isDone(m_next.size(), false);
        for (std::size_t start = 0; start < m_next.size(); ++start) {
            if (isDone[m_component[start]])
                continue;
            isDone[m_component[start]] = true;
            std::vector<std::size_t> circle = circleThrough(start);
            if (!circle.empty())
                all.push_back(std::move(circle));
        }
        return all;
    }

private:
    // Tarjan's algorithm with its own stack: a long chain must not end the program's.
    void findComponents()
    {
        const std::size_t unseen = m_next.size();
        m_component.assign(m_next.size(), unseen);
        std::vector<std::size_t> order(m_next.size(), unseen);
        std::vector<std::size_t> low(m_next.size(), 0);
        std::vector<std::size_t> open;
        std::vector<std::pair<std::size_t, std::size_t>> path;  // node, its next edge
        std::size_t count = 0;
        std::size_t components = 0;
        const auto enter = [&](std::size_t node) {
            order[node] = low[node] = count++;
            open.push_back(node);
            path.emplace_back(node, 0);
        };
        const auto leave = [&](std::size_t node) {
            path.pop_back();
            if (!path.empty())
                low[path.back().first] = std::min(low[path.back().first], low[node]);
            if (low[node] != order[node])
                return;
            while (m_component[node] == unseen) {
                m_component[open.back()] = components;
                open.pop_back();
            }
            ++components;
        };
        for (std::size_t start = 0; start < m_next.size(); ++start) {
            if (order[start] == unseen)
                enter(start);
            while (!path.empty()) {
                auto& [node, edge] = path.back();
                if (edge == m_next[node].size()) {
                    leave(node);
                    continue;
                }
                const std::size_t next = m_next[node][edge++];
                if (order[next] == unseen)
                    enter(next);
                else if (m_component[next] == unseen)
                    low[node] = std::min(low[node], order[next]);
            }
        }
    }

    // Breadth first inside the component of `start` until it comes back; empty when it does not.
    std::vector<std::size_t> circleThrough(std::size_t start) const
    {
        std::unordered_map<std::size_t, std::size_t> cameFrom{{start, start}};
        std::vector<std::size_t> queue{start};
        for (std::size_t i = 0; i < queue.size(); ++i) {
            for (const std::size_t next : m_next[queue[i]]) {
                if (next == start)
                    return wayBack(cameFrom, start, queue[i]);
                if (m_component[next] == m_component[start] &&
                    cameFrom.emplace(next, queue[i]).second)
                    queue.push_back(next);
            }
        }
        return {};
    }
    static std::vector<std::size_t>
    wayBack(const std::unordered_map<std::size_t, std::size_t>& cameFrom, std::size_t start,
            std::size_t last)
    {
        std::vector<std::size_t> circle;
        for (std::size_t node = last; node != start; node = cameFrom.at(node))
            circle.push_back(node);
        circle.push_back(start);
        std::reverse(circle.begin(), circle.end());
        return circle;
    }

    std::vector<std::vector<std::size_t>> m_next;
    std::vector<std::size_t> m_component;
};

// The contexts that share kernels of one name, joined into groups.
class KernelGroups {
public:
    void join(const Relationship& kernel)
    {
        m_parent[rootOf(kernel.upstream.text)] = rootOf(kernel.downstream.text);
    }
    // By group: its first kernel and its members, in the order in which they came.
    std::vector<std::pair<const Relationship*, std::vector<std::string>>>
    groups(const std::vector<const Relationship*>& kernels)
    {
        std::vector<std::pair<const Relationship*, std::vector<std::string>>> all;
        std::unordered_map<std::string, std::size_t> numberOf;
        std::unordered_set<std::string> isListed;
        for (const Relationship* kernel : kernels) {
            const auto [group, isNew] = numberOf.emplace(rootOf(kernel->upstream.text), all.size());
            if (isNew)
                all.push_back({kernel, {}});
            for (const ContextId& end : {kernel->upstream, kernel->downstream}) {
                if (isListed.insert(end.text).second)
                    all[group->second].second.push_back(end.text);
            }
        }
        return all;
    }

private:
    std::string rootOf(const std::string& id)
    {
        std::vector<std::string> passed;
        std::string root = id;
        for (auto parent = m_parent.find(root); parent != m_parent.end() && parent->second != root;
             parent = m_parent.find(root)) {
            passed.push_back(root);
            root = parent->second;
        }
        for (const std::string& child : passed)
            m_parent[child] = root;
        return root;
    }

    std::unordered_map<std::string, std::string> m_parent;
};

void checkKernel(const MapIndex& index, const std::string& name,
                 const std::vector<const Relationship*>& kernels, FindingList& found)
{
    KernelGroups groups;
    for (const Relationship* kernel : kernels)
        groups.join(*kernel);
    for (const auto& [first, members] : groups.groups(kernels)) {
        if (members.size() < 3)
            continue;
        std::string names;
        std::vector<EntityRef> related;
        for (const std::string& id : members) {
            names += (names.empty() ? "" : ", ") + index.name(ContextId(id));
            related.push_back({EntityKind::BoundedContext, id});
        }
        const std::string which = name.empty() ? "A shared kernel" : "The shared kernel " + name;
        Finding& finding =
            found.add(index, *first,
                      which + " joins " + std::to_string(members.size()) + " contexts (" + names +
                          "): each change has to be agreed by all of them.");
        finding.related = std::move(related);
    }
}

}  // namespace

void checkTwoRelationships(const MapIndex& index, FindingList& found)
{
    for (const auto& [pair, relationships] : relationshipsByPair(index)) {
        if (relationships.size() < 2)
            continue;
        const Relationship& first = *relationships.front();
        addPair(index, relationships, found,
                index.name(first.upstream) + " and " + index.name(first.downstream) + " have " +
                    std::to_string(relationships.size()) +
                    " relationships: " + whyTwoContradict(relationships));
    }
}

void checkContradictingDirection(const MapIndex& index, FindingList& found)
{
    for (const auto& [pair, relationships] : relationshipsByPair(index))
        checkPairDirections(index, relationships, found);
}

void checkUpstreamCycle(const MapIndex& index, FindingList& found)
{
    const std::vector<BoundedContext>& contexts = index.map().contexts;
    for (const std::vector<std::size_t>& circle : UpstreamGraph(index).circles()) {
        std::string names;
        std::vector<EntityRef> related;
        for (const std::size_t number : circle) {
            names += contexts[number].name + " → ";
            related.push_back({EntityKind::BoundedContext, contexts[number].id.text});
        }
        const BoundedContext& first = contexts[circle.front()];
        Finding& finding = found.add(first, names + first.name +
                                                " is a circle of upstreams: each change can come "
                                                "back to the one who made it.");
        finding.related = std::move(related);
    }
}

void checkWideSharedKernel(const MapIndex& index, FindingList& found)
{
    std::map<std::string, std::vector<const Relationship*>> kernels;
    for (const Relationship& relationship : index.map().relationships) {
        if (relationship.type == RelationshipType::SharedKernel)
            kernels[relationship.name].push_back(&relationship);
    }
    for (const auto& [name, relationships] : kernels)
        checkKernel(index, name, relationships, found);
}

}  // namespace portolan
