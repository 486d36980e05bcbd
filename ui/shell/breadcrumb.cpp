// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/breadcrumb.h"

#include "ui/base/plain_label.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/session/session.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace portolan::ui {
namespace {

constexpr int longest = 40;
constexpr std::size_t mostSiblings = 60;

EntityRef refOf(EntityKind kind, std::string id)
{
    return {kind, std::move(id)};
}

void addDomain(const Session& session, const DomainId& id, std::vector<Crumb>& crumbs)
{
    const Domain* domain = session.map().domain(id);
    if (!domain)
        return;
    Crumb crumb{shown(domain->name), refOf(EntityKind::Domain, id.text), {}};
    for (const Domain& other : session.map().domains)
        if (other.parent == domain->parent)
            crumb.siblings.push_back(refOf(EntityKind::Domain, other.id.text));
    crumbs.push_back(std::move(crumb));
}

void addContext(const Session& session, const ContextId& id, std::vector<Crumb>& crumbs)
{
    const BoundedContext* context = session.map().context(id);
    if (!context)
        return;
    const DomainId domain = context->domains.empty() ? DomainId() : context->domains.front();
    addDomain(session, domain, crumbs);
    Crumb crumb{shown(context->name), refOf(EntityKind::BoundedContext, id.text), {}};
    for (const BoundedContext& other : session.map().contexts)
        if ((other.domains.empty() ? DomainId() : other.domains.front()) == domain)
            crumb.siblings.push_back(refOf(EntityKind::BoundedContext, other.id.text));
    crumbs.push_back(std::move(crumb));
}

void addProduct(const Session& session, const EntityRef& entity, std::vector<Crumb>& crumbs)
{
    const DataProduct* product = session.map().product(ProductId(entity.id));
    if (!product)
        return;
    addContext(session, product->owner, crumbs);
    Crumb crumb{shown(product->name), entity, {}};
    for (const DataProduct* other : session.map().productsOf(product->owner))
        crumb.siblings.push_back(refOf(EntityKind::DataProduct, other->id.text));
    crumbs.push_back(std::move(crumb));
}

}  // namespace

std::vector<Crumb> crumbsOf(const Session& session, const std::optional<EntityRef>& entity)
{
    std::vector<Crumb> crumbs;
    if (!session.document())
        return {Crumb{Breadcrumb::tr("Welcome"), std::nullopt, {}}};
    const std::string& name = session.map().name;
    crumbs.push_back({name.empty() ? Breadcrumb::tr("Untitled map") : shown(name), {}, {}});
    if (!entity)
        return crumbs;
    switch (entity->kind) {
    case EntityKind::Domain:
        addDomain(session, DomainId(entity->id), crumbs);
        break;
    case EntityKind::BoundedContext:
        addContext(session, ContextId(entity->id), crumbs);
        break;
    case EntityKind::DataProduct:
        addProduct(session, *entity, crumbs);
        break;
    case EntityKind::Term:
        addContext(session, ContextId(entity->id.substr(0, entity->id.find('/'))), crumbs);
        crumbs.push_back({session.nameOf(*entity), *entity, {}});
        break;
    default:
        crumbs.push_back({session.nameOf(*entity), *entity, {}});
    }
    return crumbs;
}

Breadcrumb::Breadcrumb(Session* session, QWidget* parent) : QWidget(parent), m_session(session)
{
    setObjectName(QStringLiteral("breadcrumb"));
    setAccessibleName(tr("Where the selection stands"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->setSpacing(0);
    for (const auto signal : {&Session::mapChanged, &Session::selectionChanged})
        connect(session, signal, this, &Breadcrumb::refresh);
    refresh();
}

void Breadcrumb::refresh()
{
    while (QLayoutItem* item = layout()->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    const auto& selection = m_session->selection();
    const std::vector<Crumb> crumbs =
        crumbsOf(*m_session, selection.empty() ? std::nullopt : std::optional(selection.front()));
    for (std::size_t at = 0; at < crumbs.size(); ++at)
        add(crumbs[at], at + 1 == crumbs.size());
}

void Breadcrumb::add(const Crumb& crumb, bool isLast)
{
    auto* button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFont(fontOf(isLast ? FontRole::BodyStrong : FontRole::Body));
    button->setText(withoutMnemonics(shown(crumb.text, longest)));
    button->setAccessibleName(crumb.text);
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, this, [this, crumb, button] {
        if (crumb.siblings.size() > 1)
            showSiblings(crumb, button->mapToGlobal(QPoint(0, button->height())));
        else if (crumb.entity)
            m_session->select(*crumb.entity);
        else
            m_session->clearSelection();
    });
    layout()->addWidget(button);
    if (!isLast) {
        auto* divider = new PlainLabel(QStringLiteral("\u203a"), this);
        divider->setMuted(true);
        layout()->addWidget(divider);
    }
}

void Breadcrumb::showSiblings(const Crumb& crumb, const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Beside %1").arg(crumb.text));
    for (std::size_t number = 0; number < std::min(mostSiblings, crumb.siblings.size()); ++number) {
        const EntityRef sibling = crumb.siblings[number];
        QAction* action = menu->addAction(withoutMnemonics(m_session->nameOf(sibling)), this,
                                          [this, sibling] { m_session->select(sibling); });
        action->setCheckable(true);
        action->setChecked(crumb.entity == sibling);
    }
    menu->popup(at);
}

}  // namespace portolan::ui
