// SPDX-License-Identifier: Apache-2.0
// Two versions of a map side by side before one of them is given up: what changed thing by thing, and line by line.
#pragma once

#include <QDialog>

#include <functional>
#include <string>

class QDialogButtonBox;
class QTabWidget;

namespace portolan::ui {

class DifferenceDialog : public QDialog {
    Q_OBJECT

public:
    // `question` says what is asked; `before` and `after` are what the two texts are called.
    DifferenceDialog(const QString& title, const QString& question, std::string before,
                     std::string after, QWidget* parent);

    // The button that only closes is always there, named "Cancel".
    void addChoice(const QString& text, bool isPrimary, std::function<void()> run);

private:
    void addThings(const std::string& before, const std::string& after);
    void addLines(const std::string& before, const std::string& after);

    QTabWidget* m_tabs = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

}  // namespace portolan::ui
