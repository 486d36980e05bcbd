// SPDX-License-Identifier: Apache-2.0
#include "model/map/edits_refactor_plan.h"

#include <algorithm>

namespace portolan {

std::string relationshipInWords(const ContextMap& map, const Relationship& relationship)
{
    const auto name = [&map](const ContextId& id) {
        const BoundedContext* context = map.context(id);
        return context ? context->name : id.text;
    };
    return name(relationship.upstream) + (isSymmetric(relationship.type) ? " and " : " to ") +
           name(relationship.downstream);
}

namespace edits {
namespace {

bool isTextList(DataNode list)
{
    return list.isArray() && std::all_of(list.begin(), list.end(),
                                         [](DataNode element) { return element.isString(); });
}

std::vector<std::string> textsOf(DataNode list)
{
    std::vector<std::string> texts;
    for (const DataNode element : list)
        texts.push_back(element.string());
    return texts;
}

bool joinSameEnds(const Relationship& one, const Relationship& other)
{
    if (one.upstream == other.upstream && one.downstream == other.downstream)
        return true;
    return isSymmetric(one.type) && one.upstream == other.downstream &&
           one.downstream == other.upstream;
}

// What had stood there says what it says; what it does not say is taken from the other.
void uniteInto(Relationship& one, const Relationship& other)
{
    for (const Role role : other.upstreamRoles) {
        if (std::count(one.upstreamRoles.begin(), one.upstreamRoles.end(), role) == 0)
            one.upstreamRoles.push_back(role);
    }
    if (one.downstreamRoles.empty())
        one.downstreamRoles = other.downstreamRoles;
    for (const ProductId& product : other.exposes) {
        if (std::count(one.exposes.begin(), one.exposes.end(), product) == 0)
            one.exposes.push_back(product);
    }
    one.hasVeto = one.hasVeto || other.hasVeto;
    for (std::string Relationship::*text :
         {&Relationship::adopts, &Relationship::name, &Relationship::description}) {
        if ((one.*text).empty())
            one.*text = other.*text;
    }
}

bool isSameThing(const Relationship& one, const Relationship& other)
{
    return one.type == other.type && one.upstream == other.upstream &&
           one.downstream == other.downstream && one.upstreamRoles == other.upstreamRoles &&
           one.downstreamRoles == other.downstreamRoles && one.exposes == other.exposes &&
           one.adopts == other.adopts && one.hasVeto == other.hasVeto && one.name == other.name &&
           one.description == other.description;
}

}  // namespace

// Not deeper than what the reader of JSON lets in.
JsonValue copyOf(DataNode node)
{
    if (!node.isObject() && !node.isArray())
        return JsonValue::scalar(std::string(node.isMissing() ? "null" : node.raw()));
    JsonValue copy = node.isObject() ? JsonValue::object() : JsonValue::array();
    for (const DataNode child : node)
        copy.members.emplace_back(std::string(child.key()), copyOf(child));
    return copy;
}

JsonValue* memberOf(JsonValue& object, std::string_view key)
{
    for (auto& [name, value] : object.members) {
        if (name == key)
            return &value;
    }
    return nullptr;
}

void unite(JsonEdit& edit, DataNode into, DataNode from, MapObject kind,
           const std::set<std::string_view>& but)
{
    for (const DataNode member : from) {
        const DataNode known = into[member.key()];
        MapObject child = kind;
        if (but.count(member.key()) > 0)
            continue;
        if (known.isMissing() || (known.isString() && known.text().empty()))
            edit.set(into, member.key(), copyOf(member), keysOf(kind));
        else if (isTextList(known) && isTextList(member))
            setListMember(edit, into, kind, member.key(), united(textsOf(known), textsOf(member)));
        else if (known.isObject() && member.isObject() && kindOfChild(kind, member.key(), child))
            unite(edit, known, member, child, {});
    }
}

const Term* termOf(const BoundedContext& context, std::string_view name)
{
    for (const Term& term : context.terms) {
        if (term.name == name)
            return &term;
    }
    return nullptr;
}

std::vector<std::string> united(const std::vector<std::string>& one,
                                const std::vector<std::string>& other)
{
    std::vector<std::string> all = one;
    for (const std::string& text : other) {
        if (std::find(all.begin(), all.end(), text) == all.end())
            all.push_back(text);
    }
    return all;
}

WhyNot whyNoContext(const MapDocument& document, const ContextId& id)
{
    if (document.map().context(id))
        return std::nullopt;
    return noSuch(MapObject::Context, id.text).message;
}

WhyNot whyNoRelationship(const MapDocument& document, const RelationshipId& id)
{
    const Relationship* relationship = document.map().relationship(id);
    if (!relationship)
        return noSuch(MapObject::Relationship, id.text).message;
    if (WhyNot no = whyNoContext(document, relationship->upstream))
        return no;
    return whyNoContext(document, relationship->downstream);
}

WhyNot whyNoName(const MapDocument& document, std::string_view name, const ContextId& self,
                 const ContextId& other)
{
    const Result<std::string> checked = checkedName(name);
    if (!checked)
        return checked.error().message;
    for (const BoundedContext& context : document.map().contexts) {
        if (context.name == *checked && context.id != self && context.id != other)
            return "Another context is named " + *checked +
                   " already; names of contexts are unique on a map.";
    }
    return std::nullopt;
}

WhyNot whyNoTerm(const MapDocument& document, const ContextId& context, std::string_view name)
{
    if (termOf(*document.map().context(context), name))
        return std::nullopt;
    return nameOf(document, context) + " has no term \"" + std::string(name) + "\".";
}

WhyNot whyNoProduct(const MapDocument& document, const ProductId& id)
{
    if (document.map().product(id))
        return std::nullopt;
    return noSuch(MapObject::Product, id.text).message;
}

Problem cannot(std::string sentence)
{
    return refused("edit.precondition", std::move(sentence));
}

RefactorPlan::RefactorPlan(const MapDocument& document)
    : m_document(document), m_map(document.map()), m_edit(document.tree())
{
    for (const Relationship& relationship : m_map.relationships)
        m_relationships.push_back({relationship, &relationship, nullptr});
}

RefactorPlan::Planned* RefactorPlan::planned(const RelationshipId& id)
{
    for (Planned& one : m_relationships) {
        if (one.before && one.before->id == id)
            return &one;
    }
    return nullptr;
}

void RefactorPlan::relate(Relationship relationship, const Relationship* like)
{
    m_relationships.push_back({std::move(relationship), nullptr, like, false, true});
}

ContextId RefactorPlan::makeContext(std::string_view name, const std::vector<DomainId>& domains,
                                    const TeamId& team)
{
    const std::string id = freeId(m_document, "contexts", name);
    JsonValue object = JsonValue::object();
    object.add("id", JsonValue::text(id)).add("name", JsonValue::text(name));
    if (domains.size() == 1)
        object.add("domain", JsonValue::text(domains.front().text));
    else if (!domains.empty())
        object.add("domains", JsonValue::texts(idTexts(
                                  domains, [](const DomainId& domain) { return domain.text; })));
    if (!team.isEmpty())
        object.add("team", JsonValue::text(team.text));
    m_contexts.push_back({ContextId(id), std::move(object)});
    return ContextId(id);
}

RefactorPlan::NewContext* RefactorPlan::made(const ContextId& id)
{
    for (NewContext& context : m_contexts) {
        if (context.id == id)
            return &context;
    }
    return nullptr;
}

void RefactorPlan::addTerm(const ContextId& context, JsonValue term)
{
    m_terms[context].push_back(std::move(term));
}

void RefactorPlan::own(const ContextId& context, Ownership owns)
{
    m_owns[context] = std::move(owns);
}

void RefactorPlan::giveProduct(const ProductId& product, const ContextId& to)
{
    setTextMember(m_edit, node(m_map.product(product)->where), MapObject::Product, "context",
                  to.text);
}

void RefactorPlan::followRoutes(const std::set<ProductId>& products, const ContextId& from,
                                const ContextId& to)
{
    for (const Route& route : m_map.routes) {
        if (route.consumer == from && products.count(route.delivers) > 0)
            setTextMember(m_edit, node(route.where), MapObject::Route, "to", to.text);
    }
}

void RefactorPlan::followProducts(const std::set<ProductId>& products, const ContextId& from,
                                  const ContextId& to)
{
    const auto moves = [&products](const ProductId& id) { return products.count(id) > 0; };
    const std::size_t count = m_relationships.size();
    for (std::size_t i = 0; i < count; ++i) {
        Planned& planned = m_relationships[i];
        std::vector<ProductId>& exposed = planned.now.exposes;
        if (planned.isGone || isSymmetric(planned.now.type) || planned.now.upstream != from ||
            std::none_of(exposed.begin(), exposed.end(), moves))
            continue;
        planned.isTouched = true;
        if (std::all_of(exposed.begin(), exposed.end(), moves)) {
            planned.now.upstream = to;
            continue;
        }
        Relationship half = planned.now;
        half.upstream = to;
        std::erase_if(half.exposes, [&](const ProductId& id) { return !moves(id); });
        std::erase_if(exposed, moves);
        relate(std::move(half), planned.before);
    }
}

std::size_t RefactorPlan::uniteAlike()
{
    // Those that stood beside each other before are left to the rules.
    const auto areOld = [](const Planned& one, const Planned& other) {
        return one.before && other.before && one.before->type == other.before->type &&
               joinSameEnds(*one.before, *other.before);
    };
    std::size_t united = 0;
    for (auto one = m_relationships.begin(); one != m_relationships.end(); ++one) {
        for (auto other = std::next(one); other != m_relationships.end(); ++other) {
            if (!one->isTouched && !other->isTouched)
                continue;
            if (one->isGone || other->isGone || one->now.type != other->now.type ||
                !joinSameEnds(one->now, other->now) || areOld(*one, *other))
                continue;
            Planned& stays = one->isTouched && !other->isTouched ? *other : *one;
            Planned& goes = &stays == &*one ? *other : *one;
            uniteInto(stays.now, goes.now);
            goes.isGone = true;
            ++united;
        }
    }
    return united;
}

std::string RefactorPlan::freshId(const Relationship& relationship)
{
    const std::string wish = relationship.upstream.text +
                             (isSymmetric(relationship.type) ? " and " : " to ") +
                             relationship.downstream.text;
    std::string id = freeId(m_document, "relationships", wish);
    for (int number = 2; !m_givenIds.insert(id).second; ++number)
        id = freeId(m_document, "relationships", wish + " " + std::to_string(number));
    return id;
}

JsonValue RefactorPlan::objectOf(const Planned& planned)
{
    JsonValue object = written(planned.now, freshId(planned.now));
    if (!planned.like)
        return object;
    const std::vector<std::string_view>& known = keysOf(MapObject::Relationship);
    for (const DataNode member : node(planned.like->where)) {
        if (std::find(known.begin(), known.end(), member.key()) == known.end())
            object.add(member.key(), copyOf(member));
    }
    return object;
}

Result<Edit> RefactorPlan::finished(std::string name)
{
    std::vector<JsonValue> fresh;
    for (Planned& planned : m_relationships) {
        if (planned.before && planned.isGone)
            m_edit.remove(node(planned.before->where));
        else if (planned.before && !isSameThing(*planned.before, planned.now))
            writeRelationship(m_edit, node(planned.before->where), *planned.before, planned.now);
        else if (!planned.before && !planned.isGone)
            fresh.push_back(objectOf(planned));
    }
    const DataNode root = m_document.tree().root();
    if (const Result<> done =
            appendAll(m_edit, root, MapObject::Map, "relationships", std::move(fresh));
        !done)
        return tl::unexpected(done.error());
    for (auto& [id, terms] : m_terms) {
        if (NewContext* context = made(id)) {
            context->object.add("terms", JsonValue::array(std::move(terms)));
            continue;
        }
        if (const Result<> done = appendAll(m_edit, node(m_map.context(id)->where),
                                            MapObject::Context, "terms", std::move(terms));
            !done)
            return tl::unexpected(done.error());
    }
    for (const auto& [id, owns] : m_owns) {
        if (NewContext* context = made(id)) {
            JsonValue object = JsonValue::object();
            for (const OwnershipList& list : ownershipLists) {
                if (!(owns.*list.patterns).empty())
                    object.add(list.key, JsonValue::texts(owns.*list.patterns));
            }
            if (!object.members.empty())
                context->object.add("owns", std::move(object));
            continue;
        }
        const BoundedContext& context = *m_map.context(id);
        if (const Result<> done = setOwnership(m_edit, node(context.where), context.owns, owns);
            !done)
            return tl::unexpected(done.error());
    }
    std::vector<JsonValue> contexts;
    for (NewContext& context : m_contexts)
        contexts.push_back(std::move(context.object));
    if (const Result<> done =
            appendAll(m_edit, root, MapObject::Map, "contexts", std::move(contexts));
        !done)
        return tl::unexpected(done.error());
    return finish(std::move(name), m_edit);
}

}  // namespace edits
}  // namespace portolan
