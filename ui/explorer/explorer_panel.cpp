// SPDX-License-Identifier: Apache-2.0
#include "ui/explorer/explorer_panel.h"

#include "ui/base/empty_state.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/explorer/explorer_delegate.h"
#include "ui/explorer/explorer_model.h"
#include "ui/session/map_commands.h"
#include "ui/session/removal.h"
#include "ui/session/session.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr int refreshDelayMs = 120;  // after a letter of the filter

QString addText(EntityKind kind)
{
    switch (kind) {
    case EntityKind::Domain:
        return ExplorerPanel::tr("Add &domain");
    case EntityKind::BoundedContext:
        return ExplorerPanel::tr("Add &context");
    case EntityKind::Team:
        return ExplorerPanel::tr("Add &team");
    case EntityKind::Term:
        return ExplorerPanel::tr("Add t&erm");
    case EntityKind::DataProduct:
        return ExplorerPanel::tr("Add &product");
    default:
        return {};
    }
}

}  // namespace

ExplorerPanel::ExplorerPanel(Session* session, QWidget* parent)
    : QWidget(parent), m_session(session)
{
    m_open = {QStringLiteral("\ndomains")};
    createWidgets();
    connectSession();
    refresh();
}

void ExplorerPanel::createWidgets()
{
    setObjectName(QStringLiteral("explorer"));
    setAccessibleName(tr("Explorer"));
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(QStringLiteral("explorerFilter"));
    m_filter->setPlaceholderText(tr("Filter the tree"));
    m_filter->setAccessibleName(tr("Filter the tree"));
    m_filter->setClearButtonEnabled(true);

    m_model = new ExplorerModel(this);
    m_tree = new QTreeView(this);
    m_tree->setObjectName(QStringLiteral("explorerTree"));
    m_tree->setAccessibleName(tr("Domains, contexts, products and everything else"));
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new ExplorerDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(14);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setMouseTracking(true);

    auto* empty =
        new EmptyState(Sign::Domain, tr("No estate yet"),
                       tr("Domains, contexts and products appear here after an import."), this);
    empty->setObjectName(QStringLiteral("explorerEmpty"));

    auto* stackHolder = new QWidget(this);
    m_stack = new QStackedLayout(stackHolder);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_tree);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 0);
    layout->setSpacing(8);
    layout->addWidget(m_filter);
    layout->addWidget(stackHolder, 1);

    auto* removeAction = new QAction(tr("Remove"), m_tree);
    removeAction->setShortcut(QKeySequence::Delete);
    removeAction->setShortcutContext(Qt::WidgetShortcut);
    m_tree->addAction(removeAction);
    connect(removeAction, &QAction::triggered, this,
            [this] { askAndRemove(*m_session, m_session->selection(), this); });
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        QMenu* menu = menuFor(m_tree->indexAt(at));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        if (menu->isEmpty())
            menu->deleteLater();
        else
            menu->popup(m_tree->viewport()->mapToGlobal(at));
    });
    m_refreshTimer.setSingleShot(true);
    connect(&m_refreshTimer, &QTimer::timeout, this, &ExplorerPanel::refresh);
    connect(m_filter, &QLineEdit::textChanged, this,
            [this] { m_refreshTimer.start(refreshDelayMs); });
    connect(m_filter, &QLineEdit::returnPressed, this,
            [this] { m_tree->setFocus(Qt::TabFocusReason); });
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ExplorerPanel::takeSelection);
    // Later, because the edit makes new rows while the editor is still at work on the old ones.
    connect(
        m_model, &ExplorerModel::renameRequested, this,
        [this](const EntityRef& entity, const QString& name) {
            renameInMap(*m_session, entity, toStdString(name.trimmed()));
        },
        Qt::QueuedConnection);
}

void ExplorerPanel::connectSession()
{
    // One refresh for all the changes of one turn of the event loop.
    const auto later = [this] { m_refreshTimer.start(0); };
    connect(m_session, &Session::mapChanged, this, later);
    connect(m_session, &Session::estateChanged, this, later);
    connect(m_session, &Session::findingsChanged, this, later);
    connect(m_session, &Session::selectionChanged, this, &ExplorerPanel::showSelection);
}

void ExplorerPanel::refresh()
{
    const auto* editor = m_tree->viewport()->findChild<QLineEdit*>();
    if (editor && editor->hasFocus()) {  // new rows would take it away
        m_refreshTimer.start(refreshDelayMs);
        return;
    }
    rememberOpen();
    const ExplorerContents contents{
        std::make_shared<const ContextMap>(m_session->map()), m_session->estate(),
        std::make_shared<const EstateOwnership>(m_session->ownership()), m_session->findings()};
    m_isFiltered = !m_filter->text().trimmed().isEmpty();
    const bool isAnything = m_session->document() || !contents.estate->sources.empty();
    m_stack->setCurrentIndex(isAnything ? 1 : 0);
    const int scrolled = m_tree->verticalScrollBar()->value();
    m_isShowingSelection = true;
    m_model->setRows(isAnything ? explorerRows(contents, toStdString(m_filter->text()))
                                : std::vector<ExplorerRow>());
    m_isShowingSelection = false;
    if (m_isFiltered)
        m_tree->expandAll();
    else
        reopen({});
    m_tree->verticalScrollBar()->setValue(scrolled);
    showSelection();
}

// While a filter is on everything is open, which says nothing about what a person has opened.
void ExplorerPanel::rememberOpen()
{
    if (m_isFiltered || m_model->rowCount() == 0)
        return;
    m_open.clear();
    std::vector<QModelIndex> parents = {QModelIndex()};
    while (!parents.empty()) {
        const QModelIndex parent = parents.back();
        parents.pop_back();
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex index = m_model->index(row, 0, parent);
            if (!m_tree->isExpanded(index))
                continue;
            m_open.insert(m_model->pathOf(index));
            parents.push_back(index);
        }
    }
}

void ExplorerPanel::reopen(const QModelIndex& parent)
{
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const QModelIndex index = m_model->index(row, 0, parent);
        if (!m_open.contains(m_model->pathOf(index)))
            continue;
        if (m_model->canFetchMore(index))
            m_model->fetchMore(index);
        m_tree->setExpanded(index, true);
        reopen(index);
    }
}

void ExplorerPanel::showSelection()
{
    if (m_isShowingSelection)
        return;
    m_isShowingSelection = true;
    QItemSelection selection;
    QModelIndex current;
    for (const EntityRef& entity : m_session->selection()) {
        const QModelIndex index = m_model->indexOf(entity);
        if (!index.isValid())
            continue;
        selection.select(index, index);
        if (!current.isValid())
            current = index;
    }
    m_tree->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (current.isValid()) {
        m_tree->selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
        m_tree->scrollTo(current);
    }
    m_isShowingSelection = false;
}

void ExplorerPanel::takeSelection()
{
    if (m_isShowingSelection)
        return;
    std::vector<EntityRef> selection;
    const QModelIndex current = m_tree->currentIndex();
    for (const QModelIndex& index : m_tree->selectionModel()->selectedIndexes()) {
        const ExplorerRow* row = m_model->row(index);
        if (!row->entity)
            continue;
        if (index == current)
            selection.insert(selection.begin(), *row->entity);
        else
            selection.push_back(*row->entity);
    }
    m_isShowingSelection = true;  // the answer would be what is selected here already
    m_session->setSelection(std::move(selection));
    m_isShowingSelection = false;
}

QMenu* ExplorerPanel::menuFor(const QModelIndex& index)
{
    auto* menu = new QMenu(this);
    const ExplorerRow* row = m_model->row(index);
    if (!m_session->document() || !row)
        return menu;
    const EntityRef under = row->entity.value_or(EntityRef());
    const auto offer = [&](EntityKind kind) {
        connect(menu->addAction(addText(kind)), &QAction::triggered, this,
                [this, kind, under] { add(kind, under); });
    };
    if (row->adds)
        offer(*row->adds);
    if (row->entity && row->entity->kind == EntityKind::BoundedContext && !row->isObserved)
        offer(EntityKind::Term);
    if (!row->entity)
        return menu;
    if (m_model->flags(index).testFlag(Qt::ItemIsEditable)) {
        connect(menu->addAction(tr("&Rename")), &QAction::triggered, this,
                [this, under] { editLater(under); });
        connect(menu->addAction(tr("Re&move")), &QAction::triggered, this,
                [this, under] { askAndRemove(*m_session, {under}, this); });
    } else if (row->entity->kind == EntityKind::Relationship) {
        connect(menu->addAction(tr("Re&move")), &QAction::triggered, this,
                [this, under] { askAndRemove(*m_session, {under}, this); });
    }
    return menu;
}

void ExplorerPanel::add(EntityKind kind, const EntityRef& under)
{
    const MapDocument* document = m_session->document();
    if (!document)
        return;
    EntityRef added{kind, {}};
    switch (kind) {
    case EntityKind::Domain:
        added.id = m_session->apply(addDomain(*document, toStdString(tr("New domain"))));
        break;
    case EntityKind::BoundedContext:
        added.id = m_session->apply(
            addContext(*document, toStdString(tr("New context")), DomainId(under.id)));
        break;
    case EntityKind::Team:
        added.id = m_session->apply(addTeam(*document, toStdString(tr("New team"))));
        break;
    case EntityKind::DataProduct:
        added.id = m_session->apply(addProduct(
            *document, ContextId(under.id), toStdString(tr("New product")), MapProductKind::State));
        break;
    case EntityKind::Term: {
        const std::string name = toStdString(tr("New term"));
        if (m_session->apply(addTerm(*document, ContextId(under.id), name, {})))
            added.id = under.id + "/" + name;
        break;
    }
    default:
        break;
    }
    if (added.id.empty())
        return;
    m_session->select(added);
    editLater(added);
}

// Once the tree has the row, which it makes after the edit.
void ExplorerPanel::editLater(const EntityRef& entity)
{
    refresh();
    const QModelIndex index = m_model->indexOf(entity);
    if (!index.isValid())
        return;
    m_tree->setFocus(Qt::OtherFocusReason);
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
    m_tree->edit(index);
}

}  // namespace portolan::ui
