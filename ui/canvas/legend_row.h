// SPDX-License-Identifier: Apache-2.0
// One row under a canvas that explains the signs in the present picture, and no others.
#pragma once

#include "model/chart/chart.h"

#include <QWidget>

class QToolButton;

namespace portolan::ui {

class LegendRow : public QWidget {
    Q_OBJECT

public:
    explicit LegendRow(QWidget* parent = nullptr);

    void setChart(const Chart& chart);
    // What it shows, in words: "declared and observed; declared only; event".
    QString text() const;

signals:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Key {
        Declared,
        DeclaredOnly,
        Undeclared,
        Implied,
        Partnership,
        SharedKernel,
        SeparateWays,
        OperationalApi,
        Event,
        State,
        Analytical,
        Derived,
        Mud
    };
    static QString wordOf(Key key);
    int paintKey(QPainter& painter, Key key, int x) const;

    std::vector<Key> m_keys;
    QToolButton* m_close = nullptr;
};

}  // namespace portolan::ui
