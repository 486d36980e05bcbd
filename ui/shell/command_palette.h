// SPDX-License-Identifier: Apache-2.0
// The palette over the window (Ctrl+K): finds any thing, finding and command while its name is typed.
#pragma once

#include "ui/base/task.h"
#include "ui/shell/palette_rows.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QPointer>
#include <QWidget>

#include <memory>

class QLineEdit;
class QListView;
class QTabBar;

namespace portolan {
class NameIndex;
}

namespace portolan::ui {

class PlainLabel;
class Session;

class PaletteModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole, RightRole, IsHeadingRole, SignRole };

    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<PaletteRow> rows);
    const PaletteRow* row(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<PaletteRow> m_rows;
};

class CommandPalette : public QWidget {
    Q_OBJECT

public:
    // Lies over `window`.
    CommandPalette(Session* session, QWidget* window);

    void open(std::vector<QAction*> commands);

signals:
    void chosen(const portolan::EntityRef& entity);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createWidgets();
    void place();
    void search();
    void readNames();
    void show(const std::vector<SearchHit>& hits);
    void move(int step);
    void activate(const QModelIndex& index);
    void dismiss();

    Session* m_session;
    std::vector<QPointer<QAction>> m_commands;
    QPointer<QWidget> m_focusBefore;
    QLineEdit* m_field = nullptr;
    PlainLabel* m_count = nullptr;
    QTabBar* m_scopes = nullptr;
    QListView* m_list = nullptr;
    PaletteModel* m_model = nullptr;
    std::shared_ptr<const NameIndex> m_names;  // of a large estate
    EstatePtr m_read;                          // whose names are being read
    Task m_reading;
    Task m_searching;
    QElapsedTimer m_clock;
};

}  // namespace portolan::ui
