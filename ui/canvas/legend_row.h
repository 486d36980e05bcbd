// SPDX-License-Identifier: Apache-2.0
// One row under a canvas that explains the signs in the present picture, and no others; and one above it for a lens that is on, with
// how many cards it shows of each answer.
#pragma once

#include "ui/canvas/legend.h"

#include <QWidget>

class QToolButton;

namespace portolan::ui {

class LegendRow : public QWidget {
    Q_OBJECT

public:
    explicit LegendRow(QWidget* parent = nullptr);

    void setChart(const Chart& chart);
    // What it shows, in words.
    QString text() const { return textOf(m_legend); }

signals:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showTexts();
    void paintKeys(QPainter& painter) const;
    void paintLens(QPainter& painter) const;
    void paintRest(QPainter& painter, std::size_t count, double x, const QRectF& row) const;

    Legend m_legend;
    QToolButton* m_close = nullptr;
};

}  // namespace portolan::ui
