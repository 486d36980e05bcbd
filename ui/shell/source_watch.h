// SPDX-License-Identifier: Apache-2.0
// Looks at imported files and folders from time to time and says when they have changed and are at rest again. It looks rather than
// being told: a watch of the system tells of no write into a file of a watched folder, and of nothing on a disk of the network.
#pragma once

#include "ui/base/task.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <cstdint>

namespace portolan::ui {

class SourceWatch : public QObject {
    Q_OBJECT

public:
    explicit SourceWatch(QObject* parent);

    // From now on these, as they are now.
    void watch(const QStringList& paths);
    void forget();

    void setActive(bool isActive);
    bool isActive() const { return m_isActive; }
    void setInterval(int milliseconds);  // at least so long between two looks; tests look often

signals:
    void changed();

private:
    void look();
    void seen(std::uint64_t looks);
    void wait();

    QStringList m_paths;
    QTimer m_timer;
    Task m_task;
    int m_interval = 2000;
    qint64 m_lastLook = 0;      // how long it took, in ms
    std::uint64_t m_known = 0;  // 0: not looked at yet
    std::uint64_t m_last = 0;
    bool m_isActive = true;
};

}  // namespace portolan::ui
