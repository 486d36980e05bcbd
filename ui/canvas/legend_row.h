// SPDX-License-Identifier: Apache-2.0
// One row under a canvas that explains the signs in the present picture, and no others; and one above it for a lens that is on, with
// how many cards it shows of each answer.
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
    // What it shows, in words: "declared and observed; declared only; event", and before that "Owner: Party Core 3; no team 1. " of a
    // lens.
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
    struct Answer {
        LensEntry entry;
        QString words;
        int count = 0;
    };
    QString lensText() const;
    void showTexts();
    void paintLens(QPainter& painter) const;
    void paintRest(QPainter& painter, std::size_t count, int x, const QRect& row) const;
    int paintKey(QPainter& painter, Key key, int x) const;
    QRect keyRow() const;

    std::vector<Key> m_keys;
    QString m_lensTitle;
    std::vector<Answer> m_answers;  // of the lens; those that a card has
    QToolButton* m_close = nullptr;
};

}  // namespace portolan::ui
