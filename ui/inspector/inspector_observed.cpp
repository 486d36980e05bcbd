// SPDX-License-Identifier: Apache-2.0
// The inspector's pages for what was observed: datasets, jobs and contracts.
#include "ui/base/text.h"
#include "ui/base/words.h"
#include "ui/inspector/inspector_form.h"
#include "ui/inspector/inspector_pages.h"
#include "ui/session/session.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr std::size_t mostListed = 60;

QString tr(const char* text)
{
    return QCoreApplication::translate("portolan::ui::Inspector", text);
}

void addOwner(InspectorForm& form, Session& session, const std::vector<ContextId>& owners,
              std::size_t index)
{
    if (index < owners.size() && !owners[index].isEmpty())
        addEntityLink(form, session, {EntityKind::BoundedContext, owners[index].text}, tr("owner"));
    else if (session.document())
        form.addNote(tr("No context's patterns own it."));
}

// The datasets at one end of the edges, each once.
template <class IsMine, class OtherEnd>
void addNeighbours(InspectorForm& form, Session& session, const QString& title, IsMine isMine,
                   OtherEnd otherEnd)
{
    const Estate& estate = *session.estate();
    QSet<quint32> ends;
    for (const LineageEdge& edge : estate.lineageEdges)
        if (isMine(edge) && otherEnd(edge).isValid())
            ends.insert(otherEnd(edge).value);
    QList<quint32> sorted(ends.begin(), ends.end());
    std::sort(sorted.begin(), sorted.end());
    form.beginSection(title, QString::number(sorted.size()));
    for (const quint32 end : sorted.mid(0, mostListed))
        addEntityLink(form, session, {EntityKind::Dataset, estate.datasets[end].key()});
    if (std::size_t(sorted.size()) > mostListed)
        form.addNote(tr("and %1 more").arg(std::size_t(sorted.size()) - mostListed));
    if (sorted.isEmpty())
        form.addNote(tr("None was seen."));
}

}  // namespace

bool fillDataset(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const Estate& estate = *session.estate();
    const DatasetIndex index = estate.dataset(entity.id);
    if (!index.isValid()) {
        form.setTitle(iconOf(Sign::Dataset), session.nameOf(entity), tr("Dataset, not observed"));
        form.addNote(tr("Nothing that was imported speaks of it."));
        return true;
    }
    const Dataset& dataset = estate.datasets[index.value];
    form.setTitle(
        iconOf(Sign::Dataset), shown(dataset.name()),
        dataset.type.empty()
            ? wordOf(entity.kind)
            : QStringLiteral("%1 \u00b7 %2").arg(wordOf(entity.kind), shown(dataset.type)));
    form.beginSection(tr("General"));
    form.addFact(tr("Platform"), shown(dataset.platform));
    form.addFact(tr("Instance"), shown(dataset.instance));
    form.addFact(tr("Path"), shown(dataset.path));
    form.addFact(tr("Description"), shownLines(toQString(dataset.description)));
    addOwner(form, session, session.ownership().datasetOwner, index.value);
    form.beginSection(tr("Columns"), QString::number(dataset.columns.size()));
    for (std::size_t at = 0; at < std::min(mostListed, dataset.columns.size()); ++at) {
        const Column& column = estate.columns[dataset.columns[at].value];
        form.addFact(shown(column.name, 60),
                     column.type.empty() ? tr("type not said") : shown(column.type));
    }
    if (dataset.columns.size() > mostListed)
        form.addNote(tr("and %1 more").arg(dataset.columns.size() - mostListed));
    addNeighbours(
        form, session, tr("Comes from"),
        [index](const LineageEdge& edge) { return edge.to == index; },
        [](const LineageEdge& edge) { return edge.from; });
    addNeighbours(
        form, session, tr("Goes to"),
        [index](const LineageEdge& edge) { return edge.from == index; },
        [](const LineageEdge& edge) { return edge.to; });
    addObservedEvidence(form, session, dataset.evidence);
    return true;
}

bool fillObservedProduct(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const ObservedProduct* found = observedProduct(*session.estate(), entity.id);
    if (!found)
        return false;
    form.setTitle(iconOf(Sign::Product), shown(found->name.empty() ? found->id : found->name),
                  tr("Data product, observed and not declared"));
    form.beginSection(tr("General"));
    form.addFact(tr("Id"), shown(found->id));
    form.addFact(tr("Kind"), shown(toString(found->kind)));
    form.addFact(tr("Authority"), shown(toString(found->authority)));
    form.addFact(tr("Domain"), shown(found->domain));
    form.addFact(tr("Owner"), shown(found->owner));
    addObservedEvidence(form, session, found->evidence);
    return true;
}

namespace {

void addFacts(InspectorForm& form, const ObservedDomain& domain)
{
    form.addFact(tr("Part of"), shown(domain.parent));
    form.addFact(tr("Kind"), shown(domain.kind));
    form.addFact(tr("Owner"), shown(domain.owner));
    form.addFact(tr("Description"), shownLines(toQString(domain.description)));
}

void addFacts(InspectorForm& form, const ObservedContext& context)
{
    form.addFact(tr("Kind"), shown(context.type));
    form.addFact(tr("Part of"), shown(context.parent));
    form.addFact(tr("Domain"), shown(context.domain));
    form.addFact(tr("Owner"), shown(context.owner));
    if (context.isExternal)
        form.addFact(tr("External"), tr("of another organisation"));
    form.addFact(tr("Description"), shownLines(toQString(context.description)));
}

void addFacts(InspectorForm& form, const ObservedTeam& team)
{
    form.addFact(tr("Part of"), shown(team.parent));
    form.addFact(tr("Contact"), shown(team.contact));
    form.addFact(tr("Description"), shownLines(toQString(team.description)));
    QStringList members;
    for (std::size_t i = 0; i < std::min(mostListed, team.members.size()); ++i)
        members << shown(team.members[i], 60);
    form.addFact(tr("Members"), members.join(QStringLiteral(", ")));
}

template <class Thing>
bool fillThing(InspectorForm& form, Session& session, const EntityRef& entity, const Thing* thing)
{
    if (!thing)
        return false;
    form.setTitle(iconOf(signOf(entity.kind)), shown(thing->name.empty() ? thing->id : thing->name),
                  tr("%1, observed and not declared").arg(wordOf(entity.kind)));
    form.beginSection(tr("General"));
    form.addFact(tr("Id"), shown(thing->id));
    addFacts(form, *thing);
    addObservedEvidence(form, session, thing->evidence);
    return true;
}

}  // namespace

bool fillObserved(InspectorForm& form, Session& session, const EntityRef& entity)
{
    if (!session.estate())
        return false;
    const Estate& estate = *session.estate();
    if (entity.kind == EntityKind::Domain)
        return fillThing(form, session, entity, observedDomain(estate, entity.id));
    if (entity.kind == EntityKind::BoundedContext)
        return fillThing(form, session, entity, observedContext(estate, entity.id));
    if (entity.kind == EntityKind::Team)
        return fillThing(form, session, entity, observedTeam(estate, entity.id));
    const ObservedTerm* term = observedTerm(estate, entity.id);
    if (!term)
        return false;
    form.setTitle(iconOf(signOf(entity.kind)), shown(term->name),
                  tr("%1, observed and not declared").arg(wordOf(entity.kind)));
    form.beginSection(tr("General"));
    form.addFact(tr("Context"), shown(term->context));
    form.addFact(tr("Definition"), shownLines(toQString(term->definition)));
    addObservedEvidence(form, session, term->evidence);
    return true;
}

bool fillJob(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const Estate& estate = *session.estate();
    const JobIndex index = estate.job(entity.id);
    if (!index.isValid())
        return false;
    const Job& job = estate.jobs[index.value];
    form.setTitle(iconOf(Sign::Job), shown(job.name), wordOf(entity.kind));
    form.beginSection(tr("General"));
    form.addFact(tr("Space"), shown(job.space));
    form.addFact(tr("Runs on"), shown(job.integration));
    form.addFact(tr("Owner"), shown(job.owner));
    form.addFact(tr("Runs seen"), QString::number(job.runs));
    form.addFact(tr("Last seen"), shown(job.lastRun));
    addOwner(form, session, session.ownership().jobOwner, index.value);
    addNeighbours(
        form, session, tr("Reads"), [index](const LineageEdge& edge) { return edge.job == index; },
        [](const LineageEdge& edge) { return edge.from; });
    addNeighbours(
        form, session, tr("Writes"), [index](const LineageEdge& edge) { return edge.job == index; },
        [](const LineageEdge& edge) { return edge.to; });
    addObservedEvidence(form, session, job.evidence);
    return true;
}

bool fillContract(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const Estate& estate = *session.estate();
    const ContractIndex index = estate.contract(entity.id);
    if (!index.isValid())
        return false;
    const Contract& contract = estate.contracts[index.value];
    form.setTitle(iconOf(Sign::Contract), session.nameOf(entity), wordOf(entity.kind));
    form.beginSection(tr("General"));
    form.addFact(tr("Id"), shown(contract.id));
    form.addFact(tr("Version"), shown(contract.version));
    form.addFact(tr("Status"), shown(contract.statusText));
    form.addFact(tr("Sunset"), shown(contract.sunset));
    form.addFact(tr("Domain"), shown(contract.domain));
    form.addFact(tr("Owner"), shown(contract.owner));
    form.addFact(tr("Description"), shownLines(toQString(contract.description)));
    if (contract.isConflict())
        form.addNote(tr("Another source gives this id and version with other content."));
    addOwner(form, session, session.ownership().contractOwner, index.value);
    for (const SchemaObjectIndex objectIndex : contract.objects) {
        const SchemaObject& object = estate.objects[objectIndex.value];
        form.beginSection(shown(object.name, 60), tr("%1 fields").arg(object.fields.size()));
        for (std::size_t at = 0; at < std::min(mostListed, object.fields.size()); ++at) {
            const Field& field = estate.fields[object.fields[at].value];
            form.addFact(shown(field.path, 60), field.logicalType.empty()
                                                    ? shown(field.physicalType)
                                                    : shown(field.logicalType));
        }
        if (object.fields.size() > mostListed)
            form.addNote(tr("and %1 more").arg(object.fields.size() - mostListed));
        if (object.dataset.isValid())
            addEntityLink(form, session,
                          {EntityKind::Dataset, estate.datasets[object.dataset.value].key()},
                          tr("dataset"));
    }
    form.beginSection(tr("Service levels"), QString::number(contract.serviceLevels.size()));
    for (const ServiceLevel& level : contract.serviceLevels)
        form.addFact(shown(level.property, 60),
                     QStringLiteral("%1 %2").arg(shown(level.value), shown(level.unit)).trimmed());
    addObservedEvidence(form, session, contract.evidence);
    return true;
}

}  // namespace portolan::ui
