// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/auto_saver.h"

#include "ui/base/text.h"
#include "ui/session/map_keeper.h"
#include "ui/session/session.h"

#include <QApplication>

#include <utility>

namespace portolan::ui {
namespace {

constexpr int delayMs = 3000;

}  // namespace

AutoSaver::AutoSaver(Session* session, MapKeeper* maps, QObject* parent)
    : QObject(parent), m_session(session), m_maps(maps)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(delayMs);
    connect(&m_timer, &QTimer::timeout, this, &AutoSaver::save);
    connect(session, &Session::editApplied, this, &AutoSaver::wait);
    connect(session, &Session::mapOpened, this, [this] {
        m_timer.stop();
        m_wasRefused = false;
    });
    connect(maps, &MapKeeper::agreesWithDisk, this, [this] { m_wasRefused = false; });
}

void AutoSaver::setOn(bool isOn)
{
    m_isOn = isOn;
    wait();
}

void AutoSaver::setDelay(int milliseconds)
{
    m_timer.setInterval(milliseconds);
}

void AutoSaver::wait()
{
    if (m_isOn)
        m_timer.start();
    else
        m_timer.stop();
}

void AutoSaver::saveNow()
{
    m_timer.stop();
    if (m_isOn && m_session->isModified() && !m_session->mapPath().isEmpty())
        (void)m_maps->save();
}

void AutoSaver::save()
{
    if (!m_isOn || !m_session->isModified() || m_session->mapPath().isEmpty())
        return;
    // A question that is open, or a button held down, may be about what is on disk or about to become an edit.
    if (QApplication::activeModalWidget() || QApplication::mouseButtons() != Qt::NoButton) {
        m_timer.start();
        return;
    }
    const Result<> done = m_maps->save();
    if (done) {
        emit saved();
        return;
    }
    m_maps->check();  // which asks what is to become of a file that has changed
    if (!std::exchange(m_wasRefused, true))
        m_session->raiseMessage(tr("Not saved by itself: %1").arg(shown(done.error().message)),
                                done.error().code != "file.changed-on-disk");
}

}  // namespace portolan::ui
