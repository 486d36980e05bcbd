// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/source_watch.h"

#include "model/import/import.h"

#include "ui/base/text.h"

#include <QElapsedTimer>

#include <algorithm>
#include <string>
#include <vector>

namespace portolan::ui {

namespace {

constexpr int shareOfTime = 50;  // a look takes at most a fiftieth of the time

struct Look {
    std::uint64_t looks = 0;
    qint64 tookMs = 0;
};

}  // namespace

SourceWatch::SourceWatch(QObject* parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SourceWatch::look);
}

void SourceWatch::watch(const QStringList& paths)
{
    forget();
    m_paths = paths;
    if (m_isActive && !m_paths.isEmpty())
        look();
}

void SourceWatch::forget()
{
    m_timer.stop();
    m_task.stop();
    m_paths.clear();
    m_known = m_last = 0;
}

void SourceWatch::setActive(bool isActive)
{
    if (std::exchange(m_isActive, isActive) == isActive)
        return;
    if (!isActive)
        m_timer.stop();
    else if (!m_paths.isEmpty())
        look();  // what changed meanwhile counts, too
}

void SourceWatch::setInterval(int milliseconds)
{
    m_interval = milliseconds;
    if (m_timer.isActive())
        wait();
}

void SourceWatch::look()
{
    std::vector<std::string> paths;
    for (const QString& path : m_paths)
        paths.push_back(toStdString(path));
    m_task = Task::start(
        this,
        [paths = std::move(paths)](Progress& progress) {
            QElapsedTimer time;
            time.start();
            Look look;
            look.looks = looksOf(paths, {}, progress);
            look.tookMs = time.elapsed();
            return look;
        },
        [this](const Look& look) {
            m_lastLook = look.tookMs;
            seen(look.looks);
        });
}

// Changed, and the same in two looks: whoever writes many files has come to an end.
void SourceWatch::seen(std::uint64_t looks)
{
    const bool isAtRest = looks == m_last;
    m_last = looks;
    if (m_known == 0)
        m_known = looks;
    if (looks != m_known && isAtRest) {
        m_known = looks;
        emit changed();
    }
    if (m_isActive && !m_paths.isEmpty())
        wait();
}

void SourceWatch::wait()
{
    m_timer.start(static_cast<int>(std::max<qint64>(m_interval, m_lastLook * shareOfTime)));
}

}  // namespace portolan::ui
