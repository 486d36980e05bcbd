// SPDX-License-Identifier: Apache-2.0
// The explorer: everything that is declared and observed as one tree, with a filter. Selecting here selects everywhere.
#pragma once

#include "ui/explorer/explorer_rows.h"

#include <QSet>
#include <QTimer>
#include <QWidget>

class QLineEdit;
class QMenu;
class QStackedLayout;
class QTreeView;

namespace portolan::ui {

class ExplorerModel;
class Session;

class ExplorerPanel : public QWidget {
    Q_OBJECT

public:
    explicit ExplorerPanel(Session* session, QWidget* parent = nullptr);

    // The menu for a row: what can be added to it, renamed and removed. Empty for a row that offers nothing. The caller owns it.
    QMenu* menuFor(const QModelIndex& index);

private:
    void createWidgets();
    void connectSession();
    void refresh();
    void showSelection();
    void takeSelection();
    void rememberOpen();
    void reopen(const QModelIndex& parent);
    void add(EntityKind kind, const EntityRef& under);
    void editLater(const EntityRef& entity);

    Session* m_session;
    ExplorerModel* m_model = nullptr;
    QTreeView* m_tree = nullptr;
    QLineEdit* m_filter = nullptr;
    QStackedLayout* m_stack = nullptr;
    QTimer m_refreshTimer;
    QSet<QString> m_open;
    bool m_isFiltered = false;
    bool m_isShowingSelection = false;
};

}  // namespace portolan::ui
