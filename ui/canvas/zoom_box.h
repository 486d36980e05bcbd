// SPDX-License-Identifier: Apache-2.0
// The small box in a canvas's corner: zoom out, how far, zoom in, fit.
#pragma once

#include <QFrame>

class QLabel;

namespace portolan::ui {

class ZoomBox : public QFrame {
    Q_OBJECT

public:
    explicit ZoomBox(QWidget* parent);
    void setZoom(double zoom);

signals:
    void zoomOutRequested();
    void zoomInRequested();
    void fitRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_percent = nullptr;
};

}  // namespace portolan::ui
