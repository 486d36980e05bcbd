// SPDX-License-Identifier: Apache-2.0
// The status bar: what is selected; counts, state of the map, age of the import; and how far long work is, with Cancel. And the thin
// line of progress above the view.
#pragma once

#include <QStatusBar>
#include <QTimer>
#include <QWidget>

class QToolButton;

namespace portolan::ui {

class EstateKeeper;
class PlainLabel;
class Session;

// Two pixels of progress. Shown by itself while work runs for longer than 300 ms.
class ProgressLine : public QWidget {
    Q_OBJECT

public:
    explicit ProgressLine(QWidget* parent = nullptr);

    // From 0 to 1; below 0: not known how far.
    void setShare(double share);
    void setRunning(bool isRunning);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_share = -1;
    bool m_isRunning = false;
};

class StatusLine : public QStatusBar {
    Q_OBJECT

public:
    StatusLine(Session* session, EstateKeeper* estates, ProgressLine* progress,
               QWidget* parent = nullptr);

    // A sentence for a while; a failure stays longer.
    void showNote(const QString& text, bool isError);

private:
    void refresh();
    void showSelection();
    void showWork();

    Session* m_session;
    EstateKeeper* m_estates;
    ProgressLine* m_progress;
    PlainLabel* m_selection = nullptr;
    QWidget* m_work = nullptr;
    PlainLabel* m_workText = nullptr;
    QToolButton* m_cancel = nullptr;
    PlainLabel* m_counts = nullptr;
    PlainLabel* m_mapState = nullptr;
    PlainLabel* m_importAge = nullptr;
    QTimer m_timer;  // polls while work runs
    qint64 m_startedMs = 0;
};

}  // namespace portolan::ui
