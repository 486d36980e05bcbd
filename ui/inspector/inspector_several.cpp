// SPDX-License-Identifier: Apache-2.0
// The inspector's page for several selected things: what contexts share and can be given at once, what relationships have in common, and
// links to each.
#include "model/map/edits.h"

#include "ui/base/text.h"
#include "ui/base/words.h"
#include "ui/inspector/inspector_form.h"
#include "ui/inspector/inspector_pages.h"
#include "ui/session/removal.h"
#include "ui/session/session.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace portolan::ui {
namespace {

using Choices = std::vector<std::pair<QString, QString>>;

constexpr std::size_t mostLinks = 50;
constexpr QLatin1String differentValue("\x01different");  // no id in a file holds it

QString tr(const char* text)
{
    return QCoreApplication::translate("portolan::ui::Inspector", text);
}

QString different()
{
    return tr("(different)");
}

// What all of them have; empty when they differ.
template <class Things, class Get>
auto common(const Things& things, Get get) -> std::optional<std::decay_t<decltype(get(*things[0]))>>
{
    auto value = get(*things.front());
    const bool isSame = std::all_of(things.begin(), things.end(),
                                    [&](const auto* thing) { return get(*thing) == value; });
    return isSame ? std::optional(std::move(value)) : std::nullopt;
}

// By one walk of the map: thousands may be selected.
template <class Thing>
std::vector<const Thing*> declaredAmong(const std::vector<Thing>& things,
                                        const std::vector<EntityRef>& entities)
{
    std::set<std::string_view> ids;
    for (const EntityRef& entity : entities)
        ids.insert(entity.id);
    std::vector<const Thing*> declared;
    for (const Thing& thing : things) {
        if (ids.contains(thing.id.text))
            declared.push_back(&thing);
    }
    return declared;
}

QString manyOf(EntityKind kind, std::size_t count)
{
    switch (kind) {
    case EntityKind::BoundedContext:
        return tr("%1 contexts").arg(count);
    case EntityKind::Relationship:
        return tr("%1 relationships").arg(count);
    case EntityKind::Domain:
        return tr("%1 domains").arg(count);
    default:
        return tr("%1 things").arg(count);
    }
}

std::map<EntityKind, std::vector<EntityRef>> byKind(const std::vector<EntityRef>& entities)
{
    std::map<EntityKind, std::vector<EntityRef>> kinds;
    for (const EntityRef& entity : entities)
        kinds[entity.kind].push_back(entity);
    return kinds;
}

void addLinks(InspectorForm& form, Session& session, const std::vector<EntityRef>& entities)
{
    form.beginSection(wordOf(entities.front().kind), QString::number(entities.size()));
    for (std::size_t at = 0; at < std::min(mostLinks, entities.size()); ++at)
        addEntityLink(form, session, entities[at]);
    if (entities.size() > mostLinks)
        form.addNote(tr("and %1 more").arg(entities.size() - mostLinks));
}

// One undo step for all of them.
template <class Set>
QString changeAll(Session& session, const std::vector<ContextId>& ids, Set set)
{
    if (!session.document())
        return tr("The map was not changed.");
    ContextChange change;
    set(change);
    return commit(session, changeContexts(*session.document(), ids, change));
}

// "None", each thing of the map, and before them "(different)" where that is so.
template <class Id, class Things>
void addChoiceForAll(InspectorForm& form, const QString& name, const QString& label,
                     const Things& things, const std::optional<Id>& now,
                     std::function<void(const Id&)> run)
{
    Choices choices;
    if (!now)
        choices.emplace_back(differentValue, different());
    choices.emplace_back(QString(), tr("None"));
    for (const auto& thing : things)
        choices.emplace_back(toQString(thing.id.text),
                             shown(thing.name.empty() ? thing.id.text : thing.name));
    form.addChoice(name, label, choices, now ? toQString(now->text) : QString(differentValue),
                   [run = std::move(run)](const QString& id) { run(Id(toStdString(id))); });
}

void addSharedProperties(InspectorForm& form, Session& session,
                         const std::vector<const BoundedContext*>& contexts)
{
    std::vector<ContextId> ids;
    for (const BoundedContext* context : contexts)
        ids.push_back(context->id);
    const ContextMap& map = session.map();
    form.beginSection(tr("Set for all"));
    addChoiceForAll<TeamId>(
        form, QStringLiteral("team"), tr("Owner"), map.teams,
        common(contexts, [](const BoundedContext& context) { return context.team; }),
        [&session, ids](const TeamId& team) {
            changeAll(session, ids, [&](ContextChange& change) { change.team = team; });
        });
    addChoiceForAll<DomainId>(
        form, QStringLiteral("domain"), tr("Domain"), map.domains,
        common(contexts,
               [](const BoundedContext& context) {
                   return context.domains.empty() ? DomainId() : context.domains.front();
               }),
        [&session, ids](const DomainId& domain) {
            changeAll(session, ids, [&](ContextChange& change) { change.domain = domain; });
        });
    const std::optional<std::string> steward =
        common(contexts, [](const BoundedContext& context) { return context.steward; });
    form.addField(
        QStringLiteral("steward"), tr("Steward"), toQString(steward.value_or(std::string())),
        [&session, ids](const QString& text) {
            return changeAll(session, ids, [&](ContextChange& change) {
                change.steward = toStdString(text.trimmed());
            });
        },
        steward ? QString() : different());
    form.addCheck(
        QStringLiteral("ballOfMud"), tr("Big ball of mud"),
        common(contexts, [](const BoundedContext& context) { return context.isBigBallOfMud; }),
        [&session, ids](bool isOn) {
            changeAll(session, ids, [&](ContextChange& change) { change.isBigBallOfMud = isOn; });
        });
    form.addCheck(QStringLiteral("legacy"), tr("Legacy"),
                  common(contexts, [](const BoundedContext& context) { return context.isLegacy; }),
                  [&session, ids](bool isOn) {
                      changeAll(session, ids,
                                [&](ContextChange& change) { change.isLegacy = isOn; });
                  });
}

void addContexts(InspectorForm& form, Session& session, const std::vector<EntityRef>& entities)
{
    const std::vector<const BoundedContext*> declared =
        declaredAmong(session.map().contexts, entities);
    if (declared.empty())
        return;
    addSharedProperties(form, session, declared);
    if (declared.size() < entities.size())
        form.addNote(tr("%1 of them are not in the map and are not changed.")
                         .arg(entities.size() - declared.size()));
}

QString rolesInWords(const std::vector<Role>& roles)
{
    QStringList words;
    for (const Role role : roles)
        words << QStringLiteral("%1 (%2)").arg(wordOf(role), shortWordOf(role));
    return words.isEmpty() ? tr("none") : words.join(QStringLiteral(", "));
}

void addRelationships(InspectorForm& form, Session& session, const std::vector<EntityRef>& entities)
{
    const std::vector<const Relationship*> declared =
        declaredAmong(session.map().relationships, entities);
    if (declared.empty())
        return;
    form.beginSection(tr("What they have in common"));
    const auto type = common(declared, [](const Relationship& each) { return each.type; });
    form.addFact(tr("Type"), type ? wordOf(*type) : different());
    if (type && isSymmetric(*type))
        return;
    const auto up = common(declared, [](const Relationship& each) { return each.upstreamRoles; });
    form.addFact(tr("Upstream"), up ? rolesInWords(*up) : different());
    const auto down =
        common(declared, [](const Relationship& each) { return each.downstreamRoles; });
    form.addFact(tr("Downstream"), down ? rolesInWords(*down) : different());
}

}  // namespace

bool fillSeveral(InspectorForm& form, Session& session, const std::vector<EntityRef>& entities)
{
    const auto kinds = byKind(entities);
    const bool isOneKind = kinds.size() == 1;
    const EntityKind kind = entities.front().kind;
    QStringList words;
    for (const auto& [each, members] : kinds)
        words << QStringLiteral("%1 (%2)").arg(wordOf(each)).arg(members.size());
    form.setTitle(iconOf(isOneKind ? signOf(kind) : Sign::Info),
                  isOneKind ? manyOf(kind, entities.size()) : tr("%1 things").arg(entities.size()),
                  isOneKind ? tr("Selected together") : words.join(QStringLiteral(", ")));
    if (isOneKind && kind == EntityKind::BoundedContext)
        addContexts(form, session, entities);
    if (isOneKind && kind == EntityKind::Relationship)
        addRelationships(form, session, entities);
    for (const auto& [each, members] : kinds)
        addLinks(form, session, members);
    addFindings(form, session, entities);
    form.beginSection(tr("Actions"));
    form.addButton(QStringLiteral("removeAll"), removeText(session, entities),
                   [&session, &form, entities] { askAndRemove(session, entities, form.window()); });
    return true;
}

}  // namespace portolan::ui
