// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/inspector_pages.h"

#include "model/analysis/rules/context_map_rules.h"

#include "ui/base/text.h"
#include "ui/base/words.h"
#include "ui/inspector/inspector_form.h"
#include "ui/session/session.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace portolan::ui {
namespace {

constexpr std::size_t mostPlaces = 20;
constexpr std::size_t mostFindings = 50;

QString tr(const char* text)
{
    return QCoreApplication::translate("portolan::ui::Inspector", text);
}

QString placeText(const SourceSpan& span)
{
    const QString file = shown(span.file.substr(span.file.rfind('/') + 1), 80);
    return span.line > 0 ? tr("%1, line %2").arg(file).arg(span.line) : file;
}

QString ruleTitle(const std::string& id)
{
    for (const RuleDescription& rule : contextMapRules())
        if (rule.id == id)
            return shown(rule.title);
    return shown(id);
}

}  // namespace

bool fillInspector(InspectorForm& form, Session& session, const EntityRef& entity)
{
    switch (entity.kind) {
    case EntityKind::Domain:
        return fillDomain(form, session, entity);
    case EntityKind::BoundedContext:
        return fillContext(form, session, entity);
    case EntityKind::Team:
        return fillTeam(form, session, entity);
    case EntityKind::Term:
        return fillTerm(form, session, entity);
    case EntityKind::Relationship:
        return fillRelationship(form, session, entity);
    case EntityKind::DataProduct:
        return fillProduct(form, session, entity);
    case EntityKind::Route:
        return fillRoute(form, session, entity);
    case EntityKind::Identifier:
    case EntityKind::Crosswalk:
        return fillIdentifier(form, session, entity);
    case EntityKind::Dataset:
        return fillDataset(form, session, entity);
    case EntityKind::Column:
        return fillColumn(form, session, entity);
    case EntityKind::Job:
        return fillJob(form, session, entity);
    case EntityKind::Contract:
        return fillContract(form, session, entity);
    default:
        form.setTitle(iconOf(signOf(entity.kind)), session.nameOf(entity), wordOf(entity.kind));
        return true;
    }
}

void addFindings(InspectorForm& form, Session& session, const std::vector<EntityRef>& entities)
{
    const std::set<EntityRef> asked(entities.begin(), entities.end());
    std::vector<const Finding*> found;
    for (const Finding& finding : session.findings())
        if (asked.contains(finding.subject) ||
            std::any_of(finding.related.begin(), finding.related.end(),
                        [&asked](const EntityRef& each) { return asked.contains(each); }))
            found.push_back(&finding);
    form.beginSection(tr("Findings"), found.empty() ? QString() : QString::number(found.size()));
    if (found.empty())
        form.addNote(tr("None of the rules has found anything here."));
    for (std::size_t at = 0; at < std::min(mostFindings, found.size()); ++at) {
        const Finding* finding = found[at];
        form.addLink(iconOf(signOf(finding->severity)), ruleTitle(finding->rule), {},
                     [&session, where = finding->where] { session.requestSource(where); });
        form.addNote(shown(finding->message));
        if (!finding->mend.empty())
            form.addNote(shown(finding->mend));
    }
    if (found.size() > mostFindings)
        form.addNote(tr("and %1 more").arg(found.size() - mostFindings));
}

void addDeclaredEvidence(InspectorForm& form, Session& session, const Declared& where)
{
    form.beginSection(tr("Evidence"), tr("declared"));
    form.addLink(iconOf(Sign::Source), placeText(where.span), {},
                 [&session, span = where.span] { session.requestSource(span); });
}

void addObservedEvidence(InspectorForm& form, Session& session, const Evidence& evidence)
{
    const std::vector<EvidencePlace> all = places(*session.estate(), evidence);
    form.beginSection(tr("Evidence"), all.empty() ? QString() : QString::number(all.size()));
    if (all.empty())
        form.addNote(tr("No place is known."));
    for (std::size_t at = 0; at < std::min(mostPlaces, all.size()); ++at) {
        const EvidencePlace& place = all[at];
        form.addLink(iconOf(Sign::Source), placeText(place.span),
                     place.times > 1 ? tr("%1 times").arg(place.times) : QString(),
                     [&session, span = place.span] { session.requestSource(span); });
    }
    if (all.size() > mostPlaces)
        form.addNote(tr("and %1 more").arg(all.size() - mostPlaces));
}

void addEntityLink(InspectorForm& form, Session& session, const EntityRef& entity,
                   const QString& right)
{
    form.addLink(iconOf(signOf(entity.kind)), session.nameOf(entity), right,
                 [&session, entity] { session.select(entity); });
}

QString commit(Session& session, const Result<Edit>& edit)
{
    if (!edit)
        return shown(edit.error().message);
    return session.apply(edit) ? QString() : tr("The map was not changed.");
}

}  // namespace portolan::ui
