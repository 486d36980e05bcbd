// SPDX-License-Identifier: Apache-2.0
// The inspector's pages for domains, contexts, teams and terms.
#include "model/map/edits.h"

#include "ui/base/text.h"
#include "ui/base/words.h"
#include "ui/inspector/inspector_form.h"
#include "ui/inspector/inspector_pages.h"
#include "ui/session/session.h"

#include <QCoreApplication>

#include <algorithm>

namespace portolan::ui {
namespace {

using Choices = std::vector<std::pair<QString, QString>>;

QString tr(const char* text)
{
    return QCoreApplication::translate("portolan::ui::Inspector", text);
}

// A plain text member; `find` looks the thing up in the map as it is then.
template <class Find>
Commit textCommit(Session& session, Find find, const char* member, const QString& editName)
{
    return [&session, find, member, name = toStdString(editName)](const QString& text) -> QString {
        const auto* thing = find(session.map());
        if (!thing)
            return tr("It is not in the map any more.");
        return commit(session, setText(*session.document(), thing->where, member,
                                       toStdString(text.trimmed()), name));
    };
}

Choices teamChoices(const ContextMap& map)
{
    Choices choices{{QString(), tr("None")}};
    for (const MapTeam& team : map.teams)
        choices.emplace_back(toQString(team.id.text), shown(team.name));
    return choices;
}

Choices domainChoices(const ContextMap& map)
{
    Choices choices{{QString(), tr("None")}};
    for (const Domain& domain : map.domains)
        choices.emplace_back(toQString(domain.id.text), shown(domain.name));
    return choices;
}

std::vector<std::string> patternsFrom(const QString& text)
{
    std::vector<std::string> patterns;
    for (const QString& line : text.split(u'\n'))
        if (const QString pattern = line.trimmed(); !pattern.isEmpty())
            patterns.push_back(toStdString(pattern));
    return patterns;
}

QString textOf(const std::vector<std::string>& patterns)
{
    QStringList lines;
    for (const std::string& pattern : patterns)
        lines << toQString(pattern);
    return lines.join(u'\n');
}

template <class Things, class KeyOf>
QString matchCount(const Things& things, const QString& text, KeyOf keyOf, const QString& words)
{
    const std::vector<std::string> patterns = patternsFrom(text);
    const auto count = std::count_if(things.begin(), things.end(), [&](const auto& thing) {
        const std::string key = keyOf(thing);
        return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
            return matchesPattern(pattern, key);
        });
    });
    return words.arg(count).arg(things.size());
}

void addOwnership(InspectorForm& form, Session& session, const ContextId& id, const Ownership& owns)
{
    form.beginSection(tr("Owns"));
    form.addNote(tr("Patterns, one a line: * is any run of characters, ? is one."));
    const auto change = [&session, id](std::vector<std::string> Ownership::*list) {
        return [&session, id, list](const QString& text) -> QString {
            const BoundedContext* context = session.map().context(id);
            if (!context)
                return tr("It is not in the map any more.");
            Ownership changed = context->owns;
            changed.*list = patternsFrom(text);
            return commit(session, setContextOwnership(*session.document(), id, changed));
        };
    };
    form.addPatterns(
        QStringLiteral("ownsDatasets"), tr("Datasets"), textOf(owns.datasets),
        [&session](const QString& text) {
            return matchCount(
                session.estate()->datasets, text,
                [](const Dataset& dataset) { return dataset.key(); },
                tr("matches %1 of %2 datasets"));
        },
        change(&Ownership::datasets));
    form.addPatterns(
        QStringLiteral("ownsContracts"), tr("Contracts"), textOf(owns.contracts),
        [&session](const QString& text) {
            return matchCount(
                session.estate()->contracts, text,
                [](const Contract& contract) { return contract.id; },
                tr("matches %1 of %2 contract versions"));
        },
        change(&Ownership::contracts));
    form.addPatterns(
        QStringLiteral("ownsJobs"), tr("Jobs"), textOf(owns.jobs),
        [&session](const QString& text) {
            return matchCount(
                session.estate()->jobs, text, [](const Job& job) { return job.key(); },
                tr("matches %1 of %2 jobs"));
        },
        change(&Ownership::jobs));
}

void addTerms(InspectorForm& form, Session& session, const BoundedContext& context)
{
    form.beginSection(tr("Terms"), QString::number(context.terms.size()));
    for (const Term& term : context.terms) {
        const EntityRef entity{EntityKind::Term, context.id.text + "/" + term.name};
        form.addRemovable(
            iconOf(Sign::Term), shown(term.name), tr("Remove %1").arg(shown(term.name)),
            [&session, entity] { session.select(entity); },
            [&session, id = context.id, name = term.name] {
                session.apply(removeTerm(*session.document(), id, name));
            });
    }
    form.addField(QStringLiteral("newTerm"), tr("New term"), {},
                  [&session, id = context.id](const QString& name) -> QString {
                      if (name.trimmed().isEmpty())
                          return {};
                      return commit(session, addTerm(*session.document(), id,
                                                     toStdString(name.trimmed()), ""));
                  });
}

void addProducts(InspectorForm& form, Session& session, const BoundedContext& context)
{
    const auto products = session.map().productsOf(context.id);
    form.beginSection(tr("Products"), QString::number(products.size()));
    for (const DataProduct* product : products)
        addEntityLink(form, session, {EntityKind::DataProduct, product->id.text},
                      product->kind ? wordOf(*product->kind).toLower() : QString());
    if (products.empty())
        form.addNote(tr("It publishes nothing yet."));
    form.addButton(QStringLiteral("addProduct"), tr("Add product"), [&session, id = context.id] {
        const std::string made = session.apply(addProduct(
            *session.document(), id, toStdString(tr("New product")), MapProductKind::State));
        if (!made.empty())
            session.select({EntityKind::DataProduct, made});
    });
}

void addRelationships(InspectorForm& form, Session& session, const BoundedContext& context)
{
    const auto relationships = session.map().relationshipsOf(context.id);
    form.beginSection(tr("Relationships"), QString::number(relationships.size()));
    if (relationships.empty())
        form.addNote(tr("None: draw one on the map from card to card."));
    for (const Relationship* relationship : relationships) {
        const bool isUpstream = relationship->upstream == context.id;
        const ContextId& other = isUpstream ? relationship->downstream : relationship->upstream;
        const QString name = session.nameOf({EntityKind::BoundedContext, other.text});
        const QString end = isSymmetric(relationship->type) ? wordOf(relationship->type).toLower()
                            : isUpstream                    ? tr("is downstream")
                                                            : tr("is upstream");
        form.addLink(iconOf(Sign::Relationship), name, end, [&session, id = relationship->id.text] {
            session.select({EntityKind::Relationship, id});
        });
    }
}

QString contextKind(const ContextMap& map, const BoundedContext& context)
{
    QStringList parts{wordOf(EntityKind::BoundedContext)};
    for (const DomainId& id : context.domains)
        if (const Domain* domain = map.domain(id)) {
            parts << shown(domain->name);
            if (domain->kind)
                parts << wordOf(*domain->kind).toLower();
        }
    return parts.join(QStringLiteral(" \u00b7 "));
}

}  // namespace

bool fillDomain(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const DomainId id(entity.id);
    const Domain* domain = session.map().domain(id);
    if (!domain)
        return fillObserved(form, session, entity);
    form.setTitle(iconOf(Sign::Domain), shown(domain->name),
                  domain->parent.isEmpty() ? tr("Domain") : tr("Subdomain"));
    form.beginSection(tr("General"));
    form.addField(QStringLiteral("name"), tr("Name"), toQString(domain->name),
                  [&session, id](const QString& name) {
                      return commit(session, renameDomain(*session.document(), id,
                                                          toStdString(name.trimmed())));
                  });
    Choices kinds{{QString(), tr("Not said")}};
    for (const Subdomain kind : {Subdomain::Core, Subdomain::Supporting, Subdomain::Generic})
        kinds.emplace_back(toQString(toString(kind)), wordOf(kind));
    form.addChoice(
        QStringLiteral("kind"), tr("Kind"), kinds,
        domain->kind ? toQString(toString(*domain->kind)) : QString(),
        [&session, id](const QString& kind) {
            session.apply(setDomainKind(*session.document(), id, subdomainFrom(toStdString(kind))));
        });
    form.addFact(tr("Code"), shown(domain->code));
    form.addText(QStringLiteral("description"), tr("Description"), toQString(domain->description),
                 textCommit(
                     session, [id](const ContextMap& map) { return map.domain(id); }, "description",
                     tr("Describe %1").arg(shown(domain->name))));

    std::vector<const BoundedContext*> contexts;
    for (const BoundedContext& context : session.map().contexts)
        if (std::find(context.domains.begin(), context.domains.end(), id) != context.domains.end())
            contexts.push_back(&context);
    form.beginSection(tr("Contexts"), QString::number(contexts.size()));
    for (const BoundedContext* context : contexts)
        addEntityLink(form, session, {EntityKind::BoundedContext, context->id.text});
    form.addButton(QStringLiteral("addContext"), tr("Add context"), [&session, id] {
        const std::string made =
            session.apply(addContext(*session.document(), toStdString(tr("New context")), id));
        if (!made.empty())
            session.select({EntityKind::BoundedContext, made});
    });
    addFindings(form, session, {entity});
    addDeclaredEvidence(form, session, domain->where);
    return true;
}

bool fillContext(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const ContextId id(entity.id);
    const ContextMap& map = session.map();
    const BoundedContext* context = map.context(id);
    if (!context)
        return fillObserved(form, session, entity);
    const auto find = [id](const ContextMap& now) { return now.context(id); };
    const QString name = shown(context->name);
    form.setTitle(iconOf(context->isBigBallOfMud ? Sign::BallOfMud : Sign::Context), name,
                  contextKind(map, *context));
    form.beginSection(tr("General"));
    form.addField(QStringLiteral("name"), tr("Name"), toQString(context->name),
                  [&session, id](const QString& text) {
                      return commit(session, renameContext(*session.document(), id,
                                                           toStdString(text.trimmed())));
                  });
    form.addChoice(QStringLiteral("team"), tr("Owner"), teamChoices(map),
                   toQString(context->team.text), [&session, id](const QString& team) {
                       session.apply(
                           setContextTeam(*session.document(), id, TeamId(toStdString(team))));
                   });
    form.addChoice(
        QStringLiteral("domain"), tr("Domain"), domainChoices(map),
        context->domains.empty() ? QString() : toQString(context->domains.front().text),
        [&session, id](const QString& domain) {
            session.apply(setContextDomain(*session.document(), id, DomainId(toStdString(domain))));
        });
    form.addField(QStringLiteral("steward"), tr("Steward"), toQString(context->steward),
                  textCommit(session, find, "steward", tr("Change steward of %1").arg(name)));
    form.addText(QStringLiteral("purpose"), tr("Purpose"), toQString(context->purpose),
                 textCommit(session, find, "purpose", tr("Change purpose of %1").arg(name)));
    form.addCheck(QStringLiteral("ballOfMud"), tr("Big ball of mud"), context->isBigBallOfMud,
                  [&session, id, isLegacy = context->isLegacy](bool isOn) {
                      session.apply(setContextFlags(*session.document(), id, isOn, isLegacy));
                  });
    form.addCheck(QStringLiteral("legacy"), tr("Legacy"), context->isLegacy,
                  [&session, id, isMud = context->isBigBallOfMud](bool isOn) {
                      session.apply(setContextFlags(*session.document(), id, isMud, isOn));
                  });
    addTerms(form, session, *context);
    addProducts(form, session, *context);
    addRelationships(form, session, *context);
    addOwnership(form, session, id, context->owns);
    addFindings(form, session, {entity});
    addDeclaredEvidence(form, session, context->where);
    return true;
}

bool fillTeam(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const TeamId id(entity.id);
    const MapTeam* team = session.map().team(id);
    if (!team)
        return fillObserved(form, session, entity);
    const auto find = [id](const ContextMap& now) { return now.team(id); };
    form.setTitle(iconOf(Sign::Team), shown(team->name), wordOf(EntityKind::Team));
    form.beginSection(tr("General"));
    form.addField(QStringLiteral("name"), tr("Name"), toQString(team->name),
                  [&session, id](const QString& name) {
                      return commit(session, renameTeam(*session.document(), id,
                                                        toStdString(name.trimmed())));
                  });
    form.addField(
        QStringLiteral("contact"), tr("Contact"), toQString(team->contact),
        textCommit(session, find, "contact", tr("Change contact of %1").arg(shown(team->name))));
    form.addText(
        QStringLiteral("description"), tr("Description"), toQString(team->description),
        textCommit(session, find, "description", tr("Describe %1").arg(shown(team->name))));
    form.beginSection(tr("Contexts"));
    for (const BoundedContext& context : session.map().contexts)
        if (context.team == id)
            addEntityLink(form, session, {EntityKind::BoundedContext, context.id.text});
    addFindings(form, session, {entity});
    addDeclaredEvidence(form, session, team->where);
    return true;
}

bool fillTerm(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const std::size_t slash = entity.id.find('/');
    if (slash == std::string::npos)
        return fillObserved(form, session, entity);
    const ContextId id(entity.id.substr(0, slash));
    const std::string name = entity.id.substr(slash + 1);
    const BoundedContext* context = session.map().context(id);
    if (!context)
        return fillObserved(form, session, entity);
    const auto term = std::find_if(context->terms.begin(), context->terms.end(),
                                   [&](const Term& each) { return each.name == name; });
    if (term == context->terms.end())
        return false;
    form.setTitle(iconOf(Sign::Term), shown(name), tr("Term of %1").arg(shown(context->name)));
    form.beginSection(tr("General"));
    form.addField(QStringLiteral("name"), tr("Name"), toQString(name),
                  [&session, id, name](const QString& text) {
                      const std::string newName = toStdString(text.trimmed());
                      const QString why =
                          commit(session, renameTerm(*session.document(), id, name, newName));
                      if (why.isEmpty())
                          session.select({EntityKind::Term, id.text + "/" + newName});
                      return why;
                  });
    form.addText(
        QStringLiteral("definition"), tr("Definition"), toQString(term->definition),
        [&session, id, name](const QString& text) {
            return commit(session, setTermDefinition(*session.document(), id, name,
                                                     toStdString(text.trimmed())));
        },
        5);
    QStringList synonyms;
    for (const std::string& synonym : term->synonyms)
        synonyms << shown(synonym);
    form.addFact(tr("Synonyms"), synonyms.join(QStringLiteral(", ")));
    form.beginSection(tr("Elsewhere"));
    bool isElsewhere = false;
    for (const BoundedContext& other : session.map().contexts)
        for (const Term& each : other.terms)
            if (each.name == name && other.id != id) {
                isElsewhere = true;
                addEntityLink(form, session, {EntityKind::Term, other.id.text + "/" + name},
                              shown(other.name));
                form.addNote(shown(each.definition));
            }
    if (!isElsewhere)
        form.addNote(tr("No other context uses this word."));
    addFindings(form, session, {entity});
    addDeclaredEvidence(form, session, term->where);
    return true;
}

}  // namespace portolan::ui
