// SPDX-License-Identifier: Apache-2.0
// The bar above a view: what and mode at the left, actions at the right. Where it is too narrow for all of them it takes its steps one
// by one, first words, then whole buttons, whose actions stay in the menus.
#pragma once

#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QToolButton;

namespace portolan::ui {

class ViewBar : public QWidget {
    Q_OBJECT

public:
    explicit ViewBar(QWidget* parent = nullptr);

    QHBoxLayout* row() const { return m_row; }
    QToolButton* addButton(QAction* action);
    // Taken (true) and taken back (false), in the order added.
    void addStep(std::function<void(bool)> step);
    void addWordStep(std::vector<QToolButton*> buttons);  // their signs alone
    void addHidingStep(QWidget* widget);

    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fit();

    QHBoxLayout* m_row = nullptr;
    std::vector<std::function<void(bool)>> m_steps;
    std::vector<int> m_saved;  // by each step that is taken, in pixels
    bool m_isFitting = false;
};

}  // namespace portolan::ui
