// SPDX-License-Identifier: Apache-2.0
// What a panel shows when it has nothing to show: a sign, what is missing, how to get it, and at most one button.
#pragma once

#include "ui/base/icons.h"

#include <QWidget>

class QPushButton;

namespace portolan::ui {

class PlainLabel;

class EmptyState : public QWidget {
    Q_OBJECT

public:
    EmptyState(Sign sign, const QString& what, const QString& how, QWidget* parent = nullptr);

    void setWords(const QString& what, const QString& how);
    QPushButton* addButton(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Sign m_sign;
    PlainLabel* m_what = nullptr;
    PlainLabel* m_how = nullptr;
};

}  // namespace portolan::ui
