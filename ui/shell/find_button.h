// SPDX-License-Identifier: Apache-2.0
// What looks like a find field in the tool bar and opens the command palette.
#pragma once

#include <QAbstractButton>

namespace portolan::ui {

class FindButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit FindButton(QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

// A key's name in a small box, as shown beside fields and commands. Answers its width.
int keyChipWidth(const QString& key);
void paintKeyChip(class QPainter& painter, const QRect& rect, const QString& key,
                  const struct Theme& theme);

}  // namespace portolan::ui
