// SPDX-License-Identifier: Apache-2.0
// A button of a bar that opens a menu below itself, with its arrow beside the text.
#pragma once

#include <QToolButton>

#include <functional>

namespace portolan::ui {

class MenuButton : public QToolButton {
    Q_OBJECT

public:
    // The menu is not owned. Its entry `first()` is active when it opens, where it is given.
    MenuButton(QMenu* menu, QWidget* parent, std::function<QAction*()> first = {});

    // `brief` is what it says in a narrow bar.
    void setWords(const QString& whole, const QString& brief);
    void setBrief(bool isBrief);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_whole;
    QString m_brief;
    bool m_isBrief = false;
};

}  // namespace portolan::ui
