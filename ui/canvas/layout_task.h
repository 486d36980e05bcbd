// SPDX-License-Identifier: Apache-2.0
// Lays out a chart in the helper program, without waiting for it: a deadline ends one that hangs, and our own layout takes over when
// the helper fails. A large chart has a first picture soon. Destroying the task cancels it; the helper is gone then.
#pragma once

#include "model/layout/layout.h"
#include "ui/base/task.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <deque>
#include <memory>

namespace portolan::ui {

class LayoutTask : public QObject {
    Q_OBJECT

public:
    explicit LayoutTask(QObject* parent = nullptr);
    ~LayoutTask() override;

    // For a small chart; a larger one has longer.
    void setDeadlineMs(int milliseconds) { m_deadlineMs = milliseconds; }
    // Ends what was under way, and starts this. `finished` comes once, never before this call has returned; at once for one of the
    // last few requests.
    void start(LayoutRequest request);
    void cancel();
    bool isRunning() const { return m_isRunning; }

    // Beside the program, then in ../libexec/portolan; the variable PORTOLAN_LAYOUT_HELPER names another. Empty: there is none.
    static QString helperPath();

signals:
    // A first picture of a large chart, by our own layers; `finished` follows and shows it better.
    void draft(const portolan::LayoutResult& result);
    // `note` is empty, or a sentence that says why this is our own simple layout.
    void finished(const portolan::LayoutResult& result, const QString& note);

private:
    struct Answer {
        QByteArray content;  // of the request: a hash
        std::shared_ptr<const LayoutResult> result;
        std::size_t size = 0;
    };

    bool answerFromMemory();
    void drawDraft();
    bool startHelper();
    void readOutput();
    void helperEnded(int exitCode, QProcess::ExitStatus status);
    void finish(std::shared_ptr<const LayoutResult> result, const QString& note);
    void fallBack(const QString& note);
    void remember(const std::shared_ptr<const LayoutResult>& result, std::size_t size);
    void endHelper();

    std::shared_ptr<const LayoutRequest> m_request;
    QByteArray m_content;
    std::unique_ptr<QProcess> m_helper;
    QByteArray m_output;
    int m_deadlineMs = 3000;
    QTimer m_deadline;
    QTimer m_known;  // until an answer from memory is told
    Task m_fallback;
    Task m_draft;
    std::deque<Answer> m_answers;  // the newest first
    std::string m_parts;           // the helper's layouts of the parts of the last large chart
    bool m_isRunning = false;
};

}  // namespace portolan::ui
