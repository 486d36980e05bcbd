// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/edit_tools.h"

#include "model/map/map_clipboard.h"

#include "ui/base/text.h"
#include "ui/canvas/chart_painter.h"
#include "ui/canvas/drop_region.h"
#include "ui/session/session.h"
#include "ui/views/context_map/selection.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QUndoStack>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr double pasteStep = 32;
constexpr int mostNameLetters = 60;

const QString& partType()
{
    static const QString type = QStringLiteral("application/vnd.portolan.map-part+json");
    return type;
}

QString menuName(const std::string& name, const std::string& id)
{
    return withoutMnemonics(shown(name.empty() ? id : name, mostNameLetters));
}

}  // namespace

EditTools::EditTools(Session* session, Canvas* canvas, std::function<void()> copyAsText)
    : QObject(canvas), m_session(session), m_canvas(canvas), m_copyAsText(std::move(copyAsText))
{
    m_copy = make(tr("Copy"), "mapCopy", QKeySequence::Copy, &EditTools::copy);
    m_cut = make(tr("Cut"), "mapCut", QKeySequence::Cut, &EditTools::cut);
    m_paste = make(tr("Paste"), "mapPaste", QKeySequence::Paste, &EditTools::paste);
    m_duplicate =
        make(tr("Duplicate"), "mapDuplicate", Qt::CTRL | Qt::Key_D, &EditTools::duplicate);
    setPlainToolTip(m_copy, tr("Copy the selected contexts as a part of a map, in JSON"));
    setPlainToolTip(m_paste, tr("Paste a part of a map that was copied here or in another map"));
}

QAction* EditTools::make(const QString& text, const char* name, const QKeySequence& key,
                         void (EditTools::*slot)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, slot);
    m_canvas->addAction(action);
    return action;
}

QList<QAction*> EditTools::actions() const
{
    return {m_cut, m_copy, m_paste, m_duplicate};
}

std::vector<ContextId> EditTools::selectedContexts() const
{
    return partsOf(m_canvas->selection()).contexts;
}

std::vector<PlacedCard> EditTools::selectedCards() const
{
    std::vector<PlacedCard> cards;
    const QSizeF size = cardSize();
    const Chart& chart = m_canvas->chart();
    for (const ContextId& id : selectedContexts()) {
        const int node = chart.node({EntityKind::BoundedContext, id.text});
        if (node < 0)
            continue;
        const Point at = m_canvas->layout().positions[static_cast<std::size_t>(node)];
        cards.push_back({id, at.x, at.y, size.width(), size.height()});
    }
    return cards;
}

void EditTools::update()
{
    const bool hasMap = m_session->document() != nullptr;
    const bool hasContexts = hasMap && !selectedContexts().empty();
    m_copy->setEnabled(hasMap && !m_session->selection().empty());
    m_cut->setEnabled(hasContexts);
    m_duplicate->setEnabled(hasContexts);
    m_paste->setEnabled(hasMap);
}

// ---- the clipboard

bool EditTools::copyPart()
{
    const SelectionParts parts = partsOf(m_canvas->selection());
    if (!m_session->document() || (parts.contexts.empty() && parts.domains.empty()))
        return false;
    const std::string text = copyMapPart(*m_session->document(), parts.contexts, parts.domains);
    auto* data = new QMimeData;
    const QByteArray bytes = QByteArray::fromStdString(text);
    data->setData(partType(), bytes);
    data->setText(QString::fromUtf8(bytes));
    QGuiApplication::clipboard()->setMimeData(data);
    m_lastPasted.clear();
    return true;
}

void EditTools::copy()
{
    if (copyPart())
        m_session->raiseMessage(
            tr("Copied %1 as a part of a map. Paste it here, into another map, or into a text.")
                .arg(named(*m_session, partsOf(m_canvas->selection()))));
    else
        m_copyAsText();
}

void EditTools::cut()
{
    if (copyPart())
        emit removeWanted();
}

void EditTools::paste()
{
    if (!m_session->document())
        return;
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    const QByteArray bytes = !data                         ? QByteArray()
                             : data->hasFormat(partType()) ? data->data(partType())
                                                           : data->text().toUtf8();
    const std::string text = bytes.toStdString();
    if (!looksLikeMapPart(text)) {
        m_session->raiseMessage(tr("The clipboard holds no part of a map. Copy contexts first."),
                                true);
        return;
    }
    m_pastes = text == m_lastPasted ? m_pastes + 1 : 1;
    m_lastPasted = text;
    const double offset = pasteStep * m_pastes;
    const Result<Pasted> pasted =
        pasteMapPart(*m_session->document(), text, Position{offset, offset});
    if (!pasted) {
        m_session->raiseMessage(shown(pasted.error().message), true);
        return;
    }
    if (m_session->apply(Result<Edit>(pasted->edit)))
        selectAfter(pasted->contexts, tr("Pasted %n context(s). Undo takes them back.", nullptr,
                                         static_cast<int>(pasted->contexts.size())));
}

void EditTools::duplicate()
{
    const std::vector<ContextId> ids = selectedContexts();
    if (!m_session->document() || ids.empty())
        return;
    const Result<Pasted> made = duplicateContexts(*m_session->document(), ids);
    if (!made)
        m_session->raiseMessage(shown(made.error().message), true);
    else if (m_session->apply(Result<Edit>(made->edit)))
        selectAfter(made->contexts, tr("Duplicated %n context(s).", nullptr,
                                       static_cast<int>(made->contexts.size())));
}

void EditTools::selectAfter(const std::vector<ContextId>& ids, const QString& words)
{
    std::vector<EntityRef> selection;
    for (const ContextId& id : ids)
        selection.push_back({EntityKind::BoundedContext, id.text});
    if (!selection.empty())
        m_session->setSelection(std::move(selection));
    m_session->raiseMessage(words);
}

// ---- places

void EditTools::align(Alignment alignment)
{
    if (m_session->document())
        m_session->apply(alignContexts(*m_session->document(), selectedCards(), alignment));
}

void EditTools::distribute(Distribution distribution)
{
    if (m_session->document())
        m_session->apply(distributeContexts(*m_session->document(), selectedCards(), distribution));
}

void EditTools::addArrangeMenu(QMenu& menu) const
{
    const std::size_t count = selectedContexts().size();
    if (count < 2)
        return;
    auto* tools = const_cast<EditTools*>(this);
    const bool isLocked = m_session->map().isPlacementLocked;
    QMenu* align = menu.addMenu(isLocked ? tr("Align (the placement is locked)") : tr("Align"));
    align->setObjectName(QStringLiteral("alignMenu"));
    align->setEnabled(!isLocked);
    const auto offer = [&](const QString& text, Alignment alignment) {
        align->addAction(text, tools, [tools, alignment] { tools->align(alignment); });
    };
    offer(tr("&Left edges"), Alignment::Left);
    offer(tr("&Centres"), Alignment::Centre);
    offer(tr("&Right edges"), Alignment::Right);
    align->addSeparator();
    offer(tr("&Top edges"), Alignment::Top);
    offer(tr("&Middles"), Alignment::Middle);
    offer(tr("&Bottom edges"), Alignment::Bottom);
    if (count < 3)
        return;
    align->addSeparator();
    align->addAction(tr("Distribute &horizontally"), tools,
                     [tools] { tools->distribute(Distribution::Horizontally); });
    align->addAction(tr("Distribute &vertically"), tools,
                     [tools] { tools->distribute(Distribution::Vertically); });
}

bool EditTools::drop(const std::vector<std::pair<EntityRef, Point>>& places, const Chart& chart,
                     const LayoutResult& layout)
{
    if (!m_session->document())
        return false;
    std::vector<std::pair<ContextId, Position>> positions;
    std::vector<ContextId> ids;
    std::vector<std::pair<int, Point>> cards;
    for (const auto& [entity, at] : places) {
        positions.emplace_back(ContextId(entity.id), Position{at.x, at.y});
        ids.emplace_back(entity.id);
        cards.emplace_back(chart.node(entity), at);
    }
    const Result<Edit> placed = placeContexts(*m_session->document(), positions);
    const int region = dropRegion(chart, layout, cards);
    if (region < 0)
        return m_session->apply(placed);
    ContextChange wanted;
    wanted.domain = DomainId(chart.regions[static_cast<std::size_t>(region)].entity.id);
    m_session->undoStack()->beginMacro(
        tr("Move %n context(s) to another domain", nullptr, static_cast<int>(ids.size())));
    const bool isDone = m_session->apply(placed) &&
                        m_session->apply(changeContexts(*m_session->document(), ids, wanted));
    m_session->undoStack()->endMacro();
    if (const Domain* domain = m_session->map().domain(*wanted.domain); isDone && domain)
        m_session->raiseMessage(
            tr("Moved to the domain %1. Undo takes it back.")
                .arg(shown(domain->name.empty() ? domain->id.text : domain->name, 60)));
    return isDone;
}

// ---- properties

void EditTools::change(const std::vector<ContextId>& ids, const ContextChange& change)
{
    if (m_session->document())
        m_session->apply(changeContexts(*m_session->document(), ids, change));
}

void EditTools::addPropertyMenus(QMenu& menu, const std::vector<ContextId>& ids)
{
    const ContextMap& map = m_session->map();
    std::vector<const BoundedContext*> contexts;
    for (const ContextId& id : ids) {
        if (const BoundedContext* context = map.context(id))
            contexts.push_back(context);
    }
    if (contexts.empty())
        return;
    const auto areAll = [&contexts](const auto& has) {
        return std::all_of(contexts.begin(), contexts.end(),
                           [&has](const BoundedContext* context) { return has(*context); });
    };
    const auto offer = [&](QMenu& into, const QString& text, bool isOn,
                           const ContextChange& wanted) {
        QAction* action = into.addAction(text);
        action->setCheckable(true);
        action->setChecked(isOn);
        connect(action, &QAction::triggered, this, [this, ids, wanted] { change(ids, wanted); });
    };
    const auto domainOf = [](const BoundedContext& context) {
        return context.domains.empty() ? DomainId() : context.domains.front();
    };
    QMenu* domains = menu.addMenu(tr("Domain"));
    const auto offerDomain = [&](const QString& text, const DomainId& domain) {
        ContextChange wanted;
        wanted.domain = domain;
        offer(*domains, text,
              areAll([&](const auto& context) { return domainOf(context) == domain; }), wanted);
    };
    offerDomain(tr("None"), DomainId());
    for (const Domain& domain : map.domains)
        offerDomain(menuName(domain.name, domain.id.text), domain.id);
    QMenu* teams = menu.addMenu(tr("Team"));
    const auto offerTeam = [&](const QString& text, const TeamId& team) {
        ContextChange wanted;
        wanted.team = team;
        offer(*teams, text, areAll([&](const auto& context) { return context.team == team; }),
              wanted);
    };
    offerTeam(tr("None"), TeamId());
    for (const MapTeam& team : map.teams)
        offerTeam(menuName(team.name, team.id.text), team.id);
    const bool isMud = areAll([](const auto& context) { return context.isBigBallOfMud; });
    const bool isLegacy = areAll([](const auto& context) { return context.isLegacy; });
    ContextChange mud;
    mud.isBigBallOfMud = !isMud;
    offer(menu, tr("Big ball of mud"), isMud, mud);
    ContextChange legacy;
    legacy.isLegacy = !isLegacy;
    offer(menu, tr("Legacy"), isLegacy, legacy);
}

}  // namespace portolan::ui
