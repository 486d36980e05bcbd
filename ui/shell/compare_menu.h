// SPDX-License-Identifier: Apache-2.0
// What the open map can be compared with: another file, its AS-IS map, what is saved, an earlier revision kept by git. Reads it off the
// window's thread and shows the comparison, which follows the open map's edits.
#pragma once

#include "model/base/result.h"

#include "ui/base/task.h"
#include "ui/views/comparison/comparison_view.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <optional>
#include <string>
#include <vector>

class QAction;
class QMenu;
class QProcess;

namespace portolan::ui {

class MainWindow;
class Session;

class CompareMenu : public QObject {
    Q_OBJECT

public:
    explicit CompareMenu(MainWindow* window);
    ~CompareMenu() override;

    QMenu* menu() const { return m_menu; }
    ComparisonView* view() const { return m_view; }

    void compareWithFile(const QString& path);
    void compareWithRevision(const QString& revision);

private:
    QAction* add(const QString& text, const QString& name, void (CompareMenu::*run)());
    void refresh();
    void askForMap();
    void askForRevision();
    void compareWithAsIs();
    void compareWithSaved();
    void take(const Result<std::string>& text, const QString& title, const std::string& file);
    void compareNow();
    void close();
    void fail(const QString& message);

    MainWindow* m_window;
    Session* m_session;
    QMenu* m_menu = nullptr;
    ComparisonView* m_view = nullptr;
    QAction* m_withAsIs = nullptr;
    QAction* m_withSaved = nullptr;
    QAction* m_withRevision = nullptr;
    std::vector<QAction*> m_actions;
    std::optional<MapVersion> m_before;  // what the open map is compared with, while it is
    Task m_reading;
    QPointer<QProcess> m_git;
    QTimer m_edited;
};

}  // namespace portolan::ui
