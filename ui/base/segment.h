// SPDX-License-Identifier: Apache-2.0
// A few checkable actions side by side in one frame: "Select | Connect | Add context".
#pragma once

#include <QWidget>

class QAction;

namespace portolan::ui {

class Segment : public QWidget {
    Q_OBJECT

public:
    explicit Segment(const QString& name, QWidget* parent = nullptr);
    // `hasTick`: a tick stands before the text while it is on, for what can be on beside others.
    void addButton(QAction* action, bool hasTick = false);
};

}  // namespace portolan::ui
