// SPDX-License-Identifier: Apache-2.0
// Lays out a chart in the helper program, without waiting for it: a deadline ends one that hangs, and our own layout takes over when
// the helper fails. Destroying the task cancels it; the helper is gone then.
#pragma once

#include "model/layout/layout.h"
#include "ui/base/task.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <memory>

namespace portolan::ui {

class LayoutTask : public QObject {
    Q_OBJECT

public:
    explicit LayoutTask(QObject* parent = nullptr);
    ~LayoutTask() override;

    // For a small chart; a larger one has longer.
    void setDeadlineMs(int milliseconds) { m_deadlineMs = milliseconds; }
    // Ends what was under way, and starts this. `finished` comes once, never before this call has returned.
    void start(LayoutRequest request);
    void cancel();
    bool isRunning() const { return m_isRunning; }

    // Beside the program, then in ../libexec/portolan; the variable PORTOLAN_LAYOUT_HELPER names another. Empty: there is none.
    static QString helperPath();

signals:
    // `note` is empty, or a sentence that says why this is our own simple layout.
    void finished(const portolan::LayoutResult& result, const QString& note);

private:
    void readOutput();
    void helperEnded(int exitCode, QProcess::ExitStatus status);
    void fallBack(const QString& note);
    void endHelper();

    LayoutRequest m_request;
    std::unique_ptr<QProcess> m_helper;
    QByteArray m_output;
    int m_deadlineMs = 3000;
    QTimer m_deadline;
    Task m_fallback;
    bool m_isRunning = false;
};

}  // namespace portolan::ui
