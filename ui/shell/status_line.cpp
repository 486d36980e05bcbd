// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/status_line.h"

#include "ui/base/plain_label.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/base/words.h"
#include "ui/session/session.h"
#include "ui/shell/estate_keeper.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace portolan::ui {
namespace {

constexpr int noteMs = 8000;
constexpr int errorMs = 30'000;
constexpr int pollMs = 100;
constexpr qint64 patienceMs = 300;  // shorter work shows nothing

QString ageOf(const QDateTime& when)
{
    const QDate today = QDate::currentDate();
    const QString time = when.toString(QStringLiteral("HH:mm"));
    if (when.date() == today)
        return StatusLine::tr("Imported today %1").arg(time);
    return StatusLine::tr("Imported %1").arg(when.date().toString(Qt::ISODate));
}

}  // namespace

ProgressLine::ProgressLine(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(2);
    setObjectName(QStringLiteral("progressLine"));
}

void ProgressLine::setShare(double share)
{
    if (share == m_share)
        return;
    m_share = share;
    update();
}

void ProgressLine::setRunning(bool isRunning)
{
    if (isRunning == m_isRunning)
        return;
    m_isRunning = isRunning;
    update();
}

void ProgressLine::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    if (!m_isRunning)
        return;
    painter.fillRect(rect(), theme.selection);
    const double share = m_share < 0 ? 0.12 : m_share;
    painter.fillRect(QRect(0, 0, qRound(width() * share), height()), theme.accent);
}

StatusLine::StatusLine(Session* session, EstateKeeper* estates, ProgressLine* progress,
                       QWidget* parent)
    : QStatusBar(parent), m_session(session), m_estates(estates), m_progress(progress)
{
    setObjectName(QStringLiteral("statusLine"));
    setSizeGripEnabled(false);
    setFixedHeight(qRound(metrics::statusBarHeight * textScale()));
    const auto label = [this](const char* name, bool isPermanent) {
        auto* made = new PlainLabel(this);
        made->setObjectName(QLatin1String(name));
        made->setRole(FontRole::Secondary);
        made->setMuted(true);
        made->setContentsMargins(6, 0, 6, 0);
        isPermanent ? addPermanentWidget(made) : addWidget(made, 1);
        return made;
    };
    m_selection = label("statusSelection", false);

    m_work = new QWidget(this);
    auto* work = new QHBoxLayout(m_work);
    work->setContentsMargins(6, 0, 0, 0);
    work->setSpacing(4);
    m_workText = new PlainLabel(m_work);
    m_workText->setObjectName(QStringLiteral("statusWork"));
    m_workText->setRole(FontRole::Secondary);
    m_cancel = new QToolButton(m_work);
    m_cancel->setObjectName(QStringLiteral("cancelWork"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAutoRaise(true);
    m_cancel->setAccessibleName(tr("Cancel the import"));
    connect(m_cancel, &QToolButton::clicked, estates, [estates] { estates->cancel(); });
    work->addWidget(m_workText);
    work->addWidget(m_cancel);
    m_work->hide();
    addPermanentWidget(m_work);

    m_counts = label("statusCounts", true);
    m_mapState = label("statusMap", true);
    m_importAge = label("statusImport", true);

    m_timer.setInterval(pollMs);
    connect(&m_timer, &QTimer::timeout, this, &StatusLine::showWork);
    connect(estates, &EstateKeeper::started, this, [this] {
        m_startedMs = QDateTime::currentMSecsSinceEpoch();
        m_timer.start();
    });
    connect(estates, &EstateKeeper::ended, this, [this] {
        showWork();
        refresh();
    });
    connect(session, &Session::mapChanged, this, &StatusLine::refresh);
    connect(session, &Session::estateChanged, this, &StatusLine::refresh);
    connect(session, &Session::modifiedChanged, this, &StatusLine::refresh);
    connect(session, &Session::savedAs, this, &StatusLine::refresh);
    connect(session, &Session::selectionChanged, this, &StatusLine::showSelection);
    refresh();
}

void StatusLine::showNote(const QString& text, bool isError)
{
    showMessage(shown(text), isError ? errorMs : noteMs);
}

void StatusLine::refresh()
{
    const bool hasMap = m_session->document();
    const Estate& estate = *m_session->estate();
    const ContextMap& map = m_session->map();
    QStringList counts;
    if (hasMap)
        counts << counted(qsizetype(map.contexts.size()), tr("%1 context"), tr("%1 contexts"))
               << counted(qsizetype(map.relationships.size()), tr("%1 relationship"),
                          tr("%1 relationships"))
               << counted(qsizetype(map.products.size()), tr("%1 product"), tr("%1 products"));
    if (!estate.datasets.empty())
        counts << counted(qsizetype(estate.datasets.size()), tr("%1 dataset"), tr("%1 datasets"));
    m_counts->setFullText(counts.join(QStringLiteral(" \u00b7 ")));
    m_mapState->setFullText(!hasMap                          ? QString()
                            : m_session->isModified()        ? tr("unsaved edits")
                            : m_session->mapPath().isEmpty() ? tr("not saved yet")
                                                             : tr("map saved"));
    m_mapState->setVisible(hasMap);
    const QDateTime importedAt = m_estates->importedAt();
    m_importAge->setFullText(importedAt.isValid()
                                 ? ageOf(importedAt)
                                 : tr("Version %1").arg(QStringLiteral(PORTOLAN_VERSION)));
    showSelection();
}

void StatusLine::showSelection()
{
    const auto& selection = m_session->selection();
    if (selection.size() > 1)
        m_selection->setFullText(counted(qsizetype(selection.size()), tr("%1 thing selected"),
                                         tr("%1 things selected")));
    else if (selection.size() == 1)
        m_selection->setFullText(QStringLiteral("%1 \u00b7 %2")
                                     .arg(m_session->nameOf(selection.front()),
                                          wordOf(selection.front().kind).toLower()));
    else
        m_selection->setFullText(m_session->document() ? tr("Nothing selected")
                                                       : tr("No map open"));
}

void StatusLine::showWork()
{
    const bool isRunning = m_estates->isRunning();
    const bool isLong = QDateTime::currentMSecsSinceEpoch() - m_startedMs > patienceMs;
    if (!isRunning)
        m_timer.stop();
    m_work->setVisible(isRunning && isLong);
    m_progress->setRunning(isRunning && isLong);
    if (!isRunning)
        return;
    const Progress::State state = m_estates->state();
    const double share = state.total > 0 ? double(state.done) / double(state.total) : -1;
    m_progress->setShare(share);
    m_workText->setFullText(
        share < 0 ? tr("Import %1").arg(shown(state.what, 40))
                  : tr("Import %1 %, %2").arg(int(share * 100)).arg(shown(state.what, 40)));
}

}  // namespace portolan::ui
