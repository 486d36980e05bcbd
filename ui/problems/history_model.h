// SPDX-License-Identifier: Apache-2.0
// The steps done since the map was opened, oldest first: which one the map stands at, which one is saved, which are undone. The first
// row is the map as it was opened. A row's number is the undo stack's index of its step.
#pragma once

#include <QAbstractTableModel>

namespace portolan::ui {

class Session;

class HistoryModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { StepColumn, StateColumn, ColumnCount };

    explicit HistoryModel(Session* session, QObject* parent = nullptr);

    int present() const;  // -1 while no map is open
    void goTo(const QModelIndex& step);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    void refresh();
    QString step(int row) const;
    QString state(int row) const;

    Session* m_session;
    int m_rows = 0;
};

}  // namespace portolan::ui
