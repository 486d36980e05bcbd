// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/context_map_view.h"

#include "model/layout/simple_layout.h"
#include "ui/base/empty_state.h"
#include "ui/base/icons.h"
#include "ui/base/plain_label.h"
#include "ui/base/segment.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/layout_task.h"
#include "ui/canvas/legend_row.h"
#include "ui/session/session.h"
#include "ui/views/context_map/relationship_form.h"
#include "ui/views/context_map/title_field.h"

#include <QAction>
#include <QActionGroup>
#include <QBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QUndoStack>

#include <algorithm>
#include <cmath>

namespace portolan::ui {
namespace {

// Up to here a chart is routed anew within a frame or two; a larger one goes to the helper.
constexpr std::size_t mostEdgesAtOnce = 120;

std::vector<ContextId> contextsOf(const std::vector<EntityRef>& selection)
{
    std::vector<ContextId> ids;
    for (const EntityRef& entity : selection) {
        if (entity.kind == EntityKind::BoundedContext)
            ids.emplace_back(entity.id);
    }
    return ids;
}

// What is inside a context is shown by its card.
EntityRef onCanvas(const EntityRef& entity, const ContextMap& map)
{
    if (entity.kind == EntityKind::DataProduct) {
        if (const DataProduct* product = map.product(ProductId(entity.id)))
            return {EntityKind::BoundedContext, product->owner.text};
    }
    if (entity.kind == EntityKind::Term)
        return {EntityKind::BoundedContext, entity.id.substr(0, entity.id.find('/'))};
    return entity;
}

}  // namespace

ContextMapView::ContextMapView(Session* session, QWidget* parent)
    : QWidget(parent), m_session(session), m_canvas(new Canvas(this)),
      m_legend(new LegendRow(this)), m_titleField(new TitleField(m_canvas)),
      m_form(new RelationshipForm(m_canvas)), m_layoutTask(new LayoutTask(this))
{
    setObjectName(QStringLiteral("contextMapView"));
    setAccessibleName(tr("Context map"));
    m_canvas->setAccessibleName(tr("Context map"));
    setFocusProxy(m_canvas);
    createActions();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(createViewBar());
    column->addWidget(m_canvas, 1);
    column->addWidget(m_legend);
    m_empty = new EmptyState(Sign::Context, QString(), QString(), m_canvas);
    m_empty->setObjectName(QStringLiteral("emptyContextMap"));
    connect(m_empty->addButton(tr("Add context")), &QPushButton::clicked, this,
            &ContextMapView::addContextInSight);
    m_empty->hide();
    connectCanvas();
    connectSession();
    startOver();
}

ContextMapView::~ContextMapView() = default;

bool ContextMapView::isLaidOut() const
{
    return !m_layoutTask->isRunning();
}

// ---- making

QAction* ContextMapView::makeAction(const QString& text, const char* name, const QKeySequence& key,
                                    void (ContextMapView::*slot)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    if (slot)
        connect(action, &QAction::triggered, this, slot);
    addAction(action);
    return action;
}

void ContextMapView::createActions()
{
    auto* modes = new QActionGroup(this);
    const auto mode = [&](const QString& text, const char* name, CanvasMode which) {
        QAction* action = makeAction(text, name, {}, nullptr);
        action->setCheckable(true);
        modes->addAction(action);
        connect(action, &QAction::triggered, this, [this, which] { setMode(which); });
        return action;
    };
    m_selectMode = mode(tr("Select"), "mapSelectMode", CanvasMode::Select);
    m_connectMode = mode(tr("Connect"), "mapConnectMode", CanvasMode::Connect);
    m_addMode = mode(tr("Add context"), "mapAddMode", CanvasMode::Add);
    m_selectMode->setChecked(true);

    const auto toggle = [this](const QString& text, const char* name) {
        QAction* action = makeAction(text, name, {}, nullptr);
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, this, &ContextMapView::refresh);
        return action;
    };
    m_showDeclared = toggle(tr("Declared"), "mapShowDeclared");
    m_showObserved = toggle(tr("Observed"), "mapShowObserved");

    m_arrange = makeAction(tr("Arrange"), "mapArrange", {}, &ContextMapView::arrange);
    m_arrange->setIcon(iconOf(Sign::Arrange));
    m_rename = makeAction(tr("Rename"), "mapRename", {}, &ContextMapView::renameSelected);
    m_remove = makeAction(tr("Remove"), "mapRemove", QKeySequence::Delete,
                          &ContextMapView::removeSelected);
    m_connect = makeAction(tr("Connect to another context"), "mapConnect", Qt::Key_C,
                           &ContextMapView::connectSelected);
    m_focus = makeAction(tr("Focus on the selection"), "mapFocus", Qt::Key_F, nullptr);
    m_focus->setCheckable(true);
    connect(m_focus, &QAction::toggled, m_canvas, &Canvas::setDimmed);
    m_showLegend = makeAction(tr("Legend"), "mapLegend", Qt::Key_L, nullptr);
    m_showLegend->setCheckable(true);
    m_showLegend->setChecked(true);
    connect(m_showLegend, &QAction::toggled, m_legend, &QWidget::setVisible);
    connect(m_legend, &LegendRow::closed, this, [this] { m_showLegend->setChecked(false); });
}

namespace {

// The bar above a view, on the panel colour.
class ViewBar : public QWidget {
public:
    explicit ViewBar(QWidget* parent) : QWidget(parent)
    {
        setFixedHeight(metrics::viewBarHeight + 2);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = themeOf(*this);
        QPainter painter(this);
        painter.fillRect(rect(), theme.panel);
        painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
    }
};

}  // namespace

QWidget* ContextMapView::createViewBar()
{
    auto* bar = new ViewBar(this);
    bar->setObjectName(QStringLiteral("viewBar"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(10, 0, 10, 0);
    row->setSpacing(10);
    auto* modes = new Segment(tr("Mode"), bar);
    for (QAction* action : {m_selectMode, m_connectMode, m_addMode})
        modes->addButton(action);
    row->addWidget(modes);
    row->addSpacing(12);
    auto* label = new PlainLabel(tr("Show"), bar);
    label->setRole(FontRole::Secondary);
    label->setMuted(true);
    row->addWidget(label);
    auto* show = new Segment(tr("Show"), bar);
    show->addButton(m_showDeclared, true);
    show->addButton(m_showObserved, true);
    row->addWidget(show);
    row->addStretch(1);
    auto* arrange = new QToolButton(bar);
    arrange->setDefaultAction(m_arrange);
    arrange->setObjectName(QStringLiteral("mapArrangeButton"));
    arrange->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    arrange->setAutoRaise(true);
    setPlainToolTip(arrange, tr("Lay out the selected cards anew, or all of them"));
    row->addWidget(arrange);
    return bar;
}

void ContextMapView::connectCanvas()
{
    connect(m_canvas, &Canvas::selectionRequested, m_session, &Session::setSelection);
    connect(m_canvas, &Canvas::nodesMoved, this, &ContextMapView::place);
    connect(m_canvas, &Canvas::addRequested, this, &ContextMapView::addContext);
    connect(m_canvas, &Canvas::connectRequested, this, &ContextMapView::askRelationship);
    connect(m_canvas, &Canvas::connectedToNothing, this,
            [this](const EntityRef& from, const Point& at) {
                addContext(at, {EntityKind::Domain, {}});
                if (!m_session->selection().empty() && m_session->selection().front() != from)
                    askRelationship(
                        from, m_session->selection().front(),
                        m_canvas->mapToGlobal(m_canvas->toWidget({at.x, at.y}).toPoint()));
            });
    connect(m_canvas, &Canvas::renameRequested, this, &ContextMapView::rename);
    connect(m_canvas, &Canvas::activated, this, &ContextMapView::openRequested);
    connect(m_canvas, &Canvas::menuRequested, this, &ContextMapView::showMenu);
    connect(m_canvas, &Canvas::escaped, this, [this] {
        if (m_canvas->mode() != CanvasMode::Select)
            setMode(CanvasMode::Select);
        else
            m_session->clearSelection();
    });
    // What floats over the canvas would stand beside its card.
    connect(m_canvas, &Canvas::zoomChanged, m_titleField, [this] { m_titleField->hide(); });
    connect(m_titleField, &TitleField::renamed, this, &ContextMapView::takeName);
    connect(m_titleField, &TitleField::closed, this, [this] { m_canvas->setFocus(); });
    connect(m_form, &RelationshipForm::accepted, this, &ContextMapView::declare);
    connect(m_form, &RelationshipForm::closed, this, [this] { m_canvas->setFocus(); });
    connect(m_layoutTask, &LayoutTask::finished, this, &ContextMapView::showLaidOut);
}

void ContextMapView::connectSession()
{
    connect(m_session, &Session::mapOpened, this, &ContextMapView::startOver);
    connect(m_session, &Session::mapChanged, this, &ContextMapView::refresh);
    connect(m_session, &Session::findingsChanged, this, &ContextMapView::refresh);
    connect(m_session, &Session::estateChanged, this, &ContextMapView::refresh);
    connect(m_session, &Session::selectionChanged, this, &ContextMapView::showSelection);
}

// ---- showing

void ContextMapView::startOver()
{
    m_automatic.clear();
    m_fitsNext = true;
    m_titleField->hide();
    m_form->hide();
    refresh();
    showSelection();
}

void ContextMapView::refresh()
{
    ContextMapChartOptions options;
    options.showDeclared = m_showDeclared->isChecked();
    options.showObserved = m_showObserved->isChecked();
    Chart chart = contextMapChart(m_session->map(), *m_session->estate(), m_session->drift(),
                                  m_session->findings(), options);
    LayoutRequest request = m_canvas->layoutRequest(chart);
    std::size_t unplaced = 0;
    // Cards that stand somewhere stay there; only new ones look for a place.
    for (std::size_t node = 0; node < chart.nodes.size(); ++node) {
        const auto known = m_automatic.find(chart.nodes[node].entity);
        if (!request.nodes[node].fixed && known != m_automatic.end())
            request.nodes[node].fixed = known->second;
        unplaced += request.nodes[node].fixed ? 0 : 1;
    }
    m_awaited = std::move(chart);
    const bool isSmall = request.edges.size() <= mostEdgesAtOnce;
    const bool isOneMore = unplaced == 1 && request.nodes.size() > 1;
    if (isSmall && (unplaced == 0 || isOneMore)) {
        m_layoutTask->cancel();
        std::vector<Point> wished =
            unplaced == 0 ? std::vector<Point>(request.nodes.size()) : simpleLayout(request);
        showLaidOut(completeLayout(request, std::move(wished)), QString());
        return;
    }
    if (unplaced == 0)
        request.engine = LayoutEngine::Simple;  // only routes are wanted
    m_layoutTask->start(std::move(request));
}

void ContextMapView::showLaidOut(const LayoutResult& layout, const QString& note)
{
    for (std::size_t node = 0; node < m_awaited.nodes.size(); ++node) {
        if (!m_awaited.nodes[node].place)
            m_automatic[m_awaited.nodes[node].entity] = layout.positions[node];
        else
            m_automatic.erase(m_awaited.nodes[node].entity);
    }
    m_legend->setChart(m_awaited);
    m_canvas->setChart(m_awaited, layout);
    if (m_fitsNext && !m_awaited.nodes.empty()) {
        m_fitsNext = false;
        m_canvas->fit();
    }
    showEmptyState();
    updateActions();
    if (!note.isEmpty())
        m_session->raiseMessage(note);
}

void ContextMapView::showEmptyState()
{
    const bool hasMap = m_session->document() != nullptr;
    m_empty->setWords(
        hasMap ? tr("This map has no contexts yet") : tr("No context map is open"),
        hasMap ? tr("Add the first one, or import what the organisation has.")
               : tr("Open a map or a folder from the File menu, or drop one onto the window."));
    for (QPushButton* button : m_empty->findChildren<QPushButton*>())
        button->setVisible(hasMap);
    m_empty->setGeometry(m_canvas->rect());
    m_empty->setVisible(m_canvas->chart().nodes.empty());
}

void ContextMapView::showSelection()
{
    std::vector<EntityRef> shown;
    for (const EntityRef& entity : m_session->selection())
        shown.push_back(onCanvas(entity, m_session->map()));
    m_canvas->setSelection(shown);
    updateActions();
}

void ContextMapView::updateActions()
{
    const std::vector<EntityRef>& selection = m_canvas->selection();
    const bool hasContexts = !contextsOf(selection).empty();
    m_connect->setEnabled(hasContexts);
    m_rename->setEnabled(hasContexts);
    m_remove->setEnabled(!selection.empty());
    const bool hasMap = m_session->document() != nullptr;
    for (QAction* action : {m_connectMode, m_addMode, m_arrange})
        action->setEnabled(hasMap);
}

void ContextMapView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_empty->setGeometry(m_canvas->rect());
}

void ContextMapView::setMode(CanvasMode mode)
{
    m_canvas->setMode(mode);
    QAction* action = mode == CanvasMode::Select    ? m_selectMode
                      : mode == CanvasMode::Connect ? m_connectMode
                                                    : m_addMode;
    action->setChecked(true);
    m_canvas->setFocus();
}

// ---- editing

void ContextMapView::place(const std::vector<std::pair<EntityRef, Point>>& places)
{
    if (!m_session->document())
        return;
    std::vector<std::pair<ContextId, Position>> positions;
    for (const auto& [entity, at] : places)
        positions.emplace_back(ContextId(entity.id), Position{at.x, at.y});
    if (!m_session->apply(placeContexts(*m_session->document(), positions)))
        refresh();
}

void ContextMapView::arrange()
{
    if (!m_session->document())
        return;
    std::vector<ContextId> ids = contextsOf(m_canvas->selection());
    if (ids.empty()) {
        for (const BoundedContext& context : m_session->map().contexts)
            ids.push_back(context.id);
    }
    for (const ContextId& id : ids)
        m_automatic.erase({EntityKind::BoundedContext, id.text});
    m_fitsNext = ids.size() == m_session->map().contexts.size();
    const Result<Edit> edit = unplaceContexts(*m_session->document(), ids);
    if (edit && edit->changesNothing())
        refresh();  // they had no places: the layout is all there is to do
    else
        m_session->apply(edit);
}

void ContextMapView::addContextInSight()
{
    const QPointF at = m_canvas->toChart(QRectF(m_canvas->rect()).center());
    addContext({at.x(), at.y()}, {EntityKind::Domain, {}});
}

void ContextMapView::addContext(const Point& at, const EntityRef& region)
{
    if (!m_session->document())
        return;
    // The card's middle is where the person pointed.
    const Position corner{std::round((at.x - 98) / 8) * 8, std::round((at.y - 37) / 8) * 8};
    std::string name = toStdString(tr("New context"));
    const auto isTaken = [this](const std::string& wanted) {
        const std::vector<BoundedContext>& contexts = m_session->map().contexts;
        return std::any_of(contexts.begin(), contexts.end(),
                           [&](const BoundedContext& context) { return context.name == wanted; });
    };
    for (int number = 2; isTaken(name); ++number)
        name = toStdString(tr("New context %1").arg(number));
    const std::string id = m_session->apply(
        portolan::addContext(*m_session->document(), name, DomainId(region.id), corner));
    if (id.empty())
        return;
    setMode(CanvasMode::Select);
    const EntityRef made{EntityKind::BoundedContext, id};
    m_session->select(made);
    rename(made);
}

void ContextMapView::askRelationship(const EntityRef& from, const EntityRef& to,
                                     const QPoint& globalPos)
{
    if (!m_session->document())
        return;
    m_titleField->hide();
    Relationship wanted;
    wanted.upstream = ContextId(from.id);
    wanted.downstream = ContextId(to.id);
    const std::vector<const DataProduct*> products = m_session->map().productsOf(wanted.upstream);
    if (products.size() == 1)
        wanted.exposes = {products.front()->id};
    m_form->open(m_session->map(), wanted, m_canvas->mapFromGlobal(globalPos));
}

void ContextMapView::editRelationship(const RelationshipId& id, const QPoint& globalPos)
{
    if (const Relationship* relationship = m_session->map().relationship(id))
        m_form->open(m_session->map(), *relationship, m_canvas->mapFromGlobal(globalPos));
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
    if (!id.empty())
        m_session->select({EntityKind::Relationship, id});
}

void ContextMapView::reverse(const RelationshipId& id)
{
    const Relationship* known = m_session->map().relationship(id);
    if (!known)
        return;
    Relationship turned = *known;
    std::swap(turned.upstream, turned.downstream);
    turned.upstreamRoles.clear();
    turned.downstreamRoles.clear();
    turned.exposes.clear();
    turned.adopts.clear();
    m_session->apply(changeRelationship(*m_session->document(), id, turned));
}

void ContextMapView::connectSelected()
{
    const std::vector<ContextId> ids = contextsOf(m_canvas->selection());
    if (!ids.empty())
        m_canvas->startConnecting({EntityKind::BoundedContext, ids.front().text});
}

void ContextMapView::renameSelected()
{
    const std::vector<ContextId> ids = contextsOf(m_canvas->selection());
    if (!ids.empty())
        rename({EntityKind::BoundedContext, ids.front().text});
}

void ContextMapView::rename(const EntityRef& entity)
{
    const BoundedContext* context = entity.kind == EntityKind::BoundedContext
                                        ? m_session->map().context(ContextId(entity.id))
                                        : nullptr;
    if (!context)
        return;
    m_canvas->reveal(entity);
    if (const auto over = m_canvas->titleRectOf(entity))
        m_titleField->open(entity, toQString(context->name), *over, m_canvas->titleFont());
}

void ContextMapView::takeName(const EntityRef& entity, const QString& name)
{
    if (m_session->document())
        m_session->apply(
            renameContext(*m_session->document(), ContextId(entity.id), toStdString(name)));
}

void ContextMapView::removeSelected()
{
    if (!m_session->document() || m_canvas->selection().empty())
        return;
    const std::vector<ContextId> ids = contextsOf(m_canvas->selection());
    const EntityRef first = m_canvas->selection().front();
    if (!ids.empty())
        m_session->apply(removeContexts(*m_session->document(), ids));
    else if (first.kind == EntityKind::Relationship && isUndeclaredId(first.id))
        m_session->raiseMessage(tr("This flow was observed, it is not in the map. Declare it, or "
                                   "hide what was observed."));
    else if (first.kind == EntityKind::Relationship)
        m_session->apply(removeRelationship(*m_session->document(), RelationshipId(first.id)));
    else if (first.kind == EntityKind::Domain)
        m_session->apply(removeDomain(*m_session->document(), DomainId(first.id)));
}

// ---- menus

void ContextMapView::showMenu(const CanvasHit& hit, const QPoint& globalPos, const Point& at)
{
    if (!m_session->document())
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("contextMapMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    switch (hit.kind) {
    case CanvasHit::Kind::Node:
    case CanvasHit::Kind::Title:
    case CanvasHit::Kind::Handle:
        fillContextMenu(*menu, hit.entity);
        break;
    case CanvasHit::Kind::Edge:
        fillRelationshipMenu(*menu, hit.entity, globalPos);
        break;
    case CanvasHit::Kind::Region:
    case CanvasHit::Kind::Nothing:
        fillGroundMenu(*menu, hit.entity, at);
        break;
    }
    menu->popup(globalPos);
}

void ContextMapView::fillContextMenu(QMenu& menu, const EntityRef& entity)
{
    const ContextId id(entity.id);
    const BoundedContext* context = m_session->map().context(id);
    if (!context)
        return;
    menu.addAction(tr("Open"), this, [this, entity] { emit openRequested(entity); });
    menu.addAction(tr("Rename"), this, [this, entity] { rename(entity); });
    menu.addAction(tr("Connect to another context"), this,
                   [this, entity] { m_canvas->startConnecting(entity); });
    menu.addSeparator();
    const auto flag = [&](const QString& text, bool isOn, bool isMud) {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(isOn);
        connect(action, &QAction::triggered, this, [this, id, isMud](bool on) {
            const BoundedContext* now = m_session->map().context(id);
            if (now)
                m_session->apply(setContextFlags(*m_session->document(), id,
                                                 isMud ? on : now->isBigBallOfMud,
                                                 isMud ? now->isLegacy : on));
        });
    };
    flag(tr("Big ball of mud"), context->isBigBallOfMud, true);
    flag(tr("Legacy"), context->isLegacy, false);
    QMenu* domains = menu.addMenu(tr("Domain"));
    const auto offer = [&](const QString& name, const DomainId& domain) {
        QAction* action = domains->addAction(name);
        action->setCheckable(true);
        action->setChecked(context->domains.empty() ? domain.isEmpty()
                                                    : context->domains.front() == domain);
        connect(action, &QAction::triggered, this, [this, id, domain] {
            m_session->apply(setContextDomain(*m_session->document(), id, domain));
        });
    };
    offer(tr("None"), DomainId());
    for (const Domain& domain : m_session->map().domains)
        offer(withoutMnemonics(shown(domain.name, 60)), domain.id);
    menu.addSeparator();
    menu.addAction(tr("Arrange"), this, &ContextMapView::arrange);
    const int count = static_cast<int>(contextsOf(m_canvas->selection()).size());
    menu.addAction(count > 1 ? tr("Remove %n contexts", nullptr, count)
                             : tr("Remove %1").arg(withoutMnemonics(shown(context->name, 60))),
                   this, &ContextMapView::removeSelected);
}

void ContextMapView::fillRelationshipMenu(QMenu& menu, const EntityRef& entity,
                                          const QPoint& globalPos)
{
    if (isUndeclaredId(entity.id)) {
        const auto [upstream, downstream] = undeclaredEnds(entity.id);
        menu.addAction(tr("Declare relationship…"), this,
                       [this, from = upstream, to = downstream, globalPos] {
                           askRelationship({EntityKind::BoundedContext, from},
                                           {EntityKind::BoundedContext, to}, globalPos);
                       });
        return;
    }
    const RelationshipId id(entity.id);
    const Relationship* relationship = m_session->map().relationship(id);
    if (!relationship)
        return;
    menu.addAction(tr("Change relationship…"), this,
                   [this, id, globalPos] { editRelationship(id, globalPos); });
    if (!isSymmetric(relationship->type))
        menu.addAction(tr("Turn round"), this, [this, id] { reverse(id); });
    menu.addSeparator();
    menu.addAction(tr("Remove relationship"), this, &ContextMapView::removeSelected);
}

void ContextMapView::fillGroundMenu(QMenu& menu, const EntityRef& region, const Point& at)
{
    menu.addAction(tr("Add context here"), this, [this, region, at] {
        addContext(at,
                   region.kind == EntityKind::Domain ? region : EntityRef{EntityKind::Domain, {}});
    });
    menu.addSeparator();
    menu.addAction(tr("Arrange all"), this, [this] {
        m_session->clearSelection();
        arrange();
    });
    menu.addAction(tr("Fit to window"), m_canvas, &Canvas::fit);
    if (region.kind == EntityKind::Domain && !region.id.empty()) {
        menu.addSeparator();
        menu.addAction(tr("Remove domain"), this, &ContextMapView::removeSelected);
    }
}

}  // namespace portolan::ui
