// SPDX-License-Identifier: Apache-2.0
// The context menus of the context map view: each entry names what it does, and its key where it has one.
#include "ui/views/context_map/context_map_view.h"

#include "ui/base/text.h"
#include "ui/problems/quick_fix_menu.h"
#include "ui/session/session.h"
#include "ui/views/context_map/edit_tools.h"
#include "ui/views/context_map/map_filter.h"
#include "ui/views/context_map/placement_guard.h"
#include "ui/views/context_map/refactor_menu.h"
#include "ui/views/context_map/selection.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr int mostNameLetters = 60;

QString menuName(const std::string& name)
{
    return withoutMnemonics(shown(name, mostNameLetters));
}

}  // namespace

void ContextMapView::showMenu(const CanvasHit& hit, const QPoint& globalPos, const Point& at)
{
    if (!m_session->document())
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("contextMapMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (hit.kind == CanvasHit::Kind::Edge)
        fillRelationshipMenu(*menu, hit.entity);
    else if (hit.kind == CanvasHit::Kind::Nothing)
        fillGroundMenu(*menu, at);
    else if (hit.entity.kind == EntityKind::Domain)
        fillRegionMenu(*menu, hit.entity, at);
    else
        fillContextMenu(*menu, hit.entity);
    quickFixMenu(*menu, *m_session, findingsAt(*m_session, hit.entity));
    menu->popup(globalPos);
}

void ContextMapView::fillContextMenu(QMenu& menu, const EntityRef& entity)
{
    const ContextId id(entity.id);
    if (!m_session->map().context(id))
        return;
    menu.addAction(tr("Open"), this, [this, entity] { emit openRequested(entity); });
    menu.addActions({m_rename, m_connect});
    menu.addSeparator();
    // Of all that are selected, when this is one of them.
    std::vector<ContextId> ids = partsOf(m_session->selection()).contexts;
    if (std::find(ids.begin(), ids.end(), id) == ids.end())
        ids = {id};
    m_tools->addPropertyMenus(menu, ids);
    m_tools->addArrangeMenu(menu);
    addRefactorings(menu, *m_session, m_session->selection(), this);
    menu.addSeparator();
    menu.addActions(m_tools->actions());
    menu.addActions({m_copy, m_arrange});
    menu.addSeparator();
    m_filter->addCardMenu(menu);
    menu.addAction(m_dim);
    menu.addSeparator();
    menu.addAction(m_remove);
}

void ContextMapView::fillRelationshipMenu(QMenu& menu, const EntityRef& entity)
{
    if (isStandInId(entity.id)) {
        menu.addAction(tr("Show what it stands for"), this,
                       [this, entity] { m_filter->open(entity); });
        return;
    }
    menu.addAction(m_declare);
    const RelationshipId id(entity.id);
    const Relationship* relationship = m_session->map().relationship(id);
    menu.addSeparator();
    menu.addActions({m_filter->focusAction(), m_dim, m_copy});
    if (!relationship)
        return;
    menu.addSeparator();
    addRefactorings(menu, *m_session, m_session->selection(), this);
    menu.addAction(m_remove);
}

void ContextMapView::fillRegionMenu(QMenu& menu, const EntityRef& region, const Point& at)
{
    const Domain* domain = m_session->map().domain(DomainId(region.id));
    if (!domain)
        return;
    const QString name = menuName(domain->name.empty() ? domain->id.text : domain->name);
    menu.addAction(tr("Add context to %1").arg(name), this,
                   [this, region, at] { rename(addContext(at, region)); });
    menu.addAction(m_rename);
    menu.addAction(tr("Select its contexts"), this, [this, id = domain->id] {
        std::vector<EntityRef> contexts;
        for (const BoundedContext& context : m_session->map().contexts) {
            if (!context.domains.empty() && context.domains.front() == id)
                contexts.push_back({EntityKind::BoundedContext, context.id.text});
        }
        m_session->setSelection(std::move(contexts));
    });
    menu.addSeparator();
    m_filter->addDomainMenu(menu, region);
    menu.addSeparator();
    menu.addAction(m_copy);
    menu.addSeparator();
    menu.addAction(m_remove);
}

void ContextMapView::fillGroundMenu(QMenu& menu, const Point& at)
{
    menu.addAction(tr("Add context here"), this, [this, at] {
        rename(addContext(at, {EntityKind::Domain, {}}));
    });
    menu.addActions(m_tools->actions().mid(2, 1));  // paste
    menu.addAction(m_selectAll);
    menu.addSeparator();
    menu.addActions({m_showDeclared, m_showObserved, m_showTable, m_showLegend});
    menu.addSeparator();
    menu.addActions({m_arrange, m_placement->lockAction(), m_fit});
    menu.addAction(m_copyPicture);
    menu.addAction(tr("Export map…"), m_export, &QAction::trigger);
}

}  // namespace portolan::ui
