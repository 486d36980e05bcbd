// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/inspector.h"

#include "ui/base/empty_state.h"
#include "ui/inspector/inspector_form.h"
#include "ui/inspector/inspector_pages.h"
#include "ui/session/session.h"

#include <QApplication>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedLayout>

namespace portolan::ui {
namespace {

constexpr std::size_t manyRelationships = 300;
constexpr int pictureFirstMs = 40;

// The choices of a relationship take some time on a large map (25 ms at 1,800): the picture of an edit comes before them.
int refreshDelayMs(const Session& session)
{
    const std::vector<EntityRef>& selection = session.selection();
    return selection.size() == 1 && selection.front().kind == EntityKind::Relationship &&
                   session.map().relationships.size() > manyRelationships
               ? pictureFirstMs
               : 0;
}

}  // namespace

Inspector::Inspector(Session* session, QWidget* parent) : QWidget(parent), m_session(session)
{
    setObjectName(QStringLiteral("inspector"));
    setAccessibleName(tr("Inspector"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    m_stack = new QStackedLayout(this);
    m_empty = new EmptyState(Sign::Info, tr("Nothing selected"),
                             tr("Select anything in a view to see what it means and its evidence."),
                             this);
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_scroll);

    // What changes together is shown once, and never from within a field's own signal.
    m_refreshTimer.setSingleShot(true);
    connect(&m_refreshTimer, &QTimer::timeout, this, &Inspector::refresh);
    const auto later = [this] { m_refreshTimer.start(refreshDelayMs(*m_session)); };
    connect(session, &Session::selectionChanged, this, later);
    connect(session, &Session::mapChanged, this, later);
    connect(session, &Session::estateChanged, this, later);
    connect(session, &Session::findingsChanged, this, later);
}

void Inspector::refresh()
{
    const std::vector<EntityRef>& selection = m_session->selection();
    const bool isSame = selection == m_shown;
    const int scroll = isSame ? m_scroll->verticalScrollBar()->value() : 0;
    const QWidget* focus = QApplication::focusWidget();
    const QString focused =
        isSame && focus && m_scroll->isAncestorOf(focus) ? focus->objectName() : QString();
    m_shown = selection;

    auto* form = new InspectorForm(m_folded);
    const bool isFilled = selection.size() > 1 ? fillSeveral(*form, *m_session, selection)
                          : selection.empty()  ? false
                                              : fillInspector(*form, *m_session, selection.front());
    if (!isFilled) {
        delete form;
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    form->finish();
    m_scroll->setWidget(form);  // the old one goes
    form->setAutoFillBackground(false);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_stack->setCurrentWidget(m_scroll);
    m_scroll->verticalScrollBar()->setValue(scroll);
    if (!focused.isEmpty())
        if (auto* field = form->findChild<QWidget*>(focused))
            field->setFocus();
}

}  // namespace portolan::ui
