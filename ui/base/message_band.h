// SPDX-License-Identifier: Apache-2.0
// A band of one line under the bars: what happened, what still works, and at most a few actions. Instead of message boxes.
#pragma once

#include "ui/base/icons.h"

#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;

namespace portolan::ui {

class PlainLabel;

class MessageBand : public QWidget {
    Q_OBJECT

public:
    struct Action {
        QString text;
        std::function<void()> run;
        bool closes = true;
    };

    explicit MessageBand(QWidget* parent = nullptr);

    // `sign` is one of the status signs; it chooses the ground. Replaces what was shown.
    void show(Sign sign, const QString& text, std::vector<Action> actions = {});
    QString text() const;
    void setText(const QString& text);  // the actions stay

signals:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addAction(const Action& action);
    void dismiss();

    Sign m_sign = Sign::Info;
    QHBoxLayout* m_layout = nullptr;
    PlainLabel* m_label = nullptr;
    QWidget* m_buttons = nullptr;
};

}  // namespace portolan::ui
