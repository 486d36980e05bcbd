// SPDX-License-Identifier: Apache-2.0
// Makes pictures of what the context map shows: into a file, after asking how, and into the clipboard. Off the window's thread, with
// a band that says how far it is and ends it.
#pragma once

#include "ui/base/task.h"
#include "ui/views/context_map/export_dialog.h"

#include <QObject>
#include <QTimer>

namespace portolan::ui {

class Canvas;
class ContextMapView;
class MainWindow;

class PictureMaker : public QObject {
    Q_OBJECT

public:
    PictureMaker(MainWindow* window, ContextMapView* view);

    void ask();
    void copy();

private:
    void askForPath(const ExportChoice& choice);
    void write(const QString& path, const ExportChoice& choice);
    const Canvas& canvasInSight() const;
    ExportOptions optionsNow() const;
    void start(const QString& what);
    void showProgress();
    void end();

    MainWindow* m_window;
    ContextMapView* m_view;
    ExportChoice m_choice;  // the last
    bool m_hasChosen = false;
    Task m_task;
    QTimer m_patience;
    QTimer m_poll;
    QString m_what;
};

}  // namespace portolan::ui
