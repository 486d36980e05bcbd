// SPDX-License-Identifier: Apache-2.0
// The title row of a dock: its name, float and close.
#pragma once

#include <QWidget>

class QDockWidget;

namespace portolan::ui {

class DockTitle : public QWidget {
    Q_OBJECT

public:
    explicit DockTitle(QDockWidget* dock);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace portolan::ui
