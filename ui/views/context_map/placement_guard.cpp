// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/placement_guard.h"

#include "model/map/edits.h"
#include "model/map/placement_notes.h"

#include "ui/base/message_band.h"
#include "ui/base/text.h"
#include "ui/session/session.h"

#include <QAction>
#include <QUndoStack>

namespace portolan::ui {
namespace {

constexpr qsizetype mostNames = 3;
constexpr int mostChars = 60;  // of one name

QString listed(const QStringList& names)
{
    const QString text = names.first(std::min(mostNames, names.size())).join(QStringLiteral(", "));
    return names.size() <= mostNames
               ? text
               : PlacementGuard::tr("%1 and %L2 more").arg(text).arg(names.size() - mostNames);
}

QString nameIn(const ContextMap& map, const ContextId& id)
{
    const BoundedContext* context = map.context(id);
    return shown(context && !context->name.empty() ? context->name : id.text, mostChars);
}

}  // namespace

PlacementGuard::PlacementGuard(Session* session, QWidget* parent)
    : QObject(parent), m_session(session), m_band(new MessageBand(parent)),
      m_lock(new QAction(tr("Lock the placement"), this))
{
    m_band->setObjectName(QStringLiteral("placementBand"));
    m_band->hide();
    m_lock->setObjectName(QStringLiteral("lockPlacement"));
    m_lock->setCheckable(true);
    setPlainToolTip(m_lock,
                    tr("Cards stay where they are: neither dragging nor Arrange moves them"));
    connect(m_lock, &QAction::triggered, this, &PlacementGuard::setLocked);
    connect(session, &Session::mapOpened, this, &PlacementGuard::showNotes);
    connect(session, &Session::mapChanged, this, [this] {
        m_lock->setEnabled(m_session->document());
        m_lock->setChecked(m_session->map().isPlacementLocked);
        if (!m_band->isHidden() && placementNotes(m_session->map()).isFitting())
            m_band->hide();
    });
    m_lock->setEnabled(session->document());
    showNotes();
}

void PlacementGuard::setLocked(bool isLocked)
{
    if (m_session->document())
        m_session->apply(lockPlacement(*m_session->document(), isLocked));
}

bool PlacementGuard::refuses()
{
    if (!m_session->map().isPlacementLocked)
        return false;
    m_band->show(Sign::Info, tr("The placement is locked: cards stay where they are."),
                 {{tr("Unlock"), [this] { setLocked(false); }}});
    return true;
}

std::vector<ContextId> PlacementGuard::movable(std::vector<ContextId> ids) const
{
    const ContextMap& map = m_session->map();
    if (map.isPlacementLocked)
        std::erase_if(ids, [&map](const ContextId& id) { return map.placement.contains(id); });
    return ids;
}

void PlacementGuard::showNotes()
{
    m_band->hide();
    const ContextMap& map = m_session->map();
    const PlacementNotes notes = placementNotes(map);
    if (notes.isFitting())
        return;
    std::vector<ContextId> present;
    QStringList added;
    QStringList renamed;
    QStringList gone;
    for (const ContextId& id : notes.added) {
        added << nameIn(map, id);
        present.push_back(id);
    }
    for (const auto& [before, after] : notes.renamed) {
        renamed << tr("%1 is now %2").arg(shown(before.text, mostChars), nameIn(map, after));
        present.push_back(after);
    }
    for (const ContextId& id : notes.gone)
        gone << shown(id.text, mostChars);
    QStringList parts;
    const auto add = [&parts](const QString& one, const QString& many, const QStringList& names) {
        if (!names.isEmpty())
            parts << (names.size() == 1 ? one : many.arg(names.size())) + QStringLiteral(": ") +
                         listed(names);
    };
    add(tr("1 context was added"), tr("%L1 contexts were added"), added);
    add(tr("1 was renamed"), tr("%L1 were renamed"), renamed);
    add(tr("1 was removed"), tr("%L1 were removed"), gone);
    std::vector<MessageBand::Action> actions;
    if (!present.empty()) {
        actions.push_back({tr("Show them"), [this, present] { select(present); }, false});
        actions.push_back({tr("Keep them where they are"), [this] { keep(); }});
    } else {
        actions.push_back({tr("Forget the places of removed ones"), [this] { forget(); }});
    }
    m_band->show(Sign::Info,
                 tr("Since the placement was saved: %1.").arg(parts.join(QStringLiteral("; "))),
                 std::move(actions));
}

void PlacementGuard::select(const std::vector<ContextId>& contexts)
{
    std::vector<EntityRef> selection;
    for (const ContextId& id : contexts)
        selection.push_back({EntityKind::BoundedContext, id.text});
    m_session->setSelection(std::move(selection));
}

// Renamed ones go to the place that was kept for them; the others stay where the layout has put them, near their neighbours.
// The places of removed ones stay in the file: they may come back.
void PlacementGuard::keep()
{
    if (!m_session->document())
        return;
    const PlacementNotes notes = placementNotes(m_session->map());
    std::vector<std::pair<ContextId, Position>> places;
    std::vector<ContextId> earlier;
    for (const auto& [before, after] : notes.renamed) {
        places.emplace_back(after, m_session->map().placement.at(before));
        earlier.push_back(before);
    }
    // One step to undo, whatever it takes. The new ones first: where they stand now is what is meant.
    m_session->undoStack()->beginMacro(tr("Place the new contexts"));
    if (!notes.added.empty())
        emit keepRequested(notes.added);
    if (!places.empty() && m_session->apply(placeContexts(*m_session->document(), places)))
        m_session->apply(unplaceContexts(*m_session->document(), earlier));
    m_session->undoStack()->endMacro();
}

void PlacementGuard::forget()
{
    if (m_session->document())
        m_session->apply(
            unplaceContexts(*m_session->document(), placementNotes(m_session->map()).gone));
}

}  // namespace portolan::ui
