// SPDX-License-Identifier: Apache-2.0
// The edits of the context map view: what each gesture makes of the map. Each is one undo step.
#include "ui/views/context_map/context_map_view.h"

#include "model/map/refactorings.h"

#include "ui/base/text.h"
#include "ui/session/removal.h"
#include "ui/session/session.h"
#include "ui/views/context_map/edit_tools.h"
#include "ui/views/context_map/map_filter.h"
#include "ui/views/context_map/placement_guard.h"
#include "model/analysis/map_drift/likely_relationship.h"
#include "ui/views/context_map/relationship_form.h"
#include "ui/views/context_map/selection.h"
#include "ui/views/context_map/title_field.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QUndoStack>

#include <algorithm>
#include <cmath>

namespace portolan::ui {
namespace {

constexpr double grid = 8;
constexpr double cardMiddleX = 98;  // a new card's middle is where the person pointed
constexpr double cardMiddleY = 37;
constexpr double editableZoom = 0.6;  // below it a title cannot be edited in its place

EntityRef contextRef(const std::string& id)
{
    return {EntityKind::BoundedContext, id};
}

// "New context", "New context 2" ...
std::string freeName(const ContextMap& map, const QString& wished)
{
    const auto isTaken = [&map](const std::string& name) {
        return std::any_of(map.contexts.begin(), map.contexts.end(),
                           [&](const BoundedContext& context) { return context.name == name; });
    };
    std::string name = toStdString(wished);
    for (int number = 2; isTaken(name); ++number)
        name = toStdString(wished) + " " + std::to_string(number);
    return name;
}

// A place beside what the entity shows, in widget coordinates.
QPoint besideEdge(const Canvas& canvas, const EntityRef& entity)
{
    const int number = canvas.chart().edge(entity);
    if (number < 0)
        return canvas.rect().center();
    const RoutedEdge& edge = canvas.layout().edges[static_cast<std::size_t>(number)];
    if (edge.labelForm != LabelForm::Hidden)
        return canvas.toWidget({edge.label.x, edge.label.y + edge.label.height + 6}).toPoint();
    if (edge.points.empty())
        return canvas.rect().center();
    const Point middle = edge.points[edge.points.size() / 2];
    return canvas.toWidget({middle.x + 6, middle.y + 6}).toPoint();
}

}  // namespace

void ContextMapView::place(const std::vector<std::pair<EntityRef, Point>>& places)
{
    std::vector<std::pair<EntityRef, Point>> inMap;
    for (const auto& [entity, at] : places) {
        if (m_ownPlaces)
            (*m_ownPlaces)[entity] = at;
        else if (m_filter->isGroup(entity))
            m_automatic[entity] = at;  // of this picture: the map knows no collapsed domains
        else
            inMap.emplace_back(entity, at);
    }
    if (inMap.empty())
        refresh();
    else if (m_placement->refuses() || !m_tools->drop(inMap, m_chart, m_layout))
        showShape();  // back to where they stood
}

// Where the layout has put them, as if a person had done it.
void ContextMapView::placeAsLaidOut(const std::vector<ContextId>& contexts)
{
    std::vector<std::pair<ContextId, Position>> places;
    for (const ContextId& id : contexts) {
        // Places of a focus are its own; what is out of sight stays where it was seen last.
        const auto known = m_automatic.find(contextRef(id.text));
        if (known != m_automatic.end())
            places.emplace_back(id, Position{known->second.x, known->second.y});
    }
    if (!places.empty())
        m_session->apply(placeContexts(*m_session->document(), places));
}

void ContextMapView::arrange()
{
    if (!m_session->document())
        return;
    std::vector<EntityRef> cards = m_canvas->selection();
    std::erase_if(cards, [this](const EntityRef& card) { return m_chart.node(card) < 0; });
    const bool isAll = cards.empty() || cards.size() == m_chart.nodes.size();
    if (cards.empty()) {
        for (const ChartNode& node : m_chart.nodes)
            cards.push_back(node.entity);
    }
    if (m_ownPlaces) {
        for (const EntityRef& card : cards)
            m_ownPlaces->erase(card);
        m_fitsNext = isAll;
        refresh();
        return;
    }
    const std::vector<ContextId> ids = m_placement->movable(partsOf(cards).contexts);
    if (ids.empty() && m_placement->refuses())
        return;
    for (const EntityRef& card : cards) {
        if (m_filter->isGroup(card))
            m_automatic.erase(card);
    }
    for (const ContextId& id : ids)
        m_automatic.erase(contextRef(id.text));
    m_fitsNext = isAll;
    const Result<Edit> edit = unplaceContexts(*m_session->document(), ids);
    if (edit && edit->changesNothing())
        refresh();  // nobody had placed them: the layout is all there is to do
    else
        m_session->apply(edit);
}

void ContextMapView::addContextInSight()
{
    const QPointF at = m_canvas->toChart(QRectF(m_canvas->rect()).center());
    rename(addContext({at.x(), at.y()}, {EntityKind::Domain, {}}));
}

EntityRef ContextMapView::addContext(const Point& at, const EntityRef& region)
{
    if (!m_session->document())
        return {};
    const Position corner{std::round((at.x - cardMiddleX) / grid) * grid,
                          std::round((at.y - cardMiddleY) / grid) * grid};
    const std::string name = freeName(m_session->map(), tr("New context"));
    const DomainId domain(region.kind == EntityKind::Domain ? region.id : std::string());
    const std::string id =
        m_session->apply(portolan::addContext(*m_session->document(), name, domain, corner));
    setMode(CanvasMode::Select);
    if (id.empty())
        return {};
    m_session->select(contextRef(id));
    m_filter->makeSure(contextRef(id));
    return contextRef(id);
}

// The new card first, as one step; its relationship is another, and may be given up without it.
void ContextMapView::connectToNew(const EntityRef& from, const Point& at)
{
    const QPointF onScreen = m_canvas->toWidget({at.x, at.y});
    const CanvasHit under = m_canvas->hitAt(onScreen);
    const EntityRef made = addContext(at, under.entity);
    if (made.id.empty())
        return;
    m_renameAfterForm = made;
    askRelationship(from, made, m_canvas->mapToGlobal(onScreen.toPoint()));
}

void ContextMapView::askRelationship(const EntityRef& from, const EntityRef& to,
                                     const QPoint& globalPos)
{
    if (m_filter->isGroup(from) || m_filter->isGroup(to))
        m_session->raiseMessage(
            tr("A collapsed domain has no relationships of its own. Expand it (E) first."));
    else if (m_session->document() && from != to)
        openForm(likelyRelationship(m_session->map(), *m_session->estate(), m_session->drift(),
                                    ContextId(from.id), ContextId(to.id)),
                 m_canvas->mapFromGlobal(globalPos));
    setMode(CanvasMode::Select);
    if (!m_form->isHidden())
        m_form->setFocus();
}

void ContextMapView::editRelationship(const EntityRef& entity)
{
    const QPoint at = besideEdge(*m_canvas, entity);
    if (isUndeclaredId(entity.id)) {
        const auto [upstream, downstream] = undeclaredEnds(entity.id);
        openForm(likelyRelationship(m_session->map(), *m_session->estate(), m_session->drift(),
                                    ContextId(upstream), ContextId(downstream)),
                 at);
    } else if (const Relationship* known =
                   m_session->map().relationship(RelationshipId(entity.id))) {
        openForm(*known, at);
    }
}

void ContextMapView::openForm(const Relationship& relationship, const QPoint& at)
{
    m_titleField->dismiss();
    m_form->open(m_session->map(), m_session->estate(), relationship, at);
}

void ContextMapView::declare(const Relationship& relationship)
{
    if (!m_session->document())
        return;
    if (!relationship.id.isEmpty()) {
        m_session->apply(changeRelationship(*m_session->document(), relationship.id, relationship));
        return;
    }
    const std::string id = m_session->apply(addRelationship(*m_session->document(), relationship));
    if (!id.empty() && !m_renameAfterForm)
        m_session->select({EntityKind::Relationship, id});
}

void ContextMapView::connectSelected()
{
    const std::vector<ContextId> ids = partsOf(m_canvas->selection()).contexts;
    if (ids.empty())
        return;
    m_canvas->setFocus(Qt::ShortcutFocusReason);
    m_canvas->startConnecting(contextRef(ids.front().text));
    m_session->raiseMessage(tr("Arrow keys choose the other context, Enter connects, Esc ends."));
}

void ContextMapView::declareSelected()
{
    const std::vector<std::string> ids = partsOf(m_canvas->selection()).relationships;
    if (!ids.empty())
        editRelationship({EntityKind::Relationship, ids.front()});
}

void ContextMapView::renameSelected()
{
    if (!m_canvas->selection().empty())
        rename(m_canvas->selection().front());
}

void ContextMapView::rename(const EntityRef& entity)
{
    const ContextMap& map = m_session->map();
    const BoundedContext* context =
        entity.kind == EntityKind::BoundedContext ? map.context(ContextId(entity.id)) : nullptr;
    const Domain* domain =
        entity.kind == EntityKind::Domain ? map.domain(DomainId(entity.id)) : nullptr;
    if (!context && !domain)
        return;
    const auto box = m_canvas->rectOf(entity);
    if (!box) {
        m_renameNext = entity;  // it is being laid out
        return;
    }
    if (m_canvas->zoom() < editableZoom)
        m_canvas->setZoom(1, box->center());
    m_canvas->reveal(entity);
    const auto title = m_canvas->titleRectOf(entity);
    if (!title)
        return;
    m_titleField->placeOver(*title, m_canvas->titleFont());
    m_titleField->open(entity, toQString(context ? context->name : domain->name));
}

QString ContextMapView::takeName(const EntityRef& entity, const QString& name)
{
    const MapDocument* document = m_session->document();
    if (!document)
        return {};
    const std::string text = toStdString(name);
    const Result<Edit> edit = entity.kind == EntityKind::Domain
                                  ? renameDomain(*document, DomainId(entity.id), text)
                                  : renameContext(*document, ContextId(entity.id), text);
    if (!edit)
        return shown(edit.error().message, 300);
    m_session->apply(edit);
    return {};
}

void ContextMapView::removeSelected()
{
    askAndRemove(*m_session, m_canvas->selection(), this);
}

void ContextMapView::selectAll()
{
    std::vector<EntityRef> all;
    for (const ChartNode& node : m_chart.nodes)
        all.push_back(node.entity);
    m_session->setSelection(m_filter->meant(all));
}

void ContextMapView::copySelected()
{
    const QString text = copiedText(*m_session, m_chart);
    if (text.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(text);
    m_session->raiseMessage(tr("Copied as text, with its places."));
}

}  // namespace portolan::ui
