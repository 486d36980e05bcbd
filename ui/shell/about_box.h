// SPDX-License-Identifier: Apache-2.0
// What this program is, its version and licence.
#pragma once

#include <QDialog>

namespace portolan::ui {

class AboutBox : public QDialog {
    Q_OBJECT

public:
    explicit AboutBox(QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace portolan::ui
