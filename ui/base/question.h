// SPDX-License-Identifier: Apache-2.0
// A question with named answers, asked without an event loop of its own: the answer comes as a call. All text is plain.
#pragma once

#include <QDialog>

#include <functional>

class QHBoxLayout;

namespace portolan::ui {

class Question : public QDialog {
    Q_OBJECT

public:
    Question(const QString& title, const QString& what, const QString& details, QWidget* parent);

    // In the order of the buttons; "Cancel" comes by itself, last. The first is the default.
    void addAnswer(const QString& text, const QString& objectName, std::function<void()> run);
    void ask();

private:
    QHBoxLayout* m_buttons = nullptr;
    bool m_hasAnswer = false;
};

}  // namespace portolan::ui
