// SPDX-License-Identifier: Apache-2.0
#include "ui/session/map_commands.h"

#include "ui/session/session.h"

#include <QUndoStack>

namespace portolan::ui {
namespace {

std::pair<ContextId, std::string> termParts(const std::string& id)
{
    const std::size_t slash = id.find('/');
    return {ContextId(id.substr(0, slash)),
            slash == std::string::npos ? std::string() : id.substr(slash + 1)};
}

bool isDeclared(const EntityRef& entity)
{
    return entity.kind < EntityKind::Contract && entity.kind != EntityKind::Route &&
           entity.kind != EntityKind::Identifier && entity.kind != EntityKind::Crosswalk;
}

// Empty when an earlier removal of the same step took it along.
std::optional<Result<Edit>> removal(const MapDocument& document, const EntityRef& entity)
{
    const ContextMap& map = document.map();
    switch (entity.kind) {
    case EntityKind::Domain:
        return removeDomain(document, DomainId(entity.id));
    case EntityKind::Team:
        return removeTeam(document, TeamId(entity.id));
    case EntityKind::DataProduct:
        if (!map.product(ProductId(entity.id)))
            return std::nullopt;
        return removeProduct(document, ProductId(entity.id));
    case EntityKind::Relationship:
        if (!map.relationship(RelationshipId(entity.id)))
            return std::nullopt;
        return removeRelationship(document, RelationshipId(entity.id));
    case EntityKind::Term: {
        const auto [context, name] = termParts(entity.id);
        if (!map.context(context))
            return std::nullopt;
        return removeTerm(document, context, name);
    }
    default:
        return std::nullopt;
    }
}

}  // namespace

void removeFromMap(Session& session, const std::vector<EntityRef>& entities)
{
    if (!session.document())
        return;
    std::vector<ContextId> contexts;
    std::vector<EntityRef> others;
    for (const EntityRef& entity : entities) {
        if (entity.kind == EntityKind::BoundedContext)
            contexts.emplace_back(entity.id);
        else if (isDeclared(entity))
            others.push_back(entity);
    }
    const std::size_t steps = others.size() + (contexts.empty() ? 0 : 1);
    if (contexts.size() + others.size() < entities.size())
        session.raiseMessage(Session::tr("What was observed cannot be removed from the map."));
    if (steps > 1)
        session.undoStack()->beginMacro(Session::tr(
            "Remove %n thing(s)", nullptr, static_cast<int>(contexts.size() + others.size())));
    if (!contexts.empty())
        session.apply(removeContexts(*session.document(), contexts));
    for (const EntityRef& entity : others) {
        if (const std::optional<Result<Edit>> edit = removal(*session.document(), entity))
            session.apply(*edit);
    }
    if (steps > 1)
        session.undoStack()->endMacro();
}

bool renameInMap(Session& session, const EntityRef& entity, const std::string& name)
{
    const MapDocument* document = session.document();
    if (!document)
        return false;
    switch (entity.kind) {
    case EntityKind::Domain:
        return session.apply(renameDomain(*document, DomainId(entity.id), name));
    case EntityKind::BoundedContext:
        return session.apply(renameContext(*document, ContextId(entity.id), name));
    case EntityKind::Team:
        return session.apply(renameTeam(*document, TeamId(entity.id), name));
    case EntityKind::DataProduct:
        return session.apply(renameProduct(*document, ProductId(entity.id), name));
    case EntityKind::Term: {
        const auto [context, old] = termParts(entity.id);
        if (!session.apply(renameTerm(*document, context, old, name)))
            return false;
        session.select({EntityKind::Term, context.text + "/" + name});
        return true;
    }
    default:
        return false;
    }
}

}  // namespace portolan::ui
