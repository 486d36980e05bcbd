// SPDX-License-Identifier: Apache-2.0
// Makes pictures of what the context map shows: into a file, after asking how, and into the clipboard. Off the window's thread, with
// a band that says how far it is and ends it.
#pragma once

#include "ui/base/task.h"
#include "ui/views/context_map/export_dialog.h"

#include <QObject>
#include <QTimer>

class QSettings;

namespace portolan::ui {

class Canvas;
class ContextMapView;
class MainWindow;

class PictureMaker : public QObject {
    Q_OBJECT

public:
    // What was chosen is kept in `settings`, which may be null and must live as long as this.
    PictureMaker(MainWindow* window, ContextMapView* view, QSettings* settings = nullptr);

    void ask();
    void copy();

private:
    void askForPath(const ExportChoice& choice);
    void write(const QString& path, const ExportChoice& choice);
    const Canvas& canvasInSight() const;
    ExportOptions optionsNow() const;
    void readChoice();
    void keepChoice() const;
    void start(const QString& what);
    void showProgress();
    void end();

    MainWindow* m_window;
    ContextMapView* m_view;
    QSettings* m_settings;
    ExportChoice m_choice;  // the last
    bool m_hasChosen = false;
    Task m_task;
    QTimer m_patience;
    QTimer m_poll;
    QString m_what;
};

}  // namespace portolan::ui
