// SPDX-License-Identifier: Apache-2.0
// Refactorings that make one context of two, or two of one.
#include "model/map/edits_refactor_plan.h"

#include <algorithm>

namespace portolan {

using namespace edits;

namespace {

std::set<std::string> setOf(const std::vector<std::string>& texts)
{
    return {texts.begin(), texts.end()};
}

template <class AnyId>
std::set<AnyId> idSet(const std::vector<AnyId>& ids)
{
    return {ids.begin(), ids.end()};
}

std::string nameOfProduct(const MapDocument& document, const ProductId& id)
{
    const DataProduct* product = document.map().product(id);
    return product ? product->name : id.text;
}

std::size_t patternsIn(const Ownership& owns)
{
    return owns.datasets.size() + owns.contracts.size() + owns.jobs.size();
}

// How many things there are that can be on either side of a split.
std::size_t partsOf(const MapDocument& document, const BoundedContext& context)
{
    return context.terms.size() + document.map().productsOf(context.id).size() +
           patternsIn(context.owns) + document.map().relationshipsOf(context.id).size();
}

std::size_t movedBy(const ContextSplit& split)
{
    return setOf(split.terms).size() + idSet(split.products).size() +
           setOf(split.owns.datasets).size() + setOf(split.owns.contracts).size() +
           setOf(split.owns.jobs).size() + idSet(split.relationships).size();
}

WhyNot whyNotTheirOwn(const MapDocument& document, const ContextSplit& split)
{
    const BoundedContext& context = *document.map().context(split.context);
    for (const std::string& term : split.terms) {
        if (WhyNot no = whyNoTerm(document, context.id, term))
            return no;
    }
    for (const ProductId& product : split.products) {
        if (WhyNot no = whyNoProduct(document, product))
            return no;
        if (document.map().product(product)->owner != context.id)
            return nameOfProduct(document, product) + " is no product of " + context.name + ".";
    }
    for (const OwnershipList& list : ownershipLists) {
        const std::vector<std::string>& owned = context.owns.*list.patterns;
        for (const std::string& pattern : split.owns.*list.patterns) {
            if (std::find(owned.begin(), owned.end(), pattern) == owned.end())
                return context.name + " does not own \"" + pattern + "\".";
        }
    }
    return std::nullopt;
}

WhyNot whyNotTheseRelationships(const MapDocument& document, const ContextSplit& split)
{
    const std::set<ProductId> products = idSet(split.products);
    for (const RelationshipId& id : split.relationships) {
        if (WhyNot no = whyNoRelationship(document, id))
            return no;
        const Relationship& relationship = *document.map().relationship(id);
        const std::string words = relationshipInWords(document.map(), relationship);
        if (!relationship.joins(split.context))
            return "The relationship " + words + " is none of " + nameOf(document, split.context) +
                   ".";
        if (isSymmetric(relationship.type) || relationship.upstream != split.context)
            continue;
        for (const ProductId& product : relationship.exposes) {
            const DataProduct* known = document.map().product(product);
            if (known && known->owner == split.context && products.count(product) == 0)
                return "The relationship " + words + " exposes " + known->name +
                       ", which stays; move both or neither.";
        }
    }
    return std::nullopt;
}

Ownership without(const Ownership& owns, const Ownership& gone)
{
    Ownership rest = owns;
    for (const OwnershipList& list : ownershipLists) {
        const std::set<std::string> moved = setOf(gone.*list.patterns);
        std::erase_if(rest.*list.patterns,
                      [&](const std::string& pattern) { return moved.count(pattern) > 0; });
    }
    return rest;
}

void repoint(RefactorPlan::Planned& planned, const ContextId& from, const ContextId& to)
{
    if (planned.now.upstream == from)
        planned.now.upstream = to;
    if (planned.now.downstream == from)
        planned.now.downstream = to;
    planned.isTouched = true;
}

const ContextId* choiceOf(const TermChoices& choices, const std::string& term)
{
    for (const auto& [name, context] : choices) {
        if (name == term)
            return &context;
    }
    return nullptr;
}

WhyNot whyContested(const MapDocument& document, const ContextId& one, const ContextId& other,
                    const std::vector<std::string>& concerned, const TermChoices& choices)
{
    std::vector<std::string> open;
    for (const std::string& term : concerned) {
        const ContextId* choice = choiceOf(choices, term);
        if (!choice)
            open.push_back(term);
        else if (*choice != one && *choice != other)
            return "The definition of " + term + " is to be that of neither " +
                   nameOf(document, one) + " nor " + nameOf(document, other) + ".";
    }
    if (open.empty())
        return std::nullopt;
    return nameOf(document, one) + " and " + nameOf(document, other) + " define " +
           enumerated(open) + " differently; say whose definition holds.";
}

// Routes that cross only the border between the two.
std::vector<const Route*> routesBetween(const ContextMap& map, const ContextId& one,
                                        const ContextId& other)
{
    std::vector<const Route*> routes;
    for (const Route& route : map.routes) {
        if ((route.consumer != one && route.consumer != other) || route.sources.empty())
            continue;
        bool isInside = true;
        bool crosses = false;
        for (const ProductId& source : route.sources) {
            const DataProduct* product = map.product(source);
            isInside = isInside && product && (product->owner == one || product->owner == other);
            crosses = crosses || (product && product->owner != route.consumer);
        }
        if (isInside && crosses)
            routes.push_back(&route);
    }
    return routes;
}

// Everything of one context becomes that of another.
class Merging {
public:
    Merging(const MapDocument& document, const ContextMerge& merge)
        : m_document(document), m_map(document.map()), m_merge(merge), m_plan(document),
          m_stays(*m_map.context(merge.stays)), m_goes(*m_map.context(merge.goes))
    {
    }

    Result<Edit> done()
    {
        uniteContexts();
        uniteTerms();
        for (const DataProduct* product : m_map.productsOf(m_goes.id))
            m_plan.giveProduct(product->id, m_stays.id);
        uniteRelationships();
        uniteRoutes();
        repointOthers();
        if (const Result<> done = unitePlacement(); !done)
            return tl::unexpected(done.error());
        std::string name = "Merge " + m_goes.name + " into " + m_stays.name;
        if (const Result<std::string> other = checkedName(m_merge.name);
            other && *other != m_stays.name)
            name += " as " + *other;
        if (!m_lost.empty())
            name += ", without what was between them: " + enumerated(m_lost);
        return m_plan.finished(std::move(name));
    }

private:
    void uniteContexts()
    {
        const DataNode into = m_plan.node(m_stays.where);
        std::set<std::string_view> but = {"id",           "name",   "terms",
                                          "bigBallOfMud", "legacy", "standsAlone"};
        if (into["domain"] || into["domains"])
            but.insert({"domain", "domains"});
        unite(m_plan.edit(), into, m_plan.node(m_goes.where), MapObject::Context, but);
        m_plan.edit().remove(m_plan.node(m_goes.where));
        if (const Result<std::string> name = checkedName(m_merge.name); name)
            setTextMember(m_plan.edit(), into, MapObject::Context, "name", *name);
    }

    void uniteTerms()
    {
        for (const Term& term : m_goes.terms) {
            const Term* known = termOf(m_stays, term.name);
            if (!known || termOf(m_goes, term.name) != &term) {
                m_plan.addTerm(m_stays.id, copyOf(m_plan.node(term.where)));
                continue;
            }
            const DataNode into = m_plan.node(known->where);
            const ContextId* choice = choiceOf(m_merge.definitions, term.name);
            const bool isReplaced = choice && *choice == m_goes.id && !known->definition.empty() &&
                                    !term.definition.empty();
            if (isReplaced)
                setTextMember(m_plan.edit(), into, MapObject::Term, "definition", term.definition);
            unite(m_plan.edit(), into, m_plan.node(term.where), MapObject::Term, {"name"});
        }
    }

    void uniteRelationships()
    {
        std::size_t between = 0;
        for (RefactorPlan::Planned& planned : m_plan.relationships()) {
            if (!planned.now.joins(m_goes.id))
                continue;
            repoint(planned, m_goes.id, m_stays.id);
            planned.isGone = planned.now.upstream == planned.now.downstream;
            between += planned.isGone ? 1 : 0;
        }
        m_plan.uniteAlike();
        lose(between, "relationship");
    }

    void uniteRoutes()
    {
        const std::vector<const Route*> between = routesBetween(m_map, m_stays.id, m_goes.id);
        for (const Route* route : between)
            m_plan.edit().remove(m_plan.node(route->where));
        for (const Route& route : m_map.routes)
            repointMember(route.where, MapObject::Route, "to", route.consumer);
        lose(between.size(), "route");
    }

    void repointOthers()
    {
        for (const Identifier& identifier : m_map.identifiers)
            repointMember(identifier.where, MapObject::Identifier, "context", identifier.issuer);
        for (const Crosswalk& crosswalk : m_map.crosswalks)
            repointMember(crosswalk.where, MapObject::Crosswalk, "context", crosswalk.owner);
        std::size_t between = 0;
        for (const MigrationStage& migration : m_map.migrations) {
            const std::set<ContextId> ends = {migration.from, migration.to};
            if (ends == std::set<ContextId>{m_stays.id, m_goes.id}) {
                m_plan.edit().remove(m_plan.node(migration.where));
                ++between;
                continue;
            }
            repointMember(migration.where, MapObject::Migration, "from", migration.from);
            repointMember(migration.where, MapObject::Migration, "to", migration.to);
        }
        lose(between, "migration");
    }

    void repointMember(const Declared& thing, MapObject kind, std::string_view key,
                       const ContextId& now)
    {
        if (now == m_goes.id)
            setTextMember(m_plan.edit(), m_plan.node(thing), kind, key, m_stays.id.text);
    }

    Result<> unitePlacement()
    {
        const DataNode placement = m_document.tree().root()["placement"];
        const auto place = m_map.placement.find(m_goes.id);
        if (const DataNode entry = placement[m_goes.id.text])
            m_plan.edit().remove(entry);
        if (place == m_map.placement.end() || placement[m_stays.id.text])
            return {};
        return setPlacement(m_plan.edit(), m_document, {{m_stays.id, place->second}});
    }

    void lose(std::size_t count, std::string_view one)
    {
        if (count > 0)
            m_lost.push_back(counted(count, one));
    }

    const MapDocument& m_document;
    const ContextMap& m_map;
    const ContextMerge& m_merge;
    RefactorPlan m_plan;
    const BoundedContext& m_stays;
    const BoundedContext& m_goes;
    std::vector<std::string> m_lost;
};

// A term of the kernel: what either of the two says of it.
JsonValue sharedTerm(const RefactorPlan& plan, const Term* one, const Term* other,
                     const std::string* definition)
{
    JsonValue term = copyOf(plan.node((one ? one : other)->where));
    if (!one || !other)
        return term;
    for (const DataNode member : plan.node(other->where)) {
        JsonValue* known = memberOf(term, member.key());
        if (!known)
            term.add(member.key(), copyOf(member));
        else if (member.key() == "synonyms" && known->kind == JsonValue::Kind::Array)
            *known = JsonValue::texts(united(one->synonyms, other->synonyms));
    }
    if (JsonValue* known = memberOf(term, "definition"); known && definition)
        *known = JsonValue::text(*definition);
    return term;
}

// The definition that holds of a term of two.
const std::string* definitionOf(const Term* one, const Term* other, bool isOther)
{
    if (!one || !other)
        return nullptr;
    if (one->definition.empty() || other->definition.empty())
        return one->definition.empty() ? &other->definition : &one->definition;
    return isOther ? &other->definition : &one->definition;
}

std::vector<std::string> contestedAmong(const MapDocument& document, const Relationship& kernel,
                                        const std::vector<std::string>& terms)
{
    const std::set<std::string> chosen = setOf(terms);
    std::vector<std::string> contested =
        contestedTerms(document, kernel.upstream, kernel.downstream);
    std::erase_if(contested, [&](const std::string& term) { return chosen.count(term) == 0; });
    return contested;
}

}  // namespace

WhyNot whyNotSplitContext(const MapDocument& document, const ContextId& id)
{
    if (WhyNot no = whyNoContext(document, id))
        return no;
    const BoundedContext& context = *document.map().context(id);
    if (partsOf(document, context) < 2)
        return context.name + " has too little to be split: it takes two terms, products, patterns "
                              "or relationships at least.";
    return std::nullopt;
}

WhyNot whyNotSplitContext(const MapDocument& document, const ContextSplit& split)
{
    if (WhyNot no = whyNotSplitContext(document, split.context))
        return no;
    if (WhyNot no = whyNoName(document, split.name))
        return no;
    if (WhyNot no = whyNotTheirOwn(document, split))
        return no;
    if (WhyNot no = whyNotTheseRelationships(document, split))
        return no;
    const BoundedContext& context = *document.map().context(split.context);
    if (movedBy(split) == 0)
        return "Nothing goes to the new context; choose at least one term, product, pattern or "
               "relationship of " +
               context.name + ".";
    if (movedBy(split) >= partsOf(document, context))
        return "Nothing stays in " + context.name + "; to rename it is enough.";
    return std::nullopt;
}

Result<Edit> splitContext(const MapDocument& document, const ContextSplit& split)
{
    if (WhyNot no = whyNotSplitContext(document, split))
        return tl::unexpected(cannot(*no));
    const BoundedContext& context = *document.map().context(split.context);
    const std::string name = *checkedName(split.name);
    RefactorPlan plan(document);
    const ContextId made = plan.makeContext(name, context.domains, context.team);
    const std::set<std::string> terms = setOf(split.terms);
    for (const Term& term : context.terms) {
        if (terms.count(term.name) == 0)
            continue;
        plan.addTerm(made, copyOf(plan.node(term.where)));
        plan.removeTerm(term);
    }
    if (patternsIn(split.owns) > 0) {
        plan.own(context.id, without(context.owns, split.owns));
        plan.own(made, without(context.owns, without(context.owns, split.owns)));
    }
    const std::set<ProductId> products = idSet(split.products);
    for (const ProductId& product : products)
        plan.giveProduct(product, made);
    for (const RelationshipId& id : idSet(split.relationships))
        repoint(*plan.planned(id), context.id, made);
    plan.followProducts(products, context.id, made);
    plan.followRoutes(products, context.id, made);
    if (split.joined != ContextSplit::Joined::No) {
        Relationship relationship;
        const bool isNewUpstream = split.joined == ContextSplit::Joined::NewIsUpstream;
        relationship.upstream = isNewUpstream ? made : context.id;
        relationship.downstream = isNewUpstream ? context.id : made;
        plan.relate(std::move(relationship));
    }
    return plan.finished("Split " + name + " off " + context.name);
}

std::vector<std::string> contestedTerms(const MapDocument& document, const ContextId& one,
                                        const ContextId& other)
{
    std::vector<std::string> contested;
    const BoundedContext* first = document.map().context(one);
    const BoundedContext* second = document.map().context(other);
    if (!first || !second)
        return contested;
    for (const Term& term : first->terms) {
        const Term* known = termOf(*second, term.name);
        if (known && !known->definition.empty() && !term.definition.empty() &&
            known->definition != term.definition)
            contested.push_back(term.name);
    }
    return united({}, contested);
}

WhyNot whyNotMergeContexts(const MapDocument& document, const ContextId& stays,
                           const ContextId& goes)
{
    for (const ContextId& id : {stays, goes}) {
        if (WhyNot no = whyNoContext(document, id))
            return no;
    }
    if (stays == goes)
        return "A context cannot be merged with itself.";
    std::set<std::string> names;
    for (const DataProduct* product : document.map().productsOf(stays))
        names.insert(product->name);
    for (const DataProduct* product : document.map().productsOf(goes)) {
        if (names.count(product->name) > 0)
            return nameOf(document, stays) + " and " + nameOf(document, goes) +
                   " both have a product " + product->name + "; rename one of them first.";
    }
    return std::nullopt;
}

WhyNot whyNotMergeContexts(const MapDocument& document, const ContextMerge& merge)
{
    if (WhyNot no = whyNotMergeContexts(document, merge.stays, merge.goes))
        return no;
    if (!merge.name.empty()) {
        if (WhyNot no = whyNoName(document, merge.name, merge.stays, merge.goes))
            return no;
    }
    return whyContested(document, merge.stays, merge.goes,
                        contestedTerms(document, merge.stays, merge.goes), merge.definitions);
}

Result<Edit> mergeContexts(const MapDocument& document, const ContextMerge& merge)
{
    if (WhyNot no = whyNotMergeContexts(document, merge))
        return tl::unexpected(cannot(*no));
    return Merging(document, merge).done();
}

WhyNot whyNotExtractSharedKernel(const MapDocument& document, const RelationshipId& id)
{
    if (WhyNot no = whyNoRelationship(document, id))
        return no;
    const Relationship& kernel = *document.map().relationship(id);
    if (kernel.type != RelationshipType::SharedKernel)
        return "Only a shared kernel can be made a context of its own.";
    if (kernel.upstream == kernel.downstream)
        return "A shared kernel joins two different contexts.";
    const auto hasParts = [&document](const ContextId& context) {
        return !document.map().context(context)->terms.empty() ||
               !document.map().productsOf(context).empty();
    };
    if (!hasParts(kernel.upstream) && !hasParts(kernel.downstream))
        return relationshipInWords(document.map(), kernel) +
               " have no terms and no products that they could share.";
    return std::nullopt;
}

WhyNot whyNotExtractSharedKernel(const MapDocument& document, const KernelExtraction& extraction)
{
    if (WhyNot no = whyNotExtractSharedKernel(document, extraction.relationship))
        return no;
    if (WhyNot no = whyNoName(document, extraction.name))
        return no;
    const Relationship& kernel = *document.map().relationship(extraction.relationship);
    const std::string ends = relationshipInWords(document.map(), kernel);
    for (const std::string& term : extraction.terms) {
        if (whyNoTerm(document, kernel.upstream, term) &&
            whyNoTerm(document, kernel.downstream, term))
            return "Neither of " + ends + " has a term \"" + term + "\".";
    }
    std::set<std::string> names;
    for (const ProductId& id : idSet(extraction.products)) {
        if (WhyNot no = whyNoProduct(document, id))
            return no;
        const DataProduct& product = *document.map().product(id);
        if (!kernel.joins(product.owner))
            return product.name + " is a product of neither of " + ends + ".";
        if (!names.insert(product.name).second)
            return "Two of the products are named " + product.name + "; rename one of them first.";
    }
    if (extraction.terms.empty() && extraction.products.empty())
        return "Nothing goes to the new context; choose at least one term or product that " + ends +
               " share.";
    return whyContested(document, kernel.upstream, kernel.downstream,
                        contestedAmong(document, kernel, extraction.terms), extraction.definitions);
}

Result<Edit> extractSharedKernel(const MapDocument& document, const KernelExtraction& extraction)
{
    if (WhyNot no = whyNotExtractSharedKernel(document, extraction))
        return tl::unexpected(cannot(*no));
    const ContextMap& map = document.map();
    const Relationship& kernel = *map.relationship(extraction.relationship);
    const BoundedContext& one = *map.context(kernel.upstream);
    const BoundedContext& other = *map.context(kernel.downstream);
    const std::string name = *checkedName(extraction.name);
    RefactorPlan plan(document);
    const ContextId made =
        plan.makeContext(name, one.domains == other.domains ? one.domains : std::vector<DomainId>(),
                         one.team == other.team ? one.team : TeamId());
    for (const std::string& term : united({}, extraction.terms)) {
        const Term* first = termOf(one, term);
        const Term* second = termOf(other, term);
        const ContextId* choice = choiceOf(extraction.definitions, term);
        plan.addTerm(made, sharedTerm(plan, first, second,
                                      definitionOf(first, second, choice && *choice == other.id)));
        for (const Term* gone : {first, second}) {
            if (gone)
                plan.removeTerm(*gone);
        }
    }
    const std::set<ProductId> products = idSet(extraction.products);
    for (const ProductId& product : products)
        plan.giveProduct(product, made);
    // The kernel's own relationship goes on as the one to its first end.
    RefactorPlan::Planned& planned = *plan.planned(kernel.id);
    planned.now.type = RelationshipType::UpstreamDownstream;
    planned.now.upstream = made;
    planned.now.downstream = one.id;
    planned.now.exposes = {products.begin(), products.end()};
    planned.isTouched = true;
    Relationship second = planned.now;
    second.downstream = other.id;
    plan.relate(std::move(second), planned.before);
    for (const ContextId& owner : {one.id, other.id}) {
        plan.followProducts(products, owner, made);
        plan.followRoutes(products, owner, made);
    }
    plan.uniteAlike();
    return plan.finished("Extract " + name + " from " + one.name + " and " + other.name);
}

}  // namespace portolan
