// SPDX-License-Identifier: Apache-2.0
// Which lens is on in a context map: the actions that choose it, the button of the view bar that offers them, and what the chosen one
// puts onto a chart. A lens that would say nothing is greyed, with the reason in its words.
#pragma once

#include "model/chart/chart_lens.h"

#include <QObject>

#include <memory>
#include <vector>

class QAction;
class QMenu;
class QWidget;

namespace portolan::ui {

class MenuButton;
class Session;

class LensMenu : public QObject {
    Q_OBJECT

public:
    // The menu is a child of `parent`.
    LensMenu(Session* session, QWidget* parent);
    ~LensMenu() override;

    MenuButton* makeButton(QWidget* bar);
    QAction* menuAction() const;  // for the window's View menu

    Lens lens() const { return m_lens; }
    void setLens(Lens lens);

    // Puts the lens onto the chart of the session's map, and says of each lens whether it is offered.
    void putOn(Chart& chart);

signals:
    void lensChanged(portolan::Lens lens);

private:
    QAction* addLens(Lens lens);
    void offer();
    void showChoice();

    Session* m_session;
    std::unique_ptr<QMenu> m_menu;
    std::vector<QAction*> m_actions;  // "No lens", then those of allLenses
    MenuButton* m_button = nullptr;
    Lens m_lens = Lens::None;
};

}  // namespace portolan::ui
