// SPDX-License-Identifier: Apache-2.0
// The mends of what several relationships say together.
#include "model/analysis/rules/quick_fixes_rows.h"
#include "model/map/edit_parts.h"

#include <algorithm>
#include <set>

namespace portolan {
namespace {

using Relationships = std::vector<const Relationship*>;

std::string patternOf(const Relationship& relationship)
{
    std::string words(toString(relationship.type));
    std::replace(words.begin(), words.end(), '-', ' ');
    return words;
}

// The subject and the other relationships that the finding names.
Relationships named(const FixList& fixes)
{
    Relationships all;
    if (const Relationship* subject = fixes.relationship())
        all.push_back(subject);
    for (const EntityRef& related : fixes.finding().related) {
        const Relationship* other = related.kind == EntityKind::Relationship
                                        ? fixes.map().relationship(RelationshipId(related.id))
                                        : nullptr;
        if (other)
            all.push_back(other);
    }
    return all;
}

Edit removal(const FixList& fixes, const Relationships& gone)
{
    JsonEdit edit(fixes.document().tree());
    for (const Relationship* relationship : gone)
        edit.remove(fixes.node(relationship->where));
    return edits::finish({}, edit);
}

// One relationship changes and others go, in one step.
void changeAndRemove(FixList& fixes, std::string title, const Relationship& changed,
                     const Relationships& gone)
{
    Result<Edit> change = changeRelationship(fixes.document(), changed.id, changed);
    if (change)
        fixes.add(std::move(title), joined(std::move(*change), removal(fixes, gone)));
}

Relationships without(Relationships relationships, const Relationship* one)
{
    std::erase(relationships, one);
    return relationships;
}

template <class T>
void addMissing(std::vector<T>& all, const std::vector<T>& more)
{
    for (const T& one : more) {
        if (std::find(all.begin(), all.end(), one) == all.end())
            all.push_back(one);
    }
}

// Takes over a text; false when the two say different things, of which one would be lost.
bool takeOver(std::string& text, const std::string& other)
{
    if (text.empty())
        text = other;
    return other.empty() || text == other;
}

// Relationships of one type and direction say the same twice: the first takes over what the others have.
void merge(FixList& fixes, const Relationships& relationships)
{
    Relationship whole = *relationships.front();
    const bool isSame = std::all_of(
        relationships.begin(), relationships.end(), [&whole](const Relationship* relationship) {
            return relationship->type == whole.type &&
                   (isSymmetric(whole.type) || relationship->upstream == whole.upstream);
        });
    if (!isSame)
        return;
    // One that lists nothing exposes everything; a list would take that away.
    const bool exposesAll =
        std::any_of(relationships.begin(), relationships.end(),
                    [](const Relationship* one) { return one->exposes.empty(); });
    for (const Relationship* other : relationships) {
        addMissing(whole.exposes, other->exposes);
        addMissing(whole.upstreamRoles, other->upstreamRoles);
        addMissing(whole.downstreamRoles, other->downstreamRoles);
        whole.hasVeto = whole.hasVeto || other->hasVeto;
        if (!takeOver(whole.adopts, other->adopts) || !takeOver(whole.name, other->name) ||
            !takeOver(whole.description, other->description))
            return;
    }
    if (exposesAll)
        whole.exposes.clear();
    changeAndRemove(fixes, "Merge them into one", whole,
                    Relationships(relationships.begin() + 1, relationships.end()));
}

Relationships directed(const FixList& fixes, const ContextId& upstream, const ContextId& downstream)
{
    Relationships found;
    for (const Relationship* relationship : fixes.index().relationshipsOf(upstream)) {
        if (isDirected(*relationship) && relationship->upstream == upstream &&
            relationship->downstream == downstream)
            found.push_back(relationship);
    }
    return found;
}

Relationship asPartners(Relationship relationship)
{
    relationship.type = RelationshipType::Partnership;
    relationship.upstreamRoles.clear();
    relationship.downstreamRoles.clear();
    relationship.hasVeto = false;
    return relationship;
}

void cutCircle(FixList& fixes, const ContextId& upstream, const ContextId& downstream)
{
    const Relationships there = directed(fixes, upstream, downstream);
    if (there.empty())
        return;
    Relationships all = there;
    const Relationships back = directed(fixes, downstream, upstream);
    all.insert(all.end(), back.begin(), back.end());
    changeAndRemove(fixes,
                    "Make " + fixes.index().name(upstream) + " and " +
                        fixes.index().name(downstream) + " partners",
                    asPartners(*there.front()), without(all, there.front()));
    fixes.add("Remove " + fixes.index().name(*there.front()), removal(fixes, there));
}

// Whoever is joined to all others can publish the kernel to them.
void publishKernel(FixList& fixes, const Relationships& kernels, const ContextId& host,
                   std::size_t others)
{
    Edit edit;
    Relationships gone;
    std::set<ContextId> readers;
    for (const Relationship* kernel : kernels) {
        if (!kernel->joins(host)) {
            gone.push_back(kernel);
            continue;
        }
        Relationship published = plain(*kernel);
        published.upstream = host;
        published.downstream = kernel->upstream == host ? kernel->downstream : kernel->upstream;
        published.upstreamRoles = {Role::OpenHostService, Role::PublishedLanguage};
        published.downstreamRoles = {Role::Conformist};
        readers.insert(published.downstream);
        const Result<Edit> change = changeRelationship(fixes.document(), kernel->id, published);
        if (!change)
            return;
        edit = joined(std::move(edit), *change);
    }
    if (readers.size() == others)
        fixes.add("Let " + fixes.index().name(host) + " publish the kernel to the others",
                  joined(std::move(edit), removal(fixes, gone)));
}

void splitKernel(FixList& fixes, const Relationships& kernels)
{
    Edit edit;
    for (const Relationship* kernel : kernels) {
        Relationship pair = *kernel;
        pair.name = (pair.name.empty() ? std::string("Kernel") : pair.name) + " of " +
                    fixes.index().name(pair.upstream) + " and " +
                    fixes.index().name(pair.downstream);
        const Result<Edit> change = changeRelationship(fixes.document(), kernel->id, pair);
        if (!change)
            return;
        edit = joined(std::move(edit), *change);
    }
    fixes.add("Split it into a kernel for each pair", std::move(edit));
}

}  // namespace

void mendTwoRelationships(FixList& fixes)
{
    const Relationships all = named(fixes);
    if (all.size() < 2)
        return;
    merge(fixes, all);
    for (const Relationship* kept : all)
        fixes.add("Keep only " + fixes.index().name(*kept) + " (" + patternOf(*kept) + ")",
                  removal(fixes, without(all, kept)));
}

void mendContradictingDirection(FixList& fixes)
{
    const Relationships both = named(fixes);
    if (both.size() != 2)
        return;
    for (const Relationship* one : both) {
        // What the upstream end does not own is not its to expose. An emptied list would expose everything.
        Relationship narrowed = *one;
        std::erase_if(narrowed.exposes, [&](const ProductId& id) {
            const DataProduct* product = fixes.index().product(id);
            return product && product->owner != one->upstream;
        });
        if (!narrowed.exposes.empty())
            fixes.change("Take what " + fixes.index().name(one->upstream) +
                             " does not own out of " + fixes.index().name(*one),
                         narrowed);
    }
    for (const Relationship* one : both)
        fixes.add("Remove " + fixes.index().name(*one), removal(fixes, {one}));
}

void mendUpstreamCycle(FixList& fixes)
{
    const std::vector<ContextId> circle = fixes.relatedContexts();
    for (std::size_t i = 0; i < circle.size(); ++i) {
        const bool isAgain = circle.size() == 2 && i == 1;  // two are partners either way round
        const std::size_t before = fixes.fixes().size();
        cutCircle(fixes, circle[i], circle[(i + 1) % circle.size()]);
        if (isAgain && fixes.fixes().size() > before + 1)
            fixes.fixes().erase(fixes.fixes().begin() + static_cast<std::ptrdiff_t>(before));
    }
}

void mendWideSharedKernel(FixList& fixes)
{
    const Relationship* first = fixes.relationship();
    if (!first)
        return;
    const std::vector<ContextId> members = fixes.relatedContexts();
    const std::set<ContextId> isMember(members.begin(), members.end());
    Relationships kernels;
    for (const Relationship& kernel : fixes.map().relationships) {
        if (kernel.type == RelationshipType::SharedKernel && kernel.name == first->name &&
            isMember.contains(kernel.upstream))
            kernels.push_back(&kernel);
    }
    for (const ContextId& host : members)
        publishKernel(fixes, kernels, host, members.size() - 1);
    splitKernel(fixes, kernels);
}

}  // namespace portolan
