// SPDX-License-Identifier: Apache-2.0
// The row under the view bar that thins a graph: words, the reach of a focus, and what is hidden, counted. It decides nothing:
// what is typed and chosen are signals.
#pragma once

#include "model/chart/chart_filter.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QKeyEvent;
class QLineEdit;
class QMenu;
class QSpinBox;
class QToolButton;

namespace portolan::ui {

class PlainLabel;

class FilterBar : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);

    void setFilter(const ChartFilter& filter);
    // "7 of 31 shown"; `menu` tells the reasons and is opened by the words.
    void setCount(const QString& words, bool isAll);
    QString count() const;
    QMenu* reasons() const { return m_reasons; }
    // Something is selected that the filter hides; empty: nothing is.
    void setHint(const QString& words);
    // Shows itself, ready to type in. Marking: what is found is marked, and the rest stays.
    void open(bool isMarking);
    bool isMarking() const;

signals:
    void wordsChanged(const std::string& words);
    void markingChanged();
    void nextRequested(bool forward);  // Enter and Shift+Enter, while marking
    void reachChanged(int depth, portolan::FlowDirection direction);
    void focusLeft();
    void showAllRequested();
    void showSelectedRequested();
    void closed();  // by its button, or by Esc in an empty field: shows all again

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createReach();
    void tellReach();

    void takeKey(QKeyEvent* event);

    QLineEdit* m_words = nullptr;
    QToolButton* m_marking = nullptr;
    QWidget* m_reach = nullptr;  // depth and direction; shown while focused
    QSpinBox* m_depth = nullptr;
    QComboBox* m_direction = nullptr;
    PlainLabel* m_hint = nullptr;
    QToolButton* m_showSelected = nullptr;
    QToolButton* m_count = nullptr;
    QToolButton* m_showAll = nullptr;
    QMenu* m_reasons = nullptr;
    QTimer m_typed;
    bool m_isSetting = false;
};

}  // namespace portolan::ui
