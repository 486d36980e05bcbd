// SPDX-License-Identifier: Apache-2.0
// The inspector's pages for relationships, products, routes and identifiers.
#include "model/analysis/rules/legal_choices.h"
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

constexpr QLatin1String severalRoles("several");

using Choices = std::vector<std::pair<QString, QString>>;

QString tr(const char* text)
{
    return QCoreApplication::translate("portolan::ui::Inspector", text);
}

// Changes a copy of the relationship as it is then, and applies it.
template <class Change>
QString changed(Session& session, const RelationshipId& id, Change change)
{
    const Relationship* now = session.map().relationship(id);
    if (!now)
        return tr("It is not in the map any more.");
    Relationship relationship = *now;
    change(relationship);
    return commit(session, changeRelationship(*session.document(), id, relationship));
}

void toggle(std::vector<Role>& roles, Role role, bool isOn)
{
    std::erase(roles, role);
    if (isOn)
        roles.push_back(role);
}

bool has(const std::vector<Role>& roles, Role role)
{
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

QString roleText(Role role)
{
    return QStringLiteral("%1 (%2)").arg(wordOf(role), shortWordOf(role));
}

// The types in this direction, and what turning it round would make.
void addType(InspectorForm& form, Session& session, const Relationship& relationship,
             const std::vector<RelationshipChoice>& legalOnes)
{
    Choices types;
    std::vector<Offer> offers;
    for (const RelationshipChoice& choice : legalOnes) {
        if (choice.what != RelationshipChoice::What::Type ||
            choice.upstream != relationship.upstream)
            continue;
        types.emplace_back(toQString(toString(choice.type)), wordOf(choice.type));
        offers.push_back(offerOf(choice));
    }
    form.addChoice(
        QStringLiteral("type"), tr("Type"), types, toQString(toString(relationship.type)),
        [&session, id = relationship.id](const QString& type) {
            if (const auto chosenType = relationshipTypeFrom(toStdString(type)))
                changed(session, id, [chosenType](Relationship& changing) {
                    changing.type = *chosenType;
                    changing = legal(std::move(changing));
                });
        },
        offers);
}

void addSwap(InspectorForm& form, Session& session, const Relationship& relationship,
             const std::vector<RelationshipChoice>& legalOnes)
{
    Offer turned;
    for (const RelationshipChoice& choice : legalOnes) {
        if (choice.what == RelationshipChoice::What::Type && choice.type == relationship.type &&
            choice.upstream == relationship.downstream)
            turned = offerOf(choice);
    }
    form.addButton(
        QStringLiteral("swapEnds"), tr("Swap the ends"),
        [&session, id = relationship.id] {
            changed(session, id, [](Relationship& changing) {
                std::swap(changing.upstream, changing.downstream);
                changing.exposes.clear();  // they belong to the context that was upstream
            });
        },
        turned);
}

// Those of the upstream end, and what else the file has there, so that it can be taken off.
void addUpstreamRoles(InspectorForm& form, Session& session, const Relationship& relationship,
                      const std::vector<RelationshipChoice>& legalOnes)
{
    const bool hasEnds = !isSymmetric(relationship.type);
    if (!hasEnds && relationship.upstreamRoles.empty())
        return;
    form.beginSection(tr("Roles upstream"));
    for (const RelationshipChoice& choice : legalOnes) {
        if (choice.what != RelationshipChoice::What::UpstreamRole)
            continue;
        const Role role = *choice.role;
        const bool isOn = has(relationship.upstreamRoles, role);
        const bool isOfThisEnd = role == Role::OpenHostService || role == Role::PublishedLanguage;
        if (!isOn && !(hasEnds && isOfThisEnd))
            continue;
        form.addCheck(
            QStringLiteral("role") + shortWordOf(role), roleText(role), isOn,
            [&session, id = relationship.id, role](bool isWanted) {
                changed(session, id, [&](Relationship& changing) {
                    toggle(changing.upstreamRoles, role, isWanted);
                });
            },
            offerOf(choice));
    }
}

// What the rules say against the roles at the other end, which are marked there.
bool isAboutUpstream(const Finding& finding, const std::vector<RelationshipChoice>& legalOnes)
{
    return std::any_of(legalOnes.begin(), legalOnes.end(), [&](const RelationshipChoice& choice) {
        return choice.what == RelationshipChoice::What::UpstreamRole && !choice.isAllowed &&
               choice.reason.find(finding.message) != std::string::npos;
    });
}

// Several roles at once, which a file may have, are a row of their own until another is chosen.
void addSeveralRoles(Session& session, const Relationship& relationship,
                     const std::vector<RelationshipChoice>& legalOnes, Choices& roles,
                     std::vector<Offer>& offers)
{
    QStringList words;
    for (const Role role : relationship.downstreamRoles)
        words << shortWordOf(role);
    QStringList reasons;
    for (const Finding& finding : session.findings()) {
        if (finding.severity == Severity::Error && !isAboutUpstream(finding, legalOnes) &&
            finding.subject == EntityRef{EntityKind::Relationship, relationship.id.text})
            reasons << shown(finding.message, 400);
    }
    roles.emplace_back(severalRoles, words.join(QStringLiteral(", ")));
    offers.push_back({reasons.isEmpty(), {}, reasons.join(QLatin1Char('\n'))});
}

// The downstream end has one role.
void addDownstreamRole(InspectorForm& form, Session& session, const Relationship& relationship,
                       const std::vector<RelationshipChoice>& legalOnes)
{
    const std::vector<Role>& now = relationship.downstreamRoles;
    const bool hasEnds = !isSymmetric(relationship.type);
    if (!hasEnds && now.empty())
        return;
    form.beginSection(tr("Role downstream"));
    Choices roles;
    std::vector<Offer> offers;
    for (const RelationshipChoice& choice : legalOnes) {
        if (choice.what != RelationshipChoice::What::DownstreamRole)
            continue;
        const bool isOfThisEnd = !choice.role || *choice.role == Role::AnticorruptionLayer ||
                                 *choice.role == Role::Conformist;
        const bool isNow = choice.role && now.size() == 1 && now.front() == *choice.role;
        if (!isOfThisEnd && !isNow)
            continue;
        roles.emplace_back(choice.role ? shortWordOf(*choice.role) : QString(),
                           choice.role ? roleText(*choice.role) : tr("No role"));
        offers.push_back(offerOf(choice));
    }
    if (now.size() > 1)
        addSeveralRoles(session, relationship, legalOnes, roles, offers);
    form.addChoice(
        QStringLiteral("roleDownstream"), tr("Role"), roles,
        now.empty()       ? QString()
        : now.size() == 1 ? shortWordOf(now.front())
                          : QString(severalRoles),
        [&session, id = relationship.id](const QString& chosenRole) {
            changed(session, id, [&](Relationship& changing) {
                changing.downstreamRoles.clear();
                for (const Role role : {Role::AnticorruptionLayer, Role::Conformist}) {
                    if (shortWordOf(role) == chosenRole)
                        changing.downstreamRoles.push_back(role);
                }
            });
        },
        offers);
}

void addExposed(InspectorForm& form, Session& session, const Relationship& relationship)
{
    const auto products = session.map().productsOf(relationship.upstream);
    form.beginSection(tr("Exposes"), QString::number(relationship.exposes.size()));
    if (products.empty())
        form.addNote(tr("The upstream context publishes no product."));
    for (const DataProduct* product : products) {
        const auto& exposes = relationship.exposes;
        form.addCheck(QStringLiteral("exposes:") + toQString(product->id.text),
                      withoutMnemonics(shown(product->name)),
                      std::find(exposes.begin(), exposes.end(), product->id) != exposes.end(),
                      [&session, id = relationship.id, exposed = product->id](bool isOn) {
                          changed(session, id, [&](Relationship& changing) {
                              std::erase(changing.exposes, exposed);
                              if (isOn)
                                  changing.exposes.push_back(exposed);
                          });
                      });
    }
    form.addField(QStringLiteral("adopts"), tr("Adopts"), toQString(relationship.adopts),
                  [&session, id = relationship.id](const QString& version) {
                      return changed(session, id, [&](Relationship& changing) {
                          changing.adopts = toStdString(version.trimmed());
                      });
                  });
}

void addObserved(InspectorForm& form, Session& session, const Relationship& relationship)
{
    if (isSymmetric(relationship.type) || session.estate()->lineageEdges.empty())
        return;
    const MapDrift& drift = session.drift();
    const auto found = drift.flowOf.find(relationship.id);
    if (found == drift.flowOf.end() || found->second >= drift.flows.size()) {
        form.beginSection(tr("What was observed"), tr("nothing"));
        form.addNote(tr("No job was seen to carry data this way."));
        return;
    }
    const ObservedFlow& flow = drift.flows[found->second];
    form.beginSection(tr("What was observed"), QString::number(flow.jobs.size()));
    form.addFact(tr("Through"),
                 tr("%1 jobs, %2 flows").arg(flow.jobs.size()).arg(flow.edges.size()));
    constexpr std::size_t most = 12;
    for (std::size_t at = 0; at < std::min(most, flow.jobs.size()); ++at)
        if (flow.jobs[at].isValid() && flow.jobs[at].value < session.estate()->jobs.size())
            addEntityLink(form, session,
                          {EntityKind::Job, session.estate()->jobs[flow.jobs[at].value].key()});
    if (flow.jobs.size() > most)
        form.addNote(tr("and %1 more").arg(flow.jobs.size() - most));
}

QString levelWords(const CouplingPart& part)
{
    if (!part.level)
        return tr("unknown");
    switch (*part.level) {
    case CouplingLevel::None:
        return tr("none");
    case CouplingLevel::Low:
        return tr("low");
    case CouplingLevel::Middle:
        return tr("middle");
    case CouplingLevel::High:
        break;
    }
    return tr("high");
}

// How much it is and what it consists of; each line leads to its thing.
void addCouplingPart(InspectorForm& form, Session& session, const QString& label,
                     const CouplingPart& part, const QStringList& words)
{
    QString text = levelWords(part);
    if (!words.isEmpty())
        text += QStringLiteral(": ") + words.join(QStringLiteral(", "));
    form.addFact(label, text);
    constexpr std::size_t most = 6;
    for (std::size_t at = 0; at < std::min(most, part.evidence.size()); ++at) {
        const CouplingEvidence& one = part.evidence[at];
        form.addLink(iconOf(signOf(one.entity.kind)), shown(one.name), shown(one.why, 80),
                     [&session, entity = one.entity] { session.select(entity); });
    }
    if (part.evidence.size() > most)
        form.addNote(tr("and %1 more").arg(part.evidence.size() - most + part.notListed));
}

QStringList structuralWords(const CouplingProfile& profile)
{
    QStringList words;
    if (profile.structural.count > 0)
        words << tr("%1 of %2 columns").arg(profile.structural.count).arg(profile.columnsOffered);
    if (profile.keysRead > 0)
        words << counted(qsizetype(profile.keysRead), tr("%1 key"), tr("%1 keys"));
    if (!profile.types.empty())
        words << counted(qsizetype(profile.types.size()), tr("%1 type"), tr("%1 types"));
    if (profile.internalsRead > 0)
        words << tr("%1 of internals").arg(profile.internalsRead);
    if (profile.flowsWithoutColumns > 0)
        words << tr("%1 of %2 flows tell no columns")
                     .arg(profile.flowsWithoutColumns)
                     .arg(profile.flows);
    return words;
}

QStringList temporalWords(const CouplingProfile& profile)
{
    QStringList words;
    if (profile.hasFreshness)
        words << tr("freshness");
    if (profile.hasOrder)
        words << tr("order");
    if (profile.hasReplay)
        words << tr("replay");
    if (!profile.temporal.level)
        words << tr("what is read has no contract");
    return words;
}

QStringList semanticWords(const CouplingProfile& profile)
{
    QStringList words;
    if (profile.semantic.count > 0)
        words << counted(qsizetype(profile.semantic.count), tr("%1 term used as if local"),
                         tr("%1 terms used as if local"));
    if (profile.homonyms > 0)
        words << tr("%1 defined in other words").arg(profile.homonyms);
    if (!profile.semantic.level)
        words << tr("no terms are declared upstream");
    return words;
}

void addCoupling(InspectorForm& form, Session& session, const Relationship& relationship)
{
    const CouplingProfile* profile =
        couplingOf(session.couplings(), relationship.upstream, relationship.downstream);
    if (isSymmetric(relationship.type) || !profile)
        return;
    form.beginSection(tr("Coupling"));
    addCouplingPart(form, session, tr("Structure"), profile->structural, structuralWords(*profile));
    addCouplingPart(form, session, tr("Time"), profile->temporal, temporalWords(*profile));
    addCouplingPart(form, session, tr("Meaning"), profile->semantic, semanticWords(*profile));
}

void addQuestions(InspectorForm& form, Session& session, const DataProduct& product)
{
    const auto answered = std::count_if(product.answers.begin(), product.answers.end(),
                                        [](const std::string& answer) { return !answer.empty(); });
    form.beginSection(tr("The eight questions"),
                      tr("%1 of %2").arg(answered).arg(product.answers.size()));
    for (std::size_t question = 0; question < product.answers.size(); ++question)
        form.addText(
            QStringLiteral("answer%1").arg(question + 1),
            QStringLiteral("%1. %2").arg(question + 1).arg(toQString(questionText(question))),
            toQString(product.answers[question]),
            [&session, id = product.id, question](const QString& answer) {
                return commit(session, setProductAnswer(*session.document(), id, question,
                                                        toStdString(answer.trimmed())));
            });
}

}  // namespace

bool fillRelationship(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const RelationshipId id(entity.id);
    const Relationship* relationship = session.map().relationship(id);
    if (!relationship)
        return false;
    const bool hasEnds = !isSymmetric(relationship->type);
    form.setTitle(iconOf(Sign::Relationship), session.nameOf(entity),
                  QStringLiteral("%1 \u00b7 %2")
                      .arg(wordOf(EntityKind::Relationship), wordOf(relationship->type).toLower()));
    form.beginSection(tr("General"));
    const std::vector<RelationshipChoice> legalOnes = legalChoices(session.map(), *relationship);
    addType(form, session, *relationship, legalOnes);
    addEntityLink(form, session, {EntityKind::BoundedContext, relationship->upstream.text},
                  hasEnds ? tr("upstream") : QString());
    addEntityLink(form, session, {EntityKind::BoundedContext, relationship->downstream.text},
                  hasEnds ? tr("downstream") : QString());
    if (hasEnds)
        addSwap(form, session, *relationship, legalOnes);
    form.addField(QStringLiteral("name"), tr("Name"), toQString(relationship->name),
                  [&session, id](const QString& name) {
                      return changed(session, id, [&](Relationship& changing) {
                          changing.name = toStdString(name.trimmed());
                      });
                  });
    form.addText(QStringLiteral("description"), tr("Description"),
                 toQString(relationship->description), [&session, id](const QString& text) {
                     return changed(session, id, [&](Relationship& changing) {
                         changing.description = toStdString(text.trimmed());
                     });
                 });
    addUpstreamRoles(form, session, *relationship, legalOnes);
    addDownstreamRole(form, session, *relationship, legalOnes);
    if (hasEnds)
        addExposed(form, session, *relationship);
    addObserved(form, session, *relationship);
    addCoupling(form, session, *relationship);
    addFindings(form, session, {entity});
    addDeclaredEvidence(form, session, relationship->where);
    return true;
}

bool fillProduct(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const ProductId id(entity.id);
    const DataProduct* product = session.map().product(id);
    if (!product)
        return fillObservedProduct(form, session, entity);
    QStringList kinds{wordOf(EntityKind::DataProduct)};
    if (product->kind)
        kinds << wordOf(*product->kind).toLower();
    if (product->authority)
        kinds << wordOf(*product->authority).toLower();
    form.setTitle(iconOf(Sign::Product), shown(product->name),
                  kinds.join(QStringLiteral(" \u00b7 ")));
    const auto member = [&session, id](const char* key, const QString& editName) {
        return [&session, id, key, name = toStdString(editName)](const QString& text) -> QString {
            const DataProduct* now = session.map().product(id);
            if (!now)
                return tr("It is not in the map any more.");
            return commit(session, setText(*session.document(), now->where, key,
                                           toStdString(text.trimmed()), name));
        };
    };
    const QString name = shown(product->name);
    form.beginSection(tr("General"));
    form.addField(QStringLiteral("name"), tr("Name"), toQString(product->name),
                  [&session, id](const QString& text) {
                      return commit(session, renameProduct(*session.document(), id,
                                                           toStdString(text.trimmed())));
                  });
    addEntityLink(form, session, {EntityKind::BoundedContext, product->owner.text}, tr("owner"));
    Choices productKinds{{QString(), tr("Not said")}};
    for (const MapProductKind kind : {MapProductKind::OperationalApi, MapProductKind::Event,
                                      MapProductKind::State, MapProductKind::Analytical})
        productKinds.emplace_back(toQString(toString(kind)), wordOf(kind));
    form.addChoice(QStringLiteral("kind"), tr("Kind"), productKinds,
                   product->kind ? toQString(toString(*product->kind)) : QString(),
                   [set = member("kind", tr("Change kind of %1").arg(name))](const QString& kind) {
                       set(kind);
                   });
    Choices authorities{{QString(), tr("Not said")}};
    for (const MapAuthority authority :
         {MapAuthority::Authoritative, MapAuthority::Derived, MapAuthority::Conformed})
        authorities.emplace_back(toQString(toString(authority)), wordOf(authority));
    form.addChoice(QStringLiteral("authority"), tr("Authority"), authorities,
                   product->authority ? toQString(toString(*product->authority)) : QString(),
                   [set = member("authority", tr("Change authority of %1").arg(name))](
                       const QString& value) { set(value); });
    form.addText(QStringLiteral("description"), tr("Description"), toQString(product->description),
                 member("description", tr("Describe %1").arg(name)), 3);

    form.beginSection(tr("Ports"), QString::number(product->ports.size()));
    if (product->ports.empty())
        form.addNote(tr("It says nowhere how it is reached."));
    for (const Port& port : product->ports) {
        form.addFact(shown(port.type), shown(port.address));
        if (!port.dataset.empty())
            addEntityLink(form, session, {EntityKind::Dataset, port.dataset}, tr("dataset"));
    }
    form.beginSection(tr("Contracts"));
    bool hasContract = false;
    for (const Contract& contract : session.estate()->contracts)
        if (std::find(product->contracts.begin(), product->contracts.end(), contract.id) !=
            product->contracts.end()) {
            hasContract = true;
            addEntityLink(form, session, {EntityKind::Contract, contract.key()},
                          shown(toString(contract.status)));
        }
    if (!hasContract)
        form.addNote(tr("None was imported."));
    addQuestions(form, session, *product);
    addFindings(form, session, {entity});
    addDeclaredEvidence(form, session, product->where);
    return true;
}

bool fillRoute(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const Route* route = session.map().route(RouteId(entity.id));
    if (!route)
        return false;
    form.setTitle(iconOf(Sign::Route), session.nameOf(entity), wordOf(EntityKind::Route));
    form.beginSection(tr("General"));
    for (const ProductId& source : route->sources)
        addEntityLink(form, session, {EntityKind::DataProduct, source.text}, tr("from"));
    addEntityLink(form, session, {EntityKind::BoundedContext, route->consumer.text}, tr("to"));
    if (!route->delivers.isEmpty())
        addEntityLink(form, session, {EntityKind::DataProduct, route->delivers.text},
                      tr("delivers"));
    form.addFact(tr("Description"), shownLines(toQString(route->description)));
    form.beginSection(tr("Routing rules"), QString::number(route->rules.size()));
    for (const std::string& rule : route->rules)
        form.addNote(shown(rule));
    form.beginSection(tr("Translation"), tr("%1 fields").arg(route->translation.size()));
    for (const FieldTranslation& field : route->translation) {
        const QString from = field.from.empty() ? tr("made here") : shown(field.from);
        const QString to = field.to.empty() ? tr("dropped on purpose") : shown(field.to);
        form.addNote(QStringLiteral("%1 \u2192 %2").arg(from, to));
    }
    addFindings(form, session, {entity});
    addDeclaredEvidence(form, session, route->where);
    return true;
}

bool fillIdentifier(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const auto has = [&entity](const auto& thing) { return thing.id.text == entity.id; };
    const ContextMap& map = session.map();
    if (entity.kind == EntityKind::Crosswalk) {
        const auto found = std::find_if(map.crosswalks.begin(), map.crosswalks.end(), has);
        if (found == map.crosswalks.end())
            return false;
        form.setTitle(iconOf(Sign::Identifier), session.nameOf(entity), wordOf(entity.kind));
        form.beginSection(tr("General"));
        addEntityLink(form, session, {EntityKind::Identifier, found->from.text}, tr("from"));
        addEntityLink(form, session, {EntityKind::Identifier, found->to.text}, tr("to"));
        addEntityLink(form, session, {EntityKind::BoundedContext, found->owner.text}, tr("owner"));
        form.addFact(tr("Survivorship"), shownLines(toQString(found->survivorship)));
        addFindings(form, session, {entity});
        addDeclaredEvidence(form, session, found->where);
        return true;
    }
    const auto found = std::find_if(map.identifiers.begin(), map.identifiers.end(), has);
    if (found == map.identifiers.end())
        return false;
    form.setTitle(iconOf(Sign::Identifier), shown(found->name), wordOf(entity.kind));
    form.beginSection(tr("General"));
    addEntityLink(form, session, {EntityKind::BoundedContext, found->issuer.text}, tr("issuer"));
    form.addFact(tr("Description"), shownLines(toQString(found->description)));
    form.beginSection(tr("Crosswalks"));
    for (const Crosswalk& crosswalk : map.crosswalks)
        if (crosswalk.from == found->id || crosswalk.to == found->id)
            addEntityLink(form, session, {EntityKind::Crosswalk, crosswalk.id.text});
    addFindings(form, session, {entity});
    addDeclaredEvidence(form, session, found->where);
    return true;
}

}  // namespace portolan::ui
