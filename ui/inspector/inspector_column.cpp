// SPDX-License-Identifier: Apache-2.0
// The inspector's page of a column: what it means, what it comes from and goes to, and how.
#include "model/base/ascii_text.h"
#include "model/estate/column_edge_kind.h"
#include "model/estate/entity_keys.h"

#include "ui/base/text.h"
#include "ui/base/words.h"
#include "ui/inspector/inspector_form.h"
#include "ui/inspector/inspector_pages.h"
#include "ui/session/session.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace portolan::ui {
namespace {

constexpr std::size_t mostListed = 40;

QString tr(const char* text)
{
    return QCoreApplication::translate("portolan::ui::Inspector", text);
}

// What contracts promise of it, by the same name in any case.
std::vector<const Field*> fieldsOf(const Estate& estate, const Column& column)
{
    std::vector<const Field*> found;
    const std::string name = lowerCase(column.name);
    for (const SchemaObject& object : estate.objects) {
        if (object.dataset != column.dataset)
            continue;
        for (const FieldIndex field : object.fields) {
            if (lowerCase(estate.fields[field.value].path) == name)
                found.push_back(&estate.fields[field.value]);
        }
    }
    return found;
}

void addPromises(InspectorForm& form, Session& session, const std::vector<const Field*>& fields)
{
    if (fields.empty())
        return;
    const Estate& estate = *session.estate();
    form.beginSection(tr("Promised by"), QString::number(fields.size()));
    for (const Field* field : fields) {
        const Contract& contract =
            estate.contracts[estate.objects[field->object.value].contract.value];
        addEntityLink(form, session, {EntityKind::Contract, contract.key()},
                      shown(field->classification));
        if (!field->description.empty())
            form.addNote(shownLines(toQString(field->description)));
    }
}

// Where it is said to come from, or to go to: other columns with the kind of each edge, and the expression where it is known.
void addEnds(InspectorForm& form, Session& session, const QString& title, ColumnIndex column,
             ColumnIndex ColumnEdge::*mine, ColumnIndex ColumnEdge::*other)
{
    const Estate& estate = *session.estate();
    std::vector<const ColumnEdge*> edges;
    for (const ColumnEdge& edge : estate.columnEdges) {
        if (edge.*mine == column)
            edges.push_back(&edge);
    }
    std::stable_sort(edges.begin(), edges.end(),
                     [](const ColumnEdge* a, const ColumnEdge* b) { return a->flow < b->flow; });
    form.beginSection(title, QString::number(edges.size()));
    for (std::size_t i = 0; i < std::min(mostListed, edges.size()); ++i) {
        const ColumnEdge& edge = *edges[i];
        const ColumnEdgeKind kind = kindOf(estate, edge);
        const Column& end = estate.columns[(edge.*other).value];
        const EntityRef entity{EntityKind::Column, columnKey(estate, edge.*other)};
        form.addLink(iconOf(Sign::Column),
                     shown(std::string(estate.datasets[end.dataset.value].name()) + "." + end.name),
                     kind == ColumnEdgeKind::Unknown ? QString() : shown(toString(kind)),
                     [&session, entity] { session.select(entity); });
        if (!edge.expression.empty())
            form.addNote(shown(edge.expression, 300));
    }
    if (edges.size() > mostListed)
        form.addNote(tr("and %1 more").arg(edges.size() - mostListed));
    if (edges.empty())
        form.addNote(tr("No column lineage was seen."));
}

}  // namespace

bool fillColumn(InspectorForm& form, Session& session, const EntityRef& entity)
{
    const Estate& estate = *session.estate();
    const ColumnIndex index = columnByKey(estate, entity.id);
    if (!index.isValid()) {
        form.setTitle(iconOf(Sign::Column), session.nameOf(entity), tr("Column, not observed"));
        form.addNote(tr("Nothing that was imported speaks of it."));
        return true;
    }
    const Column& column = estate.columns[index.value];
    const Dataset& dataset = estate.datasets[column.dataset.value];
    const std::vector<const Field*> fields = fieldsOf(estate, column);
    const bool isKey = std::any_of(fields.begin(), fields.end(),
                                   [](const Field* field) { return field->keyPosition > 0; });
    QStringList kind = {wordOf(entity.kind)};
    if (!column.type.empty())
        kind.append(shown(column.type, 60));
    if (isKey)
        kind.append(tr("key"));
    form.setTitle(iconOf(Sign::Column), shown(column.name, 200),
                  kind.join(QStringLiteral(" \u00b7 ")));
    form.beginSection(tr("General"));
    addEntityLink(form, session, {EntityKind::Dataset, dataset.key()}, tr("dataset"));
    const ContextId& owner = session.ownership().datasetOwner[column.dataset.value];
    if (!owner.isEmpty())
        addEntityLink(form, session, {EntityKind::BoundedContext, owner.text}, tr("owner"));
    form.addFact(tr("Path"), shown(dataset.path));
    form.addFact(tr("Description"), shownLines(toQString(column.description)));
    addPromises(form, session, fields);
    addEnds(form, session, tr("Comes from"), index, &ColumnEdge::to, &ColumnEdge::from);
    addEnds(form, session, tr("Goes to"), index, &ColumnEdge::from, &ColumnEdge::to);
    addObservedEvidence(form, session, column.evidence);
    return true;
}

}  // namespace portolan::ui
