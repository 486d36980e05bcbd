// SPDX-License-Identifier: Apache-2.0
// The saved views of the map as a menu: open one, save what is shown as a new one or over the open one, rename, remove, describe. They
// stand in the map's file; each change is an undo step. What a picture is made of, its owner says and takes.
#pragma once

#include "model/map/context_map.h"

#include <QObject>

#include <functional>
#include <memory>

class QAction;
class QMenu;
class QWidget;

namespace portolan::ui {

class MenuButton;
class Session;

class SavedViews : public QObject {
    Q_OBJECT

public:
    struct Picture {
        std::function<SavedView()> taken;           // what is shown now; without id and name
        std::function<void(const SavedView&)> put;  // shows it; an empty one: the whole map
        std::function<QString()> words;             // what is shown, for another person
    };
    SavedViews(Session* session, Picture picture, QWidget* parent);
    ~SavedViews() override;

    MenuButton* makeButton(QWidget* bar);
    QAction* menuAction() const;
    const ViewId& open() const { return m_open; }  // empty: none
    bool show(const ViewId& id);                   // false: there is none of it
    void leave();                                  // the picture is no longer that of the open view
    void update();                                 // after the picture or the map has changed

signals:
    void opened(const QString& name);

private:
    void fill();
    void addKeeping();
    void saveAs();
    void saveOver();
    void rename();
    void remove();
    void copyWords();
    void askName(const QString& title, const QString& name, std::function<void(std::string)> run);
    const SavedView* openView() const;
    bool isChanged() const;

    Session* m_session;
    Picture m_picture;
    QWidget* m_parent;
    std::unique_ptr<QMenu> m_menu;
    MenuButton* m_button = nullptr;
    ViewId m_open;
};

}  // namespace portolan::ui
